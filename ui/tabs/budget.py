"""A project's budget ledger: its lines, oldest year first.

Must not derive a figure, nor make an edit.
"""

from __future__ import annotations

from tracker.kinds import BudgetKind, BudgetStatus
from tracker.messages import message
from tracker.model import BudgetLine
from tracker.money import in_thousands, write_number
from ui.desk import Desk
from ui.editing import Editing
from ui.plain_table import PlainTable
from ui.session import View
from ui.tabs.tab import TabWidget

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


class BudgetTab(TabWidget):
    """A row a line."""

    title = message("Budsjett")

    def __init__(self, desk: Desk, editing: Editing) -> None:
        super().__init__(desk, editing)
        self.table = PlainTable(
            self.say(message("Budsjettendringer")),
            [
                self.say(message("År")),
                self.say(message("Hva")),
                self.say(message("Årets beløp")),
                self.say(message("I totalen")),
                self.say(message("Vedtak")),
                self.say(message("Kilde")),
            ],
            numbers=(2, 3),
        )
        self.lines.addWidget(self.table)
        self.lines.addStretch()

    def show_project(self, view: View, project: str) -> None:
        """Show a project's budget lines."""
        lines = [line for line in view.portfolio.budget_lines.values() if line.project == project]
        lines.sort(key=lambda line: (line.budget_year, line.takes_effect))
        self.table.set_rows([self._row(line) for line in lines])

    def _row(self, line: BudgetLine) -> list[str]:
        decided = "" if line.decision is None else f"{line.decision.body} {line.decision.number}"
        proposed = self.say(message("foreslått")) if line.status is BudgetStatus.PROPOSED else ""
        return [
            str(line.budget_year),
            self.say(BUDGET_KINDS[line.kind]),
            write_number(in_thousands(line.year_amount)),
            write_number(in_thousands(line.total_amount)),
            decided or proposed or "-",
            line.source or "-",
        ]
