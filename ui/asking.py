"""The windows that a question takes: a form with some values, a table to agree to or choose from.

Must not know what is asked, nor open itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from tracker.flags import Severity
from tracker.messages import message
from ui.fields import Titled
from ui.fitting import fitted
from ui.marks import Notice
from ui.plain import Label
from ui.plain_table import PlainTable
from ui.theme import FRAMED, GRID
from ui.words import Say

_MOST_BELOW = 5
_MOST_LETTERS, _MOST_LINES = 160, 43

Check = Callable[[str], str]
"""Answers with why a value can't be used, empty when it can."""


CheckAll = Callable[[Mapping[str, str]], str]
"""Answers with why the values can't be used together, empty when they can."""


def _accept_all(_typed: str) -> str:
    return ""


def accept_together(_values: Mapping[str, str]) -> str:
    """Find nothing wrong with any values together."""
    return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormField:
    """A value that is asked for; one of `choices` (value, title) where there are any, unseen where it is secret."""

    key: str
    title: str
    value: str = ""
    choices: Sequence[tuple[str, str]] = ()
    check: Check = _accept_all
    is_secret: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TableQuestion:
    """A question that a table belongs to: what is said above it, and what going on is called, and not going on."""

    title: str
    lead: str
    headings: Sequence[str]
    rows: Sequence[Sequence[str]]
    yes: str
    no: str = ""
    numbers: Sequence[int] = ()
    strong: Sequence[int] = ()
    trouble: str = ""
    can_go_on: bool = True
    name: str = field(default="")

    def dialog(self, say: Say, parent: QWidget | None, *, choosing: bool = False) -> TableDialog:
        """Make the window that asks it."""
        return TableDialog(self, say, parent, choosing=choosing)

    def reading(self, say: Say, parent: QWidget | None) -> TableDialog:
        """Make a window that only shows it; `yes` is what closing it is called."""
        return TableDialog(self, say, parent, choosing=False, reading=True)


class TableDialog(QDialog):
    """A sentence, a table, and two buttons."""

    def __init__(
        self, question: TableQuestion, say: Say, parent: QWidget | None, *, choosing: bool, reading: bool = False
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(question.title)
        self.table = PlainTable(question.name or question.title, question.headings, numbers=question.numbers)
        self.table.set_rows(question.rows, strong=question.strong)
        lead = Label(question.lead)
        lead.setWordWrap(True)
        lines = dialog_lines(self)
        lines.addWidget(lead)
        if question.trouble:
            lines.addWidget(Notice(question.trouble, Severity.WARNING))
        lines.addWidget(self.table, 1)
        lines.addStretch()
        self.buttons, self.agree = dialog_buttons(
            self, question.yes, "" if reading else question.no or say(message("Avbryt"))
        )
        lines.addWidget(self.buttons)
        self.agree.setEnabled(question.can_go_on and not choosing)
        letter = self.fontMetrics().averageCharWidth()
        likes = min(max(self.table.needed_width() + 4 * GRID, 96 * GRID), _MOST_LETTERS * letter)
        width = fitted(self, QSize(likes, 1)).width()
        height = min(lines.totalHeightForWidth(width), _MOST_LINES * self.fontMetrics().lineSpacing())
        # A window that is lower than its content lets the rows go on beneath the buttons.
        self.table.be_low(20 * GRID)
        self.resize(fitted(self, QSize(width, height)))
        if choosing:
            self.table.itemSelectionChanged.connect(lambda: self.agree.setEnabled(bool(self.table.selectedItems())))
            self.table.itemDoubleClicked.connect(lambda _: self.accept())
            if question.rows:
                self.table.selectRow(0)


class Form(QDialog):
    """Some values, each with what is wrong with it beneath; what is wrong with all of them stands over the buttons."""

    def __init__(  # noqa: PLR0913  what stands in the form, in whose words and over which window
        self,
        title: str,
        fields: Sequence[FormField],
        yes: str,
        say: Say,
        parent: QWidget | None,
        *,
        check: CheckAll = accept_together,
    ) -> None:
        super().__init__(parent)
        self._check = check
        self.setWindowTitle(title)
        self._asked = {one.key: one for one in fields}
        self.widgets: dict[str, QLineEdit | QComboBox] = {}
        self._titled: dict[str, Titled] = {}
        self.setStyleSheet(FRAMED)
        lines = dialog_lines(self)
        for one in fields:
            self.widgets[one.key] = field_widget(one)
            self._titled[one.key] = Titled(one.title, self.widgets[one.key])
        for line in list(self.widgets.values())[1:]:
            if isinstance(line, QLineEdit):
                # What is long is read from its beginning; the cursor begins in the first.
                line.setCursorPosition(0)
        lines.addLayout(beside(list(self._titled.values()), columns=1 if len(fields) <= _MOST_BELOW else 2))
        self.refusal = Notice("", Severity.CRITICAL)
        self.refusal.hide()
        lines.addStretch()
        lines.addWidget(self.refusal)
        self.buttons, self.agree = dialog_buttons(self, yes, say(message("Avbryt")))
        lines.addWidget(self.buttons)
        # A least width of its own takes the place of what the layout needs, and titles would be cut.
        self.setMinimumWidth(max(56 * GRID, lines.minimumSize().width()))

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
        together = "" if wrong is not None else self._check(self.values())
        self.refusal.setText(together)
        self.refusal.setVisible(bool(together))
        if wrong is None and not together:
            super().accept()
            return
        if wrong is not None:
            self.widgets[wrong].setFocus()
        self._make_room()

    def _make_room(self) -> None:
        """Let the form be as high as what is wrong takes: a sentence may run over several lines."""
        layout = self.layout()
        if layout is not None:
            layout.activate()
            self.resize(self.width(), max(self.height(), layout.totalHeightForWidth(self.width())))


def dialog_lines(dialog: QDialog) -> QVBoxLayout:
    """Make room for widgets below each other in a dialog."""
    lines = QVBoxLayout(dialog)
    lines.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
    lines.setSpacing(GRID + GRID // 2)
    return lines


def dialog_buttons(dialog: QDialog, yes: str, no: str) -> tuple[QDialogButtonBox, QPushButton]:
    """Make the buttons that end a dialog; without `no` there is only one."""
    box = QDialogButtonBox()
    agree = box.addButton(yes, QDialogButtonBox.ButtonRole.AcceptRole)
    if no:
        box.addButton(no, QDialogButtonBox.ButtonRole.RejectRole)
    box.accepted.connect(dialog.accept)
    box.rejected.connect(dialog.reject)
    agree.setDefault(True)
    return box, agree


def beside(widgets: Sequence[QWidget], *, columns: int) -> QGridLayout:
    """Lay widgets out in columns as wide as each other, row by row."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(2 * GRID)
    grid.setVerticalSpacing(GRID + GRID // 2)
    for at, widget in enumerate(widgets):
        grid.addWidget(widget, at // columns, at % columns, Qt.AlignmentFlag.AlignTop)
    for column in range(columns):
        grid.setColumnStretch(column, 1)
    return grid


def field_widget(one: FormField) -> QLineEdit | QComboBox:
    """Make what a value is typed or chosen in."""
    if not one.choices:
        line = QLineEdit(one.value)
        if one.is_secret:
            line.setEchoMode(QLineEdit.EchoMode.Password)
        return line
    box = QComboBox()
    for value, title in one.choices:
        box.addItem(title, value)
    box.setCurrentIndex(max(box.findData(one.value), 0))
    return box
