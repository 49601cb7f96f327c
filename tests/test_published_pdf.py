"""What reading the published table as PDF promises: the same table as from text, by the places on the page."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from db.published import pdf_lines
from db.published.pdf_lines import read_pdf_lines
from db.published.report import read_published_statement, read_published_table
from tests.hostile.pdfs import locked
from tests.published_pages import TITLE, all_rows, random_table, seeded, write_pdf, write_statement_pdf
from tracker.messages import Refusal
from tracker.published.content import PublishedRow, PublishedStatementLine, PublishedTable

SHARED = Path(__file__).parents[2] / "shared" / "data"
REAL = SHARED / "arsmelding-2023-investeringer.txt"
REAL_ACCOUNTS = SHARED / "arsmelding-2023-investeringsregnskap.txt"
real_file = pytest.mark.skipif(not REAL.exists(), reason="the real report is not here")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "rapport.pdf"


def sentence(path: Path) -> str:
    with pytest.raises(Refusal) as caught:
        read_published_table(path)
    return caught.value.reason.text.format_map(dict(caught.value.reason.values))


def row(name: str, *cells: Any, comment: str = "Tekst.") -> PublishedRow:
    names = ("total_budget", "total_spent", "completion", "revised_budget", "actual", "deviation")
    return PublishedRow(name=name, **dict(zip(names, cells, strict=True)), comment=comment)


LONG = " ".join(["Prosjektet er ferdigstilt i 2031 innenfor 12 500 kroner, og <p>overtatt</p>."] * 58)
"""As long as the longest that was published, and longer than a page."""
TABLE = PublishedTable(
    rows=(
        row("Ny skole på Sletta 12 - ombygging og utvidelse", 9100, 2800, "Ferdig", 1900, 800, 1100, comment=LONG),
        row("Kvartal 3", 120000, 5400, "4K-2032", 5000, 5400, -400, comment="12 boliger og 200 lys."),
        row("Bru", 357729, 629, "", 3000, 600, 2400, comment=""),
        row("Vei- og gatelys i Lia, Åsen og hele Vestre bydel", None, None, "LØPENDE", 4000, 1500, 2500),
    ),
    other=row("Sum øvrige prosjekter", 2, 828299, "", 0, 13, -13, comment=""),
    total=row("Sum", 486831, 837128, "", 13900, 8313, 5587, comment=""),
)


def read(path: Path, table: PublishedTable = TABLE, **options: Any) -> PublishedTable:
    path.write_bytes(write_pdf(table, **options))
    return read_published_table(path)


@pytest.mark.parametrize("size", [6, 8, 10])
@pytest.mark.parametrize("stroke", ["none", "0.3pt"])
def test_the_table_comes_back_whatever_the_type_size(file: Path, size: int, stroke: str) -> None:
    found = read(file, size=size, stroke=stroke)
    assert replace(found, leftovers=()) == TABLE


def test_prose_is_leftover_and_furniture_is_not(file: Path) -> None:
    found = read(file, after=("Etter tabellen kommer prosa.",)).leftovers
    assert found == ("Status investeringsprosjekter", "Beløp i 1000", "Etter tabellen kommer prosa.")


def test_a_comment_goes_over_pages_without_their_titles(file: Path) -> None:
    comment = read(file, size=10).rows[0].comment
    assert comment == LONG
    assert TITLE not in comment


@pytest.mark.parametrize("alignment", ["left", "center"])
def test_figures_need_not_be_aligned_to_the_right(file: Path, alignment: str) -> None:
    assert replace(read(file, figures=alignment), leftovers=()) == TABLE


@pytest.mark.parametrize("alignment", ["center", "right"])
def test_column_titles_need_not_stand_where_their_columns_begin(file: Path, alignment: str) -> None:
    assert replace(read(file, header=alignment), leftovers=()) == TABLE


def test_gaps_decide_where_sums_cannot(file: Path) -> None:
    # As text this row and this sum could be 357 | 729 629 just as well.
    alone = replace(TABLE, rows=TABLE.rows[2:3], other=None, total=replace(TABLE.rows[2], name="Sum"))
    assert replace(read(file, alone), leftovers=()) == alone


@pytest.mark.parametrize("seed", range(4))
def test_random_tables_come_back(file: Path, seed: int) -> None:
    table = random_table(seeded(seed), rows=25)
    assert replace(read(file, table), leftovers=()) == table


def test_a_completion_broken_at_its_hyphen_is_whole_again(file: Path) -> None:
    narrow = replace(TABLE, rows=TABLE.rows[1:])
    narrow = replace(narrow, total=row("Sum", 477731, 834328, "", 12000, 7513, 4487, comment=""))
    # Where a line may break is marked in the text, as programs do; nobody breaks it between hyphen and figure else.
    marked = replace(narrow, rows=(replace(narrow.rows[0], completion="4K-\u200b2032"), *narrow.rows[1:]))
    assert read(file, marked, completion_mm=9).rows[0] == narrow.rows[0]
    assert any(line.text.startswith("2032") for line in read_pdf_lines(file.read_bytes(), file="rapport.pdf"))


def test_figures_that_run_into_each_other_are_refused_with_their_line(file: Path) -> None:
    """The completion is wider than its column, and stands on the figure beside it."""
    file.write_bytes(write_pdf(TABLE, completion_mm=8, size=10))
    said = sentence(file)
    assert said.startswith("Kunne ikke lese tallene på linjen «Vei- og gatelys i")
    assert said.endswith("Rett raden, eller les rapporten som tekst.")


def test_columns_in_another_order_are_refused(file: Path) -> None:
    file.write_bytes(write_pdf(TABLE, titles={"Rev. bud.": "Regnskap", "Regnskap": "Rev. bud."}))
    assert "Fant: Vedtatt totalt, Påløpt totalt, Est. ferdig, Regnskap, Rev. bud." in sentence(file)


def test_a_pdf_without_the_sum_is_refused(file: Path) -> None:
    file.write_bytes(write_pdf(replace(TABLE, total=replace(TABLE.rows[1], name="Bro"))))
    assert "mangler sumlinjen" in sentence(file)


def test_a_pdf_is_known_by_its_content(tmp_path: Path) -> None:
    assert read(tmp_path / "rapport.txt").total == TABLE.total


def test_a_pdf_without_text_is_refused(file: Path) -> None:
    import typst

    file.write_bytes(typst.compile(b"#rect(width: 3cm, height: 3cm, fill: red)"))
    assert "har ingen tekst, bare bilder" in sentence(file)


@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.95])
def test_a_cut_pdf_is_refused(file: Path, share: float) -> None:
    whole = write_pdf(TABLE)
    file.write_bytes(whole[: int(len(whole) * share)])
    assert any(words in sentence(file) for words in ("er ødelagt", "har ingen tekst", "mangler sumlinjen"))


def test_damaged_bytes_give_a_sentence_or_the_same_table(file: Path) -> None:
    whole = write_pdf(TABLE)
    rng = seeded(1)
    refused = 0
    for _ in range(10):
        damaged = bytearray(whole)
        at = rng.randrange(len(damaged))
        damaged[at : at + 40] = rng.randbytes(40)
        file.write_bytes(damaged)
        try:
            found = read_published_table(file)
        except Refusal:
            refused += 1
        else:
            assert [one.name for one in found.rows] == [one.name for one in TABLE.rows]
    assert refused


def test_a_pdf_with_a_password_is_refused(file: Path) -> None:
    file.write_bytes(locked())
    assert "beskyttet med passord" in sentence(file)


def test_too_many_pages_are_refused(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_lines, "MOST_PAGES", 1)
    file.write_bytes(write_pdf(TABLE, size=10))
    assert "grensen er 1" in sentence(file)


def test_without_pdfplumber_the_sentence_says_what_to_install(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    without = tmp_path / "uten.py"
    reader = Path(pdf_lines.__file__).with_name("pdf_reader.py")
    without.write_text(
        f"import runpy, sys\nsys.modules['pdfplumber'] = None\nsaid = runpy.run_path({str(reader)!r})['said']\n"
    )
    monkeypatch.setattr(pdf_lines, "READER", without)
    file.write_bytes(write_pdf(TABLE))
    assert "tertial[pdf]" in sentence(file)


STATEMENT = tuple(
    PublishedStatementLine(
        paragraph=paragraph,
        label=label,
        previous_actual=figures[0],
        actual=figures[1],
        revised_budget=figures[2],
        original_budget=figures[3],
        deviation=figures[4],
        is_sum=label.startswith("Sum"),
    )
    for paragraph, label, figures in (
        (
            1,
            "Investeringer i varige driftsmidler med bygg, anlegg og Utstyr av alle slag",
            (853050, 875377, 1071899, 1373069, 196522),
        ),
        (1, "Tilskudd til andres investeringer", (14998, 22154, 23749, 14964, 1595)),
        (1, "Sum investeringsutgifter", (868048, 897531, 1095648, 1388033, 198117)),
        (1, "Bruk av lån", (-441081, -593389, -754379, -995583, -160990)),
        (2, "Oppvekst", (868048, 897531, 1095648, 1388033, 198117)),
        (2, "Sum brutto investeringer", (868048, 897531, 1095648, 1388033, 198117)),
    )
)


@pytest.mark.parametrize("alignment", ["top", "horizon", "bottom"])
def test_the_statement_comes_back_however_its_cells_are_aligned(file: Path, alignment: str) -> None:
    file.write_bytes(write_statement_pdf(STATEMENT, alignment=alignment))
    found = read_published_statement(file)
    assert found.lines == STATEMENT
    assert "Etterord om 12 345 andre ting." in found.leftovers


@real_file
def test_the_whole_real_table_comes_back_from_a_pdf(file: Path) -> None:
    real = read_published_table(REAL)
    found = read(file, real)
    assert len(found.rows) == 88
    for printed, got in zip(all_rows(real), all_rows(found), strict=True):
        assert got == printed


@real_file
def test_the_real_statement_comes_back_from_a_pdf(file: Path) -> None:
    real = read_published_statement(REAL_ACCOUNTS)
    file.write_bytes(write_statement_pdf(real.lines))
    assert read_published_statement(file).lines == real.lines
