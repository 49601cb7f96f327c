"""Sums against what was published: rounding explained, everything else named."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.portfolios import YEAR, circumstances, planned, table_of
from tracker.edits import added, apply
from tracker.importing import accepting_differences
from tracker.messages import message
from tracker.model import Portfolio, RecordId, StatementLine
from tracker.published.content import PublishedTable
from tracker.tieout import FIRST_PART, PRINTED_SUM, SECOND_PART, Comparison, rounding_allowance, tie_out

TABLE = "\n".join(f"Prosjekt {number} | 20 000 | 5 000 | 4K-2026 | 3 000 | 2 900 |" for number in range(11))


def with_sum(**changed: int) -> PublishedTable:
    table = table_of(TABLE)
    moved = {column: getattr(table.total, column) + thousands for column, thousands in changed.items()}
    return replace(table, total=replace(table.total, **moved))


def compared(table: PublishedTable) -> dict[str, Comparison]:
    return {one.column: one for one in tie_out(apply(Portfolio(), planned(table).edit), YEAR)}


def test_sums_that_are_equal_tie_out() -> None:
    assert all(one.difference == 0 and one.explained for one in compared(with_sum()).values())


@pytest.mark.parametrize("column", ["total_budget", "total_spent", "revised_budget", "actual", "deviation"])
def test_each_column_is_told_apart_in_kroner(column: str) -> None:
    found = compared(with_sum(**{column: -50}))
    assert found[column].difference == 50_000
    assert not found[column].holds
    assert [one.column for one in found.values() if one.difference] == [column]


@pytest.mark.parametrize(("thousands", "explained"), [(2, True), (-2, True), (3, False), (-3, False)])
def test_rounding_explains_two_deviations_of_itself_and_no_more(thousands: int, *, explained: bool) -> None:
    assert rounding_allowance(11, rounded_to=1000) == 2000
    assert compared(with_sum(actual=thousands))["actual"].explained is explained


@given(st.integers(0, 10_000))
def test_the_allowance_grows_with_the_root_of_the_rows_and_is_none_for_whole_kroner(rows: int) -> None:
    assert rounding_allowance(rows, rounded_to=1) == 0
    allowed = rounding_allowance(rows, rounded_to=1000) // 1000
    assert allowed >= 1
    assert allowed <= max(1, ((rows + 1) / 3) ** 0.5)


def test_the_allowance_of_2023s_89_summands_is_five_thousand() -> None:
    assert rounding_allowance(89, rounded_to=1000) == 5000


def test_an_accepted_difference_holds_for_exactly_that_difference() -> None:
    plan = planned(with_sum(actual=50))
    portfolio = apply(Portfolio(), accepting_differences(plan, YEAR, circumstances(90_000)))
    (difference,) = [one for one in tie_out(portfolio, YEAR) if one.difference]
    assert difference.accepted
    assert difference.holds
    assert not difference.explained
    (accepted,) = portfolio.accepted_differences.values()
    assert (accepted.accepted_by, accepted.difference, accepted.column) == ("Kari", -50_000, "actual")
    moved = replace(accepted, difference=-51_000)
    other = replace(portfolio, accepted_differences={accepted.id: moved})
    assert not any(one.accepted for one in tie_out(other, YEAR))


def line(paragraph: int, label: str, **amounts: int) -> StatementLine:
    table = table_of(TABLE).total
    known = {"revised_budget": table.revised_budget, "actual": table.actual, "deviation": table.deviation}
    return StatementLine(
        id=RecordId(f"{paragraph}"),
        period=YEAR,
        paragraph=paragraph,
        position=0,
        label=label,
        previous_actual=0,
        original_budget=0,
        **{column: (amounts.get(column, thousands)) * 1000 for column, thousands in known.items()},
    )


def test_the_statement_must_equal_the_table_to_the_krone() -> None:
    portfolio = apply(Portfolio(), planned(with_sum()).edit)
    lines = [line(1, "Sum  investeringsutgifter"), line(2, "SUM BRUTTO INVESTERINGER", actual=1)]
    found = tie_out(apply(portfolio, added(message("§ 5-5"), lines)), YEAR)
    assert [one.difference for one in found if one.check == FIRST_PART] == [0, 0, 0]
    (wrong,) = [one for one in found if one.check == SECOND_PART and one.difference]
    assert (wrong.column, wrong.allowance, wrong.holds) == ("actual", 0, False)


def test_the_sum_that_is_compared_is_the_line_of_its_name_in_its_own_part() -> None:
    portfolio = apply(Portfolio(), planned(with_sum()).edit)
    lines = [
        replace(one, id=RecordId(str(number)))
        for number, one in enumerate(
            (
                line(1, "Oppvekst", actual=1),
                line(2, "Sum investeringsutgifter", actual=2),
                line(1, "Sum brutto investeringer", actual=3),
                line(1, "Sum investeringsutgifter"),
                line(2, "Sum brutto investeringer"),
            )
        )
    ]
    found = tie_out(apply(portfolio, added(message("§ 5-5"), lines)), YEAR)
    assert [one.difference for one in found if one.check in {FIRST_PART, SECOND_PART}] == [0] * 6


def test_without_anything_printed_there_is_nothing_to_compare() -> None:
    assert tie_out(Portfolio(), YEAR) == ()
    assert {one.check for one in compared(with_sum()).values()} == {PRINTED_SUM}
