"""The mark of a severity or a light: a small pill with a shape and a word, so that colour is never alone.

Must not know why something is marked.
"""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QIcon,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPalette,
    QPen,
    QPixmap,
    QPolygonF,
)
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from tracker.flags import Severity
from tracker.kinds import Light
from ui.plain import Label
from ui.table import MARK_ROLE
from ui.theme import GRID, Theme, theme_of

Mark = Severity | Light

_ICON = 11.0
_OF_ASCENT = 0.92
_MARGIN = 3
_PICTURE, _RATIO = 16, 4


class MarkDelegate(QStyledItemDelegate):
    """Paints cells that have a mark as pills; others as usual."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint the row's background, then the pill."""
        mark = index.data(MARK_ROLE)
        if not isinstance(mark, Mark):
            super().paint(painter, option, index)
            return
        drawn = QStyleOptionViewItem(option)
        self.initStyleOption(drawn, index)
        words, drawn.text = drawn.text, ""
        style = option.widget.style() if option.widget is not None else QApplication.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, drawn, painter, option.widget)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(option.rect)
        painter.setFont(drawn.font)
        _paint_pill(painter, drawn, mark, words)
        painter.restore()


class Notice(Label):
    """A sentence marked with a severity, or as well as a light says."""

    def __init__(self, sentence: str, mark: Mark) -> None:
        super().__init__(sentence)
        self._mark = mark
        self.setWordWrap(True)
        self.setContentsMargins(int(icon_size(self.fontMetrics())) + 21, GRID, GRID, GRID)

    def set_mark(self, mark: Mark) -> None:
        """Mark it otherwise."""
        if mark is not self._mark:
            self._mark = mark
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        """Paint the sentence on the severity's colour, its shape before it."""
        ink = theme_of(self.palette()).marks[self._mark]
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ink.fill))
        painter.drawRoundedRect(self.rect(), GRID / 2, GRID / 2)
        size = icon_size(self.fontMetrics())
        shape = QRectF(1.5 * GRID, (self.height() - size) / 2, size, size)
        paint_shape(painter, shape, self._mark, ink=QColor(ink.text), hole=QColor(ink.fill))
        painter.setPen(QColor(ink.text))
        painter.drawText(self.contentsRect(), Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignVCenter, self.text())
        painter.end()


def _paint_pill(painter: QPainter, option: QStyleOptionViewItem, mark: Mark, words: str) -> None:
    ink = theme_of(option.palette).marks[mark]
    size = icon_size(option.fontMetrics)
    width = option.fontMetrics.horizontalAdvance(words) + size + 2.25 * GRID
    pill = QRectF(option.rect).adjusted(GRID / 2, _MARGIN, 0, -_MARGIN - 1)
    pill.setWidth(width)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(ink.fill))
    painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
    icon = QRectF(pill.left() + GRID * 0.75, pill.center().y() - size / 2, size, size)
    paint_shape(painter, icon, mark, ink=QColor(ink.text), hole=QColor(ink.fill))
    painter.setPen(QColor(ink.text))
    painter.drawText(
        pill.adjusted(size + 1.25 * GRID, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words
    )


def paint_shape(painter: QPainter, place: QRectF, mark: Mark, *, ink: QColor, hole: QColor) -> None:
    """Paint the shape of a mark: a disc, a triangle, a ring, a disc with a tick; told apart without colour."""
    painter.save()
    painter.translate(place.topLeft())
    painter.scale(place.width() / _ICON, place.height() / _ICON)
    _paint_shape(painter, mark, ink=ink, hole=hole)
    painter.restore()


def icon_size(metrics: QFontMetrics) -> float:
    """Return how large a shape is beside a text: as large as its letters."""
    return metrics.ascent() * _OF_ASCENT


def sign_size(metrics: QFontMetrics) -> QSize:
    """Return how large a `MarkIcon` is beside a text, with the room around its shape."""
    side = max(_PICTURE, round(icon_size(metrics) * _PICTURE / _ICON))
    return QSize(side, side)


def _on_ground(theme: Theme, mark: Mark) -> tuple[QColor, QColor]:
    """Return a mark's two colours, first the one that is seen where the mark has no pill of its own to stand on."""
    ink, ground = theme.marks[mark], QColor(theme.base).lightness()
    text, fill = QColor(ink.text), QColor(ink.fill)
    return (text, fill) if abs(text.lightness() - ground) >= abs(fill.lightness() - ground) else (fill, text)


def _paint_shape(painter: QPainter, mark: Mark, *, ink: QColor, hole: QColor) -> None:
    place = QRectF(0, 0, _ICON, _ICON)
    middle, top, bottom = place.center().x(), place.top(), place.bottom()
    is_triangle, is_ring = mark in {Severity.WARNING, Light.YELLOW}, mark is Severity.NOTE
    shape = QPainterPath()
    if is_triangle:
        corners = [QPointF(middle, top), QPointF(place.right(), bottom - 0.5), QPointF(place.left(), bottom - 0.5)]
        shape.addPolygon(QPolygonF([*corners, corners[0]]))
    else:
        shape.addEllipse(place.adjusted(0.5, 0.5, -0.5, -0.5))
    painter.setPen(QPen(ink, 1.3, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    painter.setBrush(Qt.BrushStyle.NoBrush if is_ring else ink)
    painter.drawPath(shape)
    painter.setPen(QPen(ink if is_ring else hole, 1.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    if mark is Light.GREEN:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline([QPointF(3.0, 5.8), QPointF(4.9, 7.7), QPointF(8.1, 3.8)])
        return
    long, dot = (QPointF(middle, top + 5.2), bottom - 2.9), top + 3.0
    if not is_ring:
        long, dot = (QPointF(middle, top + (4.0 if is_triangle else 2.8)), top + 6.4), bottom - 2.4
    painter.drawLine(long[0], QPointF(middle, long[1]))
    painter.drawPoint(QPointF(middle, dot))


class MarkIcon(QIcon):
    """The shape of a mark, to stand before a word on the window's ground; without one its place is empty."""

    def __init__(self, mark: Mark | None, palette: QPalette) -> None:
        picture = QPixmap(_PICTURE * _RATIO, _PICTURE * _RATIO)
        picture.setDevicePixelRatio(_RATIO)
        picture.fill(Qt.GlobalColor.transparent)
        if mark is not None:
            seen, hole = _on_ground(theme_of(palette), mark)
            painter = QPainter(picture)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint_shape(painter, QRectF(2, 2, _ICON, _ICON), mark, ink=seen, hole=hole)
            painter.end()
        super().__init__(picture)
