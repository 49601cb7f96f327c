"""A sheet as it will be written: its lines, merged cells and charts, and where its pages end.

Must not know openpyxl, nor what the cells say. Lengths are in points.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from db.report_cells import Value
from db.workbook.sheet_look import PAGE_HEIGHT, Look
from tracker.report.content import Chart, KeyFigure, Row, Table


@dataclass(frozen=True, slots=True)
class Placed:
    """A value and how it looks."""

    value: Value
    look: Look


@dataclass(slots=True)
class Line:
    """One row of the sheet; merged are (first column, last column, rows down), counted from 0."""

    height: float
    cells: Sequence[Placed | None] = ()
    merged: tuple[tuple[int, int, int], ...] = ()
    keep_with_next: bool = False


@dataclass(frozen=True, slots=True)
class PlacedChart:
    """A chart, the line that it stands on, and the lines (first, last) of the table rows that it draws."""

    chart: Chart
    table: Table
    line: int
    drawn: tuple[int, int]


@dataclass(frozen=True, slots=True)
class PlacedRow:
    """A row of a table, and the line that its figures stand on."""

    table: Table
    row: Row
    line: int


@dataclass(frozen=True, slots=True)
class PlacedKeyFigure:
    """A key figure, and the line and column that it stands in."""

    figure: KeyFigure
    line: int
    column: int


@dataclass(slots=True)
class Region:
    """A table on the sheet: the line of its header, its last line, and how many columns it has."""

    header: int
    last: int
    columns: int


@dataclass(slots=True)
class Plan:
    """A sheet as it will be written; lines are counted from 0."""

    title: str
    widths: list[float]
    lines: list[Line] = field(default_factory=list)
    repeated: tuple[int, int] | None = None
    breaks: list[int] = field(default_factory=list)
    charts: list[PlacedChart] = field(default_factory=list)
    regions: list[Region] = field(default_factory=list)
    rows: list[PlacedRow] = field(default_factory=list)
    key_figures: list[PlacedKeyFigure] = field(default_factory=list)


def page_breaks(plan: Plan) -> Iterator[int]:
    """Find the lines before which a page ends: no heading is left behind by its rows, no sum stands alone.

    All ends are told, not only those that matter, so that a printer's own rounding can't add up.
    """
    repeated = 0.0
    if plan.repeated is not None:
        first, last = plan.repeated
        repeated = sum(line.height for line in plan.lines[first : last + 1])
    used = 0.0
    for start, end in _blocks(plan.lines):
        height = sum(line.height for line in plan.lines[start : end + 1])
        if start and used + height > PAGE_HEIGHT:
            yield start
            used = repeated
        for number in range(start, end + 1):
            if number > start and used + plan.lines[number].height > PAGE_HEIGHT:
                yield number
                used = repeated
            used += plan.lines[number].height


def _blocks(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """Group lines that belong on one page: (first, last) of each group."""
    start = 0
    for end, line in enumerate(lines):
        if not line.keep_with_next or end + 1 == len(lines):
            yield start, end
            start = end + 1
