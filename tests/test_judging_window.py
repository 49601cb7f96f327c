"""The project's page judges with you: the split of the deviation, the lights, the forecasts behind it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from tests.windows import PERIOD, Open, Script, made_id, portfolio_records, section_of, shown, write
from tracker.kinds import Light, StatusState
from tracker.lights import Aspect
from tracker.model import DeviationSplit, LightOverride, PeriodState, Record, RecordId, Status
from tracker.periods import Part, Period
from ui.main_window import MainWindow
from ui.marks import MarkDelegate
from ui.printing import project_document
from ui.tabs.forecasts import ForecastsTab
from ui.words import words_in

RETURN = Qt.Key.Key_Return


def status(window: MainWindow) -> Status:
    portfolio = window.desk.session.portfolio
    return next(
        one
        for one in portfolio.statuses.values()
        if one.project == window.project.project and one.period == window.desk.session.period
    )


def type_in(qtbot: QtBot, line: QLineEdit, typed: str, *, key: Qt.Key = RETURN) -> None:
    line.setFocus()
    line.selectAll()
    qtbot.keyClick(line, Qt.Key.Key_Delete)
    qtbot.keyClicks(line, typed)
    qtbot.keyClick(line, key)


def cause(window: MainWindow, name: str) -> QLineEdit:
    return window.project.fields.split.causes[name].line


def test_what_is_left_to_place_is_shown_until_the_causes_sum_and_the_words_are_there(
    qtbot: QtBot, page: MainWindow
) -> None:
    split = page.project.fields.split
    assert split.isVisible()
    assert split.left.text() == "Gjenstår å fordele: 1\u00a0000"
    type_in(qtbot, cause(page, "timing"), "600")
    assert split.left.text() == "Gjenstår å fordele: 400"
    type_in(qtbot, cause(page, "cost"), "resten")
    assert status(page).split == DeviationSplit(timing=600_000, cost=399_600)
    assert cause(page, "cost").text() == "400"
    assert split.left.text() == "Gjenstår å fordele: 0. Skriv forklaringen i feltet over."
    explanation = page.project.fields.texts["explanation"].text
    explanation.setFocus()
    qtbot.keyClicks(explanation, "Tak flyttet til neste år")
    qtbot.keyClick(explanation, Qt.Key.Key_Tab)
    assert split.left.text() == "Gjenstår å fordele: 0. Avviket er fordelt og forklart."


def test_tab_goes_through_the_causes_and_saves_each(qtbot: QtBot, page: MainWindow) -> None:
    type_in(qtbot, cause(page, "timing"), "600", key=Qt.Key.Key_Tab)
    assert cause(page, "cost").hasFocus()
    assert status(page).split == DeviationSplit(timing=600_000)


def test_a_small_deviation_asks_for_no_split(page: MainWindow) -> None:
    page.open_project(made_id(6))
    assert not page.project.fields.split.isVisible()


def test_what_is_no_amount_is_told_at_its_field_and_never_lands_on_another_project(
    qtbot: QtBot, page: MainWindow
) -> None:
    type_in(qtbot, cause(page, "timing"), "mye")
    assert page.project.fields.split.causes["timing"].refusal.text().startswith("«mye» er ikke et beløp")
    assert status(page).split is None
    cause(page, "timing").setText("77")
    cause(page, "timing").clearFocus()
    page.open_project(made_id(6))
    page.project.finish()
    assert status(page).split is None


def test_a_split_is_undone_like_anything_else_and_stands_in_the_history(qtbot: QtBot, page: MainWindow) -> None:
    type_in(qtbot, cause(page, "timing"), "600")
    page.project.behind.setCurrentWidget(page.project.history)
    table = page.project.history.table
    assert [table.item(0, at).text() for at in (3, 4, 5)] == ["Avviket fordelt", "-", "Periodisering 600"]
    assert page.deeds["undo"].text() == "&Angre Avviket fordelt for Åsveien skole"
    page.deeds["undo"].trigger()
    assert status(page).split is None
    assert cause(page, "timing").text() == ""


def test_a_light_says_its_colour_in_words_and_why(page: MainWindow) -> None:
    page.open_project(made_id(2))
    pills = page.project.lights.pills
    assert pills[Aspect.ECONOMY].text() == "Økonomi: Rød"
    assert "mer enn vedtatt totalbudsjett" in pills[Aspect.ECONOMY].toolTip()
    assert pills[Aspect.ECONOMY].accessibleDescription() == pills[Aspect.ECONOMY].toolTip()
    assert pills[Aspect.RISK].text() == "Risiko: ikke vurdert"


def test_a_light_is_set_with_a_reason_and_shown_as_set_until_it_is_given_back(
    qtbot: QtBot, page: MainWindow, ask: Script
) -> None:
    lights = page.project.lights
    ask.filled = {"light": "red", "reason": "Uavklart krav."}
    qtbot.mouseClick(lights.pills[Aspect.ECONOMY], Qt.MouseButton.LeftButton)
    assert status(page).economy == LightOverride(light=Light.RED, reason="Uavklart krav.")
    assert lights.pills[Aspect.ECONOMY].text() == "Økonomi: Rød, overstyrt"
    assert lights.reasons.text() == "Økonomi er overstyrt: Uavklart krav."
    ask.filled = {"light": "", "reason": "Uavklart krav."}
    lights.pills[Aspect.ECONOMY].setFocus()
    qtbot.keyClick(lights.pills[Aspect.ECONOMY], Qt.Key.Key_Space)
    assert status(page).economy is None
    assert lights.pills[Aspect.ECONOMY].text() == "Økonomi: Grønn"


def test_a_light_cannot_be_set_without_a_reason(qtbot: QtBot, page: MainWindow, ask: Script) -> None:
    qtbot.mouseClick(page.project.lights.pills[Aspect.RISK], Qt.MouseButton.LeftButton)
    light, reason = ask.forms[-1]
    assert light.check("green") == ""
    assert reason.check("") == "Skriv hvorfor lyset settes til noe annet enn det beregnede."
    assert reason.check("Avklart") == ""
    assert light.check("") == ""
    assert reason.check("") == ""
    assert status(page).risk is None


def test_the_table_offers_lights_and_causes_sorted_with_the_worst_first(qtbot: QtBot, table: MainWindow) -> None:
    table.projects.show_columns(("name", "economy", "timing"))
    assert shown(table, "economy").count("Rød") == 2
    table.projects.table.sortByColumn(section_of(table, "economy"), Qt.SortOrder.AscendingOrder)
    assert shown(table, "economy")[:2] == ["Rød", "Rød"]
    assert shown(table, "timing")[0] == "-"
    assert qtbot is not None


def with_history() -> list[Record]:
    """Return the seven projects with two tertials before, and forecasts in them for the first one."""
    t1, t2 = Period(2023, Part.T1), Period(2023, Part.T2)
    records = list(portfolio_records())
    last = next(one for one in records if isinstance(one, Status) and one.project == made_id(0))
    early = [
        replace(last, id=RecordId(made_id(6000 + at)), period=period, year_end_forecast=forecast)
        for at, (period, forecast) in enumerate(((t1, 12_000_600), (t2, 7_000_400)))
    ]
    states = [PeriodState(id=RecordId(made_id(6100 + at)), period=one) for at, one in enumerate((t1, t2))]
    return [*records, *states, *early]


@pytest.fixture
def told(open_window: Open, tmp_path: Path) -> MainWindow:
    window = open_window(write(tmp_path / "Historie.tertial", with_history()))
    window.desk.session.turn_to(PERIOD)
    window.show_projects()
    window.open_project(made_id(0))
    return window


def test_forecasts_stand_beside_what_came_the_newest_first(told: MainWindow) -> None:
    tab = next(tab for tab in told.project.tabs if isinstance(tab, ForecastsTab))
    told.project.behind.setCurrentWidget(tab)
    rows = [[tab.table.item(row, at).text() for at in (0, 1, 4)] for row in range(tab.table.rowCount())]
    assert rows == [
        ["Årsmelding 2023", "-", "-"],
        ["2. tertialrapport 2023", "7\u00a0000", "\u221212,5\u00a0prosent"],
        ["1. tertialrapport 2023", "12\u00a0001", "50,0\u00a0prosent"],
    ]
    assert [bar.value for bar in tab.picture._bars] == [12_000_600, 7_000_400, 8_000_400]  # noqa: SLF001  painted


def test_reserve_and_frames_are_filled_in_beside_the_forecasts(qtbot: QtBot, page: MainWindow) -> None:
    tab = next(tab for tab in page.project.tabs if isinstance(tab, ForecastsTab))
    page.project.behind.setCurrentWidget(tab)
    type_in(qtbot, tab.fields["contingency_left"].line, "0")
    type_in(qtbot, tab.fields["p85"].line, "95 000")
    assert (status(page).contingency_left, status(page).p85) == (0, 95_000_000)
    assert page.project.lights.pills[Aspect.ECONOMY].text() == "Økonomi: Gul"


def test_in_a_tertial_the_deviation_is_the_one_that_the_forecast_gives(told: MainWindow) -> None:
    year = told.project.figures.year
    assert (year.titles[2].text(), year.values[2].text()) == ("Avvik", "1\u00a0000")
    told.desk.session.turn_to(Period(2023, Part.T1))
    assert (year.titles[2].text(), year.values[2].text()) == ("Ventet avvik", "\u22123\u00a0001")
    assert year.values[2].accessibleDescription() == "Ventet avvik"
    assert told.project.fields.split.left.text() == "Gjenstår å fordele: \u22123\u00a0001"
    told.show_overview()
    assert [(bar.name, bar.value) for bar in told.overview.deviations._bars] == [  # noqa: SLF001  what is painted
        ("Åsveien skole", -3_000_600)
    ]


def test_the_printed_page_has_the_lights_with_who_set_them_the_forecast_and_the_causes(
    qtbot: QtBot, told: MainWindow, ask: Script
) -> None:
    told.desk.session.turn_to(Period(2023, Part.T1))
    type_in(qtbot, cause(told, "scope"), "=")
    ask.filled = {"light": "green", "reason": "Dekkes av reserven."}
    qtbot.mouseClick(told.project.lights.pills[Aspect.ECONOMY], Qt.MouseButton.LeftButton)
    view = told.desk.session.view
    assert view.figures is not None
    assert view.lights is not None
    figures = view.figures.projects[0]
    paper = project_document(
        figures, view.flags, view.figures.period, lights=view.lights.of(figures).values(), say=words_in()
    ).toPlainText()
    assert "Økonomi: Grønn, overstyrt. Dekkes av reserven." in paper
    assert "Ventet avvik\n\u22123 001" in paper
    assert "Omfang\n\u22123 001" in paper


def test_what_is_submitted_is_refused_with_a_sentence_at_the_field_and_in_the_dialog(
    qtbot: QtBot, open_window: Open, ask: Script, tmp_path: Path
) -> None:
    records = [
        replace(one, state=StatusState.SUBMITTED) if isinstance(one, Status) else one for one in portfolio_records()
    ]
    window = open_window(write(tmp_path / "Levert.tertial", records))
    window.show_projects()
    window.open_project(made_id(0))
    type_in(qtbot, cause(window, "timing"), "600")
    assert status(window).split is None
    ask.filled = {"light": "red", "reason": "Uavklart krav."}
    qtbot.mouseClick(window.project.lights.pills[Aspect.ECONOMY], Qt.MouseButton.LeftButton)
    assert status(window).economy is None
    assert ask.bugs == []


def test_lights_in_the_table_are_pills_as_flags_are(table: MainWindow) -> None:
    ledger, columns = table.projects.table, table.projects.model.columns
    marked = {
        column.key
        for section, column in enumerate(columns)
        if isinstance(ledger.itemDelegateForColumn(section), MarkDelegate)
    }
    assert marked == {"flag", "economy", "progress", "risk"}
