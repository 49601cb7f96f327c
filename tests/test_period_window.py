"""A period in the window: submitted, sent back, approved, locked, guarded against every way of writing, reopened."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from db.backup import BackupReason, backups_of
from tests.windows import PERIOD, Script, made_id
from tracker.board import Standing, board_of
from tracker.edits import added
from tracker.figures import figures_of
from tracker.kinds import BudgetKind, CommentKind, PeriodStage, StatusState
from tracker.messages import message
from tracker.model import BudgetLine, Decision, RecordId, ReportedProject
from ui.main_window import MainWindow
from ui.pages.period import PeriodPage
from ui.settings import Settings
from ui.tabs.comments import CommentsTab


def board(window: MainWindow) -> PeriodPage:
    window.show_page("period")
    page = window.more("period")
    assert isinstance(page, PeriodPage)
    return page


def state_of(window: MainWindow, at: int) -> StatusState:
    statuses = window.desk.session.portfolio.statuses.values()
    return next(one.state for one in statuses if one.project == made_id(at) and one.period == PERIOD)


def ready(window: MainWindow, at: int) -> None:
    """Explain the deviation of a project, so that it can be submitted."""
    window.open_project(made_id(at))
    window.project.fields.texts["explanation"].text.setPlainText("Senere framdrift enn ventet.")
    window.finish()
    timing = window.project.fields.split.causes["timing"]
    timing.line.setText("resten")
    timing.finish()


def click(qtbot: QtBot, button: object) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def lock(qtbot: QtBot, window: MainWindow) -> PeriodPage:
    page = board(window)
    click(qtbot, page.lock)
    return page


def reported(window: MainWindow) -> dict[str, ReportedProject]:
    return dict(window.desk.session.portfolio.reported_projects)


def test_a_status_goes_from_draft_to_approved_and_back_with_a_comment(
    qtbot: QtBot, page: MainWindow, ask: Script
) -> None:
    ready(page, 0)
    state = page.project.state
    click(qtbot, state.submit)
    assert ask.told == []
    assert state_of(page, 0) is StatusState.SUBMITTED
    assert state.told.text().startswith("Levert av Kari")
    assert page.project.fields.texts["text"].text.isReadOnly()
    ask.filled = {"text": "Skriv hvem som dekker avviket."}
    click(qtbot, state.send_back)
    assert state_of(page, 0) is StatusState.DRAFT
    assert not page.project.fields.texts["text"].text.isReadOnly()
    (said,) = page.desk.session.portfolio.comments.values()
    assert (said.kind, said.text) == (CommentKind.RETURN, "Skriv hvem som dekker avviket.")
    click(qtbot, state.submit)
    click(qtbot, state.approve)
    assert state_of(page, 0) is StatusState.APPROVED
    page.deeds["undo"].trigger()
    assert state_of(page, 0) is StatusState.APPROVED


def test_a_status_is_moved_by_the_menus_keys_too(qtbot: QtBot, page: MainWindow, ask: Script) -> None:
    ready(page, 0)
    qtbot.keyClick(page, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert state_of(page, 0) is StatusState.SUBMITTED
    page.deeds["take-back-status"].trigger()
    assert state_of(page, 0) is StatusState.DRAFT
    page.deeds["approve-status"].trigger()
    assert ask.told[-1].endswith("Åsveien skole er utkast")
    qtbot.keyClick(page, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    page.deeds["approve-status"].trigger()
    assert state_of(page, 0) is StatusState.APPROVED
    ask.filled = {"text": "Skriv hvem som dekker avviket."}
    page.deeds["send-back-status"].trigger()
    assert state_of(page, 0) is StatusState.DRAFT


def test_submitting_says_what_is_missing(qtbot: QtBot, page: MainWindow, ask: Script) -> None:
    page.project.fields.texts["text"].text.setPlainText("")
    click(qtbot, page.project.state.submit)
    assert "Kan ikke levere ennå" in ask.told[0]
    assert "Åsveien skole" in ask.told[0]
    assert state_of(page, 0) is StatusState.DRAFT


def test_comments_are_written_and_read(qtbot: QtBot, page: MainWindow) -> None:
    tab = next(one for one in page.project.tabs if isinstance(one, CommentsTab))
    page.project.behind.setCurrentWidget(tab)
    tab.line.setFocus()
    qtbot.keyClicks(tab.line, "Når kommer fakturaen?")
    qtbot.keyClick(tab.line, Qt.Key.Key_Return)
    assert tab.table.item(0, 4).text() == "Når kommer fakturaen?"
    assert tab.line.text() == ""


def test_the_board_counts_filters_and_approves_many(qtbot: QtBot, opened: MainWindow, ask: Script) -> None:
    ready(opened, 0)
    click(qtbot, opened.project.state.submit)
    page = board(opened)
    total = board_of(opened.desk.session.portfolio, PERIOD)
    assert sum(total.counts.values()) == len(total.rows) == page.table.rowCount()
    page.standing.setCurrentIndex(page.standing.findData(Standing.SUBMITTED.value))
    assert [page.table.item(row, 0).text() for row in range(page.table.rowCount())] == ["Åsveien skole"]
    page.table.selectAll()
    click(qtbot, page.approve)
    assert state_of(opened, 0) is StatusState.APPROVED
    assert ask.told == []


def test_locking_shows_what_is_not_approved_and_takes_a_backup_first(
    qtbot: QtBot, opened: MainWindow, ask: Script, settings: Settings
) -> None:
    ask.agrees = False
    page = lock(qtbot, opened)
    assert len(ask.tables[-1].rows) == page.table.rowCount()
    assert opened.desk.session.portfolio.period_locks == {}
    ask.agrees = True
    lock(qtbot, opened)
    state = opened.desk.session.portfolio.state_of(PERIOD)
    assert state is not None
    assert (state.stage, state.revision) == (PeriodStage.LOCKED, 1)
    assert page.notice.text().startswith("Låst av Kari")
    kept = [one for folder in (settings.data_folder / "backups").iterdir() for one in backups_of(folder)]
    assert BackupReason.BEFORE_LOCK in {one.reason for one in kept}
    opened.deeds["undo"].trigger()
    after = opened.desk.session.portfolio.state_of(PERIOD)
    assert after is not None
    assert after.stage is PeriodStage.LOCKED


def test_no_way_of_writing_in_the_window_moves_what_was_reported(
    qtbot: QtBot, opened: MainWindow, ask: Script, tmp_path: Path
) -> None:
    opened.open_project(made_id(0))
    field = opened.project.fields.texts["explanation"]
    field.text.setPlainText("Før låsingen.")
    opened.finish()
    opened.desk.session.undo()
    lock(qtbot, opened)
    session = opened.desk.session
    figures, rows = figures_of(session.portfolio, PERIOD), reported(opened)

    def nothing_moved() -> None:
        assert figures_of(session.portfolio, PERIOD) == figures
        assert reported(opened) == rows

    opened.open_project(made_id(0))
    assert opened.project.fields.texts["text"].text.isReadOnly()
    assert opened.project.state.told.text().startswith("Perioden er låst av Kari")
    assert "låst" in opened._editing.fill_in(made_id(0), "text", "Noe annet")  # noqa: SLF001  what a cell does
    nothing_moved()
    opened.deeds["redo"].trigger()
    opened.deeds["undo"].trigger()
    nothing_moved()
    opened.show_projects()
    QGuiApplication.clipboard().setText("Limt inn")
    opened.projects.table.select_keys([], made_id(0))
    opened.deeds["paste"].trigger()
    nothing_moved()
    (tmp_path / "rapport.txt").write_text("tull", encoding="utf-8")
    ask.filled = {"year": str(PERIOD.year)}
    opened.dropped.emit([tmp_path / "rapport.txt"])
    nothing_moved()


def test_what_is_decided_later_is_a_late_change_and_reopening_needs_a_reason(
    qtbot: QtBot, opened: MainWindow, ask: Script
) -> None:
    page = lock(qtbot, opened)
    session = opened.desk.session
    before = figures_of(session.portfolio, PERIOD)
    line = BudgetLine(
        id=RecordId(session.new_id()),
        project=made_id(0),
        kind=BudgetKind.GRANT,
        budget_year=PERIOD.year,
        year_amount=2_000_000,
        total_amount=2_000_000,
        takes_effect=PERIOD.ends,
        decision=Decision(body="KS", number="1/24", on=PERIOD.ends),
    )
    session.perform(added(message("Sent vedtak"), [line]))
    assert figures_of(session.portfolio, PERIOD) == before
    click(qtbot, page.late)
    assert ask.tables[-1].rows[0][0] == "Åsveien skole"
    ask.filled = {"reason": "Feil beløp i vedtaket."}
    click(qtbot, page.reopen)
    state = session.portfolio.state_of(PERIOD)
    assert state is not None
    assert (state.stage, state.reopened_because) == (PeriodStage.OPEN, "Feil beløp i vedtaket.")
    assert "Åpnet igjen: Feil beløp i vedtaket." in page.notice.text()
    assert figures_of(session.portfolio, PERIOD) != before
    lock(qtbot, opened)
    again = session.portfolio.state_of(PERIOD)
    assert again is not None
    assert again.revision == 2
    assert {row.revision for row in reported(opened).values()} == {1, 2}


def test_reminders_are_on_the_clipboard(
    qtbot: QtBot, opened: MainWindow, ask: Script, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.period_work.QDesktopServices.openUrl", lambda _url: True)
    ask.chosen = 0
    click(qtbot, board(opened).remind)
    assert "Disse statusene for" in QGuiApplication.clipboard().text()


def test_two_periods_are_compared(qtbot: QtBot, opened: MainWindow, ask: Script) -> None:
    ask.filled = {}
    opened.deeds["new-period"].trigger()
    ask.filled = {"other": str(PERIOD)}
    click(qtbot, board(opened).compare)
    assert ask.tables[-1].rows[0][0] == "Sum"
