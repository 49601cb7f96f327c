"""What becomes of files that are dropped on the window, by what they are and what is open.

Must not know what is in a package, nor open or merge anything itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from db.package import Kin, kin_of
from db.trouble import Damage
from tracker.messages import message
from tracker.package_about import about_package
from ui.bringing_in import BringingIn
from ui.desk import Desk
from ui.filing import Filing
from ui.packing import PACKAGE_SUFFIX
from ui.telling import failing, telling
from ui.unlocking import known_key

_UNREADABLE = message("{file} er skadet eller ingen Tertial-fil, så ingenting er hentet inn: be om filen på nytt.")


class Dropping:
    """Hands files on: to be opened, taken in as a report, or brought home as packages."""

    def __init__(self, desk: Desk, filing: Filing, bringing_in: BringingIn) -> None:
        self._desk, self._filing, self._bringing_in = desk, filing, bringing_in

    def take(self, paths: Sequence[Path]) -> None:
        """Take what was dropped: several files or a folder are what came back, what is of the open portfolio too."""
        first, path = paths[0], self._desk.session.path
        suffix = first.suffix.casefold()
        if len(paths) > 1 or first.is_dir() or (suffix == ".xlsx" and path is not None):
            self._bringing_in.read(paths)
        elif suffix == PACKAGE_SUFFIX and path is not None and first.exists() and not first.samefile(path):
            self._look(first, path)
        else:
            self._filing.take(first)

    def _look(self, dropped: Path, path: Path) -> None:
        """Find out whether a file is of the portfolio that is open, away from the window."""

        def know(kin: Kin) -> None:
            if self._desk.session.path == path:
                self._take_kin(dropped, path, kin)

        def failed(error: BaseException) -> None:
            if isinstance(error, Damage):
                self._desk.ask.tell(self._desk.say(message(_UNREADABLE.text, file=dropped.name)))
            else:
                failing(self._desk)(error)

        with telling(self._desk):
            key = known_key(self._desk, dropped)
            self._desk.jobs.start(lambda: kin_of(dropped, key=key), done=know, failed=failed)

    def _take_kin(self, dropped: Path, path: Path, kin: Kin) -> None:
        """Open what is of another portfolio; show what a package or a whole copy of the open one would bring."""
        session = self._desk.session
        mine = about_package(session.portfolio)
        if kin.origin != session.roots().portfolio or (kin.about is None and mine is not None):
            self._filing.open(dropped)
            return
        if (
            kin.about is None
            or mine is None
            or mine.made_at is None
            or kin.about.made_at is None
            or kin.about.made_at <= mine.made_at
        ):
            self._bringing_in.read([dropped])
            return
        say = self._desk.say
        asked = message(
            "{file} er en nyere pakke enn den som er åpen. Åpne den og ta med endringene dine?", file=dropped.name
        )
        if self._desk.ask.confirm(say(asked), say(message("Åpne og ta med"))):
            self._filing.open(dropped)
            if session.path == dropped:
                self._bringing_in.read([path])
