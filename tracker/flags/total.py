"""Rules on the whole life of a project: total budget, total spent, final-cost forecast.

Must not know the year's budget. Running programmes have no totals, so nothing here fires on them.
"""

from __future__ import annotations

from tracker.flags.flag import Case, Finding, Rule, Severity
from tracker.messages import message
from tracker.quarters import State


def look_for_spent_over_total(case: Case) -> Finding | None:
    """Find more spent in all than was ever adopted."""
    left = case.figures.left_of_total
    if left is None or -left <= case.limits.total_kroner:
        return None
    return Finding(
        severity=Severity.CRITICAL,
        message=message(
            "Påløpt totalt {spent:tkr} er {over:tkr} mer enn vedtatt totalbudsjett på {total:tkr}.",
            spent=case.figures.total_spent,
            over=-left,
            total=case.figures.total_budget,
        ),
        figures=_totals(case),
    )


def look_for_forecast_over_total(case: Case) -> Finding | None:
    """Find a final-cost forecast above the total budget."""
    status, total = case.figures.status, case.figures.total_budget
    if status is None or status.final_cost_forecast is None or total is None:
        return None
    over = status.final_cost_forecast - total
    if over <= case.limits.total_kroner:
        return None
    return Finding(
        severity=Severity.CRITICAL,
        message=message(
            "Sluttprognosen på {forecast:tkr} er {over:tkr} mer enn vedtatt totalbudsjett på {total:tkr}.",
            forecast=status.final_cost_forecast,
            over=over,
            total=total,
        ),
        figures={**_totals(case), "final_cost_forecast": status.final_cost_forecast},
    )


def look_for_finished_with_budget_left(case: Case) -> Finding | None:
    """Find a finished project that still holds money."""
    left = case.figures.left_of_total
    if case.figures.completion is not State.FINISHED or left is None:
        return None
    if left < max(case.limits.finished_left_kroner, 1):
        return None
    return Finding(
        severity=Severity.NOTE,
        message=message(
            "Prosjektet er ferdig, men {left:tkr} av totalbudsjettet på {total:tkr} står igjen.",
            left=left,
            total=case.figures.total_budget,
        ),
        figures=_totals(case),
    )


def _totals(case: Case) -> dict[str, int | str | None]:
    return {
        "total_budget": case.figures.total_budget,
        "total_spent": case.figures.total_spent,
        "left_of_total": case.figures.left_of_total,
    }


RULES = (
    Rule(
        id="spent-over-total",
        title=message("Brukt mer enn totalbudsjettet"),
        remedy=message("Foreslå ny totalramme med finansiering, eller avslutt prosjektet og dekk merforbruket."),
        look=look_for_spent_over_total,
    ),
    Rule(
        id="forecast-over-total",
        title=message("Sluttprognose over totalbudsjettet"),
        remedy=message("Legg fram kostnadsreduserende tiltak eller forslag til ny totalramme."),
        look=look_for_forecast_over_total,
    ),
    Rule(
        id="finished-with-budget-left",
        title=message("Ferdig med midler igjen"),
        remedy=message("Avklar hva som gjenstår av oppgjør, og foreslå å trekke ned resten når prosjektet avsluttes."),
        look=look_for_finished_with_budget_left,
    ),
)
