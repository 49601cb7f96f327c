"""Rules on spending: what a text says was spent in all or this year, against the figures.

Must not read the text: `tracker.reading` has. Amounts are whole kroner.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from tracker.messages import message
from tracker.proofing.amounts import CORRECT_IT, agrees, amounts_about, found_in, is_of_operations, said_against
from tracker.proofing.rule import Facts, TextFinding, TextRule, finding
from tracker.proofing.scope import speaks_of_part
from tracker.proofing.subjects import is_whole
from tracker.reading.abouts import About
from tracker.reading.amounts import Amount
from tracker.reading.clauses import Clause
from tracker.reading.meanings import Meaning
from tracker.reading.read import Reading
from tracker.reading.words import Word

_BESIDE = re.compile(r"(?:i tillegg|dessuten|videre|vidare|i tillegg til dette)\b", re.IGNORECASE)
_COUNTS_ALL = (
    "utgiftsfør",
    "ført",
    "belast",
    "utgiftene",
    "kostnadane",
    "kostnadene",
    "investert",
    "utbetalt",
    "påløp",
    "påkom",
    "forbruk",
    "regnskap",
    "rekneskap",
    "oppløp",
    "bokfør",
    "totalforbruk",
    "medgå",
    "gått",
    "gjekk",
)


def look_for_total_spent(reading: Reading, facts: Facts) -> Iterator[TextFinding]:
    """Find an amount that is said to be spent in all and isn't."""
    if facts.is_programme or facts.total_spent is None:
        return
    for clause, amount, what, head in amounts_about(reading, facts, About.TOTAL_SPENT, About.SPENT):
        is_all = what is About.TOTAL_SPENT
        if not is_all and clause.has(Meaning.YEAR_FRAME):
            continue  # «brukt 4 mill. av årets budsjett» is of the year
        known = {"total_spent": facts.total_spent}
        if not is_all:
            known["actual"] = facts.actual
        if _is_planned(clause, amount) or _is_of_another_day(clause, facts) or agrees(amount, known.values()):
            continue
        if not is_all and amount.high < max(known.values()) and not _counts_all(clause, head, facts):
            continue
        yield found_in(
            clause,
            amount,
            known,
            message(
                "Teksten sier «{quote}», men påløpt totalt er {figure:tkr}.",
                **said_against(clause, amount, facts.total_spent),
            ),
        )


def look_for_year_actual(reading: Reading, facts: Facts) -> Iterator[TextFinding]:
    """Find an amount that is said to be spent this year and isn't, or is more than all that was spent."""
    wanted = [About.YEAR_ACTUAL, About.BOUGHT, About.SPENT]
    if facts.is_programme:
        wanted.append(About.TOTAL_SPENT)
    for clause, amount, what, head in amounts_about(reading, facts, *wanted):
        if what is About.SPENT and not facts.is_programme and not clause.has(Meaning.YEAR_FRAME):
            continue
        if _is_planned(clause, amount) or _is_of_another_day(clause, facts) or agrees(amount, [facts.actual]):
            continue
        if amount.high < facts.actual and (head.meaning is Meaning.OTHER_MONEY or not _counts_all(clause, head, facts)):
            continue
        if head.meaning is Meaning.OTHER_MONEY and facts.actual >= amount.low:
            continue
        if not clause.times and not clause.has(Meaning.THIS_YEAR) and agrees(amount, [facts.total_spent]):
            continue  # the year is the clause before's, and the amount is of all years
        yield found_in(
            clause,
            amount,
            {"actual": facts.actual},
            message(
                "Teksten sier «{quote}», men årets regnskap er {figure:tkr}.",
                **said_against(clause, amount, facts.actual),
            ),
        )


def look_for_parts(reading: Reading, facts: Facts) -> Iterator[TextFinding]:
    """Find two amounts that were spent beside each other, and come to more than all that was spent."""
    limit = max(facts.actual, 0 if facts.is_programme else facts.total_spent or 0)
    told = [
        (clause, amount)
        for clause, amount, what, _ in reading.figures
        if what in {About.SPENT, About.YEAR_ACTUAL, About.TOTAL_SPENT} and not _is_planned(clause, amount)
    ]
    for (_, first), (clause, second) in pairwise(told):
        together = first.low + second.low
        if not _BESIDE.match(clause.sentence) or together <= limit or max(first.low, second.low) > limit:
            continue
        if speaks_of_part(clause, facts) or is_of_operations(clause):
            continue
        yield finding(
            clause,
            second.start,
            second.end,
            message(
                "Beløpene i teksten er til sammen {together:tkr}, men regnskapet er {figure:tkr}.",
                together=round(first.value + second.value),
                figure=limit,
            ),
            figures={"actual": limit, "said": round(first.value + second.value)},
        )


def _is_planned(clause: Clause, amount: Amount) -> bool:
    return clause.has(Meaning.PROPOSED, Meaning.NOT, Meaning.FUTURE, Meaning.EARLIER) or clause.has_before(
        amount.start, Meaning.DOUBT
    )


def _is_of_another_day(clause: Clause, facts: Facts) -> bool:
    """Whether it was spent up to another day than the period's last: «per april» in the year's report."""
    ends = facts.period.ends
    # A day without a year may have been guessed to be the next one's.
    days = (ends, ends.replace(year=ends.year + 1))
    return any(
        clause.is_point(time) and not any(time.first <= day <= time.last for day in days[: 1 + time.guessed])
        for time in clause.times
    )


def _counts_all(clause: Clause, head: Word, facts: Facts) -> bool:
    """Whether spending is said of all: «påløpt», «forbruket», the accounts; not «kjøpt for», «brukt på»."""
    if _goes_to_thing(clause, head, facts):
        return False
    counts = clause.has(Meaning.IN_ALL, Meaning.SO_FAR) or head.text.startswith(_COUNTS_ALL)
    # «Per april er det brukt …»
    is_up_to_now = any(clause.is_point(time) for time in clause.times)
    return counts or is_up_to_now or any(is_whole(word, facts) for word in clause.words)


def _goes_to_thing(clause: Clause, head: Word, facts: Facts) -> bool:
    """Whether money is said to have gone to a thing: a contract, an event, stands with it."""
    if any(
        word.meaning in {Meaning.OTHER_MONEY, Meaning.EVENT} and not is_whole(word, facts)
        for word in clause.words
        if word is not head
    ):
        return True
    return any(
        one.text in {"disse", "desse", "denne"} and not is_whole(word, facts)
        for one, word in zip(clause.words, clause.words[1:], strict=False)
    )


RULES = (
    TextRule(
        id="text-parts",
        title=message("Beløp som til sammen er mer enn regnskapet"),
        compares=message("To beløp som teksten sier er brukt, lagt sammen, mot regnskapet."),
        remedy=CORRECT_IT,
        look=look_for_parts,
    ),
    TextRule(
        id="text-total-spent",
        title=message("Beløp for påløpt totalt"),
        compares=message("Forbruk i alt i teksten mot påløpt totalt."),
        remedy=CORRECT_IT,
        look=look_for_total_spent,
    ),
    TextRule(
        id="text-year-actual",
        title=message("Beløp for årets forbruk"),
        compares=message("Årets forbruk i teksten mot regnskapet."),
        remedy=CORRECT_IT,
        look=look_for_year_actual,
    ),
)
