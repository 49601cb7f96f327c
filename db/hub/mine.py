"""What a file and a hub know of each other: how far the file has read, and what the hub has not been told.

Must not know what becomes of it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.hub.schema import Hub
from db.kinship import skeletons
from db.lineage import read_lineage
from db.store import Store
from tracker.merging.lineage import Knowledge, Place, Short, Written, knowledge_of, short, wait
from tracker.sharing.telling import Mark, in_force, marks_seen, to_be_told

if TYPE_CHECKING:
    from db.hub.connecting import Link

_AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Mine:
    """A file as a hub meets it: its entries without what they changed, what it knows, and how far it has read.

    `told` are the entries that others have to be told of, the oldest first.
    """

    entries: tuple[Written, ...]
    knowledge: Knowledge
    seen: int
    told: tuple[str, ...]

    @property
    def began(self) -> frozenset[Short]:
        """What a file that was made of another knew as it began."""
        first = self.entries[0].lineage if self.entries else None
        return first.known if first is not None and first.portfolio and not first.seen else frozenset()


def mine(link: Link, store: Store, hub: Hub) -> Mine:
    """Read what a file knows, in one pass over the ids of its journal."""
    entries = skeletons(store)
    return Mine(
        entries=entries,
        knowledge=knowledge_of(entries),
        seen=_seen(link, marks_seen(in_force(entries), hub.id)),
        told=tuple(to_be_told(entries)),
    )


def _seen(link: Link, marks: Sequence[Mark]) -> int:
    """Return how far the hub has been read: the newest mark that is still its own."""
    for one in reversed(marks):
        if not one.seq or link.execute("SELECT mark(%s)", (one.seq,)).fetchone() == (one.entry,):
            return one.seq
    return 0


def head(link: Link) -> Mark:
    """Return the end of a hub's history."""
    row = link.execute("SELECT head(), coalesce(mark(head()), '')").fetchone()
    return Mark(0, "") if row is None else Mark(*row)


def pending(link: Link, file: Mine) -> tuple[str, ...]:
    """Return the entries that the hub has not been told of, oldest first.

    Entries go in their order and all that wait at once, so the newest that the hub has tells of all before it.
    """
    left = len(file.told)
    while left:
        batch = file.told[max(0, left - _AT_ONCE) : left]
        known = {row[0] for row in link.execute("SELECT held_of(%s)", (list(batch),))}
        for at in reversed(range(len(batch))):
            if batch[at] in known:
                return file.told[left - len(batch) + at + 1 :]
        left -= len(batch)
    return file.told


def told_until(file: Mine, unsent: Sequence[str]) -> str:
    """Return the newest entry that the hub was told of, empty for none; `unsent` are those that it wasn't."""
    sent = file.told[: len(file.told) - len(unsent)]
    return sent[-1] if sent else ""


def unsent_of(entries: Iterable[Written], until: str) -> tuple[str, ...]:
    """Return the entries that others have to be told of, after the newest that they were; the hub isn't asked."""
    told = to_be_told(entries)
    return tuple(told[told.index(until) + 1 :] if until in told else told)


def unsent_here(entries: Collection[Written], until: str) -> tuple[str, ...] | None:
    """Return what a file has to tell, by the newest entry that its hub was told of; None where that isn't in it.

    So it is where the file was put back from a backup: then only the hub can say.
    """
    if until and all(entry.id != until for entry in entries):
        return None
    return unsent_of(entries, until)


def since(entries: Iterable[Written], first: str) -> list[str]:
    """Return the ids of a file's entries from one on, also those that nobody is told of."""
    ids = [entry.id for entry in entries]
    return ids[ids.index(first) :]


def unread(link: Link, file: Mine) -> list[str]:
    """Return the entries of a hub that a file doesn't know, oldest first, and those that wait in it."""
    rows = link.execute("SELECT id FROM entry WHERE seq > %s ORDER BY seq", (file.seen,)).fetchall()
    return [row[0] for row in rows if not file.knowledge.has(row[0]) or short(row[0]) in file.knowledge.waiting]


def waiting_entries(link: Link, file: Mine) -> list[str]:
    """Return the entries of a hub that were read before, and that something in a file waits to take."""
    waits = sorted(edit for edit, places in file.knowledge.waiting.items() if places)
    if not waits:
        return []
    rows = link.execute(
        "SELECT id FROM entry WHERE left(replace(id, '-', ''), 16) = ANY (%s) AND seq <= %s ORDER BY seq",
        (waits, file.seen),
    )
    return [row[0] for row in rows]


def hubs_knowledge(link: Link, asked: Collection[Short]) -> Knowledge:
    """Return what a hub knows of some edits, and what waits to be taken by those who told it."""
    rows = link.execute("SELECT short FROM told WHERE short = ANY (%s)", (sorted(asked),))
    ids = frozenset(row[0] for row in rows)
    waiting: dict[Short, set[Place]] = {}
    for (written,) in link.execute(
        "SELECT written FROM lineage JOIN entry ON entry.id = lineage.entry WHERE waits ORDER BY seq"
    ):
        wait(waiting, read_lineage(written))
    return Knowledge(ids=ids, waiting={edit: places for edit, places in waiting.items() if places})
