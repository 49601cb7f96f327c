"""The reporting periods of a year: 1. tertial, 2. tertial and the annual report.

Must not know what is reported in them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import total_ordering

_WRITTEN = re.compile(r"([0-9]{4})-(T1|T2|Y)")
FIRST_YEAR, LAST_YEAR = 1900, 2199


class Part(Enum):
    """Which of the year's three reports; the value is how the period's id ends."""

    T1 = "T1"
    T2 = "T2"
    YEAR = "Y"

    @property
    def last_month(self) -> int:
        """The last accounting month of the part: figures of a period are cumulative up to it."""
        return {"T1": 4, "T2": 8, "Y": 12}[self.value]


@total_ordering
@dataclass(frozen=True, slots=True)
class Period:
    """One report of one year, written `2023-T1`, `2023-T2`, `2023-Y` everywhere."""

    year: int
    part: Part

    def __post_init__(self) -> None:
        if not FIRST_YEAR <= self.year <= LAST_YEAR:
            raise ValueError(self.year)

    def __lt__(self, other: Period) -> bool:
        return (self.year, self.part.last_month) < (other.year, other.part.last_month)

    def __str__(self) -> str:
        return f"{self.year}-{self.part.value}"

    @property
    def ends(self) -> date:
        """The date that the figures go up to: 30.04., 31.08. or 31.12."""
        day = 30 if self.part is Part.T1 else 31
        return date(self.year, self.part.last_month, day)


def parse_period(text: str) -> Period:
    """Read a period's id.

    Raises ValueError when it isn't one.
    """
    found = _WRITTEN.fullmatch(text.strip().upper())
    if found is None:
        raise ValueError(text)
    return Period(int(found[1]), Part(found[2]))
