"""A slim bar: how much of a budget is used, what goes beyond it hatched.

Must not know which budget.
"""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QEvent, QRectF, QSize, QSizeF
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.charts.chart import plain_tip
from ui.charts.ink import Look, inks_of, paint_bar, text_in
from ui.theme import GRID, Theme, tabular, theme_of

_LEAST_BAR = 8.0 * GRID
_GOOD_BAR = 24.0 * GRID


class Meter(QWidget):
    """Shows a share, with words after it. There is nothing to choose in it, so the keys pass it by."""

    def __init__(self) -> None:
        super().__init__()
        self.setFont(tabular(self.font()))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._used: int | None = 0
        self._whole: int | None = 0
        self._text = ""

    def show_share(self, used: int | None, whole: int | None, *, text: str, tip: str = "") -> None:
        """Show how much of the whole is used; the words alone where either is unknown."""
        self._used, self._whole, self._text = used, whole, text
        self.setToolTip(plain_tip(tip))
        self.setAccessibleDescription(tip or text)
        self.updateGeometry()
        self.update()

    def paint(self, painter: QPainter, size: QSizeF, theme: Theme) -> None:
        """Draw the whole, what is used of it, what is over, and the words, on whatever the painter is for."""
        inks, words = inks_of(theme), self._words()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self.font())
        if self._used is None or self._whole is None:
            painter.setPen(inks.muted)
            text_in(painter, QRectF(0, 0, size.width(), size.height()), self._text)
            return
        length = max(size.width() - words - (GRID if words else 0), 1.0)
        thick = round(QFontMetricsF(self.font()).height() * 0.6)
        bar = QRectF(0, round((size.height() - thick) / 2), length, thick)
        whole, used = max(self._whole, 0), max(self._used, 0)
        scale = length / (max(whole, used) or 1)
        paint_bar(painter, bar if not used else _part(bar, 0, whole * scale), Look.HOLLOW, inks)
        paint_bar(painter, _part(bar, 0, min(used, whole) * scale), Look.SOLID, inks)
        paint_bar(painter, _part(bar, whole * scale, max(used, whole) * scale), Look.OVER, inks)
        painter.setPen(inks.text)
        text_in(painter, QRectF(size.width() - words, 0, words, size.height()), self._text)

    def sizeHint(self) -> QSize:  # noqa: N802  Qt's name
        """Return room for a good bar and the words."""
        return QSize(ceil(self._words() + GRID + _GOOD_BAR), ceil(QFontMetricsF(self.font()).height()) + GRID // 2)

    def minimumSizeHint(self) -> QSize:  # noqa: N802  Qt's name
        """Return room for a short bar and the words."""
        return QSize(ceil(self._words() + GRID + _LEAST_BAR), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        """Draw the bar."""
        painter = QPainter(self)
        self.paint(painter, QSizeF(self.size()), theme_of(self.palette()))
        painter.end()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802  Qt's name
        """Measure anew in a new font."""
        if event.type() is QEvent.Type.FontChange:
            self.updateGeometry()
        super().changeEvent(event)

    def _words(self) -> float:
        return QFontMetricsF(self.font()).horizontalAdvance(self._text) + 1 if self._text else 0.0


def _part(bar: QRectF, start: float, end: float) -> QRectF:
    return QRectF(bar.left() + start, bar.top(), end - start, bar.height())
