"""A project's budget ledger: its lines year by year, what they come to, and what can be done with them.

Must not derive a figure, nor make an edit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from itertools import groupby

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QPushButton

from tracker.budget import BudgetPosition, position
from tracker.budgeting import FUNDING_TITLES, titles_of, write_case, write_day
from tracker.chain import FIGURE_TITLES, Figure
from tracker.kinds import BudgetKind, BudgetStatus, ProjectKind
from tracker.messages import Message, message
from tracker.model import BudgetLine
from tracker.money import in_thousands, write_number
from tracker.owners import Owners
from tracker.tracing import FIGURES_TITLES, ProjectFigure
from ui.budget_forms import BudgetForms
from ui.desk import Desk
from ui.editing import Editing
from ui.flow import Flow
from ui.plain_table import PlainTable
from ui.session import View
from ui.tabs.tab import TabWidget

_HEADINGS = (
    message("År"),
    message("Hva"),
    message("I året"),
    message("I totalen"),
    message("Status"),
    message("Vedtak"),
    message("Gjelder fra"),
    message("Finansiering"),
    message("Kilde"),
    message("Merknad"),
)
_NUMBERS = (2, 3)
_TRACED = (
    ProjectFigure.REVISED_BUDGET,
    ProjectFigure.ORIGINAL_BUDGET,
    ProjectFigure.TOTAL_BUDGET,
    ProjectFigure.CHANGE,
    ProjectFigure.LEFT_OF_TOTAL,
)


class BudgetTab(TabWidget):
    """A row a line; a year ends with what it comes to. `trace_asked` is for a figure, None for what is proposed."""

    title = message("Budsjett")
    trace_asked = Signal(object)

    def __init__(self, desk: Desk, editing: Editing) -> None:
        super().__init__(desk, editing)
        self.forms = BudgetForms(desk, editing)
        self._view: View | None = None
        self._project = ""
        self._shown: list[BudgetLine | None] = []
        self.add = self._button(message("Legg til endring …"), lambda: self.forms.add(self._project))
        self.move_years = self._button(message("Flytt mellom år …"), lambda: self.forms.move(self._project))
        self.reallocate = self._button(message("Omdisponer …"), lambda: self.forms.reallocate(self._project))
        self.decide = self._button(message("Vedta …"), lambda: self.forms.decide(self._chosen()))
        self.withdraw = self._button(message("Trekk forslaget"), lambda: self.forms.withdraw(self._chosen()))
        self.take_back = self._button(message("Før tilbake …"), lambda: self.forms.take_back(self._chosen()[0]))
        self.why = QPushButton(self.say(message("Hvor kommer tallet fra …")))
        self.why.setMenu(self._figures())
        self.table = PlainTable(
            self.say(message("Budsjettendringer")), list(map(self.say, _HEADINGS)), numbers=_NUMBERS
        )
        self.lines.addLayout(
            Flow(self.add, self.move_years, self.reallocate, self.decide, self.withdraw, self.take_back, self.why)
        )
        self.lines.addWidget(self.table)
        self.lines.addStretch()
        self.table.itemSelectionChanged.connect(self._show_what_is_possible)

    def show_project(self, view: View, project: str) -> None:
        """Show a project's budget lines, oldest year first."""
        self._view, self._project = view, project
        owners = Owners(view.portfolio)
        lines = [line for line in view.portfolio.budget_lines.values() if owners.of_line(line) == project]
        lines.sort(
            key=lambda line: (line.budget_year, line.status is BudgetStatus.PROPOSED, line.takes_effect, line.id)
        )
        rows: list[list[str]] = []
        self._shown = []
        titles = titles_of(view.portfolio, lines)
        for year, of_year in groupby(lines, key=lambda line: line.budget_year):
            own = list(of_year)
            rows += [self._row(line, titles[line.id]) for line in own]
            rows += self._sums(lines, own, year)
            self._shown += [*own, *[None] * (len(rows) - len(self._shown) - len(own))]
        if lines:
            rows.append(self._total(lines))
            self._shown.append(None)
        strong = [at for at, line in enumerate(self._shown) if line is None]
        self.table.set_rows(rows, strong=strong)
        self._show_what_is_possible()

    def select_line(self, line: str) -> None:
        """Put the cursor on a budget line."""
        row = next((at for at, one in enumerate(self._shown) if one is not None and one.id == line), None)
        if row is not None:
            self.table.selectRow(row)
            self.table.setFocus()

    def _row(self, line: BudgetLine, title: Message) -> list[str]:
        return [
            str(line.budget_year),
            self.say(title),
            _amount(line.year_amount),
            _amount(line.total_amount),
            self.say(self._status(line)),
            "-" if line.decision is None else write_case(line.decision),
            "-" if line.status is BudgetStatus.PROPOSED else write_day(line.takes_effect),
            "-" if line.funding_source is None else self.say(FUNDING_TITLES[line.funding_source]),
            line.source or "-",
            " · ".join(filter(None, (self._subproject(line), line.note))),
        ]

    def _status(self, line: BudgetLine) -> Message:
        if line.status is BudgetStatus.PROPOSED:
            return message("Forslag")
        period = None if self._view is None else self._view.period
        if period is not None and line.takes_effect > period.ends:
            return message("Etter perioden")
        return message("Vedtatt")

    def _subproject(self, line: BudgetLine) -> str:
        if self._view is None or line.subproject is None:
            return ""
        found = self._view.portfolio.subprojects.get(line.subproject)
        return "" if found is None else f"{found.code} {found.name}"

    def _sums(self, lines: list[BudgetLine], own: list[BudgetLine], year: int) -> list[list[str]]:
        told = self._position(lines, year)
        original = "-" if told.original is None else _amount(told.original)
        rows = [
            self._sum_row(year, FIGURE_TITLES[Figure.ORIGINAL], original),
            self._sum_row(year, FIGURE_TITLES[Figure.REVISED], _amount(told.revised)),
        ]
        proposed = [line for line in own if line.status is BudgetStatus.PROPOSED]
        if proposed:
            of_year, of_total = (sum(amounts) for amounts in zip(*map(_amounts, proposed), strict=True))
            rows.append(self._sum_row(year, message("Sum forslag"), _amount(of_year), _amount(of_total)))
        return rows

    def _total(self, lines: list[BudgetLine]) -> list[str]:
        portfolio = None if self._view is None else self._view.portfolio
        is_programme = portfolio is not None and portfolio.projects[self._project].kind is ProjectKind.PROGRAMME
        total = "-" if is_programme else _amount(self._position(lines, 0).total)
        return ["", self.say(FIGURE_TITLES[Figure.TOTAL]), "", total, "", "", "", "", "", ""]

    def _position(self, lines: Iterable[BudgetLine], year: int) -> BudgetPosition:
        period = None if self._view is None else self._view.period
        if period is None:
            return BudgetPosition(original=None, revised=0, total=0)
        return position(lines, year=year, as_of=period.ends)

    def _sum_row(self, year: int, title: Message, of_year: str, of_total: str = "") -> list[str]:
        return [str(year), self.say(title), of_year, of_total, "", "", "", "", "", ""]

    def _chosen(self) -> list[str]:
        rows = {item.row() for item in self.table.selectedItems()}
        return [line.id for line in (self._shown[row] for row in sorted(rows)) if line is not None]

    def _show_what_is_possible(self) -> None:
        can_edit = self.editing.is_controllers
        chosen = [line for line in self._shown if line is not None and line.id in self._chosen()]
        proposed = bool(chosen) and all(line.status is BudgetStatus.PROPOSED for line in chosen)
        standing = bool(chosen) and not proposed and all(line.kind is not BudgetKind.OPENING for line in chosen)
        for button in (self.add, self.move_years, self.reallocate):
            button.setEnabled(can_edit)
        for button in (self.decide, self.withdraw):
            button.setEnabled(can_edit and proposed)
        self.take_back.setEnabled(can_edit and standing)

    def _button(self, title: Message, act: Callable[[], object]) -> QPushButton:
        button = QPushButton(self.say(title))
        button.clicked.connect(act)
        return button

    def _figures(self) -> QMenu:
        menu = QMenu(self)
        for figure in _TRACED:
            menu.addAction(self.say(FIGURES_TITLES[figure]), partial(self.trace_asked.emit, figure))
        menu.addAction(self.say(FIGURE_TITLES[Figure.PROPOSED]), partial(self.trace_asked.emit, None))
        return menu


def _amounts(line: BudgetLine) -> tuple[int, int]:
    return line.year_amount, line.total_amount


def _amount(kroner: int) -> str:
    return write_number(in_thousands(kroner))
