"""Projects are split, joined, moved, closed and reopened: the figures before are the figures after."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.journal import Signature
from db.store import new_store, open_store
from tests.portfolios import batch_of
from tests.windows import PERIOD, made_id, portfolio_records
from tracker.actions import open_period
from tracker.closing import lock
from tracker.edits import Edit, added, apply
from tracker.figures import figures_of, live_figures_of, spending_by_year
from tracker.joining import close_project, join_projects, joined_into, reopen_project, still_open
from tracker.kinds import BudgetKind, FundingTag, Phase, PrintedOf
from tracker.messages import Refusal, message
from tracker.model import (
    BudgetLine,
    Contract,
    LedgerSum,
    Milestone,
    Portfolio,
    PrintedFigures,
    ProjectId,
    RecordId,
    Subproject,
    SubprojectId,
)
from tracker.periods import Part, Period
from tracker.planning import plans_of, put, set_spending_plan, spending_plan_of
from tracker.register import (
    NewProject,
    add_project,
    add_subproject,
    change_subproject,
    move_subproject,
    remove_project,
    remove_subproject,
)
from tracker.splitting import Share, split_project
from tracker.taking_back import taken_back

SCHOOL, PARK, BRIDGE, ROAD = (ProjectId(made_id(number)) for number in range(4))
TODAY = date(2024, 3, 1)
OPEN = Period(2024, Part.T1)
PERIODS = [Period(year, part) for year in (2022, 2023, 2024, 2025) for part in Part]
IDS = count(10**6)


def new_id() -> str:
    return str(UUID(int=next(IDS)))


def subproject(number: int, project: ProjectId) -> Subproject:
    return Subproject(
        id=SubprojectId(made_id(8000 + number)), project=project, code=f"I{number}", name=f"Byggetrinn {number}"
    )


def portfolio() -> Portfolio:
    held = apply(Portfolio(), added(message("Prøve"), portfolio_records()))
    held = apply(held, open_period(held, OPEN, new_id=new_id))
    return apply(held, added(message("Underprosjekter"), [subproject(number, SCHOOL) for number in range(3)]))


def sums_of(held: Portfolio) -> list[tuple[object, ...]]:
    """Every live sum of every period, and what was spent in each year, all projects together."""
    found: list[tuple[object, ...]] = []
    for period in PERIODS:
        figures = live_figures_of(held, period, with_idle=True)
        of_all = figures.all
        found.append(
            (
                period,
                of_all.total_budget,
                of_all.total_spent,
                of_all.revised_budget,
                of_all.actual,
                of_all.reported_deviation,
            )
        )
        years: dict[int, int] = {}
        openings = 0
        for one in figures.projects:
            before, spent = spending_by_year(held, one.project.id, period)
            openings += before
            for year, amount in spent.items():
                years[year] = years.get(year, 0) + amount
        found.append((openings, {year: amount for year, amount in years.items() if amount}))
    return found


AMOUNTS = st.integers(-(10**9), 10**9)


@st.composite
def random_portfolios(draw: st.DrawFn) -> Portfolio:
    """Draw budget lines and spending on projects and subprojects of the small portfolio, in four years."""
    held = portfolio()
    lines, sums = [], []
    for _ in range(draw(st.integers(0, 12))):
        sub = draw(st.sampled_from([None, *held.subprojects.values()]))
        project = draw(st.sampled_from([SCHOOL, PARK, BRIDGE])) if sub is None else sub.project
        kind = draw(st.sampled_from([BudgetKind.GRANT, BudgetKind.CARRY_OVER, BudgetKind.ORIGINAL]))
        year = draw(st.integers(2022, 2025))
        lines.append(
            BudgetLine(
                id=RecordId(new_id()),
                project=project,
                subproject=None if sub is None else sub.id,
                kind=kind,
                budget_year=year,
                year_amount=draw(AMOUNTS),
                total_amount=0 if kind.leaves_total else draw(AMOUNTS),
                takes_effect=date(year, draw(st.integers(1, 12)), 1),
            )
        )
        sums.append(
            LedgerSum(
                project=project,
                subproject=None if sub is None else sub.id,
                account="1",
                year=year,
                month=draw(st.integers(1, 12)),
                amount=draw(AMOUNTS),
                opening=draw(st.booleans()),
            )
        )
    batch = batch_of(sums, new_id())
    return apply(held, added(message("Tilfeldig"), [*lines, batch]))


def assert_nothing_is_lost(before: Portfolio, edit: Edit) -> None:
    after = apply(before, edit)
    assert sums_of(after) == sums_of(before)
    assert apply(after, taken_back(after, edit)) == before


@given(held=random_portfolios(), data=st.data())
def test_a_split_moves_no_krone_out_of_any_sum_or_year_and_is_undone_exactly(
    held: Portfolio, data: st.DataObject
) -> None:
    moved = data.draw(st.frozensets(st.sampled_from([one.id for one in held.subprojects.values()])))
    share = Share(
        name="Byggetrinn to",
        subprojects=moved,
        year_amounts={2024: data.draw(AMOUNTS), 2025: data.draw(AMOUNTS)},
        total_amount=data.draw(AMOUNTS),
        spent_this_year=data.draw(AMOUNTS),
        spent_before=data.draw(AMOUNTS),
    )
    try:
        edit = split_project(held, SCHOOL, share, period=OPEN, today=TODAY, new_id=new_id)
    except Refusal:
        share = replace(share, year_amounts={2025: 7}, total_amount=0, spent_this_year=0, spent_before=0)
        edit = split_project(held, SCHOOL, share, period=OPEN, today=TODAY, new_id=new_id)
    assert_nothing_is_lost(held, edit)


@given(held=random_portfolios(), pair=st.permutations([SCHOOL, PARK, BRIDGE]))
def test_a_join_moves_no_krone_out_of_any_sum_or_year_and_is_undone_exactly(
    held: Portfolio, pair: list[ProjectId]
) -> None:
    gone, into = pair[:2]
    held = replace(held, projects={key: replace(one, service_area=None) for key, one in held.projects.items()})
    assert_nothing_is_lost(held, join_projects(held, gone, into))


@given(held=random_portfolios(), into=st.sampled_from([PARK, BRIDGE]))
def test_a_moved_subproject_takes_its_money_along_and_no_sum_changes(held: Portfolio, into: ProjectId) -> None:
    assert_nothing_is_lost(held, move_subproject(held, SubprojectId(made_id(8001)), into))


def test_joined_twice_over_the_money_ends_at_the_last_project() -> None:
    held = portfolio()
    held = apply(held, join_projects(held, SCHOOL, PARK))
    held = apply(held, join_projects(held, PARK, BRIDGE))
    (bridge,) = [one for one in live_figures_of(held, PERIOD).projects if one.project.id == BRIDGE]
    assert bridge.total_budget == 90_000_000 + 1_000_000 + 20_000_000
    assert bridge.revised_budget == 9_000_000 + 500_000 + 1_234_567
    assert [one.id for one in joined_into(held, BRIDGE)] == [PARK]
    assert {sub.project for sub in held.subprojects.values()} == {BRIDGE}


def test_a_split_is_whole_to_the_krone_on_both_sides() -> None:
    held = portfolio()
    share = Share(name="Ny hall", year_amounts={2023: 4_000_000}, total_amount=30_000_000, spent_this_year=1_000_001)
    after = apply(held, split_project(held, SCHOOL, share, period=PERIOD, today=TODAY, new_id=new_id))
    by_name = {one.project.name: one for one in live_figures_of(after, PERIOD).projects}
    old, new = by_name["Åsveien skole"], by_name["Ny hall"]
    assert (new.total_budget, new.revised_budget, new.actual) == (30_000_000, 4_000_000, 1_000_001)
    assert (old.total_budget, old.revised_budget, old.actual) == (60_000_000, 5_000_000, 8_000_400 - 1_000_001)


def test_more_than_stands_on_the_project_is_not_split_off() -> None:
    with pytest.raises(Refusal, match="kan ikke flyttes"):
        split_project(
            portfolio(),
            SCHOOL,
            Share(name="Ny", year_amounts={2023: 9_000_001}),
            period=PERIOD,
            today=TODAY,
            new_id=new_id,
        )


def test_a_locked_period_is_the_same_after_a_split_and_a_join(tmp_path: Path) -> None:
    held = portfolio()
    held = apply(held, lock(held, PERIOD, who="Kari", at=datetime(2024, 2, 1, tzinfo=UTC), new_id=new_id))
    reported = figures_of(held, PERIOD)
    with new_store(tmp_path / "p.tertial") as store:
        unlocked = portfolio()
        store.commit(added(message("Alt"), [one for kind in _all(unlocked) for one in kind]), _signed())
        loaded = store.load()
        store.commit(lock(loaded, PERIOD, who="Kari", at=datetime(2024, 2, 1, tzinfo=UTC), new_id=new_id), _signed())
        loaded = store.load()
        frozen = figures_of(loaded, PERIOD)
        share = Share(name="Ny", subprojects=frozenset({SubprojectId(made_id(8000))}), total_amount=5)
        for edit in (
            split_project(loaded, SCHOOL, share, period=OPEN, today=TODAY, new_id=new_id),
            join_projects(loaded, PARK, BRIDGE),
        ):
            store.commit(edit, _signed())
            loaded = apply(loaded, edit)
        assert figures_of(loaded, PERIOD) == frozen
    with closing(open_store(tmp_path / "p.tertial", read_only=True)) as store:
        assert store.load() == loaded
    held = apply(held, join_projects(held, SCHOOL, PARK))
    assert figures_of(held, PERIOD) == reported


def test_nothing_is_split_off_in_a_locked_period() -> None:
    held = portfolio()
    held = apply(held, lock(held, PERIOD, who="Kari", at=datetime(2024, 2, 1, tzinfo=UTC), new_id=new_id))
    with pytest.raises(Refusal, match="låst"):
        split_project(held, SCHOOL, Share(name="Ny"), period=PERIOD, today=TODAY, new_id=new_id)


def test_printed_figures_of_joined_projects_are_added_and_hold_a_split_back_until_the_period_is_locked() -> None:
    held = portfolio()
    rows = [
        PrintedFigures(
            id=RecordId(new_id()),
            period=PERIOD,
            of=PrintedOf.PROJECT,
            project=project,
            name="",
            total_budget=1,
            total_spent=1,
            revised_budget=1,
            actual=1,
            deviation=deviation,
        )
        for project, deviation in ((SCHOOL, 1_000), (PARK, -3_000))
    ]
    held = apply(held, added(message("Trykt"), rows))
    joined = apply(held, join_projects(held, SCHOOL, PARK))
    (park,) = [one for one in live_figures_of(joined, PERIOD).projects if one.project.id == PARK]
    assert park.reported_deviation == -2_000
    with pytest.raises(Refusal, match="lås perioden"):
        split_project(held, SCHOOL, Share(name="Ny"), period=OPEN, today=TODAY, new_id=new_id)


def test_a_project_isnt_joined_with_itself_a_programme_other_money_or_one_that_is_gone() -> None:
    held = portfolio()
    park = held.projects[PARK]
    taxed = replace(
        held, projects={**held.projects, PARK: replace(park, funding_tags=frozenset({FundingTag.FULL_COST}))}
    )
    gone = apply(held, join_projects(held, SCHOOL, PARK))
    for where, one, into in (
        (held, SCHOOL, SCHOOL),
        (held, SCHOOL, ROAD),
        (taxed, SCHOOL, PARK),
        (gone, SCHOOL, BRIDGE),
        (gone, BRIDGE, SCHOOL),
        (gone, PARK, SCHOOL),
    ):
        with pytest.raises(Refusal):
            join_projects(where, one, into)


def test_plans_follow_to_the_project_that_takes_over() -> None:
    held = portfolio()
    own = RecordId(new_id())
    told = Milestone(id=own, thread=own, project=SCHOOL, period=OPEN, name="Byggestart", planned=TODAY)
    held = apply(held, put(held, told))
    for project, amounts in ((SCHOOL, [3, 6, 9]), (PARK, [4, 4, 4])):
        held = apply(held, set_spending_plan(held, project, OPEN, amounts, new_id=new_id))
    joined = apply(held, join_projects(held, SCHOOL, PARK))
    assert [one.name for one in plans_of(joined, Milestone, PARK, OPEN)] == ["Byggestart"]
    plan = spending_plan_of(joined, PARK, OPEN)
    assert plan is not None
    assert sum(plan.amounts) == 30
    assert spending_plan_of(joined, SCHOOL, OPEN) is None


def test_a_joined_project_is_left_out_of_the_next_period() -> None:
    held = portfolio()
    held = apply(held, join_projects(held, SCHOOL, PARK))
    later = Period(2024, Part.T2)
    held = apply(held, open_period(held, later, new_id=new_id))
    assert SCHOOL not in {one.project for one in held.statuses.values() if one.period == later}


def test_a_project_is_closed_with_what_is_open_only_when_that_is_accepted_and_reopened() -> None:
    held = portfolio()
    own = RecordId(new_id())
    bound = Contract(id=own, thread=own, project=SCHOOL, period=OPEN, supplier="Bygg AS", amount=10, invoiced=4)
    held = apply(held, put(held, bound))
    assert len(still_open(held, SCHOOL, OPEN)) == 2
    with pytest.raises(Refusal) as refused:
        close_project(held, SCHOOL, OPEN, new_id=new_id)
    assert len(refused.value.details) == 2
    closed = apply(held, close_project(held, SCHOOL, OPEN, new_id=new_id, accept_open=True))
    phases = {one.phase for one in closed.statuses.values() if (one.project, one.period) == (SCHOOL, OPEN)}
    assert phases == {Phase.CLOSED}
    with pytest.raises(Refusal, match="allerede avsluttet"):
        close_project(closed, SCHOOL, OPEN, new_id=new_id, accept_open=True)
    opened = apply(closed, reopen_project(closed, SCHOOL, OPEN, new_id=new_id))
    with pytest.raises(Refusal, match="ikke avsluttet"):
        reopen_project(opened, SCHOOL, OPEN, new_id=new_id)


def test_a_project_is_added_by_hand_listed_and_removed_again_while_it_is_empty() -> None:
    held = portfolio()
    given_ = NewProject(name="Nye Solheim barnehage", code="P-77", service_area="Oppvekst")
    after = apply(held, add_project(held, OPEN, given_, new_id=new_id))
    (made,) = [one.project for one in figures_of(after, OPEN).projects if one.project.code == "P-77"]
    assert apply(after, remove_project(after, made.id)) == held
    with pytest.raises(Refusal, match="heter"):
        add_project(after, OPEN, replace(given_, code=""), new_id=new_id)
    with pytest.raises(Refusal, match="bruk et annet"):
        add_project(after, OPEN, replace(given_, name="En annen"), new_id=new_id)
    with pytest.raises(Refusal, match="navn"):
        add_project(after, OPEN, replace(given_, name=" ", code=""), new_id=new_id)


def test_a_project_with_money_is_not_removed() -> None:
    with pytest.raises(Refusal) as refused:
        remove_project(portfolio(), PARK)
    assert {detail.text for detail in refused.value.details} >= {"budsjett", "regnskap"}


def test_subprojects_are_added_changed_and_removed_each_with_a_code_of_its_own() -> None:
    held = portfolio()
    held = apply(held, add_subproject(held, PARK, code=" I99 ", name="Gjerde", new_id=new_id))
    (made,) = [one for one in held.subprojects.values() if one.code == "I99"]
    with pytest.raises(Refusal, match="bruk et annet"):
        change_subproject(held, made.id, code="I1", name="Gjerde")
    held = apply(held, change_subproject(held, made.id, code="I100", name="Gjerde"))
    held = apply(held, remove_subproject(held, made.id))
    assert made.id not in held.subprojects


def _all(held: Portfolio) -> list[list[object]]:
    return [list(getattr(held, name).values()) for name in held.__slots__]


def _signed() -> Signature:
    return Signature(who="Kari", at="2024-01-01T00:00:00+00:00", way="window", entry_id=new_id())
