"""Making packages from the window: where to, whether files there may be replaced, and the work away from the window.

Must not know what is in a package, nor how what was made is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import UTC, datetime
from pathlib import Path

from db.package import package_names
from tracker.messages import message
from tracker.model import ProjectId
from tracker.packages import Recipient, noted
from tracker.steps import SETTLED
from ui.asking import FormField
from ui.desk import Desk
from ui.packing import Made, Making, write_packages
from ui.telling import failing, telling

Show = Callable[[Sequence[Made]], None]
"""Shows what was made."""


class HandingOut:
    """Asks what it needs, makes packages and notes them."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def make(self, to: Collection[Recipient], show: Show) -> None:
        """Ask for a folder, and make a package for each."""
        desk, session = self._desk, self._desk.session
        period, path = session.period, session.path
        if period is None or path is None or not to:
            return
        if not session.can_edit:
            desk.ask.tell(desk.say(session.read_only_because or message("Åpne en portefølje først.")))
            return
        folder = desk.ask.folder(desk.say(message("Mappen som pakkene skal ligge i")))
        if folder is None or not self._may_write(folder, to):
            return
        making = Making(
            by=session.who, at=datetime.now(UTC), new_id=session.new_id, roots=session.roots(), period=period
        )
        portfolio = session.portfolio

        def note(made: Sequence[Made]) -> None:
            if session.path != path:
                return
            with telling(desk):
                session.perform(noted([one.sent for one in made]), way=SETTLED)
                show(made)

        desk.jobs.start(lambda: write_packages(portfolio, to, folder, making), done=note, failed=failing(desk))

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

    def _may_write(self, folder: Path, to: Collection[Recipient]) -> bool:
        """Whether files of the same names may give way; the open portfolio itself never does."""
        desk, path = self._desk, self._desk.session.path
        there = [folder / name for name in package_names([one.name for one in to]).values() if (folder / name).exists()]
        if path is not None and any(one.samefile(path) for one in there):
            desk.ask.tell(
                desk.say(message("Porteføljen ligger i mappen og heter det samme som en pakke: velg en annen mappe."))
            )
            return False
        if not there:
            return True
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
