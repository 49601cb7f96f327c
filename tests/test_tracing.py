"""What a trace promises: a figure is followed to what holds it, and what it is made of comes to it, to the krone."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from db.imports import imports_of
from db.store import open_store
from db.workbook.write import write_workbook
from tests.ledgers import PROJECTS, SHAPES, postings
from tests.portfolios import YEAR, batch_of
from tests.test_budget_report import T2, WATER, grant, ledger
from tests.test_budgeting import BRIDGE, DECIDED, PROPOSED
from tests.test_budgeting import SCHOOL as BUDGETED
from tests.test_commands import Run, tertial
from tests.test_period_life import file, locked, periodic_records
from tests.test_report import made_of
from tests.windows import made_id, portfolio_records
from tracker.budgeting import CarryOver, MoveBetweenYears
from tracker.edits import added, apply
from tracker.figures import figures_of
from tracker.kinds import BudgetKind, BudgetStatus, FundingSource, LedgerContent, PrintedOf
from tracker.messages import Message, message
from tracker.model import BudgetLine, LedgerBatch, LedgerSum, Portfolio, ProjectId, Status
from tracker.owners import Owners
from tracker.periods import Part, Period
from tracker.report import Report, build_report
from tracker.report.content import Column, ColumnKind, Emphasis, Row, Table
from tracker.report.origins import UNTRACED, Origins
from tracker.tracing import Place, ProjectFigure, Step, Sum, Trace, Tracer, figure_named
from ui.words import words_in

__all__ = ["file", "locked", "tertial"]
SHARED = Path(__file__).parents[2] / "shared" / "data"
CELLS = 200
SCHOOL = ProjectId(made_id(0))
say = words_in()


def figures_in(report: Report) -> Iterator[tuple[Table, Row, Column, int | float]]:
    """Yield every figure that a report prints in its tables."""
    for part in report.parts:
        for table in part.tables:
            for row in table.rows:
                for column, cell in zip(table.columns, row.cells, strict=True):
                    if column.kind.is_figure and isinstance(cell, int | float):
                        yield table, row, column, cell


def recomputed(portfolio: Portfolio, tracer: Tracer, step: Step, *, figure: ProjectFigure | None) -> int | None:
    """Add a step up anew from what it leads to, by the simplest code there is; None where it leads nowhere."""
    lead = step.lead
    if lead is None:
        return None
    if lead.place is Place.FIGURE and lead.project is not None and lead.figure is not None:
        trace = tracer.of_project(lead.project, lead.figure)
        assert trace is not None
        assert_made_of_records(portfolio, tracer, trace, figure=lead.figure)
        return None if trace.value is None else int(trace.value) * (-1 if is_subtracted(step) else 1)
    if lead.place is Place.BUDGET and figure is not None:
        line = portfolio.budget_lines[lead.record]
        return line.total_amount if figure is ProjectFigure.TOTAL_BUDGET else line.year_amount
    if lead.place is Place.LEDGER:
        batch, owners = portfolio.ledger_batches[lead.record], Owners(portfolio)
        before = "tidligere" in say(step.what) if isinstance(step.what, Message) else False
        year = int(say(step.what)[-4:]) if isinstance(step.what, Message) and not before else None
        return sum(
            entry.amount
            for entry in batch.sums
            if owners.of_sum(entry) == lead.project
            and entry.funding is None
            and entry.opening is before
            and year in {None, entry.year}
            and (entry.year, entry.month) <= (tracer.period.year, tracer.period.part.last_month)
        )
    if lead.place is Place.STATUS and figure is not None and lead.record in portfolio.statuses:
        status = portfolio.statuses[lead.record]
        found = getattr(status.split, figure.value, None) if status.split else None
        return getattr(status, figure.value) if found is None else int(found)
    return None


def is_subtracted(step: Step) -> bool:
    return isinstance(step.what, Message) and "trekkes fra" in step.what.text


def assert_made_of_records(portfolio: Portfolio, tracer: Tracer, trace: Trace, *, figure: ProjectFigure | None) -> None:
    """Recompute every step, and hold what they come to against the figure."""
    for step in trace.steps:
        again = recomputed(portfolio, tracer, step, figure=figure)
        assert again in {None, step.adds}, (say(trace.title), step)
    if trace.is_share:
        actual, revised = (step.adds for step in trace.steps)
        assert trace.value == (actual / revised if revised else None)
    elif trace.steps and trace.value is not None:
        assert trace.total == trace.value


def assert_all_traced(portfolio: Portfolio, period: Period, *, seed: int = 1) -> None:
    """Trace random cells of a period's report, and recompute each to the krone from what holds it."""
    report = build_report(portfolio, period)
    cells = list(figures_in(report))
    origins = report.behind
    assert isinstance(origins, Origins)
    for table, row, column, value in random.Random(seed).sample(cells, min(CELLS, len(cells))):  # noqa: S311
        trace = origins.trace(table, row, column)
        assert trace is not None, (table.id, column.key)
        assert trace.value == value, (table.id, column.key)
        origin = origins.origin(table, row, column)
        assert origin is not None
        assert say(origin.told) == say(trace.told)
        figure = None if row.source is not None else figure_named(column.key)
        assert_made_of_records(portfolio, origins.tracer, trace, figure=figure)
        assert trace.told.text


@pytest.fixture(scope="module")
def demo(example_file: Path) -> Portfolio:
    """Return the example."""
    with closing(open_store(example_file, read_only=True)) as store:
        return store.load()


def test_200_random_cells_of_the_examples_reports_are_recomputed_from_what_holds_them(demo: Portfolio) -> None:
    for seed, period in enumerate(demo.periods()):
        assert_all_traced(demo, period, seed=seed)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the municipality's own report is not here")
def test_200_random_cells_of_the_real_report_are_recomputed_from_what_holds_them(tertial: Run, tmp_path: Path) -> None:
    path = tmp_path / "2023.tertial"
    table, accounts = (SHARED / f"arsmelding-2023-{name}.txt" for name in ("investeringer", "investeringsregnskap"))
    assert tertial("import-report", table, path, "--year", 2023, "--accounts", accounts).code == 0
    with closing(open_store(path, read_only=True)) as store:
        assert_all_traced(store.load(), YEAR)


def test_200_random_cells_of_a_report_that_was_read_from_a_table_are_recomputed() -> None:
    assert_all_traced(made_of(), YEAR)
    assert_all_traced(made_of(off_by=4), YEAR, seed=2)


def budgeted() -> Portfolio:
    """Return a portfolio with moves and new money, decided and proposed, some of it never mixed with the rest."""
    moves = (
        MoveBetweenYears(project=BUDGETED, amount=3_000_000, from_year=2023, to_year=2024),
        CarryOver(project=BRIDGE, amount=4_000_000, from_year=2022),
        CarryOver(project=BUDGETED, amount=-1_000_000, from_year=2022),
    )
    grants = (grant(BUDGETED, 5_000_000), grant(WATER, 2_000_000))
    return ledger(*((request, paper) for paper in (DECIDED, PROPOSED) for request in (*moves, *grants)))


def test_what_is_decided_and_proposed_is_made_of_the_budget_lines_of_each_kind_year_and_money() -> None:
    assert_all_traced(budgeted(), T2)


def test_what_moved_since_the_report_before_says_between_which_two_it_is_the_difference(demo: Portfolio) -> None:
    report = build_report(demo, Period(2023, Part.T2), chosen=["changes"])
    assert report.behind is not None
    origins = [report.behind.origin(table, row, column) for table, row, column, _ in figures_in(report)]
    assert {origin and say(origin.told) for origin in origins} == {
        "Tallet i 2. tertialrapport 2023 minus tallet i 1. tertialrapport 2023"
    }


def test_no_figure_of_a_report_is_without_an_origin(demo: Portfolio) -> None:
    small = apply(Portfolio(), added(message("Prøve"), [*portfolio_records(), *periodic_records()]))
    periods = [(demo, period) for period in demo.periods()]
    for portfolio, period in (*periods, (made_of(), YEAR), (small, YEAR), (budgeted(), T2)):
        report = build_report(portfolio, period)
        assert report.behind is not None
        for table, row, column, value in figures_in(report):
            origin = report.behind.origin(table, row, column)
            assert origin is not None
            assert origin.told is not UNTRACED, (table.id, column.key)
            assert origin.value == value
        for part in report.parts:
            for figure in part.key_figures:
                told = report.behind.origin_of_key_figure(figure)
                assert told is None or told.told is not UNTRACED


AMOUNTS = st.integers(-(10**9), 10**9)


@given(
    lines=st.lists(
        st.tuples(
            st.sampled_from([BudgetKind.OPENING, BudgetKind.ORIGINAL, BudgetKind.GRANT, BudgetKind.CARRY_OVER]),
            st.sampled_from([2022, 2023, 2024]),
            AMOUNTS,
            AMOUNTS,
            st.dates(date(2022, 1, 1), date(2024, 12, 31)),
            st.sampled_from(BudgetStatus),
        ),
        max_size=8,
    ),
    forecast=st.none() | AMOUNTS,
)
@settings(max_examples=60, deadline=None)
def test_whatever_the_lines_every_figure_of_the_project_is_what_its_steps_come_to(
    lines: list[tuple[BudgetKind, int, int, int, date, BudgetStatus]], forecast: int | None
) -> None:
    portfolio = apply(Portfolio(), added(message("Prøve"), list(portfolio_records())))
    made = {
        f"linje {at}": BudgetLine(
            id=f"linje {at}",  # type: ignore[arg-type]
            project=SCHOOL,
            kind=kind,
            budget_year=year,
            year_amount=amount,
            total_amount=0 if kind.leaves_total else total,
            takes_effect=day,
            status=status,
        )
        for at, (kind, year, amount, total, day, status) in enumerate(lines)
    }
    statuses: dict[str, Status] = {
        key: replace(one, year_end_forecast=forecast) if one.project == SCHOOL else one
        for key, one in portfolio.statuses.items()
    }
    portfolio = replace(portfolio, budget_lines={**portfolio.budget_lines, **made}, statuses=statuses)
    tracer = Tracer(portfolio, YEAR)
    for figure in ProjectFigure:
        trace = tracer.of_project(SCHOOL, figure)
        assert trace is not None
        assert_made_of_records(portfolio, tracer, trace, figure=figure)
        assert (trace.value is None) == (trace.remark is not None)


def test_a_sum_of_deviations_leads_to_each_project_and_to_the_other_projects(tertial: Run, file: Path) -> None:
    found = json.loads(tertial("trace", file, "--figure", "deviation", "--json").out)
    assert found["value"] == sum(step["adds"] for step in found["steps"])
    assert found["steps"][-1]["what"] == "Sum øvrige"
    assert found["steps"][0] == {
        "what": "Åsveien skole",
        "adds": 999_600,
        "counts": True,
        "why_not": None,
        "source": None,
        "decision": None,
        "day": None,
        "notes": [],
        "place": "figure",
        "record": None,
        "project": made_id(0),
        "figure": "deviation",
    }


def test_a_printed_deviation_names_the_rounding_that_the_source_made() -> None:
    portfolio = made_of()
    with_rounding = next(
        one.project
        for one in portfolio.printed.values()
        if one.of is PrintedOf.PROJECT and one.deviation != one.revised_budget - one.actual
    )
    assert with_rounding is not None
    trace = Tracer(portfolio, YEAR).of_project(with_rounding, ProjectFigure.DEVIATION)
    assert trace is not None
    rounding = trace.steps[-1]
    assert (rounding.adds, rounding.origin) == (-1000 if trace.value == 99_000 else 1000, "prøve")
    assert trace.total == trace.value


def test_what_came_after_the_locking_is_taken_out_of_the_reported_figure(tertial: Run, locked: Path) -> None:
    before = tertial("trace", locked, "--project", "Åsveien skole", "--figure", "revised-budget", "--json")
    assert before.code == 0
    paper = ("--decision", "KS-sak 109/23", "--date", "14.06.2023")
    entered = tertial(
        "budget", "add", locked, "--project", "Åsveien skole", "--kind", "grant", "--year", 2023, "--amount", "1 mill",
        "--funding", "loan", *paper,
    )  # fmt: skip
    assert entered.code == 0, entered.err
    after = tertial("trace", locked, "--project", "Åsveien skole", "--figure", "revised-budget", "--json")
    assert after.code == 1
    found = json.loads(after.out)
    assert found["value"] == json.loads(before.out)["value"] == 9_000_000
    assert [step["adds"] for step in found["steps"]] == [9_000_000, 1_000_000, -1_000_000]
    assert found["steps"][1]["decision"] == "KS-sak 109/23"


def test_what_was_spent_is_traced_to_the_file_that_it_was_read_from(tertial: Run, tmp_path: Path) -> None:
    from tests.test_taking_in_commands import sheet_of

    path, ledger = tmp_path / "kommune.tertial", tmp_path / "hovedbok mars.txt"
    sheet = sheet_of(tmp_path / "budsjett.xlsx", *([code, name, 5_000_000, None] for code, name in PROJECTS.items()))
    assert tertial("import-projects", sheet, path, "--year", 2023).code == 0
    assert tertial("period", "open", path, "--period", "2023-Y").code == 0
    SHAPES["signed.txt"](ledger, postings())
    assert tertial("import-ledger", ledger, path).code in {0, 1}
    with closing(open_store(path)) as store:
        portfolio = store.load()
        (batch,) = portfolio.ledger_batches.values()
        imports = imports_of(store, portfolio)
    assert imports[batch.id].file == "hovedbok mars.txt"
    spent = next(one for one in figures_of(portfolio, YEAR).projects if one.actual)
    found = tertial("trace", path, "--project", spent.project.name, "--figure", "actual")
    assert "hovedbok mars.txt" in found.out
    assert tertial("report", path, "--period", "2023-Y", tmp_path / "r.xlsx").code == 0
    told = [row[-1] for row in load_workbook(tmp_path / "r.xlsx")["Kilder"].iter_rows(values_only=True)]
    assert "1 import: hovedbok mars.txt" in told
    budget = tertial("trace", path, "--project", spent.project.name, "--figure", "revised-budget")
    assert "budsjett.xlsx" in budget.out


def test_an_unknown_project_or_figure_gets_one_sentence(tertial: Run, file: Path) -> None:
    for arguments in (("--project", "Borte", "--figure", "actual"), ("--figure", "pris"), ()):
        told = tertial("trace", file, *arguments)
        assert told.code == 2
        assert len(told.err.strip().splitlines()) <= 5
        assert told.out == ""


def test_a_programme_has_no_total_and_says_so(tertial: Run, file: Path) -> None:
    told = tertial("trace", file, "--project", "Ærfuglveien", "--figure", "total-budget")
    assert told.code == 0
    assert told.out.splitlines()[-1] == "Vedtatt totalt: En løpende ramme har ingen total."


def test_the_hidden_sheet_names_every_figure_where_it_stands(tmp_path: Path) -> None:
    path = tmp_path / "rapport.xlsx"
    report = build_report(made_of(), YEAR)
    write_workbook(report, path, say=say)
    book = load_workbook(path)
    assert book["Kilder"].sheet_state == "hidden"
    heading, *rows = book["Kilder"].iter_rows(values_only=True)
    assert heading == ("Ark", "Celle", "Verdi", "Hvem", "Prosjekt-id", "Tall", "Periode", "Hvor tallet kommer fra")
    assert next(iter(book["Kilder"].tables.values())).ref == f"A1:H{len(rows) + 1}"
    printed = sum(1 for _ in figures_in(report)) + sum(len(part.key_figures) for part in report.parts)
    assert len(rows) == printed == len({row[:2] for row in rows})
    for sheet, cell, value, *_ in rows:
        shown = book[sheet][cell].value
        assert isinstance(shown, int | float), (sheet, cell)
        assert shown == pytest.approx(value) or abs(shown * 1000 - value) <= 500, (sheet, cell)


def test_money_that_belongs_to_no_import_or_line_is_nowhere() -> None:
    portfolio = apply(Portfolio(), added(message("Prøve"), list(portfolio_records())))
    tracer = Tracer(portfolio, Period(2023, Part.T1))
    trace = tracer.of_project(SCHOOL, ProjectFigure.ACTUAL)
    assert trace is not None
    assert (trace.value, trace.steps, say(trace.told)) == (0, (), "Ingen regnskapslinjer")
    assert tracer.of_project(ProjectId("borte"), ProjectFigure.ACTUAL) is None
    empty = tracer.of_sum(Sum(figure=ProjectFigure.ACTUAL, projects=()))
    assert (empty.value, empty.steps) == (0, ())


def test_the_batches_of_a_published_report_say_that_they_are() -> None:
    portfolio = made_of()
    (batch,) = portfolio.ledger_batches.values()
    assert batch.content is LedgerContent.PUBLISHED
    project = next(iter(portfolio.projects.values())).id
    trace = Tracer(portfolio, YEAR).of_project(project, ProjectFigure.TOTAL_SPENT)
    assert trace is not None
    assert {step.origin for step in trace.steps} == {"prøve"}
    assert sorted(say(step.what) for step in trace.steps if isinstance(step.what, Message)) == [
        "Brukt i 2023",
        "Brukt i tidligere år",
    ]


def test_money_that_came_in_is_no_part_of_what_was_spent() -> None:
    sums = [
        LedgerSum(project=SCHOOL, year=2023, month=5, amount=700),
        LedgerSum(project=SCHOOL, year=2023, month=6, amount=-300, funding=FundingSource.GRANT),
    ]
    records = [one for one in portfolio_records() if not isinstance(one, LedgerBatch)]
    portfolio = apply(Portfolio(), added(message("Prøve"), [*records, batch_of(sums, made_id(3001))]))
    trace = Tracer(portfolio, YEAR).of_project(SCHOOL, ProjectFigure.TOTAL_SPENT)
    assert trace is not None
    assert [step.adds for step in trace.steps] == [700] == [trace.value]


def test_a_sum_adds_up_the_rows_of_its_own_group_only() -> None:
    amount = Column(key="amount", title=message("Beløp"), kind=ColumnKind.THOUSANDS)
    table = Table(
        id="grupper",
        columns=(Column(key="name", title=message("Hva")), amount),
        rows=(
            Row(cells=("Første", None), emphasis=Emphasis.HEADING),
            Row(cells=("a", 1)),
            Row(cells=("b", 2)),
            Row(cells=("Sum", 3), emphasis=Emphasis.SUM),
            Row(cells=("c", 4)),
            Row(cells=("Sum", 4), emphasis=Emphasis.SUM),
        ),
        empty=message("Ingen"),
    )
    origins = Origins(Portfolio(), YEAR)
    traces = [origins.trace(table, row, amount) for row in table.rows if row.emphasis is Emphasis.SUM]
    assert [[step.what for step in trace.steps] for trace in traces if trace] == [["a", "b"], ["c"]]
