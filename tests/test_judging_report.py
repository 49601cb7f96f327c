"""What the report says of lights, causes and forecasts, and that it says nothing where there is nothing to say."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.portfolios import planned, portfolio_of, table_of
from tests.test_forecasts import FINAL, SAID, T1, T2, YEAR, made
from tracker.edits import apply
from tracker.kinds import Light
from tracker.messages import Message
from tracker.model import DeviationSplit, LightOverride, Portfolio
from tracker.periods import Period
from tracker.report import build_report
from tracker.report.content import Emphasis, Mark, Part, Row, Tone
from ui.words import words_in

SAY = words_in()
TABLE = """
Skole | 90 000 | 40 000 | 4K-2026 | 30 000 | 58 000 | Merforbruk.
Bru   |  9 000 |  2 000 | 4K-2026 | 20 000 |  2 000 | Utsatt.
Park  |  9 000 |  2 000 | 4K-2026 |  1 000 |  1 000 | I rute.
"""


def reporting(portfolio: Portfolio, name: str, **reported: Any) -> Portfolio:
    """Return the portfolio where a project's status holds more."""
    statuses = {
        key: replace(one, **reported) if portfolio.projects[one.project].name == name else one
        for key, one in portfolio.statuses.items()
    }
    return replace(portfolio, statuses=statuses)


def part(portfolio: Portfolio, part_id: str, period: Period = YEAR) -> Part | None:
    return next((one for one in build_report(portfolio, period).parts if one.id == part_id), None)


def there(portfolio: Portfolio, part_id: str, period: Period = YEAR) -> Part:
    found = part(portfolio, part_id, period)
    assert found is not None
    return found


def test_a_published_report_has_no_lights_forecasts_or_causes() -> None:
    portfolio = portfolio_of(TABLE)
    ids = [one.id for one in build_report(portfolio, YEAR).parts]
    assert not {"lights", "forecasts", "forecast-accuracy"} & set(ids)
    (table,) = there(portfolio, "largest-deviations").tables
    assert [column.key for column in table.columns] == ["name", "revised_budget", "actual", "deviation", "explanation"]


def test_the_causes_of_the_largest_deviations_stand_beside_them_and_sum_to_them() -> None:
    portfolio = reporting(portfolio_of(TABLE), "Skole", split=DeviationSplit(timing=-20_000_000, cost=-8_000_000))
    (table,) = there(portfolio, "largest-deviations").tables
    at = [table.index_of(key) for key in ("deviation", "timing", "cost", "scope", "other")]
    assert [tuple(row.cells[place] for place in at) for row in table.rows] == [
        (-28_000_000, -20_000_000, -8_000_000, 0, 0),
        (18_000_000, None, None, None, None),
    ]


def test_in_a_tertial_the_largest_deviations_are_those_of_the_forecasts() -> None:
    portfolio = portfolio_of(TABLE)
    period = T2
    moved = {key: replace(one, period=period) for key, one in portfolio.statuses.items()}
    states = {key: replace(one, period=period) for key, one in portfolio.period_states.items()}
    # The opening entry takes effect at year's end, so nothing is budgeted yet.
    portfolio = replace(portfolio, statuses=moved, period_states=states, printed={})
    assert there(portfolio, "largest-deviations", period).tables[0].rows == ()
    portfolio = reporting(portfolio, "Bru", year_end_forecast=35_000_000)
    (table,) = there(portfolio, "largest-deviations", period).tables
    assert [(row.cells[0], row.cells[table.index_of("deviation")]) for row in table.rows] == [("Bru", -35_000_000)]
    chart = next(one for one in there(portfolio, "pictures", period).tables if one.id == "chart-deviations")
    assert [row.cells[0] for row in chart.rows] == ["Bru"]


def test_every_project_has_its_lights_and_an_override_is_marked_with_its_reason() -> None:
    override = LightOverride(light=Light.YELLOW, reason="Uavklart krav.")
    portfolio = reporting(portfolio_of(TABLE), "Park", economy=override)
    found = there(portfolio, "lights")
    by_name = {row.cells[0]: row.cells for row in found.tables[0].rows}
    assert set(by_name) == {"Skole", "Bru", "Park"}
    mark, reason = by_name["Park"][1], by_name["Park"][4]
    assert isinstance(reason, Message)
    assert isinstance(mark, Mark)
    assert (mark.tone, SAY(mark.words)) == (Tone.WARNING, "Gul, overstyrt")
    assert SAY(reason) == "Økonomi: Uavklart krav."
    skole = by_name["Skole"][1]
    assert isinstance(skole, Mark)
    assert (skole.tone, skole.sign, SAY(skole.words)) == (Tone.BAD, "■", "Rød")
    assert SAY(found.intro[1][0]) == "Økonomi: 1 røde, 2 gule og 0 grønne."


@pytest.mark.parametrize("period", [T1, T2])
def test_forecasts_of_the_year_and_the_end_stand_side_by_side_and_sum(period: Period) -> None:
    (table,) = there(made(), "forecasts", period).tables
    *rows, total = table.rows
    assert total.emphasis is Emphasis.SUM
    assert {row.cells[0] for row in rows} == {name for name, said in SAID[period].items() if said is not None}
    assert _of(rows, "Skole")[table.index_of("year_end_forecast")] == (SAID[period]["Skole"] or 0) * 1000
    assert _of(rows, "Skole")[table.index_of("final_cost_forecast")] == FINAL[period]["Skole"] * 1000
    for key in ("revised_budget", "year_end_forecast", "deviation", "total_budget", "final_cost_forecast", "left"):
        column = [row.cells[table.index_of(key)] for row in rows]
        assert total.cells[table.index_of(key)] == sum(cell for cell in column if isinstance(cell, int))


def test_how_good_forecasts_were_is_told_in_sum_and_where_they_missed_most() -> None:
    found = there(made(), "forecast-accuracy")
    tables = {table.id: table for table in found.tables}
    accuracy = tables["forecast-accuracy"]
    assert [row.cells[accuracy.index_of("miss")] for row in accuracy.rows] == [1_500_000, 400_000]
    assert [row.cells[0] for row in tables["forecast-misses"].rows] == ["Skole", "Bro", "Park", "Skole"]
    assert [row.cells[4] for row in tables["final-misses"].rows] == [4_000_000, -200_000]
    assert SAY(found.intro[0][0]) == (
        "Prognosene i 1. tertialrapport 2023 var 25,0\u00a0prosent høyere enn regnskapet ble."
    )
    assert part(made(), "forecast-accuracy", T2) is None


def test_a_year_that_has_ended_shows_no_year_end_forecast() -> None:
    portfolio = apply(Portfolio(), planned(table_of(TABLE)).edit)
    assert part(reporting(portfolio, "Bru", year_end_forecast=1), "forecasts") is None
    (table,) = there(reporting(portfolio, "Bru", final_cost_forecast=9_500_000), "forecasts").tables
    assert "year_end_forecast" not in [column.key for column in table.columns]
    assert _of(table.rows, "Bru")[table.index_of("left")] == -500_000


def _of(rows: Any, name: str) -> tuple[object, ...]:
    found: Row = next(row for row in rows if row.cells[0] == name)
    return found.cells
