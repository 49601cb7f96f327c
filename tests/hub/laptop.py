"""A laptop with a file and a hub: it writes, pushes and pulls as the commands do, without starting a process each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from db.hub.address import read_address
from db.hub.connecting import linked, one_moment
from db.hub.copying import read_all, write_copy
from db.hub.pulling import fetch
from db.hub.pushing import push
from db.hub.schema import found, let_in, make, my_names, portfolios
from db.journal import Signature
from db.kinship import lineage_of_taking_back, origin_of
from db.store import Store, open_store
from tracker.actions import set_value
from tracker.edits import Edit, apply
from tracker.guarding import refuse_guarded
from tracker.merging.lineage import NO_LINEAGE, Lineage
from tracker.merging.plan import Choice, Incoming, MergePlan, Verdict
from tracker.merging.settling import Settler, settle
from tracker.messages import message
from tracker.model import Portfolio, ProjectId, RecordId, SentPackage, Status
from tracker.periods import Period
from tracker.steps import MERGED, UNDONE
from tracker.taking_back import taken_back


@dataclass(frozen=True)
class Pulled:
    """What a pull would bring, or did."""

    plan: MergePlan


@dataclass
class Laptop:
    """Somebody's laptop: their name, their file, and the address of the hub."""

    name: str
    path: Path
    url: str
    at: datetime = datetime(2026, 5, 2, 12, tzinfo=UTC)

    def found(self) -> Laptop:
        """Make the hub of this file, and send all that is in it."""
        with self.opened() as (store, portfolio), linked(read_address(self.url)) as link:
            make(link, origin_of(store))
            push(link, store, portfolio, found(link, origin_of(store)))
        return self

    def let_in(self, login: str, role: str, *names: str) -> None:
        """Let somebody else in."""
        with self.opened() as (store, _), linked(read_address(self.url)) as link:
            found(link, origin_of(store))
            let_in(link, login, role, names)

    def fetch(self) -> Laptop:
        """Make the file of what the hub has."""
        with linked(read_address(self.url)) as link, one_moment(link):
            copied = read_all(link, found(link, portfolios(link)[0]))
            names = my_names(link)
        sent = SentPackage(id=RecordId(str(uuid4())), recipient=", ".join(names), made_by=self.name, made_at=self.at)
        write_copy(self.path, copied, sent, message("Hentet fra huben"))
        return self

    def portfolio(self) -> Portfolio:
        """Read the file."""
        with self.opened() as (_, portfolio):
            return portfolio

    def project(self, name: str) -> ProjectId:
        """Find a project by its name."""
        return next(one.id for one in self.portfolio().projects.values() if one.name == name)

    def status(self, name: str, period: Period) -> Status:
        """Find a project's status."""
        held = self.portfolio()
        project = self.project(name)
        return next(one for one in held.statuses.values() if one.project == project and one.period == period)

    def write(self, period: Period, name: str, value: object, *, field: str = "text") -> str:
        """Write one value, and return the id of its entry."""
        with self.opened() as (store, portfolio):
            project = next(one.id for one in portfolio.projects.values() if one.name == name)
            edit = set_value(portfolio, period, project, field=field, value=value, new_id=lambda: str(uuid4()))
            return self.perform(store, portfolio, edit)

    def act(self, edit: Edit) -> str:
        """Make an edit."""
        with self.opened() as (store, portfolio):
            return self.perform(store, portfolio, edit)

    def perform(
        self, store: Store, portfolio: Portfolio, edit: Edit, *, way: str = "window", lineage: Lineage = NO_LINEAGE
    ) -> str:
        """Write an edit, guarded as the program guards it."""
        refuse_guarded(portfolio, edit, takes_back=way == UNDONE, comes_from_home=bool(lineage))
        apply(portfolio, edit)
        signature = Signature(who=self.name, at=self.at.isoformat(), way=way, entry_id=str(uuid4()))
        store.commit(edit, signature, lineage=lineage)
        return signature.entry_id

    def push(self) -> int:
        """Send what the hub hasn't got."""
        with self.opened() as (store, portfolio), linked(read_address(self.url)) as link:
            return push(link, store, portfolio, found(link, origin_of(store)))

    def pull(self, choice: Choice = Choice.OURS, *, rejects: Callable[[Incoming], bool] = lambda _: False) -> Pulled:
        """Read what others have sent, and take it in but for what is rejected; collisions by one choice."""
        with self.opened() as (store, portfolio):
            return self.pull_into(store, portfolio, choice, rejects)

    def pull_into(
        self,
        store: Store,
        portfolio: Portfolio,
        choice: Choice = Choice.OURS,
        rejects: Callable[[Incoming], bool] = lambda _: False,
    ) -> Pulled:
        """Do so with a file that is open."""
        with linked(read_address(self.url)) as link, one_moment(link):
            fetched = fetch(link, store, portfolio, found(link, origin_of(store)), called="huben")
        plan = fetched.plan(store, portfolio)
        if not plan.is_nothing:
            choices = {one.place: choice for one in plan.of(Verdict.COLLISION)}
            choices |= {one.place: Choice.OURS for one in plan.of(Verdict.NEW) if rejects(one)}
            settler = Settler(who=self.name, at=self.at, new_id=lambda: str(uuid4()))
            merge = settle(portfolio, plan, choices, settler)
            lineage = replace(merge.lineage, seen=fetched.seen)
            refuse_guarded(portfolio, merge.edit, comes_from_home=True)
            signature = Signature(who=self.name, at=self.at.isoformat(), way=MERGED, entry_id=str(uuid4()))
            store.commit(merge.edit, signature, lines=fetched.lines, lineage=lineage)
        return Pulled(plan)

    def undo(self) -> None:
        """Take the last step back."""
        with self.opened() as (store, portfolio):
            step = store.steps().undoable[-1]
            edit = taken_back(portfolio, store.edit_at(step.seq, portfolio))
            self.perform(store, portfolio, edit, way=UNDONE, lineage=lineage_of_taking_back(store, step.seq))

    def problems(self) -> list[str]:
        """Verify the file."""
        with self.opened() as (store, _):
            return [one.text for one in store.verify()]

    @contextmanager
    def opened(self) -> Iterator[tuple[Store, Portfolio]]:
        """Open the file."""
        with closing(open_store(self.path)) as store:
            yield store, store.load()
