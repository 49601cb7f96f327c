"""The main window: places pages and menus.

Must not know what is on a page, nor how a file is read.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QLabel, QMainWindow, QStackedWidget, QWidget

from db.trouble import Trouble
from tracker.figures import PeriodFigures, figures_of
from tracker.flags import Flag, Limits, Severity, flags_of, limits_of
from tracker.messages import Message, Refusal, message
from ui.ask import Ask
from ui.pages.guide import GuidePage
from ui.pages.projects import ProjectsPage
from ui.session import Session
from ui.theme import GRID
from ui.words import Say, period_title

PROGRAM = "Tertial"


class MainWindow(QMainWindow):
    """One window, one portfolio."""

    def __init__(self, session: Session, *, ask: Ask, say: Say) -> None:
        super().__init__()
        self._session, self._ask, self._say = session, ask, say
        self.guide = GuidePage(say)
        self.projects = ProjectsPage(say)
        self.summary = QLabel(say(message("Ingen portefølje er åpen")))
        self._pages = QStackedWidget()
        self._pages.addWidget(self.guide)
        self._pages.addWidget(self.projects)
        self.setCentralWidget(self._pages)
        self._lay_out_status_bar()
        self._fill_menus()
        self.guide.open_asked.connect(self._on_open_asked)
        session.changed.connect(self._on_session_changed)

    def welcome(self, *, trouble: str = "") -> None:
        """Show the ways in; `trouble` is what kept a file from opening."""
        self.setWindowTitle(PROGRAM)
        self.guide.show_welcome(trouble=trouble)
        self._turn_to(self.guide)

    def open_file(self, path: Path) -> None:
        """Open a portfolio; what stands in the way is said where one looks: on the empty page, or in a box."""
        try:
            self._session.open(path)
        except (Trouble, Refusal) as known:
            sentence = self._say(known.reason)
            if self._session.path is None:
                self.welcome(trouble=sentence)
            else:
                self._ask.tell(sentence)

    def _fill_menus(self) -> None:
        file_menu = self.menuBar().addMenu(self._say(message("&Fil")))
        opening = QAction(self._say(message("&Åpne …")), self)
        opening.setShortcut(QKeySequence("Ctrl+O"))
        opening.triggered.connect(self._on_open_asked)
        quitting = QAction(self._say(message("A&vslutt")), self)
        quitting.setShortcut(QKeySequence("Ctrl+Q"))
        quitting.setMenuRole(QAction.MenuRole.QuitRole)
        quitting.triggered.connect(self.close)
        file_menu.addAction(opening)
        file_menu.addSeparator()
        file_menu.addAction(quitting)
        edit_menu = self.menuBar().addMenu(self._say(message("&Rediger")))
        edit_menu.addAction(self.projects.copy_action)

    def _lay_out_status_bar(self) -> None:
        bar = self.statusBar()
        bar.setSizeGripEnabled(False)
        bar.addWidget(self.summary)
        self.summary.setContentsMargins(GRID // 2, 0, 0, 0)

    def _on_open_asked(self) -> None:
        path = self._ask.file_to_open()
        if path is not None:
            self.open_file(path)

    def _on_session_changed(self) -> None:
        portfolio, period = self._session.portfolio, self._session.period
        name = "" if self._session.path is None else self._session.path.name
        self.setWindowTitle(f"{name} – {PROGRAM}")
        figures = None if period is None else figures_of(portfolio, period)
        if figures is None or not figures.projects:
            self.summary.setText(self._say(message("Ingen prosjekter")))
            self.guide.show_empty(name)
            self._turn_to(self.guide)
            return
        flags = flags_of(figures, self._limits())
        self.projects.show_period(figures, flags, owner=portfolio.municipality)
        self.summary.setText(" · ".join(map(self._say, _summary(figures, flags))))
        self._turn_to(self.projects)

    def _limits(self) -> Limits:
        try:
            return limits_of(self._session.portfolio)
        except Refusal as known:
            self._ask.tell(self._say(known.reason))
            return Limits()

    def _turn_to(self, page: QWidget) -> None:
        self._pages.setCurrentWidget(page)
        self.projects.copy_action.setEnabled(page is self.projects)
        page.setFocus()


def _summary(figures: PeriodFigures, flags: list[Flag]) -> list[Message]:
    count = len(figures.projects)
    severities = Counter(flag.severity for flag in flags)
    return [
        message("1 prosjekt") if count == 1 else message("{count} prosjekter", count=count),
        period_title(figures.period),
        message(
            "{critical} kritiske, {warnings} advarsler og {notes} merknader",
            critical=severities[Severity.CRITICAL],
            warnings=severities[Severity.WARNING],
            notes=severities[Severity.NOTE],
        ),
    ]
