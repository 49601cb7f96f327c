"""The one item model: rows shown in an order of their own, filtered, searched, grouped and sorted by native values.

Must not know what its rows are about. The order is a list of places made outside Qt, since a proxy asks Python
about every row; a cell is made when it is first painted.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from html import escape
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QCollator, QLocale, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont

from tracker.search import Words
from ui.cells import Arrangement, Cell, Column, NoRows, Rows
from ui.plain import as_it_is

Index = QModelIndex | QPersistentModelIndex

KEY_ROLE = int(Qt.ItemDataRole.UserRole)
SORT_ROLE = KEY_ROLE + 1
PLAIN_ROLE = KEY_ROLE + 2
MARK_ROLE = KEY_ROLE + 3
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_EDIT = int(Qt.ItemDataRole.EditRole)
_FONT = int(Qt.ItemDataRole.FontRole)
_ALIGNMENT = int(Qt.ItemDataRole.TextAlignmentRole)
_NOWHERE = QModelIndex()
# What a delegate asks about every cell, and no cell has: colours, an icon, a check box.
_SILENT = frozenset(
    map(
        int,
        (
            Qt.ItemDataRole.DecorationRole,
            Qt.ItemDataRole.BackgroundRole,
            Qt.ItemDataRole.ForegroundRole,
            Qt.ItemDataRole.CheckStateRole,
        ),
    )
)
_READ_ONLY = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


def _plain(cell: Cell) -> str:
    return cell.text if cell.plain is None else cell.plain


def _tip(cell: Cell) -> str | None:
    # Rich text is what makes Qt wrap a long tip; line breaks are the writer's own.
    return f"<p style='white-space: pre-wrap'>{escape(cell.tip)}</p>" if cell.tip else None


_READ: dict[int, Callable[[Cell], Any]] = {
    SORT_ROLE: lambda cell: cell.value,
    PLAIN_ROLE: _plain,
    MARK_ROLE: lambda cell: cell.mark,
    int(Qt.ItemDataRole.ToolTipRole): _tip,
    int(Qt.ItemDataRole.AccessibleTextRole): lambda cell: cell.spoken or cell.text,
}
FillIn = Callable[[str, str, str], bool]
"""Takes a row's id, a field and what was typed; whether it was filled in."""


class TableModel(QAbstractTableModel):
    """Rows under columns. `set_rows` and `arrange` are the only ways in."""

    def __init__(self, columns: Sequence[Column], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._fill_in: FillIn | None = None
        self.written: Callable[[str, str], str] = lambda _key, _field: ""
        self.arrangement = Arrangement()
        self._section = {column.key: section for section, column in enumerate(columns)}
        self._alignments = tuple(_RIGHT if column.is_number else _LEFT for column in columns)
        self._bold = QFont()
        self._bold.setWeight(QFont.Weight.DemiBold)
        self._flags = [_READ_ONLY] * len(self.columns)
        self._texts: dict[int, list[str]] = {}
        self._silent = _SILENT
        self._rows: Rows = NoRows()
        self._order: list[int] = []
        self._groups: list[tuple[str, list[int], tuple[Cell, ...]]] = []
        self._folded: set[str] = set()
        self._made: dict[int, tuple[Cell, ...]] = {}
        self._sort_keys: dict[str, list[Any]] = {}
        self._found: tuple[Words, list[int]] | None = None
        self._places: dict[str, int] | None = None

    def make_editable(self, fill_in: FillIn) -> None:
        """Let the columns of fields be typed in; `fill_in` takes what was typed."""
        self._fill_in = fill_in
        editable = _READ_ONLY | Qt.ItemFlag.ItemIsEditable
        self._flags = [editable if column.field else _READ_ONLY for column in self.columns]

    def set_rows(self, rows: Rows) -> None:
        """Show other rows, arranged as those before."""
        self.beginResetModel()
        self._rows = rows
        self._made, self._texts, self._sort_keys, self._found, self._places = {}, {}, {}, None, None
        self._arrange()
        self.endResetModel()

    def arrange(self, arrangement: Arrangement) -> None:
        """Show the rows that are asked for, in the order that is asked for."""
        if arrangement == self.arrangement:
            return
        self.beginResetModel()
        if arrangement.group != self.arrangement.group:
            self._folded = set()
        self.arrangement = arrangement
        self._arrange()
        self.endResetModel()

    def fold(self, row: int) -> None:
        """Fold or unfold the group whose line this is."""
        place = self._order[row]
        if place >= 0:
            return
        title = self._groups[-place - 1][0]
        self.beginResetModel()
        self._folded ^= {title}
        self._arrange()
        self.endResetModel()

    @property
    def given(self) -> int:
        """How many rows there are, shown or not."""
        return len(self._rows)

    @property
    def shown(self) -> int:
        """How many rows the arrangement asks for, groups that are folded included."""
        return sum(len(places) for _, places, _ in self._groups) if self._groups else len(self._order)

    def row_of(self, key: str) -> int | None:
        """Return where a row is shown, None where it isn't."""
        if self._places is None:
            self._places = {self._rows.key(place): place for place in range(len(self._rows))}
        place = self._places.get(key)
        try:
            return None if place is None else self._order.index(place)
        except ValueError:
            return None

    def keys(self) -> list[str]:
        """Return the ids of the rows shown, in order."""
        return [self._rows.key(place) for place in self._order if place >= 0]

    def shown_keys(self) -> list[str]:
        """Return the ids that the arrangement asks for, those in folded groups too."""
        places = [place for _, members, _ in self._groups for place in members] if self._groups else self._order
        return [self._rows.key(place) for place in places]

    def is_group(self, row: int) -> bool:
        """Whether a line is a group's."""
        return 0 <= row < len(self._order) and self._order[row] < 0

    def cell(self, row: int, section: int) -> Cell:
        """Return a cell as it is shown."""
        return self._cells(self._order[row])[section]

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802  Qt's name
        """Return how many lines are shown."""
        return 0 if parent.isValid() else len(self._order)

    def columnCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802  Qt's name
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = _DISPLAY) -> Any:  # noqa: ANN401, PLR0911  a QVariant, of many kinds
        """Hand out what a cell holds; asked some thousand times a repaint."""
        if role in self._silent:
            return None
        if role == _DISPLAY:
            place = self._order[index.row()]
            texts = self._texts.get(place)
            if texts is None:
                texts = self._texts[place] = [cell.text for cell in self._cells(place)]
            return texts[index.column()]
        if role == _ALIGNMENT:
            return self._alignments[index.column()]
        if role == _FONT:
            return self._bold if self._order[index.row()] < 0 else None
        if not index.isValid():
            return None
        read = _READ.get(role)
        if read is not None:
            return read(self._cells(self._order[index.row()])[index.column()])
        if role == _EDIT:
            return self._typed(index)
        place = self._order[index.row()]
        return self._rows.key(place) if role == KEY_ROLE and place >= 0 else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:  # noqa: ANN401, N802
        """Return a heading, and how it is aligned: as its column."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == _DISPLAY:
            return self.columns[section].title
        if role == _ALIGNMENT:
            return self._alignments[section]
        return (as_it_is(self.columns[section].tip) or None) if role == Qt.ItemDataRole.ToolTipRole else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Say which cells can be typed in."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return self._flags[index.column()] if self._order[index.row()] >= 0 else _READ_ONLY

    def setData(self, index: Index, value: Any, role: int = _EDIT) -> bool:  # noqa: ANN401, N802  Qt's name
        """Hand on what was typed; the row itself changes when the portfolio has."""
        if role != _EDIT or self._fill_in is None or self._order[index.row()] < 0:
            return False
        return self._fill_in(str(index.data(KEY_ROLE)), self.columns[index.column()].field, str(value))

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column's native values; -1 is the order in which the rows were given."""
        key = self.columns[column].key if 0 <= column < len(self.columns) else ""
        self.arrange(replace(self.arrangement, sorted_by=key, descending=order is Qt.SortOrder.DescendingOrder))

    def _typed(self, index: Index) -> str:
        field_name = self.columns[index.column()].field
        if not field_name or self._order[index.row()] < 0:
            return self._cells(self._order[index.row()])[index.column()].text
        return self.written(str(index.data(KEY_ROLE)), field_name)

    def _cells(self, place: int) -> tuple[Cell, ...]:
        if place < 0:
            return self._groups[-place - 1][2]
        cells = self._made.get(place)
        if cells is None:
            cells = self._made[place] = self._rows.cells(place)
        return cells

    def _arrange(self) -> None:
        places = self._in_order(self._kept())
        self._groups = []
        self._texts = {place: texts for place, texts in self._texts.items() if place >= 0}
        self._silent = _SILENT | {_FONT}
        if self.arrangement.group:
            places = self._grouped(places)
            self._silent = _SILENT
        self._order = places

    def _kept(self) -> list[int]:
        wanted = self.arrangement
        places = self._found_by(wanted.words)
        for key, test in wanted.tests.items():
            values = self._rows.filtered(key)
            places = [place for place in places if test(values[place])]
        if wanted.keys is not None:
            places = [place for place in places if self._rows.key(place) in wanted.keys]
        return places

    def _found_by(self, words: Words) -> list[int]:
        if not words.words:
            return list(range(len(self._rows)))
        if self._found is not None and self._found[0] == words:
            return self._found[1]
        before = self._found if self._found is not None and _narrows(words, self._found[0]) else None
        searched, finds = self._rows.searched(), words.finds
        among = range(len(self._rows)) if before is None else before[1]
        found = [place for place in among if finds(searched[place])]
        self._found = (words, found)
        return found

    def _in_order(self, places: list[int]) -> list[int]:
        key = self.arrangement.sorted_by
        if key not in self._section:
            return places
        keys = self._sort_keys.get(key)
        if keys is None:
            make = _sort_key(self.columns[self._section[key]])
            keys = self._sort_keys[key] = [None if v is None else make(v) for v in self._rows.values(key)]
        known = [place for place in places if keys[place] is not None]
        unknown = [place for place in places if keys[place] is None]
        known.sort(key=keys.__getitem__, reverse=self.arrangement.descending)
        return known + unknown

    def _grouped(self, places: list[int]) -> list[int]:
        values = self._rows.values(self.arrangement.group)
        by_title: dict[str, list[int]] = {}
        for place in places:
            by_title.setdefault(values[place] or "", []).append(place)
        collate = _collation()
        titles = sorted(by_title, key=lambda title: (not title, collate(title)))
        order: list[int] = []
        for number, title in enumerate(titles, start=1):
            members = by_title[title]
            self._groups.append((title, members, self._rows.subtotal(title, members)))
            order.append(-number)
            if title not in self._folded:
                order.extend(members)
        return order


def _narrows(words: Words, before: Words) -> bool:
    """Whether whatever `words` find was found before: typing on in the same words."""
    return len(words.words) >= len(before.words) and all(
        now.startswith(then) for now, then in zip(words.words, before.words, strict=False)
    )


def _sort_key(column: Column) -> Callable[[Any], Any]:
    if not column.collated:
        return column.order or (lambda value: value)
    return _collation()


def _collation() -> Callable[[str], Any]:
    collator = QCollator(QLocale(QLocale.Language.NorwegianBokmal, QLocale.Country.Norway))
    collator.setNumericMode(True)
    return collator.sortKey
