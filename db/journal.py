"""The journal: every edit as a line in a chain of hashes, from which the records can be replayed.

Must not know the tables that records live in.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from db.lineage import read_lineage, write_lineage
from db.records import KINDS, TABLES, digest, plain
from tracker.edits import Change, Edit
from tracker.history import Recorded
from tracker.merging.lineage import NO_LINEAGE, Author, Lineage, Written
from tracker.messages import Message, Refusal, message
from tracker.model import LedgerBatch, Portfolio
from tracker.plain import Plain, canonical, message_of, moment_of, plain_message, record_of

_ZERO = "0" * 64
_MODULUS = 1 << 256

PlainChange = tuple[str, str, dict[str, Plain] | None, dict[str, Plain] | None]
"""Table, record id, values before, values after."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """Who makes an edit, when (ISO 8601, UTC), by which way (`command`, `window`, `import`), and its id."""

    who: str
    at: str
    way: str
    entry_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the journal. `records` is the hash of all records as they are after it.

    `lineage` is what it has from other files (`db.lineage`), nothing for an edit of one's own.
    """

    seq: int
    id: str
    at: str
    who: str
    way: str
    label: str
    changes: str
    records: str
    previous: str
    hash: str
    lineage: str = ""

    def plain_changes(self) -> Iterator[PlainChange]:
        """Return what it changed, as plain values."""
        yield from map(tuple, json.loads(self.changes))

    def is_whole(self) -> bool:
        """Whether its hash covers what it says."""
        return self.hash == _hash(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What the next entry needs to know of the last one; an empty journal has the head GENESIS."""

    seq: int
    records: str
    hash: str


COLUMNS = ("seq", "id", "at", "who", "way", "label", "changes", "records", "previous", "hash", "lineage")


GENESIS = Head(seq=0, records=_ZERO, hash=_ZERO)


def next_entry(head: Head, edit: Edit, signature: Signature, *, lineage: Lineage = NO_LINEAGE) -> Entry:
    """Make the journal entry of an edit; its hash covers the one before."""
    changes = [
        [
            TABLES[change.kind],
            change.record_id,
            None if change.before is None else plain(change.before),
            None if change.after is None else plain(change.after),
        ]
        for change in edit.changes
    ]
    unsigned = Entry(
        seq=head.seq + 1,
        id=signature.entry_id,
        at=signature.at,
        who=signature.who,
        way=signature.way,
        label=canonical(plain_message(edit.label)),
        changes=canonical(changes),
        records=f"{_moved(int(head.records, 16), changes):064x}",
        previous=head.hash,
        hash="",
        lineage=write_lineage(lineage),
    )
    return _signed(unsigned)


def chained(entry: Entry, head: Head) -> Entry:
    """Return an entry as it stands after another one: the same words and changes, with its hashes made anew."""
    records = _moved(int(head.records, 16), map(list, entry.plain_changes()))
    return _signed(replace(entry, seq=head.seq + 1, records=f"{records:064x}", previous=head.hash))


def head_of(entry: Entry) -> Head:
    """Return what the entry after one needs to know of it."""
    return Head(seq=entry.seq, records=entry.records, hash=entry.hash)


def bridging_entry(head: Head, label: Message, changes: Sequence[PlainChange], signature: Signature) -> Entry:
    """Make the entry that leads from where a broken journal can still be read to the records that were saved."""
    unsigned = next_entry(head, Edit(label, ()), signature)
    records = f"{_moved(int(head.records, 16), map(list, changes)):064x}"
    return _signed(replace(unsigned, changes=canonical(changes), records=records))


def plain_hash(records: Mapping[tuple[str, str], Mapping[str, Plain]]) -> str:
    """Return the hash of records as replaying gives them, by table and id."""
    return f"{sum(digest(table, record) for (table, _), record in records.items()) % _MODULUS:064x}"


def records_hash(portfolio: Portfolio) -> str:
    """Return the hash of all records: the sum of their hashes, so that order does not matter."""
    total = sum(
        digest(table, plain(record)) for kind, table in TABLES.items() for record in portfolio.records(kind).values()
    )
    return f"{total % _MODULUS:064x}"


def replay(entries: Iterable[Entry]) -> dict[tuple[str, str], dict[str, Plain]]:
    """Return every record as the journal says that it is, by table and id."""
    records: dict[tuple[str, str], dict[str, Plain]] = {}
    for entry in entries:
        for table, record_id, _, after in entry.plain_changes():
            if after is None:
                records.pop((table, record_id), None)
            else:
                records[table, record_id] = after
    return records


def written_since(entries: Iterable[Entry], record_id: str) -> set[str]:
    """Return the ids of the records that were written after the one with an id first was."""
    is_after = False
    found: set[str] = set()
    for entry in entries:
        ids = {change[1] for change in entry.plain_changes()}
        if is_after:
            found |= ids
        is_after = is_after or record_id in ids
    return found


def label_of(written: str) -> Message:
    """Read the label of an entry back."""
    return message_of(json.loads(written))


def change_of(plain_change: PlainChange) -> Change:
    """Read a change of an entry back; a ledger batch comes without its sums, which no entry holds."""
    table, _, before, after = plain_change
    kind = KINDS[table]
    return Change(
        None if before is None else record_of(kind, before), None if after is None else record_of(kind, after)
    )


def recorded(row: tuple[str, ...]) -> Recorded:
    """Read one change back as history tells it: when, who, way, label, the change, and its entry's lineage."""
    at, who, way, label, change, lineage = row
    return Recorded(
        at=moment_of(at),
        who=who,
        way=way,
        label=label_of(label),
        changes=(change_of(tuple(json.loads(change))),),
        lineage=read_lineage(lineage),
    )


def written(entry: Entry) -> Written:
    """Return an entry as merging reads it."""
    return Written(
        author=Author(edit=entry.id, who=entry.who, at=moment_of(entry.at), label=label_of(entry.label)),
        changes=tuple((KINDS[table], before, after) for table, _, before, after in entry.plain_changes()),
        lineage=read_lineage(entry.lineage),
    )


def with_sums(change: Change, portfolio: Portfolio) -> Change:
    """Return a change of a ledger batch with the batch's sums, which never change; any other as it is.

    Raises Refusal where the batch is gone, and its sums with it.
    """
    if change.kind is not LedgerBatch:
        return change
    held = portfolio.ledger_batches.get(change.record_id)
    if held is None:
        raise Refusal(message("Regnskapslinjene ble borte da importen ble angret: importer filen på nytt."))
    before, after = (
        replace(record, sums=held.sums) if isinstance(record, LedgerBatch) else None
        for record in (change.before, change.after)
    )
    return Change(before, after)


def broken_links(entries: Iterable[Entry]) -> Iterator[Message]:
    """Say which lines of the chain aren't what they were when they were written."""
    previous = GENESIS.hash
    for entry in entries:
        if not entry.is_whole() or entry.previous != previous:
            yield message("Linje {seq} i journalen er endret utenfor Tertial.", seq=entry.seq)
        previous = entry.hash


def _moved(total: int, changes: Iterable[list[Any]]) -> int:
    for table, _, before, after in changes:
        total -= 0 if before is None else digest(table, before)
        total += 0 if after is None else digest(table, after)
    return total % _MODULUS


def _signed(entry: Entry) -> Entry:
    values = {name: getattr(entry, name) for name in COLUMNS}
    return Entry(**{**values, "hash": _hash(entry)})


def _hash(entry: Entry) -> str:
    # A column that came later is covered where it says something: it changes no hash made before it.
    covered = [getattr(entry, name) for name in COLUMNS if name != "hash" and (name != "lineage" or entry.lineage)]
    return hashlib.sha256(canonical(covered).encode()).hexdigest()
