"""What is done with files: open, begin, take in, write reports, back up and restore.

Must not know a page; what the user has to be asked or told goes through `Ask`.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from db.store import new_store
from db.trouble import Damage, Trouble
from tracker.edits import added
from tracker.messages import Refusal, message
from tracker.model import MUNICIPALITY_SETTING, Setting
from tracker.steps import BEGUN
from ui.asking import FormField
from ui.desk import Desk
from ui.telling import failing, telling
from ui.unlocking import opened

PORTFOLIOS = message("Porteføljer (*.tertial);;Alle filer (*)")
_REPORTS = message("Publisert rapport (*.pdf *.txt);;Alle filer (*)")
_KINDS = message("{kind} (*{ending})")
_SUFFIX = ".tertial"


class Filing(QObject):
    """Files in and out. `told` is what a finished piece of work has to say; `trouble` what kept a file from opening.

    `damaged` comes with the file and the trouble where the file itself is what is wrong.
    """

    told = Signal(str)
    trouble = Signal(str)
    damaged = Signal(object, object)
    opened = Signal()
    take_in_asked = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk

    def open(self, path: Path) -> None:
        """Open a portfolio; what stands in the way is said where one looks: on the empty page, or in a box."""
        try:
            if not opened(self._desk, path):
                self._left_locked(path)
                return
        except (Trouble, Refusal) as known:
            self._stopped(path, known)
            return
        self._desk.settings.remember(path)
        self.opened.emit()

    def _left_locked(self, path: Path) -> None:
        if self._desk.session.path is None:
            self.trouble.emit(
                self._desk.say(message("{file} er kryptert: åpne den igjen når du har passordet.", file=path.name))
            )

    def ask_to_open(self) -> None:
        """Ask which portfolio, and open it."""
        path = self._desk.ask.file_to_open(self._desk.say(message("Åpne portefølje")), self._desk.say(PORTFOLIOS))
        if path is not None:
            self.open(path)

    def take(self, path: Path) -> None:
        """Open or take in a file that was dropped on the window, by what it is."""
        if path.suffix.lower() == _SUFFIX:
            self.open(path)
        elif path.suffix.lower() in {".pdf", ".txt"}:
            self.take_in_asked.emit(path)
        else:
            self._desk.ask.tell(
                self._desk.say(
                    message(
                        "{file} kan ikke leses inn: slipp en portefølje (.tertial) eller en rapport (.pdf, .txt).",
                        file=path.name,
                    )
                )
            )

    def begin(self) -> None:
        """Begin an empty portfolio and open it."""
        form = self._desk.ask.form(
            self._desk.say(message("Ny portefølje")),
            [FormField(key="owner", title=self._desk.say(message("Kommunens navn")), check=self._check_name)],
            self._desk.say(message("Velg fil …")),
        )
        path = None if form is None else self.new_path(self._desk.say(message("Portefølje")))
        if path is None or form is None:
            return
        named = added(message("Kommunens navn"), [Setting(id=MUNICIPALITY_SETTING, value=form["owner"])])
        with telling(self._desk):
            with new_store(path) as store:
                store.commit(named, self._desk.session.signature(BEGUN))
            self.open(path)

    def example(self, place: Path | None = None) -> None:
        """Write the example in a place, or where it is said when asked, and open it."""
        path = place or self.new_path(self._desk.say(message("Eksempel")))
        if path is None:
            return
        from ui.taking_in import write_example

        with telling(self._desk):
            write_example(path, who=self._desk.session.who, sign=self._desk.session.signature)
            self.open(path)

    def write_report(self) -> None:
        """Ask where, and write the period's report, away from the window; the ending says as what."""
        period = self._desk.session.period
        if period is None or self._desk.session.path is None:
            self._desk.ask.tell(
                self._desk.say(message("Det er ingen tall å skrive rapport av: importer en rapport først."))
            )
            return
        suggested = str(self._desk.session.path.with_name(f"{self._desk.say(message('Rapport'))} {period}.xlsx"))
        from db.report_files import WRITERS

        kinds = [
            self._desk.say(message(_KINDS.text, kind=title, ending=ending)) for ending, (title, _) in WRITERS.items()
        ]
        path = self._desk.ask.file_to_save(self._desk.say(message("Skriv rapport")), ";;".join(kinds), suggested)
        if path is None:
            return
        from ui.report_writing import writing

        paths = [path if path.suffix else path.with_suffix(next(iter(WRITERS)))]
        session = self._desk.session
        work = writing(session.portfolio, period, paths, language=self._desk.settings.language, imports=session.imports)
        self._desk.jobs.start(work, done=self._on_written, failed=failing(self._desk))

    def export(self) -> None:
        """Ask where, and write everything as CSV and JSON."""
        path, period = self._desk.session.path, self._desk.session.period
        folder = None if path is None else self._desk.ask.folder(self._desk.say(message("Eksporter til mappe")))
        if path is None or folder is None or period is None:
            return
        into, key = folder / path.stem, self._desk.session.key

        def write() -> list[Path]:
            from contextlib import closing

            from db.export import export_portfolio
            from db.store import open_store

            with closing(open_store(path, read_only=True, key=key)) as store:
                export_portfolio(store, store.load(), period, folder=into)
            return [into]

        self._desk.jobs.start(write, done=self._on_written, failed=failing(self._desk))

    def _on_written(self, paths: list[Path]) -> None:
        names = ", ".join(path.name for path in paths)
        self.told.emit(self._desk.say(message("Skrev {file}", file=names)))

    def _stopped(self, path: Path, known: Trouble | Refusal) -> None:
        sentence, is_damage = self._desk.say(known.reason), isinstance(known, Damage)
        if self._desk.session.path is None:
            self.trouble.emit(sentence)
        elif not is_damage:
            self._desk.ask.tell(sentence)
        if is_damage:
            self.damaged.emit(path, known)

    def new_path(self, name: str) -> Path | None:
        """Ask where a new portfolio is to be."""
        path = self._desk.ask.file_to_save(
            self._desk.say(message("Lagre ny portefølje")), self._desk.say(PORTFOLIOS), f"{name}{_SUFFIX}"
        )
        return None if path is None else path if path.suffix == _SUFFIX else path.with_name(f"{path.name}{_SUFFIX}")

    def _check_name(self, typed: str) -> str:
        return "" if typed else self._desk.say(message("Skriv kommunens navn, slik det skal stå i rapporten."))
