"""The page of one project: its figures and flags, what is filled in for the period, and what lies behind.

Must not know where the portfolio comes from, nor how an edit is made.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QTabWidget, QToolButton, QVBoxLayout, QWidget

from tracker.figures import ProjectFigures, spending_by_year
from tracker.history import FieldChange
from tracker.kinds import BudgetKind, BudgetStatus
from tracker.messages import message
from tracker.model import BudgetLine, Portfolio, ProjectId, Status
from tracker.money import in_thousands, write_number
from tracker.periods import Period
from ui.charts import Bar, YearBars
from ui.editing import Editing
from ui.flag_list import FlagList
from ui.history_list import HistoryList
from ui.key_figures import KeyFigures
from ui.plain_table import PlainTable
from ui.report_fields import LINES, TEXTS, ReportFields
from ui.session import View
from ui.theme import GRID, Step, is_narrow, sized
from ui.words import Say, period_title

BUDGET_KINDS = {
    BudgetKind.OPENING: message("Inngående (fra rapporten)"),
    BudgetKind.ORIGINAL: message("Opprinnelig budsjett"),
    BudgetKind.BETWEEN_YEARS: message("Flyttet mellom år"),
    BudgetKind.CARRY_OVER: message("Overført fra i fjor"),
    BudgetKind.GRANT: message("Tilleggsbevilgning"),
    BudgetKind.CUT: message("Nedtrekk"),
    BudgetKind.PRICE_ADJUSTMENT: message("Prisjustering"),
    BudgetKind.REALLOCATION: message("Omdisponering"),
}


class ProjectPage(QScrollArea):
    """Shows one project. `show_project` is the only way in."""

    back_asked = Signal()
    step_asked = Signal(int)
    history_asked = Signal(object)
    go_back_asked = Signal(object)
    draft_typed = Signal(str, str)
    refused = Signal(str)

    def __init__(self, say: Say, editing: Editing, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._say, self._editing = say, editing
        self.project = ""
        self._view: View | None = None
        self._narrow = False
        self.title, self.place = QLabel(), QLabel()
        self.back = _button("‹", say(message("Tilbake til prosjektene")))
        self.previous = _button("↑", say(message("Forrige prosjekt")))
        self.next = _button("↓", say(message("Neste prosjekt")))
        self.figures = KeyFigures(say)
        self.flags = FlagList(say)
        self.fields = ReportFields(say, self._on_filled_in, self.draft_typed.emit)
        self.years = YearBars()
        self.subprojects = PlainTable(say(message("Underprosjekter")), [say(message("Nummer")), say(message("Navn"))])
        self.budget = PlainTable(
            say(message("Budsjettendringer")),
            [
                say(message("År")),
                say(message("Hva")),
                say(message("Årets beløp")),
                say(message("I totalen")),
                say(message("Vedtak")),
                say(message("Kilde")),
            ],
            numbers=(2, 3),
        )
        self.history = HistoryList(say)
        self.behind = QTabWidget()
        self._lay_out()
        self._connect()

    def show_project(self, view: View, project: str) -> None:
        """Show a project in the view's period; the same project keeps what is being typed."""
        figures = (
            next((entry for entry in view.figures.projects if entry.project.id == project), None)
            if view.figures
            else None
        )
        if figures is None or view.period is None:
            return
        if project != self.project:
            self.fields.finish()
            self.verticalScrollBar().setValue(0)
            self.behind.setCurrentIndex(0)
        self.project, self._view = project, view
        portfolio, period = view.portfolio, view.period
        self.title.setText(figures.project.name)
        self.place.setText(self._place_of(figures, period))
        self.figures.show_figures(figures)
        self.flags.show_flags([flag for flag in view.flags if flag.project.id == project])
        self._show_fields(portfolio, period)
        self._show_years(portfolio, period)
        self._show_budget(portfolio)
        self.subprojects.set_rows(
            [[sub.code, sub.name] for sub in portfolio.subprojects.values() if sub.project == project]
        )
        if self.behind.currentWidget() is self.history:
            self.history_asked.emit(self.records())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  Qt's name
        """Put beneath what there is no room for beside."""
        super().resizeEvent(event)
        narrow = is_narrow(self)
        if narrow != self._narrow:
            self._narrow = narrow
            self.figures.set_narrow(narrow=narrow)
            self.fields.set_narrow(narrow=narrow)

    def show_history(self, changes: list[FieldChange]) -> None:
        """Show what was done to the project."""
        self.history.show_changes(changes, can_go_back=self._editing.is_possible)

    def records(self) -> set[str]:
        """Return the ids of the project's records that people fill in."""
        if self._view is None:
            return set()
        statuses = self._view.portfolio.statuses.values()
        return {self.project, *(status.id for status in statuses if status.project == self.project)}

    def _place_of(self, figures: ProjectFigures, period: Period) -> str:
        words = (figures.project.service_area, figures.project.department, self._say(period_title(period)))
        return " · ".join(filter(None, words))

    def _show_fields(self, portfolio: Portfolio, period: Period) -> None:
        values = {name: self._editing.written(self.project, name) for name in (*TEXTS, *LINES)}
        last = _status_before(portfolio, self.project, period)
        title = (
            message("Ingen tekst fra tidligere perioder")
            if last is None
            else message("Fra {period}", period=last.period)
        )
        self.fields.offer_quarters(period.year)
        for name in ("responsible", "service_area", "department"):
            known = {getattr(one, name) for one in portfolio.projects.values()} - {None}
            self.fields.offer(name, sorted(known))
        self.fields.show_values(
            values,
            before="" if last is None else last.text,
            before_title=self._say(title),
            editable=self._editing.is_possible,
        )

    def _show_years(self, portfolio: Portfolio, period: Period) -> None:
        before, years = spending_by_year(portfolio, ProjectId(self.project), period)
        named = [(str(year), amount) for year, amount in years.items()]
        if before:
            named.insert(0, (self._say(message("Før {year:id}", year=min(years, default=period.year))), before))
        bars = [
            Bar(
                key="",
                name=name,
                value=amount,
                text=write_number(in_thousands(amount)),
                tip=self._say(message("{year}: {amount:tkr}", year=name, amount=amount)),
            )
            for name, amount in named
        ]
        self.years.show_bars(bars, empty=self._say(message("Det er ikke ført noe på prosjektet ennå.")))

    def _show_budget(self, portfolio: Portfolio) -> None:
        lines = [line for line in portfolio.budget_lines.values() if line.project == self.project]
        lines.sort(key=lambda line: (line.budget_year, line.takes_effect))
        self.budget.set_rows([self._budget_row(line) for line in lines])

    def _budget_row(self, line: BudgetLine) -> list[str]:
        decided = "" if line.decision is None else f"{line.decision.body} {line.decision.number}"
        proposed = self._say(message("foreslått")) if line.status is BudgetStatus.PROPOSED else ""
        return [
            str(line.budget_year),
            self._say(BUDGET_KINDS[line.kind]),
            write_number(in_thousands(line.year_amount)),
            write_number(in_thousands(line.total_amount)),
            decided or proposed or "-",
            line.source or "-",
        ]

    def _on_filled_in(self, field: str, typed: str) -> str:
        return self._editing.fill_in(self.project, field, typed)

    def _on_behind_current_changed(self) -> None:
        if self.behind.currentWidget() is self.history and self.project:
            self.history_asked.emit(self.records())

    def _lay_out(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for label in (self.title, self.place):
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.title.setFont(sized(self.title.font(), Step.HEADING, bold=True))
        self.title.setWordWrap(True)
        self.place.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.years.setAccessibleName(self._say(message("Forbruk per år")))
        for name, widget in (
            (message("Forbruk per år"), self.years),
            (message("Budsjett"), self.budget),
            (message("Underprosjekter"), self.subprojects),
            (message("Historikk"), self.history),
        ):
            self.behind.addTab(widget, self._say(name))
        self.behind.setDocumentMode(True)
        self.behind.setMinimumHeight(30 * GRID)
        body = QWidget()
        lines = QVBoxLayout(body)
        lines.setContentsMargins(2 * GRID, GRID, 2 * GRID, 2 * GRID)
        lines.setSpacing(2 * GRID)
        lines.addLayout(self._heading())
        for part in (self.figures, self.flags, self.fields, self.behind):
            lines.addWidget(part)
        lines.addStretch()
        self.setWidget(body)

    def begin(self) -> None:
        """Put the cursor where work begins: a focus proxy would take what stands before it out of the tab order."""
        self.fields.texts["text"].text.setFocus()

    def _heading(self) -> QHBoxLayout:
        unit = QLabel(self._say(message("Beløp i 1000 kr")))
        unit.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(self.title)
        names.addWidget(self.place)
        line = QHBoxLayout()
        line.setSpacing(GRID)
        line.addWidget(self.back, alignment=Qt.AlignmentFlag.AlignTop)
        line.addLayout(names, 1)
        line.addWidget(unit, alignment=Qt.AlignmentFlag.AlignTop)
        for button in (self.previous, self.next):
            line.addWidget(button, alignment=Qt.AlignmentFlag.AlignTop)
        return line

    def _connect(self) -> None:
        self.back.clicked.connect(self.back_asked)
        self.previous.clicked.connect(lambda: self.step_asked.emit(-1))
        self.next.clicked.connect(lambda: self.step_asked.emit(1))
        self.behind.currentChanged.connect(lambda _: self._on_behind_current_changed())
        self.history.back_asked.connect(self.go_back_asked)


def _status_before(portfolio: Portfolio, project: str, period: Period) -> Status | None:
    earlier = [
        status
        for status in portfolio.statuses.values()
        if status.project == project and status.period < period and status.text.strip()
    ]
    return max(earlier, key=lambda status: status.period, default=None)


def _button(sign: str, name: str) -> QToolButton:
    button = QToolButton()
    button.setText(sign)
    button.setAutoRaise(True)
    button.setAccessibleName(name)
    button.setToolTip(name)
    button.setMinimumSize(4 * GRID, 4 * GRID)
    return button
