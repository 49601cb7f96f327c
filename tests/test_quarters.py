"""Estimated completion as people write it: none lost, none guessed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.quarters import (
    Quarter,
    State,
    UnreadCompletion,
    completion_order,
    parse_completion,
    slip,
    write_completion,
)

LAST_OF_2025 = [
    "4K-2025", "4k-2025", "4K 2025", "4K2025", "4K25", "K4 2025", "K4-2025", "4. kv. 2025", "4.kv.2025", "4 kv 2025",
    "4. kvartal 2025", "4.kvartal 2025", "4 kvartal, 2025", "kvartal 4 2025", "kv. 4 2025", "Q4 2025", "Q4-2025",
    "q4 25", "4Q 2025", "4Q2025", "2025Q4", "2025-Q4", "2025 Q4", "2025 4. kvartal", "2025-4K", "2025/4K",
    " 4K-2025 ", "4K\u00a0-\u00a02025", "4. kvartal  2025.",
]  # fmt: skip
STATES = {
    "Ferdig": State.FINISHED,
    "ferdig": State.FINISHED,
    "FERDIG.": State.FINISHED,
    "Ferdigstilt": State.FINISHED,
    "LØPENDE": State.RUNNING,
    "løpende": State.RUNNING,
    "løpande": State.RUNNING,
    "": State.NOT_SET,
    "  ": State.NOT_SET,
    "-": State.NOT_SET,
}
UNREAD = ["høsten 2025", "4/2025", "2025-4", "04.2025", "desember 2025", "5K-2025", "0K-2025", "4K", "2025", "4K-20251",
          "Ferdig 2025", "4K-2025?", "3K/4K-2025", "TBD", "4K-1025", "4K2", "K-2025"]  # fmt: skip
QUARTERS = st.builds(Quarter, st.integers(1900, 2199), st.integers(1, 4))
COMPLETIONS = QUARTERS | st.sampled_from(State) | st.sampled_from(UNREAD).map(UnreadCompletion)


@pytest.mark.parametrize("text", LAST_OF_2025)
def test_every_spelling_of_a_quarter_is_read(text: str) -> None:
    assert parse_completion(text) == Quarter(2025, 4)


@pytest.mark.parametrize(("text", "state"), STATES.items())
def test_every_spelling_of_a_state_is_read(text: str, state: State) -> None:
    assert parse_completion(text) is state


@pytest.mark.parametrize("text", UNREAD)
def test_what_is_no_quarter_is_kept_as_it_was_written(text: str) -> None:
    assert parse_completion(text) == UnreadCompletion(text)


@given(COMPLETIONS)
def test_what_is_written_is_read_back(completion: Quarter | State | UnreadCompletion) -> None:
    assert parse_completion(write_completion(completion)) == completion


@given(QUARTERS, QUARTERS)
def test_a_slip_is_counted_in_quarters(before: Quarter, after: Quarter) -> None:
    moved = slip(before, after)
    assert moved is not None
    assert (moved > 0) == (after > before)
    assert (moved == 0) == (after == before)
    assert moved == (after.year - before.year) * 4 + after.quarter - before.quarter


def test_quarters_are_counted_from_the_year_0_and_are_of_1900_to_2199() -> None:
    assert [Quarter(2000, quarter).ordinal for quarter in (1, 4)] == [8_000, 8_003]
    assert Quarter(1900, 1) < Quarter(2199, 4)


@given(QUARTERS, st.sampled_from(State))
def test_a_state_has_no_slip(quarter: Quarter, state: State) -> None:
    assert slip(quarter, state) is None


def test_completions_sort_as_a_reader_expects() -> None:
    texts = ["", "høsten", "LØPENDE", "1K-2026", "4K-2025", "4K-2024", "Ferdig"]
    ordered = sorted(map(parse_completion, texts), key=completion_order)
    assert list(map(write_completion, ordered)) == [
        "Ferdig", "4K-2024", "4K-2025", "1K-2026", "LØPENDE", "høsten", "",
    ]  # fmt: skip


@pytest.mark.parametrize(("quarter", "day"), [(1, (3, 31)), (2, (6, 30)), (3, (9, 30)), (4, (12, 31))])
def test_a_quarter_ends_on_its_last_day(quarter: int, day: tuple[int, int]) -> None:
    assert Quarter(2024, quarter).ends == date(2024, *day)


@pytest.mark.parametrize(("year", "quarter"), [(2025, 0), (2025, 5), (1899, 1), (2200, 1)])
def test_a_quarter_that_cannot_be_cannot_be_made(year: int, quarter: int) -> None:
    with pytest.raises(ValueError, match=str(year)):
        Quarter(year, quarter)
