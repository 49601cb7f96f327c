"""Undo and redo of anything, in any order, also over restarts; and the journal that tells it."""

from __future__ import annotations

import random
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from PySide6.QtTest import QAbstractItemModelTester

from db.store import open_store
from tests.test_table import ARRANGEMENTS
from tests.windows import PERIOD, portfolio_records, write
from tracker.actions import Entry, fill_in, fill_in_many, open_period
from tracker.edits import Edit
from tracker.messages import Refusal, message
from tracker.model import Portfolio, ProjectId
from tracker.periods import Part, Period
from ui.cells import Arrangement
from ui.rows import ProjectRows, project_columns
from ui.session import Session
from ui.table import TableModel
from ui.words import words_in

FIELDS = {
    "text": ["", "I rute.", "Forsinket", "=SUM(A1)"],
    "explanation": ["", "Sen leveranse"],
    "completion": ["1K-2025", "Ferdig", "", "4K-2030"],
    "phase": ["", "Utførelse"],
    "final_cost_forecast": ["", "12 500"],
    "responsible": ["", "Kari", "Per"],
    "code": ["", "P-1", "P-2"],
    "name": ["Nytt navn", "Åsveien skole"],
}
ACTIONS = 500


def random_edit(rng: random.Random, session: Session) -> Edit:
    """Make an edit of some kind that the portfolio allows, or one that changes nothing."""
    portfolio, period = session.portfolio, session.period
    assert period is not None
    projects = sorted(portfolio.projects)

    def entry() -> Entry:
        field = rng.choice(sorted(FIELDS))
        return Entry(project=ProjectId(rng.choice(projects)), field=field, typed=rng.choice(FIELDS[field]))

    kind = rng.random()
    try:
        if kind < 0.05:
            year = max(one.year for one in portfolio.periods()) + 1
            return open_period(portfolio, Period(year, Part.YEAR), new_id=session.new_id)
        if kind < 0.3:
            block = [entry() for _ in range(rng.randint(1, 5))]
            return fill_in_many(portfolio, period, block, label=message("Limte inn"), new_id=session.new_id)
        return fill_in(portfolio, period, entry(), new_id=session.new_id)
    except Refusal:
        return Edit(message("Ingen endring"), ())


@pytest.mark.usefixtures("qapp")
def test_500_random_actions_are_undone_to_the_first_state_and_redone_to_the_last(path: Path) -> None:
    rng = random.Random(1)  # noqa: S311  the same each time
    session = Session(who="Kari")
    session.open(path)
    first, changes, made = session.portfolio, 0, 0
    for _ in range(ACTIONS):
        edit = random_edit(rng, session)
        session.perform(edit)
        made += bool(edit.changes)
        changes += len(edit.changes)
    last = session.portfolio
    assert made >= 100
    session.close()
    with closing(open_store(path, read_only=True)) as store:
        entries = list(store.journal())[1:]
        assert store.load() == last
    assert len(entries) == made
    assert sum(len(list(entry.plain_changes())) for entry in entries) == changes
    session.open(path)
    while session.undo() is not None:
        pass
    assert session.portfolio == first
    while session.redo() is not None:
        pass
    assert session.portfolio == last
    session.close()
    with closing(open_store(path, read_only=True)) as store:
        assert store.load() == last
        assert store.verify() == []


class Undoing(RuleBasedStateMachine):
    """Edits, undoing, redoing and restarts beside the plain list of what the portfolio was."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        self.session = Session(who="Kari")
        self.past: list[Portfolio] = []
        self.future: list[Portfolio] = []
        self.model = TableModel(project_columns(words_in()))
        self.tester = QAbstractItemModelTester(self.model, QAbstractItemModelTester.FailureReportingMode.Fatal)

    @initialize()
    def opened(self) -> None:
        """Begin with a portfolio."""
        self.path = write(Path(self.folder.name) / "p.tertial", list(portfolio_records()))
        self.session.open(self.path)

    @rule(rng=st.randoms(use_true_random=False))
    def edit(self, rng: random.Random) -> None:
        """Make an edit: what was undone can't be redone any more."""
        before, edit = self.session.portfolio, random_edit(rng, self.session)
        self.session.perform(edit)
        if edit.changes:
            self.past.append(before)
            self.future.clear()

    @precondition(lambda self: self.past)
    @rule()
    def undo(self) -> None:
        """Take one step back."""
        self.future.append(self.session.portfolio)
        self.session.undo()
        assert self.session.portfolio == self.past.pop()

    @precondition(lambda self: self.future)
    @rule()
    def redo(self) -> None:
        """Take one step on."""
        self.past.append(self.session.portfolio)
        self.session.redo()
        assert self.session.portfolio == self.future.pop()

    @rule()
    def restart(self) -> None:
        """Close and open again."""
        self.session.close()
        self.session.open(self.path)
        self.session.turn_to(PERIOD)

    @rule(arrangement=ARRANGEMENTS)
    def arrange(self, arrangement: Arrangement) -> None:
        """Filter, sort and group the table, which goes on through everything else."""
        self.model.arrange(arrangement)

    @invariant()
    def is_shown(self) -> None:
        """Show in the table just what is asked for of what there is."""
        view = self.session.view
        if view.figures is None:
            return
        rows = ProjectRows(view.figures, view.flags, say=words_in())
        self.model.set_rows(rows)
        wanted = self.model.arrangement
        assert sorted(self.model.keys()) == sorted(
            rows.key(place)
            for place in range(len(rows))
            if wanted.words.finds(rows.searched()[place])
            and all(test(rows.filtered(key)[place]) for key, test in wanted.tests.items())
        )

    @invariant()
    def agrees(self) -> None:
        """Offer what there is, and hold in the file what is shown."""
        if self.session.path is None:
            return
        assert len(self.session.steps.undoable) == len(self.past)
        assert len(self.session.steps.redoable) == len(self.future)
        self.session._unchecked = True  # noqa: SLF001  to compare it again
        self.session.check()

    def teardown(self) -> None:
        """Leave nothing."""
        self.session.close()
        self.folder.cleanup()


TestUndoing = pytest.mark.usefixtures("qapp")(Undoing.TestCase)
TestUndoing.settings = settings(max_examples=15, stateful_step_count=20, deadline=None)


@pytest.mark.usefixtures("qapp")
def test_what_somebody_else_changed_meanwhile_is_not_written_over(path: Path) -> None:
    one, other = Session(who="Kari"), Session(who="Per")
    one.open(path)
    other.open(path)
    assert not other.can_edit
    with pytest.raises(Refusal, match="åpen hos"):
        other.perform(random_edit(random.Random(3), one))  # noqa: S311
    one.close()
    other.close()
