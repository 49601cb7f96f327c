"""A new file of what a hub has, asked for in the window: for a new machine, a new colleague, or more projects.

Must not know how it is read or written.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial

from db.hub.address import read_address
from db.hub.copying import Offered
from tracker.messages import message
from ui import hub_roads
from ui.asking import TableQuestion
from ui.desk import Desk
from ui.filing import Filing
from ui.hub_asking import asked_address
from ui.hub_roads import Copy
from ui.hubbing import Errand, Hubbing
from ui.kept_hubs import KeptHub, fetched, keep_hub, kept_hubs


class HubFile:
    """Asks where the hub is and where the file is to be, makes it and opens it; `show` turns to what is in it."""

    def __init__(self, desk: Desk, hubbing: Hubbing, filing: Filing, show: Callable[[str], None]) -> None:
        self._desk, self._hubbing, self._filing, self._show = desk, hubbing, filing, show

    def ask(self) -> None:
        """Ask for the address, and find what is there."""
        known = kept_hubs(self._desk.settings.kept)
        held = known[0].address if known else ""
        address = asked_address(self._desk, held, message("Fortsett"))
        if address is not None:
            self._hubbing.run(Errand(address=address, work=hub_roads.offered, done=partial(self._choose, address)))

    def _choose(self, address: str, known: Sequence[Offered]) -> None:
        """Ask which portfolio where there are several, and where the file is to be."""
        desk, at = self._desk, 0 if len(known) == 1 else self._asked_which(known)
        chosen = None if at is None else known[at]
        if chosen is None:
            return
        path = self._filing.new_path(chosen.municipality or desk.say(message("Portefølje")))
        if path is None:
            return
        who = desk.session.who
        self._hubbing.run(
            Errand(
                address=address,
                work=lambda read: hub_roads.copied(read, chosen.portfolio, path, who=who),
                done=partial(self._open, address),
                changes_nothing=False,
            )
        )

    def _asked_which(self, known: Sequence[Offered]) -> int | None:
        say = self._desk.say
        return self._desk.ask.choose(
            TableQuestion(
                title=say(message("Hent ny fil fra huben")),
                lead=say(message("Databasen har flere porteføljer. Velg den du skal ha.")),
                headings=[say(message("Kommune")), say(message("Prosjekter")), say(message("Portefølje"))],
                rows=[[one.municipality or "-", str(one.projects), one.portfolio] for one in known],
                yes=say(message("Velg")),
                numbers=(1,),
            )
        )

    def _open(self, address: str, made: Copy) -> None:
        """Remember where it came from, and open it."""
        hub = KeptHub(portfolio=made.origin, address=address, told=read_address(address).told)
        keep_hub(self._desk.settings.kept, fetched(hub, at=datetime.now(UTC), until="", unread=()))
        self._filing.open(made.path)
        if self._desk.session.path == made.path:
            told = message(
                "{file}: laget med {count} {count:prosjekt|prosjekter} fra huben.",
                file=made.path.name,
                count=made.projects,
            )
            self._show(self._desk.say(told))
