"""Personal data in the window: seen, handed out, and taken away after it was asked twice."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from db.store import open_store
from tests.portfolios import stored
from tests.windows import Open, Script, made_id, portfolio_records, write
from tracker.model import Project, Status
from ui.main_window import MainWindow

WAIT = 20_000


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Write a portfolio whose first project is Ola's, and whose text tells of Ola."""
    records = [
        replace(one, responsible="Ola Hansen", name="Åsveien skole")
        if isinstance(one, Project) and one.id == made_id(0)
        else replace(one, text="Spør Ola Hansen om fremdriften.")
        if isinstance(one, Status) and one.project == made_id(0)
        else one
        for one in portfolio_records()
    ]
    return write(tmp_path / "Prøve.tertial", records)


def begin(window: MainWindow, ask: Script, **filled: str) -> None:
    """Choose Ola, the first in the list, and say what is to be done."""
    ask.chosen, ask.filled = 0, filled
    window.deeds["persons"].trigger()


def test_a_person_is_chosen_from_a_list_and_all_about_them_written(
    qtbot: QtBot, open_window: Open, path: Path, ask: Script, tmp_path: Path
) -> None:
    window = open_window(path)
    ask.into = tmp_path / "svar"
    begin(window, ask, deed="export")
    qtbot.waitUntil((tmp_path / "svar.json").exists, timeout=WAIT)
    assert [row[:2] for row in ask.tables[0].rows] == [["Ola Hansen", "2"], ["prøve", "1"]]
    answer = json.loads((tmp_path / "svar.json").read_text(encoding="utf-8"))
    assert {one["field"] for one in answer["records"]} == {"Ansvarlig", "Statustekst"}
    assert ask.told == []


def test_a_name_is_taken_away_after_a_preview_and_the_window_goes_on_with_the_new_file(
    qtbot: QtBot, open_window: Open, path: Path, ask: Script
) -> None:
    window = open_window(path)
    begin(window, ask, deed="remove", texts="yes")
    qtbot.waitUntil(lambda: stored(path).projects[made_id(0)].responsible == "Tidligere ansatt 1", timeout=WAIT)
    preview = next(one for one in ask.tables if one.headings[0] == "Hva skjer")
    assert ["Byttes ut", "Navn", "Ansvarlig", "Åsveien skole", "Ola Hansen"] in [list(row) for row in preview.rows]
    qtbot.waitUntil(lambda: window.desk.session.path == path, timeout=WAIT)
    assert window.desk.session.portfolio.statuses[made_id(2000)].text == "Spør Tidligere ansatt 1 om fremdriften."
    assert window.desk.session.can_edit
    assert ask.told == []
    with closing(open_store(path, read_only=True)) as store:
        assert store.verify() == []
        assert [entry.who for entry in store.journal()][-1] == "Kari"


def test_nothing_is_taken_away_when_one_thinks_better_of_it(
    qtbot: QtBot, open_window: Open, path: Path, ask: Script
) -> None:
    window = open_window(path)
    before = path.read_bytes()
    ask.agrees = False
    begin(window, ask, deed="remove")
    qtbot.waitUntil(lambda: any(one.headings[0] == "Hva skjer" for one in ask.tables), timeout=WAIT)
    window.desk.jobs.wait()
    assert path.read_bytes() == before


def test_backups_with_the_name_are_deleted_once_there_is_one_without(
    qtbot: QtBot, open_window: Open, path: Path, ask: Script
) -> None:
    window = open_window(path)
    window.deeds["back-up"].trigger()
    folder = next(one for one in window.desk.settings.data_folder.glob("backups/*") if one.is_dir())
    old = {one.name for one in folder.iterdir()}
    begin(window, ask, deed="remove")
    qtbot.waitUntil(lambda: not old & {one.name for one in folder.iterdir()}, timeout=WAIT)
    assert any(one.title == "Sikkerhetskopier med navnet" for one in ask.tables)
    window.desk.jobs.wait()
    assert all(stored(one).projects[made_id(0)].responsible == "Tidligere ansatt 1" for one in folder.iterdir())


def test_a_file_that_may_only_be_read_keeps_its_names(qtbot: QtBot, open_window: Open, path: Path, ask: Script) -> None:
    open_window(path)
    second = open_window(path)
    begin(second, ask, deed="remove")
    qtbot.waitUntil(lambda: bool(ask.told), timeout=WAIT)
    assert "kan bare leses" in ask.told[0]
    assert stored(path).projects[made_id(0)].responsible == "Ola Hansen"
