"""Findings in status texts as flags: with the words, where they stand, and the sentences around them.

Must not know a rule, nor which findings somebody put aside.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from tracker.flags import Case, Finding, Flag, Named, Place
from tracker.model import Project, ProjectId
from tracker.proofing.between import BETWEEN_RULES, ProjectText, compare_texts
from tracker.proofing.check import TEXT_RULES, proof_read
from tracker.proofing.names import OtherNames
from tracker.proofing.rule import Facts, TextFinding, facts_of

_KEPT = 1 << 17
"""How many texts are kept as they were read: an edit reads only its own text anew, also among 100 000."""
_PORTFOLIOS = 8
_ENDS = re.compile(r"[.!?…][\"»”)]*\s+(?=[A-ZÆØÅ«“\"(-])|\n")
"""Where a sentence ends; what is taken for one sentence too many only makes a dismissal hold on to more words."""


Seen = tuple[Named, Finding, str, Place]
"""A finding with its words and where they stand, whosever text it is."""


def texts_of(cases: Iterable[Case]) -> list[ProjectText]:
    """Return the texts of a period, each with the facts that it is held against."""
    held = list(cases)
    others = _names(tuple(case.figures.project.name for case in held))
    return [
        ProjectText(project=case.figures.project, text=case.figures.text, facts=facts_of(case, others=others))
        for case in held
    ]


def flags_in_texts(texts: Sequence[ProjectText]) -> Mapping[ProjectId, list[Flag]]:
    """Read the texts of a period, each by itself and against each other; each project's flags in the text's order."""
    found: dict[ProjectId, list[Flag]] = {}
    for one in texts:
        seen = _read(one.text, one.facts, one.facts.others)
        if seen:
            found[one.project.id] = [_flag(one.project, *each) for each in seen]
    for one, rule, finding in compare_texts(texts):
        own = found.setdefault(one.project.id, [])
        own.append(_flag(one.project, *_seen(rule, one.text, finding)))
        own.sort(key=_place)
    return found


def flags_in_text(case: Case, text: str, names: Iterable[str]) -> list[Flag]:
    """Read a project's text as it is being written, by itself; `names` are all projects'. Saving it reads no more."""
    others = _names(tuple(names))
    return [_flag(case.figures.project, *each) for each in _read(text.rstrip(), facts_of(case, others=others), others)]


def text_rules() -> Mapping[str, Named]:
    """Return every rule that reads texts, by its id."""
    rules: tuple[Named, ...] = (*TEXT_RULES, *BETWEEN_RULES)
    return {rule.id: rule for rule in rules}


@lru_cache(maxsize=_PORTFOLIOS)
def _names(names: tuple[str, ...]) -> OtherNames:
    return OtherNames(names)


@lru_cache(maxsize=_KEPT)
def _read(text: str, facts: Facts, _others: OtherNames) -> tuple[Seen, ...]:
    """Read a text once for the same facts and the same names, which facts are equal without."""
    return tuple(_seen(rule, text, finding) for rule, finding in proof_read(text, facts))


def _seen(rule: Named, text: str, found: TextFinding) -> Seen:
    return (
        rule,
        Finding(severity=found.severity, message=found.message, figures=found.figures),
        " ".join(text[found.start : found.end].split()),
        Place(start=found.start, end=found.end, sentence=_around(text, found.start, found.end)),
    )


def _flag(project: Project, rule: Named, finding: Finding, quote: str, place: Place) -> Flag:
    return Flag(rule=rule, project=project, finding=finding, quote=quote, place=place)


def _around(text: str, start: int, end: int) -> str:
    """Return the sentences that a stretch of a text stands in; of no stretch, the whole text."""
    if start == end:
        return text
    before = [one.end() for one in _ENDS.finditer(text, 0, start)]
    after = _ENDS.search(text, max(start, end - 1))
    return text[before[-1] if before else 0 : len(text) if after is None else after.end()].strip()


def _place(flag: Flag) -> tuple[int, int]:
    return (0, 0) if flag.place is None else (flag.place.start, flag.place.end)
