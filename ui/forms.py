"""What is asked for in forms: a new period, a deadline.

Must not change the portfolio but through `Editing`.
"""

from __future__ import annotations

from datetime import date, datetime

from tracker.actions import open_period, set_deadline
from tracker.messages import message
from tracker.periods import Part, Period, parse_period
from tracker.settings.deadlines import due_in
from ui.asking import FormField
from ui.desk import Desk
from ui.editing import Editing

_NEXT = {Part.T1: Part.T2, Part.T2: Part.YEAR}


class Forms:
    """What the menus ask for."""

    def __init__(self, desk: Desk, editing: Editing) -> None:
        self.desk, self._editing = desk, editing

    def new_period(self) -> None:
        """Begin the next period of the year, or of the next one."""
        session, say = self.desk.session, self.desk.say
        if not session.can_edit:
            self.desk.ask.tell(say(session.read_only_because or message("Åpne en portefølje først.")))
            return
        newest = max(session.portfolio.periods(), default=None)
        proposed = _after(newest) if newest else Period(self._today.year, Part.T1)
        due = due_in(session.portfolio, proposed)
        asked = self.desk.ask.form(
            say(message("Start ny periode")),
            [
                FormField(
                    key="period",
                    title=say(message("Periode, for eksempel 2024-T1")),
                    value=str(proposed),
                    check=self._check_period,
                ),
                FormField(
                    key="deadline",
                    title=say(message("Frist (dd.mm.åååå, kan stå tom)")),
                    value="" if due is None else f"{due:%d.%m.%Y}",
                    check=self._check_date,
                ),
            ],
            say(message("Start")),
        )
        if asked is None:
            return
        period = parse_period(asked["period"])
        refusal = self._editing.perform(lambda: open_period(session.portfolio, period, new_id=session.new_id))
        if refusal:
            self.desk.ask.tell(refusal)
            return
        session.turn_to(period)
        # A deadline that was proposed for another period than the one chosen is not the one meant.
        chosen = _date(asked["deadline"])
        if period == proposed or chosen != due:
            self._set_deadline(chosen)

    def deadline(self) -> None:
        """Ask for the deadline of the period, and set it."""
        say = self.desk.say
        asked = self.desk.ask.form(
            say(message("Frist for perioden")),
            [FormField(key="deadline", title=say(message("Frist (dd.mm.åååå, kan stå tom)")), check=self._check_date)],
            say(message("Lagre")),
        )
        if asked is not None:
            self._set_deadline(_date(asked["deadline"]))

    @property
    def _today(self) -> date:
        return datetime.now().astimezone().date()

    def _set_deadline(self, deadline: date | None) -> None:
        session = self.desk.session
        if session.period is not None:
            period = session.period
            refusal = self._editing.perform(lambda: set_deadline(session.portfolio, period, deadline))
            if refusal:
                self.desk.ask.tell(refusal)

    def _check_period(self, typed: str) -> str:
        try:
            parse_period(typed)
        except ValueError:
            return self.desk.say(message("«{text}» er ikke en periode: skriv for eksempel 2024-T1.", text=typed))
        return ""

    def _check_date(self, typed: str) -> str:
        try:
            _date(typed)
        except ValueError:
            return self.desk.say(message("«{text}» er ikke en dato: skriv for eksempel 15.05.2024.", text=typed))
        return ""


def _date(typed: str) -> date | None:
    return datetime.strptime(typed, "%d.%m.%Y").date() if typed else None  # noqa: DTZ007  a day, no moment


def _after(period: Period) -> Period:
    if period.part in _NEXT:
        return Period(period.year, _NEXT[period.part])
    return Period(period.year + 1, Part.T1)
