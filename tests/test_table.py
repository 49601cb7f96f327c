"""The project table: sorting, finding, grouping, choosing columns, copying, pasting and typing in cells."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from tests.portfolios import YEAR, portfolio_of
from tests.windows import LONG_TEXT, PROJECTS, Script, made_id, section_of, shown
from tracker.checking import check
from tracker.figures import figures_of
from tracker.search import amount_filter, text_filter, words_of
from ui.cells import Arrangement
from ui.main_window import MainWindow
from ui.rows import USUAL_COLUMNS, ProjectRows, project_columns
from ui.settings import SavedView, Settings
from ui.table import TableModel
from ui.words import words_in

CTRL = Qt.KeyboardModifier.ControlModifier
NAMES = [name for name, *_ in PROJECTS]


def click_heading(qtbot: QtBot, window: MainWindow, column: str) -> None:
    header = window.projects.table.horizontalHeader()
    place = QPoint(header.sectionViewportPosition(section_of(window, column)) + 12, header.height() // 2)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)


def click_cell(qtbot: QtBot, window: MainWindow, row: int, column: str) -> None:
    table = window.projects.table
    place = table.visualRect(window.projects.model.index(row, section_of(window, column))).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)


def select(window: MainWindow, column: str, first: int, last: int, to_column: str = "") -> None:
    table, model = window.projects.table, window.projects.model
    left, right = section_of(window, column), section_of(window, to_column or column)
    table.setCurrentIndex(model.index(first, left))
    for row in range(first, last + 1):
        for section in range(left, right + 1):
            table.selectionModel().select(model.index(row, section), QItemSelectionModel.SelectionFlag.Select)


def type_filter(qtbot: QtBot, window: MainWindow, column: str, typed: str) -> None:
    field = window.projects.filters.fields[column]
    with qtbot.waitSignal(window.projects.arranged):
        field.setFocus()
        field.selectAll()
        qtbot.keyClicks(field, typed) if typed else qtbot.keyClick(field, Qt.Key.Key_Delete)


def test_a_period_is_shown_in_thousands_with_its_sums_beneath(table: MainWindow) -> None:
    assert shown(table, "name") == NAMES
    assert shown(table, "total_budget")[0] == "90\u00a0000"
    assert shown(table, "total_budget")[3] == "-"
    assert shown(table, "deviation")[2] == "\u221228\u00a0765"
    assert shown(table, "completion") == ["4K-2025", "1K-2024", "Ferdig", "LØPENDE", "-", "2K-2024", "3K-2024"]
    sums = table.projects.sums_model
    sections = [section_of(table, column) for column in ("name", "revised_budget", "actual")]
    assert [[sums.index(row, section).data() for section in sections] for row in range(3)] == [
        ["Sum listede prosjekter", "13\u00a0535", "39\u00a0289"],
        ["Øvrige prosjekter", "1\u00a0000", "400"],
        ["Sum", "14\u00a0535", "39\u00a0689"],
    ]
    header, beneath = table.projects.table, table.projects.sums
    assert all(header.columnWidth(at) == beneath.columnWidth(at) for at in header.shown_sections()[:-1])


def test_a_flag_is_a_word_and_its_reasons_are_said(table: MainWindow) -> None:
    flag = table.projects.model.index(2, section_of(table, "flag"))
    assert flag.data() == "Kritisk +2"
    spoken = str(flag.data(Qt.ItemDataRole.AccessibleTextRole))
    assert "Kritisk: Påløpt totalt" in spoken
    assert "Kritisk: Årets regnskap er 28\u00a0765\u00a0000\u00a0kr over" in spoken


def test_a_long_text_is_cut_on_screen_and_whole_in_the_tip(table: MainWindow) -> None:
    cell = table.projects.model.index(0, section_of(table, "text"))
    assert len(cell.data()) <= 101
    assert cell.data().endswith("…")
    assert str(cell.data(Qt.ItemDataRole.ToolTipRole)).count("&lt;p&gt;innenfor&lt;/p&gt;") == 20


def test_a_heading_sorts_the_norwegian_way_and_keeps_the_selection(qtbot: QtBot, table: MainWindow) -> None:
    click_cell(qtbot, table, 2, "name")
    click_heading(qtbot, table, "name")
    in_order = ["=Bruen 10", "Adal park", "Zoologisk park", "Ærfuglveien", "Østbyen bad"]
    assert shown(table, "name")[:5] == in_order
    assert set(shown(table, "name")[5:]) == {"Aasen bru", "Åsveien skole"}
    assert table.projects.table.chosen_keys() == [made_id(2)]
    assert table.projects.table.current_key() == made_id(2)
    click_heading(qtbot, table, "name")
    assert shown(table, "name")[2:] == in_order[::-1]
    click_heading(qtbot, table, "name")
    assert shown(table, "name") == NAMES


def test_amounts_and_quarters_sort_by_what_they_are_and_unknown_comes_last(qtbot: QtBot, table: MainWindow) -> None:
    click_heading(qtbot, table, "total_budget")
    assert shown(table, "total_budget") == [f"{n}\u00a0000" for n in (1, 5, 6, 7, 20, 90)] + ["-"]
    click_heading(qtbot, table, "total_budget")
    assert [shown(table, "total_budget")[place] for place in (0, -1)] == ["90\u00a0000", "-"]
    click_heading(qtbot, table, "completion")
    assert shown(table, "completion") == ["Ferdig", "1K-2024", "2K-2024", "3K-2024", "4K-2025", "LØPENDE", "-"]
    click_heading(qtbot, table, "flag")
    assert shown(table, "flag")[0].startswith("Kritisk")
    assert shown(table, "flag")[-1] == ""


def test_the_search_finds_words_by_their_beginnings_and_says_how_many(qtbot: QtBot, table: MainWindow) -> None:
    qtbot.keyClick(table, Qt.Key.Key_F, CTRL)
    assert table.projects.bar.search.hasFocus()
    with qtbot.waitSignal(table.projects.arranged):
        qtbot.keyClicks(table.projects.bar.search, "ås")
    assert shown(table, "name") == ["Åsveien skole"]
    assert table.projects.bar.count.text() == "1 av 7"
    assert table.summary.text().startswith("1 av 7 prosjekter")
    sums = table.projects.sums_model
    assert sums.index(0, section_of(table, "name")).data() == "Sum viste prosjekter (1)"
    assert sums.index(0, section_of(table, "actual")).data() == "8\u00a0000"
    with qtbot.waitSignal(table.projects.arranged):
        table.projects.bar.search.clear()
    assert shown(table, "name") == NAMES


@pytest.mark.parametrize(
    ("column", "typed", "expected"),
    [
        ("deviation", "<0", ["Aasen bru"]),
        ("total_budget", "5000..7000", ["Østbyen bad", "=Bruen 10", "Adal park"]),
        ("total_budget", "-", ["Ærfuglveien"]),
        ("completion", "2024", ["Zoologisk park", "=Bruen 10", "Adal park"]),
        ("service_area", "-", ["Ærfuglveien"]),
        ("flag", "kritisk", ["Zoologisk park", "Aasen bru"]),
        ("name", "park", ["Zoologisk park", "Adal park"]),
        ("text", "i rute", ["Adal park"]),
    ],
)
def test_a_filter_above_a_column_asks_by_its_values(
    qtbot: QtBot, table: MainWindow, column: str, typed: str, expected: list[str]
) -> None:
    type_filter(qtbot, table, column, typed)
    assert shown(table, "name") == expected
    type_filter(qtbot, table, column, "")
    assert shown(table, "name") == NAMES


def test_a_filter_that_cannot_be_read_is_told_and_asks_for_nothing(qtbot: QtBot, table: MainWindow) -> None:
    type_filter(qtbot, table, "actual", ">mye")
    assert table.projects.notice.isVisible()
    assert table.projects.notice.text() == "«mye» er ikke et beløp: skriv for eksempel >1000, <0 eller 100..200."
    assert shown(table, "name") == NAMES
    type_filter(qtbot, table, "actual", ">1000")
    assert not table.projects.notice.isVisible()


def test_groups_have_subtotals_and_fold(qtbot: QtBot, table: MainWindow) -> None:
    table.projects.bar.group.setCurrentIndex(1)
    assert shown(table, "name")[0] == "Oppvekst (6)"
    assert shown(table, "actual")[0] == "39\u00a0290"
    assert shown(table, "name")[7:] == ["Ikke oppgitt (1)", "Ærfuglveien"]
    table.projects.table.setCurrentIndex(table.projects.model.index(0, 1))
    qtbot.keyClick(table.projects.table, Qt.Key.Key_Return)
    assert shown(table, "name") == ["Oppvekst (6)", "Ikke oppgitt (1)", "Ærfuglveien"]
    assert table.projects.bar.count.text() == "7 prosjekter"
    qtbot.keyClick(table.projects.table, Qt.Key.Key_Return)
    assert len(shown(table, "name")) == 9


def test_columns_are_chosen_and_kept_in_a_view(table: MainWindow, ask: Script) -> None:
    page = table.projects
    page.bar.columns_button.menu().actions()[section_of(table, "responsible")].trigger()
    assert "responsible" in page.arrangement("").columns
    page.filters.fields["name"].setText("park")
    page._ask_anew()  # noqa: SLF001  not to wait for the timer
    ask.filled = {"name": "Parkene"}
    table.deeds["keep-view"].trigger()
    table.deeds["clear"].trigger()
    assert page.arrangement("").columns == USUAL_COLUMNS
    assert shown(table, "name") == NAMES
    ask.command_name = "Visning: Parkene"
    table.deeds["commands"].trigger()
    assert shown(table, "name") == ["Zoologisk park", "Adal park"]
    assert not page.table.isColumnHidden(section_of(table, "responsible"))


def test_views_for_each_kind_of_work_are_at_hand(table: MainWindow, settings: Settings) -> None:
    menu = table.projects.bar.views.menu()
    views = {action.text(): action for action in menu.actions()}
    assert list(views) == [
        "Alle prosjekter",
        "Prosjektleder: mine",
        "Controller: avvik",
        "Økonomi: hele prosjektet",
        "Framdrift",
        "Mangler tekst",
    ]
    views["Controller: avvik"].trigger()
    assert shown(table, "name")[0] == "Aasen bru"
    views["Mangler tekst"].trigger()
    assert set(shown(table, "text")) == {"-"}
    views["Prosjektleder: mine"].trigger()
    assert shown(table, "name") == []
    views["Alle prosjekter"].trigger()
    assert shown(table, "name") == NAMES
    settings.keep_view(replace(table.projects.arrangement("Min"), search="x"))
    table.projects.bar.set_views([], settings.views, settings.forget_view)
    table.projects.bar.views.menu().actions()[-1].menu().actions()[0].trigger()
    assert settings.views == []


def test_a_copied_range_is_numbers_to_a_spreadsheet(qtbot: QtBot, table: MainWindow) -> None:
    select(table, "name", 3, 4, "actual")
    qtbot.keyClick(table.projects.table, Qt.Key.Key_C, CTRL)
    lines = [line.split("\t") for line in QGuiApplication.clipboard().text().split("\n")]
    assert lines == [
        ["Ærfuglveien", "", "", "", "LØPENDE", "2000", "-2"],
        ["Østbyen bad", "Oppvekst", "5000", "1", "", "0", "0"],
    ]
    qtbot.keyClick(table.projects.table, Qt.Key.Key_C, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert QGuiApplication.clipboard().text().startswith("Prosjekt\tTjenesteområde\tVedtatt totalt\t")


def test_copied_text_is_never_a_formula_and_keeps_its_lines(qtbot: QtBot, table: MainWindow) -> None:
    qtbot.keyClick(table.projects.table, Qt.Key.Key_A, CTRL)
    qtbot.keyClick(table.projects.table, Qt.Key.Key_C, CTRL)
    copied = QGuiApplication.clipboard().text()
    assert "\t'=Bruen 10\tOppvekst\t" in copied
    assert f'"{LONG_TEXT.strip()}"' in copied


def test_selected_amounts_are_added_up_in_the_status_bar(table: MainWindow) -> None:
    select(table, "actual", 0, 1)
    assert table.selected.text() == "Sum 8\u00a0500   Snitt 4\u00a0250   Antall 2"
    select(table, "name", 0, 0)
    table.projects.table.clearSelection()
    assert table.selected.text() == ""


def test_the_keyboard_reaches_filters_table_and_sums(qtbot: QtBot, table: MainWindow) -> None:
    assert table.projects.table.hasFocus()
    qtbot.keyClick(table.projects.table, Qt.Key.Key_Down)
    assert table.projects.table.current_key() == made_id(1)
    qtbot.keyClick(table.projects.table, Qt.Key.Key_F, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert table.projects.filters.fields["name"].hasFocus()
    table.projects.table.setFocus()
    qtbot.keyClick(table.projects.table, Qt.Key.Key_Return)
    assert table.project.title.text() == "Zoologisk park"
    qtbot.keyClick(table, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert table.projects.table.hasFocus()


def editor(window: MainWindow) -> QLineEdit:
    found = [line for line in window.projects.table.viewport().findChildren(QLineEdit) if line.isVisible()]
    assert len(found) == 1
    return found[0]


def test_a_cell_is_typed_in_and_saved_on_enter(qtbot: QtBot, table: MainWindow) -> None:
    click_cell(qtbot, table, 0, "completion")
    qtbot.keyClick(table.projects.table, Qt.Key.Key_F2)
    assert editor(table).text() == "4K-2025"
    qtbot.keyClicks(editor(table), "q1 2027")
    qtbot.keyClick(editor(table), Qt.Key.Key_Return)
    assert shown(table, "completion")[0] == "1K-2027"
    assert table.saved.text().startswith("Lagret")
    assert table.projects.table.current_key() == made_id(0)


def test_what_cannot_be_used_keeps_the_cell_open_and_esc_leaves_it_as_it_was(qtbot: QtBot, table: MainWindow) -> None:
    click_cell(qtbot, table, 0, "completion")
    qtbot.keyClick(table.projects.table, Qt.Key.Key_F2)
    qtbot.keyClicks(editor(table), "til våren")
    qtbot.keyClick(editor(table), Qt.Key.Key_Return)
    assert "er ikke et kvartal" in editor(table).accessibleDescription()
    qtbot.keyClick(editor(table), Qt.Key.Key_Escape)
    assert shown(table, "completion")[0] == "4K-2025"
    assert table.saved.text() == ""


def test_cells_that_are_derived_cannot_be_typed_in(table: MainWindow) -> None:
    model = table.projects.model
    for column in ("name", "actual", "deviation", "total_budget", "flag"):
        assert not model.flags(model.index(0, section_of(table, column))) & Qt.ItemFlag.ItemIsEditable


def test_a_block_is_pasted_after_it_is_seen_and_is_one_step(qtbot: QtBot, table: MainWindow, ask: Script) -> None:
    table.projects.table.setCurrentIndex(table.projects.model.index(0, section_of(table, "service_area")))
    QGuiApplication.clipboard().setText("Kultur\nHelse\n")
    qtbot.keyClick(table.projects.table, Qt.Key.Key_V, CTRL)
    assert [list(row) for row in ask.tables[0].rows] == [
        ["Åsveien skole", "Tjenesteområde", "Oppvekst", "Kultur"],
        ["Zoologisk park", "Tjenesteområde", "Oppvekst", "Helse"],
    ]
    assert shown(table, "service_area")[:3] == ["Kultur", "Helse", "Oppvekst"]
    assert table.deeds["undo"].text() == "&Angre Limte inn 2 verdier"
    table.deeds["undo"].trigger()
    assert shown(table, "service_area")[:3] == ["Oppvekst"] * 3


def test_a_block_that_is_not_agreed_to_changes_nothing(qtbot: QtBot, table: MainWindow, ask: Script) -> None:
    ask.agrees = False
    table.projects.table.setCurrentIndex(table.projects.model.index(0, section_of(table, "service_area")))
    QGuiApplication.clipboard().setText("Kultur")
    qtbot.keyClick(table.projects.table, Qt.Key.Key_V, CTRL)
    assert shown(table, "service_area")[0] == "Oppvekst"


@pytest.mark.parametrize(
    ("column", "text", "sentence"),
    [
        ("actual", "1", "Kolonnen «Regnskap» kan ikke fylles ut her: velg andre celler."),
        ("completion", "snart", "1 verdi kan ikke brukes, så ingenting ble endret."),
        ("completion", "\n".join(["4K-2025"] * 8), "Utklippet har 8 rader og 1 kolonner"),
        ("completion", "", "Det er ingenting å lime inn"),
    ],
)
def test_a_block_that_cannot_be_used_changes_nothing_and_says_why(  # noqa: PLR0913, PLR0917  cases and fixtures
    qtbot: QtBot, table: MainWindow, ask: Script, column: str, text: str, sentence: str
) -> None:
    table.projects.table.setCurrentIndex(table.projects.model.index(0, section_of(table, column)))
    QGuiApplication.clipboard().setText(text)
    qtbot.keyClick(table.projects.table, Qt.Key.Key_V, CTRL)
    assert ask.told[0].startswith(sentence)
    assert ask.tables == []
    assert table.saved.text() == ""


def test_ctrl_d_fills_down(qtbot: QtBot, table: MainWindow, ask: Script) -> None:
    select(table, "completion", 0, 2)
    qtbot.keyClick(table.projects.table, Qt.Key.Key_D, CTRL)
    assert len(ask.tables[0].rows) == 2
    assert shown(table, "completion")[:4] == ["4K-2025"] * 3 + ["LØPENDE"]


def test_held_columns_stay_when_the_others_scroll(table: MainWindow) -> None:
    page = table.projects
    page.show_columns([column.key for column in page.model.columns])
    bar = page.table.horizontalScrollBar()
    assert bar.maximum() > 0
    bar.setValue(bar.maximum())
    held = page.table._held  # noqa: SLF001  what is looked at
    assert held is not None
    assert held.isVisible()
    assert held.columnAt(held.columnWidth(0) + 5) == section_of(table, "name")


TABLE = """
Åsveien skole  | 90 000 | 18 000 | 4K-2025 | 9 000 | 8 000  | Går etter planen
Zoologisk park | 1 000  | 2 000  | 1K-2024 | 500   | 500    |
Aasen bru      | 20 000 | 30 000 | Ferdig  | 1 235 | 30 000 | Overskredet
Ærfuglveien    | -      | -      | LØPENDE | 2 000 | -2     | Asfaltert
Østbyen bad    | 5 000  | 1      |         | 0     | 0      |
"""
PORTFOLIO = portfolio_of(TABLE)


def project_rows() -> ProjectRows:
    return ProjectRows(figures_of(PORTFOLIO, YEAR), check(PORTFOLIO, YEAR), say=words_in())


COLUMNS = [column.key for column in project_columns(words_in())]
ARRANGEMENTS = st.builds(
    Arrangement,
    words=st.sampled_from(["", "å", "park", "zoo p", "finnes ikke"]).map(words_of),
    tests=st.dictionaries(st.sampled_from(["actual", "deviation"]), st.sampled_from([">0", "<0"]).map(amount_filter))
    | st.dictionaries(st.just("name"), st.sampled_from(["a", "skole"]).map(text_filter)),
    group=st.sampled_from(["", "completion", "service_area"]).map(lambda key: "" if key == "completion" else key),
    sorted_by=st.sampled_from(["", *COLUMNS]),
    descending=st.booleans(),
)


@pytest.mark.usefixtures("qapp")
@given(st.lists(ARRANGEMENTS, max_size=5))
def test_any_arrangement_keeps_qts_rules_and_every_row_that_it_asks_for(arrangements: list[Arrangement]) -> None:
    model = TableModel(project_columns(words_in()))
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    rows = project_rows()
    model.set_rows(rows)
    for arrangement in arrangements:
        model.arrange(arrangement)
        wanted = {
            rows.key(place)
            for place in range(len(rows))
            if arrangement.words.finds(rows.searched()[place])
            and all(test(rows.filtered(key)[place]) for key, test in arrangement.tests.items())
        }
        assert sorted(model.keys()) == sorted(wanted)
        model.arrange(replace(arrangement, group=""))
        values = (
            [rows.values(arrangement.sorted_by)[at] for at in _places(rows, model)] if arrangement.sorted_by else []
        )
        amounts = [value for value in values if isinstance(value, int)]
        assert all((a <= b) is not arrangement.descending or a == b for a, b in pairwise(amounts))
        assert None not in values[: len([value for value in values if value is not None])]
    assert tester.model() is model


def _places(rows: ProjectRows, model: TableModel) -> list[int]:
    places = {rows.key(place): place for place in range(len(rows))}
    return [places[key] for key in model.keys()]  # noqa: SIM118  not a dict


def test_a_saved_view_is_kept_whole(table: MainWindow) -> None:
    view = SavedView(
        name="Min",
        columns=("flag", "name", "actual", "completion"),
        group="service_area",
        sorted_by="actual",
        descending=True,
        filters={"actual": ">0"},
        search="a",
    )
    table.projects.arrange(view)
    assert replace(table.projects.arrangement("Min"), columns=view.columns) == view
    assert table.projects.arrangement("Min").columns == view.columns
