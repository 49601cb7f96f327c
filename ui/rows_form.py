"""A form with rows that are added and taken away, and what they come to beneath: a reallocation between projects.

Must not know what the rows are about: who asks says what they come to, and whether that will do.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QPalette, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from tracker.flags import Severity
from tracker.messages import message
from ui.asking import FormField, beside, dialog_buttons, dialog_lines, field_widget
from ui.choice_line import ChoiceLine
from ui.fields import Titled
from ui.fitting import fitted
from ui.marks import Notice
from ui.plain import Label, as_it_is
from ui.theme import FRAMED, GRID, Step, sized, tabular
from ui.words import Say

Rows = Sequence[Sequence[str]]
_FIELDS_BESIDE = 2
_FIRST_ROWS = 2
_LEAST_AMOUNT = 15 * GRID
_LEAST_REMOVE = 4 * GRID
_LEAST_NAME, _LETTERS = 36, 100


@dataclass(frozen=True, slots=True, kw_only=True)
class RowsAnswer:
    """What stands in the form: the values by name, and the rows that anything is typed in."""

    values: dict[str, str]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """What rows come to: a text beneath each column of amounts, a sentence, and whether that will do."""

    sums: Sequence[str]
    sentence: str
    is_done: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RowsQuestion:
    """What is asked for: values, and rows whose first column is one of `names`, the others amounts."""

    title: str
    lead: str
    fields: Sequence[FormField]
    headings: Sequence[str]
    names: Sequence[str]
    hint: str = ""
    rows: Rows = ()
    row_title: str
    sums_title: str
    yes: str
    weigh: Callable[[Rows], Weighed]
    check: Callable[[RowsAnswer], str]


class _Row:
    """The widgets of a row."""

    def __init__(self, question: RowsQuestion, values: Sequence[str], say: Say) -> None:
        self.name = ChoiceLine(question.names, question.hint)
        self.name.setText(values[0] if values else "")
        self.amounts = [QLineEdit() for _ in question.headings[1:]]
        for at, amount in enumerate(self.amounts, start=1):
            amount.setText(values[at] if at < len(values) else "")
            amount.setAlignment(Qt.AlignmentFlag.AlignRight)
            amount.setFont(tabular(amount.font()))
        self.remove = QToolButton()
        self.remove.setText("×")
        self.remove.setAutoRaise(True)
        side = max(_LEAST_REMOVE, self.remove.sizeHint().width(), self.remove.sizeHint().height())
        self.remove.setFixedSize(side, side)
        self._headings, self._say = question.headings, say

    @property
    def widgets(self) -> tuple[QWidget, ...]:
        return (self.name, *self.amounts, self.remove)

    def values(self) -> tuple[str, ...]:
        return (self.name.text().strip(), *(amount.text().strip() for amount in self.amounts))

    def number(self, number: int) -> None:
        """Tell those who can't see it which row each field is in."""
        for widget, heading in zip((self.name, *self.amounts), self._headings, strict=True):
            widget.setAccessibleName(self._say(message("{heading}, linje {number}", heading=heading, number=number)))
        told = self._say(message("Fjern linje {number}", number=number))
        self.remove.setAccessibleName(told)
        self.remove.setToolTip(as_it_is(told))


class RowsForm(QDialog):
    """Values, rows, and what the rows come to; it can be saved when they come to what they should."""

    def __init__(self, question: RowsQuestion, say: Say, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._question, self._say = question, say
        self.setWindowTitle(question.title)
        self.setStyleSheet(FRAMED)
        self.widgets = {one.key: field_widget(one) for one in question.fields}
        self._titled: dict[str, Titled] = {}
        self.rows: list[_Row] = []
        self.sums = [Label() for _ in question.headings[1:]]
        self.sentence = Label()
        self.refusal = Notice("", Severity.CRITICAL)
        self.add = QPushButton(say(message("Legg til linje")))
        self._grid, self._under_remove = QGridLayout(), QWidget()
        self._lay_out()
        for values in (*question.rows, *[()] * max(0, _FIRST_ROWS - len(question.rows))):
            self.add_row(values)
        self.add.setAutoDefault(False)
        self.add.clicked.connect(self._on_add)
        QShortcut(QKeySequence("Ctrl+Return"), self, activated=self._save_if_done)  # type: ignore[call-overload]
        self.weigh()

    def answer(self) -> RowsAnswer:
        """Return what stands in the form; rows in which nothing is typed are left out."""
        values = {
            key: str(widget.currentData()) if isinstance(widget, QComboBox) else widget.text().strip()
            for key, widget in self.widgets.items()
        }
        return RowsAnswer(values=values, rows=self._filled())

    def add_row(self, values: Sequence[str]) -> _Row:
        """Add a row at the end."""
        row = _Row(self._question, values, self._say)
        self.rows.append(row)
        self._under_remove.setFixedWidth(row.remove.width())
        row.name.textChanged.connect(self.weigh)
        for amount in row.amounts:
            amount.textChanged.connect(self.weigh)
        row.remove.clicked.connect(lambda: self.remove_row(row))
        self._place()
        for widget in row.widgets:
            # At once, and not when the layout comes to it: the cursor goes there.
            widget.show()
        self.weigh()
        return row

    def _on_add(self) -> None:
        self.add_row(()).name.setFocus()

    def remove_row(self, row: _Row) -> None:
        """Take a row away; the cursor goes to the one that takes its place."""
        at = self.rows.index(row)
        self.rows.remove(row)
        for widget in row.widgets:
            self._grid.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        if not self.rows:
            self.add_row(())
        self._place()
        self.weigh()
        self.rows[min(at, len(self.rows) - 1)].name.setFocus()

    def weigh(self) -> None:
        """Show what the rows come to, and whether that will do."""
        weighed = self._question.weigh(self._filled())
        for label, text in zip(self.sums, weighed.sums, strict=True):
            label.setText(text)
        self.sentence.setText(weighed.sentence)
        self.agree.setEnabled(weighed.is_done)
        self._tell("")

    def accept(self) -> None:
        """Close if everything can be used; else say why not."""
        answer = self.answer()
        refusals = {one.key: one.check(answer.values[one.key]) for one in self._question.fields}
        for key, refusal in refusals.items():
            self._titled[key].tell(refusal)
        wrong = next((key for key, refusal in refusals.items() if refusal), None)
        if wrong is not None:
            self.widgets[wrong].setFocus()
            return
        refusal = self._question.check(answer)
        self._tell(refusal)
        if not refusal:
            super().accept()

    def _save_if_done(self) -> None:
        if self.agree.isEnabled():
            self.accept()

    def _filled(self) -> tuple[tuple[str, ...], ...]:
        return tuple(values for values in (row.values() for row in self.rows) if any(values))

    def _tell(self, refusal: str) -> None:
        self.refusal.setText(refusal)
        self.refusal.setVisible(bool(refusal))

    def _place(self) -> None:
        for at, row in enumerate(self.rows, start=1):
            row.number(at)
            for section, widget in enumerate(row.widgets):
                self._grid.addWidget(widget, at, section)
        order: list[QWidget] = [*self.widgets.values(), *(widget for row in self.rows for widget in row.widgets)]
        order += [self.add]
        for first, second in pairwise(order):
            QWidget.setTabOrder(first, second)

    def _lay_out(self) -> None:
        lines = dialog_lines(self)
        lead = Label(self._question.lead)
        lead.setWordWrap(True)
        lines.addWidget(lead)
        lines.addLayout(self._fields())
        lines.addWidget(self._heading())
        lines.addWidget(self._scrolled(), 1)
        lines.addLayout(self._closing())
        self.refusal.hide()
        lines.addWidget(self.refusal)
        self.buttons, self.agree = dialog_buttons(self, self._question.yes, self._say(message("Avbryt")))
        lines.addWidget(self.buttons)
        width = max(96 * GRID, _LETTERS * self.fontMetrics().averageCharWidth())
        self.resize(fitted(self, QSize(width, max(60 * GRID, self.sizeHint().height()))))

    def _fields(self) -> QGridLayout:
        for one in self._question.fields:
            self._titled[one.key] = Titled(one.title, self.widgets[one.key])
        return beside(list(self._titled.values()), columns=_FIELDS_BESIDE)

    def _heading(self) -> QLabel:
        heading = Label(self._question.row_title)
        heading.setFont(sized(heading.font(), Step.BODY, bold=True))
        return heading

    def _scrolled(self) -> QScrollArea:
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(GRID)
        self._grid.setVerticalSpacing(GRID // 2)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnMinimumWidth(0, _LEAST_NAME * self.fontMetrics().averageCharWidth())
        for section, heading in enumerate(self._question.headings):
            label = Label(heading)
            label.setFont(sized(label.font(), Step.SMALL))
            label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
            if section:
                label.setAlignment(Qt.AlignmentFlag.AlignRight)
                # As wide as its heading here and in the sums beneath, so that they stand below each other.
                width = max(_LEAST_AMOUNT, label.sizeHint().width())
                self._grid.setColumnMinimumWidth(section, width)
                self.sums[section - 1].setMinimumWidth(width)
            self._grid.addWidget(label, 0, section)
        body = QWidget()
        lines = QVBoxLayout(body)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addLayout(self._grid)
        lines.addStretch()
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(body)
        scroll.setMinimumHeight(20 * GRID)
        return scroll

    def _closing(self) -> QVBoxLayout:
        """Lay out what is left to place beneath its columns."""
        title = Label(self._question.sums_title)
        self.sentence.setWordWrap(True)
        self.sentence.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        line = QHBoxLayout()
        line.setSpacing(GRID)
        line.addWidget(self.add)
        line.addStretch()
        line.addWidget(title)
        for label in self.sums:
            label.setFont(tabular(sized(label.font(), Step.BODY, bold=True)))
            label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            line.addWidget(label)
        line.addWidget(self._under_remove)
        lines = QVBoxLayout()
        lines.setSpacing(GRID // 2)
        lines.addLayout(line)
        lines.addWidget(self.sentence)
        return lines
