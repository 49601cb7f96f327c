"""The command palette: type a part of what you want to do, or of a project's name, and press Enter.

Must not know what a command does.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from tracker.messages import message
from tracker.search import folded, words_of
from ui.fitting import fitted
from ui.theme import FRAMED, GRID
from ui.words import Say

_MOST = 50
_LETTERS, _LINES = 72, 24
_MOVING = {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Something to choose: its name, what is said beside it, and what choosing it does."""

    name: str
    beside: str
    choose: Callable[[], object]


class Palette(QDialog):
    """A line and what it finds. Up and down choose, Enter does, Esc leaves."""

    def __init__(self, choices: Sequence[Choice], say: Say, parent: QWidget) -> None:
        super().__init__(parent)
        self._choices = [(folded(f"{choice.name} {choice.beside}"), choice) for choice in choices]
        self.setWindowTitle(say(message("Kommandoer")))
        self.setModal(True)
        self.line = QLineEdit()
        self.line.setPlaceholderText(say(message("Hva vil du gjøre? Skriv en kommando eller et prosjekt")))
        self.line.setAccessibleName(self.windowTitle())
        self.line.setStyleSheet(FRAMED)
        self.list = QListWidget()
        self.list.setAccessibleName(say(message("Treff")))
        self.list.setUniformItemSizes(True)
        self.list.setStyleSheet(f"QListWidget::item {{ padding: {GRID // 2}px; }}")
        lines = QVBoxLayout(self)
        lines.setContentsMargins(GRID, GRID, GRID, GRID)
        lines.setSpacing(GRID)
        lines.addWidget(self.line)
        lines.addWidget(self.list)
        letters = self.fontMetrics()
        wide, high = (
            max(72 * GRID, _LETTERS * letters.averageCharWidth()),
            max(48 * GRID, _LINES * letters.lineSpacing()),
        )
        self.resize(fitted(self, QSize(min(wide, parent.width()), high)))
        self.line.textChanged.connect(self._find)
        self.line.installEventFilter(self)
        self.list.itemActivated.connect(lambda _: self._choose())
        self._find("")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  Qt's name
        """Move in the list while typing in the line."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if event.key() in _MOVING:
                self.list.keyPressEvent(event)
                return True
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self._choose()
                return True
        return super().eventFilter(watched, event)

    def _find(self, typed: str) -> None:
        words = words_of(typed)
        found = [choice for searched, choice in self._choices if words.finds(searched)][:_MOST]
        self.list.clear()
        for choice in found:
            item = QListWidgetItem(f"{choice.name}    {choice.beside}".rstrip())
            item.setData(Qt.ItemDataRole.UserRole, choice)
            self.list.addItem(item)
        self.list.setCurrentRow(0)

    def _choose(self) -> None:
        item = self.list.currentItem()
        self.accept()
        if item is not None:
            choice: Choice = item.data(Qt.ItemDataRole.UserRole)
            choice.choose()
