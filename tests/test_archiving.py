"""What goes to the archive: a locked period as PDF/A with its data, whole, provable, and the same each time."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from db.archiving import MANIFEST, SUMS
from tests.portfolios import stored
from tests.test_commands import Run, tertial
from tests.test_period_life import _own_data_folder
from tests.windows import PERIOD, portfolio_records, write
from tracker.guarding import newest_lock

__all__ = ["_own_data_folder", "tertial"]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return write(tmp_path / "Prøve.tertial", list(portfolio_records()))


def test_a_locked_period_is_archived_with_sums_that_prove_it(tertial: Run, file: Path, tmp_path: Path) -> None:
    folder = tmp_path / "arkiv"
    refused = tertial("archive", file, "--period", PERIOD, folder)
    assert (refused.code, "ikke låst" in refused.err, folder.exists()) == (2, True, False)
    assert tertial("period", "lock", file, "--period", PERIOD, "--accept-unapproved").code == 0
    assert tertial("archive", file, "--period", PERIOD, folder).code == 0
    contents = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    sums = dict(line.split("  ")[::-1] for line in contents[SUMS].decode().splitlines())
    assert sums == {name: hashlib.sha256(held).hexdigest() for name, held in contents.items() if name != SUMS}
    manifest = json.loads(contents[MANIFEST])
    lock = newest_lock(stored(file), PERIOD)
    assert lock is not None
    assert (manifest["period"], manifest["fingerprint"]) == (str(PERIOD), lock.fingerprint)
    assert {one["name"] for one in manifest["files"]} == set(contents) - {MANIFEST, SUMS}
    (pdf,) = [one["name"] for one in manifest["files"] if one["format"].startswith("PDF/A-2a")]
    assert b"<pdfaid:part>2" in contents[pdf]
    again = tmp_path / "igjen"
    assert tertial("archive", file, "--period", PERIOD, again).code == 0
    assert {name: (again / name).read_bytes() for name in contents} == contents
    assert tertial("import-portfolio", again / "data", tmp_path / "ny.tertial").code == 0
    assert stored(tmp_path / "ny.tertial") == stored(file)
    assert tertial("period", "reopen", file, "--period", PERIOD, "--reason", "En feil").code == 0
    assert tertial("archive", file, "--period", PERIOD, tmp_path / "åpen").code == 2


def test_a_folder_that_is_there_is_let_be_and_half_an_archive_is_none(
    tertial: Run, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert tertial("period", "lock", file, "--period", PERIOD, "--accept-unapproved").code == 0
    there = tmp_path / "arkiv"
    there.mkdir()
    assert tertial("archive", file, "--period", PERIOD, there).code == 2

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("db.archiving.export_portfolio", full)
    before = sorted(tmp_path.iterdir())
    assert tertial("archive", file, "--period", PERIOD, tmp_path / "ny").code == 2
    assert sorted(tmp_path.iterdir()) == before
