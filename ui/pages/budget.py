"""The controller's page of budget changes: all projects' changes of a year, what they come to, and what is proposed.

Must not derive a figure, nor make an edit.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from tracker.budgeting import (
    CHANGES,
    FUNDING_TITLES,
    KIND_TITLES,
    MONEYS,
    by_money,
    changes_in,
    sums_of,
    titles_of,
    write_case,
)
from tracker.kinds import BudgetKind, BudgetStatus
from tracker.messages import Message, message
from tracker.model import BudgetLine
from tracker.money import in_thousands, write_number
from tracker.owners import Owners
from ui.budget_forms import BudgetForms
from ui.desk import Desk
from ui.editing import Editing
from ui.flow import Flow
from ui.plain import Label
from ui.plain_table import ALMOST_ALL, PlainTable
from ui.session import View
from ui.theme import GRID, Step, sized

_LINES = (
    message("Prosjekt"),
    message("Hva"),
    message("I året"),
    message("I totalen"),
    message("Status"),
    message("Vedtak"),
    message("Finansiering"),
    message("Merknad"),
)
_SUMS = (message("Hva"), message("Antall"), message("I året"), message("I totalen"), message("Virkning"))
_STATUSES = {
    "": message("Vedtatt og foreslått"),
    BudgetStatus.PROPOSED.value: message("Bare forslag"),
    BudgetStatus.DECIDED.value: message("Bare vedtatt"),
}


class BudgetPage(QScrollArea):
    """Shows a year's changes. `show_view` is the only way in."""

    project_asked = Signal(str)

    def __init__(self, desk: Desk, editing: Editing) -> None:
        super().__init__()
        self._desk, self._editing, self._say = desk, editing, desk.say
        self.forms = BudgetForms(desk, editing)
        self._view: View | None = None
        self._shown: list[BudgetLine] = []
        self._owners: Owners | None = None
        self.title, self.told = Label(), Label()
        self.year = self._choice(message("År"), [])
        self.kind = self._choice(
            message("Slag"),
            [("", message("Alle endringer")), *((kind.value, KIND_TITLES[kind]) for kind in KIND_TITLES)],
        )
        self.status = self._choice(message("Status"), list(_STATUSES.items()))
        self.reallocate = self._button(message("Omdisponer …"), self.forms.reallocate)
        self.proposals = self._button(message("Merk alle forslag"), self._mark_proposals)
        self.decide = self._button(message("Vedta de merkede …"), lambda: self.forms.decide(self._chosen()))
        self.withdraw = self._button(message("Trekk de merkede"), lambda: self.forms.withdraw(self._chosen()))
        self.open = self._button(message("Vis prosjektet"), self._ask_for_project)
        self.table = PlainTable(self._say(message("Budsjettendringer")), list(map(self._say, _LINES)), numbers=(2, 3))
        self.sums = PlainTable(self._say(message("Sum per slag")), list(map(self._say, _SUMS)), numbers=(1, 2, 3))
        self._lay_out()
        self._connect()

    def show_view(self, view: View) -> None:
        """Show the changes of the view's year, or of the one chosen; what is marked stays marked."""
        if view.period is None:
            return
        marked = set(self._chosen())
        year = self._offer_years(view, view.period.year)
        self._view, self._owners = view, Owners(view.portfolio)
        self.title.setText(self._say(message("Budsjettendringer {year:id}", year=year)))
        self._shown = changes_in(view.portfolio, year=year, kinds=self._kinds(), status=self._status())
        titles = titles_of(view.portfolio, self._shown)
        self.table.set_rows([self._row(line, titles[line.id]) for line in self._shown])
        self._show_sums()
        self.told.setText(self._say(self._counted()))
        self._mark(lambda line: line.id in marked)
        self._show_what_is_possible()

    def _offer_years(self, view: View, usual: int) -> int:
        """Offer the years that have changes. Returns the one to show: what was chosen, as long as the period is."""
        is_same = self._view is not None and self._view.period == view.period
        chosen = self.year.currentData() if is_same else usual
        years = {line.budget_year for line in view.portfolio.budget_lines.values()} | {usual}
        shown = chosen if chosen in years else usual
        self.year.clear()
        for year in sorted(years):
            self.year.addItem(str(year), year)
        self.year.setCurrentIndex(self.year.findData(shown))
        return shown

    def begin(self) -> None:
        """Put the cursor where work begins."""
        self.table.setFocus()
        if self._shown and self.table.currentRow() < 0:
            self.table.selectRow(0)

    def finish(self) -> None:
        """Nothing waits here."""

    def _row(self, line: BudgetLine, title: Message) -> list[str]:
        if self._view is None or self._owners is None:
            return []
        return [
            self._view.portfolio.projects[self._owners.of_line(line)].name,
            self._say(title),
            write_number(in_thousands(line.year_amount)),
            write_number(in_thousands(line.total_amount)),
            self._say(message("Forslag") if line.status is BudgetStatus.PROPOSED else message("Vedtatt")),
            "-" if line.decision is None else write_case(line.decision),
            "-" if line.funding_source is None else self._say(FUNDING_TITLES[line.funding_source]),
            line.note,
        ]

    def _show_sums(self) -> None:
        """Show what each kind comes to, money that is never mixed apart."""
        if self._view is None:
            return
        rows: list[list[str]] = []
        strong: list[int] = []
        parted = by_money(self._view.portfolio, self._shown)
        for tag, lines in parted.items():
            if len(parted) > 1:
                strong.append(len(rows))
                rows.append([self._say(MONEYS[tag]), "", "", "", ""])
            for status, title in ((BudgetStatus.DECIDED, None), (BudgetStatus.PROPOSED, message("forslag"))):
                for one in sums_of(line for line in lines if line.status is status):
                    kind = self._say(KIND_TITLES[one.kind])
                    rows.append(
                        [
                            kind if title is None else f"{kind} ({self._say(title)})",
                            write_number(one.count),
                            write_number(in_thousands(one.year_amount)),
                            write_number(in_thousands(one.total_amount)),
                            self._say(_effect(one.kind, status)),
                        ]
                    )
        self.sums.set_rows(rows, strong=strong)

    def _counted(self) -> Message:
        proposed = sum(line.status is BudgetStatus.PROPOSED for line in self._shown)
        return message(
            "{count} {count:linje|linjer}, {proposed} av dem forslag. Beløp i 1000 kr.",
            count=len(self._shown),
            proposed=proposed,
        )

    def _kinds(self) -> tuple[BudgetKind, ...]:
        chosen = self.kind.currentData()
        return (BudgetKind(chosen),) if chosen else CHANGES

    def _status(self) -> BudgetStatus | None:
        chosen = self.status.currentData()
        return BudgetStatus(chosen) if chosen else None

    def _chosen(self) -> list[str]:
        rows = {index.row() for index in self.table.selectionModel().selectedRows()}
        return [self._shown[row].id for row in sorted(rows) if row < len(self._shown)]

    def _mark(self, wanted: Callable[[BudgetLine], bool]) -> None:
        from PySide6.QtCore import QItemSelection, QItemSelectionModel

        model, last = self.table.model(), self.table.columnCount() - 1
        selection = QItemSelection()
        for row, line in enumerate(self._shown):
            if wanted(line):
                selection.select(model.index(row, 0), model.index(row, last))
        self.table.selectionModel().select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def _mark_proposals(self) -> None:
        self._mark(lambda line: line.status is BudgetStatus.PROPOSED)
        self.table.setFocus()

    def _ask_for_project(self) -> None:
        row = self.table.currentRow()
        if self._owners is not None and 0 <= row < len(self._shown):
            self.project_asked.emit(self._owners.of_line(self._shown[row]))

    def _show_what_is_possible(self) -> None:
        can_edit = self._editing.is_controllers
        chosen = set(self._chosen())
        marked = [line for line in self._shown if line.id in chosen]
        proposed = bool(marked) and all(line.status is BudgetStatus.PROPOSED for line in marked)
        self.reallocate.setEnabled(can_edit)
        self.proposals.setEnabled(any(line.status is BudgetStatus.PROPOSED for line in self._shown))
        for button in (self.decide, self.withdraw):
            button.setEnabled(can_edit and proposed)
        self.open.setEnabled(self.table.currentRow() >= 0)

    def _refilter(self) -> None:
        if self._view is not None:
            self.show_view(self._view)

    def _connect(self) -> None:
        self.year.activated.connect(lambda _: self._refilter())
        self.kind.activated.connect(lambda _: self._refilter())
        self.status.activated.connect(lambda _: self._refilter())
        self.table.itemSelectionChanged.connect(self._show_what_is_possible)
        self.table.itemActivated.connect(lambda _: self._ask_for_project())

    def _lay_out(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.title.setFont(sized(self.title.font(), Step.HEADING, bold=True))
        self.told.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.told.setWordWrap(True)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.sums.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        heading = Label(self._say(message("Sum per slag")))
        heading.setFont(sized(heading.font(), Step.BODY, bold=True))
        filters = QHBoxLayout()
        filters.setSpacing(GRID)
        filters.addWidget(self.year)
        filters.addWidget(self.kind)
        filters.addWidget(self.status)
        filters.addStretch()
        body = QWidget()
        lines = QVBoxLayout(body)
        lines.setContentsMargins(2 * GRID, GRID, 2 * GRID, 2 * GRID)
        lines.setSpacing(GRID)
        lines.addWidget(self.title)
        lines.addWidget(self.told)
        lines.addLayout(filters)
        lines.addLayout(Flow(self.reallocate, self.proposals, self.decide, self.withdraw, self.open))
        lines.addWidget(self.table, ALMOST_ALL)
        lines.addWidget(heading)
        lines.addWidget(self.sums)
        lines.addStretch(1)
        self.setWidget(body)

    def _choice(self, name: Message, choices: list[tuple[str, Message]]) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(self._say(name))
        for value, title in choices:
            box.addItem(self._say(title), value)
        return box

    def _button(self, title: Message, act: Callable[[], object]) -> QPushButton:
        button = QPushButton(self._say(title))
        button.clicked.connect(lambda _checked=False: act())
        return button


def _effect(kind: BudgetKind, status: BudgetStatus) -> Message:
    """Say what a kind of change does to the year and the total."""
    if status is BudgetStatus.PROPOSED:
        return message("Teller ikke før det er vedtatt")
    if kind.leaves_total:
        return message("Endrer året, ikke totalen")
    if kind is BudgetKind.REALLOCATION:
        return message("Går i null over prosjektene")
    return message("Endrer året og totalen")
