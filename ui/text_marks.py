"""Marks under words that disagree with the figures: dotted, on the severity's ground, so that spelling's wave differs.

Must not know a rule, nor what is done about a finding.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QKeyEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QToolTip

from tracker.flags import Flag
from tracker.messages import message
from ui.plain import as_it_is
from ui.theme import theme_of
from ui.words import Say

NEXT_KEY = Qt.Key.Key_F8
_ANEW = -2
_WORDS = 100


class TextMarks(QObject):
    """The marks of one text. They move with the words while the text is written."""

    reached = Signal(int)
    """Which finding the cursor came to, -1 where it stands in none."""

    def __init__(self, text: QPlainTextEdit, say: Say) -> None:
        super().__init__(text)
        self._text, self._say = text, say
        self._flags: Sequence[Flag] = ()
        self._at = -1
        text.cursorPositionChanged.connect(self._on_text_cursor_position_changed)
        text.installEventFilter(self)
        text.viewport().installEventFilter(self)

    def show_flags(self, flags: Sequence[Flag]) -> None:
        """Mark the words of these findings; one on the whole text has none."""
        self._flags, self._at = flags, _ANEW
        self._text.setExtraSelections([self._mark(flag) for flag in flags])
        self._on_text_cursor_position_changed()

    def select(self, at: int) -> None:
        """Put the cursor over the words of a finding."""
        cursor = self._cursor(at)
        if cursor is not None and cursor.hasSelection():
            self._text.setTextCursor(cursor)
            self._text.ensureCursorVisible()

    def at(self, position: int) -> int:
        """Return which finding a place in the text belongs to, the narrowest of several; -1 for none."""
        found = [
            (mark.cursor.selectionEnd() - mark.cursor.selectionStart(), at)
            for at, mark in enumerate(self._text.extraSelections())
            if mark.cursor.hasSelection() and mark.cursor.selectionStart() <= position <= mark.cursor.selectionEnd()
        ]
        return min(found)[1] if found else -1

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  Qt's name
        """Explain a mark under the pointer; go to the next or the previous on F8 and Shift+F8."""
        if isinstance(event, QHelpEvent) and watched is self._text.viewport():
            return self._explain(event)
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and event.key() == NEXT_KEY:
            self._step(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
            return True
        if event.type() is QEvent.Type.PaletteChange and watched is self._text:
            self._recolour()
        return super().eventFilter(watched, event)

    def _explain(self, event: QHelpEvent) -> bool:
        at = self.at(self._text.cursorForPosition(event.pos()).position())
        if at < 0:
            QToolTip.hideText()
            return False
        QToolTip.showText(event.globalPos(), as_it_is(explained(self._flags[at], self._say)), self._text)
        return True

    def _step(self, by: int) -> None:
        """Go to the next finding after the cursor, or the one before it, and round the end."""
        cursors = [(cursor.selectionStart(), at) for at in range(len(self._flags)) if (cursor := self._cursor(at))]
        places = sorted(place for place in cursors if self._cursor_has_words(place[1]))
        if not places:
            return
        here = self._text.textCursor()
        if by > 0:
            self.select(next((at for place, at in places if place >= here.selectionEnd()), places[0][1]))
        else:
            self.select(next((at for place, at in reversed(places) if place < here.selectionStart()), places[-1][1]))

    def _cursor_has_words(self, at: int) -> bool:
        cursor = self._cursor(at)
        return cursor is not None and cursor.hasSelection()

    def _cursor(self, at: int) -> QTextCursor | None:
        marks = self._text.extraSelections()
        if not 0 <= at < len(marks):
            return None
        cursor: QTextCursor = marks[at].cursor
        return QTextCursor(cursor)

    def _mark(self, flag: Flag) -> QTextEdit.ExtraSelection:
        mark = QTextEdit.ExtraSelection()
        cursor = QTextCursor(self._text.document())
        place = flag.place
        text = self._text.toPlainText()
        cursor.setPosition(0 if place is None else place_of(text, place.start))
        cursor.setPosition(0 if place is None else place_of(text, place.end), QTextCursor.MoveMode.KeepAnchor)
        mark.cursor, mark.format = cursor, self._look(flag)
        return mark

    def _look(self, flag: Flag) -> QTextCharFormat:
        ink = theme_of(self._text.palette()).marks[flag.severity]
        look = QTextCharFormat()
        look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
        look.setUnderlineColor(QColor(ink.text))
        if flag.quote is not None and len(flag.quote) <= _WORDS:
            # A ground under a whole paragraph would shout.
            look.setBackground(QColor(ink.fill))
            look.setForeground(QColor(ink.text))
        return look

    def _recolour(self) -> None:
        """Take the colours of another look, the marks left where they are."""
        marks = self._text.extraSelections()
        for mark, flag in zip(marks, self._flags, strict=True):
            mark.format = self._look(flag)
        self._text.setExtraSelections(marks)

    def _on_text_cursor_position_changed(self) -> None:
        at = self.at(self._text.textCursor().position())
        if at != self._at:
            self._at = at
            self.reached.emit(at)


def explained(flag: Flag, say: Say) -> str:
    """Return a finding in words: how much it matters, what disagrees, and what usually solves it."""
    finding = message("{severity}: {finding}", severity=flag.severity.word, finding=flag.finding.message)
    return f"{say(finding)}\n{say(flag.rule.remedy)}"


def place_of(text: str, letter: int) -> int:
    """Return where a letter stands in a text field, which counts letters beyond Unicode's first plane as two."""
    return min(letter, len(text)) + sum(one > "\uffff" for one in text[:letter])
