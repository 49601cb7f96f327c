"""A row of fields over a table's columns: what is typed in one filters by its column.

Must not know what is filtered, nor how what was typed is read.
"""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from tracker.messages import message
from ui.plain import as_it_is
from ui.table_view import TableView
from ui.theme import FRAMED, GRID
from ui.words import Say

_AMOUNT_TIP = message("Filtrer {column} i tusen kroner: >1000, <0, 100..200, =0, eller - for ikke oppgitt")
_TEXT_TIP = message("Filtrer {column}: en del av teksten, =hele teksten, <>uten, eller - for ikke oppgitt")
_WAIT = 60


class FilterRow(QWidget):
    """One field a column. `changed` comes when somebody has typed."""

    changed = Signal()

    def __init__(self, view: TableView, say: Say, *, held: int) -> None:
        super().__init__(view.parentWidget())
        self._view, self._say, self._held = view, say, held
        self.fields: dict[str, QLineEdit] = {}
        self.setStyleSheet(FRAMED)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT)
        self._timer.timeout.connect(self.changed)
        for column in view.rows.columns:
            field = self.fields[column.key] = QLineEdit(self)
            field.setClearButtonEnabled(True)
            tip = say(message((_AMOUNT_TIP if column.is_number else _TEXT_TIP).text, column=column.title))
            field.setToolTip(as_it_is(tip))
            field.setAccessibleName(say(message("Filter for {column}", column=column.title)))
            field.setAccessibleDescription(tip)
            field.textEdited.connect(lambda _: self._timer.start())
            field.textChanged.connect(self._on_field_text_changed)
            field.installEventFilter(self)
        self.setFixedHeight(next(iter(self.fields.values())).sizeHint().height() + GRID)
        header = view.horizontalHeader()
        for moved in (header.sectionResized, header.sectionMoved, header.geometriesChanged):
            moved.connect(self._place)
        view.horizontalScrollBar().valueChanged.connect(self._place)

    @property
    def typed(self) -> dict[str, str]:
        """What is asked for, by column; empty fields left out."""
        return {key: field.text() for key, field in self.fields.items() if field.text().strip()}

    def set_typed(self, typed: dict[str, str]) -> None:
        """Fill the fields, without `changed`."""
        for key, field in self.fields.items():
            field.setText(typed.get(key, ""))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  Qt's name
        """Bring a field into sight when the cursor comes to it."""
        if event.type() is QEvent.Type.FocusIn:
            key = next(key for key, field in self.fields.items() if field is watched)
            section = next(at for at, column in enumerate(self._view.rows.columns) if column.key == key)
            row = max(self._view.currentIndex().row(), 0)
            if section >= self._held:
                self._view.scrollTo(self._view.rows.index(row, section))
        return super().eventFilter(watched, event)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802  Qt's name
        """Stand over the columns from the first moment."""
        super().showEvent(event)
        self._place()

    def _on_field_text_changed(self, text: str) -> None:
        # The button that clears a field is no typing to Qt.
        if not text:
            self._timer.start()

    def _place(self, *_: object) -> None:
        header = self._view.horizontalHeader()
        for section, column in enumerate(self._view.rows.columns):
            field = self.fields[column.key]
            is_held = section < self._held
            left = header.sectionPosition(section) if is_held else header.sectionViewportPosition(section)
            field.setVisible(not header.isSectionHidden(section))
            field.setGeometry(left + 2, GRID // 2, max(header.sectionSize(section) - 4, 1), self.height() - GRID)
            if is_held:
                field.raise_()
        order = [self.fields[self._view.rows.columns[section].key] for section in self._view.shown_sections()]
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)
