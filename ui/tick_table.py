"""A small table whose rows can be ticked, with the mouse or the space bar.

Must not know what the rows are about.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStyle, QTableWidgetItem

from ui.plain_table import PlainTable
from ui.theme import TABLE_LOOK, TABLE_TICKED

_OF_LETTER = 1
"""How wide a box is with its edges, of the letters beside it (`TABLE_TICKED`)."""


class TickTable(PlainTable):
    """Rows of texts, a box before each. `ticked` when a box was ticked or cleared by a person."""

    ticked = Signal()

    def __init__(self, name: str, headings: Sequence[str], *, numbers: Sequence[int] = ()) -> None:
        super().__init__(name, headings, numbers=numbers)
        self.setStyleSheet(TABLE_LOOK + TABLE_TICKED)
        self.itemChanged.connect(self._on_item_changed)

    def show_rows(self, rows: Sequence[Sequence[str]], *, ticked: Collection[int]) -> None:
        """Show these rows, some of them ticked."""
        self.blockSignals(True)  # noqa: FBT003  Qt's argument
        self.set_rows(rows)
        for row in range(len(rows)):
            self._tick(row, is_ticked=row in ticked)
        self.blockSignals(False)  # noqa: FBT003  Qt's argument

    def sizeHintForColumn(self, column: int) -> int:  # noqa: N802  Qt's name
        """Return how wide a column is, with the boxes as large as the text makes them."""
        indicator = self.style().pixelMetric(QStyle.PixelMetric.PM_IndicatorWidth)
        wider = 0 if column else max(0, round(_OF_LETTER * self.fontInfo().pixelSize()) - indicator)
        return super().sizeHintForColumn(column) + wider

    def ticked_rows(self) -> list[int]:
        """Return which rows are ticked, from the top."""
        return [row for row in range(self.rowCount()) if self._is_ticked(row)]

    def tick_all(self, *, is_ticked: bool) -> None:
        """Tick every row, or none."""
        self.blockSignals(True)  # noqa: FBT003  Qt's argument
        for row in range(self.rowCount()):
            self._tick(row, is_ticked=is_ticked)
        self.blockSignals(False)  # noqa: FBT003  Qt's argument
        self.viewport().update()
        self.ticked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  Qt's name
        """Tick the cursor's row with the space bar, whichever column it is in; all else as any table."""
        row = self.currentRow()
        if event.key() == Qt.Key.Key_Space and row >= 0:
            self._tick(row, is_ticked=not self._is_ticked(row))
        else:
            super().keyPressEvent(event)

    def _tick(self, row: int, *, is_ticked: bool) -> None:
        item = self.item(row, 0)
        if item is not None:
            item.setCheckState(Qt.CheckState.Checked if is_ticked else Qt.CheckState.Unchecked)

    def _is_ticked(self, row: int) -> bool:
        item = self.item(row, 0)
        return item is not None and item.checkState() is Qt.CheckState.Checked

    def _on_item_changed(self, item: QTableWidgetItem) -> None:
        if item.column() == 0:
            self.ticked.emit()
