"""Pairs of bars: two values of each name, one under the other.

Must not know what the bars are about; every text is made beforehand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QLineF, QRectF
from PySide6.QtGui import QPainter

from ui.charts.chart import Chart, Entry
from ui.charts.ink import (
    GAP,
    Inks,
    Look,
    legend_width,
    length_of,
    name_in,
    paint_bar,
    paint_hairline,
    paint_legend,
    text_in,
    widest,
)
from ui.theme import GRID

_LEAST_NAME = 20
_LEAST_PLOT = 8.0 * GRID
_GOOD_PLOT = 24.0 * GRID
_PLOT_SHARE = 0.4


@dataclass(frozen=True, slots=True, kw_only=True)
class PairedBar(Entry):
    """Two values of one name, as they are written; None is unknown."""

    first: int | None
    second: int | None
    first_text: str
    second_text: str


class PairedBars(Chart):
    """One row a name, two bars in it: the first framed, the second filled; hatched and leftwards below zero."""

    def __init__(self) -> None:
        super().__init__()
        self._bars: Sequence[PairedBar] = ()
        self._legend = ("", "")

    def show_bars(self, bars: Sequence[PairedBar], *, legend: tuple[str, str], empty: str) -> None:
        """Show these; `legend` names the first and the second of each pair."""
        self._bars, self._legend = tuple(bars), legend
        self.take(self._bars, empty)

    def needed_height(self) -> float:
        """Return the height of the legend and the pairs."""
        return self._top + self.count() * self._row

    def needed_width(self) -> tuple[float, float]:
        """Return room for the legend, the values and a short bar, and for names and long bars."""
        names, around = self._widest_name(), self._widest_value() + 2 * GRID
        words = [word for bar in self._bars for word in bar.name.split()]
        least = min(widest(self.metrics, words), _LEAST_NAME * self.metrics.averageCharWidth())
        legend = legend_width(self.metrics, self._legend)
        return max(around + least + _LEAST_PLOT, legend), max(
            around + max(names + _GOOD_PLOT, names / (1 - _PLOT_SHARE)), legend
        )

    def places(self, width: float) -> list[QRectF]:
        """Return a row a pair."""
        return [QRectF(0, self._top + at * self._row, width, self._row) for at in range(self.count())]

    def draw(self, painter: QPainter, width: float, inks: Inks) -> None:
        """Draw the legend, the names, the bars, and the values after them."""
        looks = (Look.HOLLOW, Look.SOLID)
        legend = list(zip(looks, self._legend, strict=True))
        paint_legend(painter, self.metrics, legend, height=self._top - GAP, inks=inks)
        values = self._widest_value()
        room = width - values - 2 * GRID
        names = max(min(self._widest_name(), room - max(_LEAST_PLOT, room * _PLOT_SHARE)), 0.0)
        amounts = [value or 0 for bar in self._bars for value in (bar.first, bar.second)]
        low, high = -min(0, *amounts), max(0, *amounts)
        scale = max(room - names, 1.0) / ((low + high) or 1)
        zero = float(round(names + GRID + low * scale))
        half = (self._row - GRID) / 2
        for area, bar in zip(self.places(width), self._bars, strict=True):
            painter.setPen(inks.text)
            name_in(painter, QRectF(0, area.top(), names, area.height()), bar.name, self.metrics)
            for at, (value, text) in enumerate(((bar.first, bar.first_text), (bar.second, bar.second_text))):
                top, length = area.top() + GAP + at * half, length_of(value, scale)
                is_below = (value or 0) < 0
                place = QRectF(zero - length if is_below else zero + 1, top + 1, length, half - 2)
                paint_bar(painter, place, Look.OVER if is_below else looks[at], inks)
                painter.setPen(inks.text if at else inks.muted)
                end = zero if is_below else place.right()
                text_in(painter, QRectF(end + GAP + 1, top, values, half), text)
        paint_hairline(painter, QLineF(zero, self._top, zero, self.needed_height()), inks)

    def _widest_name(self) -> float:
        return widest(self.metrics, [bar.name for bar in self._bars])

    def _widest_value(self) -> float:
        return widest(self.metrics, [text for bar in self._bars for text in (bar.first_text, bar.second_text)])

    @property
    def _row(self) -> float:
        return 2 * round(self.metrics.height()) + GRID

    @property
    def _top(self) -> float:
        return round(self.line + GAP)
