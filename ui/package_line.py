"""Whose package is open, and when it is time to send it back: one line above every page of a package.

Must not know how it is sent.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from tracker.messages import Message, message
from tracker.package_about import PackageAbout, about_package, not_submitted
from ui.plain import Label
from ui.session import View
from ui.theme import GRID
from ui.words import Say


class PackageLine(QWidget):
    """Shows whose it is; hidden in a whole portfolio. `send_asked` when it is to go back."""

    send_asked = Signal()

    def __init__(self, say: Say) -> None:
        super().__init__()
        self._say = say
        self._has_hub = False
        self.told = Label()
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        self.told.setWordWrap(True)
        self.told.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.send = QPushButton(say(message("Send tilbake …")))
        line = QHBoxLayout(self)
        line.setContentsMargins(2 * GRID, 0, 2 * GRID, GRID // 2)
        line.setSpacing(GRID)
        line.addWidget(self.told, 1)
        line.addWidget(self.send)
        self.hide()
        self.send.clicked.connect(self.send_asked)

    def show_way(self, view: View, *, has_hub: bool) -> None:
        """Show by which road it goes back: as a file, or by the hub that it came from."""
        if has_hub != self._has_hub:
            self._has_hub = has_hub
            self.send.setText(self._say(message("Send til huben") if has_hub else message("Send tilbake …")))
            self.show_view(view)

    def show_view(self, view: View) -> None:
        """Show whose package it is, and how many statuses are left before it goes back."""
        about = about_package(view.portfolio)
        self.setVisible(about is not None)
        if about is None:
            return
        left = None if view.period is None else not_submitted(view.portfolio, view.period)
        is_done = left == 0
        self.told.setText(" ".join(map(self._say, [_made(about), _left(about, left, has_hub=self._has_hub)])))
        self.told.setForegroundRole(QPalette.ColorRole.WindowText if is_done else QPalette.ColorRole.PlaceholderText)
        font = self.told.font()
        font.setBold(is_done)
        self.told.setFont(font)


def _made(about: PackageAbout) -> Message:
    if about.made_at is None:
        return message("Dette er en pakke med noen av prosjektene i en portefølje.")
    return message(
        "Pakke til {who}, laget {day} av {by}.",
        who=about.recipient,
        day=about.made_at.astimezone().date(),
        by=about.made_by or "-",
    )


def _left(about: PackageAbout, left: int | None, *, has_hub: bool) -> Message:
    if left:
        return message("{count} {count:status|statuser} er ikke levert.", count=left)
    if has_hub:
        return message("Alt er levert: send det til huben.")
    if not about.made_by:
        return message("Alt er levert: send filen tilbake til den du fikk den av.")
    return message("Alt er levert: send filen tilbake til {who}.", who=about.made_by)
