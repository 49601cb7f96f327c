"""Which light a project gets, why, and what a person sets against it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

import pytest

from tests.golden_files import hold
from tests.portfolios import planned, portfolio_of, table_of
from tracker.checking import control_of
from tracker.closing import lock
from tracker.edits import NOTHING, Edit, added, apply
from tracker.figures import figures_of
from tracker.flags import limits_of
from tracker.kinds import Light
from tracker.lights import Aspect, Lights, ShownLight, clear_light, set_light
from tracker.messages import Refusal, message
from tracker.model import Milestone, Portfolio, ProjectId, Record, RecordId, Risk
from tracker.periods import Part, Period
from ui.words import words_in

YEAR = Period(2023, Part.YEAR)
FINE = "9 000 | 4 000 | 4K-2025 | 3 000 | 3 000 | I rute."
GREEN, YELLOW, RED = Light.GREEN, Light.YELLOW, Light.RED
IDS = map(str, count(5000))


def new_id() -> str:
    return next(IDS)


def made(row: str = FINE, *more: Record, **reported: Any) -> Portfolio:
    portfolio = portfolio_of(f"Skole | {row}")
    (status,) = portfolio.statuses.values()
    portfolio = replace(portfolio, statuses={status.id: replace(status, **reported)})
    return apply(portfolio, added(message("Mer"), more))


def project_of(portfolio: Portfolio) -> ProjectId:
    return next(iter(portfolio.projects.values())).id


def shown(portfolio: Portfolio, aspect: Aspect) -> ShownLight:
    figures, limits = figures_of(portfolio, YEAR), limits_of(portfolio)
    flags = control_of(portfolio, figures, limits).flags
    return Lights(portfolio, figures, flags=flags, limits=limits).of(figures.projects[0])[aspect]


def only_project() -> ProjectId:
    return project_of(portfolio_of(f"Skole | {FINE}"))


def risk(consequence: int, likelihood: int, **more: Any) -> Risk:
    return Risk(
        id=RecordId(new_id()),
        thread=RecordId("tråd"),
        project=only_project(),
        period=YEAR,
        title="Grunnforhold",
        consequence=consequence,
        likelihood=likelihood,
        **more,
    )


def milestone(on: date, *, reached: date | None = None) -> Milestone:
    return Milestone(
        id=RecordId(new_id()),
        thread=RecordId("tråd"),
        project=only_project(),
        period=YEAR,
        name="Tett bygg",
        planned=on,
        reached=reached,
    )


ECONOMY: list[tuple[str, dict[str, Any], Light]] = [
    (FINE, {}, GREEN),
    ("9 000 | 9 001 | 4K-2025 | 3 000 | 3 000 | x", {}, RED),
    ("9 000 | 4 000 | 4K-2025 | 3 000 | 3 600 | x", {}, YELLOW),
    ("9 000 | 4 000 | 4K-2025 | 3 000 | 2 000 | x", {}, GREEN),
    ("90 000 | 4 000 | 4K-2025 | 30 000 | 2 000 | x", {}, YELLOW),
    (FINE, {"final_cost_forecast": 9_000_001}, RED),
    (FINE, {"final_cost_forecast": 8_600_000, "p85": 8_500_000}, RED),
    (FINE, {"final_cost_forecast": 8_600_000, "p50": 8_500_000, "p85": 9_000_000}, YELLOW),
    (FINE, {"final_cost_forecast": 8_500_000, "p50": 8_500_000, "p85": 9_000_000}, GREEN),
    (FINE, {"final_cost_forecast": 8_500_001, "p50": 8_500_000, "p85": 9_000_000}, YELLOW),
    (FINE, {"final_cost_forecast": 8_500_000, "p85": 8_500_000}, GREEN),
    (FINE, {"final_cost_forecast": 8_500_001, "p50": 8_000_000, "p85": 8_500_000}, RED),
    (FINE, {"p50": 8_000_000, "p85": 8_500_000}, GREEN),
    ("9 000 | 4 000 | 4K-2025 | 3 000 | 3 600 | x", {"final_cost_forecast": 8_600_000, "p85": 8_500_000}, RED),
    ("9 000 | 4 000 | 4K-2025 | 3 000 | 3 600 | x", {"final_cost_forecast": 8_600_000, "p50": 8_500_000}, YELLOW),
    ("9 000 | 9 001 | 4K-2025 | 3 000 | 3 000 | x", {"final_cost_forecast": 8_600_000, "p85": 8_500_000}, RED),
    (FINE, {"contingency_left": -1}, YELLOW),
    (FINE, {"contingency_left": 0}, YELLOW),
    (FINE, {"contingency_left": 1}, GREEN),
]


@pytest.mark.parametrize(("row", "reported", "light"), ECONOMY)
def test_the_economy_is_red_for_a_broken_frame_and_yellow_for_a_warning(
    row: str, reported: dict[str, Any], light: Light
) -> None:
    found = shown(made(row, **reported), Aspect.ECONOMY)
    assert (found.light, found.override) == (light, None)
    assert found.reason.text
    assert found.figures


PROGRESS: list[tuple[str, Light]] = [
    (FINE, GREEN),
    (FINE.replace("4K-2025", "3K-2023"), RED),
    (FINE.replace("4K-2025", ""), YELLOW),
    (FINE.replace("4K-2025", "til høsten"), YELLOW),
    (FINE.replace("4K-2025", "Ferdig"), GREEN),
    ("- | - | LØPENDE | 3 000 | 3 000 | x", GREEN),
]


@pytest.mark.parametrize(("row", "light"), PROGRESS)
def test_progress_is_red_once_the_quarter_is_passed_and_yellow_while_nobody_says_when(row: str, light: Light) -> None:
    assert shown(made(row), Aspect.PROGRESS).light is light


def test_a_milestone_that_is_passed_and_not_reached_makes_progress_yellow_by_name() -> None:
    late = milestone(date(2023, 10, 1))
    found = shown(made(FINE, late), Aspect.PROGRESS)
    assert (found.light, found.reason.values["name"]) == (YELLOW, "Tett bygg")
    assert shown(made(FINE, milestone(date(2023, 10, 1), reached=date(2023, 12, 1))), Aspect.PROGRESS).light is GREEN
    assert shown(made(FINE, milestone(date(2024, 1, 1))), Aspect.PROGRESS).light is GREEN
    assert shown(made(FINE.replace("4K-2025", "Ferdig"), late), Aspect.PROGRESS).light is GREEN


@pytest.mark.parametrize(("on", "light"), [(date(2023, 12, 30), YELLOW), (date(2023, 12, 31), GREEN)])
def test_a_milestone_of_the_periods_last_day_is_not_passed_before_it_is_over(on: date, light: Light) -> None:
    assert shown(made(FINE, milestone(on)), Aspect.PROGRESS).light is light


@pytest.mark.parametrize(("completion", "light"), [("1K-2026", YELLOW), ("3K-2026", YELLOW), ("4K-2026", RED)])
def test_a_slip_makes_progress_yellow_and_from_four_quarters_red(completion: str, light: Light) -> None:
    before = portfolio_of("Skole | 9 000 | 3 000 | 4K-2025 | 3 000 | 2 000 | Før.")
    row = table_of(f"Skole | 9 000 | 4 000 | {completion} | 3 000 | 3 000 | I rute.")
    after = Period(2024, Part.YEAR)
    portfolio = apply(before, planned(row, into=before, period=after).edit)
    figures, limits = figures_of(portfolio, after), limits_of(portfolio)
    lights = Lights(portfolio, figures, flags=control_of(portfolio, figures, limits).flags, limits=limits)
    assert lights.of(figures.projects[0])[Aspect.PROGRESS].light is light


@pytest.mark.parametrize(("consequence", "light"), [(1_249_999, GREEN), (1_250_000, YELLOW)])
def test_the_risks_of_a_programme_are_seen_against_the_years_budget(consequence: int, light: Light) -> None:
    portfolio = made("- | - | LØPENDE | 3 000 | 3 000 | x", risk(consequence, 40))
    assert shown(portfolio, Aspect.RISK).light is light


RISKS: list[tuple[list[Risk], int | None, Light | None]] = [
    ([], None, None),
    ([risk(400_000, 90)], None, GREEN),
    ([risk(500_000, 50)], None, YELLOW),
    ([risk(500_000, 49)], None, GREEN),
    ([risk(10_000_000, 50)], None, RED),
    ([risk(3_000_000, 40)], None, YELLOW),
    ([risk(10_000_000, 90, is_over=True)], None, GREEN),
    ([risk(1_000_000, 40)], 400_000, GREEN),
    ([risk(1_000_000, 40)], 399_999, RED),
    ([risk(499_999, 50)], None, GREEN),
    ([risk(9_999_999, 50)], None, YELLOW),
    ([risk(2_250_000, 40)], None, YELLOW),
    ([risk(2_249_999, 40)], None, GREEN),
    ([risk(1, 99)], 0, GREEN),
    ([risk(1, 100)], 0, RED),
    ([risk(1, 50), risk(1, 50)], 0, RED),
    ([risk(0, 100)], -1, GREEN),
    ([risk(1, 100)], -1, RED),
    ([risk(10_000_000, 49), risk(400_000, 50)], None, YELLOW),
]


@pytest.mark.parametrize(("risks", "left", "light"), RISKS)
def test_risk_is_judged_by_what_open_risks_may_cost_and_the_reserve(
    risks: list[Risk], left: int | None, light: Light | None
) -> None:
    found = shown(made(FINE, *risks, contingency_left=left), Aspect.RISK)
    assert found.light is light
    assert found.reason.text


def judged() -> Iterator[Portfolio]:
    """Yield the projects above, and those that more than one thing is said of."""
    yield from (made(row, **reported) for row, reported, _ in ECONOMY)
    yield from (made(row) for row, _ in PROGRESS)
    yield from (made(FINE, *risks, contingency_left=left) for risks, left, _ in RISKS)
    yield made(FINE, milestone(date(2023, 11, 1)), milestone(date(2023, 10, 1)), milestone(date(2023, 12, 1)))
    yield made(FINE, risk(2_000_000, 60), risk(3_000_000, 55), risk(4_000_000, 10))
    yield made(FINE, risk(1_000_000, 40), contingency_left=-1)
    yield made(FINE.replace("4K-2025", "3K-2023"), milestone(date(2023, 10, 1)), final_cost_forecast=9_500_000)


def test_what_each_light_says_and_from_which_figures_is_what_it_said(*, renew_golden: bool) -> None:
    say = words_in()
    seen = [shown(portfolio, aspect) for portfolio in judged() for aspect in Aspect]
    told = (
        f"{one.aspect.name} {one.computed and one.computed.name}: {say(one.because)} "
        f"({', '.join(f'{name}={value}' for name, value in one.figures.items())})"
        for one in seen
    )
    hold("lights.txt", told, renew=renew_golden)


def overriding(portfolio: Portfolio, light: Light, reason: str) -> Edit:
    return set_light(
        portfolio, YEAR, project_of(portfolio), aspect=Aspect.ECONOMY, light=light, reason=reason, new_id=new_id
    )


def test_a_light_is_overridden_only_with_a_reason_and_is_shown_as_overridden() -> None:
    portfolio = made()
    with pytest.raises(Refusal):
        overriding(portfolio, RED, "  ")
    portfolio = apply(portfolio, overriding(portfolio, RED, " Uavklart krav. "))
    found = shown(portfolio, Aspect.ECONOMY)
    assert (found.light, found.computed) == (RED, GREEN)
    assert found.reason.values["reason"] == "Uavklart krav."
    assert shown(portfolio, Aspect.PROGRESS).override is None


def test_an_override_is_taken_away_again() -> None:
    portfolio = made()
    cleared = clear_light(portfolio, YEAR, project_of(portfolio), aspect=Aspect.ECONOMY, new_id=new_id)
    assert cleared is NOTHING
    portfolio = apply(portfolio, overriding(portfolio, RED, "Uavklart krav."))
    portfolio = apply(
        portfolio, clear_light(portfolio, YEAR, project_of(portfolio), aspect=Aspect.ECONOMY, new_id=new_id)
    )
    assert shown(portfolio, Aspect.ECONOMY).light is GREEN


def test_a_locked_period_shows_the_lights_that_were_reported_whatever_comes_later() -> None:
    portfolio = made(FINE, risk(10_000_000, 60))
    portfolio = apply(portfolio, overriding(portfolio, YELLOW, "Uavklart krav."))
    edit = lock(portfolio, YEAR, who="Kari", at=datetime(2024, 2, 1, tzinfo=UTC), new_id=new_id)
    locked = apply(portfolio, edit)
    later = replace(locked, risks={}, statuses={}, ledger_batches={})
    for aspect in Aspect:
        assert shown(later, aspect) == shown(portfolio, aspect)
