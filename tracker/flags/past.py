"""What a period is seen against: the period before, what was first said, and the year's spending plans.

Must not judge: the rules do.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tracker.figures import PeriodFigures, ProjectFigures, figures_of
from tracker.model import Portfolio, ProjectId, SpendingPlan
from tracker.periods import Period
from tracker.quarters import Quarter


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """The figures of the period before, the first completion of each project, and its plan for the year."""

    period: Period | None = None
    figures: Mapping[ProjectId, ProjectFigures] = field(default_factory=dict)
    first: Mapping[ProjectId, tuple[Period, Quarter]] = field(default_factory=dict)
    plans: Mapping[ProjectId, SpendingPlan] = field(default_factory=dict)


def past_of(portfolio: Portfolio, figures: PeriodFigures) -> Past:
    """Return what a period's figures are seen against; nothing for a locked period, whose flags are reported."""
    if figures.reported is not None:
        return Past()
    period = figures.period
    before = max((earlier for earlier in portfolio.periods() if earlier < period), default=None)
    known = () if before is None else figures_of(portfolio, before).projects
    return Past(
        period=before,
        figures={entry.project.id: entry for entry in known},
        first={} if before is None else _first_quarters(portfolio, period),
        plans=_plans(portfolio, period),
    )


def _first_quarters(portfolio: Portfolio, period: Period) -> dict[ProjectId, tuple[Period, Quarter]]:
    found: dict[ProjectId, tuple[Period, Quarter]] = {}
    for status in portfolio.statuses.values():
        if status.period < period and isinstance(status.completion, Quarter):
            held = found.get(status.project)
            if held is None or status.period < held[0]:
                found[status.project] = (status.period, status.completion)
    return found


def _plans(portfolio: Portfolio, period: Period) -> dict[ProjectId, SpendingPlan]:
    """Return the newest plan of each project for the period's year."""
    found: dict[ProjectId, SpendingPlan] = {}
    for plan in portfolio.spending_plans.values():
        if plan.period.year == period.year and plan.period <= period:
            held = found.get(plan.project)
            if held is None or held.period < plan.period:
                found[plan.project] = plan
    return found
