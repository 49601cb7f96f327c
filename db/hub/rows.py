"""Entries as the rows that a hub holds, and back.

Must not know who pushes or pulls.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Any

from db.lineage import read_lineage, write_lineage
from db.records import KINDS, TABLES, sum_row
from tracker.merging.lineage import Author, Written
from tracker.model import LedgerBatch, Portfolio
from tracker.plain import message_of, moment_of, plain_message
from tracker.sharing.parts import HOUSE, Parts, joined
from tracker.sharing.telling import told_by

if TYPE_CHECKING:
    from db.hub.connecting import Link

Row = dict[str, Any]
_AT_ONCE = 5_000
_NUL = re.compile(r"((?<!\\)(?:\\\\)*)\\u0000")
"""A NUL as JSON writes it, and not a backslash that somebody wrote before `u0000`."""
_KINDS_OF: Mapping[str, str] = {
    "entry": "id text, at text, who text, way text, label jsonb, scopes jsonb",
    "change": "entry text, n integer, scope text, tbl text, record text, before jsonb, after jsonb",
    "lineage": "entry text, scope text, written text, waits boolean",
    "place": "entry text, scope text, tbl text, key text, unit text, record text, held jsonb",
    "told": "short text",
    "ledger_sum": "batch text, position integer, scope text, held jsonb",
}
_COLUMNS: Mapping[str, str] = {
    table: ", ".join(part.split()[0] for part in kinds.split(", ")) for table, kinds in _KINDS_OF.items()
}
_VALUES: Mapping[str, str] = {
    **_COLUMNS,
    "entry": "id, at, who, way, label, ARRAY(SELECT jsonb_array_elements_text(scopes))",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """What a push adds to each table, in the order in which it is added."""

    by_table: Mapping[str, Sequence[Row]]

    @property
    def parts(self) -> set[str]:
        """The parts of the hub that something is added to."""
        return {row["scope"] for table in ("change", "lineage", "place") for row in self.by_table[table]}


def rows_of(entries: Sequence[Written], ways: Mapping[str, str], portfolio: Portfolio, *, is_controllers: bool) -> Rows:
    """Return the rows of some entries. `ways` are the ways they were made; the portfolio is as it is after them.

    A project manager has nothing to tell the controllers alone.
    """
    parts = Parts(portfolio, is_managers=not is_controllers)
    found: dict[str, list[Row]] = {table: [] for table in _KINDS_OF}
    for entry in entries:
        changes, lineages, places = (
            [row for row in rows if is_controllers or row["scope"] != HOUSE]
            for rows in (_changes(entry, parts), _lineages(entry, parts), _places(entry, parts))
        )
        scopes = sorted({row["scope"] for row in (*changes, *lineages, *places)})
        found["entry"].append(_entry(entry, ways[entry.id], scopes))
        found["change"] += changes
        found["lineage"] += lineages
        found["place"] += places
        if is_controllers:
            found["told"] += ({"short": one} for one in sorted(told_by(entry)))
            found["ledger_sum"] += _sums(entry, parts)
    return Rows(by_table=found)


def add(link: Link, table: str, rows: Sequence[Row]) -> None:
    """Add rows to a table, in their order; what the hub has been told already is left as it is."""
    again = "ON CONFLICT DO NOTHING" if table in {"told", "ledger_sum"} else ""
    statement = (
        f"INSERT INTO {table} ({_COLUMNS[table]}) SELECT {_VALUES[table]} "
        f"FROM ROWS FROM (jsonb_to_recordset(%s::jsonb) AS ({_KINDS_OF[table]})) WITH ORDINALITY "
        f"ORDER BY ordinality {again}"
    ).encode()
    left = iter(rows)
    while some := list(islice(left, _AT_ONCE)):
        link.execute(statement, (as_json(some),))


def as_json(rows: Sequence[Row]) -> str:
    """Write rows as PostgreSQL reads them: it has no place for a NUL in a text, and nobody sees one."""
    return _NUL.sub(r"\1", json.dumps(rows, ensure_ascii=False))


def new_batches(entries: Iterable[Written], portfolio: Portfolio) -> list[LedgerBatch]:
    """Return the ledger batches that some entries added and that are still here."""
    made = (
        after["id"] for one in entries for kind, _, after in one.changes if kind is LedgerBatch and after is not None
    )
    return [portfolio.ledger_batches[one] for one in dict.fromkeys(made) if one in portfolio.ledger_batches]


def written(entry: Row, changes: Iterable[Row], lineages: Iterable[tuple[str, str]]) -> Written:
    """Return an entry as merging reads it, of its rows; a lineage comes part by part.

    That something is known without being told is taken from the controllers' part alone.
    """
    parts = [(scope, read_lineage(told)) for scope, told in lineages]
    by_number = {row["n"]: (KINDS[row["tbl"]], row["before"], row["after"]) for row in changes}
    return Written(
        author=Author(edit=entry["id"], who=entry["who"], at=moment_of(entry["at"]), label=message_of(entry["label"])),
        changes=tuple(by_number[n] for n in sorted(by_number)),
        lineage=joined(one if scope == HOUSE else replace(one, known=frozenset()) for scope, one in parts),
    )


def _entry(entry: Written, way: str, scopes: list[str]) -> Row:
    author = entry.author
    label = plain_message(author.label)
    at = author.at.isoformat()
    return {"id": author.edit, "at": at, "who": author.who, "way": way, "label": label, "scopes": scopes}


def _changes(entry: Written, parts: Parts) -> Iterator[Row]:
    for n, scope in parts.of_changes(entry):
        kind, before, after = entry.changes[n]
        known = after if after is not None else before
        yield {
            "entry": entry.id,
            "n": n,
            "scope": scope,
            "tbl": TABLES[kind],
            "record": "" if known is None else known["id"],
            "before": before,
            "after": after,
        }


def _lineages(entry: Written, parts: Parts) -> Iterator[Row]:
    if not entry.lineage:
        return
    for scope, lineage in parts.split(entry.lineage).items():
        waits = bool(lineage.waiting or lineage.settled)
        yield {"entry": entry.id, "scope": scope, "written": write_lineage(lineage), "waits": waits}


def _places(entry: Written, parts: Parts) -> Iterator[Row]:
    for held in parts.held(entry):
        yield {
            "entry": entry.id,
            "scope": held.part,
            "tbl": TABLES[held.place.kind],
            "key": held.place.key,
            "unit": held.place.unit,
            "record": held.record,
            "held": None if held.columns is None else dict(held.columns),
        }


def _sums(entry: Written, parts: Parts) -> Iterator[Row]:
    for batch in new_batches([entry], parts.portfolio):
        for position, one in enumerate(batch.sums):
            row = {"batch": batch.id, "position": position, "scope": parts.of_sum(one), "held": list(sum_row(one))}
            yield row
