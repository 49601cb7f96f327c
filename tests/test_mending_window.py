"""A damaged file in the window: what is wrong is said, and what can be done stands there with a button each."""

from __future__ import annotations

import platform
import sqlite3
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from pytestqt.qtbot import QtBot

from db.backup import BackupReason, back_up, backups_folder, backups_of
from db.store import open_store
from db.wholeness import problems_of
from tests.meddling import unguarded
from tests.portfolios import stored
from tests.test_holding import another_program
from tests.test_store import sign
from tests.windows import Open, Script, made_id
from tracker.edits import added
from tracker.messages import message
from tracker.model import Project, ProjectId
from ui.settings import Settings
from ui.ways_form import WaysForm, WaysQuestion
from ui.words import words_in


@pytest.fixture
def folder(path: Path, settings: Settings) -> Path:
    """Take a backup, and make a change after it."""
    folder = backups_folder(path, root=settings.data_folder / "backups")
    back_up(path, folder=folder, reason=BackupReason.DAILY, now=datetime(2024, 2, 1, tzinfo=UTC))
    with closing(open_store(path)) as store:
        store.commit(added(message("Nytt prosjekt"), [Project(id=ProjectId(made_id(50)), name="Ny bru")]), sign())
    return folder


def change_behind_our_back(path: Path) -> None:
    with closing(sqlite3.connect(path)) as stranger:
        stranger.execute("UPDATE status SET text = 'Ukjent hånd' WHERE text <> ''")
        stranger.commit()


def break_the_journal(path: Path) -> None:
    with unguarded(path) as stranger:
        stranger.execute("UPDATE journal SET who = 'Ukjent' WHERE seq = 1")


def titles(question: WaysQuestion) -> list[str]:
    return [way.title for way in question.ways]


def test_what_was_changed_behind_our_back_is_put_right_from_the_journal(
    qtbot: QtBot, open_window: Open, path: Path, folder: Path, ask: Script
) -> None:
    right = stored(path)
    change_behind_our_back(path)
    ask.chosen = 0
    window = open_window(path)
    qtbot.waitUntil(lambda: window.desk.session.can_edit and bool(ask.ways))
    (question,) = ask.ways
    assert question.trouble.startswith("Innholdet i Prøve.tertial er endret utenfor Tertial")
    assert titles(question)[0] == "Gjenopprett fra journalen"
    assert "2 poster i filen (Åsveien skole, Adal park) er annerledes enn i journalen" in question.ways[0].explanation
    assert stored(path) == right == window.desk.session.portfolio
    assert problems_of(path) == []
    assert [file.suffix for file in folder.iterdir()].count(".skadet") == 1
    assert ask.told == []


def test_it_can_be_looked_at_as_it_is_and_is_then_not_written(
    qtbot: QtBot, open_window: Open, path: Path, ask: Script
) -> None:
    change_behind_our_back(path)
    content = path.read_bytes()
    window = open_window(path)
    qtbot.waitUntil(lambda: bool(ask.ways))
    assert titles(ask.ways[0])[-1] == "Se på filen slik den er"
    assert "Innholdet i Prøve.tertial" in window.read_only.text()
    window.close()
    assert path.read_bytes() == content


def test_a_file_that_cannot_be_opened_is_restored_in_two_clicks(
    qtbot: QtBot, open_window: Open, path: Path, folder: Path, ask: Script
) -> None:
    """One click on the file, one on the way that is offered first."""
    path.write_bytes(path.read_bytes()[:9000])
    ask.chosen = 0
    window = open_window()  # type: ignore[call-arg]
    ask.file = path
    window.deeds["open"].trigger()
    qtbot.waitUntil(lambda: window.desk.session.can_edit)
    (question,) = ask.ways
    assert titles(question)[0].startswith("Gå tilbake til kopien fra ")
    assert "går tapt" in question.ways[0].explanation
    assert len(window.desk.session.portfolio.projects) == 7
    assert any(file.suffix == ".skadet" for file in folder.iterdir())


def test_a_damaged_file_without_backups_that_nothing_can_be_read_from_is_told(
    qtbot: QtBot, open_window: Open, path: Path, ask: Script
) -> None:
    path.write_bytes(b"")
    window = open_window(path)
    qtbot.waitUntil(lambda: not window.desk.jobs._running)  # noqa: SLF001
    assert ask.ways == []
    assert ask.told == []
    assert window.page is window.guide


def test_what_only_the_days_look_can_see_is_offered_a_way_back_too(
    qtbot: QtBot, open_window: Open, path: Path, folder: Path, ask: Script
) -> None:
    right = stored(path)
    break_the_journal(path)
    ask.chosen = 0
    window = open_window(path)
    qtbot.waitUntil(lambda: bool(ask.ways))
    qtbot.waitUntil(lambda: window.desk.session.can_edit)
    assert ask.ways[0].trouble.startswith("Prøve.tertial er skadet eller endret utenfor Tertial.")
    assert ask.ways[0].ways[0].explanation.startswith("Alt er med")
    assert stored(path) == right
    assert problems_of(path) == []
    assert any("before-restore" in file.name for file in folder.iterdir())


def test_the_file_can_be_looked_through_at_any_time(qtbot: QtBot, open_window: Open, path: Path, ask: Script) -> None:
    window = open_window(path)
    window.deeds["look-through"].trigger()
    qtbot.waitUntil(lambda: bool(ask.told))
    assert ask.told == ["Prøve.tertial er hel: innholdet stemmer med journalen."]


def test_each_way_has_a_button_and_the_first_is_where_one_is(qtbot: QtBot, open_window: Open, path: Path) -> None:
    from ui.ways_form import WayOn

    parent = open_window(path)
    ways = [WayOn(title=f"Vei {n}", explanation="Noe som står her.", button=f"Gå {n}") for n in range(3)]
    form = WaysForm(WaysQuestion(title="Skadet", trouble="Noe er galt.", ways=ways), words_in(), parent)
    form.open()
    assert form.buttons[0].isDefault()
    qtbot.mouseClick(form.buttons[1], Qt.MouseButton.LeftButton)
    assert form.chosen == 1
    assert not form.isVisible()


def test_a_backup_that_meets_damage_offers_the_ways_back(
    qtbot: QtBot, open_window: Open, path: Path, ask: Script
) -> None:
    window = open_window(path)
    change_behind_our_back(path)
    window.deeds["back-up"].trigger()
    qtbot.waitUntil(lambda: bool(ask.ways))
    assert titles(ask.ways[0])[0] == "Gjenopprett fra journalen"
    assert not window.desk.session.can_edit


def test_a_window_that_stays_open_over_night_takes_the_next_days_backup_too(
    qtbot: QtBot, open_window: Open, path: Path, folder: Path
) -> None:
    window = open_window(path)
    qtbot.waitUntil(lambda: len(list(folder.iterdir())) > 1)
    window.desk.jobs.wait()
    for one in folder.iterdir():
        one.unlink()
    (clock,) = (timer for timer in window.findChildren(QTimer) if timer.interval() == 60 * 60 * 1000)
    clock.timeout.emit()
    qtbot.waitUntil(lambda: [one.reason for one in backups_of(folder)] == [BackupReason.DAILY])


@pytest.mark.skipif(sys.platform == "win32", reason="no kill -9 there")
def test_a_file_that_another_program_has_is_read_with_its_name_and_taken_over_when_it_is_killed(
    open_window: Open, path: Path
) -> None:
    with another_program(path, who="Per Ås") as (answer, process):
        assert answer == "held"
        window = open_window(path)
        assert f"Prøve.tertial er åpen hos Per Ås på {platform.node()}" in window.read_only.text()
        assert not window.desk.session.can_edit
        process.kill()
        process.wait()
    window.desk.session.open(path)
    assert window.desk.session.can_edit
