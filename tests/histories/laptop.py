"""A laptop with a file, without the disk: its portfolio and its journal, written and read back as a file holds them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import count

from db.lineage import read_lineage, write_lineage
from db.records import plain
from tracker.edits import Change, Edit, apply
from tracker.guarding import refuse_guarded
from tracker.merging.limiting import limited
from tracker.merging.lineage import NO_LINEAGE, Author, Knowledge, Lineage, Written, knowledge_of
from tracker.merging.news import heritage_of, news_of
from tracker.merging.plan import MergePlan, Sender
from tracker.merging.planning import Side, plan_merge
from tracker.messages import message
from tracker.model import PACKAGE_SETTING, Portfolio, ProjectId, Setting

_IDS = count(1)
_MIDDAY = datetime(2026, 4, 30, 12, tzinfo=UTC)


def new_id() -> str:
    """Return an id that no other has; its first half tells it from all others, as a random one's does."""
    return f"{next(_IDS):08x}-0000-4000-8000-000000000000"


@dataclass
class Laptop:
    """A file on somebody's laptop. `skew` is how wrong its clock is; `began` is what it was made of, for a package."""

    name: str
    skew: timedelta = timedelta()
    portfolio: Portfolio = field(default_factory=Portfolio)
    entries: list[Written] = field(default_factory=list)
    projects: frozenset[ProjectId] = frozenset()
    package: str = ""

    @property
    def sender(self) -> Sender:
        """Whose file it is."""
        return Sender(who=self.name, package=self.package)

    @property
    def origin(self) -> str:
        """The portfolio that it is of."""
        return self.entries[0].lineage.portfolio or self.entries[0].id

    def perform(self, edit: Edit, *, lineage: Lineage = NO_LINEAGE, entry: str = "") -> str:
        """Make an edit, and return its id."""
        if not lineage.portfolio and self.entries:
            refuse_guarded(self.portfolio, edit, takes_back=bool(lineage.undid))
        self.portfolio = apply(self.portfolio, edit)
        made = entry or new_id()
        self.entries.append(
            Written(
                author=Author(edit=made, who=self.name, at=_MIDDAY + self.skew, label=edit.label),
                changes=tuple(plainly(change) for change in edit.changes),
                lineage=read_lineage(write_lineage(lineage)),
            )
        )
        return made

    def package_for(self, name: str, projects: frozenset[ProjectId]) -> Laptop:
        """Make a package of some projects."""
        made = Laptop(name=name, projects=projects, package=new_id())
        about = Change(None, Setting(id=PACKAGE_SETTING, value="{}"))
        edit = Edit(message("Pakke"), (*limited(self.portfolio, projects), about))
        lineage = Lineage(
            edits=heritage_of(edit.changes, self.portfolio, news_of(self.entries, Knowledge())),
            known=knowledge_of(self.entries).ids,
            portfolio=self.origin,
            package=made.package,
        )
        made.perform(edit, lineage=lineage, entry=made.package)
        return made

    def copied(self, name: str = "") -> Laptop:
        """Return the file as it is now: a copy that goes its own way."""
        return replace(self, name=name or self.name, entries=list(self.entries))

    def plan(self, other: Laptop) -> MergePlan:
        """Plan what another file brings."""
        ours, theirs = knowledge_of(self.entries), knowledge_of(other.entries)
        return plan_merge(
            Side(self.portfolio, tuple(one for one in self.entries if theirs.needs(one)), ours),
            Side(other.portfolio, tuple(one for one in other.entries if ours.needs(one)), theirs),
            other.sender,
        )


def plainly(change: Change) -> tuple[type, dict[str, object] | None, dict[str, object] | None]:
    """Return a change as a journal holds it."""
    before = None if change.before is None else plain(change.before)
    after = None if change.after is None else plain(change.after)
    return change.kind, before, after  # type: ignore[return-value]  # plain values are objects
