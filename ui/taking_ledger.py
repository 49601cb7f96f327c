"""Reading a ledger's export from its file to a plan: what the window and the command both do.

Must not know Qt or a console. Work goes on in the calling thread; packing the lines and hashing the file in another.
"""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from db.sheets.sheet import Rows, open_sheet
from db.store import Store
from tracker.importing import Source
from tracker.kinds import LedgerContent
from tracker.ledger.lines import Columns, Stretch, framed, hash_of, pack
from tracker.ledger.mapping import Cell, Mapping, fitting_profile
from tracker.ledger.planning import Export, LedgerPlan, plan_ledger_import
from tracker.ledger.proposing import Proposal, header_row_of, propose, says_enough
from tracker.ledger.reading import Reader, Reading
from tracker.messages import Refusal, message
from tracker.model import LedgerBatch, Portfolio

_FIRST_ROWS = 250
_MOST_SHEETS = 20
_PACKED_TOGETHER = 100
_HASHED_TOGETHER = 8 * 1024 * 1024

Progress = Callable[[int], None]
"""Is told how many rows have been read. What it raises ends the reading, and nothing has been written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """The first rows of an export's sheet, and how it may be read: as a profile that fits says, or as the headings say.

    `sheets` are all that the file has; a SAF-T file's are its kinds of analysis.
    """

    rows: Rows
    sheet: str
    sheets: tuple[str, ...]
    proposal: Proposal
    profile: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadExport:
    """An export that was read: what its lines come to, and the lines packed."""

    reading: Reading
    stretches: tuple[Stretch, ...]
    source: Source


def look_at(path: Path, portfolio: Portfolio, *, sheet: str | None = None) -> Look:
    """Look at an export's first rows and propose how it is read: the sheet that is named, else the first that fits.

    Where the headings say too little, the proposal lacks columns that are left to choose. Raises Refusal or Trouble
    when the file can't be read, or has no headings.
    """
    look = _look_at_sheet(path, portfolio, sheet)
    # A cover sheet comes first in many workbooks: the ledger is the first sheet that has a ledger's headings.
    others = () if sheet is not None or says_enough(look.proposal.mapping) else look.sheets[:_MOST_SHEETS]
    for other in others:
        if other != look.sheet:
            found = _look_at_sheet(path, portfolio, other)
            if says_enough(found.proposal.mapping):
                return found
    if not any(cell not in {None, ""} for row in look.rows for cell in row):
        raise Refusal(message("Filen har ingen rader: velg en annen fil eller et annet ark."))
    if not look.proposal.header:
        raise Refusal(message("Fant ingen overskrifter i {file}: velg en annen fil eller et ark.", file=path.name))
    return look


def _look_at_sheet(path: Path, portfolio: Portfolio, sheet: str | None) -> Look:
    rows: list[Sequence[Cell]] = []
    with open_sheet(path, sheet=sheet) as opened:
        for stretch in opened.stretches:
            rows += stretch
            if len(rows) >= _FIRST_ROWS:
                break
        name, sheets = opened.name, opened.others
    first = rows[:_FIRST_ROWS]
    fitting = next((found for row in first[:40] if (found := fitting_profile(portfolio, row)) is not None), None)
    if fitting is None:
        return Look(rows=first, sheet=name, sheets=sheets, proposal=propose(first))
    profile, mapping = fitting
    at = header_row_of(first, mapping)
    proposal = Proposal(header_row=at, header=tuple(first[at]), mapping=mapping)
    return Look(rows=first, sheet=name, sheets=sheets, proposal=proposal, profile=profile)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is to be read: a file's sheet (the first unless named), under which row of headings (counted from 0)."""

    path: Path
    header_row: int
    sheet: str | None = None


def read_export(
    wanted: Wanted,
    mapping: Mapping,
    *,
    known: Collection[str] = frozenset(),
    progress: Progress = lambda _rows: None,
) -> ReadExport:
    """Read an export whole. `known` are the vouchers that the portfolio has, where lines are told apart by them.

    Raises Refusal or Trouble when it can't be read, or lacks a column.
    """
    path, header_row = wanted.path, wanted.header_row
    with (
        ThreadPoolExecutor(max_workers=1) as beside,
        open_sheet(path, sheet=wanted.sheet) as opened,
        _without_collecting(),
    ):
        sha256 = beside.submit(_sha256, path)
        packing = _Packing(beside)
        reader: Reader | None = None
        seen = 0
        for stretch in opened.stretches:
            if reader is None:
                reader = Reader(
                    layout=mapping,
                    places=mapping.places_in(stretch[header_row] if header_row < len(stretch) else ()),
                    keep=packing.keep,
                    first_row=header_row + 2,
                    known=known,
                )
                reader.take(stretch[header_row + 1 :])
            else:
                reader.take(stretch)
            seen += len(stretch)
            progress(seen)
        if reader is None:
            mapping.places_in(())
            raise ValueError(path)
        return ReadExport(
            reading=reader.reading(),
            stretches=packing.stretches(),
            source=Source(name=path.name, sha256=sha256.result()),
        )


def plan_of(portfolio: Portfolio, read: ReadExport, export: Export, *, new_id: Callable[[], str]) -> LedgerPlan:
    """Plan how an export that was read is taken in, its batch knowing the hash of its lines.

    Raises Refusal as `plan_ledger_import` does.
    """
    return plan_ledger_import(portfolio, read.reading, export, lines_hash=hash_of(read.stretches), new_id=new_id)


def vouchers_in(store: Store, portfolio: Portfolio, ledger: str) -> frozenset[str]:
    """Return the vouchers and lines that the keyed batches of a ledger hold."""
    batches = [one for one in portfolio.ledger_batches.values() if _is_keyed(one, ledger)]
    return frozenset(line.voucher for batch in batches for line in store.ledger_lines(batch.id))


def _is_keyed(batch: LedgerBatch, ledger: str) -> bool:
    is_ledger = batch.content in {LedgerContent.TRANSACTIONS, LedgerContent.BALANCES}
    return is_ledger and batch.is_keyed and not batch.withdrawn and batch.source == ledger


class _Packing:
    """Packs lines in another thread, many at a time: each hand-over costs as much as packing a few hundred."""

    def __init__(self, beside: ThreadPoolExecutor) -> None:
        self._beside = beside
        self._frames: list[bytes] = []
        self._line_count = 0
        self._packed: list[Future[Stretch]] = []

    def keep(self, columns: Columns) -> None:
        if not columns.codes:
            return
        self._frames.append(framed(columns))
        self._line_count += len(columns.codes)
        if len(self._frames) >= _PACKED_TOGETHER:
            self._hand_over()

    def stretches(self) -> tuple[Stretch, ...]:
        if self._frames:
            self._hand_over()
        return tuple(packed.result() for packed in self._packed)

    def _hand_over(self) -> None:
        self._packed.append(self._beside.submit(pack, self._frames, self._line_count))
        self._frames, self._line_count = [], 0


def _sha256(path: Path) -> str:
    """Hash a file in large pieces: between two of them, this thread waits for the one that reads."""
    running = hashlib.sha256()
    piece = memoryview(bytearray(_HASHED_TOGETHER))
    with path.open("rb", buffering=0) as file:
        while length := file.readinto(piece):
            running.update(piece[:length])
    return running.hexdigest()


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Put off the search for cycles: a million rows have none, and looking for them takes as long as reading."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
