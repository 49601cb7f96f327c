"""One thing that came, opened: what it was, is here and is there, word by word, and what becomes of it.

Must not know the file that it came in, nor take anything in.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QRadioButton, QVBoxLayout, QWidget

from tracker.merging.deciding import OFFERED, Deciding
from tracker.merging.law import LAWS, Owner
from tracker.merging.plan import Choice, Incoming, Verdict
from tracker.merging.words import titled, version_text
from tracker.messages import Message, message
from tracker.model import Portfolio
from ui.compared import ComparedText
from ui.flow import Flow
from ui.plain import Label
from ui.theme import CHOSEN, FRAMED, GRID, Step, sized
from ui.words import Say

_CHOICES = {
    Choice.OURS: message("Behold her"),
    Choice.THEIRS: message("Ta inn"),
    Choice.AS_COMMENT: message("Legg som kommentar i perioden"),
}
_WAIT = message("La det vente")
_LAW = {
    Owner.PROJECT_MANAGER: message("Dette er det prosjektlederen som fyller ut, så forslaget er å ta det inn."),
    Owner.CONTROLLER: message("Dette er det controlleren som fyller ut, så forslaget er å beholde det som er her."),
    Owner.BOTH: message("Begge fyller ut dette: velg."),
    Owner.FILE: message("Begge fyller ut dette: velg."),
}
_LINES = 7
_ABREAST = 84
"""How many letters three sides need beside each other."""


class IncomingDetail(QWidget):
    """Shows one thing. `choice_asked` comes with what a person chose of it."""

    choice_asked = Signal(object)

    def __init__(self, say: Say) -> None:
        super().__init__()
        self._say = say
        self._item: Incoming | None = None
        self._narrow = False
        self.title, self.authors, self.because = Label(), Label(), Label()
        self.headings = [Label(say(one)) for one in (message("Før"), message("Her"), message("Der"))]
        self.sides = [ComparedText() for _ in self.headings]
        self.radios = {choice: QRadioButton(say(title)) for choice, title in _CHOICES.items()}
        self._grid = QGridLayout()
        self._lay_out()
        for choice, radio in self.radios.items():
            # Qt takes all but the chosen one of a group out of the tab order.
            radio.setAutoExclusive(False)
            radio.clicked.connect(lambda _checked=False, choice=choice: self.choice_asked.emit(choice))

    def show_nothing(self) -> None:
        """Show that nothing is chosen."""
        self._item = None
        self.title.setText(self._say(message("Velg en linje for å se hva som er endret, ord for ord.")))
        for part in (self.authors, self.because, *self.headings, *self.sides, *self.radios.values()):
            part.hide()

    def show_item(self, portfolio: Portfolio, item: Incoming, deciding: Deciding) -> None:
        """Show something that came, and what is decided of it."""
        self._item = item
        self.title.setText(self._say(titled(portfolio, item)))
        self.authors.setText(", ".join(f"{one.who} {one.at.astimezone():%d.%m.%Y %H:%M}" for one in item.authors))
        self.authors.setVisible(bool(item.authors))
        self.because.setText(" ".join(map(self._say, _reasons(item))))
        self.because.setVisible(bool(self.because.text()))
        self._show_sides(item)
        self.show_choice(deciding)

    def show_choice(self, deciding: Deciding) -> None:
        """Show what is decided of what is shown."""
        if self._item is None:
            return
        offered, chosen = OFFERED[self._item.verdict], deciding.of(self._item)
        ours = _WAIT if self._item.verdict is Verdict.LOCKED else _CHOICES[Choice.OURS]
        self.radios[Choice.OURS].setText(self._say(ours))
        for choice, radio in self.radios.items():
            radio.setVisible(choice in offered)
            radio.setChecked(choice is chosen)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  Qt's name
        """Put the sides beneath each other where there is no room beside."""
        super().resizeEvent(event)
        narrow = self.width() < _ABREAST * self.fontMetrics().averageCharWidth()
        if narrow != self._narrow:
            self._narrow = narrow
            self._place_sides()

    def _show_sides(self, item: Incoming) -> None:
        """Show the three sides of a collision, and of all else what is here and what it would become."""
        before, ours, theirs = (version_text(one, item) for one in (item.base, item.ours, item.theirs))
        is_collision = item.verdict is not Verdict.NEW and ours != before
        shown = ((before, before), (before, ours), (before, theirs)) if is_collision else ((ours, ours), (ours, theirs))
        first = 0 if is_collision else 1
        for at, (heading, side) in enumerate(zip(self.headings, self.sides, strict=True)):
            heading.setVisible(at >= first)
            side.setVisible(at >= first)
        for (old, new), heading, side in zip(shown, self.headings[first:], self.sides[first:], strict=True):
            side.setAccessibleName(heading.text())
            empty = self._say(message("(tomt)"))
            side.show_text(*((old, new) if old or new else (empty, empty)), marked=True)

    def _lay_out(self) -> None:
        self.title.setFont(sized(self.title.font(), Step.BODY, bold=True))
        self.authors.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        for label in (self.title, self.authors, self.because):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        for heading, side in zip(self.headings, self.sides, strict=True):
            heading.setFont(sized(heading.font(), Step.SMALL))
            heading.setForegroundRole(QPalette.ColorRole.PlaceholderText)
            side.setMinimumHeight(_LINES * side.fontMetrics().lineSpacing() // 2)
        self.setStyleSheet(FRAMED + CHOSEN)
        self._grid.setHorizontalSpacing(2 * GRID)
        self._grid.setVerticalSpacing(GRID // 2)
        self._place_sides()
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, GRID, 0, 0)
        lines.setSpacing(GRID // 2)
        lines.addWidget(self.title)
        lines.addWidget(self.authors)
        lines.addLayout(self._grid, 1)
        lines.addWidget(self.because)
        lines.addLayout(Flow(*self.radios.values()))
        self.show_nothing()

    def _place_sides(self) -> None:
        parts: Sequence[tuple[Label, ComparedText]] = list(zip(self.headings, self.sides, strict=True))
        for at, (heading, side) in enumerate(parts):
            row, column = (2 * at, 0) if self._narrow else (0, at)
            self._grid.addWidget(heading, row, column)
            self._grid.addWidget(side, row + 1, column)


def _reasons(item: Incoming) -> list[Message]:
    """Say why something waits, or what the law suggests of a collision."""
    if item.because is not None:
        return [message("{reason}.", reason=item.because)]
    if item.verdict is not Verdict.COLLISION:
        return []
    both = message("Begge har endret dette siden pakken ble laget.")
    if item.suggestion is None:
        return [both, _LAW[Owner.BOTH]]
    return [both, _LAW[LAWS[item.place.kind].owner_of(item.place.unit)]]
