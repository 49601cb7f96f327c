"""Locking a period: what is written down of it for good, and opening it again with a reason.

Must not know how the rows are guarded: the file's triggers do that. Amounts are whole kroner.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from tracker.board import STANDING_TITLES, Standing, board_of
from tracker.checking import control_of
from tracker.edits import Change, Edit, added
from tracker.figures import PeriodFigures, ProjectFigures, live_figures_of
from tracker.flags import Flag, limits_of
from tracker.kinds import PeriodStage
from tracker.lights import Lights, printed_lights
from tracker.messages import Message, Refusal, message
from tracker.model import (
    PeriodLock,
    PeriodState,
    Portfolio,
    Record,
    RecordId,
    ReportedProject,
)
from tracker.periods import Period
from tracker.reported import Details, ReportedFlag, fingerprint, freeze


def lock(portfolio: Portfolio, period: Period, *, who: str, at: datetime, new_id: Callable[[], str]) -> Edit:
    """Lock a period: its figures, texts, flags, explanations, lights and plans are written down as reported.

    Raises Refusal when the portfolio doesn't hold the period, or it is locked already.
    """
    state = _open_state(portfolio, period)
    revision = state.revision + 1
    figures = live_figures_of(portfolio, period)
    rows = _rows(portfolio, figures, revision, new_id)
    closing = PeriodLock(
        id=RecordId(new_id()),
        period=period,
        revision=revision,
        locked_by=who,
        locked_at=at,
        fingerprint=fingerprint([*rows, *lines_of(portfolio, period)]),
    )
    label = message("Låste {period}", period=period)
    # The state comes last: once it says locked, the file takes no more rows of the period.
    locked = Change(state, replace(state, stage=PeriodStage.LOCKED, revision=revision))
    return Edit(label, (*added(label, [*rows, closing]).changes, locked))


def unapproved(portfolio: Portfolio, period: Period) -> list[Message]:
    """Return what stands in the way of locking: each project whose status is not approved, and where it stands."""
    return [
        message("{project}: {standing}", project=row.project.name, standing=STANDING_TITLES[row.standing])
        for row in board_of(portfolio, period).rows
        if row.standing not in {Standing.APPROVED, Standing.LOCKED}
    ]


def refuse_unapproved(portfolio: Portfolio, period: Period) -> None:
    """Refuse to lock a period before every status is approved, unless the controller has accepted to do so.

    Raises Refusal with a detail for each project.
    """
    found = unapproved(portfolio, period)
    if found:
        raise Refusal(
            message(
                "{count} {count:status|statuser} i {period} er ikke godkjent: godkjenn, eller godta å låse uten.",
                count=len(found),
                period=period,
            ),
            *found,
        )


def reopen(portfolio: Portfolio, period: Period, *, reason: str) -> Edit:
    """Open a locked period again. What was reported stays; the next locking makes a new revision.

    Raises Refusal without a reason, or when the period isn't locked.
    """
    state = portfolio.state_of(period)
    if state is None or state.stage is not PeriodStage.LOCKED:
        raise Refusal(message("{period} er ikke låst.", period=period))
    if not reason.strip():
        raise Refusal(message("Skriv hvorfor {period} åpnes igjen.", period=period))
    opened = replace(state, stage=PeriodStage.OPEN, reopened_because=reason.strip())
    return Edit(
        message("Åpnet {period} igjen: {reason}", period=period, reason=reason.strip()), (Change(state, opened),)
    )


def lines_of(portfolio: Portfolio, period: Period) -> list[Record]:
    """Return what a period reports beside its projects: other projects, printed figures and the statement § 5-5."""
    records = (portfolio.other_projects, portfolio.printed, portfolio.statement_lines, portfolio.accepted_differences)
    return [one for held in records for one in held.values() if one.period == period]


def _rows(
    portfolio: Portfolio, figures: PeriodFigures, revision: int, new_id: Callable[[], str]
) -> list[ReportedProject]:
    limits = limits_of(portfolio)
    found = control_of(portfolio, figures, limits).flags
    flags, lights = _by_project(found), Lights(portfolio, figures, flags=found, limits=limits)
    return [
        ReportedProject(
            id=RecordId(new_id()),
            period=figures.period,
            revision=revision,
            project=one.project.id,
            position=position,
            total_budget=one.total_budget,
            total_spent=one.total_spent,
            original_budget=one.original_budget,
            revised_budget=one.revised_budget,
            actual=one.actual,
            details=freeze(_details(portfolio, figures.period, one, flags.get(one.project.id, ()), lights)),
        )
        for position, one in enumerate(figures.projects)
    ]


def _details(
    portfolio: Portfolio, period: Period, figures: ProjectFigures, flags: Iterable[Flag], lights: Lights
) -> Details:
    plans = (plan for plan in portfolio.spending_plans.values() if _is_of(plan, figures, period))
    return Details(
        project=figures.project,
        status=figures.status,
        printed=figures.printed,
        flags=tuple(
            ReportedFlag(
                rule=flag.rule.id,
                severity=flag.severity.value,
                message=flag.finding.message,
                figures=flag.finding.figures,
                quote=flag.quote,
                start=None if flag.place is None else flag.place.start,
                end=None if flag.place is None else flag.place.end,
            )
            for flag in flags
        ),
        lights=printed_lights(lights.of(figures)),
        milestones=tuple(one for one in portfolio.milestones.values() if _is_of(one, figures, period)),
        risks=tuple(one for one in portfolio.risks.values() if _is_of(one, figures, period)),
        contracts=tuple(one for one in portfolio.contracts.values() if _is_of(one, figures, period)),
        plan=next(plans, None),
    )


def _is_of(record: object, figures: ProjectFigures, period: Period) -> bool:
    return getattr(record, "project", None) == figures.project.id and getattr(record, "period", None) == period


def _by_project(flags: Iterable[Flag]) -> Mapping[str, list[Flag]]:
    found: dict[str, list[Flag]] = defaultdict(list)
    for flag in flags:
        found[flag.project.id].append(flag)
    return found


def _open_state(portfolio: Portfolio, period: Period) -> PeriodState:
    state = portfolio.state_of(period)
    if state is None:
        raise Refusal(message("Porteføljen har ikke {period}: velg en annen periode.", period=period))
    if state.stage is PeriodStage.LOCKED:
        raise Refusal(message("{period} er allerede låst.", period=period))
    return state
