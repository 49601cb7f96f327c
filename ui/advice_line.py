"""One calm line of advice over the pages, which can be put away for good.

Must not know what is advised, nor where it is remembered.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from tracker.flags import Severity
from tracker.messages import message
from ui.marks import Notice
from ui.theme import GRID
from ui.words import Say


class AdviceLine(QWidget):
    """Shows a sentence until it is put away. `dismissed` comes when somebody has read it and wants no more of it."""

    dismissed = Signal()

    def __init__(self, say: Say) -> None:
        super().__init__()
        self.told = Notice("", Severity.NOTE)
        self.dismiss = QPushButton(say(message("Ikke vis igjen")))
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, GRID, 0)
        line.setSpacing(2 * GRID)
        line.addWidget(self.told, 1)
        line.addWidget(self.dismiss, alignment=Qt.AlignmentFlag.AlignVCenter)
        self.dismiss.clicked.connect(self._on_dismiss_clicked)
        self.hide()

    def show_advice(self, sentence: str) -> None:
        """Show a sentence; an empty one is none."""
        self.told.setText(sentence)
        self.setVisible(bool(sentence))

    def _on_dismiss_clicked(self) -> None:
        self.hide()
        self.dismissed.emit()
