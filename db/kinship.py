"""How a file is related to others: of which portfolio it is, what it knows of, and what it has that another doesn't.

Must not know what a merge makes of it.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime

from db import journal
from db.journal import Entry
from db.lineage import read_lineage
from db.store import Store
from db.trouble import readable
from tracker.merging.lineage import NO_LINEAGE, Author, Knowledge, Lineage, Written, knowledge_of
from tracker.messages import Message

_LONG_AGO = datetime(1, 1, 1, tzinfo=UTC)
_UNTITLED = Message("")


@contextmanager
def _read(store: Store) -> Iterator[sqlite3.Connection]:
    """Lend a file's connection; a lineage that says nothing that we write is damage."""
    with readable(store.path), store.reading() as connection:
        yield connection


def first_id(store: Store) -> str:
    """Return the id of a journal's first entry; empty for none."""
    with _read(store) as connection:
        row = connection.execute("SELECT id FROM journal ORDER BY seq LIMIT 1").fetchone()
    return "" if row is None else str(row[0])


def origin_of(store: Store) -> str:
    """Return the id of the portfolio that a file is of: all copies have one, and a package its portfolio's."""
    first = first_id(store)
    return lineage_at(store, 1)[1].portfolio or first if first else ""


def lineage_at(store: Store, seq: int) -> tuple[str, Lineage]:
    """Return the id of an entry, and what it has from other files."""
    with _read(store) as connection:
        entry, written = connection.execute("SELECT id, lineage FROM journal WHERE seq = ?", (seq,)).fetchone()
        return str(entry), read_lineage(written)


def lineage_of_taking_back(store: Store, seq: int) -> Lineage:
    """Return the lineage of the edit that takes an entry back: a merge taken back is as if it had not been.

    What takes that back again is the merge once more.
    """
    entry, lineage = lineage_at(store, seq)
    if not lineage.undid:
        return Lineage(undid=entry) if lineage else NO_LINEAGE
    with _read(store) as connection:
        (written,) = connection.execute("SELECT lineage FROM journal WHERE id = ?", (lineage.undid,)).fetchone()
        return read_lineage(written)


def knowledge(store: Store) -> Knowledge:
    """Find which edits a file knows of, its own and those of files that were merged into it."""
    return knowledge_of(skeletons(store))


def unknown_to(store: Store, other: Knowledge) -> tuple[Written, ...]:
    """Read the entries that hold something another file doesn't know, oldest first."""
    return entries_of(store, [entry.id for entry in skeletons(store) if other.needs(entry)])


def entries_of(store: Store, ids: Sequence[str]) -> tuple[Written, ...]:
    """Read some entries, oldest first."""
    columns = ", ".join(journal.COLUMNS)
    wanted = json.dumps(ids)
    with _read(store) as connection:
        rows = connection.execute(
            f"SELECT {columns} FROM journal WHERE id IN (SELECT value FROM json_each(?)) ORDER BY seq", (wanted,)
        ).fetchall()
        return tuple(journal.written(Entry(**dict(zip(journal.COLUMNS, row, strict=True)))) for row in rows)


def skeletons(store: Store) -> tuple[Written, ...]:
    """Read every entry's id and lineage, and nothing of what it changed, oldest first."""
    with _read(store) as connection:
        return tuple(
            Written(author=Author(edit=entry, who="", at=_LONG_AGO, label=_UNTITLED), lineage=read_lineage(written))
            for entry, written in connection.execute("SELECT id, lineage FROM journal ORDER BY seq")
        )
