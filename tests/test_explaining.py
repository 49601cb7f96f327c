"""How a deviation is split by cause: to the krone, with what is left always known, and needed before submitting."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.portfolios import portfolio_of
from tracker.actions import Entry, fill_in, status_of
from tracker.edits import apply
from tracker.explaining import explaining_of, fill_in_cause, requirement
from tracker.figures import ProjectFigures, figures_of
from tracker.flags.flag import Limits
from tracker.kinds import Light
from tracker.messages import Refusal
from tracker.model import DeviationSplit, LedgerBatch, LightOverride, Portfolio
from tracker.periods import Part, Period
from tracker.typed import read_light, read_split, write_light, write_split

YEAR = Period(2023, Part.YEAR)
OVER, SMALL = "9 000 | 6 000 | 4K-2025 | 3 000 | 4 000 | x", "9 000 | 6 000 | 4K-2025 | 3 000 | 2 900 | x"


class _Book:
    """A portfolio with one project, filled in step by step."""

    def __init__(self, row: str = OVER, *, more_kroner: int = 0) -> None:
        self.portfolio = portfolio_of(f"Skole | {row}")
        if more_kroner:
            (batch,) = self.portfolio.ledger_batches.values()
            self.portfolio = replace(self.portfolio, ledger_batches={batch.id: _booked(batch, more_kroner)})
        self._ids = map(str, count(1000))

    @property
    def figures(self) -> ProjectFigures:
        return figures_of(self.portfolio, YEAR).projects[0]

    @property
    def split(self) -> DeviationSplit | None:
        status = status_of(self.portfolio, self.figures.project.id, YEAR)
        return status and status.split

    def place(self, **typed: str) -> _Book:
        for cause, text in typed.items():
            edit = fill_in_cause(
                self.portfolio, YEAR, self.figures, cause=cause, typed=text, new_id=lambda: next(self._ids)
            )
            self.portfolio = apply(self.portfolio, edit)
        return self

    def write(self, **typed: str) -> _Book:
        for field, text in typed.items():
            entry = Entry(project=self.figures.project.id, field=field, typed=text)
            edit = fill_in(self.portfolio, YEAR, entry, new_id=lambda: next(self._ids))
            self.portfolio = apply(self.portfolio, edit)
        return self

    def lacks(self) -> str:
        told = requirement(self.portfolio, YEAR, self.figures, Limits())
        return "" if told is None else told.text

    def left(self) -> int:
        return explaining_of(self.figures, Part.YEAR, Limits()).left


def _booked(batch: LedgerBatch, kroner: int) -> LedgerBatch:
    line, *rest = batch.sums
    return replace(batch, sums=(replace(line, amount=line.amount + kroner), *rest))


def test_a_deviation_over_the_threshold_needs_a_split_that_sums_and_words() -> None:
    book = _Book()
    assert (book.left(), "ikke fordelt" in book.lacks()) == (-1_000_000, True)
    book.place(timing="-600")
    assert (book.left(), "ikke fordelt" in book.lacks()) == (-400_000, True)
    book.place(cost="-400")
    assert (book.left(), "skriv hvorfor" in book.lacks()) == (0, True)
    assert book.write(explanation="Dyrere tak, og en faktura i desember.").lacks() == ""


def test_the_status_text_alone_explains_no_essential_deviation() -> None:
    assert _Book().place(timing="resten").lacks() != ""


def test_a_deviation_under_the_threshold_needs_nothing_unless_somebody_began_to_split_it() -> None:
    book = _Book(SMALL)
    assert book.lacks() == ""
    assert book.place(timing="60").lacks() != ""
    assert book.place(other="resten").lacks() == ""
    assert book.place(timing="", other="").lacks() == ""
    assert book.split is None


@pytest.mark.parametrize(("forecast", "lacks"), [(None, False), (3_000_000, False), (4_000_000, True)])
def test_in_a_tertial_the_deviation_to_explain_is_the_forecasts(forecast: int | None, *, lacks: bool) -> None:
    figures = _Book().figures
    assert figures.status is not None
    forecasting = replace(figures, status=replace(figures.status, year_end_forecast=forecast))
    assert (requirement(Portfolio(), Period(2023, Part.T2), forecasting, Limits()) is not None) is lacks


def test_no_cause_can_be_given_before_there_is_a_deviation() -> None:
    with pytest.raises(Refusal, match="prognosen for året først"):
        fill_in_cause(
            Portfolio(), Period(2023, Part.T1), _Book().figures, cause="timing", typed="1", new_id=lambda: "1"
        )


def test_the_rest_is_all_that_the_others_leave() -> None:
    book = _Book(more_kroner=83_456).place(timing="-100", scope="RESTEN ")
    assert book.split == DeviationSplit(timing=-100_000, scope=-983_456)
    assert book.place(timing="-200", scope="rest").split == DeviationSplit(timing=-200_000, scope=-883_456)


def test_thousands_that_sum_to_the_deviation_take_its_last_kroner() -> None:
    book = _Book(more_kroner=83_456).place(timing="-542", cost="-541")
    assert (book.left(), book.split) == (0, DeviationSplit(timing=-542_000, cost=-541_456))


def test_amounts_typed_in_kroner_are_taken_to_the_krone() -> None:
    book = _Book(more_kroner=83_456).place(timing="-542 001 kr", cost="-541 454 kr")
    assert book.left() == -1


def test_what_is_no_amount_is_refused_and_places_nothing() -> None:
    book = _Book()
    with pytest.raises(Refusal, match="ikke et beløp"):
        book.place(timing="halvparten")
    assert book.split is None


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["timing", "cost", "scope", "other"]),
            st.integers(-(10**9), 10**9).map(lambda kroner: f"{kroner} kr"),
        ),
        max_size=6,
    ),
    st.integers(-(10**6), 10**6),
)
def test_whatever_was_placed_the_rest_closes_the_split_to_the_krone(steps: list[tuple[str, str]], more: int) -> None:
    book = _Book(more_kroner=more)
    for cause, typed in steps:
        book.place(**{cause: typed})
        placed = 0 if book.split is None else book.split.total
        assert placed + book.left() == book.figures.deviation
    book.place(other="resten")
    assert book.left() == 0


def test_figures_that_move_leave_something_to_place_again() -> None:
    book = _Book().place(timing="resten").write(explanation="Faktura i desember.")
    assert book.lacks() == ""
    (batch,) = book.portfolio.ledger_batches.values()
    book.portfolio = replace(book.portfolio, ledger_batches={batch.id: _booked(batch, 1)})
    assert (book.left(), "ikke fordelt" in book.lacks()) == (-1, True)


@pytest.mark.parametrize(
    ("split", "written"),
    [
        (None, ""),
        (DeviationSplit(timing=500_000), "Periodisering 500"),
        (DeviationSplit(cost=-83_456, other=1_000), "Kostnad \u221283\u00a0456\u00a0kr; Annet 1"),
    ],
)
def test_a_split_is_written_as_it_is_read(split: DeviationSplit | None, written: str) -> None:
    assert write_split(split) == written
    assert read_split(written) == split


def test_a_light_is_written_as_it_is_read_and_never_without_a_reason() -> None:
    override = LightOverride(light=Light.RED, reason="Entreprenøren er konkurs: ny anskaffelse.")
    assert read_light(write_light(override)) == override
    assert read_light("raud: Entreprenøren er konkurs: ny anskaffelse.") == override
    assert read_light(" ") is None
    for typed in ("Rød", "Rød:", "Rosa: fint"):
        with pytest.raises(Refusal):
            read_light(typed)


@pytest.mark.parametrize("typed", ["Vær 500", "500", "Kostnad mye"])
def test_a_split_that_cannot_be_read_is_refused(typed: str) -> None:
    with pytest.raises(Refusal):
        read_split(typed)


def test_reserve_and_frames_are_filled_in_like_any_amount() -> None:
    book: Any = _Book().write(contingency_left="1 200", p50="8 500", p85="9,5 mill")
    status = status_of(book.portfolio, book.figures.project.id, YEAR)
    assert status is not None
    assert (status.contingency_left, status.p50, status.p85) == (1_200_000, 8_500_000, 9_500_000)
