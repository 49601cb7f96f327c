"""Following a figure in the window: by the mouse, by a key, on to what it is made of and to where that stands."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from tests.windows import Script, made_id, section_of
from tracker.model import RecordId
from ui.key_figures import FigureButton
from ui.main_window import MainWindow
from ui.pages.ledger import LedgerPage


class Following(Script):
    """Chooses the rows that the test says, one after another, and then none."""

    def __init__(self) -> None:
        super().__init__()
        self.rows_to_choose: list[int] = []

    def choose(self, question):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201
        """Remember the table, and choose the next row."""
        self.tables.append(question)
        return self.rows_to_choose.pop(0) if self.rows_to_choose else None


@pytest.fixture
def ask() -> Following:
    """Return an `Ask` that follows rows."""
    return Following()


def put_cursor(window: MainWindow, project: int, column: str) -> None:
    model = window.projects.model
    row = model.row_of(made_id(project))
    assert row is not None
    window.projects.table.setCurrentIndex(model.index(row, section_of(window, column)))
    window.projects.table.setFocus()


def test_a_key_follows_a_figure_of_the_table_to_its_budget_line(
    qtbot: QtBot, table: MainWindow, ask: Following
) -> None:
    put_cursor(table, 0, "deviation")
    ask.rows_to_choose = [0, 0]
    qtbot.keyClick(table, Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier)
    deviation, revised = ask.tables
    assert deviation.title == "Hvor kommer tallet fra: Avvik"
    assert deviation.lead == "Åsveien skole, Årsmelding 2023. Beløp i kroner."
    assert [row[1:4] for row in deviation.rows] == [
        ["Revidert budsjett", "9\u00a0000\u00a0000", "9\u00a0000\u00a0000"],
        ["Regnskap (trekkes fra)", "−8\u00a0000\u00a0400", "999\u00a0600"],
        ["Avvik", "", "999\u00a0600"],
    ]
    assert [row[1:4] for row in revised.rows][-1] == ["Revidert budsjett", "", "9\u00a0000\u00a0000"]
    assert table.page is table.project
    tab = table.project._budget  # noqa: SLF001
    assert table.project.behind.currentWidget() is tab
    assert tab._chosen() == [made_id(1000)]  # noqa: SLF001


def test_what_was_spent_leads_to_the_import(qtbot: QtBot, page: MainWindow, ask: Following) -> None:
    ask.rows_to_choose = [0]
    qtbot.mouseClick(page.project.figures.year.values[1], Qt.MouseButton.LeftButton)
    (question,) = ask.tables
    assert [row[1:4] for row in question.rows] == [
        ["Brukt i 2023", "8\u00a0000\u00a0400", "8\u00a0000\u00a0400"],
        ["Regnskap", "", "8\u00a0000\u00a0400"],
    ]
    ledger = page.more("ledger")
    assert page.page is ledger
    assert isinstance(ledger, LedgerPage)
    assert ledger.batches.currentRow() == 0


def test_the_sums_beneath_the_table_are_followed_to_their_projects(
    qtbot: QtBot, table: MainWindow, ask: Following
) -> None:
    sums = table.projects.sums
    section = section_of(table, "actual")
    for row, expected in enumerate((46_688_500 + 1_000, 400_000, 46_688_500 + 401_000)):
        sums.setCurrentIndex(table.projects.sums_model.index(row, section))
        sums.setFocus()
        qtbot.keyClick(table, Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier)
        shown = int(table.projects.sums_model.cell(row, section).value)
        told = ask.tables[-1].rows[-1][3].replace("\u00a0", "")
        assert int(told) == shown, expected
    assert ask.tables[-1].rows[-2][1] == "Sum øvrige"


def test_a_filtered_table_sums_what_is_shown(qtbot: QtBot, table: MainWindow, ask: Following) -> None:
    table.projects.bar.search.setText("park")
    table.projects._ask_anew()  # noqa: SLF001
    table.projects.sums.setCurrentIndex(table.projects.sums_model.index(0, section_of(table, "revised_budget")))
    table.projects.sums.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier)
    assert [row[1] for row in ask.tables[-1].rows] == ["Zoologisk park", "Adal park", "Revidert budsjett"]


def test_a_column_without_figures_says_so_and_the_overview_offers_them_all(table: MainWindow, ask: Following) -> None:
    put_cursor(table, 0, "service_area")
    table.deeds["trace"].trigger()
    assert ask.told == ["Kolonnen har ingen tall å følge: velg en med beløp."]
    table.show_overview()
    ask.rows_to_choose = [0]
    table.deeds["trace"].trigger()
    choices, first = ask.tables
    assert [row[0] for row in choices.rows][:2] == ["Vedtatt totalt", "Påløpt totalt"]
    assert "Ventet avvik" not in [row[0] for row in choices.rows]
    assert first.rows[-1][3] == choices.rows[0][1]


def test_the_right_button_offers_to_follow_amounts_only(table: MainWindow, ask: Following) -> None:
    view = table.projects.table
    for column, is_offered in (("actual", True), ("service_area", False)):
        index = table.projects.model.index(1, section_of(table, column))
        view.scrollTo(index)
        view.customContextMenuRequested.emit(view.visualRect(index).center())
        menu = next(one for one in view.findChildren(QMenu) if one.isVisible())
        follow = menu.actions()[0]
        assert (follow.text(), follow.isEnabled()) == ("Hvor kommer tallet fra …", is_offered)
        if is_offered:
            follow.trigger()
        menu.close()
    assert [one.title for one in ask.tables] == ["Hvor kommer tallet fra: Regnskap"]
    view.customContextMenuRequested.emit(QPoint(10, 5000))


def test_the_key_figures_are_followed_by_the_keyboard(qtbot: QtBot, page: MainWindow, ask: Following) -> None:
    for button in page.project.findChildren(FigureButton):
        if button.isVisible():
            button.setFocus()
            qtbot.keyClick(button, Qt.Key.Key_Space)
            qtbot.keyClick(page, Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier)
    titles = [one.title.removeprefix("Hvor kommer tallet fra: ") for one in ask.tables]
    assert titles[::2] == titles[1::2]
    assert titles[::2] == [
        "Vedtatt totalt", "Påløpt totalt", "Rest av totalbudsjett", "Revidert budsjett", "Regnskap", "Avvik",
    ]  # fmt: skip


def test_what_is_proposed_is_shown_too(page: MainWindow, ask: Following) -> None:
    menu = page.project._budget.why.menu()  # noqa: SLF001
    next(action for action in menu.actions() if action.text() == "Foreslåtte endringer i året").trigger()
    assert ask.tables[0].rows[-1][1:4] == ["Foreslåtte endringer i året", "", "0"]


def test_a_batch_that_is_gone_leads_to_the_page_all_the_same(table: MainWindow) -> None:
    ledger = table.more("ledger")
    assert isinstance(ledger, LedgerPage)
    ledger.select_batch(RecordId("borte"))
    assert ledger.batches.currentRow() == -1
