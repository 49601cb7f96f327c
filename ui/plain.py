"""Texts shown as they are: names and status texts come from other people, and Qt takes what looks like markup for it.

A text with `<img src=…>` or a Markdown picture would otherwise be drawn, and the file it names fetched, from a server
too. Must not know whose text it is.
"""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QObject, Qt, QUrl
from PySide6.QtGui import QImage, QTextDocument
from PySide6.QtWidgets import QLabel, QTextBrowser, QWidget


class Label(QLabel):
    """A label whose text is never markup. Every label of the window is one."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)


class Document(QTextDocument):
    """A document that fetches nothing: where a picture would be, there is none."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)

    def loadResource(self, kind: int, name: QUrl | str) -> QImage:  # noqa: ARG002, N802  Qt's name
        """Give a clear dot for whatever is asked for; Qt looks for the file itself when it gets nothing."""
        return _clear_dot()


class Browser(QTextBrowser):
    """A field of formatted text that fetches nothing and follows no link."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setOpenLinks(False)

    def loadResource(self, kind: int, name: QUrl | str) -> QImage:  # noqa: ARG002, N802  Qt's name
        """Give a clear dot, as `Document` does."""
        return _clear_dot()


def as_it_is(text: str) -> str:
    """Return a tip that is shown as it is written, also where it looks like markup."""
    return f"<p style='white-space: pre-wrap'>{escape(text)}</p>" if "<" in text else text


def _clear_dot() -> QImage:
    dot = QImage(1, 1, QImage.Format.Format_ARGB32)
    dot.fill(Qt.GlobalColor.transparent)
    return dot
