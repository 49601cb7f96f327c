"""The controller's page of the year's end: what is left of each project, and what becomes of it.

Must not derive a figure, nor make an edit but through `tracker.year_end`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from tracker.budgeting import MONEYS
from tracker.flags import Severity
from tracker.messages import Message, Refusal, message
from tracker.money import Unit, UnreadableAmountError, in_thousands, parse_kroner, write_number
from tracker.periods import Part
from tracker.year_end import Proposal, by_money, make_proposals, propose, source_of, sums_of, with_amounts
from ui.asking import FormField
from ui.desk import Desk
from ui.editing import Editing
from ui.marks import Notice
from ui.plain import Label
from ui.plain_table import ALMOST_ALL, PlainTable
from ui.session import View
from ui.theme import GRID, Step, sized

_AMOUNTS = (
    message("Rev. bud."),
    message("Regnskap"),
    message("Igjen"),
    message("Overføres"),
    message("Strykes"),
    message("Ny dekning"),
)


class YearEndPage(QScrollArea):
    """Shows proposals of the newest year that has ended. `show_view` is the only way in."""

    project_asked = Signal(str)

    def __init__(self, desk: Desk, editing: Editing) -> None:
        super().__init__()
        self._desk, self._editing, self._say = desk, editing, desk.say
        self._view: View | None = None
        self._year: int | None = None
        self._changed: dict[str, Proposal] = {}
        self._shown: list[Proposal] = []
        say = self._say
        self.title, self.told = Label(), Label()
        self.trouble = Notice("", Severity.WARNING)
        self.change = QPushButton(say(message("Endre fordelingen …")))
        self.open = QPushButton(say(message("Vis prosjektet")))
        self.make = QPushButton(say(message("Før forslagene i budsjettet")))
        self.table = PlainTable(
            say(message("Forslag ved årsavslutningen")),
            [say(message("Prosjekt")), *map(say, _AMOUNTS), say(message("Begrunnelse"))],
            numbers=tuple(range(1, 7)),
        )
        self.sums = PlainTable(
            say(message("Sum per type midler")),
            [
                say(message("Midler")),
                say(message("Antall")),
                *map(say, _AMOUNTS[2:]),
                say(message("Gjenstår å fordele")),
                "",
            ],
            numbers=tuple(range(1, 7)),
        )
        self._lay_out()
        self.change.clicked.connect(self._change)
        self.open.clicked.connect(self._ask_for_project)
        self.make.clicked.connect(self._make)
        self.table.itemSelectionChanged.connect(self._show_what_is_possible)
        self.table.itemDoubleClicked.connect(lambda _: self._change())

    def show_view(self, view: View) -> None:
        """Show what is proposed for the view's year, or the last that has its annual report."""
        self._view = view
        year = _ended_year(view)
        if year != self._year:
            self._year, self._changed = year, {}
        self._shown = []
        if year is None:
            self.title.setText(self._say(message("Årsavslutning")))
            self.told.setText(self._say(message("Porteføljen har ingen årsmelding ennå.")))
        else:
            self.title.setText(self._say(message("Årsavslutning {year:id}", year=year)))
            self._shown = [self._changed.get(one.project, one) for one in propose(view.portfolio, year) if one.left]
            self.told.setText(self._say(self._lead(year)))
        self.table.set_rows([self._row(one) for one in self._shown])
        self._show_sums()
        for part in (self.table, self.sums):
            part.setVisible(bool(self._shown))
        self._show_what_is_possible()

    def begin(self) -> None:
        """Put the cursor where work begins."""
        self.table.setFocus()
        if self._shown and self.table.currentRow() < 0:
            self.table.selectRow(0)

    def finish(self) -> None:
        """Nothing waits here."""

    def _lead(self, year: int) -> Message:
        portfolio = self._view.portfolio if self._view is not None else None
        lines = () if portfolio is None else portfolio.budget_lines.values()
        if any(line.source == source_of(year) for line in lines):
            return message("Forslagene er ført i budsjettet. Føres de på nytt, erstatter de dem som ikke er vedtatt.")
        return message("Beløp i 1000 kr. Forslagene føres i budsjettet og vedtas der av kommunestyret.")

    def _row(self, one: Proposal) -> list[str]:
        amounts = (one.revised_budget, one.actual, one.left, one.carried, one.struck, -one.covered)
        return [one.name, *map(_thousands, amounts), self._say(one.why)]

    def _show_sums(self) -> None:
        rows = []
        groups: list[tuple[Message, list[Proposal]]] = [
            (MONEYS[money], own) for money, own in by_money(self._shown).items()
        ]
        for title, own in [*groups, (message("Sum"), self._shown)]:
            sums = sums_of(own)
            amounts = (sums.left, sums.carried, sums.struck, -sums.covered, sums.unplaced)
            rows.append([self._say(title), write_number(sums.count), *map(_thousands, amounts), ""])
        self.sums.set_rows(rows, strong=[len(rows) - 1])

    def _change(self) -> None:
        row = self.table.currentRow()
        if not self.change.isEnabled() or not 0 <= row < len(self._shown):
            return
        proposal = self._shown[row]
        found: list[Proposal] = []

        def check(values: Mapping[str, str]) -> str:
            try:
                amounts = {key: _read(values[key]) for key in ("carried", "struck", "covered")}
                found[:] = [
                    with_amounts(
                        proposal,
                        carried=amounts["carried"],
                        struck=amounts["struck"],
                        covered=-amounts["covered"],
                    )
                ]
            except Refusal as refusal:
                return self._say(refusal.reason)
            return ""

        asked = self._desk.ask.form(
            self._say(message("{name}: {left:kr} igjen", name=proposal.name, left=proposal.left)),
            [
                FormField(
                    key="carried", title=self._say(message("Overføres til neste år")), value=_typed(proposal.carried)
                ),
                FormField(key="struck", title=self._say(message("Strykes av totalen")), value=_typed(proposal.struck)),
                FormField(key="covered", title=self._say(message("Ny dekning")), value=_typed(-proposal.covered)),
            ],
            self._say(message("Bruk fordelingen")),
            check=check,
        )
        if asked is not None and found and self._view is not None:
            self._changed[proposal.project] = found[0]
            self.show_view(self._view)
            self.table.selectRow(row)

    def _make(self) -> None:
        session, year = self._desk.session, self._year
        if year is None:
            return
        today = datetime.now().astimezone().date()
        refusal = self._editing.perform(
            lambda: make_proposals(session.portfolio, year, self._shown, today=today, new_id=session.new_id)
        )
        if refusal:
            self._desk.ask.tell(refusal)
        else:
            told = message(
                "Forslagene er ført i budsjettet for {year:id}: velg det året på siden Budsjett for å vedta dem.",
                year=year + 1,
            )
            self._desk.ask.inform(self._say(told))

    def _ask_for_project(self) -> None:
        row = self.table.currentRow()
        if 0 <= row < len(self._shown):
            self.project_asked.emit(self._shown[row].project)

    def _show_what_is_possible(self) -> None:
        has_row = bool(self.table.selectedItems())
        self.open.setEnabled(has_row)
        self.change.setEnabled(has_row and self._editing.is_controllers)
        self.make.setEnabled(bool(self._shown) and self._editing.is_controllers)

    def _lay_out(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.title.setFont(sized(self.title.font(), Step.HEADING, bold=True))
        self.told.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.told.setWordWrap(True)
        self.trouble.hide()
        body = QWidget()
        lines = QVBoxLayout(body)
        lines.setContentsMargins(2 * GRID, GRID, 2 * GRID, 2 * GRID)
        lines.setSpacing(GRID)
        buttons = QHBoxLayout()
        for button in (self.make, self.change, self.open):
            buttons.addWidget(button)
        buttons.addStretch()
        heading = Label(self._say(message("Sum per type midler")))
        heading.setFont(sized(heading.font(), Step.BODY, bold=True))
        for part in (self.title, self.told):
            lines.addWidget(part)
        lines.addLayout(buttons)
        lines.addWidget(self.table, ALMOST_ALL)
        lines.addWidget(heading, alignment=Qt.AlignmentFlag.AlignLeft)
        lines.addWidget(self.sums)
        lines.addStretch(1)
        self.setWidget(body)


def _ended_year(view: View) -> int | None:
    """Return the view's own year where its annual report is there, else the newest year before it that has one."""
    last = None if view.period is None else view.period.year
    ended = (one.year for one in view.portfolio.periods() if one.part is Part.YEAR)
    return max((year for year in ended if last is None or year <= last), default=None)


def _thousands(kroner: int) -> str:
    return write_number(in_thousands(kroner))


def _typed(kroner: int) -> str:
    return write_number(in_thousands(kroner)) if kroner % 1000 == 0 else f"{write_number(kroner)} kr"


def _read(typed: str) -> int:
    try:
        return parse_kroner(typed or "0", unit=Unit.THOUSANDS)
    except UnreadableAmountError:
        raise Refusal(
            message("«{text}» er ikke et beløp: skriv for eksempel 12 500 (tusen kroner) eller 12,5 mill.", text=typed)
        ) from None
