"""The rules that flag deviations, one small function each, and the check that asks all of them.

Must not know how a flag is shown.
"""

from __future__ import annotations

from collections.abc import Iterable

from tracker.figures import PeriodFigures, figures_of
from tracker.flags import progress, total, year
from tracker.flags.flag import Case, Finding, Flag, Limits, Rule, Severity, limits_of
from tracker.model import Portfolio
from tracker.periods import Period

__all__ = ["RULES", "Case", "Finding", "Flag", "Limits", "Rule", "Severity", "check", "flags_of", "limits_of"]

RULES: tuple[Rule, ...] = (*total.RULES, *year.RULES, *progress.RULES)


def check(portfolio: Portfolio, period: Period) -> list[Flag]:
    """Ask every rule about every project of a period: worst first, then in the report's order."""
    return flags_of(figures_of(portfolio, period), limits_of(portfolio))


def flags_of(figures: PeriodFigures, limits: Limits) -> list[Flag]:
    """Ask every rule about figures that are already derived."""
    return sorted(_found(figures, limits), key=lambda flag: flag.severity.rank)


def _found(figures: PeriodFigures, limits: Limits) -> Iterable[Flag]:
    for project in figures.projects:
        case = Case(figures=project, period=figures.period, limits=limits)
        for rule in RULES:
            finding = rule.look(case)
            if finding is not None:
                yield Flag(rule=rule, project=project.project, finding=finding)
