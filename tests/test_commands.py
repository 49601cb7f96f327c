"""The commands as their users run them: what is said, where, and the exit code."""

from __future__ import annotations

import csv
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import openpyxl
import pytest

from ui.launch import main

ROOT = Path(__file__).parents[1]


class Spoken:
    """What a command wrote and how it ended."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code = code
        self.out = out
        self.err = err


Run = Callable[..., Spoken]
"""Runs a command with its arguments."""


@pytest.fixture
def tertial(capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*arguments: object) -> Spoken:
        code = main([str(argument) for argument in arguments])
        said = capsys.readouterr()
        assert "Traceback" not in said.err
        return Spoken(code, said.out, said.err)

    return run


@pytest.fixture
def demo(example_file: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(example_file, tmp_path))


def test_the_example_holds_the_88_projects_and_ties_out_to_the_krone(tertial: Run, demo: Path) -> None:
    said = tertial("tie-out", demo, "--period", "2023-Y", "--json")
    compared = {(row["check"], row["column"]): row for row in json.loads(said.out)}
    assert said.code == 0
    assert {column: compared["printed-sum", column]["difference"] for _, column in list(compared)[:5]} == {
        "total_budget": 3000,
        "total_spent": 1000,
        "revised_budget": 0,
        "actual": 2000,
        "deviation": -1000,
    }
    assert all(row["explained_by_rounding"] for row in compared.values())
    statutory = [row["difference"] for (check, _), row in compared.items() if check.startswith("5-5")]
    assert statutory == [0] * 6


def test_check_finds_flags_and_says_so_with_its_exit_code(tertial: Run, demo: Path) -> None:
    said = tertial("check", demo, "--period", "2023-Y", "--json")
    flags = json.loads(said.out)
    assert said.code == 1
    keys = ["rule", "severity", "project", "message", "figures", "quote", "start", "end"]
    assert all(list(flag) == keys for flag in flags)
    by_rule = {rule: [flag for flag in flags if flag["rule"] == rule] for rule in {flag["rule"] for flag in flags}}
    assert len(by_rule["spent-over-total"]) == 7
    assert len(by_rule["spending-without-budget"]) == 3
    assert [flag["project"] for flag in by_rule["no-text"]] == ["Helse og mestring, generell ramme"]
    ranks = [["critical", "warning", "note"].index(flag["severity"]) for flag in flags]
    assert ranks == sorted(ranks)


def test_check_of_a_portfolio_without_flags_ends_with_zero(tertial: Run, tmp_path: Path) -> None:
    source = tmp_path / "tabell.txt"
    source.write_text(TABLE, encoding="utf-8")
    file = tmp_path / "p.tertial"
    assert tertial("import-report", source, file, "--year", 2023).code == 0
    assert tertial("check", file, "--json").out.strip() == "[]"
    assert tertial("check", file).code == 0


TABLE = """ Status investeringsprosjekter

Beløp i 1000

 Totalbudsjett Årets budsjett

Investering Vedtatt totalt Påløpt totalt  Est.
ferdig

Rev. bud. Regnskap Avvik i kr Kommentar

Ny skole i Nordbygda 20 000 5 000 4K-2026 3 000 2 900 100 Byggingen går etter planen.

Gang- og sykkelvei - - LØPENDE 1 000 1 000 0 Årets strekning er asfaltert.

Sum 20 000 5 000  4 000 3 900 100
"""


def test_an_import_writes_nothing_when_the_sums_differ_until_that_is_accepted(tertial: Run, tmp_path: Path) -> None:
    source = tmp_path / "tabell.txt"
    source.write_text(TABLE.replace("Sum 20 000", "Sum 29 000"), encoding="utf-8")
    file = tmp_path / "p.tertial"
    refused = tertial("import-report", source, file, "--year", 2023)
    assert refused.code == 2
    assert "Vedtatt totalt" in refused.err
    assert not file.exists()
    assert tertial("import-report", source, file, "--year", 2023, "--accept-differences").code == 0
    (accepted,) = [row for row in json.loads(tertial("tie-out", file, "--json").out) if row["accepted"]]
    assert (accepted["column"], accepted["difference"]) == ("total_budget", -9_000_000)


def test_a_dry_run_shows_what_would_happen_and_writes_nothing(tertial: Run, tmp_path: Path) -> None:
    source = tmp_path / "tabell.txt"
    source.write_text(TABLE, encoding="utf-8")
    said = tertial("import-report", source, tmp_path / "p.tertial", "--year", 2023, "--dry-run")
    assert said.code == 0
    assert "2 nye" in said.err
    assert [path.name for path in tmp_path.iterdir()] == ["tabell.txt"]


def test_the_same_period_is_not_taken_in_twice(tertial: Run, tmp_path: Path) -> None:
    source = tmp_path / "tabell.txt"
    source.write_text(TABLE, encoding="utf-8")
    file = tmp_path / "p.tertial"
    tertial("import-report", source, file, "--year", 2023)
    before = file.read_bytes()
    again = tertial("import-report", source, file, "--year", 2023)
    assert again.code == 2
    assert "Årsmelding 2023" in again.err
    assert file.read_bytes() == before


def test_next_years_report_enters_the_same_portfolio(tertial: Run, tmp_path: Path) -> None:
    source = tmp_path / "tabell.txt"
    source.write_text(TABLE, encoding="utf-8")
    file = tmp_path / "p.tertial"
    assert tertial("import-report", source, file, "--year", 2022).code == 0
    assert tertial("import-report", source, file, "--year", 2023).code == 0
    assert tertial("tie-out", file, "--period", "2022-Y").code == 0
    assert tertial("tie-out", file).code == 0
    assert tertial("verify", file).code == 0


def test_the_report_is_written_as_excel(tertial: Run, demo: Path, tmp_path: Path) -> None:
    out = tmp_path / "rapport.xlsx"
    said = tertial("report", demo, "--period", "2023-Y", out)
    assert said.code == 0
    assert "rapport.xlsx" in said.err
    assert said.out == ""
    assert len(openpyxl.load_workbook(out).sheetnames) >= 8


def test_two_exports_are_byte_equal(tertial: Run, demo: Path, tmp_path: Path) -> None:
    for folder in ("a", "b"):
        assert tertial("export", demo, "--period", "2023-Y", tmp_path / folder).code == 0
    first, second = ({p.name: p.read_bytes() for p in (tmp_path / f).iterdir()} for f in ("a", "b"))
    assert first == second
    with (tmp_path / "a" / "projects.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert len(rows) == 88
    assert sum(int(row["revised_budget"]) for row in rows) == 1_088_360_000


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("chekk", "x"), "«chekk» er ingen kommando"),
        (("--chekk",), "Forstår ikke «--chekk»"),
        (("check",), "mangler FIL"),
        (("check", "borte.tertial"), "Finner ikke borte.tertial"),
        (("check", "borte.tertial", "--period", "2023"), "«2023» er ikke en periode"),
        (("check", "borte.tertial", "--period"), "mangler en verdi"),
        (("check", "a", "b"), "Forstår ikke «b»"),
        (("import-report", "a", "b"), "mangler --year"),
        (("import-report", "a", "b", "--year", "tjue"), "«tjue» er ikke et årstall"),
        (("import-report", "borte.txt", "b", "--year", "2023"), "borte.txt"),
        (("report", "borte.tertial", "--period", "2023-Y", "rapport.txt"), ".xlsx, .pdf"),
        (("report", "borte.tertial", "x.xlsx"), "mangler --period"),
        (("verify", "."), "er en mappe"),
        (("export", "borte.tertial", "ut"), "Finner ikke borte.tertial"),
    ],
)
def test_a_wrong_argument_or_file_gets_one_sentence(
    tertial: Run,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    arguments: tuple[str, ...],
    sentence: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    said = tertial(*arguments)
    assert said.code == 2
    assert sentence in said.err
    assert said.err.count("\n") == 1
    assert said.out == ""
    assert list(tmp_path.iterdir()) == []


def test_other_trouble_is_told_too(tertial: Run, demo: Path, tmp_path: Path) -> None:
    assert (
        "Porteføljen har ikke 2022-Y: den har 2023-T1, 2023-T2, 2023-Y, 2024-T1"
        in tertial("check", demo, "--period", "2022-Y").err
    )
    assert "finnes fra før" in tertial("demo", demo).err
    assert "Språket" in tertial("report", demo, "--period", "2023-Y", "--language", "xx", tmp_path / "r.xlsx").err
    assert tertial("demo", tmp_path / "ingen" / "mappe.tertial").code == 2


def test_help_is_in_norwegian_and_no_trouble(tertial: Run) -> None:
    with pytest.raises(SystemExit) as ended:
        tertial("--help")
    assert ended.value.code == 0


def test_it_runs_as_a_module_from_anywhere(demo: Path, tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "ascii"}
    done = subprocess.run(
        [sys.executable, "-m", "tracker", "check", str(demo)],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 1
    assert "Brånåsdalen" in done.stdout.decode("utf-8")


def test_a_reader_that_stops_reading_does_not_stop_the_work(demo: Path, tmp_path: Path) -> None:
    """`tertial import-report … | head -1` writes what it would have written."""
    from db.example import example_table
    from tests.published_pages import write_text

    source = tmp_path / "tabell.txt"
    source.write_text(write_text(example_table()), encoding="utf-8")
    made = tmp_path / "ny.tertial"
    command = [sys.executable, "-m", "tracker", "import-report", str(source), str(made), "--year", "2023"]
    read_end, write_end = os.pipe()
    os.close(read_end)
    ended = subprocess.run(command, cwd=ROOT, stdout=write_end, stderr=subprocess.PIPE, check=False, text=True)
    os.close(write_end)
    assert (ended.returncode, made.exists()) == (0, True), ended.stderr
    assert demo.exists()


def test_a_report_never_takes_the_portfolios_place(tertial: Run, demo: Path, tmp_path: Path) -> None:
    named = tmp_path / "portefølje.xlsx"
    named.write_bytes(demo.read_bytes())
    said = tertial("report", named, "--period", "2023-Y", named)
    assert said.code == 2
    assert "er porteføljen selv" in said.err
    assert named.read_bytes() == demo.read_bytes()


def test_an_import_while_somebody_has_the_file_is_refused(tertial: Run, demo: Path, tmp_path: Path) -> None:
    from db.holding import hold

    source = tmp_path / "t.txt"
    source.write_text("x", encoding="utf-8")
    with hold(demo, who="Kari"):
        said = tertial("import-report", source, demo, "--year", "2024")
    assert said.code == 2
    assert "er åpen hos Kari" in said.err


def test_a_damaged_file_is_told_as_damage_by_verify_too(tertial: Run, demo: Path) -> None:
    with closing(sqlite3.connect(demo)) as stranger:
        stranger.execute("DROP TABLE setting")
        stranger.commit()
    said = tertial("verify", demo)
    assert said.code == 2
    assert "er bygd om utenfor Tertial («setting»), så den åpnes ikke: hent fram en sikkerhetskopi" in said.err
