"""Made-up plans, risks, contracts and explanations around the example's figures, the same each time.

Must not know any project by name. Amounts are whole kroner.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from tracker.constructed import MONTHS, Ending, completion_of, share, spending_of, stage_of
from tracker.figures import ProjectFigures
from tracker.flags import Limits
from tracker.kinds import BudgetStatus, FundingSource
from tracker.model import (
    Contract,
    Decision,
    DeviationSplit,
    FundingLine,
    Milestone,
    Record,
    RecordId,
    Risk,
    SpendingPlan,
    Status,
)
from tracker.money import MILLION, THOUSAND
from tracker.periods import Period
from tracker.quarters import Quarter, State

_LARGE = 40 * MILLION
_SHARES = ((FundingSource.VAT_COMPENSATION, 14), (FundingSource.GRANT, 5), (FundingSource.OPERATIONS, 15))


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskText:
    """A risk in words, how likely it is in per cent, and its consequence in thousandths of the total budget."""

    title: str
    measure: str
    likelihood: int
    permille: int


class Plans:
    """Makes the plans of all periods; what is one thing in several periods keeps its thread."""

    def __init__(self, risks: Sequence[RiskText], new_id: Callable[[], str]) -> None:
        self._risks, self._new_id = risks, new_id
        self._threads: dict[tuple[str, str], RecordId] = {}

    def of(self, endings: Iterable[Ending], period: Period) -> Iterator[Record]:
        """Yield the plans of the larger projects that are under way."""
        for ending in endings:
            if (ending.total_budget or 0) >= _LARGE and stage_of(ending) in {"early", "building"}:
                yield from self._milestones(ending, period)
                yield from self._risk_and_contract(ending, period)
                yield self._plan(ending, period)

    def _milestones(self, ending: Ending, period: Period) -> Iterator[Record]:
        completion = completion_of(ending, period.part)
        if not isinstance(completion, Quarter):
            return
        taken_over = completion.ends
        for name, days in (("Byggestart", -540), ("Overtakelse", 0), ("Ettårsbefaring", 365)):
            planned = taken_over + timedelta(days=days)
            yield Milestone(
                id=RecordId(self._new_id()),
                thread=self._thread(ending, name),
                project=ending.project.id,
                period=period,
                name=name,
                planned=planned,
                reached=planned if planned <= period.ends and name == "Byggestart" else None,
            )

    def _risk_and_contract(self, ending: Ending, period: Period) -> Iterator[Record]:
        text = self._risks[share(ending.project.name, "risk", 0, len(self._risks) - 1)]
        total = ending.total_budget or 0
        yield Risk(
            id=RecordId(self._new_id()),
            thread=self._thread(ending, "risk"),
            project=ending.project.id,
            period=period,
            title=text.title,
            consequence=total * text.permille // THOUSAND // THOUSAND * THOUSAND,
            likelihood=text.likelihood,
            measure=text.measure,
            owner=ending.project.responsible,
        )
        if stage_of(ending) == "building":
            amount = total * 7 // 10 // THOUSAND * THOUSAND
            yield Contract(
                id=RecordId(self._new_id()),
                thread=self._thread(ending, "contract"),
                project=ending.project.id,
                period=period,
                supplier="Eksempel Entreprenør AS",
                title="Totalentreprise",
                amount=amount,
                invoiced=min((ending.total_spent or 0) * 6 // 10, amount),
            )

    def _plan(self, ending: Ending, period: Period) -> Record:
        months = spending_of(replace(ending, actual=ending.revised_budget))
        return SpendingPlan(
            id=RecordId(self._new_id()),
            project=ending.project.id,
            period=period,
            amounts=tuple(months[:MONTHS]),
        )

    def _thread(self, ending: Ending, name: str) -> RecordId:
        key = (ending.project.id, name)
        if key not in self._threads:
            self._threads[key] = RecordId(self._new_id())
        return self._threads[key]


def explained(status: Status, figures: ProjectFigures, limits: Limits, texts: Mapping[str, str]) -> Status:
    """Explain a year's deviation by cause where it is essential; texts are by cause."""
    deviation = figures.deviation
    if not limits.is_essential(deviation, figures.revised_budget):
        return status
    if deviation > 0 and status.completion is State.FINISHED:
        return replace(status, split=DeviationSplit(cost=deviation), explanation=texts["cost"])
    if deviation > 0:
        return replace(status, split=DeviationSplit(timing=deviation), explanation=texts["timing"])
    left = figures.left_of_total
    if left is not None and left < 0:
        cost = max(deviation, left)
        split = DeviationSplit(timing=deviation - cost, cost=cost)
        return replace(status, split=split, explanation=texts["dearer"])
    return replace(status, split=DeviationSplit(timing=deviation), explanation=texts["overspend"])


def funding_of_year(revised_budget: int, year: int, *, new_id: Callable[[], str]) -> Iterator[FundingLine]:
    """Fund a year: some compensation for VAT, grants and operations, and the rest by loan."""
    adopted = Decision(body="KS", number=f"140/{year % 100 - 1:02}", on=date(year - 1, 12, 11))
    parts = [(source, revised_budget * percent // 100 // THOUSAND * THOUSAND) for source, percent in _SHARES]
    parts.append((FundingSource.LOAN, revised_budget - sum(amount for _, amount in parts)))
    for source, amount in parts:
        yield FundingLine(
            id=RecordId(new_id()),
            budget_year=year,
            source=source,
            amount=amount,
            takes_effect=date(year, 1, 1),
            decision=adopted,
            status=BudgetStatus.DECIDED,
        )
