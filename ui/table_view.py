"""A table as a ledger: rows parted by hairlines, the first columns held, ranges copied as numbers.

Must not know what it shows; a model of `ui.table` tells.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QLine, QModelIndex, Qt, Signal
from PySide6.QtGui import QFontMetrics, QGuiApplication, QKeyEvent, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from ui.table import KEY_ROLE, PLAIN_ROLE, TableModel
from ui.theme import GRID, ROW_HEIGHT, TABLE_LOOK, tabular

_FORMULA_SIGNS = ("=", "+", "-", "@")


@dataclass(frozen=True, slots=True)
class SelectionStats:
    """What the selected amounts come to, in kroner, and how many cells there are."""

    cells: int = 0
    amounts: int = 0
    total: int = 0


class Ledger(QTableView):
    """What the table and its held columns have in common: the look, and a hairline under each row."""

    def __init__(self, model: TableModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.rows = model
        self.setFont(tabular(self.font()))
        self.setStyleSheet(TABLE_LOOK)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed | QAbstractItemView.EditTrigger.AnyKeyPressed)
        self._lay_out_rows()
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def set_colours(self, palette: QPalette) -> None:
        """Take a new palette: what has a style sheet keeps the colours that it was made with."""
        self.setStyleSheet("")
        self.setPalette(palette)
        self.setStyleSheet(TABLE_LOOK)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        """Draw a hairline under each row: a grid would be noise, and a delegate would cost a call a cell."""
        super().paintEvent(event)
        count, height = self.rows.rowCount(), self.verticalHeader().defaultSectionSize()
        if not count:
            return
        surface = self.viewport()
        painter = QPainter(surface)
        painter.setPen(self.palette().color(QPalette.ColorRole.Midlight))
        end = min(self.rowViewportPosition(count - 1) + height, surface.height())
        first, width = self.rowViewportPosition(max(self.rowAt(0), 0)) + height - 1, surface.width()
        painter.drawLines([QLine(0, bottom, width, bottom) for bottom in range(first, end, height)])
        painter.end()

    def _lay_out_rows(self) -> None:
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(ROW_HEIGHT)
        rows.setDefaultSectionSize(max(ROW_HEIGHT, QFontMetrics(self.font()).height() + GRID))


class TableView(Ledger):
    """The view of a `TableModel`. A click on a heading sorts, a third one takes it back; Enter opens a row."""

    opened = Signal(str)
    selection_changed = Signal()

    def __init__(self, model: TableModel, parent: QWidget | None = None, *, held: int = 0) -> None:
        super().__init__(model, parent)
        self._held_count = held
        self._held = Ledger(model, self) if held else None
        header = self.horizontalHeader()
        header.setStretchLastSection(True)
        header.setSectionsMovable(True)
        header.setFirstSectionMovable(False)
        if self._held is not None:
            self._lay_out_held(self._held)
        self._connect()

    def make_sortable(self) -> None:
        """Let clicks on headings sort."""
        for view in filter(None, (self, self._held)):
            header = view.horizontalHeader()
            header.setSectionsClickable(True)
            # Qt would select the whole column when its heading is pressed, and lose what was selected.
            header.sectionPressed.disconnect()
            header.sectionEntered.disconnect()
            header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
            header.setSortIndicatorClearable(True)
            header.setSortIndicatorShown(True)
            header.sortIndicatorChanged.connect(self._on_header_sort_indicator_changed)

    def set_colours(self, palette: QPalette) -> None:
        """Take a new palette, the held columns too."""
        super().set_colours(palette)
        if self._held is not None:
            self._held.set_colours(palette)

    def set_widths(self, widths: Iterable[int]) -> None:
        """Set the columns' widths; the last one takes what is left."""
        for section, width in enumerate(widths):
            self.setColumnWidth(section, width)

    def set_delegate(self, section: int, delegate: QAbstractItemDelegate) -> None:
        """Paint a column in a way of its own, held or not."""
        self.setItemDelegateForColumn(section, delegate)
        if self._held is not None:
            self._held.setItemDelegateForColumn(section, delegate)

    def width_of(self, text: str) -> int:
        """Return how wide a column must be for a text, with air around it."""
        return QFontMetrics(self.font()).horizontalAdvance(text) + 3 * GRID

    def chosen_keys(self) -> list[str]:
        """Return the ids of the rows with a selected cell, in the order shown."""
        rows = sorted({index.row() for index in self.selectedIndexes()})
        return [str(key) for row in rows if (key := self.rows.index(row, 0).data(KEY_ROLE)) is not None]

    def select_keys(self, keys: Iterable[str], current: str = "") -> None:
        """Select the rows of some ids again after the rows were arranged anew."""
        selection = QItemSelection()
        last = self.rows.columnCount() - 1
        for row in (row for key in keys if (row := self.rows.row_of(key)) is not None):
            selection.select(self.rows.index(row, 0), self.rows.index(row, last))
        place = self.rows.row_of(current)
        if place is not None:
            self.selectionModel().setCurrentIndex(
                self.rows.index(place, self._first_shown()), QItemSelectionModel.SelectionFlag.NoUpdate
            )
        self.selectionModel().select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def current_key(self) -> str:
        """Return the id of the row that the cursor is in."""
        return str(self.currentIndex().data(KEY_ROLE) or "")

    def stats(self) -> SelectionStats:
        """Count and add up the selected cells."""
        cells = amounts = total = 0
        for part in self.selectionModel().selection().toList():
            for section in range(part.left(), part.right() + 1):
                if self.isColumnHidden(section):
                    continue
                is_number = self.rows.columns[section].is_number
                for row in range(part.top(), part.bottom() + 1):
                    if self.rows.is_group(row):
                        continue
                    cells += 1
                    value = self.rows.cell(row, section).value if is_number else None
                    if value is not None:
                        amounts, total = amounts + 1, total + value
        return SelectionStats(cells, amounts, total)

    def copy_selection(self, *, with_headings: bool = False) -> None:
        """Copy the selected cells as text that a spreadsheet takes for numbers, in the order shown."""
        chosen = {(index.row(), index.column()) for index in self.selectedIndexes()}
        if not chosen:
            return
        sections = [section for section in self.shown_sections() if any(at == section for _, at in chosen)]
        lines = [
            "\t".join(self._copied(row, section) if (row, section) in chosen else "" for section in sections)
            for row in sorted({row for row, _ in chosen})
        ]
        if with_headings:
            lines.insert(0, "\t".join(self.rows.columns[section].title for section in sections))
        QGuiApplication.clipboard().setText("\n".join(lines))

    def shown_sections(self) -> list[int]:
        """Return the columns that are shown, as they stand."""
        header = self.horizontalHeader()
        sections = (header.logicalIndex(place) for place in range(header.count()))
        return [section for section in sections if not self.isColumnHidden(section)]

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  Qt's name
        """Open the row on Enter; what is typed begins an edit only where something can be typed."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.state() != self.State.EditingState:
            self._open(self.currentIndex())
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  Qt's name
        """Keep the held columns beside the others."""
        super().resizeEvent(event)
        self._place_held()

    def viewportEvent(self, event: QEvent) -> bool:  # noqa: N802  Qt's name
        """Keep the held columns as high as what they stand over."""
        if event.type() is QEvent.Type.LayoutRequest:
            self._place_held()
        return super().viewportEvent(event)

    def _lay_out_held(self, held: Ledger) -> None:
        held.setSelectionModel(self.selectionModel())
        held.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        held.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        held.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        held.setAccessibleName("")
        for section in range(self._held_count, self.rows.columnCount()):
            held.setColumnHidden(section, True)  # noqa: FBT003  Qt's argument
        held.hide()
        self.verticalScrollBar().valueChanged.connect(held.verticalScrollBar().setValue)
        held.verticalScrollBar().valueChanged.connect(self.verticalScrollBar().setValue)
        held.doubleClicked.connect(self._open)
        held.horizontalHeader().sectionResized.connect(self._on_held_section_resized)

    def _connect(self) -> None:
        self.doubleClicked.connect(self._open)
        self.selectionModel().selectionChanged.connect(lambda *_: self.selection_changed.emit())
        header = self.horizontalHeader()
        header.sectionResized.connect(self._on_section_resized)
        header.sectionMoved.connect(self._on_section_moved)
        self.horizontalScrollBar().rangeChanged.connect(self._place_held)

    def _open(self, index: QModelIndex) -> None:
        if not index.isValid():
            return
        if self.rows.is_group(index.row()):
            row = index.row()
            self.rows.fold(row)
            self.setCurrentIndex(self.rows.index(row, index.column()))
        elif index.flags() & Qt.ItemFlag.ItemIsEditable and self.sender() is not None:
            self.edit(index)
        else:
            self.opened.emit(str(index.data(KEY_ROLE)))

    def _first_shown(self) -> int:
        return self._held_count - 1 if self._held_count else self.shown_sections()[0]

    def _copied(self, row: int, section: int) -> str:
        index = self.rows.index(row, section)
        plain = str(index.data(PLAIN_ROLE))
        if self.rows.columns[section].is_number:
            return plain
        if plain.startswith(_FORMULA_SIGNS):
            plain = f"'{plain}"
        return f'"{plain.replace(chr(34), chr(34) * 2)}"' if any(sign in plain for sign in '\t\n\r"') else plain

    def _place_held(self, *_: int) -> None:
        """Show the held columns over their own place, where the others can scroll away beneath them."""
        held = self._held
        if held is None:
            return
        can_scroll = self.horizontalScrollBar().maximum() > 0
        held.setVisible(can_scroll)
        if not can_scroll:
            return
        width = 0
        for section in range(self._held_count):
            held.setColumnWidth(section, self.columnWidth(section))
            held.setColumnHidden(section, self.isColumnHidden(section))
            width += self.columnWidth(section)
        held.setGeometry(0, 0, width, self.viewport().height() + self.horizontalHeader().height())
        held.horizontalHeader().setFixedHeight(self.horizontalHeader().height())
        held.verticalScrollBar().setValue(self.verticalScrollBar().value())
        held.raise_()

    def _on_section_resized(self, section: int, _before: int, _width: int) -> None:
        if section < self._held_count:
            self._place_held()

    def _on_held_section_resized(self, section: int, _before: int, width: int) -> None:
        if width and width != self.columnWidth(section):
            self.setColumnWidth(section, width)

    def _on_section_moved(self, _section: int, before: int, after: int) -> None:
        """Put back what would break the held columns apart."""
        if (before < self._held_count) != (after < self._held_count):
            header = self.horizontalHeader()
            header.blockSignals(True)  # noqa: FBT003  Qt's argument
            header.moveSection(after, before)
            header.blockSignals(False)  # noqa: FBT003  Qt's argument
            self.viewport().update()

    def _on_header_sort_indicator_changed(self, section: int, order: Qt.SortOrder) -> None:
        for view in filter(None, (self, self._held)):
            header = view.horizontalHeader()
            if header is not self.sender():
                header.blockSignals(True)  # noqa: FBT003  Qt's argument
                header.setSortIndicator(section, order)
                header.blockSignals(False)  # noqa: FBT003  Qt's argument
        keys, current = self.chosen_keys(), self.current_key()
        self.rows.sort(section, order)
        self.select_keys(keys, current)
