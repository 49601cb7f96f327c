"""Rules on spending: what a text says was spent in all or this year, against the figures.

Must not read the text: `tracker.reading` has. Amounts are whole kroner.
"""

from __future__ import annotations

from collections.abc import Iterator

from tracker.messages import message
from tracker.proofing.amounts import CORRECT_IT, agrees, amounts_about, found_in, said_against
from tracker.proofing.rule import Facts, TextFinding, TextRule
from tracker.proofing.subjects import is_whole
from tracker.reading.abouts import About
from tracker.reading.amounts import Amount
from tracker.reading.clauses import Clause
from tracker.reading.meanings import Meaning
from tracker.reading.read import Reading
from tracker.reading.words import Word

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
        known = {"total_spent": facts.total_spent}
        if not is_all:
            known["actual"] = facts.actual
        if _is_planned(clause, amount) or agrees(amount, known.values()):
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
    wanted = [About.YEAR_ACTUAL, About.BOUGHT]
    if facts.is_programme:
        wanted += [About.SPENT, About.TOTAL_SPENT]
    for clause, amount, _, head in amounts_about(reading, facts, *wanted):
        if _is_planned(clause, amount) or clause.is_denied or agrees(amount, [facts.actual]):
            continue
        if amount.high < facts.actual and (head.meaning is Meaning.OTHER_MONEY or not _counts_all(clause, head, facts)):
            continue
        if head.meaning is Meaning.OTHER_MONEY and facts.actual >= amount.low:
            continue
        yield found_in(
            clause,
            amount,
            {"actual": facts.actual},
            message(
                "Teksten sier «{quote}», men årets regnskap er {figure:tkr}.",
                **said_against(clause, amount, facts.actual),
            ),
        )


def _is_planned(clause: Clause, amount: Amount) -> bool:
    return clause.has(Meaning.PROPOSED, Meaning.NOT, Meaning.FUTURE, Meaning.EARLIER) or clause.has_before(
        amount.start, Meaning.DOUBT
    )


def _counts_all(clause: Clause, head: Word, facts: Facts) -> bool:
    """Whether spending is said of all: «påløpt», «forbruket», the accounts; not «kjøpt for», «brukt på»."""
    if _goes_to_thing(clause, head, facts):
        return False
    counts = clause.has(Meaning.IN_ALL, Meaning.SO_FAR) or head.text.startswith(_COUNTS_ALL)
    return counts or any(is_whole(word, facts) for word in clause.words)


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
