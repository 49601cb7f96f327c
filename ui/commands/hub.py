"""`tertial hub init|push|pull|status|let-in|password`: the road between files that goes by a PostgreSQL server."""

from __future__ import annotations

import getpass
import json
import sys
from argparse import Namespace
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import uuid4

from db.backup import BackupReason
from db.hub.address import Address, read_address
from db.hub.connecting import keep_password, linked, one_moment
from db.hub.copying import read_all, write_copy
from db.hub.mine import mine, pending, unread
from db.hub.pulling import Pulled, pull
from db.hub.pushing import push
from db.hub.schema import found, let_in, make, my_names, portfolios
from db.kinship import origin_of
from db.store import Store
from tracker.messages import Refusal, message
from tracker.model import RecordId, SentPackage
from tracker.sharing.telling import by_law
from ui.commands.changing import Opened, changing
from ui.commands.console import FINDINGS, FINE, Console
from ui.commands.merging import Brought, settled
from ui.commands.opening import opened_to_read, user_name

if TYPE_CHECKING:
    from db.hub.connecting import Link

_CALLED = "huben"


def run(given: Namespace, console: Console) -> int:
    """Make a hub, send to it, read from it, say how it stands, or let somebody in."""
    acts = {"init": _init, "push": _push, "pull": _pull, "status": _status, "let-in": _let_in, "password": _password}
    return acts[given.action](given, console)


def _init(given: Namespace, console: Console) -> int:
    address = read_address(given.address)
    with changing(given.file) as opened, linked(address) as link:
        if opened.portfolio.is_package:
            raise Refusal(message("En pakke kan ikke bli en hub: bruk hele porteføljen."))
        if make(link, _origin(opened.store)):
            console.progress(message("Huben på {server} er klar.", server=address.told))
        else:
            console.progress(message("Huben på {server} er klar fra før.", server=address.told))
        return _sent(link, opened, address, console)


def _push(given: Namespace, console: Console) -> int:
    address = read_address(given.address)
    with changing(given.file) as opened, linked(address) as link:
        return _sent(link, opened, address, console)


def _sent(link: Link, opened: Opened, address: Address, console: Console) -> int:
    hub = found(link, _origin(opened.store))
    count = push(link, opened.store, opened.portfolio, hub)
    if count:
        told = message("Sendt {count} {count:endring|endringer} til {server}.", count=count, server=address.told)
    else:
        told = message("Alt er sendt til {server} fra før.", server=address.told)
    console.progress(told)
    return FINE


def _pull(given: Namespace, console: Console) -> int:
    address = read_address(given.address)
    if not given.file.exists():
        return _copied(given, address, console)
    with changing(given.file) as opened:
        with linked(address) as link, one_moment(link):
            hub = found(link, _origin(opened.store))
            pulled = pull(link, opened.store, opened.portfolio, hub, called=_CALLED)
        return _taken(given, opened, pulled, console)


def _taken(given: Namespace, opened: Opened, pulled: Pulled, console: Console) -> int:
    if not pulled.plan.is_nothing and not given.dry_run:
        opened.keep_backup(BackupReason.BEFORE_MERGE)
    law = by_law(pulled.plan, opened.portfolio)
    brought = Brought(file=_CALLED, lines=pulled.lines, seen=pulled.seen, law=law)
    told = settled(given, opened, brought, pulled.plan, console)
    if pulled.is_more:
        console.progress(
            message("Du har fått flere prosjekter i huben: hent en ny fil med «tertial hub pull» og et nytt filnavn.")
        )
    if given.json:
        console.json(told)
    return FINDINGS if told["left"] else FINE


def _copied(given: Namespace, address: Address, console: Console) -> int:
    """Make a file that isn't there of what the hub has."""
    with linked(address) as link, one_moment(link):
        copied = read_all(link, found(link, _chosen(given, portfolios(link))))
        names = my_names(link)
    sent = SentPackage(
        id=RecordId(str(uuid4())), recipient=", ".join(names), made_by=user_name(), made_at=datetime.now(UTC)
    )
    write_copy(given.file, copied, sent, message("Hentet fra huben"))
    count = len(copied.portfolio.listed_projects())
    console.progress(
        message("{file}: laget med {count} {count:prosjekt|prosjekter} fra huben.", file=given.file.name, count=count)
    )
    return FINE


def _chosen(given: Namespace, known: list[str]) -> str:
    if given.portfolio is not None:
        return str(given.portfolio)
    if not known:
        raise Refusal(message("Databasen har ingen hub som du har tilgang til: kontroller adressen og brukeren."))
    if len(known) > 1:
        raise Refusal(
            message("Databasen har flere porteføljer: velg en av dem med --portfolio."),
            *(message("{name}", name=one) for one in known),
        )
    return known[0]


def _status(given: Namespace, console: Console) -> int:
    address = read_address(given.address)
    with closing(opened_to_read(given.file)) as store, linked(address) as link, one_moment(link):
        hub = found(link, _origin(store))
        file = mine(link, store, hub)
        unsent, unfetched = len(pending(link, file)), len(unread(link, file))
    if given.json:
        console.data(json.dumps({"unsent": unsent, "unfetched": unfetched, "version": hub.version}, indent=2))
        return FINE
    console.data(console.say(message("{count} {count:endring|endringer} er ikke sendt.", count=unsent)))
    console.data(console.say(message("{count} {count:endring|endringer} er ikke hentet.", count=unfetched)))
    return FINE


def _let_in(given: Namespace, console: Console) -> int:
    address = read_address(given.address)
    with closing(opened_to_read(given.file)) as store, linked(address) as link:
        found(link, _origin(store))
        let_in(link, given.login, given.role, tuple(given.responsible))
    console.progress(message("{login} har tilgang til huben.", login=given.login))
    return FINE


def _password(given: Namespace, console: Console) -> int:
    address = read_address(given.address)
    say = console.say
    if sys.stdin.isatty():
        password = getpass.getpass(say(message("Passord til {server}: ", server=address.told)))
    else:
        password = sys.stdin.readline().rstrip("\n")
    if not password:
        raise Refusal(message("Passordet er tomt: skriv det, eller send det inn på standard inn."))
    keep_password(address, password)
    console.progress(message("Passordet til {server} er lagret i nøkkelringen.", server=address.told))
    return FINE


def _origin(store: Store) -> str:
    """Return the id of the portfolio that a file is of.

    Raises Refusal for an empty one, which is of none yet.
    """
    origin = origin_of(store)
    if not origin:
        raise Refusal(message("Porteføljen er tom: importer prosjektene først."))
    return origin
