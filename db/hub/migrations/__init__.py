"""What has been done to the hub's schema, one module a version, only ever added to.

Must not know what the records mean. Every statement is a literal, so that what a migration did to a server years ago
can still be read here; `@schema@` is the name of one portfolio's schema, made of hexadecimal digits.
"""
