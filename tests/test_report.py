"""What the report promises: its figures are the portfolio's, its sums are their columns', its lists are complete."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from itertools import count

import pytest

from tracker.checking import check
from tracker.edits import apply
from tracker.figures import figures_of
from tracker.importing import Circumstances, Source, plan_report_import
from tracker.kinds import BudgetKind
from tracker.messages import Message
from tracker.model import BudgetLine, Portfolio, RecordId
from tracker.money import THOUSAND
from tracker.periods import Part as OfYear
from tracker.periods import Period
from tracker.published.content import PublishedRow, PublishedStatement, PublishedStatementLine, PublishedTable
from tracker.quarters import Quarter, State
from tracker.report import Report, build_report
from tracker.report.content import ColumnKind, Emphasis, Mark, Part, Row, Table
from tracker.report.statement import ACCEPTED, DIFFERS, ROUNDING, TIES_OUT
from tracker.tieout import tie_out

YEAR = Period(2023, OfYear.YEAR)
# Total, spent, completion, revised, actual, deviation as printed (in thousands), text.
TABLE = """
Skole på Åsen          |  90000 | 40000 | 4K-2026 | 30000 | 58000 | -28000 | Merforbruket dekkes neste år.
Kjøp av eiendom        | 126000 | 52000 | 4K-2032 | 92000 | 28000 |  64000 | Utsatt i påvente av regulering.
Gangveg langs Ælva     |      - |     - | LØPENDE |   500 |   401 |    100 | =SUM(A1:A9)
Kirkegård              |   5000 |  5600 | Ferdig  |     0 |   600 |   -600 | Sluttoppgjør gjenstår.
Brannbil               |   9000 |  2000 | Ferdig  |  9000 |  2000 |   7000 | Levert.
Kunst                  |    700 |   700 |         |  -100 |  -100 |      0 |
"""
AREAS = {"Skole på Åsen": "Oppvekst", "Gangveg langs Ælva": "Kultur & miljø", "Kunst": "Kultur & miljø"}
OTHER = PublishedRow(
    name="Sum øvrige prosjekter",
    total_budget=1000,
    total_spent=300,
    completion="",
    revised_budget=400,
    actual=500,
    deviation=-100,
)


def made_of(
    table: str = TABLE, *, other: PublishedRow | None = OTHER, off_by: int = 0, areas: Mapping[str, str] = AREAS
) -> Portfolio:
    """Take a table in as the published report is taken in; `off_by` thousands are added to its printed sum."""
    rows = tuple(_read(line) for line in table.strip().splitlines() if line.strip())
    total = _summed((*rows, other) if other else rows, off_by)
    ids = count()
    plan = plan_report_import(
        Portfolio(),
        PublishedTable(rows=rows, other=other, total=total),
        statement=_statement(total),
        period=YEAR,
        source=Source(name="prøve", sha256="0"),
        circumstances=Circumstances(who="Kari", today=date(2024, 3, 1), new_id=lambda: f"{next(ids):04d}"),
    )
    portfolio = apply(Portfolio(), plan.edit)
    placed = {
        key: replace(project, service_area=areas.get(project.name)) for key, project in portfolio.projects.items()
    }
    return replace(portfolio, projects=placed)


def _read(line: str) -> PublishedRow:
    name, *cells, text = (cell.strip() for cell in line.split("|"))
    total, spent, completion, revised, actual, deviation = cells
    return PublishedRow(
        name=name,
        total_budget=None if total == "-" else int(total),
        total_spent=None if spent == "-" else int(spent),
        completion=completion,
        revised_budget=int(revised),
        actual=int(actual),
        deviation=int(deviation),
        comment=text,
    )


def _summed(rows: Iterable[PublishedRow], off_by: int) -> PublishedRow:
    added = list(rows)
    return PublishedRow(
        name="Sum",
        total_budget=sum(row.total_budget or 0 for row in added),
        total_spent=sum(row.total_spent or 0 for row in added),
        completion="",
        revised_budget=sum(row.revised_budget for row in added),
        actual=sum(row.actual for row in added) + off_by,
        deviation=sum(row.deviation for row in added),
    )


def _statement(total: PublishedRow) -> PublishedStatement:
    lines = [
        PublishedStatementLine(
            paragraph=paragraph,
            label=label,
            previous_actual=1,
            actual=total.actual,
            revised_budget=total.revised_budget,
            original_budget=2,
            deviation=total.deviation,
            is_sum=label.startswith("Sum"),
        )
        for paragraph, label in (
            (1, "Investeringer i varige driftsmidler"),
            (1, "Sum investeringsutgifter"),
            (2, "Sum brutto investeringer"),
        )
    ]
    return PublishedStatement(lines=tuple(lines))


def part_of(report: Report, part_id: str) -> Part:
    return next(part for part in report.parts if part.id == part_id)


def only_table(report: Report, part_id: str) -> Table:
    (table,) = part_of(report, part_id).tables
    return table


def names(table: Table) -> list[object]:
    return [row.cells[0] for row in table.rows if row.project is not None]


def row_named(table: Table, name: str) -> Row:
    return next(row for row in table.rows if row.cells[0] == name)


@pytest.fixture
def report() -> Report:
    return build_report(made_of(), YEAR)


def test_the_status_table_has_every_project_in_order_with_its_figures_and_its_whole_text(report: Report) -> None:
    table = only_table(report, "status")
    assert [column.key for column in table.columns][:7] == [
        "name",
        "total_budget",
        "total_spent",
        "completion",
        "revised_budget",
        "actual",
        "deviation",
    ]
    assert row_named(table, "Skole på Åsen").cells == (
        "Skole på Åsen",
        90_000_000,
        40_000_000,
        Quarter(2026, 4),
        30_000_000,
        58_000_000,
        -28_000_000,
        "Merforbruket dekkes neste år.",
    )
    assert names(table) == [line.split("|")[0].strip() for line in TABLE.strip().splitlines()]


def test_a_running_programme_has_no_totals_and_the_deviation_is_as_printed(report: Report) -> None:
    row = row_named(only_table(report, "status"), "Gangveg langs Ælva")
    assert row.cells[1:4] == (None, None, State.RUNNING)
    # 500 - 401 = 99, but the report printed 100: each figure was rounded on its own.
    assert row.cells[6] == 100_000


def test_the_two_groups_of_columns_stand_over_the_columns_of_the_published_table(report: Report) -> None:
    groups = only_table(report, "status").groups
    assert [(group.title.text, group.first, group.last) for group in groups] == [
        ("Totalbudsjett", "total_budget", "completion"),
        ("Årets budsjett", "revised_budget", "deviation"),
    ]


def test_other_projects_are_named_as_printed_and_counted_in_the_sum(report: Report) -> None:
    table = only_table(report, "status")
    other, total = table.rows[-2:]
    assert other.cells[0] == "Sum øvrige prosjekter"
    assert other.cells[4:7] == (400_000, 500_000, -100_000)
    assert total.emphasis is Emphasis.SUM
    assert total.cells[4] == (30_000 + 92_000 + 500 + 0 + 9_000 - 100 + 400) * THOUSAND


@pytest.mark.parametrize("part_id", ["summary", "status", "largest-budgets", "finished", "over-total", "areas"])
def test_every_sum_is_what_its_column_comes_to(report: Report, part_id: str) -> None:
    checked = 0
    for table in part_of(report, part_id).tables:
        if not table.rows or table.rows[-1].emphasis is not Emphasis.SUM:
            continue
        for index, column in enumerate(table.columns):
            if column.kind in {ColumnKind.THOUSANDS, ColumnKind.COUNT} and table.rows[-1].cells[index] is not None:
                addends = [row.cells[index] for row in table.rows[:-1] if row.cells[index] is not None]
                if part_id == "areas" and column.kind is ColumnKind.COUNT and table.id != "areas":
                    continue  # an area's sum counts its rows, which hold no count of their own
                assert table.rows[-1].cells[index] == sum(addends), (table.id, column.key)  # type: ignore[arg-type]
                checked += 1
    assert checked


def test_large_deviations_are_all_there_overspends_first_each_with_its_explanation(report: Report) -> None:
    table = only_table(report, "largest-deviations")
    assert names(table) == ["Skole på Åsen", "Kjøp av eiendom"]
    assert [row.cells[-1] for row in table.rows] == ["Merforbruket dekkes neste år.", "Utsatt i påvente av regulering."]


def test_the_largest_budgets_are_ten_at_most_and_the_largest_first() -> None:
    table = "\n".join(f"P{number:02} | 0 | 0 | 4K-2025 | {number} | 0 | {number} | x" for number in range(1, 13))
    listed = only_table(build_report(made_of(table), YEAR), "largest-budgets")
    assert names(listed) == [f"P{number:02}" for number in range(12, 2, -1)]


def test_finished_projects_show_what_is_left_and_those_over_their_total_by_how_much(report: Report) -> None:
    finished = only_table(report, "finished")
    assert [(row.cells[0], row.cells[-1]) for row in finished.rows if row.project] == [
        ("Brannbil", 7_000_000),
        ("Kirkegård", -600_000),
    ]
    assert [(row.cells[0], row.cells[-1]) for row in only_table(report, "over-total").rows if row.project] == [
        ("Kirkegård", 600_000)
    ]


def test_each_service_area_has_a_row_and_projects_without_one_are_not_hidden(report: Report) -> None:
    areas = part_of(report, "areas").tables[0]
    titles = [cell.text if isinstance(cell := row.cells[0], Message) else cell for row in areas.rows]
    assert titles == ["Oppvekst", "Kultur & miljø", "Ikke fordelt", "Sum øvrige prosjekter", "Sum"]
    listed = [name for table in part_of(report, "areas").tables[1:] for name in names(table)]
    assert sorted(map(str, listed)) == sorted(map(str, names(only_table(report, "status"))))


def test_the_control_list_has_every_flag_with_a_sign_a_word_and_what_solves_it(report: Report) -> None:
    flags = check(made_of(), YEAR)
    rows = only_table(report, "control").rows
    assert len(rows) == len(flags) > 3
    for row, flag in zip(rows, flags, strict=True):
        mark = row.cells[0]
        assert isinstance(mark, Mark)
        assert mark.sign.strip()
        assert mark.words.text in {"Kritisk", "Advarsel", "Merknad"}
        assert row.cells[1:] == (flag.rule.title, flag.project.name, flag.finding.message, flag.rule.remedy)


def test_the_summary_counts_as_many_flags_as_the_control_list_has(report: Report) -> None:
    flags = next(table for table in part_of(report, "summary").tables if table.id == "flags")
    assert flags.rows[-1].cells[-1] == len(only_table(report, "control").rows)


def test_the_statement_is_as_printed_and_each_comparison_says_how_it_came_out() -> None:
    portfolio = made_of(off_by=1)
    part = part_of(build_report(portfolio, YEAR), "statement")
    first, second, _, _, ties = part.tables
    assert [row.cells[0] for row in first.rows] == ["Investeringer i varige driftsmidler", "Sum investeringsutgifter"]
    assert [row.emphasis for row in first.rows] == [Emphasis.NORMAL, Emphasis.SUM]
    assert [row.cells[0] for row in second.rows] == ["Sum brutto investeringer"]
    assert len(ties.rows) == len(tie_out(portfolio, YEAR))
    assert all(row.cells[-1] == (ROUNDING if row.cells[3] else TIES_OUT) for row in ties.rows)
    assert {row.cells[3] for row in ties.rows} == {0, -THOUSAND}


def test_a_difference_that_rounding_cannot_explain_is_shown_as_one() -> None:
    ties = part_of(build_report(made_of(off_by=700), YEAR), "statement").tables[-1]
    marks = [row.cells[-1] for row in ties.rows if row.cells[3]]
    assert marks == [DIFFERS]
    assert DIFFERS.tone is not ACCEPTED.tone


def test_most_reduced_is_refused_in_a_sentence_while_no_original_budget_is_known(report: Report) -> None:
    assert "most-reduced" not in [part.id for part in report.parts]
    said = [sentence.text for paragraph in part_of(report, "summary").intro for sentence in paragraph]
    assert any("mest redusert budsjett kan ikke lages" in sentence for sentence in said)


def test_most_reduced_lists_the_cuts_as_soon_as_original_budgets_are_known() -> None:
    portfolio = made_of()
    school = next(project for project in portfolio.projects.values() if project.name == "Skole på Åsen")
    original = BudgetLine(
        id=RecordId("original"),
        project=school.id,
        kind=BudgetKind.ORIGINAL,
        budget_year=2023,
        year_amount=50_000_000,
        total_amount=0,
        takes_effect=date(2022, 12, 14),
    )
    cut = replace(original, id=RecordId("cut"), kind=BudgetKind.CUT, year_amount=-50_000_000)
    lines = {**portfolio.budget_lines, original.id: original, cut.id: cut}
    table = only_table(build_report(replace(portfolio, budget_lines=lines), YEAR), "most-reduced")
    assert [row.cells[0] for row in table.rows] == ["Skole på Åsen"]
    assert table.rows[0].cells[2:] == (50_000_000, 30_000_000, -20_000_000)


def test_the_summary_is_the_figures_of_the_period(report: Report) -> None:
    sums = figures_of(made_of(), YEAR).all
    shown = {figure.title.text: figure.value for figure in part_of(report, "summary").key_figures}
    assert shown == {
        "Prosjekter": 6,
        "Revidert budsjett": sums.revised_budget,
        "Regnskap": sums.actual,
        "Avvik": sums.reported_deviation,
        "Gjennomføringsgrad": pytest.approx(sums.actual / sums.revised_budget),
    }


def test_the_charts_draw_every_area_and_deviations_both_ways(report: Report) -> None:
    part = part_of(report, "pictures")
    areas, deviations = part.tables
    assert len(areas.rows) == 4
    assert names(deviations) == ["Skole på Åsen", "Kirkegård", "Gangveg langs Ælva", "Brannbil", "Kjøp av eiendom"]
    assert {chart.table for chart in part.charts} == {areas.id, deviations.id}


def test_every_row_has_a_cell_for_every_column(report: Report) -> None:
    for part in report.parts:
        for table in part.tables:
            assert all(len(row.cells) == len(table.columns) for row in table.rows), table.id


def test_an_empty_portfolio_says_in_every_part_that_there_is_nothing() -> None:
    report = build_report(Portfolio(), YEAR)
    for part in report.parts:
        assert not [row for table in part.tables for row in table.rows]
        assert part.tables or part.intro
        assert not part.charts
