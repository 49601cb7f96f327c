"""A portfolio with one of everything that can be damaged: records, ledger lines, a locked period, comments, a journal.

Must not damage anything.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from db.backup import BackupReason, back_up
from db.journal import Entry, Signature
from db.store import Store, new_store, open_store
from tests.windows import PERIOD, made_id, portfolio_records
from tracker.closing import lock
from tracker.edits import Edit, added, apply, changed
from tracker.kinds import LedgerContent
from tracker.ledger.lines import Columns, Line, Stretch, framed, hash_of, pack
from tracker.messages import message
from tracker.model import Comment, LedgerBatch, LedgerSum, Portfolio, ProjectId, Record, RecordId
from tracker.steps import BEGUN, SETTLED

BACKED_UP_AT = datetime(2024, 2, 1, 10, tzinfo=UTC)
_AT = datetime(2024, 1, 20, 12, tzinfo=UTC)
_STRETCHES, _LINES = 3, 400
_EDITS_BEFORE, _EDITS_AFTER = 30, 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """All that a file holds for its user."""

    portfolio: Portfolio
    journal: tuple[Entry, ...]
    lines: tuple[Line, ...]


def content_of(path: Path) -> Content:
    """Read all of it."""
    with closing(open_store(path, read_only=True)) as store:
        portfolio = store.load()
        lines = [line for batch in portfolio.ledger_batches for line in store.ledger_lines(batch)]
        return Content(portfolio=portfolio, journal=tuple(store.journal()), lines=tuple(lines))


def make(path: Path, *, backups: Path) -> Content:
    """Write it, with a backup that some changes came after."""
    with new_store(path) as store:
        _write(store, added(message("Prøve"), list(portfolio_records())), BEGUN)
    with closing(open_store(path)) as store:
        stretches = [_stretch(number) for number in range(_STRETCHES)]
        store.commit(
            added(message("Regnskap"), [_batch(stretches)]), _signed(2, "import"), lines={made_id(7000): stretches}
        )
        for number in range(_EDITS_BEFORE):
            _edit(store, number)
        portfolio = store.load()
        _write(store, lock(portfolio, PERIOD, who="Kari", at=_AT, new_id=_Ids(60_000)), SETTLED)
    back_up(path, folder=backups, reason=BackupReason.DAILY, now=BACKED_UP_AT)
    with closing(open_store(path)) as store:
        for number in range(_EDITS_BEFORE, _EDITS_BEFORE + _EDITS_AFTER):
            _edit(store, number)
    return content_of(path)


class _Ids:
    def __init__(self, first: int) -> None:
        self._next = first

    def __call__(self) -> str:
        self._next += 1
        return made_id(self._next)


def _edit(store: Store, number: int) -> None:
    """Change something: a name, a person, a text of some length, a comment."""
    portfolio = store.load()
    project = portfolio.projects[made_id(number % 7)]
    made: Edit
    if number % 3 == 0:
        made = changed(message("Ansvarlig"), project, replace(project, responsible=f"Person {number} på Åsen"))
    elif number % 3 == 1 and number < _EDITS_BEFORE:
        status = next(one for one in portfolio.statuses.values() if one.project == project.id)
        made = changed(
            message("Statustekst"), status, replace(status, text=f"Grunnarbeidene pågår, uke {number}. " * 9)
        )
    else:
        remark: Record = Comment(
            id=RecordId(made_id(8000 + number)),
            project=ProjectId(project.id),
            period=PERIOD,
            by="Per",
            at=_AT,
            text=f"Kommentar {number}",
        )
        made = added(message("Kommentar"), [remark])
    apply(portfolio, made)
    _write(store, made, "window")


def _write(store: Store, edit: Edit, way: str) -> None:
    store.commit(edit, _signed(sum(1 for _ in store.journal()) + 1, way))


def _signed(number: int, way: str) -> Signature:
    return Signature(
        who="Kari Ødegård", at=f"2024-01-20T12:{number:02}:00+00:00", way=way, entry_id=made_id(90_000 + number)
    )


def _stretch(number: int) -> Stretch:
    rows = range(number * _LINES, (number + 1) * _LINES)
    columns = Columns(
        rows=list(rows),
        codes=[f"41{row % 7:03}" for row in rows],
        accounts=["02300"] * _LINES,
        times=[202301 + row % 12 for row in rows],
        amounts=[row * 7919 % 1_000_000 for row in rows],
        vouchers=[str(202300000 + row) for row in rows],
        texts=[f"Faktura {row} Bygg & Anlegg" for row in rows],
    )
    return pack([framed(columns)], _LINES)


def _batch(stretches: list[Stretch]) -> LedgerBatch:
    sums = tuple(
        LedgerSum(project=ProjectId(made_id(at)), year=2023, month=month, amount=1000 * at + month, account="02300")
        for at in range(7)
        for month in range(1, 13)
    )
    return LedgerBatch(
        id=RecordId(made_id(7000)),
        source="hovedbok",
        source_hash="1" * 64,
        content=LedgerContent.TRANSACTIONS,
        year=2023,
        first_month=1,
        last_month=12,
        line_count=_STRETCHES * _LINES,
        total=sum(entry.amount for entry in sums),
        lines_hash=hash_of(stretches),
        sums=sums,
    )
