"""The year's end and funding in the window: proposals seen, changed, made and taken back."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.windows import Script, made_id
from tracker.kinds import BudgetKind, BudgetStatus, FundingSource
from ui.main_window import MainWindow
from ui.pages.year_end import YearEndPage
from ui.tabs.funding import FundingTab


def year_end(window: MainWindow) -> YearEndPage:
    window.show_page("year-end")
    page = window.more("year-end")
    assert isinstance(page, YearEndPage)
    return page


def cells(page: YearEndPage, row: int) -> list[str]:
    return [page.table.item(row, column).text() for column in range(7)]


def row_of(page: YearEndPage, name: str) -> int:
    return next(row for row in range(page.table.rowCount()) if page.table.item(row, 0).text() == name)


def test_proposals_are_changed_made_and_undone(qtbot: QtBot, opened: MainWindow, ask: Script) -> None:
    page = year_end(opened)
    before = opened.desk.session.portfolio
    row = row_of(page, "Åsveien skole")
    assert cells(page, row) == ["Åsveien skole", "9\u00a0000", "8\u00a0000", "1\u00a0000", "1\u00a0000", "0", "0"]
    page.table.selectRow(row)
    ask.filled = {"carried": "600", "struck": "300", "covered": "0"}
    qtbot.mouseClick(page.change, Qt.MouseButton.LeftButton)
    assert "gjenstår å fordele" in ask.refused
    ask.filled = {"carried": "600", "struck": "400", "covered": "0"}
    qtbot.mouseClick(page.change, Qt.MouseButton.LeftButton)
    assert cells(page, row)[4:] == ["600", "400", "0"]
    assert page.sums.item(page.sums.rowCount() - 1, 6).text() == "0"
    qtbot.mouseClick(page.make, Qt.MouseButton.LeftButton)
    lines = [one for one in opened.desk.session.portfolio.budget_lines.values() if one.project == made_id(0)]
    made = {(one.kind, one.budget_year): (one.year_amount, one.total_amount) for one in lines if one.source}
    assert made[BudgetKind.CARRY_OVER, 2024] == (599_600, 0)
    assert made[BudgetKind.CUT, 2024] == (0, -400_000)
    assert {one.status for one in lines if one.kind is BudgetKind.CARRY_OVER} == {BudgetStatus.PROPOSED}
    opened.deeds["undo"].trigger()
    assert opened.desk.session.portfolio == before


def test_a_portfolio_without_an_annual_report_says_so(opened: MainWindow, ask: Script) -> None:
    ask.filled = {"period": "2022-T1"}
    opened.deeds["new-period"].trigger()
    page = year_end(opened)
    assert page.told.text() == "Porteføljen har ingen årsmelding ennå."
    assert not page.make.isEnabled()


def test_funding_is_added_and_removed_on_the_project(qtbot: QtBot, page: MainWindow, ask: Script) -> None:
    tab = next(one for one in page.project.tabs if isinstance(one, FundingTab))
    page.project.behind.setCurrentWidget(tab)
    assert tab.told.text() == "Det er ikke lagt inn hvor pengene kommer fra."
    ask.filled = {"source": FundingSource.GRANT.value, "amount": "4000", "case": "KS-sak 1/22", "day": "14.12.2022"}
    qtbot.mouseClick(tab.add, Qt.MouseButton.LeftButton)
    assert tab.told.text() == "Revidert budsjett som ikke er finansiert: 5\u00a0000\u00a0000\u00a0kr."
    assert [tab.table.item(0, column).text() for column in range(4)] == [
        "Tilskudd fra andre",
        "4\u00a0000",
        "Vedtatt",
        "KS-sak 1/22",
    ]
    tab.table.selectRow(0)
    qtbot.mouseClick(tab.remove, Qt.MouseButton.LeftButton)
    assert page.desk.session.portfolio.funding_lines == {}
