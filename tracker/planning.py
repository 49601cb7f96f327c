"""What a person does with a project's plans in a period: milestones, risks, contracts and the spending plan.

Must not know what was planned before, nor what was spent. Amounts are whole kroner.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from tracker.edits import NOTHING, Change, Edit, added, changed
from tracker.messages import Message, Refusal, message
from tracker.model import (
    MONTHS,
    Contract,
    Milestone,
    Portfolio,
    ProjectId,
    RecordId,
    Risk,
    SpendingPlan,
)
from tracker.periods import Period

Threaded = Milestone | Risk | Contract
_Threaded = TypeVar("_Threaded", Milestone, Risk, Contract)

TERTIALS = 3
CERTAIN = 100
USUAL_MILESTONES: tuple[Message, ...] = (
    message("Mulighetsstudie"),
    message("Reguleringsplan"),
    message("Forprosjekt"),
    message("Usikkerhetsanalyse"),
    message("Anskaffelse"),
    message("Kontrakt"),
    message("Byggestart"),
    message("Overtakelse"),
    message("Sluttoppgjør"),
    message("Ettårsbefaring"),
)
"""The steps that a building project usually goes through, offered by name and in order."""


def plans_of(portfolio: Portfolio, kind: type[_Threaded], project: ProjectId, period: Period) -> list[_Threaded]:
    """Return a project's milestones, risks or contracts as told in a period, in the order they were added."""
    return [
        one
        for one in portfolio.records(kind).values()
        if isinstance(one, kind) and one.project == project and one.period == period
    ]


def spending_plan_of(portfolio: Portfolio, project: ProjectId, period: Period) -> SpendingPlan | None:
    """Return a project's spending plan as told in a period, None if there is none."""
    plans = portfolio.spending_plans.values()
    return next((plan for plan in plans if (plan.project, plan.period) == (project, period)), None)


def put(portfolio: Portfolio, told: Threaded) -> Edit:
    """Add a milestone, a risk or a contract, or change the one that has its id.

    Returns NOTHING where it stands like that already. Raises Refusal when it lacks a name, or says what can't be.
    """
    _refuse_unlikely(told)
    known = portfolio.records(type(told)).get(told.id)
    if known == told:
        return NOTHING
    label = _label(portfolio, told, is_new=known is None)
    return added(label, [told]) if known is None else changed(label, known, told)


def remove(portfolio: Portfolio, told: Threaded) -> Edit:
    """Remove a milestone, a risk or a contract from its period; earlier periods keep what they told.

    Raises Refusal when it is gone already.
    """
    known = portfolio.records(type(told)).get(told.id)
    if known is None:
        raise Refusal(message("{what} er allerede fjernet.", what=name_of(told)))
    label = message("Fjernet {what} i {project}", what=name_of(told), project=portfolio.projects[told.project].name)
    return Edit(label, (Change(known, None),))


def set_spending_plan(
    portfolio: Portfolio,
    project: ProjectId,
    period: Period,
    amounts: Sequence[int] | None,
    *,
    new_id: Callable[[], str],
) -> Edit:
    """Plan the year's spending in kroner, by month (twelve amounts) or by tertial (three); None removes the plan.

    A tertial's amount is spread evenly over its months, in whole kroner that sum to it exactly. Raises Refusal for
    any other number of amounts.
    """
    label = message("Forbruksplan for {project}", project=portfolio.projects[project].name)
    known = spending_plan_of(portfolio, project, period)
    if amounts is None:
        return NOTHING if known is None else Edit(label, (Change(known, None),))
    months = by_month(amounts)
    if known is None:
        return added(label, [SpendingPlan(id=RecordId(new_id()), project=project, period=period, amounts=months)])
    return NOTHING if known.amounts == months else changed(label, known, replace(known, amounts=months))


def by_month(amounts: Sequence[int]) -> tuple[int, ...]:
    """Return twelve amounts from twelve or from three, the sum untouched.

    Raises Refusal for any other number of amounts.
    """
    if len(amounts) == MONTHS:
        return tuple(amounts)
    if len(amounts) == TERTIALS:
        return tuple(month for amount in amounts for month in spread(amount, MONTHS // TERTIALS))
    raise Refusal(message("Planen har {count} beløp: skriv tolv måneder eller tre tertialer.", count=len(amounts)))


def spread(amount: int, parts: int) -> tuple[int, ...]:
    """Spread kroner evenly over parts; the first ones get the krone more that doesn't divide."""
    each, rest = divmod(amount, parts)
    return tuple(each + (1 if part < rest else 0) for part in range(parts))


def by_tertial(plan: SpendingPlan) -> tuple[int, ...]:
    """Return what is planned for each of the year's three tertials."""
    length = MONTHS // TERTIALS
    return tuple(sum(plan.amounts[first : first + length]) for first in range(0, MONTHS, length))


def plan_so_far(plan: SpendingPlan, period: Period) -> int:
    """Return how much was planned to be spent of the year by the end of a period, in kroner."""
    return sum(plan.amounts[: period.part.last_month])


def carried_plans(
    portfolio: Portfolio, before: Period, period: Period, new_id: Callable[[], str]
) -> Iterator[Milestone | Risk | Contract | SpendingPlan]:
    """Yield a period's plans as a new one begins with: risks that are over left out, a spending plan kept its year."""
    for kind in (Milestone, Risk, Contract):
        for one in portfolio.records(kind).values():
            if isinstance(one, Threaded) and one.period == before and not (isinstance(one, Risk) and one.is_over):
                yield replace(one, id=RecordId(new_id()), period=period)
    for plan in portfolio.spending_plans.values():
        if plan.period == before and before.year == period.year:
            yield replace(plan, id=RecordId(new_id()), period=period)


def name_of(told: Threaded) -> str:
    """Return what a milestone, a risk or a contract is called."""
    match told:
        case Milestone():
            return told.name
        case Risk():
            return told.title
        case Contract():
            return f"{told.supplier} – {told.title}" if told.title else told.supplier


def _label(portfolio: Portfolio, told: Threaded, *, is_new: bool) -> Message:
    project, what = portfolio.projects[told.project].name, name_of(told)
    if is_new:
        return message("La til {what} i {project}", what=what, project=project)
    return message("Endret {what} i {project}", what=what, project=project)


def _refuse_unlikely(told: Threaded) -> None:
    match told:
        case Milestone() if not told.name.strip():
            raise Refusal(message("Milepælen må ha et navn: skriv hva som skal være nådd."))
        case Risk() if not told.title.strip():
            raise Refusal(message("Risikoen må ha en tittel: skriv hva som kan gå galt."))
        case Risk() if not 0 <= told.likelihood <= CERTAIN:
            raise Refusal(message("Sannsynligheten må være mellom 0 og 100 prosent."))
        case Risk() if told.consequence < 0:
            raise Refusal(message("Konsekvensen kan ikke være negativ: skriv hva det vil koste om det går galt."))
        case Contract() if not told.supplier.strip():
            raise Refusal(message("Kontrakten må ha en leverandør: skriv hvem den er inngått med."))
        case _:
            return
