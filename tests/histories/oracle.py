"""What a merge should do, said in another way than the program says it: by writers and who knows of them.

Every place has a value and those who wrote it. A file knows what it has written and whatever a file that it merged
knew. A value whose writer is known has been seen: what stands here now came after.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace

Cell = tuple[str, str]
"""A project and a field of its status."""


@dataclass
class Memory:
    """What one file holds and knows."""

    held: dict[Cell, tuple[object, frozenset[str]]] = field(default_factory=dict)
    known: set[str] = field(default_factory=set)
    pending: set[tuple[str, Cell]] = field(default_factory=set)
    projects: frozenset[str] | None = None

    def copied(self) -> Memory:
        """Return a copy that goes its own way."""
        return replace(self, held=dict(self.held), known=set(self.known), pending=set(self.pending))

    def limited(self, projects: Collection[str]) -> Memory:
        """Return what a package of some projects holds: all is known of what came before."""
        held = {cell: value for cell, value in self.held.items() if cell[0] in projects}
        return Memory(held=held, known=set(self.known), projects=frozenset(projects))

    def has_room_for(self, cell: Cell) -> bool:
        """Whether a place is of a project that the file has."""
        return self.projects is None or cell[0] in self.projects

    def writers(self, cell: Cell) -> frozenset[str]:
        """Return who wrote what stands in a place."""
        return self.held.get(cell, (None, frozenset()))[1]

    def write(self, cell: Cell, value: object, edit: str) -> None:
        """Write a value."""
        self.held[cell] = value, frozenset({edit})
        self.known.add(edit)

    def value(self, cell: Cell) -> object:
        """Return what stands in a place."""
        return self.held.get(cell, (None, frozenset()))[0]

    def knows(self, writers: frozenset[str], cell: Cell) -> bool:
        """Whether what some wrote has been seen here."""
        return not writers or any(one in self.known and (one, cell) not in self.pending for one in writers)


def compare(ours: Memory, theirs: Memory) -> tuple[set[Cell], set[Cell], set[Cell]]:
    """Return the places that only theirs has changed, those that both have, and those that both made the same of."""
    new: set[Cell] = set()
    both: set[Cell] = set()
    same: set[Cell] = set()
    for cell in ours.held.keys() | theirs.held.keys():
        value, writers = theirs.value(cell), theirs.writers(cell)
        mine, own = ours.value(cell), ours.writers(cell)
        if ours.knows(writers, cell):
            # Where each knows what the other has, and they differ, nobody can say which came last.
            if mine != value and theirs.knows(own, cell) and ours.has_room_for(cell) and theirs.has_room_for(cell):
                both.add(cell)
        elif mine == value:
            same.add(cell)
        elif theirs.knows(own, cell):
            new.add(cell)
        else:
            both.add(cell)
    return new, both, same


def merge(ours: Memory, theirs: Memory, edit: str, *, takes: Callable[[Cell], bool], is_locked: bool) -> None:
    """Merge what theirs brings, each place as `takes` says; nothing is taken while the period is locked."""
    new, both, same = compare(ours, theirs)
    fresh = {one for one in theirs.pending if one[0] not in ours.known}
    for cell in same:
        mine, own = ours.held.get(cell, (None, frozenset()))
        # Who knew what was written here and wrote the same has written after it.
        writers = theirs.held[cell][1]
        ours.held[cell] = mine, writers if theirs.knows(own, cell) else own | writers
        ours.pending -= {(one, cell) for one in theirs.known} - theirs.pending
    for cell in new | both:
        writers = theirs.writers(cell)
        is_at_odds = ours.knows(writers, cell)
        if is_locked:
            ours.pending |= set() if is_at_odds else {(one, cell) for one in writers}
        elif takes(cell):
            ours.held[cell] = theirs.value(cell), frozenset({edit}) if is_at_odds else writers
        else:
            ours.held[cell] = ours.value(cell), frozenset({edit})
        if not is_locked:
            ours.pending -= {(one, cell) for one in theirs.known} - theirs.pending
    ours.pending |= fresh
    ours.known |= theirs.known | {edit}
