"""What a project manager fills in for a period: the texts, beside last period's, and the fields under them.

Must not know how an edit is made, nor which project is shown beyond its id.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette, QTextCursor
from PySide6.QtWidgets import QCheckBox, QGridLayout, QVBoxLayout, QWidget

from tracker.explaining import Explaining
from tracker.fields import FIELD, PHASES
from tracker.messages import Message, message
from tracker.model import Project
from tracker.quarters import State
from ui.compared import ComparedText
from ui.fields import LineField, TextField
from ui.plain import Label
from ui.proof import Proof
from ui.spelling import OwnWords, Speller, SpellMarks, watch_spelling
from ui.split_editor import Place, SplitEditor
from ui.text_marks import place_of
from ui.theme import FRAMED, GRID, TICKED, Step, sized
from ui.words import Say

FillIn = Callable[[str, str], str]
"""Takes a field and what was typed; answers with why it can't be used, empty when it is saved."""
Keep = Callable[[str, str], None]
"""Keeps what is being typed in a field as a draft."""

LINES = (
    "completion",
    "phase",
    "year_end_forecast",
    "final_cost_forecast",
    "responsible",
    "code",
    "service_area",
    "department",
    "case_numbers",
)
TEXTS = ("text", "explanation")
_UNITS = {"year_end_forecast": message("1000 kr"), "final_cost_forecast": message("1000 kr")}
_HINTS: Mapping[str, Message] = {
    "text": message(
        "Økonomi i år og totalt, framdrift, risiko og hva som skjer videre. Begynn en linje med - for liste."
    ),
    "explanation": message("Hvorfor avviket oppsto: periodisering, kostnad, omfang eller annet."),
    "completion": message("4K-2025"),
    "phase": message("Velg fase"),
}
_USUAL_LENGTH = 800
_COLUMNS = 4
_QUARTERS_AHEAD = 24


class ReportFields(QWidget):
    """The fields of one project in one period. `show_values` is the only way in."""

    def __init__(self, say: Say, fill_in: FillIn, keep: Keep, place: Place) -> None:
        super().__init__()
        self._say = say
        self.texts = {name: self._text_field(name, fill_in, keep) for name in TEXTS}
        self.lines = {name: self._line_field(name, fill_in) for name in LINES}
        self.proof = Proof(self.texts["text"], say)
        self.split = SplitEditor(say, place)
        self.lines["phase"].offer([say(title) for title in PHASES.values()])
        self.before = ComparedText()
        self.before.setAccessibleName(say(message("Forrige periodes statustekst")))
        self.before_title = Label()
        self.marked = QCheckBox(say(message("Vis hva som er endret")))
        self.guide = Label()
        for label in (self.before_title, self.guide):
            label.setFont(sized(label.font(), Step.SMALL))
            label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.setStyleSheet(FRAMED + TICKED)
        self._before = ""
        self._marks: list[SpellMarks] = []
        self._lay_out()
        self.texts["text"].text.textChanged.connect(self._on_text_changed)
        self.marked.toggled.connect(lambda _: self._on_text_changed())

    def watch_spelling(self, speller: Speller, own: OwnWords) -> None:
        """Mark what is misspelt in the texts."""
        self._marks = [watch_spelling(field.text, speller, self._say, own) for field in self.texts.values()]

    def show_values(
        self, values: Mapping[str, str], *, before: str, before_title: str, editable: bool, of_project: bool = True
    ) -> None:
        """Show what is saved, and last period's text beside it; `of_project` lets the project's own fields be typed in.

        Those are the controller's.
        """
        for name, field in self._fields():
            is_open = of_project or FIELD[name].kind is not Project
            field.set_value(values[name])
            field.set_editable(editable=editable and is_open)
            field.setToolTip("" if is_open else self._say(message("Dette endrer controlleren i porteføljen.")))
        self._before = before
        self.before_title.setText(before_title)
        self._on_text_changed()

    def select_words(self, start: int, end: int) -> None:
        """Select a stretch of the status text and go there."""
        text = self.texts["text"].text
        written, cursor = text.toPlainText(), text.textCursor()
        cursor.setPosition(place_of(written, start))
        cursor.setPosition(place_of(written, end), QTextCursor.MoveMode.KeepAnchor)
        text.setTextCursor(cursor)
        text.setFocus()

    def show_explaining(self, found: Explaining, *, editable: bool) -> None:
        """Show how the deviation is split by cause."""
        self.split.show_explaining(found, editable=editable)

    def offer(self, field: str, values: list[str]) -> None:
        """Offer values to choose from in a field."""
        self.lines[field].offer(values)

    def offer_quarters(self, first_year: int) -> None:
        """Offer the quarters that a project may be finished in."""
        quarters = [f"{at % 4 + 1}K-{first_year + at // 4}" for at in range(_QUARTERS_AHEAD)]
        self.lines["completion"].offer([State.FINISHED.value, *quarters, State.RUNNING.value])

    def finish(self) -> None:
        """Save what is being typed, now."""
        for _, field in self._fields():
            field.finish()
        self.split.finish()

    def _fields(self) -> Iterator[tuple[str, TextField | LineField]]:
        yield from self.texts.items()
        yield from self.lines.items()

    def _text_field(self, name: str, fill_in: FillIn, keep: Keep) -> TextField:
        return TextField(
            self._say(FIELD[name].title),
            lambda typed: fill_in(name, typed),
            lambda typed: keep(name, typed),
            hint=self._say(_HINTS[name]),
        )

    def _line_field(self, name: str, fill_in: FillIn) -> LineField:
        return LineField(
            self._say(FIELD[name].title),
            lambda typed: fill_in(name, typed),
            unit=self._say(_UNITS[name]) if name in _UNITS else "",
            hint=self._say(_HINTS[name]) if name in _HINTS else "",
        )

    def _lay_out(self) -> None:
        self.texts["text"].text.setMinimumHeight(24 * GRID)
        self.texts["explanation"].text.setMinimumHeight(8 * GRID)
        self.before.setMinimumHeight(16 * GRID)
        self.marked.setFont(sized(self.marked.font(), Step.SMALL))
        self.guide.setWordWrap(True)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(3 * GRID)
        self._grid.setVerticalSpacing(GRID + GRID // 2)
        self._left, self._right = QWidget(), QWidget()
        left, right = QVBoxLayout(self._left), QVBoxLayout(self._right)
        for lines in (left, right):
            lines.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(GRID // 2)
        right.setSpacing(GRID // 4)
        left.addWidget(self.texts["text"], 1)
        left.addWidget(self.guide)
        left.addWidget(self.proof.findings)
        right.addWidget(self.before_title)
        right.addWidget(self.before, 1)
        right.addWidget(self.marked)
        right.addWidget(self.texts["explanation"], 1)
        right.addWidget(self.split)
        self.set_narrow(narrow=False)

    def set_narrow(self, *, narrow: bool) -> None:
        """Place everything in two columns instead of four where there is no room for more."""
        columns = _COLUMNS // 2 if narrow else _COLUMNS
        half = columns if narrow else columns // 2
        self._grid.addWidget(self._left, 0, 0, 1, half)
        self._grid.addWidget(self._right, *((1, 0) if narrow else (0, half)), 1, half)
        for place, name in enumerate(LINES):
            row, column = divmod(place, columns)
            self._grid.addWidget(self.lines[name], 2 + row, column, Qt.AlignmentFlag.AlignTop)
        for column in range(_COLUMNS):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)

    def _on_text_changed(self) -> None:
        typed = self.texts["text"].typed
        self.guide.setText(
            self._say(
                message(
                    "{length} tegn, vanligvis {usual}. Rekkefølge: økonomi i år og totalt, framdrift, videre arbeid.",
                    length=len(typed),
                    usual=self._say(message("under {most}", most=_USUAL_LENGTH)),
                )
            )
        )
        for part in (self.before_title, self.before, self.marked):
            part.setVisible(bool(self._before))
        self.before.show_text(self._before, typed, marked=self.marked.isChecked() and bool(self._before))
