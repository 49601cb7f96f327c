"""Files of every earlier version open in today's, with everything that was in them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from db.backup import BackupReason, backups_folder, backups_of
from db.opening import waits_for_migration
from db.schema import VERSION
from db.store import open_store
from tracker.kinds import FundingSource
from tracker.model import RecordId, Setting
from ui.commands.changing import changing

STORED = sorted((Path(__file__).parent / "stored").glob("version-*.sql"), key=lambda path: path.name)


@pytest.fixture(params=STORED, ids=lambda path: path.stem)
def old_file(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Return a file as an earlier version left it."""
    path = tmp_path / "gammel.tertial"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(request.param.read_text(encoding="utf-8"))
    return path


def test_there_is_a_stored_file_of_every_earlier_version() -> None:
    assert [path.stem for path in STORED] == [f"version-{number}" for number in range(1, VERSION)]


def test_an_old_file_opens_with_all_that_was_in_it(old_file: Path) -> None:
    with closing(open_store(old_file)) as store:
        portfolio = store.load()
        assert store.verify() == []
    (project,) = portfolio.projects.values()
    (batch,) = portfolio.ledger_batches.values()
    (status,) = portfolio.statuses.values()
    assert project.name == "Skole på Åsen"
    assert (batch.total, sum(entry.amount for entry in batch.sums), batch.vat) == (10**15 - 7, 10**15 - 7, None)
    assert (status.year_end_forecast, status.split, status.economy) == (-1, None, None)
    assert portfolio.settings[RecordId("municipality")] == Setting(
        id=RecordId("municipality"), value="Storåsen kommune"
    )


def test_an_old_file_has_todays_tables_and_guards_after_it_was_opened(old_file: Path, tmp_path: Path) -> None:
    from db.store import new_store

    new = tmp_path / "ny.tertial"
    with new_store(new):
        pass
    open_store(old_file).close()
    assert schema_of(old_file) == schema_of(new)


def test_an_old_file_that_may_only_be_read_is_read_and_left_as_it_was(old_file: Path) -> None:
    before = old_file.read_bytes()
    with closing(open_store(old_file, read_only=True)) as store:
        portfolio = store.load()
    assert [one.name for one in portfolio.projects.values()] == ["Skole på Åsen"]
    assert old_file.read_bytes() == before


def test_what_a_funding_source_is_called_in_a_file_never_changes() -> None:
    assert [source.value for source in FundingSource] == [
        "loan",
        "vat_compensation",
        "grant",
        "sale",
        "shares",
        "dividend",
        "instalment",
        "operations",
        "bound_fund",
        "unbound_fund",
    ]


def schema_of(path: Path) -> dict[str, str]:
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    return {name: " ".join(sql.split()) for name, sql in rows}


def test_a_command_backs_an_old_file_up_as_it_was_before_it_migrates_it(
    old_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.commands.safekeeping.backups_root", lambda: tmp_path / "kopier")
    for _ in range(2):
        with changing(old_file):
            pass
    (backup,) = backups_of(backups_folder(old_file, root=tmp_path / "kopier"))
    assert (backup.reason, waits_for_migration(backup.path)) == (BackupReason.BEFORE_MIGRATION, True)
    assert not waits_for_migration(old_file)
