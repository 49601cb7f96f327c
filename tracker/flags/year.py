"""Rules on the year's money: budget against actual, in a tertial against what the year is expected to end at.

Must not know the total budget. Source: kommuneloven § 14-7, essential deviations are to be explained.
"""

from __future__ import annotations

from tracker.flags.flag import Case, Finding, Limits, Rule, Severity
from tracker.messages import message
from tracker.periods import Part


def look_for_overspend(case: Case) -> Finding | None:
    """Find more spent, or in a tertial expected to be, than the year's revised budget allows."""
    figures = case.figures
    if case.period.part is not Part.YEAR:
        return _look_for_expected_overspend(case)
    if figures.revised_budget == 0 or not case.limits.is_essential(figures.deviation, figures.revised_budget):
        return None
    if figures.deviation > 0:
        return None
    return Finding(
        severity=_overspend_severity(figures.deviation, case.limits),
        message=message(
            "Årets regnskap er {over:tkr} over revidert budsjett på {revised:tkr}.",
            over=-figures.deviation,
            revised=figures.revised_budget,
        ),
        figures=_year(case),
    )


def look_for_underspend(case: Case) -> Finding | None:
    """Find much less spent, or in a tertial expected to be, than the year's revised budget."""
    figures = case.figures
    if case.period.part is not Part.YEAR:
        return _look_for_expected_underspend(case)
    if figures.actual == 0 or figures.deviation <= 0:
        return None
    if not case.limits.is_essential(figures.deviation, figures.revised_budget):
        return None
    return Finding(
        severity=_underspend_severity(figures.deviation, case.limits),
        message=message(
            "Årets regnskap er {under:tkr} under revidert budsjett på {revised:tkr}.",
            under=figures.deviation,
            revised=figures.revised_budget,
        ),
        figures=_year(case),
    )


def look_for_budget_without_spending(case: Case) -> Finding | None:
    """Find a year's budget of which nothing was spent; before year's end that is worth no more than a note."""
    figures = case.figures
    if figures.revised_budget <= 0 or figures.actual != 0:
        return None
    return Finding(
        severity=Severity.WARNING if case.period.part is Part.YEAR else Severity.NOTE,
        message=message("Ingenting er brukt av årets budsjett på {revised:tkr}.", revised=figures.revised_budget),
        figures=_year(case),
    )


def look_for_spending_without_budget(case: Case) -> Finding | None:
    """Find spending in a year without a budget."""
    figures = case.figures
    if figures.revised_budget != 0 or figures.actual <= 0:
        return None
    return Finding(
        severity=_overspend_severity(figures.deviation, case.limits),
        message=message("Det er brukt {actual:tkr} uten at prosjektet har budsjett i år.", actual=figures.actual),
        figures=_year(case),
    )


def look_for_negative_figures(case: Case) -> Finding | None:
    """Find a negative budget or actual: a correction, or a sign that went wrong on the way."""
    figures = case.figures
    if figures.revised_budget >= 0 and figures.actual >= 0:
        return None
    return Finding(
        severity=Severity.NOTE,
        message=message(
            "Årets tall er negative: revidert budsjett {revised:tkr}, regnskap {actual:tkr}.",
            revised=figures.revised_budget,
            actual=figures.actual,
        ),
        figures=_year(case),
    )


def look_for_missing_forecast(case: Case) -> Finding | None:
    """Find a project with money in the year that nobody has said what the year will end at, before it has ended."""
    figures = case.figures
    if case.period.part is Part.YEAR or figures.expected is not None:
        return None
    if figures.revised_budget == 0 and figures.actual == 0:
        return None
    return Finding(
        severity=Severity.NOTE,
        message=message("Prognosen for året er ikke oppgitt, så årets avvik kan ikke vurderes."),
        figures=_year(case),
    )


def _look_for_expected_overspend(case: Case) -> Finding | None:
    """Find what is spent already or expected to be, whichever is more, above the revised budget."""
    figures = case.figures
    if figures.revised_budget == 0 and figures.actual > 0:
        return None  # that is spending without a budget
    expected = figures.deviation_at(case.period.part)
    is_spent = expected is None or figures.deviation < expected
    deviation = figures.deviation if expected is None else min(figures.deviation, expected)
    if deviation >= 0 or not case.limits.is_essential(deviation, figures.revised_budget):
        return None
    told = (
        message(
            "Årets regnskap er allerede {over:tkr} over revidert budsjett på {revised:tkr}.",
            over=-deviation,
            revised=figures.revised_budget,
        )
        if is_spent
        else message(
            "Prognosen for året er {over:tkr} over revidert budsjett på {revised:tkr}.",
            over=-deviation,
            revised=figures.revised_budget,
        )
    )
    return Finding(severity=_overspend_severity(deviation, case.limits), message=told, figures=_year(case))


def _look_for_expected_underspend(case: Case) -> Finding | None:
    figures = case.figures
    deviation = figures.deviation_at(case.period.part)
    if deviation is None or deviation <= 0 or not case.limits.is_essential(deviation, figures.revised_budget):
        return None
    return Finding(
        severity=_underspend_severity(deviation, case.limits),
        message=message(
            "Prognosen for året er {under:tkr} under revidert budsjett på {revised:tkr}.",
            under=deviation,
            revised=figures.revised_budget,
        ),
        figures=_year(case),
    )


def _overspend_severity(deviation: int, limits: Limits) -> Severity:
    return Severity.CRITICAL if -deviation >= limits.large_kroner else Severity.WARNING


def _underspend_severity(deviation: int, limits: Limits) -> Severity:
    return Severity.WARNING if deviation >= limits.large_kroner else Severity.NOTE


def _year(case: Case) -> dict[str, int | str | None]:
    figures = case.figures
    found = {
        "revised_budget": figures.revised_budget,
        "actual": figures.actual,
        "deviation": figures.deviation,
    }
    if case.period.part is Part.YEAR:
        return {**found}
    return {
        **found,
        "year_end_forecast": figures.expected,
        "expected_deviation": figures.deviation_at(case.period.part),
    }


RULES = (
    Rule(
        id="year-overspend",
        title=message("Merforbruk i år"),
        remedy=message(
            "Forklar årsaken, og foreslå dekning: flytt midler mellom år, omdisponer eller søk tilleggsbevilgning."
        ),
        look=look_for_overspend,
    ),
    Rule(
        id="year-underspend",
        title=message("Mindreforbruk i år"),
        remedy=message(
            "Forklar om avviket er periodisering eller besparelse, og foreslå overføring til neste år eller nedtrekk."
        ),
        look=look_for_underspend,
    ),
    Rule(
        id="budget-without-spending",
        title=message("Budsjett uten forbruk"),
        remedy=message("Avklar om prosjektet er utsatt, og foreslå å flytte budsjettet til året det skal brukes."),
        look=look_for_budget_without_spending,
    ),
    Rule(
        id="spending-without-budget",
        title=message("Forbruk uten budsjett"),
        remedy=message("Foreslå budsjettmidler eller flytt utgiften til prosjektet den hører til."),
        look=look_for_spending_without_budget,
    ),
    Rule(
        id="forecast-missing",
        title=message("Prognose mangler"),
        remedy=message("Oppgi hva året ventes å ende på, i tusen kroner."),
        look=look_for_missing_forecast,
    ),
    Rule(
        id="negative-figures",
        title=message("Negative tall"),
        remedy=message("Kontroller fortegnet, og forklar korreksjonen i statusteksten."),
        look=look_for_negative_figures,
    ),
)
