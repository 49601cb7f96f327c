"""Findings in texts put aside from the window, with the reason that is asked for, and taken back.

Must not know which page asks, nor what a dismissal holds on to.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from tracker.dismissing import dismiss, take_back
from tracker.flags import Flag
from tracker.messages import message
from tracker.model import Dismissal
from ui.asking import FormField
from ui.desk import Desk
from ui.editing import Editing


class Dismissals:
    """Does it, or tells why not."""

    def __init__(self, desk: Desk, editing: Editing) -> None:
        self._desk, self._editing, self._say = desk, editing, desk.say

    def put_aside(self, flags: Sequence[Flag]) -> None:
        """Ask why, and put findings aside."""
        session, period = self._desk.session, self._desk.session.period
        if period is None or not flags:
            return
        asked = self._desk.ask.form(
            self._say(message("Legg {count} funn til side", count=len(flags))),
            [
                FormField(
                    key="reason",
                    title=self._say(message("Hvorfor gjelder det ikke? Begrunnelsen står i kontrollen og historikken")),
                    check=self._check_reason,
                )
            ],
            self._say(message("Legg til side")),
        )
        if asked is None:
            return
        at = datetime.now(UTC)
        self._tell(
            self._editing.perform(
                lambda: dismiss(
                    session.portfolio,
                    period,
                    flags,
                    reason=asked["reason"],
                    who=session.who,
                    at=at,
                    new_id=session.new_id,
                )
            )
        )

    def take_back(self, dismissals: Sequence[Dismissal]) -> None:
        """Let findings count again."""
        self._tell(self._editing.perform(lambda: take_back(self._desk.session.portfolio, dismissals)))

    def _tell(self, refusal: str) -> None:
        if refusal:
            self._desk.ask.tell(refusal)

    def _check_reason(self, typed: str) -> str:
        return "" if typed.strip() else self._say(message("Skriv hvorfor funnet legges til side."))
