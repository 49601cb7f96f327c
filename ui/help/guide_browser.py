"""Shows a page of the guide: as wide as one likes to read, in the window's own look, with nothing but its own pictures.

Must not know which pages there are.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, QUrl, Signal
from PySide6.QtGui import QColor, QImage, QResizeEvent, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from db.guide_files import picture_path
from tracker.flags import Severity
from tracker.guide import Topic
from tracker.search import Words
from ui.help.guide_html import page_html, style_of
from ui.plain import Browser
from ui.theme import GRID, theme_of

_LETTERS = 88


class GuideBrowser(Browser):
    """A page to read; a link asks for another."""

    topic_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._topic: Topic | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextBrowserInteraction | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.anchorClicked.connect(lambda link: self.topic_asked.emit(link.toString()))

    def show_topic(self, topic: Topic) -> None:
        """Show a page from its top."""
        self._topic = topic
        self.setAccessibleName(topic.title)
        self._draw()
        self.verticalScrollBar().setValue(0)

    def mark(self, words: Words, sentence: str) -> None:
        """Mark words wherever they stand, and move to a sentence."""
        self.setExtraSelections([])
        ink = theme_of(self.palette()).marks[Severity.WARNING]
        look = QTextCharFormat()
        look.setBackground(QColor(ink.fill))
        look.setForeground(QColor(ink.text))
        selections = []
        for start, end in words.places(self.document().toPlainText()):
            one = QTextEdit.ExtraSelection()
            one.cursor = QTextCursor(self.document())
            one.cursor.setPosition(start)
            one.cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            one.format = look
            selections.append(one)
        self.setExtraSelections(selections)
        found = self.document().find(sentence[:_LETTERS], 0, QTextDocument.FindFlag.FindCaseSensitively)
        if not found.isNull():
            found.clearSelection()
            self.setTextCursor(found)
            below = self.cursorRect().top() - self.viewport().height() // 3
            self.verticalScrollBar().setValue(self.verticalScrollBar().value() + below)

    def loadResource(self, kind: int, name: QUrl | str) -> QImage:  # noqa: N802  Qt's name
        """Give a picture of the guide as wide as the column, and nothing else."""
        path = picture_path(QUrl(name).toString())
        if path is None:
            return super().loadResource(kind, name)
        picture, ratio = QImage(str(path)), self.devicePixelRatioF()
        width = min(round(self._column() * ratio), picture.width())
        drawn = picture.convertToFormat(QImage.Format.Format_RGB32).scaledToWidth(
            width, Qt.TransformationMode.SmoothTransformation
        )
        drawn.setDevicePixelRatio(ratio)
        return drawn

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802  Qt's name
        """Follow the look and the size of text."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.PaletteChange, QEvent.Type.FontChange}:
            self._draw()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  Qt's name
        """Keep the column as wide as one likes to read, or as the window is."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._draw()

    def sizeHint(self) -> QSize:  # noqa: N802  Qt's name
        """Ask for a column."""
        return QSize(_LETTERS * self.fontMetrics().averageCharWidth(), 60 * GRID)

    def _column(self) -> int:
        """How wide the text is."""
        likes = _LETTERS * self.fontMetrics().averageCharWidth()
        return max(min(likes, self.viewport().width() - 6 * GRID), 1)

    def _draw(self) -> None:
        if self._topic is None:
            return
        at = self.verticalScrollBar().value()
        theme = theme_of(self.palette())
        document = self.document()
        document.setDefaultStyleSheet(style_of(theme, points=self.font().pointSizeF()))
        self.setHtml(page_html(self._topic, theme))
        frame = document.rootFrame().frameFormat()
        frame.setMargin(0)
        frame.setLeftMargin(3 * GRID)
        frame.setRightMargin(max(self.viewport().width() - self._column() - 3 * GRID, 3 * GRID))
        frame.setTopMargin(2 * GRID)
        frame.setBottomMargin(3 * GRID)
        document.rootFrame().setFrameFormat(frame)
        self.verticalScrollBar().setValue(at)
