"""Lays a part of a report out as the lines of a sheet: values, looks, heights and merged cells.

Must not know openpyxl. Lengths are in points; amounts become thousands here, where they are written.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace

from db.report_cells import Value, printable, written
from db.workbook.sheet_columns import body_of, shared_slots
from db.workbook.sheet_look import (
    BOLD,
    CHART_HEIGHT,
    INDENT,
    LINE,
    MAX_ROW_HEIGHT,
    PADDING_SIDEWAYS,
    PADDING_UPRIGHT,
    PAGE_HEIGHT,
    PARAGRAPH_GAP,
    PIXEL,
    TYPE_SIZE,
    WIDER_ON_SCREEN,
    Look,
    Role,
    is_indented,
)
from db.workbook.sheet_plan import Line, Placed, PlacedChart, PlacedKeyFigure, PlacedRow, Plan, Region, page_breaks
from db.workbook.sheet_text import TextMeasure, in_pieces, is_formula_like
from tracker.report.content import Column, ColumnKind, Emphasis, Mark, Part, Row, Say, Table

_GAP = 14.0


def plan_part(part: Part, *, say: Say, measure: TextMeasure, title: str, subtitle: str) -> Plan:
    """Lay a part out under a title, its text wrapped so that all of it shows."""
    return _Layout(part, say, measure).plan(title, subtitle)


class _Layout:
    """One part being laid out, a line after another."""

    def __init__(self, part: Part, say: Say, measure: TextMeasure) -> None:
        self._part = part
        self._say = say
        self._measure = measure
        self._size, widths = body_of(part, say, measure)
        self._plan = Plan(title=say(part.title), widths=widths)
        self._lines = self._plan.lines
        self._known_looks: dict[tuple[str, Role, Emphasis], Sequence[Look]] = {}

    def plan(self, title: str, subtitle: str) -> Plan:
        self._across(title, Role.TITLE)
        self._across(subtitle, Role.SUBTITLE)
        self._gap()
        self._preface()
        self._key_figures()
        for paragraph in self._part.intro:
            self._across(" ".join(map(self._say, paragraph)), Role.PARAGRAPH)
        if self._part.intro:
            self._gap()
        alike = _alike_from(self._part)
        for position, table in enumerate(self._part.tables):
            if position:
                self._gap()
            repeated = position >= alike
            self._table(table, repeated=repeated, headed=not (repeated and self._plan.repeated))
        self._plan.breaks = list(page_breaks(self._plan))
        return self._plan

    def _preface(self) -> None:
        for paragraph in self._part.preface:
            for piece in in_pieces(printable(paragraph)):
                self._across(piece, Role.PARAGRAPH)
        if self._part.preface:
            self._gap()

    def _across(self, text: str, role: Role, *, ruled: bool = False) -> None:
        """Place a text over the whole width, in a merged cell."""
        count = len(self._plan.widths)
        look = Look(role, quoted=is_formula_like(text), ruled=ruled)
        height = self._height(text, sum(self._plan.widths), role)
        height += PARAGRAPH_GAP if role is Role.PARAGRAPH else 0.0
        down = math.ceil(height / MAX_ROW_HEIGHT)
        merged = ((0, count - 1, down),) if count > 1 or down > 1 else ()
        cells = [Placed(text, look), *[Placed(None, look)] * (count - 1)]
        self._lines.append(Line(height / down, cells, merged, keep_with_next=role is not Role.PARAGRAPH))
        for _ in range(1, down):
            self._lines.append(Line(height / down, [Placed(None, look)] * count))

    def _gap(self, height: float = _GAP) -> None:
        self._lines.append(Line(height, keep_with_next=True))

    def _key_figures(self) -> None:
        figures = self._part.key_figures
        if not figures:
            return
        slots = shared_slots(self._plan.widths, len(figures))
        for role in (Role.KEY_TITLE, Role.KEY_VALUE):
            cells: list[Placed | None] = [None] * len(self._plan.widths)
            for figure, (first, last) in zip(figures, slots, strict=True):
                column = Column(key="", title=figure.title, kind=figure.kind, dash=True)
                value = self._say(figure.title) if role is Role.KEY_TITLE else written(figure.value, column, self._say)
                kind = ColumnKind.TEXT if role is Role.KEY_TITLE else figure.kind
                for index in range(first, last + 1):
                    cells[index] = Placed(value if index == first else None, Look(role, kind))
            if role is Role.KEY_VALUE:
                self._plan.key_figures += [
                    PlacedKeyFigure(figure, len(self._lines), first)
                    for figure, (first, _) in zip(figures, slots, strict=True)
                ]
            merged = tuple((first, last, 1) for first, last in slots if last > first)
            height = TYPE_SIZE[role] * LINE + PADDING_UPRIGHT
            self._lines.append(Line(height, cells, merged, keep_with_next=True))
        self._gap()

    def _table(self, table: Table, *, repeated: bool, headed: bool) -> None:
        start = len(self._lines)
        chart = next((chart for chart in self._part.charts if chart.table == table.id), None)
        if table.title is not None:
            title = printable(table.title) if isinstance(table.title, str) else self._say(table.title)
            self._across(title, Role.TABLE_TITLE)
        chart_line = len(self._lines)
        if chart is not None:
            self._lines.append(Line(CHART_HEIGHT, keep_with_next=True))
        if not table.rows:
            self._across(self._say(table.empty), Role.PARAGRAPH)
            return
        if headed:
            self._header(table, repeated=repeated)
        first = len(self._lines)
        for row in table.rows:
            if row.emphasis is Emphasis.SUM and len(self._lines) > first:
                # A sum is not left alone on a page.
                self._lines[-1].keep_with_next = True
            self._row(table, row)
        # Tables under one header are one region.
        self._plan.regions[-1].last = len(self._lines) - 1
        if chart is not None:
            self._plan.charts.append(PlacedChart(chart, table, chart_line, (first, len(self._lines) - 1)))
        if len(self._part.tables) > 1:
            self._keep_together(start)

    def _keep_together(self, start: int) -> None:
        """Keep a table whole on one page if a page holds it, under the heading that is repeated there."""
        lines = self._lines[start:]
        room = PAGE_HEIGHT - _GAP
        if self._plan.repeated is not None:
            first, last = self._plan.repeated
            room -= sum(line.height for line in self._lines[first : last + 1])
        if sum(line.height for line in lines) <= room:
            for line in lines[:-1]:
                line.keep_with_next = True

    def _header(self, table: Table, *, repeated: bool) -> None:
        first = len(self._lines)
        if table.groups:
            self._lines.append(self._group_header(table))
        cells = [
            Placed(
                self._say(column.title),
                Look(Role.HEADER, column.kind, indented=is_indented(index, column.kind)),
            )
            for index, column in enumerate(table.columns)
        ]
        height = max(
            self._height(str(cell.value), width, Role.HEADER)
            for cell, width in zip(cells, self._plan.widths, strict=False)
        )
        self._lines.append(Line(height, cells, keep_with_next=True))
        header = len(self._lines) - 1
        self._plan.regions.append(Region(header, header, len(table.columns)))
        if repeated:
            self._plan.repeated = (first, len(self._lines) - 1)

    def _group_header(self, table: Table) -> Line:
        cells: list[Placed | None] = [Placed(None, Look(Role.GROUP_HEADER)) for _ in table.columns]
        merged = []
        for group in table.groups:
            first, last = table.index_of(group.first), table.index_of(group.last)
            for index in range(first, last + 1):
                title = self._say(group.title) if index == first else None
                cells[index] = Placed(title, Look(Role.GROUP_HEADER, ruled=True))
            merged.append((first, last, 1))
        return Line(TYPE_SIZE[Role.GROUP_HEADER] * LINE + PADDING_UPRIGHT, cells, tuple(merged), keep_with_next=True)

    def _row(self, table: Table, row: Row) -> None:
        values = [written(cell, column, self._say) for cell, column in zip(row.cells, table.columns, strict=True)]
        pieces = [in_pieces(value) if isinstance(value, str) else [value] for value in values]
        count = max(map(len, pieces), default=1)
        self._plan.rows.append(PlacedRow(table, row, len(self._lines)))
        for number in range(count):
            part_values = [piece[number] if number < len(piece) else None for piece in pieces]
            role = Role.CELL if number == count - 1 else Role.CONTINUED
            self._place_row(table, row, part_values, role)

    def _place_row(self, table: Table, row: Row, values: Sequence[Value], role: Role) -> None:
        bold = row.emphasis is not Emphasis.NORMAL
        cells: list[Placed | None] = []
        heights: list[float] = []
        for index, (value, look) in enumerate(zip(values, self._looks(table, role, row.emphasis), strict=True)):
            cell = row.cells[index]
            if isinstance(cell, Mark) and value is not None:
                look = replace(look, tone=cell.tone)  # noqa: PLW2901  the same look but for this
            height = 0.0
            if isinstance(value, str):
                if is_formula_like(value):
                    look = replace(look, quoted=True)  # noqa: PLW2901
                room = self._plan.widths[index] - (INDENT if look.indented else 0.0)
                height = self._height(value, room, role, bold=bold)
            cells.append(Placed(value, look))
            heights.append(height)
        self._lines.extend(_tall_lines(cells, heights, keep=row.emphasis is Emphasis.HEADING))

    def _looks(self, table: Table, role: Role, emphasis: Emphasis) -> Sequence[Look]:
        """Return the looks of a row's cells, the same objects for all rows alike."""
        key = table.id, role, emphasis
        if key not in self._known_looks:
            top = any(column.kind is ColumnKind.LONG_TEXT for column in table.columns)
            self._known_looks[key] = [
                Look(role, column.kind, emphasis, top=top, size=self._size, indented=is_indented(index, column.kind))
                for index, column in enumerate(table.columns)
            ]
        return self._known_looks[key]

    def _height(self, text: str, width: float, role: Role, *, bold: bool = False) -> float:
        size = self._size if role in {Role.CELL, Role.CONTINUED} else TYPE_SIZE[role]
        room = (width - PADDING_SIDEWAYS) / WIDER_ON_SCREEN
        lines = self._measure.lines(text, room, size=size, bold=bold or role in BOLD)
        return math.ceil(lines * size * LINE / PIXEL) * PIXEL + PADDING_UPRIGHT


def _tall_lines(cells: list[Placed | None], heights: list[float], *, keep: bool) -> Iterator[Line]:
    """Return the row as one line, or as several with the long texts merged down over them.

    Excel shows no row above 409 points; a text that needs more keeps its one cell, merged downward.
    """
    plain = TYPE_SIZE[Role.CELL] * LINE + PADDING_UPRIGHT
    needed = max(plain, *heights)
    count = math.ceil(needed / MAX_ROW_HEIGHT)
    if count == 1:
        yield Line(needed, cells, keep_with_next=keep)
        return
    height = math.ceil(needed / count / PIXEL) * PIXEL
    tall = [index for index, own in enumerate(heights) if own > height]
    first = [None if cell is None else Placed(cell.value, replace(cell.look, role=Role.CONTINUED)) for cell in cells]
    yield Line(height, first, tuple((index, index, count) for index in tall), keep_with_next=True)
    # Lines under the others: LibreOffice prints no page that nothing but the middle of a merged cell is on.
    below = [None if cell is None else Placed(None, replace(cell.look, tone=None)) for cell in cells]
    for number in range(1, count):
        yield Line(height, below, keep_with_next=keep or number < count - 1)


def _alike_from(part: Part) -> int:
    """Return from which table on one header serves all, so that it can be frozen and repeated on paper."""
    tables = part.tables
    headed = [position for position, table in enumerate(tables) if table.rows]
    if part.charts or not headed:
        return len(tables)
    header = tables[headed[-1]].columns, tables[headed[-1]].groups
    others = [position for position in headed if (tables[position].columns, tables[position].groups) != header]
    return others[-1] + 1 if others else 0
