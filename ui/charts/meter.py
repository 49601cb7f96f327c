"""A slim bar: how much of a budget is used, what goes beyond it hatched.

Must not know which budget.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from tracker.flags import Severity
from ui.theme import GRID, theme_of

_THICK = 1.5 * GRID


class Meter(QWidget):
    """Shows a share, with words after it."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._used, self._whole, self._text = 0, 0, ""

    def show_share(self, used: int, whole: int, *, text: str) -> None:
        """Show how much of the whole is used."""
        self._used, self._whole, self._text = used, whole, text
        self.setAccessibleDescription(text)
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802  Qt's name
        """Return room for the bar and the words."""
        return QSize(32 * GRID, int(QFontMetricsF(self.font()).height()) + GRID // 2)

    def minimumSizeHint(self) -> QSize:  # noqa: N802  Qt's name
        """Return room for the words and a short bar."""
        words = int(QFontMetricsF(self.font()).horizontalAdvance(self._text))
        return QSize(words + 8 * GRID, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        """Draw the whole, what is used, and what is over."""
        theme = theme_of(self.palette())
        painter = QPainter(self)
        words = QFontMetricsF(self.font()).horizontalAdvance(self._text)
        bar = QRectF(0, (self.height() - _THICK) / 2, max(self.width() - words - 2 * GRID, 1.0), _THICK)
        most = max(self._used, self._whole, 1)
        whole = QRectF(bar.left(), bar.top(), bar.width() * max(self._whole, 0) / most, bar.height())
        used = QRectF(
            bar.left(), bar.top(), bar.width() * min(max(self._used, 0), max(self._whole, 0)) / most, bar.height()
        )
        painter.fillRect(used, QColor(theme.accent))
        if self._used > max(self._whole, 0):
            over = QRectF(whole.right(), bar.top(), bar.right() - whole.right(), bar.height())
            red = QColor(theme.marks[Severity.CRITICAL].text)
            painter.fillRect(over, QBrush(red, Qt.BrushStyle.BDiagPattern))
            painter.setPen(QPen(red, 1))
            painter.drawRect(over.adjusted(0.5, 0.5, -0.5, -0.5))
        painter.setPen(QPen(QColor(theme.muted), 1))
        painter.drawRect(whole.adjusted(0.5, 0.5, -0.5, -0.5))
        painter.setPen(QColor(theme.text))
        area = QRectF(bar.right() + GRID, 0, words + GRID, self.height())
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self._text)
        painter.end()
