"""The one item model: rows made beforehand, sorted by their native values.

Must not know what its rows are about, nor make a string while it is painted.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QCollator, QLocale, QModelIndex, QObject, QPersistentModelIndex, Qt

Index = QModelIndex | QPersistentModelIndex

KEY_ROLE = int(Qt.ItemDataRole.UserRole)
SORT_ROLE = KEY_ROLE + 1
PLAIN_ROLE = KEY_ROLE + 2
MARK_ROLE = KEY_ROLE + 3
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_ALIGNMENT = int(Qt.ItemDataRole.TextAlignmentRole)
_NOWHERE = QModelIndex()
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A heading. `collated` sorts texts the Norwegian way; `order` makes another sort key of a value."""

    title: str
    tip: str = ""
    is_number: bool = False
    collated: bool = False
    order: Callable[[Any], Any] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What is shown, its native value (None sorts last), what is copied, the full text, and what is said aloud."""

    text: str
    value: Any = None
    plain: str | None = None
    tip: str = ""
    spoken: str = ""
    mark: Any = None


@dataclass(frozen=True, slots=True)
class Row:
    """A row and the id of what it shows."""

    id: str
    cells: tuple[Cell, ...]


def _plain(cell: Cell) -> str:
    return cell.text if cell.plain is None else cell.plain


def _tip(cell: Cell) -> str | None:
    # Rich text is what makes Qt wrap a long tip; line breaks are the writer's own.
    return f"<p style='white-space: pre-wrap'>{escape(cell.tip)}</p>" if cell.tip else None


_READ: dict[int, Callable[[Cell], Any]] = {
    _DISPLAY: lambda cell: cell.text,
    SORT_ROLE: lambda cell: cell.value,
    PLAIN_ROLE: _plain,
    MARK_ROLE: lambda cell: cell.mark,
    int(Qt.ItemDataRole.ToolTipRole): _tip,
    int(Qt.ItemDataRole.AccessibleTextRole): lambda cell: cell.spoken or cell.text,
}


class TableModel(QAbstractTableModel):
    """Rows under columns. `set_rows` is the only way in."""

    def __init__(self, columns: Sequence[Column], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._alignments = tuple(_RIGHT if column.is_number else _LEFT for column in columns)
        self._given: list[Row] = []
        self._rows: list[Row] = []
        self._sorted_by = (-1, Qt.SortOrder.AscendingOrder)

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows, in the order that was last asked for."""
        self.beginResetModel()
        self._given = list(rows)
        self._rows = self._in_order()
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802  Qt's name
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802  Qt's name
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = _DISPLAY) -> Any:  # noqa: ANN401  a QVariant
        """Hand out what was made beforehand; asked some thousand times a repaint."""
        if role == _ALIGNMENT:
            return self._alignments[index.column()] if index.isValid() else None
        read = _READ.get(role)
        if read is not None and index.isValid():
            return read(self._rows[index.row()].cells[index.column()])
        return self._rows[index.row()].id if role == KEY_ROLE and index.isValid() else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:  # noqa: ANN401, N802
        """Return a heading, and how it is aligned: as its column."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == _DISPLAY:
            return self.columns[section].title
        if role == _ALIGNMENT:
            return self._alignments[section]
        return (self.columns[section].tip or None) if role == Qt.ItemDataRole.ToolTipRole else None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column's native values; -1 is the order in which the rows were given."""
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        rows = [self._rows[index.row()] for index in before]
        self._sorted_by = (column, order)
        self._rows = self._in_order()
        places = {id(row): place for place, row in enumerate(self._rows)}
        after = [self.index(places[id(row)], index.column()) for row, index in zip(rows, before, strict=True)]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def _in_order(self) -> list[Row]:
        section, order = self._sorted_by
        if not 0 <= section < len(self.columns):
            return list(self._given)
        key = _sort_key(self.columns[section])
        known = [row for row in self._given if row.cells[section].value is not None]
        unknown = [row for row in self._given if row.cells[section].value is None]
        known.sort(key=lambda row: key(row.cells[section].value), reverse=order is Qt.SortOrder.DescendingOrder)
        return known + unknown


def _sort_key(column: Column) -> Callable[[Any], Any]:
    if not column.collated:
        return column.order or (lambda value: value)
    collator = QCollator(QLocale(QLocale.Language.NorwegianBokmal, QLocale.Country.Norway))
    collator.setNumericMode(True)
    return collator.sortKey
