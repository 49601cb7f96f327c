"""The windows that a question takes: a form with some values, a table to agree to or choose from.

Must not know what is asked, nor open itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from tracker.flags import Severity
from tracker.messages import message
from ui.fields import Titled
from ui.marks import Notice
from ui.plain_table import PlainTable
from ui.theme import FRAMED, GRID
from ui.words import Say

Check = Callable[[str], str]
"""Answers with why a value can't be used, empty when it can."""


def _accept_all(_typed: str) -> str:
    return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormField:
    """A value that is asked for; one of `choices` (value, title) where there are any."""

    key: str
    title: str
    value: str = ""
    choices: Sequence[tuple[str, str]] = ()
    check: Check = _accept_all


@dataclass(frozen=True, slots=True, kw_only=True)
class TableQuestion:
    """A question that a table belongs to: what is said above it, and what going on is called."""

    title: str
    lead: str
    headings: Sequence[str]
    rows: Sequence[Sequence[str]]
    yes: str
    numbers: Sequence[int] = ()
    trouble: str = ""
    can_go_on: bool = True
    name: str = field(default="")

    def dialog(self, say: Say, parent: QWidget | None, *, choosing: bool = False) -> TableDialog:
        """Make the window that asks it."""
        return TableDialog(self, say, parent, choosing=choosing)


class TableDialog(QDialog):
    """A sentence, a table, and two buttons."""

    def __init__(self, question: TableQuestion, say: Say, parent: QWidget | None, *, choosing: bool) -> None:
        super().__init__(parent)
        self.setWindowTitle(question.title)
        self.table = PlainTable(question.name or question.title, question.headings, numbers=question.numbers)
        self.table.set_rows(question.rows)
        lead = QLabel(question.lead)
        lead.setWordWrap(True)
        lines = _lines(self)
        lines.addWidget(lead)
        if question.trouble:
            lines.addWidget(Notice(question.trouble, Severity.WARNING))
        lines.addWidget(self.table, 1)
        lines.addStretch()
        self.buttons, self.agree = _buttons(self, question.yes, say)
        lines.addWidget(self.buttons)
        self.agree.setEnabled(question.can_go_on and not choosing)
        self.resize(96 * GRID, min(self.sizeHint().height() + 4 * GRID, 80 * GRID))
        if choosing:
            self.table.itemSelectionChanged.connect(lambda: self.agree.setEnabled(bool(self.table.selectedItems())))
            self.table.itemDoubleClicked.connect(lambda _: self.accept())
            if question.rows:
                self.table.selectRow(0)


class Form(QDialog):
    """Some values, each with what is wrong with it beneath."""

    def __init__(self, title: str, fields: Sequence[FormField], yes: str, say: Say, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self._asked = {one.key: one for one in fields}
        self.widgets: dict[str, QLineEdit | QComboBox] = {}
        self._titled: dict[str, Titled] = {}
        self.setStyleSheet(FRAMED)
        lines = _lines(self)
        for one in fields:
            widget = self.widgets[one.key] = _widget(one)
            titled = self._titled[one.key] = Titled(one.title, widget)
            lines.addWidget(titled)
        lines.addStretch()
        self.buttons, self.agree = _buttons(self, yes, say)
        lines.addWidget(self.buttons)
        self.setMinimumWidth(56 * GRID)

    def values(self) -> dict[str, str]:
        """Return what stands in the form."""
        return {
            key: str(widget.currentData()) if isinstance(widget, QComboBox) else widget.text().strip()
            for key, widget in self.widgets.items()
        }

    def accept(self) -> None:
        """Close if everything can be used; else say beneath each field why not."""
        refusals = {key: self._asked[key].check(value) for key, value in self.values().items()}
        for key, refusal in refusals.items():
            self._titled[key].tell(refusal)
        wrong = next((key for key, refusal in refusals.items() if refusal), None)
        if wrong is None:
            super().accept()
        else:
            self.widgets[wrong].setFocus()


def _lines(dialog: QDialog) -> QVBoxLayout:
    lines = QVBoxLayout(dialog)
    lines.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
    lines.setSpacing(GRID + GRID // 2)
    return lines


def _buttons(dialog: QDialog, yes: str, say: Say) -> tuple[QDialogButtonBox, QPushButton]:
    box = QDialogButtonBox()
    agree = box.addButton(yes, QDialogButtonBox.ButtonRole.AcceptRole)
    box.addButton(say(message("Avbryt")), QDialogButtonBox.ButtonRole.RejectRole)
    box.accepted.connect(dialog.accept)
    box.rejected.connect(dialog.reject)
    agree.setDefault(True)
    return box, agree


def _widget(one: FormField) -> QLineEdit | QComboBox:
    if not one.choices:
        return QLineEdit(one.value)
    box = QComboBox()
    for value, title in one.choices:
        box.addItem(title, value)
    box.setCurrentIndex(max(box.findData(one.value), 0))
    return box
