"""What the Excel report promises: opened by another program it holds every figure and text, and prints readable."""

from __future__ import annotations

import math
import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from db.text_width import TextWidths
from db.trouble import Trouble
from db.workbook.sheet_writer import sheet_name
from db.workbook.write import write_workbook
from tests.test_report import AREAS, TABLE, YEAR, made_of
from tracker.figures import figures_of
from tracker.model import MUNICIPALITY_SETTING, Portfolio, Setting
from tracker.money import in_thousands
from tracker.report import build_report
from tracker.report.content import LANGUAGE, Logo, LogoKind, ReportLook, Typeface
from ui.words import words_in

POINTS_IN_DIGIT = 4.5  # Arial 8, the workbook's default font: 6 pixels of 96 to the inch
EXCEL_MAX_HEIGHT = 409
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="40" height="20" fill="#963"/></svg>'
LONG_TEXT = "Arbeidet går etter planen, men grunnforholdene er krevende. " * 110


def with_texts(*texts: str) -> Portfolio:
    """Give the projects these status texts, in order."""
    portfolio = made_of()
    statuses = dict(portfolio.statuses)
    for status, text in zip(list(statuses.values()), texts, strict=False):
        statuses[status.id] = replace(status, text=text)
    return replace(portfolio, statuses=statuses)


def written(portfolio: Portfolio, folder: Path, name: str = "rapport.xlsx") -> Path:
    path = folder / name
    write_workbook(build_report(portfolio, YEAR), path, say=words_in())
    return path


def texts_of_cells(path: Path) -> Iterator[Cell | MergedCell]:
    for sheet in pages_of(path):
        for row in sheet.iter_rows():
            yield from (cell for cell in row if isinstance(cell.value, str))


def pages_of(path: Path) -> list[Worksheet]:
    """Return the sheets that are the report; those behind it are tables for other programs."""
    return [sheet for sheet in load_workbook(path) if not sheet.tables]


def rows_by_openpyxl(path: Path, sheet: str) -> list[list[object]]:
    return [list(row) for row in load_workbook(path)[sheet].iter_rows(values_only=True)]


def rows_by_calamine(path: Path, sheet: str) -> list[list[object]]:
    calamine = pytest.importorskip("python_calamine")
    rows = calamine.CalamineWorkbook.from_path(path).get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    return [[None if value == "" else value for value in row] for row in rows]


READERS = [rows_by_openpyxl, *([rows_by_calamine] if find_spec("python_calamine") else [])]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(made_of(), tmp_path_factory.mktemp("rapport"))


@pytest.mark.parametrize("read", READERS)
def test_every_figure_of_the_status_table_is_a_number_and_equals_the_portfolio(path: Path, read) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    rows = {row[0]: row for row in read(path, "Status") if row[0]}
    figures = figures_of(made_of(), YEAR)
    for project in figures.projects:
        name, total, spent, _completion, revised, actual, deviation, text = rows[project.project.name]
        totals = (project.total_budget, project.total_spent)
        assert (total, spent) == tuple("-" if kroner is None else in_thousands(kroner) for kroner in totals), name
        assert (revised, actual, deviation) == (
            in_thousands(project.revised_budget),
            in_thousands(project.actual),
            in_thousands(project.reported_deviation),
        )
        assert (text or "") == project.text
    assert rows["Sum"][4:7] == [in_thousands(figures.all.revised_budget), in_thousands(figures.all.actual), 42_400]


@pytest.mark.parametrize("read", READERS)
def test_the_table_has_its_two_rows_of_headings_and_writes_completion_as_published(path: Path, read) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    rows = read(path, "Status")
    header = next(index for index, row in enumerate(rows) if row[0] == "Investering")
    assert [title for title in rows[header - 1] if title] == ["Totalbudsjett", "Årets budsjett"]
    assert rows[header][1:] == [
        "Vedtatt totalt",
        "Påløpt totalt",
        "Est. ferdig",
        "Rev. bud.",
        "Regnskap",
        "Avvik i kr",
        "Kommentar",
    ]
    assert [row[3] for row in rows[header + 1 : header + 7]] == [
        "4K-2026",
        "4K-2032",
        "LØPENDE",
        "Ferdig",
        "Ferdig",
        None,
    ]


def test_kroner_are_rounded_to_thousands_half_away_from_zero(tmp_path: Path) -> None:
    portfolio = made_of(other=None)
    lines = list(portfolio.budget_lines.values())
    amounts = (1_499_500, 1_499_499, -500, -499)
    changed = {line.id: replace(line, year_amount=kroner) for line, kroner in zip(lines, amounts, strict=False)}
    path = written(replace(portfolio, budget_lines={**portfolio.budget_lines, **changed}), tmp_path)
    rows = rows_by_openpyxl(path, "Status")
    header = next(index for index, row in enumerate(rows) if row[0] == "Investering")
    assert [row[4] for row in rows[header + 1 : header + 5]] == [1500, 1499, -1, 0]


def test_printed_sums_add_up_column_by_column(path: Path) -> None:
    rows = rows_by_openpyxl(path, "Status")
    header = next(index for index, row in enumerate(rows) if row[0] == "Investering")
    end = next(index for index, row in enumerate(rows) if row[0] == "Sum")
    for column in (1, 2, 4, 5, 6):
        addends = [row[column] for row in rows[header + 1 : end] if isinstance(row[column], int)]
        assert rows[end][column] == sum(addends)


@pytest.mark.parametrize("text", ["=SUM(A1:A9)", "+47 22 33 44 55", "-5 prosent", "@navn", "#N/A", "TRUE", "{=1+1}"])
def test_no_text_becomes_a_formula_or_an_error(tmp_path: Path, text: str) -> None:
    cells = [cell for cell in texts_of_cells(written(with_texts(text), tmp_path)) if cell.value == text]
    assert cells
    assert {cell.data_type for cell in cells} <= {"s", "inlineStr"}


def test_a_text_that_looks_like_a_formula_stays_text_when_edited_in_excel(tmp_path: Path) -> None:
    cells = [cell for cell in texts_of_cells(written(with_texts("=1+1"), tmp_path)) if cell.value == "=1+1"]
    assert all(cell.quotePrefix for cell in cells)


def test_there_are_no_formulas_at_all(path: Path) -> None:
    with ZipFile(path) as archive:
        assert not [name for name in archive.namelist() if "worksheets" in name and b"<f>" in archive.read(name)]


def test_two_exports_of_the_same_portfolio_are_the_same_bytes(tmp_path: Path) -> None:
    texts = ("Kort.", LONG_TEXT, "En\nto")
    assert (
        written(with_texts(*texts), tmp_path, "en.xlsx").read_bytes()
        == written(with_texts(*texts), tmp_path, "to.xlsx").read_bytes()
    )


def test_control_characters_are_shown_as_lost_and_line_ends_are_kept(tmp_path: Path) -> None:
    rows = rows_by_openpyxl(written(with_texts("A\x00B\x1fC\ud800", "en\r\nto\rtre"), tmp_path), "Status")
    texts = [row[7] for row in rows]
    assert "A\ufffdB\ufffdC\ufffd" in texts
    assert "en\nto\ntre" in texts


@pytest.mark.parametrize("letter", ["æ", "𝛑"])
def test_a_text_longer_than_a_cell_goes_on_in_the_next_row_and_nothing_is_lost(tmp_path: Path, letter: str) -> None:
    text = f"{letter * 7} " * 5000
    sheet = load_workbook(written(with_texts(text), tmp_path))["Status"]
    pieces = [cell.value for cell in sheet["H"] if isinstance(cell.value, str) and letter in cell.value]
    assert "".join(pieces) == text
    assert all(len(piece.encode("utf-16-le")) // 2 <= 32_767 for piece in pieces)


def test_a_text_taller_than_excels_tallest_row_stands_whole_in_one_merged_cell(tmp_path: Path) -> None:
    sheet = load_workbook(written(with_texts(LONG_TEXT), tmp_path))["Status"]
    cell = next(cell for cell in sheet["H"] if cell.value == LONG_TEXT)
    assert any(cell.coordinate in merged and merged.size["rows"] > 1 for merged in sheet.merged_cells.ranges)


@pytest.mark.parametrize(
    "texts",
    [
        (),
        (LONG_TEXT, "En\nto\ntre", "W" * 900, "ord " * 500),
        *(tuple("arbeid " * (count + more) for more in range(0, 60, 10)) for count in range(60, 70, 2)),
    ],
    ids=lambda texts: "-".join(str(len(text)) for text in texts) or "plain",
)
def test_no_text_is_cut_and_no_row_is_taller_than_excel_allows(tmp_path: Path, texts: tuple[str, ...]) -> None:
    checked = 0
    for sheet in pages_of(written(with_texts(*texts), tmp_path)):
        for row in sheet.iter_rows():
            assert (sheet.row_dimensions[row[0].row].height or 0) <= EXCEL_MAX_HEIGHT
            for cell in row:
                if isinstance(cell.value, str):
                    width, height = room_of(sheet, cell)
                    assert height >= needed(cell, width), (sheet.title, cell.coordinate)
                    checked += 1
    assert checked > 50


def room_of(sheet: Worksheet, cell: Cell | MergedCell) -> tuple[float, float]:
    """Return the width and height of a cell or of the merged cell that it begins, in points."""
    merged = next((one for one in sheet.merged_cells.ranges if cell.coordinate in one), None)
    right, bottom = (merged.max_col, merged.max_row) if merged else (cell.column, cell.row)
    letters = map(get_column_letter, range(cell.column, right + 1))
    width = sum(sheet.column_dimensions[letter].width for letter in letters) * POINTS_IN_DIGIT
    height = sum(sheet.row_dimensions[row].height or 0 for row in range(cell.row, bottom + 1))
    return width, height


def needed(cell: Cell | MergedCell, width: float) -> float:
    """Return what a text needs at least: lines of 1.15 of its size, letters a little wider on screen than on paper."""
    size = cell.font.size or 0
    text = str(cell.value)
    if not cell.alignment.wrap_text:
        assert TextWidths(bold=bool(cell.font.bold)).width(text, size) <= width
        return size * 1.15
    room = (width - 4 - 9 * cell.alignment.indent) / 1.045
    return TextWidths(bold=bool(cell.font.bold)).lines(text, room, size=size) * size * 1.15


def test_no_figure_is_wider_than_its_column(path: Path) -> None:
    for sheet in pages_of(path):
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, int | float):
                    shown = f"{cell.value:.1%}" if cell.number_format == "0.0%" else f"{cell.value:,}"
                    width, _height = room_of(sheet, cell)
                    measured = TextWidths(bold=bool(cell.font.bold)).width(shown, cell.font.size or 0)
                    assert measured + 3 <= width, (sheet.title, cell.coordinate)


def test_figures_are_grouped_right_aligned_and_the_unit_is_said_once(path: Path) -> None:
    for sheet in pages_of(path):
        units = [cell for cell in texts_of_cells_in(sheet) if "Beløp i 1000" in str(cell.value)]
        assert len(units) == (0 if sheet.title == "Kontroll" else 1), sheet.title
    for row in load_workbook(path)["Status"].iter_rows(min_row=6, min_col=5, max_col=7):
        for cell in row:
            if isinstance(cell.value, int):
                assert cell.number_format == "#,##0"
                assert cell.alignment.horizontal == "right"


def texts_of_cells_in(sheet: Worksheet) -> Iterator[Cell | MergedCell]:
    for row in sheet.iter_rows():
        yield from (cell for cell in row if isinstance(cell.value, str))


def test_every_sheet_prints_on_a4_lying_one_page_wide_with_page_numbers(path: Path) -> None:
    for sheet in pages_of(path):
        assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 9)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (int(sheet.page_setup.fitToWidth), int(sheet.page_setup.fitToHeight)) == (1, 0)
        assert sheet.oddFooter.right.text == "Side &P av &N"
        assert sheet.title in sheet.oddFooter.left.text
        widths = sum(dimension.width for dimension in sheet.column_dimensions.values()) * POINTS_IN_DIGIT
        margins = (sheet.page_margins.left + sheet.page_margins.right) * 72
        # All of the page is used and no more, so that nothing is scaled down to unreadable type.
        assert 0.95 < widths / (842 - margins) <= 1
        assert min(cell.font.size for cell in texts_of_cells_in(sheet)) >= 8


@pytest.mark.parametrize("name", ["Status", "Største avvik", "Ferdige prosjekter", "Per tjenesteområde", "Kontroll"])
def test_headings_stay_when_scrolling_and_come_again_on_every_page(path: Path, name: str) -> None:
    sheet = load_workbook(path)[name]
    first, last = (int(row) for row in re.findall(r"\d+", sheet.print_title_rows or ""))
    assert sheet.freeze_panes == f"B{last + 1}"
    assert {cell.font.bold for cell in sheet[last] if cell.value} == {True}
    assert last - first == (1 if name == "Status" else 0)


def test_sheet_names_are_legal_and_differ(path: Path) -> None:
    names = load_workbook(path).sheetnames
    assert names[:3] == ["Sammendrag", "Figurer", "Status"]
    assert all(len(name) <= 31 and not re.search(r"[\[\]:*?/\\]", name) for name in names)
    assert sheet_name("A/B: " + "å" * 40, taken=()) == "A B  " + "å" * 26
    assert sheet_name("Status", taken=["STATUS"]) == "Status 2"


def test_two_native_charts_refer_to_every_row_of_their_tables_and_are_described(path: Path) -> None:
    with ZipFile(path) as archive:
        charts = [archive.read(name).decode() for name in archive.namelist() if "charts/chart" in name]
        drawing = ET.fromstring(archive.read("xl/drawings/drawing1.xml"))  # noqa: S314  our own file
    assert len(charts) == 2
    sheet = load_workbook(path)["Figurer"]
    for chart, count in zip(charts, (len(set(AREAS.values())) + 2, 5), strict=True):
        for letter, first, last in set(re.findall(r"<f>'Figurer'!\$([A-Z])\$(\d+):\$[A-Z]\$(\d+)</f>", chart)):
            cells = [sheet[f"{letter}{row}"].value for row in range(int(first), int(last) + 1)]
            assert len(cells) == count
            assert all(value is not None for value in cells)
            # The values stand in the chart too, for programs that show it without recalculating.
            assert all(f"<v>{value}</v>".replace("&", "&amp;") in chart for value in cells)
    described = [node.attrib.get("descr", "") for node in drawing.iter() if node.tag.endswith("cNvPr")]
    assert [text.split(":")[0] for text in described] == ["Søylediagram", "Liggende søyler"]


def test_status_colours_come_with_a_sign_and_a_word(path: Path) -> None:
    coloured = {
        (str(cell.value), cell.font.color.rgb[2:], cell.fill.start_color.rgb[2:])
        for cell in texts_of_cells(path)
        if cell.fill.start_color.rgb in {"00FFC7CE", "00C6EFCE", "00FFEB9C"}
    }
    assert coloured == {
        ("▲ Kritisk", "9C0006", "FFC7CE"),
        ("● Advarsel", "7A4B00", "FFEB9C"),
        ("= Stemmer", "006100", "C6EFCE"),
        ("≈ Avrunding", "006100", "C6EFCE"),
        ("? Se på", "7A4B00", "FFEB9C"),
        ("≠ Differanse", "9C0006", "FFC7CE"),
    }


def test_an_empty_portfolio_makes_a_workbook_that_says_so(tmp_path: Path) -> None:
    for sheet in pages_of(written(Portfolio(), tmp_path)):
        said = [str(cell.value) for cell in texts_of_cells_in(sheet)]
        assert any(text.startswith(("Ingen ", "Porteføljen har ingen", "Kontrollen fant ingen")) for text in said), said


def test_a_report_of_no_parts_is_a_workbook_with_its_title(tmp_path: Path) -> None:
    write_workbook(replace(build_report(made_of(), YEAR), parts=()), tmp_path / "r.xlsx", say=words_in())
    book = load_workbook(tmp_path / "r.xlsx")
    assert [sheet.title for sheet in book if sheet.sheet_state == "visible"] == [
        "Investeringsprosjekter – Årsmel",
        "Data",
    ]


def test_names_and_areas_are_written_as_they_are(tmp_path: Path) -> None:
    table = TABLE.replace("Skole på Åsen  ", "=A1 & «Ås» <b>")
    rows = rows_by_openpyxl(written(made_of(table, areas={"Kunst": "[Kultur]: a/b*?"}), tmp_path), "Per tjenesteområde")
    assert {"=A1 & «Ås» <b>", "[Kultur]: a/b*?"} <= {row[0] for row in rows}


def test_the_document_is_titled_and_dated_by_its_period(path: Path) -> None:
    properties = load_workbook(path).properties
    assert properties.title == "Investeringsprosjekter – Årsmelding 2023"
    assert properties.creator == "Tertial"
    assert (properties.subject, properties.language) == ("Årsmelding 2023 · tall per 31.12.2023", "nb-NO")
    assert (properties.created, properties.modified) == (properties.created, properties.created)
    assert f"{properties.created:%Y-%m-%d}" == "2023-12-31"


def test_the_document_is_signed_by_the_municipality_and_says_its_language(tmp_path: Path) -> None:
    owner = Setting(id=MUNICIPALITY_SETTING, value="Prøve kommune")
    portfolio = replace(made_of(), settings={owner.id: owner})
    plain = words_in()
    path = tmp_path / "rapport.xlsx"
    write_workbook(build_report(portfolio, YEAR), path, say=lambda said: "nn" if said == LANGUAGE else plain(said))
    properties = load_workbook(path).properties
    assert (properties.creator, properties.lastModifiedBy) == ("Prøve kommune", "Prøve kommune")
    assert properties.language == "nn-NO"


def test_every_table_has_a_name_that_tells_screen_readers_where_its_header_is(path: Path) -> None:
    workbook = load_workbook(path)
    regions = [[*name.split("."), defined.attr_text] for name, defined in workbook.defined_names.items()]
    assert len(regions) == len(set(map(tuple, regions))) > len(workbook.sheetnames)
    for label, first, last, number, refers in regions:
        sheet = workbook.worksheets[int(number) - 1]
        assert label.startswith("TitleRegion")
        assert refers == f"'{sheet.title}'!$A${first[1:]}"
        header = sheet[int(first[1:])]
        assert header[0].font.bold
        assert {cell.font.bold for cell in header if cell.value} == {True}
        assert sheet[last].row > header[0].row
    status = next(region for region in regions if region[-1].startswith("'Status'"))
    assert load_workbook(path)["Status"].cell(int(status[1][1:]), 1).value == "Investering"
    assert load_workbook(path)["Status"].cell(int(re.sub(r"\D", "", status[2])), 1).value == "Sum"


def test_the_municipalitys_colour_letters_and_logo_are_followed(tmp_path: Path) -> None:
    look = ReportLook(accent="7A1F3D", typeface=Typeface.SERIF, logo=Logo(kind=LogoKind.SVG, content=SVG))
    path = tmp_path / "rapport.xlsx"
    write_workbook(replace(build_report(made_of(), YEAR), look=look), path, say=words_in())
    fonts = {(cell.font.name, cell.font.color.rgb) for cell in texts_of_cells(path)}
    assert {name for name, _ in fonts} == {"Times New Roman"}
    assert ("Times New Roman", "007A1F3D") in fonts
    with ZipFile(path) as archive:
        content = {name: archive.read(name) for name in archive.namelist()}
    assert not [name for name, held in content.items() if b"1B4F72" in held]
    assert [held[:4] for name, held in content.items() if "media/" in name] == [b"\x89PNG"]
    drawings = b"".join(held for name, held in content.items() if "drawings/drawing" in name)
    assert b'name="Logo" descr="Logo"' in drawings


def test_a_report_that_cannot_be_written_leaves_the_old_one_and_says_what_to_do(tmp_path: Path) -> None:
    target = tmp_path / "rapport.xlsx"
    target.mkdir()
    (target / "innhold").write_text("gammelt")
    with pytest.raises(Trouble) as trouble:
        written(made_of(), tmp_path)
    assert "rapport.xlsx" in words_in()(trouble.value.reason)
    assert [entry.name for entry in tmp_path.iterdir()] == ["rapport.xlsx"]
    with pytest.raises(Trouble):
        written(made_of(), tmp_path / "finnes ikke")


def test_a_new_report_takes_the_old_ones_place_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    first = written(made_of(), tmp_path).read_bytes()
    (tmp_path / "rapport.xlsx").write_bytes(b"gammel")
    assert written(made_of(), tmp_path).read_bytes() == first
    assert [entry.name for entry in tmp_path.iterdir()] == ["rapport.xlsx"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not let an open file be replaced")
def test_whoever_reads_the_old_report_is_not_disturbed_while_a_new_one_is_written(tmp_path: Path) -> None:
    (tmp_path / "rapport.xlsx").write_bytes(b"gammel")
    with (tmp_path / "rapport.xlsx").open("rb") as old:
        written(made_of(), tmp_path)
        assert old.read() == b"gammel"


def test_writing_a_report_is_what_imports_openpyxl_and_not_the_program_itself() -> None:
    import subprocess

    code = "import sys, db.workbook.write, tracker.report; sys.exit('openpyxl' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False, cwd=Path(__file__).parents[1]).returncode == 0


def test_text_widths_are_helveticas() -> None:
    regular, bold = TextWidths(), TextWidths(bold=True)
    assert regular.width("Ærlig på ålen 42", 1000) == pytest.approx(1000 + 333 + 222 * 3 + 556 * 8 + 278 * 3)
    assert bold.width("Sum", 1000) == pytest.approx(667 + 611 + 889)
    assert regular.lines("en to tre", regular.width("en to", 9), size=9) == 2
    assert regular.lines("x" * 100, regular.width("x" * 10, 9), size=9) == 10
    assert regular.lines("a\n\nb", 100, size=9) == 3
    assert math.isclose(regular.width("語", 10), 10)
