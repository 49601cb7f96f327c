"""A small table of texts to read: history, budget changes, sums that are compared.

Must not know what the texts are about.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableWidget, QTableWidgetItem

from ui.marks import sign_size
from ui.plain import as_it_is
from ui.theme import GRID, TABLE_LOOK, tabular

_MOST_SHOWN = 12
_AROUND_CELL = 10
_UNBOUNDED = 16777215
ALMOST_ALL = 100
"""The share of a page's height that its table takes, beside a stretch of 1 for what a short table leaves."""


class PlainTable(QTableWidget):
    """Rows of texts under headings; numbers to the right. The last column takes the room that is left."""

    def __init__(self, name: str, headings: Sequence[str], *, numbers: Sequence[int] = ()) -> None:
        super().__init__(0, len(headings))
        self._numbers = frozenset(numbers)
        self.setAccessibleName(name)
        self.setFont(tabular(self.font()))
        self.setStyleSheet(TABLE_LOOK)
        self.setIconSize(sign_size(self.fontMetrics()))
        self.setHorizontalHeaderLabels(list(headings))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setAlternatingRowColors(True)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setStretchLastSection(True)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._low = 0
        self.horizontalScrollBar().rangeChanged.connect(lambda _least, _most: self.fit_height())
        for section in self._numbers:
            heading = self.horizontalHeaderItem(section)
            if heading is not None:
                heading.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    def needed_width(self) -> int:
        """Return how wide it is when no cell and no heading is cut."""
        header = self.horizontalHeader()
        columns = range(self.columnCount())
        wide = sum(max(self.sizeHintForColumn(at), header.sectionSizeHint(at)) + _AROUND_CELL for at in columns)
        return wide + self.verticalScrollBar().sizeHint().width()

    def set_rows(self, rows: Sequence[Sequence[str]], *, strong: Collection[int] = ()) -> None:
        """Show these rows, as high as they need up to a dozen; some of them strong, as headings and sums are."""
        bold = QFont(self.font())
        bold.setBold(True)
        header = self.horizontalHeader()
        for section in range(self.columnCount() - 1):
            # Else all columns are measured anew for each cell.
            header.setSectionResizeMode(section, QHeaderView.ResizeMode.Interactive)
        self.setRowCount(len(rows))
        for place, row in enumerate(rows):
            for section, text in enumerate(row):
                item = QTableWidgetItem(text)
                item.setToolTip(as_it_is(text))
                if section in self._numbers:
                    item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                if place in strong:
                    item.setFont(bold)
                self.setItem(place, section, item)
        for section in range(self.columnCount() - 1):
            header.setSectionResizeMode(section, QHeaderView.ResizeMode.ResizeToContents)
        self.fit_height()

    def be_low(self, least: int) -> None:
        """Let it be as low as this where there is little room: its rows are then scrolled to."""
        self._low = least
        self.fit_height()

    def fit_height(self) -> None:
        """Be as high as the rows shown, and the bar beneath them where they are wider than the table."""
        shown = min(self.rowCount(), _MOST_SHOWN)
        height = self.horizontalHeader().sizeHint().height() + sum(map(self.rowHeight, range(shown))) + GRID
        sideways = self.horizontalScrollBar()
        if sideways.maximum() > 0:
            height += sideways.sizeHint().height()
        self.setMinimumHeight(min(height, self._low or height))
        self.setMaximumHeight(height if self.rowCount() <= _MOST_SHOWN else _UNBOUNDED)
