"""§ 5-5 in the window: the way down from a sum to a project, a file that is checked, and the signs that are set."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QTreeWidgetItem
from pytestqt.qtbot import QtBot

from tests import statements as s
from tests.windows import Script, made_id
from tracker.statement_check.signs import DeviationSign, signs_of
from tracker.statement_check.unfolding import Node
from ui.main_window import MainWindow
from ui.pages.statement import StatementPage


def statement(window: MainWindow) -> StatementPage:
    window.show_page("statement")
    page = window.more("statement")
    assert isinstance(page, StatementPage)
    return page


def below(item: QTreeWidgetItem, *titles: str) -> QTreeWidgetItem:
    for title in titles:
        children = [item.child(at) for at in range(item.childCount())]
        item = next(child for child in children if child is not None and child.text(0) == title)
    return item


def top(page: StatementPage) -> QTreeWidgetItem:
    item = page.tree.topLevelItem(0)
    assert item is not None
    return item


def checked(qtbot: QtBot, page: StatementPage) -> None:
    qtbot.waitUntil(page.checked.isVisible, timeout=20_000)


def test_a_sum_unfolds_to_its_service_areas_and_projects_and_a_project_opens(qtbot: QtBot, opened: MainWindow) -> None:
    page = statement(opened)
    project = below(top(page), "Sum investeringsutgifter", "Prosjektene", "Oppvekst", "Åsveien skole")
    assert [project.text(column) for column in (2, 3)] == ["8\u00a0000", "9\u00a0000"]
    page.tree.setCurrentItem(project)
    qtbot.keyClick(page.tree, Qt.Key.Key_Return)
    assert opened.page is opened.project
    assert opened.project.project == made_id(0)


def test_the_way_down_adds_up(opened: MainWindow) -> None:
    total = below(top(statement(opened)), "Sum investeringsutgifter")
    projects = below(total, "Prosjektene")
    amounts = [int(item.text(2).replace("\u00a0", "").replace("−", "-")) for item in (total, projects)]
    areas = [projects.child(at) for at in range(projects.childCount())]
    parts = [int(area.text(2).replace("\u00a0", "").replace("−", "-")) for area in areas if area is not None]
    assert amounts[0] == amounts[1]
    assert abs(sum(parts) - amounts[0]) <= len(parts)


def test_a_file_is_checked_and_what_is_wrong_is_said_in_a_sentence(
    qtbot: QtBot, opened: MainWindow, ask: Script, tmp_path: Path
) -> None:
    page = statement(opened)
    before = opened.desk.session.portfolio
    ask.file = s.write_book(tmp_path / "Feil.xlsx", {"Ark": s.cells(s.spoiled(carried=-20_900))})
    qtbot.mouseClick(page.check, Qt.MouseButton.LeftButton)
    checked(qtbot, page)
    assert page.checked.text() == "Kontroll av Feil.xlsx"
    assert [page.findings.item(0, column).text() for column in (0, 2, 3)] == [
        "Stemmer ikke",
        "−20\u00a0900\u00a0000",
        "0",
    ]
    assert "«Netto utgifter videreutlån» er regnet med motsatt fortegn" in page.whole.text()
    assert opened.desk.session.portfolio is before


def test_a_file_that_is_dropped_on_the_page_is_checked_and_not_taken_in(
    qtbot: QtBot, opened: MainWindow, ask: Script, tmp_path: Path
) -> None:
    page = statement(opened)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(s.write_book(tmp_path / "Rett.xlsx", {"Ark": s.cells(s.FIRST)})))])
    drop = QDropEvent(
        QPointF(10, 10),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    page.dropEvent(drop)
    checked(qtbot, page)
    assert page.checked.text() == "Kontroll av Rett.xlsx"
    assert ask.told == []


def test_a_file_that_cannot_be_read_is_told_in_a_sentence(
    qtbot: QtBot, opened: MainWindow, ask: Script, tmp_path: Path
) -> None:
    page = statement(opened)
    ask.file = tmp_path / "bilde.xlsx"
    ask.file.write_bytes(b"\x89PNG")
    qtbot.mouseClick(page.check, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(ask.told), timeout=20_000)
    assert not page.checked.isVisible()


def test_the_signs_are_set_once_and_taken_back(qtbot: QtBot, opened: MainWindow, ask: Script) -> None:
    page = statement(opened)
    loan = below(top(page), "Sum investeringsutgifter").text(2)
    ask.filled = {"income": "positive", "deviation": "favourable"}
    qtbot.mouseClick(page.signs, Qt.MouseButton.LeftButton)
    signs = signs_of(opened.desk.session.portfolio)
    assert (signs.income_negative, signs.deviation) == (False, DeviationSign.FAVOURABLE)
    assert below(top(page), "Sum investeringsutgifter").text(2) == loan
    opened.deeds["undo"].trigger()
    assert signs_of(opened.desk.session.portfolio).income_negative


def test_what_was_unfolded_stays_so_when_something_changes(opened: MainWindow, ask: Script, qtbot: QtBot) -> None:
    page = statement(opened)
    below(top(page), "Sum investeringsutgifter").setExpanded(True)
    ask.filled = {"income": "positive", "deviation": "favourable"}
    qtbot.mouseClick(page.signs, Qt.MouseButton.LeftButton)
    assert below(top(page), "Sum investeringsutgifter").isExpanded()


def test_a_title_can_be_read_in_a_narrow_window_and_has_the_rest_of_a_wide_one(opened: MainWindow) -> None:
    page = statement(opened)
    letter = page.tree.fontMetrics().averageCharWidth()
    opened.resize(900, 600)
    QApplication.processEvents()
    narrow = page.tree.columnWidth(0)
    opened.resize(1800, 600)
    QApplication.processEvents()
    assert 30 * letter < narrow < page.tree.columnWidth(0)
    assert page.tree.horizontalScrollBar().maximum() == 0


def test_a_part_that_comes_with_another_period_is_unfolded_as_the_first_was(opened: MainWindow) -> None:
    page = statement(opened)
    computed, printed = (Node(title=title, children=(Node(title="Sum investeringsutgifter"),)) for title in ("A", "B"))
    page.tree.show_nodes([computed])
    top(page).setExpanded(False)
    page.tree.show_nodes([computed, printed])
    assert [page.tree.topLevelItem(at).isExpanded() for at in (0, 1)] == [False, True]
