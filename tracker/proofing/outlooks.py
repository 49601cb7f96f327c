"""Rules on forecasts: what a text says the year or the project will end at, against the forecasts.

Must not read the text: `tracker.reading` has. Amounts are whole kroner.
"""

from __future__ import annotations

from collections.abc import Iterator

from tracker.messages import message
from tracker.proofing.amounts import CORRECT_IT, UNSURE, agrees, amounts_about, found_in, is_changed, said_against
from tracker.proofing.rule import Facts, TextFinding, TextRule
from tracker.reading.abouts import About
from tracker.reading.meanings import Meaning
from tracker.reading.read import Reading


def look_for_year_forecast(reading: Reading, facts: Facts) -> Iterator[TextFinding]:
    """Find an amount that the year is said to end at and that isn't the forecast."""
    if facts.year_end_forecast is None:
        return
    for clause, amount, what, head in amounts_about(
        reading, facts, About.YEAR_FORECAST, About.FORECAST, About.YEAR_ACTUAL
    ):
        if head.meaning is not Meaning.FORECAST and not (
            clause.is_future and head.meaning in {Meaning.SPENT, Meaning.ACTUAL}
        ):
            continue
        if clause.has_before(amount.start, Meaning.EARLIER, Meaning.DOUBT) or is_changed(clause, amount):
            continue
        known: dict[str, int | None] = {"year_end_forecast": facts.year_end_forecast}
        if what is About.FORECAST:
            known["final_cost_forecast"] = facts.final_cost_forecast
        if agrees(amount, known.values()):
            continue
        yield found_in(
            clause,
            amount,
            known,
            message(
                "Teksten sier «{quote}», men årets prognose er {figure:tkr}.",
                **said_against(clause, amount, facts.year_end_forecast),
            ),
        )


def look_for_final_forecast(reading: Reading, facts: Facts) -> Iterator[TextFinding]:
    """Find an amount that is said to be the final cost and isn't the forecast."""
    figure = facts.final_cost_forecast
    if figure is None:
        return
    for clause, amount, _, head in amounts_about(reading, facts, About.FINAL_FORECAST, About.SPENT, About.TOTAL_SPENT):
        is_spent = head.meaning in {Meaning.SPENT, Meaning.ACTUAL}
        if is_spent and not (head.text.startswith("kost") and clause.is_future):
            continue
        if clause.has_before(amount.start, *UNSURE) or agrees(amount, [figure]) or is_changed(clause, amount):
            continue
        yield found_in(
            clause,
            amount,
            {"final_cost_forecast": figure},
            message(
                "Teksten sier «{quote}», men sluttprognosen er {figure:tkr}.", **said_against(clause, amount, figure)
            ),
        )


RULES = (
    TextRule(
        id="text-year-forecast",
        title=message("Beløp for årets prognose"),
        compares=message("Det året ventes å ende på i teksten mot årsprognosen."),
        remedy=CORRECT_IT,
        look=look_for_year_forecast,
    ),
    TextRule(
        id="text-final-forecast",
        title=message("Beløp for sluttprognosen"),
        compares=message("Sluttkostnad i teksten mot sluttprognosen."),
        remedy=CORRECT_IT,
        look=look_for_final_forecast,
    ),
)
