"""What can be undone and redone: the steps of a portfolio's journal, in the order in which they go back.

Must not know what a step changes, nor where the journal is kept.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tracker.messages import Message

MADE, UNDONE, REDONE, BEGUN, SETTLED, MERGED = "window", "undo", "redo", "beginning", "workflow", "merge"
"""The ways that steps turn on. What is written as a portfolio begins is no step: it has nothing to go back to.

Nor is what somebody else has to know of before it is taken back: submitted, approved, locked, reopened.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """An edit that was made: its place in the journal, and what the user called it."""

    seq: int
    label: Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """What can be undone and redone, the next one last. An undone step is redone by the edit that undid it."""

    undoable: tuple[Step, ...] = ()
    redoable: tuple[Step, ...] = ()

    def after(self, step: Step, way: str) -> Steps:
        """Return the steps when one more edit has been made in some way."""
        if way == BEGUN:
            return Steps()
        if way == SETTLED:
            return self
        if way == UNDONE:
            return Steps(undoable=self.undoable[:-1], redoable=(*self.redoable, step))
        if way == REDONE:
            return Steps(undoable=(*self.undoable, step), redoable=self.redoable[:-1])
        return Steps(undoable=(*self.undoable, step))


def steps_of(entries: Iterable[tuple[Step, str]]) -> Steps:
    """Find what can be undone and redone in a journal: its steps, each with the way that it was made."""
    undoable: list[Step] = []
    redoable: list[Step] = []
    for step, way in entries:
        if way == UNDONE:
            undoable.pop()
            redoable.append(step)
        elif way == REDONE:
            redoable.pop()
            undoable.append(step)
        elif way == BEGUN:
            undoable, redoable = [], []
        elif way != SETTLED:
            undoable.append(step)
            redoable = []
    return Steps(undoable=tuple(undoable), redoable=tuple(redoable))
