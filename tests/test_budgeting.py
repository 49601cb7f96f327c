"""Writing in the budget ledger: whatever is entered, decided, withdrawn or taken back, the rules hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.budgeting import (
    CarryOver,
    Cut,
    MoveBetweenYears,
    NewMoney,
    OriginalBudget,
    Paper,
    PriceAdjustment,
    Reallocation,
    Request,
    Share,
    decide,
    doubts_about,
    enter,
    group_of,
    key_of,
    read_case,
    read_day,
    read_decision,
    take_back,
    withdraw,
    write_case,
    write_day,
)
from tracker.chain import Figure, chain_of
from tracker.edits import Edit, added, apply
from tracker.figures import live_figures_of
from tracker.kinds import BudgetKind, BudgetStatus, FundingSource, FundingTag, PeriodStage, ProjectKind
from tracker.messages import Message, Refusal, message
from tracker.model import (
    BudgetLine,
    Decision,
    PeriodState,
    Portfolio,
    Project,
    ProjectId,
    RecordId,
    Subproject,
    SubprojectId,
)
from tracker.periods import Part, Period
from tracker.taking_back import taken_back

SCHOOL, BRIDGE, ROADS = (ProjectId(name) for name in ("skole", "bru", "veier"))
GYM = SubprojectId("gymsal")
YEARS = (2022, 2023, 2024)
PERIODS = tuple(Period(year, part) for year in YEARS for part in Part)
COUNCIL = Decision(body="KS", number="109/23", on=date(2023, 6, 14))
DECIDED = Paper(decision=COUNCIL, entered_on=date(2023, 6, 20))
PROPOSED = Paper(is_proposed=True, entered_on=date(2023, 5, 2))
NewId = Callable[[], str]


@pytest.fixture
def new_id() -> NewId:
    ids = count()
    return lambda: f"id-{next(ids)}"


def portfolio() -> Portfolio:
    """Return a school with a subproject, a bridge whose 2023 is known from a report only, and a programme."""
    opening = BudgetLine(
        id=RecordId("inngående"),
        project=BRIDGE,
        kind=BudgetKind.OPENING,
        budget_year=2023,
        year_amount=70_000,
        total_amount=470_000,
        takes_effect=date(2023, 12, 31),
    )
    records = [
        Project(id=SCHOOL, name="Skole på Åsen"),
        Project(id=BRIDGE, name="Bru over Nitelva"),
        Project(id=ROADS, name="Veier", kind=ProjectKind.PROGRAMME),
        Subproject(id=GYM, project=SCHOOL, code="I41042", name="Gymsal"),
        opening,
    ]
    return apply(Portfolio(), added(message("Prøve"), records))


def figures(held: Portfolio) -> dict[tuple[str, str], tuple[int | None, int, int | None]]:
    return {
        (str(period), one.project.id): (one.original_budget, one.revised_budget, one.total_budget)
        for period in PERIODS
        for one in live_figures_of(held, period, with_idle=True).projects
    }


def entered(held: Portfolio, request: Request, paper: Paper, new_id: NewId) -> Portfolio:
    return apply(held, enter(held, request, paper, new_id=new_id))


def only(held: Portfolio) -> list[BudgetLine]:
    return [line for line in held.budget_lines.values() if line.id != "inngående"]


SIZES = st.integers(0, 10**9)
AMOUNTS = st.integers(-(10**9), 10**9)
PLACES = st.sampled_from([(SCHOOL, None), (SCHOOL, GYM), (BRIDGE, None), (ROADS, None)])
FUNDINGS = st.sampled_from(FundingSource)


@st.composite
def requests(draw: st.DrawFn) -> Request | None:
    """Draw a request, None where the type refuses what was drawn."""
    (project, subproject), year = draw(PLACES), draw(st.sampled_from(YEARS))
    where = {"project": project, "subproject": subproject}
    kind = draw(st.sampled_from([OriginalBudget, NewMoney, Cut, PriceAdjustment, MoveBetweenYears, CarryOver, None]))
    with suppress(Refusal):
        if kind is MoveBetweenYears:
            return kind(**where, amount=draw(SIZES), from_year=year, to_year=draw(st.sampled_from(YEARS)))
        if kind is CarryOver:
            return kind(**where, amount=draw(AMOUNTS), from_year=year)
        if kind is not None:
            amounts = SIZES if kind in {NewMoney, Cut} else AMOUNTS
            return kind(
                **where, year=year, year_amount=draw(amounts), total_amount=draw(amounts), funding=draw(FUNDINGS)
            )
        places = draw(st.lists(PLACES, min_size=2, max_size=4, unique=True))
        moved = [(draw(AMOUNTS), draw(AMOUNTS)) for _ in places[1:]]
        moved.append((-sum(one for one, _ in moved), -sum(one for _, one in moved)))
        shares = [
            Share(project=where, subproject=sub, year_amount=one, total_amount=other)
            for (where, sub), (one, other) in zip(places, moved, strict=True)
        ]
        return Reallocation(year=year, shares=shares)
    return None


@st.composite
def papers(draw: st.DrawFn) -> Paper:
    on = date(2022, 1, 1) + timedelta(days=draw(st.integers(-30, 1100)))
    if draw(st.booleans()):
        return Paper(is_proposed=True, entered_on=on)
    return Paper(decision=replace(COUNCIL, on=on), entered_on=on)


def acts(draw: st.DrawFn, held: Portfolio, new_id: NewId) -> Edit | None:
    """Draw something to do, and return the edit of it; None where it is refused."""
    lines = sorted(held.budget_lines)
    what = draw(st.sampled_from(["enter", "enter", "enter", "decide", "withdraw", "take back"]))
    with suppress(Refusal):
        if what == "enter" or not lines:
            request = draw(requests())
            return None if request is None else enter(held, request, draw(papers()), new_id=new_id)
        line = RecordId(draw(st.sampled_from(lines)))
        if what == "decide":
            return decide(held, [line], replace(COUNCIL, on=draw(papers()).entered_on))
        if what == "withdraw":
            return withdraw(held, [line])
        return take_back(held, line, because="Feil beløp", new_id=new_id)
    return None


@st.composite
def histories(draw: st.DrawFn) -> tuple[list[Portfolio], list[Edit]]:
    """Draw a ledger and what was done to it: the portfolio before and after each edit."""
    ids = count()
    held, edits = [portfolio()], []
    for _ in range(draw(st.integers(1, 8))):
        edit = acts(draw, held[-1], lambda: f"id-{next(ids)}")
        if edit is not None:
            edits.append(edit)
            held.append(apply(held[-1], edit))
    return held, edits


def decided(held: Portfolio) -> Iterator[BudgetLine]:
    return (line for line in held.budget_lines.values() if line.status is BudgetStatus.DECIDED)


@given(histories())
def test_a_total_budget_is_the_sum_of_what_was_decided_for_it_and_never_of_the_years(
    history: tuple[list[Portfolio], list[Edit]],
) -> None:
    held = history[0][-1]
    for period in PERIODS:
        for one in live_figures_of(held, period, with_idle=True).projects:
            own = [
                line for line in decided(held) if line.project == one.project.id and line.takes_effect <= period.ends
            ]
            if one.total_budget is not None:
                assert one.total_budget == sum(line.total_amount for line in own)
            assert one.revised_budget == sum(line.year_amount for line in own if line.budget_year == period.year)


@given(histories(), PLACES, st.sampled_from(YEARS), st.integers(1, 10**9), st.booleans())
def test_money_moved_between_years_leaves_every_total_and_the_sum_of_the_years(
    history: tuple[list[Portfolio], list[Edit]],
    place: tuple[ProjectId, SubprojectId | None],
    year: int,
    amount: int,
    carries: bool,  # noqa: FBT001  hypothesis draws it
) -> None:
    held = history[0][-1]
    ids = count(10**6)
    where = {"project": place[0], "subproject": place[1], "amount": amount, "from_year": year}
    request = CarryOver(**where) if carries else MoveBetweenYears(**where, to_year=year + 1)
    after = entered(held, request, DECIDED, lambda: f"id-{next(ids)}")
    before, now = figures(held), figures(after)
    assert {key: one[2] for key, one in now.items()} == {key: one[2] for key, one in before.items()}
    assert sum(line.year_amount for line in after.budget_lines.values()) == sum(
        line.year_amount for line in held.budget_lines.values()
    )


@given(histories())
def test_a_reallocation_sums_to_zero_whatever_is_done_to_it(history: tuple[list[Portfolio], list[Edit]]) -> None:
    for held in history[0]:
        sums: Counter[str] = Counter()
        for line in held.budget_lines.values():
            if line.kind is BudgetKind.REALLOCATION:
                sums[f"{key_of(line)} år"] += line.year_amount
                sums[f"{key_of(line)} totalt"] += line.total_amount
                assert len(group_of(held, line)) >= 2
                assert len({one.status for one in group_of(held, line)}) == 1
        assert not any(sums.values())


@given(histories())
def test_undo_restores_every_figure_and_every_line(history: tuple[list[Portfolio], list[Edit]]) -> None:
    held, edits = history
    now = held[-1]
    for edit, before in zip(reversed(edits), reversed(held[:-1]), strict=True):
        now = apply(now, taken_back(now, edit))
        assert now == before


@given(histories())
def test_the_chain_comes_to_the_figure_to_the_krone(history: tuple[list[Portfolio], list[Edit]]) -> None:
    held = history[0][-1]
    for period in PERIODS:
        for one in live_figures_of(held, period, with_idle=True).projects:
            for figure, wanted in (
                (Figure.REVISED, one.revised_budget),
                (Figure.TOTAL, one.total_budget),
                (Figure.ORIGINAL, one.original_budget),
            ):
                chain = chain_of(held, one.project.id, period, figure)
                assert chain.value == wanted == chain.reported
                counting = [link.amount for link in chain.links if link.counts]
                if wanted is not None:
                    assert sum(counting) == wanted
                    assert chain.links[-1].balance == wanted if chain.links else wanted == 0


@given(histories())
def test_a_proposal_never_counts(history: tuple[list[Portfolio], list[Edit]]) -> None:
    held = history[0][-1]
    without = replace(held, budget_lines={line.id: line for line in decided(held)})
    assert figures(held) == figures(without)


@given(histories(), st.integers(0, 10))
def test_taking_a_change_back_makes_the_figures_what_they_would_have_been(
    history: tuple[list[Portfolio], list[Edit]], which: int
) -> None:
    held, edits = history
    entering = [at for at, edit in enumerate(edits) if all(change.before is None for change in edit.changes)]
    if not entering or entering[-1] != len(edits) - 1:
        return
    made = [change.known for change in edits[-1].changes]
    line = made[which % len(made)]
    if not isinstance(line, BudgetLine) or line.status is BudgetStatus.PROPOSED or line.note:
        return
    ids = count(10**6)
    back = apply(held[-1], take_back(held[-1], line.id, because="Feil", new_id=lambda: f"id-{next(ids)}"))
    for key, (_, revised, total) in figures(held[-2]).items():
        if line.kind is not BudgetKind.ORIGINAL or line.project != BRIDGE:
            assert figures(back)[key][1:] == (revised, total)
    with pytest.raises(Refusal, match="allerede ført tilbake"):
        take_back(back, line.id, because="Feil", new_id=lambda: f"id-{next(ids)}")


@given(st.integers(-(10**9), 10**9), st.integers(-(10**9), 10**9), st.booleans())
def test_an_original_budget_takes_its_place_within_the_opening_entry(year: int, total: int, proposed: bool) -> None:  # noqa: FBT001
    if not year and not total:
        return
    ids = count()
    new = lambda: f"id-{next(ids)}"  # noqa: E731
    held = portfolio()
    request = OriginalBudget(project=BRIDGE, year=2023, year_amount=year, total_amount=total)
    early = Decision(body="KS", number="160/22", on=date(2022, 12, 14))
    if proposed:
        after = entered(held, request, PROPOSED, new)
        assert figures(after) == figures(held)
        after = apply(after, decide(after, [RecordId("id-0")], early))
    else:
        after = entered(held, request, Paper(decision=early, entered_on=early.on), new)
    for key, (_, revised, whole) in figures(held).items():
        assert figures(after)[key][1:] == (revised, whole)
    assert figures(after)["2023-Y", BRIDGE][0] == year


def test_a_wrong_original_budget_is_taken_back_and_entered_anew_without_moving_the_revised(new_id: NewId) -> None:
    held = portfolio()
    wrong = OriginalBudget(project=BRIDGE, year=2023, year_amount=50_000, total_amount=0)
    first = entered(held, wrong, DECIDED, new_id)
    with pytest.raises(Refusal, match="opprinnelig budsjett"):
        enter(first, wrong, DECIDED, new_id=new_id)
    back = apply(first, take_back(first, RecordId("id-0"), because="Null for mye", new_id=new_id))
    right = entered(back, replace(wrong, year_amount=5_000), DECIDED, new_id)
    assert figures(right)["2023-Y", BRIDGE] == (5_000, 70_000, 470_000)


def test_a_carry_over_is_decided_in_the_next_year_and_leaves_what_was_reported_of_the_last(new_id: NewId) -> None:
    june = Decision(body="KS", number="88/24", on=date(2024, 6, 12))
    request = CarryOver(project=BRIDGE, amount=30_000, from_year=2023)
    after = entered(portfolio(), request, Paper(decision=june, entered_on=june.on), new_id)
    told = figures(after)
    assert told["2023-Y", BRIDGE][1] == 70_000
    assert told["2024-T1", BRIDGE][1] == 0
    assert told["2024-T2", BRIDGE][1] == 30_000
    assert told["2024-T2", BRIDGE][2] == 470_000


@pytest.mark.parametrize("is_proposed", [True, False])
def test_an_original_budget_adopted_in_december_holds_from_january(new_id: NewId, is_proposed: bool) -> None:  # noqa: FBT001
    december = Decision(body="KS", number="160/22", on=date(2022, 12, 14))
    request = OriginalBudget(project=SCHOOL, year=2023, year_amount=5, total_amount=9)
    paper = Paper(decision=None if is_proposed else december, is_proposed=is_proposed, entered_on=december.on)
    after = entered(portfolio(), request, paper, new_id)
    if is_proposed:
        after = apply(after, decide(after, [RecordId("id-0")], december))
    assert figures(after)["2022-Y", SCHOOL] == (0, 0, 0)
    assert figures(after)["2023-T1", SCHOOL] == (5, 5, 9)


def test_deciding_one_line_of_a_reallocation_decides_all_of_it(new_id: NewId) -> None:
    request = Reallocation(
        year=2023,
        shares=[
            Share(project=SCHOOL, subproject=GYM, year_amount=-5_000, total_amount=-5_000),
            Share(project=ROADS, year_amount=5_000, total_amount=5_000),
        ],
    )
    held = entered(portfolio(), request, PROPOSED, new_id)
    after = apply(held, decide(held, [only(held)[1].id], COUNCIL))
    assert {(line.status, line.decision, line.takes_effect) for line in only(after)} == {
        (BudgetStatus.DECIDED, COUNCIL, COUNCIL.on)
    }
    with pytest.raises(Refusal, match="vedtatt"):
        withdraw(after, [only(after)[0].id])
    with pytest.raises(Refusal, match="bare forslag"):
        decide(after, [only(after)[0].id], COUNCIL)
    assert only(apply(held, withdraw(held, [only(held)[0].id]))) == []


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: Paper(entered_on=COUNCIL.on), "må ha et vedtak"),
        (
            lambda: NewMoney(project=SCHOOL, year=2023, year_amount=-1, total_amount=0, funding=FundingSource.LOAN),
            "nedtrekk",
        ),
        (lambda: Cut(project=SCHOOL, year=2023, year_amount=0, total_amount=0, funding=FundingSource.LOAN), "null"),
        (lambda: MoveBetweenYears(project=SCHOOL, amount=5, from_year=2023, to_year=2023), "samme år"),
        (lambda: MoveBetweenYears(project=SCHOOL, amount=-5, from_year=2023, to_year=2024), "større enn null"),
        (lambda: CarryOver(project=SCHOOL, amount=5, from_year=2199), "budsjettår"),
        (lambda: Reallocation(year=2023, shares=[Share(project=SCHOOL, year_amount=0, total_amount=0)]), "minst to"),
        (
            lambda: Reallocation(
                year=2023, shares=[Share(project=SCHOOL, year_amount=sign, total_amount=0) for sign in (1, -1)]
            ),
            "to ganger",
        ),
    ],
)
def test_what_is_wrong_cannot_be_written(make: Callable[[], object], said: str) -> None:
    with pytest.raises(Refusal, match=said):
        make()


@given(st.lists(st.tuples(AMOUNTS, AMOUNTS), min_size=1, max_size=5))
def test_a_reallocation_that_is_not_zero_is_refused_with_what_is_left(amounts: list[tuple[int, int]]) -> None:
    shares = [
        Share(project=ProjectId(str(at)), year_amount=one, total_amount=two) for at, (one, two) in enumerate(amounts)
    ]
    year, total = sum(one for one, _ in amounts), sum(two for _, two in amounts)
    if not year and not total:
        return
    with pytest.raises(Refusal) as refused:
        Reallocation(year=2023, shares=shares)
    assert dict(refused.value.reason.values) == {"year": -year, "total": -total}
    closing = Share(project=SCHOOL, year_amount=-year, total_amount=-total)
    assert sum(one.year_amount for one in Reallocation(year=2023, shares=[*shares, closing]).movements) == 0


def test_the_same_decision_with_the_same_amounts_is_warned_of(new_id: NewId) -> None:
    request = NewMoney(project=SCHOOL, year=2023, year_amount=5, total_amount=5, funding=FundingSource.LOAN)
    held = portfolio()
    assert doubts_about(held, request, DECIDED) == []
    after = entered(held, request, DECIDED, new_id)
    again = replace(DECIDED, decision=replace(COUNCIL, number="109/2023"))
    assert len(doubts_about(after, request, again)) == 1
    assert doubts_about(after, replace(request, year_amount=6), DECIDED) == []
    assert doubts_about(after, request, replace(DECIDED, decision=replace(COUNCIL, number="110/23"))) == []


def test_money_that_is_kept_apart_is_not_reallocated_unnoticed(new_id: NewId) -> None:
    given = NewMoney(project=SCHOOL, year=2023, year_amount=100, total_amount=100, funding=FundingSource.LOAN)
    held = entered(portfolio(), given, DECIDED, new_id)
    projects = held.projects | {ROADS: replace(held.projects[ROADS], funding_tags=frozenset({FundingTag.FULL_COST}))}
    held = replace(held, projects=projects)

    def moved(*amounts: tuple[ProjectId, int]) -> Reallocation:
        return Reallocation(
            year=2023, shares=[Share(project=one, year_amount=amount, total_amount=0) for one, amount in amounts]
        )

    assert doubts_about(held, moved((SCHOOL, -5), (BRIDGE, 5)), PROPOSED) == []
    (doubt,) = doubts_about(held, moved((SCHOOL, -5), (ROADS, 5)), PROPOSED)
    assert {str(one.text) for one in doubt.values.values() if isinstance(one, Message)} == {
        "Investeringer ellers",
        "Selvkost",
    }


def test_giving_more_than_there_is_is_doubted(new_id: NewId) -> None:
    given = NewMoney(project=SCHOOL, year=2024, year_amount=100, total_amount=100, funding=FundingSource.LOAN)
    held = entered(portfolio(), given, DECIDED, new_id)

    def doubts(amount: int) -> list[Message]:
        return doubts_about(
            held, MoveBetweenYears(project=SCHOOL, from_year=2024, to_year=2025, amount=amount), PROPOSED
        )

    assert doubts(100) == []
    (doubt,) = doubts(101)
    assert (doubt.values["held"], doubt.values["given"], doubt.values["year"]) == (100, 101, 2024)


def test_a_locked_period_takes_no_notice_of_a_late_decision_but_the_chain_tells_of_it(new_id: NewId) -> None:
    period = Period(2023, Part.YEAR)
    state = PeriodState(id=RecordId("p"), period=period, stage=PeriodStage.LOCKED)
    held = apply(portfolio(), added(message("Prøve"), [state]))
    request = NewMoney(project=SCHOOL, year=2023, year_amount=5, total_amount=5, funding=FundingSource.LOAN)
    chain = chain_of(entered(held, request, DECIDED, new_id), SCHOOL, period, Figure.REVISED)
    assert chain.value == 5
    assert not chain.is_as_reported


CASES = st.tuples(
    st.sampled_from(["KS", "F", "FSK", "Kommunestyret", "Utvalg for kultur", "PS"]),
    st.from_regex(r"[1-9][0-9]{0,2}(\.[1-9])?/[0-9]{2}", fullmatch=True),
)


@given(CASES, st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_a_decision_is_read_as_it_is_written(case: tuple[str, str], on: date) -> None:
    decision = Decision(body=case[0], number=case[1], on=on)
    assert read_decision(write_case(decision), write_day(on)) == decision


@pytest.mark.parametrize("typed", ["KS-sak 109/23", " ks sak  109/23 ", "Ks-Sak 109/23", "KSsak 109/23", "KS 109/23"])
def test_a_case_is_the_same_however_it_is_typed(typed: str) -> None:
    assert read_case(typed) == ("KS", "109/23")


def test_a_case_is_written_as_the_minutes_do() -> None:
    assert write_case(COUNCIL) == "KS-sak 109/23"
    assert write_case(Decision(body="Kommunestyret", number="75.1/23", on=COUNCIL.on)) == "Kommunestyret 75.1/23"
    assert read_case("formannskapet sak 12/24") == ("formannskapet", "12/24")


@pytest.mark.parametrize("typed", ["109/23", "KS-sak", "KS-sak 109", "KS-sak 109/2", "kommunestyret i juni"])
def test_half_a_case_is_refused(typed: str) -> None:
    with pytest.raises(Refusal, match="er ikke et vedtak"):
        read_case(typed)


@pytest.mark.parametrize("typed", ["31.02.2023", "2023-06-14", "14.06", "juni", "14.06.23", " "])
def test_what_is_no_day_is_refused(typed: str) -> None:
    with pytest.raises(Refusal, match="er ikke en dato" if typed.strip() else "Datoen mangler"):
        read_day(typed)


@pytest.mark.parametrize(("case", "day", "said"), [("KS-sak 109/23", "", "datoen"), ("", "14.06.2023", "saken")])
def test_half_a_decision_is_refused(case: str, day: str, said: str) -> None:
    with pytest.raises(Refusal, match=said):
        read_decision(case, day)
