"""Milestones, risks, contracts and spending plans: told per period, with what they were before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import count
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.windows import PERIOD, made_id, portfolio_records
from tracker.actions import open_period
from tracker.edits import added, apply
from tracker.guarding import refuse_guarded
from tracker.kinds import PeriodStage, VatConvention
from tracker.messages import Refusal, message
from tracker.model import (
    Contract,
    Milestone,
    PeriodState,
    Portfolio,
    ProjectId,
    RecordId,
    Risk,
    SpendingPlan,
)
from tracker.periods import Part, Period
from tracker.plan_history import bound_by, expected_loss, left_unbound, milestone_paths, next_milestone
from tracker.planning import (
    by_month,
    by_tertial,
    plan_so_far,
    plans_of,
    put,
    remove,
    set_spending_plan,
    spending_plan_of,
    spread,
)
from tracker.report.build import build_report

SCHOOL = ProjectId(made_id(0))
NEXT = Period(2024, Part.T1)


def ids(first: int = 1) -> Callable[[], str]:
    numbers = count(first)
    return lambda: str(UUID(int=next(numbers)))


def portfolio() -> Portfolio:
    return apply(Portfolio(), added(message("Prøve"), portfolio_records()))


def milestone(planned: date, *, period: Period = PERIOD, number: int = 1, reached: date | None = None) -> Milestone:
    thread = RecordId(made_id(7000 + number))
    own = RecordId(made_id(7100 + number))
    return Milestone(
        id=own, thread=thread, project=SCHOOL, period=period, name="Byggestart", planned=planned, reached=reached
    )


def contract(number: int, amount: int, invoiced: int, vat: VatConvention = VatConvention.NET) -> Contract:
    own = RecordId(made_id(7200 + number))
    return Contract(
        id=own,
        thread=own,
        project=SCHOOL,
        period=PERIOD,
        supplier="Bygg AS",
        amount=amount,
        invoiced=invoiced,
        vat=vat,
    )


def test_a_milestone_that_is_moved_in_the_next_period_has_slipped_and_the_first_date_stays() -> None:
    held = portfolio()
    held = apply(held, put(held, milestone(date(2024, 3, 1))))
    held = apply(held, open_period(held, NEXT, new_id=ids()))
    (carried,) = plans_of(held, Milestone, SCHOOL, NEXT)
    later = Milestone(
        id=carried.id,
        thread=carried.thread,
        project=SCHOOL,
        period=NEXT,
        name=carried.name,
        planned=date(2024, 7, 1),
    )
    held = apply(held, put(held, later))
    (path,) = milestone_paths(held, SCHOOL, NEXT)
    assert (path.slip_days, path.slip_quarters, path.moved_days) == (122, 2, 122)
    assert path.first.planned == date(2024, 3, 1)
    assert [one.planned for one in plans_of(held, Milestone, SCHOOL, PERIOD)] == [date(2024, 3, 1)]


def test_a_new_period_goes_on_with_the_plans_but_not_with_risks_that_are_over() -> None:
    held = portfolio()
    for number, is_over in ((1, False), (2, True)):
        own = RecordId(made_id(7300 + number))
        risk = Risk(id=own, thread=own, project=SCHOOL, period=PERIOD, title=f"Risiko {number}", is_over=is_over)
        held = apply(held, put(held, risk))
    held = apply(held, put(held, contract(1, 500, 100)))
    held = apply(held, set_spending_plan(held, SCHOOL, PERIOD, [1, 2, 3], new_id=ids(900)))
    held = apply(held, open_period(held, NEXT, new_id=ids()))
    assert [one.title for one in plans_of(held, Risk, SCHOOL, NEXT)] == ["Risiko 1"]
    assert [one.amount for one in plans_of(held, Contract, SCHOOL, NEXT)] == [500]
    assert spending_plan_of(held, SCHOOL, NEXT) is None, "another year has another plan"


def test_the_next_milestone_is_the_first_that_isnt_reached() -> None:
    held = portfolio()
    for one in (
        milestone(date(2023, 1, 1), number=1, reached=date(2023, 2, 1)),
        milestone(date(2025, 1, 1), number=2),
        milestone(date(2024, 1, 1), number=3),
    ):
        held = apply(held, put(held, one))
    ahead = next_milestone(milestone_paths(held, SCHOOL, PERIOD))
    assert ahead is not None
    assert ahead.now.planned == date(2024, 1, 1)
    assert next_milestone([]) is None


@given(amount=st.integers(-(10**10), 10**10), parts=st.integers(1, 12))
def test_an_amount_is_spread_to_whole_kroner_that_sum_exactly_and_differ_by_one_at_most(
    amount: int, parts: int
) -> None:
    spreaded = spread(amount, parts)
    assert sum(spreaded) == amount
    assert max(spreaded) - min(spreaded) <= 1


@given(amounts=st.lists(st.integers(-(10**10), 10**10), min_size=3, max_size=3))
def test_a_plan_by_tertial_is_the_same_by_month(amounts: list[int]) -> None:
    plan = SpendingPlan(id=RecordId(made_id(1)), project=SCHOOL, period=PERIOD, amounts=by_month(amounts))
    assert by_tertial(plan) == tuple(amounts)
    assert plan_so_far(plan, Period(2023, Part.T1)) == amounts[0]
    assert plan_so_far(plan, Period(2023, Part.T2)) == amounts[0] + amounts[1]
    assert plan_so_far(plan, PERIOD) == sum(amounts)


def test_a_plan_of_five_amounts_is_refused() -> None:
    with pytest.raises(Refusal, match="tolv måneder"):
        by_month([1, 2, 3, 4, 5])


@pytest.mark.parametrize(
    ("consequence", "likelihood", "expected"),
    [(1_000_000, 30, 300_000), (5, 50, 3), (5, 0, 0), (7, 100, 7), (1, 49, 0)],
)
def test_the_expected_loss_is_consequence_times_likelihood_half_a_krone_up(
    consequence: int, likelihood: int, expected: int
) -> None:
    own = RecordId(made_id(7300))
    risk = Risk(
        id=own,
        thread=own,
        project=SCHOOL,
        period=PERIOD,
        title="Grunn",
        consequence=consequence,
        likelihood=likelihood,
    )
    assert expected_loss(risk) == expected


def test_contracts_with_and_without_vat_are_never_added() -> None:
    sums = bound_by([contract(1, 100, 40), contract(2, 50, 50), contract(3, 1_000, 0, VatConvention.GROSS)])
    assert {one.vat: (one.amount, one.rest) for one in sums} == {
        VatConvention.NET: (150, 60),
        VatConvention.GROSS: (1_000, 1_000),
    }
    assert left_unbound(sums, 5_000, VatConvention.NET) is None
    assert left_unbound(sums[1:], 5_000, VatConvention.NET) == 4_940
    assert left_unbound(sums[1:], 5_000, None) is None
    assert left_unbound(sums[1:], None, VatConvention.NET) is None


@pytest.mark.parametrize(
    ("title", "likelihood", "consequence"), [("", 10, 1), ("Grunn", 101, 1), ("Grunn", -1, 1), ("Grunn", 10, -1)]
)
def test_a_risk_that_cant_be_is_refused(title: str, likelihood: int, consequence: int) -> None:
    own = RecordId(made_id(7300))
    risk = Risk(
        id=own,
        thread=own,
        project=SCHOOL,
        period=PERIOD,
        title=title,
        consequence=consequence,
        likelihood=likelihood,
    )
    with pytest.raises(Refusal):
        put(portfolio(), risk)


def test_a_locked_periods_plans_are_neither_added_nor_removed() -> None:
    held = portfolio()
    told = milestone(date(2024, 3, 1))
    held = apply(held, put(held, told))
    state = PeriodState(id=RecordId(made_id(5000)), period=PERIOD, stage=PeriodStage.LOCKED, revision=1)
    held = replace(held, period_states={state.id: state})
    with pytest.raises(Refusal, match="låst"):
        refuse_guarded(held, put(held, milestone(date(2025, 3, 1))))
    with pytest.raises(Refusal, match="låst"):
        refuse_guarded(held, remove(held, told))
    with pytest.raises(Refusal, match="låst"):
        refuse_guarded(held, set_spending_plan(held, SCHOOL, PERIOD, [1, 2, 3], new_id=ids()))


def test_the_report_tells_next_milestones_largest_risks_and_contracts_by_vat_and_nothing_where_there_are_none() -> None:
    held = portfolio()
    told = {"milestones", "risks", "contracts"}
    assert not told & {part.id for part in build_report(held, PERIOD).parts}
    own = RecordId(made_id(7300))
    for one in (
        milestone(date(2024, 3, 1)),
        Risk(id=own, thread=own, project=SCHOOL, period=PERIOD, title="Grunn", consequence=1_000, likelihood=25),
        contract(1, 100, 40),
        contract(2, 1_000, 0, VatConvention.GROSS),
    ):
        held = apply(held, put(held, one))
    parts = {part.id: part for part in build_report(held, PERIOD).parts}
    assert parts["milestones"].tables[0].rows[0].cells == (
        "Åsveien skole",
        "Byggestart",
        "01.03.2024",
        "01.03.2024",
        0,
        0,
    )
    assert parts["risks"].tables[0].rows[0].cells[2:5] == (1_000, 0.25, 250)
    assert [table.rows[-1].cells[2:] for table in parts["contracts"].tables] == [(1_000, 0, 1_000), (100, 40, 60)]
