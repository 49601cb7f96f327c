"""Files that came, each as it stands: read or not, what it would bring, what is decided of it.

Must not know a widget, nor read a file itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from db.hub.pulling import Fetched
from db.key import Key
from db.package import Came, read_file
from db.trouble import Trouble
from tracker.merging.deciding import Deciding
from tracker.merging.lineage import Knowledge
from tracker.merging.plan import Choice, MergePlan, Verdict
from tracker.messages import Message, Refusal
from tracker.model import Portfolio
from ui.session import Session

_STOPPED = frozenset({Verdict.LOCKED, Verdict.SETTLED, Verdict.IMPOSSIBLE})


@dataclass(slots=True, kw_only=True)
class Arrival:
    """A file that came: what was read, or why nothing was; its plan by the portfolio as it is; what is decided.

    `is_seen` is whether a person has had it before them.
    """

    file: str
    came: Came | Fetched | None = None
    trouble: Message | None = None
    plan: MergePlan | None = None
    deciding: Deciding = field(default_factory=Deciding)
    is_seen: bool = False

    @property
    def who(self) -> str:
        """Who it is from, its own name where it doesn't say so."""
        return self.file if self.came is None else self.came.sender.who

    @property
    def is_from_hub(self) -> bool:
        """Whether it came from a hub and not as a file."""
        return isinstance(self.came, Fetched)

    @property
    def problems(self) -> tuple[Message, ...]:
        """What of it couldn't be read, each with its place."""
        return () if self.came is None else self.came.problems

    @property
    def has_unseen_problems(self) -> bool:
        """Whether something of it couldn't be read that nobody has been shown: it isn't taken in before."""
        return bool(self.problems) and not self.is_seen

    @property
    def is_nothing(self) -> bool:
        """Whether all that it holds is here already."""
        return self.plan is not None and self.plan.is_nothing

    @property
    def new(self) -> int:
        """How much comes without having been changed here."""
        return self._count(frozenset({Verdict.NEW}))

    @property
    def collisions(self) -> int:
        """How much was changed here as well."""
        return self._count(frozenset({Verdict.COLLISION}))

    @property
    def stopped(self) -> int:
        """How much a lock or something else keeps out."""
        return self._count(_STOPPED)

    @property
    def edited_at(self) -> datetime | None:
        """When what is new in it was last written, by the clock there."""
        return None if self.plan is None else max((one.at for one in self.plan.authors), default=None)

    @property
    def can_be_taken(self) -> bool:
        """Whether taking it in does something, no collision waits to be decided, and what couldn't be read was seen.

        What only waits, again, is known already.
        """
        if self.plan is None or self.has_unseen_problems or self.deciding.left(self.plan):
            return False
        is_late = Choice.AS_COMMENT in self.deciding.choices(self.plan).values()
        return bool(self.plan.authors) or is_late or any(item.can_be_taken for item in self.plan.items)

    def plan_anew(self, session: Session) -> None:
        """Plan it by the portfolio as it is now; what was decided of what is as it was stays decided."""
        if self.came is None:
            return
        try:
            self.plan, self.trouble = session.merge_plan(self.came), None
        except (Refusal, Trouble) as known:
            self.plan, self.trouble = None, known.reason

    def _count(self, verdicts: frozenset[Verdict]) -> int:
        return 0 if self.plan is None else sum(item.verdict in verdicts for item in self.plan.items)


def reading(paths: Iterable[Path], session: Session, *, is_stopped: Callable[[], bool]) -> Callable[[], list[Arrival]]:
    """Return the reading of files as work for another thread: one that can't be read says so, and the next is read.

    Each is opened by the key that is known for it; one of which none is known says that it is encrypted.
    """
    ours, portfolio, paths = session.knowledge(), session.portfolio, list(paths)
    keys = {path: session.key_of(path) for path in paths}

    def read() -> list[Arrival]:
        return [_read(path, ours, portfolio, keys[path]) for path in paths if not is_stopped()]

    return read


def _read(path: Path, ours: Knowledge, portfolio: Portfolio, key: Key | None) -> Arrival:
    try:
        return Arrival(file=path.name, came=read_file(path, ours, portfolio, key=key))
    except (Trouble, Refusal) as known:
        return Arrival(file=path.name, trouble=known.reason)
