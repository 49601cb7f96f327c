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
    """

    problem: Message
    backup: Backup | None
    changes_since: int | None
    backup_count: int
    saved: Salvage | None
    is_readable: bool

    @property
    def is_saving_best(self) -> bool:
        """Whether no change is lost by going on with what the file itself holds."""
        return self.saved is not None and not self.saved.has_lost_changes

    @property
    def are_none(self) -> bool:
        """Whether there is nothing to choose from."""
        return self.saved is None and self.backup_count == 0 and not self.is_readable


def ways_back(path: Path, problem: Message, *, folder: Path) -> WaysBack:
    """Look for the ways on from a damaged file, whose backups are in a folder. It takes its time.

    Raises Trouble when the folder can't be read.
    """
    found = backups_of(folder)
    backup = next((one for one in found[:_MOST_TRIED] if _is_whole(one.path)), None)
    saved = salvage(path, [one.path for one in found[:_MOST_HELPING]])
    return WaysBack(
        problem=problem,
        backup=backup,
        changes_since=None if saved is None or backup is None else changes_since(saved, backup.path),
        backup_count=len(found),
        saved=saved,
        is_readable=_is_readable(path),
    )


def changes_since(saved: Salvage, backup: Path) -> int | None:
    """Count the changes that came after a backup; None where the journal doesn't lead from one to the other."""
    with suppress(Trouble), closing(open_store(backup, read_only=True)) as store:
        entries = list(store.journal())
        if _leads_to(entries, saved.entries) and saved.lost_entries is not None:
            return len(saved.entries) + saved.lost_entries - len(entries)
    return None


def _leads_to(before: Sequence[Entry], after: Sequence[Entry]) -> bool:
    return not before or (len(before) <= len(after) and after[len(before) - 1].hash == before[-1].hash)


def _is_whole(path: Path) -> bool:
    with suppress(Trouble):
        return not problems_of(path)
    return False


def _is_readable(path: Path) -> bool:
    with suppress(Trouble), closing(open_store(path, read_only=True)) as store:
        store.load_unchecked()
        return True
    return False
