"""A merge in memory, for what is tried many thousand times: the controller's portfolio, and a journal that came.

Must not know where the journal is from.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from db import journal
from db.kinship import knowledge, unknown_to
from db.package import require_records
from db.records import KINDS, plain
from db.store import open_store
from db.trouble import UNREADABLE
from tests.hostile.coming_home import read_plan, require_guarded, require_shown, taken_from
from tests.hostile.forging import KARIS, entry_of, files, made_id
from tracker.edits import apply
from tracker.merging.lineage import Knowledge, Written, knowledge_of
from tracker.merging.plan import Sender
from tracker.merging.planning import Side, plan_merge
from tracker.messages import Refusal
from tracker.model import FIELD_OF, LedgerBatch, Portfolio, Record
from tracker.plain import require_record


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    portfolio: Portfolio
    entries: tuple[Written, ...]
    knowledge: Knowledge


@cache
def _file(name: str) -> _File:
    """Return the controller's portfolio or Kari's package, read once."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "fil.tertial"
        path.write_bytes(getattr(files(), name))
        with closing(open_store(path, read_only=True)) as store:
            return _File(portfolio=store.load(), entries=unknown_to(store, Knowledge()), knowledge=knowledge(store))


def merged(told: list[Any]) -> None:
    """Take what some entries bring, each `[id, changes, lineage]`, after what Kari's package began with."""
    try:
        written, portfolio = _came(told)
    except UNREADABLE:
        return
    home, package = _file("home"), _file("package")
    entries = (*package.entries, *written)
    plan = plan_merge(
        Side(home.portfolio, tuple(one for one in home.entries), home.knowledge),
        Side(portfolio, entries, knowledge_of(entries)),
        Sender(who="Kari", package=KARIS),
    )
    read_plan(home.portfolio, plan)
    try:
        merge = taken_from(home.portfolio, plan)
    except Refusal:
        return
    require_shown(plan, merge.edit)
    require_guarded(home.portfolio, apply(home.portfolio, merge.edit))


def _came(told: list[Any]) -> tuple[tuple[Written, ...], Portfolio]:
    """Read entries as the program does, and the portfolio that they lead to.

    Raises one of UNREADABLE where there is none.
    """
    entries = [
        entry_of(
            [tuple(change) for change in changes],
            entry=made_id(9000 + at) if entry == "" else str(entry),
            lineage=str(lineage),
        )
        for at, (entry, changes, lineage) in enumerate(told)
    ]
    written = tuple(journal.written(one) for one in entries)
    require_records(written)
    portfolio = _file("package").portfolio
    fields = {kind: dict(portfolio.records(kind)) for kind in FIELD_OF}
    for entry in entries:
        for table, record_id, _, after in entry.plain_changes():
            _put(fields[KINDS[table]], record_id, after, KINDS[table])
    return written, replace(Portfolio(), **{FIELD_OF[kind]: records for kind, records in fields.items()})  # type: ignore[arg-type]


def _put(records: dict[str, Record], record_id: str, after: Any, kind: type[Record]) -> None:
    if after is None:
        records.pop(record_id, None)
        return
    require_record(kind, after)
    record = journal.record_of(kind, after)
    if record.id != record_id or (kind is LedgerBatch and plain(record) != after):
        raise ValueError(record_id)
    records[record_id] = record
