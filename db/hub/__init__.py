"""The hub: an ordinary PostgreSQL that carries the same change records between files as packages do.

Must not know what a merge makes of what it carries. psycopg is imported here only, and only when a hub is asked for.
"""
