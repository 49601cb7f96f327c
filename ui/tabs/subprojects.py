"""The subprojects of a project, which carry the ledger's codes.

Must not know a figure.
"""

from __future__ import annotations

from tracker.messages import message
from ui.desk import Desk
from ui.editing import Editing
from ui.plain_table import PlainTable
from ui.session import View
from ui.tabs.tab import TabWidget


class SubprojectsTab(TabWidget):
    """A row a subproject."""

    title = message("Underprosjekter")

    def __init__(self, desk: Desk, editing: Editing) -> None:
        super().__init__(desk, editing)
        self.table = PlainTable(self.say(self.title), [self.say(message("Nummer")), self.say(message("Navn"))])
        self.lines.addWidget(self.table)
        self.lines.addStretch()

    def show_project(self, view: View, project: str) -> None:
        """Show a project's subprojects."""
        self.table.set_rows(
            [[sub.code, sub.name] for sub in view.portfolio.subprojects.values() if sub.project == project]
        )
