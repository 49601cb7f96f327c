"""The budget ledger in the window: the project's tab, the controller's page, and the reallocation form."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.windows import PROJECTS, Open, Script, made_id
from tracker.kinds import BudgetKind, BudgetStatus
from tracker.model import BudgetLine
from ui.budget_forms import BudgetForms
from ui.main_window import MainWindow
from ui.pages.budget import BudgetPage
from ui.plain_table import PlainTable
from ui.rows_form import RowsForm, RowsQuestion
from ui.tabs.budget import BudgetTab
from ui.words import words_in

SCHOOL, PARK, BRIDGE = (PROJECTS[at][0] for at in range(3))
DECIDED = {"status": "decided", "case": "KS-sak 109/23", "day": "14.06.2023"}
GRANT = {"kind": "grant", "year": "2023", "amount": "12,3 mill", "funding": "loan"}


def budget_tab(window: MainWindow) -> BudgetTab:
    (tab,) = (tab for tab in window.project.tabs if isinstance(tab, BudgetTab))
    window.project.behind.setCurrentWidget(tab)
    return tab


def budget_page(window: MainWindow) -> BudgetPage:
    window.show_page("budget")
    assert isinstance(window.page, BudgetPage)
    return window.page


def cells(table: PlainTable) -> list[list[str]]:
    return [
        [item.text() if (item := table.item(row, column)) else "" for column in range(table.columnCount())]
        for row in range(table.rowCount())
    ]


def entered(window: MainWindow, kind: BudgetKind) -> list[BudgetLine]:
    return [line for line in window.desk.session.portfolio.budget_lines.values() if line.kind is kind]


def click(qtbot: QtBot, tab: BudgetTab | BudgetPage, name: str) -> None:
    qtbot.mouseClick(getattr(tab, name), Qt.MouseButton.LeftButton)


def test_a_grant_is_entered_on_the_projects_tab_and_undone(qtbot: QtBot, page: MainWindow, ask: Script) -> None:
    tab = budget_tab(page)
    ask.filled = GRANT | DECIDED | {"note": "Flere elever"}
    click(qtbot, tab, "add")
    shown = cells(tab.table)
    assert ["2023", "Tilleggsbevilgning", "12\u00a0300", "12\u00a0300", "Vedtatt", "KS-sak 109/23"] in [
        row[:6] for row in shown
    ]
    assert ["2023", "Revidert budsjett", "21\u00a0300", ""] in [row[:4] for row in shown]
    assert shown[-1][1:4] == ["Vedtatt totalt", "", "102\u00a0300"]
    assert page.project.figures.year.values[0].text() == "21\u00a0300"
    page.desk.session.undo()
    assert entered(page, BudgetKind.GRANT) == []
    assert len(cells(tab.table)) == len(shown) - 1


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"amount": ""}, "Beløpet mangler"),
        ({"amount": "mye"}, "ikke et beløp"),
        ({"funding": ""}, "finansierer"),
        ({"case": "109/23"}, "ikke et vedtak"),
        ({"day": ""}, "datoen"),
        ({"case": "", "day": ""}, "må ha et vedtak"),
        ({"year": "i år"}, "budsjettår"),
    ],
)
def test_a_form_says_what_is_wrong_and_enters_nothing(
    qtbot: QtBot, page: MainWindow, ask: Script, wrong: dict[str, str], said: str
) -> None:
    ask.filled = GRANT | DECIDED | wrong
    click(qtbot, budget_tab(page), "add")
    assert said in ask.refused
    assert entered(page, BudgetKind.GRANT) == []


def test_the_same_decision_twice_is_asked_about(qtbot: QtBot, page: MainWindow, ask: Script) -> None:
    tab = budget_tab(page)
    ask.filled = GRANT | DECIDED
    click(qtbot, tab, "add")
    ask.agrees = False
    click(qtbot, tab, "add")
    assert len(entered(page, BudgetKind.GRANT)) == 1


def test_a_proposal_is_marked_does_not_count_and_is_decided_from_the_tab(
    qtbot: QtBot, page: MainWindow, ask: Script
) -> None:
    tab = budget_tab(page)
    ask.filled = {"from_year": "2023", "to_year": "2024", "amount": "1 000", "status": "proposed"}
    click(qtbot, tab, "move_years")
    assert not tab.decide.isEnabled()
    assert page.project.figures.year.values[0].text() == "9\u00a0000"
    row = next(at for at, row in enumerate(cells(tab.table)) if row[4] == "Forslag")
    tab.table.selectRow(row)
    assert not tab.take_back.isEnabled()
    ask.filled = DECIDED
    click(qtbot, tab, "decide")
    lines = entered(page, BudgetKind.BETWEEN_YEARS)
    assert {line.status for line in lines} == {BudgetStatus.DECIDED}
    assert next(row[1] for row in cells(tab.table) if row[0] == "2024") == "Flyttet fra 2023"
    assert page.project.figures.year.values[0].text() == "8\u00a0000"
    assert page.project.figures.total.values[0].text() == "90\u00a0000"


def test_a_decided_change_is_taken_back_with_a_reason_and_not_withdrawn(
    qtbot: QtBot, page: MainWindow, ask: Script
) -> None:
    tab = budget_tab(page)
    ask.filled = GRANT | DECIDED
    click(qtbot, tab, "add")
    tab.table.selectRow(next(at for at, row in enumerate(cells(tab.table)) if row[1] == "Tilleggsbevilgning"))
    assert tab.take_back.isEnabled()
    assert not tab.withdraw.isEnabled()
    ask.filled = {"because": "Feil prosjekt"}
    click(qtbot, tab, "take_back")
    assert [line.year_amount for line in entered(page, BudgetKind.GRANT)] == [12_300_000, -12_300_000]
    assert page.project.figures.year.values[0].text() == "9\u00a0000"


def test_the_tab_tells_why_a_figure_is_what_it_is(qtbot: QtBot, page: MainWindow, ask: Script) -> None:
    tab = budget_tab(page)
    ask.filled = GRANT | DECIDED
    click(qtbot, tab, "add")
    next(action for action in tab.why.menu().actions() if action.text() == "Revidert budsjett").trigger()
    (question,) = ask.tables
    assert question.title == "Hvor kommer tallet fra: Revidert budsjett"
    assert [row[2] for row in question.rows[:-1]] == ["9\u00a0000\u00a0000", "12\u00a0300\u00a0000"]
    assert question.rows[-1][1:4] == ["Revidert budsjett", "", "21\u00a0300\u00a0000"]


def test_the_controller_decides_all_carry_overs_of_the_year_with_one_decision(
    qtbot: QtBot, page: MainWindow, ask: Script
) -> None:
    for number in range(3):
        page.open_project(made_id(number))
        ask.filled = {"kind": "carry_over", "year": "2023", "amount": "1 000", "status": "proposed"}
        click(qtbot, budget_tab(page), "add")
    budget = budget_page(page)
    assert [row[:5] for row in cells(budget.table)] == [
        [name, "Overført fra 2022", "1\u00a0000", "0", "Forslag"] for name in (SCHOOL, PARK, BRIDGE)
    ]
    assert cells(budget.sums) == [
        ["Overført fra i fjor (forslag)", "3", "3\u00a0000", "0", "Teller ikke før det er vedtatt"]
    ]
    assert not budget.decide.isEnabled()
    click(qtbot, budget, "proposals")
    ask.filled = DECIDED
    click(qtbot, budget, "decide")
    assert {line.status for line in entered(page, BudgetKind.CARRY_OVER)} == {BudgetStatus.DECIDED}
    assert cells(budget.sums)[0][-1] == "Endrer året, ikke totalen"
    steps = len(page.desk.session.steps.undoable)
    page.desk.session.undo()
    assert {line.status for line in entered(page, BudgetKind.CARRY_OVER)} == {BudgetStatus.PROPOSED}
    assert len(page.desk.session.steps.undoable) == steps - 1


def test_the_page_is_filtered_by_kind_and_status_and_leads_to_the_project(
    qtbot: QtBot, page: MainWindow, ask: Script
) -> None:
    tab = budget_tab(page)
    ask.filled = GRANT | DECIDED
    click(qtbot, tab, "add")
    ask.filled = GRANT | {"status": "proposed", "amount": "5"}
    click(qtbot, tab, "add")
    budget = budget_page(page)
    for box, kind, count in ((budget.status, BudgetStatus.PROPOSED, 1), (budget.kind, BudgetKind.OPENING, 0)):
        box.setCurrentIndex(box.findData(kind.value))
        box.activated.emit(box.currentIndex())
        assert budget.table.rowCount() == count
    budget.status.setCurrentIndex(0)
    budget.status.activated.emit(0)
    assert budget.table.rowCount() == len(PROJECTS)
    budget.table.setFocus()
    budget.table.selectRow(2)
    click(qtbot, budget, "open")
    assert page.page is page.project
    assert page.project.title.text() == BRIDGE


def test_the_page_shows_another_year_when_it_is_chosen_and_its_own_again_with_another_period(
    qtbot: QtBot, page: MainWindow, ask: Script
) -> None:
    ask.filled = GRANT | DECIDED | {"year": "2024"}
    click(qtbot, budget_tab(page), "add")
    budget = budget_page(page)
    assert [budget.year.itemText(at) for at in range(budget.year.count())] == ["2023", "2024"]
    assert (budget.year.currentText(), budget.title.text()) == ("2023", "Budsjettendringer 2023")
    budget.year.setFocus()
    qtbot.keyClick(budget.year, Qt.Key.Key_Down)
    budget.year.activated.emit(budget.year.currentIndex())
    assert (budget.title.text(), budget.table.rowCount()) == ("Budsjettendringer 2024", 1)
    page.desk.session.undo()
    assert (budget.title.text(), budget.year.count()) == ("Budsjettendringer 2023", 1)


def asked_rows(window: MainWindow, ask: Script) -> RowsQuestion:
    BudgetForms(window.desk, window._editing).reallocate(made_id(0))  # noqa: SLF001  the window's own
    return ask.row_questions[-1]


def left(form: RowsForm) -> list[str]:
    return [label.text() for label in form.sums]


def test_a_reallocation_is_typed_with_the_keys_and_saved_only_at_zero(
    qtbot: QtBot, page: MainWindow, ask: Script
) -> None:
    form = RowsForm(asked_rows(page, ask), words_in(), page)
    with qtbot.waitExposed(form):
        form.show()
    first, second = form.rows
    assert first.name.text() == SCHOOL
    first.amounts[0].setFocus()
    qtbot.keyClicks(first.amounts[0], "-1 500")
    assert left(form) == ["1\u00a0500", "1\u00a0500"]
    assert not form.agree.isEnabled()
    for key in (Qt.Key.Key_Tab, Qt.Key.Key_Tab, Qt.Key.Key_Tab):
        qtbot.keyClick(form.focusWidget(), key)
    assert form.focusWidget() is second.name
    qtbot.keyClick(second.name, Qt.Key.Key_Down)
    popup = second.name.completer().popup()
    assert popup.isVisible()
    assert popup.model().rowCount() == len(PROJECTS)
    popup.hide()
    second.name.setText(PARK)
    qtbot.keyClicks(second.amounts[0], "1 mill")
    assert left(form) == ["500", "500"]
    qtbot.mouseClick(form.add, Qt.MouseButton.LeftButton)
    third = form.rows[2]
    assert form.focusWidget() is third.name
    third.name.setText("Østbyen")
    qtbot.keyClicks(third.amounts[0], "500")
    assert left(form) == ["0", "0"]
    assert not form.agree.isEnabled()
    assert "Østbyen bad" in form.sentence.text()
    third.name.setText("østbyen bad")
    assert form.agree.isEnabled()
    qtbot.keyClicks(third.amounts[1], "400")
    assert left(form) == ["0", "100"]
    assert not form.agree.isEnabled()
    third.amounts[1].clear()
    qtbot.mouseClick(form.agree, Qt.MouseButton.LeftButton)
    assert form.isVisible()
    assert "må ha et vedtak" in form.refusal.text()
    qtbot.keyClicks(form.widgets["case"], "KS-sak 109/23")
    qtbot.keyClicks(form.widgets["day"], "14.06.2023")
    qtbot.keyClick(form.widgets["day"], Qt.Key.Key_Return)
    assert not form.isVisible()
    assert form.answer().rows == ((SCHOOL, "-1 500", ""), (PARK, "1 mill", ""), ("østbyen bad", "500", ""))


def test_a_row_that_is_taken_away_counts_no_more(qtbot: QtBot, page: MainWindow, ask: Script) -> None:
    form = RowsForm(asked_rows(page, ask), words_in(), page)
    form.show()
    qtbot.keyClicks(form.rows[1].amounts[0], "500")
    assert left(form) == ["\u2212500", "\u2212500"]
    qtbot.mouseClick(form.rows[1].remove, Qt.MouseButton.LeftButton)
    assert left(form) == ["0", "0"]
    assert len(form.rows) == 1
    assert not form.agree.isEnabled()
    qtbot.mouseClick(form.rows[0].remove, Qt.MouseButton.LeftButton)
    assert [row.values() for row in form.rows] == [("", "", "")]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([(SCHOOL, "-5", ""), (PARK, "4", "")], "går i null"),
        ([(SCHOOL, "-5", ""), ("", "5", "")], "Velg prosjektet"),
        ([(SCHOOL, "-5", ""), (SCHOOL, "5", "")], "to ganger"),
        ([(SCHOOL, "mye", "")], "ikke et beløp"),
    ],
)
def test_a_reallocation_that_will_not_do_is_not_entered(
    qtbot: QtBot, page: MainWindow, ask: Script, rows: Sequence[tuple[str, ...]], said: str
) -> None:
    ask.filled, ask.rowed = DECIDED, list(rows)
    click(qtbot, budget_page(page), "reallocate")
    assert said in ask.refused
    assert entered(page, BudgetKind.REALLOCATION) == []


def test_a_reallocation_is_entered_from_the_page(qtbot: QtBot, page: MainWindow, ask: Script) -> None:
    ask.filled, ask.rowed = DECIDED, [(SCHOOL, "-1 500", ""), (PARK, "1 mill", ""), (BRIDGE, "500", "")]
    budget = budget_page(page)
    click(qtbot, budget, "reallocate")
    lines = entered(page, BudgetKind.REALLOCATION)
    assert sum(line.year_amount for line in lines) == sum(line.total_amount for line in lines) == 0
    assert [row[0] for row in cells(budget.table)] == [SCHOOL, PARK, BRIDGE]
    assert cells(budget.sums)[0][1:] == ["1", "0", "0", "Går i null over prosjektene"]


def test_a_file_that_is_held_elsewhere_is_only_read(open_window: Open, path: Path) -> None:
    open_window(path)
    second = open_window(path)
    second.open_project(made_id(0))
    tab = budget_tab(second)
    tab.table.selectRow(0)
    buttons = (tab.add, tab.move_years, tab.reallocate, tab.decide, tab.withdraw, tab.take_back)
    assert [button.isEnabled() for button in buttons] == [False] * 6
    assert tab.why.isEnabled()
    assert any("bare leses" in label.text() for label in second.findChildren(QLabel))
