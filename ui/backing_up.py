"""Backups of the open file: every day, before anything large, when asked for; and the way back to one.

Must not know how a backup is made, nor what is in the file.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from db.backup import Backup, BackupReason, back_up, backups_folder, backups_of, is_due, restore, thin
from db.holding import HeldError, UnholdableError, hold
from db.key import Key
from db.trouble import Damage
from tracker.messages import Refusal, message
from tracker.steps import BEGUN
from ui.asking import TableQuestion
from ui.backup_words import reason_of, when
from ui.desk import Desk
from ui.filing import Filing
from ui.telling import failing, telling
from ui.unlocking import known_key

if TYPE_CHECKING:
    from db.salvaging import Salvage


_LOOK_EVERY_MS = 60 * 60 * 1000


class BackingUp(QObject):
    """Takes backups and goes back to them. `told` is what a finished piece of work has to say.

    `damaged` comes with the file and the trouble when the day's look finds what opening could not see.
    """

    told = Signal(str)
    damaged = Signal(object, object)

    def __init__(self, desk: Desk, filing: Filing) -> None:
        super().__init__()
        self._desk, self._filing = desk, filing
        desk.session.before_migrating = self._before_migrating
        # A window may stay open for days.
        self._clock = QTimer(self)
        self._clock.setInterval(_LOOK_EVERY_MS)
        self._clock.timeout.connect(self.daily)
        self._clock.start()

    def daily(self) -> None:
        """Back the file up once a day, away from the window, and look through the copy from end to end."""
        path = self._desk.session.path
        if path is None or not self._desk.session.can_edit:
            return
        folder, now, key = self.folder_of(path), datetime.now(UTC), self._desk.session.key

        def write() -> Backup | None:
            if not is_due(folder, now=now):
                return None
            return back_up(path, folder=folder, reason=BackupReason.DAILY, now=now, key=key)

        self._desk.jobs.start(write, done=partial(self._look_through, path, key), failed=partial(self._meet, path))

    def _look_through(self, path: Path, key: Key | None, made: Backup | None) -> None:
        """Look through the day's copy, after what the window waits for; only then are old ones thinned.

        The copy and not the file, which may be written meanwhile.
        """
        if made is None:
            return
        months = self._desk.settings.backup_months

        def look() -> None:
            from db.wholeness import require_whole

            require_whole(made.path, known_as=path.name, key=key)
            thin(made.path.parent, now=made.made_at, months=months)

        self._desk.jobs.start(look, done=lambda _: None, failed=partial(self._meet, path))

    def _meet(self, path: Path, error: BaseException) -> None:
        if isinstance(error, Damage):
            self.damaged.emit(path, error)
        else:
            failing(self._desk)(error)

    def _before_migrating(self, path: Path, key: Key | None) -> None:
        """Keep a file of an earlier version as it is; raises Trouble when it can't be, and then it isn't opened."""
        back_up(path, folder=self.folder_of(path), reason=BackupReason.BEFORE_MIGRATION, now=datetime.now(UTC), key=key)

    def now(self, reason: BackupReason = BackupReason.ASKED_FOR) -> bool:
        """Back the file up now. Returns whether it is done."""
        path = self._desk.session.path
        if path is None:
            return False
        with telling(self._desk):
            key, folder = self._desk.session.key, self.folder_of(path)
            try:
                made = back_up(path, folder=folder, reason=reason, now=datetime.now(UTC), key=key)
            except Damage as damage:
                self.damaged.emit(path, damage)
                return False
            self.told.emit(self._desk.say(message("Sikkerhetskopi tatt {time}", time=when(made))))
            return True
        return False

    def restore(self, of: Path | None = None) -> None:
        """Let a backup be chosen, and put it in the file's place; the file as it was is backed up first."""
        path = of or self._desk.session.path or next(iter(self._desk.settings.recent), None)
        found = [] if path is None else self._found(path)
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
            self.put_back(found[chosen], path)

    def put_back(self, backup: Backup, path: Path) -> None:
        """Put a backup in the file's place, and open it; what stands in the way is told."""
        with telling(self._desk):
            self._put_back(backup, path)
            self.told.emit(self._desk.say(message("Gjenopprettet fra {time}", time=when(backup))))
        self._filing.open(path)

    def put_saved(self, saved: Salvage, path: Path, key: Key | None) -> None:
        """Put what was saved of a damaged file in its place, and open it; the damaged one is kept among the backups.

        What was saved from an encrypted file never lies in plain, not even on its way.
        """
        folder = TemporaryDirectory(prefix="tertial-")
        made = Backup(path=Path(folder.name) / path.name, made_at=datetime.now(UTC), reason=BackupReason.ASKED_FOR)
        signature = self._desk.session.signature(BEGUN)

        def write() -> None:
            from db.recovering import recover

            recover(saved, made.path, signature, key=key)

        def put() -> None:
            with folder, telling(self._desk):
                self._put_back(made, path)
                self.told.emit(self._desk.say(message("Gjenopprettet fra journalen")))
            self._filing.open(path)

        def give_up(error: BaseException) -> None:
            folder.cleanup()
            failing(self._desk)(error)

        self._desk.jobs.start(write, done=lambda _: put(), failed=give_up)

    def _put_back(self, backup: Backup, path: Path) -> None:
        """Put a copy in the file's place, while nobody else can write in it.

        Raises Trouble when it can't be done, Refusal when somebody else has the file.
        """
        key, backup_key = known_key(self._desk, path), known_key(self._desk, backup.path)
        self._desk.session.close()
        try:
            with hold(path, who=self._desk.session.who):
                restore(
                    backup, path, folder=self.folder_of(path), now=datetime.now(UTC), key=key, backup_key=backup_key
                )
        except HeldError as held:
            who = "" if held.holder is None else held.holder.who
            raise Refusal(
                message("{file} er åpen hos {who}: be om at den lukkes, og prøv igjen.", file=path.name, who=who or "-")
            ) from None
        except UnholdableError:
            raise Refusal(
                message("Mappen til {file} er skrivebeskyttet: be om tilgang, og prøv igjen.", file=path.name)
            ) from None

    def _found(self, path: Path) -> list[Backup]:
        """Return a portfolio's backups, also those from before another folder was chosen; the newest first."""
        settings = self._desk.settings
        roots = dict.fromkeys((settings.backup_folder, settings.usual_backup_folder))
        found = [one for root in roots for one in backups_of(backups_folder(path, root=root))]
        return sorted(found, key=lambda one: one.made_at, reverse=True)

    def folder_of(self, path: Path) -> Path:
        """Return where a portfolio's backups are kept."""
        return backups_folder(path, root=self._desk.settings.backup_folder)
