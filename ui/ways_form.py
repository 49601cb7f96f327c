"""A window with ways on, each with what it gives and the button that takes it.

Must not know what any of them does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from tracker.flags import Severity
from tracker.messages import message
from ui.asking import dialog_lines
from ui.marks import Notice
from ui.plain import Label
from ui.theme import GRID, Step, sized
from ui.words import Say

_WIDTH, _BUTTON = 88, 22


@dataclass(frozen=True, slots=True, kw_only=True)
class WayOn:
    """A way on: what it is called, what it gives and takes, and what its button says."""

    title: str
    explanation: str
    button: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WaysQuestion:
    """What is wrong, and the ways on from there, the best first; `no` is what going none of them is called."""

    title: str
    trouble: str
    ways: Sequence[WayOn]
    no: str = ""


class WaysForm(QDialog):
    """Asks which way; `chosen` is its place among them."""

    def __init__(self, question: WaysQuestion, say: Say, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(question.title)
        self.chosen: int | None = None
        self.buttons: list[QPushButton] = []
        lines = dialog_lines(self)
        lines.addWidget(Notice(question.trouble, Severity.CRITICAL))
        lines.addSpacing(GRID)
        for place, way in enumerate(question.ways):
            lines.addLayout(self._way(place, way))
            lines.addSpacing(GRID)
        lines.addStretch()
        box = QDialogButtonBox()
        box.addButton(question.no or say(message("Lukk")), QDialogButtonBox.ButtonRole.RejectRole)
        box.rejected.connect(self.reject)
        lines.addWidget(box)
        if self.buttons:
            self.buttons[0].setDefault(True)
            self.buttons[0].setFocus()
        self.setFixedWidth(_WIDTH * GRID)
        self.resize(self.width(), lines.totalHeightForWidth(self.width()))

    def _way(self, place: int, way: WayOn) -> QHBoxLayout:
        words = QVBoxLayout()
        words.setSpacing(0)
        title, explanation = Label(way.title), Label(way.explanation)
        title.setFont(sized(title.font(), Step.BODY, bold=True))
        explanation.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        for label in (title, explanation):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            words.addWidget(label)
        button = QPushButton(way.button)
        button.setAutoDefault(False)
        button.setMinimumSize(_BUTTON * GRID, 4 * GRID)
        button.setAccessibleDescription(way.explanation)
        button.clicked.connect(lambda _checked=False: self._choose(place))
        self.buttons.append(button)
        line = QHBoxLayout()
        line.setSpacing(3 * GRID)
        line.addLayout(words, 1)
        line.addWidget(button, alignment=Qt.AlignmentFlag.AlignVCenter)
        return line

    def _choose(self, place: int) -> None:
        self.chosen = place
        self.accept()
