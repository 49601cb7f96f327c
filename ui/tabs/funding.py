"""Where a project's money comes from in the period's year: budgeted, received, and what has no source yet.

Must not derive a figure, nor make an edit but through `tracker.funding`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from PySide6.QtWidgets import QPushButton

from tracker.budgeting import FUNDING_TITLES, read_decision, read_kroner, write_case
from tracker.funding import NewFunding, add_funding, funding_of, remove_funding
from tracker.kinds import BudgetStatus, FundingSource
from tracker.messages import Refusal, message
from tracker.model import FundingLine, ProjectId
from tracker.money import in_thousands, write_number
from ui.asking import FormField
from ui.desk import Desk
from ui.editing import Editing
from ui.flow import Flow
from ui.plain import Label
from ui.plain_table import PlainTable
from ui.session import View
from ui.tabs.tab import TabWidget


class FundingTab(TabWidget):
    """Sources above, the lines that they are made of below."""

    title = message("Finansiering")

    def __init__(self, desk: Desk, editing: Editing) -> None:
        super().__init__(desk, editing)
        self._project = ""
        self._lines: list[FundingLine] = []
        say = self.say
        self.told = Label()
        self.sources = PlainTable(
            say(message("Finansiering per kilde")),
            [
                say(message("Kilde")),
                say(message("Oppr. bud.")),
                say(message("Rev. bud.")),
                say(message("Mottatt")),
                "",
            ],
            numbers=(1, 2, 3),
        )
        self.table = PlainTable(
            say(message("Finansieringslinjer")),
            [say(message("Kilde")), say(message("Beløp")), say(message("Status")), say(message("Vedtak"))],
            numbers=(1,),
        )
        self.add = QPushButton(say(message("Legg til finansiering …")))
        self.remove = QPushButton(say(message("Fjern")))
        self.lines.addWidget(self.told)
        self.lines.addWidget(self.sources)
        self.lines.addLayout(Flow(self.add, self.remove))
        self.lines.addWidget(self.table)
        self.lines.addStretch(1)
        self.add.clicked.connect(self._add)
        self.remove.clicked.connect(self._remove)
        self.table.itemSelectionChanged.connect(self._show_what_is_possible)

    def show_project(self, view: View, project: str) -> None:
        """Show a project's funding of the view's year."""
        if view.period is None:
            return
        self._project = project
        funding = funding_of(view.portfolio, view.period, ProjectId(project))
        self.sources.set_rows(
            [
                [
                    self.say(FUNDING_TITLES[one.source]),
                    write_number(in_thousands(one.original)),
                    write_number(in_thousands(one.revised)),
                    "-" if one.actual is None else write_number(in_thousands(one.actual)),
                    "",
                ]
                for one in funding.sources
            ]
        )
        if funding.unfunded is None:
            told = message("Det er ikke lagt inn hvor pengene kommer fra.")
        else:
            told = message("Revidert budsjett som ikke er finansiert: {amount:tkr}.", amount=funding.unfunded)
        self.told.setText(self.say(told))
        self._lines = [
            line
            for line in view.portfolio.funding_lines.values()
            if line.project == project and line.budget_year == view.period.year
        ]
        self.table.set_rows([self._row(line) for line in self._lines])
        for table in (self.sources, self.table):
            table.setVisible(table.rowCount() > 0)
        self._show_what_is_possible()

    def _row(self, line: FundingLine) -> list[str]:
        is_proposed = line.status is BudgetStatus.PROPOSED
        return [
            self.say(FUNDING_TITLES[line.source]),
            write_number(in_thousands(line.amount)),
            self.say(message("Foreslått") if is_proposed else message("Vedtatt")),
            "-" if line.decision is None else write_case(line.decision),
        ]

    def _add(self) -> None:
        period = self.desk.session.period
        if period is None:
            return
        found: list[NewFunding] = []

        def check(values: Mapping[str, str]) -> str:
            try:
                decision = read_decision(values["case"], values["day"])
                found[:] = [
                    NewFunding(
                        project=ProjectId(self._project),
                        year=period.year,
                        source=FundingSource(values["source"]),
                        amount=read_kroner(values["amount"]),
                        decision=decision,
                        is_proposed=decision is None,
                    )
                ]
            except Refusal as refusal:
                return self.say(refusal.reason)
            return ""

        asked = self.desk.ask.form(
            self.say(message("Legg til finansiering")),
            [
                FormField(
                    key="source",
                    title=self.say(message("Kilde")),
                    choices=[(one.value, self.say(title)) for one, title in FUNDING_TITLES.items()],
                ),
                FormField(key="amount", title=self.say(message("Beløp (1000 kr)"))),
                FormField(key="case", title=self.say(message("Vedtak, for eksempel KS-sak 131/23 (tomt: forslag)"))),
                FormField(key="day", title=self.say(message("Vedtaksdato (dd.mm.åååå)"))),
            ],
            self.say(message("Legg til")),
            check=check,
        )
        if asked is not None and not (refusal := check(asked)):
            today = datetime.now().astimezone().date()
            session = self.desk.session
            refusal = self.editing.perform(
                lambda: add_funding(session.portfolio, found[0], today=today, new_id=session.new_id)
            )
            if refusal:
                self.desk.ask.tell(refusal)

    def _remove(self) -> None:
        row = self.table.currentRow()
        if 0 <= row < len(self._lines):
            line = self._lines[row]
            refusal = self.editing.perform(lambda: remove_funding(self.desk.session.portfolio, line.id))
            if refusal:
                self.desk.ask.tell(refusal)

    def _show_what_is_possible(self) -> None:
        self.add.setEnabled(self.editing.is_controllers)
        self.remove.setEnabled(self.editing.is_controllers and bool(self.table.selectedItems()))
