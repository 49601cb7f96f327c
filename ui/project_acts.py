"""What the lines of the project menu do, and where the window turns afterwards.

Must not change the portfolio but through the forms.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from ui.desk import Desk
from ui.editing import Editing
from ui.main_window import MainWindow

if TYPE_CHECKING:
    from ui.project_forms import ProjectForms


class ProjectActs:
    """The acts by the ids of `ui.menus`, on the project that is shown or chosen."""

    def __init__(self, desk: Desk, window: MainWindow, editing: Editing) -> None:
        self._desk, self._window, self._editing = desk, window, editing

    @cached_property
    def forms(self) -> ProjectForms:
        """The forms, which are imported when one is asked for."""
        from ui.project_forms import ProjectForms

        return ProjectForms(self._desk, self._editing)

    def by_id(self) -> Mapping[str, Callable[[], object]]:
        """Return what each line of the menu does."""
        return {
            "add-project": lambda: self._turn_to(self.forms.add()),
            "split-project": lambda: self._turn_to(self.forms.split(self.current())),
            "join-project": lambda: self._turn_to(self.forms.join(self.current())),
            "close-project": lambda: self.forms.close(self.current()),
            "reopen-project": lambda: self.forms.reopen(self.current()),
            "remove-project": self._remove,
        }

    def current(self) -> str:
        """Return the project on the page in front, or the one chosen in the table."""
        window = self._window
        if window.page is window.__dict__.get("project"):
            return window.project.project
        return window.projects.table.current_key()

    def _turn_to(self, project: str) -> None:
        if project:
            self._window.open_project(project)

    def _remove(self) -> None:
        if self.forms.remove(self.current()):
            self._window.show_projects()
