"""Figures of a period, derived from the records."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tests.portfolios import YEAR, placed, planned, portfolio_of, project_in, table_of
from tracker.edits import Change, Edit, apply
from tracker.figures import by_service_area, figures_of, sum_of
from tracker.messages import message
from tracker.model import LedgerSum, Portfolio, ProjectId
from tracker.periods import Part, Period
from tracker.published.content import PublishedRow, PublishedTable

T1 = Period(2023, Part.T1)
TABLE = """
Skole      | 20 000 | 5 000 | 4K-2026 | 3 000 | 2 900 | Går etter planen
Sykkelvei  |      - |     - | LØPENDE | 1 000 | 1 200 | Asfaltert
Barnehage  |  8 000 | 9 000 | Ferdig  |     0 |   100 |
"""


def test_a_project_has_the_figures_of_its_row_in_kroner() -> None:
    figures = project_in("Skole | 20 000 | 5 000 | 4K-2026 | 3 000 | 2 900 | Går etter planen")
    assert (figures.total_budget, figures.total_spent) == (20_000_000, 5_000_000)
    assert (figures.revised_budget, figures.actual, figures.deviation) == (3_000_000, 2_900_000, 100_000)
    assert figures.left_of_total == 15_000_000
    assert figures.text == "Går etter planen"


def test_an_original_budget_that_nobody_gave_is_unknown_not_zero() -> None:
    assert project_in("Skole | 20 000 | 5 000 | 4K-2026 | 3 000 | 2 900 |").original_budget is None


def test_a_programme_has_no_totals() -> None:
    figures = project_in("Sykkelvei | - | - | LØPENDE | 1 000 | 1 200 |")
    assert (figures.total_budget, figures.total_spent, figures.left_of_total) == (None, None, None)
    assert figures.actual == 1_200_000


def test_spending_of_earlier_years_counts_in_the_total_only() -> None:
    figures = project_in("Skole | 20 000 | 5 000 | 4K-2026 | 3 000 | 2 900 |")
    assert figures.total_spent == 5_000_000
    assert figures.actual == 2_900_000


def test_a_tertial_does_not_see_what_came_after_it() -> None:
    portfolio = portfolio_of(TABLE)
    assert sum_of(figures_of(portfolio, T1, with_idle=True).projects).actual == 0


def test_a_withdrawn_batch_does_not_count() -> None:
    portfolio = portfolio_of(TABLE)
    (batch,) = portfolio.ledger_batches.values()
    label = message("Trukket")
    after = apply(portfolio, Edit(label, (Change(batch, replace(batch, withdrawn=True)),)))
    assert figures_of(after, YEAR).listed.actual == 0


def test_the_printed_deviation_is_reported_the_derived_one_is_reckoned_with() -> None:
    row = replace(table_of("Skole | 20 | 5 | 4K-2026 | 10 | 4 |").rows[0], deviation=7)
    table = PublishedTable(rows=(row,), other=None, total=replace(row, name="Sum"))
    (figures,) = figures_of(apply(Portfolio(), planned(table).edit), YEAR).projects
    assert (figures.deviation, figures.reported_deviation) == (6_000, 7_000)


def test_other_projects_are_in_every_sum_and_on_no_list() -> None:
    other = PublishedRow(
        name="Øvrige", total_budget=100, total_spent=50, completion="", revised_budget=10, actual=30, deviation=-20
    )
    figures = figures_of(apply(Portfolio(), planned(table_of(TABLE, other=other)).edit), YEAR)
    assert [project.project.name for project in figures.projects] == ["Skole", "Sykkelvei", "Barnehage"]
    assert figures.all.actual == figures.listed.actual + 30_000
    assert figures.all.reported_deviation == figures.listed.reported_deviation - 20_000
    assert figures.all.count == 3


def test_completion_rate_is_actual_over_revised_and_unknown_without_a_budget() -> None:
    listed = figures_of(portfolio_of(TABLE), YEAR).listed
    assert listed.completion_rate == 4_200 / 4_000
    assert sum_of([]).completion_rate is None


@given(st.data())
def test_service_areas_divide_the_sum_without_rest(data: st.DataObject) -> None:
    portfolio = portfolio_of(TABLE)
    areas = st.sampled_from(["Oppvekst", "Helse", "Kultur"])
    chosen = data.draw(st.dictionaries(st.sampled_from(["Skole", "Sykkelvei", "Barnehage"]), areas))
    figures = figures_of(placed(portfolio, chosen), YEAR)
    parts = [sum_of(group) for group in by_service_area(figures.projects).values()]
    assert sum(part.revised_budget for part in parts) == figures.listed.revised_budget
    assert sum(part.deviation for part in parts) == figures.listed.deviation
    assert sum(part.count for part in parts) == 3


@given(st.lists(st.integers(-(10**12), 10**12), min_size=1, max_size=6))
def test_figures_add_up_over_any_split_of_the_ledger(amounts: list[int]) -> None:
    portfolio = portfolio_of("Skole | 20 000 | 0 | 4K-2026 | 3 000 | 0 |")
    (batch,) = portfolio.ledger_batches.values()
    project = ProjectId(batch.sums[0].project)
    entries = tuple(
        LedgerSum(project=project, year=2023, month=1 + number % 12, amount=amount)
        for number, amount in enumerate(amounts)
    )
    edit = Edit(message("Regnskap"), (Change(batch, replace(batch, sums=entries)),))
    (figures,) = figures_of(apply(portfolio, edit), YEAR).projects
    assert figures.actual == figures.total_spent == sum(amounts)
