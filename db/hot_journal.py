"""A rollback journal beside a file: a half-done commit to be undone, or a stranger that would ruin a whole file.

SQLite rolls back whatever lies there under the right name, also the journal of another file or of another day: put
there by a sync service, or left when only the file was copied back. Must not know the records in the file.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from db.trouble import OF_FILES, Trouble

_MAGIC = bytes.fromhex("d9d505f920a163d7")
_ASIDE = "fremmed-journal"

Connect = Callable[[Path], sqlite3.Connection]
"""Connects to a copy of the file, by its key where it is encrypted."""
Load = Callable[[sqlite3.Connection], object]
"""Reads a file whole; raises Trouble where it isn't what its journal says."""


def journal_of(path: Path) -> Path:
    """Return where SQLite keeps a file's rollback journal."""
    return path.with_name(f"{path.name}-journal")


def put_strange_journal_aside(path: Path, connect: Connect, load: Load) -> None:
    """Move a journal away that would ruin a file which is whole without it; leave any other to SQLite.

    Both ways are tried on copies first. Somebody who commits at this moment keeps his: what he has done so far is
    undone in the copy, and what comes of it is whole; or his journal is another by then. A copy of an encrypted file is
    encrypted, and so is what SQLite writes in it.
    """
    journal = journal_of(path)
    if not _is_hot(journal):
        return
    before = _mark_of(journal)
    look = partial(_is_whole_copy, path, connect, load)
    if look(with_journal=True) or not look(with_journal=False):
        return
    if before is not None and before == _mark_of(journal):
        journal.replace(path.with_name(f"{path.name}.{_ASIDE}"))


def _mark_of(journal: Path) -> tuple[int, int, int] | None:
    """Return what tells one journal from the next of the same name; None when it is gone."""
    with suppress(OSError):
        found = journal.stat()
        return found.st_ino, found.st_size, found.st_mtime_ns
    return None


def _is_hot(journal: Path) -> bool:
    """Whether SQLite would roll it back; one that is empty or wiped it only removes."""
    with suppress(OSError), journal.open("rb") as file:
        return file.read(len(_MAGIC)) == _MAGIC
    return False


def _is_whole_copy(path: Path, connect: Connect, load: Load, *, with_journal: bool) -> bool:
    with TemporaryDirectory(prefix="tertial-") as folder, suppress(Trouble, *OF_FILES):
        copy = Path(folder) / "kopi"
        shutil.copyfile(path, copy)
        if with_journal:
            shutil.copyfile(journal_of(path), journal_of(copy))
        with closing(connect(copy)) as connection:
            load(connection)
            return True
    return False
