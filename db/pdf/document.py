"""Turns a report into the data that its pages are set from: texts, sizes and places, nothing left to be worked out.

Must not know typst, nor how anything looks beyond how wide it is. What stands here is data: no text is ever markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, groupby, takewhile
from typing import Any

from db.logo import KINDS
from db.pdf.charts import drawn
from db.pdf.columns import LYING, TYPE_SIZE, UPRIGHT, Column, Measure
from db.pdf.letters import breakable
from db.pdf.words import Words
from tracker.messages import Message, message
from tracker.report.content import (
    EXAMPLE,
    LANGUAGE,
    ColumnKind,
    Emphasis,
    Logo,
    Mark,
    Part,
    Report,
    Row,
    Table,
    Typeface,
)

Data = dict[str, Any]

FONTS = {
    Typeface.SANS: ("Source Sans 3",),
    Typeface.SERIF: ("Source Serif 4", "Source Sans 3"),
}
_AUTHOR = "Tertial"
_THOUSANDS = message("Beløp i 1000 kroner")
# Letters of a text are about half as wide as they are high. A row with more lines than these may run over two pages.
_LETTER = TYPE_SIZE / 2
_MOST_LINES_TOGETHER = 24
_LONGEST_WORD_IN_TEXT = 60
_A_FEW_ROWS = 12
_SHORT_LAST_WORDS = re.compile(r" (\S{1,2}) (\S{1,2})$")


def document_of(report: Report, words: Words) -> Data:
    """Return a report as data."""
    period = report.period
    example = words.said(EXAMPLE) if report.is_example else ""
    title = words.said(report.title)
    return {
        "language": words.said(LANGUAGE),
        "title": title,
        "author": words.said(report.owner) or _AUTHOR,
        "owner": words.said(report.owner),
        "date": {"year": period.ends.year, "month": period.ends.month, "day": period.ends.day},
        "dated": words.said(message("{period} · tall per {date}", period=period, date=period.ends)),
        "example": example,
        "running": title,
        "page-of": words.said(message("Side {page} av {pages}", page="{page}", pages="{pages}")),
        "contents": words.said(message("Innhold")),
        "accent": f"#{report.look.accent}",
        "fonts": FONTS[report.look.typeface],
        "logo": _logo(report.look.logo, report, words),
        "runs": list(_runs(report.parts, words)),
    }


@dataclass(frozen=True, slots=True)
class _Printed:
    """A part, and the columns of its tables as printed, by the tables' ids."""

    part: Part
    columns: Mapping[str, list[Column]]

    @property
    def filled(self) -> list[list[Column]]:
        """The tables that have rows."""
        return [self.columns[table.id] for table in self.part.tables if table.rows]

    @property
    def is_short(self) -> bool:
        """Whether it takes so little room that it isn't worth turning a page for."""
        rows = sum(len(table.rows) for table in self.part.tables)
        return (
            rows <= _A_FEW_ROWS and not self.part.charts and not any(column.is_long for column in chain(*self.filled))
        )


def _runs(parts: Sequence[Part], words: Words) -> Iterator[Data]:
    """Yield the parts in runs whose pages lie the same way."""
    measure = Measure()
    run: Data | None = None
    for part in parts:
        printed = _Printed(part, {table.id: _columns(table, words) for table in part.tables})
        lying = any(map(measure.is_wide, printed.filled)) or (run is not None and run["lying"] and printed.is_short)
        if run is None or run["lying"] != lying:
            if run is not None:
                yield run
            run = {"lying": lying, "parts": []}
        run["parts"].append(_part(printed, measure, words, page=LYING if lying else UPRIGHT))
    if run is not None:
        yield run


def _logo(logo: Logo | None, report: Report, words: Words) -> Data | None:
    if logo is None:
        return None
    name: str | Message = message("Logoen til {owner}", owner=report.owner) if report.owner else message("Logo")
    return {"kind": KINDS[logo.kind], "content": list(logo.content), "description": words.said(name)}


def _part(printed: _Printed, measure: Measure, words: Words, *, page: float) -> Data:
    part = printed.part
    kinds = {column.kind for column in chain(*printed.filled)} | {figure.kind for figure in part.key_figures}
    return {
        "title": words.said(part.title),
        "unit": words.said(_THOUSANDS) if ColumnKind.THOUSANDS in kinds else "",
        "paragraphs": list(_paragraphs(part, words)),
        "key-figures": [
            {"title": words.said(figure.title), "value": words.figure(figure)} for figure in part.key_figures
        ],
        "tables": list(_tables(printed, measure, words, page=page)),
    }


def _paragraphs(part: Part, words: Words) -> Iterator[str]:
    for text in part.preface:
        yield breakable(words.said(text), _LONGEST_WORD_IN_TEXT)
    for paragraph in part.intro:
        yield breakable(" ".join(map(words.said, paragraph)), _LONGEST_WORD_IN_TEXT)


def _columns(table: Table, words: Words) -> list[Column]:
    return [
        Column(
            column.kind,
            _bound(words.said(column.title)),
            [words.cell(row.cells[index], column) for row in table.rows],
        )
        for index, column in enumerate(table.columns)
    ]


def _bound(heading: str) -> str:
    """Bind two short last words to each other, so that the last doesn't stand alone on a line: «Avvik / i kr»."""
    return _SHORT_LAST_WORDS.sub(" \\1\u00a0\\2", heading)


def _tables(printed: _Printed, measure: Measure, words: Words, *, page: float) -> Iterator[Data]:
    """Yield the part's tables; those in a row that have the same columns share their widths."""
    part = printed.part
    for _, alike in groupby(part.tables, key=lambda table: table.columns):
        tables = list(alike)
        measured = [printed.columns[table.id] for table in tables if table.rows]
        widths = measure.widths(measured, page) if measured else []
        for table in tables:
            chart = next((chart for chart in part.charts if chart.table == table.id), None)
            rows = list(_rows(table, printed.columns[table.id], widths))
            yield {
                "title": "" if table.title is None else words.said(table.title),
                "empty": words.said(table.empty),
                "chart": None if chart is None or not table.rows else drawn(chart, table, words),
                "columns": [
                    {"title": column.heading, "figures": column.kind.is_figure, "width": round(width, 2)}
                    for column, width in zip(printed.columns[table.id], widths, strict=False)
                ],
                "groups": _groups(table, words),
                "rows": rows,
                "together": _closing(rows),
            }


def _groups(table: Table, words: Words) -> list[tuple[str, int, int]]:
    return [
        (words.said(group.title), table.index_of(group.first), table.index_of(group.last)) for group in table.groups
    ]


def _closing(rows: Sequence[Data]) -> int:
    """Return how many rows at the end stay on one page: the sums, and the row before them unless it is long."""
    sums = len(list(takewhile(lambda row: row["kind"] == Emphasis.SUM.value, reversed(rows))))
    if sums == 0 or sums == len(rows) or rows[-sums - 1]["long"]:
        return sums
    return sums + 1


def _rows(table: Table, columns: Sequence[Column], widths: Sequence[float]) -> Iterator[Data]:
    room = [max(4, int(width / _LETTER)) for width in widths]
    for number, row in enumerate(table.rows):
        texts = [
            text if column.kind.is_figure else breakable(text, _LONGEST_WORD_IN_TEXT if column.is_long else letters)
            for column, letters in zip(columns, room, strict=True)
            for text in (column.texts[number],)
        ]
        yield {
            "kind": row.emphasis.value,
            "long": any(
                _lines(text, letters) > _MOST_LINES_TOGETHER for text, letters in zip(texts, room, strict=True)
            ),
            "cells": list(_cells(row, texts)),
        }


def _cells(row: Row, texts: Sequence[str]) -> Iterator[str | Data]:
    for cell, text in zip(row.cells, texts, strict=True):
        if isinstance(cell, Mark):
            yield {"tone": cell.tone.value, "text": text}
        else:
            yield text


def _lines(text: str, letters: int) -> int:
    return len(text) // letters + text.count("\n") + 1
