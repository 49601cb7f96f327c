"""Shows that something is being done away from the window, once it takes long enough to be noticed.

Must not know what is being done.
"""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QWidget

from tracker.messages import message
from ui.jobs import Jobs
from ui.theme import GRID
from ui.words import Say

_NOTICED_MS = 500


class Progress(QWidget):
    """A bar that moves, and a button that breaks off what may be broken off."""

    def __init__(self, jobs: Jobs, say: Say) -> None:
        super().__init__()
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.bar.setFixedSize(16 * GRID, GRID)
        self.bar.setAccessibleName(say(message("Arbeider")))
        self.cancel = QPushButton(say(message("Avbryt")))
        self.cancel.setFlat(True)
        line = QHBoxLayout(self)
        line.setContentsMargins(GRID, 0, GRID, 0)
        line.setSpacing(GRID)
        line.addWidget(self.bar)
        line.addWidget(self.cancel)
        # As high with the button as without: a status bar that grows shows again what a message stands in place of.
        self.setMinimumHeight(self.cancel.sizeHint().height())
        self.hide()
        self.cancel.hide()
        self._noticed = QTimer(self)
        self._noticed.setSingleShot(True)
        self._noticed.setInterval(_NOTICED_MS)
        self._noticed.timeout.connect(self.show)
        self.cancel.clicked.connect(jobs.cancel)
        jobs.can_cancel.connect(self.cancel.setVisible)
        jobs.busy.connect(self._on_jobs_busy)

    def _on_jobs_busy(self, busy: bool) -> None:  # noqa: FBT001  Qt's argument
        if not busy:
            self._noticed.stop()
            self.hide()
        elif not self.isVisible() and not self._noticed.isActive():
            self._noticed.start()
