"""Where a project's status stands, and what can be done about it: one line under the project's name.

Must not know a rule, nor make an edit.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from tracker.flags import Severity
from tracker.guarding import is_locked, newest_lock
from tracker.kinds import Light, StatusState
from tracker.messages import Message, message
from tracker.model import Portfolio, Status
from tracker.periods import Period
from ui.marks import Mark, MarkIcon, sign_size
from ui.plain import Label
from ui.theme import GRID
from ui.words import Say


class StateLine(QWidget):
    """Shows a state. The signals come without a word of what is done."""

    submit_asked = Signal()
    take_back_asked = Signal()
    approve_asked = Signal()
    send_back_asked = Signal()

    def __init__(self, say: Say) -> None:
        super().__init__()
        self._say = say
        self.icon, self.told = Label(), Label()
        self.submit = QPushButton(say(message("Lever")))
        self.take_back = QPushButton(say(message("Ta tilbake")))
        self.approve = QPushButton(say(message("Godkjenn")))
        self.send_back = QPushButton(say(message("Send tilbake …")))
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(GRID)
        line.addWidget(self.icon)
        line.addWidget(self.told)
        line.addSpacing(GRID)
        for button, asked in (
            (self.submit, self.submit_asked),
            (self.take_back, self.take_back_asked),
            (self.approve, self.approve_asked),
            (self.send_back, self.send_back_asked),
        ):
            line.addWidget(button)
            button.clicked.connect(asked)
        line.addStretch()

    def show_state(self, portfolio: Portfolio, period: Period, status: Status | None, *, can_edit: bool) -> bool:
        """Show where a status stands. Returns whether its fields can be filled in."""
        locked = is_locked(portfolio, period)
        state = StatusState.DRAFT if status is None else status.state
        mark, told = _told(portfolio, period, status)
        self.icon.setPixmap(MarkIcon(mark, self.palette()).pixmap(sign_size(self.fontMetrics())))
        self.told.setText(self._say(told))
        is_whole = not portfolio.is_package
        for button, states in (
            (self.submit, {StatusState.DRAFT}),
            (self.take_back, {StatusState.SUBMITTED}),
            (self.approve, {StatusState.SUBMITTED} if is_whole else set()),
            (self.send_back, {StatusState.SUBMITTED, StatusState.APPROVED} if is_whole else set()),
        ):
            button.setVisible(can_edit and not locked and state in states)
        return can_edit and not locked and state is StatusState.DRAFT


def _told(portfolio: Portfolio, period: Period, status: Status | None) -> tuple[Mark, Message]:
    if is_locked(portfolio, period):
        found = newest_lock(portfolio, period)
        if found is None:
            return Light.GREEN, message("Perioden er låst.")
        return Light.GREEN, message(
            "Perioden er låst av {who} {day}: tallene og teksten står slik de ble rapportert.",
            who=found.locked_by,
            day=found.locked_at.date(),
        )
    if status is None or status.state is StatusState.DRAFT:
        return Severity.NOTE, message("Utkast")
    if portfolio.is_package and status.state is StatusState.APPROVED:
        told = message("Godkjent av {who} {day}.")
        return Light.GREEN, message(told.text, who=status.moved_by or "-", day=status.moved_on)
    words = {
        StatusState.SUBMITTED: message("Levert av {who} {day}: ta den tilbake for å endre."),
        StatusState.APPROVED: message("Godkjent av {who} {day}: send den tilbake for å endre."),
    }
    mark: Mark = Light.GREEN if status.state is StatusState.APPROVED else Severity.NOTE
    told = words[status.state]
    return mark, message(told.text, who=status.moved_by or "-", day=status.moved_on)
