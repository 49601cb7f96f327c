"""Which of a project's deviations a clause can be about: the year's, what is left of all, what the forecasts give.

Must not judge: the rules do. Amounts are whole kroner; above zero something is left.
"""

from __future__ import annotations

import re

from tracker.periods import Part
from tracker.proofing.rule import Facts
from tracker.reading.abouts import About
from tracker.reading.clauses import Clause
from tracker.reading.meanings import FRAMES, Meaning
from tracker.reading.words import Word

ROUNDING = 1_000
_SMALL = 0.005
_AT_THE_END = re.compile(
    r"prosjektslutt|avslutt|(?:ved|etter) sluttoppgj|til slutt|ved slutt|\btotalt\b|\bsamlet\b|\bsamla\b"
    r"|for (?:hele|heile) prosjektet",
    re.IGNORECASE,
)


def tolerance(facts: Facts) -> int:
    """Return how far over the budget still is within it: what rounding makes, or half a per cent."""
    return max(ROUNDING, round(_SMALL * max(facts.revised_budget, 0)))


def known_left(clause: Clause, facts: Facts) -> dict[str, int]:
    """Return what can be left: of the year's budget, of the total budget."""
    years = clause.years(facts.period.year)
    if years and facts.period.year not in years:
        return {}
    year = {"left_of_year": facts.left_of_year}
    if clause.is_future and facts.period.part is not Part.YEAR:
        year = {} if facts.year_deviation is None else {"deviation": facts.year_deviation}
    total = {} if facts.left_of_total is None else {"left_of_total": facts.left_of_total}
    if clause.has(Meaning.YEAR_FRAME) or years or facts.is_programme:
        return year
    if clause.has(Meaning.TOTAL_FRAME, Meaning.IN_ALL):
        return total
    return {**total, **year, **known_deviations(clause, facts)}


def known_deviations(clause: Clause, facts: Facts, word: Word | None = None, *, judged: bool = False) -> dict[str, int]:
    """Return the deviations that a clause can be about, the likeliest first; none when nobody can know yet."""
    years = clause.years(facts.period.year)
    place = clause.body.end if word is None else word.start
    of_total = clause.has_before(place, Meaning.TOTAL_FRAME)
    of_end = of_total or clause.has(Meaning.CLOSE) or _AT_THE_END.search(clause.said) is not None
    of_year = clause.has(Meaning.YEAR_FRAME, Meaning.THIS_YEAR) or (facts.period.year in years and not of_end)
    year = {} if facts.year_deviation is None else {"deviation": facts.year_deviation}
    if facts.is_programme or (of_year and not of_total):
        return year
    end: dict[str, int] = {}
    if facts.final_deviation is not None:
        end["final_deviation"] = facts.final_deviation
    elif facts.left_of_total is not None and (facts.is_finished or facts.left_of_total < 0):
        end["left_of_total"] = facts.left_of_total
    if of_end:
        return end
    if judged:
        return end or ({} if facts.total_budget is not None else year)
    if word is not None and clause.has_before(word.start, Meaning.FUTURE) and facts.period.part is Part.YEAR:
        return end
    if facts.left_of_total is not None and not end:
        return {**year, "left_of_total": facts.left_of_total} if year else {}
    return {**year, **end}


def unscoped(clause: Clause, facts: Facts) -> list[int]:
    """Return every deviation that an amount may be, where the clause doesn't say which."""
    if clause.has(*FRAMES, Meaning.IN_ALL, Meaning.THIS_YEAR, Meaning.CLOSE) or _AT_THE_END.search(clause.said):
        return []
    return [
        figure
        for figure in (facts.year_deviation, facts.left_of_total, facts.final_deviation, facts.left_of_year)
        if figure is not None
    ]


def has_sign(what: About, figure: int) -> bool:
    """Whether a deviation goes the way that is said: below zero for what is over; «avvik» goes either way."""
    if what is About.OVERSPEND:
        return figure < 0
    return figure > 0 if what is About.UNDERSPEND else True
