"""Upright bars over names of years, each with a line for its budget if it has one.

Must not know what is counted; every text is made beforehand.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QPainter

from ui.charts.bars import Bar
from ui.charts.chart import Chart
from ui.charts.ink import (
    GAP,
    Inks,
    Look,
    legend_width,
    length_of,
    paint_bar,
    paint_hairline,
    paint_legend,
    text_up,
    widest,
)
from ui.theme import GRID

_PLOT_LINES = 8
_LEAST_PLOT_LINES = 3
_NARROW = 7.0 * GRID
_BROADEST_BAR = 7.0 * GRID
_OVERHANG = 3.0


class YearBars(Chart):
    """Upright bars over names of years, the value over each; a bar's `mark` is a line across it."""

    inset: ClassVar[float] = 0.0

    def __init__(self) -> None:
        super().__init__()
        self._bars: Sequence[Bar] = ()
        self._legend: tuple[str, str] | None = None

    def show_bars(self, bars: Sequence[Bar], *, empty: str, legend: tuple[str, str] | None = None) -> None:
        """Show these, in the order given; `legend` names the bars and their marks."""
        self._bars, self._legend = tuple(bars), legend
        self.take(self._bars, empty)

    def needed_height(self) -> float:
        """Return the height of bars, values and years; enough for values and years to stand on end."""
        upright = self._widest_value() + self._widest_name() + 2 * GRID
        text = self.metrics.height()
        return self._top + max(_PLOT_LINES * text + 2 * self.line, _LEAST_PLOT_LINES * text + upright)

    def needed_width(self) -> tuple[float, float]:
        """Return room for texts that stand on end, and for texts that lie."""
        legend = legend_width(self.metrics, self._legend or ())
        return max(self.count() * (self.metrics.height() + 2), legend), max(self.count() * self._column(), legend)

    def places(self, width: float) -> list[QRectF]:
        """Return a column a bar, no wider than they need to be."""
        column = min(self._column(), width / self.count())
        height = self.needed_height() - self._top
        return [QRectF(at * column, self._top, column, height) for at in range(self.count())]

    def draw(self, painter: QPainter, width: float, inks: Inks) -> None:
        """Draw the bars on a line, a negative one hatched and hanging from it."""
        if self._legend is not None:
            legend = list(zip((Look.SOLID, Look.MARK), self._legend, strict=True))
            paint_legend(painter, self.metrics, legend, height=self._top - GRID, inks=inks)
        areas = self.places(width)
        column = areas[0].width()
        over, under = self._room(self._widest_value(), column), self._room(self._widest_name(), column)
        amounts = [amount or 0 for bar in self._bars for amount in (bar.value, bar.mark)]
        low, high = -min(0, *amounts), max(0, *amounts)
        scale = (areas[0].height() - over - under) / ((low + high) or 1)
        zero = self._top + over + high * scale
        for area, bar in zip(areas, self._bars, strict=True):
            height = length_of(bar.value, scale)
            top = zero if (bar.value or 0) < 0 else zero - height
            broad = min(max(column - 2 * GRID, column * 0.6), _BROADEST_BAR)
            place = QRectF(area.center().x() - broad / 2, top, broad, height)
            paint_bar(painter, place, Look.OVER if (bar.value or 0) < 0 else Look.SOLID, inks)
            foot = self._draw_mark(
                painter, place, None if bar.mark is None else round(zero - bar.mark * scale), inks, over
            )
            painter.setPen(inks.text)
            self._write(painter, QRectF(area.left(), foot - over, column, over), bar.text)
            painter.setPen(inks.muted)
            self._write(painter, QRectF(area.left(), area.bottom() - under, column, under), bar.name, under=True)
        paint_hairline(painter, QLineF(0, zero, areas[-1].right(), zero), inks)

    def _draw_mark(self, painter: QPainter, place: QRectF, mark: float | None, inks: Inks, over: float) -> float:
        """Draw a mark, and return where the value may stand: clear of the mark."""
        top = place.top()
        if mark is None:
            return top
        across = QRectF(place.left() - _OVERHANG, mark - 1, place.width() + 2 * _OVERHANG, 2)
        if place.top() < mark < place.bottom():
            painter.fillRect(across.adjusted(_OVERHANG, -1, -_OVERHANG, 1), inks.hollow)
        paint_bar(painter, across, Look.MARK, inks)
        return mark - 2 if top - over < mark <= top else top

    def _write(self, painter: QPainter, area: QRectF, text: str, *, under: bool = False) -> None:
        if self.metrics.horizontalAdvance(text) <= area.width() and area.height() <= self.line:
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine, text)
        else:
            text_up(painter, area.adjusted(0, GAP, 0, -GAP), text, right=under)

    def _room(self, text: float, column: float) -> float:
        """Return how high texts are over or under columns: lying if they fit, else on end."""
        return self.line if text <= column else text + GRID

    def _column(self) -> float:
        return max(self._widest_value() + GRID, self._widest_name() + GRID, _NARROW)

    def _widest_value(self) -> float:
        return widest(self.metrics, [bar.text for bar in self._bars])

    def _widest_name(self) -> float:
        return widest(self.metrics, [bar.name for bar in self._bars])

    @property
    def _top(self) -> float:
        return 0.0 if self._legend is None else round(self.line + GRID)
