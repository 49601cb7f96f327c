"""Backups of a portfolio file: verified copies kept apart from it, thinned as they age, and the way back.

Must not know why a backup is wanted beyond its reason's name, nor what time it is.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum
from pathlib import Path
from uuid import uuid4

from db.store import open_store
from db.trouble import Trouble, trouble_of
from tracker.messages import message

_STAMP = "%Y-%m-%d %H%M%S"
_NAME = re.compile(r"(?P<stem>.+) (?P<at>\d{4}-\d\d-\d\d \d{6}) (?P<reason>[a-z-]+)\.tertial")
_ALL_DAYS, _WEEKS, _MONTHS = 7, 8, 24


class BackupReason(Enum):
    """Why a backup was taken; the value stands in its name."""

    DAILY = "daily"
    BEFORE_IMPORT = "before-import"
    BEFORE_RESTORE = "before-restore"
    BEFORE_MIGRATION = "before-migration"
    BEFORE_MERGE = "before-merge"
    BEFORE_LOCK = "before-lock"
    ASKED_FOR = "asked-for"


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """A verified copy: where it is, when it was taken, and why."""

    path: Path
    made_at: datetime
    reason: BackupReason


def backups_folder(path: Path, *, root: Path) -> Path:
    """Return where a portfolio's backups are kept: a folder of its own, also when two have the same name."""
    place = hashlib.sha256(str(path.resolve()).encode()).hexdigest()[:8]
    return root / f"{path.stem} {place}"


def back_up(path: Path, *, folder: Path, reason: BackupReason, now: datetime) -> Backup:
    """Copy a portfolio, and verify the copy before it gets its name.

    Raises Trouble when the portfolio is damaged, or the copy can't be written.
    """
    with _known_trouble(path):
        folder.mkdir(parents=True, exist_ok=True)
        made = folder / f"{path.stem} {now.astimezone(UTC):{_STAMP}} {reason.value}.tertial"
        with _beside(made) as copy:
            with (
                closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as source,
                closing(sqlite3.connect(copy)) as target,
            ):
                source.backup(target)
            _verify(copy, name=path.name)
            _flush(copy)
            copy.replace(made)
    return Backup(path=made, made_at=now.astimezone(UTC).replace(microsecond=0), reason=reason)


def backups_of(folder: Path) -> list[Backup]:
    """Return the backups in a folder, the newest first; other files in it are let be."""
    if not folder.is_dir():
        return []
    found = (_backup(one) for one in folder.iterdir())
    return sorted((one for one in found if one is not None), key=lambda one: (one.made_at, one.path.name), reverse=True)


def is_due(folder: Path, *, now: datetime) -> bool:
    """Whether no backup was taken yet on this day."""
    today = now.astimezone().date()
    return all(one.made_at.astimezone().date() != today for one in backups_of(folder))


def thin(folder: Path, *, now: datetime) -> list[Path]:
    """Delete what nobody goes back to: a week is kept whole, then one a week, then one a month. Returns the deleted."""
    kept: set[tuple[object, ...]] = set()
    deleted = []
    for one in backups_of(folder):
        slot = _slot(one.made_at, now)
        if slot is not None and slot not in kept:
            kept.add(slot)
        elif kept:
            one.path.unlink(missing_ok=True)
            deleted.append(one.path)
        else:
            kept.add((one.path,))
    return deleted


def restore(backup: Backup, path: Path, *, folder: Path, now: datetime) -> None:
    """Put a backup in a portfolio's place, which is backed up first, or copied as it is when it is damaged.

    Raises Trouble when the backup is damaged or the portfolio can't be written; then it is as it was.
    """
    with _known_trouble(backup.path):
        _verify(backup.path, name=backup.path.name)
    with _known_trouble(path):
        if path.exists():
            try:
                back_up(path, folder=folder, reason=BackupReason.BEFORE_RESTORE, now=now)
            except Trouble:
                folder.mkdir(parents=True, exist_ok=True)
                shutil.copy2(path, folder / f"{path.stem} {now.astimezone(UTC):{_STAMP}}.skadet")
        with _beside(path) as copy:
            shutil.copyfile(backup.path, copy)
            _flush(copy)
            # A journal that is left would be rolled into the file that takes this one's place.
            path.with_name(f"{path.name}-journal").unlink(missing_ok=True)
            copy.replace(path)


def _backup(path: Path) -> Backup | None:
    found = _NAME.fullmatch(path.name)
    if found is None or found["reason"] not in {reason.value for reason in BackupReason}:
        return None
    at = datetime.strptime(found["at"], _STAMP).replace(tzinfo=UTC)
    return Backup(path=path, made_at=at, reason=BackupReason(found["reason"]))


def _slot(made_at: datetime, now: datetime) -> tuple[object, ...] | None:
    """Return what a backup shares its keeping with; None where it is too old to be kept."""
    age = now - made_at
    if age <= timedelta(days=_ALL_DAYS):
        return (made_at,)
    if age <= timedelta(days=_ALL_DAYS, weeks=_WEEKS):
        return ("week", *made_at.isocalendar()[:2])
    if age <= timedelta(days=_MONTHS * 31):
        return ("month", made_at.year, made_at.month)
    return None


def _verify(copy: Path, *, name: str) -> None:
    """Read a copy whole.

    Raises Trouble, by the name that the user knows, when it is damaged or was changed behind Tertial's back.
    """
    try:
        with closing(open_store(copy, read_only=True)) as store:
            store.load()
    except Trouble:
        raise Trouble(
            message(
                "Innholdet i {file} er skadet eller endret utenfor Tertial: bruk en annen sikkerhetskopi.", file=name
            )
        ) from None


def _flush(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


@contextmanager
def _beside(path: Path) -> Iterator[Path]:
    """Give a name beside a file, for what may take its place; nothing is left there."""
    beside = path.with_name(f".{uuid4().hex[:8]}.{path.name}.ny")
    try:
        yield beside
    finally:
        for leftover in (beside, beside.with_name(f"{beside.name}-journal")):
            leftover.unlink(missing_ok=True)


@contextmanager
def _known_trouble(path: Path) -> Iterator[None]:
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        trouble = trouble_of(error, path)
        if trouble is None:
            raise
        raise trouble from error
