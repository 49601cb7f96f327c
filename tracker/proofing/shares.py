"""The rule on shares: per cent and fractions of a budget that are said to be spent, against the figures.

Must not read the text: `tracker.reading` has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from tracker.messages import message
from tracker.proofing.amounts import CORRECT_IT
from tracker.proofing.rule import Facts, TextFinding, TextRule, finding
from tracker.proofing.scope import names_part, speaks_of_part
from tracker.reading.amounts import Amount
from tracker.reading.clauses import Clause
from tracker.reading.meanings import FRAMES, Meaning
from tracker.reading.read import Reading

_OF = re.compile(r"\s*av\s+(?:de|dei|årets|totalrammen på|rammen på|ramma på|totalramma på)?\s*", re.IGNORECASE)
_OF_WORD = re.compile(r"\s*av\s", re.IGNORECASE)
_PAYING = ("dekk", "finansier", "betal", "refunder", "øk", "auk", "red", "kutt")
_SPARE = 0.5


def look_for_share(reading: Reading, facts: Facts) -> Iterator[TextFinding]:
    """Find a share of a budget that isn't what the figures give."""
    rates = _rates(facts)
    for clause in reading.clauses if rates else ():
        shares = [one for one in clause.amounts if one.is_share and not _is_compared(clause, one)]
        is_to_come = clause.is_future or clause.has(Meaning.FORECAST)
        if not shares or clause.is_doubted or (is_to_come and not _whole_of(clause, shares[0])):
            continue
        if (
            not _is_rate(clause, shares[0])
            and not _is_of_frame(clause, shares[0])
            and not (clause.has(Meaning.SPENT) and _whole_of(clause, shares[0]))
        ):
            continue
        if speaks_of_part(clause, facts) or names_part(clause, facts):
            continue
        for share in shares:
            own = _rates_meant(clause, facts, rates, share)
            if own and not any(share.low - _SPARE <= rate <= share.high + _SPARE for rate in own.values()):
                yield finding(
                    clause,
                    share.start,
                    share.end,
                    message(
                        "Teksten sier «{quote}», men tallene gir {rate:pct}.",
                        quote=clause.quote(clause.body.start, clause.body.end),
                        rate=next(iter(own.values())) / 100,
                    ),
                    figures={name: round(value) for name, value in own.items()},
                )


def _is_compared(clause: Clause, share: Amount) -> bool:
    """Whether a share is how much more or less: «en tredel mer enn»."""
    return (
        clause.sentence[share.end :]
        .lstrip()
        .casefold()
        .startswith(("mer", "meir", "mindre", "over", "under", "høy", "høg", "lav", "låg"))
    )


def _rates(facts: Facts) -> dict[str, float]:
    rates: dict[str, float] = {}
    if facts.revised_budget > 0:
        rates["completion_rate"] = 100 * facts.actual / facts.revised_budget
    if facts.total_budget and facts.total_spent is not None:
        rates["spent_rate"] = 100 * facts.total_spent / facts.total_budget
    return rates


def _rates_meant(clause: Clause, facts: Facts, rates: Mapping[str, float], share: Amount) -> dict[str, float]:
    whole = _whole_of(clause, share)
    if whole is not None:
        # «Halvparten av de 142 millionene»: the amount says which budget.
        budgets = {"completion_rate": facts.revised_budget, "spent_rate": facts.total_budget}
        return {name: rate for name, rate in rates.items() if whole.agrees(budgets[name] or 0)}
    years = clause.years(facts.period.year)
    if years and facts.period.year not in years:
        return {}
    is_year = bool(years) or clause.has(Meaning.YEAR_FRAME)
    frame = clause.first(Meaning.FRAME)
    is_total = clause.has(Meaning.TOTAL_FRAME) or (frame is not None and frame.text.startswith("ramm"))
    is_total = is_total and not is_year and not facts.is_programme
    wanted = {"spent_rate"} if is_total else {"completion_rate"} if is_year else set(rates)
    left = clause.has(Meaning.UNDERSPEND, Meaning.LEFT) and not clause.has(Meaning.SPENT, Meaning.ACTUAL)
    return {name: 100 - rate if left else rate for name, rate in rates.items() if name in wanted}


def _is_of_frame(clause: Clause, share: Amount) -> bool:
    """Whether a share is of a frame, and nobody pays it: «passert to tredeler av totalrammen»."""
    if clause.has(Meaning.OTHER_MONEY, Meaning.OTHERS) or any(word.text.startswith(_PAYING) for word in clause.words):
        return False
    after = next((word for word in clause.words if word.start >= share.end and word.text != "av"), None)
    return after is not None and after.meaning in FRAMES and _OF_WORD.match(clause.sentence, share.end) is not None


def _whole_of(clause: Clause, share: Amount) -> Amount | None:
    """Return the amount that a share is of, where it is named."""
    after = [one for one in clause.amounts if not one.is_share and one.start >= share.end]
    return after[0] if after and _OF.fullmatch(clause.sentence, share.end, after[0].start) else None


def _is_rate(clause: Clause, share: Amount) -> bool:
    if clause.has_before(share.start, Meaning.OTHER_MONEY) or clause.has(Meaning.OTHERS):
        return False
    if clause.has(Meaning.RATE):
        return not any(word.text.startswith(("ferdigstillelsesgrad", "ferdiggrad")) for word in clause.words)
    frames = clause.has(Meaning.FRAME, Meaning.TOTAL_FRAME, Meaning.YEAR_FRAME)
    return frames and clause.has(Meaning.SPENT, Meaning.ACTUAL, Meaning.UNDERSPEND, Meaning.LEFT)


RULES = (
    TextRule(
        id="text-percent",
        title=message("Andel av budsjettet"),
        compares=message("Prosent brukt eller gjennomføringsgrad i teksten mot regnskap delt på budsjett."),
        remedy=CORRECT_IT,
        look=look_for_share,
    ),
)
