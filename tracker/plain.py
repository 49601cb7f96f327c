"""Records as plain values, which a row, the journal and a frozen report hold, and back; and messages the same way.

Must not know where they are written. How a value is written never changes: hashes are made of it.
"""

from __future__ import annotations

import json
import types
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache, lru_cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from tracker.kinds import FundingTag
from tracker.messages import Message, fitting
from tracker.model import Record
from tracker.periods import Period, parse_period
from tracker.quarters import Completion, Quarter, State, UnreadCompletion, parse_completion, write_completion

Plain = str | int | None

_Writer = Callable[[Any], Plain]
_Reader = Callable[[Any], Any]
_NOT_PLAIN = frozenset({"sums"})
"""What a record holds that isn't part of its row."""
_DEEPEST = 20
_FIRST_YEAR, _LAST_YEAR = 1900, 2199


@dataclass(frozen=True, slots=True)
class Codec:
    """How one kind of record is written: its columns, which field each is of, and the way there and back.

    `types` are what a column's value may be.
    """

    columns: tuple[str, ...]
    defaults: Mapping[str, Plain]
    types: Mapping[str, tuple[type, ...]]
    field_of: Mapping[str, str]
    to_row: Callable[[Any], tuple[Plain, ...]]
    to_record: Callable[[Sequence[Any]], Any]


@dataclass(frozen=True, slots=True)
class _Field:
    """A field that is one column, or a value of its own that is several (`decision_body`, `decision_number`, …)."""

    name: str
    write: _Writer | None
    read: _Reader | None
    nested: Codec | None = None
    kind: Any = None
    types: tuple[type, ...] = (str,)

    @property
    def columns(self) -> tuple[str, ...]:
        return (self.name,) if self.nested is None else tuple(f"{self.name}_{one}" for one in self.nested.columns)


def codec(kind: Any) -> Codec:  # noqa: ANN401  a class, which a union of classes isn't to the type checker
    """Return the codec of a kind of record. A value in a record is written as columns."""
    return _codec(kind)


@cache
def _codec(kind: Any) -> Codec:  # noqa: ANN401
    found = tuple(_fields(kind))
    simple = [one for one in found if one.nested is None]
    nested = [(one, len(one.columns)) for one in found if one.nested is not None]
    converters = [(one.name, one.write, one.read) for one in simple]

    def to_row(record: Any) -> tuple[Plain, ...]:  # noqa: ANN401  one codec, many kinds
        row = tuple(
            getattr(record, name) if write is None else write(getattr(record, name)) for name, write, _ in converters
        )
        for one, _ in nested:
            row += _nested_row(one, getattr(record, one.name))
        return row

    def to_record(row: Sequence[Any]) -> Any:  # noqa: ANN401
        values = {
            name: value if read is None else read(value)
            for (name, _, read), value in zip(converters, row, strict=False)
        }
        at = len(converters)
        for one, width in nested:
            values[one.name] = _nested_value(one, row[at : at + width])
            at += width
        return kind(**values)

    field_of = {column: one.name for one in (*simple, *(one for one, _ in nested)) for column in one.columns}
    return Codec(tuple(field_of), _defaults(kind, found), _types(found), field_of, to_row, to_record)


def plain(record: Any) -> dict[str, Plain]:  # noqa: ANN401
    """Return a record as the plain values that its row holds.

    What is as a new record has it is left out: a field that is added later changes no hash made before it.
    So a field's default never changes.
    """
    found = codec(type(record))
    pairs = zip(found.columns, found.to_row(record), strict=True)
    defaults = found.defaults
    return {column: value for column, value in pairs if column not in defaults or defaults[column] != value}


def record_of(kind: type[Record], values: Mapping[str, Plain]) -> Any:  # noqa: ANN401  one function, many kinds
    """Return the record that plain values stand for; a ledger batch comes without its sums, which they don't hold."""
    found = codec(kind)
    return found.to_record([values.get(column, found.defaults.get(column)) for column in found.columns])


def require_record(kind: type[Record], values: Mapping[str, Plain]) -> None:
    """Require that plain values from somebody's file stand for a record.

    Raises ValueError, TypeError or KeyError where no record of the kind can have them.
    """
    found = codec(kind)
    for column, types_of_column in found.types.items():
        value = values.get(column, found.defaults.get(column))
        if not isinstance(value, types_of_column):
            raise TypeError(column)
    record_of(kind, values)


def canonical(values: object) -> str:
    """Write plain values as JSON in the one way that is hashed."""
    return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def plain_message(told: Message) -> dict[str, object]:
    """Return a message as plain values."""
    return {"text": told.text, "values": {name: _plain_value(value) for name, value in told.values.items()}}


def message_of(values: Mapping[str, Any], *, depth: int = 0) -> Message:
    """Return the message that plain values stand for.

    Raises ValueError for messages in messages deeper than anybody writes.
    """
    if depth > _DEEPEST:
        raise ValueError(depth)
    known = {
        name: message_of(value, depth=depth + 1) if isinstance(value, dict) else value
        for name, value in values["values"].items()
    }
    text: str = values["text"]
    return fitting(Message(text, known))


def _fields(kind: Any) -> Iterator[_Field]:  # noqa: ANN401
    hints = get_type_hints(kind)
    for field in fields(kind):
        if field.name in _NOT_PLAIN:
            continue
        bare = _without_none(hints[field.name])
        if _is_value(bare):
            yield _Field(field.name, None, None, codec(bare), bare)
        else:
            write, read = _converters(bare) or (None, None)
            types_of_value = (int if bare in {int, bool} else str,)
            is_optional = bare is not hints[field.name] and bare is not Completion
            yield _Field(
                field.name, write, read, types=(*types_of_value, type(None)) if is_optional else types_of_value
            )


def _is_value(bare: Any) -> bool:  # noqa: ANN401
    return isinstance(bare, type) and is_dataclass(bare) and bare is not Period


def _nested_row(field: _Field, value: object) -> tuple[Plain, ...]:
    if value is None or field.nested is None:
        return (None,) * len(field.columns)
    return field.nested.to_row(value)


def _nested_value(field: _Field, row: Sequence[Any]) -> object:
    return None if field.nested is None or all(value is None for value in row) else field.nested.to_record(row)


def _defaults(kind: Any, found: Sequence[_Field]) -> dict[str, Plain]:  # noqa: ANN401
    given = {field.name: field.default for field in fields(kind) if field.default is not MISSING}
    defaults: dict[str, Plain] = {}
    for one in found:
        if one.nested is not None:
            defaults |= dict.fromkeys(one.columns)
        elif one.name in given:
            defaults[one.name] = given[one.name] if one.write is None else one.write(given[one.name])
    return defaults


def _types(found: Sequence[_Field]) -> dict[str, tuple[type, ...]]:
    types_of: dict[str, tuple[type, ...]] = {}
    for one in found:
        if one.nested is None:
            types_of[one.name] = one.types
        else:
            of_nested = zip(one.columns, one.nested.types.values(), strict=True)
            types_of |= {column: (*known, type(None)) for column, known in of_nested}
    return types_of


def moment_of(text: str) -> datetime:
    """Return the moment that a text stands for.

    Raises ValueError for one without a time zone, which can't be held against others, or in no year of ours.
    """
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None or not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
        raise ValueError(text)
    return moment


def _converters(bare: Any) -> tuple[_Writer, _Reader] | None:  # noqa: ANN401, PLR0911  one return a type
    """Return how values of a type are written and read; None where SQLite holds them as they are."""
    if bare is Completion:
        return write_completion, lru_cache(parse_completion)
    if get_origin(bare) is frozenset:
        return (_write_tags, _read_tags) if get_args(bare) == (FundingTag,) else (_write_ids, _read_ids)
    if get_origin(bare) is tuple:
        return _write_amounts, _read_amounts
    if bare is bool:
        return int, bool
    if bare is Period:
        return str, lru_cache(parse_period)
    if bare is date:
        return _or_none(date.isoformat), _or_none(date.fromisoformat)
    if bare is datetime:
        return _or_none(datetime.isoformat), _or_none(moment_of)
    if isinstance(bare, type) and issubclass(bare, Enum):
        return _or_none(lambda value: value.value), _or_none(bare)
    return None


def _or_none(convert: _Reader) -> _Reader:
    return lambda value: None if value is None else convert(value)


def _write_tags(tags: frozenset[FundingTag]) -> str:
    return ",".join(sorted(tag.value for tag in tags))


def _read_tags(text: str) -> frozenset[FundingTag]:
    return frozenset(map(FundingTag, text.split(","))) if text else frozenset()


def _write_ids(ids: frozenset[str]) -> str:
    return ",".join(sorted(ids))


def _read_ids(text: str) -> frozenset[str]:
    return frozenset(text.split(",")) if text else frozenset()


def _write_amounts(amounts: tuple[int, ...]) -> str:
    return ",".join(map(str, amounts))


def _read_amounts(text: str) -> tuple[int, ...]:
    return tuple(map(int, text.split(",")))


def _without_none(hint: Any) -> Any:  # noqa: ANN401
    if hint == Completion:
        return Completion
    if get_origin(hint) in {Union, types.UnionType}:
        return next(argument for argument in get_args(hint) if argument is not type(None))
    return hint


def _plain_value(value: object) -> object:
    if isinstance(value, Message):
        return plain_message(value)
    if isinstance(value, Quarter | State | UnreadCompletion):
        return write_completion(value)
    if isinstance(value, Period):
        return str(value)
    if value is None or isinstance(value, str | int | float):
        return value
    return str(value)
