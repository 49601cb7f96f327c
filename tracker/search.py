"""Finding projects: words over names, codes and texts, and what a filter above a column asks for.

Must not know a table or a widget. å, æ and ø are letters of their own, and case does not matter.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tracker.messages import Refusal, message
from tracker.money import Unit, UnreadableAmountError, in_thousands, parse_kroner

_WORD = re.compile(r"\w+")
_RANGE = re.compile(r"(.+?)(?:\.\.|\s+til\s+)(.+)")
_COMPARED = re.compile(r"(<=|>=|<>|<|>|=)\s*(.+)")

Test = Callable[[Any], bool]
"""Whether a value (kroner, or a folded text) is one that is asked for."""


def folded(text: str) -> str:
    """Return a text as it is compared."""
    return text.casefold()


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a search: each must begin some word of what is searched."""

    words: tuple[str, ...]

    def finds(self, searched: str) -> bool:
        """Whether every word begins a word of a folded text."""
        return all(_begins_word(searched, word) for word in self.words)

    def places(self, text: str) -> list[tuple[int, int]]:
        """Return where the hits stand in a text as it is shown: from and to, in order, none overlapping."""
        searched = folded(text)
        if len(searched) != len(text):
            return []
        spots = sorted(
            (found.start(), found.start() + len(word))
            for word in self.words
            for found in _WORD.finditer(searched)
            if found[0].startswith(word)
        )
        return [spot for at, spot in enumerate(spots) if not at or spot[0] >= spots[at - 1][1]]


def words_of(typed: str) -> Words:
    """Read what was typed in the search field."""
    return Words(tuple(_WORD.findall(folded(typed))))


def text_filter(typed: str) -> Test | None:
    """Read a filter above a column of texts: a part of the text, `=` the whole, `<>` not; None where nothing is asked.

    `-` asks for what isn't given.
    """
    wanted = folded(typed.strip())
    if not wanted:
        return None
    if wanted == "-":
        return lambda value: not value
    sign, rest = _split(wanted)
    if sign == "=":
        return lambda value: value == rest
    if sign == "<>":
        return lambda value: rest not in value
    return lambda value: wanted in value


def amount_filter(typed: str) -> Test | None:
    """Read a filter above a column of amounts, in thousands: `>1000`, `<= 5 mill`, `100..200`, `=0`, `-` for unknown.

    A bare number asks for at least that much, to either side of zero where it is negative. Raises Refusal when it
    can't be read.
    """
    wanted = typed.strip()
    if not wanted:
        return None
    if wanted == "-":
        return lambda value: value is None
    between = _RANGE.fullmatch(wanted)
    if between:
        low, high = sorted(map(_kroner, between.groups()))
        return lambda value: value is not None and low <= value <= high
    sign, rest = _split(wanted)
    limit = _kroner(rest)
    return _COMPARISONS[sign or (">=" if limit >= 0 else "<=")](limit)


def _split(wanted: str) -> tuple[str, str]:
    found = _COMPARED.fullmatch(wanted)
    return (found[1], found[2].strip()) if found else ("", wanted)


def _kroner(text: str) -> int:
    try:
        return parse_kroner(text, unit=Unit.THOUSANDS)
    except UnreadableAmountError:
        raise Refusal(
            message("«{text}» er ikke et beløp: skriv for eksempel >1000, <0 eller 100..200.", text=text.strip())
        ) from None


_COMPARISONS: dict[str, Callable[[int], Test]] = {
    "<": lambda limit: lambda value: value is not None and value < limit,
    ">": lambda limit: lambda value: value is not None and value > limit,
    "<=": lambda limit: lambda value: value is not None and value <= limit,
    ">=": lambda limit: lambda value: value is not None and value >= limit,
    "=": lambda limit: lambda value: value is not None and in_thousands(value) == in_thousands(limit),
    "<>": lambda limit: lambda value: value is None or in_thousands(value) != in_thousands(limit),
}


def _begins_word(searched: str, word: str) -> bool:
    at = searched.find(word)
    while at >= 0:
        if at == 0 or not (searched[at - 1].isalnum() or searched[at - 1] == "_"):
            return True
        at = searched.find(word, at + 1)
    return False
