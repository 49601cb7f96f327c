"""Puts the printed lines of the accounts chapter into the order of its text: each label whole before its figures.

Must not know how a PDF is read, nor what the figures mean.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from db.published.pdf_lines import PrintedLine, Word, offsets, text_of
from db.published.table_pdf import stands_apart, without_furniture
from tracker.published.digits import numbers_at_end
from tracker.published.line_join import join_lines
from tracker.published.statement_lines import FIGURES
from tracker.published.statement_text import is_statement_header

_SAME_GAP = 0.5
"""Points by which two gaps may differ and still be taken as equal."""


@dataclass
class _Row:
    """A printed line with figures, where these begin, and the lines of its label above and below."""

    line: PrintedLine
    label_end: int
    figures_x0: float
    above: list[PrintedLine] = field(default_factory=list)
    below: list[PrintedLine] = field(default_factory=list)

    def text(self) -> str:
        """Return label and figures on one line."""
        whole = self.line.text
        parts = [*(line.text for line in self.above), whole[: self.label_end], *(line.text for line in self.below)]
        return f"{join_lines([part.rstrip() for part in parts], spaces_kept=False)}  {whole[self.label_end :].strip()}"

    def may_label(self, line: PrintedLine) -> bool:
        """Whether a line ends before the figures begin, so that it may be part of the label."""
        return line.words[-1].x1 < self.figures_x0


def statement_lines(lines: Sequence[PrintedLine]) -> list[str]:
    """Return the chapter's text as `tracker.statementtext.read_statement` wants it."""
    printed = [line for page in without_furniture(lines) for line in page]
    rows = [_row(line) for line in printed]
    _place_labels(printed, rows)
    placed = {id(line) for row in rows if row for line in row.above + row.below}
    return list(_written([(line, row) for line, row in zip(printed, rows, strict=True) if id(line) not in placed]))


def _row(line: PrintedLine) -> _Row | None:
    text = line.text
    found = min(numbers_at_end(text, FIGURES), key=lambda one: one[2], default=None)
    if found is None:
        return None
    begins = zip(line.words, offsets(line.words), strict=True)
    return _Row(line, found[1], next(word.x0 for word, at in begins if at >= found[1]))


def _place_labels(printed: Sequence[PrintedLine], rows: Sequence[_Row | None]) -> None:
    """Give each row the lines of words that stand nearer to it than to the next, where they can be part of its label.

    So a label may stand above, beside and below its figures, however the cells are aligned.
    """
    ways = [_way(printed, rows, at) for at in range(len(printed))]
    placed: set[int] = set()
    for at, row in enumerate(rows):
        if row is None:
            continue
        above = at - 1
        while above not in placed and above >= 0 and ways[above] >= 0 and _joins(printed, rows, row, above, above + 1):
            row.above.insert(0, printed[above])
            above -= 1
        below = at + 1
        while below < len(rows) and ways[below] <= 0 and _joins(printed, rows, row, below, below - 1):
            row.below.append(printed[below])
            placed.add(below)
            below += 1


def _joins(printed: Sequence[PrintedLine], rows: Sequence[_Row | None], row: _Row, at: int, neighbour: int) -> bool:
    first, second = sorted((at, neighbour))
    line = printed[at]
    if rows[at] is not None or is_statement_header(line.text) or stands_apart(printed[first], printed[second]):
        return False
    return row.may_label(line)


def _way(printed: Sequence[PrintedLine], rows: Sequence[_Row | None], at: int) -> int:
    """Return -1 for a line that is nearer to the one above, 1 to the one below; where both are as near, the figures.

    0 is a line amid words. Between two lines of figures a small letter goes on from the one above.
    """
    line = printed[at]
    above = _gap(printed[at - 1], line) if at else math.inf
    below = _gap(line, printed[at + 1]) if at + 1 < len(printed) else math.inf
    if abs(above - below) > _SAME_GAP:
        return -1 if above < below else 1
    figures_above, figures_below = (0 <= near < len(rows) and rows[near] is not None for near in (at - 1, at + 1))
    if figures_above and figures_below:
        return -1 if line.text[:1].islower() else 1
    return figures_below - figures_above


def _gap(upper: PrintedLine, lower: PrintedLine) -> float:
    return lower.top - upper.bottom if upper.page == lower.page else math.inf


def _written(lines: Sequence[tuple[PrintedLine, _Row | None]]) -> Iterator[str]:
    """Write the lines with blank ones between paragraphs and around rows; column titles in the order they stand."""
    header: list[Word] = []
    before: PrintedLine | None = None
    for line, row in lines:
        if is_statement_header(line.text):
            header += line.words
            continue
        if header:
            yield from ("", text_of(sorted(header, key=lambda word: word.x0)), "")
            header = []
        if row is not None:
            yield from ("", row.text(), "")
        else:
            yield from ("", line.text) if stands_apart(before, line) else (line.text,)
        before = line
