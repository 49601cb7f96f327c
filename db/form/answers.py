"""The fields of a form as cells: what stands in them, in which format, and what can be chosen.

Must not know where they stand.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tracker.fields import PHASES
from tracker.forms.questions import Answer, Question
from tracker.messages import Refusal
from tracker.money import THOUSAND
from tracker.periods import Period
from tracker.quarters import QUARTERS, State

FORMATS: Mapping[Answer, str] = {
    # As text: what is typed stays what it is, no date and no formula is made of it.
    Answer.TEXT: "@",
    Answer.COMPLETION: "@",
    Answer.PHASE: "@",
    Answer.AMOUNT: "#,##0",
}
_YEARS = 6


def value_of(question: Question, typed: str) -> str | float | None:
    """Return what a field's cell holds: amounts as numbers, in thousands."""
    if not typed:
        return None
    if question.answer is not Answer.AMOUNT:
        return typed
    try:
        kroner: int | None = question.read(typed)
    except Refusal:  # pragma: no cover  it was written from a number
        return typed
    if kroner is None:
        return None
    return kroner // THOUSAND if kroner % THOUSAND == 0 else kroner / THOUSAND


def choices_for(period: Period) -> Mapping[Answer, Sequence[str]]:
    """Return what can be chosen: the quarters from this year on, and the phases."""
    years = range(period.year, period.year + _YEARS)
    quarters = [f"{quarter}K-{year}" for year in years for quarter in range(1, QUARTERS + 1)]
    return {
        Answer.COMPLETION: [State.FINISHED.value, State.RUNNING.value, *quarters],
        Answer.PHASE: [title.text for title in PHASES.values()],
    }
