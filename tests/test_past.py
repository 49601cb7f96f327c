"""What a period is seen against: the period before it, the completion that was first said, and the newest plan."""

from __future__ import annotations

from dataclasses import replace

from tests.portfolios import planned, table_of
from tracker.checking import check
from tracker.edits import added, apply
from tracker.figures import figures_of
from tracker.flags import past_of
from tracker.messages import message
from tracker.model import Portfolio, ProjectId, RecordId, SpendingPlan
from tracker.periods import Part, Period
from tracker.quarters import Quarter, State
from ui.words import words_in

YEAR = Period(2023, Part.YEAR)
T1, T2, AFTER = Period(2023, Part.T1), Period(2023, Part.T2), Period(2024, Part.T1)


def reported(*periods: tuple[Period, str]) -> Portfolio:
    """Return a portfolio of one school whose completion was reported in some periods; statuses lie in that order."""
    portfolio, order = Portfolio(), [period for period, _ in periods]
    for period, completion in sorted(periods):
        row = f"Skole | 9 000 | 1 000 | {completion} | 3 000 | 900 | {period}."
        portfolio = apply(portfolio, planned(table_of(row), into=portfolio, period=period).edit)
    lying = sorted(portfolio.statuses.items(), key=lambda one: order.index(one[1].period))
    return replace(portfolio, statuses=dict(lying))


def only_project(portfolio: Portfolio) -> ProjectId:
    return next(iter(portfolio.projects.values())).id


def with_plans(portfolio: Portfolio, *periods: Period) -> Portfolio:
    project = only_project(portfolio)
    plans = [
        SpendingPlan(id=RecordId(str(period)), project=project, period=period, amounts=(0,) * 12) for period in periods
    ]
    return apply(portfolio, added(message("Planer"), plans))


def test_a_period_is_seen_against_the_nearest_one_before_it() -> None:
    portfolio = reported((AFTER, "4K-2026"), (T1, "1K-2025"), (YEAR, "2K-2025"), (T2, "4K-2025"))
    past = past_of(portfolio, figures_of(portfolio, YEAR))
    assert past.period == T2
    assert [one.text for one in past.figures.values()] == [f"{T2}."]
    first = past_of(portfolio, figures_of(portfolio, T1))
    assert (first.period, dict(first.figures), dict(first.first)) == (None, {}, {})


def test_what_was_first_said_is_the_oldest_quarter_however_the_statuses_lie_and_no_word_that_is_none() -> None:
    for order in ((T1, T2, YEAR), (YEAR, T2, T1), (T2, T1, YEAR)):
        said = {T1: "til høsten", T2: "1K-2025", YEAR: "2K-2026"}
        portfolio = reported((AFTER, "3K-2026"), *((period, said[period]) for period in order))
        project = only_project(portfolio)
        assert past_of(portfolio, figures_of(portfolio, AFTER)).first == {project: (T2, Quarter(2025, 1))}
        assert past_of(portfolio, figures_of(portfolio, T2)).first == {}


def test_the_plan_that_counts_is_the_newest_of_the_year_up_to_the_period() -> None:
    portfolio = reported((T1, "4K-2025"), (T2, "4K-2025"))
    project = only_project(portfolio)
    figures = figures_of(portfolio, T2)
    for order in ((T1, T2, YEAR, Period(2022, Part.YEAR), AFTER), (AFTER, YEAR, T2, T1)):
        plans = past_of(with_plans(portfolio, *order), figures).plans
        assert plans[project].period == T2
    assert past_of(with_plans(portfolio, T1), figures).plans[project].period == T1
    assert past_of(with_plans(portfolio, YEAR, Period(2022, Part.T1)), figures).plans == {}


def test_a_flag_names_the_periods_that_it_compares_with() -> None:
    portfolio = reported((T1, "1K-2024"), (T2, "1K-2025"), (YEAR, "2K-2025"))
    say = words_in()
    said = {flag.rule.id: say(flag.finding.message) for flag in check(portfolio, YEAR)}
    assert "siden 2. tertialrapport 2023" in said["completion-slipped"]
    assert "første gang i 1. tertialrapport 2023" in said["completion-slipped-in-all"]


def test_a_project_that_was_not_there_before_is_seen_against_nothing() -> None:
    portfolio = reported((T1, "1K-2024"), (T2, "1K-2025"))
    early = replace(
        portfolio,
        statuses={
            name: replace(one, completion=State.NOT_SET) if one.period == T1 else one
            for name, one in portfolio.statuses.items()
        },
    )
    rules = {flag.rule.id for flag in check(early, T2)}
    assert not rules & {"completion-slipped", "completion-slipped-in-all"}
