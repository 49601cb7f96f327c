"""The page of the hub: where it is, what waits to be sent and to be fetched, what came of what was asked.

Must not ask a server anything: it asks for that with signals.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from tracker.flags import Severity
from tracker.merging.lineage import Author
from tracker.messages import Message, message
from tracker.model import Portfolio
from ui.desk import Desk
from ui.editing import Editing
from ui.flow import Flow
from ui.hub_state import HubState, hub_state
from ui.kept_hubs import moment
from ui.marks import Mark, Notice
from ui.plain import Label
from ui.plain_table import ALMOST_ALL, PlainTable
from ui.session import View
from ui.theme import GRID, Step, sized


class HubPage(QScrollArea):
    """Shows how the open file stands to its hub. `asked` comes with what is to be done, by the id of its menu line.

    `back_asked` when one came here without a portfolio.
    """

    asked = Signal(str)
    back_asked = Signal()

    def __init__(self, desk: Desk, editing: Editing) -> None:
        super().__init__()
        self._desk, self._editing, self._say = desk, editing, desk.say
        self._state = HubState()
        self._shown_for: Portfolio | None = None
        self._is_working = False
        say = self._say
        self.title, self.lead, self.waiting = Label(), Label(), Label()
        self.told = Notice("", Severity.NOTE)
        self.facts = _Facts([say(one) for one in _FACTS])
        self.fetch = self._button(message("Hent"), "hub-fetch")
        self.send = self._button(message("Send"), "hub-send")
        self.check = self._button(message("Spør huben"), "hub-check")
        self.address = self._button(message("Oppgi adressen …"), "hub-address")
        self.password = self._button(message("Passord …"), "hub-password")
        self.new_file = self._button(message("Hent ny fil …"), "hub-new-file")
        self.back = QPushButton(say(message("Tilbake")))
        self.table = PlainTable(
            say(message("Det som ikke er sendt")),
            [say(message("Når")), say(message("Hvem")), say(message("Endring"))],
        )
        self._lay_out()
        self.back.clicked.connect(self.back_asked)

    def show_view(self, view: View) -> None:
        """Show how the file stands; what was told of it before it was changed is told no more."""
        if view.portfolio is not self._shown_for:
            self._shown_for = view.portfolio
            self.told.hide()
        self._show_state()

    def show_working(self, *, is_working: bool) -> None:
        """Show that the hub is being asked, or no more."""
        self._is_working = is_working
        if is_working:
            self.told.hide()
        self._show_what_is_possible()
        if not is_working and self.isVisible():
            self.begin()

    def show_told(self, sentence: str, mark: Mark) -> None:
        """Show what came of it and how the file stands now, ready for what is done next."""
        self._is_working = False
        self._shown_for = self._desk.session.portfolio
        self.told.set_mark(mark)
        self.told.setText(sentence)
        self.told.setVisible(bool(sentence))
        self._show_state()
        if self.isVisible():
            self.begin()

    def begin(self) -> None:
        """Put the cursor where work begins: on fetching what others did, on sending where only that is left."""
        buttons = (
            (self.fetch, self.send) if self._state.unfetched or not self._state.unsent else (self.send, self.fetch)
        )
        for button in (*buttons, self.check, self.address, self.new_file):
            if button.isVisibleTo(self) and button.isEnabled():
                button.setFocus()
                return

    def finish(self) -> None:
        """Nothing waits here."""

    def _show_state(self) -> None:
        state = self._state = hub_state(self._desk)
        say, hub = self._say, state.hub
        self.lead.setText(say(_lead(state, is_open=self._desk.session.path is not None)))
        self.facts.setVisible(hub is not None)
        self.address.setText(say(message("Oppgi adressen …") if hub is None else message("Adresse …")))
        self.address.setVisible(bool(state.origin))
        for part in (self.fetch, self.send, self.check, self.password):
            part.setVisible(hub is not None)
        self.back.setVisible(self._desk.session.period is None)
        if hub is not None:
            sent, fetched = moment(hub.sent_at), moment(hub.fetched_at)
            told = (_unsent(state), _unfetched(state), _when(sent), _when(fetched))
            self.facts.show_facts([say(one) for one in told], strong={0: bool(state.unsent), 1: bool(state.unfetched)})
        self._show_newest(state.newest, state.unsent or 0)
        self._show_what_is_possible()

    def _show_newest(self, newest: Sequence[Author], count: int) -> None:
        self.table.set_rows([[_written(one.at), one.who, self._say(one.label)] for one in newest])
        for part in (self.table, self.waiting):
            part.setVisible(bool(newest))
        more = count - len(newest)
        told = message("Dette er ikke sendt. {count} eldre er ikke vist.", count=more)
        self.waiting.setText(self._say(told if more else message("Dette er ikke sendt")))

    def _show_what_is_possible(self) -> None:
        is_idle, state = not self._is_working, self._state
        can_edit = self._editing.is_possible
        self.fetch.setEnabled(is_idle and can_edit)
        self.send.setEnabled(is_idle and can_edit and state.unsent != 0)
        for button in (self.check, self.address, self.password, self.new_file):
            button.setEnabled(is_idle)

    def _button(self, title: Message, asked: str) -> QPushButton:
        button = QPushButton(self._say(title))
        button.setObjectName(asked)
        button.clicked.connect(lambda _checked=False: self.asked.emit(asked))
        return button

    def _lay_out(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidgetResizable(True)
        self.title.setText(self._say(message("Hub")))
        self.title.setFont(sized(self.title.font(), Step.HEADING, bold=True))
        self.lead.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        for label in (self.lead, self.waiting):
            label.setWordWrap(True)
        self.told.hide()
        body = QWidget()
        lines = QVBoxLayout(body)
        lines.setContentsMargins(2 * GRID, GRID, 2 * GRID, 2 * GRID)
        lines.setSpacing(GRID)
        for part in (self.title, self.lead, self.told, self.facts):
            lines.addWidget(part)
        lines.addSpacing(GRID // 2)
        lines.addLayout(Flow(self.fetch, self.send, self.check, self.address, self.password, self.new_file, self.back))
        lines.addSpacing(GRID)
        lines.addWidget(self.waiting)
        lines.addWidget(self.table, ALMOST_ALL)
        lines.addStretch(1)
        self.setWidget(body)


class _Facts(QWidget):
    """Some facts below each other: what each is, and how it stands."""

    def __init__(self, titles: Sequence[str]) -> None:
        super().__init__()
        lines = QGridLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setHorizontalSpacing(3 * GRID)
        lines.setVerticalSpacing(GRID // 2)
        lines.setColumnStretch(1, 1)
        self.values: list[Label] = []
        for row, title in enumerate(titles):
            name, value = Label(title), Label()
            name.setForegroundRole(QPalette.ColorRole.PlaceholderText)
            value.setWordWrap(True)
            lines.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
            lines.addWidget(value, row, 1)
            self.values.append(value)

    def show_facts(self, told: Sequence[str], *, strong: dict[int, bool]) -> None:
        """Show how each stands, those that something is to be done about strong."""
        for at, (value, text) in enumerate(zip(self.values, told, strict=True)):
            value.setText(text)
            value.setFont(sized(self.font(), Step.BODY, bold=strong.get(at, False)))


_FACTS = (message("Ikke sendt"), message("Ikke hentet"), message("Sist sendt"), message("Sist hentet"))


def _lead(state: HubState, *, is_open: bool) -> Message:
    if state.hub is not None:
        return message("{text}", text=state.hub.told)
    if is_open and state.origin:
        return message(
            "En hub er en database hos kommunen som bærer endringene mellom dere, i stedet for pakker på e-post. "
            "Har dere en, får du adressen av den som setter den opp. Har dere ingen, trenger du ikke denne siden."
        )
    return message(
        "En hub er en database hos kommunen som bærer endringene mellom dere, i stedet for pakker på e-post. "
        "Herfra kan du hente en ny fil av det som er i den."
    )


def _unsent(state: HubState) -> Message:
    if state.unsent is None:
        return message("Ikke kjent før huben er spurt")
    if not state.unsent:
        return message("Alt er sendt")
    return message("{count} {count:endring|endringer}", count=state.unsent)


def _unfetched(state: HubState) -> Message:
    at = None if state.hub is None else moment(state.hub.asked_at)
    if at is None:
        return message("Ikke kjent før huben er spurt")
    if not state.unfetched:
        return message("Ingenting da huben ble spurt {at}", at=_written(at))
    return message("{count} {count:endring|endringer} da huben ble spurt {at}", count=state.unfetched, at=_written(at))


def _when(at: datetime | None) -> Message:
    return message("Aldri herfra") if at is None else message("{text}", text=_written(at))


def _written(at: datetime) -> str:
    return f"{at.astimezone():%d.%m.%Y %H:%M}"
