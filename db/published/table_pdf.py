"""Finds the published status table on the pages of a PDF: which words are name and figures, and which are comment.

Must not know how a PDF is read, nor which digits belong to which column.

The form: one column header at least; a row begins on a line that has its figures, with name, figures and comment
beginning at the same height. What can't be told apart: names that stand higher than their figures.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise

from db.published.pdf_lines import PrintedLine, Word, offsets, text_of
from tracker.messages import Refusal, message, source
from tracker.published.content import PublishedTable
from tracker.published.line_join import join_lines, keeps_spaces
from tracker.published.table_pages import Line, column_of, find_headers, is_page_number, no_header, refuse_other_order
from tracker.published.table_rows import RawRow, build_table, is_sum, is_total, row_on

_SLACK = 1.5
"""Points that a word may begin to the left of its column."""

_SAME_PLACE = 3.0
_CLEAR_GAP = 0.8
_PARAGRAPH_GAP = 0.7
_EDGE_LINES = 3


@dataclass
class _Row:
    """A row being gathered: the words left of its comment, where its figures begin, and the lines that follow."""

    words: list[Word]
    row: RawRow
    figures_x0: float = 0.0
    names: list[str] = field(default_factory=list)
    comment: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        name_end = max(reading.name_end for reading in self.row.preferred or self.row.readings)
        begins = zip(self.words, offsets(self.words), strict=True)
        self.figures_x0 = next(word.x0 for word, at in begins if at >= name_end)

    def raw(self) -> RawRow:
        """Return the row with all its lines."""
        return replace(self.row, name_below=tuple(self.names), comment=tuple(self.comment))


@dataclass
class _Body:
    """The table's lines, each with the place where comments begin, and the lines before the table."""

    before: list[PrintedLine] = field(default_factory=list)
    lines: list[tuple[PrintedLine, float]] = field(default_factory=list)


def read_pdf_table(lines: Sequence[PrintedLine]) -> PublishedTable:
    """Read the table from the printed lines of a whole PDF.

    Raises Refusal as `tracker.tabletext.read_table` does.
    """
    body = _body(without_furniture(lines))
    rows, outside = _rows_in(body.lines)
    spaces_kept = keeps_spaces([text for row in rows for text in row.comment])
    leftovers = [join_lines(texts, spaces_kept=spaces_kept) for texts in paragraphs(body.before + outside)]
    return build_table([row.raw() for row in rows], spaces_kept=spaces_kept, leftovers=leftovers)


def _body(pages: Sequence[Sequence[PrintedLine]]) -> _Body:
    """Find the header on the pages that have it, and where comments begin below; other pages take the last place."""
    body = _Body()
    comment_x0: float | None = None
    for page in pages:
        headers = find_headers([Line(line.text) for line in page])
        at = 0
        for begin, end in [*headers, (len(page), len(page))]:
            if comment_x0 is None:
                body.before += page[at:begin]
            else:
                body.lines += [(line, comment_x0) for line in page[at:begin]]
            if begin < end:
                comment_x0 = _comment_x0(page[begin:end], page[end:])
            at = end
    if comment_x0 is None:
        raise no_header()
    return body


def _comment_x0(header: Sequence[PrintedLine], below: Sequence[PrintedLine]) -> float:
    """Return where comments begin: where most texts right of the deviation's title do, whichever way that is set."""
    titles: dict[str, list[Word]] = {}
    for line in header:
        for word in line.words:
            title = column_of(word.text)
            if title is not None:
                titles.setdefault(title, []).append(word)
    refuse_other_order(sorted(titles, key=lambda title: min(word.x0 for word in titles[title])))
    *_, deviation, comment = (titles[title][0] for title in sorted(titles, key=lambda title: titles[title][0].x0))
    begins = Counter(
        round(word.x0)
        for line in below
        for at, word in enumerate(line.words)
        if (at == 0 or word.wide_before) and deviation.x1 < word.x0 <= comment.x0 + _SLACK
    )
    if not begins:
        return comment.x0
    most = max(begins.values())
    return float(max(x0 for x0, times in begins.items() if times == most))


def _rows_in(lines: Sequence[tuple[PrintedLine, float]]) -> tuple[list[_Row], list[PrintedLine]]:
    """Split the table's lines into rows; the lines before the first row and after the sum come back as they are."""
    rows: list[_Row] = []
    outside: list[PrintedLine] = []
    for at, (line, comment_x0) in enumerate(lines):
        left = [word for word in line.words if word.x0 < comment_x0 - _SLACK]
        right = line.words[len(left) :]
        row = row_on(text_of(left), closed=True)
        if rows and _ends_table(rows[-1], row, left):
            return rows, outside + [line for line, _ in lines[at:]]
        if row is not None:
            rows.append(_Row(left, row))
        elif not rows:
            outside.append(line)
            continue
        else:
            _continue_name(rows[-1], left)
        if right:
            rows[-1].comment.append(text_of(right))
    return rows, outside


def _ends_table(last: _Row, begun: RawRow | None, left: Sequence[Word]) -> bool:
    """Whether the last row was the sum, and this line neither goes on with its name nor with its comment."""
    name = last.raw().likely_name
    if not is_total(name):
        return False
    return begun is not None or (not is_sum(f"{name} {text_of(left).strip()}") if left else not last.comment)


def _continue_name(row: _Row, words: Sequence[Word]) -> None:
    """Add a line to the name; what stands under the figures must go on from the completion (`4K-` / `2025`)."""
    name = [word for word in words if word.x0 < row.figures_x0]
    for word in words[len(name) :]:
        above = next((at for at, one in enumerate(row.words) if _goes_on(one, word)), None)
        if above is None:
            text = source("Kunne ikke lese tallene på linjen «{line}». Rett raden, eller les rapporten som tekst.")
            raise Refusal(message(text, line=text_of(words).strip()))
        one = row.words[above]
        row.words[above] = one._replace(text=join_lines((one.text, word.text), spaces_kept=False))
        row.row = row_on(text_of(row.words), closed=True) or row.row
    if name:
        row.names.append(text_of(name).strip())


def _goes_on(above: Word, below: Word) -> bool:
    is_word = any(map(str.isalpha, above.text))
    return is_word and above.x0 < below.x1 and below.x0 < above.x1


def without_furniture(lines: Sequence[PrintedLine]) -> list[list[PrintedLine]]:
    """Return the lines page by page, without page numbers and what stands alike at the edge of several pages."""
    pages = [list(group) for _, group in groupby(lines, key=lambda line: line.page)]
    edges = [_edges(page) for page in pages]
    places = Counter(place for edge in edges for place in {_place(line) for line in edge})
    kept = []
    for page, edge in zip(pages, edges, strict=True):
        furniture = {id(line) for line in edge if places[_place(line)] > 1 or is_page_number(line.text)}
        kept.append([line for line in page if id(line) not in furniture])
    return kept


def _edges(page: list[PrintedLine]) -> list[PrintedLine]:
    """Return the first and last lines of a page that a clear gap parts from the rest, column headers apart."""
    found: list[PrintedLine] = []
    for lines in (page[: _EDGE_LINES + 1], page[: -_EDGE_LINES - 2 : -1]):
        for at, (line, inner) in enumerate(pairwise(lines)):
            gap = max(line.top, inner.top) - min(line.bottom, inner.bottom)
            if gap > _CLEAR_GAP * (line.bottom - line.top):
                found += lines[: at + 1]
    headers = find_headers([Line(line.text) for line in page])
    in_headers = {id(line) for begin, end in headers for line in page[begin:end]}
    return [line for line in found if id(line) not in in_headers]


def _place(line: PrintedLine) -> tuple[str, int]:
    """Return what a running title has in common over the pages: its words but for numbers, and its height."""
    words = " ".join("#" if word.isdigit() else word for word in line.text.split())
    return words, round(line.top / _SAME_PLACE)


def stands_apart(before: PrintedLine | None, line: PrintedLine) -> bool:
    """Whether a gap wider than between two lines of a paragraph, or a page, parts two lines."""
    if before is None:
        return False
    return before.page != line.page or line.top - before.bottom > _PARAGRAPH_GAP * (line.bottom - line.top)


def paragraphs(lines: Sequence[PrintedLine]) -> list[list[str]]:
    """Group lines into paragraphs by the gaps between them."""
    found: list[list[str]] = []
    before: PrintedLine | None = None
    for line in lines:
        if before is None or stands_apart(before, line):
            found.append([])
        found[-1].append(line.text)
        before = line
    return found
