"""Backups of the open file: every day, before anything large, when asked for; and the way back to one.

Must not know how a backup is made, nor what is in the file.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from db.backup import Backup, BackupReason, back_up, backups_folder, backups_of, is_due, restore, thin
from db.holding import HeldError, UnholdableError, hold
from tracker.messages import Refusal, message
from ui.asking import TableQuestion
from ui.backup_words import reason_of, when
from ui.desk import Desk
from ui.filing import Filing
from ui.telling import failing, telling


class BackingUp(QObject):
    """Takes backups and goes back to them. `told` is what a finished piece of work has to say."""

    told = Signal(str)

    def __init__(self, desk: Desk, filing: Filing, *, root: Path) -> None:
        super().__init__()
        self._desk, self._filing, self._backups = desk, filing, root
        desk.session.before_migrating = self._before_migrating

    def daily(self) -> None:
        """Back the file up once a day, away from the window."""
        path = self._desk.session.path
        if path is None or not self._desk.session.can_edit:
            return
        folder, now = self._folder(path), datetime.now(UTC)

        def write() -> None:
            if is_due(folder, now=now):
                back_up(path, folder=folder, reason=BackupReason.DAILY, now=now)
                thin(folder, now=now)

        self._desk.jobs.start(write, done=lambda _: None, failed=failing(self._desk))

    def _before_migrating(self, path: Path) -> None:
        """Keep a file of an earlier version as it is; raises Trouble when it can't be, and then it isn't opened."""
        back_up(path, folder=self._folder(path), reason=BackupReason.BEFORE_MIGRATION, now=datetime.now(UTC))

    def now(self, reason: BackupReason = BackupReason.ASKED_FOR) -> bool:
        """Back the file up now. Returns whether it is done."""
        path = self._desk.session.path
        if path is None:
            return False
        with telling(self._desk):
            made = back_up(path, folder=self._folder(path), reason=reason, now=datetime.now(UTC))
            self.told.emit(self._desk.say(message("Sikkerhetskopi tatt {time}", time=when(made))))
            return True
        return False

    def restore(self) -> None:
        """Let a backup be chosen, and put it in the file's place; the file as it was is backed up first."""
        path = self._desk.session.path or next(iter(self._desk.settings.recent), None)
        found = [] if path is None else backups_of(self._folder(path))
        if path is None or not found:
            self._desk.ask.tell(
                self._desk.say(
                    message("Det finnes ingen sikkerhetskopier ennå: den første tas når du åpner en portefølje.")
                )
            )
            return
        chosen = self._desk.ask.choose(
            TableQuestion(
                title=self._desk.say(message("Gjenopprett fra sikkerhetskopi")),
                lead=self._desk.say(
                    message(
                        "Velg hvilken kopi av {file} du vil tilbake til. Filen slik den er nå, blir tatt vare på.",
                        file=path.name,
                    )
                ),
                headings=[self._desk.say(message("Tatt")), self._desk.say(message("Hvorfor"))],
                rows=[[when(one), self._desk.say(reason_of(one))] for one in found],
                yes=self._desk.say(message("Gjenopprett")),
            )
        )
        if chosen is not None:
            with telling(self._desk):
                self._put_back(found[chosen], path)
            self._filing.open(path)

    def _put_back(self, backup: Backup, path: Path) -> None:
        """Put a backup in the file's place, while nobody else can write in it.

        Raises Trouble when it can't be done, Refusal when somebody else has the file.
        """
        self._desk.session.close()
        try:
            with hold(path, who=self._desk.session.who):
                restore(backup, path, folder=self._folder(path), now=datetime.now(UTC))
        except HeldError as held:
            who = "" if held.holder is None else held.holder.who
            raise Refusal(
                message("{file} er åpen hos {who}: be om at den lukkes, og prøv igjen.", file=path.name, who=who or "-")
            ) from None
        except UnholdableError:
            raise Refusal(
                message("Mappen til {file} er skrivebeskyttet: be om tilgang, og prøv igjen.", file=path.name)
            ) from None
        self.told.emit(self._desk.say(message("Gjenopprettet fra {time}", time=when(backup))))

    def _folder(self, path: Path) -> Path:
        return backups_folder(path, root=self._backups)
