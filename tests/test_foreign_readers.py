"""What is said of files that others made, by the readers as they are: no process around them hides what they do.

That the process holds them, and that nothing else gets through, is told last; `tests/test_hostile.py` tells the rest.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from db.foreign.process import BrokenOffError, foreign
from db.form.read import read_form
from db.published import pdf_reader
from db.sheets import book_reader, saft_reader
from db.sheets.sheet import read_sheet
from tests.hostile import pdfs
from tests.hostile.sheets import book, cell, number
from tests.ledgers import SHAPES, postings
from tests.old_excel import write_locked_excel
from tests.open_document import cell_of, write_open_document
from tracker.messages import Refusal
from ui.words import words_in


def refused(read: Any, path: Path) -> str:
    with pytest.raises(Refusal) as caught:
        read(path)
    return words_in()(caught.value.reason)


# Workbooks


def rows_said(path: Path, sheet: str = "") -> list[Any]:
    return list(book_reader.said(str(path), sheet))


def cells_said(path: Path) -> list[Any]:
    return list(book_reader.said(str(path), "", "cells"))


def two_sheets(path: Path) -> Path:
    made = Workbook()
    hidden, shown = made.worksheets[0], made.create_sheet("Synlig")
    hidden.title, hidden.sheet_state = "Skjult", "hidden"
    hidden.append(["gammel"])
    shown.append(["ny", None, 5])
    shown.append([None, "sist"])
    made.save(path)
    return path


def test_the_first_sheet_that_can_be_seen_is_read_and_the_hidden_one_when_it_is_named(tmp_path: Path) -> None:
    path, names = two_sheets(tmp_path / "bok.xlsx"), ["Synlig", "Skjult"]
    assert rows_said(path) == [("Synlig", names), [["ny", None, 5.0], [None, "sist", None]]]
    assert rows_said(path, "Skjult") == [("Skjult", names), [["gammel"]]]
    assert rows_said(path, "Borte") == [names]
    assert refused(lambda one: read_sheet(one, sheet="Borte"), path) == (
        "bok.xlsx har ikke arket «Borte»: den har Synlig, Skjult."
    )


@pytest.mark.parametrize(("count", "stretches"), [(0, []), (1, [1]), (2000, [2000]), (4001, [2000, 2000, 1])])
def test_a_long_sheet_is_said_some_rows_at_a_time_and_none_is_lost(
    tmp_path: Path, count: int, stretches: list[int]
) -> None:
    rows = "".join(f'<row r="{at}">{number(f"A{at}", str(at))}</row>' for at in range(1, count + 1))
    book(rows)(tmp_path / "bok.xlsx")
    _, *said = rows_said(tmp_path / "bok.xlsx")
    assert list(map(len, said)) == stretches
    assert [row for stretch in said for row in stretch] == [[float(at)] for at in range(1, count + 1)]


@pytest.mark.parametrize("shape", ["dates.ods", "old.xls", "binary.xlsb"])
def test_every_kind_of_workbook_gives_its_headings_and_a_row_a_line(tmp_path: Path, shape: str) -> None:
    SHAPES[shape](tmp_path / shape, postings(7))
    _, rows = rows_said(tmp_path / shape)
    assert len(rows) == 8
    assert all(isinstance(heading, str) for heading in rows[0])


@pytest.mark.parametrize("kind", ["xlsx", "xlsm", "xlsb", "xls"])
def test_a_workbook_with_a_password_is_said_to_have_one(tmp_path: Path, kind: str) -> None:
    """One of the new formats is no packed file any more when it has: it looks like one of the old."""
    path = tmp_path / f"bok.{kind}"
    write_locked_excel(path)
    assert rows_said(path) == ["password"]
    assert refused(read_sheet, path) == f"bok.{kind} er låst med passord: lagre den uten passord."
    assert refused(read_form, path) == f"bok.{kind} er låst med passord: be om skjemaet uten passord."


def test_a_cell_that_only_seems_empty_is_told_from_one_that_is(tmp_path: Path) -> None:
    """Else an answer would be taken for one that somebody took away."""
    path = tmp_path / "skjema.xlsx"
    book(
        f'<row r="2">{cell("B2", "svar")}<c r="C2"><f>1+1</f></c><c r="D2"><f>1+1</f><v>2</v></c></row>'
        '<row r="3"><c r="AA3" t="e"><v>#REF!</v></c><c r="AB3" t="str"><f>""</f><v></v></c></row>'
    )(path)
    ((_, cells, unsolved, _),) = cells_said(path)
    assert (cells[1, 1], cells[1, 3]) == ("svar", 2.0)
    assert unsolved == {(1, 2), (2, 26)}


def test_a_cell_that_does_not_say_its_place_is_the_next_one(tmp_path: Path) -> None:
    """Excel always says it; other programs need not."""
    path = tmp_path / "skjema.xlsx"
    formula = "<c><f>1+1</f></c>"
    book(f'<row>{cell("A1", "svar")}{formula}</row><row r="5">{formula}<c r="D5"/>{formula}</row><row>{formula}</row>')(
        path
    )
    ((_, cells, unsolved, _),) = cells_said(path)
    assert cells[0, 0] == "svar"
    assert unsolved == {(0, 1), (4, 0), (4, 4), (5, 0)}


def test_merged_cells_are_said_with_all_that_they_cover(tmp_path: Path) -> None:
    made = Workbook()
    made.worksheets[0].append(["a", "b", "c"])
    made.worksheets[0].merge_cells("A2:C4")
    made.create_chartsheet("Diagram")
    made.create_sheet("Tomt")
    made.save(tmp_path / "bok.xlsx")
    assert [(name, merged) for name, _, _, merged in cells_said(tmp_path / "bok.xlsx")] == [
        ("Sheet", [(1, 0, 3, 2)]),
        ("Tomt", []),
    ]


def test_an_opendocument_says_the_same_though_it_writes_what_is_alike_once(tmp_path: Path) -> None:
    rows = (
        '<table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row><table:table-row>'
        + cell_of("svar", 'table:number-columns-repeated="2"')
        + '<table:table-cell table:formula="of:=1+1"/>'
        + cell_of("bred", 'table:number-columns-spanned="2" table:number-rows-spanned="3"')
        + '</table:table-row><table:table-row><table:table-cell calcext:value-type="error" table:formula="of:=1/0"/>'
        "</table:table-row>"
    )
    other = f"<table:table-row>{cell_of('her')}</table:table-row>"
    first, second = cells_said(write_open_document(tmp_path / "skjema.ods", Ark=rows, Andre=other))
    assert (first[0], first[1][2, 1], first[2], first[3]) == ("Ark", "svar", {(2, 2), (3, 0)}, [(2, 3, 4, 4)])
    assert second == ("Andre", {(0, 0): "her"}, set(), [])


@pytest.mark.parametrize("shape", ["old.xls", "binary.xlsb"])
def test_of_an_old_format_nobody_knows_which_cells_only_seem_empty(tmp_path: Path, shape: str) -> None:
    SHAPES[shape](tmp_path / shape, postings(3))
    ((_, cells, unsolved, _),) = cells_said(tmp_path / shape)
    assert len(cells) > 9
    assert unsolved is None


def test_a_workbook_with_far_more_cells_than_a_form_is_not_read_as_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = two_sheets(tmp_path / "bok.xlsx")
    monkeypatch.setattr(book_reader, "_MOST_CELLS", 3)
    assert cells_said(path)[-1] == "large"
    monkeypatch.setattr(book_reader, "_MOST_CELLS", 4)
    assert [one[0] for one in cells_said(path)] == ["Skjult", "Synlig"]


# SAF-T


def analysis(kind: str, code: str, share: str = "") -> str:
    amount = f"<AnalysisAmount><Amount>{share}</Amount></AnalysisAmount>" if share else ""
    return f"<Analysis><AnalysisType>{kind}</AnalysisType><AnalysisID>{code}</AnalysisID>{amount}</Analysis>"


def posted(side: str, amount: str, *analyses: str, number: int = 1) -> str:
    return (
        f"<Line><RecordID>{number}</RecordID><AccountID>02300</AccountID>{''.join(analyses)}"
        f"<Description>Grus</Description><{side}><Amount>{amount}</Amount></{side}></Line>"
    )


def saft(path: Path, *lines: str, types: Sequence[tuple[str, str]] = (), head: str = "") -> Path:
    table = "".join(
        f"<AnalysisTypeTableEntry><AnalysisType>{kind}</AnalysisType><AnalysisTypeDescription>{told}"
        "</AnalysisTypeDescription></AnalysisTypeTableEntry>"
        for kind, told in types
    )
    path.write_text(
        f"{head}<AuditFile><MasterFiles><AnalysisTypeTable>{table}</AnalysisTypeTable></MasterFiles>"
        "<GeneralLedgerEntries><Journal><Transaction><TransactionID>7</TransactionID><Period>4</Period>"
        f"<PeriodYear>2023</PeriodYear>{''.join(lines)}</Transaction></Journal></GeneralLedgerEntries></AuditFile>",
        encoding="utf-8",
    )
    return path


@pytest.fixture
def xml(tmp_path: Path) -> Path:
    return tmp_path / "saft.xml"


def saft_rows(path: Path, wanted: str = "") -> list[tuple[str, ...]]:
    _, *stretches = saft_reader.said(str(path), wanted)
    headings, *rows = [row for stretch in stretches for row in stretch]  # type: ignore[attr-defined]
    assert headings == saft_reader.HEADINGS
    return rows


@pytest.mark.parametrize(
    ("types", "chosen"),
    [
        ([("A", "Ansvar"), ("X1", "Investeringsprosjekt")], "X1"),
        ([("A", "Ansvar"), ("B", "Cost project")], "B"),
        ([("A", ""), ("P", "")], "P"),
    ],
)
def test_the_analysis_that_means_project_is_found_by_its_description_or_its_name(
    xml: Path, types: list[tuple[str, str]], chosen: str
) -> None:
    saft(xml, posted("DebitAmount", "5.00", analysis(chosen, "41001")), types=types)
    said, *_ = saft_reader.said(str(xml), "")
    assert said == (chosen, dict(types))
    assert saft_rows(xml) == [("41001", "02300", "202304", "7", "1", "Grus", "5.00")]


def test_without_a_table_the_first_voucher_says_which_analyses_there_are(xml: Path) -> None:
    saft(xml, posted("DebitAmount", "5.00", analysis("A", "1000"), analysis("P", "41001")))
    said, *_ = saft_reader.said(str(xml), "")
    assert said == ("P", {"A": "", "P": ""})


def test_a_file_without_a_voucher_has_no_analysis_to_choose(xml: Path) -> None:
    xml.write_text("<AuditFile><Header/></AuditFile>", encoding="utf-8")
    assert list(saft_reader.said(str(xml), "")) == [{}]
    assert refused(read_sheet, xml) == "saft.xml har ingen analyse for prosjekt: velg en av -."


def test_where_no_analysis_means_project_they_are_named_to_be_chosen_from(xml: Path) -> None:
    saft(xml, posted("DebitAmount", "5.00", analysis("A", "1000")), types=[("A", "Ansvar"), ("F", "")])
    for wanted in ("", "P"):
        assert list(saft_reader.said(str(xml), wanted)) == [{"A": "Ansvar", "F": ""}]
    assert refused(read_sheet, xml) == "saft.xml har ingen analyse for prosjekt: velg en av A (Ansvar), F."
    assert saft_rows(xml, "A")[0][0] == "1000"


def test_each_line_of_a_voucher_is_a_row_of_each_of_its_projects(xml: Path) -> None:
    one, other = ("P", "41001"), ("P", "41002")
    saft(
        xml,
        posted("DebitAmount", "100.00", analysis(*one, "60.00"), analysis(*other, "40.00"), number=1),
        posted("CreditAmount", "10.00", analysis(*one, "-4.00"), analysis(*other, "14.00"), number=2),
        posted("CreditAmount", "-1.5", analysis(*one), number=3),
        posted("DebitAmount", "2.125", number=4),
        posted("DebitAmount", "9.00", analysis(*one), analysis(*other), number=5),
        posted("DebitAmount", "9.00", analysis(*one, "5.00"), analysis(*other, "ti"), number=6),
        types=[("P", "Prosjekt")],
    )
    assert [(row[0], row[4], row[6]) for row in saft_rows(xml)] == [
        ("41001", "1.1", "60.00"),
        ("41002", "1.2", "40.00"),
        ("41001", "2.1", "4.00"),
        ("41002", "2.2", "-14.00"),
        ("41001", "3", "1.50"),
        ("", "4", "2.1250"),
        ("41001", "5", "41001 + 41002"),
        ("41001", "6", "41001 + 41002"),
    ]


@pytest.mark.parametrize(("count", "stretches"), [(0, [1]), (999, [1000]), (2500, [1000, 1000, 501])])
def test_the_rows_of_many_vouchers_are_said_some_at_a_time_and_none_is_lost(
    xml: Path, count: int, stretches: list[int]
) -> None:
    lines = "</Transaction><Transaction>".join(posted("DebitAmount", f"{at}.00") for at in range(count))
    saft(xml, lines, types=[("P", "Prosjekt")])
    _, *said = saft_reader.said(str(xml), "")
    assert [len(one) for one in said] == stretches  # type: ignore[arg-type]
    assert [row[6] for row in saft_rows(xml)] == [f"{at}.00" for at in range(count)]


@pytest.mark.parametrize(
    "head", ['<!DOCTYPE x [<!ENTITY a "b">]>', '<?xml version="1.0" encoding="klingon"?>', "<uavsluttet>"]
)
def test_what_declares_things_of_its_own_or_can_not_be_parsed_is_no_saft_file(xml: Path, head: str) -> None:
    saft(xml, types=[("P", "Prosjekt")], head=head)
    assert list(saft_reader.said(str(xml), ""))[-1] == "other"
    assert refused(read_sheet, xml) == "saft.xml er ikke en SAF-T-fil: ta den ut av regnskapet på nytt."


def test_what_could_hide_a_declaration_by_two_bytes_a_letter_is_no_saft_file(xml: Path) -> None:
    saft(xml, types=[("P", "Prosjekt")])
    assert list(saft_reader.said(str(xml), "P"))[-1] != "other"
    xml.write_text(xml.read_text(encoding="utf-8"), encoding="utf-16")
    assert list(saft_reader.said(str(xml), "P")) == ["other"]


# PDF


def pages(content: bytes, most: int = 10) -> list[Any]:
    return list(pdf_reader.read(content, most_pages=most))


def words_on(drawn: bytes) -> list[tuple[str, ...]]:
    ((_, lines),) = pages(pdfs.one_page(pdfs.stream(b"BT /F1 10 Tf %s ET" % drawn)))
    return [tuple(word[0] for word in words) for _, _, words in lines]


def test_words_are_put_together_by_their_places_from_the_top_and_from_the_left() -> None:
    drawn = b"50 700 Td (lenger) Tj 0 40 Td (Ny skole) Tj 200 0 Td (12) Tj 0 -40 Td (ned) Tj"
    assert words_on(drawn) == [("Ny", "skole", "12"), ("lenger", "ned")]


def test_a_gap_is_a_space_and_a_wide_one_is_told() -> None:
    ((_, ((_, _, words),)),) = pages(
        pdfs.one_page(pdfs.stream(b"BT /F1 10 Tf 50 700 Td [(1) -200 (234) -900 (56\\0407)] TJ ET"))
    )
    assert [(text, wide) for text, _, _, wide, _, _ in words] == [
        ("1", False),
        ("234", False),
        ("56", True),
        ("7", False),
    ]


def test_what_stands_on_its_side_or_is_only_spaces_is_no_text() -> None:
    assert words_on(b"50 700 Td (   ) Tj 0 1 -1 0 300 400 Tm (margen) Tj") == []


def test_text_within_a_figure_is_text() -> None:
    figure = b"/Type /XObject /Subtype /Form /BBox [0 0 600 800] /Resources << /Font << /F1 5 0 R >> >>"
    page = pdfs.one_page(
        pdfs.stream(b"/X Do 10 10 m 90 90 l S"), pdfs.stream(pdfs.shown(), figure), resources=b"/XObject << /X 6 0 R >>"
    )
    ((_, ((_, _, words),)),) = pages(page)
    assert [word[0] for word in words] == ["Tekst"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (pdfs.locked(), "locked"),
        (b"%PDF-1.7\n", "broken"),
        (pdfs.empty_pages(11), ("long", 11)),
        (pdfs.empty_pages(1, declared=10**9), ("long", 10**9)),
    ],
    ids=["locked", "broken", "long", "says that it is long"],
)
def test_a_pdf_that_can_not_be_read_says_why(content: bytes, said: object) -> None:
    assert pages(content) == [said]


def test_pages_are_numbered_and_an_empty_one_has_no_lines() -> None:
    assert pages(pdfs.empty_pages(3)) == [(1, []), (2, []), (3, [])]


def test_a_page_of_more_letters_than_anybody_reads_is_broken_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_reader, "_MOST_LETTERS", 4)
    assert pages(pdfs.one_page(pdfs.stream(pdfs.shown(b"fire")))) != ["broken"]
    assert pages(pdfs.one_page(pdfs.stream(pdfs.shown(b"femte")))) == ["broken"]


def test_without_what_reads_pdf_that_is_what_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pdfplumber", None)
    assert pages(pdfs.empty_pages(1)) == ["missing"]


# The process around them


def test_a_reader_that_was_taken_over_makes_nothing_run_here(tmp_path: Path) -> None:
    """It may say values; what would be made by calling something is broken off, and not called."""
    taken, trace = tmp_path / "reader.py", tmp_path / "spor"
    taken.write_text(
        "import os\n"
        "class Taken:\n"
        "    def __init__(self, path): self.path = path\n"
        "    def __reduce__(self): return os.mkdir, (self.path,)\n"
        "def said(path):\n"
        "    yield 'en verdi'\n"
        "    yield Taken(path)\n",
        encoding="utf-8",
    )
    with foreign(taken, trace) as reader:
        assert reader.told() == "en verdi"
        with pytest.raises(BrokenOffError):
            reader.told()
    assert not trace.exists()
