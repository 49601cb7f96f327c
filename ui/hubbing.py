"""What the window does with a hub: asks for its address and its password, fetches, sends, asks how it stands.

Must not speak with a server on the window's thread, nor decide anything of what came: the page of what came does.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Protocol

from db.hub.address import Address, read_address
from db.hub.connecting import PasswordNeeded, keep_password
from db.hub.pushing import UnreadError
from db.hub.schema import NoHubError
from db.snapshot import open_snapshot
from db.store import Store
from db.trouble import Trouble
from tracker.flags import Severity
from tracker.kinds import Light
from tracker.messages import Message, Refusal, message
from tracker.model import Portfolio
from ui import hub_roads, kept_hubs
from ui.arrivals import Arrival
from ui.desk import Desk
from ui.hub_asking import agrees_to_make, asked_address, asked_guest, asked_password
from ui.hub_state import HubState, hub_in, hub_state
from ui.kept_hubs import KeptHub
from ui.marks import Mark

if TYPE_CHECKING:
    from db.hub.pulling import Fetched
    from ui.bringing_in import BringingIn
    from ui.hub_roads import Sent, Standing


class Board(Protocol):
    """Where it is shown how a hub stands."""

    def show_working(self, *, is_working: bool) -> None:
        """Show that something is being done, or no more."""

    def show_told(self, sentence: str, mark: Mark) -> None:
        """Show what came of it and how the file stands now, ready for what is done next."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """Something to do at a hub, away from the window: where, what, and what its answer leads to.

    A `password` was asked for just now, and is kept before anything else is done.
    """

    address: str
    work: Callable[[Address], Any]
    done: Callable[[Any], None]
    changes_nothing: bool = True
    password: str = ""

    def run(self) -> object:
        """Do it, on the worker's thread."""
        address = read_address(self.address)
        if self.password:
            keep_password(address, self.password)
        return self.work(address)


class Hubbing:
    """Goes to the hub of the open portfolio.

    `turn_to` brings the page that shows it to the front; `changed` is called when it has got a hub, or has none more.
    """

    def __init__(
        self,
        desk: Desk,
        bringing_in: Callable[[], BringingIn],
        *,
        turn_to: Callable[[], Board],
        changed: Callable[[], None],
    ) -> None:
        self._desk, self._bringing_in = desk, bringing_in
        self._turn_to, self._changed = turn_to, changed
        self._is_more = self._is_away = False

    def ask_address(self) -> None:
        """Ask for the address of the portfolio's hub, and ask the hub how the file stands; empty forgets it."""
        desk, state = self._desk, hub_state(self._desk)
        if not state.origin:
            self._tell(message("Porteføljen er tom: importer prosjektene først."), Severity.WARNING)
            return
        held = "" if state.hub is None else state.hub.address
        typed = asked_address(desk, held, message("Lagre"), may_be_empty=state.hub is not None)
        if typed:
            self._keep_address(state, typed)
        elif typed is not None:
            kept_hubs.forget_hub(desk.settings.kept, state.origin)
            self._changed()
            self._turn_to().show_told("", Severity.NOTE)

    def ask_password(self) -> None:
        """Ask for the password anew, and ask the hub how the file stands."""
        hub = hub_in(self._desk)
        typed = None if hub is None else asked_password(self._desk, hub.told)
        if typed is not None:
            self.check(password=typed)

    def let_in(self) -> None:
        """Ask who is to be let in, and let them in; the hub says no where one may not."""
        guest = None if hub_in(self._desk) is None else asked_guest(self._desk)
        if guest is not None:
            told = message("{login} har tilgang til huben.", login=guest.login)
            self._go(
                lambda address, store, _: hub_roads.let_somebody_in(address, store, guest),
                lambda _: self._tell(told, Light.GREEN),
                changes_nothing=False,
            )

    def check(self, *, password: str = "") -> None:
        """Ask the hub how the file stands."""
        self._go(lambda address, store, _: hub_roads.standing(address, store), self._show_standing, password=password)

    def fetch(self) -> None:
        """Read what others have sent, and show what it would bring; nothing is taken yet."""
        self._go(hub_roads.fetched, self._show_fetched)

    def send(self) -> None:
        """Send what has been done here."""
        self._go(hub_roads.send, self._show_sent, changes_nothing=False)

    def run(self, errand: Errand) -> None:
        """Do an errand away from the window, one at a time; it is dropped where another portfolio is open by then."""
        desk, path, board = self._desk, self._desk.session.path, self._turn_to()
        if self._is_away:
            return
        self._is_away = True
        board.show_working(is_working=True)

        def stop() -> None:
            self._is_away = False
            board.show_working(is_working=False)

        def meet(answer: object) -> None:
            stop()
            if desk.session.path == path:
                errand.done(answer)

        def fail(error: BaseException) -> None:
            stop()
            if desk.session.path == path:
                self._meet_trouble(errand, error)

        desk.jobs.start(errand.run, done=meet, failed=fail, cancellable=errand.changes_nothing, stop=stop)

    def show_taken(self, sentence: str) -> None:
        """Show what was taken in, and what is left to send."""
        mark: Mark = Light.GREEN
        if self._is_more:
            more = message("Du har fått flere prosjekter i huben: hent en ny fil fra huben for å få dem med.")
            sentence, mark = f"{sentence} {self._desk.say(more)}", Severity.NOTE
        self._turn_to().show_told(sentence, mark)

    def _go(
        self,
        work: Callable[[Address, Store, Portfolio], object],
        done: Callable[[Any], None],
        *,
        changes_nothing: bool = True,
        password: str = "",
    ) -> None:
        """Do something at the hub with the open file as it is now."""
        hub, session = hub_in(self._desk), self._desk.session
        path, key = session.path, session.key
        if hub is None or path is None:
            self._turn_to()
            return

        def on_the_file(address: Address) -> object:
            with closing(open_snapshot(path, key=key)) as store:
                return work(address, store, store.load())

        self.run(
            Errand(
                address=hub.address,
                work=on_the_file,
                done=done,
                changes_nothing=changes_nothing,
                password=password,
            )
        )

    def _keep_address(self, state: HubState, typed: str) -> None:
        told, same = read_address(typed).told, state.hub
        kept = KeptHub(portfolio=state.origin, address=typed, told=told)
        if same is not None and same.told == told:
            kept = replace(same, address=typed)
        self._keep(kept)
        self._changed()
        self.check()

    def _keep(self, hub: KeptHub) -> None:
        kept_hubs.keep_hub(self._desk.settings.kept, hub)

    def _show_standing(self, standing: Standing) -> None:
        hub = hub_in(self._desk)
        if hub is None:
            return
        self._keep(kept_hubs.asked(hub, at=_now(), until=standing.until, unread=standing.unread))
        now = hub_state(self._desk)
        left_here = message("{count} {count:endring|endringer} er ikke sendt.", count=now.unsent)
        left_there = message("{count} {count:endring|endringer} er ikke hentet.", count=now.unfetched)
        told = (
            message("Huben svarer."),
            left_here if now.unsent else message("Alt er sendt."),
            left_there if now.unfetched else message("Alt er hentet."),
        )
        self._turn_to().show_told(" ".join(map(self._desk.say, told)), Light.GREEN)

    def _show_fetched(self, fetched: Fetched) -> None:
        hub, session = hub_in(self._desk), self._desk.session
        arrival = Arrival(file=fetched.file, came=fetched)
        arrival.plan_anew(session)
        if hub is None or arrival.plan is None:
            if arrival.trouble is not None:
                self._tell(arrival.trouble, Severity.WARNING)
            return
        unread = [one.edit for one in arrival.plan.authors]
        self._keep(kept_hubs.fetched(hub, at=_now(), until=fetched.until, unread=unread))
        self._is_more = fetched.is_more
        if arrival.plan.is_nothing:
            self.show_taken(self._desk.say(message("Alt som er i huben, er hentet.")))
        elif not arrival.plan.items:
            # Nothing comes of it here, a lock in another file for one: that it was read is all there is to note.
            if self._bringing_in().take_in([arrival]) is not None:
                self.show_taken(self._desk.say(message("Alt som er i huben, er hentet. Ingenting er endret her.")))
        else:
            self._turn_to().show_told("", Severity.NOTE)
            self._bringing_in().show([arrival], of=session.path)

    def _show_sent(self, sent: Sent) -> None:
        hub = hub_in(self._desk)
        if hub is None:
            return
        self._keep(kept_hubs.sent(hub, at=_now(), until=sent.until))
        if sent.count:
            self._tell(message("Sendt {count} {count:endring|endringer} til huben.", count=sent.count), Light.GREEN)
        else:
            self._tell(message("Alt er sendt til huben fra før."), Light.GREEN)

    def _meet_trouble(self, errand: Errand, error: BaseException) -> None:
        """Ask for what would help where a person can give it; else tell what is wrong."""
        desk, hub = self._desk, hub_in(self._desk)
        if not isinstance(error, Refusal | Trouble):
            raise error
        if isinstance(error, PasswordNeeded):
            typed = asked_password(desk, read_address(errand.address).told, is_wrong=error.is_wrong)
            if typed is not None:
                self.run(replace(errand, password=typed))
                return
        if isinstance(error, NoHubError) and hub is not None and agrees_to_make(desk, hub.told):
            self._go(hub_roads.made, lambda answer: self._show_sent(answer[1]), changes_nothing=False)
            return
        if isinstance(error, UnreadError) and hub is not None and hub.is_known:
            self._keep(kept_hubs.asked(hub, at=_now(), until=hub.until, unread=error.unread))
        self._tell(error.reason, Severity.WARNING)

    def _tell(self, told: Message, mark: Mark) -> None:
        self._turn_to().show_told(self._desk.say(told), mark)


def _now() -> datetime:
    return datetime.now(UTC)
