"""Where a deviation is split by cause: four amounts, and always what is left to place.

Must not know how an edit is made, nor which project it is.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from tracker.explaining import Explaining
from tracker.flags import Severity
from tracker.kinds import Light
from tracker.messages import Message, message
from tracker.money import in_thousands, write_number
from tracker.typed import CAUSES, write_amount
from ui.fields import LineField
from ui.marks import Notice
from ui.plain import Label, as_it_is
from ui.theme import GRID, Step, sized, tabular
from ui.words import Say

Place = Callable[[str, str], str]
"""Takes a cause and what was typed; answers with why it can't be used, empty when it is saved."""


class SplitEditor(QWidget):
    """Shown where a deviation is large enough to be split, or was split. `show_explaining` is the only way in."""

    def __init__(self, say: Say, place: Place) -> None:
        super().__init__()
        self._say = say
        self.title = Label()
        self.title.setFont(tabular(sized(self.title.font(), Step.SMALL)))
        self.title.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.title.setWordWrap(True)
        self.causes = {cause: self._cause_field(cause, place) for cause in CAUSES}
        self.left = Notice("", Severity.WARNING)
        self.left.setFont(tabular(self.left.font()))
        fields = QGridLayout()
        fields.setHorizontalSpacing(GRID)
        for column, field in enumerate(self.causes.values()):
            fields.addWidget(field, 0, column)
            fields.setColumnStretch(column, 1)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, GRID // 2, 0, 0)
        lines.setSpacing(GRID // 2)
        lines.addWidget(self.title)
        lines.addLayout(fields)
        lines.addWidget(self.left)

    def show_explaining(self, found: Explaining, *, editable: bool) -> None:
        """Show how a deviation is split; hidden where there is none to split."""
        is_wanted = found.deviation is not None and (found.is_essential or found.split is not None)
        self.setVisible(is_wanted)
        # Also where it is hidden: what was typed for another project must not wait here.
        for cause, field in self.causes.items():
            kroner = 0 if found.split is None else int(getattr(found.split, cause))
            field.set_value(write_number(in_thousands(kroner)) if kroner else "")
            field.line.setToolTip(as_it_is(self._say(message("{amount:kr}", amount=kroner)) if kroner else ""))
            field.set_editable(editable=editable)
        if not is_wanted:
            return
        self.title.setText(
            self._say(
                message(
                    "Avviket på {deviation:tkr} fordelt på årsak. Minus er merforbruk; «resten» er det som gjenstår.",
                    deviation=found.deviation,
                )
            )
        )
        sentence = self._say(_state_of(found))
        self.left.setText(sentence)
        self.left.setAccessibleName(sentence)
        self.left.set_mark(Light.GREEN if found.is_settled else Severity.WARNING)

    def finish(self) -> None:
        """Save what is being typed, now."""
        for field in self.causes.values():
            field.finish()

    def _cause_field(self, cause: str, place: Place) -> LineField:
        field = LineField(
            self._say(CAUSES[cause]), lambda typed: place(cause, typed), unit=self._say(message("1000 kr"))
        )
        field.line.setFont(tabular(field.line.font()))
        return field


def _state_of(found: Explaining) -> Message:
    """Say what is left to place, to the krone where it is less than shown in thousands."""
    if found.left:
        return message("Gjenstår å fordele: {left}", left=_written(found.left))
    if found.is_settled:
        return message("Gjenstår å fordele: 0. Avviket er fordelt og forklart.")
    return message("Gjenstår å fordele: 0. Skriv forklaringen i feltet over.")


def _written(kroner: int) -> str:
    whole = in_thousands(kroner) * 1000
    return write_amount(kroner if abs(kroner) < 1000 or kroner == whole else whole)  # noqa: PLR2004  a thousand
