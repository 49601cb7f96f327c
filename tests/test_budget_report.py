"""The report's parts on budgets: what was decided since the year began, and what is to be decided."""

from __future__ import annotations

from datetime import date
from itertools import count

from tests.test_budgeting import BRIDGE, DECIDED, GYM, PROPOSED, SCHOOL, entered, portfolio
from tracker.budgeting import (
    CarryOver,
    Cut,
    MoveBetweenYears,
    NewMoney,
    Paper,
    Reallocation,
    Request,
    Share,
    take_back,
)
from tracker.edits import added, apply
from tracker.kinds import FundingSource, FundingTag
from tracker.messages import message
from tracker.model import Decision, PeriodState, Portfolio, Project, ProjectId, RecordId
from tracker.periods import Part, Period
from tracker.report import build_report
from tracker.report.content import Emphasis, Table

T2 = Period(2023, Part.T2)
WATER = ProjectId("vann")
LATE = Paper(decision=Decision(body="KS", number="150/23", on=date(2023, 9, 20)), entered_on=date(2023, 9, 20))
EARLY = Paper(decision=Decision(body="KS", number="1/22", on=date(2022, 12, 14)), entered_on=date(2023, 1, 3))


def grant(project: ProjectId, amount: int) -> NewMoney:
    return NewMoney(project=project, year=2023, year_amount=amount, total_amount=2 * amount, funding=FundingSource.LOAN)


def ledger(*entries: tuple[Request, Paper]) -> Portfolio:
    ids = count()
    water = Project(id=WATER, name="Vannledning", funding_tags=frozenset({FundingTag.FULL_COST}), position=9)
    held = apply(portfolio(), added(message("Prøve"), [water, PeriodState(id=RecordId("p"), period=T2)]))
    for request, paper in entries:
        held = entered(held, request, paper, lambda: f"id-{next(ids)}")
    return held


def tables(held: Portfolio, part: str) -> dict[str, Table]:
    found = [one for one in build_report(held, T2).parts if one.id == part]
    return {table.id.removeprefix(part + "-"): table for one in found for table in one.tables}


def column(table: Table, key: str, emphasis: Emphasis = Emphasis.NORMAL) -> list[object]:
    return [row.cells[table.index_of(key)] for row in table.rows if row.emphasis is emphasis]


def test_changes_decided_since_the_year_began_are_listed_and_no_others() -> None:
    held = ledger((grant(SCHOOL, 5), DECIDED), (grant(SCHOOL, 7), LATE), (grant(SCHOOL, 9), EARLY))
    found = tables(held, "budget-changes")
    assert list(found) == ["sums", "grant"]
    assert column(found["grant"], "year_amount") == [5]
    assert column(found["grant"], "decision") == ["KS-sak 109/23"]
    assert tables(held, "budget-proposals") == {}


def test_money_that_is_never_mixed_has_sums_of_its_own() -> None:
    found = tables(ledger((grant(SCHOOL, 5), DECIDED), (grant(WATER, 30), DECIDED)), "budget-changes")
    assert column(found["grant"], "year_amount", Emphasis.SUM) == [5, 30, 35]
    assert [cell.text for cell in column(found["sums"], "kind", Emphasis.HEADING)] == [
        "Investeringer ellers",
        "Selvkost",
    ]  # type: ignore[attr-defined]
    assert column(found["sums"], "total_amount") == [10, 60]


def test_each_reallocation_stands_as_a_group_that_sums_to_zero() -> None:
    def moved(amount: int) -> Reallocation:
        first = Share(project=SCHOOL, subproject=GYM, year_amount=-amount, total_amount=0)
        return Reallocation(year=2023, shares=[first, Share(project=BRIDGE, year_amount=amount, total_amount=0)])

    found = tables(ledger((moved(5), DECIDED), (moved(8), DECIDED)), "budget-changes")["reallocation"]
    assert column(found, "year_amount") == [-5, 5, -8, 8]
    assert column(found, "year_amount", Emphasis.SUM) == [0, 0, 0]
    assert column(found, "name")[0] == "Skole på Åsen (I41042 Gymsal)"


def test_what_is_proposed_is_a_table_for_each_kind_to_be_decided() -> None:
    held = ledger(
        (CarryOver(project=BRIDGE, amount=4, from_year=2022), PROPOSED),
        (MoveBetweenYears(project=SCHOOL, amount=3, from_year=2023, to_year=2024), PROPOSED),
        (
            Cut(project=SCHOOL, year=2023, year_amount=6, total_amount=6, funding=FundingSource.GRANT),
            PROPOSED,
        ),
        (grant(SCHOOL, 5), DECIDED),
    )
    found = tables(held, "budget-proposals")
    assert list(found) == ["sums", "frame", "carry-over", "between-years", "cut"]
    moves = [column(found["between-years"], key) for key in ("from_year", "year", "year_amount")]
    assert moves == [["2023"], ["2024"], [3]]
    assert [column(found["carry-over"], key) for key in ("from_year", "year", "year_amount")] == [
        ["2022"],
        ["2023"],
        [4],
    ]
    assert column(found["sums"], "year_amount") == [4, -3, -6]
    assert column(found["cut"], "total_amount") == [-6]


def test_a_proposal_stands_in_the_newest_report_only() -> None:
    held = ledger((grant(SCHOOL, 5), PROPOSED))
    later = PeriodState(id=RecordId("p2"), period=Period(2023, Part.YEAR))
    assert "grant" in tables(held, "budget-proposals")
    assert tables(apply(held, added(message("Prøve"), [later])), "budget-proposals") == {}


def test_a_move_that_was_taken_back_is_told_both_ways_and_an_overspend_is_carried_below_zero() -> None:
    held = ledger(
        (MoveBetweenYears(project=SCHOOL, amount=3, from_year=2023, to_year=2024), DECIDED),
        (CarryOver(project=BRIDGE, amount=-4, from_year=2022), DECIDED),
    )
    held = apply(held, take_back(held, RecordId("id-0"), because="Feil år", new_id=iter(["id-8", "id-9"]).__next__))
    found = tables(held, "budget-changes")
    moves = found["between-years"]
    assert sorted(
        zip(column(moves, "from_year"), column(moves, "year"), column(moves, "year_amount"), strict=True)
    ) == [
        ("2023", "2024", 3),
        ("2024", "2023", 3),
    ]
    assert column(found["carry-over"], "year_amount") == [-4]
    assert column(found["sums"], "count") == [1, 1]
    assert column(found["sums"], "year_amount") == [0, -4]
