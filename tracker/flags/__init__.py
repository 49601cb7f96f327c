"""The rules that flag deviations, one small function each, and the check that asks all of them.

Must not know how a flag is shown.
"""

from __future__ import annotations

from collections.abc import Iterable

from tracker.figures import PeriodFigures, figures_of
from tracker.flags import progress, total, year
from tracker.flags.flag import Case, Finding, Flag, Limits, Rule, Severity, limits_of
from tracker.messages import message
from tracker.model import Portfolio
from tracker.periods import Period
from tracker.reported import Details

__all__ = ["RULES", "Case", "Finding", "Flag", "Limits", "Rule", "Severity", "check", "flags_of", "limits_of"]

RULES: tuple[Rule, ...] = (*total.RULES, *year.RULES, *progress.RULES)


def check(portfolio: Portfolio, period: Period) -> list[Flag]:
    """Ask every rule about every project of a period: worst first, then in the report's order."""
    return flags_of(figures_of(portfolio, period), limits_of(portfolio))


def flags_of(figures: PeriodFigures, limits: Limits) -> list[Flag]:
    """Ask every rule about figures that are already derived; of a locked period, return its reported flags."""
    found = _found(figures, limits) if figures.reported is None else _reported(figures.reported)
    return sorted(found, key=lambda flag: flag.severity.rank)


def _reported(reported: Iterable[Details]) -> Iterable[Flag]:
    by_id = {rule.id: rule for rule in RULES}
    for details in reported:
        for flag in details.flags:
            rule = by_id.get(flag.rule) or Rule(
                id=flag.rule,
                title=message(flag.rule),
                remedy=message("Regelen finnes ikke i denne utgaven av Tertial."),
                look=lambda _: None,
            )
            finding = Finding(severity=Severity(flag.severity), message=flag.message, figures=flag.figures)
            yield Flag(rule=rule, project=details.project, finding=finding)


def _found(figures: PeriodFigures, limits: Limits) -> Iterable[Flag]:
    for project in figures.projects:
        case = Case(figures=project, period=figures.period, limits=limits)
        for rule in RULES:
            finding = rule.look(case)
            if finding is not None:
                yield Flag(rule=rule, project=project.project, finding=finding)
