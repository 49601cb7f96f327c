"""What is promised of an encrypted portfolio where packages, damage, backups and people's names meet it."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from pytestqt.qtbot import QtBot

from db.backup import backups_folder, backups_of
from db.conflict_copies import conflict_copies_of
from db.hot_journal import journal_of
from db.key import Key, KeyNeeded, new_key, salt_of
from db.package import kin_of
from db.recovering import recover
from db.rewriting import rewrite
from db.salvaging import salvage
from db.sqlcipher import connected_by
from db.store import open_store
from db.trouble import Damage
from db.ways_back import ways_back
from db.wholeness import problems_of, require_whole
from tests.keys import quick_keys
from tests.test_commands import Run, tertial
from tests.test_encryption import half_done, plain_places
from tests.test_store import sign
from tests.windows import Open, Script, made_id, portfolio_records, write
from tracker.edits import added
from tracker.messages import message
from tracker.model import Project, ProjectId
from ui.commands.unlocking import PASSPHRASE as IN_ENVIRONMENT
from ui.main_window import MainWindow
from ui.pages.incoming import IncomingPage
from ui.settings import Settings

pytest.importorskip("sqlcipher3", reason="the extra «encryption» is not installed")

__all__ = ["quick_keys", "tertial"]
PASSPHRASE, OTHER = "ærlig hest på tak", "blå brunost i oktober"
TEXT = "Åsveien skole"
PAGE = 4096


@pytest.fixture(scope="module")
def key() -> Key:
    return new_key(PASSPHRASE)


@pytest.fixture(scope="module")
def other() -> Key:
    return new_key(OTHER)


@pytest.fixture
def locked(tmp_path: Path, key: Key) -> Path:
    """Write a portfolio in which Kari answers for a project, and put a passphrase on it."""
    records = [
        replace(one, responsible="Kari Nordmann") if isinstance(one, Project) and one.id == made_id(0) else one
        for one in portfolio_records()
    ]
    path = write(tmp_path / "Prøve.tertial", records)
    rewrite(path, None, key)
    return path


@pytest.fixture(autouse=True)
def left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep what is written in temporary folders, where somebody with the disk in hand would look for it."""
    folder = tmp_path / "midlertidig"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    monkeypatch.setattr(tempfile.TemporaryDirectory, "_rmtree", classmethod(lambda *_, **__: None))
    monkeypatch.setattr("ui.commands.safekeeping.backups_root", lambda: tmp_path / "kopier")
    monkeypatch.setenv(IN_ENVIRONMENT, PASSPHRASE)
    return folder


def change_behind_our_back(path: Path, key: Key) -> None:
    with closing(connected_by(key, path, "rw")) as stranger:
        stranger.execute("UPDATE status SET text = 'Ukjent hånd' WHERE text <> ''")


def add_project(path: Path, key: Key, number: int) -> None:
    with closing(open_store(path, key=key)) as store:
        project = Project(id=ProjectId(made_id(number)), name=f"Prosjekt {number}")
        store.commit(added(message("Nytt"), [project]), sign())


def drop(window: MainWindow, path: Path) -> None:
    """Drop a file on the window."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    at, left_button, none = QPointF(10, 10), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    window.dropEvent(QDropEvent(at, Qt.DropAction.CopyAction, data, left_button, none))


def incoming(qtbot: QtBot, window: MainWindow) -> IncomingPage:
    """Wait for the page of what came, and return it."""
    qtbot.waitUntil(lambda: window.page is window._more.get("incoming"))  # noqa: SLF001
    page = window.more("incoming")
    assert isinstance(page, IncomingPage)
    return page


# Damage.


def test_the_thorough_look_needs_the_key_and_never_takes_a_missing_one_for_damage(
    locked: Path, key: Key, other: Key
) -> None:
    assert problems_of(locked, key=key) == []
    for wrong in (None, other):
        for look in (problems_of, require_whole, salvage):
            with pytest.raises(KeyNeeded, match="er kryptert"):
                look(locked, key=wrong)  # type: ignore[operator]
    change_behind_our_back(locked, key)
    with pytest.raises(Damage):
        require_whole(locked, key=key)


def test_what_is_saved_of_an_encrypted_file_is_encrypted_and_so_is_every_copy_on_the_way(
    locked: Path, key: Key, left: Path, tmp_path: Path
) -> None:
    change_behind_our_back(locked, key)
    saved = salvage(locked, key=key)
    assert saved is not None
    recover(saved, tmp_path / "ny.tertial", sign(), key=key)
    assert problems_of(tmp_path / "ny.tertial", key=key) == []
    locked.write_bytes(locked.read_bytes()[: -2 * PAGE])
    ways_back(locked, message("Skadet"), folder=tmp_path, key=key)
    assert list(left.iterdir())
    assert plain_places(tmp_path, TEXT) == plain_places(tmp_path, "CREATE TABLE") == []


def test_a_file_whose_salt_is_damaged_is_saved_by_its_backups_passphrase(
    locked: Path, tertial: Run, key: Key, tmp_path: Path
) -> None:
    assert tertial("backup", "make", locked).code == 0
    locked.write_bytes(b"\0" * 16 + locked.read_bytes()[16:])
    said = tertial("recover", locked, tmp_path / "ny.tertial")
    assert said.code == 0
    assert salt_of(tmp_path / "ny.tertial") == key.salt
    assert problems_of(tmp_path / "ny.tertial", key=key) == []
    assert tertial("backup", "restore", locked).code == 0
    assert problems_of(locked, key=key) == []


def test_a_strange_journal_beside_an_encrypted_file_is_put_aside_and_its_own_is_rolled_back(
    locked: Path, key: Key, other: Key, tmp_path: Path
) -> None:
    killed = half_done(locked, key)
    strange = tmp_path / "annen" / locked.name
    strange.parent.mkdir()
    shutil.copyfile(locked, strange)
    rewrite(strange, key, other)
    plain = tmp_path / "klar" / locked.name
    plain.parent.mkdir()
    write(plain, list(portfolio_records()))
    for journal in (journal_of(half_done(strange, other)), journal_of(half_done(plain, None))):
        shutil.copyfile(journal, journal_of(locked))
        assert problems_of(locked, key=key) == []
        locked.with_name(f"{locked.name}.fremmed-journal").unlink()
    assert problems_of(killed, key=key) == []
    assert not killed.with_name(f"{killed.name}.fremmed-journal").exists()


def test_a_damaged_encrypted_file_is_mended_in_the_window_with_the_passphrase_typed_once(  # noqa: PLR0913, PLR0917
    qtbot: QtBot, open_window: Open, ask: Script, locked: Path, key: Key, left: Path, tmp_path: Path
) -> None:
    change_behind_our_back(locked, key)
    ask.filled, ask.chosen = {"passphrase": PASSPHRASE}, 0
    window = open_window(locked)
    qtbot.waitUntil(lambda: window.desk.session.can_edit and bool(ask.ways))
    assert len(ask.forms) == 1
    assert problems_of(locked, key=key) == []
    window.deeds["look-through"].trigger()
    qtbot.waitUntil(lambda: bool(ask.told))
    assert ask.told == ["Prøve.tertial er hel: innholdet stemmer med journalen."]
    assert list(left.iterdir())
    assert plain_places(tmp_path, TEXT) == []


def test_an_encrypted_file_that_cant_be_opened_is_restored_with_the_passphrase_typed_once(  # noqa: PLR0913, PLR0917
    qtbot: QtBot, open_window: Open, ask: Script, locked: Path, key: Key, settings: Settings
) -> None:
    ask.filled, ask.chosen = {"passphrase": PASSPHRASE}, 0
    first = open_window(locked)
    first.deeds["back-up"].trigger()
    first.close()
    locked.write_bytes(b"\0" * 16 + locked.read_bytes()[16 : 3 * PAGE])
    ask.forms.clear()
    window = open_window(locked)
    qtbot.waitUntil(lambda: window.desk.session.can_edit)
    assert (len(ask.forms), problems_of(locked, key=key)) == (1, [])
    kept = backups_folder(locked, root=settings.data_folder / "backups")
    assert any(one.suffix == ".skadet" for one in kept.iterdir())


# Commands.


def test_backups_of_an_encrypted_file_are_made_listed_and_restored_by_commands(
    locked: Path, tertial: Run, key: Key, other: Key, tmp_path: Path
) -> None:
    assert tertial("backup", "make", locked).code == 0
    folder = backups_folder(locked, root=tmp_path / "kopier")
    (made,) = backups_of(folder)
    assert salt_of(made.path) == key.salt
    said = tertial("backup", "list", locked)
    assert (said.code, said.out.split()[-1]) == (0, "hel")
    earlier = made.path.with_name(made.path.name.replace("asked-for", "before-lock").replace(" 20", " 19"))
    shutil.copyfile(made.path, earlier)
    rewrite(earlier, key, other)
    said = tertial("backup", "list", locked)
    assert (said.code, "kryptert med et annet passord" in said.out, "skadet" in said.out) == (0, True, False)
    change_behind_our_back(locked, key)
    said = tertial("verify", locked)
    assert (said.code, "Prøve.tertial er endret utenfor Tertial" in said.err) == (1, True)
    assert tertial("backup", "restore", locked).code == 0
    assert tertial("verify", locked).code == 0
    assert "Passordet er ikke det" in tertial("backup", "restore", locked, "--number", "2").err
    assert problems_of(locked, key=key) == []


def test_a_damaged_encrypted_file_is_saved_by_the_command_as_an_encrypted_one(
    locked: Path, tertial: Run, key: Key, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(IN_ENVIRONMENT, "noe helt annet")
    said = tertial("recover", locked, tmp_path / "ny.tertial")
    assert (said.code, said.err.startswith("Passordet er ikke det som Prøve.tertial er kryptert med")) == (2, True)
    monkeypatch.setenv(IN_ENVIRONMENT, PASSPHRASE)
    assert "er hel: det er ingenting å gjenopprette" in tertial("recover", locked, tmp_path / "ny.tertial").err
    change_behind_our_back(locked, key)
    assert tertial("recover", locked, tmp_path / "ny.tertial").code in {0, 1}
    assert problems_of(tmp_path / "ny.tertial", key=key) == []


def test_a_name_is_listed_and_taken_away_in_an_encrypted_file_which_stays_so(
    locked: Path, tertial: Run, key: Key, tmp_path: Path
) -> None:
    assert tertial("backup", "make", locked).code == 0
    assert "Kari Nordmann" in tertial("persons", "list", locked).out
    said = tertial("persons", "remove", locked, "Kari Nordmann", "--sure")
    assert said.code == 0
    assert "1 sikkerhetskopi har navnet" in said.err
    assert (salt_of(locked), problems_of(locked, key=key)) == (key.salt, [])
    assert "Kari Nordmann" not in tertial("persons", "list", locked).out
    assert plain_places(tmp_path, TEXT) == []


def test_a_name_is_taken_away_in_the_window_of_an_encrypted_file(
    qtbot: QtBot, open_window: Open, ask: Script, locked: Path, key: Key
) -> None:
    ask.filled = {"passphrase": PASSPHRASE, "deed": "remove"}
    window = open_window(locked)
    ask.chosen, ask.agrees = 0, True
    window.deeds["persons"].trigger()
    qtbot.waitUntil(lambda: any(one.title == "Bytte ut navnet overalt" for one in ask.tables))
    qtbot.waitUntil(lambda: not window.desk.jobs._running)  # noqa: SLF001
    names = {one.responsible for one in window.desk.session.portfolio.projects.values()}
    assert "Kari Nordmann" not in names
    assert (salt_of(locked), problems_of(locked, key=key)) == (key.salt, [])


# Files that come.


def test_a_copy_of_an_encrypted_portfolio_is_told_of_dropped_and_seen_without_asking_again(
    qtbot: QtBot, open_window: Open, ask: Script, locked: Path, key: Key
) -> None:
    copy = locked.with_name("Prøve-PC123.tertial")
    shutil.copyfile(locked, copy)
    add_project(copy, key, 52)
    assert [one.changes for one in conflict_copies_of(locked, key=key)] == [1]
    ask.filled = {"passphrase": PASSPHRASE}
    window = open_window(locked)
    qtbot.waitUntil(window.advice.isVisible)
    assert "«Prøve-PC123.tertial» er en konfliktkopi av Prøve.tertial med 1 endring" in window.advice.told.text()
    drop(window, copy)
    page = incoming(qtbot, window)
    assert window.desk.session.path == locked
    qtbot.mouseClick(page.take, Qt.MouseButton.LeftButton)
    assert made_id(52) in window.desk.session.portfolio.projects
    assert len(ask.forms) == 1


def test_a_file_of_another_passphrase_asks_once_or_says_that_it_is_encrypted(  # noqa: PLR0913, PLR0917
    qtbot: QtBot, open_window: Open, ask: Script, locked: Path, key: Key, other: Key
) -> None:
    copy = locked.with_name("Kopi.tertial")
    shutil.copyfile(locked, copy)
    add_project(copy, key, 52)
    rewrite(copy, key, other)
    with pytest.raises(KeyNeeded):
        kin_of(copy, key=key)
    ask.filled = {"passphrase": PASSPHRASE}
    window = open_window(locked)
    ask.filled = None
    drop(window, copy)
    assert ask.told == ["Kopi.tertial er kryptert, og passordet ble ikke skrevet."]
    drop(window, copy.parent)
    page = incoming(qtbot, window)
    assert "Kopi.tertial er kryptert: skriv passordet." in page.brought.about.text()
    assert not page.take.isEnabled()
    ask.filled = {"passphrase": OTHER}
    ask.forms.clear()
    drop(window, copy)
    qtbot.waitUntil(lambda: page.arrival is not None and page.arrival.came is not None)
    drop(window, copy)
    qtbot.mouseClick(page.take, Qt.MouseButton.LeftButton)
    assert made_id(52) in window.desk.session.portfolio.projects
    assert len(ask.forms) == 1


def test_a_package_of_an_encrypted_portfolio_is_in_no_temporary_folder(
    locked: Path, tertial: Run, left: Path, tmp_path: Path
) -> None:
    (tmp_path / "ut").mkdir()
    assert tertial("package", "out", locked, "--to", tmp_path / "ut").code == 0
    assert [one.name for one in (tmp_path / "ut").iterdir()] == ["Kari Nordmann.tertial"]
    assert list(left.iterdir()) == []
    with closing(sqlite3.connect(tmp_path / "ut" / "Kari Nordmann.tertial")) as package:
        assert package.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert tertial("package", "in", locked, tmp_path / "ut").code == 0
