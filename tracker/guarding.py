"""What may not be changed any more: a locked period, and a status that was submitted.

The triggers of the file hold the same rules; here they are said in words that name every row. Must not know how
a period is locked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, replace

from tracker.edits import Change, Edit
from tracker.kind_titles import KIND_TITLES
from tracker.kinds import PeriodStage, StatusState
from tracker.merging.law import BROUGHT_HOME, LAWS
from tracker.messages import Message, Refusal, message
from tracker.model import (
    AcceptedDifference,
    Comment,
    Contract,
    Dismissal,
    Milestone,
    OtherProjects,
    Passage,
    PeriodLock,
    PeriodState,
    Portfolio,
    PrintedFigures,
    Record,
    ReportedProject,
    Risk,
    SpendingPlan,
    StatementLine,
    Status,
)
from tracker.periods import Period

Periodic = (
    Status
    | Milestone
    | Risk
    | Contract
    | SpendingPlan
    | OtherProjects
    | PrintedFigures
    | StatementLine
    | AcceptedDifference
    | Dismissal
    | Passage
    | ReportedProject
    | PeriodLock
)
"""The kinds of record that a period's lock guards."""

_TITLES: Mapping[type[Record], Message] = {
    Status: message("statusen"),
    Milestone: message("en milepæl"),
    Risk: message("en risiko"),
    Contract: message("en kontrakt"),
    SpendingPlan: message("forbruksplanen"),
    OtherProjects: message("øvrige prosjekter"),
    PrintedFigures: message("de trykte tallene"),
    StatementLine: message("bevilgningsoversikten § 5-5"),
    AcceptedDifference: message("en godtatt differanse"),
    Dismissal: message("et funn som er lagt til side"),
    Passage: message("det et kapittel sier"),
    ReportedProject: message("de rapporterte tallene"),
    PeriodLock: message("låsingen"),
}


def refuse_guarded(
    portfolio: Portfolio, edit: Edit, *, takes_back: bool = False, comes_from_home: bool = False
) -> None:
    """Refuse an edit of what is locked or submitted, and in a package of what is the controller's.

    An edit that takes a merge back also takes back the comments that came with it, and one that comes from the
    portfolio itself brings what is the controller's. Raises Refusal with a detail for each row that stands in the way.
    """
    found = [
        (guard, named)
        for change in edit.changes
        if not (takes_back and isinstance(change.before, Comment))
        for guard, named in _guarded(portfolio, change, is_ours=portfolio.is_package and not comes_from_home)
    ]
    if not found:
        return
    details: list[Message] = []
    for _, named in found:  # messages with values can't be hashed
        if named not in details:
            details.append(named)
    raise Refusal(found[0][0], *details)


def newest_lock(portfolio: Portfolio, period: Period) -> PeriodLock | None:
    """Return the newest locking of a period, None if it never was locked."""
    locks = (lock for lock in portfolio.period_locks.values() if lock.period == period)
    return max(locks, key=lambda lock: lock.revision, default=None)


def is_locked(portfolio: Portfolio, period: Period) -> bool:
    """Whether a period is locked."""
    state = portfolio.state_of(period)
    return state is not None and state.stage is PeriodStage.LOCKED


def _guarded(portfolio: Portfolio, change: Change, *, is_ours: bool) -> Iterator[tuple[Message, Message]]:
    for record in (change.before, change.after):
        if isinstance(record, Periodic) and is_locked(portfolio, record.period):
            yield _locked(record.period), _named(portfolio, record)
    before, after = change.before, change.after
    if isinstance(before, PeriodState) and before.stage is PeriodStage.LOCKED and not _is_reopened(before, after):
        yield _locked(before.period), message("perioden selv")
    if isinstance(before, PeriodState) and before.stage is PeriodStage.OPEN and before.revision and after is None:
        yield (
            message("{period} har vært låst, og det som ble rapportert, blir stående.", period=before.period),
            message("perioden selv"),
        )
    if isinstance(before, Status) and before.state is not StatusState.DRAFT and not _is_only_moved(before, after):
        yield _submitted(portfolio, before), _named(portfolio, before)
    if is_ours and _is_the_controllers(change):
        yield (
            message("Dette er en pakke med prosjektene dine: be controlleren endre dette i porteføljen."),
            _named(portfolio, change.known),
        )
    if isinstance(before, Comment):
        yield message("Kommentarer blir stående: skriv en ny."), message("en kommentar")
    if isinstance(before, ReportedProject | PeriodLock):
        yield (
            message("Det som er rapportert, blir stående: åpne perioden igjen for å rapportere på nytt."),
            _named(portfolio, before),
        )


def _is_the_controllers(change: Change) -> bool:
    """Whether a change is one that a package doesn't bring home."""
    law = LAWS[change.kind]
    before, after = change.before, change.after
    if any(isinstance(one, Status) and one.state is StatusState.APPROVED for one in (before, after)):
        return True
    if before is None or after is None or law.is_whole:
        return law.owner not in BROUGHT_HOME
    moved = (one.name for one in fields(before) if getattr(before, one.name) != getattr(after, one.name))
    return any(law.owner_of(law.unit_of(name)) not in BROUGHT_HOME for name in moved)


def _locked(period: Period) -> Message:
    return message("{period} er låst: be controlleren om å åpne den igjen.", period=period)


def _submitted(portfolio: Portfolio, status: Status) -> Message:
    name = portfolio.projects[status.project].name
    if status.state is StatusState.APPROVED:
        return message("Statusen for {project} er godkjent: be controlleren sende den tilbake.", project=name)
    return message("Statusen for {project} er levert: ta den tilbake først.", project=name)


def _is_reopened(before: PeriodState, after: Record | None) -> bool:
    return (
        isinstance(after, PeriodState)
        and after.stage is PeriodStage.OPEN
        and bool(after.reopened_because.strip())
        and after == replace(before, stage=PeriodStage.OPEN, reopened_because=after.reopened_because)
    )


def _is_only_moved(before: Status, after: Record | None) -> bool:
    return isinstance(after, Status) and before == replace(
        after, state=before.state, moved_by=before.moved_by, moved_on=before.moved_on
    )


def _named(portfolio: Portfolio, record: Record) -> Message:
    title = _TITLES.get(type(record)) or KIND_TITLES[type(record)]
    project = portfolio.projects.get(getattr(record, "project", None) or "")
    if project is None:
        return title
    return message("{what} for {project}", what=title, project=project.name)
