"""Two portfolios that were one: what each has changed since, field by field, and what becomes of it.

Must not know a clock or a file. Who came first is never asked: a change that the other side knew of gives way to
what the other side made of it, and two that didn't know of each other are shown to somebody.
"""
