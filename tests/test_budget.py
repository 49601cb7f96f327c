"""The budget ledger: what its lines come to, whatever their order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.budget import position, split_opening
from tracker.kinds import BudgetKind, BudgetStatus
from tracker.model import BudgetLine, ProjectId, RecordId

DAY = date(2023, 6, 14)
KRONER = st.integers(-(10**12), 10**12)


def line(kind: BudgetKind, year_amount: int, total_amount: int = 0, *, year: int = 2023, on: date = DAY) -> BudgetLine:
    return BudgetLine(
        id=RecordId("x"),
        project=ProjectId("p"),
        kind=kind,
        budget_year=year,
        year_amount=year_amount,
        total_amount=total_amount,
        takes_effect=on,
    )


@st.composite
def lines(draw: st.DrawFn) -> BudgetLine:
    kind = draw(st.sampled_from([kind for kind in BudgetKind if kind is not BudgetKind.OPENING]))
    total = 0 if kind.leaves_total else draw(KRONER)
    made = line(kind, draw(KRONER), total, year=draw(st.integers(2022, 2024)))
    day = DAY + timedelta(days=draw(st.integers(-400, 400)))
    return replace(made, takes_effect=day, status=draw(st.sampled_from(BudgetStatus)))


@given(st.lists(lines()), st.randoms())
def test_order_does_not_matter(ledger: list[BudgetLine], random) -> None:  # noqa: ANN001
    shuffled = ledger[:]
    random.shuffle(shuffled)
    assert position(shuffled, year=2023, as_of=DAY) == position(ledger, year=2023, as_of=DAY)


@given(st.lists(lines()), st.integers(0, 50))
def test_a_ledgers_sums_are_those_of_its_parts(ledger: list[BudgetLine], cut: int) -> None:
    whole, first, rest = (position(part, year=2023, as_of=DAY) for part in (ledger, ledger[:cut], ledger[cut:]))
    assert whole.revised == first.revised + rest.revised
    assert whole.total == first.total + rest.total
    assert whole.original is not None
    assert whole.original == (first.original or 0) + (rest.original or 0)


@given(lines())
def test_only_decided_lines_that_have_taken_effect_count(one: BudgetLine) -> None:
    found = position([one], year=2023, as_of=DAY)
    counts = one.status is BudgetStatus.DECIDED and one.takes_effect <= DAY
    assert found.revised == (one.year_amount if counts and one.budget_year == 2023 else 0)
    assert found.total == (one.total_amount if counts else 0)


def test_the_original_budget_is_part_of_the_revised_never_added_to_it() -> None:
    found = position([line(BudgetKind.ORIGINAL, 100, 500), line(BudgetKind.CUT, -30, -30)], year=2023, as_of=DAY)
    assert (found.original, found.revised, found.total) == (100, 70, 470)


@pytest.mark.parametrize("kind", [BudgetKind.BETWEEN_YEARS, BudgetKind.CARRY_OVER])
def test_money_moved_between_years_cannot_move_the_total(kind: BudgetKind) -> None:
    with pytest.raises(ValueError, match=kind.value.upper()):
        line(kind, 5, 5)


def test_a_carry_over_is_not_counted_twice_in_the_total() -> None:
    ledger = [
        line(BudgetKind.ORIGINAL, 100, 100, year=2022, on=date(2022, 1, 1)),
        line(BudgetKind.CARRY_OVER, -40, year=2022),
        line(BudgetKind.CARRY_OVER, 40),
    ]
    assert position(ledger, year=2023, as_of=DAY).total == 100
    assert position(ledger, year=2023, as_of=DAY).revised == 40
    assert position(ledger, year=2022, as_of=DAY).revised == 60


def test_an_opening_entry_knows_the_revised_budget_but_not_the_original() -> None:
    found = position([line(BudgetKind.OPENING, 70, 470)], year=2023, as_of=DAY)
    assert (found.original, found.revised, found.total) == (None, 70, 470)


@given(KRONER, KRONER, KRONER, KRONER)
def test_an_original_that_becomes_known_moves_neither_revised_nor_total(
    revised: int, total: int, original: int, original_total: int
) -> None:
    opening = line(BudgetKind.OPENING, revised, total)
    split = split_opening(opening, line(BudgetKind.ORIGINAL, original, original_total))
    found = position(split, year=2023, as_of=DAY)
    assert (found.original, found.revised, found.total) == (original, revised, total)
