"""Typing in a cell of a table: known values are offered, and what can't be used is told where it was typed.

Must not know what is filled in.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCompleter,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from ui.plain import as_it_is
from ui.table import KEY_ROLE, TableModel

Index = QModelIndex | QPersistentModelIndex
_FINISHING = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab, Qt.Key.Key_Backtab}
_SHOWN_MS = 8000

FillIn = Callable[[str, str, str], str]
"""Takes a row's id, a field and what was typed; answers with why it can't be used, empty when it is filled in."""
Offer = Callable[[str], Sequence[str]]
"""Returns the values that a field is known to have."""


class CellEditor(QStyledItemDelegate):
    """The delegate of columns that can be typed in."""

    def __init__(self, model: TableModel, fill_in: FillIn, offer: Offer, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._view = view
        self._model, self._fill_in, self._offer = model, fill_in, offer

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:  # noqa: ARG002, N802
        """Make a line with the column's known values to choose from."""
        column = self._model.columns[index.column()]
        editor = QLineEdit(parent)
        editor.setAccessibleName(column.title)
        editor.setFrame(False)
        editor.setAutoFillBackground(True)
        if column.is_number:
            editor.setAlignment(Qt.AlignmentFlag.AlignRight)
        offered = list(self._offer(column.field))
        if offered:
            completer = QCompleter(offered, editor)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
            editor.setCompleter(completer)
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:  # noqa: N802  Qt's name
        """Begin with what is there, all of it marked."""
        if isinstance(editor, QLineEdit):
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole) or ""))
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:  # noqa: ARG002, N802
        """Fill in; where the cursor left for another place, what can't be used is told and left as it was."""
        if isinstance(editor, QLineEdit):
            self._tell(editor, self._try(editor, index))

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:  # noqa: N802  Qt's name
        """Keep the line open on Enter and Tab while what stands in it can't be used."""
        if (
            isinstance(editor, QLineEdit)
            and isinstance(event, QKeyEvent)
            and event.type() is QEvent.Type.KeyPress
            and event.key() in _FINISHING
        ):
            refused = self._try(editor, self._index_of(editor))
            if refused:
                self._tell(editor, refused)
                return True
        return super().eventFilter(editor, event)

    def _index_of(self, editor: QLineEdit) -> QModelIndex:
        return self._view.indexAt(editor.pos() + QPoint(2, 2))

    def _try(self, editor: QLineEdit, index: Index) -> str:
        if not index.isValid() or editor.text() == str(index.data(Qt.ItemDataRole.EditRole) or ""):
            return ""
        return self._fill_in(str(index.data(KEY_ROLE)), self._model.columns[index.column()].field, editor.text())

    def _tell(self, editor: QLineEdit, sentence: str) -> None:
        if sentence:
            editor.setAccessibleDescription(sentence)
            QToolTip.showText(
                editor.mapToGlobal(editor.rect().bottomLeft()), as_it_is(sentence), editor, editor.rect(), _SHOWN_MS
            )
