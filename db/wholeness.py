"""The thorough look at a portfolio file: journal, records, ledger lines, and the tables and triggers themselves.

Opening a file compares its records with the journal's last line. What that can't see (an older line of the journal,
a ledger line, a trigger that guards, an index) is seen here. Must not know what is done about it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from functools import cache
from pathlib import Path

from db.key import Key, fitting
from db.opening import connected, is_of_an_earlier_version
from db.schema import migrate
from db.store import open_store
from db.trouble import Damage, known_trouble
from tracker.ledger.lines import unpack
from tracker.messages import Message, message

_MIGRATIONS = "_sqlite_migrations"
_FINE = "ok"


def problems_of(path: Path, *, key: Key | None = None) -> list[Message]:
    """Read a file whole, and everything in it against everything else; what is wrong, one sentence each.

    Raises Damage where the file can't be read to the end, Trouble where it can't be opened, KeyNeeded where it is
    encrypted by another key.
    """
    try:
        with known_trouble(path):
            with closing(open_store(path, read_only=True, key=key)) as store:
                problems = store.verify()
                if not problems:
                    store.check(store.load_unchecked())
            with closing(connected(path, "ro", fitting(path, key))) as connection:
                problems += damaged_pages(connection)
                if not is_of_an_earlier_version(connection):
                    problems += [*_changed_tables(connection), *_changed_counts(connection)]
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        # A value that no record can have; the same as elsewhere, met at a depth where it has no name.
        raise Damage(message("{file} er skadet: hent fram en sikkerhetskopi.", file=path.name)) from error
    return problems


def require_whole(path: Path, *, known_as: str = "", key: Key | None = None) -> None:
    """Take the thorough look, for somebody who can't go on when something is wrong.

    Raises Damage with what was found first, by the name that the user knows; Trouble as `problems_of`.
    """
    problems = problems_of(path, key=key)
    if problems:
        raise Damage(
            message(
                "{file} er skadet eller endret utenfor Tertial. {problem}",
                file=known_as or path.name,
                problem=problems[0],
            )
        )


def damaged_pages(connection: sqlite3.Connection) -> Iterator[Message]:
    """Ask SQLite itself, which knows its pages and indexes but not what is right in them."""
    said = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
    astray = connection.execute("PRAGMA foreign_key_check").fetchone()
    if said != _FINE or astray is not None:
        yield message("Filens indre oppbygning er skadet.")


def _changed_tables(connection: sqlite3.Connection) -> Iterator[Message]:
    """Compare tables, indexes and the triggers that guard with those of a new file."""
    wanted, found = _fresh_schema(), _schema(connection)
    for name in sorted(wanted.keys() | found.keys()):
        if wanted.get(name) != found.get(name):
            yield message("Regelen eller tabellen {name} i filen er endret utenfor Tertial.", name=name)


@cache
def _fresh_schema() -> Mapping[str, str]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as fresh:
        migrate(fresh)
        return _schema(fresh)


def _schema(connection: sqlite3.Connection) -> dict[str, str]:
    """Return what each table, index and trigger is said to be, and which migrations were run.

    The library's own table is as the library of that day made it.
    """
    rows = connection.execute(
        "SELECT type || ' ' || name, tbl_name || ' ' || sql FROM sqlite_master WHERE sql IS NOT NULL AND tbl_name <> ?",
        (_MIGRATIONS,),
    )
    schema = {name: " ".join(sql.split()) for name, sql in rows}
    run = connection.execute(f"SELECT name FROM {_MIGRATIONS} ORDER BY name").fetchall()
    return {**schema, _MIGRATIONS: " ".join(name for (name,) in run)}


def _changed_counts(connection: sqlite3.Connection) -> Iterator[Message]:
    """Count the ledger lines anew; their content is hashed, how many they are stands beside them."""
    for batch, count, packed in connection.execute("SELECT batch, line_count, packed FROM ledger_stretch"):
        try:
            is_right = count == sum(len(columns.rows) for columns in unpack(packed))
        except ValueError:
            is_right = False
        if not is_right:
            yield message("Regnskapslinjene i bunke {id} er endret utenfor Tertial.", id=batch)
