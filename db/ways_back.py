"""What can be done about a damaged file: the newest whole backup, what can be saved of the file itself, reading on.

Must not know who chooses, nor do any of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from db.backup import Backup, backups_of
from db.journal import Entry
from db.key import Key, is_plain, salt_of
from db.salvaging import Salvage, salvage
from db.store import open_store
from db.trouble import Trouble
from db.wholeness import problems_of
from tracker.messages import Message

_MOST_TRIED = 12
_MOST_HELPING = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class WaysBack:
    """The ways on from a damaged file.

    `backup` is the newest that is whole, `changes_since` how many changes the file had after it, None where its journal
    can't tell. `saved` is what the file itself still holds, `is_readable` whether it can be looked at as it is.
    `key` opens all of them, and what is saved is written under it.
    """

    problem: Message
    backup: Backup | None
    changes_since: int | None
    backup_count: int
    saved: Salvage | None
    is_readable: bool
    key: Key | None = None

    @property
    def is_saving_best(self) -> bool:
        """Whether no change is lost by going on with what the file itself holds."""
        return self.saved is not None and not self.saved.has_lost_changes


def says_its_key(path: Path, *, folder: Path) -> Path:
    """Return the file that says which passphrase opens a damaged one and its backups.

    That is the file itself, or its newest backup where it is so damaged that it looks neither plain nor encrypted.

    Raises Trouble when the folder of the backups can't be read.
    """
    if salt_of(path) is not None or is_plain(path):
        return path
    newest = next(iter(backups_of(folder)), None)
    return path if newest is None else newest.path


def ways_back(path: Path, problem: Message, *, folder: Path, key: Key | None = None) -> WaysBack:
    """Look for the ways on from a damaged file, whose backups are in a folder. It takes its time.

    Raises Trouble when the folder can't be read, KeyNeeded when the file is encrypted by another key.
    """
    found = backups_of(folder)
    backup = next((one for one in found[:_MOST_TRIED] if _is_whole(one.path, key)), None)
    saved = salvage(path, [one.path for one in found[:_MOST_HELPING]], key=key)
    return WaysBack(
        problem=problem,
        backup=backup,
        changes_since=None if saved is None or backup is None else changes_since(saved, backup.path, key=key),
        backup_count=len(found),
        saved=saved,
        is_readable=_is_readable(path, key),
        key=key,
    )


def changes_since(saved: Salvage, backup: Path, *, key: Key | None = None) -> int | None:
    """Count the changes that came after a backup; None where the journal doesn't lead from one to the other."""
    with suppress(Trouble), closing(open_store(backup, read_only=True, key=key)) as store:
        entries = list(store.journal())
        if _leads_to(entries, saved.entries) and saved.lost_entries is not None:
            return len(saved.entries) + saved.lost_entries - len(entries)
    return None


def _leads_to(before: Sequence[Entry], after: Sequence[Entry]) -> bool:
    return not before or (len(before) <= len(after) and after[len(before) - 1].hash == before[-1].hash)


def _is_whole(path: Path, key: Key | None) -> bool:
    with suppress(Trouble):
        return not problems_of(path, key=key)
    return False


def _is_readable(path: Path, key: Key | None) -> bool:
    with suppress(Trouble), closing(open_store(path, read_only=True, key=key)) as store:
        store.load_unchecked()
        return True
    return False
