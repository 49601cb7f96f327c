"""Ledgers, sheets of projects, the year's end and funding from the command line: shown first, written once, or not."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import Workbook

from tests.ledgers import PROJECTS, SHAPES, kroner, postings, spent
from tests.portfolios import stored
from tests.test_commands import Run, tertial  # noqa: F401  a fixture
from tracker.figures import live_figures_of
from tracker.model import Portfolio
from tracker.periods import Part, Period

ROOT = Path(__file__).parents[1]
HEADINGS = ["Prosjektnr", "Prosjekt", "Opprinnelig budsjett", 2024]


@pytest.fixture
def file(tertial: Run, tmp_path: Path) -> Path:  # noqa: F811
    """Write a portfolio whose projects have the ledger's codes, from a sheet."""
    path = tmp_path / "kommune.tertial"
    from db.store import new_store

    with new_store(path):
        pass
    sheet = sheet_of(tmp_path / "budsjett.xlsx", *([code, name, 5_000_000, None] for code, name in PROJECTS.items()))
    assert tertial("import-projects", sheet, path, "--year", 2023).code == 0
    assert tertial("period", "open", path, "--period", "2023-Y").code == 0
    return path


def sheet_of(path: Path, *rows: list[object]) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (HEADINGS, *rows):
        sheet.append(row)
    book.save(path)
    return path


def export(tmp_path: Path, shape: str = "signed.txt", until: int = 12) -> Path:
    path = tmp_path / shape
    SHAPES[shape](path, postings(until=until))
    return path


def actuals(portfolio: Portfolio) -> dict[str | None, int]:
    figures = live_figures_of(portfolio, Period(2023, Part.YEAR), with_idle=True)
    return {one.project.code: one.actual for one in figures.projects}


@pytest.mark.parametrize("shape", SHAPES)
def test_a_dry_run_writes_nothing_and_shows_what_is_then_done(
    tertial: Run,  # noqa: F811
    file: Path,
    tmp_path: Path,
    shape: str,
) -> None:
    source, before = export(tmp_path, shape), file.read_bytes()
    shown = tertial("import-ledger", source, file, "--dry-run", "--json")
    assert file.read_bytes() == before
    done = tertial("import-ledger", source, file, "--json")
    assert (shown.code, shown.out) == (done.code, done.out) == (1, shown.out)
    exact = spent(postings())
    assert {one["name"]: one["after"] for one in json.loads(done.out)["projects"]} == {
        name: kroner(exact[code]) for code, name in PROJECTS.items()
    }
    assert actuals(stored(file)) == {code: kroner(exact[code]) for code in PROJECTS}


def test_a_longer_export_replaces_and_the_same_again_is_refused(tertial: Run, file: Path, tmp_path: Path) -> None:  # noqa: F811
    tertial("import-ledger", export(tmp_path, "signed.txt", until=4), file)
    said = tertial("import-ledger", export(tmp_path, "grouped.xlsx", until=8), file)
    assert "Erstatter" in said.err
    again = tertial("import-ledger", tmp_path / "grouped.xlsx", file)
    assert (again.code, "allerede importert" in again.err) == (2, True)
    exact = spent(postings(until=8))
    assert actuals(stored(file)) == {code: kroner(exact[code]) for code in PROJECTS}


def test_a_code_is_matched_in_passing_or_later(tertial: Run, file: Path, tmp_path: Path) -> None:  # noqa: F811
    source = export(tmp_path)
    assert tertial("import-ledger", source, file).code == 1
    assert tertial("match-code", file, "41999", "Brannstasjon, ny").code == 0
    exact = spent(postings())
    assert actuals(stored(file))["41002"] == kroner(exact["41002"]) + kroner(exact["41999"])
    wrong = tertial("match-code", file, "41999", "Brannstasjonen")
    assert (wrong.code, "mente du" in wrong.err) == (2, True)
    own = tertial("match-code", file, "41001", "Brannstasjon, ny")
    assert (own.code, "allerede nummeret" in own.err) == (2, True)


def test_a_control_total_that_differs_writes_nothing_until_that_is_accepted(
    tertial: Run,  # noqa: F811
    file: Path,
    tmp_path: Path,
) -> None:
    source, before = export(tmp_path), file.read_bytes()
    said = tertial("import-ledger", source, file, "--control-total", "1")
    assert (said.code, "avviker" in said.err) == (2, True)
    assert file.read_bytes() == before
    assert tertial("import-ledger", source, file, "--control-total", "1", "--accept").code == 1


def test_a_choice_of_columns_is_kept_as_a_profile(tertial: Run, file: Path, tmp_path: Path) -> None:  # noqa: F811
    source = tmp_path / "rar.csv"
    source.write_text("A;B;C\n41001;202301;100,00\n", encoding="utf-8")
    unread = tertial("import-ledger", source, file)
    assert (unread.code, "Velg kolonnen" in unread.err) == (2, True)
    chosen = ("--map", "project=A", "--map", "period=B", "--map", "amount=C")
    assert tertial("import-ledger", source, file, *chosen, "--save-profile", "Rar").code == 0
    source.write_text("A;B;C\n41001;202302;300,00\n41001;202301;100,00\n", encoding="utf-8")
    assert tertial("import-ledger", source, file).code == 0
    assert actuals(stored(file))["41001"] == 400
    missing = tertial("import-ledger", source, file, "--profile", "Borte")
    assert (missing.code, "porteføljen har Rar" in missing.err) == (2, True)


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("tom.csv", b"", "ingen rader"),
        ("bilde.xlsx", b"\x89PNG\r\n\x1a\n" + b"x" * 100, "kan ikke leses som regneark"),
        ("binær.csv", b"\0\1\2" * 100, "er ikke en tekstfil"),
        ("ikke.docx", b"PK", "er ikke et regneark"),
        ("saft.xml", b"<AuditFile/><!DOCTYPE x>", "er ikke en SAF-T-fil"),
        ("halv.xlsx", None, "kan ikke leses som regneark"),
    ],
)
def test_what_is_no_ledger_gets_one_sentence_and_changes_nothing(  # noqa: PLR0913  a case of three
    tertial: Run,  # noqa: F811
    file: Path,
    tmp_path: Path,
    *,
    content: bytes | None,
    sentence: str,
    name: str,
) -> None:
    before = file.read_bytes()
    source = tmp_path / name
    source.write_bytes(export(tmp_path, "balances.xlsx").read_bytes()[:2000] if content is None else content)
    said = tertial("import-ledger", source, file)
    assert (said.code, sentence in said.err) == (2, True), said.err
    assert file.read_bytes() == before


def test_a_sheet_with_errors_names_the_rows_and_writes_nothing(tertial: Run, file: Path, tmp_path: Path) -> None:  # noqa: F811
    before = file.read_bytes()
    sheet = sheet_of(tmp_path / "feil.xlsx", ["41001", "Åsen skole", "mye", None], ["5", "Ny park", 1, None])
    said = tertial("import-projects", sheet, file, "--year", 2024)
    assert (said.code, "Rad 2  Feil" in said.out) == (2, True), said.out
    assert file.read_bytes() == before


def test_the_year_ends_with_proposals_and_the_next_one_begins(tertial: Run, file: Path, tmp_path: Path) -> None:  # noqa: F811
    tertial("import-ledger", export(tmp_path), file)
    before = file.read_bytes()
    shown = tertial("year-end", file, "--year", 2023, "--dry-run", "--json")
    assert file.read_bytes() == before
    done = tertial("year-end", file, "--year", 2023, "--open-next", "--json")
    assert (shown.code, done.code, shown.out) == (0, 0, done.out)
    rows = json.loads(done.out)
    assert all(row["left"] == row["carried"] + row["struck"] + row["covered"] for row in rows)
    assert [str(period) for period in stored(file).periods()] == ["2023-Y", "2024-T1"]
    missing = tertial("year-end", file, "--year", 2030)
    assert (missing.code, "har ikke" in missing.err) == (2, True)


def test_funding_is_entered_and_listed(tertial: Run, file: Path) -> None:  # noqa: F811
    given = ("--year", 2023, "--source", "loan", "--amount", "9 mill", "--decision", "KS-sak 1/22")
    assert tertial("funding", "add", file, *given, "--date", "14.12.2022").code == 0
    listed = json.loads(tertial("funding", "list", file, "--json").out)
    assert listed["sources"] == [{"source": "loan", "original": 9_000_000, "revised": 9_000_000, "actual": None}]
    assert listed["unfunded"] == 6_000_000
    undecided = tertial("funding", "add", file, "--year", 2023, "--source", "loan", "--amount", "1")
    assert (undecided.code, "må ha et vedtak" in undecided.err) == (2, True)


DIES = """
import os, signal, sys
from db.store import Store
from ui.launch import main
whole = Store.{where}
def dying(self, *given, **named):
    whole(self, *given, **named)
    os.kill(os.getpid(), signal.SIGKILL)
Store.{where} = dying
main(sys.argv[1:])
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no kill -9 there")
@pytest.mark.parametrize("where", ["_insert_sums", "_write", "_insert"])
def test_a_kill_in_the_middle_of_an_import_leaves_the_file_as_it_was(file: Path, tmp_path: Path, where: str) -> None:
    source = tmp_path / "signed.txt"
    SHAPES["signed.txt"](source, postings(5_000))
    before = stored(file)
    command = [sys.executable, "-c", DIES.format(where=where), "import-ledger", str(source), str(file)]
    killed = subprocess.run(command, check=False, cwd=ROOT, capture_output=True)
    assert killed.returncode == -9
    assert stored(file) == before


def test_a_file_that_would_make_months_fall_away_is_written_only_when_it_is_accepted(
    tertial: Run,  # noqa: F811
    file: Path,
    tmp_path: Path,
) -> None:
    assert tertial("import-ledger", export(tmp_path, until=8), file).code != 2
    before = file.read_bytes()
    fewer = export(tmp_path, until=4)
    refused = tertial("import-ledger", fewer, file)
    assert (refused.code, file.read_bytes()) == (2, before)
    assert "måned 5, 6, 7, 8, som er importert før" in refused.err
    assert tertial("import-ledger", fewer, file, "--accept").code != 2


def test_how_a_file_was_read_is_said_where_it_is_not_as_it_stands(tertial: Run, file: Path, tmp_path: Path) -> None:  # noqa: F811
    said = tertial("import-ledger", export(tmp_path, "balances.xlsx"), file, "--dry-run")
    assert "lest som 1000 kroner" in said.err
    assert "Fortegnene er snudd" in tertial("import-ledger", export(tmp_path, "negative.csv"), file, "--dry-run").err
    assert "lest som" not in tertial("import-ledger", export(tmp_path), file, "--dry-run").err


def test_a_portfolio_begins_with_a_sheet_of_projects(tertial: Run, tmp_path: Path) -> None:  # noqa: F811
    sheet, file = tmp_path / "budsjett.csv", tmp_path / "ny.tertial"
    sheet.write_text("Prosjektnr;Prosjekt;2025\n41001;Ny skole;40 000 000\n41001;Igjen;1\n", encoding="utf-8")
    assert tertial("import-projects", sheet, file, "--year", 2025).code == 2
    assert not file.exists()
    sheet.write_text("Prosjektnr;Prosjekt;2025\n41001;Ny skole;40 000 000\n", encoding="utf-8")
    assert tertial("import-projects", sheet, file, "--year", 2025, "--dry-run").code == 0
    assert not file.exists()
    assert tertial("import-projects", sheet, file, "--year", 2025, "--municipality", "Prøve kommune").code == 0
    portfolio = stored(file)
    assert portfolio.municipality == "Prøve kommune"
    assert [(one.code, one.name) for one in portfolio.projects.values()] == [("41001", "Ny skole")]
    assert tertial("period", "open", file, "--period", "2025-T1").code == 0
