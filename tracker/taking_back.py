"""The edit that takes an earlier one back in a portfolio where more has happened since.

Must not know the journal. A record is taken back field by field, so that what others changed in it stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields, replace

from tracker.edits import Change, Edit, compacted
from tracker.kinds import LedgerContent, StatusState
from tracker.messages import Message, Refusal, message
from tracker.model import LedgerBatch, Portfolio, Record, Status
from tracker.moves import stepwise

_LEDGER = frozenset({LedgerContent.TRANSACTIONS, LedgerContent.BALANCES})


def taken_back(portfolio: Portfolio, edit: Edit) -> Edit:
    """Return the edit that takes one back.

    A ledger import is marked as withdrawn, its lines stay. Raises Refusal where a field has been changed since.
    """
    return Edit(edit.label, tuple(_all_taken_back(portfolio, reversed(compacted(edit.changes)), edit.label)))


def _all_taken_back(portfolio: Portfolio, changes: Iterable[Change], label: Message) -> Iterator[Change]:
    for change in changes:
        record = portfolio.records(change.kind).get(change.record_id)
        if _is_ledger(change.after) and change.before is None:
            if not isinstance(record, LedgerBatch):
                raise _changed_since(label)
            yield Change(record, replace(record, withdrawn=True))
        elif change.before is None or change.after is None:
            if record != change.after:
                raise _changed_since(label)
            yield from stepwise(change.after, change.before)
        else:
            if record is None:
                raise _changed_since(label)
            yield from _back(record, change, _with_old_fields(record, change.before, change.after, label))


def _back(record: Record, change: Change, old: Record) -> Iterable[Change]:
    """Bring a record back; a status that the edit itself moved is moved back before it is written on."""
    moved = (one.state for one in (change.before, change.after) if isinstance(one, Status))
    return stepwise(record, old) if any(state is not StatusState.DRAFT for state in moved) else (Change(record, old),)


def _with_old_fields(record: Record, before: Record, after: Record, label: Message) -> Record:
    moved = [one.name for one in fields(before) if getattr(before, one.name) != getattr(after, one.name)]
    if any(getattr(record, name) != getattr(after, name) for name in moved):
        raise _changed_since(label)
    old: Record = replace(record, **{name: getattr(before, name) for name in moved})
    return old


def _is_ledger(record: Record | None) -> bool:
    return isinstance(record, LedgerBatch) and record.content in _LEDGER


def _changed_since(label: Message) -> Refusal:
    return Refusal(
        message("«{step}» kan ikke angres: noe av det er endret senere. Angre den senere endringen først.", step=label)
    )
