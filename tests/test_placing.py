"""Where a portfolio lies: shared folders and network drives are recognised and told once, conflict copies always."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from db.conflict_copies import conflict_copies_of
from db.drives import is_network_name
from db.placing import Kind, Place, place_of
from db.store import open_store
from tests.test_store import sign
from tests.windows import Open, Script, made_id
from tracker.edits import added
from tracker.messages import message
from tracker.model import Project, ProjectId
from ui.settings import Settings

SYNCED = {
    "OneDrive - Bærum kommune": "OneDrive",
    "OneDrive": "OneDrive",
    "OneDrive-Kommune": "OneDrive",
    "SharePoint": "SharePoint",
    "Dropbox (Eiendom)": "Dropbox",
    "Google Drive": "Google Disk",
    "Nextcloud2": "Nextcloud",
    "Mobile Documents": "iCloud",
}
MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
//server/felles /mnt/felles\\040område cifs rw 0 0
kari@server:/ /mnt/hjemme fuse.sshfs rw 0 0
server:/data /mnt/data nfs4 rw 0 0
remote: /mnt/sky fuse.rclone rw 0 0
/dev/sdb1 /mnt/data/lokalt ext4 rw 0 0
"""


@pytest.mark.parametrize("folder", SYNCED)
def test_a_folder_of_a_sync_service_is_known_by_its_name(tmp_path: Path, folder: str) -> None:
    assert place_of(tmp_path / folder / "Prosjekter" / "p.tertial") == Place(kind=Kind.SYNCED, service=SYNCED[folder])


@pytest.mark.parametrize("folder", ["Onedriverprosjekt", "Dropboxen", "Prosjekter", "Mine dokumenter"])
def test_a_folder_that_only_resembles_one_is_not(tmp_path: Path, folder: str) -> None:
    assert place_of(tmp_path / folder / "OneDrive.tertial") is None


@pytest.mark.parametrize(("mark", "service"), [(".dropbox", "Dropbox"), (".stfolder", "Syncthing")])
def test_a_folder_of_any_name_is_known_by_what_the_service_left_in_it(tmp_path: Path, mark: str, service: str) -> None:
    (tmp_path / "Felles").mkdir()
    (tmp_path / "Felles" / mark).touch()
    assert place_of(tmp_path / "Felles" / "Bygg" / "p.tertial") == Place(kind=Kind.SYNCED, service=service)


def test_the_folder_that_onedrive_says_it_keeps_is_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OneDriveCommercial", str(tmp_path / "Arbeid"))
    assert place_of(tmp_path / "Arbeid" / "p.tertial") == Place(kind=Kind.SYNCED, service="OneDrive")


@pytest.mark.parametrize(
    ("folder", "place"),
    [
        ("/mnt/felles område/eiendom", Place(kind=Kind.NETWORK)),
        ("/mnt/hjemme", Place(kind=Kind.NETWORK)),
        ("/mnt/data", Place(kind=Kind.NETWORK)),
        ("/mnt/data/lokalt", None),
        ("/mnt/sky", Place(kind=Kind.SYNCED, service="rclone")),
        ("/home/kari", None),
    ],
)
def test_a_network_drive_is_known_by_how_it_is_mounted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: str, place: Place | None
) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(MOUNTS, encoding="utf-8")
    monkeypatch.setattr("sys.platform", "linux")
    assert place_of(Path(folder) / "p.tertial", mounts=mounts) == place


@pytest.mark.parametrize(
    ("name", "is_remote"),
    [
        (r"\\server\felles\p.tertial", True),
        (r"\\?\UNC\server\felles\p.tertial", True),
        (r"\\?\C:\Users\kari\p.tertial", False),
        (r"C:\Users\kari\p.tertial", False),
    ],
)
def test_a_windows_name_of_another_machine_is_known(name: str, is_remote: bool) -> None:  # noqa: FBT001
    assert is_network_name(name) is is_remote


COPIES = [
    "Prøve (Karis konflikterte kopi 2024-02-01).tertial",
    "Prøve-PC123.tertial",
    "Prøve (1).tertial",
    "Prøve.sync-conflict-20240201-101010-ABCDEFG.tertial",
]


def add_project(path: Path, number: int) -> None:
    with closing(open_store(path)) as store:
        project = Project(id=ProjectId(made_id(number)), name=f"Prosjekt {number}")
        store.commit(added(message("Nytt"), [project]), sign())


@pytest.mark.parametrize("name", COPIES)
def test_a_conflict_copy_is_found_with_what_only_it_knows(path: Path, name: str) -> None:
    copy = path.with_name(name)
    shutil.copyfile(path, copy)
    assert conflict_copies_of(path) == []
    add_project(path, 51)
    assert conflict_copies_of(path) == []
    add_project(copy, 52)
    add_project(copy, 53)
    (found,) = conflict_copies_of(path)
    assert (found.path, found.changes) == (copy, 2)


def test_another_portfolio_of_a_like_name_is_no_conflict_copy(path: Path) -> None:
    from tests.windows import portfolio_records, write

    write(path.with_name("Prøve-2022.tertial"), list(portfolio_records())[:3])
    add_project(path.with_name("Prøve-2022.tertial"), 51)
    (path.parent / "Prøve (konflikt).txt").touch()
    assert conflict_copies_of(path) == []


def test_a_conflict_copy_that_cannot_be_read_is_told_when_its_name_says_so(path: Path) -> None:
    path.with_name("Prøve (conflicted copy).tertial").write_bytes(b"")
    path.with_name("Prøve-PC123.tertial").write_bytes(b"")
    (found,) = conflict_copies_of(path)
    assert (found.path.name, found.changes) == ("Prøve (conflicted copy).tertial", None)


def test_a_portfolio_in_a_shared_folder_is_told_of_in_one_line_until_it_is_put_away(
    qtbot: QtBot, open_window: Open, path: Path, ask: Script, settings: Settings
) -> None:
    shared = path.parent / "OneDrive - Kommunen" / path.name
    shared.parent.mkdir()
    shutil.copyfile(path, shared)
    window = open_window(shared)
    qtbot.waitUntil(window.advice.isVisible)
    assert window.advice.told.text().startswith("Prøve.tertial ligger i en mappe som OneDrive synkroniserer")
    window.advice.dismiss.click()
    assert not window.advice.isVisible()
    window.close()
    again = open_window(shared)
    qtbot.waitUntil(lambda: again.desk.session.reading() is None)
    again.desk.jobs.wait()
    assert settings.is_quiet_about(shared)
    assert not again.advice.isVisible()
    assert ask.told == []


def test_a_conflict_copy_is_told_of_in_the_window_with_what_to_do(
    qtbot: QtBot, open_window: Open, path: Path, settings: Settings
) -> None:
    copy = path.with_name("Prøve-PC123.tertial")
    shutil.copyfile(path, copy)
    add_project(copy, 52)
    settings.be_quiet_about(path)
    window = open_window(path)
    qtbot.waitUntil(window.advice.isVisible)
    assert "«Prøve-PC123.tertial» er en konfliktkopi av Prøve.tertial med 1 endring" in window.advice.told.text()


def test_a_portfolio_on_ones_own_machine_is_said_nothing_of(qtbot: QtBot, open_window: Open, path: Path) -> None:
    window = open_window(path)
    qtbot.waitUntil(lambda: not window.desk.session._unchecked)  # noqa: SLF001
    window.desk.jobs.wait()
    qtbot.wait(1)
    assert not window.advice.isVisible()
