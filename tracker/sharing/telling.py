"""What others have to be told of what a file did, how far it has read what they told, and what the law says of both.

Must not know a server.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tracker.merging.law import LAWS, Owner
from tracker.merging.lineage import Lineage, Place, Short, Written, short
from tracker.merging.plan import Choice, MergePlan, Verdict
from tracker.model import Portfolio


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """A place in a hub's history: the number of an entry, and what it is known by.

    Where a hub is put back from an older copy, other entries get the numbers; then the mark is another's.
    """

    seq: int
    entry: Short


def seen_at(hub: str, mark: Mark) -> str:
    """Write how far in a hub's history somebody has read."""
    return f"{hub}:{mark.seq}:{mark.entry}"


def marks_seen(lineages: Iterable[Lineage], hub: str) -> list[Mark]:
    """Return how far a hub's history has been read, each time that it was, by the lineages that are in force."""
    found = (one.seen.split(":") for one in lineages if one.seen.count(":") == _COLONS)
    return sorted(Mark(int(seq), entry) for name, seq, entry in found if name == hub and seq.isdecimal())


_COLONS = 2


def in_force(entries: Iterable[Written]) -> list[Lineage]:
    """Return the lineages that no entry has taken back."""
    found: dict[str, Lineage] = {}
    for entry in entries:
        if entry.lineage.undid:
            found.pop(entry.lineage.undid, None)
        elif entry.lineage:
            found[entry.id] = entry.lineage
    return list(found.values())


def to_be_told(entries: Iterable[Written]) -> list[str]:
    """Return the ids of the entries that others have to be told of, oldest first.

    How a package began is no news, nor is what was only taken from a hub: it is there already. A merge in which
    something was decided against is told, and so is all that came by file.
    """
    told: list[str] = []
    untold: set[str] = set()
    for entry in entries:
        lineage = entry.lineage
        is_nothing = bool(lineage.portfolio or lineage.undid in untold or (lineage.seen and not lineage.kept))
        if is_nothing:
            untold.add(entry.id)
        else:
            told.append(entry.id)
    return told


def told_by(entry: Written) -> set[Short]:
    """Return what edits an entry tells of, itself too."""
    lineage = entry.lineage
    return {short(entry.id), *(short(one.author.edit) for one in lineage.edits), *lineage.known}


def by_law(plan: MergePlan, portfolio: Portfolio) -> dict[Place, Choice]:
    """Return what the law says of each collision: it is decided by whose the field is, a project manager's or not."""
    mine, others = (Choice.OURS, Choice.THEIRS) if portfolio.is_package else (Choice.THEIRS, Choice.OURS)
    return {
        item.place: mine if LAWS[item.place.kind].owner_of(item.place.unit) is Owner.PROJECT_MANAGER else others
        for item in plan.of(Verdict.COLLISION)
    }
