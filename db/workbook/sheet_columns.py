"""Shares a page's width out among the columns of a part's tables, and chooses the size of their type.

Must not know rows' heights nor openpyxl. Lengths are in points.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from db.report_cells import written
from db.workbook.sheet_look import (
    BODY_SIZE,
    INDENT,
    LINE,
    PADDING_SIDEWAYS,
    PADDING_UPRIGHT,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    SMALL_SIZE,
    TYPE_SIZE,
    WIDER_ON_SCREEN,
    Role,
    is_indented,
)
from db.workbook.sheet_text import TextMeasure
from tracker.money import in_thousands, write_number
from tracker.report.content import Column, ColumnKind, Part, Say, Table

_FIGURE = (42.0, 78.0)
_NAME = (80.0, 190.0)
# Beside a long text a name may wrap, at about 26 letters, so that the long text has room: the widest
# that a name may be, in ems. What is tried in turn is a type size and that width.
_WIDE_NAME, _NARROW_NAME = 13.2, 10.0
_TRIALS = ((BODY_SIZE, _WIDE_NAME), (SMALL_SIZE, _WIDE_NAME), (SMALL_SIZE, _NARROW_NAME))
_LONG = 170.0
_SHORT_REMARK = 80
_WITHOUT_TABLE = (PAGE_WIDTH,)
# What a repeated header of two rows takes of a page, and how long a text may be and surely fit one.
_HEADER_ROOM = 40.0
_SHORT, _FEW_BREAKS = 1000, 20


def _column_widths(part: Part, say: Say, measure: TextMeasure, setting: tuple[float, float]) -> list[float]:
    """Return the columns' widths: figures as wide as they need, texts share the rest of the page."""
    tables = [table for table in part.tables if table.rows]
    count = max((len(table.columns) for table in tables), default=0)
    if not count:
        return list(_WITHOUT_TABLE)
    needed = [
        max(_needed(table, index, say, measure, setting) for table in tables if index < len(table.columns))
        for index in range(count)
    ]
    kinds = [_widest_kind(tables, index) for index in range(count)]
    return _filled(needed, kinds)


def _needed(table: Table, index: int, say: Say, measure: TextMeasure, setting: tuple[float, float]) -> float:
    size, name_ems = setting
    column = table.columns[index]
    heading = _widest_word(say(column.title), measure)
    if column.kind is ColumnKind.LONG_TEXT:
        return _LONG
    texts = _figure_texts(table, index) if column.kind.is_figure else _texts(table, index, column, say)
    bold = column.kind is not ColumnKind.COMPLETION
    widest = max((measure.width(text, size, bold=bold) for text in texts), default=0.0)
    indent = INDENT if is_indented(index, column.kind) else 0.0
    needed = max(heading, widest) * WIDER_ON_SCREEN + PADDING_SIDEWAYS + indent
    if column.kind.is_figure:
        return max(needed, _FIGURE[0])
    if column.kind is ColumnKind.TEXT:
        has_long = any(_holds_long_texts(table, at) for at in range(len(table.columns)))
        return min(max(needed, _NAME[0]), name_ems * size if has_long else _NAME[1])
    return needed


def _holds_long_texts(table: Table, index: int) -> bool:
    """Whether a column for long texts has any: short remarks leave names the room that they need."""
    if table.columns[index].kind is not ColumnKind.LONG_TEXT:
        return False
    cells = (row.cells[index] for row in table.rows)
    return any(len(cell if isinstance(cell, str) else str(cell)) > _SHORT_REMARK for cell in cells if cell)


def _figure_texts(table: Table, index: int) -> Iterable[str]:
    figures = [cell for row in table.rows if isinstance(cell := row.cells[index], int | float)]
    if not figures:
        return ()
    kind = table.columns[index].kind
    if kind is ColumnKind.PERCENT:
        return (f"{figure * 100:.1f} %" for figure in (min(figures), max(figures)))
    in_unit = in_thousands if kind is ColumnKind.THOUSANDS else int
    return (write_number(in_unit(int(figure))) for figure in (min(figures), max(figures)))


def _texts(table: Table, index: int, column: Column, say: Say) -> Iterable[str]:
    return (str(value) for row in table.rows if (value := written(row.cells[index], column, say)) is not None)


def _widest_word(text: str, measure: TextMeasure) -> float:
    return max((measure.width(word, TYPE_SIZE[Role.HEADER], bold=True) for word in text.split()), default=0.0)


def _widest_kind(tables: list[Table], index: int) -> ColumnKind:
    kinds = [table.columns[index].kind for table in tables if index < len(table.columns)]
    return next((kind for kind in (ColumnKind.LONG_TEXT, ColumnKind.TEXT) if kind in kinds), kinds[0])


def _filled(needed: list[float], kinds: list[ColumnKind]) -> list[float]:
    """Fill the page: long texts take what is left; without them figures first, then names."""
    widths = list(needed)
    left = PAGE_WIDTH - sum(widths)
    long = [index for index, kind in enumerate(kinds) if kind is ColumnKind.LONG_TEXT]
    names = [index for index, kind in enumerate(kinds) if kind is ColumnKind.TEXT]
    if left > 0 and not long:
        figures = [index for index in range(len(kinds)) if index not in names]
        left -= _widen(widths, figures, left)
    growing = long or names or list(range(len(widths)))
    if left < 0:
        growing = names or growing
    for index in growing:
        widths[index] = max(widths[index] + left / len(growing), _NAME[0])
    return widths


def _widen(widths: list[float], figures: list[int], left: float) -> float:
    """Widen the columns of figures evenly, to their largest at most; returns what it took."""
    if not figures:
        return 0.0
    each = left / len(figures)
    taken = 0.0
    for index in figures:
        more = max(0.0, min(each, _FIGURE[1] - widths[index]))
        widths[index] += more
        taken += more
    return taken


def body_of(part: Part, say: Say, measure: TextMeasure) -> tuple[float, list[float]]:
    """Choose the type size of the part's rows, and its columns: smaller if that keeps the longest text on one page."""
    for setting in _TRIALS:
        widths = _column_widths(part, say, measure, setting)
        if all(_fits_page(table, widths, setting[0], measure) for table in part.tables):
            return setting[0], widths
    return BODY_SIZE, _column_widths(part, say, measure, _TRIALS[0])


def _fits_page(table: Table, widths: Sequence[float], size: float, measure: TextMeasure) -> bool:
    room = (PAGE_HEIGHT - _HEADER_ROOM - PADDING_UPRIGHT) / (size * LINE)
    for index, column in enumerate(table.columns):
        if column.kind is not ColumnKind.LONG_TEXT or not table.rows:
            continue
        width = (widths[index] - PADDING_SIDEWAYS - INDENT) / WIDER_ON_SCREEN
        for row in table.rows:
            text = row.cells[index]
            if not isinstance(text, str) or (len(text) < _SHORT and text.count("\n") < _FEW_BREAKS):
                continue
            if measure.lines(text, width, size=size) > room:
                return False
    return True


def shared_slots(widths: Sequence[float], count: int) -> list[tuple[int, int]]:
    """Share the columns out into slots of about equal width, from the left."""
    slots, first = [], 0
    for rest in range(count - 1, -1, -1):
        wanted = sum(widths[first:]) / (rest + 1)
        last, used = first, widths[first]
        while last + 1 < len(widths) - rest and used + widths[last + 1] / 2 < wanted:
            last += 1
            used += widths[last]
        slots.append((first, last if rest else len(widths) - 1))
        first = last + 1
    return slots
