"""Every sum of a report is what the file holds, added up here in SQL and not by the program; every part adds up."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path

import pytest

from tests.portfolios import stored
from tracker.periods import Period, parse_period
from tracker.report import Report, build_report
from tracker.report.content import ColumnKind, Emphasis, Row, Table
from ui.launch import main

SHARED = Path(__file__).parents[2] / "shared" / "data"
PERIODS = ("2023-T1", "2023-T2", "2023-Y", "2024-T1")
# § 5-5 has signs and sums of its own; what stands before and after proposals is no column to add.
NOT_COLUMNS = frozenset({"statement"})

BUDGETS = """
SELECT sum(CASE WHEN budget_year = :year THEN year_amount END),
       sum(CASE WHEN project.kind = 'project' THEN total_amount END)
FROM budget_line JOIN project ON project.id = budget_line.project
WHERE status = 'decided' AND takes_effect <= :ends
"""
SPENDING = """
SELECT sum(CASE WHEN ledger_sum.year = :year AND NOT opening THEN amount END),
       sum(CASE WHEN project.kind = 'project' THEN amount END)
FROM ledger_sum JOIN ledger_batch ON ledger_batch.id = batch JOIN project ON project.id = ledger_sum.project
WHERE NOT withdrawn AND funding IS NULL
  AND (ledger_sum.year < :year OR (ledger_sum.year = :year AND month <= :month))
"""
REPORTED = """
SELECT sum(revised_budget), sum(total_budget), sum(actual), sum(total_spent) FROM reported_project
JOIN period_state ON period_state.period = reported_project.period
    AND period_state.revision = reported_project.revision AND stage = 'locked'
WHERE reported_project.period = :period
"""
OTHERS = "SELECT revised_budget, total_budget, actual, total_spent FROM other_projects WHERE period = :period"
FORECASTS = "SELECT sum(year_end_forecast), sum(final_cost_forecast) FROM status WHERE period = :period"


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Import the report of 2023 that the project was made from."""
    if not SHARED.exists():
        pytest.skip("the report of 2023 is not here")
    file = tmp_path_factory.mktemp("2023") / "2023.tertial"
    source, accounts = (SHARED / f"arsmelding-2023-{name}.txt" for name in ("investeringer", "investeringsregnskap"))
    assert main(["import-report", str(source), str(file), "--year", "2023", "--accounts", str(accounts)]) == 0
    return file


def sums_in(file: Path, period: Period) -> Mapping[str, int]:
    """Add up a period in the file: what was reported where it is locked, else what stands."""
    values = {"period": str(period), "year": period.year, "month": period.part.last_month, "ends": str(period.ends)}
    with closing(sqlite3.connect(file)) as held:
        row = held.execute(REPORTED, values).fetchone()
        if row[0] is None:
            (revised, total), (actual, spent) = (held.execute(sql, values).fetchone() for sql in (BUDGETS, SPENDING))
            row = (revised, total, actual, spent)
        others = held.execute(OTHERS, values).fetchone() or (0, 0, 0, 0)
        expected = held.execute(FORECASTS, values).fetchone()[0] or 0
    keys = ("revised_budget", "total_budget", "actual", "total_spent")
    return {key: one + other for key, one, other in zip(keys, row, others, strict=True)} | {
        "year_end_forecast": expected
    }


def tables_of(report: Report) -> Iterator[Table]:
    return (table for part in report.parts if part.id not in NOT_COLUMNS for table in part.tables if table.rows)


def closing_of(report: Report, table_id: str) -> tuple[Table, Row]:
    table = next(table for table in tables_of(report) if table.id == table_id)
    assert table.rows[-1].emphasis is Emphasis.SUM
    return table, table.rows[-1]


def assert_told(report: Report, file: Path, period: Period) -> None:
    """Hold the sums of the parts that hold everything against the file's own."""
    own = sums_in(file, period)
    for table_id in ("status", "sums", "areas"):
        table, total = closing_of(report, table_id)
        for key in ("revised_budget", "total_budget", "actual", "total_spent"):
            assert total.cells[table.index_of(key)] == own[key], (table_id, key)
        if own["year_end_forecast"] and not period.part.value.startswith("Y"):
            assert total.cells[table.index_of("year_end_forecast")] == own["year_end_forecast"], table_id
    large = {figure.title.text: figure.value for figure in report.parts[0].key_figures}
    assert (large["Revidert budsjett"], large["Regnskap"]) == (own["revised_budget"], own["actual"])


@pytest.mark.parametrize("named", PERIODS)
def test_the_sums_are_the_files_own_in_every_period_of_the_example(example_file: Path, named: str) -> None:
    period = parse_period(named)
    assert_told(build_report(stored(example_file), period), example_file, period)


def test_the_sums_are_the_files_own_in_the_real_report(real: Path) -> None:
    period = parse_period("2023-Y")
    assert_told(build_report(stored(real), period), real, period)


@pytest.mark.parametrize("named", PERIODS)
def test_every_table_that_has_a_sum_adds_up_column_by_column(example_file: Path, named: str) -> None:
    checked = 0
    for table in tables_of(build_report(stored(example_file), parse_period(named))):
        *rows, last = table.rows
        if last.emphasis is not Emphasis.SUM:
            continue
        for index, column in enumerate(table.columns):
            told = last.cells[index]
            if column.kind not in {ColumnKind.THOUSANDS, ColumnKind.KRONER} or told is None:
                continue
            cells = (row.cells[index] for row in rows if row.emphasis is Emphasis.NORMAL)
            assert told == sum(cell for cell in cells if isinstance(cell, int)), (table.id, column.key)
            checked += 1
    assert checked > len(PERIODS)


@pytest.mark.parametrize("later", PERIODS[1:])
def test_what_moved_since_the_last_report_is_the_difference_of_the_two_in_the_file(
    example_file: Path, later: str
) -> None:
    now, before = parse_period(later), parse_period(PERIODS[PERIODS.index(later) - 1])
    table, total = closing_of(build_report(stored(example_file), now), "changes")
    new, old = sums_in(example_file, now), sums_in(example_file, before)
    assert total.cells[table.index_of("total_budget")] == new["total_budget"] - old["total_budget"]
    if now.year == before.year:
        assert total.cells[table.index_of("revised_budget")] == new["revised_budget"] - old["revised_budget"]
        assert total.cells[table.index_of("actual")] == new["actual"] - old["actual"]
    else:
        assert total.cells[table.index_of("actual")] == new["actual"]
        assert "revised_budget" not in {column.key for column in table.columns}


def test_what_is_proposed_is_the_files_own_and_leads_from_the_budget_before_to_the_one_after(
    example_file: Path,
) -> None:
    period = parse_period("2024-T1")
    report = build_report(stored(example_file), period)
    with closing(sqlite3.connect(example_file)) as held:
        lines = held.execute(
            "SELECT kind, sum(CASE WHEN budget_year = 2024 THEN year_amount ELSE 0 END), sum(total_amount) "
            "FROM budget_line WHERE status = 'proposed' GROUP BY kind"
        ).fetchall()
    for kind, of_year, of_total in lines:
        table, total = closing_of(report, f"budget-proposals-{kind.replace('_', '-')}")
        assert total.cells[table.index_of("year_amount")] == of_year
        assert total.cells[table.index_of("total_amount")] == of_total
    table, total = closing_of(report, "budget-proposals-sums")
    assert total.cells[table.index_of("year_amount")] == sum(of_year for _, of_year, _ in lines)
    frame = next(table for table in tables_of(report) if table.id == "budget-proposals-frame")
    (_, before, change, after), _ = (row.cells for row in frame.rows)
    own = sums_in(example_file, period)["revised_budget"]
    assert (before, change, after) == (own, total.cells[table.index_of("year_amount")], own + change)  # type: ignore[operator]
