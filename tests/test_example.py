"""The example: the published annual report as it is, and a made-up history around it that says that it is made up."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from db.example import example_table
from db.journal import Signature
from db.store import open_store
from tests.golden_files import hold
from tests.portfolios import stored
from tracker.checking import control_of
from tracker.figures import figures_of, live_figures_of
from tracker.flags import limits_of
from tracker.kinds import PeriodStage, StatusState
from tracker.lights import Lights
from tracker.model import Portfolio
from tracker.money import THOUSAND
from tracker.periods import Part, Period, parse_period
from ui.taking_in import write_example
from ui.words import words_in

YEAR = Period(2023, Part.YEAR)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the example once."""
    made = tmp_path_factory.mktemp("eksempel") / "eksempel.tertial"
    counted = iter(range(100))

    def sign(way: str) -> Signature:
        return Signature(who="Kari", at="2024-05-02T10:00:00+00:00", way=way, entry_id=f"{next(counted):036}")

    assert write_example(made, who="Kari", sign=sign) == 88
    return made


@pytest.fixture(scope="module")
def portfolio(path: Path) -> Portfolio:
    """Return what is in the example."""
    return stored(path)


def test_the_annual_report_is_the_published_one_to_the_thousand(portfolio: Portfolio) -> None:
    figures = {one.project.name: one for one in figures_of(portfolio, YEAR).projects}
    for row in example_table().rows:
        ours = figures[row.name]
        assert ours.revised_budget == row.revised_budget * THOUSAND
        assert ours.actual == row.actual * THOUSAND
        assert ours.reported_deviation == row.deviation * THOUSAND
        assert ours.total_budget == (None if row.total_budget is None else row.total_budget * THOUSAND)
        assert ours.total_spent == (None if row.total_spent is None else row.total_spent * THOUSAND)
    assert len(figures) == len(example_table().rows)


def test_three_periods_are_locked_and_one_is_being_worked_on(portfolio: Portfolio) -> None:
    stages = {str(state.period): state.stage for state in portfolio.period_states.values()}
    assert stages == {
        "2023-T1": PeriodStage.LOCKED,
        "2023-T2": PeriodStage.LOCKED,
        "2023-Y": PeriodStage.LOCKED,
        "2024-T1": PeriodStage.OPEN,
    }
    working = [one for one in portfolio.statuses.values() if one.period == parse_period("2024-T1")]
    assert len(working) == 88
    assert {one.state for one in working} == set(StatusState)
    assert any(not one.text for one in working)


def test_spending_grows_through_the_year_and_ends_at_the_published_sum(portfolio: Portfolio) -> None:
    sums = [figures_of(portfolio, parse_period(one)).listed.actual for one in ("2023-T1", "2023-T2", "2023-Y")]
    assert sums == sorted(sums)
    assert sums[-1] == sum(row.actual for row in example_table().rows) * THOUSAND


def test_late_postings_change_live_figures_and_not_what_was_reported(portfolio: Portfolio) -> None:
    first = parse_period("2023-T1")
    reported, live = figures_of(portfolio, first).listed, live_figures_of(portfolio, first).listed
    assert reported.actual != live.actual
    assert reported.revised_budget == live.revised_budget


def test_every_project_has_a_history_of_forecasts_and_quarters(portfolio: Portfolio) -> None:
    for part in (Part.T1, Part.T2):
        statuses = [one for one in portfolio.statuses.values() if one.period == Period(2023, part)]
        assert len(statuses) == 88
        assert all(one.text and one.year_end_forecast is not None for one in statuses)


def told_of(portfolio: Portfolio, period: Period) -> Iterator[str]:
    """Yield what the check tells of a period as it would be reported today, worst first, and every light."""
    say, figures, limits = words_in(), live_figures_of(portfolio, period), limits_of(portfolio)
    flags = control_of(portfolio, figures, limits).flags
    for flag in flags:
        shown = " ".join(f"{name}={value}" for name, value in flag.finding.figures.items())
        yield f"{period} {flag.rule.id} {flag.severity.value} {flag.project.name}: {shown}"
        yield f"    {say(flag.finding.message)}"
    lights = Lights(portfolio, figures, flags=flags, limits=limits)
    for one in figures.projects:
        for light in lights.of(one).values():
            shown = " ".join(f"{name}={value}" for name, value in light.figures.items())
            judged = light.computed.value if light.computed else "-"
            yield f"{period} {light.aspect.value} {judged} {one.project.name}: {shown}; {say(light.because)}"


def test_what_the_check_tells_of_the_example_is_what_it_told_before(
    portfolio: Portfolio, *, renew_golden: bool
) -> None:
    """Somebody who changes a rule or a limit sees here what it does to 88 projects in four periods."""
    periods = sorted({state.period for state in portfolio.period_states.values()})
    told = (line for period in periods for line in told_of(portfolio, period))
    hold("example.txt", told, renew=renew_golden)


def test_it_says_that_it_is_made_up(portfolio: Portfolio) -> None:
    assert portfolio.is_example


def test_the_example_is_the_same_each_time_and_whole(path: Path) -> None:
    with closing(open_store(path, read_only=True)) as store:
        assert store.verify() == []
