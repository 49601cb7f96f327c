"""Records of the domain as rows of their tables and back, and as the plain values that the journal keeps.

Must not know SQL beyond names of tables and columns.
"""

from __future__ import annotations

import hashlib
import json
import types
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields
from datetime import date
from enum import Enum
from functools import cache, lru_cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from tracker.kinds import FundingTag
from tracker.model import (
    AcceptedDifference,
    BudgetLine,
    Decision,
    LedgerBatch,
    LedgerSum,
    OtherProjects,
    PeriodState,
    PrintedFigures,
    Project,
    Record,
    Setting,
    StatementLine,
    Status,
    Subproject,
)
from tracker.periods import Period, parse_period
from tracker.quarters import Completion, parse_completion, write_completion

Plain = str | int | None

TABLES: Mapping[type[Record], str] = {
    Project: "project",
    Subproject: "subproject",
    BudgetLine: "budget_line",
    LedgerBatch: "ledger_batch",
    Status: "status",
    OtherProjects: "other_projects",
    PrintedFigures: "printed_figures",
    StatementLine: "statement_line",
    AcceptedDifference: "accepted_difference",
    PeriodState: "period_state",
    Setting: "setting",
}
KINDS: Mapping[str, type[Record]] = {table: kind for kind, table in TABLES.items()}

SUM_COLUMNS = ("project", "subproject", "account", "year", "month", "amount", "opening")


@dataclass(frozen=True, slots=True)
class Codec:
    """How one kind of record is written: its columns, and the way there and back for a whole row."""

    table: str
    columns: tuple[str, ...]
    defaults: Mapping[str, Plain]
    to_row: Callable[[Any], tuple[Plain, ...]]
    to_record: Callable[[Sequence[Any]], Any]


@cache
def codec(kind: type[Record]) -> Codec:
    """Return the codec of a kind of record, built from its types once."""
    hints = get_type_hints(kind)
    names = [field.name for field in fields(kind) if field.name not in {"sums", "decision"}]
    has_decision = "decision" in hints
    converters = [_converters(hints[name]) for name in names]
    writers = [found and found[0] for found in converters]
    readers = [found and found[1] for found in converters]

    def to_row(record: Any) -> tuple[Plain, ...]:  # noqa: ANN401  one codec, many kinds
        row = tuple(
            getattr(record, name) if write is None else write(getattr(record, name))
            for name, write in zip(names, writers, strict=True)
        )
        return row + _decision_row(record.decision) if has_decision else row

    def to_record(row: Sequence[Any]) -> Any:  # noqa: ANN401
        values = {
            name: value if read is None else read(value) for name, read, value in zip(names, readers, row, strict=False)
        }
        if has_decision:
            values["decision"] = _decision(row[len(names) :])
        return kind(**values)

    columns = (*names, *(("decision_body", "decision_number", "decision_on") if has_decision else ()))
    return Codec(TABLES[kind], columns, _defaults(kind, names, writers), to_row, to_record)


def plain(record: Record) -> dict[str, Plain]:
    """Return a record as the plain values that its row holds; a batch's sums as their hash.

    What is as a new record has it is left out: a field that is added later changes no hash made before it.
    So a field's default never changes.
    """
    found = codec(type(record))  # type: ignore[arg-type]  # a class is hashable, whatever the union says
    pairs = zip(found.columns, found.to_row(record), strict=True)
    defaults = found.defaults
    values = {column: value for column, value in pairs if column not in defaults or defaults[column] != value}
    if isinstance(record, LedgerBatch):
        values["sums"] = sums_hash(record.sums)
    return values


def record_of(kind: type[Record], values: Mapping[str, Plain]) -> Any:  # noqa: ANN401  one function, many kinds
    """Return the record that plain values stand for; a batch comes without its sums, which they don't hold."""
    found = codec(kind)  # type: ignore[arg-type]
    return found.to_record([values.get(column, found.defaults.get(column)) for column in found.columns])


def canonical(values: object) -> str:
    """Write plain values as JSON in the one way that is hashed."""
    return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(table: str, values: Mapping[str, Plain]) -> int:
    """Return a record's hash as a number, so that the hashes of all records can be added in any order."""
    return int.from_bytes(hashlib.sha256(f"{table}{canonical(values)}".encode()).digest())


def sum_row(entry: LedgerSum) -> tuple[Plain, ...]:
    """Return a ledger sum as the row that it is stored in, without its batch and position."""
    return tuple(getattr(entry, name) for name in SUM_COLUMNS)


def sum_of_row(row: Sequence[Any]) -> LedgerSum:
    """Return the ledger sum that a row holds."""
    values = dict(zip(SUM_COLUMNS, row, strict=True))
    return LedgerSum(**{**values, "opening": bool(values["opening"])})


def sums_hash(sums: Iterable[LedgerSum]) -> str:
    """Return the hash of a batch's sums, in their order."""
    rows = [[int(value) if isinstance(value, bool) else value for value in sum_row(entry)] for entry in sums]
    return hashlib.sha256(canonical(rows).encode()).hexdigest()


_Writer = Callable[[Any], Plain]
_Reader = Callable[[Any], Any]


def _defaults(kind: type[Record], names: Sequence[str], writers: Sequence[_Writer | None]) -> dict[str, Plain]:
    given = {field.name: field.default for field in fields(kind) if field.default is not MISSING}
    defaults: dict[str, Plain] = {
        name: given[name] if write is None else write(given[name])
        for name, write in zip(names, writers, strict=True)
        if name in given
    }
    return {**defaults, **dict.fromkeys(("decision_body", "decision_number", "decision_on"))}


def _converters(hint: Any) -> tuple[_Writer, _Reader] | None:  # noqa: ANN401, PLR0911  one return a type
    """Return how values of a type are written and read; None where SQLite holds them as they are."""
    bare = _without_none(hint)
    if bare is Completion:
        return write_completion, lru_cache(parse_completion)
    if get_origin(bare) is frozenset:
        return _write_tags, _read_tags
    if bare is bool:
        return int, bool
    if bare is Period:
        return str, lru_cache(parse_period)
    if bare is date:
        return _or_none(date.isoformat), _or_none(date.fromisoformat)
    if isinstance(bare, type) and issubclass(bare, Enum):
        return _or_none(lambda value: value.value), _or_none(bare)
    return None


def _or_none(convert: _Reader) -> _Reader:
    return lambda value: None if value is None else convert(value)


def _write_tags(tags: frozenset[FundingTag]) -> str:
    return ",".join(sorted(tag.value for tag in tags))


def _read_tags(text: str) -> frozenset[FundingTag]:
    return frozenset(map(FundingTag, text.split(","))) if text else frozenset()


def _without_none(hint: Any) -> Any:  # noqa: ANN401
    if hint == Completion:
        return Completion
    if get_origin(hint) in {Union, types.UnionType}:
        return next(argument for argument in get_args(hint) if argument is not type(None))
    return hint


def _decision_row(decision: Decision | None) -> tuple[Plain, ...]:
    return (None, None, None) if decision is None else (decision.body, decision.number, decision.on.isoformat())


def _decision(row: Sequence[Any]) -> Decision | None:
    body, number, on = row
    return None if body is None else Decision(body=body, number=number, on=date.fromisoformat(on))
