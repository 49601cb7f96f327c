"""What the PDF report promises: all figures and texts on paper, readable aloud, and the same each time."""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from db.pdf.write import write_pdf
from db.trouble import Trouble
from db.workbook.write import write_workbook
from tests.test_report import YEAR, made_of
from tests.test_workbook import with_texts
from tracker.figures import figures_of
from tracker.messages import Refusal, message
from tracker.model import EXAMPLE_SETTING, Portfolio, Setting
from tracker.money import in_thousands, write_number
from tracker.quarters import write_completion
from tracker.report import build_report
from tracker.report.content import (
    Column,
    ColumnKind,
    Emphasis,
    Logo,
    LogoKind,
    Part,
    Report,
    ReportLook,
    Row,
    Table,
    Typeface,
)
from ui.words import words_in

pdfplumber = pytest.importorskip("pdfplumber")
pdftypes = pytest.importorskip("pdfminer.pdftypes")
pdfium = pytest.importorskip("pypdfium2")

LONG_TEXT = "Arbeidet går etter planen, men grunnforholdene er krevende. " * 110
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="40" height="20" fill="#963"/></svg>'


def written(portfolio: Portfolio, folder: Path, *, look: ReportLook | None = None) -> Path:
    return printed(replace(build_report(portfolio, YEAR), look=look or ReportLook()), folder)


def printed(report: Report, folder: Path) -> Path:
    path = folder / "rapport.pdf"
    write_pdf(report, path, say=words_in())
    return path


def pages_of(path: Path) -> list[str]:
    """Return what each page says, as a browser copies it: PDFium, which is sixty times as fast as pdfplumber."""
    with pdfium.PdfDocument(path) as pdf:
        return [page.get_textpage().get_text_range().replace("\r\n", "\n") for page in pdf]


def bare(text: str) -> str:
    """Return a text without what a line end on paper may change, and without the mark that has no width."""
    return re.sub(r"[\s\ufeff]", "", text)


def structure(path: Path) -> Iterator[dict[str, Any]]:
    """Yield every element of a PDF's structure, from the top."""
    with pdfplumber.open(path) as pdf:
        waiting = [pdf.doc.catalog["StructTreeRoot"]]
        while waiting:
            found = pdftypes.resolve1(waiting.pop())
            if isinstance(found, list):
                waiting += reversed(found)
            elif isinstance(found, dict):
                if "S" in found:
                    yield {key: pdftypes.resolve1(value) for key, value in found.items() if key != "P"}
                if "K" in found:
                    waiting.append(found["K"])


def kind(element: dict[str, Any]) -> str:
    return str(element["S"].name)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(made_of(), tmp_path_factory.mktemp("pdf"))


def test_every_figure_of_the_status_table_stands_on_paper_with_its_project(path: Path) -> None:
    text = "\n".join(pages_of(path)).replace("\u00a0", " ")
    for figures in figures_of(made_of(), YEAR).projects:
        totals = (figures.total_budget, figures.total_spent)
        year = (figures.revised_budget, figures.actual, figures.reported_deviation)
        line = [
            figures.project.name,
            *map(thousands, totals),
            write_completion(figures.completion),
            *map(thousands, year),
        ]
        assert " ".join(filter(None, line)) in text


def thousands(amount: int | None) -> str:
    return "-" if amount is None else write_number(in_thousands(amount)).replace("\u00a0", " ")


def test_sums_are_those_of_the_portfolio_and_of_the_workbook(tmp_path: Path) -> None:
    portfolio = made_of()
    sums = figures_of(portfolio, YEAR).all
    amounts = (sums.total_budget, sums.total_spent, sums.revised_budget, sums.actual, sums.reported_deviation)
    line = " ".join(map(thousands, amounts))
    text = "\n".join(pages_of(written(portfolio, tmp_path))).replace("\u00a0", " ")
    assert f"Sum {line}" in text
    write_workbook(build_report(portfolio, YEAR), tmp_path / "r.xlsx", say=words_in())
    rows = load_workbook(tmp_path / "r.xlsx")["Status"].iter_rows(values_only=True)
    (total,) = [row for row in rows if row[0] == "Sum"]
    in_book = [cell for cell in total[1:7] if isinstance(cell, int)]
    assert in_book == [in_thousands(amount or 0) for amount in amounts]


def test_every_text_is_there_whole_however_long(tmp_path: Path) -> None:
    path = written(with_texts(LONG_TEXT, "Kort.", "x" * 40_000), tmp_path)
    text = bare("".join(_body(page) for page in pages_of(path)))
    assert bare("Kort.") in text
    assert text.count(bare("grunnforholdene er krevende.")) >= 110
    assert sum(map(len, re.findall("x+", text))) >= 40_000


def _body(page: str) -> str:
    """Return a page's text without the foot of the page."""
    return "\n".join(page.splitlines()[:-1])


def test_no_text_is_read_as_markup(tmp_path: Path) -> None:
    texts = (
        "= Overskrift",
        "#eval(1)",
        "*fet* _kursiv_",
        "$x^2$",
        "@ref <etikett>",
        "[klammer] {krøll}",
        "\\ // /* */ `kode`",
    )
    shown = bare("".join(pages_of(written(with_texts(*texts[:-2], "\n".join(texts[-2:])), tmp_path))))
    assert [text for text in texts if bare(text) not in shown] == []


def test_letters_that_no_font_has_are_shown_as_lost_and_nothing_stops_the_report(tmp_path: Path) -> None:
    text = "Før\x00\x07\t漢字 \U0001f600 e\u0301 \u202eetter\u200d\ufeff og \ud800 slutt"
    shown = bare("".join(pages_of(written(with_texts(text), tmp_path))))
    assert "Før\u25a1\u25a1\u25a1\u25a1\u25a1éetterog\u25a1slutt" in shown


def test_it_is_a_tagged_document_with_a_title_and_a_language(path: Path) -> None:
    with pdfplumber.open(path) as pdf:
        catalog = {key: pdftypes.resolve1(value) for key, value in pdf.doc.catalog.items()}
        described = catalog["Metadata"].get_data().decode()
        title = pdf.metadata["Title"]
        assert all("StructParents" in page.page_obj.attrs for page in pdf.pages)
        assert all(pdftypes.resolve1(page.page_obj.attrs["Tabs"]).name == "S" for page in pdf.pages if page.annots)
    assert catalog["MarkInfo"]["Marked"] is True
    assert catalog["ViewerPreferences"]["DisplayDocTitle"] is True
    assert catalog["Lang"] == b"nb"
    assert title == "Investeringsprosjekter – Årsmelding 2023"
    assert "<pdfuaid:part>1</pdfuaid:part>" in described
    assert title in described
    assert "Outlines" in catalog


def test_all_that_is_seen_is_told_or_marked_as_decoration(path: Path) -> None:
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            depth, shown = 0, 0
            for keyword in keywords(page):
                depth += {"BDC": 1, "BMC": 1, "EMC": -1}.get(keyword, 0)
                if keyword in {"Tj", "TJ", "Do", "f", "F", "f*", "S", "s", "B", "b", "sh"}:
                    shown += 1
                    assert depth > 0
            assert shown


def keywords(page: Any) -> Iterator[str]:
    """Yield the operators of a page's content."""
    parser = pytest.importorskip("pdfminer.pdfinterp").PDFContentParser(page.page_obj.contents)
    with suppress(pytest.importorskip("pdfminer.psparser").PSEOF):
        while True:
            _, found = parser.nextobject()
            if type(found).__name__ == "PSKeyword":
                yield found.name.decode()


def test_tables_have_headings_with_a_scope_and_charts_are_told_in_words(path: Path) -> None:
    elements = list(structure(path))
    kinds = Counter(map(kind, elements))
    report = build_report(made_of(), YEAR)
    tables = [table for part in report.parts for table in part.tables if table.rows]
    assert kinds["Table"] == len(tables)
    assert kinds["THead"] == len(tables)
    headings = [element for element in elements if kind(element) == "TH"]
    assert headings
    assert all("Column" in str(element["A"]) for element in headings)
    charts = [chart for part in report.parts for chart in part.charts]
    told = [pdftypes.resolve1(element["Alt"]).decode("utf-16") for element in elements if kind(element) == "Figure"]
    say = words_in()
    assert told == [f"{say(chart.title)}. {say(chart.description)}" for chart in charts]
    assert kinds["H1"] == len(report.parts) + 1


def test_fonts_are_embedded_so_that_it_looks_the_same_everywhere(path: Path) -> None:
    with pdfplumber.open(path) as pdf:
        objects = [pdftypes.resolve1(pdf.doc.getobj(number)) for number in pdf.doc.xrefs[0].get_objids()]
    held = [each for each in objects if isinstance(each, dict)]
    fonts = {each["BaseFont"].name for each in held if "BaseFont" in each}
    described = [each for each in held if "FontDescriptor" in str(each.get("Type"))]
    names = {name.split("+")[1].removesuffix("-Identity-H") for name in fonts}
    assert names == {"SourceSans3-Regular", "SourceSans3-Semibold"}
    assert described
    assert all({"FontFile2", "FontFile3"} & set(each) for each in described)


def test_an_archive_can_keep_it_for_good(tmp_path: Path) -> None:
    """What PDF/A-2a (ISO 19005-2) asks of a file beyond tags and embedded fonts, held against a file with a logo."""
    path = written(made_of(), tmp_path, look=ReportLook(logo=Logo(kind=LogoKind.SVG, content=SVG)))
    with pdfplumber.open(path) as pdf:
        document, trailer = pdf.doc, pdf.doc.xrefs[0].get_trailer()
        described = pdftypes.resolve1(document.catalog["Metadata"]).get_data().decode()
        objects = [pdftypes.resolve1(document.getobj(number)) for number in document.xrefs[0].get_objids()]
        (intent,) = map(pdftypes.resolve1, pdftypes.resolve1(document.catalog["OutputIntents"]))
        annotations = [annotation for page in pdf.pages for annotation in page.annots]
    assert "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>" in re.sub(r">\s+<", "><", described)
    assert intent["S"].name == "GTS_PDFA1"
    profile = pdftypes.resolve1(intent["DestOutputProfile"])
    assert (profile["N"], profile.get_data()[36:40]) == (3, b"acsp")
    assert "Encrypt" not in trailer
    assert len(trailer["ID"]) == 2
    held = [each if isinstance(each, dict) else getattr(each, "attrs", {}) for each in objects]
    assert not {"JS", "JavaScript", "AA", "EmbeddedFiles", "EF", "NeedAppearances"} & set().union(*held)
    assert not {"LZWDecode", "Crypt"} & {getattr(each.get("Filter"), "name", "") for each in held}
    assert all(annotation["data"]["F"] & 0b100 for annotation in annotations)
    assert {"GoTo", "URI"} >= {each["S"].name for each in held if "D" in each and hasattr(each.get("S"), "name")}


def test_every_page_is_numbered_and_says_that_it_is_an_example(tmp_path: Path) -> None:
    example = replace(made_of(), settings={EXAMPLE_SETTING: Setting(id=EXAMPLE_SETTING, value="1")})
    pages = pages_of(written(example, tmp_path))
    feet = [page.splitlines()[-1] for page in pages]
    assert all("Eksempeldata" in foot for foot in feet)
    assert [foot.rsplit("Side ")[1] for foot in feet] == [f"{at} av {len(pages)}" for at in range(1, len(pages) + 1)]


def test_the_table_of_contents_leads_to_every_part(path: Path) -> None:
    report, say = build_report(made_of(), YEAR), words_in()
    first, *rest = pages_of(path)
    for part in report.parts:
        (line,) = [line for line in first.splitlines() if line.startswith(f"{say(part.title)} .")]
        page = int(line.rsplit(" ", 1)[1])
        assert say(part.title) in rest[page - 2].splitlines()


def test_the_wide_table_lies_and_its_headings_come_again_on_every_page(tmp_path: Path) -> None:
    path = written(with_texts(LONG_TEXT, LONG_TEXT), tmp_path)
    with pdfplumber.open(path) as pdf:
        sizes = [(page.width, page.height) for page in pdf.pages]
    status = [(text, size) for text, size in zip(pages_of(path), sizes, strict=True) if "Kommentar" in text]
    assert len(status) > 1
    assert all(width > height for _, (width, height) in status)
    assert all("Totalbudsjett Årets budsjett" in text for text, _ in status)


@pytest.mark.parametrize("count", range(36, 64, 4))
def test_a_sum_and_a_heading_never_stand_alone_on_a_page(tmp_path: Path, count: int) -> None:
    columns = (Column(key="name", title=message("Navn")), Column(key="n", title=message("N"), kind=ColumnKind.COUNT))
    rows = [Row(cells=(f"Rad {number}", number)) for number in range(count)]
    table = Table(
        id="t",
        columns=columns,
        rows=(*rows, Row(cells=("Sum", 1), emphasis=Emphasis.SUM)),
        empty=message("Ingen"),
    )
    parts = tuple(
        Part(id=name, title=message(name), preface=("Innledende ord.",), tables=(table,))
        for name in ("Første", "Andre")
    )
    for page in pages_of(printed(Report(title=message("Prøve"), period=YEAR, parts=parts), tmp_path))[1:]:
        said = " ".join(page.split())
        assert said.startswith(("Første Innledende", "Andre Innledende", "Navn N Rad"))
        assert re.search(r"(Rad \d+ \d+|Sum 1) Prøve Side \d av \d$", said)


def test_two_exports_of_the_same_portfolio_are_the_same_bytes(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    first, second = written(made_of(), tmp_path), written(made_of(), tmp_path / "b")
    assert first.read_bytes() == second.read_bytes()


def test_the_municipalitys_look_is_followed(tmp_path: Path) -> None:
    look = ReportLook(accent="7A1F5C", typeface=Typeface.SERIF, logo=Logo(kind=LogoKind.SVG, content=SVG))
    named = replace(made_of(), settings={"municipality": Setting(id="municipality", value="Ås")})  # type: ignore[dict-item, arg-type]
    path = written(named, tmp_path, look=look)
    with pdfplumber.open(path) as pdf:
        heading = next(char for char in pdf.pages[1].chars)
        assert heading["fontname"].endswith("SourceSerif4-Semibold")
        assert [round(part * 255) for part in heading["non_stroking_color"]] == [0x7A, 0x1F, 0x5C]
    logo = next(element for element in structure(path) if kind(element) == "Figure")
    assert logo["Alt"].decode("utf-16") == "Logoen til Ås"


def test_a_logo_that_is_damaged_is_refused_and_the_old_report_stays(tmp_path: Path) -> None:
    path = written(made_of(), tmp_path)
    old = path.read_bytes()
    for kind_, content in (
        (LogoKind.PNG, b"\x89PNG\r\n\x1a\nikke et bilde"),
        (LogoKind.SVG, b"<svg"),
        (LogoKind.JPEG, b""),
    ):
        with pytest.raises(Refusal, match="Logoen"):
            written(made_of(), tmp_path, look=ReportLook(logo=Logo(kind=kind_, content=content)))
    assert path.read_bytes() == old
    assert [each.name for each in tmp_path.iterdir()] == ["rapport.pdf"]


def test_a_report_that_cannot_be_written_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(Trouble) as trouble:
        write_pdf(build_report(made_of(), YEAR), tmp_path / "ingen" / "r.pdf", say=words_in())
    assert words_in()(trouble.value.reason) == "Finner ikke r.pdf: kontroller navnet og mappen."


def test_an_empty_portfolio_makes_pages_that_say_so(tmp_path: Path) -> None:
    text = "\n".join(pages_of(printed(build_report(Portfolio(), YEAR), tmp_path)))
    assert "Porteføljen har ingen prosjekter" in text


def test_a_report_of_no_parts_is_a_page_with_its_title(tmp_path: Path) -> None:
    (page,) = pages_of(printed(replace(build_report(made_of(), YEAR), parts=()), tmp_path))
    assert "Investeringsprosjekter – Årsmelding 2023" in page


def test_it_says_which_language_it_is_in(tmp_path: Path) -> None:
    for language in ("nn", "en"):
        path = tmp_path / f"{language}.pdf"
        write_pdf(build_report(made_of(), YEAR), path, say=words_in(language))
        with pdfplumber.open(path) as pdf:
            assert pdf.doc.catalog["Lang"] == language.encode()


def test_a_report_that_grows_makes_pages_in_step(tmp_path: Path) -> None:
    def many(count: int) -> Portfolio:
        return made_of("\n".join(f"Prosjekt {at} | 90 | 40 | 4K-2026 | 30 | 58 | -28 | Tekst." for at in range(count)))

    few, more = (len(pages_of(written(many(count), tmp_path))) for count in (40, 120))
    assert few < more <= 4 * few


def test_writing_a_pdf_is_what_imports_typst_and_not_the_program_itself() -> None:
    import subprocess

    code = "import sys, db.pdf.write, ui.app; sys.exit('typst' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_largest_figures_stand_clear_of_each_other(tmp_path: Path) -> None:
    table = "Prosjekt | 1234567890 | 1234567890 | 4K-2032 | 1234567890 | 123456789 | 1111111101 | Tekst"
    table += " og mer tekst" * 60
    text = "\n".join(pages_of(written(made_of(table, other=None), tmp_path))).replace("\u00a0", " ")
    large, year = "1 234 567 890", "1 234 567 890 123 456 789 1 111 111 101"
    assert f"Prosjekt {large} {large} 4K-2032 {year} Tekst" in text
    assert f"Sum {large} {large} {year}" in text
    assert "Rev. bud. Regnskap" in text


@pytest.mark.parametrize("lines", range(4, 32, 4))
def test_a_chart_stays_with_its_heading_and_the_table_that_it_draws(tmp_path: Path, lines: int) -> None:
    texts = {"summary": "Egne ord om året.\n" * lines}
    report = build_report(made_of(), YEAR, chosen=["summary", "pictures"], texts=texts)
    for page in pages_of(printed(report, tmp_path))[1:]:
        assert page.count("Budsjett og regnskap per tjenesteområde") == page.count("Tjenesteområde")
        assert page.count("Største avvik begge veier") == page.count("Investering Rev. bud.")
