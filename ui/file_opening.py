"""Opens the files that macOS hands to a program that runs: a double click comes as an event there, not as an argument.

Must not know how a file is opened, nor that there is a window.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtGui import QFileOpenEvent


class FileOpening(QObject):
    """Watches the application for as long as its owner lives, and hands on each file that it is asked to open.

    A watch costs every event a call: where files come as arguments, there should be none.
    """

    def __init__(self, owner: QObject, open_file: Callable[[Path], object]) -> None:
        super().__init__(owner)
        self._open_file = open_file
        application = QCoreApplication.instance()
        if application is not None:
            application.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  Qt's name
        """Take the event that means a file; no other is touched."""
        if isinstance(event, QFileOpenEvent) and event.file():
            self._open_file(Path(event.file()))
            return True
        return super().eventFilter(watched, event)
