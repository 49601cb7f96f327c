"""The budget ledger: what a project's lines come to in a year and in total.

Must not know about actuals. Amounts are whole kroner. Source of the rules: budsjett- og
regnskapsforskriften § 5-5 and the two kinds of change in the tertial reports: between years the total
is untouched, new money and cuts move it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from tracker.kinds import BudgetKind, BudgetStatus
from tracker.model import BudgetLine


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetPosition:
    """What a project's decided lines come to for one year.

    `original` is None where an opening entry stands for a history that isn't known: unknown is not zero.
    """

    original: int | None
    revised: int
    total: int


def position(lines: Iterable[BudgetLine], *, year: int, as_of: date) -> BudgetPosition:
    """Add up the decided lines of one project that had taken effect on a date."""
    decided = [line for line in lines if line.status is BudgetStatus.DECIDED and line.takes_effect <= as_of]
    of_year = [line for line in decided if line.budget_year == year]
    originals = [line.year_amount for line in of_year if line.kind is BudgetKind.ORIGINAL]
    unknown = any(line.kind is BudgetKind.OPENING for line in of_year) and not originals
    return BudgetPosition(
        original=None if unknown else sum(originals),
        revised=sum(line.year_amount for line in of_year),
        total=sum(line.total_amount for line in decided),
    )


def split_opening(opening: BudgetLine, original: BudgetLine) -> tuple[BudgetLine, BudgetLine]:
    """Split an opening entry when the original budget becomes known; neither revised nor total moves.

    Returns the original line and what is left of the opening entry.
    """
    rest = replace(
        opening,
        year_amount=opening.year_amount - original.year_amount,
        total_amount=opening.total_amount - original.total_amount,
    )
    return original, rest
