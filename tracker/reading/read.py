"""A whole text, read: its sentences, its clauses, and the amounts that are said to be a figure.

Must not know any figure: the rules hold what is said against the project. A sentence is read once, wherever it
stands: most of a text is what it was at the last keystroke, or in the last period.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from tracker.reading.abouts import About, about
from tracker.reading.amounts import Amount
from tracker.reading.clauses import Body, Clause, bits_of, bodies_of
from tracker.reading.meanings import Meaning
from tracker.reading.sentences import sentences_of
from tracker.reading.words import Word

_Figure = tuple[int, Amount, About, Word]
_REMEMBERED = 8192
_IN_THOUSANDS = re.compile(
    r"\b(?:i|hele|heile)\s(?:hele\s|heile\s)?(?:1[ .\u00a0]?000|tusen)(?:\s?(?:kr|kroner))?\b"
    r"|\btkr\)|\(tkr\b|\(1[ .\u00a0]?000 kr",
    re.IGNORECASE,
)
_OF_MANY = re.compile(
    r"\b(?:består av|omfatter|omfattar|samler|samlar|gjelder|gjeld)\s(?:prosjektene|prosjekta|delprosjekt|underprosjekt"
    r"|flere|fleire|(?:to|tre|fire|fem|seks|\d+) (?:ulike )?(?:del|under)?prosjekt)",
    re.IGNORECASE,
)
# Cheap to look for first, in texts that mostly have none.
_THOUSAND_SIGNS = ("1000", "1 000", "1.000", "1\u00a0000", "tusen", "tkr)", "(tkr")
_MANY_SIGNS = ("estår av", "mfatter", "mfattar", "amler", "amlar", "jelder", "jeld ")


@dataclass(frozen=True, slots=True)
class Reading:
    """A text, its sentences where they begin, and the clauses that say something of money or progress.

    `figures` are the amounts that are said to be a figure, each with what it is said to be and the word that says so.
    """

    text: str
    today: date
    sentences: Sequence[tuple[int, str]]
    clauses: Sequence[Clause]
    figures: Sequence[tuple[Clause, Amount, About, Word]]

    def clauses_with(self, *meanings: Meaning) -> list[Clause]:
        """Return the clauses in which a word means one of these."""
        bits = bits_of(meanings)
        return [clause for clause in self.clauses if clause.body.bits & bits]


def read(text: str, today: date) -> Reading:
    """Read a status text; `today` is the last day of the period that it reports."""
    unit = 1000 if _any_line(_is_in_thousands, text, _THOUSAND_SIGNS) else None
    is_of_many = _any_line(_is_of_many, text, _MANY_SIGNS)
    sentences = tuple(sentences_of(text))
    clauses: list[Clause] = []
    figures: list[tuple[Clause, Amount, About, Word]] = []
    label: str | None = None
    for start, sentence in sentences:
        bodies, last_label, told = _sentence(sentence, today, unit)
        if bodies:
            own = _joined(start, sentence, bodies, label=label, is_of_many=is_of_many)
            clauses += own
            figures += [(own[at], amount, what, head) for at, amount, what, head in told]
        label = last_label or label
    return Reading(text, today, sentences, clauses, figures)


def _any_line(told: Callable[[str], bool], text: str, signs: Sequence[str]) -> bool:
    """Whether a line tells something, where a sign of it stands in the text."""
    return any(sign in text for sign in signs) and any(map(told, text.split("\n")))


@lru_cache(maxsize=_REMEMBERED)
def _is_in_thousands(line: str) -> bool:
    return _IN_THOUSANDS.search(line) is not None


@lru_cache(maxsize=_REMEMBERED)
def _is_of_many(line: str) -> bool:
    return _OF_MANY.search(line) is not None


@lru_cache(maxsize=_REMEMBERED)
def _sentence(sentence: str, today: date, unit: int | None) -> tuple[tuple[Body, ...], str | None, tuple[_Figure, ...]]:
    """Return a sentence's clauses, the last heading in it, and its figures by clause: the same wherever it stands."""
    bodies, last_label = bodies_of(sentence, today, unit)
    clauses = _joined(0, sentence, bodies, label=None, is_of_many=False)
    figures = (
        (at, amount, *found)
        for at, clause in enumerate(clauses)
        for amount in clause.amounts
        if not amount.is_share and (found := about(clause, amount, today.year)) is not None
    )
    return bodies, last_label, tuple(figures)


def _joined(start: int, sentence: str, bodies: Sequence[Body], *, label: str | None, is_of_many: bool) -> list[Clause]:
    clauses: list[Clause] = []
    before: Clause | None = None
    for body in bodies:
        before = Clause(start, sentence, body.label or label, body, before, is_of_many)
        clauses.append(before)
    return clauses
