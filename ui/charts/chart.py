"""What every chart of bars has in common: bars that can be pointed at, chosen with the keys and read aloud.

Must not know how its bars are drawn, nor what they are about.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from math import ceil
from typing import ClassVar

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QFocusEvent,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QToolTip, QWidget

from ui.charts.ink import GAP, Inks, inks_of
from ui.theme import GRID, Theme, tabular, theme_of

_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Left: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Right: 1}
_DO = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}
_EMPTY_WIDTH = 28.0 * GRID


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What every bar has: its key (empty: nothing to choose), its name, and a sentence that says it all."""

    key: str
    name: str
    tip: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """One bar's place on the widget: what it stands for, and what is said of it."""

    key: str
    tip: str
    area: QRectF


class Chart(QWidget):
    """Bars of some kind. `activated` comes with the key of the bar that was chosen."""

    activated = Signal(str)

    inset: ClassVar[float] = GAP
    """Room at both sides for the frame of the bar that the keys are on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFont(tabular(self.font()))
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._entries: Sequence[Entry] = ()
        self._empty = ""
        self._at = self._under = self._pressed = -1

    def places(self, width: float) -> Sequence[QRectF]:
        """Return where the bars stand in a width."""
        raise NotImplementedError

    def needed_width(self) -> tuple[float, float]:
        """Return how narrow the chart can be without cutting a value, and the width at which nothing is cut."""
        raise NotImplementedError

    def needed_height(self) -> float:
        """Return how high the chart is."""
        raise NotImplementedError

    def draw(self, painter: QPainter, width: float, inks: Inks) -> None:
        """Draw the bars in a width."""
        raise NotImplementedError

    def take(self, entries: Sequence[Entry], empty: str) -> None:
        """Take new bars into use; `empty` is said where there are none. The keys stay on the bar they are on."""
        held = self._entries[self._at].key if 0 <= self._at < self.count() else ""
        self._entries, self._empty, self._under = entries, empty, -1
        first = 0 if entries and self.hasFocus() else -1
        self._at = next((at for at, entry in enumerate(entries) if held and entry.key == held), first)
        self.setAccessibleDescription("; ".join(entry.tip for entry in entries) or empty)
        focus = Qt.FocusPolicy.StrongFocus if any(entry.key for entry in entries) else Qt.FocusPolicy.TabFocus
        self.setFocusPolicy(focus if entries else Qt.FocusPolicy.NoFocus)
        self.updateGeometry()
        self.update()

    def count(self) -> int:
        """Return how many bars there are."""
        return len(self._entries)

    def spots(self, width: float) -> list[Spot]:
        """Return the bars with their places in a width."""
        if not self._entries:
            return []
        places = [area.adjusted(0, 0, 2 * self.inset, 0) for area in self.places(width - 2 * self.inset)]
        pairs = zip(self._entries, places, strict=True)
        return [Spot(key=entry.key, tip=entry.tip, area=area) for entry, area in pairs]

    @property
    def metrics(self) -> QFontMetricsF:
        """The measures of the font."""
        return QFontMetricsF(self.font())

    @property
    def line(self) -> float:
        """How high a line of text is."""
        return self.metrics.height() + GRID / 2

    def paint(self, painter: QPainter, size: QSizeF, theme: Theme) -> None:
        """Draw the chart, or the sentence that says there is nothing, on whatever the painter is for."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self.font())
        if self._entries:
            painter.translate(self.inset, 0)
            self.draw(painter, size.width() - 2 * self.inset, inks_of(theme))
            painter.translate(-self.inset, 0)
        else:
            painter.setPen(inks_of(theme).muted)
            painter.drawText(QRectF(QPointF(self.inset, 0), size), Qt.TextFlag.TextWordWrap, self._empty)

    def sizeHint(self) -> QSize:  # noqa: N802  Qt's name
        """Return what all bars need with their names in full."""
        if not self._entries:
            return self.minimumSizeHint()
        return QSize(ceil(self.needed_width()[1] + 2 * self.inset), ceil(self.needed_height()))

    def minimumSizeHint(self) -> QSize:  # noqa: N802  Qt's name
        """Return what all bars need, names cut short."""
        if self._entries:
            return QSize(ceil(self.needed_width()[0] + 2 * self.inset), ceil(self.needed_height()))
        room = QRectF(0, 0, _EMPTY_WIDTH, 0)
        needed = self.metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, self._empty)
        return QSize(ceil(max(_EMPTY_WIDTH, needed.width())), ceil(max(needed.height(), self.line)))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        """Draw the chart, what the pointer is on, and the frame of the bar that the keys are on."""
        theme, spots = theme_of(self.palette()), self.spots(self.width())
        painter = QPainter(self)
        if 0 <= self._under < len(spots) and spots[self._under].key:
            painter.fillRect(spots[self._under].area, inks_of(theme).hover)
        self.paint(painter, QSizeF(self.size()), theme)
        if self.hasFocus() and 0 <= self._at < len(spots):
            painter.setPen(QPen(QColor(theme.accent), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(spots[self._at].area.adjusted(1, 1, -1, -1), 3, 3)
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  Qt's name
        """Move among the bars, and choose one."""
        key, last = event.key(), self.count() - 1
        ends = {int(Qt.Key.Key_Home): 0, int(Qt.Key.Key_End): last}
        if last >= 0 and key in _STEPS:
            self._move(min(max(self._at + _STEPS[Qt.Key(key)], 0), last))
        elif last >= 0 and key in ends:
            self._move(ends[key])
        elif key in _DO and 0 <= self._at <= last and self._entries[self._at].key:
            self.activated.emit(self._entries[self._at].key)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802  Qt's name
        """Begin at the first bar."""
        self._at = max(self._at, 0)
        super().focusInEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802  Qt's name
        """Hold the bar that is pressed."""
        self._pressed = self._spot_at(event.position()) if event.button() == Qt.MouseButton.LeftButton else -1
        if self._pressed >= 0:
            self._at = self._pressed
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802  Qt's name
        """Choose the bar that was pressed, if the pointer is still on it."""
        pressed, self._pressed = self._pressed, -1
        is_left = event.button() == Qt.MouseButton.LeftButton
        if is_left and pressed >= 0 and pressed == self._spot_at(event.position()) and self._entries[pressed].key:
            self.activated.emit(self._entries[pressed].key)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802  Qt's name
        """Show that a bar can be clicked."""
        self._point_at(self._spot_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802  Qt's name
        """Forget the bar that the pointer was on."""
        self._point_at(-1)
        super().leaveEvent(event)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802  Qt's name
        """Measure anew in a new font."""
        if event.type() is QEvent.Type.FontChange:
            self.updateGeometry()
        super().changeEvent(event)

    def event(self, event: QEvent) -> bool:
        """Tell of the bar under the pointer."""
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            at = self._spot_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), plain_tip(self._entries[at].tip) if at >= 0 else "", self)
            return True
        return super().event(event)

    def _move(self, at: int) -> None:
        self._at = at
        tip, area = self._entries[at].tip, self.spots(self.width())[at].area
        outer = self.parentWidget()
        while outer is not None and not isinstance(outer, QScrollArea):
            outer = outer.parentWidget()
        body = None if outer is None else outer.widget()
        if outer is not None and body is not None:
            middle = self.mapTo(body, area.center().toPoint())
            outer.ensureVisible(middle.x(), middle.y(), 0, ceil(area.height()))
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, tip))
        QToolTip.showText(self.mapToGlobal(area.bottomLeft().toPoint()), plain_tip(tip), self)
        self.update()

    def _point_at(self, at: int) -> None:
        can_choose = at >= 0 and bool(self._entries[at].key)
        self.setCursor(Qt.CursorShape.PointingHandCursor if can_choose else Qt.CursorShape.ArrowCursor)
        if at != self._under:
            self._under = at
            self.update()

    def _spot_at(self, place: QPointF) -> int:
        return next((at for at, spot in enumerate(self.spots(self.width())) if spot.area.contains(place)), -1)


def plain_tip(tip: str) -> str:
    """Return a tip that Qt does not take for markup, and breaks into lines."""
    return f"<p>{escape(tip)}</p>" if tip else ""
