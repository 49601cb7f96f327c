"""What an amount in a clause is said to be: the total budget, this year's spending, what is left, or none of those.

Must not know any figure.
"""

from __future__ import annotations

import re
from enum import Enum, auto

from tracker.reading.amounts import Amount
from tracker.reading.clauses import Clause
from tracker.reading.heads import head_of, is_price
from tracker.reading.meanings import DIFFERENCES, FRAMES, MONEY, Meaning
from tracker.reading.words import Word

_M = Meaning
_OF_THE_YEAR = re.compile(
    r"\b(?:årets|inneværende års|inneverande års)\s+(?:ca\.?|om lag)?\s*(?:kr\.?)?\s*$", re.IGNORECASE
)
_OF_THAT = re.compile(
    r"\W*(?:og |men )?(?:av (?:dette|disse|desse|det|denne)|herav|derav|hvorav|korav|dette inkluderer)\b", re.IGNORECASE
)
_OF = re.compile(
    r"\.?\s*(?:brukt|brukte|nytta|forbruk)?\s*(?:av|mot)\s*(?:totalt|i alt|ca\.?|om lag|vedtatte|kr\.?)?\s*"
)
_WHOLE_OF = re.compile(
    r"(?:^|(?<!kant)(?<!sett)(?<!satt)(?<!sette)\W)av\s+(?:de|dei|disse|desse|totalt|i alt)?\s*(?:ca\.?|om lag)?\s*$",
    re.IGNORECASE,
)
_TO_DO = re.compile(r"\.?\s*(?:kroner|kr\.?)?\s*å\s")
_OF_YEAR_AFTER = re.compile(r"\s(?:for|i)\s", re.IGNORECASE)
_PLAN_YEARS = 3
_NEAR = 24
_FRAMES_IN_WORDS = ("budsjett", "ramm", "bevilg", "løyv")
_OF_YEAR = ("årsprog", "året", "prognosen for året", "prognose ved årets slutt")
_PERIODISED = ("periodisering", "netto", "mva")


class About(Enum):
    """What an amount is said to be."""

    TOTAL_BUDGET = auto()
    TOTAL_SPENT = auto()
    YEAR_BUDGET = auto()
    YEAR_ACTUAL = auto()
    YEAR_FORECAST = auto()
    FINAL_FORECAST = auto()
    BUDGET = auto()
    SPENT = auto()
    BOUGHT = auto()
    FORECAST = auto()
    OVERSPEND = auto()
    UNDERSPEND = auto()
    LEFT = auto()
    DEVIATION = auto()


def about(clause: Clause, amount: Amount, this_year: int) -> tuple[About, Word] | None:
    """Return what an amount is about, and the word that says so; None when it belongs to no figure."""
    if clause.has(_M.OTHERS) or _OF_THAT.match(clause.said):
        return None
    if _WHOLE_OF.search(clause.sentence, max(clause.body.start, amount.start - _NEAR), amount.start):
        # «Av 47 mill. er 3,9 brukt», «15,9 brukt av 19,6 mill.»: the whole is some budget.
        first = clause.first(_M.SPENT, _M.ACTUAL, *FRAMES)
        return None if first is None else (About.BUDGET, first)
    return _as_whole(clause, amount, this_year) or _of_head(clause, amount, this_year) or _of_means(clause, amount)


def _as_whole(clause: Clause, amount: Amount, this_year: int) -> tuple[About, Word] | None:
    """Return what an amount is that something else is a share of: «33,3 mill. av 41 mill.», «årets 5,3 mill.»."""
    own = _of_the_year(clause, amount)
    if own is not None:
        return About.YEAR_BUDGET, own
    share = _of_another(clause, amount)
    found = None if share is None else about(clause, share, this_year)
    if found is None:
        return None
    return About.YEAR_BUDGET if found[0] is About.YEAR_ACTUAL else About.BUDGET, found[1]


def _of_means(clause: Clause, amount: Amount) -> tuple[About, Word] | None:
    """Return what an amount without a money word is: «Vi har 68 mill. å bygge for», «… den er økt til 182 mill.»."""
    before = [word for word in clause.words if word.end <= amount.start]
    if not before or clause.has(*MONEY):
        return None
    if before[-1].meaning is _M.HAS and _TO_DO.match(clause.sentence, amount.end):
        return About.BUDGET, before[-1]
    raised = clause.first(_M.RAISED)
    if raised is None or clause.before is None or clause.sentence[: amount.start].split()[-1:] != ["til"]:
        return None
    return (About.TOTAL_BUDGET, raised) if clause.before.has(_M.FRAME, _M.TOTAL_FRAME) else None


def _of_head(clause: Clause, amount: Amount, this_year: int) -> tuple[About, Word] | None:
    """Return what an amount is by the word that it belongs to, and the year that it is of."""
    head = head_of(clause, amount)
    if head is None or _is_no_figure(clause, amount, head):
        return None
    years = clause.years(this_year, amount)
    if head.meaning in DIFFERENCES | {_M.LEFT}:
        # A later year is where it is moved to, or covered from.
        years = {year for year in years if year <= this_year}
    is_year = this_year in years
    if head.meaning is _M.OTHER_MONEY:
        bought = is_year and head.text in {"kjøpt", "kjøp", "innkjøpt"} and is_price(clause, amount)
        return (About.BOUGHT, head) if bought else None
    if years and not is_year and not _is_of_whole(clause, head):
        return None
    found = _scoped(clause, amount, head, is_year=is_year)
    return None if found is None else (found, head)


def _is_no_figure(clause: Clause, amount: Amount, head: Word) -> bool:
    if head.meaning is _M.RATE or head.text.startswith(_PERIODISED):
        return True
    if head.meaning in DIFFERENCES and head.end <= amount.start and any(word in head.text for word in _FRAMES_IN_WORDS):
        # «1,4 mill. over budsjettet på 15,8 mill.»
        return True
    if head.meaning is _M.LEFT and min(abs(amount.start - head.end), abs(head.start - amount.end)) > _NEAR:
        return True
    return head.meaning is not _M.OTHER_MONEY and is_price(clause, amount) and not _is_set_to(clause, head, amount)


def _of_the_year(clause: Clause, amount: Amount) -> Word | None:
    if _OF_THE_YEAR.search(clause.sentence, clause.body.start, amount.start) is None:
        return None
    return next((word for word in reversed(clause.words) if word.end <= amount.start), None)


def _of_another(clause: Clause, amount: Amount) -> Amount | None:
    """Return the amount that this one is the whole of: «33,3 mill. av 41 mill.», «mot 41 mill. i budsjettet»."""
    before = [one for one in clause.amounts if one.end <= amount.start and not one.is_share]
    if not before:
        return None
    gap = clause.sentence[before[-1].end : amount.start].casefold()
    return before[-1] if _OF.fullmatch(gap) else None


def _is_set_to(clause: Clause, head: Word, amount: Amount) -> bool:
    """Whether «til» or «for» leads to what a frame was set to, or to what was spent in all: no price of a thing."""
    if head.end > amount.start:
        return False
    if head.meaning in FRAMES | {_M.FORECAST, _M.FINAL_FORECAST}:
        return True
    gap = clause.sentence[head.end : amount.start].split()
    return head.meaning in {_M.ACTUAL, _M.SPENT, *DIFFERENCES, _M.LEFT} and len(gap) <= 3  # noqa: PLR2004


def _is_of_whole(clause: Clause, head: Word) -> bool:
    """Whether a figure is the whole project's, whatever years the clause names."""
    if head.meaning in {_M.TOTAL_FRAME, _M.FINAL_FORECAST} or head.text.startswith(_OF_YEAR):
        return True
    spans = any(time.last.year - time.first.year >= _PLAN_YEARS for time in clause.times)
    if spans and head.text.startswith("ramm"):
        return True
    if any(_OF_YEAR_AFTER.fullmatch(clause.sentence, head.end, time.start) for time in clause.times):
        # «Rammen for 2024 er økt til …»
        return False
    if head.meaning is _M.FRAME and clause.has(_M.RAISED):
        return head.text.startswith("ramm") or clause.has(_M.IN_ALL)
    if head.meaning in {_M.SPENT, _M.ACTUAL}:
        return clause.has(_M.IN_ALL, _M.SO_FAR) and not clause.has(_M.OTHER_YEAR)
    return spans and head.meaning is _M.FRAME and clause.has(_M.IN_ALL)


def _scoped(clause: Clause, amount: Amount, head: Word, *, is_year: bool) -> About | None:
    in_all = clause.has_at(amount, _M.IN_ALL, _M.SO_FAR) and not is_year
    match head.meaning:
        case _M.FRAME:
            is_raised = clause.has(_M.RAISED) and head.text.startswith("ramm")
            if is_year and not is_raised:
                return About.YEAR_BUDGET
            return About.TOTAL_BUDGET if in_all or head.text.startswith("ramm") else About.BUDGET
        case _M.SPENT:
            return About.YEAR_ACTUAL if is_year else About.TOTAL_SPENT if in_all else About.SPENT
        case _M.ACTUAL:
            return About.TOTAL_SPENT if in_all else About.YEAR_ACTUAL if is_year else About.SPENT
        case _M.FORECAST:
            return About.YEAR_FORECAST if is_year or head.text.startswith(_OF_YEAR) else About.FORECAST
        case _:
            return _PLAIN.get(head.meaning)


_PLAIN = {
    _M.TOTAL_FRAME: About.TOTAL_BUDGET,
    _M.YEAR_FRAME: About.YEAR_BUDGET,
    _M.FINAL_FORECAST: About.FINAL_FORECAST,
    _M.OVERSPEND: About.OVERSPEND,
    _M.UNDERSPEND: About.UNDERSPEND,
    _M.LEFT: About.LEFT,
    _M.DEVIATION: About.DEVIATION,
}
