"""What is kept of a removal of names: the chain's head before it, and the fingerprints that it replaced.

A fingerprint that was printed before can be explained by it. Must not know a name that was removed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

from tracker.edits import Change, Edit
from tracker.messages import Message, message
from tracker.model import PeriodLock, Portfolio, RecordId, Setting
from tracker.plain import canonical

REMOVALS_SETTING = RecordId("names-removed")


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedMark:
    """A locked revision of a period whose fingerprint is another, since a name was reported in it."""

    period: str
    revision: int
    was: str
    now: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Removal:
    """That a name was removed: when (ISO 8601), what stands instead, how many places, and what it changed."""

    at: str
    by: str
    places: int
    head: str
    marks: tuple[ChangedMark, ...] = ()


def neutral_name(number: int) -> Message:
    """Return what stands where a name was, the same everywhere; each person has a number of their own."""
    return message("Tidligere ansatt {number:id}", number=number)


def removals_of(portfolio: Portfolio) -> tuple[Removal, ...]:
    """Return the removals of names that a portfolio has been through, the oldest first."""
    kept = portfolio.settings.get(REMOVALS_SETTING)
    return () if kept is None else tuple(map(_removal, json.loads(kept.value)))


def removed(portfolio: Portfolio, removal: Removal) -> Edit:
    """Make the edit that says that names were removed, the last of a journal that was written anew."""
    before = portfolio.settings.get(REMOVALS_SETTING)
    held = [asdict(one) for one in (*removals_of(portfolio), removal)]
    label = message(
        "Fjernet et navn {count} {count:sted|steder}: nå «{by}». Journalen sluttet før på {head}",
        count=removal.places,
        by=removal.by,
        head=removal.head,
    )
    return Edit(label, (Change(before, Setting(id=REMOVALS_SETTING, value=canonical(held))),))


def earlier_marks(portfolio: Portfolio, lock: PeriodLock) -> Iterator[tuple[str, Removal]]:
    """Yield the fingerprints that a locking had before names were removed, each with what replaced it; newest first."""
    mark = lock.fingerprint
    for removal in reversed(removals_of(portfolio)):
        for changed in removal.marks:
            if (changed.period, changed.revision, changed.now) == (str(lock.period), lock.revision, mark):
                mark = changed.was
                yield mark, removal


def _removal(values: dict[str, Any]) -> Removal:
    marks: Iterable[dict[str, Any]] = values["marks"]
    return Removal(**{**values, "marks": tuple(ChangedMark(**mark) for mark in marks)})
