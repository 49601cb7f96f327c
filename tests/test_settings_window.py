"""The page of settings: everything in one place, whose it is told, each changed, undone, put back and carried."""

from __future__ import annotations

import json
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QPlainTextEdit
from pytestqt.qtbot import QtBot

from tests.arrivals import hand_out
from tests.windows import Open, Script, labels, made_id, write
from tracker.flags import Limits, limits_of
from tracker.settings.catalogue import CHOICES
from tracker.settings.choice import Shape
from ui.fields import LineField
from ui.main_window import MainWindow
from ui.own_choices import OWN_CHOICES
from ui.pages.settings import SettingsPage
from ui.setting_row import SettingRow
from ui.settings import Role, Settings
from ui.theme import GRID


def settings_page(window: MainWindow) -> SettingsPage:
    window.deeds["settings"].trigger()
    page = cast("SettingsPage", window.page)
    assert page is window.more("settings")
    return page


def type_in(qtbot: QtBot, row: SettingRow, typed: str) -> None:
    line = cast("LineField", row.field).line
    line.setFocus()
    line.selectAll()
    qtbot.keyClicks(line, typed)
    qtbot.keyClick(line, Qt.Key.Key_Return)


def test_every_setting_stands_on_the_page_with_what_it_is_for(opened: MainWindow) -> None:
    page = settings_page(opened)
    shown = {row.objectName() for group in (page.own, page.municipal) for row in group.rows}
    assert shown == {one.key for one in OWN_CHOICES} | {one.key for one in CHOICES if one.shape is not Shape.LONG}
    said = labels(page)
    assert "Ligger på denne maskinen og gjelder bare deg." in said
    assert "Ligger i Prøve.tertial og gjelder alle som bruker den. Alt kan angres." in said


def test_a_limit_is_typed_refused_used_undone_and_put_back(qtbot: QtBot, opened: MainWindow) -> None:
    page = settings_page(opened)
    row = page.row("limit.year_kroner")
    assert not row.back.isVisible()
    type_in(qtbot, row, "mange")
    assert "er ikke et beløp" in row.field.refusal.text()
    type_in(qtbot, row, "1,5 mill")
    assert cast("LineField", row.field).line.text() == "1\u00a0500\u00a0000"
    assert limits_of(opened.desk.session.portfolio).year_kroner == 1_500_000
    assert row.usual.text() == "Standard: 500\u00a0000 kr"
    opened.deeds["undo"].trigger()
    assert limits_of(opened.desk.session.portfolio) == Limits()
    opened.deeds["redo"].trigger()
    qtbot.mouseClick(row.back, Qt.MouseButton.LeftButton)
    assert limits_of(opened.desk.session.portfolio) == Limits()
    assert not row.back.isVisible()
    assert opened.page is page


def test_service_areas_are_listed_and_renamed_with_their_projects(
    qtbot: QtBot, opened: MainWindow, ask: Script
) -> None:
    page = settings_page(opened)
    row = page.row("service-areas")
    text = cast("QPlainTextEdit", row.field.focusProxy())
    text.setFocus()
    qtbot.keyClicks(text, "Teknisk")
    qtbot.keyClick(text, Qt.Key.Key_Return)
    qtbot.keyClicks(text, "Oppvekst")
    page.finish()
    assert opened.desk.session.portfolio.areas_in_order == ("Teknisk", "Oppvekst")
    ask.filled = {"before": "Oppvekst", "after": "Skole"}
    qtbot.mouseClick(row.deeds[0], Qt.MouseButton.LeftButton)
    assert text.toPlainText() == "Teknisk\nSkole"
    assert {one.service_area for one in opened.desk.session.portfolio.projects.values()} == {"Skole", None}


def test_searching_leaves_the_rows_that_have_the_words(qtbot: QtBot, opened: MainWindow) -> None:
    page = settings_page(opened)
    qtbot.keyClicks(page.search, "frist ÅRSMELDING")
    found = [row.objectName() for group in (page.own, page.municipal) for row in group.rows if row.isVisible()]
    assert found == ["deadline.Y"]
    assert [page.sections.item(at).text() for at in range(page.sections.count())] == [
        "Kommunens innstillinger",
        "Frister",
    ]
    qtbot.keyClicks(page.search, " xyz")
    assert page.nothing.isVisible()
    qtbot.keyClick(page.search, Qt.Key.Key_Escape)
    assert page.row("own.who").isVisible()
    qtbot.keyClick(page.search, Qt.Key.Key_Escape)
    assert opened.page is opened.overview


def test_what_a_search_leaves_stands_together(qtbot: QtBot, opened: MainWindow) -> None:
    page = settings_page(opened)
    qtbot.keyClicks(page.search, "frist")
    rows = [row for row in page.municipal.rows if row.isVisible()]
    qtbot.waitUntil(lambda: rows[0].y() - page.export.geometry().bottom() < 10 * GRID)
    assert [row.height() for row in rows] == [row.heightForWidth(row.width()) for row in rows]


def test_the_persons_settings_are_there_without_a_portfolio(
    qtbot: QtBot, window: MainWindow, settings: Settings
) -> None:
    page = settings_page(window)
    type_in(qtbot, page.row("own.who"), "Ola Nordmann")
    roles = cast("QComboBox", page.row("own.role").field.focusProxy())
    roles.setFocus()
    qtbot.keyClick(roles, Qt.Key.Key_Down)
    assert (settings.who, settings.role, window.desk.session.who) == ("Ola Nordmann", Role.READER, "Ola Nordmann")
    assert list(page.municipal.rows) == []
    assert "Åpne en portefølje" in page.municipal.notice.text()
    qtbot.mouseClick(page.back, Qt.MouseButton.LeftButton)
    assert window.page is window.guide


def test_a_new_portfolio_can_be_set_up_before_its_first_period(qtbot: QtBot, open_window: Open, tmp_path: Path) -> None:
    window = open_window(write(tmp_path / "Ny.tertial", []))
    page = settings_page(window)
    type_in(qtbot, page.row("limit.year_kroner"), "1,5 mill")
    incomes = cast("QComboBox", page.row("statement.signs.income").field.focusProxy())
    assert incomes.isEnabled()
    assert limits_of(window.desk.session.portfolio).year_kroner == 1_500_000


def test_a_package_shows_the_municipalitys_settings_and_lets_nobody_change_them(
    opened: MainWindow, open_window: Open, tmp_path: Path
) -> None:
    file = hand_out(opened, tmp_path, [made_id(5)], "Kari Nordmann")
    window = open_window(file.path)
    page = settings_page(window)
    assert "endres av controlleren" in page.municipal.notice.text()
    assert cast("LineField", page.row("limit.year_kroner").field).line.isReadOnly()
    assert not page.take_in.isEnabled()
    assert page.row("own.theme").field.focusProxy().isEnabled()


def test_the_municipalitys_settings_go_to_a_file_and_come_back_after_a_preview(
    qtbot: QtBot, opened: MainWindow, ask: Script, tmp_path: Path
) -> None:
    page = settings_page(opened)
    type_in(qtbot, page.row("limit.large_kroner"), "2 mill")
    ask.into = tmp_path / "innstillinger"
    qtbot.mouseClick(page.export, Qt.MouseButton.LeftButton)
    ask.file = tmp_path / "innstillinger.json"
    assert json.loads(ask.file.read_text("utf-8"))["settings"]["limit.large_kroner"] == 2_000_000
    opened.deeds["undo"].trigger()
    ask.agrees = False
    qtbot.mouseClick(page.take_in, Qt.MouseButton.LeftButton)
    assert ask.tables[-1].rows == [["Store avvik i året", "10\u00a0000\u00a0000 kr", "2\u00a0000\u00a0000 kr"]]
    assert limits_of(opened.desk.session.portfolio) == Limits()
    ask.agrees = True
    qtbot.mouseClick(page.take_in, Qt.MouseButton.LeftButton)
    assert limits_of(opened.desk.session.portfolio).large_kroner == 2_000_000
    ask.file.write_text("{", encoding="utf-8")
    qtbot.mouseClick(page.take_in, Qt.MouseButton.LeftButton)
    assert ask.told[-1].startswith("Filen med innstillinger er skadet")


def test_the_persons_settings_go_to_a_file_and_come_to_another_machine(
    qtbot: QtBot, window: MainWindow, ask: Script, settings: Settings, tmp_path: Path
) -> None:
    page = settings_page(window)
    settings.words, settings.role = ["spunt"], Role.PROJECT_MANAGER
    ask.into = ask.file = tmp_path / "mine.json"
    qtbot.mouseClick(page.export_own, Qt.MouseButton.LeftButton)
    settings.words, settings.role, settings.who = [], Role.CONTROLLER, "En annen"
    qtbot.mouseClick(page.take_in_own, Qt.MouseButton.LeftButton)
    assert [row[0] for row in ask.tables[-1].rows] == ["Navnet ditt", "Rollen din", "Dine egne ord"]
    assert (settings.words, settings.role, settings.who) == (["spunt"], Role.PROJECT_MANAGER, "Kari")
    ask.file.write_text('{"format": "tertial-settings"}', encoding="utf-8")
    qtbot.mouseClick(page.take_in_own, Qt.MouseButton.LeftButton)
    assert ask.told[-1].startswith("Filen har ikke egne innstillinger")


def test_what_has_a_page_of_its_own_leads_there(qtbot: QtBot, opened: MainWindow) -> None:
    page = settings_page(opened)
    qtbot.mouseClick(page.row("report.parts").deeds[0], Qt.MouseButton.LeftButton)
    assert opened.page is opened.more("report")


@pytest.mark.parametrize("key", ["own.backup-folder", "own.dictionaries"])
def test_a_folder_is_chosen_and_put_back(
    qtbot: QtBot, window: MainWindow, ask: Script, tmp_path: Path, key: str
) -> None:
    page = settings_page(window)
    row = page.row(key)
    ask.into = tmp_path / "mappe"
    qtbot.mouseClick(row.deeds[0], Qt.MouseButton.LeftButton)
    assert str(ask.into) in labels(row)
    qtbot.mouseClick(row.back, Qt.MouseButton.LeftButton)
    assert str(ask.into) not in labels(row)


def test_the_first_start_can_be_seen_again_and_changes_what_it_asks(
    qtbot: QtBot, window: MainWindow, settings: Settings
) -> None:
    from ui.first_start import FirstStart

    page = settings_page(window)
    qtbot.mouseClick(page.welcome, Qt.MouseButton.LeftButton)
    (again,) = window.findChildren(FirstStart)
    assert again.name.text() == "Kari"
    again.name.setText("Kari Nordmann")
    again.roles[Role.READER].click()
    qtbot.mouseClick(again.begin, Qt.MouseButton.LeftButton)
    assert (settings.who, settings.role) == ("Kari Nordmann", Role.READER)
    assert cast("LineField", page.row("own.who").field).line.text() == "Kari Nordmann"
