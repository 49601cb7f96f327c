"""A rule on figures at its limit, a krone or a quarter before it and one past it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.portfolios import project_in
from tracker.figures import ProjectFigures
from tracker.flags import RULES, Severity
from tracker.flags.flag import Case, Finding, Limits
from tracker.kinds import ProjectKind
from tracker.model import DeviationSplit, RecordId, SpendingPlan
from tracker.periods import Part, Period
from tracker.quarters import Quarter, State
from ui.words import words_in

RULE = {rule.id: rule for rule in RULES}
YEAR, T1, T2 = (Period(2023, part) for part in (Part.YEAR, Part.T1, Part.T2))
MILLION = 1_000_000
NOTE, WARNING, CRITICAL = Severity.NOTE, Severity.WARNING, Severity.CRITICAL
ANY = Limits(year_kroner=0, year_percent=0, large_kroner=0, finished_left_kroner=0, slip_quarters=0)
"""A municipality that wants a word about every krone."""
PLAIN = project_in("Skole | 90 000 | 40 000 | 4K-2025 | 5 000 | 5 000 | Går sin gang.")


def at(**kroner: Any) -> ProjectFigures:
    """Return the figures of a school, some of them others; what a status holds goes into it."""
    assert PLAIN.status is not None
    status = replace(PLAIN.status, **{name: value for name, value in kroner.items() if hasattr(PLAIN.status, name)})
    return replace(
        PLAIN, status=status, **{name: value for name, value in kroner.items() if not hasattr(PLAIN.status, name)}
    )


def found(rule: str, figures: ProjectFigures, period: Period = YEAR, **seen: Any) -> Finding | None:
    return RULE[rule].look(Case(**{"figures": figures, "period": period, "limits": Limits(), **seen}))


def severity(finding: Finding | None) -> Severity | None:
    return None if finding is None else finding.severity


@pytest.mark.parametrize(
    ("deviation", "budget", "is_essential"),
    [
        (499_999, MILLION, False),
        (500_000, MILLION, True),
        (500_000, 5 * MILLION, True),
        (500_000, 5 * MILLION + 1, False),
        (500_000, 0, True),
        (500_000, -5 * MILLION, True),
        (500_000, -5 * MILLION - 10, False),
        (9_999_999, 100 * MILLION, False),
        (10 * MILLION, 10_000 * MILLION, True),
    ],
)
def test_a_deviation_is_essential_from_half_a_million_and_a_tenth_or_from_ten_millions(
    deviation: int, budget: int, *, is_essential: bool
) -> None:
    assert Limits().is_essential(deviation, budget) is is_essential
    assert Limits().is_essential(-deviation, budget) is is_essential


@pytest.mark.parametrize("limits", [ANY, replace(ANY, large_kroner=10 * MILLION), replace(ANY, year_kroner=MILLION)])
def test_a_municipality_that_wants_every_krone_explained_is_asked_for_one_and_not_for_none(limits: Limits) -> None:
    assert limits.is_essential(1, 5 * MILLION)
    assert not limits.is_essential(0, 5 * MILLION)
    assert not limits.is_essential(0, 0)


@pytest.mark.parametrize(
    ("rule", "kroner", "period"),
    [
        ("year-overspend", {"actual": 5 * MILLION + 1}, YEAR),
        ("year-underspend", {"actual": 5 * MILLION - 1}, YEAR),
        ("year-overspend", {"actual": 5 * MILLION + 1}, T2),
        ("year-overspend", {"year_end_forecast": 5 * MILLION + 1}, T2),
        ("year-underspend", {"year_end_forecast": 5 * MILLION - 1}, T2),
        ("behind-spending-plan", {"actual": 5 * MILLION - 1}, T2),
    ],
)
def test_where_every_krone_counts_the_first_one_either_way_is_told(
    rule: str, kroner: dict[str, Any], period: Period
) -> None:
    plan = SpendingPlan(id=RecordId("plan"), project=PLAIN.project.id, period=T1, amounts=(5 * MILLION,) + (0,) * 11)
    assert found(rule, at(**kroner), period, limits=ANY, plan=plan) is not None


@pytest.mark.parametrize(("left", "expected"), [(0, None), (1, NOTE)])
def test_a_municipality_that_wants_finished_projects_emptied_is_told_of_the_last_krone(
    left: int, expected: Severity | None
) -> None:
    figures = at(completion=State.FINISHED, total_spent=90 * MILLION - left)
    assert severity(found("finished-with-budget-left", figures, limits=ANY)) is expected


@pytest.mark.parametrize(("over", "fires"), [(MILLION, False), (MILLION + 1, True)])
def test_a_municipality_may_let_a_total_be_exceeded_by_so_much_and_no_more(over: int, *, fires: bool) -> None:
    limits = Limits(total_kroner=MILLION)
    spent = found("spent-over-total", at(total_spent=90 * MILLION + over), limits=limits)
    forecast = found("forecast-over-total", at(final_cost_forecast=90 * MILLION + over), limits=limits)
    assert (spent is not None, forecast is not None) == (fires, fires)


@pytest.mark.parametrize("rule", [rule for rule in RULE if rule != "forecast-missing"])
@pytest.mark.parametrize("period", [YEAR, T2])
def test_a_year_that_ends_to_the_krone_as_budgeted_is_flagged_by_no_rule(rule: str, period: Period) -> None:
    figures = at(year_end_forecast=5 * MILLION, final_cost_forecast=90 * MILLION, split=DeviationSplit())
    before = at(text="Noe annet.", year_end_forecast=5 * MILLION, final_cost_forecast=90 * MILLION)
    plan = SpendingPlan(id=RecordId("plan"), project=PLAIN.project.id, period=T1, amounts=(5 * MILLION,) + (0,) * 11)
    first = Quarter(2025, 4)
    seen = {"before": before, "before_period": T1, "first_quarter": first, "first_period": T1, "plan": plan}
    assert found(rule, figures, period, limits=ANY, **seen) is None


#  rule | kroner of the figures | what the year's report says
IN_THE_YEAR: list[tuple[str, dict[str, Any], Severity | None]] = [
    ("spent-over-total", {"total_spent": 90 * MILLION}, None),
    ("spent-over-total", {"total_spent": 90 * MILLION + 1}, CRITICAL),
    ("forecast-over-total", {"final_cost_forecast": 90 * MILLION}, None),
    ("forecast-over-total", {"final_cost_forecast": 90 * MILLION + 1}, CRITICAL),
    ("forecast-over-total", {"final_cost_forecast": 91 * MILLION, "total_budget": None}, None),
    ("finished-with-budget-left", {"completion": State.FINISHED, "total_spent": 89_500_001}, None),
    ("finished-with-budget-left", {"completion": State.FINISHED, "total_spent": 89_500_000}, NOTE),
    ("year-overspend", {"actual": 5_499_999}, None),
    ("year-overspend", {"actual": 5_500_000}, WARNING),
    ("year-overspend", {"actual": 14_999_999}, WARNING),
    ("year-overspend", {"actual": 15 * MILLION}, CRITICAL),
    ("year-underspend", {"actual": 4_500_001}, None),
    ("year-underspend", {"actual": 4_500_000}, NOTE),
    ("year-underspend", {"actual": 1}, NOTE),
    ("year-underspend", {"actual": 0}, None),
    ("year-underspend", {"revised_budget": 15 * MILLION - 1}, NOTE),
    ("year-underspend", {"revised_budget": 15 * MILLION}, WARNING),
    ("budget-without-spending", {"revised_budget": 1, "actual": 0}, WARNING),
    ("budget-without-spending", {"revised_budget": 0, "actual": 0}, None),
    ("budget-without-spending", {"actual": -1}, None),
    ("spending-without-budget", {"revised_budget": 0, "actual": 1}, WARNING),
    ("spending-without-budget", {"revised_budget": 0, "actual": 0}, None),
    ("spending-without-budget", {"revised_budget": 1, "actual": MILLION}, None),
    ("spending-without-budget", {"revised_budget": -1, "actual": MILLION}, None),
    ("spending-without-budget", {"revised_budget": 0, "actual": 9_999_999}, WARNING),
    ("negative-figures", {"revised_budget": -1, "actual": 0}, NOTE),
    ("negative-figures", {"revised_budget": 0, "actual": -1}, NOTE),
    ("forecast-missing", {}, None),
]


@pytest.mark.parametrize(("rule", "kroner", "expected"), IN_THE_YEAR)
def test_the_years_report_flags_from_the_limit_and_not_a_krone_before(
    rule: str, kroner: dict[str, Any], expected: Severity | None
) -> None:
    assert severity(found(rule, at(**kroner))) is expected


IN_A_TERTIAL: list[tuple[str, dict[str, Any], Severity | None]] = [
    ("year-overspend", {"year_end_forecast": 5_499_999}, None),
    ("year-overspend", {"year_end_forecast": 5_500_000}, WARNING),
    ("year-overspend", {"year_end_forecast": 15 * MILLION}, CRITICAL),
    ("year-overspend", {"year_end_forecast": 15 * MILLION - 1}, WARNING),
    ("year-overspend", {"actual": 5_499_999}, None),
    ("year-overspend", {"actual": 5_500_000}, WARNING),
    ("year-overspend", {"revised_budget": 0, "actual": 1, "year_end_forecast": MILLION}, None),
    ("year-overspend", {"revised_budget": 0, "actual": 0, "year_end_forecast": MILLION}, WARNING),
    ("year-overspend", {"revised_budget": 0, "actual": -1, "year_end_forecast": MILLION}, WARNING),
    ("year-underspend", {"year_end_forecast": 4_500_001}, None),
    ("year-underspend", {"year_end_forecast": 4_500_000}, NOTE),
    ("year-underspend", {"actual": 0}, None),
    ("forecast-missing", {}, NOTE),
    ("forecast-missing", {"revised_budget": 0, "actual": 0}, None),
    ("forecast-missing", {"revised_budget": 0, "actual": 1}, NOTE),
    ("forecast-missing", {"revised_budget": 1, "actual": 0}, NOTE),
    ("forecast-missing", {"year_end_forecast": 0}, None),
    ("budget-without-spending", {"actual": 0}, NOTE),
    ("split-does-not-sum", {"split": DeviationSplit(timing=1), "year_end_forecast": 5 * MILLION}, NOTE),
    ("split-does-not-sum", {"split": DeviationSplit(timing=1)}, None),
    ("split-does-not-sum", {"split": DeviationSplit(cost=1), "year_end_forecast": 4_500_000}, WARNING),
    ("split-does-not-sum", {"split": DeviationSplit(cost=1), "year_end_forecast": 4_500_001}, NOTE),
]


@pytest.mark.parametrize(("rule", "kroner", "expected"), IN_A_TERTIAL)
def test_a_tertials_report_flags_from_the_limit_and_not_a_krone_before(
    rule: str, kroner: dict[str, Any], expected: Severity | None
) -> None:
    assert severity(found(rule, at(**kroner), T2)) is expected


def test_what_is_spent_already_is_told_rather_than_a_forecast_that_comes_to_the_same() -> None:
    say = words_in()
    told = [
        found("year-overspend", at(actual=actual, year_end_forecast=forecast), T2)
        for actual, forecast in ((6 * MILLION, 6 * MILLION), (6 * MILLION, 5 * MILLION), (6 * MILLION, None))
    ]
    assert [one and say(one.message).split(" er ")[0] for one in told] == [
        "Prognosen for året",
        "Årets regnskap",
        "Årets regnskap",
    ]


SINCE_BEFORE: list[tuple[str, dict[str, Any], dict[str, Any], Severity | None]] = [
    ("spent-less-than-before", {}, {}, None),
    ("spent-less-than-before", {"actual": 4_999_999}, {}, WARNING),
    ("spent-less-than-before", {"total_spent": 39_999_999}, {}, WARNING),
    ("spent-less-than-before", {"total_spent": None}, {}, None),
    ("spent-less-than-before", {}, {"total_spent": None}, None),
    ("completion-slipped", {"completion": Quarter(2026, 1)}, {}, NOTE),
    ("completion-slipped", {"completion": Quarter(2026, 3)}, {}, NOTE),
    ("completion-slipped", {"completion": Quarter(2026, 4)}, {}, WARNING),
    ("finished-with-new-cost", {"total_spent": 40 * MILLION}, {}, None),
    ("finished-with-new-cost", {"total_spent": 40 * MILLION + 1}, {}, NOTE),
    ("finished-with-new-cost", {"total_spent": 40_499_999}, {}, NOTE),
    ("finished-with-new-cost", {"total_spent": 40_500_000}, {}, WARNING),
    ("year-forecast-moved", {"year_end_forecast": 5_499_999}, {"year_end_forecast": 5 * MILLION}, None),
    ("year-forecast-moved", {"year_end_forecast": 5_500_000}, {"year_end_forecast": 5 * MILLION}, NOTE),
    ("year-forecast-moved", {"year_end_forecast": 15 * MILLION - 1}, {"year_end_forecast": 5 * MILLION}, NOTE),
    ("year-forecast-moved", {"year_end_forecast": 15 * MILLION}, {"year_end_forecast": 5 * MILLION}, WARNING),
    ("year-forecast-moved", {"year_end_forecast": 0}, {"year_end_forecast": 10 * MILLION}, WARNING),
    ("final-forecast-moved", {"final_cost_forecast": 5_499_999}, {"final_cost_forecast": 5 * MILLION}, None),
    ("final-forecast-moved", {"final_cost_forecast": 5_500_000}, {"final_cost_forecast": 5 * MILLION}, WARNING),
    ("final-forecast-moved", {"final_cost_forecast": 4_500_000}, {"final_cost_forecast": 5 * MILLION}, NOTE),
    ("final-forecast-moved", {"final_cost_forecast": 4_500_001}, {"final_cost_forecast": 5 * MILLION}, None),
    ("text-unchanged", {"total_spent": 40_499_999}, {}, None),
    ("text-unchanged", {"total_spent": 40_500_000}, {}, NOTE),
    ("text-unchanged", {"completion": Quarter(2025, 3)}, {}, NOTE),
    ("text-unchanged", {"year_end_forecast": 5_500_000}, {"year_end_forecast": 5 * MILLION}, NOTE),
    ("text-unchanged", {"year_end_forecast": 5_499_999}, {"year_end_forecast": 5 * MILLION}, None),
    ("text-unchanged", {"final_cost_forecast": 4_500_000}, {"final_cost_forecast": 5 * MILLION}, NOTE),
    ("text-unchanged", {"year_end_forecast": 5_500_000}, {}, None),
    ("text-unchanged", {"total_spent": 50 * MILLION, "text": "  Går  sin\ngang. "}, {}, NOTE),
    ("text-unchanged", {"total_spent": 50 * MILLION, "text": "Går sin gang"}, {}, None),
]


@pytest.mark.parametrize(("rule", "now", "before", "expected"), SINCE_BEFORE)
def test_a_change_since_the_period_before_is_flagged_from_the_limit_and_not_a_krone_before(
    rule: str, now: dict[str, Any], before: dict[str, Any], expected: Severity | None
) -> None:
    finished = {"completion": State.FINISHED} if rule == "finished-with-new-cost" else {}
    seen = {"before": at(**finished, **before), "before_period": T1}
    assert severity(found(rule, at(**finished, **now), T2, **seen)) is expected
    assert found(rule, at(**finished, **now), T2) is None


def test_a_forecast_of_the_year_before_says_nothing_of_this_one() -> None:
    before = at(year_end_forecast=5 * MILLION)
    now = at(year_end_forecast=9 * MILLION)
    for rule in ("text-unchanged", "year-forecast-moved"):
        assert found(rule, now, Period(2024, Part.T1), before=before, before_period=YEAR) is None
        assert found(rule, now, T2, before=before, before_period=T1) is not None


@pytest.mark.parametrize(("now", "before"), [(None, 40 * MILLION), (40 * MILLION, None), (None, None)])
def test_where_a_total_is_not_known_new_cost_is_what_the_year_has_grown_by(now: int | None, before: int | None) -> None:
    finished = {"completion": State.FINISHED}
    seen = {"before": at(**finished, total_spent=before, actual=4_800_000), "before_period": T1}
    told = found("finished-with-new-cost", at(**finished, total_spent=now), T2, **seen)
    assert told is not None
    assert told.figures["spent_since"] == 200_000


@pytest.mark.parametrize(
    ("quarters", "limit", "fires"), [(0, 0, False), (1, 0, True), (1, 1, True), (1, 2, False), (2, 2, True)]
)
def test_a_slip_is_told_from_as_many_quarters_as_the_municipality_has_set(
    quarters: int, limit: int, *, fires: bool
) -> None:
    limits = Limits(slip_quarters=limit, slip_in_all_quarters=limit)
    then, now = Quarter(2025, 1), Quarter(2025, 1 + quarters)
    slipped = found("completion-slipped", at(completion=now), T2, limits=limits, before=at(completion=then))
    in_all = found("completion-slipped-in-all", at(completion=now), T2, limits=limits, first_quarter=then)
    assert (slipped is not None, in_all is not None) == (fires, fires)


@pytest.mark.parametrize(
    ("actual", "planned", "expected"),
    [
        (4_500_001, 5 * MILLION, None),
        (4_500_000, 5 * MILLION, NOTE),
        (2_500_001, 5 * MILLION, NOTE),
        (2_500_000, 5 * MILLION, WARNING),
        (90_000_001, 100 * MILLION, None),
        (90 * MILLION, 100 * MILLION, WARNING),
        (6 * MILLION, 5 * MILLION, None),
    ],
)
def test_a_lag_behind_the_spending_plan_is_told_from_the_limit_and_is_a_warning_from_half_of_it(
    actual: int, planned: int, expected: Severity | None
) -> None:
    def plan(*months: int) -> SpendingPlan:
        amounts = (*months, *(0,) * (12 - len(months)))
        return SpendingPlan(id=RecordId("plan"), project=PLAIN.project.id, period=T1, amounts=amounts)

    in_april, in_may = plan(0, 0, 0, planned), plan(0, 0, 0, 0, planned)
    assert severity(found("behind-spending-plan", at(actual=actual), T1, plan=in_april)) is expected
    assert found("behind-spending-plan", at(actual=actual), T1, plan=in_may) is None


def test_a_programme_without_a_completion_lacks_none() -> None:
    project = replace(PLAIN.project, kind=ProjectKind.PROGRAMME)
    assert found("completion-not-set", replace(at(completion=State.NOT_SET), project=project)) is None
    assert severity(found("completion-not-set", at(completion=State.NOT_SET))) is NOTE
