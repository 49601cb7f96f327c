"""What the rules on amounts share: which amounts of a text are figures of the whole project, and how one is told.

Must not know a rule. Amounts are whole kroner.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from tracker.messages import Message, message
from tracker.proofing.rule import Facts, TextFinding, finding
from tracker.proofing.scope import names_part, speaks_of_part
from tracker.proofing.subjects import is_whole
from tracker.reading.abouts import About
from tracker.reading.amounts import Amount
from tracker.reading.clauses import Clause
from tracker.reading.heads import is_change
from tracker.reading.meanings import FRAMES, Meaning
from tracker.reading.read import Reading
from tracker.reading.words import Word

_OPERATIONS = re.compile(r"drifts(?:regnskap|rekneskap|budsjett)", re.IGNORECASE)
UNSURE = (Meaning.DOUBT, Meaning.PROPOSED, Meaning.EARLIER)
CORRECT_IT = message("Rett beløpet i teksten, eller tallet hvis det er feil.")


def amounts_about(reading: Reading, facts: Facts, *wanted: About) -> Iterator[tuple[Clause, Amount, About, Word]]:
    """Yield the amounts that are said to be one of these of the whole project, each with the word that says so."""
    for clause, amount, what, head in reading.figures:
        if what not in wanted or speaks_of_part(clause, facts) or is_of_operations(clause):
            continue
        if not _is_of_part(clause, amount, (what, head), facts):
            yield clause, amount, what, head


def is_of_operations(clause: Clause) -> bool:
    """Whether the money is that of the running of the municipality, which no project's figures hold."""
    return _OPERATIONS.search(clause.sentence) is not None


def _is_of_part(clause: Clause, amount: Amount, found: tuple[About, Word], facts: Facts) -> bool:
    """Whether an amount is a part's: «på taket er det brukt …», «… til kjøkkenet»; a part can't cost more than all."""
    what, head = found
    if head.meaning is Meaning.TOTAL_FRAME or not names_part(clause, facts):
        return False
    if head.meaning in {Meaning.SPENT, Meaning.ACTUAL} and amount.low > (
        facts.actual if what is About.YEAR_ACTUAL else max(facts.actual, facts.total_spent or 0)
    ):
        return False
    if head.meaning in FRAMES and head.start < amount.start:
        after = [word for word in clause.words if word.start >= amount.end][:3]
        first = after[0].text if after else ""
        before = any(_is_part(word, facts) for word in clause.words if word.end <= amount.start)
        return before or (first in {"til", "for", "på"} and any(_is_part(word, facts) for word in after))
    return True


def _is_part(word: Word, facts: Facts) -> bool:
    return word.meaning is Meaning.PART and not is_whole(word, facts)


def is_changed(clause: Clause, amount: Amount) -> bool:
    """Whether an amount is what something changed by or from, and not «fra 48 til 40 mill.», which is 40."""
    return is_change(clause, amount) and " til " not in clause.sentence[amount.start : amount.end]


def agrees(amount: Amount, figures: Iterable[int | None]) -> bool:
    """Whether an amount is one of these figures, as widely as it was written."""
    return any(figure is not None and amount.agrees(abs(figure)) for figure in figures)


def said_against(clause: Clause, amount: Amount, figure: int) -> dict[str, str | int]:
    """Return what goes in the sentence that holds an amount against a figure."""
    return {"quote": clause.quote(amount.start, amount.end), "figure": figure}


def found_in(clause: Clause, amount: Amount, figures: Mapping[str, int | None], told: Message) -> TextFinding:
    """Make a finding of an amount that disagrees with these figures."""
    return finding(clause, amount.start, amount.end, told, figures={**figures, "said": round(amount.value)})
