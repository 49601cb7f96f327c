"""What every chart of bars has in common: bars that can be pointed at, chosen with the keys and read aloud.

Must not know how its bars are drawn, nor what they are about.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ui.theme import GRID, Theme, tabular, theme_of

_BACK = {Qt.Key.Key_Up, Qt.Key.Key_Left}
_ON = {Qt.Key.Key_Down, Qt.Key.Key_Right}
_DO = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """One bar's place on the widget: what it stands for, and what is said of it."""

    key: str
    tip: str
    area: QRectF


class Chart(QWidget):
    """Bars of some kind. `activated` comes with the key of the bar that was chosen."""

    activated = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFont(tabular(self.font()))
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._empty = ""
        self._at = -1

    def count(self) -> int:
        """Return how many bars there are."""
        raise NotImplementedError

    def spots(self, width: float) -> Sequence[Spot]:
        """Return where the bars stand in a width."""
        raise NotImplementedError

    def needed_height(self) -> float:
        """Return how high the bars are."""
        raise NotImplementedError

    def draw(self, painter: QPainter, width: float, theme: Theme) -> None:
        """Draw the bars in a width."""
        raise NotImplementedError

    def shown_anew(self, empty: str) -> None:
        """Take new bars into use; `empty` is said where there are none."""
        self._empty, self._at = empty, -1
        tips = [spot.tip for spot in self.spots(400.0)]
        self.setAccessibleDescription("; ".join(tips) or empty)
        can_choose = any(spot.key for spot in self.spots(400.0))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if can_choose else Qt.FocusPolicy.NoFocus)
        self.updateGeometry()
        self.update()

    @property
    def metrics(self) -> QFontMetricsF:
        """The measures of the font."""
        return QFontMetricsF(self.font())

    @property
    def line(self) -> float:
        """How high a line of text is."""
        return self.metrics.height() + GRID / 2

    def sizeHint(self) -> QSize:  # noqa: N802  Qt's name
        """Return what all bars need."""
        height = self.needed_height() if self.count() else 2 * self.line
        return QSize(48 * GRID, int(height) + 1)

    def minimumSizeHint(self) -> QSize:  # noqa: N802  Qt's name
        """Return what all bars need, narrow."""
        return QSize(28 * GRID, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        """Draw the bars, and the frame of the one that the keys are on."""
        painter = QPainter(self)
        theme = theme_of(self.palette())
        if not self.count():
            painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
            painter.drawText(self.rect(), Qt.TextFlag.TextWordWrap, self._empty)
        else:
            self.draw(painter, self.width(), theme)
            if self.hasFocus() and 0 <= self._at < self.count():
                painter.setPen(QPen(QColor(theme.accent), 1.5))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(self.spots(self.width())[self._at].area.adjusted(1, 1, -1, -1), 3, 3)
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  Qt's name
        """Move among the bars, and choose one."""
        key = Qt.Key(event.key())
        if key in _BACK | _ON and self.count():
            self._at = min(max(self._at + (1 if key in _ON else -1), 0), self.count() - 1)
            self.setAccessibleDescription(self.spots(self.width())[self._at].tip)
            self.update()
        elif key in _DO and 0 <= self._at < self.count():
            self._choose(self._at)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802  Qt's name
        """Begin at the first bar."""
        self._at = max(self._at, 0)
        super().focusInEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802  Qt's name
        """Choose the bar that is clicked."""
        at = self._spot_at(event.position().toPoint())
        if at is not None and event.button() == Qt.MouseButton.LeftButton:
            self._at = at
            self._choose(at)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802  Qt's name
        """Show that a bar can be clicked."""
        at = self._spot_at(event.position().toPoint())
        can_choose = at is not None and bool(self.spots(self.width())[at].key)
        self.setCursor(Qt.CursorShape.PointingHandCursor if can_choose else Qt.CursorShape.ArrowCursor)

    def event(self, event: QEvent) -> bool:
        """Tell of the bar under the pointer."""
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            at = self._spot_at(event.pos())
            QToolTip.showText(event.globalPos(), "" if at is None else self.spots(self.width())[at].tip, self)
            return True
        return super().event(event)

    def elided(self, text: str, width: float) -> str:
        """Return a name as it fits."""
        return self.metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)

    def _spot_at(self, place: QPoint) -> int | None:
        if not self.count():
            return None
        return next((at for at, spot in enumerate(self.spots(self.width())) if spot.area.contains(place)), None)

    def _choose(self, at: int) -> None:
        key = self.spots(self.width())[at].key
        if key:
            self.activated.emit(key)


def text_in(painter: QPainter, area: QRectF, text: str, *, right: bool = False) -> None:
    """Write a line of text in an area, in the middle of its height."""
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    painter.drawText(area, side | Qt.AlignmentFlag.AlignVCenter, text)
