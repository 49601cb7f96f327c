"""A setting as a row of a page: what it is, what it is for, the field that changes it, and the way back to the usual.

Must not know whose setting it is, nor how it is kept.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from tracker.messages import message
from tracker.settings.choice import Shape
from ui.fields import LineField, TextField, Titled
from ui.flow import Flow
from ui.part_list import PartList
from ui.plain import Label
from ui.theme import GRID, Step, sized
from ui.words import Say

Deeds = tuple[tuple[str, Callable[[], None]], ...]
"""Further buttons: what each is called and does."""

_LIST_HEIGHT = 13 * GRID


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A setting as it is shown: all of it in words. `save` answers with why a value can't be used.

    `said` is the value in words, for what has no field here; `usual` says what is usual, empty where nothing is.
    """

    key: str
    title: str
    about: str
    shape: Shape
    value: str
    save: Callable[[str], str]
    put_back: Callable[[], str]
    is_usual: bool = True
    usual: str = ""
    unit: str = ""
    said: str = ""
    options: tuple[tuple[str, str], ...] = ()
    deeds: Deeds = ()
    is_editable: bool = True


class SettingRow(QWidget):
    """One setting. `show_line` is the only way in."""

    def __init__(self, line: Line, say: Say) -> None:
        super().__init__()
        self._line, self._say = line, say
        self.setObjectName(line.key)
        self._field = _field_of(line.shape)(self, line)
        self.usual = Label()
        self.back = QPushButton(say(message("Tilbake til standard")))
        self.back.setAccessibleName(
            say(message("Tilbake til standard: {what}", what=message("{text}", text=line.title)))
        )
        self.back.clicked.connect(self._put_back)
        self.deeds = [self._deed(at) for at in range(len(line.deeds))]
        self._lay_out()
        self.show_line(line)

    @property
    def field(self) -> Titled:
        """What the value is typed or chosen in."""
        return self._field.titled

    @property
    def words(self) -> str:
        """Everything that is said of it, to be searched in."""
        return " ".join((self._line.title, self._line.about, self._line.key, *(said for _, said in self._line.options)))

    def save(self, typed: str) -> str:
        """Save a value; answers with why it can't be used."""
        refusal = self._line.save(typed)
        self.field.tell(refusal)
        return refusal

    def show_line(self, line: Line) -> None:
        """Show the setting as it is now; what is being typed stays."""
        self._line = line
        self._field.show(line)
        self.usual.setText(line.usual)
        self.usual.setVisible(bool(line.usual) and not line.is_usual)
        self.back.setVisible(not line.is_usual)
        self.back.setEnabled(line.is_editable)
        for button, (_, _) in zip(self.deeds, line.deeds, strict=True):
            button.setEnabled(line.is_editable)

    def finish(self) -> None:
        """Save what is being typed."""
        self._field.finish()

    def _put_back(self) -> None:
        had_focus = self.back.hasFocus()
        self.field.tell(self._line.put_back())
        if had_focus:
            self.field.setFocus()

    def _deed(self, at: int) -> QPushButton:
        button = QPushButton(self._line.deeds[at][0])
        button.clicked.connect(partial(self._do, at))
        return button

    def _do(self, at: int, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's argument
        self._line.deeds[at][1]()

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(0)
        title, about = Label(self._line.title), Label(self._line.about)
        about.setFont(sized(about.font(), Step.SMALL))
        for label in (title, about):
            label.setWordWrap(True)
            words.addWidget(label)
        for muted in (about, self.usual):
            muted.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.usual.setWordWrap(True)
        self.usual.setFont(sized(self.usual.font(), Step.SMALL))
        words.addStretch()
        field = QVBoxLayout()
        field.setSpacing(GRID // 2)
        beside = QHBoxLayout()
        beside.setSpacing(GRID)
        beside.addWidget(self.field, 1)
        if self._line.unit:
            unit = Label(self._line.unit)
            unit.setMinimumWidth(unit.fontMetrics().horizontalAdvance("kvartal"))
            beside.addWidget(unit, alignment=Qt.AlignmentFlag.AlignTop)
            unit.setFixedHeight(self.field.sizeHint().height())
        field.addLayout(beside)
        usual = QHBoxLayout()
        usual.setSpacing(GRID)
        usual.addWidget(self.usual, 1)
        usual.addWidget(self.back, alignment=Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight)
        field.addLayout(usual)
        if self.deeds:
            field.addLayout(Flow(*self.deeds))
        field.addStretch()
        lines = QGridLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setHorizontalSpacing(4 * GRID)
        lines.addLayout(words, 0, 0)
        lines.addLayout(field, 0, 1)
        lines.setColumnStretch(0, 5)
        lines.setColumnStretch(1, 6)


class _OfLine:
    """A line to type in."""

    def __init__(self, row: SettingRow, line: Line) -> None:
        self.titled = LineField(line.title, row.save, hint="")
        self.titled.title.hide()

    def show(self, line: Line) -> None:
        self.titled.line.setPlaceholderText(line.said if not line.value else "")
        self.titled.set_value(line.value)
        self.titled.set_editable(editable=line.is_editable)

    def finish(self) -> None:
        self.titled.finish()


class _OfText:
    """Lines to type in, one value each."""

    def __init__(self, row: SettingRow, line: Line) -> None:
        self.titled = TextField(line.title, row.save, lambda _: None)
        self.titled.title.hide()
        self.titled.text.setFixedHeight(_LIST_HEIGHT)

    def show(self, line: Line) -> None:
        self.titled.text.setPlaceholderText(line.said if not line.value else "")
        self.titled.set_value(line.value)
        self.titled.set_editable(editable=line.is_editable)

    def finish(self) -> None:
        self.titled.finish()


class _OfOne:
    """A box with the options."""

    def __init__(self, row: SettingRow, line: Line) -> None:
        self._box = QComboBox()
        self._box.setMinimumContentsLength(12)
        for value, said in line.options:
            self._box.addItem(said, value)
        self.titled = Titled(line.title, self._box)
        self.titled.title.hide()
        self._box.activated.connect(lambda _: row.save(str(self._box.currentData())))

    def show(self, line: Line) -> None:
        self._box.setCurrentIndex(self._box.findData(line.value))
        self._box.setEnabled(line.is_editable)

    def finish(self) -> None:
        """Nothing is typed here."""


class _OfSome:
    """The options as a list to tick."""

    def __init__(self, row: SettingRow, line: Line) -> None:
        self._list = PartList(line.title, line.options)
        self._list.setDragDropMode(PartList.DragDropMode.NoDragDrop)
        self._list.setFixedHeight(_LIST_HEIGHT)
        self.titled = Titled(line.title, self._list)
        self.titled.title.hide()
        self._list.settled.connect(lambda chosen: row.save("\n".join(chosen)))

    def show(self, line: Line) -> None:
        self._list.show_parts(line.value.splitlines())
        self._list.setEnabled(line.is_editable)

    def finish(self) -> None:
        """Nothing is typed here."""


class _OfWords:
    """The value in words: it is changed elsewhere, or by a button."""

    def __init__(self, _row: SettingRow, line: Line) -> None:
        self._label = Label()
        self._label.setWordWrap(True)
        self.titled = Titled(line.title, self._label)
        self.titled.title.hide()

    def show(self, line: Line) -> None:
        self._label.setText(line.said)

    def finish(self) -> None:
        """Nothing is typed here."""


_Field = _OfLine | _OfText | _OfOne | _OfSome | _OfWords


def _field_of(shape: Shape) -> Callable[[SettingRow, Line], _Field]:
    if shape is Shape.LINES:
        return _OfText
    if shape is Shape.ONE:
        return _OfOne
    if shape is Shape.SOME:
        return _OfSome
    return _OfLine if shape in {Shape.WORDS, Shape.KRONER, Shape.NUMBER} else _OfWords
