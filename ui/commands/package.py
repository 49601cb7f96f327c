"""`tertial package out|in|list FILE`: packages to project managers, and what they bring back."""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from db.backup import BackupReason
from db.kinship import knowledge
from db.package import plan_of, read_file, roots_of
from db.trouble import Trouble, known_trouble
from tracker.messages import Refusal, message
from tracker.model import SentPackage
from tracker.packages import chosen, noted
from tracker.steps import SETTLED
from ui.commands.changing import changing
from ui.commands.console import FINDINGS, FINE, Console
from ui.commands.merging import Brought, settled
from ui.commands.opening import chosen_period, load_portfolio, user_name
from ui.commands.safekeeping import keep_backup
from ui.commands.unlocking import key_for
from ui.packing import Making, files_in, in_the_way, write_packages


def run(given: Namespace, console: Console) -> int:
    """Make packages, take them in, or list them."""
    return {"out": _out, "in": _into, "list": _list}[given.action](given, console)


def _out(given: Namespace, console: Console) -> int:
    with changing(given.file) as opened:
        period = chosen_period(opened.portfolio, given.period)
        to = chosen(opened.portfolio, given.responsible)
        _refuse_replacing(given, in_the_way(to, given.to, given.file))
        making = Making(
            by=user_name(), at=_now(), new_id=lambda: str(uuid4()), roots=roots_of(opened.store), period=period
        )
        _make_folder(given.to)
        made = write_packages(opened.portfolio, to, given.to, making)
        opened.perform(noted([one.sent for one in made]), way=SETTLED)
    for one in made:
        told = message("{file}: {count} {count:prosjekt|prosjekter}", file=one.path.name, count=len(one.sent.projects))
        console.data(console.say(told))
        console.data(console.say(one.mail))
        console.data("")
    return FINE


def _make_folder(folder: Path) -> None:
    with known_trouble(folder):
        folder.mkdir(parents=True, exist_ok=True)


def _refuse_replacing(given: Namespace, there: Sequence[Path]) -> None:
    if there and not given.replace:
        raise Refusal(
            message(
                "{file} finnes fra før i {folder}, og kan være fylt ut: hent den inn først, velg en annen mappe, eller "
                "erstatt den med --replace.",
                file=there[0].name,
                folder=given.to.name,
            ),
            *(message("{name}", name=one.name) for one in there[1:]),
        )


def _into(given: Namespace, console: Console) -> int:
    paths = files_in(given.sources)
    found = [_file(given, path, console) for path in paths] if given.dry_run else _all(given, paths, console)
    if given.json:
        console.data(json.dumps([one for one in found if one], ensure_ascii=False, indent=2))
    return FINDINGS if any(one.get("left") for one in found) else FINE


def _all(given: Namespace, paths: Sequence[Path], console: Console) -> list[dict[str, object]]:
    keep_backup(given.file, BackupReason.BEFORE_MERGE)
    return [_file(given, path, console) for path in paths]


def _file(given: Namespace, path: Path, console: Console) -> dict[str, object]:
    """Take one file in; what stands in the way of one is said, and the next is taken all the same."""
    with changing(given.file) as opened:
        try:
            came = read_file(path, knowledge(opened.store), opened.portfolio, key=key_for(path))
            plan = plan_of(opened.store, opened.portfolio, came)
        except (Trouble, Refusal) as known:
            console.progress(message("{file}: {reason}", file=path.name, reason=known.reason))
            return {"file": path.name, "because": console.say(known.reason), "left": True}
        brought = Brought(file=came.file, lines=came.lines, problems=came.problems)
        return settled(given, opened, brought, plan, console)


def _list(given: Namespace, console: Console) -> int:
    sent = sorted(load_portfolio(given.file).sent_packages.values(), key=lambda one: (one.made_at, one.recipient))
    if given.json:
        console.data(json.dumps([_as_json(one) for one in sent], ensure_ascii=False, indent=2))
        return FINE
    for one in sent:
        state = (
            message("ikke kommet tilbake")
            if one.returned_at is None
            else message("kommet tilbake {on}", on=one.returned_at.date())
        )
        told = message(
            "{on}: {who}, {count} {count:prosjekt|prosjekter}, {state}",
            on=one.made_at.date(),
            who=one.recipient,
            count=len(one.projects),
            state=state,
        )
        console.data(console.say(told))
    return FINE


def _as_json(sent: SentPackage) -> dict[str, object]:
    return {
        "id": sent.id,
        "kind": sent.kind.value,
        "recipient": sent.recipient,
        "projects": sorted(sent.projects),
        "made_by": sent.made_by,
        "made_at": sent.made_at.isoformat(),
        "returned_at": None if sent.returned_at is None else sent.returned_at.isoformat(),
    }


def _now() -> datetime:
    return datetime.now(UTC)
