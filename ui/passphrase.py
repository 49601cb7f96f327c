"""Puts a passphrase on the open portfolio, changes it or takes it off, and saves its recovery sheet.

Must not know how a file is encrypted.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path

from db.encrypting import BackupsWill, Followed, decrypt, encrypt, refuse_without_library, treat_backups
from db.holding import HeldError, UnholdableError, hold
from db.key import Key, refusal_of
from tracker.messages import Message, Refusal, message
from ui.asking import FormField, TableQuestion
from ui.backing_up import BackingUp
from ui.desk import Desk
from ui.filing import Filing
from ui.telling import failing, telling
from ui.unlocking import ask_key

_WILLS = (
    (BackupsWill.FOLLOW, message("Følger filen")),
    (BackupsWill.STAY, message("Blir som de er")),
    (BackupsWill.GO, message("Slettes")),
)


class PassphraseWork:
    """What the menu's «Passord …» does. The file is closed while it is written anew, and opened again."""

    def __init__(self, desk: Desk, filing: Filing, backing_up: BackingUp) -> None:
        self._desk, self._filing, self._backing_up = desk, filing, backing_up

    def ask(self) -> None:
        """Ask what is to be done, and do it."""
        session = self._desk.session
        if session.path is None or not session.can_edit:
            self._tell(session.read_only_because or message("Ingen portefølje er åpen: åpne en først."))
            return
        with telling(self._desk):
            refuse_without_library()
            if session.key is None:
                self._encrypt(session.path)
            else:
                self._ask_further(session.path)

    def _encrypt(self, path: Path) -> None:
        warning = message(
            "Uten passordet eller gjenopprettingsarket kan ingen lese {file}, heller ikke IT.\n\n"
            "Krypteringen beskytter filen, sikkerhetskopiene og utkastene på denne PC-en. Den beskytter ikke kopier "
            "som er sendt eller ligger andre steder, rapporter og eksporter, en åpen fil på en ulåst PC, eller rester "
            "av den gamle filen på disken: er PC-ens disk ikke kryptert, be IT om det også.",
            file=path.name,
        )
        if self._desk.ask.confirm(self._desk.say(warning), self._desk.say(message("Velg passord …"))):
            self._set(path, message("Krypter {file}", file=path.name), None)

    def _ask_further(self, path: Path) -> None:
        say = self._desk.say
        acts: tuple[tuple[Message, Message, Callable[[Key], None]], ...] = (
            (
                message("Bytt passordet"),
                message("Filen krypteres på nytt, og gjenopprettingsarket må lages på nytt."),
                partial(self._set, path, message("Nytt passord på {file}", file=path.name)),
            ),
            (
                message("Lagre gjenopprettingsarket"),
                message("Arket åpner filen når passordet er glemt."),
                self._save_sheet,
            ),
            (
                message("Ta passordet bort"),
                message("Filen blir lesbar for alle som har den."),
                partial(self._decrypt, path),
            ),
        )
        chosen = self._desk.ask.choose(
            TableQuestion(
                title=say(message("Passordet på {file}", file=path.name)),
                lead=say(message("Filen er kryptert. Hva vil du gjøre? Du må skrive passordet først.")),
                headings=[say(message("Handling")), say(message("Følge"))],
                rows=[[say(title), say(follows)] for title, follows, _ in acts],
                yes=say(message("Velg")),
            )
        )
        if chosen is not None:
            # Again, though it is known: the one who sits here now need not be the one who opened it.
            key = ask_key(self._desk, path)
            if key is not None:
                acts[chosen][2](key)

    def _set(self, path: Path, title: Message, old: Key | None) -> None:
        given = self._desk.ask.form(
            self._desk.say(title),
            [
                FormField(
                    key="passphrase",
                    title=self._desk.say(message("Nytt passord, for eksempel fire ord som ikke hører sammen")),
                    check=self._refusal,
                    is_secret=True,
                ),
                FormField(key="again", title=self._desk.say(message("Gjenta passordet")), is_secret=True),
                self._backups_field(),
            ],
            self._desk.say(message("Krypter")),
            check=self._difference,
        )
        if given is None:
            return
        will = BackupsWill(given["backups"])
        if self._rewrite(path, lambda: encrypt(path, given["passphrase"], key=old), old, will):
            self._save_sheet()

    def _decrypt(self, path: Path, old: Key) -> None:
        given = self._desk.ask.form(
            self._desk.say(message("Ta passordet bort fra {file}", file=path.name)),
            [self._backups_field()],
            self._desk.say(message("Ta passordet bort")),
        )
        if given is not None:
            self._rewrite(path, lambda: decrypt(path, key=old), old, BackupsWill(given["backups"]))

    def _rewrite(self, path: Path, write: Callable[[], Key | None], old: Key | None, will: BackupsWill) -> bool:
        """Write the file anew while nobody has it, and open it again whatever came of it."""
        session, key, is_done = self._desk.session, old, False
        session.close()
        with telling(self._desk):
            try:
                with hold(path, who=session.who):
                    key = write()
                is_done = True
            except (HeldError, UnholdableError):
                raise Refusal(
                    message("{file} er i bruk av andre: prøv igjen når den er lukket.", file=path.name)
                ) from None
            finally:
                session.key = key
        self._filing.open(path)
        if is_done:
            self._treat_backups(path, will, old, key)
        return is_done

    def _treat_backups(self, path: Path, will: BackupsWill, old: Key | None, new: Key | None) -> None:
        folder = self._backing_up.folder_of(path)
        self._desk.jobs.start(
            lambda: treat_backups(folder, will, old=old, new=new), done=self._on_treated, failed=failing(self._desk)
        )

    def _on_treated(self, followed: Followed) -> None:
        told = message(
            "Passordet er endret. Sikkerhetskopier: {done} fulgte med, {left} er som før.",
            done=followed.done,
            left=followed.left,
        )
        self._backing_up.told.emit(self._desk.say(told))

    def _save_sheet(self, key: Key | None = None) -> None:
        """Ask where, and save the recovery sheet; who saves none is told what that means."""
        session, say = self._desk.session, self._desk.say
        key = key or session.key
        if session.path is None or key is None:
            return
        sheet = self._desk.ask.file_to_save(
            say(message("Lagre gjenopprettingsarket")),
            say(message("PDF (*.pdf)")),
            str(session.path.with_name(f"{say(message('Gjenopprettingsark'))} {session.path.stem}.pdf")),
        )
        if sheet is None:
            self._desk.ask.inform(
                say(
                    message(
                        "Uten gjenopprettingsark er innholdet tapt hvis passordet glemmes: lag det fra Fil → Passord."
                    )
                )
            )
            return
        from db.pdf.recovery import sheet_of, write_recovery_sheet

        today = datetime.now().astimezone().date()
        with telling(self._desk):
            write_recovery_sheet(sheet_of(session.path, session.portfolio, key, made_on=today), sheet, say=say)
            self._desk.ask.inform(
                say(
                    message(
                        "Gjenopprettingsarket er lagret i {file}: skriv det ut, legg det i safen, og slett filen.",
                        file=sheet.name,
                    )
                )
            )

    def _backups_field(self) -> FormField:
        say = self._desk.say
        return FormField(
            key="backups",
            title=say(message("Sikkerhetskopiene")),
            choices=[(will.value, say(title)) for will, title in _WILLS],
        )

    def _refusal(self, typed: str) -> str:
        refusal = refusal_of(typed)
        return "" if refusal is None else self._desk.say(refusal)

    def _difference(self, typed: Mapping[str, str]) -> str:
        if typed["passphrase"] == typed["again"]:
            return ""
        return self._desk.say(message("De to passordene er ikke like: prøv igjen."))

    def _tell(self, reason: Message) -> None:
        self._desk.ask.tell(self._desk.say(reason))
