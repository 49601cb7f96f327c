"""Where a journal's entry has its values from: the edits of other files that it took, and those that it knows of.

Must not know how an entry is stored.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from tracker.messages import Message
from tracker.model import Record

Short = str
"""The first 64 bits of an edit's id, in hexadecimal: enough to know an edit by."""
_SHORT = 16


def short(edit: str) -> Short:
    """Return what an edit is known by."""
    return edit.replace("-", "")[:_SHORT]


@dataclass(frozen=True, slots=True)
class Place:
    """A unit of fields of one record (`tracker.merging.law`), by the key that it has in every file."""

    kind: type[Record]
    key: str
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """An edit as it is told: its id, who made it, when (by their clock), and what they called it."""

    edit: str
    who: str
    at: datetime
    label: Message


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignEdit:
    """An edit of another file: the places whose value was taken from it, and those that had its value already."""

    author: Author
    took: tuple[Place, ...] = ()
    agreed: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Lineage:
    """What an entry has from other files; one without any is an edit of one's own.

    `kept` are the places where what came was decided against, `waiting` those where it couldn't be taken and is
    offered again, by edit, `settled` those that waited and wait no longer: what was decided on came after them.
    `undid` is the entry whose lineage it takes back. `known` are edits that came before a package, known without
    being told. `portfolio` is set where a package begins: what it was made of. `package` is the id of what was merged.
    `seen` is how far in a hub's history it was read: what came before that is known.
    """

    edits: tuple[ForeignEdit, ...] = ()
    kept: tuple[Place, ...] = ()
    waiting: tuple[tuple[str, Place], ...] = ()
    settled: tuple[tuple[Short, Place], ...] = ()
    undid: str = ""
    known: frozenset[Short] = frozenset()
    portfolio: str = ""
    package: str = ""
    seen: str = ""

    def __bool__(self) -> bool:
        return self != NO_LINEAGE


NO_LINEAGE = Lineage()

PlainChange = tuple[type[Record], Mapping[str, Any] | None, Mapping[str, Any] | None]
"""The kind of a record, and its plain values before and after."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """An entry of a journal as merging reads it; without its changes where only its id is asked for."""

    author: Author
    changes: tuple[PlainChange, ...] = ()
    lineage: Lineage = NO_LINEAGE

    @property
    def id(self) -> str:
        """The entry's id."""
        return self.author.edit


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowledge:
    """Which edits a file knows of. `undone` are those of merges that were taken back, by the merge.

    `waiting` are the places where a known edit has not been decided on yet. `of_packages` are the edits that came
    with each package or form: who filled it in knows them.
    """

    ids: frozenset[Short] = frozenset()
    undone: Mapping[Short, frozenset[Short]] = field(default_factory=dict)
    waiting: Mapping[Short, Collection[Place]] = field(default_factory=dict)
    of_packages: Mapping[str, frozenset[Short]] = field(default_factory=dict)

    def has(self, edit: str) -> bool:
        """Whether an edit is known."""
        return short(edit) in self.ids

    def knows(self, edit: str, place: Place) -> bool:
        """Whether what an edit made of a place is known."""
        return self.has(edit) and not self.waits_for(edit, place)

    def needs(self, entry: Written) -> bool:
        """Whether an entry of another file must be read: it isn't known, or something waits and may stand there."""
        return bool(self.waiting) or self.is_new(entry)

    def is_new(self, entry: Written) -> bool:
        """Whether an entry of another file isn't known.

        How a package began is nothing new to a file that knows all that came before it.
        """
        if entry.lineage.portfolio:
            return not entry.lineage.known <= self.at(entry).ids
        return not self.has(entry.id)

    def waits_for(self, edit: str, place: Place) -> bool:
        """Whether what a known edit made of a place has not been decided on."""
        return place in self.waiting.get(short(edit), ())

    def at(self, entry: Written) -> Knowledge:
        """Return what is known by the time that a package began.

        One that went out between a merge and its undoing brings what was undone as if nobody had decided on it.
        """
        told = [edits for merge, edits in self.undone.items() if merge in entry.lineage.known]
        return replace(self, ids=self.ids.union(*told)) if told and entry.lineage.portfolio else self


def knowledge_of(entries: Iterable[Written]) -> Knowledge:
    """Find which edits a file knows of, from all entries of its journal."""
    own: set[Short] = set()
    in_force: dict[str, Lineage] = {}
    undone: dict[Short, frozenset[Short]] = {}
    for entry in entries:
        own.add(short(entry.id))
        if entry.lineage.undid:
            taken_back = in_force.pop(entry.lineage.undid, NO_LINEAGE)
            undone[short(entry.lineage.undid)] = frozenset(_told(taken_back))
        elif entry.lineage:
            in_force[entry.id] = entry.lineage
    waiting: dict[Short, set[Place]] = {}
    of_packages: dict[str, frozenset[Short]] = {}
    for lineage in in_force.values():
        own |= _told(lineage)
        of_packages[lineage.package] = of_packages.get(lineage.package, frozenset()) | _told(lineage)
        wait(waiting, lineage)
    return Knowledge(
        ids=frozenset(own),
        undone=undone,
        waiting={edit: places for edit, places in waiting.items() if places},
        of_packages=of_packages,
    )


def _told(lineage: Lineage) -> set[Short]:
    return {short(one.author.edit) for one in lineage.edits} | lineage.known


def wait(waiting: dict[Short, set[Place]], lineage: Lineage) -> None:
    """Let what a merge decided on wait no longer, and what it couldn't take wait."""
    for edit, place in lineage.settled:
        waiting.get(edit, set()).discard(place)
    for edit, place in lineage.waiting:
        waiting.setdefault(short(edit), set()).add(place)
