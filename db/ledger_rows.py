"""A ledger batch's sums and packed lines as the rows that they are stored in, with the hash that tells them right.

Must not know what a batch is for, nor where its hash is kept.
"""

from __future__ import annotations

import sqlite3

from db.records import SUM_COLUMNS, sum_of_row, sums_hash
from db.tables import Row
from tracker.ledger.lines import Stretch, hash_of, unpack


def sums_in(connection: sqlite3.Connection, batch: str) -> tuple[list[Row], str]:
    """Read a batch's sums, and hash them."""
    found = connection.execute(
        f"SELECT {', '.join(SUM_COLUMNS)} FROM ledger_sum WHERE batch = ? ORDER BY position", (batch,)
    ).fetchall()
    rows: list[Row] = [
        {"batch": batch, "position": at, **dict(zip(SUM_COLUMNS, row, strict=True))} for at, row in enumerate(found)
    ]
    return rows, sums_hash(map(sum_of_row, found))


def lines_in(connection: sqlite3.Connection, batch: str) -> tuple[list[Row], str]:
    """Read a batch's packed lines, and hash them. How many they are is counted anew: that is in no hash."""
    found = connection.execute(
        "SELECT packed FROM ledger_stretch WHERE batch = ? ORDER BY stretch", (batch,)
    ).fetchall()
    rows: list[Row] = [
        {"batch": batch, "stretch": at, "line_count": sum(len(one.rows) for one in unpack(packed)), "packed": packed}
        for at, (packed,) in enumerate(found)
    ]
    return rows, hash_of(Stretch(line_count=0, packed=packed) for (packed,) in found)
