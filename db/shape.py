"""Whether a file has the tables, indexes and triggers that its version has, and no others.

A file comes from other people: a trigger of somebody's own would run at every edit, and one of ours may be gone. Must
not know what the tables hold.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

from db.schema import VERSION, migrate
from db.trouble import Damage
from tracker.messages import message

_SHAPES: Mapping[int, str] = {
    1: "28959e6336e57708f6a62ec5154b51cd8eaba8703f2052a0698f0aecd6743b85",
    2: "15c5724bb0328528bcad5596eda00d789e62b326a28b39452ee434dd8fbfd153",
    3: "6e07c65fc6d6f7d8682f40bb2f5089d4f4059fd6bd40d05b9744a25d45701bc7",
    4: "003cc18c6076c628b00c8366a15042427a16becc134da236cce875cd55fd850e",
}
"""What the schema of each version comes to (`fingerprint`). A migration adds its line; no line ever changes."""
_LIMITS = {
    sqlite3.SQLITE_LIMIT_SQL_LENGTH: 200_000,
    sqlite3.SQLITE_LIMIT_COLUMN: 500,
    sqlite3.SQLITE_LIMIT_EXPR_DEPTH: 200,
    sqlite3.SQLITE_LIMIT_COMPOUND_SELECT: 50,
    sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH: 20,
    sqlite3.SQLITE_LIMIT_ATTACHED: 0,
}
_STEPS_BETWEEN = 50_000
_LEAST_STEPS = 500_000
_STEPS_A_BYTE = 2

_Schema = Mapping[tuple[str, str, str], str]


def restrain(connection: sqlite3.Connection) -> None:
    """Let a file decide little by itself: what is written in it has bounds."""
    connection.execute("PRAGMA cell_size_check = ON")
    connection.execute("PRAGMA mmap_size = 0")
    # SQLCipher's connection has no such limits: who has its key has made the file.
    for limit, most in _LIMITS.items() if hasattr(connection, "setlimit") else ():
        connection.setlimit(limit, most)
    if hasattr(connection, "setconfig"):  # pragma: no cover  from Python 3.12
        connection.setconfig(sqlite3.SQLITE_DBCONFIG_DEFENSIVE, enable=True)  # type: ignore[attr-defined,unused-ignore]


def refuse_other_shape(connection: sqlite3.Connection, path: Path) -> None:
    """Hold a file's schema against the one that its version has.

    Raises Damage, with the name of what differs.
    """
    # Ours calls json_valid, which some SQLites take for unsafe: it is trusted once it is known to be ours.
    connection.execute("PRAGMA trusted_schema = OFF")
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    found = _schema(connection)
    is_known = _fingerprint(found) == _SHAPES.get(version)
    expected = found if is_known else _made_anew() if version == VERSION else {}
    if found == expected:
        connection.execute("PRAGMA trusted_schema = ON")
        return
    differing = sorted(name for _, name, _ in _differing(found, expected))
    raise Damage(
        message(
            "{file} er bygd om utenfor Tertial («{name}»), så den åpnes ikke: hent fram en sikkerhetskopi, eller be om "
            "en ny fil fra den som sendte den.",
            file=path.name,
            name=differing[0] if expected and differing else "sqlite_master",
        )
    )


@contextmanager
def bounded(connection: sqlite3.Connection, path: Path) -> Iterator[None]:
    """Break off what takes more steps than reading all that the file can hold.

    Pages of a broken file can lead to each other, so that a small file has rows without end.
    """
    left = (_LEAST_STEPS + _STEPS_A_BYTE * _size(path)) // _STEPS_BETWEEN

    def goes_on() -> int:
        nonlocal left
        left -= 1
        return int(left < 0)

    connection.set_progress_handler(goes_on, _STEPS_BETWEEN)
    try:
        yield
    finally:
        connection.set_progress_handler(None, 0)


def fingerprint(connection: sqlite3.Connection) -> str:
    """Return what a schema comes to, as `_SHAPES` holds it."""
    return _fingerprint(_schema(connection))


def _fingerprint(schema: _Schema) -> str:
    return hashlib.sha256("\n".join(f"{key}{sql}" for key, sql in sorted(schema.items())).encode()).hexdigest()


def _schema(connection: sqlite3.Connection) -> _Schema:
    rows = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master")
    return {(kind, name, table): " ".join((sql or "").split()) for kind, name, table, sql in rows}


def _made_anew() -> _Schema:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as memory:
        migrate(memory)
        return _schema(memory)


def _differing(found: _Schema, expected: _Schema) -> Iterator[tuple[str, str, str]]:
    return (key for key in found.keys() | expected.keys() if found.get(key) != expected.get(key))


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
