"""Copies of a portfolio that a sync service made beside it when two had written: which, and what only they know.

Told by the name, and by a journal that begins as the portfolio's own and then goes another way. Must not know what is
done about them.
"""

from __future__ import annotations

import re
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from db.key import Key
from db.store import open_store
from db.trouble import Trouble

_TOLD_BY_NAME = re.compile(r"conflict|konflikt", re.IGNORECASE)
_AFTER_STEM = re.compile(
    r"""
    \ \(.*\)                # Dropbox, Nextcloud: (Karis konflikterte kopi 2024-02-01); Google Drive: (1)
    | -[\w-]+               # OneDrive: -PC123
    | \.sync-conflict-.+    # Syncthing
    | _conf\(.*\)           # Box
    | \ \d+                 # iCloud
    """,
    re.VERBOSE,
)
_MOST = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictCopy:
    """A copy, and how many changes it has that the portfolio hasn't; None where it can't be read."""

    path: Path
    changes: int | None


def conflict_copies_of(path: Path, *, key: Key | None = None) -> list[ConflictCopy]:
    """Find the copies beside a portfolio that hold something it doesn't, by name.

    A copy that was taken on purpose and then left alone knows nothing new, and is none. `key` opens the portfolio and
    its copies where they are encrypted.
    """
    with suppress(OSError):
        named = sorted(other for other in path.parent.iterdir() if _is_named_like(other, path))[:_MOST]
        return [copy for copy in (_copy(other, path, key) for other in named) if copy is not None]
    return []


def _is_named_like(other: Path, path: Path) -> bool:
    rest = other.stem.removeprefix(path.stem)
    return (
        other.suffix == path.suffix and rest != other.stem and _AFTER_STEM.fullmatch(rest) is not None
    ) and other.name != path.name


def _copy(other: Path, path: Path, key: Key | None) -> ConflictCopy | None:
    theirs, ours = _hashes(other, key), _hashes(path, key)
    if not theirs:
        is_told = _TOLD_BY_NAME.search(other.stem) is not None
        return ConflictCopy(path=other, changes=None) if is_told else None
    if not ours or theirs[0] != ours[0]:
        return None
    new = set(theirs) - set(ours)
    return ConflictCopy(path=other, changes=len(new)) if new else None


def _hashes(path: Path, key: Key | None) -> list[str]:
    with suppress(Trouble), closing(open_store(path, read_only=True, key=key)) as store:
        return [entry.hash for entry in store.journal()]
    return []
