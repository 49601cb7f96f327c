"""`tertial package out|in|list FILE`: packages to project managers, and what they bring back."""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from db.backup import BackupReason
from db.kinship import knowledge
from db.package import Came, plan_of, read_file, roots_of
from db.trouble import Trouble, trouble_of
from tracker.merging.lineage import Place
from tracker.merging.plan import Choice, Incoming, MergePlan, Verdict
from tracker.merging.settling import Choices, Settler, settle
from tracker.merging.words import titled, version_text
from tracker.messages import Message, Refusal, message
from tracker.model import SentPackage
from tracker.packages import chosen, noted
from tracker.steps import MERGED, SETTLED
from ui.commands.changing import Opened, changing
from ui.commands.console import FINDINGS, FINE, Console
from ui.commands.opening import chosen_period, load_portfolio, user_name
from ui.commands.safekeeping import keep_backup
from ui.commands.unlocking import key_for
from ui.packing import Making, files_in, in_the_way, write_packages

_VERDICTS: dict[Verdict, Message] = {
    Verdict.NEW: message("ny"),
    Verdict.COLLISION: message("kollisjon"),
    Verdict.NOT_THEIRS: message("controllerens"),
    Verdict.LOCKED: message("låst"),
    Verdict.SETTLED: message("levert"),
    Verdict.IMPOSSIBLE: message("kan ikke hentes inn"),
}


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
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        trouble = trouble_of(error, folder)
        if trouble is None:
            raise
        raise trouble from error


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
        return _settled(given, opened, came, plan, console)


def _settled(given: Namespace, opened: Opened, came: Came, plan: MergePlan, console: Console) -> dict[str, object]:
    _tell(opened, came, plan, console, json=given.json)
    for problem in came.problems:
        console.progress(message("{file}: {reason}", file=came.file, reason=problem))
    choices = _choices(given, plan)
    # A collision is never decided without somebody having said how, not even by the law.
    left = [item for item in plan.of(Verdict.COLLISION) if item.place not in choices]
    told: dict[str, object] = {
        "file": came.file,
        "from": plan.sender.who,
        "items": list(_json(plan, console)),
        "problems": list(map(console.say, came.problems)),
    }
    if plan.is_nothing or given.dry_run:
        return {**told, "left": bool(left or came.problems)}
    if left:
        told_left = message(
            "{file}: {count} {count:kollisjon|kollisjoner} må avgjøres med --collisions, så ingenting er hentet inn.",
            file=came.file,
            count=len(left),
        )
        console.progress(told_left)
        return {**told, "left": True}
    settler = Settler(who=user_name(), at=_now(), new_id=lambda: str(uuid4()))
    merge = settle(opened.portfolio, plan, choices, settler)
    opened.perform(merge.edit, way=MERGED, lines=came.lines, lineage=merge.lineage)
    console.progress(
        message("{file}: hentet inn {count} {count:endring|endringer}.", file=came.file, count=merge.taken)
    )
    return {**told, "taken": merge.taken, "left": bool(merge.lineage.waiting or came.problems)}


def _choices(given: Namespace, plan: MergePlan) -> Choices:
    choices: dict[Place, Choice] = {}
    if given.accept_all:
        choices |= {item.place: Choice.THEIRS for item in plan.of(Verdict.NOT_THEIRS)}
    if given.late_as_comments:
        choices |= {item.place: Choice.AS_COMMENT for item in plan.of(Verdict.LOCKED)}
    collisions = plan.of(Verdict.COLLISION)
    if given.collisions == "law":
        return choices | {item.place: item.suggestion or Choice.OURS for item in collisions}
    if given.collisions is not None:
        return choices | {item.place: Choice(given.collisions) for item in collisions}
    return choices


def _tell(opened: Opened, came: Came, plan: MergePlan, console: Console, *, json: bool) -> None:
    if json:
        return
    if plan.is_nothing:
        console.data(console.say(message("{file}: alt er hentet inn fra før.", file=came.file)))
        return
    for item in plan.items:
        console.data(console.say(_line(opened, item)))
        if item.verdict is Verdict.COLLISION:
            for title, version in ((_BASE, item.base), (_OURS, item.ours), (_THEIRS, item.theirs)):
                console.data(console.say(message("    {side}: {text}", side=title, text=version_text(version, item))))


_BASE, _OURS, _THEIRS = message("før"), message("her"), message("der")


def _line(opened: Opened, item: Incoming) -> Message:
    told = message("{verdict}: {what}", verdict=_VERDICTS[item.verdict], what=titled(opened.portfolio, item))
    return told if item.because is None else message("{told} ({because})", told=told, because=item.because)


def _json(plan: MergePlan, console: Console) -> Iterator[dict[str, object]]:
    for item in plan.items:
        yield {
            "verdict": item.verdict.value,
            "kind": item.place.kind.__name__,
            "unit": item.place.unit,
            "project": item.project,
            "period": None if item.period is None else str(item.period),
            "base": version_text(item.base, item),
            "ours": version_text(item.ours, item),
            "theirs": version_text(item.theirs, item),
            "by": [author.who for author in item.authors],
            "because": None if item.because is None else console.say(item.because),
        }


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
