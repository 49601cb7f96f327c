"""Backups of a portfolio file: verified copies kept apart from it, thinned as they age, and the way back.

Must not know why a backup is wanted beyond its reason's name, nor what time it is.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum
from itertools import count
from pathlib import Path

from db.key import Key, fitting
from db.rewriting import rewrite
from db.store import open_store
from db.trouble import Damage, Trouble, known_trouble
from db.whole_file import beside, left_beside, put_in_place
from tracker.messages import message

_STAMP = "%Y-%m-%d %H%M%S"
_NAME = re.compile(r"(?P<stem>.+) (?P<at>\d{4}-\d\d-\d\d \d{6}) (?P<reason>[a-z-]+)\.tertial")
_ALL_DAYS, _WEEKS = 7, 8
KEPT_MONTHS = 24
"""How many months back one backup of each month is kept, where nobody has said otherwise."""
_PRIMARY = 0xFF
_HALF_WRITTEN = timedelta(days=1)


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


def back_up(path: Path, *, folder: Path, reason: BackupReason, now: datetime, key: Key | None = None) -> Backup:
    """Copy a portfolio, and verify the copy before it gets its name; one that is encrypted stays so, by the same key.

    Raises Trouble when the portfolio is damaged, or the copy can't be written.
    """
    # Says in the usual words what is wrong with the file, and lets SQLite undo what a crash left half done.
    open_store(path, read_only=True, key=key).close()
    key = fitting(path, key)
    made = _free_name(path, folder, reason, now)
    with known_trouble(made.path):
        folder.mkdir(parents=True, exist_ok=True)
        with beside(made.path) as copy:
            _copy(path, copy, key)
            _verify(copy, known_as=path.name, key=key)
            put_in_place(copy, made.path)
    return made


def backups_of(folder: Path) -> list[Backup]:
    """Return the backups in a folder, the newest first; other files in it are let be."""
    with known_trouble(folder):
        names = [one for one in folder.iterdir() if one.is_file()] if folder.is_dir() else []
    found = [backup for backup in map(_backup, names) if backup is not None]
    return sorted(found, key=lambda one: (one.made_at, one.path.name), reverse=True)


def is_due(folder: Path, *, now: datetime) -> bool:
    """Whether the daily backup was not taken yet on this day, as the user counts days."""
    today = now.astimezone().date()
    daily = (one for one in backups_of(folder) if one.reason is BackupReason.DAILY)
    return all(one.made_at.astimezone().date() != today for one in daily)


def thin(folder: Path, *, now: datetime, months: int = KEPT_MONTHS) -> list[Path]:
    """Delete what nobody goes back to; a week is kept whole, then the newest of each week, then of each month.

    Returns the deleted. The newest of all is never among them; what a killed process left half written is.
    """
    with known_trouble(folder):
        deleted = left_beside(folder, before=now - _HALF_WRITTEN)
        for leftover in deleted:
            leftover.unlink(missing_ok=True)
    seen: set[tuple[str, int, int]] = set()
    for place, one in enumerate(backups_of(folder)):
        first = {slot for slot in _slots(one.made_at) if slot not in seen}
        seen |= first
        if place > 0 and not _is_kept(one.made_at, now, {kind for kind, *_ in first}, months):
            with known_trouble(one.path):
                one.path.unlink(missing_ok=True)
            deleted.append(one.path)
    return deleted


def restore(  # noqa: PLR0913  what goes where, when, and what opens the two of them
    backup: Backup,
    path: Path,
    *,
    folder: Path,
    now: datetime,
    key: Key | None = None,
    backup_key: Key | None = None,
) -> None:
    """Put a backup in a portfolio's place, which is backed up first, or copied as it is when it is damaged.

    An encrypted portfolio keeps its key, whatever the backup had; `backup_key` is given where that is another.

    Raises Trouble when the backup is damaged or the portfolio can't be written; then it is as it was.
    """
    place = path.resolve()
    # A portfolio that this key doesn't open isn't damaged, and nothing takes its place.
    fitting(place, key)
    with known_trouble(backup.path):
        content = backup.path.open("rb")
    with content, known_trouble(path), beside(place) as copy:
        with copy.open("xb") as written:
            shutil.copyfileobj(content, written)
        own = fitting(copy, backup_key or key)
        _verify_backup(copy, known_as=backup.path.name, key=own)
        if key not in {None, own}:
            rewrite(copy, own, key)
        if place.exists():
            _set_aside(place, folder, now, key)
        # Before the file: a journal that is left would be rolled into the one that takes its place.
        place.with_name(f"{place.name}-journal").unlink(missing_ok=True)
        put_in_place(copy, place)


class _Damaged(Damage):
    """What is in the file is not a whole portfolio, however often it is read."""


def _verify(path: Path, *, known_as: str, key: Key | None) -> None:
    """Read a file whole.

    Raises Trouble, by the name that the user knows: _Damaged where the content is wrong.
    """
    try:
        with closing(open_store(path, read_only=True, key=key)) as store:
            store.load()
    except Trouble as trouble:
        reason = message(trouble.reason.text, **{**trouble.reason.values, "file": known_as})
        raise (_Damaged if _is_of_content(trouble) else Trouble)(reason) from trouble
    except (sqlite3.Error, ValueError, TypeError, LookupError) as error:
        # A value that no record can have, a table that is gone: damage that is met before hashes are compared.
        raise _Damaged(message("{file} er skadet: hent fram en sikkerhetskopi.", file=known_as)) from error


def _verify_backup(copy: Path, *, known_as: str, key: Key | None) -> None:
    try:
        _verify(copy, known_as=known_as, key=key)
    except _Damaged as damaged:
        raise Trouble(
            message(
                "{file} er skadet, endret utenfor Tertial eller laget med en nyere Tertial: "
                "velg en annen sikkerhetskopi.",
                file=known_as,
            )
        ) from damaged


def _is_of_content(trouble: Trouble) -> bool:
    """Whether it is the content that is wrong, and not the disk, a right or another program that is in the way."""
    cause = trouble.__cause__
    code = getattr(cause, "sqlite_errorcode", 0) & _PRIMARY
    return cause is None or isinstance(trouble, Damage) or code == sqlite3.SQLITE_ERROR


def _set_aside(path: Path, folder: Path, now: datetime, key: Key | None) -> None:
    """Keep what a backup is about to replace: as a backup, or byte for byte where it is no whole portfolio."""
    try:
        _verify(path, known_as=path.name, key=key)
    except _Damaged:
        _keep_damaged(path, folder, now)
    else:
        back_up(path, folder=folder, reason=BackupReason.BEFORE_RESTORE, now=now, key=key)


def _keep_damaged(path: Path, folder: Path, now: datetime) -> None:
    """Copy a damaged file, and the journal that a crash left, by which it might still be mended."""
    named = (folder / f"{path.stem} {at:{_STAMP}}.skadet" for at in _seconds_from(now))
    kept = next(one for one in named if not one.exists())
    with known_trouble(kept):
        folder.mkdir(parents=True, exist_ok=True)
        for end in ("-journal", ""):
            source, target = (one.with_name(f"{one.name}{end}") for one in (path, kept))
            if source.exists():
                with beside(target) as copy:
                    shutil.copyfile(source, copy)
                    put_in_place(copy, target)


def _copy(path: Path, copy: Path, key: Key | None) -> None:
    with closing(_connected(path, "ro", key)) as source, closing(_connected(copy, "rwc", key)) as target:
        with known_trouble(path):
            # A lock to read, which is waited for five seconds; `backup` itself would wait for ever.
            source.execute("BEGIN")
            source.execute("SELECT count(*) FROM sqlite_master").fetchone()
        source.backup(target)


def _connected(path: Path, mode: str, key: Key | None) -> sqlite3.Connection:
    """Connect to a file that is only copied: not set up as `connected` does, which would write in an empty one."""
    if key is None:
        return sqlite3.connect(f"{path.absolute().as_uri()}?mode={mode}", uri=True, isolation_level=None)
    from db.sqlcipher import connected_by

    return connected_by(key, path, mode)


def _free_name(path: Path, folder: Path, reason: BackupReason, now: datetime) -> Backup:
    """Return a backup that isn't there yet; of two in the same second, whatever for, the later is a second younger."""
    taken = {one.made_at for one in backups_of(folder)}
    named = (
        Backup(path=folder / f"{path.stem} {at:{_STAMP}} {reason.value}.tertial", made_at=at, reason=reason)
        for at in _seconds_from(now)
    )
    return next(one for one in named if one.made_at not in taken and not one.path.exists())


def _seconds_from(now: datetime) -> Iterator[datetime]:
    first = now.astimezone(UTC).replace(microsecond=0)
    return (first + timedelta(seconds=later) for later in count())


def _backup(path: Path) -> Backup | None:
    found = _NAME.fullmatch(path.name)
    with suppress(ValueError):
        if found is not None:
            at = datetime.strptime(found["at"], _STAMP).replace(tzinfo=UTC)
            return Backup(path=path, made_at=at, reason=BackupReason(found["reason"]))
    return None


def _slots(made_at: datetime) -> set[tuple[str, int, int]]:
    year, week, _ = made_at.isocalendar()
    return {("week", year, week), ("month", made_at.year, made_at.month)}


def _is_kept(made_at: datetime, now: datetime, newest_of: set[str], kept_months: int) -> bool:
    age = now - made_at
    today = now.astimezone(UTC)
    months = (today.year - made_at.year) * 12 + today.month - made_at.month
    return (
        age <= timedelta(days=_ALL_DAYS)
        or ("week" in newest_of and age <= timedelta(days=_ALL_DAYS, weeks=_WEEKS))
        or ("month" in newest_of and months <= kept_months)
    )
