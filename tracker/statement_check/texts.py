"""Lines of text as rows of cells: which digits belong to which column is decided by what fits the deviation.

Must not know what a row is in the statement, nor judge whether its figures are right.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from tracker.ledger.mapping import Cell
from tracker.money import UnreadableAmountError, parse_amount
from tracker.published.digits import numbers_at_end
from tracker.statement_check.headings import (
    columns_of,
    headings_of_words,
    is_column_words,
    paragraph_of,
    says_column,
)
from tracker.statement_check.known import known_line
from tracker.statement_check.tables import ColumnOf

_PARTED = re.compile(r"\t+|\s*;\s*|\s*\|\s*| {2,}")
_HAS_MARKS = re.compile(r"[\t;|]")
_LABEL_ALONE = re.compile(r"[^\d(−–]*?(?=\s[-−–(]?\d)")
_MOST_COLUMNS = 6
_MOST_WRAPPED = 4
_ROUNDING = 1
Placed = tuple[int, Sequence[Cell]]
"""A row's place in its file, from 1, and its cells."""


@dataclass
class _Open:
    """What is known so far: words of column titles, and lines that may yet prove to be a label."""

    words: list[str] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)


def rows_of_text(lines: Iterable[str]) -> Iterator[Placed]:
    """Make rows of a text's lines: a label and its figures, column titles as a row of their own, all else one cell."""
    written = list(lines)
    columns = _columns_without_headings(written)
    now = _Open(headings=[""] * columns)
    for place, line in enumerate(written, start=1):
        text = line.strip()
        if paragraph_of(text) is not None:
            now.words, now.headings, now.waiting = [], [""] * columns, []
            yield place, [text]
        elif (cells := _heading_cells(text)) is not None:
            now.words, now.headings, now.waiting = [], cells, []
            yield place, [text]
            yield place, ["", *cells]
        elif text and is_column_words(text):
            now.words += text.split()
            now.headings = headings_of_words(now.words)
            now.waiting = []
        else:
            made = _row(text, now) if text else None
            if made is None:
                now.waiting.append(text)
                if text:
                    yield place, [text]
                continue
            if now.words:
                yield place, [" ".join(now.words)]
                yield place, ["", *now.headings]
                now.words = []
            now.waiting = []
            yield place, made


def _columns_without_headings(lines: Sequence[str]) -> int:
    """Return how many columns the known lines have where no line says it: the fewest that all can be read as."""
    if any(is_column_words(line) or _heading_cells(line.strip()) is not None for line in lines):
        return 0
    known = [
        (line.strip(), label.end())
        for line in lines
        if (label := _LABEL_ALONE.match(line.strip())) is not None and known_line(label[0]) is not None
    ]
    for count in range(1, _MOST_COLUMNS + 1) if known else ():
        if all(any(end == after + 1 for _, end, _ in numbers_at_end(line, count)) for line, after in known):
            return count
    return 0


def _heading_cells(text: str) -> list[str] | None:
    """Return the headings of a line whose cells are parted by marks, None for a line that has none."""
    if _HAS_MARKS.search(text) is None:
        return None
    cells = [cell for cell in _PARTED.split(text.strip("|; ")) if cell]
    first = next((at for at, cell in enumerate(cells) if says_column(cell)), None)
    return None if first is None or any(map(_is_amount, cells)) else cells[first:]


def _row(text: str, now: _Open) -> list[Cell] | None:
    count = len(now.headings)
    parted = [cell for cell in _PARTED.split(text) if cell]
    at = next((at for at, cell in enumerate(parted) if _is_amount(cell)), None)
    figures = [] if at is None else parted[at:]
    label = " ".join(parted[:at])
    is_line = bool(count) or len(figures) > 1 or known_line(label) is not None
    if figures and all(map(_is_amount, figures)) and is_line and len(figures) == (count or len(figures)):
        return [_label(label, now.waiting), *figures]
    if not count:
        return None
    found = list(numbers_at_end(text, count))
    if not found:
        return None
    amounts, label_end, _ = min(found, key=lambda one: _against(one, now.headings))
    return [_label(text[:label_end], now.waiting), *amounts]


def _label(own: str, waiting: Sequence[str]) -> str:
    """Return the whole label: its own words, with the lines above where those alone make it a line that is known."""
    own = " ".join(own.split())
    if own and known_line(own) is not None:
        return own
    above = list(waiting)
    while not own and above and not above[-1]:
        above.pop()
    wrapped: list[str] = []
    while above and above[-1] and len(wrapped) < _MOST_WRAPPED:
        wrapped.insert(0, above.pop())
        label = " ".join([*wrapped, own]).strip()
        if own and known_line(label) is not None:
            return label
    return own or " ".join(wrapped)


def _against(reading: tuple[tuple[int, ...], int, int], headings: Sequence[str]) -> tuple[int, int, int, int]:
    """Return what speaks against a reading: gaps first, then a deviation that doesn't fit, then uneven lengths.

    Where no deviation fits, a figure may be wrong: then columns of like length are likelier than the nearest miss.
    """
    amounts, _, gaps = reading
    places = {column.of: at for at, column in enumerate(columns_of(headings)) if column is not None}
    wanted = (places.get(ColumnOf.REVISED), places.get(ColumnOf.ACTUAL), places.get(ColumnOf.DEVIATION))
    off = 0
    if None not in wanted:
        revised, actual, deviation = (amounts[at] for at in wanted if at is not None)
        off = min(abs(revised - actual - deviation), abs(actual - revised - deviation))
    lengths = [len(str(abs(amount))) for at, amount in enumerate(amounts) if amount and at != wanted[-1]]
    return gaps, int(off > _ROUNDING), max(lengths, default=0) - min(lengths, default=0), off


def _is_amount(cell: str) -> bool:
    if cell.strip() in {"-", "–", "−"}:
        return True
    try:
        parse_amount(cell)
    except UnreadableAmountError:
        return False
    return True
