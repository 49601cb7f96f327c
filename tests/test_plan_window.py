"""Plans, risks, contracts and the register in the window: told in forms, shown beside what was told before."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.test_budget_window import cells
from tests.windows import PERIOD, Open, Script, made_id, write
from tracker.actions import open_period
from tracker.kinds import Phase
from tracker.model import ProjectId
from tracker.periods import Part, Period
from tracker.planning import spending_plan_of
from ui.main_window import MainWindow
from ui.tabs.plan import PlanTab
from ui.tabs.risks import RisksTab
from ui.tabs.subprojects import SubprojectsTab

NEXT = Period(2024, Part.T1)


def plan_tab(window: MainWindow) -> PlanTab:
    (tab,) = (tab for tab in window.project.tabs if isinstance(tab, PlanTab))
    window.project.behind.setCurrentWidget(tab)
    return tab


def risks_tab(window: MainWindow) -> RisksTab:
    (tab,) = (tab for tab in window.project.tabs if isinstance(tab, RisksTab))
    window.project.behind.setCurrentWidget(tab)
    return tab


def subprojects_tab(window: MainWindow) -> SubprojectsTab:
    (tab,) = (tab for tab in window.project.tabs if isinstance(tab, SubprojectsTab))
    window.project.behind.setCurrentWidget(tab)
    return tab


def click(qtbot: QtBot, button: QPushButton) -> None:
    assert button.isEnabled()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def go_on_to_next_period(window: MainWindow) -> None:
    session = window.desk.session
    session.perform(open_period(session.portfolio, NEXT, new_id=session.new_id))
    session.turn_to(NEXT)


def test_a_milestone_is_added_moved_in_the_next_period_and_its_slip_is_shown(
    qtbot: QtBot, page: MainWindow, ask: Script
) -> None:
    tab = plan_tab(page)
    ask.filled = {"name": "Byggestart", "planned": "01.03.2024"}
    click(qtbot, tab.add)
    go_on_to_next_period(page)
    tab.milestones.selectRow(0)
    ask.filled = {"planned": "01.07.2024"}
    click(qtbot, tab.change)
    assert cells(tab.milestones) == [
        ["Byggestart", "01.07.2024", "01.03.2024", "01.03.2024", "-", "122", "2", "122 dager"]
    ]
    tab.milestones.selectRow(0)
    click(qtbot, tab.remove)
    assert cells(tab.milestones) == []
    page.desk.session.turn_to(PERIOD)
    assert cells(tab.milestones)[0][:2] == ["Byggestart", "01.03.2024"]


def test_a_date_that_cant_be_read_is_refused_in_the_form(qtbot: QtBot, page: MainWindow, ask: Script) -> None:
    tab = plan_tab(page)
    ask.filled = {"name": "Byggestart", "planned": "til våren"}
    click(qtbot, tab.add)
    assert "ikke en dato" in ask.refused
    assert not page.desk.session.portfolio.milestones


def test_the_usual_milestones_that_get_a_date_are_added(qtbot: QtBot, page: MainWindow, ask: Script) -> None:
    tab = plan_tab(page)
    ask.filled = {"0": "01.02.2023", "9": "01.02.2027"}
    click(qtbot, tab.usual)
    assert [row[0] for row in cells(tab.milestones)] == ["Mulighetsstudie", "Ettårsbefaring"]
    click(qtbot, tab.usual)
    assert len(ask.forms[-1]) == 8


def test_a_spending_plan_is_set_by_tertial_shown_by_month_against_the_years_budget_and_removed(
    qtbot: QtBot, page: MainWindow, ask: Script
) -> None:
    tab = plan_tab(page)
    ask.filled = {"0": "2 000", "1": "3 000", "2": "3 000"}
    click(qtbot, tab.by_tertial)
    assert cells(tab.plan)[0][:3] == ["Årsmelding 2023", "500", "500"]
    assert cells(tab.plan)[0][-1] == "8\u00a0000"
    assert "9\u00a0000" in tab.summary.text()
    ask.filled = {str(at): "" for at in range(12)}
    click(qtbot, tab.by_month)
    assert spending_plan_of(page.desk.session.portfolio, ProjectId(made_id(0)), PERIOD) is None


def test_risks_stand_by_expected_loss_and_contracts_tell_what_they_bind(
    qtbot: QtBot, page: MainWindow, ask: Script
) -> None:
    tab = risks_tab(page)
    for title, consequence, likelihood in (("Kvikkleire", "10 mill", "10"), ("Pris", "4 mill", "50 %")):
        ask.filled = {"title": title, "consequence": consequence, "likelihood": likelihood}
        click(qtbot, tab.add_risk)
    assert [(row[0], row[3]) for row in cells(tab.risks)] == [("Pris", "2\u00a0000"), ("Kvikkleire", "1\u00a0000")]
    ask.filled = {"supplier": "Bygg AS", "amount": "60 mill", "invoiced": "12 mill"}
    click(qtbot, tab.add_contract)
    assert cells(tab.contracts)[0][1:5] == ["60\u00a0000", "-", "12\u00a0000", "48\u00a0000"]
    assert "Kan ikke sammenlignes" in tab.bound.text(), "the ledger doesn't say how it holds VAT"


def test_a_subproject_is_added_changed_and_moved_with_its_money(qtbot: QtBot, page: MainWindow, ask: Script) -> None:
    tab = subprojects_tab(page)
    ask.filled = {"code": "I41042", "name": "Gymsal"}
    click(qtbot, tab.add)
    tab.table.selectRow(0)
    ask.filled = {"name": "Flerbrukshall"}
    click(qtbot, tab.change)
    assert cells(tab.table) == [["I41042", "Flerbrukshall"]]
    tab.table.selectRow(0)
    ask.filled = {"project": made_id(1)}
    click(qtbot, tab.move_away)
    assert cells(tab.table) == []
    assert tab.nothing.isVisibleTo(tab)


def test_what_needs_a_project_says_so_once(open_window: Open, ask: Script, tmp_path: Path) -> None:
    window = open_window(write(tmp_path / "Ny.tertial", []))
    for deed in ("split-project", "join-project", "close-project", "reopen-project", "remove-project"):
        ask.told.clear()
        window.deeds[deed].trigger()
        assert ask.told == ["Åpne prosjektet det gjelder, først."], deed


def test_a_project_is_added_from_the_menu_opened_and_removed_again(table: MainWindow, ask: Script) -> None:
    ask.filled = {"name": "Nye Solheim", "code": "P-77", "kind": "project", "tag": ""}
    table.deeds["add-project"].trigger()
    assert table.page is table.project
    assert table.project.title.text() == "Nye Solheim"
    table.deeds["remove-project"].trigger()
    assert "Nye Solheim" not in {one.name for one in table.desk.session.portfolio.projects.values()}
    assert table.page is table.projects


def test_a_project_is_split_and_joined_again_and_no_sum_changes(page: MainWindow, ask: Script) -> None:
    session = page.desk.session
    figures = session.view.figures
    assert figures is not None
    before = figures.all
    ask.filled = {"name": "Ny hall", "year": "1 000", "total": "30 mill", "spent": "500"}
    page.deeds["split-project"].trigger()
    assert page.project.title.text() == "Ny hall"
    assert session.view.figures is not None
    assert session.view.figures.all.total_budget == before.total_budget
    assert session.view.figures.all.actual == before.actual
    ask.filled = {"into": made_id(0)}
    page.deeds["join-project"].trigger()
    assert page.project.title.text() == "Åsveien skole"
    assert "Ny hall" in subprojects_tab(page).joined.text()
    assert session.view.figures is not None
    assert session.view.figures.all == before
    for _ in range(2):
        session.undo()
    assert session.view.figures is not None
    assert session.view.figures.all == before


def test_a_project_is_closed_with_what_stands_open_shown_and_reopened(page: MainWindow, ask: Script) -> None:
    session = page.desk.session

    def phase() -> Phase | None:
        (status,) = (one for one in session.portfolio.statuses.values() if one.project == made_id(0))
        return status.phase

    ask.agrees = False
    page.deeds["close-project"].trigger()
    assert phase() is None
    assert len(ask.tables[-1].rows) == 1
    ask.agrees = True
    page.deeds["close-project"].trigger()
    assert phase() is Phase.CLOSED
    page.deeds["reopen-project"].trigger()
    assert phase() is Phase.SETTLEMENT
