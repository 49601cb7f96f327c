"""Backups and the way back from the command line: taken before anything large, listed, gone back to, rescued from."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from db.backup import Backup, BackupReason, backups_folder, backups_of
from db.wholeness import problems_of
from tests.portfolios import stored
from tests.test_commands import Run, tertial
from tests.test_taking_in_commands import export, file, sheet_of

__all__ = ["file", "tertial"]


@pytest.fixture(autouse=True)
def _own_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.commands.safekeeping.backups_root", lambda: tmp_path / "kopier")


def backups(path: Path, tmp_path: Path) -> list[Backup]:
    return backups_of(backups_folder(path, root=tmp_path / "kopier"))


def reasons(path: Path, tmp_path: Path) -> list[str]:
    return [one.reason.value for one in backups(path, tmp_path)]


def change_behind_our_back(path: Path) -> None:
    with closing(sqlite3.connect(path)) as stranger:
        stranger.execute("UPDATE project SET responsible = 'Ukjent' WHERE code = '41001'")
        stranger.commit()


def test_every_import_is_backed_up_before_and_the_days_first_change_too(
    tertial: Run,
    file: Path,
    tmp_path: Path,
) -> None:
    assert sorted(reasons(file, tmp_path)) == ["before-import", "daily"]
    before = stored(file)
    assert tertial("import-ledger", export(tmp_path), file, "--accept").code in (0, 1)
    newest, *_ = backups(file, tmp_path)
    assert newest.reason is BackupReason.BEFORE_IMPORT
    assert stored(newest.path) == before != stored(file)
    sheet = sheet_of(tmp_path / "nye.xlsx", ["41005", "Ny bru", 1_000_000, None])
    before = stored(file)
    assert tertial("import-projects", sheet, file, "--year", 2023).code == 0
    newest, *_ = backups(file, tmp_path)
    assert (newest.reason, stored(newest.path)) == (BackupReason.BEFORE_IMPORT, before)
    assert reasons(file, tmp_path).count("daily") == 1


def test_a_dry_run_and_a_refusal_take_no_backup(tertial: Run, file: Path, tmp_path: Path) -> None:
    taken = backups(file, tmp_path)
    assert tertial("import-ledger", export(tmp_path), file, "--dry-run").code in (0, 1)
    assert tertial("period", "open", file, "--period", "2023-Y").code == 2
    assert backups(file, tmp_path) == taken


def test_a_backup_is_made_listed_and_gone_back_to(tertial: Run, file: Path, tmp_path: Path) -> None:
    before = stored(file)
    assert tertial("backup", "make", file).code == 0
    assert tertial("period", "open", file, "--period", "2024-T1").code == 0
    said = tertial("backup", "list", file)
    assert said.code == 0
    assert "Tatt på forespørsel  hel" in said.out
    listed = json.loads(tertial("backup", "list", file, "--json").out)
    number = next(one["number"] for one in listed if one["reason"] == "asked-for")
    assert all(one["whole"] for one in listed)
    assert tertial("backup", "restore", file, "--number", number).code == 0
    assert stored(file) == before
    assert "before-restore" in reasons(file, tmp_path)


def test_without_a_number_the_newest_that_is_whole_is_taken(tertial: Run, file: Path, tmp_path: Path) -> None:
    before = stored(file)
    assert tertial("backup", "make", file).code == 0
    assert tertial("backup", "make", file).code == 0
    newest, *_ = backups(file, tmp_path)
    change_behind_our_back(newest.path)
    file.write_bytes(b"")
    said = tertial("backup", "list", file)
    assert (said.code, said.out.splitlines()[0].split()[-1]) == (1, "skadet")
    assert tertial("backup", "restore", file).code == 0
    assert stored(file) == before


def test_a_number_that_is_not_in_the_list_is_refused(tertial: Run, file: Path) -> None:
    said = tertial("backup", "restore", file, "--number", 99)
    assert said.code == 2
    assert said.err.startswith("kommune.tertial har 2 sikkerhetskopier: velg et nummer")


def test_what_was_changed_behind_our_back_is_rescued_to_a_new_file(
    tertial: Run,
    file: Path,
    tmp_path: Path,
) -> None:
    before = stored(file)
    change_behind_our_back(file)
    damaged = file.read_bytes()
    said = tertial("recover", file, tmp_path / "reddet.tertial")
    assert said.code == 1
    assert said.out == "1 post i filen (Åsen skole) er annerledes enn i journalen, og blir som der.\n"
    assert stored(tmp_path / "reddet.tertial") == before
    assert problems_of(tmp_path / "reddet.tertial") == []
    assert file.read_bytes() == damaged


def test_a_whole_file_is_not_rescued(tertial: Run, file: Path, tmp_path: Path) -> None:
    said = tertial("recover", file, tmp_path / "reddet.tertial")
    assert (said.code, said.err) == (2, "kommune.tertial er hel: det er ingenting å gjenopprette.\n")
    assert not (tmp_path / "reddet.tertial").exists()


def test_where_nothing_can_be_rescued_the_backup_is_pointed_at(tertial: Run, file: Path, tmp_path: Path) -> None:
    file.write_bytes(b"")
    said = tertial("recover", file, tmp_path / "reddet.tertial")
    assert said.code == 2
    assert "Ingenting kan reddes av kommune.tertial." in said.err
    assert "er hel: «tertial backup restore»" in said.err


def test_a_file_without_one_of_its_guards_is_not_opened(tertial: Run, file: Path) -> None:
    assert tertial("verify", file).code == 0
    with closing(sqlite3.connect(file)) as stranger:
        stranger.execute("DROP TRIGGER what_was_reported_is_never_changed")
        stranger.commit()
    said = tertial("verify", file)
    assert said.code == 2
    assert "bygd om utenfor Tertial («what_was_reported_is_never_changed»)" in said.err
