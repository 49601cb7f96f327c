"""A made-up year around published figures: what the example shows of the tertials before and after the annual report.

Budgets and spending end at the published figures to the krone; everything on the way there is constructed, the same
each time. Must not know any project by name. Amounts are whole kroner.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from zlib import crc32

from tracker.kinds import BudgetKind, BudgetStatus, LedgerContent, Phase, ProjectKind
from tracker.model import (
    BudgetLine,
    Decision,
    LedgerBatch,
    LedgerSum,
    Portfolio,
    Project,
    ProjectId,
    RecordId,
    Status,
)
from tracker.money import THOUSAND
from tracker.periods import Part, Period
from tracker.quarters import QUARTERS, Completion, Quarter, State

MONTHS = 12
_APRIL = 3
_ONE_IN = 20
_LARGE = 5_000_000
SOURCE = "Eksempeldata"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """What a published report says of a project at the end of its year; None in the totals of a programme.

    `was_told_otherwise` says that the completion was thought nearer earlier in the year.
    """

    project: Project
    total_budget: int | None
    total_spent: int | None
    revised_budget: int
    actual: int
    completion: Completion
    was_told_otherwise: bool = True


def share(name: str, of: str, low: int, high: int) -> int:
    """Return a number between two others, both included, that looks like chance and is the same each time."""
    return low + crc32(f"{of}·{name}".encode()) % (high - low + 1)


def budget_of(ending: Ending, reduced: int, *, year: int, new_id: Callable[[], str]) -> Iterator[BudgetLine]:
    """Make the year's budget ledger of a project, which ends at its revised and its total budget.

    `reduced` is how much of the original budget was moved to later years: two thirds in June, the rest in November.
    """
    grant = ending.revised_budget // 5 // THOUSAND * THOUSAND if _has_grant(ending) else 0
    carried = 0 if grant else _carried(ending)
    original = ending.revised_budget + reduced - grant - carried
    total = ending.total_budget or 0
    june, november = reduced * 2 // 3 // THOUSAND * THOUSAND, reduced - reduced * 2 // 3 // THOUSAND * THOUSAND
    adopted = Decision(body="KS", number=f"131/{year % 100 - 1:02}", on=date(year - 1, 12, 13))
    spring = Decision(body="KS", number=f"62/{year % 100:02}", on=date(year, 6, 14))
    autumn = Decision(body="KS", number=f"109/{year % 100:02}", on=date(year, 11, 8))

    def line(kind: BudgetKind, amount: int, decision: Decision, *, total: int = 0, in_year: int = year) -> BudgetLine:
        return BudgetLine(
            id=RecordId(new_id()),
            project=ending.project.id,
            kind=kind,
            budget_year=in_year,
            year_amount=amount,
            total_amount=total,
            takes_effect=max(decision.on, date(year, 1, 1)) if kind is BudgetKind.ORIGINAL else decision.on,
            decision=decision,
            source=SOURCE,
        )

    yield line(BudgetKind.ORIGINAL, original, adopted, total=total - (grant if total else 0))
    if carried:
        yield line(BudgetKind.CARRY_OVER, carried, spring)
    if grant:
        yield line(BudgetKind.GRANT, grant, spring, total=grant if total else 0)
    for amount, decision in ((june, spring), (november, autumn)):
        if amount:
            given = line(BudgetKind.BETWEEN_YEARS, -amount, decision)
            taken = line(BudgetKind.BETWEEN_YEARS, amount, decision, in_year=year + 1)
            yield from (replace(one, belongs_with=given.id) for one in (given, taken))


def next_budget_of(
    ending: Ending, portfolio: Portfolio, *, year: int, new_id: Callable[[], str]
) -> Iterator[BudgetLine]:
    """Make the original budget of the year after: what the year is thought to need beyond what was moved to it."""
    moved = sum(
        line.year_amount
        for line in portfolio.budget_lines.values()
        if line.project == ending.project.id and line.budget_year == year and line.status is BudgetStatus.DECIDED
    )
    amount = ending.revised_budget - moved
    if amount:
        yield BudgetLine(
            id=RecordId(new_id()),
            project=ending.project.id,
            kind=BudgetKind.ORIGINAL,
            budget_year=year,
            year_amount=amount,
            total_amount=0,
            takes_effect=date(year, 1, 1),
            decision=Decision(body="KS", number=f"140/{year % 100 - 1:02}", on=date(year - 1, 12, 11)),
            source=SOURCE,
        )


def reductions(endings: Sequence[Ending], wanted: int) -> Mapping[ProjectId, int]:
    """Share what was moved to later years among the large projects, in whole thousands, to the krone."""
    large = [one for one in endings if one.revised_budget >= _LARGE and one.project.kind is ProjectKind.PROJECT]
    whole = sum(one.revised_budget for one in large)
    parts = {one.project.id: wanted * one.revised_budget // whole // THOUSAND * THOUSAND for one in large}
    if large:
        parts[large[0].project.id] += wanted - sum(parts.values())
    return parts


def spending_of(ending: Ending) -> list[int]:
    """Spread a year's actual over its months; the last one takes what rounding leaves."""
    weights = [share(ending.project.name, f"month {month}", 2, 10) + month // 3 for month in range(1, MONTHS + 1)]
    months = [ending.actual * weight // sum(weights) for weight in weights]
    months[-1] += ending.actual - sum(months)
    return months


def batch_of(
    endings: Iterable[Ending], period: Period, *, is_first_year: bool, new_id: Callable[[], str]
) -> LedgerBatch:
    """Make the ledger's export from January up to a period.

    The first year's brings forward what was spent before it. A few projects' April postings come late: after the
    first tertial was reported.
    """
    sums: list[LedgerSum] = []
    for ending in endings:
        months = spending_of(ending)
        if period.part is Part.T1 and share(ending.project.name, "late", 1, _ONE_IN) == 1:
            months[_APRIL] //= 2
        if is_first_year and ending.total_spent is not None and ending.total_spent != ending.actual:
            before = ending.total_spent - ending.actual
            sums.append(LedgerSum(project=ending.project.id, year=period.year, month=1, amount=before, opening=True))
        sums += [
            LedgerSum(project=ending.project.id, account="0230", year=period.year, month=month, amount=amount)
            for month, amount in enumerate(months[: period.part.last_month], start=1)
            if amount
        ]
    return LedgerBatch(
        id=RecordId(new_id()),
        source=f"{SOURCE} hovedbok",
        source_hash=f"{crc32(str(sums).encode()):08x}",
        content=LedgerContent.BALANCES,
        year=period.year,
        first_month=1,
        last_month=period.part.last_month,
        line_count=len(sums),
        total=sum(entry.amount for entry in sums),
        sums=tuple(sums),
    )


def forecast_of(ending: Ending, part: Part) -> int:
    """Return the year-end forecast of a tertial: nearer to what came in the second than in the first, in thousands."""
    miss = ending.revised_budget - ending.actual
    heard = (
        share(ending.project.name, part.value, 0, 40) if part is Part.T1 else share(ending.project.name, "T2", 40, 90)
    )
    return round((ending.revised_budget - miss * heard // 100) / THOUSAND) * THOUSAND


def completion_of(ending: Ending, part: Part) -> Completion:
    """Return what was thought of the completion in a tertial: some thought it nearer than it was."""
    slip = share(ending.project.name, "slip", 0, 5) - 2
    if not isinstance(ending.completion, Quarter) or slip <= 0 or not ending.was_told_otherwise:
        return ending.completion
    return later(ending.completion, -slip if part is Part.T1 else -(slip // 2))


def later(quarter: Quarter, by: int) -> Quarter:
    """Return the quarter that is some quarters later, or earlier for a number below zero."""
    at = quarter.year * QUARTERS + quarter.quarter - 1 + by
    return Quarter(at // QUARTERS, at % QUARTERS + 1)


def stage_of(ending: Ending) -> str:
    """Return which of the texts tells about a project: early, building, finished, running, unbudgeted, idle."""
    if not ending.revised_budget:
        return "unbudgeted" if ending.actual else "idle"
    if ending.project.kind is ProjectKind.PROGRAMME:
        return "running"
    if ending.completion is State.FINISHED:
        return "finished"
    spent, total = ending.total_spent or 0, ending.total_budget or 0
    return "building" if spent * 5 > total or ending.actual > _LARGE else "early"


PHASES: Mapping[str, Phase | None] = {
    "early": Phase.PRE_PROJECT,
    "building": Phase.CONSTRUCTION,
    "finished": Phase.TAKEN_OVER,
    "running": None,
    "unbudgeted": None,
    "idle": Phase.SETTLEMENT,
}


def status_of(ending: Ending, period: Period, *, new_id: Callable[[], str]) -> Status:
    """Make what a project reported in a tertial, but for its text."""
    stage = stage_of(ending)
    return Status(
        id=RecordId(new_id()),
        project=ending.project.id,
        period=period,
        completion=completion_of(ending, period.part),
        phase=PHASES[stage],
        year_end_forecast=forecast_of(ending, period.part),
        final_cost_forecast=ending.total_budget if stage != "unbudgeted" and ending.total_budget else None,
    )


def _has_grant(ending: Ending) -> bool:
    return ending.revised_budget >= _LARGE and share(ending.project.name, "grant", 1, 8) == 1


def _carried(ending: Ending) -> int:
    if ending.revised_budget <= THOUSAND or share(ending.project.name, "carried", 1, 3) != 1:
        return 0
    return ending.revised_budget // share(ending.project.name, "how much", 3, 6) // THOUSAND * THOUSAND
