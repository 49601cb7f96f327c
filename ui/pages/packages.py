"""The controller's page of packages: who is responsible for what, what they were sent, and what has come back.

Must not make a package or a form, nor read one: it asks for that with signals.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QVBoxLayout, QWidget

from tracker.board import Standing, board_of
from tracker.flags import Severity
from tracker.handed_out import HandedOut, Whereabouts, handed_out
from tracker.kinds import Light
from tracker.messages import Message, message
from tracker.money import write_number
from tracker.packages import Recipient
from tracker.periods import Period
from ui.desk import Desk
from ui.editing import Editing
from ui.flow import Flow
from ui.made_packages import MadePackages
from ui.marks import Mark, MarkIcon
from ui.packing import Made
from ui.plain import Label
from ui.plain_table import ALMOST_ALL
from ui.session import View
from ui.theme import GRID, Step, sized
from ui.tick_table import TickTable

_MARKS: dict[Whereabouts, Mark | None] = {
    Whereabouts.NEVER_MADE: None,
    Whereabouts.OUT: Severity.NOTE,
    Whereabouts.BACK: Light.GREEN,
}
_STATE = 3


class PackagesPage(QScrollArea):
    """Shows those responsible. `make_asked` and `forms_asked` come with those ticked, `bring_in_asked` with nothing."""

    make_asked = Signal(object)
    forms_asked = Signal(object)
    bring_in_asked = Signal()
    told = Signal(str)

    def __init__(self, desk: Desk, editing: Editing) -> None:
        super().__init__()
        self._desk, self._editing, self._say = desk, editing, desk.say
        self._shown: list[HandedOut] = []
        say = self._say
        self.title, self.lead = Label(), Label()
        self.make = QPushButton(say(message("Lag pakker …")))
        self.make_forms = QPushButton(say(message("Lag skjemaer …")))
        self.all = QPushButton(say(message("Velg alle")))
        self.none = QPushButton(say(message("Velg ingen")))
        self.bring_in = QPushButton(say(message("Hent inn pakker …")))
        self.table = TickTable(
            say(message("Ansvarlige og pakkene deres")),
            [
                say(message("Ansvarlig")),
                say(message("Prosjekter")),
                say(message("Sist laget")),
                say(message("Pakken")),
                say(message("Ikke begynt")),
                say(message("Utkast")),
                say(message("Levert")),
                say(message("Godkjent")),
                "",
            ],
            numbers=(1, 4, 5, 6, 7),
        )
        self.made = MadePackages(say)
        self.made.hide()
        self._lay_out()
        self._connect()

    def show_view(self, view: View) -> None:
        """Show those responsible in the view's period; who is ticked stays ticked."""
        if view.period is None:
            return
        ticked = {one.recipient.name for one in self._ticked()}
        self._shown = handed_out(view.portfolio, board_of(view.portfolio, view.period))
        self.title.setText(self._say(message("Pakker: {period}", period=view.period)))
        self.lead.setText(self._say(_lead(self._shown)))
        self.table.show_rows(
            [self._row(one) for one in self._shown],
            ticked={at for at, one in enumerate(self._shown) if one.recipient.name in ticked},
        )
        self._sign()
        for part in (self.table, self.all, self.none):
            part.setVisible(bool(self._shown))
        self._show_what_is_possible()

    def show_made(self, made: Sequence[Made], period: Period) -> None:
        """Show what was made just now."""
        self.table.tick_all(is_ticked=False)
        self.made.show_made(made, self._say(message("Status til {period}", period=period)))
        self.made.show()
        self.made.table.setFocus()
        self.ensureWidgetVisible(self.made)

    def begin(self) -> None:
        """Put the cursor where work begins."""
        if self._shown:
            self.table.setFocus()
            if self.table.currentRow() < 0:
                self.table.setCurrentCell(0, 0)
        else:
            self.bring_in.setFocus()

    def finish(self) -> None:
        """Nothing waits here."""

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802  Qt's name
        """Make the signs anew in another look's colours."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and self.__dict__.get("_shown"):
            self._sign()

    def _row(self, one: HandedOut) -> list[str]:
        sent, counts = one.newest, one.counts
        approved = counts[Standing.APPROVED] + counts[Standing.LOCKED]
        numbers = (counts[Standing.NOT_STARTED], counts[Standing.DRAFT], counts[Standing.SUBMITTED], approved)
        return [
            one.recipient.name,
            write_number(len(one.recipient.projects)),
            "-" if sent is None else f"{sent.made_at.astimezone():%d.%m.%Y}",
            self._say(_state(one)),
            *map(write_number, numbers),
            "",
        ]

    def _sign(self) -> None:
        for row, one in enumerate(self._shown):
            item = self.table.item(row, _STATE)
            if item is not None:
                item.setIcon(MarkIcon(_MARKS[one.whereabouts], self.palette()))

    def _ticked(self) -> list[HandedOut]:
        return [self._shown[row] for row in self.table.ticked_rows() if row < len(self._shown)]

    def _chosen(self) -> list[Recipient]:
        return [one.recipient for one in self._ticked()]

    def _show_what_is_possible(self) -> None:
        count = len(self._ticked())
        self.make.setEnabled(self._editing.is_possible and count > 0)
        told = message("Lag {count} {count:pakke|pakker} …", count=count) if count else message("Lag pakker …")
        self.make.setText(self._say(told))
        self.make_forms.setEnabled(self.make.isEnabled())
        self.all.setEnabled(count < len(self._shown))
        self.none.setEnabled(count > 0)
        self.bring_in.setEnabled(self._editing.is_possible)

    def _lay_out(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.title.setFont(sized(self.title.font(), Step.HEADING, bold=True))
        self.lead.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.lead.setWordWrap(True)
        for label in (self.title, self.lead):
            label.setTextFormat(Qt.TextFormat.PlainText)
        body = QWidget()
        lines = QVBoxLayout(body)
        lines.setContentsMargins(2 * GRID, GRID, 2 * GRID, 2 * GRID)
        lines.setSpacing(GRID)
        lines.addWidget(self.title)
        lines.addWidget(self.lead)
        lines.addLayout(Flow(self.make, self.make_forms, self.all, self.none, self.bring_in))
        lines.addWidget(self.table, ALMOST_ALL)
        lines.addWidget(self.made)
        lines.addStretch(1)
        self.setWidget(body)

    def _connect(self) -> None:
        self.table.ticked.connect(self._show_what_is_possible)
        self.make.clicked.connect(lambda: self.make_asked.emit(self._chosen()))
        self.make_forms.clicked.connect(lambda: self.forms_asked.emit(self._chosen()))
        self.all.clicked.connect(lambda: self.table.tick_all(is_ticked=True))
        self.none.clicked.connect(lambda: self.table.tick_all(is_ticked=False))
        self.bring_in.clicked.connect(self.bring_in_asked)
        self.made.told.connect(self.told)


def _lead(shown: Sequence[HandedOut]) -> Message:
    if not shown:
        return message(
            "Ingen prosjekter har en ansvarlig. Fyll ut «Ansvarlig» på prosjektene, eller velg "
            "prosjekter i tabellen og bruk Lag pakke i menyen Prosjekt."
        )
    out = sum(one.whereabouts is Whereabouts.OUT for one in shown)
    if not out:
        return message("{count} {count:ansvarlig|ansvarlige}. Ingen pakker er ute.", count=len(shown))
    return message("{count} {count:ansvarlig|ansvarlige}, {out} {out:pakke|pakker} er ute.", count=len(shown), out=out)


def _state(one: HandedOut) -> Message:
    if one.newest is None:
        return message("Ikke laget")
    if one.newest.returned_at is None:
        return message("Ute siden {day}", day=one.newest.made_at.astimezone().date())
    return message("Kom tilbake {day}", day=one.newest.returned_at.astimezone().date())
