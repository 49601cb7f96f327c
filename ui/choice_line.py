"""A line to type one of many names in.

Must not know what they are names of.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit

_MOST_OFFERED = 12


class ChoiceLine(QLineEdit):
    """A line that offers the names that contain what is typed; Down offers all of them."""

    def __init__(self, names: Sequence[str], hint: str) -> None:
        super().__init__()
        self.setPlaceholderText(hint)
        completer = QCompleter(list(names), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setMaxVisibleItems(_MOST_OFFERED)
        self.setCompleter(completer)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  Qt's name
        """Offer everything on Down."""
        popup = self.completer().popup()
        if event.key() == Qt.Key.Key_Down and (popup is None or not popup.isVisible()):
            self.completer().setCompletionPrefix("")
            self.completer().complete()
        else:
            super().keyPressEvent(event)
