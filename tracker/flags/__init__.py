"""The rules on figures, one small function each, and what asks all of them.

Must not know how a flag is shown, nor the rules on texts: `tracker.checking` asks both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tracker.figures import PeriodFigures
from tracker.flags import movement, planned, progress, total, year
from tracker.flags.flag import Case, Finding, Flag, Limits, Named, Place, Rule, Severity, limits_of
from tracker.flags.past import Past, past_of

__all__ = [
    "RULES",
    "Case",
    "Finding",
    "Flag",
    "Limits",
    "Named",
    "Past",
    "Place",
    "Rule",
    "Severity",
    "cases_of",
    "flags_of",
    "limits_of",
    "past_of",
]

RULES: tuple[Rule, ...] = (*total.RULES, *year.RULES, *planned.RULES, *progress.RULES, *movement.RULES)


def flags_of(cases: Iterable[Case]) -> list[Flag]:
    """Ask every rule about each case, in the order of the cases."""
    return [
        Flag(rule=rule, project=case.figures.project, finding=finding)
        for case in cases
        for rule in RULES
        if (finding := rule.look(case)) is not None
    ]


def cases_of(figures: PeriodFigures, limits: Limits, past: Past) -> Iterator[Case]:
    """Return what the rules look at: each project's figures, and what they are seen against (`past_of`)."""
    for project in figures.projects:
        first_period, first_quarter = past.first.get(project.project.id, (None, None))
        yield Case(
            figures=project,
            period=figures.period,
            limits=limits,
            before=past.figures.get(project.project.id),
            before_period=past.period,
            first_quarter=first_quarter,
            first_period=first_period,
            plan=past.plans.get(project.project.id),
        )
