"""Reads a § 5-5 that somebody made in any program: a workbook with all its sheets, CSV, text or PDF.

Must not know what a line means: that is `tracker.statement_check`'s.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from db.published.report import read_chapter_lines
from db.sheets.sheet import open_sheet, refuse_too_many
from tracker.statement_check.reading import read_tables
from tracker.statement_check.tables import ReadStatement
from tracker.statement_check.texts import Placed, rows_of_text

_TEXTS = {".txt", ".pdf"}


def read_statement_file(path: Path) -> ReadStatement:
    """Read the parts of the statement that a file holds.

    Raises Refusal when it holds none, or is no file that can be read; Trouble when the disk says no.
    """
    if path.suffix.casefold() in _TEXTS:
        return read_tables(rows_of_text(read_chapter_lines(path)))
    return read_tables(_rows(path))


def _rows(path: Path) -> Iterator[Placed]:
    """Yield the rows of all sheets, one after the other, each with its place in its own sheet."""
    with open_sheet(path) as opened:
        others = opened.others
        for place, row in enumerate((row for stretch in opened.stretches for row in stretch), start=1):
            refuse_too_many(place, path)
            yield place, row
        first = opened.name
    for name in others:
        if name == first:
            continue
        with open_sheet(path, sheet=name) as opened:
            for place, row in enumerate((row for stretch in opened.stretches for row in stretch), start=1):
                refuse_too_many(place, path)
                yield place, row
