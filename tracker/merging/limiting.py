"""What of a portfolio goes into a package: the projects chosen, all that is said of them, and the year they are in.

Must not know whose package it is. The sums of other projects, § 5-5 and printed sums stay at home.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from tracker.edits import Change
from tracker.kinds import PeriodStage
from tracker.model import (
    AREAS_SETTING,
    EXAMPLE_SETTING,
    FIELD_OF,
    MUNICIPALITY_SETTING,
    WORDS_SETTING,
    BudgetLine,
    CodeMatch,
    LedgerBatch,
    PeriodLock,
    PeriodState,
    Portfolio,
    Project,
    ProjectId,
    Record,
    ReportedProject,
    SentPackage,
    Setting,
    Subproject,
)
from tracker.owners import Owners

_STAYS = (SentPackage,)
COMMON_SETTINGS = frozenset({MUNICIPALITY_SETTING, EXAMPLE_SETTING})
"""What everybody knows of the municipality."""


def with_joined(portfolio: Portfolio, projects: Collection[ProjectId]) -> frozenset[ProjectId]:
    """Return projects with those that were joined into them, whose money is theirs."""
    owners = Owners(portfolio)
    standing = {owners.standing(project) for project in projects}
    return frozenset(one.id for one in portfolio.projects.values() if owners.standing(one.id) in standing)


def limited(portfolio: Portfolio, projects: Collection[ProjectId]) -> Iterator[Change]:
    """Yield the changes that make an empty portfolio hold some projects and what is theirs, in a lawful order."""
    chosen = with_joined(portfolio, projects)
    owners = Owners(portfolio)
    for kind in FIELD_OF:
        if kind in _STAYS or kind is PeriodState:
            continue
        for record in portfolio.records(kind).values():
            found = _limited(record, chosen, owners)
            if found is not None:
                yield Change(None, found)
    for state in portfolio.period_states.values():
        yield from lived_through(state)


def lived_through(state: PeriodState) -> Iterable[Change]:
    """Return the changes that a period has been through: begun, and locked and opened again as often as it was.

    A lock is only taken over what was reported, and never given to a period as it begins.
    """
    values = [replace(state, stage=PeriodStage.OPEN, revision=0, reopened_because="")]
    for revision in range(1, state.revision + 1):
        values.append(replace(values[-1], stage=PeriodStage.LOCKED, revision=revision))
        if revision < state.revision or state.stage is PeriodStage.OPEN:
            because = state.reopened_because or "-"
            values.append(replace(values[-1], stage=PeriodStage.OPEN, reopened_because=because))
    return [Change(None, values[0]), *map(Change, values, values[1:])]


def _limited(record: Record, chosen: frozenset[ProjectId], owners: Owners) -> Record | None:  # noqa: PLR0911
    if isinstance(record, Project):
        return record if record.id in chosen else None
    if isinstance(record, Subproject | CodeMatch | ReportedProject):
        return record if record.project in chosen else None
    if isinstance(record, PeriodLock):
        return record
    if isinstance(record, Setting):
        return record if record.id in COMMON_SETTINGS or is_of_work(record) else None
    if isinstance(record, LedgerBatch):
        sums = tuple(entry for entry in record.sums if (owner := owners.of_sum(entry)) is not None and owner in chosen)
        total = sum(entry.amount for entry in sums if entry.funding is None)
        # The lines stay at home, so their hash can't be held against anything here.
        return replace(record, sums=sums, total=total, lines_hash="") if sums else None
    if isinstance(record, BudgetLine):
        # A line stays with the project that it was written on; here only the one that it counts on is known.
        owner = owners.of_line(record)
        return replace(record, project=owner) if owner in chosen else None
    project = getattr(record, "project", None)
    return record if project is not None and project in chosen else None


def is_of_work(setting: Setting) -> bool:
    """Whether a setting says how projects are judged, ordered or spelt, and not how a report or a ledger is read."""
    return setting.id.startswith("limit.") or setting.id in {AREAS_SETTING, WORDS_SETTING}
