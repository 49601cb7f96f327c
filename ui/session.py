"""What is open: the file, the portfolio in it and the period that is worked with.

Must not know who shows it. `changed` is the one signal that goes through the whole application.
"""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from db.store import open_store
from tracker.model import Portfolio
from tracker.periods import Period


class Session(QObject):
    """One portfolio at a time, read-only as yet."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.path: Path | None = None
        self.portfolio = Portfolio()
        self.period: Period | None = None

    def open(self, path: Path) -> None:
        """Open a portfolio at its newest period.

        Raises Trouble when it can't be read; what was open stays open.
        """
        with closing(open_store(path, read_only=True)) as store:
            portfolio = store.load()
        self.path, self.portfolio = path, portfolio
        self.period = max(portfolio.periods(), default=None)
        self.changed.emit()
