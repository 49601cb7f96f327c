"""The page of the report: what the municipality settles about it, the pages that come of it, and writing them.

Must not know how a page is set, nor make an edit.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Event

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from db.pdf.preview import MOST_ROWS, Preview, preview_of
from db.report_files import WRITERS
from db.trouble import Trouble
from tracker.edits import Edit
from tracker.messages import Refusal, message
from tracker.model import Portfolio
from tracker.periods import Period
from tracker.report.settling import settle_logo
from tracker.report.template import Template, report_of, template_of
from ui.desk import Desk
from ui.editing import Editing
from ui.flow import Flow
from ui.page_view import PageView
from ui.plain import Label
from ui.report_writing import writing
from ui.session import View
from ui.telling import failing, telling
from ui.template_form import TemplateForm
from ui.theme import GRID, Step, sized
from ui.words import words_in

_RESTS_MS = 300
_FORM_WIDTH = 44
_PICTURES = message("Bilder (*.png *.jpg *.jpeg *.svg)")
Asked = tuple[Portfolio, Period]


class ReportPage(QWidget):
    """Shows the report of the view's period. `told` is what a finished piece of work has to say."""

    told = Signal(str)

    def __init__(self, desk: Desk, editing: Editing) -> None:
        super().__init__()
        self._desk, self._editing, self._say = desk, editing, desk.say
        self._asked: Asked | None = None
        self._drawing: Asked | None = None
        self.title, self.lead = Label(), Label()
        self.form = TemplateForm(self._say, self._settle)
        self.pages = PageView(self._say)
        self.writers = {
            ending: self._button(self._say(message("Lagre som {kind} …", kind=title)), ending)
            for ending, (title, _) in WRITERS.items()
        }
        self.write_all = QPushButton(self._say(message("Lagre alle …")))
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_RESTS_MS)
        self._rest.timeout.connect(self._draw)
        self.form.choose_logo.clicked.connect(self._choose_logo)
        self.form.remove_logo.clicked.connect(lambda: self._settle(lambda portfolio: settle_logo(portfolio, None)))
        self.write_all.clicked.connect(self._write_all)
        self._lay_out()

    def show_view(self, view: View) -> None:
        """Show the template, and soon the pages that come of it."""
        if view.period is None:
            return
        self.title.setText(self._say(message("Rapport: {period}", period=view.period)))
        try:
            template = template_of(view.portfolio)
        except Refusal as refusal:
            template = Template()
            self.pages.tell(self._say(refusal.reason))
        self.form.show_template(
            template, municipality=view.portfolio.municipality, editable=self._editing.is_controllers
        )
        if self._asked is None or self._asked[0] is not view.portfolio or self._asked[1] != view.period:
            self._asked = (view.portfolio, view.period)
            self._rest.start()

    def begin(self) -> None:
        """Put the cursor where work begins."""
        self.form.parts.setFocus()

    def finish(self) -> None:
        """Save what is being typed."""
        self.form.finish()

    def _settle(self, make: Callable[[Portfolio], Edit]) -> str:
        return self._editing.perform(lambda: make(self._desk.session.portfolio))

    def _choose_logo(self) -> None:
        title, kinds = self._say(message("Velg logo")), self._say(_PICTURES)
        path = self._desk.ask.file_to_open(title, kinds)
        if path is None:
            return
        from db.logo import read_picture

        with telling(self._desk, path):
            content = read_picture(path)
            refusal = self._settle(lambda portfolio: settle_logo(portfolio, content))
            if refusal:
                self._desk.ask.tell(refusal)

    def _draw(self) -> None:
        """Draw the pages that are asked for, one drawing at a time."""
        if self._asked is None or self._drawing is not None:
            return
        portfolio, period = self._drawing = self._asked
        language = self._desk.settings.language
        self.pages.tell(self._say(message("Lager forhåndsvisningen …")))

        def draw() -> Preview:
            template = template_of(portfolio)
            return preview_of(
                report_of(portfolio, period, template=template), say=words_in(template.language or language)
            )

        self._desk.jobs.start(draw, done=self._on_drawn, failed=self._on_not_drawn)

    def _on_drawn(self, preview: Preview) -> None:
        if self._is_stale():
            return
        cut = message("Forhåndsvisningen har de første {most} radene av hver tabell.", most=MOST_ROWS)
        self.pages.tell(self._say(cut) if preview.is_cut else "")
        self.pages.show_pages(len(preview.packed), preview.page)

    def _on_not_drawn(self, error: BaseException) -> None:
        if self._is_stale():
            return
        if not isinstance(error, Refusal | Trouble):
            raise error
        self.pages.show_pages(0, lambda _: b"")
        self.pages.tell(self._say(error.reason))

    def _is_stale(self) -> bool:
        """Whether other pages are asked for since; they are drawn instead."""
        drawn, self._drawing = self._drawing, None
        if drawn is self._asked:
            return False
        self._draw()
        return True

    def _button(self, title: str, ending: str) -> QPushButton:
        button = QPushButton(title)
        button.clicked.connect(lambda _checked=False: self._write_one(ending))
        return button

    def _write_one(self, ending: str) -> None:
        kind = message("{kind} (*{ending})", kind=WRITERS[ending][0], ending=ending)
        name = self._name(ending)
        path = self._desk.ask.file_to_save(self._say(message("Lagre rapporten")), self._say(kind), name)
        if path is not None:
            self._write([path if path.suffix else path.with_suffix(ending)])

    def _write_all(self) -> None:
        folder = self._desk.ask.folder(self._say(message("Lagre rapporten i mappen")))
        if folder is None:
            return
        paths = [folder / Path(self._name(ending)).name for ending in WRITERS]
        there = ", ".join(path.name for path in paths if path.exists())
        question = message("{files} finnes fra før. Skrive over?", files=there)
        if not there or self._desk.ask.confirm(self._say(question), self._say(message("Skriv over"))):
            self._write(paths)

    def _name(self, ending: str) -> str:
        session = self._desk.session
        name = f"{self._say(message('Rapport'))} {session.period}{ending}"
        return name if session.path is None else str(session.path.with_name(name))

    def _write(self, paths: list[Path]) -> None:
        self.finish()
        session, stopped = self._desk.session, Event()
        if session.period is None:
            return
        work = writing(
            session.portfolio,
            session.period,
            paths,
            language=self._desk.settings.language,
            imports=session.imports,
            is_stopped=stopped.is_set,
        )
        self._desk.jobs.start(
            work, done=self._on_written, failed=failing(self._desk), cancellable=True, stop=stopped.set
        )

    def _on_written(self, paths: list[Path]) -> None:
        names = ", ".join(path.name for path in paths)
        self.told.emit(self._say(message("Skrev {file}", file=names)))

    def _lay_out(self) -> None:
        self.title.setFont(sized(self.title.font(), Step.HEADING, bold=True))
        self.lead.setText(self._say(message("Alt her lagres i porteføljen og kan angres.")))
        self.lead.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.lead.setWordWrap(True)
        fields = QScrollArea()
        fields.setFrameShape(QFrame.Shape.NoFrame)
        fields.setWidgetResizable(True)
        fields.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        fields.setWidget(self.form)
        fields.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        fields.setFixedWidth(_FORM_WIDTH * self.fontMetrics().averageCharWidth() + 4 * GRID)
        shown = QVBoxLayout()
        shown.setContentsMargins(GRID, GRID, 2 * GRID, 2 * GRID)
        shown.setSpacing(GRID)
        shown.addWidget(self.title)
        shown.addWidget(self.lead)
        shown.addLayout(Flow(*self.writers.values(), self.write_all))
        shown.addWidget(self.pages, 1)
        sides = QHBoxLayout(self)
        sides.setContentsMargins(0, 0, 0, 0)
        sides.setSpacing(0)
        sides.addWidget(fields)
        sides.addLayout(shown, 1)
