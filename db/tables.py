"""The tables of a portfolio file read and filled whole: what goes out in an export, and comes back from one.

Must not know what the values mean. A filled file meets the triggers that every edit meets.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from db.journal import Entry
from db.records import KINDS, TABLES
from tracker.plain import Plain, codec

LINES_TABLE = "ledger_stretch"
WHOLE_TABLES = (*TABLES.values(), "ledger_sum", LINES_TABLE, "journal")
"""Every table that holds something of the portfolio, records first."""
KEYS: Mapping[str, tuple[str, ...]] = {
    "ledger_sum": ("batch", "position"),
    LINES_TABLE: ("batch", "stretch"),
    "journal": ("seq",),
}
"""What tells the rows of a table apart, where it isn't `id`."""
_LATER: Mapping[str, Mapping[str, Plain]] = {"journal": {"lineage": ""}}
"""What an earlier version's export leaves out of the tables that aren't of records."""

Value = str | int | bytes | None
Row = Mapping[str, Value]
Tables = Mapping[str, Sequence[Row]]
"""Rows by their table's name."""

_PERIODS = "period_state"
_LOCKED, _OPEN = "locked", "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What a column takes: `TEXT`, `INTEGER` or `BLOB`, nothing or not; and whose row's id, where it is one."""

    name: str
    holds: str
    can_be_empty: bool
    default: Plain
    has_default: bool
    refers_to: str = ""


def shapes_of(connection: sqlite3.Connection) -> Mapping[str, tuple[Shape, ...]]:
    """Return what the columns of every table take, in their order."""
    return {table: tuple(_shapes(connection, table)) for table in WHOLE_TABLES}


def _shapes(connection: sqlite3.Connection, table: str) -> Iterable[Shape]:
    referred = {row[3]: row[2] for row in connection.execute(f'PRAGMA foreign_key_list("{table}")')}
    defaults = codec(KINDS[table]).defaults if table in KINDS else _LATER.get(table, {})
    for _, name, holds, not_null, _, in_key in connection.execute(f'PRAGMA table_info("{table}")'):
        yield Shape(
            name=name,
            holds=holds,
            can_be_empty=not not_null and not in_key,
            default=defaults.get(name),
            has_default=name in defaults,
            refers_to=referred.get(name, ""),
        )


class UnfitRowError(Exception):
    """A row that a rule of the tables says no to."""

    def __init__(self, table: str, row: int) -> None:
        super().__init__(table, row)
        self.table, self.row = table, row


def fill(connection: sqlite3.Connection, tables: Tables) -> None:
    """Put rows into the tables of a new portfolio file; a file that isn't empty is not for this.

    Records stand in the order in which the journal made them, as they did where they came from. Raises UnfitRowError.
    """
    order = _order(tables["journal"])
    # A period is locked over what was reported in it, so that must be there first.
    for table in (*(name for name in WHOLE_TABLES if name != _PERIODS), _PERIODS):
        rows = list(enumerate(tables[table], start=1))
        if table in KINDS:
            rows.sort(key=lambda row: order.get((table, str(row[1]["id"])), len(order)))
        for number, row in rows:
            (_live_through if table == _PERIODS else _insert)(connection, table, row, number)


def _order(entries: Iterable[Row]) -> Mapping[tuple[str, str], int]:
    """Return which record was made before which, by table and id."""
    made: dict[tuple[str, str], None] = {}
    for number, entry in enumerate(entries, start=1):
        try:
            for table, record_id, _, after in Entry(**entry).plain_changes():  # type: ignore[arg-type]  # its columns are an entry's
                if after is None:
                    made.pop((table, record_id), None)
                else:
                    made.setdefault((table, record_id))
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise UnfitRowError("journal", number) from error
    return {key: at for at, key in enumerate(made)}


def _live_through(connection: sqlite3.Connection, table: str, row: Row, number: int) -> None:
    """Put in a period by what it has been through: begun, and locked and opened again as often as it was."""
    _insert(connection, table, {**row, "stage": _OPEN, "revision": 0}, number)
    revisions = row["revision"] if isinstance(row["revision"], int) else 0
    for revision in range(1, revisions + 1):
        _turn(connection, row, number, stage=_LOCKED, revision=revision)
        if revision < revisions or row["stage"] == _OPEN:
            _turn(connection, row, number, stage=_OPEN, revision=revision)


def _turn(connection: sqlite3.Connection, row: Row, number: int, **changed: Value) -> None:
    places = ", ".join(f'"{name}" = ?' for name in changed)
    _obeying(
        connection, f'UPDATE "{_PERIODS}" SET {places} WHERE id = ?', [*changed.values(), row["id"]], _PERIODS, number
    )


def _insert(connection: sqlite3.Connection, table: str, row: Row, number: int) -> None:
    names, places = ", ".join(f'"{name}"' for name in row), ", ".join("?" * len(row))
    _obeying(connection, f'INSERT INTO "{table}" ({names}) VALUES ({places})', list(row.values()), table, number)


def _obeying(connection: sqlite3.Connection, statement: str, values: Sequence[Any], table: str, number: int) -> None:
    try:
        connection.execute(statement, values)
    except sqlite3.IntegrityError as error:
        raise UnfitRowError(table, number) from error
