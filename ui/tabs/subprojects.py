"""The subprojects of a project, which carry the ledger's codes, and the projects that were joined into it.

Must not know a figure, nor make an edit.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QPushButton

from tracker.joining import joined_into
from tracker.messages import Message, message
from tracker.model import ProjectId, Subproject
from ui.desk import Desk
from ui.editing import Editing
from ui.flow import Flow
from ui.plain import Label
from ui.plain_table import PlainTable
from ui.project_forms import ProjectForms
from ui.session import View
from ui.tabs.tab import TabWidget


class SubprojectsTab(TabWidget):
    """A row a subproject."""

    title = message("Underprosjekter")

    def __init__(self, desk: Desk, editing: Editing) -> None:
        super().__init__(desk, editing)
        self.forms = ProjectForms(desk, editing)
        self._project = ""
        self._shown: list[Subproject] = []
        self.add = self._button(message("Nytt underprosjekt …"), self._add)
        self.change = self._button(message("Endre …"), lambda: self._with_chosen(self._change))
        self.move_away = self._button(
            message("Flytt til et annet prosjekt …"), lambda: self._with_chosen(self.forms.move)
        )
        self.remove = self._button(message("Fjern …"), lambda: self._with_chosen(self.forms.remove_subproject))
        self.table = PlainTable(self.say(self.title), [self.say(message("Nummer")), self.say(message("Navn"))])
        self.nothing = Label(self.say(message("Prosjektet har ingen underprosjekter.")))
        self.joined = Label()
        self.joined.setWordWrap(True)
        self.lines.addLayout(Flow(self.add, self.change, self.move_away, self.remove))
        self.lines.addWidget(self.table)
        self.lines.addWidget(self.nothing)
        self.lines.addWidget(self.joined)
        self.lines.addStretch(1)
        self.table.itemSelectionChanged.connect(self._show_what_is_possible)
        self.table.itemDoubleClicked.connect(lambda _: self.change.click())

    def show_project(self, view: View, project: str) -> None:
        """Show a project's subprojects, and which projects it took over."""
        self._project = project
        self._shown = sorted(
            (sub for sub in view.portfolio.subprojects.values() if sub.project == project), key=lambda sub: sub.code
        )
        self.table.set_rows([[sub.code, sub.name] for sub in self._shown])
        self.table.setVisible(bool(self._shown))
        self.nothing.setVisible(not self._shown)
        names = ", ".join(one.name for one in joined_into(view.portfolio, ProjectId(project)))
        self.joined.setText(self.say(message("Slått sammen med: {names}", names=names)) if names else "")
        self.joined.setVisible(bool(names))
        self._show_what_is_possible()

    def _add(self) -> None:
        self.forms.subproject(self._project)

    def _change(self, chosen: Subproject) -> None:
        self.forms.subproject(self._project, chosen)

    def _with_chosen(self, act: Callable[[Subproject], object]) -> None:
        if (chosen := self._chosen()) is not None:
            act(chosen)

    def _chosen(self) -> Subproject | None:
        rows = {item.row() for item in self.table.selectedItems()}
        return self._shown[min(rows)] if rows else None

    def _show_what_is_possible(self) -> None:
        can_edit = self.editing.is_controllers
        self.add.setEnabled(can_edit)
        for button in (self.change, self.move_away, self.remove):
            button.setEnabled(can_edit and self._chosen() is not None)

    def _button(self, title: Message, act: Callable[[], object]) -> QPushButton:
        button = QPushButton(self.say(title))
        button.clicked.connect(lambda _=False: act())
        return button
