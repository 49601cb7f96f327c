"""A portfolio file as it is at one moment, in memory: for slow reading beside whoever goes on writing in it.

Must not know what it is read for. What reads the file itself would keep a commit waiting.
"""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from db.key import Key, fitting
from db.opening import copied_to_memory, guard
from db.store import Store, open_store


def open_snapshot(path: Path, *, key: Key | None = None) -> Store:
    """Open a portfolio as it is now; the file itself is let go of at once.

    Raises Trouble and KeyNeeded as `open_store`.
    """
    key = fitting(path, key)
    with closing(open_store(path, read_only=True, key=key)) as store, store.reading() as connection:
        memory = copied_to_memory(connection, key)
        guard(memory)
    return Store(path, memory)
