"""What the export promises: everything, in kroner, the same bytes each time, and back without loss."""

from __future__ import annotations

import csv
import json
from contextlib import closing
from pathlib import Path

import pytest

from db.export import export_portfolio
from db.records import KINDS
from db.store import new_store, open_store
from db.trouble import Trouble
from tests.portfolios import YEAR, edit_of, stored
from tracker.plain import codec

TABLE = """
Skole på Åsen     |  2 000 | 2 097 | 4K-2024 |   986 | 1 083 | Tekst med "anførsel", komma og ; semikolon
Vei og lys        |      - |     - | LØPENDE |   500 |   400 | =SUM(A1)
Uten noe          |      0 |    35 |         |     0 |    35 |
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "p.tertial"
    with new_store(path) as store:
        edit_of(TABLE, commit_to=store)
    return path


def export(file: Path, folder: Path) -> dict[str, bytes]:
    with closing(open_store(file, read_only=True)) as store:
        export_portfolio(store, store.load(), YEAR, folder=folder)
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_the_list_of_projects_is_in_kroner_and_empty_where_nothing_is_printed(file: Path, tmp_path: Path) -> None:
    export(file, tmp_path / "ut")
    with (tmp_path / "ut" / "projects.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert list(rows[0])[:8] == [
        "name",
        "total_budget",
        "total_spent",
        "estimated_completion",
        "revised_budget",
        "actual",
        "deviation",
        "status_text",
    ]
    assert [list(row.values())[:8] for row in rows] == [
        ["Skole på Åsen", "2000000", "2097000", "4K-2024", "986000", "1083000", "-97000",
         'Tekst med "anførsel", komma og ; semikolon'],
        ["Vei og lys", "", "", "LØPENDE", "500000", "400000", "100000", "'=SUM(A1)"],
        ["Uten noe", "0", "35000", "", "0", "35000", "-35000", ""],
    ]  # fmt: skip


def test_two_exports_are_the_same_bytes(file: Path, tmp_path: Path) -> None:
    assert export(file, tmp_path / "en") == export(file, tmp_path / "to")


def test_the_json_holds_every_record_without_loss(file: Path, tmp_path: Path) -> None:
    exported = json.loads(export(file, tmp_path / "ut")["portfolio.json"])
    portfolio = stored(file)
    for table, kind in KINDS.items():
        if table == "ledger_batch":
            continue
        columns = codec(kind).columns
        read = {row["id"]: codec(kind).to_record([row[c] for c in columns]) for row in exported["tables"][table]}
        assert read == portfolio.records(kind), table


def test_a_folder_that_cannot_be_written_is_told_in_a_sentence(file: Path, tmp_path: Path) -> None:
    (tmp_path / "opptatt").write_text("en fil")
    with pytest.raises(Trouble) as told:
        export(file, tmp_path / "opptatt")
    assert told.value.reason.values["file"] == "opptatt"
