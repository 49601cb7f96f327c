"""What taking in a ledger costs, from the file to a portfolio that is written, beside merely reading the file."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from shutil import copyfile
from uuid import uuid4

import openpyxl
import pytest
from pytest_benchmark.fixture import BenchmarkFixture
from python_calamine import CalamineWorkbook

from db.store import new_store, open_store
from tests.benchmarks.ledger_files import write_csv, write_xlsx
from tests.benchmarks.municipalities import edit_of
from tests.benchmarks.test_benchmarks import measure, signed
from tracker.ledger.planning import Export
from ui.taking_ledger import Wanted, look_at, plan_of, read_export

CSV_LINES = 1_000_000
XLSX_LINES = 100_000


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ledgers")
    write_csv(folder / "ledger.csv", CSV_LINES)
    write_xlsx(folder / "ledger.xlsx", XLSX_LINES)
    return folder


def read_csv(source: Path) -> None:
    """Let csv read every row, and keep none."""
    with source.open(encoding="cp1252", newline="") as file:
        deque(csv.reader(file, delimiter=";"), maxlen=0)


def read_calamine(source: Path) -> None:
    """Let calamine read every row, in this process."""
    deque(CalamineWorkbook.from_path(source).get_sheet_by_index(0).iter_rows(), maxlen=0)


def read_openpyxl(source: Path) -> None:
    """Let openpyxl read every row, read-only."""
    with closing(openpyxl.load_workbook(source, read_only=True)) as book:
        deque(book.worksheets[0].iter_rows(values_only=True), maxlen=0)


def take_in(source: Path, empty: Path) -> None:
    """Take a ledger in as the command does: look, read, plan, and write it with its history."""
    target = empty.with_name("taken.tertial")
    copyfile(empty, target)
    with closing(open_store(target)) as store:
        held = store.load()
        look = look_at(source, held)
        mapping = look.proposal.mapping
        read = read_export(Wanted(path=source, header_row=look.proposal.header_row, sheet=look.sheet), mapping)
        export = Export(source=read.source, layout=mapping, ledger="måling")
        plan = plan_of(held, read, export, new_id=lambda: str(uuid4()))
        store.commit(plan.edit, signed(), lines={plan.batch.id: read.stretches})


@pytest.fixture
def portfolio_file(tmp_path: Path) -> Path:
    path = tmp_path / "p.tertial"
    with new_store(path) as store:
        store.commit(edit_of(88), signed())
    return path


@pytest.mark.parametrize("way", ["bare", "tertial"])
def test_csv(benchmark: BenchmarkFixture, files: Path, portfolio_file: Path, way: str) -> None:
    source = files / "ledger.csv"
    acts: dict[str, Callable[[], None]] = {
        "bare": lambda: read_csv(source),
        "tertial": lambda: take_in(source, portfolio_file),
    }
    measure(benchmark, f"take in {CSV_LINES} ledger lines from CSV, beside csv", acts[way], rounds=5)


@pytest.mark.parametrize("way", ["bare", "tertial"])
@pytest.mark.parametrize("library", ["calamine", "openpyxl"])
def test_xlsx(benchmark: BenchmarkFixture, files: Path, portfolio_file: Path, library: str, way: str) -> None:
    source = files / "ledger.xlsx"
    bare = {"calamine": read_calamine, "openpyxl": read_openpyxl}[library]
    acts: dict[str, Callable[[], None]] = {
        "bare": lambda: bare(source),
        "tertial": lambda: take_in(source, portfolio_file),
    }
    rounds = 3 if library == "calamine" else 1
    measure(benchmark, f"take in {XLSX_LINES} ledger lines from xlsx, beside {library}", acts[way], rounds=rounds)
