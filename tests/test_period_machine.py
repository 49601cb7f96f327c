"""A period's life in any order: whatever is done, what was reported stays, and proves itself."""

from __future__ import annotations

from contextlib import closing, suppress
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from db.journal import Signature
from db.store import new_store, open_store
from tests.portfolios import planned, table_of
from tracker.actions import Entry, fill_in, open_period
from tracker.board import board_of
from tracker.budgeting import NewMoney, Paper, enter
from tracker.closing import lines_of, lock, reopen
from tracker.edits import Edit, added, apply
from tracker.figures import PeriodFigures, figures_of
from tracker.guarding import is_locked, refuse_guarded
from tracker.kinds import FundingSource, LedgerContent
from tracker.messages import Refusal, message
from tracker.model import Decision, LedgerBatch, LedgerSum, Portfolio, ProjectId, RecordId
from tracker.periods import Part, Period
from tracker.reported import fingerprint
from tracker.steps import MADE, REDONE, SETTLED, UNDONE
from tracker.taking_back import taken_back
from tracker.workflow import Mover, approve, send_back, submit, take_back

TABLE = """
Skole      | 20 000 | 5 000 | 4K-2026 | 3 000 | 2 900 | Står i denne.
Brannstasjon | 9 000 | 2 000 | 4K-2025 | 1 000 | 1 000 | Står i denne.
"""
PERIODS = (Period(2023, Part.YEAR), Period(2024, Part.T1))
MOVER = Mover(who="Kari", at=datetime(2024, 5, 2, 10, tzinfo=UTC))
WHICH = st.integers(0, 1)


class PeriodLife(RuleBasedStateMachine):
    """One file, two periods, two projects, and everything that people do with them."""

    def __init__(self) -> None:
        super().__init__()
        self._folder = TemporaryDirectory()
        path = Path(self._folder.name) / "p.tertial"
        with new_store(path):
            pass
        self.store = open_store(path)
        self.portfolio = Portfolio()
        self.ids = count(10**6)
        self.reported: dict[tuple[Period, int], PeriodFigures] = {}

    def teardown(self) -> None:
        """Read the file once more: it holds what the machine holds."""
        with closing(self.store):
            assert self.store.load() == self.portfolio
            assert self.store.verify() == []
        self._folder.cleanup()

    def new_id(self) -> str:
        """Return an id that was never used."""
        return str(UUID(int=next(self.ids)))

    def perform(self, edit: Edit, way: str = MADE) -> None:
        """Write an edit as the window does."""
        refuse_guarded(self.portfolio, edit)
        after = apply(self.portfolio, edit)
        if edit.changes:
            at = "2024-05-02T10:00:00+00:00"
            self.store.commit(edit, Signature(who="Kari", at=at, way=way, entry_id=self.new_id()))
        self.portfolio = after

    @initialize()
    def begin(self) -> None:
        """Take in a year, and begin the next."""
        self.perform(planned(table_of(TABLE)).edit)
        self.perform(open_period(self.portfolio, PERIODS[1], new_id=self.new_id))

    @rule(which=WHICH, project=WHICH, text=st.sampled_from(["Nytt.", "Noe annet.", ""]))
    @precondition(lambda self: self.portfolio.projects)
    def write(self, which: int, project: int, text: str) -> None:
        """Write a status text."""
        entry = Entry(project=self.project(project), field="text", typed=text)
        with suppress(Refusal):
            self.perform(fill_in(self.portfolio, PERIODS[which], entry, new_id=self.new_id))

    @rule(which=WHICH, project=WHICH, move=st.sampled_from(["submit", "take back", "approve", "send back"]))
    @precondition(lambda self: self.portfolio.projects)
    def move(self, which: int, project: int, move: str) -> None:
        """Move a status on its way."""
        period, projects = PERIODS[which], [self.project(project)]
        with suppress(Refusal):
            if move == "submit":
                edit = submit(self.portfolio, period, projects, MOVER)
            elif move == "take back":
                edit = take_back(self.portfolio, period, projects, MOVER)
            elif move == "approve":
                edit = approve(self.portfolio, period, projects, MOVER)
            else:
                edit = send_back(self.portfolio, period, projects, MOVER, text="Rett", new_id=self.new_id)
            self.perform(edit, SETTLED)

    @rule(which=WHICH)
    def lock(self, which: int) -> None:
        """Lock a period."""
        period = PERIODS[which]
        with suppress(Refusal):
            self.perform(lock(self.portfolio, period, who="Kari", at=MOVER.at, new_id=self.new_id), SETTLED)
            state = self.portfolio.state_of(period)
            assert state is not None
            self.reported[period, state.revision] = figures_of(self.portfolio, period)

    @rule(which=WHICH)
    def reopen(self, which: int) -> None:
        """Open a period again."""
        with suppress(Refusal):
            self.perform(reopen(self.portfolio, PERIODS[which], reason="Feil"), SETTLED)

    @rule(project=WHICH, amount=st.integers(1, 10**9), on=st.sampled_from([date(2023, 12, 1), date(2024, 2, 1)]))
    @precondition(lambda self: self.portfolio.projects)
    def decide_late(self, project: int, amount: int, on: date) -> None:
        """Decide money, dated wherever."""
        request = NewMoney(
            project=self.project(project),
            year=on.year,
            year_amount=amount,
            total_amount=amount,
            funding=FundingSource.LOAN,
        )
        paper = Paper(decision=Decision(body="KS", number="1/24", on=on), entered_on=on)
        self.perform(enter(self.portfolio, request, paper, new_id=self.new_id))

    @rule(project=WHICH, amount=st.integers(-(10**9), 10**9), year=st.sampled_from([2023, 2024]))
    @precondition(lambda self: self.portfolio.projects)
    def post_late(self, project: int, amount: int, year: int) -> None:
        """Post spending, dated wherever."""
        batch = LedgerBatch(
            id=RecordId(self.new_id()),
            source="sent",
            source_hash="x",
            content=LedgerContent.TRANSACTIONS,
            year=year,
            first_month=2,
            last_month=2,
            line_count=1,
            total=amount,
            sums=(LedgerSum(project=self.project(project), year=year, month=2, amount=amount),),
        )
        self.perform(added(message("Sent bilag"), [batch]))

    @rule(way=st.sampled_from([UNDONE, REDONE]))
    def go_back(self, way: str) -> None:
        """Undo or redo the newest step."""
        steps = self.store.steps()
        found = steps.undoable if way == UNDONE else steps.redoable
        if found:
            with suppress(Refusal):
                edit = self.store.edit_at(found[-1].seq, self.portfolio)
                self.perform(taken_back(self.portfolio, edit), way)

    @invariant()
    def what_was_reported_stays(self) -> None:
        """Hold every revision against what it was when it was locked."""
        for (period, revision), figures in self.reported.items():
            rows = [
                one
                for one in self.portfolio.reported_projects.values()
                if (one.period, one.revision) == (period, revision)
            ]
            assert len(rows) == len(figures.projects)
            state = self.portfolio.state_of(period)
            assert state is not None
            if is_locked(self.portfolio, period) and state.revision == revision:
                assert figures_of(self.portfolio, period) == figures
                (found,) = (
                    one
                    for one in self.portfolio.period_locks.values()
                    if (one.period, one.revision) == (period, revision)
                )
                assert fingerprint([*rows, *lines_of(self.portfolio, period)]) == found.fingerprint

    @invariant()
    def the_board_adds_up(self) -> None:
        """Hold the board's counts against its rows."""
        for period in self.portfolio.periods():
            board = board_of(self.portfolio, period)
            assert sum(board.counts.values()) == len(board.rows)
            assert len({row.project.id for row in board.rows}) == len(board.rows)

    def project(self, at: int) -> ProjectId:
        """Return one of the projects."""
        return self.portfolio.listed_projects()[at].id


TestPeriodLife = PeriodLife.TestCase
TestPeriodLife.settings = settings(max_examples=12, stateful_step_count=30, deadline=None)
