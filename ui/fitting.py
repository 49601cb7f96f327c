"""How large a window opens: as large as it likes, and never so that what stands at its foot is beneath the screen.

Must not know which window.
"""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QStyle, QWidget

from ui.theme import GRID

_EDGES = 2 * GRID


def fitted(widget: QWidget, likes: QSize) -> QSize:
    """Return the size a window likes, or what of it the screen has room for within the frame that comes around it.

    The system makes the frame when the window is shown, and the style knows about how high it will be.
    """
    title = widget.style().pixelMetric(QStyle.PixelMetric.PM_TitleBarHeight)
    return likes.boundedTo(widget.screen().availableSize() - QSize(_EDGES, title + _EDGES))
