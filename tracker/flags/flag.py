"""What a rule says when it fires, and the limits that the municipality has set.

Must not know any rule.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from tracker.figures import ProjectFigures
from tracker.messages import Message, Refusal, message
from tracker.model import Portfolio, Project, SpendingPlan
from tracker.money import MILLION
from tracker.periods import Period
from tracker.quarters import Quarter

_PERCENT = 100


class Severity(Enum):
    """How much a flag matters, worst first."""

    CRITICAL = "critical"
    WARNING = "warning"
    NOTE = "note"

    @property
    def rank(self) -> int:
        """0 for the worst."""
        return list(Severity).index(self)

    @property
    def word(self) -> Message:
        """What people call it."""
        return _WORDS[self]


_WORDS = {
    Severity.CRITICAL: message("Kritisk"),
    Severity.WARNING: message("Advarsel"),
    Severity.NOTE: message("Merknad"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """When a deviation is worth a word. No law lays it down: it is the municipality's to set.

    A year's deviation is flagged from `year_kroner` when it is also at least `year_percent` of the
    revised budget; from `large_kroner` it is flagged whatever its share (the annual report lists those).
    A completion is flagged from `slip_quarters` later than in the period before, and from `slip_in_all_quarters`
    later than it was first said to be.
    """

    year_kroner: int = MILLION // 2
    year_percent: int = 10
    large_kroner: int = 10 * MILLION
    total_kroner: int = 0
    finished_left_kroner: int = MILLION // 2
    slip_quarters: int = 1
    slip_in_all_quarters: int = 4

    def is_essential(self, deviation: int, budget: int) -> bool:
        """Whether a deviation (kroner) from a budget is one to explain; none never is, whatever the limits.

        Source: kommuneloven § 14-7.
        """
        size = abs(deviation)
        if size >= max(self.large_kroner, 1):
            return True
        return size >= max(self.year_kroner, 1) and size * _PERCENT >= abs(budget) * self.year_percent


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What a rule looks at: one project's figures, the period, and the limits.

    `before` are its figures in the period before, `before_period`; `first_quarter` is the completion that was first
    reported, in `first_period`; `plan` is when this year's money was to go. None where there is none.
    """

    figures: ProjectFigures
    period: Period
    limits: Limits
    before: ProjectFigures | None = None
    before_period: Period | None = None
    first_quarter: Quarter | None = None
    first_period: Period | None = None
    plan: SpendingPlan | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a rule found: how much it matters, why in words, and the figures (kroner) that made it fire."""

    severity: Severity
    message: Message
    figures: Mapping[str, int | str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule: its stable id, what it is called, what usually solves it, and how it looks at a case."""

    id: str
    title: Message
    remedy: Message
    look: Callable[[Case], Finding | None]


class Named(Protocol):
    """What a flag says of the rule that raised it, whether that looks at figures or reads texts."""

    @property
    def id(self) -> str:
        """Its stable id."""

    @property
    def title(self) -> Message:
        """What it is called."""

    @property
    def remedy(self) -> Message:
        """What usually solves it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where in a project's status text a flag stands: from one letter to another; at 0 to 0 it is on all of it.

    `sentence` are the sentences that the words stand in, empty where only the place was kept.
    """

    start: int
    end: int
    sentence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """A finding on a project by a rule. `quote` and `place` are the words that a rule on texts disagrees with."""

    rule: Named
    project: Project
    finding: Finding
    quote: str | None = None
    place: Place | None = None

    @property
    def severity(self) -> Severity:
        """How much it matters."""
        return self.finding.severity


def limits_of(portfolio: Portfolio) -> Limits:
    """Read the limits that the portfolio has set, the defaults for the others.

    Raises Refusal when a setting isn't a whole number.
    """
    found: dict[str, int] = {}
    for name in Limits.__dataclass_fields__:
        setting = portfolio.settings.get(f"limit.{name}")
        if setting is None:
            continue
        if not setting.value.isdecimal():
            raise Refusal(
                message("Grensen «{name}» er satt til «{value}»: skriv et helt tall.", name=name, value=setting.value)
            )
        found[name] = int(setting.value)
    return Limits(**found)
