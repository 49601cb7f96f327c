"""A text beside the one before it: what was taken out struck through, what is new underlined.

Must not know whose texts they are.
"""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QEvent
from PySide6.QtGui import QTextDocument

from tracker.difference import Kind, differences
from tracker.flags import Severity
from ui.plain import Browser
from ui.theme import theme_of

_NOTHING = ("", "", False)


class ComparedText(Browser):
    """Shows a text as it was, or what has changed since. Never colour alone: a line through, a line under."""

    def __init__(self) -> None:
        super().__init__()
        self._shown = _NOTHING

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802  Qt's name
        """Mark the words anew in another look's colours."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and self.__dict__.get("_shown", _NOTHING) != _NOTHING:
            (before, after, marked), self._shown = self._shown, _NOTHING
            self.show_text(before, after, marked=marked)

    def show_text(self, before: str, after: str, *, marked: bool) -> None:
        """Show the text before, or with `marked` how it became the one after."""
        if self._shown == (before, after, marked):
            return
        self._shown = (before, after, marked)
        if not marked:
            self.document().setMarkdown(before, QTextDocument.MarkdownFeature.MarkdownNoHTML)
            return
        marks = theme_of(self.palette()).marks
        looks = {
            Kind.SAME: "",
            Kind.REMOVED: f"text-decoration: line-through; color: {marks[Severity.CRITICAL].text}; "
            f"background-color: {marks[Severity.CRITICAL].fill}",
            Kind.ADDED: f"text-decoration: underline; color: {marks[Severity.NOTE].text}; "
            f"background-color: {marks[Severity.NOTE].fill}",
        }
        pieces = (
            f"<span style='{looks[piece.kind]}'>{escape(piece.text)}</span>" for piece in differences(before, after)
        )
        self.setHtml(f"<div style='white-space: pre-wrap'>{''.join(pieces)}</div>")
