"""Turns a report's charts into numbers to draw and words to read them by.

Must not know how a chart is drawn.
"""

from __future__ import annotations

from typing import Any

from db.pdf.words import Words
from tracker.money import in_thousands
from tracker.report.content import Chart, ColumnKind, Emphasis, Row, Table


def drawn(chart: Chart, table: Table, words: Words) -> dict[str, Any]:
    """Return a chart as data: its categories and, for each series, sizes and the figures that stand at them."""
    rows = [row for row in table.rows if row.emphasis is Emphasis.NORMAL]
    names = table.index_of(chart.categories)
    return {
        "kind": chart.kind.value,
        "title": words.said(chart.title),
        "description": words.said(chart.description),
        "categories": [words.cell(row.cells[names], table.columns[names]) for row in rows],
        "series": [_series(table, key, rows, words) for key in chart.series],
    }


def _series(table: Table, key: str, rows: list[Row], words: Words) -> dict[str, Any]:
    index = table.index_of(key)
    column = table.columns[index]
    return {
        "title": words.said(column.title),
        "sizes": [_size(row.cells[index], column.kind) for row in rows],
        "figures": [words.cell(row.cells[index], column) for row in rows],
    }


def _size(cell: object, kind: ColumnKind) -> float:
    if not isinstance(cell, int | float):
        return 0
    return in_thousands(int(cell)) if kind is ColumnKind.THOUSANDS else cell
