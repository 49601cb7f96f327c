"""The backups of a portfolio that still hold a person's name, and deleting them for good.

Must not know why. A copy that can't be read, one of another passphrase too, is taken to hold it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from db.key import Key
from db.persons.finding import places_of, tables_of
from db.store import open_store
from db.trouble import Trouble, known_trouble
from tracker.persons.names import Person

_KINDS = (".tertial", ".skadet")
_UNREADABLE = (Trouble, sqlite3.Error, ValueError, KeyError, TypeError)


def copies_naming(folder: Path, person: Person, *, key: Key | None = None) -> list[Path]:
    """Return the copies in a folder of backups that name a person, perhaps or for certain, and those unreadable."""
    found = sorted(one for one in folder.iterdir() if one.suffix in _KINDS) if folder.is_dir() else []
    return [copy for copy in found if _names(copy, person, key)]


def delete_copies(copies: Iterable[Path]) -> None:
    """Delete copies for good.

    Raises Trouble when one can't be; those before it are gone.
    """
    for copy in copies:
        with known_trouble(copy):
            copy.unlink(missing_ok=True)
            copy.with_name(f"{copy.name}-journal").unlink(missing_ok=True)


def _names(copy: Path, person: Person, key: Key | None) -> bool:
    try:
        with closing(open_store(copy, read_only=True, key=key)) as store:
            return bool(places_of(tables_of(store), person))
    except _UNREADABLE:
        return True
