"""A real window on a real file, and an `Ask` that answers what the test says."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from db.backup import backups_folder, backups_of
from db.journal import Signature
from db.store import new_store
from tests.portfolios import batch_of
from tracker.edits import added
from tracker.kinds import BudgetKind, LedgerContent, ProjectKind
from tracker.messages import message
from tracker.model import (
    BudgetLine,
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
from ui.about import About
from ui.app import make_window
from ui.asking import CheckAll, FormField, TableQuestion, accept_together
from ui.main_window import MainWindow
from ui.mapping_form import MappingAnswer, MappingQuestion
from ui.palette import Choice
from ui.rows_form import RowsAnswer, RowsQuestion
from ui.settings import Settings
from ui.ways_form import WaysQuestion

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
    yield batch_of(sums, made_id(3000), LedgerContent.PUBLISHED)
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


def write(path: Path, records: list[Record], *, first: str = "") -> Path:
    """Write a portfolio of some records; files with one first entry are of one portfolio."""
    with new_store(path) as store:
        if records:
            store.commit(
                added(message("Prøve"), records),
                Signature(who="prøve", at="2024-01-01T00:00:00+00:00", way="beginning", entry_id=first or made_id(1)),
            )
    return path


def as_proposed(question: MappingQuestion) -> MappingAnswer:
    """Choose the columns that were proposed."""
    return MappingAnswer(mapping=question.mapping, profile=question.profile, control_total="")


@dataclass
class Script:
    """An `Ask` that answers what the test says, and remembers what it was asked and told."""

    file: Path | None = None
    files: list[Path] = field(default_factory=list)
    into: Path | None = None
    agrees: bool = True
    chosen: int | None = None
    filled: dict[str, str] | None = None
    command_name: str = ""
    told: list[str] = field(default_factory=list)
    bugs: list[tuple[str, str]] = field(default_factory=list)
    ways: list[WaysQuestion] = field(default_factory=list)
    tables: list[TableQuestion] = field(default_factory=list)
    forms: list[Sequence[FormField]] = field(default_factory=list)
    mappings: list[MappingQuestion] = field(default_factory=list)
    mapped: Callable[[MappingQuestion], MappingAnswer] | None = as_proposed
    rowed: list[tuple[str, ...]] = field(default_factory=list)
    row_questions: list[RowsQuestion] = field(default_factory=list)
    refused: str = ""

    def file_to_open(self, title: str, kinds: str) -> Path | None:  # noqa: ARG002  the same answer to all
        """Answer."""
        return self.file

    def files_to_open(self, title: str, kinds: str) -> list[Path]:  # noqa: ARG002
        """Answer."""
        return self.files

    def file_to_save(self, title: str, kinds: str, suggested: str) -> Path | None:  # noqa: ARG002
        """Answer."""
        return self.into

    def folder(self, title: str) -> Path | None:  # noqa: ARG002
        """Answer."""
        return self.into

    def tell(self, sentence: str) -> None:
        """Remember."""
        self.told.append(sentence)

    def inform(self, sentence: str) -> None:
        """Remember."""
        self.told.append(sentence)

    def tell_of_bug(self, sentence: str, details: str) -> None:
        """Remember."""
        self.bugs.append((sentence, details))

    def confirm(self, sentence: str, yes: str) -> bool:  # noqa: ARG002
        """Answer."""
        return self.agrees

    def confirm_table(self, question: TableQuestion) -> bool:
        """Answer."""
        self.tables.append(question)
        return self.agrees

    def choose(self, question: TableQuestion) -> int | None:
        """Answer."""
        self.tables.append(question)
        return self.chosen

    def way(self, question: WaysQuestion) -> int | None:
        """Answer."""
        self.ways.append(question)
        return self.chosen

    def show(self, question: TableQuestion) -> None:
        """Remember."""
        self.tables.append(question)

    def form(
        self,
        title: str,  # noqa: ARG002
        fields: Sequence[FormField],
        yes: str,  # noqa: ARG002
        *,
        check: CheckAll = accept_together,
    ) -> dict[str, str] | None:
        """Answer with what is filled in, the field's own value for the rest; remember what is wrong with it."""
        self.forms.append(fields)
        if self.filled is None:
            return None
        answer = {one.key: self.filled.get(one.key, one.value) for one in fields}
        refusals = [one.check(answer[one.key]) for one in fields]
        self.refused = next(filter(None, refusals), "") or check(answer)
        return None if self.refused else answer

    def rows(self, question: RowsQuestion) -> RowsAnswer | None:
        """Answer with the values that are filled in and the rows; remember why they can't be used."""
        self.row_questions.append(question)
        if self.filled is None:
            return None
        values = {one.key: self.filled.get(one.key, one.value) for one in question.fields}
        answer = RowsAnswer(values=values, rows=tuple(map(tuple, self.rowed)))
        state = question.weigh(answer.rows)
        self.refused = state.sentence if not state.is_done else question.check(answer)
        return None if self.refused else answer

    def mapping(self, question: MappingQuestion) -> MappingAnswer | None:
        """Answer with what was proposed, or with what the test makes of it."""
        self.mappings.append(question)
        return None if self.mapped is None else self.mapped(question)

    def command(self, choices: Sequence[Choice]) -> None:
        """Choose by name."""
        next(choice for choice in choices if choice.name.startswith(self.command_name)).choose()

    def about(self, about: About) -> None:
        """Remember."""
        self.told.append(about.details())

    def print_dialog(self, dialog: QDialog) -> bool:  # noqa: ARG002
        """Print nothing."""
        return False


Open = Callable[[Path], MainWindow]


@pytest.fixture
def ask() -> Script:
    """Return an `Ask` to script."""
    return Script()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Return settings of Kari's, in a place of their own."""
    kept = Settings(tmp_path / "innstillinger" / "t.json")
    kept.who = "Kari"
    return kept


@pytest.fixture
def open_window(qtbot: QtBot, ask: Script, settings: Settings) -> Iterator[Open]:
    """Open windows on files, shown and in front, and close them in the end."""
    made: list[MainWindow] = []

    def open_one(*files: Path) -> MainWindow:
        window = make_window(list(files), settings=settings, ask=ask)
        made.append(window)
        window.resize(1400, 900)
        with qtbot.waitExposed(window):
            window.show()
        window.activateWindow()
        return window

    yield open_one  # type: ignore[misc]
    for window in made:
        window.close()
        window.deleteLater()
    # At once: what lingers is dressed anew by whatever changes the look later.
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def window(open_window: Open) -> MainWindow:
    """Open a window without a file."""
    return open_window()  # type: ignore[call-arg]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Write a portfolio file with seven projects."""
    return write(tmp_path / "Prøve.tertial", list(portfolio_records()))


@pytest.fixture
def opened(open_window: Open, path: Path) -> MainWindow:
    """Open a window with the seven projects, at the overview."""
    return open_window(path)


@pytest.fixture
def table(opened: MainWindow) -> MainWindow:
    """Turn the same window to its table."""
    opened.show_projects()
    return opened


@pytest.fixture
def page(opened: MainWindow) -> MainWindow:
    """Turn the same window to its first project."""
    opened.show_projects()
    opened.open_project(made_id(0))
    return opened


def labels(window: QWidget) -> str:
    """Return what the visible labels say."""
    return "\n".join(label.text() for label in window.findChildren(QLabel) if label.isVisible())


def shown(window: MainWindow, column: str) -> list[str]:
    """Return what a column of the table shows."""
    model = window.projects.model
    section = section_of(window, column)
    return [str(model.index(row, section).data()) for row in range(model.rowCount())]


def section_of(window: MainWindow, column: str) -> int:
    """Return where a column of the table is."""
    return next(at for at, one in enumerate(window.projects.model.columns) if one.key == column)


def reasons_of_backups(window: MainWindow) -> list[str]:
    """Return why each backup of the open file was taken, the newest first."""
    path = window.desk.session.path
    assert path is not None
    folder = backups_folder(path, root=window.desk.settings.data_folder / "backups")
    return [one.reason.value for one in backups_of(folder)]
