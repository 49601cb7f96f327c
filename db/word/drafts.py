"""Puts a report's tables into words, and chooses for each part between standing and lying pages.

Must not know WordprocessingML.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from db.report_cells import in_words, printable
from db.word.column_widths import Need, needs_of, orientation_for
from db.word.look import Orientation
from tracker.messages import Message
from tracker.report.content import Part, Row, Say, Table

# Standing chapters of no more lines than a lying page has don't break a row of lying ones: they have room on one.
_FEW_LINES = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A table in words: its headings, its cells, and what its columns need."""

    table: Table
    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    needs: tuple[Need, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A part, its tables in words by their ids (those that have rows), and the page that it is written on."""

    part: Part
    title: str
    shown: Mapping[str, Shown]
    orientation: Orientation

    @property
    def lines(self) -> int:
        """About how many lines it takes."""
        part = self.part
        texts = len(part.preface) + len(part.intro) + 3 * bool(part.key_figures)
        return 2 + texts + sum(3 + len(table.rows) for table in part.tables)


def drafts_of(parts: Sequence[Part], say: Say) -> list[Draft]:
    """Draft the parts, in order."""
    return list(_smoothed([_draft(part, say) for part in parts]))


def shown_in_words(table: Table, *, title: str, say: Say) -> Shown:
    """Put a table's cells into words."""
    headings = tuple(say(column.title) for column in table.columns)
    rows = tuple(
        tuple(in_words(cell, column, say) for cell, column in zip(row.cells, table.columns, strict=True))
        for row in table.rows
    )
    by_column = list(zip(*rows, strict=True)) if rows else [()] * len(headings)
    needs = tuple(needs_of(table.columns, headings, by_column))
    return Shown(table=table, title=title, headings=headings, rows=rows, needs=needs)


def without(table: Table, key: str) -> Table:
    """Return a table without one of its columns, and without a group that begins or ends there."""
    at = table.index_of(key)
    columns = (*table.columns[:at], *table.columns[at + 1 :])
    rows = tuple(replace(row, cells=(*row.cells[:at], *row.cells[at + 1 :])) for row in table.rows)
    groups = tuple(group for group in table.groups if key not in {group.first, group.last})
    return replace(table, columns=columns, rows=rows, groups=groups, telling=None)


def figures_alone(table: Table, row: Row, text: str, *, title: str, say: Say) -> Shown:
    """Return one row's figures without its name and its text, the columns below each other from row to row."""
    figures = without(replace(table, rows=(row,)), text)
    cells = figures.rows[0].cells[1:]
    alone = replace(figures, columns=figures.columns[1:], rows=(replace(row, cells=cells),), groups=())
    return replace(shown_in_words(alone, title=title, say=say), needs=(Need(1.0, 1.0),) * len(cells))


def title_in_words(title: str | Message, say: Say) -> str:
    """Return a title, which may be somebody's own words."""
    return printable(title if isinstance(title, str) else say(title))


def _draft(part: Part, say: Say) -> Draft:
    title = title_in_words(part.title, say)
    shown = {table.id: _shown(table, title, say) for table in part.tables if table.rows}
    orientation = orientation_for([one.needs for one in shown.values()])
    return Draft(part=part, title=title, shown=shown, orientation=orientation)


def _shown(table: Table, part_title: str, say: Say) -> Shown:
    """Put a table into words; where its texts are told below, it goes without them."""
    title = part_title if table.title is None else title_in_words(table.title, say)
    listed = table if table.telling is None else without(table, table.telling.text)
    return shown_in_words(listed, title=title, say=say)


def _smoothed(drafts: Sequence[Draft]) -> Iterator[Draft]:
    """Turn what little stands between lying pages, so that it doesn't have a page of its own."""
    runs = [list(run) for _, run in groupby(drafts, lambda draft: draft.orientation)]
    for number, run in enumerate(runs):
        is_between = 0 < number < len(runs) - 1 and run[0].orientation is Orientation.PORTRAIT
        if is_between and sum(draft.lines for draft in run) <= _FEW_LINES:
            yield from (replace(draft, orientation=Orientation.LANDSCAPE) for draft in run)
        else:
            yield from run
