"""Which deviations are flagged, how strongly, and which are left in peace."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from tests.golden_files import hold
from tests.portfolios import planned, portfolio_of, project_in, table_of
from tracker.checking import check
from tracker.edits import added, apply
from tracker.figures import ProjectFigures
from tracker.flags import RULES, Flag, Severity
from tracker.flags.flag import Case, Finding, Limits, limits_of
from tracker.messages import Refusal, message
from tracker.model import DeviationSplit, Portfolio, RecordId, Setting, SpendingPlan
from tracker.periods import Part, Period
from tracker.quarters import Quarter, parse_completion
from ui.words import words_in

RULE = {rule.id: rule for rule in RULES}
TEXT = "Går etter planen"
YEAR, T1, T2 = (Period(2023, part) for part in (Part.YEAR, Part.T1, Part.T2))


def found(rule: str, row: str, *, part: Part = Part.YEAR, limits: Limits | None = None) -> Finding | None:
    figures = project_in(f"Skole | {row}", Period(2023, Part.YEAR))
    return RULE[rule].look(Case(figures=figures, period=Period(2023, part), limits=limits or Limits()))


def at(row: str, **reported: Any) -> ProjectFigures:
    """Return the figures of a row whose status holds more."""
    figures = project_in(f"Skole | {row}")
    assert figures.status is not None
    return replace(figures, status=replace(figures.status, **reported))


def case(figures: ProjectFigures, period: Period, **seen: Any) -> Case:
    return Case(figures=figures, period=period, limits=Limits(), **seen)


def in_a_tertial(row: str, forecast: int | None) -> Case:
    return case(at(f"- | - | LØPENDE | {row} | x", year_end_forecast=thousands(forecast)), T2)


def since_before(now: str, before: str) -> Case:
    return case(at(now), T2, before=at(before), before_period=T1)


def with_forecasts(name: str, then: int | None, now: int | None) -> Case:
    row = "9 000 | 3 000 | 4K-2025 | 3 000 | 1 000 | Som før."
    return case(at(row, **{name: thousands(now)}), T2, before=at(row, **{name: thousands(then)}), before_period=T1)


def thousands(amount: int | None) -> int | None:
    return None if amount is None else amount * 1000


def severity(finding: Finding | None) -> Severity | None:
    return finding and finding.severity


#                     total | spent | completion | revised | actual   in thousands
AT_ITS_THRESHOLD: list[tuple[str, str, Severity | None]] = [
    ("spent-over-total", "2 000 | 2 097 | 4K-2024 | 986 | 900 | x", Severity.CRITICAL),
    ("spent-over-total", "2 000 | 2 000 | 4K-2024 | 986 | 900 | x", None),
    ("spent-over-total", "0 | 1 | 4K-2024 | 0 | 0 | x", Severity.CRITICAL),
    ("spent-over-total", "- | - | LØPENDE | 986 | 5 000 | x", None),
    ("finished-with-budget-left", "9 000 | 8 500 | Ferdig | 0 | 0 | x", Severity.NOTE),
    ("finished-with-budget-left", "9 000 | 8 501 | Ferdig | 0 | 0 | x", None),
    ("finished-with-budget-left", "9 000 | 8 500 | 4K-2024 | 0 | 0 | x", None),
    ("finished-with-budget-left", "9 000 | 9 500 | Ferdig | 0 | 0 | x", None),
    ("year-overspend", "- | - | LØPENDE | 5 000 | 5 500 | x", Severity.WARNING),
    ("year-overspend", "- | - | LØPENDE | 5 000 | 5 499 | x", None),
    ("year-overspend", "- | - | LØPENDE | 5 001 | 5 501 | x", None),
    ("year-overspend", "- | - | LØPENDE | 990 000 | 999 999 | x", None),
    ("year-overspend", "- | - | LØPENDE | 990 000 | 1 000 000 | x", Severity.CRITICAL),
    ("year-overspend", "- | - | LØPENDE | 5 000 | 4 000 | x", None),
    ("year-overspend", "- | - | LØPENDE | 0 | 4 000 | x", None),
    ("year-overspend", "- | - | LØPENDE | -3 000 | -100 | x", Severity.WARNING),
    ("year-underspend", "- | - | LØPENDE | 5 000 | 4 500 | x", Severity.NOTE),
    ("year-underspend", "- | - | LØPENDE | 5 000 | 4 501 | x", None),
    ("year-underspend", "- | - | LØPENDE | 999 000 | 989 000 | x", Severity.WARNING),
    ("year-underspend", "- | - | LØPENDE | 999 000 | 989 001 | x", None),
    ("year-underspend", "- | - | LØPENDE | 5 000 | 0 | x", None),
    ("year-underspend", "- | - | LØPENDE | 5 000 | 5 600 | x", None),
    ("budget-without-spending", "- | - | LØPENDE | 1 | 0 | x", Severity.WARNING),
    ("budget-without-spending", "- | - | LØPENDE | 1 | 1 | x", None),
    ("budget-without-spending", "- | - | LØPENDE | 0 | 0 | x", None),
    ("budget-without-spending", "- | - | LØPENDE | -10 | 0 | x", None),
    ("spending-without-budget", "- | - | LØPENDE | 0 | 1 | x", Severity.WARNING),
    ("spending-without-budget", "- | - | LØPENDE | 0 | 10 000 | x", Severity.CRITICAL),
    ("spending-without-budget", "- | - | LØPENDE | 1 | 5 000 | x", None),
    ("spending-without-budget", "- | - | LØPENDE | 0 | -5 | x", None),
    ("negative-figures", "- | - | LØPENDE | -1 | 5 | x", Severity.NOTE),
    ("negative-figures", "- | - | LØPENDE | 5 | -1 | x", Severity.NOTE),
    ("negative-figures", "- | - | LØPENDE | 0 | 0 | x", None),
    ("completion-not-set", "9 000 | 0 |  | 0 | 0 | x", Severity.NOTE),
    ("completion-not-set", "- | - | LØPENDE | 0 | 0 | x", None),
    ("completion-not-set", "9 000 | 0 | 4K-2024 | 0 | 0 | x", None),
    ("completion-not-read", "9 000 | 0 | til høsten | 0 | 0 | x", Severity.WARNING),
    ("completion-not-read", "9 000 | 0 | Ferdig | 0 | 0 | x", None),
    ("no-text", "9 000 | 0 | Ferdig | 0 | 0 | ", Severity.WARNING),
    ("no-text", "9 000 | 0 | Ferdig | 0 | 0 | .", None),
]


@pytest.mark.parametrize(
    ("rule", "row", "expected"),
    AT_ITS_THRESHOLD,
)
def test_a_rule_fires_at_its_threshold_and_not_below(rule: str, row: str, expected: Severity | None) -> None:
    assert severity(found(rule, row)) is expected


@pytest.mark.parametrize(
    ("completion", "part", "passed"),
    [
        ("1K-2023", Part.T1, True),
        ("2K-2023", Part.T1, False),
        ("2K-2023", Part.T2, True),
        ("3K-2023", Part.T2, False),
        ("4K-2023", Part.YEAR, True),
        ("1K-2024", Part.YEAR, False),
        ("4K-2019", Part.T1, True),
        ("Ferdig", Part.YEAR, False),
        ("LØPENDE", Part.YEAR, False),
    ],
)
def test_a_quarter_is_passed_when_it_is_over_at_the_end_of_the_period(
    completion: str, part: Part, *, passed: bool
) -> None:
    finding = found("past-quarter-not-finished", f"9 000 | 0 | {completion} | 0 | 0 | x", part=part)
    assert (finding is not None) is passed


@pytest.mark.parametrize(("forecast", "fires"), [(9_000_000, False), (9_000_001, True), (None, False)])
def test_a_final_cost_forecast_over_the_total_budget_is_critical(forecast: int | None, *, fires: bool) -> None:
    figures = project_in("Skole | 9 000 | 0 | 4K-2024 | 0 | 0 | x")
    assert figures.status is not None
    forecasting = replace(figures, status=replace(figures.status, final_cost_forecast=forecast))
    finding = RULE["forecast-over-total"].look(
        Case(figures=forecasting, period=Period(2023, Part.YEAR), limits=Limits())
    )
    assert severity(finding) is (Severity.CRITICAL if fires else None)


def test_the_municipality_sets_its_own_limits() -> None:
    row = "- | - | LØPENDE | 5 000 | 5 400 | x"
    assert found("year-overspend", row) is None
    assert found("year-overspend", row, limits=Limits(year_kroner=400_000, year_percent=8)) is not None
    assert found("year-overspend", row, limits=Limits(year_kroner=400_000, year_percent=9)) is None
    assert severity(found("year-overspend", row, limits=Limits(large_kroner=400_000))) is Severity.CRITICAL
    assert found("spent-over-total", "5 | 8 | Ferdig | 0 | 0 | x", limits=Limits(total_kroner=3_000)) is None


def with_setting(portfolio: Portfolio, name: str, value: str) -> Portfolio:
    return apply(portfolio, added(message("Grense"), [Setting(id=RecordId(name), value=value)]))


def test_limits_are_read_from_the_portfolios_settings() -> None:
    portfolio = portfolio_of(f"Skole | - | - | LØPENDE | 5 000 | 5 400 | {TEXT}")
    assert check(portfolio, Period(2023, Part.YEAR)) == []
    strict = with_setting(with_setting(portfolio, "limit.year_kroner", "1"), "limit.year_percent", "0")
    assert [flag.rule.id for flag in check(strict, Period(2023, Part.YEAR))] == ["year-overspend"]


@pytest.mark.parametrize("value", ["ti", "", "-1", "1,5", "²"])
def test_a_limit_that_is_no_number_is_refused_by_name(value: str) -> None:
    portfolio = with_setting(Portfolio(), "limit.year_percent", value)
    with pytest.raises(Refusal) as refused:
        limits_of(portfolio)
    assert refused.value.reason.values == {"name": "year_percent", "value": value}


def test_the_worst_comes_first_then_the_reports_order() -> None:
    table = f"""
    Asfalt | 9 000 | 1 000 | 4K-2026 | 1 000 | 1 000 |
    Bro    | 9 000 | 9 900 | 4K-2026 | 1 000 | 1 000 | {TEXT}
    Citadell | 9 000 | 9 000 | 4K-2026 | 0 | 2 000 | {TEXT}
    """
    flags = check(portfolio_of(table), Period(2023, Part.YEAR))
    assert [(flag.project.name, flag.rule.id) for flag in flags] == [
        ("Bro", "spent-over-total"),
        ("Asfalt", "no-text"),
        ("Citadell", "spending-without-budget"),
    ]


def test_a_flag_carries_the_figures_that_made_it_fire_in_kroner() -> None:
    (flag,) = check(portfolio_of(f"Bro | 9 000 | 9 900 | 4K-2026 | 1 | 1 | {TEXT}"), Period(2023, Part.YEAR))
    assert isinstance(flag, Flag)
    assert flag.finding.figures == {"total_budget": 9_000_000, "total_spent": 9_900_000, "left_of_total": -900_000}


def test_a_project_of_another_year_is_not_flagged_in_this_one() -> None:
    last_year = apply(
        Portfolio(), planned(table_of("Bro | 9 | 99 | Ferdig | 0 | 0 | "), period=Period(2022, Part.YEAR)).edit
    )
    both = apply(last_year, planned(table_of(f"Skole | 9 | 1 | 4K-2026 | 1 | 1 | {TEXT}"), into=last_year).edit)
    assert check(both, Period(2023, Part.YEAR)) == []


#  a year's row at a tertial | its forecast in thousands
IN_A_TERTIAL: list[tuple[str, str, int | None, Severity | None]] = [
    ("year-overspend", "5 000 | 1 000", 5_500, Severity.WARNING),
    ("year-overspend", "5 000 | 1 000", 5_499, None),
    ("year-overspend", "5 000 | 1 000", 15_000, Severity.CRITICAL),
    ("year-overspend", "5 000 | 5 500", None, Severity.WARNING),
    ("year-overspend", "5 000 | 5 500", 5_000, Severity.WARNING),
    ("year-overspend", "5 000 | 1 000", None, None),
    ("year-overspend", "0 | 0", 500, Severity.WARNING),
    ("year-overspend", "0 | 900", 900, None),
    ("year-underspend", "5 000 | 1 000", 4_500, Severity.NOTE),
    ("year-underspend", "5 000 | 1 000", 4_501, None),
    ("year-underspend", "50 000 | 1 000", 40_000, Severity.WARNING),
    ("year-underspend", "5 000 | 0", 0, Severity.NOTE),
    ("year-underspend", "5 000 | 1 000", None, None),
    ("year-underspend", "5 000 | 1 000", 5_000, None),
    ("budget-without-spending", "5 000 | 0", 5_000, Severity.NOTE),
    ("forecast-missing", "5 000 | 1 000", None, Severity.NOTE),
    ("forecast-missing", "0 | 1 000", None, Severity.NOTE),
    ("forecast-missing", "5 000 | 1 000", 0, None),
    ("forecast-missing", "0 | 0", None, None),
]


@pytest.mark.parametrize(
    ("rule", "row", "forecast", "expected"),
    IN_A_TERTIAL,
)
def test_in_a_tertial_the_year_is_judged_by_its_forecast_and_not_by_four_months(
    rule: str, row: str, forecast: int | None, expected: Severity | None
) -> None:
    assert severity(RULE[rule].look(in_a_tertial(row, forecast))) is expected


def test_at_years_end_the_forecast_counts_for_nothing() -> None:
    figures = at("- | - | LØPENDE | 5 000 | 5 000 | x", year_end_forecast=90_000_000)
    for rule in ("year-overspend", "year-underspend", "forecast-missing"):
        assert RULE[rule].look(case(figures, YEAR)) is None


NOW, BEFORE = "9 000 | 4 000 | 4K-2025 | 3 000 | 2 000 | Nytt.", "9 000 | 3 000 | 4K-2025 | 3 000 | 1 000 | Gammelt."


SINCE_BEFORE: list[tuple[str, str, str, Severity | None]] = [
    ("spent-less-than-before", NOW, BEFORE, None),
    ("spent-less-than-before", NOW.replace("2 000", "999"), BEFORE, Severity.WARNING),
    ("spent-less-than-before", NOW.replace("4 000", "2 999"), BEFORE, Severity.WARNING),
    ("completion-slipped", NOW, BEFORE, None),
    ("completion-slipped", NOW.replace("4K-2025", "1K-2026"), BEFORE, Severity.NOTE),
    ("completion-slipped", NOW.replace("4K-2025", "4K-2026"), BEFORE, Severity.WARNING),
    ("completion-slipped", NOW.replace("4K-2025", "3K-2025"), BEFORE, None),
    ("completion-slipped", NOW.replace("4K-2025", "Ferdig"), BEFORE, None),
    ("finished-with-new-cost", NOW, BEFORE, None),
    ("finished-with-new-cost", NOW.replace("4K-2025", "Ferdig"), BEFORE, None),
    (
        "finished-with-new-cost",
        NOW.replace("4K-2025", "Ferdig"),
        BEFORE.replace("4K-2025", "Ferdig"),
        Severity.WARNING,
    ),
    (
        "finished-with-new-cost",
        NOW.replace("4K-2025", "Ferdig").replace("4 000", "3 001"),
        BEFORE.replace("4K-2025", "Ferdig"),
        Severity.NOTE,
    ),
    (
        "finished-with-new-cost",
        NOW.replace("4K-2025", "Ferdig").replace("4 000", "3 000"),
        BEFORE.replace("4K-2025", "Ferdig"),
        None,
    ),
    ("text-unchanged", NOW, BEFORE, None),
    ("text-unchanged", NOW.replace("Nytt.", "Gammelt."), BEFORE, Severity.NOTE),
    ("text-unchanged", NOW.replace("Nytt.", "Gammelt.").replace("4 000", "3 499"), BEFORE, None),
    (
        "text-unchanged",
        NOW.replace("Nytt.", "Gammelt.").replace("4 000", "3 000").replace("4K-2025", "1K-2026"),
        BEFORE,
        Severity.NOTE,
    ),
    ("text-unchanged", NOW.replace("Nytt.", ""), BEFORE.replace("Gammelt.", ""), None),
]


@pytest.mark.parametrize(
    ("rule", "now", "before", "expected"),
    SINCE_BEFORE,
)
def test_what_moved_since_the_period_before_is_flagged(
    rule: str, now: str, before: str, expected: Severity | None
) -> None:
    seen = since_before(now, before)
    assert severity(RULE[rule].look(seen)) is expected
    assert RULE[rule].look(replace(seen, before=None, before_period=None)) is None


def test_a_new_year_begins_at_nothing_but_the_total_never_falls() -> None:
    new_year = case(at("9 000 | 3 000 | 4K-2025 | 3 000 | 0 | x"), Period(2024, Part.T1))
    seen = replace(new_year, before=at(BEFORE), before_period=YEAR)
    assert RULE["spent-less-than-before"].look(seen) is None
    fallen = replace(seen, figures=at("9 000 | 2 999 | 4K-2025 | 3 000 | 0 | x"))
    assert severity(RULE["spent-less-than-before"].look(fallen)) is Severity.WARNING


FORECASTS: list[tuple[str, str, int | None, int | None, Severity | None]] = [
    ("year-forecast-moved", "year_end_forecast", 3_000, 3_499, None),
    ("year-forecast-moved", "year_end_forecast", 3_000, 2_500, Severity.NOTE),
    ("year-forecast-moved", "year_end_forecast", 3_000, 13_000, Severity.WARNING),
    ("year-forecast-moved", "year_end_forecast", None, 13_000, None),
    ("final-forecast-moved", "final_cost_forecast", 9_000, 9_899, None),
    ("final-forecast-moved", "final_cost_forecast", 9_000, 9_900, Severity.WARNING),
    ("final-forecast-moved", "final_cost_forecast", 9_000, 8_100, Severity.NOTE),
    ("final-forecast-moved", "final_cost_forecast", 9_000, None, None),
    ("text-unchanged", "final_cost_forecast", 9_000, 9_900, Severity.NOTE),
]


@pytest.mark.parametrize(
    ("rule", "name", "then", "now", "expected"),
    FORECASTS,
)
def test_a_forecast_that_moved_much_is_flagged(
    rule: str, name: str, then: int | None, now: int | None, expected: Severity | None
) -> None:
    assert severity(RULE[rule].look(with_forecasts(name, then, now))) is expected


def test_a_forecast_for_another_year_is_no_change() -> None:
    seen = case(at(NOW, year_end_forecast=9_000_000), Period(2024, Part.T1))
    before = at(BEFORE, year_end_forecast=1_000)
    assert RULE["year-forecast-moved"].look(replace(seen, before=before, before_period=YEAR)) is None


@pytest.mark.parametrize(("first", "fires"), [("4K-2024", True), ("1K-2025", False), ("4K-2026", False), (None, False)])
def test_a_completion_that_slipped_a_year_in_small_steps_is_flagged(first: str | None, *, fires: bool) -> None:
    quarter = None if first is None else parse_completion(first)
    assert quarter is None or isinstance(quarter, Quarter)
    seen = case(at(NOW), T2, first_quarter=quarter, first_period=T1)
    assert (RULE["completion-slipped-in-all"].look(seen) is not None) is fires


@pytest.mark.parametrize(
    ("actual", "expected"), [(4_000, None), (3_501, None), (3_500, Severity.NOTE), (2_000, Severity.WARNING)]
)
def test_spending_far_behind_its_plan_is_flagged(actual: int, expected: Severity | None) -> None:
    plan = SpendingPlan(
        id=RecordId("plan"), project=at(NOW).project.id, period=T1, amounts=(500_000,) * 8 + (9_000_000,) * 4
    )
    seen = case(at(f"9 000 | 4 000 | 4K-2025 | 3 000 | {actual} | x"), T2, plan=plan)
    assert severity(RULE["behind-spending-plan"].look(seen)) is expected
    assert RULE["behind-spending-plan"].look(replace(seen, plan=None)) is None


@pytest.mark.parametrize(
    ("split", "part", "expected"),
    [
        (DeviationSplit(timing=600_000, cost=400_000), Part.YEAR, None),
        (DeviationSplit(timing=600_000, cost=400_001), Part.YEAR, Severity.WARNING),
        (None, Part.YEAR, None),
        (DeviationSplit(timing=600_000), Part.T2, Severity.NOTE),
        (DeviationSplit(timing=400_000), Part.T2, None),
    ],
)
def test_a_split_that_no_longer_sums_to_the_deviation_is_flagged(
    split: DeviationSplit | None, part: Part, expected: Severity | None
) -> None:
    figures = at("9 000 | 4 000 | 4K-2025 | 3 000 | 2 000 | x", split=split, year_end_forecast=2_600_000)
    assert severity(RULE["split-does-not-sum"].look(case(figures, Period(2023, part)))) is expected


def test_the_check_sees_a_period_against_the_one_before_the_first_completion_and_the_plan() -> None:
    first = planned(table_of("Skole | 9 000 | 1 000 | 3K-2024 | 3 000 | 900 | Første."), period=Period(2021, Part.YEAR))
    portfolio = apply(Portfolio(), first.edit)
    for year, completion in ((2022, "2K-2025"), (2023, "3K-2025")):
        row = f"Skole | 9 000 | {year - 1021} | {completion} | 3 000 | 1 000 | Uendret."
        portfolio = apply(portfolio, planned(table_of(row), into=portfolio, period=Period(year, Part.YEAR)).edit)
    (project,) = portfolio.projects.values()
    plan = SpendingPlan(id=RecordId("plan"), project=project.id, period=YEAR, amounts=(1_000_000,) * 12)
    portfolio = apply(portfolio, added(message("Plan"), [plan]))
    flags = {flag.rule.id: flag for flag in check(portfolio, YEAR)}
    assert flags["completion-slipped"].finding.figures["quarters"] == 1
    assert flags["completion-slipped"].finding.figures["estimated_completion_before"] == "2K-2025"
    assert flags["behind-spending-plan"].finding.figures["behind"] == 11_000_000
    assert flags["completion-slipped-in-all"].finding.figures["quarters"] == 4
    assert "text-unchanged" in flags


def firing() -> Iterator[tuple[str, Finding | None]]:
    """Yield what each rule finds in the cases above, and in those that have more to them."""
    yield from ((rule, found(rule, row)) for rule, row, _ in AT_ITS_THRESHOLD)
    yield from ((rule, RULE[rule].look(in_a_tertial(row, forecast))) for rule, row, forecast, _ in IN_A_TERTIAL)
    yield from ((rule, RULE[rule].look(since_before(now, before))) for rule, now, before, _ in SINCE_BEFORE)
    yield from ((rule, RULE[rule].look(with_forecasts(name, then, now))) for rule, name, then, now, _ in FORECASTS)
    row = "9 000 | 3 000 | 1K-2023 | 3 000 | 1 000 | x"
    yield "past-quarter-not-finished", RULE["past-quarter-not-finished"].look(case(at(row), T2))
    yield "forecast-over-total", RULE["forecast-over-total"].look(case(at(row, final_cost_forecast=9_500_000), YEAR))
    slipped = case(at(NOW), T2, first_quarter=Quarter(2024, 3), first_period=T1)
    yield "completion-slipped-in-all", RULE["completion-slipped-in-all"].look(slipped)
    plan = SpendingPlan(id=RecordId("plan"), project=at(NOW).project.id, period=T1, amounts=(500_000,) * 12)
    yield "behind-spending-plan", RULE["behind-spending-plan"].look(case(at(NOW), T2, plan=plan))
    then, now = (at(f"- | - | LØPENDE | 9 000 | {spent} | Som før.") for spent in ("1 000", "2 500"))
    for period in (T1, Period(2022, Part.YEAR)):
        yield "text-unchanged", RULE["text-unchanged"].look(case(now, T2, before=then, before_period=period))
    split = at(NOW, split=DeviationSplit(timing=600_000, cost=300_000))
    yield "split-does-not-sum", RULE["split-does-not-sum"].look(case(split, YEAR))


def test_each_flag_says_what_it_said_before_and_from_which_figures(*, renew_golden: bool) -> None:
    """Every rule, with its sentence and the figures that the check and the exports give."""
    say = words_in()
    told = [(rule, finding) for rule, finding in firing() if finding is not None]
    assert {rule for rule, _ in told} == RULE.keys()
    hold(
        "flags.txt",
        (
            f"{rule} {finding.severity.value}: {say(finding.message)} "
            f"({', '.join(f'{name}={value}' for name, value in finding.figures.items())})"
            for rule, finding in told
        ),
        renew=renew_golden,
    )
