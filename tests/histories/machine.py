"""Up to five laptops with one portfolio: a state machine that hypothesis plays, and what must hold at every step."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from tests.histories.laptop import Laptop, new_id
from tests.histories.oracle import Cell, Memory, compare, merge
from tracker.actions import set_value, status_of
from tracker.edits import Change, Edit, added
from tracker.guarding import is_locked
from tracker.kinds import PeriodStage, ProjectKind
from tracker.merging.lineage import Lineage, Place
from tracker.merging.plan import Choice, MergePlan, Verdict
from tracker.merging.settling import Settler, settle
from tracker.messages import message
from tracker.model import PeriodLock, PeriodState, Portfolio, Project, ProjectId, RecordId, Status
from tracker.periods import Part, Period
from tracker.taking_back import taken_back

PERIOD = Period(2026, Part.T1)
PROJECTS = tuple(ProjectId(f"00000000-0000-4000-9000-00000000000{at}") for at in range(4))
FIELDS = ("text", "explanation", "year_end_forecast", "p50")
_MANAGERS = (
    frozenset(PROJECTS[:2]),
    frozenset(PROJECTS[1:3]),
    frozenset(PROJECTS),
)
COUNTS: Counter[str] = Counter()
"""What was played, over all histories of a run."""


def beginning() -> Laptop:
    """Return the controller's laptop as the year begins: two of the projects have a status."""
    home = Laptop(name="Ola")
    records = [
        *(Project(id=one, name=f"Prosjekt {one[-1]}", kind=ProjectKind.PROJECT) for one in PROJECTS),
        PeriodState(id=RecordId(new_id()), period=PERIOD),
        *(Status(id=RecordId(new_id()), project=one, period=PERIOD, text="Som før") for one in PROJECTS[:2]),
    ]
    home.perform(added(message("Begynt"), records))
    return home


class ManyLaptops(RuleBasedStateMachine):
    """The controller's laptop, a copy of it, and three project managers with packages; files go between them."""

    @initialize(skews=st.lists(st.integers(-5_000, 5_000), min_size=5, max_size=5))
    def begin(self, skews: list[int]) -> None:
        """Set the clocks, all of them wrong."""
        COUNTS["histories"] += 1
        home = beginning()
        memory = Memory(known={home.entries[0].id})
        memory.held = {(one, "text"): ("Som før", frozenset({home.entries[0].id})) for one in PROJECTS[:2]}
        self.files: list[tuple[Laptop, Memory] | None] = [(home, memory), None, None, None, None]
        self.mail: list[tuple[int, Laptop, Memory]] = []
        self.skews = [timedelta(hours=hours) for hours in skews]
        self.values = 0
        for at in (2, 3, 4):
            self.send_out(at, is_lost=False)
            self.files[at] = self.mail.pop()[1:]

    # --- work -------------------------------------------------------------------------------------------------

    @rule(
        places=st.lists(
            st.tuples(st.integers(0, 4), st.sampled_from(PROJECTS), st.sampled_from(FIELDS)), min_size=1, max_size=40
        )
    )
    def work(self, places: list[tuple[int, ProjectId, str]]) -> None:
        """Let some of them write for a while."""
        for at, project, field in places:
            self.write(at, project, field)

    def write(self, at: int, project: ProjectId, field: str) -> None:
        """Somebody writes something that nobody has written before."""
        file = self.files[at]
        if file is None or project not in file[0].portfolio.projects or is_locked(file[0].portfolio, PERIOD):
            return
        laptop, memory = file
        laptop.skew = self.skews[at]
        self.values += 1
        value: object = f"Skrevet {self.values}" if field in {"text", "explanation"} else self.values * 1000
        edit = set_value(laptop.portfolio, PERIOD, project, field=field, value=value, new_id=new_id)
        memory.write((project, field), value, laptop.perform(edit))
        COUNTS["edits"] += 1

    # --- files that go out and come back -----------------------------------------------------------------------

    @rule(at=st.integers(2, 4), is_lost=st.booleans())
    def send_out(self, at: int, is_lost: bool) -> None:  # noqa: FBT001  hypothesis names it
        """Make a package; some never arrive."""
        home, memory = self.of(0)
        scope = _MANAGERS[at - 2]
        package = home.package_for(f"Leder {at}", scope)
        made = memory.limited(scope)
        made.known |= {package.package}
        COUNTS["packages"] += 1
        if is_lost:
            COUNTS["lost"] += 1
            return
        self.mail.append((at, package, made))

    @rule(data=st.data())
    @precondition(lambda self: self.mail)
    def arrive(self, data: st.DataObject) -> None:
        """Let a file that is under way arrive, in any order; it may arrive again."""
        at = data.draw(st.integers(0, len(self.mail) - 1))
        to, came, memory = self.mail[at]
        if data.draw(st.booleans()):
            del self.mail[at]
        else:
            COUNTS["doubled"] += 1
        if to < 2:
            self.take_in(to, came, memory, data.draw)
            return
        held = self.files[to]
        if held is None:
            self.files[to] = came.copied(), memory.copied()
        elif held[0].entries[0].lineage.known < came.entries[0].lineage.known:
            # A newer package takes the place of the one at hand, and what was written there is brought along.
            self.files[to] = came.copied(), memory.copied()
            self.take_in(to, *held, data.draw)
        else:
            COUNTS["outdated"] += 1

    @rule(at=st.integers(2, 4), to=st.integers(0, 1))
    def send_back(self, at: int, to: int) -> None:
        """Send a project manager's file as it is now to one of the controllers."""
        file = self.files[at]
        if file is not None and self.files[to] is not None:
            self.mail.append((to, file[0].copied(), file[1].copied()))

    @rule()
    def copy_the_portfolio(self) -> None:
        """Another controller gets a copy of the whole portfolio, which goes its own way."""
        if self.files[1] is None:
            home, memory = self.of(0)
            self.files[1] = home.copied("Per"), memory.copied()

    @rule(at=st.integers(0, 1))
    def exchange(self, at: int) -> None:
        """One controller sends the whole portfolio to the other."""
        if self.files[1] is not None:
            laptop, memory = self.of(at)
            self.mail.append((1 - at, laptop.copied(), memory.copied()))

    @rule(at=st.integers(2, 4))
    def copy_of_a_copy(self, at: int) -> None:
        """Send a copy that a project manager has written on, and go on with the other."""
        file = self.files[at]
        if file is not None and not is_locked(file[0].portfolio, PERIOD):
            fork = file[0].copied()
            memory = file[1].copied()
            self.values += 1
            project = min(fork.projects)
            edit = set_value(fork.portfolio, PERIOD, project, field="text", value=f"Kopi {self.values}", new_id=new_id)
            memory.write((project, "text"), f"Kopi {self.values}", fork.perform(edit))
            self.mail.append((0, fork, memory))
            COUNTS["forks"] += 1

    # --- the controller locks ----------------------------------------------------------------------------------

    @rule(at=st.integers(0, 1))
    def lock_or_reopen(self, at: int) -> None:
        """Lock the period, or open it again."""
        file = self.files[at]
        if file is None:
            return
        laptop, memory = file
        state = laptop.portfolio.state_of(PERIOD)
        assert state is not None
        if is_locked(laptop.portfolio, PERIOD):
            after = replace(state, stage=PeriodStage.OPEN, reopened_because="Glemt noe")
            edit = Edit(message("Åpnet"), (Change(state, after),))
        else:
            lock = PeriodLock(
                id=RecordId(new_id()),
                period=PERIOD,
                revision=state.revision + 1,
                locked_by=laptop.name,
                locked_at=datetime(2026, 5, 1, tzinfo=UTC),
                fingerprint="0" * 64,
            )
            after = replace(state, stage=PeriodStage.LOCKED, revision=state.revision + 1)
            edit = Edit(message("Låst"), (Change(None, lock), Change(state, after)))
            COUNTS["locks"] += 1
        memory.known.add(laptop.perform(edit))

    # --- the merge, and what must hold ---------------------------------------------------------------------------

    def take_in(self, at: int, came: Laptop, memory: Memory, draw: Callable[..., object]) -> None:
        """Merge a file, deciding at random; the plan and what becomes of it must be what the oracle says."""
        laptop, own = self.of(at)
        plan = laptop.plan(came)
        new, both, _ = compare(own, memory)
        told = {_cell(item.place): item.verdict for item in plan.items}
        if is_locked(laptop.portfolio, PERIOD):
            assert told == dict.fromkeys(new | both, Verdict.LOCKED), (told, new, both)
        else:
            wanted = {**dict.fromkeys(new, Verdict.NEW), **dict.fromkeys(both, Verdict.COLLISION)}
            assert told == wanted, (told, wanted)
        COUNTS["merges"] += 1
        COUNTS["collisions"] += len(both)
        before = laptop.portfolio
        takes = {item.place: bool(draw(st.booleans())) for item in plan.items}
        if draw(st.booleans()) and plan.authors:
            self.undo_at_once(laptop, plan, came, before, takes)
        self.settle(laptop, own, memory, plan, takes, is_locked=is_locked(laptop.portfolio, PERIOD))
        assert _cells(laptop.portfolio) == {cell: own.value(cell) for cell in own.held if own.value(cell)}
        again = laptop.plan(came)
        left = [(_cell(one.place), one.verdict) for one in again.items if one.verdict is not Verdict.LOCKED]
        assert (left, again.authors) == ([], ()), (left, again.authors)

    def settle(  # noqa: PLR0913  the file and its memory, what came, and what is decided of it
        self,
        laptop: Laptop,
        own: Memory,
        memory: Memory,
        plan: MergePlan,
        takes: dict[Place, bool],
        *,
        is_locked: bool,
    ) -> None:
        """Settle a plan in the file and in the oracle."""
        if plan.is_nothing:
            return
        merged = settle(laptop.portfolio, plan, _choices(takes), _settler())
        edit = laptop.perform(merged.edit, lineage=merged.lineage)
        by_cell = {_cell(place): taken for place, taken in takes.items()}
        merge(own, memory, edit, takes=lambda cell: by_cell[cell], is_locked=is_locked)

    def undo_at_once(
        self, laptop: Laptop, plan: MergePlan, came: Laptop, before: Portfolio, takes: dict[Place, bool]
    ) -> None:
        """Take the merge back: all is as before, and the same comes again."""
        merged = settle(laptop.portfolio, plan, _choices(takes), _settler())
        edit = laptop.perform(merged.edit, lineage=merged.lineage)
        laptop.perform(taken_back(laptop.portfolio, merged.edit), lineage=Lineage(undid=edit))
        assert laptop.portfolio == before
        again = laptop.plan(came)
        assert {(one.place, one.verdict) for one in again.items} == {(one.place, one.verdict) for one in plan.items}
        COUNTS["undone"] += 1

    def of(self, at: int) -> tuple[Laptop, Memory]:
        """Return a laptop that is there."""
        file = self.files[at]
        assert file is not None
        return file

    def teardown(self) -> None:
        """Bring everything home and out again: all laptops say the same, and nothing that was accepted is missing."""
        if not hasattr(self, "files"):
            return
        for at in (0, 1):
            if (file := self.files[at]) is not None and is_locked(file[0].portfolio, PERIOD):
                self.lock_or_reopen(at)
        for _ in range(2):
            for at in range(1, 5):
                if (file := self.files[at]) is not None:
                    self.take_in(0, *file, _always)
            for at in range(1, 5):
                if self.files[at] is not None:
                    self.bring_up_to_date(at)
        home = _cells(self.of(0)[0].portfolio)
        for laptop in (file[0] for file in self.files if file is not None):
            wanted = {cell: value for cell, value in home.items() if cell[0] in laptop.portfolio.projects}
            assert _cells(laptop.portfolio) == wanted, (laptop.name, _cells(laptop.portfolio), wanted)
        COUNTS["converged"] += 1

    def bring_up_to_date(self, at: int) -> None:
        """Give the other controller all that the first has, and a project manager a new package."""
        home, memory = self.of(0)
        if at == 1:
            self.take_in(1, home, memory, _always)
            return
        package = home.package_for(f"Leder {at}", _MANAGERS[at - 2])
        made = memory.limited(_MANAGERS[at - 2])
        made.known.add(package.package)
        held = self.of(at)
        self.files[at] = package, made
        self.take_in(at, *held, _always)


def _always(_: object) -> bool:
    """Decide for what comes, and to take it back once before."""
    return True


def _settler() -> Settler:
    return Settler(who="Ola", at=datetime(2026, 5, 2, tzinfo=UTC), new_id=new_id)


def _choices(takes: dict[Place, bool]) -> dict[Place, Choice]:
    return {place: Choice.THEIRS if taken else Choice.OURS for place, taken in takes.items()}


def _cell(place: Place) -> Cell:
    assert place.kind is Status
    return place.key.split("|")[0], place.unit


def _cells(portfolio: Portfolio) -> dict[Cell, object]:
    """Return all that the statuses say, by place."""
    found = ((project, status_of(portfolio, project, PERIOD)) for project in map(ProjectId, portfolio.projects))
    return {
        (project, field): getattr(status, field)
        for project, status in found
        if status is not None
        for field in FIELDS
        if getattr(status, field)
    }
