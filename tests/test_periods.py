"""The reporting periods and their ids."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.periods import Part, Period, parse_period

PERIODS = st.builds(Period, st.integers(1900, 2199), st.sampled_from(Part))


@given(PERIODS)
def test_an_id_is_read_back(period: Period) -> None:
    assert parse_period(str(period)) == period


@pytest.mark.parametrize(
    "text", ["2023", "2023-T3", "2023Y", "23-Y", "2023-Y-1", "", "1800-Y", "２０２３-Y", "2023-T1x"]
)
def test_what_is_no_id_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*") as refused:
        parse_period(text)
    assert str(refused.value) in text


def test_an_id_in_small_letters_is_understood() -> None:
    assert parse_period(" 2023-t1 ") == Period(2023, Part.T1)


def test_periods_are_ordered_in_time() -> None:
    ids = ["2022-Y", "2023-T1", "2023-T2", "2023-Y", "2024-T1"]
    assert list(map(str, sorted(map(parse_period, reversed(ids))))) == ids


def test_figures_go_up_to_the_end_of_april_august_and_december() -> None:
    assert [Period(2023, part).ends for part in Part] == [date(2023, 4, 30), date(2023, 8, 31), date(2023, 12, 31)]
