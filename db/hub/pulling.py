"""Reads what others have sent to a hub since last time, to be merged as any file that came.

Must not know what becomes of it. What is read grows with what others have done since, never with the history before.
It is planned without the hub, as often as the file changes meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from db.hub.mine import head, hubs_knowledge, mine, pending, since, told_until, unread, unsent_of, waiting_entries
from db.hub.rows import Row, new_batches, written
from db.hub.schema import Hub
from db.kinship import entries_of, origin_of, skeletons
from db.package import require_records
from db.records import KINDS, sum_of_row
from db.store import Lines, Store
from db.trouble import UNREADABLE, Trouble
from tracker.ledger.lines import Stretch
from tracker.merging.law import key_of
from tracker.merging.lineage import Knowledge, Written, knowledge_of
from tracker.merging.plan import MergePlan, Sender
from tracker.merging.planning import Side, plan_merge
from tracker.messages import Message, Refusal, message
from tracker.model import FIELD_OF, BudgetLine, LedgerBatch, LedgerSum, Portfolio, ProjectId, Record
from tracker.plain import codec
from tracker.sharing.parts import COMMON, HOUSE
from tracker.sharing.telling import seen_at, told_by

if TYPE_CHECKING:
    from db.hub.connecting import Link


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What a hub has that a file doesn't know, as it was at one moment.

    `entries` are in their order, `held` the records that they touch as they are on the hub, and `touched` their keys,
    also of those that are gone. `known` is what the hub knows of what the file has, `until` the newest of the file's
    entries that it was told of. `seen` is how far the file has read when the plan is settled. `is_more` where there
    are projects that the file doesn't hold. `called` is what the hub is called in the history.
    """

    called: str
    origin: str
    entries: tuple[Written, ...]
    touched: Mapping[type[Record], frozenset[str]]
    held: Mapping[type[Record], Mapping[str, Record]]
    known: Knowledge
    until: str
    seen: str
    lines: Lines = field(default_factory=dict)
    is_more: bool = False

    @property
    def file(self) -> str:
        """What it is called among files that came."""
        return self.called

    @property
    def sender(self) -> Sender:
        """Whose it is: the hub's, which is a copy of the whole portfolio."""
        return Sender(who=self.called)

    @property
    def problems(self) -> tuple[Message, ...]:
        """What couldn't be read: nothing, for it is all read or none."""
        return ()

    def plan(self, store: Store, portfolio: Portfolio) -> MergePlan:
        """Plan the merge with a file as it is now; its hub isn't asked.

        Raises Refusal when the file is of another portfolio.
        """
        if origin_of(store) != self.origin:
            raise Refusal(message("Huben er av en annen portefølje: velg en annen database."))
        mine = skeletons(store)
        unsent = unsent_of(mine, self.until)
        own = entries_of(store, since(mine, unsent[0])) if unsent else ()
        theirs = replace(
            portfolio,
            **{FIELD_OF[kind]: _replaced(kind, portfolio, keys, self.held) for kind, keys in self.touched.items()},  # type: ignore[arg-type]  # each field gets records of its own kind
        )
        # What came from the hub is known there, also where it has been taken in here since it was read.
        known = replace(self.known, ids=self.known.ids.union(*map(told_by, self.entries)))
        return plan_merge(Side(portfolio, own, knowledge_of(mine)), Side(theirs, self.entries, known), self.sender)


def fetch(link: Link, store: Store, portfolio: Portfolio, hub: Hub, *, called: str) -> Fetched:
    """Read what is new. `called` is what the hub is called in the history.

    Must be read at one moment (`one_moment`). Raises Trouble when what is read can't be what we wrote.
    """
    file = mine(link, store, hub)
    unsent = pending(link, file)
    own = entries_of(store, since(file.entries, unsent[0])) if unsent else ()
    ids = [*waiting_entries(link, file), *unread(link, file)]
    try:
        entries, more = _entries(link, ids, portfolio)
        require_records(entries)
        touched = _touched(link, ids, portfolio)
        held = _held(link, ids, portfolio)
        asked = {one for entry in own for one in told_by(entry)} | file.knowledge.waiting.keys()
        known = hubs_knowledge(link, asked)
    except UNREADABLE:
        raise strange() from None
    batches = replace(Portfolio(), ledger_batches=held[LedgerBatch])  # type: ignore[arg-type]  # they are batches
    return Fetched(
        called=called,
        origin=hub.portfolio,
        entries=entries,
        touched=touched,
        held=held,
        known=known,
        until=told_until(file, unsent),
        seen=seen_at(hub.id, head(link)),
        lines={} if portfolio.is_package else lines_of(link, [one.id for one in new_batches(entries, batches)]),
        is_more=more,
    )


def _entries(link: Link, ids: Sequence[str], portfolio: Portfolio) -> tuple[tuple[Written, ...], bool]:
    """Read entries; of a package those changes that are of what it holds. Whether there was more."""
    names = ("id", "at", "who", "label")
    rows = link.execute("SELECT id, at, who, label FROM entry WHERE id = ANY (%s) ORDER BY seq", (list(ids),))
    entries = [dict(zip(names, row, strict=True)) for row in rows]
    changes: dict[str, list[Row]] = {}
    lineages: dict[str, list[tuple[str, str]]] = {}
    more = False
    for entry, n, scope, tbl, before, after in link.execute(
        "SELECT entry, n, scope, tbl, before, after FROM change WHERE entry = ANY (%s) ORDER BY entry, n", (list(ids),)
    ):
        if _is_here(scope, portfolio):
            changes.setdefault(entry, []).append({"n": n, "tbl": tbl, "before": before, "after": after})
        else:
            more = True
    for entry, scope, told in link.execute(
        "SELECT entry, scope, written FROM lineage WHERE entry = ANY (%s) ORDER BY entry, scope", (list(ids),)
    ):
        if _is_here(scope, portfolio):
            lineages.setdefault(entry, []).append((scope, told))
    found = (written(one, changes.get(one["id"], ()), lineages.get(one["id"], ())) for one in entries)
    return tuple(found), more


def _is_here(scope: str, portfolio: Portfolio) -> bool:
    return not portfolio.is_package or scope in {COMMON, HOUSE} or scope in portfolio.projects


def _touched(link: Link, ids: Sequence[str], portfolio: Portfolio) -> dict[type[Record], frozenset[str]]:
    """Read the keys of the records that entries touch."""
    keys: dict[type[Record], set[str]] = {}
    for tbl, key, scope in link.execute(
        "SELECT DISTINCT tbl, key, scope FROM place WHERE entry = ANY (%s)", (list(ids),)
    ):
        if _is_here(scope, portfolio):
            keys.setdefault(KINDS[tbl], set()).add(key)
    return {kind: frozenset(found) for kind, found in keys.items()}


def _held(link: Link, ids: Sequence[str], portfolio: Portfolio) -> dict[type[Record], dict[str, Record]]:
    """Read the records that entries touch, as they are on the hub."""
    held: dict[type[Record], dict[str, Record]] = {}
    for tbl, scope, values in link.execute(
        "SELECT tbl, scope, held FROM record WHERE (tbl, key) IN (SELECT tbl, key FROM place WHERE entry = ANY (%s))",
        (list(ids),),
    ):
        if _is_here(scope, portfolio):
            record = record_of_row(KINDS[tbl], values)
            held.setdefault(type(record), {})[record.id] = _as_in_a_package(record, scope, portfolio)
    batches = held.get(LedgerBatch, {})
    held[LedgerBatch] = dict(_with_sums(link, batches, portfolio))
    return held


def _replaced(
    kind: type[Record],
    portfolio: Portfolio,
    keys: frozenset[str],
    held: Mapping[type[Record], Mapping[str, Record]],
) -> dict[str, Record]:
    kept = {one: record for one, record in portfolio.records(kind).items() if key_of(record) not in keys}
    return {**kept, **held.get(kind, {})}


def record_of_row(kind: type[Record], values: Mapping[str, Any]) -> Record:
    """Return the record that a hub holds as columns.

    Raises ValueError, KeyError or TypeError when no record can have them.
    """
    found = codec(kind)
    record: Record = found.to_record([values.get(column, found.defaults.get(column)) for column in found.columns])
    return record


def _as_in_a_package(record: Record, scope: str, portfolio: Portfolio) -> Record:
    """Return a record as a package holds it: a budget line stands with the project that it counts on."""
    if portfolio.is_package and isinstance(record, BudgetLine):
        return replace(record, project=ProjectId(scope))
    return record


def _with_sums(link: Link, batches: Mapping[str, Record], portfolio: Portfolio) -> Iterator[tuple[str, Record]]:
    """Yield ledger batches with their sums; a package holds its own projects' only, and none without."""
    sums = sums_of(link, list(batches), None if not portfolio.is_package else portfolio.projects.keys())
    for one, batch in batches.items():
        found = sums.get(one, ())
        if isinstance(batch, LedgerBatch) and (found or not portfolio.is_package):
            yield one, limited_batch(batch, found) if portfolio.is_package else replace(batch, sums=found)


def limited_batch(batch: LedgerBatch, sums: tuple[LedgerSum, ...]) -> LedgerBatch:
    """Return a batch as a package holds it."""
    return replace(batch, sums=sums, total=sum(one.amount for one in sums if one.funding is None), lines_hash="")


def sums_of(link: Link, batches: Sequence[str], scopes: Iterable[str] | None) -> dict[str, tuple[LedgerSum, ...]]:
    """Read the sums of ledger batches, all of them or those of some projects."""
    wanted = None if scopes is None else list(scopes)
    found: dict[str, list[LedgerSum]] = {}
    for batch, row in link.execute(
        "SELECT batch, held FROM ledger_sum WHERE batch = ANY (%s) AND (%s::text[] IS NULL OR scope = ANY (%s)) "
        "ORDER BY batch, position",
        (list(batches), wanted, wanted),
    ):
        found.setdefault(batch, []).append(sum_of_row(row))
    return {batch: tuple(sums) for batch, sums in found.items()}


def lines_of(link: Link, batches: Sequence[str]) -> Lines:
    """Read the packed lines of ledger batches."""
    found: dict[str, list[Stretch]] = {}
    for batch, count, packed in link.execute(
        "SELECT batch, line_count, packed FROM ledger_stretch WHERE batch = ANY (%s) ORDER BY batch, stretch",
        (list(batches),),
    ):
        found.setdefault(batch, []).append(Stretch(line_count=count, packed=bytes(packed)))
    return found


def strange() -> Trouble:
    """Return what is said of a hub that holds what nobody here wrote."""
    return Trouble(
        message("Huben har noe som ikke er skrevet av Tertial, så ingenting er hentet: si fra til den som driver den.")
    )
