"""Rules on texts beside each other: a paragraph in two projects, a delay since the period before that nobody mentions.

Must not know how a finding is shown. What can't be told for certain is left in peace.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import islice

from tracker.flags import Severity
from tracker.messages import Message, message
from tracker.model import Project
from tracker.proofing.rule import Facts, TextFinding
from tracker.quarters import write_completion
from tracker.reading.meanings import Meaning
from tracker.reading.read import read

_LEAST_SHARED = 120
"""A paragraph of fewer letters may be the same by chance: «Prosjektet er ferdigstilt og avsluttet.»"""
_MOST_NAMED = 3
_KEPT = 1 << 17
_WORD = re.compile(r"[^\W_]+")
_PARAGRAPH = re.compile(r"[^\n]+")
_OF_TIME = (Meaning.DELAY, Meaning.STOP, Meaning.ON_SCHEDULE)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectText:
    """A project's status text in a period, and the facts that it is held against."""

    project: Project
    text: str
    facts: Facts


Found = Iterable[tuple[ProjectText, TextFinding]]


@dataclass(frozen=True, slots=True, kw_only=True)
class BetweenRule:
    """A rule on the texts of a period together: its stable id, its words, and how it looks."""

    id: str
    title: Message
    compares: Message
    remedy: Message
    look: Callable[[Sequence[ProjectText]], Found]


def compare_texts(texts: Sequence[ProjectText]) -> Iterator[tuple[ProjectText, BetweenRule, TextFinding]]:
    """Hold the texts of a period against each other and against the period before."""
    for rule in BETWEEN_RULES:
        for text, finding in rule.look(texts):
            yield text, rule, finding


def look_for_repeated(texts: Sequence[ProjectText]) -> Found:
    """Find the same paragraph in the texts of several projects."""
    places: dict[str, list[tuple[ProjectText, int, int]]] = defaultdict(list)
    for one in texts:
        for words, start, end in _paragraphs(one.text):
            places[words].append((one, start, end))
    for found in places.values():
        names = list(dict.fromkeys(one.project.name for one, _, _ in found))
        if len(names) > 1:
            for one, start, end in found:
                yield one, _repeated(one.project.name, names, start, end)


def _repeated(own: str, names: Sequence[str], start: int, end: int) -> TextFinding:
    named = list(islice((name for name in names if name != own), _MOST_NAMED))
    others, more = ", ".join(f"«{name}»" for name in named), len(names) - 1 - len(named)
    told = message("Det samme avsnittet står i teksten til {others}.", others=others)
    if more:
        told = message("Det samme avsnittet står i teksten til {others} og {more} til.", others=others, more=more)
    return TextFinding(
        start=start,
        end=end,
        severity=Severity.NOTE,
        message=told,
        figures={"also_in": others, "other_projects": len(names) - 1},
    )


def look_for_unmentioned_delay(texts: Sequence[ProjectText]) -> Found:
    """Find a completion that was moved to later, where the text says nothing of when or of a delay."""
    for one in texts:
        facts, slip = one.facts, one.facts.slip
        if slip is None or slip < 1 or not one.text.strip() or _speaks_of_time(one.text, facts.period.ends):
            continue
        yield (
            one,
            TextFinding(
                start=0,
                end=0,
                severity=Severity.NOTE,
                message=message(
                    "Estimert ferdig er flyttet fra {before} til {now}, men teksten nevner verken forsinkelse eller "
                    "tidspunkt.",
                    before=facts.completion_before,
                    now=facts.completion,
                ),
                figures={
                    "estimated_completion": write_completion(facts.completion),
                    "estimated_completion_before": write_completion(facts.completion_before or facts.completion),
                    "quarters": slip,
                },
            ),
        )


@lru_cache(maxsize=_KEPT)
def _paragraphs(text: str) -> tuple[tuple[str, int, int], ...]:
    """Return the long paragraphs of a text: their words alone, and where they stand."""
    if len(text) < _LEAST_SHARED:
        return ()
    found = (
        (" ".join(_WORD.findall(one.group())).casefold(), one.start(), one.end()) for one in _PARAGRAPH.finditer(text)
    )
    return tuple(one for one in found if len(one[0]) >= _LEAST_SHARED)


@lru_cache(maxsize=_KEPT)
def _speaks_of_time(text: str, today: date) -> bool:
    reading = read(text, today)
    return any(clause.has(*_OF_TIME) or any(time.last > today for time in clause.times) for clause in reading.clauses)


BETWEEN_RULES: tuple[BetweenRule, ...] = (
    BetweenRule(
        id="text-repeated-elsewhere",
        title=message("Samme avsnitt i flere prosjekter"),
        compares=message("Avsnittene i statustekstene mot hverandre."),
        remedy=message("Skriv om det egne prosjektet, eller legg funnet til side hvis avsnittet gjelder begge."),
        look=look_for_repeated,
    ),
    BetweenRule(
        id="text-delay-not-mentioned",
        title=message("Forsinkelse som teksten ikke nevner"),
        compares=message("Estimert ferdig nå og i forrige periode mot teksten."),
        remedy=message("Skriv hvorfor prosjektet blir ferdig senere enn det som sto i forrige rapport."),
        look=look_for_unmentioned_delay,
    ),
)
