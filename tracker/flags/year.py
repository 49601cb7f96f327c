"""Rules on the year's money: budget against actual.

Must not know the total budget. Source: kommuneloven § 14-7, essential deviations are to be explained.
"""

from __future__ import annotations

from tracker.flags.flag import Case, Finding, Limits, Rule, Severity
from tracker.messages import message

_PERCENT = 100


def look_for_overspend(case: Case) -> Finding | None:
    """Find more spent than the year's revised budget allows."""
    figures = case.figures
    if figures.revised_budget == 0 or not _is_worth_a_word(figures.deviation, figures.revised_budget, case.limits):
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
    """Find much less spent than the year's revised budget."""
    figures = case.figures
    if figures.actual == 0 or figures.deviation <= 0:
        return None
    if not _is_worth_a_word(figures.deviation, figures.revised_budget, case.limits):
        return None
    return Finding(
        severity=Severity.WARNING if figures.deviation >= case.limits.large_kroner else Severity.NOTE,
        message=message(
            "Årets regnskap er {under:tkr} under revidert budsjett på {revised:tkr}.",
            under=figures.deviation,
            revised=figures.revised_budget,
        ),
        figures=_year(case),
    )


def look_for_budget_without_spending(case: Case) -> Finding | None:
    """Find a year's budget of which nothing was spent."""
    figures = case.figures
    if figures.revised_budget <= 0 or figures.actual != 0:
        return None
    return Finding(
        severity=Severity.WARNING,
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


def _is_worth_a_word(deviation: int, budget: int, limits: Limits) -> bool:
    size = abs(deviation)
    if size >= limits.large_kroner:
        return True
    return size >= max(limits.year_kroner, 1) and size * _PERCENT >= abs(budget) * limits.year_percent


def _overspend_severity(deviation: int, limits: Limits) -> Severity:
    return Severity.CRITICAL if -deviation >= limits.large_kroner else Severity.WARNING


def _year(case: Case) -> dict[str, int | str | None]:
    figures = case.figures
    return {
        "revised_budget": figures.revised_budget,
        "actual": figures.actual,
        "deviation": figures.deviation,
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
        id="negative-figures",
        title=message("Negative tall"),
        remedy=message("Kontroller fortegnet, og forklar korreksjonen i statusteksten."),
        look=look_for_negative_figures,
    ),
)
