"""The rules that flag deviations, one small function each, and the check that asks all of them.

Must not know how a flag is shown.
"""

from __future__ import annotations

from collections.abc import Iterable

from tracker.figures import PeriodFigures, figures_of
from tracker.flags import movement, planned, progress, total, year
from tracker.flags.flag import Case, Finding, Flag, Limits, Rule, Severity, limits_of
from tracker.flags.past import Past, past_of
from tracker.messages import message
from tracker.model import Portfolio
from tracker.periods import Period
from tracker.reported import Details

__all__ = [
    "RULES",
    "Case",
    "Finding",
    "Flag",
    "Limits",
    "Past",
    "Rule",
    "Severity",
    "check",
    "flags_of",
    "limits_of",
    "past_of",
]

RULES: tuple[Rule, ...] = (*total.RULES, *year.RULES, *planned.RULES, *progress.RULES, *movement.RULES)


def check(portfolio: Portfolio, period: Period) -> list[Flag]:
    """Ask every rule about every project of a period: worst first, then in the report's order."""
    figures = figures_of(portfolio, period)
    return flags_of(figures, limits_of(portfolio), past_of(portfolio, figures))


def flags_of(figures: PeriodFigures, limits: Limits, past: Past) -> list[Flag]:
    """Ask every rule about figures that are already derived; of a locked period, return its reported flags.

    `past` is what the figures are seen against (`past_of`).
    """
    found = _found(figures, limits, past) if figures.reported is None else _reported(figures.reported)
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


def _found(figures: PeriodFigures, limits: Limits, past: Past) -> Iterable[Flag]:
    for project in figures.projects:
        first_period, first_quarter = past.first.get(project.project.id, (None, None))
        case = Case(
            figures=project,
            period=figures.period,
            limits=limits,
            before=past.figures.get(project.project.id),
            before_period=past.period,
            first_quarter=first_quarter,
            first_period=first_period,
            plan=past.plans.get(project.project.id),
        )
        for rule in RULES:
            finding = rule.look(case)
            if finding is not None:
                yield Flag(rule=rule, project=project.project, finding=finding)
