"""The window as its user meets it: opening, what needs attention, and files that can't be opened."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from db.store import open_store
from tests.windows import PERIOD, PROJECTS, Open, Script, labels, made_id, portfolio_records, shown, write
from tracker.model import PeriodState, Record, RecordId, Setting
from ui import theme
from ui.main_window import MainWindow
from ui.marks import Notice
from ui.settings import Settings

CTRL = Qt.KeyboardModifier.ControlModifier


def group_button(window: MainWindow, name: str) -> QPushButton:
    found = window.overview.findChild(QPushButton, f"group-{name}")
    assert isinstance(found, QPushButton)
    return found


def test_a_portfolio_opens_on_what_needs_attention(qtbot: QtBot, opened: MainWindow) -> None:
    qtbot.waitUntil(lambda: opened.desk.session.view.reads_texts)
    assert opened.windowTitle() == "Prøve.tertial – Tertial"
    assert opened.page is opened.overview
    assert "Årsmelding 2023" in labels(opened)
    assert "Prøve kommune" in labels(opened)
    assert [figure.value.text() for figure in opened.overview.figures] == [
        "7",
        "14\u00a0535",
        "39\u00a0689",
        "\u221225\u00a0154",
        "273,1\u00a0%",
    ]
    assert group_button(opened, "critical").text().startswith("2 ")
    assert group_button(opened, "no-text").text().startswith("5 ")
    assert opened.summary.text() == "7 prosjekter · Flagg: 3 kritiske, 5 advarsler og 5 merknader"


def test_what_needs_attention_leads_to_the_projects_that_do(qtbot: QtBot, opened: MainWindow) -> None:
    qtbot.mouseClick(group_button(opened, "critical"), Qt.MouseButton.LeftButton)
    assert opened.page is opened.projects
    assert shown(opened, "name") == ["Aasen bru", "Zoologisk park"]
    assert opened.projects.bar.count.text() == "2 av 7"
    qtbot.mouseClick(opened.projects.bar.subset, Qt.MouseButton.LeftButton)
    assert len(shown(opened, "name")) == len(PROJECTS)


def test_my_projects_are_those_i_am_responsible_for(open_window: Open, path: Path) -> None:
    window = open_window(path)
    window.open_project(made_id(5))
    window.project.fields.lines["responsible"].line.setText("kari")
    window.project.fields.finish()
    window.show_overview()
    assert group_button(window, "mine").text().startswith("1 ")


def test_pictures_lead_to_projects_and_areas(qtbot: QtBot, opened: MainWindow) -> None:
    opened.overview.deviations.setFocus()
    qtbot.keyClick(opened.overview.deviations, Qt.Key.Key_Return)
    assert opened.page is opened.project
    assert opened.project.title.text() == "Aasen bru"
    opened.show_overview()
    spot = opened.overview.areas.spots(opened.overview.areas.width())[0]
    qtbot.mouseClick(opened.overview.areas, Qt.MouseButton.LeftButton, pos=spot.area.center().toPoint())
    assert opened.page is opened.projects
    assert "Ærfuglveien" not in shown(opened, "name")


def test_the_deadline_is_set_and_counted_down(opened: MainWindow, ask: Script) -> None:
    assert opened.overview.deadline.text() == "Sett frist …"
    day = datetime.now().astimezone().date() + timedelta(days=9)
    ask.filled = {"deadline": f"{day:%d.%m.%Y}"}
    opened.overview.deadline.click()
    assert opened.overview.deadline.text() == "9 dager til fristen"


def test_a_new_period_keeps_completion_and_is_turned_to(opened: MainWindow, ask: Script) -> None:
    ask.filled = {}
    opened.deeds["new-period"].trigger()
    assert [opened.bar.period.itemText(at) for at in range(opened.bar.period.count())] == [
        "1. tertialrapport 2024",
        "Årsmelding 2023",
    ]
    assert opened.bar.period.currentText() == "1. tertialrapport 2024"
    QApplication.processEvents()
    assert (
        opened.bar.period.fontMetrics().horizontalAdvance(opened.bar.period.currentText())
        < opened.bar.period.width() - 20
    )
    opened.open_project(made_id(0))
    assert opened.project.fields.lines["completion"].line.text() == "4K-2025"
    assert opened.project.fields.texts["text"].typed == ""
    assert opened.project.fields.before.toPlainText().startswith("Bygget reises.")


def test_ctrl_o_opens_the_chosen_file_and_ctrl_q_closes(
    qtbot: QtBot, window: MainWindow, ask: Script, path: Path
) -> None:
    ask.file = path
    qtbot.keyClick(window, Qt.Key.Key_O, CTRL)
    assert window.windowTitle() == "Prøve.tertial – Tertial"
    qtbot.keyClick(window, Qt.Key.Key_Q, CTRL)
    assert not window.isVisible()


def test_the_first_start_offers_the_ways_in(window: MainWindow, ask: Script, tmp_path: Path) -> None:
    names = [button.text() for button in window.guide.buttons]
    assert names == ["Åpne …", "Lag eksempel …", "Importer …", "Ny portefølje …"]
    window.guide.buttons[0].click()
    assert window.windowTitle() == "Tertial"
    ask.into = tmp_path / "Eksempel"
    window.guide.buttons[1].click()
    assert window.windowTitle() == "Eksempel.tertial – Tertial"
    assert window.overview.figures[0].value.text() == "88"


def test_an_empty_portfolio_is_begun_with_the_municipalitys_name(
    window: MainWindow, ask: Script, tmp_path: Path
) -> None:
    ask.into, ask.filled = tmp_path / "Ny.tertial", {"owner": "Storåsen kommune"}
    window.deeds["begin"].trigger()
    assert "Ingen prosjekter ennå" in labels(window)
    assert window.desk.session.portfolio.municipality == "Storåsen kommune"


def test_files_opened_last_are_offered(open_window: Open, window: MainWindow, path: Path, settings: Settings) -> None:
    assert settings.recent == []
    open_window(path).close()
    window.welcome()
    assert window.guide.buttons[0].text() == "Prøve.tertial"
    window.guide.buttons[0].click()
    assert window.windowTitle() == "Prøve.tertial – Tertial"


def drop(window: MainWindow, file: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    event = QDropEvent(
        QPointF(10, 10),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    window.dropEvent(event)


def test_a_file_that_is_dropped_is_opened(window: MainWindow, path: Path) -> None:
    drop(window, path)
    assert window.windowTitle() == "Prøve.tertial – Tertial"


def test_a_file_of_another_kind_is_refused_when_dropped(window: MainWindow, ask: Script, tmp_path: Path) -> None:
    drop(window, tmp_path / "bilde.png")
    assert ask.told == ["bilde.png kan ikke leses inn: slipp en portefølje (.tertial) eller en rapport (.pdf, .txt)."]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"%PDF-1.4", "fremmed.tertial er ikke en Tertial-fil: velg en fil som slutter på .tertial."),
        (None, "Finner ikke fremmed.tertial: kontroller navnet og mappen."),
    ],
)
def test_a_file_that_cannot_be_opened_is_met_with_its_sentence(
    open_window: Open, ask: Script, tmp_path: Path, content: bytes | None, sentence: str
) -> None:
    path = tmp_path / "fremmed.tertial"
    if content is not None:
        path.write_bytes(content)
    window = open_window(path)
    assert [notice.text() for notice in window.guide.findChildren(Notice)] == [sentence]
    assert ask.told == []
    assert list(tmp_path.glob(".*")) == []


def test_what_is_open_stays_open_when_another_file_is_damaged(
    qtbot: QtBot, opened: MainWindow, ask: Script, tmp_path: Path
) -> None:
    damaged = tmp_path / "skadet.tertial"
    content = bytearray((tmp_path / "Prøve.tertial").read_bytes())
    content[200:20_000] = b"\xff" * (20_000 - 200)
    damaged.write_bytes(content)
    ask.file = damaged
    opened.deeds["open"].trigger()
    qtbot.waitUntil(lambda: bool(ask.told))
    assert ask.told == ["skadet.tertial er skadet: hent fram en sikkerhetskopi."]
    assert opened.windowTitle() == "Prøve.tertial – Tertial"
    assert opened.page is opened.overview


@pytest.mark.parametrize("records", [[], [PeriodState(id=RecordId(made_id(5000)), period=PERIOD)]])
def test_an_empty_portfolio_says_how_it_gets_projects(open_window: Open, tmp_path: Path, records: list[Record]) -> None:
    window = open_window(write(tmp_path / "Tom fil.tertial", records))
    assert window.windowTitle() == "Tom fil.tertial – Tertial"
    assert "Ingen prosjekter ennå" in labels(window)
    assert [button.text() for button in window.guide.buttons] == ["Velg regneark …", "Importer …", "Åpne …"]


def test_a_municipality_begins_with_its_sheet_of_projects(
    qtbot: QtBot, open_window: Open, ask: Script, tmp_path: Path
) -> None:
    window = open_window(write(tmp_path / "Ny.tertial", []))
    ask.file, ask.filled = tmp_path / "budsjett.csv", {"year": "2025"}
    ask.file.write_text("Prosjektnr;Prosjekt;2025\n41001;Ny skole;40 000 000\n", encoding="utf-8")
    qtbot.mouseClick(window.guide.buttons[0], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "1 prosjekt, men ingen periode ennå" in labels(window), timeout=10_000)
    ask.filled = {"period": "2025-T1", "deadline": ""}
    qtbot.mouseClick(window.guide.buttons[0], Qt.MouseButton.LeftButton)
    assert window.page is window.overview
    assert window.overview.title.text() == "1. tertialrapport 2025"


def test_a_limit_that_is_no_number_leaves_the_usual_ones(open_window: Open, tmp_path: Path) -> None:
    setting = Setting(id=RecordId("limit.year_percent"), value="ti")
    window = open_window(write(tmp_path / "p.tertial", [*portfolio_records(), setting]))
    assert group_button(window, "critical").text().startswith("2 ")


def test_a_second_window_reads_and_says_who_has_the_file(
    open_window: Open, opened: MainWindow, path: Path, ask: Script
) -> None:
    second = open_window(path)
    assert opened.desk.session.can_edit
    assert not second.desk.session.can_edit
    assert "Prøve.tertial er åpen hos Kari på" in second.read_only.text()
    second.open_project(made_id(0))
    assert second.project.fields.texts["text"].text.isReadOnly()
    assert not second.deeds["undo"].isEnabled()
    opened.close()
    third = open_window(path)
    assert third.desk.session.can_edit
    assert ask.told == []


def test_content_changed_behind_our_back_is_told_and_nothing_is_written(
    qtbot: QtBot, open_window: Open, path: Path, ask: Script
) -> None:
    with closing(sqlite3.connect(path)) as stranger:
        stranger.execute("UPDATE status SET text = 'Ukjent hånd' WHERE text <> ''")
        stranger.commit()
    window = open_window(path)
    qtbot.waitUntil(lambda: bool(ask.ways))
    assert ask.ways[0].trouble.startswith("Innholdet i Prøve.tertial er endret utenfor Tertial")
    assert not window.desk.session.can_edit


def test_the_whole_window_follows_when_the_look_changes(qtbot: QtBot, opened: MainWindow, settings: Settings) -> None:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    before = application.palette()
    opened.show_projects()
    try:
        opened.deeds["settings"].trigger()
        looks = opened.more("settings").row("own.theme").field.focusProxy()  # type: ignore[attr-defined]
        qtbot.keyClick(looks, Qt.Key.Key_End)
        qtbot.keyClick(looks, Qt.Key.Key_Up)
        assert settings.theme == "dark"
        opened.show_projects()
        view = opened.projects.table
        qtbot.waitUntil(lambda: view.grab().toImage().pixelColor(view.width() // 2, 2).lightness() < 60)
        assert view.viewport().palette().text().color().name().upper() == theme.DARK.text
        opened.open_project(made_id(0))
        field, bar = opened.project.fields.lines["completion"].line, opened.projects.bar
        for widget in (field, opened.project.fields.texts["text"].text, bar.search, bar.count, bar.columns_button):
            assert widget.grab().toImage().pixelColor(widget.width() // 2, 3).lightness() < 90, widget
            ink = widget.palette().color(widget.foregroundRole()).lightness()
            assert ink > 120, widget
    finally:
        application.setPalette(before)


def test_what_is_written_is_in_the_file_at_once(opened: MainWindow, path: Path) -> None:
    opened.open_project(made_id(0))
    opened.project.fields.lines["responsible"].line.setText("Per")
    opened.project.fields.finish()
    assert opened.saved.text().startswith("Lagret ")
    store = open_store(path, read_only=True)
    assert store.load().projects[made_id(0)].responsible == "Per"
    store.close()
