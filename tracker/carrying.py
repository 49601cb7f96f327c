"""What a new period takes with it from the one before, and what of that must be confirmed.

Must not know what is typed later. Amounts are whole kroner.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from tracker.kinds import Phase, StatusState
from tracker.messages import Message, message
from tracker.model import Contract, Milestone, Portfolio, ProjectId, RecordId, Risk, SpendingPlan, Status
from tracker.periods import Period
from tracker.planning import carried_plans
from tracker.quarters import State

Carried = Status | Milestone | Risk | Contract | SpendingPlan
_NO_QUARTER = {
    State.FINISHED: message("at prosjektet er ferdig"),
    State.RUNNING: message("at prosjektet er løpende"),
    State.NOT_SET: message("at ferdigstillelse ikke er satt"),
}
_ENDED = frozenset({Phase.CLOSED, Phase.CANCELLED})


def period_before(portfolio: Portfolio, period: Period) -> Period | None:
    """Return the newest period that is older, None if there is none."""
    return max((one for one in portfolio.periods() if one < period), default=None)


def carried_into(portfolio: Portfolio, period: Period, *, new_id: Callable[[], str]) -> Iterator[Carried]:
    """Yield the records that a period begins with, new ids and the threads kept.

    Carried: completion, phase, the forecast of the final cost, what is left of the contingency and the frames P50 and
    P85; the plans (`tracker.planning.carried_plans`). Never carried: texts,
    explanations, causes, lights that somebody set, the year's forecast. What ended in an earlier year begins no more.
    """
    last = period_before(portfolio, period)
    if last is None:
        return
    ended = set()
    for status in portfolio.statuses.values():
        if status.period != last:
            continue
        joined = portfolio.projects[status.project].joined_into is not None
        if joined or (status.phase in _ENDED and last.year < period.year):
            ended.add(status.project)
            continue
        yield carried_status(status, period, RecordId(new_id()))
    plans = carried_plans(portfolio, last, period, new_id)
    yield from (plan for plan in plans if plan.project not in ended)


def carried_status(status: Status, period: Period, record_id: RecordId) -> Status:
    """Return the status that a period begins with after another."""
    return Status(
        id=record_id,
        project=status.project,
        period=period,
        completion=status.completion,
        phase=status.phase,
        final_cost_forecast=status.final_cost_forecast,
        contingency_left=status.contingency_left,
        p50=status.p50,
        p85=status.p85,
    )


def untouched(portfolio: Portfolio) -> Callable[[Status], bool]:
    """Return what tells whether a status says no more than what was carried into its period."""
    held = {(status.project, status.period): status for status in portfolio.statuses.values()}

    def says_nothing_new(status: Status) -> bool:
        last = period_before(portfolio, status.period)
        before = None if last is None else held.get((status.project, last))
        if before is None:
            empty = Status(id=status.id, project=status.project, period=status.period, completion=status.completion)
        else:
            empty = carried_status(before, status.period, status.id)
        moved = replace(status, state=StatusState.DRAFT, moved_by=None, moved_on=None)
        return status.state is StatusState.DRAFT and moved == empty

    return says_nothing_new


def _completion_of(status: Status) -> Message:
    if isinstance(status.completion, State):
        return _NO_QUARTER[status.completion]
    return message("ferdigstillelse {completion}", completion=status.completion)


def to_confirm(portfolio: Portfolio, period: Period, project: ProjectId) -> list[Message]:
    """Return what was carried into a period unchanged and must be looked at: forecast, contingency, late milestones."""
    last = period_before(portfolio, period)
    statuses = {one.period: one for one in portfolio.statuses.values() if one.project == project}
    now, before = statuses.get(period), None if last is None else statuses.get(last)
    asked: list[Message] = []
    if now is not None and before is not None and now.state is StatusState.DRAFT:
        if now.completion == before.completion:
            asked.append(_completion_of(now))
        if now.final_cost_forecast is not None and now.final_cost_forecast == before.final_cost_forecast:
            asked.append(message("sluttprognose {amount:tkr}", amount=now.final_cost_forecast))
        if now.contingency_left is not None and now.contingency_left == before.contingency_left:
            asked.append(message("gjenstående usikkerhetsavsetning {amount:tkr}", amount=now.contingency_left))
    late = (
        one
        for one in portfolio.milestones.values()
        if one.project == project and one.period == period and one.reached is None and one.planned <= period.ends
    )
    return asked + [
        message("milepælen «{name}» skulle vært nådd {day}", name=one.name, day=one.planned) for one in late
    ]
