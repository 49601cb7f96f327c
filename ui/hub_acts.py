"""What the window does with a hub, by the lines of its menu, and when that menu is there at all.

Must not do any of it itself: what does it is imported when it is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, cast

from ui.desk import Desk
from ui.filing import Filing
from ui.hub_state import origin_in
from ui.kept_hubs import kept_hub
from ui.main_window import MainWindow
from ui.package_acts import PackageActs

if TYPE_CHECKING:
    from ui.arrivals import Arrival
    from ui.hub_file import HubFile
    from ui.hubbing import Hubbing
    from ui.pages.hub import HubPage

_CHANGING = ("hub-fetch", "hub-send")
_OF_A_HUB = ("hub-check", "hub-address", "hub-password")


class HubActs:
    """The acts by the ids of `ui.menus`, and what the page of the hub asks for."""

    def __init__(self, desk: Desk, window: MainWindow, filing: Filing, of_packages: PackageActs) -> None:
        self._desk, self._window, self._filing, self._of_packages = desk, window, filing, of_packages
        self._path: Path | None = None
        self._origin = ""

    def by_id(self) -> Mapping[str, Callable[[], object]]:
        """Return what each line of the menus does."""
        return {
            "hub": lambda: self._window.show_page("hub"),
            "hub-fetch": self._at_the_hub(lambda hub: hub.fetch()),
            "hub-send": self._at_the_hub(lambda hub: hub.send()),
            "hub-check": self._at_the_hub(lambda hub: hub.check()),
            "hub-address": self._at_the_hub(lambda hub: hub.ask_address()),
            "hub-password": self._at_the_hub(lambda hub: hub.ask_password()),
            "hub-let-in": self._at_the_hub(lambda hub: hub.let_in()),
            "hub-new-file": lambda: self.hub_file.ask(),  # noqa: PLW0108  imported when it is asked for
        }

    def _at_the_hub(self, act: Callable[[Hubbing], None]) -> Callable[[], None]:
        """Put an act off, with the import of what does it, until it is asked for."""
        return lambda: act(self.hubbing)

    @cached_property
    def hubbing(self) -> Hubbing:
        """What goes to the hub."""
        from ui.hubbing import Hubbing

        return Hubbing(
            self._desk,
            lambda: self._of_packages.bringing_in,
            turn_to=self._turn_to_hub,
            changed=self.show_what_is_possible,
        )

    @cached_property
    def hub_file(self) -> HubFile:
        """What makes a file of what a hub has."""
        from ui.hub_file import HubFile

        return HubFile(self._desk, self.hubbing, self._filing, self._show_new)

    def take(self, arrivals: Sequence[Arrival]) -> None:
        """Take in what came; where all that came from the hub is in, its page says what is left to send."""
        told = self._of_packages.bringing_in.take(arrivals)
        if told and all(one.is_from_hub and one.is_nothing for one in arrivals):
            self._of_packages.forget_incoming()
            self.hubbing.show_taken(told)

    def leave_incoming(self) -> None:
        """Turn from what came to where one came from."""
        if self._of_packages.is_from_hub:
            self._window.show_page("hub")
            self._of_packages.forget_incoming()
        else:
            self._of_packages.leave_incoming()

    def send_back(self) -> None:
        """Send the package that is open back by the road that it came."""
        if self._has_hub():
            self._window.finish()
            self.hubbing.send()
        else:
            self._of_packages.send_back()

    def show_what_is_possible(self) -> None:
        """Show the hub's menu and its tab where the portfolio has a hub, and put out what can't be done."""
        has_hub = self._has_hub()
        deeds = self._window.deeds
        self._window.package.show_way(self._desk.session.view, has_hub=has_hub)
        deeds.menu("hub").menuAction().setVisible(has_hub)
        for name in _OF_A_HUB:
            deeds[name].setEnabled(has_hub)
        for name in _CHANGING:
            deeds[name].setEnabled(has_hub and self._desk.session.can_edit)
        deeds["hub-let-in"].setEnabled(has_hub and not self._desk.session.portfolio.is_package)
        self._window.bar.tabs["hub"].setVisible(has_hub or self._window.page_name == "hub")

    def _has_hub(self) -> bool:
        """Whether the open portfolio has a hub; whose it is, is asked once a file: a package's beginning is long."""
        path = self._desk.session.path
        if path != self._path or not self._origin:
            self._path, self._origin = path, origin_in(self._desk)
        return kept_hub(self._desk.settings.kept, self._origin) is not None

    def _turn_to_hub(self) -> HubPage:
        self._window.show_page("hub")
        return cast("HubPage", self._window.more("hub"))

    def _show_new(self, sentence: str) -> None:
        self._window.show_first()
        self._window.tell(sentence)
