"""A verified backup before a command does something large.

Must not know what the command does.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from db.backup import KEPT_MONTHS, BackupReason, back_up, backups_folder, is_due, thin
from db.own_settings import OwnSettings, machine_path, own_path
from ui.commands.unlocking import key_for


def keep_backup(path: Path, reason: BackupReason) -> None:
    """Back a portfolio up, in the same place as the window's backups.

    Raises Trouble when the copy can't be written; then nothing large is done.
    """
    back_up(path, folder=kept_in(path), reason=reason, now=datetime.now(UTC), key=key_for(path))


def kept_in(path: Path) -> Path:
    """Return the folder of a portfolio's backups."""
    return backups_folder(path, root=backups_root())


def keep_daily_backup(path: Path) -> None:
    """Back a portfolio up if it wasn't yet today, before the day's first change; old backups are thinned.

    Raises Trouble when the copy can't be written, or the portfolio is not whole.
    """
    folder, now, own = kept_in(path), datetime.now(UTC), _own()
    if is_due(folder, now=now):
        back_up(path, folder=folder, reason=BackupReason.DAILY, now=now, key=key_for(path))
        thin(folder, now=now, months=own.value("backup_months", KEPT_MONTHS))


def backups_root() -> Path:
    """Return where all portfolios' backups are kept: where the user has chosen, else where the system keeps data."""
    from platformdirs import user_data_path

    chosen = _own().value("backup_folder", "")
    return Path(chosen) if chosen else user_data_path("Tertial", appauthor=False) / "backups"


def _own() -> OwnSettings:
    return OwnSettings(own_path(), beneath=machine_path())
