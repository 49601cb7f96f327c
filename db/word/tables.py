"""Writes a report's tables: headers that come again on every page, rows that stay whole, marks in words and colour.

Must not know which chapter a table belongs to.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from db.report_look import INK, TONES, tint
from db.word.column_widths import shared
from db.word.drafts import Shown, shown_in_words
from db.word.look import INDENT, TWIPS, Style
from db.word.markup import link, paragraph, quoted, run
from tracker.messages import message
from tracker.model import ProjectId
from tracker.report.content import Column, ColumnGroup, ColumnKind, Emphasis, KeyFigure, Mark, Row, Say, Table

# A row with more text than this may go on on the next page; about a third of a page.
_MAY_BREAK = 1500
# A table of no more rows than this stays on one page.
_WHOLE = 14
_KEEP = "<w:keepNext/>"
_BOLD = "<w:b/><w:bCs/>"
_INDENTED = f'<w:ind w:left="{round(INDENT * TWIPS)}"/>'
_RULE_ABOVE = f'<w:tcBorders><w:top w:val="single" w:sz="6" w:space="0" w:color="{INK}"/></w:tcBorders>'
_REPEATED = "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>"
_WHOLE_ROW = "<w:trPr><w:cantSplit/></w:trPr>"


@dataclass(frozen=True, slots=True)
class _Grid:
    """What all rows of a table share: columns, their widths in twips, and where the names of projects lead."""

    columns: Sequence[Column]
    widths: Sequence[int]
    links: Mapping[ProjectId, str]


class TableWriter:
    """Writes tables in the look of one report."""

    def __init__(self, say: Say, accent: str) -> None:
        self._say = say
        self._second_header = (
            f'<w:tcBorders><w:bottom w:val="single" w:sz="8" w:space="0" w:color="{accent}"/></w:tcBorders>'
            f'<w:shd w:val="clear" w:color="auto" w:fill="{tint(accent)}"/>'
        )
        self._heading_row = f'<w:shd w:val="clear" w:color="auto" w:fill="{tint(accent)}"/>'

    def table(
        self, shown: Shown, width: float, *, links: Mapping[ProjectId, str] | None = None, kept: bool = False
    ) -> Iterator[str]:
        """Write a table; `links` are bookmarks of its projects, `kept` keeps it with what follows."""
        widths = [round(own * TWIPS) for own in shared(shown.needs, width)]
        yield self._opening(shown, widths)
        yield from self._headers(shown, widths)
        rows = shown.table.rows
        grid = _Grid(shown.table.columns, widths, links or {})
        is_whole = len(rows) <= _WHOLE
        for number, (row, texts) in enumerate(zip(rows, shown.rows, strict=True)):
            following = rows[number + 1].emphasis if number + 1 < len(rows) else None
            keeps = kept if following is None else is_whole or following is Emphasis.SUM
            yield self._row(grid, row, texts, keeps=keeps)
        yield "</w:tbl>"

    def key_figures(self, figures: Sequence[KeyFigure], width: float, *, title: str) -> Iterator[str]:
        """Write key figures as a table of one row, their names its header."""
        columns = tuple(Column(key="", title=figure.title, kind=figure.kind, dash=True) for figure in figures)
        row = Row(cells=tuple(figure.value for figure in figures))
        shown = shown_in_words(
            Table(id="key-figures", columns=columns, rows=(row,), empty=figures[0].title), title=title, say=self._say
        )
        widths = [round(width / len(figures) * TWIPS)] * len(figures)
        yield self._opening(shown, widths, style=Style.KEY_TABLE)
        yield f"<w:tr>{_REPEATED}"
        yield from (
            _cell(own, "", paragraph(Style.KEY_TITLE, run(heading)))
            for own, heading in zip(widths, shown.headings, strict=True)
        )
        yield f"</w:tr><w:tr>{_WHOLE_ROW}"
        yield from (
            _cell(own, "", paragraph(Style.KEY_FIGURE, run(text)))
            for own, text in zip(widths, shown.rows[0], strict=True)
        )
        yield "</w:tr></w:tbl>"

    def _opening(self, shown: Shown, widths: Sequence[int], *, style: str = Style.TABLE) -> str:
        described = self._say(
            message(
                "Tabell med {count} {count:rad|rader}. Kolonner: {columns}.",
                count=len(shown.rows),
                columns=", ".join(shown.headings),
            )
        )
        grid = "".join(f'<w:gridCol w:w="{own}"/>' for own in widths)
        return (
            f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
            '<w:tblLayout w:type="fixed"/><w:tblLook w:val="0620" w:firstRow="1" w:lastRow="0" w:firstColumn="0" '
            f'w:lastColumn="0" w:noHBand="1" w:noVBand="1"/><w:tblCaption w:val="{quoted(shown.title)}"/>'
            f'<w:tblDescription w:val="{quoted(described)}"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
        )

    def _headers(self, shown: Shown, widths: Sequence[int]) -> Iterator[str]:
        table = shown.table
        if table.groups:
            yield f"<w:tr>{_REPEATED}"
            yield from self._group_cells(table, widths)
            yield "</w:tr>"
        look = '<w:vAlign w:val="bottom"/>'
        if table.groups:
            look = self._second_header + look
        yield f"<w:tr>{_REPEATED}"
        for index, (column, heading, width) in enumerate(zip(table.columns, shown.headings, widths, strict=True)):
            style = Style.TABLE_HEAD_FIGURE if column.kind.is_figure else Style.TABLE_HEAD
            yield _cell(width, look, paragraph(style, run(heading), _indent(index, column)))
        yield "</w:tr>"

    def _group_cells(self, table: Table, widths: Sequence[int]) -> Iterator[str]:
        """Write the cells over groups of columns; those over no group are empty, one a column."""
        over: dict[int, tuple[ColumnGroup, int]] = {
            table.index_of(group.first): (group, table.index_of(group.last)) for group in table.groups
        }
        index = 0
        while index < len(table.columns):
            group, last = over.get(index, (None, index))
            text = "" if group is None else run(self._say(group.title))
            span = f'<w:gridSpan w:val="{last - index + 1}"/>' if last > index else ""
            centred = paragraph(Style.TABLE_HEAD, text, '<w:jc w:val="center"/>')
            yield _cell(sum(widths[index : last + 1]), span, centred)
            index = last + 1

    def _row(self, grid: _Grid, row: Row, texts: Sequence[str], *, keeps: bool) -> str:
        look = {Emphasis.SUM: _RULE_ABOVE, Emphasis.HEADING: self._heading_row}.get(row.emphasis, "")
        letters = "" if row.emphasis is Emphasis.NORMAL else _BOLD
        keep = _KEEP if keeps or row.emphasis is Emphasis.HEADING else ""
        cells = []
        placed = zip(grid.columns, row.cells, texts, grid.widths, strict=True)
        for index, (column, cell, text, width) in enumerate(placed):
            tone = TONES[cell.tone] if isinstance(cell, Mark) else None
            colour = letters if tone is None else f"{letters}{_toned(*tone)}"
            name = grid.links.get(row.project) if index == 0 and row.project is not None else None
            more = keep + _indent(index, column)
            cells.append(_cell(width, look, "".join(_paragraphs(column, text, more, colour, name))))
        may_break = sum(map(len, texts)) > _MAY_BREAK
        return f"<w:tr>{'' if may_break else _WHOLE_ROW}{''.join(cells)}</w:tr>"


def _indent(index: int, column: Column) -> str:
    """Keep a text clear of the figures to its left."""
    return _INDENTED if index and not column.kind.is_figure else ""


def _paragraphs(column: Column, text: str, more: str, letters: str, name: str | None) -> Iterator[str]:
    style = Style.TABLE_FIGURE if column.kind.is_figure else Style.TABLE_TEXT
    pieces = text.split("\n") if column.kind is ColumnKind.LONG_TEXT and "\n" in text else [text]
    for piece in pieces:
        inside = run(piece, letters)
        yield paragraph(style, inside if name is None else link(name, inside), more)


def _toned(letters: str, ground: str) -> str:
    return f'<w:color w:val="{letters}"/><w:shd w:val="clear" w:color="auto" w:fill="{ground}"/>'


def _cell(width: int, look: str, inside: str) -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{look}</w:tcPr>{inside}</w:tc>'
