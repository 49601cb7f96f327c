"""Marks what a search has found, in the cells where it stands.

Must not know what is searched for beyond the words.
"""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QTextCharFormat, QTextLayout
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from tracker.flags import Severity
from tracker.search import Words
from ui.theme import theme_of

_PADDING = 8


class HitDelegate(QStyledItemDelegate):
    """Paints a cell with the found words marked: coloured, and bold for those who see no colour."""

    def __init__(self, words: Words, parent: object) -> None:
        super().__init__(parent)  # type: ignore[arg-type]  # a view
        self._words = words

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint the row's background, then the text with its hits."""
        drawn = QStyleOptionViewItem(option)
        self.initStyleOption(drawn, index)
        places = self._words.places(drawn.text)
        if not places:
            super().paint(painter, option, index)
            return
        text, drawn.text = drawn.text, ""
        style = option.widget.style() if option.widget is not None else QApplication.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, drawn, painter, option.widget)
        area = option.rect.adjusted(_PADDING, 0, -_PADDING, 0)
        shown = option.fontMetrics.elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        layout = QTextLayout(shown, option.font)
        layout.setFormats([_mark(start, end, option) for start, end in places if start < len(shown)])
        layout.beginLayout()
        layout.createLine().setLineWidth(1e6)
        layout.endLayout()
        painter.save()
        painter.setClipRect(area)
        painter.setPen(option.palette.color(option.palette.ColorRole.Text))
        top = area.top() + (area.height() - layout.boundingRect().height()) / 2
        layout.draw(painter, QPointF(area.left(), top))
        painter.restore()


def _mark(start: int, end: int, option: QStyleOptionViewItem) -> QTextLayout.FormatRange:
    ink = theme_of(option.palette).marks[Severity.WARNING]
    look = QTextCharFormat()
    look.setBackground(QColor(ink.fill))
    look.setForeground(QColor(ink.text))
    look.setFontWeight(QFont.Weight.DemiBold)
    found = QTextLayout.FormatRange()
    found.start, found.length, found.format = start, end - start, look
    return found
