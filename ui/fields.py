"""Fields on a page: a title, a line to type in, and beneath it why what was typed can't be used.

Must not know what is filled in.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QPalette, QTextCursor
from PySide6.QtWidgets import QCompleter, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from tracker.flags import Severity
from ui.marks import Notice
from ui.plain import Label
from ui.theme import GRID, Step, sized

Save = Callable[[str], str]
"""Takes what was typed; answers with why it can't be used, empty when it is saved."""
Keep = Callable[[str], None]

_IDLE_MS = 900
_BULLETS = ("- ", "* ")


class Titled(QWidget):
    """A title over a widget, and room beneath it for a refusal."""

    def __init__(self, title: str, widget: QWidget, *, unit: str = "") -> None:
        super().__init__()
        self.title = Label(f"{title} ({unit})" if unit else title)
        self.title.setFont(sized(self.title.font(), Step.SMALL))
        self.title.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.title.setBuddy(widget)
        widget.setAccessibleName(self.title.text())
        self.refusal = Notice("", Severity.CRITICAL)
        self.refusal.hide()
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(GRID // 4)
        lines.addWidget(self.title)
        lines.addWidget(widget)
        lines.addWidget(self.refusal)
        self.setFocusProxy(widget)

    def tell(self, refusal: str) -> None:
        """Say why what was typed can't be used; empty takes it away."""
        self.refusal.setText(refusal)
        self.refusal.setVisible(bool(refusal))
        self.describe(refusal)

    def describe(self, sentence: str) -> None:
        """Say something of what stands where the cursor is to those who don't see it."""
        proxy = self.focusProxy()
        if proxy is not None:
            proxy.setAccessibleDescription(sentence or self.refusal.text())


class LineField(Titled):
    """A line: Enter or leaving it saves, Esc takes back what was typed."""

    def __init__(self, title: str, save: Save, *, unit: str = "", hint: str = "") -> None:
        self.line = QLineEdit()
        super().__init__(title, self.line, unit=unit)
        self._save, self._held = save, ""
        self.line.setPlaceholderText(hint)
        self.line.editingFinished.connect(self.finish)
        self.line.installEventFilter(self)

    def set_value(self, text: str) -> None:
        """Show what is saved; what is being typed and can't be used yet stays."""
        if self.line.text() == self._held or not self.line.hasFocus():
            self._held = text
            if self.line.text() != text:
                self.line.setText(text)
            self.tell("")
        else:
            self._held = text

    def offer(self, values: Sequence[str]) -> None:
        """Offer values to choose from."""
        completer = QCompleter(list(values), self.line)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.line.setCompleter(completer)

    def set_editable(self, *, editable: bool) -> None:
        """Let it be typed in, or only read."""
        self.line.setReadOnly(not editable)

    def finish(self) -> None:
        """Save what was typed."""
        typed = self.line.text()
        if typed == self._held or self.line.isReadOnly():
            self.tell("")
            return
        refusal = self._save(typed)
        self.tell(refusal)
        if not refusal:
            # Written in the one way, whichever way it was typed.
            self.line.setText(self._held)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  Qt's name
        """Take back what was typed on Esc; offer all values on Down in an empty line."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape and self.line.text() != self._held:
                self.line.setText(self._held)
                self.tell("")
                return True
            if event.key() == Qt.Key.Key_Down and self._offers_all():
                return True
        return super().eventFilter(watched, event)

    def _offers_all(self) -> bool:
        completer = self.line.completer()
        popup = None if completer is None else completer.popup()
        if completer is None or (popup is not None and popup.isVisible()):
            return False
        completer.setCompletionPrefix("")
        completer.complete()
        return True


class TextField(Titled):
    """A text: saved when typing rests and when it is left; every keystroke is kept as a draft until then."""

    def __init__(self, title: str, save: Save, keep: Keep, *, hint: str = "") -> None:
        self.text = QPlainTextEdit()
        super().__init__(title, self.text)
        self._save, self._keep, self._held = save, keep, ""
        self.text.setPlaceholderText(hint)
        self.text.setTabChangesFocus(True)
        self.text.installEventFilter(self)
        self.text.textChanged.connect(self._on_text_changed)
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.setInterval(_IDLE_MS)
        self._idle.timeout.connect(self.finish)
        self._is_showing = False

    @property
    def typed(self) -> str:
        """What stands in the field now."""
        return self.text.toPlainText()

    def set_value(self, text: str) -> None:
        """Show what is saved, the cursor left where it is; what is being typed stays."""
        if self.typed.rstrip() == text.rstrip() or (self._idle.isActive() and self.text.hasFocus()):
            self._held = text
            return
        self._held = text
        self._is_showing = True
        place = self.text.textCursor().position()
        self.text.setPlainText(text)
        cursor = self.text.textCursor()
        cursor.setPosition(min(place, len(text)))
        self.text.setTextCursor(cursor)
        self._is_showing = False
        self.tell("")

    def set_editable(self, *, editable: bool) -> None:
        """Let it be typed in, or only read."""
        self.text.setReadOnly(not editable)

    def finish(self) -> None:
        """Save what was typed, now."""
        self._idle.stop()
        if self.text.isReadOnly() or self.typed.rstrip() == self._held.rstrip():
            return
        typed = self.typed
        refusal = self._save(typed)
        self.tell(refusal)
        if not refusal:
            self._held = typed

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  Qt's name
        """Save when the field is left; go on with a list on Enter; leave undoing to the program."""
        if event.type() is QEvent.Type.FocusOut:
            self.finish()
        if isinstance(event, QKeyEvent):
            if event.type() is QEvent.Type.ShortcutOverride and self._is_for_program(event):
                event.ignore()
                return True
            if event.type() is QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Return and self._continues_list():
                return True
        return super().eventFilter(watched, event)

    def _is_for_program(self, event: QKeyEvent) -> bool:
        document = self.text.document()
        if event.matches(QKeySequence.StandardKey.Undo):
            return not document.isUndoAvailable()
        return event.matches(QKeySequence.StandardKey.Redo) and not document.isRedoAvailable()

    def _on_text_changed(self) -> None:
        if not self._is_showing:
            self._keep(self.typed)
            self._idle.start()

    def _continues_list(self) -> bool:
        """Begin the next point of a list, or end the list where the point is empty."""
        cursor = self.text.textCursor()
        line = cursor.block().text()
        if cursor.hasSelection() or not line.startswith(_BULLETS) or not cursor.atBlockEnd():
            return False
        if line.strip() in {"-", "*"}:
            cursor.select(QTextCursor.SelectionType.LineUnderCursor)
            cursor.removeSelectedText()
        else:
            cursor.insertText(f"\n{line[:2]}")
        return True
