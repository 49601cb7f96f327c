"""The parts of the report as a list: which of them, in which order, with the mouse and with the keys.

Must not know what a part is.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem

_ID = Qt.ItemDataRole.UserRole


class PartList(QListWidget):
    """Names that are ticked off and moved. `settled` comes with the ids that are ticked, in order."""

    settled = Signal(object)

    def __init__(self, name: str, names: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._names = dict(names)
        self._is_showing = False
        self.setAccessibleName(name)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemChanged.connect(self._tell)
        self.model().rowsMoved.connect(self._tell)
        self.show_parts(list(self._names))

    @property
    def chosen(self) -> list[str]:
        """The ids that are ticked, in order."""
        items = (self.item(row) for row in range(self.count()))
        return [item.data(_ID) for item in items if item.checkState() is Qt.CheckState.Checked]

    @property
    def current(self) -> str:
        """The id that the cursor is on, empty for none."""
        item = self.currentItem()
        return "" if item is None else str(item.data(_ID))

    def show_parts(self, chosen: Sequence[str]) -> None:
        """Show what is settled: those chosen first, in their order, then the others."""
        order = [*chosen, *(name for name in self._names if name not in chosen)]
        shown = [str(self.item(row).data(_ID)) for row in range(self.count())]
        if order == shown and self.chosen == list(chosen):
            return
        current = self.current
        self._is_showing = True
        self.clear()
        for name in order:
            item = QListWidgetItem(self._names[name], self)
            item.setData(_ID, name)
            item.setFlags((item.flags() | Qt.ItemFlag.ItemIsUserCheckable) & ~Qt.ItemFlag.ItemIsDropEnabled)
            item.setCheckState(Qt.CheckState.Checked if name in chosen else Qt.CheckState.Unchecked)
        self.setCurrentRow(order.index(current) if current in order else 0)
        self._is_showing = False

    def shift(self, by: int) -> None:
        """Move the part that the cursor is on, up or down."""
        row = self.currentRow()
        if not 0 <= row + by < self.count() or row < 0:
            return
        self._is_showing = True
        item = self.takeItem(row)
        self.insertItem(row + by, item)
        self.setCurrentItem(item)
        self._is_showing = False
        self._tell()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  Qt's name
        """Move with Ctrl and an arrow."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is not None and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.shift(step)
        else:
            super().keyPressEvent(event)

    def _tell(self) -> None:
        if not self._is_showing:
            self.settled.emit(self.chosen)
