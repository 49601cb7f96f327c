"""Builds the report of a period: the parts, in the order in which they are read.

Must not know what any part holds. A new part is a module with a builder, and a line here.
"""

from __future__ import annotations

from collections.abc import Callable

from tracker.messages import message
from tracker.model import Portfolio
from tracker.periods import Period
from tracker.report.areas import areas_part
from tracker.report.basis import Basis, basis_of
from tracker.report.budgets import decided_changes_part, proposed_changes_part
from tracker.report.content import Part, Report
from tracker.report.control import control_part
from tracker.report.forecasts import accuracy_part, forecasts_part
from tracker.report.lights import lights_part
from tracker.report.lists import (
    finished_part,
    largest_budgets_part,
    largest_deviations_part,
    most_reduced_part,
    over_total_part,
)
from tracker.report.pictures import pictures_part
from tracker.report.plans import contracts_part, milestones_part, risks_part
from tracker.report.statement import statement_part
from tracker.report.status import status_part
from tracker.report.summary import summary_part

BUILDERS: tuple[Callable[[Basis], Part | None], ...] = (
    summary_part,
    pictures_part,
    status_part,
    lights_part,
    largest_budgets_part,
    most_reduced_part,
    largest_deviations_part,
    forecasts_part,
    accuracy_part,
    finished_part,
    over_total_part,
    milestones_part,
    risks_part,
    contracts_part,
    areas_part,
    decided_changes_part,
    proposed_changes_part,
    statement_part,
    control_part,
)


def build_report(portfolio: Portfolio, period: Period) -> Report:
    """Build the whole report of a period, amounts in kroner.

    Raises Refusal when a limit that the portfolio sets isn't a number.
    """
    basis = basis_of(portfolio, period)
    parts = (builder(basis) for builder in BUILDERS)
    return Report(
        owner=portfolio.municipality,
        is_example=portfolio.is_example,
        title=message("Investeringsprosjekter – {period}", period=period),
        period=period,
        parts=tuple(part for part in parts if part is not None),
    )
