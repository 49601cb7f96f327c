"""Rules on budgets: what a text says that the whole budget or this year's is, against the figures.

Must not read the text: `tracker.reading` has. Amounts are whole kroner.
"""

from __future__ import annotations

from collections.abc import Iterator

from tracker.messages import message
from tracker.proofing.amounts import CORRECT_IT, UNSURE, agrees, amounts_about, found_in, is_changed, said_against
from tracker.proofing.rule import Facts, TextFinding, TextRule
from tracker.proofing.subjects import has_whole_subject, is_whole
from tracker.reading.abouts import About
from tracker.reading.amounts import Amount
from tracker.reading.clauses import Clause
from tracker.reading.meanings import Meaning
from tracker.reading.read import Reading
from tracker.reading.words import Word

_SETTING_ASIDE = ("bevilg", "løyv", "avsatt", "avsett", "satt av", "sett av", "stilt", "budsjettert")
_ARTICLES = frozenset({"en", "ei", "ein", "et", "eit"})
_INDEFINITE = frozenset({"ramme", "budsjettramme", "budsjett"})


def look_for_total_budget(reading: Reading, facts: Facts) -> Iterator[TextFinding]:
    """Find an amount that is said to be the project's whole budget and isn't."""
    if facts.is_programme or facts.total_budget is None:
        return
    for clause, amount, what, head in amounts_about(reading, facts, About.TOTAL_BUDGET, About.BUDGET):
        known = {"total_budget": facts.total_budget}
        if what is About.BUDGET:
            known["revised_budget"] = facts.revised_budget
            if head.meaning is Meaning.SPENT:
                # «Av de 31 millionene som er brukt, …»
                known |= {"actual": facts.actual, "total_spent": facts.total_spent or 0}
        if _is_no_budget(clause, amount, head, facts) or agrees(amount, known.values()):
            continue
        if (
            head.text.startswith(_SETTING_ASIDE)
            and not clause.has(Meaning.IN_ALL)
            and amount.low <= max(known.values())
        ):
            # Less than all may be set aside for one thing; more than all can't be.
            continue
        yield found_in(
            clause,
            amount,
            known,
            message(
                "Teksten sier «{quote}», men vedtatt totalt er {figure:tkr}.",
                **said_against(clause, amount, facts.total_budget),
            ),
        )


def look_for_year_budget(reading: Reading, facts: Facts) -> Iterator[TextFinding]:
    """Find an amount that is said to be this year's budget and isn't."""
    wanted = [About.YEAR_BUDGET]
    if facts.is_programme:
        wanted += [About.BUDGET, About.TOTAL_BUDGET]
    for clause, amount, _, head in amounts_about(reading, facts, *wanted):
        if _is_no_budget(clause, amount, head, facts) or agrees(amount, [facts.revised_budget]):
            continue
        if (
            head.text.startswith(_SETTING_ASIDE)
            and amount.low <= facts.revised_budget
            and _is_to_thing(clause, amount, facts)
        ):
            continue
        yield found_in(
            clause,
            amount,
            {"revised_budget": facts.revised_budget},
            message(
                "Teksten sier «{quote}», men årets reviderte budsjett er {figure:tkr}.",
                **said_against(clause, amount, facts.revised_budget),
            ),
        )


def _is_no_budget(clause: Clause, amount: Amount, head: Word, facts: Facts) -> bool:
    """Whether an amount of a budget is what it was, could be, is changed by, or is that of a thing within."""
    if clause.has_before(amount.start, *UNSURE, Meaning.OTHER_YEAR, Meaning.NOT):
        return True
    if is_changed(clause, amount):
        return clause.has(Meaning.RAISED, Meaning.OVERSPEND) or any(
            word.text.startswith(("tilfør", "tilført", "overfør")) for word in clause.words
        )
    at = clause.words.index(head)
    is_indefinite = head.text in _INDEFINITE and at > 0 and clause.words[at - 1].text in _ARTICLES
    return is_indefinite and not has_whole_subject(clause, head, facts)


def _is_to_thing(clause: Clause, amount: Amount, facts: Facts) -> bool:
    """Whether what is set aside goes to something within the project: «bevilget 3 mill. til uteområdet»."""
    after = [word for word in clause.words if word.start >= amount.end]
    to = next((at for at, word in enumerate(after) if word.text in {"til", "for"}), None)
    return to is not None and not any(is_whole(word, facts) for word in after[to:])


RULES = (
    TextRule(
        id="text-total-budget",
        title=message("Beløp for totalbudsjettet"),
        compares=message("Ramme eller totalbudsjett i teksten mot vedtatt totalt."),
        remedy=CORRECT_IT,
        look=look_for_total_budget,
    ),
    TextRule(
        id="text-year-budget",
        title=message("Beløp for årets budsjett"),
        compares=message("Årets budsjett i teksten mot revidert budsjett."),
        remedy=CORRECT_IT,
        look=look_for_year_budget,
    ),
)
