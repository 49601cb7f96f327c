"""The kinds of bars: pairs, to both sides of zero, over the years.

Must not know what the bars are about; every text is made beforehand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen

from tracker.flags import Severity
from ui.charts.chart import Chart, Spot, text_in
from ui.theme import GRID, Theme

_MOST_OF_WIDTH = 0.46
_YEAR_HEIGHT = 18 * GRID


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A bar: its key (empty: nothing to choose), its name and value, and the value as it is written."""

    key: str
    name: str
    value: int
    text: str
    tip: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PairedBar:
    """Two values of one name, as they are written."""

    key: str
    name: str
    first: int
    second: int
    first_text: str
    second_text: str
    tip: str


class PairedBars(Chart):
    """One row a name, two bars in it: the first light and framed, the second dark."""

    def __init__(self) -> None:
        super().__init__()
        self._bars: Sequence[PairedBar] = ()
        self._legend = ("", "")

    def show_bars(self, bars: Sequence[PairedBar], *, legend: tuple[str, str], empty: str) -> None:
        """Show these; `legend` names the first and the second of each pair."""
        self._bars, self._legend = tuple(bars), legend
        self.shown_anew(empty)

    def count(self) -> int:
        """Return how many pairs there are."""
        return len(self._bars)

    def needed_height(self) -> float:
        """Return the height of the legend and the pairs."""
        return self.line + self.count() * self._row

    def spots(self, width: float) -> list[Spot]:
        """Return a row a pair."""
        return [
            Spot(key=bar.key, tip=bar.tip, area=QRectF(0, self.line + at * self._row, width, self._row))
            for at, bar in enumerate(self._bars)
        ]

    def draw(self, painter: QPainter, width: float, theme: Theme) -> None:
        """Draw the legend, the names, the bars, and the values after them."""
        looks = (QBrush(QColor(theme.strong_line)), QBrush(QColor(theme.accent)))
        self._draw_legend(painter, theme, looks)
        names = min(max((self.metrics.horizontalAdvance(bar.name) for bar in self._bars), default=0), width * 0.4)
        values = max(
            self.metrics.horizontalAdvance(text) for bar in self._bars for text in (bar.first_text, bar.second_text)
        )
        room = max(width - names - values - 3 * GRID, 1.0)
        most = max(max(abs(bar.first), abs(bar.second)) for bar in self._bars) or 1
        for spot, bar in zip(self.spots(width), self._bars, strict=True):
            painter.setPen(QColor(theme.text))
            area = QRectF(0, spot.area.top(), names, spot.area.height())
            text_in(painter, area, self.elided(bar.name, names))
            half = (spot.area.height() - GRID) / 2
            for place, (value, text) in enumerate(((bar.first, bar.first_text), (bar.second, bar.second_text))):
                top = spot.area.top() + GRID / 2 + place * half
                length = room * max(value, 0) / most
                _fill(painter, QRectF(names + GRID, top + 1, length, half - 2), looks[place], theme)
                painter.setPen(QColor(theme.text))
                text_in(painter, QRectF(names + length + 2 * GRID, top, values + GRID, half), text)

    @property
    def _row(self) -> float:
        return 2 * self.metrics.height() + GRID

    def _draw_legend(self, painter: QPainter, theme: Theme, looks: tuple[QBrush, QBrush]) -> None:
        left, box = 0.0, self.metrics.height() * 0.7
        for look, name in zip(looks, self._legend, strict=True):
            _fill(painter, QRectF(left, (self.line - box) / 2, box, box), look, theme)
            painter.setPen(QColor(theme.muted))
            width = self.metrics.horizontalAdvance(name) + GRID
            text_in(painter, QRectF(left + box + GRID / 2, 0, width, self.line), name)
            left += box + width + 2 * GRID


class DeviationBars(Chart):
    """Bars to both sides of zero: to the left hatched in the colour of overspend, to the right filled."""

    def __init__(self) -> None:
        super().__init__()
        self._bars: Sequence[Bar] = ()

    def show_bars(self, bars: Sequence[Bar], *, empty: str) -> None:
        """Show these, in the order given."""
        self._bars = tuple(bars)
        self.shown_anew(empty)

    def count(self) -> int:
        """Return how many bars there are."""
        return len(self._bars)

    def needed_height(self) -> float:
        """Return a line a bar."""
        return self.count() * self._row

    def spots(self, width: float) -> list[Spot]:
        """Return a row a bar."""
        return [
            Spot(key=bar.key, tip=bar.tip, area=QRectF(0, at * self._row, width, self._row))
            for at, bar in enumerate(self._bars)
        ]

    def draw(self, painter: QPainter, width: float, theme: Theme) -> None:
        """Draw the names, the zero line, the bars, and the values at their ends."""
        names = min(max(self.metrics.horizontalAdvance(bar.name) for bar in self._bars), width * _MOST_OF_WIDTH)
        values = max(self.metrics.horizontalAdvance(bar.text) for bar in self._bars) + GRID
        low, high = (abs(find(0, *(bar.value for bar in self._bars))) for find in (min, max))
        room = max(width - names - 2 * GRID - values * (bool(low) + bool(high)), 1.0)
        scale = room / ((low + high) or 1)
        zero = names + 2 * GRID + (values if low else 0) + low * scale
        looks = _over(theme), QBrush(QColor(theme.accent))
        painter.setPen(QPen(QColor(theme.strong_line), 1))
        painter.drawLine(QLineF(zero, 0, zero, self.needed_height()))
        for spot, bar in zip(self.spots(width), self._bars, strict=True):
            painter.setPen(QColor(theme.text))
            text_in(painter, QRectF(0, spot.area.top(), names, spot.area.height()), self.elided(bar.name, names))
            length = abs(bar.value) * scale
            left = zero - length if bar.value < 0 else zero
            _fill(
                painter, QRectF(left, spot.area.top() + 4, length, spot.area.height() - 8), looks[bar.value > 0], theme
            )
            painter.setPen(QColor(theme.text))
            beside = QRectF(left - values, spot.area.top(), values - GRID / 2, spot.area.height())
            if bar.value >= 0:
                beside.moveLeft(zero + length + GRID / 2)
            text_in(painter, beside, bar.text, right=bar.value < 0)

    @property
    def _row(self) -> float:
        return self.metrics.height() + GRID


class SlipBars(DeviationBars):
    """Quarters that a completion has moved: later to the right, which is where time goes."""


class YearBars(Chart):
    """Upright bars over names of years, the value over each."""

    def __init__(self) -> None:
        super().__init__()
        self._bars: Sequence[Bar] = ()

    def show_bars(self, bars: Sequence[Bar], *, empty: str) -> None:
        """Show these, in the order given."""
        self._bars = tuple(bars)
        self.shown_anew(empty)

    def count(self) -> int:
        """Return how many bars there are."""
        return len(self._bars)

    def needed_height(self) -> float:
        """Return the height of bars, values and years."""
        return _YEAR_HEIGHT + 2 * self.line

    def spots(self, width: float) -> list[Spot]:
        """Return a column a bar, no wider than they need to be."""
        widest = max(
            (self.metrics.horizontalAdvance(text) for bar in self._bars for text in (bar.name, bar.text)), default=0
        )
        column = min(max(widest + 2 * GRID, 10 * GRID), width / max(self.count(), 1))
        return [
            Spot(key=bar.key, tip=bar.tip, area=QRectF(at * column, 0, column, self.needed_height()))
            for at, bar in enumerate(self._bars)
        ]

    def draw(self, painter: QPainter, width: float, theme: Theme) -> None:
        """Draw the bars on a line, a negative one hatched and hanging from it."""
        low, high = (abs(find(0, *(bar.value for bar in self._bars))) for find in (min, max))
        scale = _YEAR_HEIGHT / ((low + high) or 1)
        zero = self.line + high * scale
        spots = self.spots(width)
        for spot, bar in zip(spots, self._bars, strict=True):
            height = abs(bar.value) * scale
            top = zero - height if bar.value >= 0 else zero
            look = QBrush(QColor(theme.accent)) if bar.value >= 0 else _over(theme)
            area = QRectF(spot.area.left() + GRID, top, spot.area.width() - 2 * GRID, height)
            _fill(painter, area, look, theme)
            painter.setPen(QColor(theme.text))
            over = QRectF(spot.area.left(), top - self.line, spot.area.width(), self.line)
            painter.drawText(over, Qt.AlignmentFlag.AlignCenter, bar.text)
            painter.setPen(QColor(theme.muted))
            under = QRectF(spot.area.left(), self.needed_height() - self.line, spot.area.width(), self.line)
            painter.drawText(under, Qt.AlignmentFlag.AlignCenter, bar.name)
        painter.setPen(QPen(QColor(theme.strong_line), 1))
        painter.drawLine(QLineF(QPointF(0, zero), QPointF(spots[-1].area.right(), zero)))


def _over(theme: Theme) -> QBrush:
    """Return how overspend is filled: hatched, so that it is told from the other without colour."""
    return QBrush(QColor(theme.marks[Severity.CRITICAL].text), Qt.BrushStyle.BDiagPattern)


def _fill(painter: QPainter, area: QRectF, look: QBrush, theme: Theme) -> None:
    painter.fillRect(area, look)
    is_hatched = look.style() is not Qt.BrushStyle.SolidPattern
    painter.setPen(QPen(look.color() if is_hatched else QColor(theme.muted), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if is_hatched or look.color() == QColor(theme.strong_line):
        painter.drawRect(area.adjusted(0.5, 0.5, -0.5, -0.5))
