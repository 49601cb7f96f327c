"""A table as a ledger: rows parted by hairlines, sorted by its headings, copied as numbers.

Must not know what it shows; a model of `ui.table` tells.
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QGuiApplication, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from ui.table import PLAIN_ROLE, TableModel
from ui.theme import GRID, ROW_HEIGHT, tabular

_LOOK = """
QTableView::item { padding-left: 5px; padding-right: 5px; }
QHeaderView { background: palette(window); border: none; }
QHeaderView::section {
    background: palette(window); color: palette(placeholder-text);
    border: none; border-bottom: 1px solid palette(mid); padding: 4px 8px;
}
QHeaderView::section:hover { color: palette(text); }
QHeaderView::up-arrow, QHeaderView::down-arrow { subcontrol-position: top center; width: 9px; height: 7px; }
"""
_FORMULA_SIGNS = ("=", "+", "-", "@")


class TableView(QTableView):
    """The view of a `TableModel`. It is read-only; a click on a heading sorts, a third one takes it back."""

    def __init__(self, model: TableModel, parent: QWidget | None = None, *, is_sortable: bool = True) -> None:
        super().__init__(parent)
        self.setModel(model)
        self._model = model
        self.setFont(tabular(self.font()))
        self.setStyleSheet(_LOOK)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._lay_out_rows()
        self._lay_out_header(is_sortable=is_sortable)

    def set_colours(self, palette: QPalette) -> None:
        """Take a new palette: what has a style sheet keeps the colours that it was made with."""
        self.setStyleSheet("")
        self.setPalette(palette)
        self.setStyleSheet(_LOOK)

    def set_widths(self, widths: Iterable[int]) -> None:
        """Set the columns' widths; the last one takes what is left."""
        for section, width in enumerate(widths):
            self.setColumnWidth(section, width)

    def width_of(self, text: str) -> int:
        """Return how wide a column must be for a text, with air around it."""
        return QFontMetrics(self.font()).horizontalAdvance(text) + 3 * GRID

    def copy_selection(self) -> None:
        """Copy the selected rows as text that a spreadsheet takes for numbers, in the order shown."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        sections = [section for section in range(self._model.columnCount()) if not self.isColumnHidden(section)]
        lines = ["\t".join(self._copied(row, section) for section in sections) for row in rows]
        if lines:
            QGuiApplication.clipboard().setText("\n".join(lines))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        """Draw a hairline under each row: a grid would be noise, and a delegate would cost a call a cell."""
        super().paintEvent(event)
        rows, height = self._model.rowCount(), self.verticalHeader().defaultSectionSize()
        if not rows:
            return
        surface = self.viewport()
        painter = QPainter(surface)
        painter.setPen(self.palette().color(QPalette.ColorRole.Midlight))
        end = min(self.rowViewportPosition(rows - 1) + height, surface.height())
        for bottom in range(self.rowViewportPosition(max(self.rowAt(0), 0)) + height - 1, end, height):
            painter.drawLine(0, bottom, surface.width(), bottom)
        painter.end()

    def _copied(self, row: int, section: int) -> str:
        index = self._model.index(row, section)
        plain = str(index.data(PLAIN_ROLE))
        if self._model.columns[section].is_number:
            return plain
        if plain.startswith(_FORMULA_SIGNS):
            plain = f"'{plain}"
        return f'"{plain.replace(chr(34), chr(34) * 2)}"' if any(sign in plain for sign in '\t\n\r"') else plain

    def _lay_out_rows(self) -> None:
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(ROW_HEIGHT)
        rows.setDefaultSectionSize(max(ROW_HEIGHT, QFontMetrics(self.font()).height() + GRID))

    def _lay_out_header(self, *, is_sortable: bool) -> None:
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setStretchLastSection(True)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        if is_sortable:
            header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
            header.setSortIndicatorClearable(True)
            self.setSortingEnabled(True)
