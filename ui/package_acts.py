"""What the window does with packages: makes them, brings them home, takes what is dropped, sends one back.

Must not do any of it itself: what does it is imported when it is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, cast

from tracker.packages import Recipient
from ui.backing_up import BackingUp
from ui.desk import Desk
from ui.filing import Filing
from ui.main_window import MainWindow

if TYPE_CHECKING:
    from ui.bringing_in import BringingIn
    from ui.dropping import Dropping
    from ui.handing_out import HandingOut
    from ui.packing import Made
    from ui.pages.incoming import IncomingPage
    from ui.pages.packages import PackagesPage


class PackageActs:
    """The acts by the ids of `ui.menus`, and what the pages of packages ask for."""

    def __init__(self, desk: Desk, window: MainWindow, filing: Filing, backing_up: BackingUp) -> None:
        self._desk, self._window = desk, window
        self._filing, self._backing_up = filing, backing_up

    def by_id(self) -> Mapping[str, Callable[[], object]]:
        """Return what each line of the menus does."""
        return {
            "bring-in": self.bring_in,
            "bring-in-folder": lambda: self.bringing_in.ask_for_folder(),  # noqa: PLW0108  imported when it is asked for
            "packages": lambda: self._window.show_page("packages"),
            "package-of-projects": lambda: self.handing_out.make_of(
                self._window.projects.table.chosen_keys(), self._show_made
            ),
        }

    @cached_property
    def bringing_in(self) -> BringingIn:
        """What brings packages home."""
        from ui.bringing_in import BringingIn

        return BringingIn(self._desk, self._backing_up, self._turn_to_incoming)

    @cached_property
    def dropping(self) -> Dropping:
        """What takes files that are dropped."""
        from ui.dropping import Dropping

        return Dropping(self._desk, self._filing, self.bringing_in)

    @cached_property
    def handing_out(self) -> HandingOut:
        """What makes packages."""
        from ui.handing_out import HandingOut

        return HandingOut(self._desk)

    def bring_in(self) -> None:
        """Ask which packages have come."""
        self.bringing_in.ask()

    def make(self, to: Sequence[Recipient]) -> None:
        """Make packages for some."""
        self.handing_out.make(to, self._show_made)

    def make_forms(self, to: Sequence[Recipient]) -> None:
        """Make forms in Excel for some."""
        self.handing_out.make_forms(to, self._show_made)

    def drop(self, paths: Sequence[Path]) -> None:
        """Take files that were dropped, what is being typed saved first."""
        self._window.finish()
        self.dropping.take(paths)

    def send_back(self) -> None:
        """Send the package that is open back."""
        from ui.sending_back import send_back

        self._window.finish()
        send_back(self._desk, self._window.tell)

    @property
    def is_from_hub(self) -> bool:
        """Whether what came that is shown is from a hub."""
        arrival = self._incoming().arrival
        return arrival is not None and arrival.is_from_hub

    def leave_incoming(self) -> None:
        """Turn from what came to where one came from; what wasn't taken in has changed nothing."""
        if self._desk.session.portfolio.is_package:
            self._window.show_overview()
        else:
            self._window.show_page("packages")
        self.forget_incoming()

    def forget_incoming(self) -> None:
        """Let go of what came: it is of the portfolio that was open."""
        if self._window.bar.tabs["incoming"].isVisibleTo(self._window.bar):
            self._window.bar.tabs["incoming"].hide()
            self._incoming().show_arrivals(())

    def _incoming(self) -> IncomingPage:
        return cast("IncomingPage", self._window.more("incoming"))

    def _turn_to_incoming(self) -> IncomingPage:
        self._window.show_page("incoming")
        return self._incoming()

    def _show_made(self, made: Sequence[Made]) -> None:
        period = self._desk.session.period
        if period is not None:
            self._window.show_page("packages")
            cast("PackagesPage", self._window.more("packages")).show_made(made, period)
