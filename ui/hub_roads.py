"""To a hub and back: what the window and the commands both do with one.

Must not know Qt or a console, nor what is said of what was done.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from db.hub.connecting import linked, one_moment
from db.hub.copying import Offered, offer, read_all, write_copy
from db.hub.mine import mine, pending, told_until, unread
from db.hub.pulling import Fetched, fetch
from db.hub.pushing import push
from db.hub.schema import Hub, found, let_in, make, my_names, portfolios
from db.kinship import origin_of
from tracker.messages import Refusal, message
from tracker.model import RecordId, SentPackage

if TYPE_CHECKING:
    from db.hub.address import Address
    from db.hub.connecting import Link
    from db.store import Store
    from tracker.model import Portfolio

CALLED = "huben"
"""What a hub is called in the history, and among files that came."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What was sent just now, and the newest entry of the file that the hub has been told of."""

    count: int
    until: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a file stands to its hub: how much it has to send, what it hasn't read, the newest that was told."""

    unsent: int
    unread: tuple[str, ...]
    until: str
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A new file that was made of a hub: of which portfolio it is, and how many projects it has."""

    path: Path
    origin: str
    projects: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Guest:
    """Somebody who is let in: the login, the role, and the names by which they are responsible for projects."""

    login: str
    role: str
    names: tuple[str, ...] = ()


def origin_to_share(store: Store) -> str:
    """Return the id of the portfolio that a file is of.

    Raises Refusal for an empty one, which is of none yet.
    """
    origin = origin_of(store)
    if not origin:
        raise Refusal(message("Porteføljen er tom: importer prosjektene først."))
    return origin


def hub_of(link: Link, store: Store) -> Hub:
    """Find the hub of a file's portfolio, and work in it from now on.

    Raises Refusal when there is none, Trouble when it is of another version than this.
    """
    return found(link, origin_to_share(store))


def made(address: Address, store: Store, portfolio: Portfolio) -> tuple[bool, Sent]:
    """Make the hub of a file's portfolio, or bring it to today's version, and send all that is in the file.

    Returns whether anything was made, and what was sent. Raises Refusal for a package, which is no portfolio.
    """
    if portfolio.is_package:
        raise Refusal(message("En pakke kan ikke bli en hub: bruk hele porteføljen."))
    with linked(address) as link:
        return make(link, origin_to_share(store)), sent(link, store, portfolio)


def send(address: Address, store: Store, portfolio: Portfolio) -> Sent:
    """Send what the hub has not been told of.

    Raises UnreadError when others have sent something of the same that the file has not read.
    """
    with linked(address) as link:
        return sent(link, store, portfolio)


def sent(link: Link, store: Store, portfolio: Portfolio) -> Sent:
    """Send over a link, as `send`."""
    hub = hub_of(link, store)
    count = push(link, store, portfolio, hub)
    return Sent(count=count, until=told_until(mine(link, store, hub), ()))


def fetched(address: Address, store: Store, portfolio: Portfolio) -> Fetched:
    """Read what others have sent since last time; nothing is taken in."""
    with linked(address) as link, one_moment(link):
        return fetch(link, store, portfolio, hub_of(link, store), called=CALLED)


def standing(address: Address, store: Store) -> Standing:
    """Ask the hub how a file stands to it."""
    with linked(address) as link, one_moment(link):
        hub = hub_of(link, store)
        file = mine(link, store, hub)
        unsent = pending(link, file)
        return Standing(
            unsent=len(unsent),
            unread=tuple(unread(link, file)),
            until=told_until(file, unsent),
            version=hub.version,
        )


def let_somebody_in(address: Address, store: Store, guest: Guest) -> None:
    """Give somebody who can log in to the database a role in the hub.

    Raises Refusal when there is no such login.
    """
    with linked(address) as link:
        hub_of(link, store)
        let_in(link, guest.login, guest.role, guest.names)


def offered(address: Address) -> list[Offered]:
    """Return the portfolios that have a hub there, those that we may see.

    Raises Refusal when there are none.
    """
    with linked(address) as link, one_moment(link):
        known = [offer(link, found(link, one)) for one in portfolios(link)]
    if not known:
        raise Refusal(message("Databasen har ingen hub som du har tilgang til: kontroller adressen og brukeren."))
    return known


def copied(address: Address, portfolio: str, path: Path, *, who: str) -> Copy:
    """Make a file that isn't there of what a hub has: all of it, or a project manager's own projects.

    Raises Refusal when there is nothing that we may see, Trouble when there is a file of that name.
    """
    with linked(address) as link, one_moment(link):
        read = read_all(link, found(link, portfolio))
        names = my_names(link)
    about = SentPackage(id=RecordId(str(uuid4())), recipient=", ".join(names), made_by=who, made_at=datetime.now(UTC))
    write_copy(path, read, about, message("Hentet fra huben"))
    return Copy(path=path, origin=read.origin, projects=len(read.portfolio.listed_projects()))
