"""The control in the window: marks while one writes, findings put aside with a reason, the controller's page."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QHelpEvent, QTextCharFormat
from PySide6.QtWidgets import QApplication, QListWidget, QPlainTextEdit, QToolTip
from pytestqt.qtbot import QtBot

from tests.portfolios import batch_of
from tests.windows import LONG_TEXT, PERIOD, Open, Script, labels, made_id, portfolio_records, write
from tracker.actions import open_period
from tracker.flags import Flag, Severity
from tracker.kinds import LedgerContent
from tracker.model import LedgerSum, OtherProjects, Passage, ProjectId, RecordId, Status
from tracker.periods import Part, Period
from ui.findings_table import FindingsTable
from ui.main_window import MainWindow
from ui.pages.control import ControlPage
from ui.session import Session
from ui.text_marks import place_of

WRONG = "Prosjektet har en totalramme på 80 mill. kroner."
RIGHT = "Prosjektet har en totalramme på 6 mill. kroner."
PARK, REASON = 6, "Rammen ble økt i juni"


@pytest.fixture
def park(page: MainWindow) -> MainWindow:
    """Turn to a project whose text has nothing wrong."""
    page.open_project(made_id(PARK))
    assert page.project.fields.proof.findings.list.count() == 0
    return page


def field(window: MainWindow) -> QPlainTextEdit:
    return window.project.fields.texts["text"].text


def listed(window: MainWindow) -> list[str]:
    found: QListWidget = window.project.fields.proof.findings.list
    return [found.item(row).text() for row in range(found.count())]


def marked(window: MainWindow) -> list[str]:
    return [mark.cursor.selectedText() for mark in field(window).extraSelections()]


def write_text(qtbot: QtBot, window: MainWindow, text: str) -> None:
    """Type a whole text anew, and rest until it is read."""
    field(window).setFocus()
    field(window).selectAll()
    qtbot.keyClicks(field(window), text)
    rest(qtbot, window)


def rest(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: window.project.fields.proof.is_read)


def in_texts(window: MainWindow, at: int | None = None) -> list[Flag]:
    flags = window.desk.session.view.control.flags
    return [flag for flag in flags if flag.place is not None and at in {None, flag.project.position}]


def control(window: MainWindow) -> ControlPage:
    window.deeds["control"].trigger()
    page = window.more("control")
    assert isinstance(page, ControlPage)
    return page


def mark_all_texts(page: ControlPage) -> list[Flag]:
    page.kind.setCurrentIndex(page.kind.findData("texts"))
    page.table.selectAll()
    return page.table.chosen_flags()


def column(table: FindingsTable, section: int) -> list[str]:
    return [table.item(row, section).text() for row in range(table.rowCount())]


def test_words_that_disagree_are_marked_and_explained_while_one_writes(qtbot: QtBot, park: MainWindow) -> None:
    write_text(qtbot, park, f"Alt er i gang. {WRONG}")
    (words,) = marked(park)
    assert words.startswith("80 mill")
    (mark,) = field(park).extraSelections()
    assert mark.format.underlineStyle() is QTextCharFormat.UnderlineStyle.DotLine
    (said,) = listed(park)
    assert said.startswith("Advarsel: ")
    assert "6 000 000 kr" in said.replace("\u00a0", " ")
    assert "1 funn i teksten" in labels(park)
    write_text(qtbot, park, RIGHT)
    assert (marked(park), listed(park)) == ([], [])
    assert "Ingen funn i teksten." in labels(park)


def test_f8_goes_from_finding_to_finding_and_says_each_aloud(qtbot: QtBot, park: MainWindow) -> None:
    write_text(qtbot, park, f"{WRONG} Taket males. <b>")
    first, second = marked(park)
    for expected in (first, second, first):
        qtbot.keyClick(field(park), Qt.Key.Key_F8)
        assert field(park).textCursor().selectedText() == expected
        row = park.project.fields.proof.findings.list.currentRow()
        assert field(park).accessibleDescription().startswith(listed(park)[row])
    qtbot.keyClick(field(park), Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    assert field(park).textCursor().selectedText() == second
    qtbot.keyClick(field(park), Qt.Key.Key_Home)
    assert field(park).accessibleDescription() == ""


def test_the_pointer_over_a_mark_explains_it_and_beside_it_nothing(qtbot: QtBot, park: MainWindow) -> None:
    write_text(qtbot, park, f"{WRONG} Taket males.")
    (mark,) = field(park).extraSelections()
    place = field(park).cursorRect(mark.cursor).center()
    viewport = field(park).viewport()
    QApplication.sendEvent(viewport, QHelpEvent(QEvent.Type.ToolTip, place, viewport.mapToGlobal(place)))
    assert QToolTip.text().startswith(listed(park)[0])
    beside = field(park).cursorRect(field(park).textCursor()).center()
    QApplication.sendEvent(viewport, QHelpEvent(QEvent.Type.ToolTip, beside, viewport.mapToGlobal(beside)))
    qtbot.waitUntil(lambda: not QToolTip.isVisible())


def test_a_mark_moves_with_its_words_and_enter_in_the_list_goes_to_them(qtbot: QtBot, park: MainWindow) -> None:
    write_text(qtbot, park, WRONG)
    (words,) = marked(park)
    qtbot.keyClick(field(park), Qt.Key.Key_Home)
    qtbot.keyClicks(field(park), "Vi bygger. ")
    assert marked(park) == [words]
    found = park.project.fields.proof.findings.list
    found.setFocus()
    qtbot.keyClick(found, Qt.Key.Key_Return)
    assert field(park).hasFocus()
    assert field(park).textCursor().selectedText() == words


def test_places_are_right_behind_letters_that_a_field_counts_as_two() -> None:
    text = "🏗️ Ramme 80 mill."
    at = text.index("80")
    assert text.encode("utf-16-le")[2 * place_of(text, at) :].decode("utf-16-le") == "80 mill."


def test_a_finding_is_put_aside_with_a_reason_told_beneath_and_in_the_history_and_undone(
    qtbot: QtBot, park: MainWindow, ask: Script
) -> None:
    write_text(qtbot, park, WRONG)
    findings = park.project.fields.proof.findings
    ask.filled = {"reason": " "}
    qtbot.mouseClick(findings.dismiss, Qt.MouseButton.LeftButton)
    assert "hvorfor" in ask.refused
    assert len(listed(park)) == 1
    ask.filled = {"reason": REASON}
    qtbot.mouseClick(findings.dismiss, Qt.MouseButton.LeftButton)
    assert (listed(park), marked(park)) == ([], [])
    assert REASON in findings.aside.text()
    assert "Kari" in findings.aside.text()
    assert in_texts(park, PARK) == []
    park.deeds["undo"].trigger()
    assert len(listed(park)) == 1
    assert findings.aside.isHidden()
    tabs = park.project.behind
    tabs.setCurrentIndex(tabs.count() - 1)
    table = park.project.history.table
    told = [[table.item(row, at).text() for at in (2, 3, 4, 5)] for row in range(2)]
    assert [row[1] for row in told] == ["Funn lagt til side"] * 2
    assert told[0][0] == "Angret"
    assert REASON in told[0][2]
    assert "80 mill" in told[1][3]
    table.selectRow(0)
    assert not park.project.history.back.isEnabled()


def test_what_is_put_aside_stays_so_until_its_sentence_is_written_anew(
    qtbot: QtBot, park: MainWindow, ask: Script
) -> None:
    write_text(qtbot, park, WRONG)
    ask.filled = {"reason": REASON}
    found = park.project.fields.proof.findings.list
    found.setFocus()
    qtbot.keyClick(found, Qt.Key.Key_Delete)
    write_text(qtbot, park, f"Alt er i gang. {WRONG}")
    assert listed(park) == []
    write_text(qtbot, park, WRONG.replace("har en", "har fått en"))
    assert len(listed(park)) == 1
    park.finish()
    assert len(in_texts(park, PARK)) == 1


def test_a_file_opens_on_the_flags_of_figures_and_its_texts_are_read_once_it_is_checked(path: Path) -> None:
    session = Session(who="Kari")
    session.open(path)
    assert session.view.flags
    assert all(flag.place is None for flag in session.view.flags)
    assert session.reading() is None
    session.check()
    read = session.reading()
    assert read is not None
    read()
    session.take_texts()
    assert any(flag.place is not None for flag in session.view.flags)
    assert session.reading() is None
    session.close()


def test_the_window_reads_the_texts_by_itself_and_counts_what_it_finds(qtbot: QtBot, opened: MainWindow) -> None:
    session = opened.desk.session
    qtbot.waitUntil(lambda: session.view.reads_texts)
    assert any(flag.place is not None for flag in session.view.flags)
    assert f"{sum(flag.severity is Severity.NOTE for flag in session.view.flags)} merknader" in opened.summary.text()


def test_the_controllers_page_shows_every_finding_and_filters_them(opened: MainWindow) -> None:
    page = control(opened)
    everything = opened.desk.session.view.control.flags
    assert page.table.rowCount() == len(everything)
    assert column(page.table, 0) == [{s: "Kritisk" if s is Severity.CRITICAL else "Advarsel" if s is Severity.WARNING else "Merknad" for s in Severity}[flag.severity] for flag in everything]  # fmt: skip  # noqa: E501
    assert f"{len(everything)} funn" in page.counts.text()
    page.kind.setCurrentIndex(page.kind.findData("texts"))
    assert page.table.rowCount() == len(in_texts(opened)) < len(everything)
    assert all(column(page.table, 3))
    page.kind.setCurrentIndex(page.kind.findData("figures"))
    assert set(column(page.table, 3)) == {""}
    page.severity.setCurrentIndex(page.severity.findData("critical"))
    assert set(column(page.table, 0)) == {"Kritisk"}
    assert f"Viser {page.table.rowCount()}." in page.counts.text()
    page.project.setCurrentIndex(page.project.findData("Aasen bru"))
    assert set(column(page.table, 1)) == {"Aasen bru"}


def test_turning_to_the_page_marks_its_first_finding_so_that_enter_opens_it(qtbot: QtBot, opened: MainWindow) -> None:
    page = control(opened)
    assert page.table.chosen_flags() == [opened.desk.session.view.control.flags[0]]
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert opened.project.project == opened.desk.session.view.control.flags[0].project.id


def test_another_periods_texts_are_read_when_one_turns_to_it(qtbot: QtBot, opened: MainWindow) -> None:
    session = opened.desk.session
    qtbot.waitUntil(lambda: session.view.reads_texts)
    session.perform(open_period(session.portfolio, Period(2024, Part.T1), new_id=session.new_id))
    session.turn_to(Period(2024, Part.T1))
    assert not session.view.reads_texts
    qtbot.waitUntil(lambda: session.view.reads_texts)
    session.turn_to(PERIOD)
    qtbot.waitUntil(lambda: session.view.reads_texts)
    assert in_texts(opened, 0)


def test_enter_opens_the_project_with_the_words_selected(qtbot: QtBot, opened: MainWindow) -> None:
    page = control(opened)
    (flag, *_) = in_texts(opened, 0)
    page.table.selectRow(opened.desk.session.view.control.flags.index(flag))
    assert page.detail.text().startswith(f"«{' '.join(flag.place.sentence.split())}»")  # type: ignore[union-attr]
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert opened.page is opened.project
    assert opened.project.project == flag.project.id
    assert field(opened).hasFocus()
    assert " ".join(field(opened).textCursor().selectedText().replace("\u2029", " ").split()) == flag.quote


def test_several_are_put_aside_at_once_listed_with_their_reason_and_taken_back(
    qtbot: QtBot, opened: MainWindow, ask: Script
) -> None:
    opened.open_project(made_id(PARK))
    write_text(qtbot, opened, f"{WRONG} <p>")
    page = control(opened)
    before = in_texts(opened)
    assert len(mark_all_texts(page)) == len(before) > 1
    ask.filled = {"reason": "Gjelder hele teksten"}
    qtbot.mouseClick(page.dismiss, Qt.MouseButton.LeftButton)
    assert in_texts(opened) == []
    aside = opened.desk.session.view.control.put_aside
    assert page.aside.rowCount() == len(aside) == len(before)
    assert set(column(page.aside, 4)) == {"Gjelder hele teksten"}
    assert set(column(page.aside, 5)) == {"Kari"}
    assert "Lagt til side" in labels(opened)
    page.aside.selectAll()
    qtbot.mouseClick(page.take_back, Qt.MouseButton.LeftButton)
    assert in_texts(opened) == before
    assert not page.aside.isVisible()


def test_a_flag_on_figures_can_not_be_put_aside(opened: MainWindow) -> None:
    page = control(opened)
    page.kind.setCurrentIndex(page.kind.findData("figures"))
    page.table.selectRow(0)
    assert not page.dismiss.isEnabled()
    page.kind.setCurrentIndex(page.kind.findData(""))
    page.table.selectAll()
    assert not page.dismiss.isEnabled()
    assert "kan ikke legges til side" in page.detail.text()


def test_locking_says_how_many_findings_are_open_and_the_locked_period_keeps_them(
    qtbot: QtBot, opened: MainWindow, ask: Script
) -> None:
    mark_all_texts(control(opened))
    ask.filled = {"reason": REASON}
    first = in_texts(opened)[0]
    control(opened).dismiss_asked.emit([first])
    kept = opened.desk.session.view.control.flags
    opened.show_page("period")
    qtbot.mouseClick(opened.more("period").lock, Qt.MouseButton.LeftButton)  # type: ignore[attr-defined]
    assert f"Kontrollen har {len(kept)} åpne funn" in ask.tables[-1].lead
    page = control(opened)
    page.kind.setCurrentIndex(page.kind.findData(""))
    assert page.table.rowCount() == len(kept)
    assert column(page.table, 3) == [flag.quote or "" for flag in kept]
    page.table.selectRow(page.table.rowCount() - 1)
    assert not page.dismiss.isEnabled()
    assert page.aside.rowCount() >= 1
    page.aside.selectAll()
    assert not page.take_back.isEnabled()


def test_a_period_without_findings_says_so(open_window: Open, tmp_path: Path) -> None:
    fine = [
        one
        for one in portfolio_records()
        if getattr(one, "project", made_id(PARK)) == made_id(PARK)
        and not isinstance(one, OtherProjects)
        and getattr(one, "name", "Adal park") == "Adal park"
        and not hasattr(one, "sums")
    ]
    assert any(isinstance(one, Status) for one in fine)
    spent = LedgerSum(project=ProjectId(made_id(PARK)), year=2023, month=12, amount=90_000)
    fine.append(batch_of([spent], made_id(3000), LedgerContent.PUBLISHED))
    window = open_window(write(tmp_path / "Fin.tertial", fine))
    page = control(window)
    assert page.nothing.isVisible()
    assert "Kontrollen fant ingenting å flagge." in labels(window)
    assert not page.table.isVisible()
    assert not page.severity.isVisible()


def test_a_long_text_is_read_once_it_rests_not_at_each_key(qtbot: QtBot, page: MainWindow) -> None:
    read: list[str] = []
    qtbot.waitUntil(lambda: page.desk.session.view.reads_texts)
    proof = page.project.fields.proof
    reader = proof._reader  # noqa: SLF001  counted on its way
    proof.show_reader(lambda text: (read.append(text), reader(text))[1], can_dismiss=True)
    read.clear()
    field(page).setFocus()
    qtbot.keyClicks(field(page), "Nå er ")
    rest(qtbot, page)
    assert read == [f"Nå er {LONG_TEXT}"]


def test_what_the_accounts_chapter_says_is_quoted_beneath_the_table(
    qtbot: QtBot, open_window: Open, tmp_path: Path
) -> None:
    """Its words stand in no status text, so that there is nothing else to read them in."""
    passage = Passage(
        id=RecordId(made_id(6000)),
        project=ProjectId(made_id(PARK)),
        period=PERIOD,
        position=0,
        source="regnskap.pdf",
        text=WRONG,
    )
    opened = open_window(write(tmp_path / "Kapittel.tertial", [*portfolio_records(), passage]))
    page = control(opened)
    (flag,) = [flag for flag in opened.desk.session.view.control.flags if flag.rule.id == "chapter-against-figures"]
    page.table.selectRow(opened.desk.session.view.control.flags.index(flag))
    assert page.detail.text().startswith(f"«{WRONG}»\nKapittelet «regnskap.pdf»")
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert opened.project.project == made_id(PARK)
    qtbot.waitUntil(lambda: any("regnskap.pdf" in line for line in listed(opened)))
    assert "".join(marked(opened)) == ""


def test_what_the_figures_say_can_be_scrolled_to_and_read_in_a_narrow_window(opened: MainWindow) -> None:
    table = control(opened).table
    opened.resize(700, 600)
    QApplication.processEvents()
    last = table.columnCount() - 1
    assert table.columnWidth(last) >= min(48 * table.fontMetrics().averageCharWidth(), table.sizeHintForColumn(last))
    assert table.horizontalScrollBar().maximum() > 0
    opened.resize(2400, 600)
    QApplication.processEvents()
    assert sum(map(table.columnWidth, range(last + 1))) == table.viewport().width()
