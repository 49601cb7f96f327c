"""A change to a portfolio as a value: what was, what is, and what the user called it.

Must not know why it is made, nor where it is stored.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from tracker.messages import Message, message
from tracker.model import FIELD_OF, Portfolio, Record


class StaleEditError(ValueError):
    """An edit expects a record to be what it no longer is; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Change:
    """One record before and after; None before makes it, None after removes it."""

    before: Record | None
    after: Record | None

    def __post_init__(self) -> None:
        if self.before is None and self.after is None:
            raise ValueError
        if self.before is not None and self.after is not None and _key(self.before) != _key(self.after):
            raise ValueError((self.before.id, self.after.id))

    @property
    def kind(self) -> type[Record]:
        """Which kind of record it changes."""
        return type(self.known)

    @property
    def record_id(self) -> str:
        """The id of the record that it changes."""
        return self.known.id

    @property
    def known(self) -> Record:
        """The record as it is after, or as it was if it is removed."""
        record = self.after if self.after is not None else self.before
        if record is None:  # pragma: no cover  excluded by __post_init__
            raise ValueError
        return record


@dataclass(frozen=True, slots=True)
class Edit:
    """One step of a user: a label and the records that it changes, all of them or none."""

    label: Message
    changes: tuple[Change, ...]

    def inverse(self) -> Edit:
        """Return the edit that takes this one back."""
        return Edit(self.label, tuple(Change(change.after, change.before) for change in reversed(self.changes)))


def added(label: Message, records: Iterable[Record]) -> Edit:
    """Make an edit that adds records."""
    return Edit(label, tuple(Change(None, record) for record in records))


def changed(label: Message, before: Record, after: Record) -> Edit:
    """Make an edit of one record."""
    return Edit(label, (Change(before, after),))


def compacted(changes: Iterable[Change]) -> list[Change]:
    """Return one change a record, from what it was at first to what it is at last."""
    found: dict[tuple[type[Record], str], Change] = {}
    for change in changes:
        key = change.kind, change.record_id
        first = found.get(key)
        if first is None:
            found[key] = change
        elif first.before is None and change.after is None:
            del found[key]
        else:
            found[key] = Change(first.before, change.after)
    return [one for one in found.values() if one.before != one.after]


def apply(portfolio: Portfolio, edit: Edit) -> Portfolio:
    """Return the portfolio as it is after an edit.

    Raises StaleEditError when a record isn't what the edit says it was.
    """
    by_kind: dict[type[Record], list[Change]] = defaultdict(list)
    for change in edit.changes:
        by_kind[change.kind].append(change)
    fields = {FIELD_OF[kind]: _applied(portfolio, kind, changes) for kind, changes in by_kind.items()}
    return replace(portfolio, **fields)  # type: ignore[arg-type]  # each field gets records of its own kind


def _applied(portfolio: Portfolio, kind: type[Record], changes: list[Change]) -> dict[str, Record]:
    records = dict(portfolio.records(kind))
    for change in changes:
        if records.get(change.record_id) != change.before:
            raise StaleEditError(change.record_id)
        if change.after is None:
            del records[change.record_id]
        else:
            records[change.record_id] = change.after
    return records


def _key(record: Record) -> tuple[type[Record], str]:
    return type(record), record.id


NOTHING = Edit(message("Ingen endring"), ())
