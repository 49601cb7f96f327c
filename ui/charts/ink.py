"""How charts are painted: their colours by theme, the looks of a bar, legends, lines of text.

Must not know any widget, nor what a bar stands for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from math import floor

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from tracker.flags import Severity
from ui.theme import GRID, Theme

GAP = GRID / 2
"""Between a bar and its value."""

_LEAST_LENGTH = 2.0
_HATCH = 5.0
_MARK = 2.0
_TWO_LINES = 2.05


class Look(Enum):
    """How a bar is filled; told apart without colour."""

    SOLID = auto()
    HOLLOW = auto()
    OVER = auto()
    MARK = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Inks:
    """What a theme's colours are for in a chart."""

    text: QColor
    muted: QColor
    axis: QColor
    solid: QColor
    hollow: QColor
    hollow_frame: QColor
    over: QColor
    over_ground: QColor
    hover: QColor


def inks_of(theme: Theme) -> Inks:
    """Return the colours of a theme. Overspend takes the mark's ink or its ground, whichever stands out."""
    critical = theme.marks[Severity.CRITICAL]
    window = QColor(theme.window).lightnessF()
    ground, over = sorted(
        (QColor(critical.text), QColor(critical.fill)), key=lambda colour: abs(colour.lightnessF() - window)
    )
    return Inks(
        text=QColor(theme.text),
        muted=QColor(theme.muted),
        axis=QColor(theme.frame),
        solid=QColor(theme.accent),
        hollow=QColor(theme.line),
        hollow_frame=QColor(theme.muted),
        over=over,
        over_ground=ground,
        hover=QColor(theme.line),
    )


def length_of(value: int | None, scale: float) -> float:
    """Return how long a bar is; what is not zero can be seen."""
    return max(abs(value) * scale, _LEAST_LENGTH) if value else 0.0


def paint_bar(painter: QPainter, area: QRectF, look: Look, inks: Inks) -> None:
    """Paint a bar in its look, on whole pixels."""
    whole = snapped(area)
    if whole.isEmpty():
        return
    if look is Look.MARK:
        painter.fillRect(QRectF(whole.left(), floor(whole.center().y() - _MARK / 2), whole.width(), _MARK), inks.text)
        return
    if look is Look.SOLID:
        painter.fillRect(whole, inks.solid)
        return
    fill, frame = (inks.hollow, inks.hollow_frame) if look is Look.HOLLOW else (inks.over_ground, inks.over)
    painter.fillRect(whole, fill)
    painter.setPen(QPen(frame, 1))
    if look is Look.OVER:
        painter.drawLines(_hatching(whole.adjusted(0.5, 0.5, -0.5, -0.5)))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(whole.adjusted(0.5, 0.5, -0.5, -0.5))


def paint_hairline(painter: QPainter, line: QLineF, inks: Inks) -> None:
    """Paint an upright or level line of one pixel."""
    start = QPointF(floor(line.x1()), floor(line.y1()))
    painter.fillRect(QRectF(start.x(), start.y(), max(line.dx(), 1.0), max(line.dy(), 1.0)), inks.axis)


def paint_legend(
    painter: QPainter, metrics: QFontMetricsF, entries: Sequence[tuple[Look, str]], *, height: float, inks: Inks
) -> None:
    """Paint what the looks stand for, side by side at the top."""
    box, left = _box(metrics), 0.0
    for look, name in entries:
        paint_bar(painter, QRectF(left, (height - box) / 2, box, box), look, inks)
        painter.setPen(inks.muted)
        width = metrics.horizontalAdvance(name)
        text_in(painter, QRectF(left + box + GAP, 0, width + GRID, height), name)
        left += box + GAP + width + 2 * GRID


def legend_width(metrics: QFontMetricsF, names: Sequence[str]) -> float:
    """Return how wide a legend is."""
    return sum(_box(metrics) + GAP + metrics.horizontalAdvance(name) + 2 * GRID for name in names)


def text_in(painter: QPainter, area: QRectF, text: str, *, right: bool = False) -> None:
    """Write a line of text in an area, in the middle of its height."""
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    painter.drawText(area, side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, text)


def text_up(painter: QPainter, area: QRectF, text: str, *, right: bool = False) -> None:
    """Write a line of text from the foot of an area upwards, or so that it ends at the top."""
    painter.save()
    painter.translate(area.bottomLeft())
    painter.rotate(-90)
    text_in(painter, QRectF(0, 0, area.height(), area.width()), text, right=right)
    painter.restore()


def name_in(painter: QPainter, area: QRectF, name: str, metrics: QFontMetricsF) -> None:
    """Write a name in an area: on one line, else on two if there is height for them, else cut short."""
    flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    if fits_on_lines(area, name, metrics):
        painter.drawText(area, flags | Qt.TextFlag.TextWordWrap, name)
    else:
        text_in(painter, area, metrics.elidedText(name, Qt.TextElideMode.ElideRight, area.width()))


def fits_on_lines(area: QRectF, name: str, metrics: QFontMetricsF) -> bool:
    """Whether a name can be written whole in an area."""
    if metrics.horizontalAdvance(name) <= area.width():
        return True
    if area.height() < _TWO_LINES * metrics.height():
        return False
    needed = metrics.boundingRect(QRectF(0, 0, area.width(), area.height()), Qt.TextFlag.TextWordWrap, name)
    return needed.width() <= area.width() and needed.height() <= area.height()


def widest(metrics: QFontMetricsF, texts: Sequence[str]) -> float:
    """Return the width of the widest text; a little more, since a width is rounded in many places."""
    return max((metrics.horizontalAdvance(text) + 1 for text in texts), default=0.0)


def snapped(area: QRectF) -> QRectF:
    """Return an area on whole pixels, so that its edges are sharp."""
    left, top = round(area.left()), round(area.top())
    return QRectF(left, top, round(area.right()) - left, round(area.bottom()) - top)


def _hatching(area: QRectF) -> list[QLineF]:
    """Return rising lines over an area, cut to it by reckoning: patterns and clips differ from printer to printer."""
    lines, at = [], area.left() + area.top() + _HATCH
    while at < area.right() + area.bottom():
        low, high = max(area.left(), at - area.bottom()), min(area.right(), at - area.top())
        lines.append(QLineF(low, at - low, high, at - high))
        at += _HATCH
    return lines


def _box(metrics: QFontMetricsF) -> float:
    return float(round(metrics.height() * 0.6))
