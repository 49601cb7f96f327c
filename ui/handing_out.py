"""Making packages and forms from the window: where to, what may be replaced, and the work away from the window.

Must not know what is in one, nor how what was made is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import UTC, datetime
from pathlib import Path

from tracker.forms.form import open_projects
from tracker.messages import Refusal, message
from tracker.model import ProjectId
from tracker.packages import Recipient, noted
from tracker.periods import Period
from tracker.steps import SETTLED
from ui.asking import FormField
from ui.desk import Desk
from ui.packing import Made, Making, in_the_way, write_forms, write_packages
from ui.telling import failing, telling

Show = Callable[[Sequence[Made]], None]
"""Shows what was made."""

_LIST = "list"
_SHEETS = message("Et ark for hvert prosjekt")
_ROWS = message("En liste med en rad for hvert prosjekt")


class HandingOut:
    """Asks what it needs, makes packages or forms, and notes them."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def make(self, to: Collection[Recipient], show: Show) -> None:
        """Ask for a folder, and make a package for each."""
        desk = self._desk
        if not self._is_possible(to):
            return
        folder = desk.ask.folder(desk.say(message("Mappen som pakkene skal ligge i")))
        if folder is None or not self._may_write(folder, to):
            return
        portfolio, making = desk.session.portfolio, self._making()
        if making is not None:
            self._start(lambda: write_packages(portfolio, to, folder, making), show)

    def make_forms(self, to: Collection[Recipient], show: Show) -> None:
        """Ask how the forms are to look and for a folder, and make one for each who has something left to fill in."""
        desk, making = self._desk, self._making()
        if making is None or not self._is_possible(to):
            return
        portfolio, names = desk.session.portfolio, self._with_something_left(to, making.period)
        asked = names and desk.ask.form(
            desk.say(message("Lag {count} {count:skjema|skjemaer} i Excel", count=len(names))),
            [
                FormField(
                    key="look",
                    title=desk.say(message("Hvordan skal prosjektene stå?")),
                    choices=[("", desk.say(_SHEETS)), (_LIST, desk.say(_ROWS))],
                )
            ],
            desk.say(message("Velg mappe …")),
        )
        folder = desk.ask.folder(desk.say(message("Mappen som skjemaene skal ligge i"))) if asked else None
        if asked and folder is not None:
            is_list = asked["look"] == _LIST
            self._start(lambda: write_forms(portfolio, names, folder, making, say=desk.say, is_list=is_list).made, show)

    def make_of(self, projects: Sequence[str], show: Show) -> None:
        """Ask who some projects are for, and make that package."""
        desk, portfolio = self._desk, self._desk.session.portfolio
        chosen = [portfolio.projects[one] for one in projects if one in portfolio.projects]
        if not chosen:
            desk.ask.tell(desk.say(message("Velg prosjektene i tabellen først.")))
            return
        named = {(one.responsible or "").strip() for one in chosen}
        asked = desk.ask.form(
            desk.say(message("Lag pakke av {count} {count:prosjekt|prosjekter}", count=len(chosen))),
            [
                FormField(
                    key="who",
                    title=desk.say(message("Hvem er pakken til?")),
                    value=named.pop() if len(named) == 1 else "",
                    check=self._check_given,
                )
            ],
            desk.say(message("Velg mappe …")),
        )
        if asked is not None:
            recipient = Recipient(name=asked["who"], projects=frozenset(ProjectId(one.id) for one in chosen))
            self.make([recipient], show)

    def _is_possible(self, to: Collection[Recipient]) -> bool:
        """Whether something can be made and noted now; why not is told."""
        desk, session = self._desk, self._desk.session
        if session.period is None or session.path is None or not to:
            return False
        if not session.can_edit:
            desk.ask.tell(desk.say(session.read_only_because or message("Åpne en portefølje først.")))
        return session.can_edit

    def _with_something_left(self, to: Collection[Recipient], period: Period) -> list[str]:
        """Return those who have statuses left to fill in; that nobody has, or the period is locked, is told."""
        with telling(self._desk):
            left = {name.casefold() for name in open_projects(self._desk.session.portfolio, period)}
            names = [one.name for one in to if one.name.casefold() in left]
            if not names:
                raise Refusal(
                    message("De du har valgt, har ingen statuser igjen å fylle ut for {period}.", period=period)
                )
            return names
        return []

    def _making(self) -> Making | None:
        session = self._desk.session
        if session.period is None or session.path is None:
            return None
        return Making(
            by=session.who, at=datetime.now(UTC), new_id=session.new_id, roots=session.roots(), period=session.period
        )

    def _start(self, work: Callable[[], Sequence[Made]], show: Show) -> None:
        """Write files away from the window, and note and show what was made."""
        desk, session = self._desk, self._desk.session
        path = session.path

        def note(made: Sequence[Made]) -> None:
            if session.path != path:
                return
            with telling(desk):
                session.perform(noted([one.sent for one in made]), way=SETTLED)
                show(made)

        desk.jobs.start(work, done=note, failed=failing(desk))

    def _may_write(self, folder: Path, to: Collection[Recipient]) -> bool:
        """Whether files of the same names may give way; the open portfolio itself never does."""
        desk, path, there = self._desk, self._desk.session.path, None
        with telling(desk):
            there = [] if path is None else in_the_way(to, folder, path)
        if not there:
            return there is not None
        return desk.ask.confirm(
            desk.say(
                message(
                    "{count} {count:fil|filer} med samme navn ligger i mappen fra før. Er de kommet tilbake uten å "
                    "være hentet inn, går det som står i dem, tapt.",
                    count=len(there),
                )
            ),
            desk.say(message("Erstatt")),
        )

    def _check_given(self, typed: str) -> str:
        return "" if typed.strip() else self._desk.say(message("Feltet kan ikke stå tomt: skriv et navn."))
