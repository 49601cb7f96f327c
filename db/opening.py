"""Opening a file: whose it is and of which version, what a crash left, and what a connection may do.

Must not know the records in it.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from db.key import Key, salt_of
from db.schema import APPLICATION_ID, VERSION
from db.shape import restrain
from db.trouble import Damage, Trouble, known_trouble
from tracker.messages import message

_HEADER_SIZE = 100
_MAGIC = b"SQLite format 3\0"
_JOURNAL_MAGIC = bytes.fromhex("d9d505f920a163d7")
_FIRST_PAGE = (1).to_bytes(4)
PRAGMAS: tuple[str, ...] = (
    "journal_mode = DELETE",
    "synchronous = EXTRA",
    "foreign_keys = ON",
    "recursive_triggers = ON",
)
"""What keeps a commit through a kill and a power cut. EXTRA syncs the folder too when a commit has ended: with FULL
the journal that undoes it may come back."""
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


def connected(path: Path, mode: str, key: Key | None = None) -> sqlite3.Connection:
    """Connect to a file, set up as every file of ours is; one that is encrypted by its key."""
    if key is not None:
        from db.sqlcipher import connected_by

        return _set_up(connected_by(key, path, mode))
    return _set_up(
        sqlite3.connect(f"{path.absolute().as_uri()}?mode={mode}", uri=True, isolation_level=None, timeout=5)
    )


def waits_for_migration(path: Path, key: Key | None = None) -> bool:
    """Whether a file is ours and will be migrated when it is opened for writing; it is only looked at.

    Raises Trouble when it is not ours, or made by a newer version.
    """
    refuse_foreign(path)
    if key is not None:
        with closing(connected(path, "ro", key)) as connection:
            return is_of_an_earlier_version(connection)
    return _version_of(_header_of(path)) < VERSION


def is_of_an_earlier_version(connection: sqlite3.Connection) -> bool:
    """Whether a file waits for a migration."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return bool(version < VERSION)


def copied_to_memory(connection: sqlite3.Connection, key: Key | None = None) -> sqlite3.Connection:
    """Return a file's content in memory, where it can be migrated though the file may only be read."""
    if key is None:
        memory = sqlite3.connect(":memory:", isolation_level=None)
    else:
        from db.sqlcipher import memory_by

        memory = memory_by(key)
    connection.backup(memory)
    connection.close()
    return _set_up(memory)


def new_in_memory() -> sqlite3.Connection:
    """Connect to a new file's content in memory, where nothing of it lies on a disk until it is whole."""
    return _set_up(sqlite3.connect(":memory:", isolation_level=None))


def _set_up(connection: sqlite3.Connection) -> sqlite3.Connection:
    restrain(connection)
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    return connection


def roll_back_what_a_crash_left(path: Path, key: Key | None = None) -> None:
    """Let SQLite undo a half-done commit of a killed process; a read-only connection could not."""
    if not path.with_name(f"{path.name}-journal").exists():
        return
    connection = connected(path, "rw", key)
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
    """Look at the file's first bytes before SQLite does: whose file it is, and of which version.

    Of an encrypted file they say only that it is ours; `refuse_foreign_content` looks at the rest.
    """
    with known_trouble(path):
        if path.exists() and not path.is_file() and not path.is_dir():
            raise Trouble(message("{file} er ingen vanlig fil: velg en portefølje.", file=path.name))
        header = _header_of(path)
        if salt_of(path) is not None:
            # Not to be rolled back here: a plain journal beside an encrypted file is another file's.
            return
        if not (_is_ours(header) and _version_of(header) <= VERSION) and _was_ours(path):
            roll_back_what_a_crash_left(path)
            header = _header_of(path)
    mark = APPLICATION_ID if _is_ours(header) else 0
    _refuse(path, mark, version=_version_of(header))


def refuse_foreign_content(path: Path, connection: sqlite3.Connection) -> None:
    """Look at an encrypted file as `refuse_foreign` does at a plain one, once it is open."""
    (mark,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    _refuse(path, mark, version=version)


def _refuse(path: Path, mark: int, *, version: int) -> None:
    if mark != APPLICATION_ID:
        raise Damage(message("{file} er ikke en Tertial-fil: velg en fil som slutter på .tertial.", file=path.name))
    if version > VERSION:
        raise Trouble(
            message(
                "{file} er laget med en nyere versjon av Tertial: oppdater programmet og åpne den igjen.",
                file=path.name,
            )
        )


def _header_of(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(_HEADER_SIZE)


def _is_ours(header: bytes) -> bool:
    return header.startswith(_MAGIC) and int.from_bytes(header[68:72]) == APPLICATION_ID


def _version_of(header: bytes) -> int:
    return int.from_bytes(header[60:64])


def _was_ours(path: Path) -> bool:
    """Whether a crash left a journal with a first page of ours, of a file that was no longer than this one is.

    A power cut may leave that page neither old nor new, and then it is mended. A file that somebody put in its place
    is not.
    """
    journal = path.with_name(f"{path.name}-journal")
    left = journal.read_bytes() if journal.is_file() else b""
    at = left.find(_FIRST_PAGE + _MAGIC) + len(_FIRST_PAGE)
    if not left.startswith(_JOURNAL_MAGIC) or at < len(_FIRST_PAGE):
        return False
    pages, page_size = int.from_bytes(left[16:20]), int.from_bytes(left[24:28])
    return _is_ours(left[at : at + _HEADER_SIZE]) and path.stat().st_size >= pages * page_size
