"""Tells somebody whose portfolio lies where it isn't safe, or has been copied by a sync service, once a file.

Must not know how a place is recognised.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from tracker.messages import Message, message
from ui.desk import Desk
from ui.telling import failing

if TYPE_CHECKING:
    from db.conflict_copies import ConflictCopy
    from db.placing import Place

_MOST_NAMED = 2


class Placing(QObject):
    """Looks at where the open portfolio lies, away from the window. `advised` is the line to show, empty for none."""

    advised = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk

    def look(self) -> None:
        """Look at where the file lies and what is beside it. A package may lie anywhere: it is made to be sent."""
        session = self._desk.session
        key = session.key
        path, is_package = session.path, getattr(session.portfolio, "is_package", False)
        self.advised.emit("")
        if path is None or is_package:
            return

        def look() -> tuple[Place | None, list[ConflictCopy]]:
            from db.conflict_copies import conflict_copies_of
            from db.placing import place_of

            return place_of(path), conflict_copies_of(path, key=key)

        self._desk.jobs.start(look, done=lambda found: self._advise(path, *found), failed=failing(self._desk))

    def dismiss(self) -> None:
        """Say nothing more of where this file lies."""
        path = self._desk.session.path
        if path is not None:
            self._desk.settings.be_quiet_about(path)

    def _advise(self, path: Path, place: Place | None, copies: list[ConflictCopy]) -> None:
        if self._desk.session.path != path:
            return
        told: list[Message] = []
        if copies:
            # Told also to one who keeps the file there knowingly: somebody's changes are in them.
            told.append(_of_copies(path, copies))
        elif place is not None and not self._desk.settings.is_quiet_about(path):
            told.append(_of_place(path, place))
        self.advised.emit("\n".join(map(self._desk.say, told)))


def _of_place(path: Path, place: Place) -> Message:
    if place.service:
        return message(
            "{file} ligger i en mappe som {service} synkroniserer: skriver to samtidig, blir det to utgaver. Ha filen "
            "på din egen maskin, og del pakker i mappen.",
            file=path.name,
            service=place.service,
        )
    return message(
        "{file} ligger i en nettverksmappe: faller nettverket ut under lagring, kan filen bli "
        "skadet. Ha filen på din egen maskin, og del pakker i nettverksmappen.",
        file=path.name,
    )


def _of_copies(path: Path, copies: list[ConflictCopy]) -> Message:
    names = ", ".join(f"«{one.path.name}»" for one in copies[:_MOST_NAMED])
    if len(copies) > _MOST_NAMED:
        names += " …"
    if len(copies) == 1 and copies[0].changes is not None:
        return message(
            "{names} er en konfliktkopi av {file} med {count} {count:endring|endringer} som ikke er "
            "her. Hent den inn ved å slippe den på vinduet, og flytt den vekk etterpå.",
            names=names,
            file=path.name,
            count=copies[0].changes,
        )
    return message(
        "Ved siden av {file} ligger {names}: kopier som oppstår når to skriver samtidig. Det "
        "andre har skrevet, kan ligge i dem. Hent dem inn ved å slippe dem på vinduet, og flytt "
        "dem vekk etterpå.",
        names=names,
        file=path.name,
    )
