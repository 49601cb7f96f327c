"""Rules on what a project has promised: its spending plan, and how its deviation was split.

Must not know what other projects promised.
"""

from __future__ import annotations

from tracker.flags.flag import Case, Finding, Rule, Severity
from tracker.messages import message


def look_for_lag(case: Case) -> Finding | None:
    """Find much less spent than the spending plan has up to the period's last month."""
    if case.plan is None:
        return None
    planned = sum(case.plan.amounts[: case.period.part.last_month])
    behind = planned - case.figures.actual
    if behind <= 0 or not case.limits.is_essential(behind, planned):
        return None
    return Finding(
        severity=Severity.WARNING if behind >= case.limits.large_kroner or behind * 2 >= planned else Severity.NOTE,
        message=message(
            "Det er brukt {actual:tkr} av {planned:tkr} som forbruksplanen har til og med {date}: {behind:tkr} mindre.",
            actual=case.figures.actual,
            planned=planned,
            date=case.period.ends,
            behind=behind,
        ),
        figures={"actual": case.figures.actual, "planned": planned, "behind": behind},
    )


def look_for_stale_split(case: Case) -> Finding | None:
    """Find a deviation that was split by cause, and is another now."""
    status = case.figures.status
    deviation = case.figures.deviation_at(case.period.part)
    if status is None or status.split is None or deviation is None or status.split.total == deviation:
        return None
    is_essential = case.limits.is_essential(deviation, case.figures.revised_budget)
    return Finding(
        severity=Severity.WARNING if is_essential else Severity.NOTE,
        message=message(
            "Avviket er fordelt med {split:kr}, men er nå {deviation:kr}: {left:kr} gjenstår å fordele.",
            split=status.split.total,
            deviation=deviation,
            left=deviation - status.split.total,
        ),
        figures={"deviation": deviation, "split": status.split.total, "left": deviation - status.split.total},
    )


RULES = (
    Rule(
        id="behind-spending-plan",
        title=message("Langt etter forbruksplanen"),
        remedy=message("Forklar forsinkelsen, oppdater prognosen for året, og foreslå å flytte budsjett mellom år."),
        look=look_for_lag,
    ),
    Rule(
        id="split-does-not-sum",
        title=message("Avviket er ikke ferdig fordelt"),
        remedy=message("Fordel det som gjenstår på periodisering, kostnad, omfang eller annet."),
        look=look_for_stale_split,
    ),
)
