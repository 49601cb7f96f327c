"""The window as its user meets it: real widgets, real keys and clicks, real files."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QColor, QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from db.journal import Signature
from db.store import new_store
from tracker.edits import added
from tracker.flags import Severity
from tracker.kinds import BudgetKind, LedgerContent, ProjectKind
from tracker.messages import message
from tracker.model import (
    BudgetLine,
    LedgerBatch,
    LedgerSum,
    OtherProjects,
    PeriodState,
    Project,
    ProjectId,
    Record,
    RecordId,
    Setting,
    Status,
)
from tracker.periods import Part, Period
from tracker.quarters import parse_completion
from ui import theme
from ui.crash import CrashWatch
from ui.main_window import MainWindow
from ui.marks import Notice
from ui.session import Session
from ui.table import SORT_ROLE, Cell, Column, Row, TableModel
from ui.words import words_in

# What the offscreen platform says of itself is no fault of the window's.

ROOT = Path(__file__).parents[1]
PERIOD = Period(2023, Part.YEAR)
FLAG, NAME, AREA, TOTAL, SPENT, COMPLETION, REVISED, ACTUAL, DEVIATION, TEXT = range(10)
LONG_TEXT = "Bygget reises.\n\nØkonomi: <p>innenfor</p> rammen. " * 20
TEXTS = {0: LONG_TEXT, 6: "I rute."}

# Name, total, spent before, revised, actual (kroner), completion.
PROJECTS = (
    ("Åsveien skole", 90_000_000, 10_000_000, 9_000_000, 8_000_400, "4K-2025"),
    ("Zoologisk park", 1_000_000, 1_500_000, 500_000, 499_600, "1K-2024"),
    ("Aasen bru", 20_000_000, 0, 1_234_567, 30_000_000, "Ferdig"),
    ("Ærfuglveien", None, None, 2_000_000, -1_500, "LØPENDE"),
    ("Østbyen bad", 5_000_000, 1_000, 0, 0, ""),
    ("=Bruen 10", 7_000_000, 0, 700_000, 700_000, "2K-2024"),
    ("Adal park", 6_000_000, 0, 100_000, 90_000, "3K-2024"),
)


def made_id(number: int) -> str:
    return f"{number:08d}-0000-4000-8000-000000000000"


def project_records(number: int, *, name: str, total: int | None, revised: int, completion: str) -> list[Record]:
    project = ProjectId(made_id(number))
    return [
        Project(
            id=project,
            name=name,
            kind=ProjectKind.PROGRAMME if total is None else ProjectKind.PROJECT,
            service_area=None if number == 3 else "Oppvekst",
            position=number,
        ),
        BudgetLine(
            id=RecordId(made_id(1000 + number)),
            project=project,
            kind=BudgetKind.OPENING,
            budget_year=2023,
            year_amount=revised,
            total_amount=total or 0,
            takes_effect=date(2023, 1, 1),
        ),
        Status(
            id=RecordId(made_id(2000 + number)),
            project=project,
            period=PERIOD,
            text=TEXTS.get(number, ""),
            completion=parse_completion(completion),
        ),
    ]


def portfolio_records() -> Iterator[Record]:
    sums: list[LedgerSum] = []
    for number, (name, total, before, revised, actual, completion) in enumerate(PROJECTS):
        yield from project_records(number, name=name, total=total, revised=revised, completion=completion)
        project = ProjectId(made_id(number))
        sums.append(LedgerSum(project=project, year=2023, month=12, amount=actual))
        if before:
            sums.append(LedgerSum(project=project, year=2022, month=12, amount=before, opening=True))
    yield LedgerBatch(
        id=RecordId(made_id(3000)),
        source="prøve",
        source_hash="",
        content=LedgerContent.PUBLISHED,
        year=2023,
        first_month=1,
        last_month=12,
        line_count=len(sums),
        total=sum(line.amount for line in sums),
        sums=tuple(sums),
    )
    yield OtherProjects(
        id=RecordId(made_id(4000)),
        period=PERIOD,
        name="Sum øvrige",
        total_budget=3_000_000,
        total_spent=2_000_000,
        revised_budget=1_000_000,
        actual=400_000,
    )
    yield PeriodState(id=RecordId(made_id(5000)), period=PERIOD)
    yield Setting(id=RecordId("municipality"), value="Prøve kommune")


def write(path: Path, records: list[Record]) -> Path:
    with new_store(path) as store:
        if records:
            store.commit(
                added(message("Prøve"), records),
                Signature(who="prøve", at="2024-01-01T00:00:00+00:00", way="test", entry_id=made_id(1)),
            )
    return path


@dataclass
class Script:
    """An `Ask` that answers what the test says, and remembers what it was told."""

    file: Path | None = None
    told: list[str] = field(default_factory=list)
    bugs: list[tuple[str, str]] = field(default_factory=list)

    def file_to_open(self) -> Path | None:
        """Answer."""
        return self.file

    def tell(self, sentence: str) -> None:
        """Remember."""
        self.told.append(sentence)

    def tell_of_bug(self, sentence: str, details: str) -> None:
        """Remember."""
        self.bugs.append((sentence, details))


@pytest.fixture
def ask() -> Script:
    return Script()


@pytest.fixture
def window(qtbot: QtBot, ask: Script) -> MainWindow:
    made = MainWindow(Session(), ask=ask, say=words_in())
    qtbot.addWidget(made)
    made.resize(1400, 900)
    made.welcome()
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    return made


@pytest.fixture
def opened(window: MainWindow, tmp_path: Path) -> MainWindow:
    window.open_file(write(tmp_path / "Prøve.tertial", list(portfolio_records())))
    return window


def shown(window: MainWindow, section: int) -> list[str]:
    model = window.projects.model
    return [str(model.index(row, section).data()) for row in range(model.rowCount())]


def click_heading(qtbot: QtBot, window: MainWindow, section: int) -> None:
    header = window.projects.table.horizontalHeader()
    place = QPoint(header.sectionViewportPosition(section) + 12, header.height() // 2)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)


def click_row(qtbot: QtBot, window: MainWindow, row: int) -> None:
    table = window.projects.table
    place = table.visualRect(window.projects.model.index(row, NAME)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)


def labels(window: QWidget) -> str:
    return "\n".join(label.text() for label in window.findChildren(QLabel) if label.isVisible())


def test_the_window_shows_the_newest_period_in_thousands(opened: MainWindow) -> None:
    assert opened.windowTitle() == "Prøve.tertial – Tertial"
    assert "Årsmelding 2023" in labels(opened)
    assert "Prøve kommune" in labels(opened)
    assert labels(opened).count("Beløp i 1000 kr") == 1
    assert opened.summary.text().startswith("7 prosjekter · Årsmelding 2023 · 3 kritiske, ")
    assert shown(opened, NAME) == [name for name, *_ in PROJECTS]
    assert shown(opened, TOTAL)[0] == "90\u00a0000"
    assert shown(opened, TOTAL)[3] == "-"
    assert shown(opened, SPENT)[0] == "18\u00a0000"
    assert shown(opened, DEVIATION)[2] == "\u221228\u00a0765"
    assert shown(opened, COMPLETION) == ["4K-2025", "1K-2024", "Ferdig", "LØPENDE", "-", "2K-2024", "3K-2024"]
    assert shown(opened, AREA)[3] == "-"


def test_the_sums_stand_beneath_with_other_projects_apart(opened: MainWindow) -> None:
    model = opened.projects.sums_model
    lines = [[model.index(row, section).data() for section in (NAME, REVISED, ACTUAL)] for row in range(3)]
    assert lines == [
        ["Sum listede prosjekter", "13\u00a0535", "39\u00a0289"],
        ["Øvrige prosjekter", "1\u00a0000", "400"],
        ["Sum", "14\u00a0535", "39\u00a0689"],
    ]
    assert all(
        opened.projects.sums.columnWidth(section) == opened.projects.table.columnWidth(section)
        for section in range(TEXT)
    )


def test_a_flag_is_a_word_and_its_reasons_are_said(opened: MainWindow) -> None:
    flag = opened.projects.model.index(2, FLAG)
    assert flag.data() == "Kritisk +2"
    spoken = str(flag.data(Qt.ItemDataRole.AccessibleTextRole))
    assert "Kritisk: Påløpt totalt" in spoken
    assert "Kritisk: Årets regnskap er 28\u00a0765\u00a0000\u00a0kr over" in spoken


def test_a_long_text_is_cut_on_screen_and_whole_in_the_tip(opened: MainWindow) -> None:
    cell = opened.projects.model.index(0, TEXT)
    assert len(cell.data()) <= 101
    assert cell.data().endswith("…")
    tip = str(cell.data(Qt.ItemDataRole.ToolTipRole))
    assert tip.count("&lt;p&gt;innenfor&lt;/p&gt;") == 20


@pytest.mark.usefixtures("qapp")
def test_the_model_keeps_qts_rules() -> None:
    model = TableModel([Column(title="Navn", collated=True), Column(title="Tall", is_number=True)])
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    rows = [Row(str(n), (Cell(text=f"P{n}", value=f"P{n}"), Cell(text=str(n), value=n))) for n in range(12)]
    model.set_rows(rows)
    kept = model.createIndex(9, 0)
    for section, order in ((0, Qt.SortOrder.DescendingOrder), (1, Qt.SortOrder.AscendingOrder)):
        model.sort(section, order)
    model.sort(0, Qt.SortOrder.DescendingOrder)
    assert [model.index(row, 0).data() for row in range(3)] == ["P11", "P10", "P9"]
    assert model.index(0, 1).data(SORT_ROLE) == 11
    model.set_rows(rows[:2])
    assert kept.row() == 9
    assert tester.model() is model


def test_a_click_on_a_heading_sorts_the_norwegian_way_and_keeps_the_selection(qtbot: QtBot, opened: MainWindow) -> None:
    click_row(qtbot, opened, 2)
    click_heading(qtbot, opened, NAME)
    in_order = ["=Bruen 10", "Adal park", "Zoologisk park", "Ærfuglveien", "Østbyen bad"]
    assert shown(opened, NAME)[:5] == in_order
    assert set(shown(opened, NAME)[5:]) == {"Aasen bru", "Åsveien skole"}
    chosen = [index.data() for index in opened.projects.table.selectionModel().selectedRows(NAME)]
    assert chosen == ["Aasen bru"]
    click_heading(qtbot, opened, NAME)
    assert shown(opened, NAME)[2:] == in_order[::-1]
    click_heading(qtbot, opened, NAME)
    assert shown(opened, NAME) == [name for name, *_ in PROJECTS]


def test_amounts_and_quarters_sort_by_what_they_are_and_unknown_comes_last(qtbot: QtBot, opened: MainWindow) -> None:
    click_heading(qtbot, opened, TOTAL)
    assert shown(opened, TOTAL) == [
        "1\u00a0000",
        "5\u00a0000",
        "6\u00a0000",
        "7\u00a0000",
        "20\u00a0000",
        "90\u00a0000",
        "-",
    ]
    click_heading(qtbot, opened, TOTAL)
    assert [shown(opened, TOTAL)[place] for place in (0, -1)] == ["90\u00a0000", "-"]
    click_heading(qtbot, opened, COMPLETION)
    assert shown(opened, COMPLETION) == ["Ferdig", "1K-2024", "2K-2024", "3K-2024", "4K-2025", "LØPENDE", "-"]
    click_heading(qtbot, opened, FLAG)
    assert shown(opened, FLAG)[0].startswith("Kritisk")
    assert shown(opened, FLAG)[-1] == ""


def test_ctrl_c_copies_what_a_spreadsheet_takes_for_numbers(qtbot: QtBot, opened: MainWindow) -> None:
    click_row(qtbot, opened, 3)
    qtbot.keyClick(opened.projects.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    cells = QGuiApplication.clipboard().text().split("\t")
    assert cells[NAME] == "Ærfuglveien"
    assert cells[TOTAL : TEXT + 1] == ["", "", "LØPENDE", "2000", "-2", "2002", ""]


def test_copied_text_is_never_a_formula_and_keeps_its_lines(qtbot: QtBot, opened: MainWindow) -> None:
    qtbot.keyClick(opened.projects.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(opened.projects.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    copied = QGuiApplication.clipboard().text()
    assert "\t'=Bruen 10\tOppvekst\t" in copied
    assert f'"{LONG_TEXT.strip()}"' in copied


def test_the_keyboard_reaches_table_and_sums(qtbot: QtBot, opened: MainWindow) -> None:
    assert opened.projects.table.hasFocus()
    qtbot.keyClick(opened.projects.table, Qt.Key.Key_Down)
    assert [index.row() for index in opened.projects.table.selectionModel().selectedRows()] == [1]
    qtbot.keyClick(opened.projects.table, Qt.Key.Key_Tab)
    assert opened.projects.sums.hasFocus()
    qtbot.keyClick(opened.projects.sums, Qt.Key.Key_Down)
    qtbot.keyClick(opened.projects.sums, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert "Øvrige prosjekter" in QGuiApplication.clipboard().text()


def test_ctrl_o_opens_the_chosen_file_and_ctrl_q_closes(
    qtbot: QtBot, window: MainWindow, ask: Script, tmp_path: Path
) -> None:
    assert window.guide.open_button.hasFocus()
    ask.file = write(tmp_path / "Valgt.tertial", list(portfolio_records()))
    qtbot.keyClick(window, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    assert window.windowTitle() == "Valgt.tertial – Tertial"
    qtbot.keyClick(window, Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)
    assert not window.isVisible()


def test_the_button_opens_too_and_cancelling_changes_nothing(
    qtbot: QtBot, window: MainWindow, ask: Script, tmp_path: Path
) -> None:
    qtbot.mouseClick(window.guide.open_button, Qt.MouseButton.LeftButton)
    assert window.windowTitle() == "Tertial"
    assert "tertial demo Eksempel.tertial" in labels(window)
    ask.file = write(tmp_path / "Valgt.tertial", list(portfolio_records()))
    qtbot.mouseClick(window.guide.open_button, Qt.MouseButton.LeftButton)
    assert window.projects.isVisible()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"%PDF-1.4", "fremmed.tertial er ikke en Tertial-fil: velg en fil som slutter på .tertial."),
        (None, "Finner ikke fremmed.tertial: kontroller navnet og mappen."),
    ],
)
def test_a_file_that_cannot_be_opened_is_met_with_its_sentence(
    window: MainWindow, ask: Script, tmp_path: Path, content: bytes | None, sentence: str
) -> None:
    path = tmp_path / "fremmed.tertial"
    if content is not None:
        path.write_bytes(content)
    window.open_file(path)
    assert [notice.text() for notice in window.findChildren(Notice)] == [sentence]
    assert ask.told == []
    assert window.guide.open_button.hasFocus()


def test_what_is_open_stays_open_when_another_file_is_damaged(opened: MainWindow, ask: Script, tmp_path: Path) -> None:
    damaged = tmp_path / "skadet.tertial"
    content = bytearray((tmp_path / "Prøve.tertial").read_bytes())
    content[200:20_000] = b"\xff" * (20_000 - 200)
    damaged.write_bytes(content)
    opened.open_file(damaged)
    assert ask.told == ["skadet.tertial er skadet: hent fram en sikkerhetskopi."]
    assert opened.windowTitle() == "Prøve.tertial – Tertial"
    assert opened.projects.isVisible()


@pytest.mark.parametrize("records", [[], [PeriodState(id=RecordId(made_id(5000)), period=PERIOD)]])
def test_an_empty_portfolio_says_how_it_gets_projects(
    window: MainWindow, tmp_path: Path, records: list[Record]
) -> None:
    window.open_file(write(tmp_path / "Tom fil.tertial", records))
    assert window.windowTitle() == "Tom fil.tertial – Tertial"
    assert "Ingen prosjekter ennå" in labels(window)
    assert 'tertial import-report årsmelding.pdf "Tom fil.tertial" --year 2023' in labels(window)


def test_a_limit_that_is_no_number_is_told_and_the_file_opens(window: MainWindow, ask: Script, tmp_path: Path) -> None:
    setting = Setting(id=RecordId("limit.year_percent"), value="ti")
    window.open_file(write(tmp_path / "p.tertial", [*portfolio_records(), setting]))
    assert ask.told == ["Grensen «year_percent» er satt til «ti»: skriv et helt tall."]
    assert window.projects.isVisible()


def test_everything_that_takes_focus_has_a_name(opened: MainWindow) -> None:
    for widget in opened.findChildren(QWidget):
        if widget.focusPolicy() is not Qt.FocusPolicy.NoFocus and not isinstance(widget, QAbstractScrollArea):
            found = QAccessible.queryAccessibleInterface(widget)
            assert found is not None
            assert found.text(QAccessible.Text.Name), widget
    for view in (opened.projects.table, opened.projects.sums):
        assert view.accessibleName()
        assert view.accessibleDescription() == "Beløp i 1000 kr"


def test_the_whole_window_follows_when_the_system_turns_dark(qtbot: QtBot, opened: MainWindow) -> None:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    before = application.palette()
    try:
        theme.dress(application, theme.DARK)
        for view in (opened.projects.table, opened.projects.sums):
            qtbot.waitUntil(lambda view=view: view.grab().toImage().pixelColor(view.width() // 2, 2).lightness() < 60)
            assert view.viewport().palette().text().color().name().upper() == theme.DARK.text
    finally:
        application.setPalette(before)


def luminance(colour: str) -> float:
    parts = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in QColor(colour).getRgbF()[:3]
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("look", theme.THEMES)
def test_every_text_can_be_read_in_every_look(look: theme.Theme) -> None:
    grounds = (look.window, look.base, look.button)
    pairs = [(ink, ground) for ink in (look.text, look.muted, look.accent) for ground in grounds]
    inks = (look.selected, look.selected_inactive, *look.marks.values())
    pairs += [(ink.text, ink.fill) for ink in inks]
    pairs.append((look.on_accent, look.accent))
    assert {pair: contrast(*pair) for pair in pairs if contrast(*pair) < 4.5} == {}
    assert set(look.marks) == set(Severity)
    assert theme.theme_of(theme.palette_of(look)) is look


@pytest.mark.usefixtures("qapp")
def test_an_exception_while_telling_is_logged_and_not_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    told: list[tuple[str, Path | None]] = []

    def tell(details: str, logged: Path | None) -> None:
        told.append((details, logged))
        watch.meet(KeyError, KeyError("bak dialogen"), None)

    watch = CrashWatch(tell)
    watch.meet(ValueError, ValueError("i et vindu"), None)
    assert len(told) == 1
    details, logged = told[0]
    assert "ValueError: i et vindu" in details
    assert logged is not None
    assert "bak dialogen" in logged.read_text(encoding="utf-8")


def test_an_exception_in_a_thread_is_told_on_the_windows_thread(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    threads: list[threading.Thread] = []
    watch = CrashWatch(lambda _details, _logged: threads.append(threading.current_thread()))
    other = threading.Thread(target=watch.meet, args=(ValueError, ValueError("i en tråd"), None))
    other.start()
    other.join()
    qtbot.waitUntil(lambda: bool(threads))
    assert threads == [threading.main_thread()]


SCREENLESS = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}


def run_tertial(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    inherited = {name: value for name, value in os.environ.items() if name not in SCREENLESS}
    return subprocess.run(
        [sys.executable, "-m", "tracker", *arguments],
        cwd=ROOT,
        env={**inherited, **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there is always a screen")
def test_without_a_screen_there_is_a_sentence_and_exit_code_2() -> None:
    ended = run_tertial()
    assert ended.returncode == 2
    assert ended.stderr.startswith("Vinduet kan ikke åpnes her, for Qt finner ingen skjerm")
    assert ended.stderr.count("\n") == 1


def test_more_than_one_file_is_refused() -> None:
    ended = run_tertial("a.tertial", "b.tertial", QT_QPA_PLATFORM="offscreen")
    assert ended.returncode == 2
    assert ended.stderr == ("«a.tertial» er ingen kommando, og vinduet åpner én fil om gangen: se tertial --help.\n")


SLOT = """
import sys
from PySide6.QtCore import QTimer
from ui import app
{before}
application = app.make_application()
window = app.make_window([])
window.show()
QTimer.singleShot(0, lambda: {act})
QTimer.singleShot(1, window.close)
application.exec()
heavy = {{"openpyxl", "pdfplumber", "sqlite_utils", "platformdirs", "numpy"}} & set(sys.modules)
print(sorted(heavy), sys.getrefcount(None) > 1 << 30)
"""


# The screenless platform's complaint would be logged, and the log imports platformdirs.
QUIET = {"QT_LOGGING_RULES": "default.warning=false"}


def run_python(code: str, state: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "minimal", "XDG_STATE_HOME": str(state), **QUIET},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )


def test_the_window_imports_nothing_heavy_and_closes_well(tmp_path: Path) -> None:
    ended = run_python(SLOT.format(before="", act="None"), tmp_path)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "[] True\n", "")


def test_a_bug_in_a_slot_ends_in_the_dialog_and_the_program_goes_on(tmp_path: Path) -> None:
    before = (
        "from ui.ask import Dialogs\n"
        "Dialogs.tell_of_bug = lambda self, sentence, details: print(sentence, details.splitlines()[-1])"
    )
    ended = run_python(SLOT.format(before=before, act="1 / 0"), tmp_path)
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.startswith("Det skjedde en feil i programmet. Porteføljen er uendret")
    assert "ZeroDivisionError: division by zero" in ended.stdout
    assert "Traceback" in (tmp_path / "Tertial" / "log" / "tertial.log").read_text(encoding="utf-8")


def test_python_survives_what_pyside_takes(window: MainWindow) -> None:
    for _ in range(20_000):
        window.update()
    assert sys.getrefcount(None) > 20_000
