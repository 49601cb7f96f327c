"""What a merge plans, does and remembers, in the ways that two files can differ: each as it was before."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import fields, replace
from datetime import date
from itertools import pairwise

from tests.differences import anew, at_home, of_the_controller, of_the_manager
from tests.golden_files import hold
from tests.histories.laptop import Laptop, new_id
from tests.histories.machine import PERIOD, PROJECTS
from tests.meetings import every
from tests.test_merging import (
    NOW,
)
from tracker.edits import Change
from tracker.kinds import PeriodStage
from tracker.merging.limiting import limited, lived_through
from tracker.merging.lineage import Author, Lineage, Place
from tracker.merging.plan import Choice, Incoming, MergePlan, Version
from tracker.merging.settling import Choices, Settler, accept, settle
from tracker.merging.words import record_name, titled, titled_in_project, unit_title, version_text, written
from tracker.messages import Refusal
from tracker.model import (
    PeriodState,
    Record,
    RecordId,
)
from ui.words import words_in

_ID = re.compile(r"\b([0-9a-f]{8})(?:-0000-4000-8000-0{12}|00004000)\b")
_PROJECT = re.compile(r"00000000-0000-4000-9000-00000000000(\d)")


def say(message: object) -> str:
    return "-" if message is None else words_in()(message).replace("\u00a0", " ")  # type: ignore[arg-type]


def of_record(record: Record | None) -> str:
    return "-" if record is None else repr(record)


def of_version(version: Version, item: Incoming) -> str:
    values = " ".join(f"{name}={value}" for name, value in sorted(version.values.items()))
    return f"{values or '-'} «{version_text(version, item)}» {record_name(version.record)}"


def of_place(place: Place) -> str:
    return f"{place.kind.__name__}/{place.key}/{place.unit or '*'}"


def of_places(places: Iterable[Place]) -> str:
    """Return places by their record: the units of one are told from a set, in any order."""
    units: dict[str, list[str]] = {}
    for place in places:
        units.setdefault(f"{place.kind.__name__}/{place.key}", []).append(place.unit or "*")
    return " ".join(f"{record}/{','.join(sorted(own))}" for record, own in units.items()) or "-"


def of_waiting(waiting: Iterable[tuple[str, Place]]) -> str:
    places: dict[str, list[Place]] = {}
    for edit, place in waiting:
        places.setdefault(edit, []).append(place)
    return "; ".join(f"{edit} {of_places(own)}" for edit, own in places.items()) or "-"


def of_author(author: Author) -> str:
    return f"{author.edit} {author.who} {say(author.label)}"


def of_plan(laptop: Laptop, plan: MergePlan) -> Iterator[str]:
    """Yield what would come, from whom, and what stands in its way."""
    for item in sorted(plan.items, key=lambda item: (item.place.kind.__name__, item.place.key, item.place.unit)):
        yield f"  {item.verdict.value} {item.suggestion} {say(titled(laptop.portfolio, item))}: {say(item.because)}"
        yield f"    {say(titled_in_project(item, PERIOD))} | {say(unit_title(item))} | {written(item)}"
        yield f"    {of_places(item.places)}, {item.project} {item.period} {item.bound}"
        yield f"    {'; '.join(map(of_author, item.authors))}"
        for version in (item.base, item.ours, item.theirs):
            yield f"    {of_version(version, item)}"
    for same in sorted(plan.agreed, key=lambda same: of_place(same.place)):
        yield f"  likt {of_place(same.place)} {same.is_later}: {'; '.join(map(of_author, same.authors))}"
    yield f"  av {'; '.join(map(of_author, plan.authors))}"
    yield f"  venter {of_waiting(plan.waiting)}, forbi {of_waiting(plan.overtaken)}, kjent {sorted(plan.known)}"


def of_lineage(lineage: Lineage) -> Iterator[str]:
    """Yield what a merge has to remember."""
    for edit in lineage.edits:
        yield f"    fra {of_author(edit.author)}: tok {of_places(edit.took)}, likt {of_places(edit.agreed)}"
    yield f"    beholdt {of_places(lineage.kept)}"
    yield f"    venter {of_waiting(lineage.waiting)}, avgjort {of_waiting(lineage.settled)}"
    yield f"    kjent {sorted(lineage.known)}, pakke {lineage.package}"


def of_merge(laptop: Laptop, plan: MergePlan, choices: Choices) -> Iterator[str]:
    """Yield the edit of a merge, or why it is refused."""
    try:
        merged = settle(laptop.portfolio, plan, choices, Settler(who="Ola", at=NOW, new_id=new_id))
    except Refusal as refused:
        yield f"    nei: {say(refused.reason)} {'; '.join(map(say, refused.details))}"
        return
    yield f"    {say(merged.edit.label)}: {merged.taken}"
    for one in merged.edit.changes:
        yield f"    {of_change(one)}"
    yield from of_lineage(merged.lineage)


def of_change(one: Change) -> str:
    """Return what is changed of a record, or a whole one."""
    if one.before is None or one.after is None:
        return f"{of_record(one.before)} → {of_record(one.after)}"
    names = [own.name for own in fields(one.before)]  # every record has fields
    changed = [name for name in names if getattr(one.before, name) != getattr(one.after, name)]
    values = ", ".join(f"{name} {getattr(one.before, name)} → {getattr(one.after, name)}" for name in changed)
    return f"{one.kind.__name__} {one.known.id}: {values}"


def plainly_named(lines: Iterable[str]) -> Iterator[str]:
    """Give ids, which are others every time, the numbers that they come in."""
    numbers: dict[str, int] = {}
    for line in lines:
        named = _ID.sub(lambda found: f"#{numbers.setdefault(found[1], len(numbers) + 1)}", line)
        yield _PROJECT.sub(r"P\1", named)


def told() -> Iterator[str]:
    for name, (home, came) in every():
        lines = [name, *of_plan(home, home.plan(came))]
        for choice in Choice:
            plan = home.plan(came)
            choices = accept(plan, choice)
            if choice is Choice.AS_COMMENT:
                choices = {item.place: choice for item in plan.items}
            lines += [f"  {choice.value}", *of_merge(home, plan, choices)]
        yield from plainly_named(lines)


def test_what_a_merge_plans_does_and_remembers_is_what_it_was(*, renew_golden: bool) -> None:
    """Somebody who changes a rule of merging sees here what becomes of all the other ways to differ."""
    hold("merges.txt", told(), renew=renew_golden)


def test_what_goes_along_in_a_package_is_what_went_along(*, renew_golden: bool) -> None:
    """Of the projects chosen all that is said of them, and of the rest only what their own work needs."""
    home = at_home()
    anew(
        home, *of_the_manager(), *of_the_controller(), *of_the_manager(PROJECTS[3]), *of_the_controller(PROJECTS[3])[:1]
    )
    changes = limited(home.portfolio, frozenset(PROJECTS[:2]))
    hold("package.txt", plainly_named(of_change(change) for change in changes), renew=renew_golden)


def test_a_period_goes_out_with_what_it_has_lived_through() -> None:
    """A package takes a period through the same locks and openings, since a lock is never simply given."""
    begun = PeriodState(id=RecordId("x"), period=PERIOD, deadline=date(2026, 5, 20))
    locked = replace(begun, stage=PeriodStage.LOCKED, revision=2, reopened_because="Feil tall")
    opened = replace(locked, stage=PeriodStage.OPEN)
    for state, stages in ((begun, "O"), (locked, "OLOL"), (opened, "OLOLO")):
        changes = list(lived_through(state))
        assert [change.after.stage.name[0] for change in changes if isinstance(change.after, PeriodState)] == [*stages]
        assert (changes[0].before, changes[-1].after) == (None, state)
        assert changes[0].after == begun
        assert all(one.after == other.before for one, other in pairwise(changes))
    second = list(lived_through(locked))[2].after
    assert isinstance(second, PeriodState)
    assert (second.revision, second.reopened_because, second.deadline) == (1, "Feil tall", begun.deadline)
    unexplained = list(lived_through(replace(opened, reopened_because="")))[2].after
    assert isinstance(unexplained, PeriodState)
    assert unexplained.reopened_because == "-"
