"""Which deviations are flagged, how strongly, and which are left in peace."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.portfolios import planned, portfolio_of, project_in, table_of
from tracker.edits import added, apply
from tracker.flags import RULES, Flag, Severity, check
from tracker.flags.flag import Case, Finding, Limits, limits_of
from tracker.messages import Refusal, message
from tracker.model import Portfolio, RecordId, Setting
from tracker.periods import Part, Period

RULE = {rule.id: rule for rule in RULES}
TEXT = "Går etter planen"


def found(rule: str, row: str, *, part: Part = Part.YEAR, limits: Limits | None = None) -> Finding | None:
    figures = project_in(f"Skole | {row}", Period(2023, Part.YEAR))
    return RULE[rule].look(Case(figures=figures, period=Period(2023, part), limits=limits or Limits()))


def severity(finding: Finding | None) -> Severity | None:
    return finding and finding.severity


#                     total | spent | completion | revised | actual   in thousands
@pytest.mark.parametrize(
    ("rule", "row", "expected"),
    [
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
    ],
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
