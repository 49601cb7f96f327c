"""Everything that an attacker could want to have in a portfolio: a new record of every kind, and others otherwise.

Must not know how it is brought there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from datetime import date, datetime
from itertools import count
from typing import Any

from tests.hostile.forging import (
    APPROVED,
    AT,
    OPEN,
    another_id,
)
from tests.windows import PERIOD, batch_of, made_id
from tracker.kinds import (
    BudgetKind,
    CommentKind,
    FundingSource,
    LedgerContent,
    PeriodStage,
    PrintedOf,
    StatusState,
)
from tracker.merging.law import LAWS
from tracker.model import (
    AcceptedDifference,
    BudgetLine,
    CodeMatch,
    Comment,
    Contract,
    Dismissal,
    FundingLine,
    LedgerBatch,
    Milestone,
    OtherProjects,
    Passage,
    PeriodLock,
    PeriodState,
    PlanYear,
    Portfolio,
    PrintedFigures,
    Project,
    ProjectId,
    Record,
    RecordId,
    ReportedProject,
    Risk,
    SentPackage,
    Setting,
    SpendingPlan,
    StatementLine,
    Status,
    Subproject,
    SubprojectId,
)
from tracker.periods import Part, Period

_DRAFT = ProjectId(made_id(2))
_ELSEWHERE = ProjectId(made_id(4))
_DAY = date(2024, 5, 3)


def new_records(portfolio: Portfolio) -> Iterator[Record]:
    """Yield a new record of every kind."""
    ids = (RecordId(another_id(at)) for at in count(100))
    for project in (_DRAFT, APPROVED, ProjectId(another_id(1))):
        for period in (OPEN, PERIOD, Period(2030, Part.T2)):
            yield from _of_a_period(project, period, ids)
        yield from _of_the_controller(project, ids)
    yield Project(id=ProjectId(another_id(1)), name="Smuglet inn", code="P-1")
    yield Setting(id=RecordId("limit.smuglet"), value="1")
    yield Setting(id=RecordId("report.logo"), value="<svg/>")
    yield PeriodState(id=next(ids), period=Period(2030, Part.T2), deadline=_DAY)
    yield SentPackage(id=RecordId(another_id(2)), recipient="Mallory", made_by="Ola", made_at=AT)
    yield PeriodLock(
        id=RecordId(another_id(3)), period=OPEN, revision=1, locked_by="Ola", locked_at=AT, fingerprint="0" * 64
    )
    del portfolio


def _of_a_period(project: ProjectId, period: Period, ids: Iterator[RecordId]) -> Iterator[Record]:
    yield Comment(
        id=next(ids), project=project, period=period, kind=CommentKind.NOTE, by="Rådmannen", at=AT, text="Godkjent."
    )
    yield Dismissal(
        id=next(ids), project=project, period=period, rule="r", quote="", basis="0" * 64, reason="-", by="Ola", at=AT
    )
    yield Milestone(id=next(ids), thread=next(ids), project=project, period=period, name="M", planned=_DAY)
    yield Risk(id=next(ids), thread=next(ids), project=project, period=period, title="R", likelihood=100)
    yield Contract(
        id=next(ids), thread=next(ids), project=project, period=period, supplier="Mallory AS", amount=9 * 10**17
    )
    yield SpendingPlan(id=next(ids), project=project, period=period, amounts=(10**15,) * 12)


def _of_the_controller(project: ProjectId, ids: Iterator[RecordId]) -> Iterator[Record]:
    yield BudgetLine(
        id=next(ids),
        project=project,
        kind=BudgetKind.GRANT,
        budget_year=2024,
        year_amount=10**9,
        total_amount=10**9,
        takes_effect=_DAY,
    )
    yield PlanYear(id=next(ids), project=project, first_year=2024, year=2024, amount=1)
    yield FundingLine(
        id=next(ids), project=project, budget_year=2024, source=FundingSource.LOAN, amount=1, takes_effect=_DAY
    )
    yield Subproject(id=SubprojectId(next(ids)), project=project, code=f"S{project}", name="Under")
    yield CodeMatch(id=next(ids), code=f"K{project}", project=project)
    yield batch_of([], next(ids), LedgerContent.TRANSACTIONS)
    yield Passage(id=next(ids), project=project, period=OPEN, position=int(project[:8]), source="x", text="y")
    yield PrintedFigures(
        id=next(ids),
        period=OPEN,
        of=PrintedOf.PROJECT,
        project=project,
        name="",
        total_budget=1,
        total_spent=1,
        revised_budget=1,
        actual=1,
        deviation=0,
    )
    yield ReportedProject(
        id=next(ids),
        period=OPEN,
        revision=1,
        project=project,
        position=0,
        total_budget=1,
        total_spent=1,
        original_budget=1,
        revised_budget=1,
        actual=1,
        details="{}",
    )
    if project == _DRAFT:
        yield OtherProjects(
            id=next(ids), period=OPEN, name="Ø", total_budget=1, total_spent=1, revised_budget=1, actual=1
        )
        yield AcceptedDifference(
            id=next(ids), period=OPEN, check="c", column="k", difference=1, accepted_by="Ola", accepted_on=_DAY
        )
        yield StatementLine(
            id=next(ids),
            period=OPEN,
            paragraph=1,
            position=1,
            label="L",
            previous_actual=1,
            actual=1,
            revised_budget=1,
            original_budget=1,
            deviation=0,
        )


def other_records(portfolio: Portfolio) -> Iterator[tuple[Record, Record]]:
    """Yield every record that a package holds, changed in all that can be changed."""
    for kind in LAWS:
        for record in portfolio.records(kind).values():
            yield record, _other(record)


def _other(record: Record) -> Record:
    """Return a record that says something else wherever it may."""
    fixed = {"id", "project", "period", "thread", *LAWS[type(record)].key, *_LEFT.get(type(record), ())}
    values = {
        one.name: _OTHER[type(value)](value)
        for one in fields(record)
        if one.name not in fixed and type(value := getattr(record, one.name)) in _OTHER
    }
    other: Record = replace(record, **values)  # type: ignore[arg-type]  # values of its own fields
    if isinstance(other, Status):
        return replace(other, state=StatusState.APPROVED, moved_by="Rådmannen", moved_on=_DAY)
    if isinstance(other, PeriodState):
        return replace(other, stage=PeriodStage.LOCKED, revision=9, reopened_because="-")
    return other


_LEFT: dict[type[Record], tuple[str, ...]] = {
    Risk: ("likelihood",),
    BudgetLine: ("budget_year", "belongs_with"),
    PeriodLock: ("fingerprint", "revision"),
    ReportedProject: ("details", "revision"),
    PeriodState: ("rounded_to",),
    LedgerBatch: ("lines_hash", "first_month", "last_month"),
}
_OTHER: dict[type[Any], Callable[[Any], Any]] = {
    str: lambda text: f"{text} smuglet",
    int: lambda number: number + 1,
    date: lambda day: date(day.year + 1, 1, 1),
    datetime: lambda at: at.replace(year=2031),
}
