"""What the Word report promises: a document to go on writing in, with every figure and text, and the same each time."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import docx
import pytest
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section
from docx.table import Table as WordTable
from openpyxl import load_workbook

from db.trouble import Trouble
from db.word.drafts import drafts_of
from db.word.look import Orientation
from db.word.write import write_word
from db.workbook.write import write_workbook
from tests.test_report import TABLE, YEAR, made_of
from tests.test_workbook import LONG_TEXT, SVG, with_texts
from tracker.figures import figures_of
from tracker.messages import Refusal, message
from tracker.model import EXAMPLE_SETTING, MUNICIPALITY_SETTING, Portfolio, Setting
from tracker.money import in_thousands, write_number
from tracker.quarters import write_completion
from tracker.report import build_report
from tracker.report.content import (
    LANGUAGE,
    Column,
    ColumnKind,
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

HOSTILE = [
    "<w:p>",
    "</w:t></w:r></w:p>",
    "]]>&lt;&amp;<!--",
    "=1+1",
    '{ DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe "/k" }',
    "😀🏗 ferdig",
    "מצב הפרויקט תקין",
    "tab\there",
    "om\u2028\u200e\u202evendt",
]


_NONE = message("Ingen")


def made(portfolio: Portfolio, folder: Path, *, look: ReportLook | None = None, name: str = "rapport.docx") -> Path:
    return written(replace(build_report(portfolio, YEAR), look=look or ReportLook()), folder, name)


def written(report: Report, folder: Path, name: str = "rapport.docx") -> Path:
    path = folder / name
    write_word(report, path, say=words_in())
    return path


def named(portfolio: Portfolio, name: str = "Prøve kommune", *, example: bool = False) -> Portfolio:
    settings = {MUNICIPALITY_SETTING: name, **({EXAMPLE_SETTING: "1"} if example else {})}
    kept = {key: Setting(id=key, value=value) for key, value in settings.items()}
    return replace(portfolio, settings={**portfolio.settings, **kept})


def headings(document: Document) -> list[tuple[int, str]]:
    return [
        (int(paragraph.style.name[-1]), paragraph.text)
        for paragraph in document.paragraphs
        if paragraph.style is not None and paragraph.style.name is not None and paragraph.style.name.startswith("Head")
    ]


def below(document: Document, heading: str) -> Iterator[WordTable | str]:
    """Yield what stands under a heading, down to the next one: tables, and the texts of paragraphs."""
    found = False
    for block in document.iter_inner_content():
        if isinstance(block, WordTable):
            if found:
                yield block
            continue
        is_heading = block.style is not None and str(block.style.name).startswith("Heading")
        if found and is_heading:
            return
        found = found or (is_heading and block.text == heading)
        if found and not is_heading:
            yield block.text


def rows_of(table: WordTable) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def only_table(document: Document, heading: str) -> list[list[str]]:
    (table,) = (block for block in below(document, heading) if isinstance(block, WordTable))
    return rows_of(table)


def texts_below(document: Document, heading: str) -> list[str]:
    return [block for block in below(document, heading) if isinstance(block, str)]


def text_of(element: BaseOxmlElement) -> str:
    return "".join(node.text or "" for node in element.iter(qn("w:t")))


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(named(made_of()), tmp_path_factory.mktemp("rapport"))


@pytest.fixture
def document(path: Path) -> Document:
    return docx.Document(str(path))


def thousands(kroner: int | None) -> str:
    return "-" if kroner is None else write_number(in_thousands(kroner))


def test_every_project_stands_in_the_overview_and_under_a_heading_of_its_own_with_the_portfolios_figures(
    document: Document,
) -> None:
    overview = {row[0]: row[1:] for row in only_table(document, "Tallene samlet")}
    for figures in figures_of(made_of(), YEAR).projects:
        shown = [
            *map(thousands, (figures.total_budget, figures.total_spent)),
            write_completion(figures.completion),
            *map(thousands, (figures.revised_budget, figures.actual, figures.reported_deviation)),
        ]
        name = figures.project.name
        assert overview[name] == shown
        assert only_table(document, name)[1] == shown


def test_sums_are_those_of_the_portfolio_and_of_the_workbook(document: Document, tmp_path: Path) -> None:
    write_workbook(build_report(made_of(), YEAR), tmp_path / "rapport.xlsx", say=words_in())
    sheet = load_workbook(tmp_path / "rapport.xlsx")["Status"]
    in_excel = next(list(row) for row in sheet.iter_rows(values_only=True) if row[0] == "Sum")
    sums = only_table(document, "Tallene samlet")[-1]
    assert sums == [write_number(cell) if isinstance(cell, int) else cell or "" for cell in in_excel[:7]]
    figures = figures_of(made_of(), YEAR).all
    assert sums[4:] == [thousands(one) for one in (figures.revised_budget, figures.actual, 42_400_000)]


def test_projects_are_told_per_service_area_in_the_order_of_the_headings(document: Document) -> None:
    found = headings(document)
    start = found.index((1, "Status"))
    chapter = found[start + 1 : next(at for at, (level, _) in enumerate(found) if at > start and level == 1)]
    assert [title for level, title in chapter if level == 2] == [
        "Tallene samlet",
        "Oppvekst",
        "Kultur & miljø",
        "Ikke fordelt",
    ]
    projects = {row.split("|")[0].strip() for row in TABLE.strip().splitlines()}
    assert {title for level, title in chapter if level == 3} == projects


def test_no_level_of_headings_is_skipped_and_every_part_is_one(document: Document) -> None:
    levels = [level for level, _ in headings(document)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    say = words_in()
    assert [title for level, title in headings(document) if level == 1] == [
        say(part.title) for part in build_report(made_of(), YEAR).parts
    ]


def test_without_service_areas_the_projects_stand_one_after_another(tmp_path: Path) -> None:
    document = docx.Document(str(made(made_of(areas={}), tmp_path)))
    assert (2, "Prosjektene hver for seg") in headings(document)


def test_paragraphs_of_a_status_text_stay_paragraphs_and_its_list_is_a_list(tmp_path: Path) -> None:
    text = "Første avsnitt.\r\n\r\nAndre avsnitt.\n- et punkt\n• et til\n-5 prosent er ikke et punkt"
    document = docx.Document(str(made(with_texts(text), tmp_path)))
    told = texts_below(document, "Skole på Åsen")
    assert told == ["Første avsnitt.", "Andre avsnitt.", "et punkt", "et til", "-5 prosent er ikke et punkt"]
    styles = {paragraph.text: paragraph.style.name for paragraph in document.paragraphs if paragraph.style is not None}
    assert styles["et punkt"] == styles["et til"] == "List Bullet"
    assert styles["Første avsnitt."] == styles["-5 prosent er ikke et punkt"] == "Body Text"


def test_a_project_without_text_says_so(document: Document) -> None:
    assert texts_below(document, "Kunst") == ["Prosjektet har ingen statustekst."]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_is_read_as_markup_or_as_a_field(tmp_path: Path, text: str) -> None:
    document = docx.Document(str(made(with_texts(text), tmp_path)))
    assert texts_below(document, "Skole på Åsen") == [text]
    assert [node.text.split()[0] for node in document.element.body.iter(qn("w:instrText"))] == ["TOC"]


def test_control_characters_are_shown_as_lost_and_nothing_stops_the_report(tmp_path: Path) -> None:
    document = docx.Document(str(made(with_texts("A\x00B\x1fC\ud800\ufffe"), tmp_path)))
    assert texts_below(document, "Skole på Åsen") == ["A\ufffdB\ufffdC\ufffd\ufffd"]


def test_a_text_of_forty_thousand_characters_is_whole(tmp_path: Path) -> None:
    text = "Grunnforholdene er krevende, og 𝛑 er ikke fire. " * 840
    document = docx.Document(str(made(with_texts(text), tmp_path)))
    assert texts_below(document, "Skole på Åsen") == [text.strip()]
    assert len(text) > 40_000


def test_header_rows_come_again_on_every_page_and_rows_are_not_torn(document: Document) -> None:
    for table in document.element.body.iter(qn("w:tbl")):
        repeated = [has(row, "w:tblHeader") for row in table.iter(qn("w:tr"))]
        assert repeated[0]
        assert repeated == sorted(repeated, reverse=True)
        assert all(has(row, "w:cantSplit") for row in table.iter(qn("w:tr")))


def has(element: BaseOxmlElement, name: str) -> bool:
    return next(element.iter(qn(name)), None) is not None


def test_a_row_that_no_page_can_hold_goes_on_on_the_next(tmp_path: Path) -> None:
    table = Table(
        id="lang",
        columns=(
            Column(key="name", title=message("Navn")),
            Column(key="text", title=message("Tekst"), kind=ColumnKind.LONG_TEXT),
        ),
        rows=(Row(cells=("Kort", "Kort.")), Row(cells=("Lang", "En\nto. " + LONG_TEXT))),
        empty=message("Ingen"),
    )
    part = Part(id="lang", title=message("Lang"), tables=(table,))
    document = docx.Document(str(written(replace(build_report(made_of(), YEAR), parts=(part,)), tmp_path)))
    (shown,) = document.tables
    assert [has(row, "w:cantSplit") for row in document.element.body.iter(qn("w:tr"))] == [True, True, False]
    assert [paragraph.text for paragraph in shown.cell(2, 1).paragraphs] == ["En", "to. " + LONG_TEXT]


def test_every_table_and_picture_has_a_text_for_those_who_cannot_see_it(tmp_path: Path) -> None:
    look = ReportLook(logo=Logo(kind=LogoKind.SVG, content=SVG))
    document = docx.Document(str(made(named(made_of()), tmp_path, look=look)))
    for table in document.element.body.iter(qn("w:tbl")):
        title, told = (next(table.iter(qn(name))).get(qn("w:val")) for name in ("w:tblCaption", "w:tblDescription"))
        rows = [row for row in table.iter(qn("w:tr")) if not has(row, "w:tblHeader")]
        assert title
        assert told.startswith(f"Tabell med {len(rows)} rad")
    drawn = [node.get("descr") for node in document.element.body.iter(qn("wp:docPr"))]
    assert [text.split(":")[0] for text in drawn] == ["Logoen til Prøve kommune", "Søylediagram", "Liggende søyler"]


def test_charts_are_native_and_hold_the_cells_that_word_opens_to_edit_them(path: Path, tmp_path: Path) -> None:
    with ZipFile(path) as archive:
        charts = [ET.fromstring(archive.read(name)) for name in archive.namelist() if "charts/chart" in name]  # noqa: S314
        books = [name for name in archive.namelist() if name.startswith("word/embeddings/")]
        archive.extractall(tmp_path, books)
    assert len(charts) == len(books) == 2
    for chart, name in zip(charts, books, strict=True):
        rows = list(load_workbook(tmp_path / name)["Data"].iter_rows(values_only=True))
        # The values stand in the chart too, for programs that show it without opening the workbook.
        assert {str(cell) for row in rows for cell in row[1:]} <= set(chart.itertext())
        assert {str(row[0]) for row in rows[1:]} <= set(chart.itertext())
        assert [node.tag for node in chart][-1].endswith("externalData")


_COLOURS = (("w:color", "w:val"), ("w:shd", "w:fill"))


def test_figures_stand_to_the_right_and_a_status_has_a_sign_a_word_and_a_colour(document: Document) -> None:
    styles = {
        paragraph.style.name
        for row in document.tables[1].rows[1:]
        for cell in row.cells[1:]
        for paragraph in cell.paragraphs
        if paragraph.style is not None
    }
    assert styles == {"Tabelltall"}
    coloured = {
        (text_of(run), *(next(run.iter(qn(name))).get(qn(key)) for name, key in _COLOURS))
        for run in document.element.body.iter(qn("w:r"))
        if has(run, "w:shd")
    }
    assert coloured == {
        ("▲ Kritisk", "9C0006", "FFC7CE"),
        ("● Advarsel", "7A4B00", "FFEB9C"),
        ("= Stemmer", "006100", "C6EFCE"),
        ("≈ Avrunding", "006100", "C6EFCE"),
        ("? Se på", "7A4B00", "FFEB9C"),
        ("≠ Differanse", "9C0006", "FFC7CE"),
    }


def test_percentages_have_one_decimal_and_a_comma(document: Document) -> None:
    listed = figures_of(made_of(), YEAR).listed
    tenths = round(listed.actual / listed.revised_budget * 1000)
    assert only_table(document, "Største budsjett")[-1][-1] == f"{tenths // 10},{tenths % 10}\u00a0%"


def test_every_style_is_there_and_those_of_word_have_words_own_names(path: Path, document: Document) -> None:
    with ZipFile(path) as archive:
        root = ET.fromstring(archive.read("word/document.xml"))  # noqa: S314  our own file
    used = {node.get(qn("w:val")) for tag in ("w:pStyle", "w:tblStyle") for node in root.iter(qn(tag))}
    assert used <= {style.style_id for style in document.styles}
    names = {style.name for style in document.styles}
    # Names by which any municipality's template has styles of its own.
    assert {"Title", "Subtitle", "Heading 1", "Heading 2", "Heading 3", "Body Text", "Caption", "List Bullet"} <= names
    assert {"TOC Heading", "toc 1", "toc 2", "Footer"} <= names


def test_the_contents_are_a_field_filled_in_with_links_to_every_heading_listed(document: Document) -> None:
    body = document.element.body
    instructions = [node.text.strip() for node in body.iter(qn("w:instrText"))]
    assert instructions == [r'TOC \o "1-2" \h \z \u']
    bookmarks = {node.get(qn("w:name")) for node in body.iter(qn("w:bookmarkStart"))}
    contents = body.find(qn("w:sdt"))
    links = list(contents.iter(qn("w:hyperlink")))
    assert [text_of(link) for link in links] == [title for level, title in headings(document) if level < 3]
    assert {link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))} <= bookmarks
    # Word takes no other bookmarks than these.
    assert all(re.fullmatch(r"[A-Za-z_]\w{0,39}", name) for name in bookmarks)
    assert len(bookmarks) == sum(1 for _ in body.iter(qn("w:bookmarkStart")))
    assert document.settings.element.find(qn("w:updateFields")) is not None


def test_a_projects_name_in_the_overview_leads_to_what_is_told_of_it(document: Document) -> None:
    bookmarks = {
        node.get(qn("w:name")): text_of(node.getparent()) for node in document.element.body.iter(qn("w:bookmarkStart"))
    }
    tables = document.element.body.iter(qn("w:tbl"))
    links = [link for table in tables for link in table.iter(qn("w:hyperlink"))]
    names = [text_of(link) for link in links]
    assert names[:6] == [row.split("|")[0].strip() for row in TABLE.strip().splitlines()]
    assert [bookmarks[link.get(qn("w:anchor"))] for link in links] == names


def test_every_page_is_numbered_and_says_whose_report_it_is_and_that_it_is_an_example(tmp_path: Path) -> None:
    document = docx.Document(str(made(named(made_of(), example=True), tmp_path)))
    for section in document.sections:
        (paragraph,) = section.footer.paragraphs
        assert paragraph.text.startswith(
            "Prøve kommune · Investeringsprosjekter – Årsmelding 2023 · Eksempeldata\tSide "
        )
    with ZipFile(tmp_path / "rapport.docx") as archive:
        footers = [ET.fromstring(archive.read(name)) for name in archive.namelist() if "footer" in name]  # noqa: S314
    for footer in footers:
        assert [node.get(qn("w:instr")) for node in footer.iter(qn("w:fldSimple"))] == [" PAGE ", " NUMPAGES "]
    assert any("Eksempeldata" in paragraph.text for paragraph in document.paragraphs[:2])


def test_wide_tables_lie_and_every_table_is_as_wide_as_the_text_of_its_page(document: Document) -> None:
    assert {section.orientation for section in document.sections} == {WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE}
    waiting: list[int] = []
    for block in document.element.body:
        if block.tag == qn("w:tbl"):
            waiting.append(int(block.tblPr.find(qn("w:tblW")).get(qn("w:w"))))
        ending = block if block.tag == qn("w:sectPr") else block.find(f"{qn('w:pPr')}/{qn('w:sectPr')}")
        if ending is not None:
            section = Section(ending, document.part)
            room = (section.page_width - section.left_margin - section.right_margin) / 635
            assert all(abs(width - room) < 30 for width in waiting)
            waiting = []
    assert not waiting


def test_little_between_wide_tables_does_not_turn_the_page_twice() -> None:
    wide = Table(
        id="vid",
        columns=tuple(Column(key=f"{n}", title=message("Kolonne"), kind=ColumnKind.THOUSANDS) for n in range(14)),
        rows=(Row(cells=tuple(range(14))),),
        empty=message("Ingen"),
    )
    lying, standing = Part(id="a", title=message("Vid"), tables=(wide,)), Part(id="b", title=message("Kort"))
    say = words_in()
    assert [draft.orientation for draft in drafts_of([standing, lying, standing, lying, standing], say)] == [
        Orientation.PORTRAIT,
        Orientation.LANDSCAPE,
        Orientation.LANDSCAPE,
        Orientation.LANDSCAPE,
        Orientation.PORTRAIT,
    ]


def test_tables_that_follow_each_other_stay_two_tables(tmp_path: Path) -> None:
    table = Table(id="en", columns=(Column(key="name", title=message("Navn")),), rows=(Row(cells=("A",)),), empty=_NONE)
    part = Part(id="to", title=message("To"), tables=(table, replace(table, id="to")))
    document = docx.Document(str(written(replace(build_report(made_of(), YEAR), parts=(part,)), tmp_path)))
    tags = [block.tag for block in document.element.body]
    assert len(document.tables) == 2
    assert (qn("w:tbl"), qn("w:tbl")) not in pairwise(tags)


def test_the_municipalitys_own_words_stand_first_under_their_heading(tmp_path: Path) -> None:
    report = build_report(made_of(), YEAR, texts={"status": "Rådmannens ord.\nTo avsnitt.", "front": "Innledning her."})
    document = docx.Document(str(written(report, tmp_path)))
    assert headings(document)[0] == (1, "Innledning")
    assert texts_below(document, "Innledning")[0] == "Innledning her."
    told = texts_below(document, "Status")
    assert told.index("Rådmannens ord.") + 1 == told.index("To avsnitt.")


def test_the_document_is_titled_signed_and_dated_by_its_period(document: Document) -> None:
    properties = document.core_properties
    assert properties.title == "Investeringsprosjekter – Årsmelding 2023"
    assert (properties.author, properties.last_modified_by) == ("Prøve kommune", "Prøve kommune")
    assert properties.subject == "Årsmelding 2023 · tall per 31.12.2023"
    assert properties.language == "nb-NO"
    assert f"{properties.created:%Y-%m-%d}" == f"{properties.modified:%Y-%m-%d}" == "2023-12-31"


def test_a_municipality_may_be_called_anything(tmp_path: Path) -> None:
    name = "<Ås> & \x00 " * 60
    document = docx.Document(str(made(named(made_of(), name), tmp_path)))
    assert document.core_properties.author.startswith("<Ås> & \ufffd <Ås>")
    assert name.replace("\x00", "\ufffd") in document.paragraphs[1].text


@pytest.mark.parametrize(("code", "tag"), [("nn", "nn-NO"), ("en", "en-GB")])
def test_it_says_which_language_it_is_in(tmp_path: Path, code: str, tag: str) -> None:
    plain = words_in()
    path = tmp_path / "rapport.docx"
    write_word(build_report(made_of(), YEAR), path, say=lambda said: code if said == LANGUAGE else plain(said))
    document = docx.Document(str(path))
    assert document.core_properties.language == tag
    assert next(document.styles.element.iter(qn("w:lang"))).get(qn("w:val")) == tag


def test_the_municipalitys_look_is_followed(tmp_path: Path) -> None:
    look = ReportLook(accent="7A1F3D", typeface=Typeface.SERIF, logo=Logo(kind=LogoKind.SVG, content=SVG))
    path = made(made_of(), tmp_path, look=look)
    document = docx.Document(str(path))
    assert str(document.styles["Heading 1"].font.color.rgb) == "7A1F3D"
    with ZipFile(path) as archive:
        styles = archive.read("word/styles.xml").decode()
        chart = archive.read("word/charts/chart1.xml").decode()
        logo = archive.read("word/media/logo.png")
    assert "Times New Roman" in styles
    assert "Arial" not in styles + chart
    assert "1B4F72" not in styles + chart
    assert logo.startswith(b"\x89PNG")


def test_a_logo_that_is_damaged_is_refused_and_the_old_report_stays(tmp_path: Path) -> None:
    (tmp_path / "rapport.docx").write_bytes(b"gammel")
    with pytest.raises(Refusal):
        made(made_of(), tmp_path, look=ReportLook(logo=Logo(kind=LogoKind.PNG, content=b"ikke en png")))
    assert [(one.name, one.read_bytes()) for one in tmp_path.iterdir()] == [("rapport.docx", b"gammel")]


def test_two_exports_of_the_same_portfolio_are_the_same_bytes(tmp_path: Path) -> None:
    texts = ("Kort.", LONG_TEXT, "En\nto")
    look = ReportLook(logo=Logo(kind=LogoKind.SVG, content=SVG))
    first, second = (made(with_texts(*texts), tmp_path, look=look, name=name) for name in ("en.docx", "to.docx"))
    assert first.read_bytes() == second.read_bytes()


def test_a_report_that_cannot_be_written_leaves_the_old_one_and_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "rapport.docx").mkdir()
    (tmp_path / "rapport.docx" / "innhold").write_text("gammelt")
    with pytest.raises(Trouble) as trouble:
        made(made_of(), tmp_path)
    assert "rapport.docx" in words_in()(trouble.value.reason)
    assert [entry.name for entry in tmp_path.iterdir()] == ["rapport.docx"]


def test_an_empty_portfolio_makes_a_document_that_says_so(tmp_path: Path) -> None:
    document = docx.Document(str(made(Portfolio(), tmp_path)))
    assert not document.tables
    for level, title in headings(document):
        assert level == 1
        said = texts_below(document, title)
        assert any(text.startswith(("Ingen ", "Porteføljen har ingen", "Kontrollen fant")) for text in said), said


def test_a_report_of_no_parts_is_a_document_with_its_title(tmp_path: Path) -> None:
    report = replace(build_report(made_of(), YEAR), parts=())
    document = docx.Document(str(written(report, tmp_path)))
    assert document.paragraphs[0].text == "Investeringsprosjekter – Årsmelding 2023"


def test_writing_a_document_is_what_imports_python_docx_and_not_the_program_itself() -> None:
    code = "import sys, db.word.write, tracker.report; sys.exit('docx' in sys.modules or 'lxml' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False, cwd=Path(__file__).parents[1]).returncode == 0


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed here")
@pytest.mark.timeout(180)
def test_another_program_opens_it_and_prints_every_project_and_sum(path: Path, tmp_path: Path) -> None:
    pdfplumber = pytest.importorskip("pdfplumber")
    home = f"-env:UserInstallation={(tmp_path / 'profil').as_uri()}"
    command = ["soffice", home, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(path)]
    subprocess.run(command, check=True, capture_output=True)
    with pdfplumber.open(tmp_path / "rapport.pdf") as pdf:
        pages = [page.extract_text() for page in pdf.pages]
    printed = "".join("".join(pages).split())
    for figures in figures_of(made_of(), YEAR).projects:
        assert "".join(figures.project.name.split()) in printed
        assert "".join(thousands(figures.actual).split()) in printed
    for number, page in enumerate(pages, start=1):
        assert f"Side {number} av {len(pages)}" in page
    titles = {title for _, title in headings(docx.Document(str(path)))}
    # A page after the contents that ends in a heading has left it behind.
    assert not titles & {page.splitlines()[-2] for page in pages[1:]}
