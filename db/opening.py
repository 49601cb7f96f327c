"""Opening a file: whose it is and of which version, what a crash left, and what a connection may do.

Must not know the records in it.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from db.schema import APPLICATION_ID, VERSION
from db.shape import restrain
from db.trouble import Trouble, trouble_of
from tracker.messages import message

_HEADER_SIZE = 100
_MAGIC = b"SQLite format 3\0"
_DENIED = frozenset(
    {
        sqlite3.SQLITE_ATTACH,
        sqlite3.SQLITE_DETACH,
        sqlite3.SQLITE_ALTER_TABLE,
        sqlite3.SQLITE_DROP_INDEX,
        sqlite3.SQLITE_DROP_TABLE,
        sqlite3.SQLITE_DROP_TRIGGER,
        sqlite3.SQLITE_DROP_VIEW,
    }
)
_DENIED_PRAGMAS = frozenset({"writable_schema", "recursive_triggers", "foreign_keys", "journal_mode", "user_version"})


def connected(path: Path, mode: str) -> sqlite3.Connection:
    """Connect to a file, set up as every file of ours is."""
    return _set_up(
        sqlite3.connect(f"{path.absolute().as_uri()}?mode={mode}", uri=True, isolation_level=None, timeout=5)
    )


def waits_for_migration(path: Path) -> bool:
    """Whether a file is ours and will be migrated when it is opened for writing; it is only looked at.

    Raises Trouble when it is not ours, or made by a newer version.
    """
    refuse_foreign(path)
    with path.open("rb") as file:
        return int.from_bytes(file.read(_HEADER_SIZE)[60:64]) < VERSION


def is_of_an_earlier_version(connection: sqlite3.Connection) -> bool:
    """Whether a file waits for a migration."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return bool(version < VERSION)


def copied_to_memory(connection: sqlite3.Connection) -> sqlite3.Connection:
    """Return a file's content in memory, where it can be migrated though the file may only be read."""
    memory = sqlite3.connect(":memory:", isolation_level=None)
    connection.backup(memory)
    connection.close()
    return _set_up(memory)


def _set_up(connection: sqlite3.Connection) -> sqlite3.Connection:
    restrain(connection)
    for pragma in ("journal_mode = DELETE", "synchronous = EXTRA", "foreign_keys = ON", "recursive_triggers = ON"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def roll_back_what_a_crash_left(path: Path) -> None:
    """Let SQLite undo a half-done commit of a killed process; a read-only connection could not."""
    if not path.with_name(f"{path.name}-journal").exists():
        return
    connection = connected(path, "rw")
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    finally:
        connection.close()


def guard(connection: sqlite3.Connection) -> None:
    """Deny, for this connection too, what would walk round the triggers that protect the journal."""

    def allow(action: int, first: str | None, second: str | None, *_: str | None) -> int:
        if action in _DENIED:
            return sqlite3.SQLITE_DENY
        if action == sqlite3.SQLITE_PRAGMA and first in _DENIED_PRAGMAS and second is not None:
            return sqlite3.SQLITE_DENY
        return sqlite3.SQLITE_OK

    connection.set_authorizer(allow)


def refuse_foreign(path: Path) -> None:
    """Look at the file's first bytes before SQLite does: whose file it is, and of which version."""
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            raise Trouble(message("{file} er ingen vanlig fil: velg en portefølje.", file=path.name))
        with path.open("rb") as file:
            header = file.read(_HEADER_SIZE)
    except OSError as error:
        trouble = trouble_of(error, path)
        if trouble is None:
            raise
        raise trouble from error
    if not header.startswith(_MAGIC) or int.from_bytes(header[68:72]) != APPLICATION_ID:
        raise Trouble(message("{file} er ikke en Tertial-fil: velg en fil som slutter på .tertial.", file=path.name))
    if int.from_bytes(header[60:64]) > VERSION:
        raise Trouble(
            message(
                "{file} er laget med en nyere versjon av Tertial: oppdater programmet og åpne den igjen.",
                file=path.name,
            )
        )
