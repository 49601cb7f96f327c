"""Projects that become one, and a project's end: joined, closed, reopened.

Nothing is added up anew: money keeps its records, and `tracker.owners` says whose it is. Must not touch a locked
period. Amounts are whole kroner.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from tracker.actions import status_of
from tracker.edits import Change, Edit
from tracker.figures import live_figures_of
from tracker.guarding import is_locked
from tracker.kinds import Phase, StatusState
from tracker.messages import Message, Refusal, message
from tracker.model import Contract, Milestone, Portfolio, Project, ProjectId, Risk, SpendingPlan, Status
from tracker.periods import Period
from tracker.planning import name_of, plans_of
from tracker.register import refuse_closed_period, refuse_mixing, status_in


def join_projects(portfolio: Portfolio, gone: ProjectId, into: ProjectId) -> Edit:
    """Join a project into another, with its money, its subprojects and its plans of the periods that aren't locked.

    Raises Refusal for a project and itself, for one that is joined already, and for money that can't be mixed.
    """
    before, after = portfolio.projects[gone], portfolio.projects[into]
    if gone == into:
        raise Refusal(message("{project} kan ikke slås sammen med seg selv: velg et annet.", project=before.name))
    refuse_mixing(before, after)
    moved = list(_moved(portfolio, gone, into))
    return Edit(
        message("Slo {project} sammen med {into}", project=before.name, into=after.name),
        (Change(before, replace(before, joined_into=into)), *moved, *_planned_together(portfolio, gone, into)),
    )


def joined_into(portfolio: Portfolio, project: ProjectId) -> list[Project]:
    """Return the projects that a project took over, by name; their texts are still in the portfolio."""
    return sorted((one for one in portfolio.projects.values() if one.joined_into == project), key=lambda one: one.name)


def still_open(portfolio: Portfolio, project: ProjectId, period: Period) -> tuple[Message, ...]:
    """Return what is unfinished of a project that is to be closed: money left, contracts, milestones, risks."""
    return tuple(_still_open(portfolio, project, period))


def close_project(
    portfolio: Portfolio,
    project: ProjectId,
    period: Period,
    *,
    new_id: Callable[[], str],
    accept_open: bool = False,
) -> Edit:
    """Close a project in a period.

    Raises Refusal with what is still open as details, unless that is accepted; and when it is closed already, its
    status was submitted or the period is locked.
    """
    found = still_open(portfolio, project, period)
    if found and not accept_open:
        raise Refusal(
            message("{project} har noe som står åpent.", project=portfolio.projects[project].name),
            *found,
        )
    label = message("Avsluttet {project} i {period}", project=portfolio.projects[project].name, period=period)
    return _in_phase(portfolio, project, period, phase=Phase.CLOSED, label=label, new_id=new_id)


def reopen_project(portfolio: Portfolio, project: ProjectId, period: Period, *, new_id: Callable[[], str]) -> Edit:
    """Open a closed project again: it is in final settlement.

    Raises Refusal when it isn't closed in the period, its status was submitted or the period is locked.
    """
    known = status_of(portfolio, project, period)
    name = portfolio.projects[project].name
    if known is None or known.phase is not Phase.CLOSED:
        raise Refusal(message("{project} er ikke avsluttet i {period}.", project=name, period=period))
    label = message("Gjenåpnet {project} i {period}", project=name, period=period)
    return _in_phase(portfolio, project, period, phase=Phase.SETTLEMENT, label=label, new_id=new_id)


def _in_phase(  # noqa: PLR0913  what is changed, where, and a source of ids
    portfolio: Portfolio, project: ProjectId, period: Period, *, phase: Phase, label: Message, new_id: Callable[[], str]
) -> Edit:
    refuse_closed_period(portfolio, period)
    known = status_of(portfolio, project, period)
    named = portfolio.projects[project]
    if known is not None and known.phase is phase:
        raise Refusal(message("{project} er allerede avsluttet i {period}.", project=named.name, period=period))
    if known is not None and known.state is not StatusState.DRAFT:
        raise Refusal(message("Statusen for {project} er levert: ta den tilbake først.", project=named.name))
    after: Status = replace(known or status_in(named, period, new_id), phase=phase)
    return Edit(label, (Change(known, after),))


def _still_open(portfolio: Portfolio, project: ProjectId, period: Period) -> Iterator[Message]:
    figures = next(
        one for one in live_figures_of(portfolio, period, with_idle=True).projects if one.project.id == project
    )
    if figures.left_of_total:
        yield message("Rest av totalbudsjettet: {amount:kr}", amount=figures.left_of_total)
    for contract in plans_of(portfolio, Contract, project, period):
        if contract.amount != contract.invoiced:
            rest = contract.amount - contract.invoiced
            yield message("Kontrakten {name} har {rest:kr} igjen", name=name_of(contract), rest=rest)
    ahead = [one for one in portfolio.milestones.values() if (one.project, one.period) == (project, period)]
    for milestone in ahead:
        if milestone.reached is None:
            yield message("Milepælen {name} er ikke nådd", name=milestone.name)
    for risk in portfolio.risks.values():
        if (risk.project, risk.period) == (project, period) and not risk.is_over:
            yield message("Risikoen {name} er ikke over", name=risk.title)


def _moved(portfolio: Portfolio, gone: ProjectId, into: ProjectId) -> Iterator[Change]:
    """Yield what moves to the project that takes over: what hangs on it today, nothing of a locked period."""
    for sub in portfolio.subprojects.values():
        if sub.project == gone:
            yield Change(sub, replace(sub, project=into))
    plans: tuple[Milestone | Risk | Contract, ...] = (
        *portfolio.milestones.values(),
        *portfolio.risks.values(),
        *portfolio.contracts.values(),
    )
    for one in plans:
        if one.project == gone and not is_locked(portfolio, one.period):
            yield Change(one, replace(one, project=into))


def _planned_together(portfolio: Portfolio, gone: ProjectId, into: ProjectId) -> Iterator[Change]:
    """Add a project's spending plans to those of the project that takes over, period by period."""
    plans = {plan.period: plan for plan in portfolio.spending_plans.values() if plan.project == into}
    for plan in portfolio.spending_plans.values():
        if plan.project != gone or is_locked(portfolio, plan.period):
            continue
        other: SpendingPlan | None = plans.get(plan.period)
        if other is None:
            yield Change(plan, replace(plan, project=into))
        else:
            months = tuple(one + two for one, two in zip(other.amounts, plan.amounts, strict=True))
            yield Change(plan, None)
            yield Change(other, replace(other, amounts=months))
