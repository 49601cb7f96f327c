"""What was forecast, and how good it turned out to be."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import count

import pytest

from tests.portfolios import batch_of
from tracker.closing import lock
from tracker.edits import added, apply
from tracker.figures import figures_of
from tracker.forecasts import accuracy_of, by_period, final_outcomes, forecasts_of, year_outcomes
from tracker.kinds import BudgetKind
from tracker.messages import Message, message
from tracker.model import (
    BudgetLine,
    LedgerSum,
    PeriodState,
    Portfolio,
    Project,
    ProjectId,
    Record,
    RecordId,
    Status,
)
from tracker.periods import Part, Period
from tracker.quarters import Quarter, State
from tracker.report import build_report
from tracker.report.forecasts import ACCURACY
from ui.words import words_in

T1, T2, YEAR = (Period(2023, part) for part in Part)
IDS = map(str, count())

# Project: what was spent in April, August and December, and the forecasts for the year (thousands).
SPENT = {"Skole": (1_000, 2_000, 1_000), "Bro": (0, 500, 1_500), "Park": (0, 0, 0)}
SAID = {
    T1: {"Skole": 6_000, "Bro": 1_000, "Park": 500},
    T2: {"Skole": 4_400, "Bro": None, "Park": 0},
    YEAR: {"Skole": 9_999, "Bro": None, "Park": None},
}
FINAL = {T1: {"Skole": 8_000}, T2: {"Skole": 3_800}}


def new_id() -> RecordId:
    return RecordId(f"id-{next(IDS)}")


def made(*, finished: bool = True) -> Portfolio:
    records: list[Record] = [Project(id=ProjectId(name), name=name, position=at) for at, name in enumerate(SPENT)]
    records += [
        BudgetLine(
            id=new_id(),
            project=ProjectId(name),
            kind=BudgetKind.ORIGINAL,
            budget_year=2023,
            year_amount=5_000_000,
            total_amount=7_000_000,
            takes_effect=date(2023, 1, 1),
        )
        for name in SPENT
    ]
    sums = [
        LedgerSum(project=ProjectId(name), year=2023, month=month, amount=amount * 1000)
        for name, amounts in SPENT.items()
        for month, amount in zip((4, 8, 12), amounts, strict=True)
    ]
    records.append(batch_of(sums, new_id()))
    for period, said in SAID.items():
        records.append(PeriodState(id=new_id(), period=period))
        records += [
            Status(
                id=new_id(),
                project=ProjectId(name),
                period=period,
                completion=State.FINISHED if finished and period is YEAR else Quarter(2023, 4),
                year_end_forecast=_kroner(forecast),
                final_cost_forecast=_kroner(FINAL.get(period, {}).get(name)),
            )
            for name, forecast in said.items()
        ]
    return apply(Portfolio(), added(message("Prøve"), records))


def _kroner(thousands: int | None) -> int | None:
    return None if thousands is None else thousands * 1000


def test_a_projects_history_is_what_each_period_said_beside_the_figures_of_then() -> None:
    history = forecasts_of(made(), ProjectId("Skole"))
    assert [(str(one.period), one.year_end, one.final_cost, one.figures.actual) for one in history] == [
        ("2023-T1", 6_000_000, 8_000_000, 1_000_000),
        ("2023-T2", 4_400_000, 3_800_000, 3_000_000),
        ("2023-Y", 9_999_000, None, 4_000_000),
    ]


def test_the_history_of_one_project_is_the_same_as_in_the_figures_of_all() -> None:
    portfolio = made()
    for period in portfolio.periods():
        for figures in figures_of(portfolio, period).projects:
            (told,) = [one for one in forecasts_of(portfolio, figures.project.id) if one.period == period]
            assert told.figures == figures


def test_money_of_a_joined_project_is_in_the_history_of_the_one_that_took_it_over() -> None:
    portfolio = made()
    joined = replace(portfolio.projects["Bro"], joined_into=ProjectId("Skole"))
    portfolio = replace(portfolio, projects={**portfolio.projects, "Bro": joined})
    assert [one.figures.actual for one in forecasts_of(portfolio, ProjectId("Skole"))] == [
        1_000_000,
        3_500_000,
        6_000_000,
    ]


def test_forecasts_of_a_finished_year_are_held_against_what_came() -> None:
    outcomes = year_outcomes(made(), YEAR)
    assert [(one.project.name, str(one.said_in), one.miss, one.share) for one in outcomes] == [
        ("Skole", "2023-T1", 2_000_000, 0.5),
        ("Bro", "2023-T1", -1_000_000, -0.5),
        ("Park", "2023-T1", 500_000, None),
        ("Skole", "2023-T2", 400_000, 0.1),
        ("Park", "2023-T2", 0, None),
    ]


def test_a_year_that_has_not_ended_judges_no_forecast() -> None:
    assert year_outcomes(made(), T2) == ()


def test_misses_both_ways_cancel_out_in_the_bias_and_not_in_the_size() -> None:
    first, second = (accuracy_of(outcomes) for _, outcomes in by_period(year_outcomes(made(), YEAR)))
    assert (first.count, first.bias, first.missed) == (3, 1_500_000, 3_500_000)
    assert first.bias_share == pytest.approx(0.25)
    assert first.mean_share == pytest.approx(0.5)
    assert first.weighted_share == pytest.approx(3.5 / 6)
    assert (second.bias, second.mean_share) == (400_000, pytest.approx(0.1))


def test_a_report_says_how_good_earlier_forecasts_were_and_names_the_largest_misses() -> None:
    part = next(one for one in build_report(made(), YEAR).parts if one.id == ACCURACY.id)
    say = words_in()
    told = [say(piece) for paragraph in part.intro for piece in paragraph if isinstance(piece, Message)]
    assert told[:2] == [
        "Prognosene i 1. tertialrapport 2023 var 25,0\u00a0prosent høyere enn regnskapet ble.",
        "Prognosene i 2. tertialrapport 2023 var 10,0\u00a0prosent høyere enn regnskapet ble.",
    ]
    misses = next(table for table in part.tables if table.id == "forecast-misses")
    assert [row.cells[0] for row in misses.rows] == ["Skole", "Bro", "Park", "Skole"]


def test_nothing_to_judge_is_no_accuracy_rather_than_a_perfect_one() -> None:
    nothing = accuracy_of(())
    assert (nothing.count, nothing.bias_share, nothing.mean_share, nothing.weighted_share) == (0, None, None, None)


def test_final_forecasts_are_judged_when_the_project_is_finished_and_not_before() -> None:
    assert [(str(one.said_in), one.miss) for one in final_outcomes(made(), YEAR)] == [
        ("2023-T1", 4_000_000),
        ("2023-T2", -200_000),
    ]
    assert final_outcomes(made(finished=False), YEAR) == ()
    assert final_outcomes(made(), T2) == ()


def test_a_locked_forecast_is_judged_as_it_was_reported() -> None:
    portfolio = made()
    edit = lock(portfolio, T1, who="Kari", at=datetime(2023, 5, 20, tzinfo=UTC), new_id=new_id)
    locked = apply(portfolio, edit)
    emptied = replace(locked, statuses={key: one for key, one in locked.statuses.items() if one.period != T1})
    assert year_outcomes(emptied, YEAR) == year_outcomes(portfolio, YEAR)
    assert forecasts_of(emptied, ProjectId("Skole")) == forecasts_of(portfolio, ProjectId("Skole"))
