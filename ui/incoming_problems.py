"""What of a file that came couldn't be read: a sentence, and a line each with its place, all of them.

Must not know how the file was read.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from tracker.flags import Severity
from tracker.messages import Message, message
from ui.marks import Notice
from ui.theme import FRAMED, GRID
from ui.words import Say

_MOST_LINES = 6


class IncomingProblems(QWidget):
    """Shows what couldn't be read; is hidden where all could. A long list is scrolled, never cut."""

    def __init__(self, say: Say) -> None:
        super().__init__()
        self._say = say
        self.lead = Notice("", Severity.WARNING)
        self.list = QPlainTextEdit()
        self.list.setReadOnly(True)
        self.list.setTabChangesFocus(True)
        self.list.setAccessibleName(say(message("Det som ikke kunne leses")))
        self.list.setStyleSheet(FRAMED)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(GRID)
        lines.addWidget(self.lead)
        lines.addWidget(self.list)
        self.hide()

    def show_problems(self, problems: Sequence[Message]) -> None:
        """Show these, in the order of the file."""
        told = message(
            "{count} svar kunne ikke leses, og blir ikke hentet inn. Skriv inn det som mangler, "
            "eller be om skjemaet på nytt.",
            count=len(problems),
        )
        self.lead.setText(self._say(told))
        self.list.setPlainText("\n".join(map(self._say, problems)))
        # One of them may need two lines; the frame takes the rest.
        lines = min(len(problems) + 1, _MOST_LINES) + 1
        self.list.setFixedHeight(lines * self.list.fontMetrics().lineSpacing())
        self.setVisible(bool(problems))
