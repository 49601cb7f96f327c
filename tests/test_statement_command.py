"""`check-statement` as its users run it: what is said, the way down to the projects, and the exit code."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from db.store import new_store
from tests import statements as s
from tests.portfolios import edit_of
from ui.launch import main

PROJECTS = """
Åsen skole | 500 000 | 310 000 | 4K-2032 | 340 000 | 300 000 |
Helsehuset | 200 000 | 110 000 | 4K-2032 | 110 000 | 100 000 |
Kirken     |  30 000 |  12 000 | 4K-2031 |  12 000 |  12 000 |
Aksjer     |   9 000 |   5 000 | 4K-2031 |   5 000 |   5 000 |
"""
BOTH = {
    "Første ledd": [[str(cell).replace("2031", "2023") for cell in row] for row in s.cells(s.FIRST)],
    "Andre ledd": [
        [str(cell).replace("2031", "2023") for cell in row] for row in s.cells(s.SECOND, heading=s.SECOND_HEADING)
    ],
}


def run(capsys: pytest.CaptureFixture[str], *given: object) -> tuple[int, str, str]:
    code = main([*map(str, given)])
    said = capsys.readouterr()
    return code, said.out.replace("\u00a0", " "), said.err.replace("\u00a0", " ")


@pytest.fixture
def portfolio(tmp_path: Path) -> Path:
    path = tmp_path / "2023.tertial"
    with new_store(path) as store:
        edit_of(PROJECTS, commit_to=store)
    return path


def test_what_is_right_is_said_to_hold_with_how_it_was_read(
    tmp_path: Path, portfolio: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run(capsys, "check-statement", s.write_book(tmp_path / "rett.xlsx", BOTH), portfolio)
    assert code == 0
    assert "Første ledd: 19 linjer og 3 kolonner, i hele tusen kroner." in out
    assert "Fortegn: inntekter står med minus." in out
    assert "0 stemmer ikke" in err


def test_what_is_wrong_is_said_with_its_line_difference_and_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = s.write_book(tmp_path / "feil.xlsx", {"Ark": s.cells(s.spoiled(carried=-20_900))})
    code, out, _ = run(capsys, "check-statement", book)
    assert code == 1
    assert "det står −20 900 000 kr, men skal være 0 kr" in out
    assert "«Netto utgifter videreutlån» er regnet med motsatt fortegn" in out


def test_sums_are_held_against_the_projects_with_the_way_down_to_each(
    tmp_path: Path, portfolio: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lacking = s.spoiled(shares=0, spent=412_000, loan=-256_450, earned=-349_900)
    rows = [[str(cell).replace("2031", "2023") for cell in row] for row in s.cells(lacking)]
    book = s.write_book(tmp_path / "uten.xlsx", {"Ark": rows})
    code, out, _ = run(capsys, "check-statement", book, portfolio, "--period", "2023-Y", "--json")
    told = json.loads(out)
    assert code == 1
    assert not told["holds"]
    check = next(one for one in told["checks"] if one["check"] == "projects" and one["outcome"] == "fails")
    assert (check["printed"], check["computed"], check["difference"]) == (412_000_000, 417_000_000, -5_000_000)
    assert check["reason"] == "differansen er beløpet til «Aksjer»"
    assert [one["name"] for one in check["behind"]] == ["Åsen skole", "Helsehuset", "Kirken", "Aksjer"]
    assert sum(one["amount"] for one in check["behind"]) == check["computed"]


def test_a_statement_of_another_year_is_told_and_not_compared(
    tmp_path: Path, portfolio: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = s.write_book(tmp_path / "annet.xlsx", {"Ark": s.cells(s.FIRST)})
    code, out, _ = run(capsys, "check-statement", book, portfolio)
    assert code == 1
    assert "bevilgningsoversikten er for et annet år enn Årsmelding 2023" in out


def test_a_file_that_is_no_statement_is_refused_with_exit_code_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = s.write_book(tmp_path / "annet.xlsx", {"Ark": [["Prosjekt", "Beløp"], ["Skole", 12]]})
    code, _, err = run(capsys, "check-statement", book)
    assert code == 2
    assert "Fant ingen linjer fra bevilgningsoversikten § 5-5" in err
