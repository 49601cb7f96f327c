"""What most tabs of a project are: some widgets below each other, with a sentence where there is nothing to show.

Must not know what is in any of them.
"""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from tracker.messages import Message
from ui.desk import Desk
from ui.editing import Editing
from ui.session import View
from ui.theme import GRID


class TabWidget(QWidget):
    """A tab: say what it is called in `title`, add widgets to `lines`, and show a project."""

    title: Message

    def __init__(self, desk: Desk, editing: Editing) -> None:
        super().__init__()
        self.desk, self.editing = desk, editing
        self.lines = QVBoxLayout(self)
        self.lines.setContentsMargins(0, GRID, 0, 0)
        self.lines.setSpacing(GRID)

    def say(self, what: Message) -> str:
        """Say something in the user's language."""
        return self.desk.say(what)

    def show_project(self, view: View, project: str) -> None:
        """Show a project in the view's period."""
        raise NotImplementedError

    def finish(self) -> None:
        """Save what is being typed; most tabs have nothing that waits."""
