"""`tertial hub init|push|pull|status|let-in|password`: the road between files that goes by a PostgreSQL server."""

from __future__ import annotations

import getpass
import json
import sys
from argparse import Namespace
from contextlib import closing

from db.backup import BackupReason
from db.hub.address import Address, read_address
from db.hub.connecting import keep_password
from db.hub.pulling import Fetched
from tracker.messages import Refusal, message
from tracker.sharing.telling import by_law
from ui import hub_roads
from ui.commands.changing import Opened, changing
from ui.commands.console import FINDINGS, FINE, Console
from ui.commands.merging import Brought, settled
from ui.commands.opening import opened_to_read, user_name


def run(given: Namespace, console: Console) -> int:
    """Make a hub, send to it, read from it, say how it stands, or let somebody in."""
    acts = {"init": _init, "push": _push, "pull": _pull, "status": _status, "let-in": _let_in, "password": _password}
    return acts[given.action](given, console)


def _init(given: Namespace, console: Console) -> int:
    address = read_address(given.address)
    with changing(given.file) as opened:
        is_new, sent = hub_roads.made(address, opened.store, opened.portfolio)
    if is_new:
        console.progress(message("Huben på {server} er klar.", server=address.told))
    else:
        console.progress(message("Huben på {server} er klar fra før.", server=address.told))
    return _tell_sent(sent.count, address, console)


def _push(given: Namespace, console: Console) -> int:
    address = read_address(given.address)
    with changing(given.file) as opened:
        return _tell_sent(hub_roads.send(address, opened.store, opened.portfolio).count, address, console)


def _tell_sent(count: int, address: Address, console: Console) -> int:
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
        return _taken(given, opened, hub_roads.fetched(address, opened.store, opened.portfolio), console)


def _taken(given: Namespace, opened: Opened, fetched: Fetched, console: Console) -> int:
    plan = fetched.plan(opened.store, opened.portfolio)
    if not plan.is_nothing and not given.dry_run:
        opened.keep_backup(BackupReason.BEFORE_MERGE)
    brought = Brought(file=fetched.called, lines=fetched.lines, seen=fetched.seen, law=by_law(plan, opened.portfolio))
    told = settled(given, opened, brought, plan, console)
    if fetched.is_more:
        console.progress(
            message("Du har fått flere prosjekter i huben: hent en ny fil med «tertial hub pull» og et nytt filnavn.")
        )
    if given.json:
        console.json(told)
    return FINDINGS if told["left"] else FINE


def _copied(given: Namespace, address: Address, console: Console) -> int:
    """Make a file that isn't there of what the hub has."""
    chosen = _chosen(given, address)
    if given.dry_run:
        console.progress(
            message("Ingenting er laget. Uten --dry-run lages {file} av det som er i huben.", file=given.file.name)
        )
        return FINE
    made = hub_roads.copied(address, chosen, given.file, who=user_name())
    console.progress(
        message(
            "{file}: laget med {count} {count:prosjekt|prosjekter} fra huben.", file=made.path.name, count=made.projects
        )
    )
    return FINE


def _chosen(given: Namespace, address: Address) -> str:
    if given.portfolio is not None:
        return str(given.portfolio)
    known = hub_roads.offered(address)
    if len(known) > 1:
        raise Refusal(
            message("Databasen har flere porteføljer: velg en av dem med --portfolio."),
            *(message("{name}", name=one.portfolio) for one in known),
        )
    return known[0].portfolio


def _status(given: Namespace, console: Console) -> int:
    address = read_address(given.address)
    with closing(opened_to_read(given.file)) as store:
        stood = hub_roads.standing(address, store)
    if given.json:
        told = {"unsent": stood.unsent, "unfetched": len(stood.unread), "version": stood.version}
        console.data(json.dumps(told, indent=2))
        return FINE
    console.data(console.say(message("{count} {count:endring|endringer} er ikke sendt.", count=stood.unsent)))
    console.data(console.say(message("{count} {count:endring|endringer} er ikke hentet.", count=len(stood.unread))))
    return FINE


def _let_in(given: Namespace, console: Console) -> int:
    address = read_address(given.address)
    guest = hub_roads.Guest(login=given.login, role=given.role, names=tuple(given.responsible))
    with closing(opened_to_read(given.file)) as store:
        hub_roads.let_somebody_in(address, store, guest)
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
