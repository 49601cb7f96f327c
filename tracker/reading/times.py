"""Times in running text as the days they span: `3. kvartal 2027`, `medio februar`, `årsskiftet 2024/25`, `skolestart`.

Must not know what happens then: the rules do.
"""

from __future__ import annotations

import re
from datetime import date
from enum import Enum
from typing import NamedTuple

from tracker.reading.time_shapes import SHAPES, START

_BY = re.compile(
    r"\b(?:innen|innan|seinest|senest|før|fram til|frem til)(?: (?:i|om|på|utgangen av|ved))?\s*$", re.IGNORECASE
)
_AFTER = re.compile(
    r"\b(?:tidligst|tidlegast|etter|fra og med|frå og med|fra|frå)(?: (?:i|om|på|en gang i|ved|sent|seint))?\s*$",
    re.IGNORECASE,
)
_LOOKED_BACK = 30


class Bound(Enum):
    """How a time limits what happens: in it, at the latest in it, at the earliest in it."""

    IN = "in"
    BY = "by"
    AFTER = "after"


class Time(NamedTuple):
    """A time where it stands in the text, and the days it spans; `guessed` when its year is not written."""

    start: int
    end: int
    first: date
    last: date
    bound: Bound = Bound.IN
    guessed: bool = False


def find_times(text: str, today: date, start: int = 0, end: int | None = None) -> list[Time]:
    """Find the times from one place of a text to another. A time without a year is the next one from `today`."""
    stop = len(text) if end is None else end
    found: list[Time] = []
    # A cheap look for where a time may begin comes first: most of a text has none.
    for shape in START.finditer(text, start, stop):
        own = next(
            ((match, read) for pattern, read in SHAPES if (match := pattern.match(text, shape.start(), stop))), None
        )
        if own is None or (found and shape.start() < found[-1].end):
            continue
        match, read = own
        days = read(match, today)
        if days is not None:
            before = text[max(0, match.start() - _LOOKED_BACK) : match.start()]
            found.append(Time(match.start(), match.end(), *days, _bound(before), "y" not in _named(match)))
    return found


def _named(found: re.Match[str]) -> set[str]:
    return {name[0] for name, value in found.groupdict().items() if value is not None and name[0] == "y"}


def _bound(before: str) -> Bound:
    if _BY.search(before):
        return Bound.BY
    if _AFTER.search(before):
        return Bound.AFTER
    return Bound.IN
