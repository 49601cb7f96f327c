"""What a rule says when it fires, and the limits that the municipality has set.

Must not know any rule.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum

from tracker.figures import ProjectFigures
from tracker.messages import Message, Refusal, message
from tracker.model import Portfolio, Project
from tracker.money import MILLION
from tracker.periods import Period


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
    """

    year_kroner: int = MILLION // 2
    year_percent: int = 10
    large_kroner: int = 10 * MILLION
    total_kroner: int = 0
    finished_left_kroner: int = MILLION // 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What a rule looks at: one project's figures, the period, and the limits."""

    figures: ProjectFigures
    period: Period
    limits: Limits


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """A finding on a project by a rule. `quote` is for rules that read texts."""

    rule: Rule
    project: Project
    finding: Finding
    quote: str | None = None

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
