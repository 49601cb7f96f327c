"""All rules on texts, and the proof-reading of a text by each of them.

Must not know how a finding is shown, nor keep anything.
"""

from __future__ import annotations

from collections.abc import Sequence

from tracker.proofing import (
    budgets,
    completion,
    judgements,
    marks,
    others,
    outlooks,
    progress,
    schedule,
    shares,
    spending,
)
from tracker.proofing.rule import Facts, TextFinding, TextRule
from tracker.reading.read import read

TEXT_RULES: tuple[TextRule, ...] = (
    *budgets.RULES,
    *spending.RULES,
    *outlooks.RULES,
    *shares.RULES,
    *judgements.RULES,
    *completion.RULES,
    *progress.RULES,
    *schedule.RULES,
    *others.RULES,
    *marks.RULES,
)


def proof_read(text: str, facts: Facts) -> list[tuple[TextRule, TextFinding]]:
    """Hold a status text against a project's facts; what disagrees, in the order of the text.

    Words that two rules disagree with are told once, by the first of them.
    """
    if not text.strip():
        return []
    reading = read(text, facts.period.ends)
    found = [(rule, told) for rule in TEXT_RULES for told in rule.look(reading, facts)]
    return sorted(_once(found), key=_place)


def _once(found: Sequence[tuple[TextRule, TextFinding]]) -> list[tuple[TextRule, TextFinding]]:
    kept: list[tuple[TextRule, TextFinding]] = []
    for rule, told in found:
        if rule.id == "text-completion" and any(one.id == "text-finished" for one, _ in found):
            continue
        if not any(told.start < one.end and one.start < told.end for _, one in kept):
            kept.append((rule, told))
    return kept


def _place(found: tuple[TextRule, TextFinding]) -> tuple[int, int]:
    return found[1].start, found[1].end
