"""What a new user meets: one page with a default for everything, asked once, and a report a few clicks away.

Also with settings that are broken, too new or can't be written: the program starts, and says a sentence at most.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from db.own_settings import OwnSettings
from tests.arrivals import hand_out
from tests.windows import Open, Script, made_id, portfolio_records, write
from tracker.edits import Change, Edit
from tracker.messages import message
from tracker.model import Project
from ui import theme
from ui.app import begin
from ui.beginning import Beginning, example_path
from ui.first_start import FirstStart, Way
from ui.main_window import MainWindow
from ui.settings import Role, SavedView, Settings
from ui.words import words_in


@dataclass
class User:
    """Somebody with a mouse and a keyboard, whose clicks and keys are counted; text that is typed is not."""

    qtbot: QtBot
    clicks: int = 0
    done: list[str] = field(default_factory=list)

    def click(self, widget: QWidget) -> None:
        """Click on something that can be seen."""
        assert widget.isVisible()
        assert widget.isEnabled()
        self._count(widget.text() if isinstance(widget, QAbstractButton) else widget.accessibleName())
        self.qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)

    def press(self, key: Qt.Key) -> None:
        """Press a key where the cursor is."""
        focused = QApplication.focusWidget()
        assert focused is not None
        self._count(key.name)
        self.qtbot.keyClick(focused, key)

    def _count(self, what: str) -> None:
        self.clicks += 1
        self.done.append(what)


Start = Callable[..., Beginning]
"""Starts the program with some files."""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "innstillinger" / "settings.json"


@pytest.fixture
def user(qtbot: QtBot) -> User:
    return User(qtbot)


@pytest.fixture
def start(qtbot: QtBot, ask: Script, place: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Start]:
    """Start the program as often as a test likes, with documents in a folder of their own."""
    documents = place.parents[1] / "Dokumenter"
    documents.mkdir()
    monkeypatch.setenv("XDG_DOCUMENTS_DIR", str(documents))
    started: list[Beginning] = []

    def one(*files: Path) -> Beginning:
        beginning = begin(list(files), settings=Settings(place), ask=ask)
        started.append(beginning)
        shown = beginning.first or beginning.window
        assert shown is not None
        with qtbot.waitExposed(shown):
            beginning.show()
        shown.activateWindow()
        return beginning

    yield one
    for beginning in started:
        for window in (beginning.first, beginning.window):
            if window is not None:
                window.close()
                window.deleteLater()


def first_of(beginning: Beginning) -> FirstStart:
    assert beginning.first is not None
    assert beginning.window is None
    return beginning.first


def window_of(beginning: Beginning) -> MainWindow:
    assert beginning.window is not None
    assert beginning.window.isVisible()
    for _ in range(1000):
        if not beginning.window.isActiveWindow():
            QApplication.processEvents()
    return beginning.window


def test_a_new_user_has_a_report_in_a_few_clicks(user: User, start: Start, ask: Script, tmp_path: Path) -> None:
    ask.into = tmp_path / "Rapport.xlsx"
    beginning = start()
    user.qtbot.keyClicks(first_of(beginning).name, "Kari Nordmann")
    user.click(first_of(beginning).begin)
    window = window_of(beginning)
    assert window.desk.session.path == tmp_path / "Dokumenter" / "Eksempel.tertial"
    with user.qtbot.waitSignal(window.desk.jobs.busy, check_params_cb=lambda is_busy: not is_busy, timeout=60_000):
        user.qtbot.keyClick(window, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    user.clicks += 3  # at most: the menu, its line, and «Lagre» in the system's file dialog
    user.qtbot.waitUntil(ask.into.exists, timeout=60_000)
    assert ask.into.exists()
    assert user.clicks <= 4, user.done
    assert window.desk.session.who == "Kari Nordmann"
    assert ask.told == []


def test_the_same_with_the_keyboard_alone_and_never_asked_again(user: User, start: Start, place: Path) -> None:
    beginning = start()
    first = first_of(beginning)
    user.qtbot.keyClicks(first.name, "Kari")
    for key in (Qt.Key.Key_Tab, Qt.Key.Key_Up, Qt.Key.Key_Return):
        user.press(key)
    window = window_of(beginning)
    assert window.desk.session.path is not None
    assert user.clicks <= 3, user.done
    window.close()
    kept = Settings(place)
    assert (kept.is_new, kept.who, kept.role) == (False, "Kari", Role.PROJECT_MANAGER)
    assert start().first is None


def test_leaving_it_settles_nothing_and_it_comes_back_as_it_was(start: Start, place: Path) -> None:
    first = first_of(start())
    first.name.setText("Kari")
    first.roles[Role.READER].click()
    first.close()
    assert not place.exists()
    assert first_of(start()).roles[Role.CONTROLLER].isChecked()


def test_skipping_it_takes_every_default_and_shows_the_ways_in(user: User, start: Start, place: Path) -> None:
    beginning = start()
    user.click(first_of(beginning).skip)
    window = window_of(beginning)
    assert window.page is window.guide
    kept = Settings(place)
    assert (kept.is_new, kept.role, kept.language) == (False, Role.CONTROLLER, "nb")
    assert kept.backup_folder == kept.usual_backup_folder


@pytest.mark.parametrize("role", list(Role))
def test_a_file_that_was_sent_opens_on_what_the_role_sees_first(
    user: User, start: Start, tmp_path: Path, role: Role
) -> None:
    records = [
        replace(one, responsible="Kari Nordmann") if isinstance(one, Project) and one.id == made_id(5) else one
        for one in portfolio_records()
    ]
    file = write(tmp_path / "Pakke & co.tertial", records)
    beginning = start(file)
    first = first_of(beginning)
    assert first.ways[Way.FILE].text() == "Pakke && co.tertial"
    user.qtbot.keyClicks(first.name, "kari nordmann")
    user.click(first.roles[role])
    user.click(first.begin)
    window = window_of(beginning)
    assert window.desk.session.path == file
    if role is Role.PROJECT_MANAGER:
        assert window.page is window.projects
        assert list(window.projects.model.keys()) == [made_id(5)]
        user.qtbot.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert window.page is window.overview
    assert window.desk.session.can_edit is (role is not Role.READER)


def test_a_package_knows_whose_it_is_so_that_one_click_opens_their_projects(
    user: User, start: Start, opened: MainWindow, tmp_path: Path
) -> None:
    project = opened.desk.session.portfolio.projects[made_id(5)]
    responsible = replace(project, responsible="Kari Nordmann")
    opened.desk.session.perform(Edit(message("Ansvarlig"), (Change(project, responsible),)))
    package = hand_out(opened, tmp_path, [made_id(5)], "Kari Nordmann").path
    beginning = start(package)
    first = first_of(beginning)
    assert (first.name.text(), first.roles[Role.PROJECT_MANAGER].isChecked()) == ("Kari Nordmann", True)
    user.click(first.begin)
    window = window_of(beginning)
    assert list(window.projects.model.keys()) == [made_id(5)]
    assert user.clicks == 1


def test_a_reader_is_in_nobodys_way(user: User, start: Start, open_window: Open, tmp_path: Path) -> None:
    file = write(tmp_path / "Prøve.tertial", list(portfolio_records()))
    beginning = start(file)
    user.click(first_of(beginning).roles[Role.READER])
    user.click(first_of(beginning).begin)
    assert "leser" in window_of(beginning).read_only.text()
    assert open_window(file).desk.session.can_edit


def test_the_page_follows_when_the_look_changes(user: User, start: Start) -> None:
    assert user is not None
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    before, first = application.palette(), first_of(start())
    try:
        for look in (theme.DARK, theme.LIGHT):
            theme.dress(application, look)
            QApplication.processEvents()
            for widget in (first, first.name.parentWidget()):
                assert widget.grab().toImage().pixelColor(1, 1).name().upper() == look.window
    finally:
        application.setPalette(before)


def test_the_language_changes_the_page_at_once_and_the_window_after(user: User, start: Start) -> None:
    beginning = start()
    first = first_of(beginning)
    first.name.setText("Kari")
    first.language.setCurrentIndex(first.language.findData("en"))
    first.language.activated.emit(first.language.currentIndex())
    assert (first.language.currentData(), first.name.text()) == ("en", "Kari")
    user.click(first.skip)
    assert window_of(beginning).desk.settings.language == "nb"


def test_the_folder_for_backups_is_chosen_and_used(user: User, start: Start, ask: Script, tmp_path: Path) -> None:
    ask.into = tmp_path / "kopier"
    file = write(tmp_path / "Prøve.tertial", list(portfolio_records()))
    beginning = start(file)
    user.click(first_of(beginning).choose_folder)
    user.click(first_of(beginning).begin)
    window_of(beginning).deeds["back-up"].trigger()
    assert [one.suffix for one in ask.into.rglob("*.tertial")] == [".tertial"]


@pytest.mark.parametrize(
    "content",
    [
        "",
        "\x00\xff garbage",
        "[" * 50_000,
        "[1, 2]",
        '{"who": 5, "role": [], "language": {}, "theme": 1, "scale": "stor", "recent": "x", "views": [1], "words": 3}',
        (
            '{"who": "", "role": "keiser", "language": "xx", "theme": "rosa", "scale": 17, "recent": ["\\u0000"], '
            '"views": ["{}", "[]", "{\\"columns\\": 3}"], "backup_months": -1, "geometry": "%%%"}'
        ),
        '{"version": 99, "who": "Kari", "scale": 150, "newer": {"deep": [1, 2]}}',
    ],
)
def test_broken_wrong_and_newer_settings_let_the_program_start(place: Path, start: Start, content: str) -> None:
    place.parent.mkdir()
    place.write_bytes(content.encode("latin-1"))
    beginning = start()
    shown = beginning.first or beginning.window
    assert shown is not None
    kept = Settings(place)
    assert kept.scale in {100, 150}
    assert kept.views == []
    assert kept.theme == ""
    kept.theme = "dark"
    assert Settings(place).theme == "dark"
    if "newer" in content:
        assert json.loads(place.read_text("utf-8"))["newer"] == {"deep": [1, 2]}
        assert kept.who == "Kari"


def test_settings_that_cannot_be_read_are_kept_aside_and_told_of_once(place: Path) -> None:
    place.parent.mkdir()
    place.write_text("{ ødelagt", encoding="utf-8")
    kept = Settings(place)
    trouble = kept.take_trouble()
    assert trouble is not None
    assert "settings.json.skadet" in words_in()(trouble)
    assert kept.take_trouble() is None
    assert place.with_name("settings.json.skadet").read_text("utf-8") == "{ ødelagt"
    assert Settings(place).take_trouble() is None


def test_where_nothing_can_be_written_everything_works_until_the_program_ends(start: Start, place: Path) -> None:
    place.parent.write_text("en fil der mappen skulle vært", encoding="utf-8")
    beginning = start()
    first_of(beginning).roles[Role.READER].click()
    first_of(beginning).skip.click()
    window = window_of(beginning)
    assert "kan ikke lagres" in window.statusBar().currentMessage()
    window.desk.settings.theme = "dark"
    assert window.desk.settings.theme == "dark"


def test_what_the_machines_owner_has_set_is_where_everybody_begins(tmp_path: Path) -> None:
    machine = tmp_path / "machine.json"
    machine.write_text(json.dumps({"language": "nn", "backup_folder": "/server/kopier"}), encoding="utf-8")
    kept = OwnSettings(tmp_path / "own.json", beneath=machine)
    assert (kept.value("language", "nb"), kept.value("backup_folder", "")) == ("nn", "/server/kopier")
    kept.keep(language="en")
    assert OwnSettings(tmp_path / "own.json", beneath=machine).value("language", "nb") == "en"


def test_what_an_earlier_version_kept_is_taken_over(place: Path) -> None:
    place.parent.mkdir()
    old = QSettings(str(place.with_name("tertial.ini")), QSettings.Format.IniFormat)
    view = json.dumps({"name": "Mine", "columns": ["name"]})
    for name, value in {"who": "Kari", "scale": 150, "views": json.dumps([view])}.items():
        old.setValue(name, value)
    old.sync()
    kept = Settings(place)
    assert (kept.is_new, kept.who, kept.scale) == (False, "Kari", 150)
    assert kept.views == [SavedView(name="Mine", columns=("name",))]


def test_without_a_folder_of_documents_it_is_asked_where_the_example_goes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DOCUMENTS_DIR", str(tmp_path / "finnes ikke"))
    assert example_path("nb") is None


def test_a_second_example_does_not_write_over_the_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DOCUMENTS_DIR", str(tmp_path))
    assert example_path("nb") == tmp_path / "Eksempel.tertial"
    (tmp_path / "Eksempel.tertial").touch()
    assert example_path("nb") == tmp_path / "Eksempel 2.tertial"
    assert words_in()(message("Eksempel")) == "Eksempel"
