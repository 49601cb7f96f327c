"""A file that Tertial writes is there whole or as it was, and what has taken its name is on the disk already."""

from __future__ import annotations

import os
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from db.backup import BackupReason, back_up
from db.store import new_store, open_store
from db.whole_file import write_whole


class Disk:
    """What was synced, and what was given a name, in order; each is done too."""

    def __init__(self, patched: pytest.MonkeyPatch) -> None:
        self.done: list[tuple[str, str]] = []
        self._sync, self._replace, self._link = os.fsync, os.replace, os.link
        patched.setattr("os.fsync", self.sync)
        patched.setattr("os.replace", self.replace)
        patched.setattr("os.link", self.link)

    def sync(self, descriptor: int) -> None:
        """Note what a descriptor is of."""
        self.done.append(("sync", str(Path(f"/proc/self/fd/{descriptor}").readlink())))
        self._sync(descriptor)

    def replace(self, source: Path, target: Path) -> None:
        """Note who takes the name."""
        self.done.append((f"{source} is named", str(target)))
        self._replace(source, target)

    def link(self, source: Path, target: Path) -> None:
        """Note who takes the name."""
        self.done.append((f"{source} is named", str(target)))
        self._link(source, target)

    def keeps(self, path: Path) -> bool:
        """Whether the file of a name had been synced when it got it, and the name was synced after."""
        (named,) = (at for at, (_, what) in enumerate(self.done) if what == str(path))
        source = self.done[named][0].removesuffix(" is named")
        before, after = self.done[:named], self.done[named + 1 :]
        return ("sync", source) in before and ("sync", str(path.parent)) in after


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Disk:
    if not Path("/proc/self/fd").is_dir():
        pytest.skip("what is synced can't be seen here")
    return Disk(monkeypatch)


def test_a_power_cut_after_a_file_was_replaced_leaves_no_empty_file_in_its_place(tmp_path: Path, disk: Disk) -> None:
    path = tmp_path / "rapport.xlsx"
    path.write_bytes(b"gammel")
    write_whole(path, lambda beside: beside.write_bytes(b"ny"))
    assert path.read_bytes() == b"ny"
    assert disk.keeps(path)


def test_a_new_portfolio_and_a_backup_survive_a_power_cut_once_they_are_told(tmp_path: Path, disk: Disk) -> None:
    path = tmp_path / "p.tertial"
    with new_store(path):
        pass
    made = back_up(path, folder=tmp_path, reason=BackupReason.DAILY, now=datetime(2024, 2, 1, tzinfo=UTC))
    assert disk.keeps(path)
    assert disk.keeps(made.path)
    with closing(open_store(path)) as store:
        assert store.verify() == []
    assert sorted(tmp_path.iterdir()) == sorted([path, made.path])


def test_what_fails_while_it_is_written_leaves_the_old_file_and_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "rapport.xlsx"
    path.write_bytes(b"gammel")

    def fail(beside: Path) -> None:
        beside.write_bytes(b"halv")
        raise ValueError

    with pytest.raises(ValueError, match=r"^$"):
        write_whole(path, fail)
    assert [(one.name, one.read_bytes()) for one in tmp_path.iterdir()] == [("rapport.xlsx", b"gammel")]


def test_a_name_as_long_as_a_name_can_be_is_written(tmp_path: Path) -> None:
    path = tmp_path / f"{'r' * 250}.xlsx"
    write_whole(path, lambda beside: beside.write_bytes(b"ny"))
    assert path.read_bytes() == b"ny"
