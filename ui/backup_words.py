"""How a backup is told of: when it was taken, as the user's clock says, and why. No Qt here.

Must not know how one is made.
"""

from __future__ import annotations

from db.backup import Backup, BackupReason
from tracker.messages import Message, message

_REASONS = {
    BackupReason.DAILY: message("Daglig"),
    BackupReason.BEFORE_IMPORT: message("Før import"),
    BackupReason.BEFORE_RESTORE: message("Før gjenoppretting"),
    BackupReason.BEFORE_MIGRATION: message("Før oppgradering"),
    BackupReason.BEFORE_MERGE: message("Før fletting"),
    BackupReason.BEFORE_LOCK: message("Før låsing"),
    BackupReason.ASKED_FOR: message("Tatt på forespørsel"),
}


def reason_of(backup: Backup) -> Message:
    """Return why it was taken."""
    return _REASONS[backup.reason]


def when(backup: Backup) -> str:
    """Return when it was taken."""
    return f"{backup.made_at.astimezone():%d.%m.%Y %H:%M}"
