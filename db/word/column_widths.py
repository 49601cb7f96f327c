"""Shares a page's width out among a table's columns, and says which page a table needs.

Must not know WordprocessingML. Lengths are in points.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from db.text_width import TextWidths
from db.word.look import CELL_MARGIN, HEAD_SIZE, INDENT, TABLE_SIZE, Orientation
from tracker.report.content import Column, ColumnKind

_BOLD = TextWidths(bold=True)
# Word breaks a line a little earlier than the letters add up to.
_SLACK = 1.04
_LEAST_NAME, _MOST_WORD, _MOST_NAME = 72.0, 150.0, 200.0
# Names that are looked up in a long list should mostly stand on one line.
_LEAST_IN_LIST, _LIST = 125.0, 12
_LEAST_FIGURE = 34.0
# A text of a paragraph or more is hard to read in a narrow column.
_LEAST_LONG, _LEAST_VERY_LONG, _LONG_WISH = 130.0, 300.0, 420.0
_SHORT_REMARK, _VERY_LONG = 80, 600


@dataclass(frozen=True, slots=True)
class Need:
    """How wide a column must be, and how wide it would be."""

    least: float
    wish: float


def needs_of(columns: Sequence[Column], titles: Sequence[str], texts: Sequence[Sequence[str]]) -> list[Need]:
    """Return what each column needs for its heading and its texts."""
    needs = zip(columns, titles, texts, strict=True)
    return [_need(*of_column, indent=INDENT if index else 0.0) for index, of_column in enumerate(needs)]


def orientation_for(tables: Sequence[Sequence[Need]]) -> Orientation:
    """Return the page on which every one of the tables has room; a standing one where it can be."""
    widest = max((sum(need.least for need in needs) for needs in tables), default=0.0)
    return Orientation.PORTRAIT if widest <= Orientation.PORTRAIT.page.text_width else Orientation.LANDSCAPE


def shared(needs: Sequence[Need], width: float) -> list[float]:
    """Share a width out: first what each column must have, then what it wishes, then the rest in proportion."""
    widths = [need.least for need in needs]
    left = width - sum(widths)
    if left < 0:
        return [own * width / sum(widths) for own in widths]
    wishes = [need.wish - need.least for need in needs]
    part = min(left / sum(wishes), 1.0) if any(wishes) else 0.0
    widths = [own + wish * part for own, wish in zip(widths, wishes, strict=True)]
    return [own * width / sum(widths) for own in widths]


def _need(column: Column, title: str, texts: Sequence[str], *, indent: float) -> Need:
    heading = max((_BOLD.width(word, HEAD_SIZE) for word in title.split()), default=0.0)
    on_one_line = _BOLD.width(title, HEAD_SIZE)
    if column.kind.is_figure:
        least = max(heading, _widest(texts), _LEAST_FIGURE)
        return Need(_padded(least), _padded(max(least, on_one_line)))
    longest = max(map(len, texts), default=0)
    if column.kind is ColumnKind.LONG_TEXT and longest > _SHORT_REMARK:
        least = _LEAST_LONG if longest < _VERY_LONG else _LEAST_VERY_LONG
        return Need(_padded(max(heading, least)), _LONG_WISH)
    widest = _widest(texts)
    if column.kind not in {ColumnKind.TEXT, ColumnKind.LONG_TEXT}:
        return Need(_padded(max(heading, widest) + indent), _padded(max(on_one_line, widest) + indent))
    word = _widest([word for text in set(texts) for word in text.split()])
    short = _LEAST_NAME if len(texts) <= _LIST else _LEAST_IN_LIST
    least = max(heading, min(widest, short), min(word, _MOST_WORD))
    return Need(_padded(least + indent), _padded(max(least, on_one_line, min(widest, _MOST_NAME)) + indent))


def _widest(texts: Sequence[str]) -> float:
    return max((_BOLD.width(text, TABLE_SIZE) for text in _longest(texts)), default=0.0)


def _longest(texts: Sequence[str]) -> list[str]:
    """Return the texts with the most letters, which the widest is surely among."""
    most = max(map(len, texts), default=0)
    return list({text for text in texts if 2 * len(text) >= most})


def _padded(width: float) -> float:
    return width * _SLACK + 2 * CELL_MARGIN + 1
