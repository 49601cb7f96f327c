"""SQLCipher's connections, made to speak as `sqlite3`'s do: the same calls, the same exceptions with the same codes.

Must not know a portfolio. Imported late, and only where a file is encrypted: the library is an extra.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, cast

from sqlcipher3 import dbapi2  # type: ignore[import-untyped, import-not-found, unused-ignore]

from db.key import Key

_COMPATIBLE = 4
"""The settings of SQLCipher 4 (AES-256, HMAC-SHA-512, pages of 4096 bytes): said, so that a later library opens it."""


def connected_by(key: Key | None, path: Path, mode: str) -> sqlite3.Connection:
    """Connect to a file through SQLCipher; without a key it is a plain one."""
    return _opened(key, f"{path.absolute().as_uri()}?mode={mode}")


def memory_by(key: Key) -> sqlite3.Connection:
    """Connect to nothing but memory, which a connection with the same key can be copied into."""
    return _opened(key, ":memory:")


def exported(source: Path, source_key: Key | None, target: Path, target_key: Key | None) -> None:
    """Write a file's content into a new one under another key, page by page anew: nothing deleted comes along."""
    connection = connected_by(target_key, target, "rwc")
    try:
        connection.execute("PRAGMA synchronous = EXTRA")
        uri = f"{source.absolute().as_uri()}?mode=ro"
        connection.execute("ATTACH DATABASE ? AS source KEY ?", (uri, _spelled(source_key)))
        connection.execute("SELECT sqlcipher_export('main', 'source')").fetchall()
        for name in ("application_id", "user_version"):
            (value,) = connection.execute(f"PRAGMA source.{name}").fetchone()
            connection.execute(f"PRAGMA main.{name} = {value}")
    finally:
        connection.close()


def write_text(path: Path, text: str, *, key: Key) -> None:
    """Write a new file that holds nothing but a text. Not synced: it is written at every keystroke."""
    connection = connected_by(key, path, "rwc")
    try:
        for statement in ("PRAGMA synchronous = OFF", "PRAGMA journal_mode = OFF", "CREATE TABLE text (text TEXT)"):
            connection.execute(statement)
        connection.execute("INSERT INTO text VALUES (?)", (text,))
    finally:
        connection.close()


def read_text(path: Path, *, key: Key) -> str:
    """Read the text of a file that `write_text` wrote."""
    connection = connected_by(key, path, "ro")
    try:
        (text,) = connection.execute("SELECT text FROM text").fetchone()
    finally:
        connection.close()
    return str(text)


def _opened(key: Key | None, uri: str) -> sqlite3.Connection:
    with _translating:
        connection = _Connection(uri, uri=True, isolation_level=None, timeout=5)
    # First: the key is set up when it is given. The library's own log would end on the screen.
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(f"PRAGMA cipher_default_compatibility = {_COMPATIBLE}")
    if key is not None:
        connection.execute(f'PRAGMA key = "{_spelled(key)}"')
        connection.execute(f"PRAGMA cipher_compatibility = {_COMPATIBLE}")
    connection.execute("PRAGMA temp_store = MEMORY")
    return cast("sqlite3.Connection", connection)


def _spelled(key: Key | None) -> str:
    return "" if key is None else f"x'{key.secret.hex()}{key.salt.hex()}'"


class _Translating:
    """Raises what SQLCipher says as `sqlite3`'s exception of the same name and code, which the program knows."""

    def __enter__(self) -> None:
        return

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, dbapi2.Error):
            raise _as_of_sqlite(error) from error


_translating = _Translating()


def _as_of_sqlite(error: Exception) -> sqlite3.Error:
    kind = getattr(sqlite3, type(error).__name__, sqlite3.DatabaseError)
    same: sqlite3.Error = kind(*error.args)
    code = getattr(error, "sqlite_errorcode", None)
    if code is not None:
        # A key is tried before it is used: a first page that it doesn't open is damaged.
        same.sqlite_errorcode = sqlite3.SQLITE_CORRUPT if code == sqlite3.SQLITE_NOTADB else code
    return same


def _translated(method: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(method)
    def call(*arguments: object) -> object:
        with _translating:
            return method(*arguments)

    return call


class _Cursor(dbapi2.Cursor):  # type: ignore[misc]  # the library is untyped
    execute = _translated(dbapi2.Cursor.execute)
    executemany = _translated(dbapi2.Cursor.executemany)
    fetchone = _translated(dbapi2.Cursor.fetchone)
    fetchmany = _translated(dbapi2.Cursor.fetchmany)
    fetchall = _translated(dbapi2.Cursor.fetchall)
    __next__ = _translated(dbapi2.Cursor.__next__)


class _Connection(dbapi2.Connection):  # type: ignore[misc]  # the library is untyped
    backup = _translated(dbapi2.Connection.backup)

    def cursor(self) -> _Cursor:
        return _Cursor(self)
