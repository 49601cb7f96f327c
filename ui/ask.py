"""Every dialog of the program: what is asked and told, and the windows that do it.

Must not know why it is asked. Tests script an `Ask` of their own.
"""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox

from tracker.messages import message
from ui.words import Say


class Ask(Protocol):
    """What may be asked of, or told to, the person at the screen while everything else waits."""

    def file_to_open(self) -> Path | None:
        """Ask for a portfolio file; None when the person thinks better of it."""

    def tell(self, sentence: str) -> None:
        """Tell that something could not be done."""

    def tell_of_bug(self, sentence: str, details: str) -> None:
        """Tell that the program went wrong, and offer the details for a report."""


class Dialogs:
    """Asks with real dialogs, over whichever window is in front."""

    def __init__(self, say: Say) -> None:
        self._say = say

    def file_to_open(self) -> Path | None:
        """Ask with the system's file dialog."""
        chosen, _ = QFileDialog.getOpenFileName(
            QApplication.activeWindow(),
            self._say(message("Åpne portefølje")),
            "",
            self._say(message("Porteføljer (*.tertial);;Alle filer (*)")),
        )
        return Path(chosen) if chosen else None

    def tell(self, sentence: str) -> None:
        """Tell in a box with one button."""
        self._box(sentence, QMessageBox.Icon.Warning).exec()

    def tell_of_bug(self, sentence: str, details: str) -> None:
        """Tell in a box that can copy the details."""
        box = self._box(sentence, QMessageBox.Icon.Critical)
        copy = box.addButton(self._say(message("Kopier detaljer")), QMessageBox.ButtonRole.ActionRole)
        box.exec()
        if box.clickedButton() is copy:
            QGuiApplication.clipboard().setText(details)

    def _box(self, sentence: str, icon: QMessageBox.Icon) -> QMessageBox:
        box = QMessageBox(icon, "Tertial", sentence, parent=QApplication.activeWindow())
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        close = box.addButton(self._say(message("Lukk")), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(close)
        box.setEscapeButton(close)
        return box
