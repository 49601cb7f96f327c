"""What was done to a project, field by field, and the way back to what a field was.

Must not know where history is kept, nor how an edit is made.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from tracker.fields import FIELD
from tracker.history import FieldChange
from tracker.kinds import Phase
from tracker.messages import message
from tracker.model import Dismissal
from tracker.steps import BEGUN, MERGED, REDONE, UNDONE
from ui.plain import Label
from ui.plain_table import PlainTable
from ui.theme import GRID
from ui.words import Say

_LONGEST = 120
_PUT_ASIDE = message("Funn lagt til side")
_WAYS = {
    "window": message("Skrevet"),
    "import": message("Importert"),
    UNDONE: message("Angret"),
    REDONE: message("Gjort om"),
    BEGUN: message("Første innhold"),
    MERGED: message("Hentet inn"),
}


class HistoryList(QWidget):
    """Shows changes, the newest first. `back_asked` comes with the change whose value before is wanted."""

    back_asked = Signal(object)

    def __init__(self, say: Say) -> None:
        super().__init__()
        self._say = say
        self._changes: list[FieldChange] = []
        self.table = PlainTable(
            say(message("Historikk")),
            [
                say(message("Når")),
                say(message("Hvem")),
                say(message("Hvordan")),
                say(message("Felt")),
                say(message("Fra")),
                say(message("Til")),
            ],
        )
        self.back = QPushButton(say(message("Gå tilbake til verdien før denne endringen")))
        self.back.setEnabled(False)
        self._none = Label(say(message("Ingen endringer er gjort ennå.")))
        foot = QHBoxLayout()
        foot.addWidget(self.back)
        foot.addStretch()
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, GRID, 0, 0)
        lines.addWidget(self._none)
        lines.addWidget(self.table)
        lines.addLayout(foot)
        lines.addStretch()
        self.table.itemSelectionChanged.connect(self._on_table_item_selection_changed)
        self.back.clicked.connect(self._on_back_clicked)
        self.can_go_back = False

    def show_changes(self, changes: Sequence[FieldChange], *, can_go_back: bool) -> None:
        """Show changes; those of fields that nobody fills in are left out, a finding put aside is one change."""
        self.can_go_back = can_go_back
        self._changes = [change for change in changes if change.field in FIELD or _is_reason(change)]
        self.table.set_rows([self._row(change) for change in self._changes])
        self.table.setVisible(bool(self._changes))
        self.back.setVisible(bool(self._changes))
        self._none.setVisible(not self._changes)
        self.back.setEnabled(False)

    def _row(self, change: FieldChange) -> list[str]:
        entry = change.entry
        way = _WAYS.get(entry.way, message("Kommando"))
        if change.author is not None:
            way = message("Hentet inn av {who} {day}", who=entry.who, day=entry.at.astimezone().date())
        return [
            f"{change.at.astimezone():%d.%m.%Y %H:%M}",
            change.who,
            self._say(way),
            self._say(_PUT_ASIDE if _is_reason(change) else FIELD[change.field].title),
            self._told(change, change.before),
            self._told(change, change.after),
        ]

    def _told(self, change: FieldChange, value: object) -> str:
        if not _is_reason(change):
            return self._written(change.field, value)
        quotes = (one.known.quote for one in change.entry.changes if isinstance(one.known, Dismissal))
        return "-" if value is None else ": ".join([*(f"«{quote}»" for quote in quotes if quote), str(value)])

    def _written(self, field: str, value: object) -> str:
        if value is None or value == "":
            return "-"
        text = FIELD[field].write(value)
        if isinstance(value, Phase):
            text = self._say(message(text))
        line = " ".join(text.split())
        return line if len(line) <= _LONGEST else f"{line[:_LONGEST].rstrip()}…"

    def _on_table_item_selection_changed(self) -> None:
        row = self.table.currentRow()
        is_field = 0 <= row < len(self._changes) and not _is_reason(self._changes[row])
        self.back.setEnabled(self.can_go_back and bool(self.table.selectedItems()) and is_field)

    def _on_back_clicked(self) -> None:
        row = self.table.currentRow()
        if 0 <= row < len(self._changes):
            self.back_asked.emit(self._changes[row])


def _is_reason(change: FieldChange) -> bool:
    return change.kind is Dismissal and change.field == "reason"
