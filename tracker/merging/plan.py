"""What a merge would do, shown before it is done: what comes, from whom, and what stands in its way.

Must not know how it was found.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from tracker.merging.law import WHOLE
from tracker.merging.lineage import Author, Place, Short
from tracker.messages import Message
from tracker.model import ProjectId, Record
from tracker.periods import Period


class Verdict(Enum):
    """What stands in the way of something that came.

    Nothing for what only the other side changed. A collision for what both did. What is the controller's isn't taken
    from a package unless somebody says so. What is guarded (`LOCKED`, `SETTLED`) or can't be in this file
    (`IMPOSSIBLE`) isn't taken, and is offered again when the same comes again.
    """

    NEW = "new"
    COLLISION = "collision"
    NOT_THEIRS = "not theirs"
    LOCKED = "locked"
    SETTLED = "settled"
    IMPOSSIBLE = "impossible"


class Choice(Enum):
    """What somebody decides of something that came."""

    THEIRS = "theirs"
    OURS = "ours"
    AS_COMMENT = "comment"


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One side of a place: the record that it stands in, None where there is none, and the values of its fields."""

    record: Record | None
    values: Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """One thing that came: where, what it was, is and would be, who made it so, and what stands in its way.

    `places` are all places that are decided by it: a new record has one for each of its units. What is `bound`
    together is taken together or not at all.
    """

    place: Place
    places: tuple[Place, ...]
    project: ProjectId | None
    period: Period | None
    base: Version
    ours: Version
    theirs: Version
    verdict: Verdict
    suggestion: Choice | None
    authors: tuple[Author, ...]
    because: Message | None = None
    bound: str = ""

    @property
    def is_record(self) -> bool:
        """Whether it is a record that is made, removed or changed whole."""
        return self.place.unit == WHOLE

    @property
    def can_be_taken(self) -> bool:
        """Whether somebody may decide to take it."""
        return self.verdict in {Verdict.NEW, Verdict.COLLISION, Verdict.NOT_THEIRS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Whose file it is that comes: by whom and when a package was made for them, none of it for a whole portfolio."""

    who: str
    package: str = ""
    made_at: datetime | None = None

    @property
    def is_package(self) -> bool:
        """Whether it is a project manager's package."""
        return bool(self.package)


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """A place that the other file has made what it is here already, and its edits.

    `is_later` where the other file knew of what was made here: then what it made came after.
    """

    place: Place
    authors: tuple[Author, ...]
    is_later: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MergePlan:
    """What a merge would do.

    `authors` are all edits that weren't known here, `agreed` the places that are the same already, `waiting` what
    the other file itself couldn't take, `overtaken` what waits here and was known there: what comes is newer.
    """

    sender: Sender
    items: tuple[Incoming, ...] = ()
    authors: tuple[Author, ...] = ()
    agreed: tuple[Agreed, ...] = ()
    waiting: tuple[tuple[str, Place], ...] = ()
    overtaken: tuple[tuple[Short, Place], ...] = ()
    known: frozenset[Short] = frozenset()

    @property
    def is_nothing(self) -> bool:
        """Whether everything in it is known already."""
        return not self.authors and not self.items

    def of(self, verdict: Verdict) -> list[Incoming]:
        """Return what has a verdict."""
        return [item for item in self.items if item.verdict is verdict]
