"""What the flat data promise: every project in every period, in kroner, the same in the sheet and in the file."""

from __future__ import annotations

import csv
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from db.export import export_portfolio
from db.store import open_store
from db.workbook.write import write_workbook
from tests.portfolios import YEAR
from tests.test_commands import Run, tertial
from tests.test_report import TABLE, made_of
from tests.test_workbook import with_texts
from tracker.checking import check
from tracker.figures import figures_of
from tracker.flat import FLAT_COLUMNS, OTHER_PROJECTS, FlatValue, Holds, flat_rows
from tracker.model import Portfolio, RecordId, Setting
from tracker.report import build_report
from ui.words import words_in

__all__ = ["tertial"]
DOCUMENTED = (Path(__file__).parents[1] / "docs" / "formats.md").read_text(encoding="utf-8")
TYPES = {Holds.TEXT: str, Holds.LONG_TEXT: str, Holds.INTEGER: int, Holds.DATE: date}


def portfolio_in(path: Path) -> Portfolio:
    with closing(open_store(path, read_only=True)) as store:
        return store.load()


def named(portfolio: Portfolio) -> list[dict[str, FlatValue]]:
    names = [column.name for column in FLAT_COLUMNS]
    return [dict(zip(names, row, strict=True)) for row in flat_rows(portfolio)]


def test_each_period_has_its_projects_and_its_other_projects_and_sums_to_the_report(example_file: Path) -> None:
    portfolio = portfolio_in(example_file)
    rows = named(portfolio)
    for period in portfolio.periods():
        figures = figures_of(portfolio, period)
        own = [row for row in rows if row["period"] == str(period)]
        listed = [row for row in own if row["kind"] != OTHER_PROJECTS]
        assert [row["project_id"] for row in listed] == [one.project.id for one in figures.projects]
        assert len(own) - len(listed) == (figures.other is not None)
        for column, expected in (
            ("revised_budget", figures.all.revised_budget),
            ("actual", figures.all.actual),
            ("deviation", figures.all.reported_deviation),
            ("total_budget", figures.all.total_budget),
        ):
            assert sum(int(row[column] or 0) for row in own) == expected, (str(period), column)  # type: ignore[call-overload]
        assert sum(int(row["flags"] or 0) for row in own) == len(check(portfolio, period))  # type: ignore[call-overload]
        assert {row["period_end"] for row in own} == {period.ends}


def test_every_value_is_of_its_columns_kind_and_every_column_is_documented(example_file: Path) -> None:
    for row in flat_rows(portfolio_in(example_file)):
        for column, value in zip(FLAT_COLUMNS, row, strict=True):
            assert value is None or isinstance(value, TYPES[column.holds]), column.name
            assert value != ""
    for column in FLAT_COLUMNS:
        assert f"`{column.name}`" in DOCUMENTED, column.name


def test_a_limit_that_is_no_number_keeps_nothing_from_being_taken_out() -> None:
    limit = Setting(id=RecordId("limit.year_kroner"), value="mye")
    portfolio = replace(made_of(TABLE), settings={limit.id: limit})
    assert [row["flags"] for row in named(portfolio)] == [row["flags"] for row in named(made_of(TABLE))]


def test_the_sheet_is_a_table_whose_headings_and_values_are_those_of_the_file(
    example_file: Path, tmp_path: Path
) -> None:
    portfolio = portfolio_in(example_file)
    write_workbook(build_report(portfolio, YEAR), tmp_path / "rapport.xlsx", say=words_in())
    with closing(open_store(example_file, read_only=True)) as store:
        export_portfolio(store, portfolio, YEAR, folder=tmp_path / "ut")
    with (tmp_path / "ut" / "data.csv").open(encoding="utf-8", newline="") as lines:
        names, *file = list(csv.reader(lines))
    sheet = load_workbook(tmp_path / "rapport.xlsx")["Data"]
    (table,) = sheet.tables.values()
    assert table.displayName == "TertialData"
    assert table.ref == sheet.dimensions
    assert [column.name for column in table.tableColumns] == names == [column.name for column in FLAT_COLUMNS]
    heading, *rows = sheet.iter_rows(values_only=True)
    assert list(heading) == names
    assert [[as_text(value) for value in row] for row in rows] == file


def as_text(value: object) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    return "" if value is None else str(value)


def test_texts_that_excel_would_take_for_something_else_stay_texts(tmp_path: Path) -> None:
    long = "Å" * 40_000
    portfolio = with_texts("=SUM(A1)", "<b>&amp;\x07\r\nlinje", long)
    write_workbook(build_report(portfolio, YEAR), tmp_path / "r.xlsx", say=words_in())
    sheet = load_workbook(tmp_path / "r.xlsx")["Data"]
    texts = [row[-1] for row in sheet.iter_rows(min_row=2)]
    assert (texts[0].value, texts[0].data_type, texts[0].quotePrefix) == ("=SUM(A1)", "s", True)
    assert texts[1].value == "<b>&amp;\ufffd\nlinje"
    assert texts[2].value == long[:32_000] + " […]"


def test_an_empty_portfolio_has_an_empty_table_that_opens(tmp_path: Path) -> None:
    write_workbook(build_report(Portfolio(), YEAR), tmp_path / "r.xlsx", say=words_in())
    sheet = load_workbook(tmp_path / "r.xlsx")["Data"]
    (table,) = sheet.tables.values()
    assert table.ref.endswith("2")
    assert [row for row in sheet.iter_rows(min_row=2, values_only=True) if any(row)] == []


def test_other_programs_find_the_table_and_paper_leaves_it_out(tmp_path: Path) -> None:
    write_workbook(build_report(made_of(TABLE), YEAR), tmp_path / "r.xlsx", say=words_in())
    calamine = pytest.importorskip("python_calamine")
    book = calamine.CalamineWorkbook.from_path(tmp_path / "r.xlsx")
    rows = book.get_sheet_by_name("Data").to_python()
    assert rows[1][rows[0].index("period_end")] == date(2023, 12, 31)
    assert rows[1][rows[0].index("revised_budget")] == 30_000_000
    with ZipFile(tmp_path / "r.xlsx") as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                ET.fromstring(archive.read(name))  # noqa: S314  our own
        tables = [name for name in archive.namelist() if name.startswith("xl/tables/")]
    assert len(tables) == 2
    for name in ("Data", "Kilder"):
        sheet = load_workbook(tmp_path / "r.xlsx")[name]
        printed = sheet.print_area.split("!")[-1].replace("$", "").split(":")[0]
        assert sheet[printed].value is None


def test_the_report_of_the_same_portfolio_is_the_same_bytes(tmp_path: Path) -> None:
    for name in ("en.xlsx", "to.xlsx"):
        write_workbook(build_report(made_of(TABLE), YEAR), tmp_path / name, say=words_in())
    assert (tmp_path / "en.xlsx").read_bytes() == (tmp_path / "to.xlsx").read_bytes()


def test_the_command_writes_the_flat_file(tertial: Run, example_file: Path, tmp_path: Path) -> None:
    assert tertial("export", example_file, tmp_path / "ut").code == 0
    assert (tmp_path / "ut" / "data.csv").read_text(encoding="utf-8").startswith("period,period_end,year,")
