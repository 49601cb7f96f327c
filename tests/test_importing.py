"""How a published table becomes a period of a portfolio."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.portfolios import SOURCE, YEAR, circumstances, planned, rows_of, sum_row, table_of
from tracker.edits import apply
from tracker.figures import figures_of
from tracker.importing import accepting_differences, plan_report_import
from tracker.kinds import BudgetKind, LedgerContent, ProjectKind
from tracker.messages import Refusal
from tracker.model import Portfolio
from tracker.money import THOUSAND
from tracker.periods import Part, Period
from tracker.published.content import PublishedRow, PublishedStatement, PublishedTable
from tracker.quarters import write_completion
from tracker.tieout import tie_out

SHARED = Path(__file__).parents[2] / "shared" / "data"
TABLE = """
Skole      | 20 000 | 5 000 | 4K-2026 | 3 000 | 2 900 | Går etter planen
Sykkelvei  |      - |     - | LØPENDE | 1 000 | 1 200 | Asfaltert
Barnehage  |  8 000 | 9 000 | Ferdig  |  -200 |  -100 |
"""
THOUSANDS = st.integers(-(10**7), 10**7)


@st.composite
def published_rows(draw: st.DrawFn, name: str, *, running: bool) -> PublishedRow:
    revised, actual = draw(THOUSANDS), draw(THOUSANDS)
    return PublishedRow(
        name=name,
        total_budget=None if running else draw(THOUSANDS),
        total_spent=None if running else draw(THOUSANDS),
        completion="LØPENDE" if running else draw(st.sampled_from(["4K-2026", "Ferdig", "", "til høsten"])),
        revised_budget=revised,
        actual=actual,
        deviation=revised - actual + draw(st.integers(-1, 1)),
        comment=draw(st.text(max_size=20)),
    )


@st.composite
def published_tables(draw: st.DrawFn, kinds: tuple[bool, ...]) -> PublishedTable:
    """Draw a table with one row for each kind: True for a running programme."""
    rows = tuple(
        draw(published_rows(f"Prosjekt {number}", running=running)) for number, running in enumerate(kinds, start=1)
    )
    return PublishedTable(rows=rows, other=None, total=sum_row(*rows))


KINDS = st.lists(st.booleans(), min_size=1, max_size=4).map(tuple)


def cells(portfolio: Portfolio, period: Period) -> list[tuple[object, ...]]:
    return [
        (
            figures.project.name,
            figures.total_budget,
            figures.total_spent,
            write_completion(figures.completion),
            figures.revised_budget,
            figures.actual,
            figures.reported_deviation,
            figures.text,
        )
        for figures in figures_of(portfolio, period).projects
    ]


def printed(table: PublishedTable) -> list[tuple[object, ...]]:
    def kroner(thousands: int | None) -> int | None:
        return None if thousands is None else thousands * THOUSAND

    return [
        (
            row.name,
            kroner(row.total_budget),
            kroner(row.total_spent),
            row.completion,
            kroner(row.revised_budget),
            kroner(row.actual),
            kroner(row.deviation),
            row.comment,
        )
        for row in table.rows
    ]


@given(KINDS.flatmap(published_tables))
def test_every_cell_comes_back_in_kroner(table: PublishedTable) -> None:
    assert cells(apply(Portfolio(), planned(table).edit), YEAR) == printed(table)


@given(KINDS.flatmap(lambda kinds: st.tuples(published_tables(kinds), published_tables(kinds))))
def test_next_years_report_has_its_own_figures_and_leaves_this_years(
    tables: tuple[PublishedTable, PublishedTable],
) -> None:
    first, second = tables
    held = apply(Portfolio(), planned(first, period=Period(2022, Part.YEAR)).edit)
    both = apply(held, planned(second, into=held).edit)
    assert cells(both, YEAR) == printed(second)
    assert cells(both, Period(2022, Part.YEAR)) == printed(first)
    assert len(both.projects) == len(first.rows)


def test_a_running_programme_is_told_from_a_project() -> None:
    kinds = {
        project.name: project.kind for project in apply(Portfolio(), planned(table_of(TABLE)).edit).projects.values()
    }
    assert kinds["Sykkelvei"] is ProjectKind.PROGRAMME
    assert kinds["Skole"] is ProjectKind.PROJECT


def test_figures_carry_their_source() -> None:
    portfolio = apply(Portfolio(), planned(table_of(TABLE)).edit)
    (batch,) = portfolio.ledger_batches.values()
    assert (batch.content, batch.source, batch.source_hash) == (LedgerContent.PUBLISHED, SOURCE.name, SOURCE.sha256)
    assert (batch.line_count, batch.total) == (5, (5_000 + 1_200 + 9_000) * THOUSAND)
    assert {(line.kind, line.source) for line in portfolio.budget_lines.values()} == {(BudgetKind.OPENING, SOURCE.name)}


def test_a_project_that_stands_twice_is_refused_by_name() -> None:
    rows = rows_of("Skole | 1 | 1 | Ferdig | 1 | 1 |\n SKOLE | 1 | 1 | Ferdig | 1 | 1 |")
    with pytest.raises(Refusal) as refused:
        planned(PublishedTable(rows=rows, other=None, total=sum_row(*rows)))
    assert refused.value.reason.values["name"] == "Skole"


def test_a_period_that_is_there_is_refused() -> None:
    held = apply(Portfolio(), planned(table_of(TABLE)).edit)
    with pytest.raises(Refusal) as refused:
        planned(table_of(TABLE), into=held)
    assert refused.value.reason.values["period"] == YEAR


def test_a_statement_without_the_statutory_sums_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        plan_report_import(
            Portfolio(),
            table_of(TABLE),
            statement=PublishedStatement(lines=()),
            period=YEAR,
            source=SOURCE,
            circumstances=circumstances(),
        )
    assert refused.value.reason.values["label"] == "sum investeringsutgifter"


def test_accepting_nothing_leaves_the_edit_as_it_was() -> None:
    plan = planned(table_of(TABLE))
    assert accepting_differences(plan, YEAR, circumstances(90_000)) == plan.edit


def test_what_could_not_be_placed_is_handed_on() -> None:
    table = replace(table_of(TABLE), leftovers=("Innledning",))
    assert planned(table).leftovers == ("Innledning",)


@pytest.mark.skipif(not SHARED.exists(), reason="the real report is not here")
def test_the_real_report_ties_out_as_its_rounding_explains() -> None:
    from db.published.report import read_published_statement, read_published_table

    plan = plan_report_import(
        Portfolio(),
        read_published_table(SHARED / "arsmelding-2023-investeringer.txt"),
        statement=read_published_statement(SHARED / "arsmelding-2023-investeringsregnskap.txt"),
        period=YEAR,
        source=SOURCE,
        circumstances=circumstances(),
    )
    differences = [one.difference // THOUSAND for one in plan.comparisons]
    assert differences == [3, 1, 0, 2, -1, 0, 0, 0, 0, 0, 0]
    assert all(one.explained for one in tie_out(apply(Portfolio(), plan.edit), YEAR))


def test_a_year_before_those_that_are_there_is_refused() -> None:
    held = apply(Portfolio(), planned(table_of(TABLE)).edit)
    with pytest.raises(Refusal, match="bygger på det som kom før"):
        planned(table_of(TABLE), into=held, period=Period(2022, Part.YEAR))


def test_a_statement_of_another_year_is_refused() -> None:
    statement = PublishedStatement(lines=(), year=2022)
    with pytest.raises(Refusal) as refused:
        plan_report_import(
            Portfolio(),
            table_of(TABLE),
            statement=statement,
            period=YEAR,
            source=SOURCE,
            circumstances=circumstances(),
        )
    assert (refused.value.reason.values["found"], refused.value.reason.values["year"]) == (2022, 2023)


def test_a_project_that_has_become_a_running_programme_is_refused_by_name() -> None:
    held = apply(Portfolio(), planned(table_of(TABLE)).edit)
    changed = table_of("Skole | - | - | LØPENDE | 1 | 1 | x")
    with pytest.raises(Refusal) as refused:
        planned(changed, into=held, period=Period(2024, Part.YEAR))
    assert refused.value.reason.values["project"] == "Skole"
