"""Estimated completion: a quarter, finished, a running programme, not set, or words that nobody could read.

Must not know which project it belongs to, nor what day it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import total_ordering

QUARTERS = 4
_LAST_DAYS = {1: (3, 31), 2: (6, 30), 3: (9, 30), 4: (12, 31)}
_CENTURY = 2000

_YEAR = r"(?P<year>\d{4}|\d{2})"
_MARK = r"(?:kvartal|kvart|kvt|kv|k|q)\.?"
# A bare `4/2025` may be April: without a word or letter for quarter it stays unread.
_SHAPES = tuple(
    re.compile(shape)
    for shape in (
        rf"(?P<quarter>[1-4])\s*\.?\s*{_MARK}\s*[-/ ,]?\s*{_YEAR}",
        rf"{_MARK}\s*(?P<quarter>[1-4])\s*\.?\s*[-/ ,]?\s*{_YEAR}",
        rf"(?P<year>\d{{4}})\s*[-/ ,:]?\s*(?:(?P<quarter>[1-4])\s*\.?\s*{_MARK})",
        rf"(?P<year>\d{{4}})\s*[-/ ,:]?\s*{_MARK}\s*(?P<quarter>[1-4])",
    )
)
_FINISHED = frozenset({"ferdig", "ferdigstilt", "fullført", "avsluttet", "sluttført", "avslutta", "finished"})
_RUNNING = frozenset({"løpende", "løpende ramme", "løpande", "løpande ramme", "løp", "lopende", "running"})
_NOT_SET = frozenset({"", "-", "–", "—", "ikke satt", "ukjent"})


class State(Enum):
    """The completions that are no quarter; the value is how the published table writes them."""

    FINISHED = "Ferdig"
    RUNNING = "LØPENDE"
    NOT_SET = ""


@total_ordering
@dataclass(frozen=True, slots=True)
class Quarter:
    """A quarter of a year, written `4K-2025` as in the published table."""

    year: int
    quarter: int

    def __post_init__(self) -> None:
        if not 1 <= self.quarter <= QUARTERS or not 1900 <= self.year <= 2199:  # noqa: PLR2004
            raise ValueError((self.year, self.quarter))

    def __lt__(self, other: Quarter) -> bool:
        return self.ordinal < other.ordinal

    def __str__(self) -> str:
        return f"{self.quarter}K-{self.year}"

    @property
    def ordinal(self) -> int:
        """Quarters counted from year 0, so that a difference is a slip."""
        return self.year * QUARTERS + self.quarter - 1

    @property
    def ends(self) -> date:
        """Its last day."""
        return date(self.year, *_LAST_DAYS[self.quarter])


@dataclass(frozen=True, slots=True)
class UnreadCompletion:
    """Words for a completion that are no quarter: kept as they were, and flagged."""

    words: str

    def __str__(self) -> str:
        return self.words


Completion = Quarter | State | UnreadCompletion


def parse_completion(text: str) -> Completion:
    """Read what somebody wrote as estimated completion. What can't be read is kept as it was, never lost."""
    words = " ".join(text.split())
    folded = words.casefold().rstrip(".")
    for state, spellings in ((State.FINISHED, _FINISHED), (State.RUNNING, _RUNNING), (State.NOT_SET, _NOT_SET)):
        if folded in spellings:
            return state
    return _parse_quarter(folded) or UnreadCompletion(words)


def write_completion(completion: Completion) -> str:
    """Write a completion as the published table does: `4K-2025`, `Ferdig`, `LØPENDE` or nothing."""
    return completion.value if isinstance(completion, State) else str(completion)


def completion_order(completion: Completion) -> tuple[int, int, str]:
    """Sort key: finished first, then quarters by time, running programmes, unread words, and last what isn't set."""
    if isinstance(completion, Quarter):
        return (1, completion.ordinal, "")
    if isinstance(completion, UnreadCompletion):
        return (3, 0, completion.words)
    return ({State.FINISHED: 0, State.RUNNING: 2, State.NOT_SET: 4}[completion], 0, "")


def slip(before: Completion, after: Completion) -> int | None:
    """How many quarters later it has become (negative: earlier); None unless both are quarters."""
    if isinstance(before, Quarter) and isinstance(after, Quarter):
        return after.ordinal - before.ordinal
    return None


def _parse_quarter(folded: str) -> Quarter | None:
    found = next((found for shape in _SHAPES if (found := shape.fullmatch(folded))), None)
    if found is None:
        return None
    year = int(found["year"])
    try:
        return Quarter(year if len(found["year"]) > 2 else _CENTURY + year, int(found["quarter"]))  # noqa: PLR2004
    except ValueError:
        return None
