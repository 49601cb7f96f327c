"""What the council is asked to adopt: its paragraph point by point, and tables that never mix two kinds of change."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from itertools import count

from hypothesis import assume, given
from hypothesis import strategies as st

from tests.test_budget_report import T2, WATER, grant, ledger
from tests.test_budgeting import BRIDGE, DECIDED, PROPOSED, SCHOOL, entered, portfolio, requests
from tracker.budgeting import (
    CarryOver,
    Cut,
    MoveBetweenYears,
    NewMoney,
    OriginalBudget,
    PriceAdjustment,
    Reallocation,
    Request,
    Share,
)
from tracker.kinds import BudgetKind, BudgetStatus, FundingSource
from tracker.messages import Message, Refusal
from tracker.model import BudgetLine, Portfolio
from tracker.periods import Part as OfYear
from tracker.periods import Period
from tracker.report import build_report
from tracker.report.content import Emphasis, Row, Table
from tracker.report.content import Part as ReportPart
from ui.words import words_in

SAY = words_in()
MILLION = 1_000_000


def proposals(held: Portfolio, period: Period = T2) -> ReportPart:
    (part,) = build_report(held, period, chosen=["budget-proposals"]).parts
    return part


def proposed(*requests_: Request) -> ReportPart:
    return proposals(ledger(*((request, PROPOSED) for request in requests_)))


def said(part: ReportPart) -> list[str]:
    """Return the paragraphs as they are read, with plain spaces."""
    return [" ".join(map(SAY, paragraph)).replace("\u00a0", " ") for paragraph in part.intro]


def points(part: ReportPart) -> list[str]:
    return [paragraph for paragraph in said(part) if paragraph[0].isdecimal()]


def kind_tables(part: ReportPart) -> dict[BudgetKind, Table]:
    named = {f"budget-proposals-{kind.value.replace('_', '-')}": kind for kind in BudgetKind}
    return {named[table.id]: table for table in part.tables if table.id in named}


def cells(table: Table, key: str, emphasis: Emphasis = Emphasis.NORMAL) -> list[object]:
    return [row.cells[table.index_of(key)] for row in table.rows if row.emphasis is emphasis]


def moved(amount: int, *, total: int = 0) -> Reallocation:
    shares = [(SCHOOL, -amount, -total), (BRIDGE, amount, total)]
    return Reallocation(
        year=2023,
        shares=[Share(project=one, year_amount=year, total_amount=all_) for one, year, all_ in shares],
    )


def test_the_council_adopts_each_kind_by_a_point_of_its_own_in_the_order_of_its_tables() -> None:
    part = proposed(
        moved(MILLION),
        grant(SCHOOL, 5 * MILLION),
        Cut(project=SCHOOL, year=2023, year_amount=6 * MILLION, total_amount=6 * MILLION, funding=FundingSource.GRANT),
        MoveBetweenYears(project=SCHOOL, amount=3 * MILLION, from_year=2023, to_year=2024),
        CarryOver(project=BRIDGE, amount=4 * MILLION, from_year=2022),
        PriceAdjustment(project=BRIDGE, year=2023, year_amount=-MILLION, total_amount=0, funding=FundingSource.LOAN),
    )
    assert points(part) == [
        (
            "1. Kommunestyret tar rapporten om investeringsprosjektene per 31.08.2023 til orientering, "
            "jf. kommuneloven § 14-5."
        ),
        (
            "2. Kommunestyret vedtar å overføre 4 000 000 kr i ubrukte midler fra investeringsbudsjettet for 2022 til "
            "2023, slik tabell 1 viser. Vedtatte totalbudsjetter endres ikke."
        ),
        (
            "3. Kommunestyret vedtar å flytte 3 000 000 kr i investeringsbudsjettet fra 2023 til 2024, slik tabell 2 "
            "viser. Vedtatte totalbudsjetter endres ikke."
        ),
        (
            "4. Kommunestyret vedtar tilleggsbevilgning til 1 prosjekt, slik tabell 3 viser. Investeringsbudsjettet "
            "for 2023 økes med 5 000 000 kr. Vedtatt totalbudsjett økes med 10 000 000 kr. Endringen finansieres med "
            "bruk av lån."
        ),
        (
            "5. Kommunestyret vedtar nedtrekk for 1 prosjekt, slik tabell 4 viser. Investeringsbudsjettet for 2023 "
            "reduseres med 6 000 000 kr. Vedtatt totalbudsjett reduseres med 6 000 000 kr. Finansieringen reduseres "
            "tilsvarende: tilskudd fra andre."
        ),
        (
            "6. Kommunestyret vedtar prisjustering for 1 prosjekt, slik tabell 5 viser. Investeringsbudsjettet for "
            "2023 reduseres med 1 000 000 kr. Vedtatte totalbudsjetter endres ikke. Endringen finansieres med "
            "bruk av lån."
        ),
        (
            "7. Kommunestyret vedtar å omdisponere 1 000 000 kr i investeringsbudsjettet for 2023 mellom 2 prosjekter, "
            "slik tabell 6 viser. Summen av endringene er 0 kr i årsbudsjettet og 0 kr i totalbudsjettene."
        ),
        "8. Revidert investeringsbudsjett for 2023 endres med dette fra 0 kr til −1 000 000 kr.",
    ]
    titles = [SAY(table.title) for table in kind_tables(part).values() if isinstance(table.title, Message)]
    assert titles == [
        "Tabell 1: Overføring fra året før",
        "Tabell 2: Flytting mellom år",
        "Tabell 3: Tilleggsbevilgninger",
        "Tabell 4: Nedtrekk",
        "Tabell 5: Prisjusteringer",
        "Tabell 6: Omdisponeringer",
    ]


def test_the_point_on_carry_over_tells_what_was_unspent_overspent_and_full_cost_as_its_table_does() -> None:
    part = proposed(
        CarryOver(project=BRIDGE, amount=4 * MILLION, from_year=2022),
        CarryOver(project=SCHOOL, amount=-MILLION, from_year=2022),
        CarryOver(project=WATER, amount=2 * MILLION, from_year=2022),
    )
    assert points(part)[1] == (
        "2. Kommunestyret vedtar å overføre 6 000 000 kr i ubrukte midler fra investeringsbudsjettet for 2022 til "
        "2023, slik tabell 1 viser. Merforbruk på 1 000 000 kr i 2022 dekkes av budsjettet for 2023, som netto endres "
        "med 5 000 000 kr. Av nettobeløpet gjelder 2 000 000 kr selvkostområdene. Vedtatte totalbudsjetter endres ikke."
    )
    table = kind_tables(part)[BudgetKind.CARRY_OVER]
    named = {SAY(row.cells[0]): row.cells[table.index_of("year_amount")] for row in sums_of(table)}  # type: ignore[arg-type]
    assert named == {
        "Investeringer ellers, sum": 3 * MILLION,
        "Selvkost, sum": 2 * MILLION,
        "Ubrukte midler, sum": 6 * MILLION,
        "Merforbruk, sum": -MILLION,
        "Sum": 5 * MILLION,
    }


def sums_of(table: Table) -> list[Row]:
    return [row for row in table.rows if row.emphasis is Emphasis.SUM]


def test_several_sources_are_told_with_their_amounts_and_a_missing_one_is_asked_for() -> None:
    fund = FundingSource.UNBOUND_FUND
    held = ledger(
        (grant(SCHOOL, 5 * MILLION), PROPOSED),
        (NewMoney(project=BRIDGE, year=2023, year_amount=MILLION, total_amount=0, funding=fund), PROPOSED),
    )
    assert (
        "Årsbeløpet finansieres med bruk av lån (5 000 000 kr) og bruk av ubundne fond (1 000 000 kr)."
        in (points(proposals(held))[1])
    )
    lines = {
        key: replace(line, funding_source=None) if line.funding_source is fund else line
        for key, line in held.budget_lines.items()
    }
    part = proposals(replace(held, budget_lines=lines))
    assert "1 forslag mangler finansiering: oppgi den før vedtaket." in said(part)[0]
    assert "Finansieringen av 1 000 000 kr er ikke oppgitt." in points(part)[1]
    assert Message("Ikke oppgitt") in cells(kind_tables(part)[BudgetKind.GRANT], "funding")


def test_money_that_is_only_in_the_total_leaves_the_years_budget() -> None:
    part = proposed(NewMoney(project=SCHOOL, year=2023, year_amount=0, total_amount=9, funding=FundingSource.LOAN))
    assert "Årsbudsjettet endres ikke. Vedtatt totalbudsjett økes med 9 kr." in points(part)[1]
    assert len(points(part)) == 2  # the year's budget is what it was


def test_a_reallocation_that_takes_from_full_cost_is_warned_of() -> None:
    shares = [(WATER, -MILLION), (SCHOOL, MILLION)]
    request = Reallocation(
        year=2023, shares=[Share(project=one, year_amount=year, total_amount=0) for one, year in shares]
    )
    assert (
        "Omdisponeringene endrer summen for «Selvkost» med −1 000 000 kr: midlene skal holdes atskilt."
        in (said(proposed(request))[0])
    )
    assert "holdes atskilt" not in said(proposed(moved(MILLION)))[0]


def test_what_an_annual_report_proposes_changes_the_next_years_budget_and_not_the_one_that_has_ended() -> None:
    year = Period(2023, OfYear.YEAR)
    ended = [(CarryOver(project=SCHOOL, amount=4 * MILLION, from_year=2023), PROPOSED)]
    held = ledger(*ended)
    states = {key: replace(state, period=year) for key, state in held.period_states.items()}
    part = proposals(replace(held, period_states=states), year)
    assert points(part)[0].endswith("jf. kommuneloven § 14-7.")
    assert len(points(part)) == 2  # nobody has decided a budget for 2024 that could change
    assert [SAY(row.cells[0]) for row in part.tables[1].rows] == ["Vedtatt totalt"]  # type: ignore[arg-type]
    adopted = OriginalBudget(project=SCHOOL, year=2024, year_amount=9 * MILLION, total_amount=0)
    held = replace(ledger((adopted, DECIDED), *ended), period_states=states)
    assert points(proposals(held, year))[-1] == (
        "3. Revidert investeringsbudsjett for 2024 endres med dette fra 9 000 000 kr til 13 000 000 kr."
    )


@st.composite
def proposed_ledgers(draw: st.DrawFn) -> Portfolio:
    """Draw a ledger with up to six proposals of any kinds."""
    ids = count()
    held = portfolio()
    for request in draw(st.lists(requests(), min_size=1, max_size=6)):
        if request is not None:
            with suppress(Refusal):
                held = entered(held, request, PROPOSED, lambda: f"id-{next(ids)}")
    assume(any(line.status is BudgetStatus.PROPOSED for line in held.budget_lines.values()))
    return held


@given(proposed_ledgers())
def test_no_table_mixes_two_kinds_and_each_comes_to_what_was_proposed(held: Portfolio) -> None:
    lines = [line for line in held.budget_lines.values() if line.status is BudgetStatus.PROPOSED]
    tables = kind_tables(proposals(held))
    assert set(tables) == {line.kind for line in lines}
    for kind, table in tables.items():
        own = [line for line in lines if line.kind is kind]
        assert {row.project for row in table.rows} - {None} == {line.project for line in own}
        assert sum_in(table, "total_amount") == sum(line.total_amount for line in own)
        if kind.leaves_total:
            assert set(cells(table, "total_amount")) == {0}
            # What is told of the years that gain is taken from the others, to the krone.
            assert sum(line.year_amount for line in own) == 0
        else:
            assert sum_in(table, "year_amount") == sum(line.year_amount for line in own)
        if kind is BudgetKind.REALLOCATION:
            assert {*cells(table, "year_amount", Emphasis.SUM), *cells(table, "total_amount", Emphasis.SUM)} == {0}
        signs = {BudgetKind.GRANT: 1, BudgetKind.CUT: -1}
        assert all(cell * signs.get(kind, 0) >= 0 for cell in amounts(table, "year_amount"))


@given(proposed_ledgers())
def test_the_points_follow_the_tables_and_the_sums_lead_to_the_budget_after(held: Portfolio) -> None:
    part = proposals(held)
    lines = [line for line in held.budget_lines.values() if line.status is BudgetStatus.PROPOSED]
    told = points(part)[1:]
    for number, _ in enumerate(kind_tables(part), start=1):
        assert f"slik tabell {number} viser" in told[number - 1]
    assert part.tables[0].rows[-1].cells[2:] == (*by_year(part.tables[0], lines), sum(x.total_amount for x in lines))
    (_, before, change, after), _ = (row.cells for row in part.tables[1].rows)
    assert change == sum(line.year_amount for line in lines if line.budget_year == T2.year)
    assert isinstance(before, int)
    assert after == before + change
    assert (len(told) > len(kind_tables(part))) == bool(change)


def by_year(table: Table, lines: list[BudgetLine]) -> list[int]:
    years = sorted({line.budget_year for line in lines} | {T2.year})
    assert len(table.columns) == len(years) + 3  # what, how many, and the total
    return [sum(line.year_amount for line in lines if line.budget_year == year) for year in years]


def amounts(table: Table, key: str) -> list[int]:
    return [cell for cell in cells(table, key) if isinstance(cell, int)]


def sum_in(table: Table, key: str) -> int:
    return sum(amounts(table, key))
