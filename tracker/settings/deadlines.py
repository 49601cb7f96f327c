"""When the reports of a period are due by the municipality's own rule: a day of the year for each of the three.

Must not know what a period has been given by hand.
"""

from __future__ import annotations

from datetime import date

from tracker.model import Portfolio
from tracker.periods import Part, Period

DEADLINE = "deadline."
"""How the key of the setting begins; the part of the year follows."""


def due_in(portfolio: Portfolio, period: Period) -> date | None:
    """Return the day that a new period is due by the municipality's own rule; a year's is in the year after."""
    setting = portfolio.settings.get(f"{DEADLINE}{period.part.value}")
    if setting is None:
        return None
    try:
        day, month = map(int, setting.value.strip(".").split("."))
        return date(period.year + (period.part is Part.YEAR), month, day)
    except ValueError:
        return None
