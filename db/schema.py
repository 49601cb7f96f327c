"""The tables of a portfolio file, made by migrations that are only ever added to.

Must not know what the records mean. Every statement is a literal, so that what a migration did to
somebody's file years ago can still be read here.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from functools import cache
from typing import TYPE_CHECKING

from db.migrations import first, fourth, second, third

if TYPE_CHECKING:
    from sqlite_utils import Database

APPLICATION_ID = 0x54_65_72_74
"""`Tert`: marks an SQLite file as a portfolio of ours."""

VERSION = 4
"""What `user_version` is after all migrations."""

_RUN_NOW = "INSERT INTO _sqlite_migrations VALUES (?, ?, ?, strftime('%Y-%m-%d %H:%M:%f+00:00', 'now'))"


def migrate(connection: sqlite3.Connection) -> None:
    """Bring a file to today's schema, all of it or nothing; a file that is there already is left alone."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version == VERSION:
        return
    if connection.execute("SELECT 1 FROM sqlite_master").fetchone() is None:
        _make_at_once(connection)
    else:
        _make_by_steps(connection)


def _make_at_once(connection: sqlite3.Connection) -> None:
    """Make a new file what the migrations come to: a fifth of the work of changing table after table."""
    statements, steps = _todays()
    connection.execute("BEGIN IMMEDIATE")
    try:
        for statement in statements:
            connection.execute(statement)
        connection.executemany(_RUN_NOW, steps)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {VERSION}")
        connection.execute("COMMIT")
    except BaseException:
        with suppress(sqlite3.Error):
            connection.execute("ROLLBACK")
        raise


@cache
def _todays() -> tuple[list[str], list[tuple[int, str, str]]]:
    """Return how a file is made that has run all migrations, and its list of them; found once, in memory."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as memory:
        _make_by_steps(memory)
        made = memory.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid").fetchall()
        steps = memory.execute("SELECT id, migration_set, name FROM _sqlite_migrations ORDER BY id").fetchall()
    return [sql for (sql,) in made], steps


def _make_by_steps(connection: sqlite3.Connection) -> None:
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
