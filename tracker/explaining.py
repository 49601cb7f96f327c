"""A deviation and why it came about: whether it must be split by cause and explained, and what is left to place.

Must not know a widget. Amounts are whole kroner. Source: kommuneloven § 14-7, essential deviations are explained.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from tracker.actions import set_value
from tracker.edits import Edit
from tracker.figures import ProjectFigures
from tracker.flags import Limits
from tracker.messages import Message, Refusal, message
from tracker.model import DeviationSplit, Portfolio
from tracker.money import THOUSAND
from tracker.periods import Part, Period
from tracker.typed import read_amount

_REST = frozenset({"resten", "rest", "="})
"""What is typed for all that is left to place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Explaining:
    """How far the explanation of a deviation has come. `deviation` is None while there is no forecast to tell it."""

    deviation: int | None
    is_essential: bool
    split: DeviationSplit | None
    has_words: bool

    @property
    def left(self) -> int:
        """What no cause has been found for yet, in kroner; 0 where there is no deviation to split."""
        if self.deviation is None:
            return 0
        return self.deviation - (0 if self.split is None else self.split.total)

    @property
    def is_split(self) -> bool:
        """Whether the causes sum to the deviation, or needn't: it is small, and nobody began to split it."""
        return self.left == 0 or (self.split is None and not self.is_essential)

    @property
    def is_settled(self) -> bool:
        """Whether nothing more is needed: split to the krone, and said in words, where it is essential."""
        return self.is_split and (self.has_words or not self.is_essential)


def explaining_of(figures: ProjectFigures, part: Part, limits: Limits) -> Explaining:
    """Return how far the explanation of a project's deviation has come."""
    deviation, status = figures.deviation_at(part), figures.status
    return Explaining(
        deviation=deviation,
        is_essential=deviation is not None and limits.is_essential(deviation, figures.revised_budget),
        split=None if status is None else status.split,
        has_words=status is not None and bool(status.explanation.strip()),
    )


def requirement(_portfolio: Portfolio, period: Period, figures: ProjectFigures, limits: Limits) -> Message | None:
    """Return what the explanation lacks before the status can be submitted; None when it lacks nothing."""
    found = explaining_of(figures, period.part, limits)
    if not found.is_split:
        return message(
            "{left:kr} av avviket på {deviation:kr} er ikke fordelt på årsaker.",
            deviation=found.deviation,
            left=found.left,
        )
    if not found.is_settled:
        return message("Avviket på {deviation:kr} er ikke forklart: skriv hvorfor.", deviation=found.deviation)
    return None


def fill_in_cause(  # noqa: PLR0913  what is typed, where, and a source of ids
    portfolio: Portfolio,
    period: Period,
    figures: ProjectFigures,
    *,
    cause: str,
    typed: str,
    new_id: Callable[[], str],
) -> Edit:
    """Say how much of a project's deviation has one cause; `resten` is all that is left.

    Thousands that sum to the deviation's own thousands take its last kroner with them. When every cause has
    nothing, there is no split. Raises Refusal when it is no amount, there is no deviation yet, or the period is
    locked.
    """
    deviation = figures.deviation_at(period.part)
    if deviation is None:
        raise Refusal(message("Oppgi prognosen for året først: den avgjør hva avviket er."))
    before = (figures.status and figures.status.split) or DeviationSplit()
    without = replace(before, **{cause: 0})
    left = deviation - without.total
    if typed.strip().casefold() in _REST:
        amount = left
    else:
        amount = read_amount(typed) or 0
        if amount and amount % THOUSAND == 0 and abs(left - amount) < THOUSAND:
            amount = left
    split = replace(without, **{cause: amount})
    value = None if split == DeviationSplit() else split
    return set_value(portfolio, period, figures.project.id, field="split", value=value, new_id=new_id)
