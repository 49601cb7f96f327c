"""What a command says and does of what came from elsewhere: the plan, the choices, and the one step that it becomes.

Must not know by which road it came.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from uuid import uuid4

from db.store import Lines
from tracker.merging.lineage import Place
from tracker.merging.plan import Choice, Incoming, MergePlan, Verdict
from tracker.merging.settling import Choices, Settler, settle
from tracker.merging.words import titled, version_text
from tracker.messages import Message, message
from tracker.steps import MERGED
from ui.commands.changing import Opened
from ui.commands.console import Console
from ui.commands.opening import user_name

_VERDICTS: dict[Verdict, Message] = {
    Verdict.NEW: message("ny"),
    Verdict.COLLISION: message("kollisjon"),
    Verdict.NOT_THEIRS: message("controllerens"),
    Verdict.LOCKED: message("låst"),
    Verdict.SETTLED: message("levert"),
    Verdict.IMPOSSIBLE: message("kan ikke hentes inn"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """What came besides its plan: what it is called, the lines of its ledger batches, what couldn't be read.

    `seen` is how far in a hub's history it was read; `law` decides collisions where the plan suggests nothing.
    """

    file: str
    lines: Lines = field(default_factory=dict)
    problems: tuple[Message, ...] = ()
    seen: str = ""
    law: Mapping[Place, Choice] = field(default_factory=dict)


def settled(given: Namespace, opened: Opened, came: Brought, plan: MergePlan, console: Console) -> dict[str, object]:
    """Tell what came, and take it in as one step if everything in it is decided."""
    _tell(opened, came, plan, console, json=given.json)
    for problem in came.problems:
        console.progress(message("{file}: {reason}", file=came.file, reason=problem))
    choices = _choices(given, plan, came.law)
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
    settler = Settler(who=user_name(), at=datetime.now(UTC), new_id=lambda: str(uuid4()))
    merge = settle(opened.portfolio, plan, choices, settler)
    lineage = replace(merge.lineage, seen=came.seen)
    opened.perform(merge.edit, way=MERGED, lines=came.lines, lineage=lineage, comes_from_home=bool(came.seen))
    console.progress(
        message("{file}: hentet inn {count} {count:endring|endringer}.", file=came.file, count=merge.taken)
    )
    return {**told, "taken": merge.taken, "left": bool(merge.lineage.waiting or came.problems)}


def _choices(given: Namespace, plan: MergePlan, law: Mapping[Place, Choice]) -> Choices:
    choices: dict[Place, Choice] = {}
    if given.accept_all:
        choices |= {item.place: Choice.THEIRS for item in plan.of(Verdict.NOT_THEIRS)}
    if given.late_as_comments:
        choices |= {item.place: Choice.AS_COMMENT for item in plan.of(Verdict.LOCKED)}
    collisions = plan.of(Verdict.COLLISION)
    if given.collisions == "law":
        return choices | {item.place: law.get(item.place, item.suggestion or Choice.OURS) for item in collisions}
    if given.collisions is not None:
        return choices | {item.place: Choice(given.collisions) for item in collisions}
    return choices


def _tell(opened: Opened, came: Brought, plan: MergePlan, console: Console, *, json: bool) -> None:
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
