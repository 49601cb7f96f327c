"""The further buttons of some settings: choose a folder, rename a service area, remove a profile, go to a page.

Must not know a widget.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from tracker.edits import Edit
from tracker.ledger.mapping import PROFILE
from tracker.messages import message
from tracker.model import AREAS_SETTING, Portfolio
from tracker.settings.areas import areas_known, rename_area
from tracker.settings.choice import Choice
from ui.asking import FormField
from ui.desk import Desk
from ui.editing import Editing
from ui.own_choices import OwnChoice
from ui.setting_row import Deeds

_FOLDERS = {"own.backup-folder", "own.dictionaries"}
_RECENT, _HUBS = "own.recent", "own.hubs"


class SettingDeeds:
    """Which buttons a setting has. `turn_to` goes to a page, `changed` is called when a person's was changed."""

    def __init__(
        self, desk: Desk, editing: Editing, *, turn_to: Callable[[str], None], changed: Callable[[], None]
    ) -> None:
        self._desk, self._editing, self._say = desk, editing, desk.say
        self._turn_to, self._changed = turn_to, changed

    def of(self, choice: Choice) -> Deeds:
        """Return the buttons of one of the municipality's."""
        if choice.page:
            return ((self._say(message("Endre på siden Rapport")), partial(self._go, choice.page)),)
        if choice.key == AREAS_SETTING:
            return ((self._say(message("Gi nytt navn …")), self._rename),)
        if choice.key.startswith(PROFILE):
            return ((self._say(message("Fjern")), lambda: self._perform(choice.put_back)),)
        return ()

    def of_own(self, choice: OwnChoice) -> Deeds:
        """Return the buttons of one of the person's."""
        if choice.key in _FOLDERS:
            return ((self._say(message("Velg mappe …")), partial(self._choose_folder, choice)),)
        if choice.key == _RECENT:
            return ((self._say(message("Glem filene")), partial(self._keep, choice, "")),)
        if choice.key == _HUBS and choice.value(self._desk.settings):
            return ((self._say(message("Glem hubene")), partial(self._keep, choice, "")),)
        return ()

    def _go(self, page: str) -> None:
        if self._desk.session.period is None:
            self._desk.ask.tell(self._say(message("Siden Rapport vises når en periode er startet.")))
        else:
            self._turn_to(page)

    def _choose_folder(self, choice: OwnChoice) -> None:
        folder = self._desk.ask.folder(self._say(choice.title))
        if folder is not None:
            self._keep(choice, str(folder))

    def _keep(self, choice: OwnChoice, value: str) -> None:
        choice.keep(self._desk.settings, value)
        self._changed()

    def _rename(self) -> None:
        say, portfolio = self._say, self._desk.session.portfolio
        known = areas_known(portfolio)
        if not known:
            self._desk.ask.tell(say(message("Ingen prosjekter har et tjenesteområde ennå.")))
            return
        asked = self._desk.ask.form(
            say(message("Gi tjenesteområdet nytt navn")),
            [
                FormField(key="before", title=say(message("Tjenesteområde")), choices=[(one, one) for one in known]),
                FormField(key="after", title=say(message("Nytt navn, også på prosjektene"))),
            ],
            say(message("Gi nytt navn")),
        )
        if asked is not None:
            self._perform(lambda now: rename_area(now, asked["before"], asked["after"]))

    def _perform(self, make: Callable[[Portfolio], Edit]) -> None:
        refusal = self._editing.perform(lambda: make(self._desk.session.portfolio))
        if refusal:
            self._desk.ask.tell(refusal)
