"""Shows pages one at a time, as they will be on paper: turned with keys or buttons, as wide as there is room.

Must not know what is on a page.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPalette, QPixmap, QResizeEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from tracker.messages import message
from ui.plain import Label
from ui.theme import GRID
from ui.words import Say

_SMALLEST = 30 * GRID


class Sheet(QWidget):
    """One page, whole, in the middle of its room."""

    def __init__(self, turn: Callable[[int], None]) -> None:
        super().__init__()
        self._turn = turn
        self._page = QSvgRenderer(self)
        self._is_wide = False
        self._picture = QPixmap()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(QSize(_SMALLEST, _SMALLEST))

    def show_page(self, svg: bytes) -> None:
        """Show a page; nothing to show is an empty room."""
        self._page.load(QByteArray(svg))
        self._picture = QPixmap()
        self._make_room()

    def set_wide(self, *, wide: bool) -> None:
        """Let the page be as wide as its room, however high it becomes, or be seen whole."""
        self._is_wide = wide
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  Qt's name
        """Take the height that the width asks for."""
        super().resizeEvent(event)
        self._make_room()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  Qt's name
        """Turn the pages with the keys that turn pages."""
        steps = {
            Qt.Key.Key_PageDown: 1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_PageUp: -1,
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Home: -_VERY_FAR,
            Qt.Key.Key_End: _VERY_FAR,
        }
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self._turn(step)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        """Paint the page on white, whatever the look: paper is white."""
        if not self._page.isValid():
            return
        place = self._place()
        painter = QPainter(self)
        dots = place.size().toSize() * self.devicePixelRatioF()
        if self._picture.size() != dots:
            self._picture = self._painted(dots)
        painter.drawPixmap(place.toRect(), self._picture)
        focused = self.hasFocus()
        painter.setPen(self.palette().color(QPalette.ColorRole.Link if focused else QPalette.ColorRole.Dark))
        painter.drawRect(place.toRect().adjusted(-1, -1, 0, 0))

    def _make_room(self) -> None:
        size = self._page.defaultSize()
        is_tall = self._is_wide and self._page.isValid()
        self.setMinimumHeight(size.height() * self.width() // max(size.width(), 1) if is_tall else _SMALLEST)
        self.update()

    def _place(self) -> QRectF:
        whole = self._page.defaultSize().scaled(self.size() - QSize(4, 4), Qt.AspectRatioMode.KeepAspectRatio)
        left, top = (self.width() - whole.width()) / 2, (self.height() - whole.height()) / 2
        return QRectF(int(left), int(top), whole.width(), whole.height())

    def _painted(self, size: QSize) -> QPixmap:
        picture = QPixmap(size)
        picture.fill(QColor(Qt.GlobalColor.white))
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._page.render(painter)
        painter.end()
        return picture


_VERY_FAR = 1_000_000


class PageView(QWidget):
    """Pages, which one is shown, and what turns them."""

    def __init__(self, say: Say) -> None:
        super().__init__()
        self._say = say
        self._count = 0
        self._page: Callable[[int], bytes] = _no_page
        self.at = 0
        self.sheet = Sheet(self.turn)
        self.back = QPushButton(say(message("Forrige side")))
        self.onward = QPushButton(say(message("Neste side")))
        self.wide = QPushButton(say(message("Full bredde")))
        self.wide.setCheckable(True)
        self.place, self.told = Label(), Label()
        self.back.clicked.connect(lambda: self.turn(-1))
        self.onward.clicked.connect(lambda: self.turn(1))
        self.wide.toggled.connect(lambda wide: self.sheet.set_wide(wide=wide))
        self._lay_out()
        self.show_pages(0, _no_page)

    def show_pages(self, count: int, page: Callable[[int], bytes]) -> None:
        """Show pages, counted from 0, at the place where the last ones were."""
        self._count, self._page = count, page
        self.turn(0)

    def tell(self, sentence: str) -> None:
        """Say something of the pages; empty takes it away."""
        self.told.setText(sentence)
        self.told.setVisible(bool(sentence))

    def turn(self, by: int) -> None:
        """Turn some pages on, or back."""
        self.at = max(0, min(self.at + by, self._count - 1))
        self.sheet.show_page(self._page(self.at) if self._count else b"")
        said = message("Side {page} av {pages}", page=self.at + 1, pages=self._count)
        self.place.setText(self._say(said) if self._count else "")
        self.sheet.setAccessibleName(self._say(message("Forhåndsvisning")))
        self.sheet.setAccessibleDescription(self.place.text())
        self.back.setEnabled(self.at > 0)
        self.onward.setEnabled(self.at < self._count - 1)

    def _lay_out(self) -> None:
        self.told.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.told.setWordWrap(True)
        self.place.setAlignment(Qt.AlignmentFlag.AlignCenter)
        turning = QHBoxLayout()
        turning.addWidget(self.back)
        turning.addWidget(self.place, 1)
        turning.addWidget(self.onward)
        turning.addWidget(self.wide)
        room = QScrollArea()
        room.setFrameShape(QFrame.Shape.NoFrame)
        room.setWidgetResizable(True)
        room.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        room.setWidget(self.sheet)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(GRID)
        lines.addLayout(turning)
        lines.addWidget(self.told)
        lines.addWidget(room, 1)


def _no_page(_at: int) -> bytes:
    return b""
