"""Shortens the long texts of a report, for those who want an overview on paper; what is left out is said.

Must not know what a text is about.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tracker.messages import message
from tracker.report.content import Cell, Column, ColumnKind, Part, Report, Table

_MOST_LETTERS = 300
_SHORTENED = message("Lange tekster er forkortet; der det står …, står resten i Tertial.")
_SENTENCE_ENDS = (". ", "! ", "? ")


def shortened(report: Report) -> Report:
    """Return a report whose texts by people are no longer than some lines."""
    return replace(report, parts=tuple(map(_part, report.parts)))


def _part(part: Part) -> Part:
    tables = tuple(map(_table, part.tables))
    if tables == part.tables:
        return part
    return replace(part, tables=tables, intro=(*part.intro, (_SHORTENED,)))


def _table(table: Table) -> Table:
    rows = tuple(replace(row, cells=_cells(row.cells, table.columns)) for row in table.rows)
    return replace(table, rows=rows)


def _cells(cells: Sequence[Cell], columns: Sequence[Column]) -> tuple[Cell, ...]:
    return tuple(
        short(cell) if column.kind is ColumnKind.LONG_TEXT and isinstance(cell, str) else cell
        for cell, column in zip(cells, columns, strict=True)
    )


def short(text: str) -> str:
    """Return the beginning of a text: as many whole sentences as there is room for, else whole words."""
    if len(text) <= _MOST_LETTERS:
        return text
    room = text[: _MOST_LETTERS - 1]
    ends = max(room.rfind(end) for end in _SENTENCE_ENDS) + 1
    if ends < _MOST_LETTERS // 3:
        ends = max(room.rfind(" "), 0) or len(room)
    return f"{room[:ends].rstrip()} …"
