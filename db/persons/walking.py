"""Every text in the tables of a portfolio file that may name somebody, each with where it stands.

Must not know what is looked for. A table of records is known by its kind; a column of the journal is a line here.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from functools import partial
from typing import Any

from db.records import KINDS
from db.tables import Row, Tables, Value
from tracker.messages import message
from tracker.persons.fields import Held, Holds
from tracker.persons.walking import Rewrite, rewritten, rewritten_message
from tracker.plain import canonical

JOURNAL_TABLE = "journal"
SIGNED = Held(Holds.NAME, message("Endringer utført"))
"""Who made an entry of the journal."""


class Shape(Enum):
    """How a column of the journal is written."""

    SIGNATURE = "signature"
    SENTENCE = "sentence"
    CHANGES = "changes"
    LINEAGE = "lineage"
    NO_NAMES = "no names"


JOURNAL: Mapping[str, Shape] = {
    "seq": Shape.NO_NAMES,
    "id": Shape.NO_NAMES,
    "at": Shape.NO_NAMES,
    "who": Shape.SIGNATURE,
    "way": Shape.NO_NAMES,
    "label": Shape.SENTENCE,
    "changes": Shape.CHANGES,
    "records": Shape.NO_NAMES,
    "previous": Shape.NO_NAMES,
    "hash": Shape.NO_NAMES,
    "lineage": Shape.LINEAGE,
}
"""How names stand in each column of the journal. A lineage tells of edits of other files (`db.lineage`)."""
NAMELESS_TABLES = frozenset({"ledger_sum", "ledger_stretch"})
"""Tables without names. Packed ledger lines are a copy of the accounts, which are searched and never rewritten."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Which row a text stands in, or which change of which entry; `is_new` unless the entry only found it there."""

    table: str
    record: str
    project: str | None = None
    period: str | None = None
    entry: int | None = None
    is_new: bool = True


Visit = Callable[[Spot, str, Held, str], str]
"""Answers with what is to stand in a place: where it is, its field's path, what the field holds, what stands there."""


def walked(tables: Tables, visit: Visit) -> Iterator[tuple[str, list[dict[str, Value]]]]:
    """Yield each table's name and rows as `visit` wants them."""
    for table, rows in tables.items():
        if table == JOURNAL_TABLE:
            yield table, [rewritten_entry(row, visit) for row in rows]
        elif table in NAMELESS_TABLES:
            yield table, [dict(row) for row in rows]
        else:
            yield table, [rewritten_row(table, row, visit) for row in rows]


def rewritten_row(table: str, row: Mapping[str, Any], visit: Visit) -> dict[str, Value]:
    """Return a record's row with every text as `visit` wants it."""
    spot = _spot(table, str(row["id"]), row)
    return {**rewritten(KINDS[table], row, partial(visit, spot))}


def rewritten_entry(row: Row, visit: Visit) -> dict[str, Value]:
    """Return a row of the journal with every text as `visit` wants it; its hashes are those that it had."""
    entry = int(str(row["seq"]))
    return {column: _column(column, value, entry, visit) for column, value in row.items()}


def _column(column: str, value: Value, entry: int, visit: Visit) -> Value:
    shape = JOURNAL.get(column, Shape.NO_NAMES)
    if not isinstance(value, str) or not value or shape is Shape.NO_NAMES:
        return value
    spot = Spot(table=JOURNAL_TABLE, record=str(entry), entry=entry)
    if shape is Shape.SIGNATURE:
        return visit(spot, column, SIGNED, value)
    found = json.loads(value)
    if shape is Shape.SENTENCE:
        return canonical(rewritten_message(found, partial(visit, spot), at=column))
    if shape is Shape.CHANGES:
        return canonical([_change(change, entry, visit) for change in found])
    edits = [_edit(edit, partial(visit, spot)) for edit in found.get("edits", ())]
    return canonical({**found, "edits": edits} if edits else found)


def _edit(edit: list[Any], rewrite: Rewrite) -> list[Any]:
    """Return an edit of another file, as a lineage tells of it: who made it, and what they called it."""
    id_, who, at, label, *places = edit
    label = rewritten_message(label, rewrite, at="lineage.label")
    return [id_, rewrite("lineage.who", SIGNED, who), at, label, *places]


def _change(change: list[Any], entry: int, visit: Visit) -> list[Any]:
    table, record, before, after = change
    spot = replace(_spot(table, record, after or before), entry=entry)
    same = {name for name, value in (after or {}).items() if before is not None and before.get(name) == value}

    def found(at: str, held: Held, text: str) -> str:
        return visit(replace(spot, is_new=False), at, held, text)

    def made(at: str, held: Held, text: str) -> str:
        return visit(replace(spot, is_new=at.partition(".")[0] not in same), at, held, text)

    kind = KINDS[table]
    return [
        table,
        record,
        None if before is None else rewritten(kind, before, found),
        None if after is None else rewritten(kind, after, made),
    ]


def _spot(table: str, record: str, values: Mapping[str, Any]) -> Spot:
    project = record if table == "project" else values.get("project")
    return Spot(table=table, record=record, project=project, period=values.get("period"))
