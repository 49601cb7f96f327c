"""Bars that lie to both sides of zero: what is over and what is left, later and earlier.

Must not know what the bars are about; every text is made beforehand.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from PySide6.QtCore import QLineF, QRectF
from PySide6.QtGui import QPainter

from ui.charts.chart import Chart, Entry
from ui.charts.ink import GAP, Inks, Look, length_of, name_in, paint_bar, paint_hairline, text_in, widest
from ui.theme import GRID

_LEAST_NAME = 14
_LEAST_PLOT = 8.0 * GRID
_GOOD_PLOT = 30.0 * GRID
_PLOT_SHARE = 0.3


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar(Entry):
    """A value as it is written, and what it is (None: unknown). `mark` is a line across it, such as its budget."""

    value: int | None
    text: str
    mark: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Frame:
    """Where a width has its names, its zero, and how long a unit is."""

    names: float
    zero: float
    scale: float


class DeviationBars(Chart):
    """Bars to both sides of zero: to the left hatched in the colour of overspend, to the right filled."""

    _hatched_side: ClassVar[int] = -1

    def __init__(self) -> None:
        super().__init__()
        self._bars: Sequence[Bar] = ()
        self._sides = ("", "")

    def show_bars(self, bars: Sequence[Bar], *, empty: str, sides: tuple[str, str] = ("", "")) -> None:
        """Show these, in the order given; `sides` are headings to the left and the right of zero."""
        self._bars, self._sides = tuple(bars), sides
        self.take(self._bars, empty)

    def needed_height(self) -> float:
        """Return a line a bar, and one for the headings."""
        return self._top + self.count() * self._row

    def needed_width(self) -> tuple[float, float]:
        """Return room for the values and a short bar, and for names and long bars."""
        left, right = self._labels()
        names = self._widest_name()
        around = GRID + left + right
        least = min(names, _LEAST_NAME * self.metrics.averageCharWidth())
        return around + least + _LEAST_PLOT, around + max(names + _GOOD_PLOT, names / (1 - _PLOT_SHARE))

    def places(self, width: float) -> list[QRectF]:
        """Return a row a bar."""
        return [QRectF(0, self._top + at * self._row, width, self._row) for at in range(self.count())]

    def draw(self, painter: QPainter, width: float, inks: Inks) -> None:
        """Draw the names, the zero line, the bars, and the values at their ends."""
        frame = self._frame(width)
        self._draw_sides(painter, frame, width, inks)
        for area, bar in zip(self.places(width), self._bars, strict=True):
            painter.setPen(inks.text)
            name_in(painter, QRectF(0, area.top(), frame.names, area.height()), bar.name, self.metrics)
            self._draw_bar(painter, frame, area, bar, inks)
        paint_hairline(painter, QLineF(frame.zero, self._top, frame.zero, self.needed_height()), inks)

    def parts(self, area: QRectF, _scale: float) -> Iterator[QRectF]:
        """Return what a bar is painted as."""
        yield area

    def _draw_bar(self, painter: QPainter, frame: _Frame, area: QRectF, bar: Bar, inks: Inks) -> None:
        length, is_left = length_of(bar.value, frame.scale), (bar.value or 0) < 0
        left = frame.zero - length if is_left else frame.zero + 1
        look = Look.OVER if (bar.value or 0) * self._hatched_side > 0 else Look.SOLID
        for part in self.parts(QRectF(left, area.top() + GAP, length, area.height() - GRID), frame.scale):
            paint_bar(painter, part, look, inks)
        painter.setPen(inks.text)
        written = self.metrics.horizontalAdvance(bar.text) + 1
        start = left - GAP - written if is_left else left + length + GAP
        text_in(painter, QRectF(start, area.top(), written, area.height()), bar.text, right=is_left)

    def _draw_sides(self, painter: QPainter, frame: _Frame, width: float, inks: Inks) -> None:
        painter.setPen(inks.muted)
        for at, heading in enumerate(self._sides_used()):
            area = QRectF(0, 0, frame.zero - GAP, self._top)
            if at:
                area = QRectF(frame.zero + GAP, 0, width - frame.zero - GAP, self._top)
            if heading:
                text_in(painter, area, heading, right=not at)

    def _frame(self, width: float) -> _Frame:
        left, right = self._labels()
        room = width - GRID - left - right
        names = max(min(self._widest_name(), room - max(_LEAST_PLOT, room * _PLOT_SHARE)), 0.0)
        low, high = (abs(find(0, *(bar.value or 0 for bar in self._bars))) for find in (min, max))
        scale = max(room - names, 1.0) / ((low + high) or 1)
        return _Frame(names=names, zero=float(round(names + GRID + left + low * scale)), scale=scale)

    def _labels(self) -> tuple[float, float]:
        """Return the room that values, and a heading, need beyond the longest bars."""
        sides = self._sides_used()
        left = [bar.text for bar in self._bars if (bar.value or 0) < 0]
        right = [*(bar.text for bar in self._bars if (bar.value or 0) >= 0), *sides[1:]]
        room = [widest(self.metrics, texts) + GRID if texts else 1.0 for texts in (left, right)]
        return room[0], room[1]

    def _sides_used(self) -> tuple[str, str]:
        """Return the headings, none over a side where there is nothing."""
        has_left = any((bar.value or 0) < 0 for bar in self._bars)
        has_right = any((bar.value or 0) > 0 for bar in self._bars)
        return (self._sides[0] if has_left else "", self._sides[1] if has_right else "")

    def _widest_name(self) -> float:
        return widest(self.metrics, [bar.name for bar in self._bars])

    @property
    def _row(self) -> float:
        return round(self.metrics.height()) + GRID

    @property
    def _top(self) -> float:
        return round(self.line) if any(self._sides_used()) else 0.0


class SlipBars(DeviationBars):
    """Quarters that a completion has moved: later to the right and hatched, a block a quarter."""

    _hatched_side: ClassVar[int] = 1
    _least_block: ClassVar[float] = 6.0

    def parts(self, area: QRectF, scale: float) -> Iterator[QRectF]:
        """Return a block a quarter, while there is room to tell them apart."""
        if scale < self._least_block:
            yield area
            return
        for at in range(round(area.width() / scale)):
            left, right = round(area.left() + at * scale), round(area.left() + (at + 1) * scale)
            yield QRectF(left, area.top(), right - left - 1, area.height())
