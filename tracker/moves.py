"""The way from one status to another: what was submitted is moved before it is written on, and after.

Must not know who moves it. The triggers of a file let nobody change a status that isn't a draft.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from tracker.edits import Change
from tracker.kinds import StatusState
from tracker.model import Record, Status

_STEPS = (StatusState.DRAFT, StatusState.SUBMITTED, StatusState.APPROVED)


def stepwise(before: Record | None, after: Record | None) -> tuple[Change, ...]:
    """Return the changes that bring a record from one value to another, each of which is allowed by itself."""
    if before == after:
        return ()
    if not isinstance(before, Status) or (after is not None and not isinstance(after, Status)):
        return tuple(_made(before, after))
    values: list[Status | None] = [before]
    if before.state is not StatusState.DRAFT and not _says_the_same(before, after):
        values.append(replace(before, state=StatusState.DRAFT))
    last = values[-1]
    if after is not None and last is not None:
        values += [replace(after, state=state) for state in _between(last.state, after.state)]
    values.append(after)
    return tuple(Change(old, new) for old, new in pairwise(values) if old != new)


def _made(before: Record | None, after: Record | None) -> Iterator[Change]:
    if before is None and isinstance(after, Status) and after.state is not StatusState.DRAFT:
        draft = replace(after, state=StatusState.DRAFT)
        yield Change(None, draft)
        yield from stepwise(draft, after)
    else:
        yield Change(before, after)


def _says_the_same(before: Status, after: Status | None) -> bool:
    return after is not None and before == replace(
        after, state=before.state, moved_by=before.moved_by, moved_on=before.moved_on
    )


def _between(old: StatusState, new: StatusState) -> tuple[StatusState, ...]:
    """Return the states on the way: up one by one, down to the draft first."""
    if new is StatusState.DRAFT or old is new:
        return ()
    low, high = _STEPS.index(old), _STEPS.index(new)
    if low < high:
        return _STEPS[low + 1 : high]
    return (StatusState.DRAFT, *_STEPS[1:high])
