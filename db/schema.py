"""The tables of a portfolio file, made by migrations that are only ever added to.

Must not know what the records mean. Every statement is a literal, so that what a migration did to
somebody's file years ago can still be read here.
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from db.migrations import first, fourth, second, third

if TYPE_CHECKING:
    from sqlite_utils import Database

APPLICATION_ID = 0x54_65_72_74
"""`Tert`: marks an SQLite file as a portfolio of ours."""

VERSION = 4
"""What `user_version` is after all migrations."""


def migrate(connection: sqlite3.Connection) -> None:
    """Bring a file to today's schema, all of it or nothing; a file that is there already is left alone."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version == VERSION:
        return
    # Imported here: it costs a fifth of a second, and is needed once in a file's life.
    from sqlite_utils import Database
    from sqlite_utils.migrations import Migrations

    migrations = Migrations("tracker")

    @migrations(name="first")
    def make_first(database: Database) -> None:
        _run(database, first.SCRIPT)

    @migrations(name="second")
    def make_second(database: Database) -> None:
        _run(database, second.SCRIPT)

    @migrations(name="third")
    def make_third(database: Database) -> None:
        _run(database, third.SCRIPT)

    @migrations(name="fourth")
    def make_fourth(database: Database) -> None:
        _run(database, fourth.SCRIPT)

    database = Database(connection, execute_plugins=False)
    with database.atomic():
        migrations.apply(database)
        database.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        database.execute(f"PRAGMA user_version = {VERSION}")


def _run(database: Database, script: str) -> None:
    for statement in _statements(script):
        database.execute(statement)


def _statements(script: str) -> list[str]:
    """Split a script where SQLite says that a statement is complete (a trigger holds semicolons)."""
    statements: list[str] = []
    pending = ""
    for line in script.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            statements.append(pending.strip())
            pending = ""
    return statements
