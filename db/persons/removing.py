"""Takes a person's name out of a portfolio file: the same history with another name, in a file that takes its place.

Must not know who asks. Figures, locked periods and the chain verify after as before, or nothing is done.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

from db import journal
from db.journal import Entry, Head, Signature
from db.key import Key, fitting
from db.persons.finding import all_tables_of, people_named, places_of
from db.persons.walking import JOURNAL_TABLE, Spot, Visit, rewritten_entry, walked
from db.records import KINDS, TABLES
from db.store import Store, new_store, open_store
from db.tables import Row, Tables, Value, fill
from db.trouble import Trouble, known_trouble
from db.whole_file import beside, put_in_place
from tracker.guarding import is_locked
from tracker.messages import Message, Refusal, message
from tracker.model import FIELD_OF, PeriodLock, Portfolio, Record
from tracker.persons.fields import Held
from tracker.persons.names import Person, key_of
from tracker.persons.places import Place, Renaming
from tracker.persons.removals import ChangedMark, Removal, neutral_name, removals_of, removed
from tracker.plain import Plain, canonical, record_of
from tracker.report.content import Say
from tracker.reported import fingerprint
from tracker.verifying import reported_records, verify_period

_MOST_TOLD = 20
_LOCKS = TABLES[PeriodLock]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What taking a name away would do: where it is replaced, where it stays to be looked at, which marks change.

    `tables` are the whole file as it would be; `head` is the end of the journal that it was made from.
    """

    renaming: Renaming
    replaced: tuple[Place, ...]
    left: tuple[Place, ...]
    marks: tuple[ChangedMark, ...]
    head: str
    tables: Tables


def plan_removal(store: Store, person: Person, *, in_texts: bool, who: str, say: Say) -> Plan:
    """Work out a removal, to be signed by `who`; nothing is written.

    Raises Refusal when the file isn't what its journal says: then nothing would show that only names were changed.
    """
    if person.is_alone(who):
        raise Refusal(
            message("Du kan ikke fjerne ditt eget navn, for det skrives i journalen at du gjorde det: be en kollega.")
        )
    _refuse_unsound(store, message("Navn kan ikke fjernes: {file} stemmer ikke med journalen.", file=store.path.name))
    before = all_tables_of(store)
    places = places_of(before, person)
    by = _free_name(before, removals_of(store.load_unchecked()), say)
    return planned(before, places, Renaming(person=person, by=by, in_texts=in_texts))


def planned(before: Tables, places: Iterable[Place], renaming: Renaming) -> Plan:
    """Return what a renaming makes of all tables of a file, in which the person stands in some places."""
    places = tuple(places)
    made = dict(walked({name: rows for name, rows in before.items() if name != JOURNAL_TABLE}, _visitor(renaming)))
    chain = _Chain(renaming)
    made[JOURNAL_TABLE] = [chain.after(row) for row in before[JOURNAL_TABLE]]
    for row in made[_LOCKS]:
        row["fingerprint"] = chain.now.get(str(row["id"]), row["fingerprint"])
    return Plan(
        renaming=renaming,
        replaced=tuple(place for place in places if renaming.replaces(place.standing)),
        left=tuple(place for place in places if not renaming.replaces(place.standing)),
        marks=tuple(chain.marks),
        head=str(before[JOURNAL_TABLE][-1]["hash"]) if before[JOURNAL_TABLE] else "",
        tables=made,
    )


def _free_name(tables: Tables, removals: Iterable[Removal], say: Say) -> str:
    """Return a neutral name that stands for nobody in a file yet."""
    taken = {key_of(named.name) for named in people_named(tables)} | {key_of(removal.by) for removal in removals}
    return next(name for name in map(say, map(neutral_name, count(1))) if key_of(name) not in taken)


def remove(path: Path, plan: Plan, signature: Signature, *, key: Key | None = None) -> None:
    """Put the file without the name in the place of the one that has it, which nobody else may hold meanwhile.

    No backup is taken: it would keep the name. The new file is held against its journal first, and is encrypted by the
    same `key` where the old one is.
    Raises Refusal when the file was changed since the plan was made, Trouble when it can't be written; then it is as
    it was.
    """
    place = path.resolve()
    _refuse_changed(path, plan, key)
    try:
        with known_trouble(path), beside(place) as copy:
            _write(copy, plan, signature, known_as=path.name, key=fitting(path, key))
            # Before the file: a journal that is left would be rolled into the one that takes its place.
            place.with_name(f"{place.name}-journal").unlink(missing_ok=True)
            put_in_place(copy, place)
    except Trouble as trouble:
        raise Trouble(
            message(trouble.reason.text, **{**trouble.reason.values, "file": path.name})
        ) from trouble.__cause__


def _write(copy: Path, plan: Plan, signature: Signature, *, known_as: str, key: Key | None) -> None:
    """Write the file without the name, say in its journal that it is so, and hold it against that."""
    with new_store(copy, key=key) as store:
        with store.lent() as connection:
            fill(connection, plan.tables)
        removal = Removal(
            at=signature.at, by=plan.renaming.by, places=len(plan.replaced), head=plan.head, marks=plan.marks
        )
        store.commit(removed(store.load_unchecked(), removal), signature)
        _refuse_unsound(store, message("Navnet kunne ikke fjernes: {file} er som den var.", file=known_as))


def _visitor(renaming: Renaming) -> Visit:
    def visit(_spot: Spot, _at: str, held: Held, text: str) -> str:
        return renaming.applied(held, text)

    return visit


class _Chain:
    """A journal on its way to be another: the records as both say that they are, and the fingerprints that change."""

    def __init__(self, renaming: Renaming) -> None:
        self._visit = _visitor(renaming)
        self._head: Head = journal.GENESIS
        self._before: _Records = {}
        self._after: _Records = {}
        self.now: dict[str, str] = {}
        self.marks: list[ChangedMark] = []

    def after(self, row: Row) -> dict[str, Value]:
        """Return an entry as it is in the other journal."""
        made = Entry(**rewritten_entry(row, self._visit))  # type: ignore[arg-type]  # its columns are an entry's
        changes = list(made.plain_changes())
        _take(self._before, Entry(**row).plain_changes())  # type: ignore[arg-type]
        _take(self._after, changes)
        for table, record, *sides in changes:
            if table == _LOCKS:
                self._mark(record)
                for side in filter(None, sides):
                    side["fingerprint"] = self.now.get(record, side["fingerprint"])
        entry = journal.chained(replace(made, changes=canonical(list(map(list, changes)))), self._head)
        self._head = Head(seq=entry.seq, records=entry.records, hash=entry.hash)
        return {name: getattr(entry, name) for name in row}

    def _mark(self, record: str) -> None:
        """Find the fingerprint of a locking anew, from what was there when it was made."""
        lock = self._before.get((_LOCKS, record))
        if lock is None or record in self.now:
            return
        was, period, revision = str(lock["fingerprint"]), str(lock["period"]), int(str(lock["revision"]))
        then, now = (_mark_of(records, period, revision) for records in (self._before, self._after))
        # One that can't be made again from what the journal has is let be: nobody could check the new one.
        if then == was:
            self.now[record] = now
            if now != was:
                self.marks.append(ChangedMark(period=period, revision=revision, was=was, now=now))


_Records = dict[tuple[str, str], dict[str, Plain]]


def _take(records: _Records, changes: Iterable[journal.PlainChange]) -> None:
    for table, record, _, after in changes:
        if after is None:
            records.pop((table, record), None)
        else:
            records[table, record] = after


def _mark_of(records: _Records, period: str, revision: int) -> str:
    fields: dict[str, dict[str, Record]] = {name: {} for name in FIELD_OF.values()}
    for (table, record), values in records.items():
        if values.get("period") == period:
            fields[FIELD_OF[KINDS[table]]][record] = record_of(KINDS[table], values)
    held = replace(Portfolio(), **fields)  # type: ignore[arg-type]  # each field gets records of its own kind
    lock = next(one for one in held.period_locks.values() if one.revision == revision)
    return fingerprint(reported_records(held, lock.period, revision))


def _refuse_unsound(store: Store, reason: Message) -> None:
    problems = [*store.verify()]
    if not problems:
        problems += _broken_locks(store)
    if problems:
        raise Refusal(reason, *problems[:_MOST_TOLD])


def _broken_locks(store: Store) -> Iterator[Message]:
    held, journalled = store.load(), store.as_journalled()
    for period in held.periods():
        if is_locked(held, period):
            verdict = verify_period(held, period, journalled=journalled)
            if not verdict.is_equal:
                yield message("{period} er ikke slik den ble låst.", period=period)


def _refuse_changed(path: Path, plan: Plan, key: Key | None) -> None:
    with closing(open_store(path, read_only=True, key=key)) as store:
        head = ""
        for entry in store.journal():
            head = entry.hash
    if head != plan.head:
        raise Refusal(message("{file} er endret siden forhåndsvisningen: se den gjennom på nytt.", file=path.name))
