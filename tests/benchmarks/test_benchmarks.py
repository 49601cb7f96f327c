"""What the main job costs, each beside the bare work it stands on, in one run.

Run by hand; `tests/benchmarks/table.py` makes the table of docs/benchmarks.md from the same figures.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from itertools import count
from pathlib import Path
from uuid import uuid4

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from db.example import example_table
from db.journal import Signature
from db.published.report import read_published_table
from db.store import new_store, open_store
from db.workbook.write import write_workbook
from tests.benchmarks.bare import Recipe, read_pdf_bare
from tests.benchmarks.municipalities import YEAR, edit_of
from tests.published_pages import write_pdf, write_text
from tracker.actions import Entry, fill_in
from tracker.edits import apply
from tracker.figures import figures_of
from tracker.flags import Limits, Past, cases_of, flags_of
from tracker.model import Portfolio
from tracker.report import build_report
from ui.words import words_in

WAYS = ("bare", "tertial")


def signed() -> Signature:
    """Return a signature with a fresh id."""
    return Signature(who="måling", at="2024-02-01T10:00:00+00:00", way="test", entry_id=str(uuid4()))


def measure(benchmark: BenchmarkFixture, group: str, act: Callable[[], object], *, rounds: int) -> None:
    """Measure in a group whose first member is the bare work."""
    benchmark.group = group
    benchmark.pedantic(act, rounds=rounds, warmup_rounds=1)


def test_read_text(benchmark: BenchmarkFixture, tmp_path: Path) -> None:
    source = tmp_path / "tabell.txt"
    source.write_text(write_text(example_table()), encoding="utf-8")
    measure(benchmark, "read the 88 projects from text", lambda: read_published_table(source), rounds=5)


@pytest.mark.parametrize("way", WAYS)
def test_read_pdf(benchmark: BenchmarkFixture, tmp_path: Path, way: str) -> None:
    source = tmp_path / "tabell.pdf"
    source.write_bytes(write_pdf(example_table()))
    act = {"bare": lambda: read_pdf_bare(source), "tertial": lambda: read_published_table(source)}[way]
    measure(benchmark, "read the 88 projects from PDF", act, rounds=3)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("projects", [88, 10_000])
def test_report(benchmark: BenchmarkFixture, tmp_path: Path, projects: int, way: str) -> None:
    portfolio = apply(Portfolio(), edit_of(projects))
    say = words_in()

    def report() -> None:
        write_workbook(build_report(portfolio, YEAR), tmp_path / "rapport.xlsx", say=say)

    report()
    recipe = Recipe.of(tmp_path / "rapport.xlsx")
    act = {"bare": lambda: recipe.write(tmp_path / "bar.xlsx"), "tertial": report}[way]
    measure(benchmark, f"report of {projects} projects", act, rounds=5 if projects < 1000 else 1)


@pytest.mark.parametrize("projects", [10_000, 100_000])
@pytest.mark.parametrize("way", ["figures", "check"])
def test_check(benchmark: BenchmarkFixture, projects: int, way: str) -> None:
    portfolio = apply(Portfolio(), edit_of(projects))
    acts = {
        "figures": lambda: figures_of(portfolio, YEAR),
        "check": lambda: flags_of(cases_of(figures_of(portfolio, YEAR), Limits(), Past())),
    }
    measure(benchmark, f"check of {projects} projects", acts[way], rounds=3)


@pytest.mark.parametrize("way", WAYS)
def test_edit(benchmark: BenchmarkFixture, tmp_path: Path, way: str) -> None:
    path = tmp_path / "p.tertial"
    with new_store(path) as store:
        store.commit(edit_of(88), signed())
    numbers = count()
    if way == "bare":
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.execute("PRAGMA synchronous = EXTRA")
            (key,) = connection.execute("SELECT id FROM status LIMIT 1").fetchone()

            def update() -> None:
                connection.execute("UPDATE status SET text = ? WHERE id = ?", (f"Ny tekst {next(numbers)}", key))

            measure(benchmark, "one edit with its history", update, rounds=200)
        return
    with closing(open_store(path)) as store:
        held = [store.load()]

        def edit() -> None:
            portfolio = held[0]
            status = next(iter(portfolio.statuses.values()))
            typed = Entry(project=status.project, field="text", typed=f"Ny tekst {next(numbers)}")
            made = fill_in(portfolio, status.period, typed, new_id=lambda: str(uuid4()))
            store.commit(made, signed())
            held[0] = apply(portfolio, made)

        measure(benchmark, "one edit with its history", edit, rounds=200)
