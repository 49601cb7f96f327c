"""What was changed, field by field: who, when, from what and to what.

Must not know how the journal is stored, nor how a value is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import Field, dataclass, fields
from datetime import datetime

from tracker.edits import Change
from tracker.merging.law import LAWS, WHOLE, key_of
from tracker.merging.lineage import NO_LINEAGE, Author, Lineage
from tracker.messages import Message
from tracker.model import Record

_WHOSE = frozenset({"id", "project", "period", "sums"})
"""What says which record it is; news only where it is changed afterwards."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """An entry of the journal as history tells it: when, who, by which way, what it was called, what it changed.

    `lineage` is what it has from other files.
    """

    at: datetime
    who: str
    way: str
    label: Message
    changes: tuple[Change, ...]
    lineage: Lineage = NO_LINEAGE


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """One field of one record as it was and as it became; both None where there was nothing.

    `author` is who wrote it where it was taken from another file: the entry is by whoever took it in.
    """

    entry: Recorded
    kind: type[Record]
    record_id: str
    field: str
    before: object
    after: object
    author: Author | None = None

    @property
    def who(self) -> str:
        """Who wrote it."""
        return self.entry.who if self.author is None else self.author.who

    @property
    def at(self) -> datetime:
        """When it was written, by the clock of who wrote it."""
        return self.entry.at if self.author is None else self.author.at


def field_changes(entries: Iterable[Recorded]) -> list[FieldChange]:
    """Tell entries field by field, newest first."""
    told = [change for entry in entries for changed in entry.changes for change in _told(entry, changed)]
    return told[::-1]


def _authors(entry: Recorded, change: Change) -> dict[str, Author]:
    """Return who wrote what an entry took of a record from other files, the last by unit of its fields."""
    key = key_of(change.known)
    return {
        place.unit: one.author
        for one in entry.lineage.edits
        for place in one.took
        if (place.kind, place.key) == (change.kind, key)
    }


def _told(entry: Recorded, change: Change) -> Iterator[FieldChange]:
    authors = _authors(entry, change) if entry.lineage.edits else {}
    law = LAWS[change.kind]
    for field in fields(change.kind):
        before = None if change.before is None else getattr(change.before, field.name)
        after = None if change.after is None else getattr(change.after, field.name)
        if before != after and not (_is_whole(change) and _is_as_begun(field, change)):
            yield FieldChange(
                entry=entry,
                kind=change.kind,
                record_id=change.record_id,
                field=field.name,
                before=before,
                after=after,
                author=authors.get(law.unit_of(field.name)) or authors.get(WHOLE),
            )


def _is_whole(change: Change) -> bool:
    """Whether the whole record came or went, and its fields with it."""
    return change.before is None or change.after is None


def _is_as_begun(field: Field[object], change: Change) -> bool:
    """Whether a field says nothing of a record: whose it is, or what every new record has. Zero kroner says much."""
    value = getattr(change.known, field.name)
    return field.name in _WHOSE or value is None or value in ("", field.default)
