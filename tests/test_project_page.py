"""The page of one project: what is shown, what is filled in, and what a slip of the hand can't do."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from tests.windows import LONG_TEXT, Open, Script, labels, made_id
from ui.main_window import MainWindow
from ui.settings import Settings
from ui.tabs.budget import BudgetTab
from ui.tabs.spending import SpendingTab

CTRL = Qt.KeyboardModifier.ControlModifier


def line(page: MainWindow, name: str) -> QLineEdit:
    return page.project.fields.lines[name].line


def retype(qtbot: QtBot, field: QLineEdit, typed: str, *, key: Qt.Key = Qt.Key.Key_Return) -> None:
    field.setFocus()
    field.selectAll()
    qtbot.keyClick(field, Qt.Key.Key_Delete)
    qtbot.keyClicks(field, typed)
    qtbot.keyClick(field, key)


def saved(page: MainWindow, name: str, project: int = 0) -> object:
    portfolio = page.desk.session.portfolio
    held = portfolio.projects[made_id(project)]
    if hasattr(held, name):
        return getattr(held, name)
    status = next(one for one in portfolio.statuses.values() if one.project == held.id)
    return getattr(status, name)


def test_figures_flags_and_texts_are_shown(page: MainWindow) -> None:
    project = page.project
    assert project.title.text() == "Åsveien skole"
    assert [label.text() for label in project.figures.total.values] == ["90\u00a0000", "18\u00a0000", "72\u00a0000"]
    assert [label.text() for label in project.figures.year.values] == ["9\u00a0000", "8\u00a0000", "1\u00a0000"]
    assert project.fields.texts["text"].typed == LONG_TEXT
    assert "Årets regnskap er 1\u00a0000\u00a0000\u00a0kr under revidert budsjett" in labels(project)
    assert "Forklar om avviket er periodisering eller besparelse" in labels(project)
    years = next(tab for tab in project.tabs if isinstance(tab, SpendingTab)).years
    assert [bar.name for bar in years._bars] == ["Før 2023", "2023"]  # noqa: SLF001  what is painted
    budget = next(tab for tab in project.tabs if isinstance(tab, BudgetTab))
    project.behind.setCurrentWidget(budget)
    assert budget.table.item(0, 2).text() == "9\u00a0000"


def test_a_running_programme_has_no_total(page: MainWindow) -> None:
    page.open_project(made_id(3))
    assert not page.project.figures.total.isVisible()
    assert page.project.figures.year.isVisible()


def test_texts_are_saved_when_left_and_when_typing_rests(qtbot: QtBot, page: MainWindow) -> None:
    field = page.project.fields.texts["explanation"]
    field.text.setFocus()
    qtbot.keyClicks(field.text, "Leveransen er forsinket")
    qtbot.keyClick(field.text, Qt.Key.Key_Tab)
    assert saved(page, "explanation") == "Leveransen er forsinket"
    field.text.setFocus()
    qtbot.keyClicks(field.text, "!")
    qtbot.waitUntil(lambda: str(saved(page, "explanation")).count("!") == 1, timeout=3000)


def test_going_to_another_project_saves_first(qtbot: QtBot, page: MainWindow) -> None:
    field = page.project.fields.texts["explanation"]
    field.text.setFocus()
    qtbot.keyClicks(field.text, "Årsak")
    qtbot.keyClick(page, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert page.project.title.text() == "Zoologisk park"
    assert saved(page, "explanation") == "Årsak"
    assert page.project.fields.texts["explanation"].typed == ""
    qtbot.keyClick(page, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert page.project.fields.texts["explanation"].typed == "Årsak"


@pytest.mark.parametrize(
    ("name", "typed", "kept", "written"),
    [
        ("completion", "3. kvartal 2026", "3K-2026", "3K-2026"),
        ("phase", "forprosjekt", "Phase.PRE_PROJECT", "Forprosjekt"),
        ("year_end_forecast", "9,5 mill", "9500000", "9\u00a0500"),
        ("final_cost_forecast", "88 000", "88000000", "88\u00a0000"),
        ("responsible", "Per Ås", "Per Ås", "Per Ås"),
        ("code", "P-1", "P-1", "P-1"),
    ],
)
def test_a_line_is_saved_on_enter_and_written_in_one_way(  # noqa: PLR0913, PLR0917  cases
    qtbot: QtBot, page: MainWindow, name: str, typed: str, kept: str, written: str
) -> None:
    retype(qtbot, line(page, name), typed)
    assert str(saved(page, name)) == kept
    page.project.fields.texts["text"].text.setFocus()
    assert line(page, name).text() == written


@pytest.mark.parametrize(
    ("name", "typed", "told"),
    [
        ("completion", "til jul", "«til jul» er ikke et kvartal"),
        ("phase", "midt i", "«midt i» er ikke en fase"),
        ("year_end_forecast", "mye", "«mye» er ikke et beløp"),
        ("final_cost_forecast", "1 2 3", "«1 2 3» er ikke et beløp"),
        ("responsible", "x" * 201, "Teksten er for lang"),
        ("service_area", "x" * 201, "Teksten er for lang"),
        ("department", "x" * 201, "Teksten er for lang"),
        ("code", "x" * 201, "Teksten er for lang"),
    ],
)
def test_what_cannot_be_used_is_told_at_the_field_and_neither_saved_nor_lost(  # noqa: PLR0913, PLR0917  cases
    qtbot: QtBot, page: MainWindow, ask: Script, name: str, typed: str, told: str
) -> None:
    before = saved(page, name)
    line(page, name).setText(typed)
    line(page, name).setFocus()
    qtbot.keyClick(line(page, name), Qt.Key.Key_Return)
    refusal = page.project.fields.lines[name].refusal
    assert refusal.isVisible()
    assert refusal.text().startswith(told)
    assert line(page, name).accessibleDescription() == refusal.text()
    assert (saved(page, name), line(page, name).text(), ask.told) == (before, typed, [])
    qtbot.keyClick(line(page, name), Qt.Key.Key_Escape)
    assert not refusal.isVisible()
    assert line(page, name).text() == page.project._editing.written(made_id(0), name)  # noqa: SLF001


@pytest.mark.parametrize(("language", "typed"), [("en", "Construction"), ("nn", "utføring")])
def test_phases_are_chosen_in_the_users_own_language(  # noqa: PLR0913, PLR0917  fixtures
    qtbot: QtBot, open_window: Open, path: Path, settings: Settings, language: str, typed: str
) -> None:
    settings.language = language
    window = open_window(path)
    window.open_project(made_id(0))
    retype(qtbot, line(window, "phase"), typed)
    assert str(saved(window, "phase")) == "Phase.CONSTRUCTION"
    assert line(window, "phase").text().casefold() == typed.casefold()


def test_undo_and_redo_are_named_and_work_from_any_page(qtbot: QtBot, page: MainWindow) -> None:
    retype(qtbot, line(page, "completion"), "1K-2027")
    assert page.deeds["undo"].text() == "&Angre Est. ferdig for Åsveien skole"
    page.show_overview()
    qtbot.keyClick(page, Qt.Key.Key_Z, CTRL)
    assert str(saved(page, "completion")) == "4K-2025"
    assert page.deeds["redo"].text() == "&Gjør om Est. ferdig for Åsveien skole"
    qtbot.keyClick(page, Qt.Key.Key_Y, CTRL)
    assert str(saved(page, "completion")) == "1K-2027"
    assert not page.deeds["redo"].isEnabled()


def test_history_tells_every_change_and_goes_back(qtbot: QtBot, page: MainWindow) -> None:
    retype(qtbot, line(page, "completion"), "1K-2027")
    retype(qtbot, line(page, "completion"), "2K-2027")
    page.project.behind.setCurrentWidget(page.project.history)
    table = page.project.history.table
    assert [table.item(0, at).text() for at in range(1, 6)] == ["Kari", "Skrevet", "Est. ferdig", "1K-2027", "2K-2027"]
    table.selectRow(1)
    qtbot.mouseClick(page.project.history.back, Qt.MouseButton.LeftButton)
    assert str(saved(page, "completion")) == "4K-2025"
    assert table.item(0, 5).text() == "4K-2025"
    assert page.deeds["undo"].text() == "&Angre Tilbake til tidligere verdi: Est. ferdig"


def test_last_periods_text_stands_beside_and_what_changed_is_marked(page: MainWindow, ask: Script) -> None:
    ask.filled = {}
    page.deeds["new-period"].trigger()
    page.open_project(made_id(6))
    fields = page.project.fields
    assert fields.before.toPlainText() == "I rute."
    fields.texts["text"].text.setPlainText("Ikke i rute.")
    fields.marked.setChecked(True)
    html = fields.before.toHtml()
    assert "line-through" in html
    assert "underline" in html
    assert fields.before.toPlainText().replace("\n", "") == "IIkke i rute."


def test_enter_goes_on_with_a_list_and_ends_it(qtbot: QtBot, page: MainWindow) -> None:
    text = page.project.fields.texts["explanation"].text
    text.setFocus()
    qtbot.keyClicks(text, "- tak")
    qtbot.keyClick(text, Qt.Key.Key_Return)
    qtbot.keyClicks(text, "vinduer")
    qtbot.keyClick(text, Qt.Key.Key_Return)
    assert text.toPlainText() == "- tak\n- vinduer\n- "
    qtbot.keyClick(text, Qt.Key.Key_Return)
    assert text.toPlainText() == "- tak\n- vinduer\n"


def test_the_arrow_offers_quarters_and_phases(qtbot: QtBot, page: MainWindow) -> None:
    for name, offered in (("completion", "4K-2023"), ("phase", "Utførelse")):
        field = line(page, name)
        field.setFocus()
        field.clear()
        qtbot.keyClick(field, Qt.Key.Key_Down)
        popup = field.completer().popup()
        assert popup.isVisible()
        model = popup.model()
        assert offered in [model.index(row, 0).data() for row in range(model.rowCount())]
        popup.hide()


def test_the_length_and_the_usual_order_are_quiet_guidance(page: MainWindow) -> None:
    page.open_project(made_id(6))
    assert page.project.fields.guide.text().startswith("7 tegn, vanligvis under 800.")
