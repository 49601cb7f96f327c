"""Whole pieces of work, from the start to what was wanted, with keys and clicks."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from db.store import open_store
from tests.windows import PERIOD, PROJECTS, Open, Script, made_id, reasons_of_backups, section_of, shown
from ui.main_window import MainWindow
from ui.settings import Settings

CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
ROOT = Path(__file__).parents[1]


def texts(path: Path) -> dict[str, str]:
    with closing(open_store(path, read_only=True)) as store:
        portfolio = store.load()
        assert store.verify() == []
    return {portfolio.projects[one.project].name: one.text for one in portfolio.statuses.values()}


def test_a_project_manager_updates_five_projects_and_undoes_one(qtbot: QtBot, open_window: Open, path: Path) -> None:
    window = open_window(path)
    qtbot.keyClick(window, Qt.Key.Key_2, CTRL)
    qtbot.keyClick(window.projects.table, Qt.Key.Key_Return)
    for number in range(5):
        text = window.project.fields.texts["text"].text
        assert text.hasFocus()
        qtbot.keyClick(text, Qt.Key.Key_A, CTRL)
        qtbot.keyClicks(text, f"Status {number}")
        qtbot.keyClick(window, Qt.Key.Key_Down, ALT)
    window.show_overview()
    qtbot.keyClick(window, Qt.Key.Key_Z, CTRL)
    window.close()
    written = texts(path)
    assert [written[name] for name, *_ in PROJECTS[:4]] == [f"Status {number}" for number in range(4)]
    assert written[PROJECTS[4][0]] == ""


def test_a_controller_finds_the_largest_overspends_explains_one_and_reports(
    qtbot: QtBot, open_window: Open, path: Path, ask: Script, tmp_path: Path
) -> None:
    window = open_window(path)
    window.show_projects()
    field = window.projects.filters.fields["deviation"]
    field.setFocus()
    with qtbot.waitSignal(window.projects.arranged):
        qtbot.keyClicks(field, "<0")
    window.projects.table.horizontalHeader().setSortIndicator(
        section_of(window, "deviation"), Qt.SortOrder.AscendingOrder
    )
    assert shown(window, "name") == ["Aasen bru"]
    window.projects.table.setFocus()
    qtbot.keyClick(window.projects.table, Qt.Key.Key_Return)
    explanation = window.project.fields.texts["explanation"].text
    explanation.setFocus()
    qtbot.keyClicks(explanation, "Tilleggsarbeider i grunnen")
    ask.into = tmp_path / "rapport"
    with qtbot.waitSignal(window.desk.jobs.busy, check_params_cb=lambda busy: not busy):
        qtbot.keyClick(window, Qt.Key.Key_E, CTRL)
    book = load_workbook(tmp_path / "rapport.xlsx")
    cells = [str(cell.value) for sheet in book for row in sheet for cell in row if cell.value is not None]
    assert any("Tilleggsarbeider i grunnen" in cell for cell in cells)
    ask.into = tmp_path
    with qtbot.waitSignal(window.desk.jobs.busy, check_params_cb=lambda busy: not busy):
        window.deeds["export"].trigger()
    exported = json.loads((tmp_path / "Prøve" / "portfolio.json").read_text(encoding="utf-8"))
    assert "Tilleggsarbeider i grunnen" in [row["explanation"] for row in exported["tables"]["status"]]


def test_keyboard_only_from_start_to_finished_report(
    qtbot: QtBot, window: MainWindow, ask: Script, path: Path, tmp_path: Path
) -> None:
    ask.file, ask.into = path, tmp_path / "r.xlsx"
    qtbot.keyClick(window, Qt.Key.Key_O, CTRL)
    qtbot.keyClick(window, Qt.Key.Key_2, CTRL)
    qtbot.keyClick(window, Qt.Key.Key_F, CTRL)
    with qtbot.waitSignal(window.projects.arranged):
        qtbot.keyClicks(QApplication.focusWidget(), "østbyen")
    window.projects.table.setFocus()
    ask.command_name = "Østbyen bad"
    qtbot.keyClick(window, Qt.Key.Key_K, CTRL)
    assert window.project.title.text() == "Østbyen bad"
    qtbot.keyClicks(QApplication.focusWidget(), "I rute")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    with qtbot.waitSignal(window.desk.jobs.busy, check_params_cb=lambda busy: not busy):
        qtbot.keyClick(window, Qt.Key.Key_E, CTRL)
    assert ask.into.exists()
    qtbot.keyClick(window, Qt.Key.Key_Q, CTRL)
    assert texts(path)["Østbyen bad"] == "I rute"


TYPES_AND_IS_KILLED = """
import os, signal, sys
from pathlib import Path
from PySide6.QtTest import QTest
from ui import app
from ui.settings import Settings
application = app.make_application()
settings = Settings(Path(sys.argv[2]))
window = app.make_window([Path(sys.argv[1])], settings=settings)
window.show()
window.open_project(sys.argv[3])
QTest.keyClicks(window.project.fields.texts["text"].text, "Midt i en setn")
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no kill -9 there")
def test_a_kill_in_the_middle_of_typing_loses_nothing(
    open_window: Open, path: Path, settings: Settings, tmp_path: Path
) -> None:
    ini = tmp_path / "innstillinger" / "t.json"
    killed = subprocess.run(
        [sys.executable, "-c", TYPES_AND_IS_KILLED, str(path), str(ini), made_id(4)],
        cwd=ROOT,
        env={**os.environ, "XDG_STATE_HOME": str(tmp_path)},
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert texts(path)["Østbyen bad"] == ""
    window = open_window(path)
    assert texts(path)["Østbyen bad"] == "Midt i en setn"
    assert "Østbyen bad" in window.statusBar().currentMessage()
    window.deeds["undo"].trigger()
    assert texts(path)["Østbyen bad"] == ""
    assert settings.data_folder == tmp_path / "innstillinger"


def test_a_backup_is_taken_and_gone_back_to_in_three_clicks(open_window: Open, path: Path, ask: Script) -> None:
    window = open_window(path)
    window.deeds["back-up"].trigger()
    window.open_project(made_id(0))
    window.project.fields.lines["responsible"].line.setText("Feil person")
    window.project.fields.finish()
    ask.chosen = 0
    window.deeds["restore"].trigger()
    assert window.desk.session.portfolio.projects[made_id(0)].responsible is None
    assert [row[1] for row in ask.tables[-1].rows][-1] == "Tatt på forespørsel"
    ask.chosen = None
    window.deeds["restore"].trigger()
    assert next(row[1] for row in ask.tables[-1].rows) == "Før gjenoppretting"
    assert ask.told == []


def test_steps_can_be_undone_after_a_restart(open_window: Open, path: Path) -> None:
    window = open_window(path)
    window.open_project(made_id(0))
    for name in ("Per", "Pål", "Espen"):
        window.project.fields.lines["responsible"].line.setText(name)
        window.project.fields.finish()
    window.close()
    again = open_window(path)
    for expected in ("Pål", "Per", None):
        again.deeds["undo"].trigger()
        assert again.desk.session.portfolio.projects[made_id(0)].responsible == expected
    assert not again.deeds["undo"].isEnabled()


def test_a_published_report_is_seen_before_it_is_taken_in_and_can_be_undone(
    qtbot: QtBot, window: MainWindow, ask: Script, tmp_path: Path
) -> None:
    from db.example import example_table
    from tests.published_pages import write_text

    source = tmp_path / "årsmelding.txt"
    source.write_text(write_text(example_table()), encoding="utf-8")
    ask.file, ask.into, ask.filled = source, tmp_path / "2023.tertial", {"year": "2023"}
    window.deeds["take-in"].trigger()
    qtbot.waitUntil(lambda: window.page is window.overview, timeout=10_000)
    assert [list(row)[4] for row in ask.tables[0].rows] == [
        "3\u00a0000",
        "1\u00a0000",
        "0",
        "2\u00a0000",
        "\u22121\u00a0000",
    ]
    assert window.windowTitle() == "2023.tertial – Tertial"
    ask.filled = {"year": "2024"}
    window.deeds["take-in"].trigger()
    qtbot.waitUntil(lambda: window.bar.period.count() == 2, timeout=10_000)
    assert window.bar.period.currentText() == "Årsmelding 2024"
    assert "before-import" in reasons_of_backups(window)
    window.deeds["undo"].trigger()
    assert window.bar.period.count() == 1
    assert window.desk.session.period == PERIOD


def test_a_report_that_cannot_be_read_is_told_and_nothing_is_written(
    qtbot: QtBot, window: MainWindow, ask: Script, tmp_path: Path
) -> None:
    source = tmp_path / "brev.txt"
    source.write_text("Hei", encoding="utf-8")
    ask.file, ask.into, ask.filled = source, tmp_path / "ny.tertial", {"year": "2023"}
    window.deeds["take-in"].trigger()
    qtbot.waitUntil(lambda: bool(ask.told), timeout=10_000)
    assert ask.told[0].startswith("Fant ikke overskriften til prosjekttabellen")
    assert not (tmp_path / "ny.tertial").exists()


def test_pages_are_saved_as_pdf_and_pictures(opened: MainWindow, ask: Script, tmp_path: Path) -> None:
    for name, show in (("tabell", opened.show_projects), ("side", lambda: opened.open_project(made_id(0)))):
        show()
        ask.into = tmp_path / f"{name}.pdf"
        opened.deeds["pdf"].trigger()
        assert ask.into.read_bytes().startswith(b"%PDF")
    opened.show_overview()
    for ending, beginning in ((".png", b"\x89PNG"), (".svg", b"<?xml")):
        ask.into = tmp_path / f"diagram{ending}"
        opened.deeds["save-chart"].trigger()
        assert ask.into.read_bytes().startswith(beginning)
    opened.deeds["copy-chart"].trigger()
    assert not QGuiApplication.clipboard().image().isNull()


def test_what_cannot_be_written_is_told(opened: MainWindow, ask: Script, tmp_path: Path) -> None:
    opened.show_overview()
    for name, file in (("pdf", "side.pdf"), ("save-chart", "d.png"), ("save-chart", "d.svg")):
        ask.into = tmp_path / "finnes ikke" / file
        opened.deeds[name].trigger()
        assert ask.told.pop().startswith(f"Finner ikke {file}")


def test_every_shortcut_is_on_the_sheet_and_used_once(opened: MainWindow, ask: Script) -> None:
    keys = [keys.toString() for action in opened.deeds for keys in action.shortcuts()]
    assert len(set(keys)) == len(keys)
    opened.deeds["shortcuts"].trigger()
    listed = " ".join(row[0] for row in ask.tables[0].rows)
    assert all(name in listed for name in keys)
