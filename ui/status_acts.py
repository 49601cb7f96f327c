"""What the lines of the project menu do with a status: submitted, taken back, approved, sent back.

Must not know a rule, nor which project is meant: it is told.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from tracker.messages import message
from tracker.model import ProjectId
from ui.desk import Desk

if TYPE_CHECKING:
    from ui.period_work import PeriodWork

Move = Callable[[Sequence[ProjectId]], None]


class StatusActs:
    """The acts by the ids of `ui.menus`, on the status of the project that is shown or chosen."""

    OF_CONTROLLER = ("approve-status", "send-back-status")

    def __init__(self, desk: Desk, work: Callable[[], PeriodWork], current: Callable[[], str]) -> None:
        self._desk, self._work, self._current = desk, work, current

    def by_id(self) -> Mapping[str, Callable[[], object]]:
        """Return what each line of the menu does; what does it is imported when it is asked for."""
        return {
            "submit-status": lambda: self._move(self._work().submit),
            "take-back-status": lambda: self._move(self._work().take_back),
            "approve-status": lambda: self._move(self._work().approve),
            "send-back-status": lambda: self._move(self._work().send_back),
        }

    def _move(self, move: Move) -> None:
        project = self._desk.session.portfolio.projects.get(ProjectId(self._current()))
        if project is None:
            self._desk.ask.tell(self._desk.say(message("Åpne prosjektet det gjelder, først.")))
        else:
            move([project.id])
