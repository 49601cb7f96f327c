"""Shares the width of a page out among the columns of tables, and chooses how a part's pages lie.

Must not know how a table is drawn. Lengths are in points; letters are measured as Arial's, which are a little wider.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from db.text_width import TextWidths
from tracker.report.content import ColumnKind

_MM = 72 / 25.4
UPRIGHT, LYING = (210 - 32) * _MM, (297 - 32) * _MM
TYPE_SIZE = 8.5
_PADDING, _INDENT = 8.0, 6.0
_NARROWEST_FIGURE, _WIDEST_FIGURE = 36.0, 74.0
# What a name takes before it wraps, and beside long texts, which need the room more.
_NARROWEST_NAME, _WIDEST_NAME, _NAME_BESIDE_TEXT = 64.0, 170.0, 118.0
# Upright, a long text must have room for about ten words on a line; lying, it gets what is left.
_TEXT_UPRIGHT, _TEXT_LYING = 210.0, 170.0
_A_REMARK = 60
# A sample tells how wide a column of names is; figures' widest are the longest as printed.
_SAMPLE = 400


@dataclass(frozen=True, slots=True)
class Column:
    """A column as printed: what it holds, its heading, and its texts from the top."""

    kind: ColumnKind
    heading: str
    texts: Sequence[str]

    @property
    def is_long(self) -> bool:
        """Whether it holds texts that need lines of their own; short remarks leave names the room that they need."""
        return self.kind is ColumnKind.LONG_TEXT and any(len(text) > _A_REMARK for text in self.texts)


class Measure:
    """Measures columns as they are printed."""

    def __init__(self) -> None:
        self._letters = TextWidths(bold=True)

    def is_wide(self, columns: Sequence[Column]) -> bool:
        """Whether a table is too wide for a page that stands."""
        return sum(self._needed(columns, _TEXT_UPRIGHT)) > UPRIGHT

    def widths(self, tables: Sequence[Sequence[Column]], page: float) -> list[float]:
        """Return the widths of the columns that some tables share, as wide as the page together."""
        needed = [self._needed(columns, _TEXT_LYING) for columns in tables]
        widths = [max(column) for column in zip(*needed, strict=True)]
        # The longest table says which columns hold long texts.
        longest = max(tables, key=lambda columns: sum(column.is_long for column in columns))
        left = page - sum(widths)
        if left < 0:
            _narrow(widths, longest, -left)
        else:
            _widen(widths, longest, left)
        return widths

    def _needed(self, columns: Sequence[Column], text: float) -> list[float]:
        """Return how wide each column must be, a long text as wide as `text`."""
        most = _NAME_BESIDE_TEXT if any(column.is_long for column in columns) else _WIDEST_NAME
        needed = [self._column(column, most, text) for column in columns]
        return [
            width + _INDENT if index and not column.kind.is_figure else width
            for index, (width, column) in enumerate(zip(needed, columns, strict=True))
        ]

    def _column(self, column: Column, most: float, text: float) -> float:
        heading = self._widest(column.heading.split(" ")) + _PADDING
        if column.is_long:
            return max(heading, text)
        if column.kind.is_figure:
            longest = sorted(column.texts, key=len)[-3:]
            return max(heading, self._widest(longest) + _PADDING, _NARROWEST_FIGURE)
        widest = self._widest(column.texts[:_SAMPLE]) + _PADDING
        if column.kind in {ColumnKind.MARK, ColumnKind.COMPLETION}:
            return max(heading, widest)
        return max(heading, min(max(widest, _NARROWEST_NAME), most))

    def _widest(self, texts: Iterable[str]) -> float:
        return max((self._letters.width(text, TYPE_SIZE) for text in texts), default=0.0)


def _widen(widths: list[float], columns: Sequence[Column], left: float) -> None:
    """Give long texts what is left; without them figures some air, and names the rest."""
    long = [index for index, column in enumerate(columns) if column.is_long]
    figures = [index for index, column in enumerate(columns) if column.kind.is_figure and not long]
    share = left / len(figures) if figures else 0.0
    for index in figures:
        more = min(share, max(0.0, _WIDEST_FIGURE - widths[index]))
        widths[index] += more
        left -= more
    names = [index for index, column in enumerate(columns) if column.kind is ColumnKind.TEXT]
    growing = long or names or list(range(len(widths)))
    for index in growing:
        widths[index] += left / len(growing)


def _narrow(widths: list[float], columns: Sequence[Column], missing: float) -> None:
    """Take what is missing from the names, as far as they can give, then from all alike."""
    names = [index for index, column in enumerate(columns) if column.kind is ColumnKind.TEXT]
    spare = {index: max(0.0, widths[index] - _NARROWEST_NAME) for index in names}
    total = sum(spare.values())
    taken = min(total, missing)
    for index, each in spare.items():
        widths[index] -= taken * each / total if total else 0.0
    rest = (sum(widths) - (missing - taken)) / sum(widths)
    widths[:] = [width * rest for width in widths]
