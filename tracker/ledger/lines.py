"""A stretch of ledger lines as one packed value, column by column: how an import keeps its lines.

A line a row in a table took six times as long as reading the file; packed, a million lines take a second and a
hundredth of the room. Must not know what a line means. Amounts are exact, in øre.
"""

from __future__ import annotations

import hashlib
import sys
import zlib
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

_FASTEST = 1
_LENGTH = 4
_PARTS = 7
_UNIT_SEPARATOR = "\x1f"
_LARGEST = 64 * 1024 * 1024
"""No stretch is as large as this when it is unpacked; a file that says so was made by somebody else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line as it was understood. `code` is the project's or subproject's as the ledger wrote it."""

    row: int
    code: str
    account: str
    year: int
    month: int
    amount: int
    voucher: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Some lines, packed."""

    line_count: int
    packed: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """A stretch of lines by column, all of one length. `times` are years and months as `202304`."""

    rows: Sequence[int]
    codes: Sequence[str]
    accounts: Sequence[str]
    times: Sequence[int]
    amounts: Sequence[int]
    vouchers: Sequence[str]
    texts: Sequence[str]


def framed(columns: Columns) -> bytes:
    """Write some lines as bytes. A cell's own unit separator, which nobody types, becomes a space."""
    parts = [
        *(_numbers(numbers) for numbers in (columns.rows, columns.times, columns.amounts)),
        *(_texts(texts) for texts in (columns.codes, columns.accounts, columns.vouchers, columns.texts)),
    ]
    return b"".join(len(part).to_bytes(_LENGTH, "little") + part for part in parts)


def pack(frames: Iterable[bytes], line_count: int) -> Stretch:
    """Pack lines that are written as bytes. Other threads go on meanwhile."""
    return Stretch(line_count=line_count, packed=zlib.compress(b"".join(frames), _FASTEST))


def hash_of(stretches: Iterable[Stretch]) -> str:
    """Return the hash of lines as they are packed; empty for none."""
    running = hashlib.sha256()
    is_empty = True
    for stretch in stretches:
        running.update(stretch.packed)
        is_empty = False
    return "" if is_empty else running.hexdigest()


def unpack(packed: bytes) -> Iterator[Columns]:
    """Unpack a stretch of lines, in the pieces that it was written in.

    Raises ValueError when it was packed by nobody here.
    """
    unpacker = zlib.decompressobj()
    try:
        written = unpacker.decompress(packed, _LARGEST)
    except zlib.error as error:
        raise ValueError(str(error)) from error
    if unpacker.unconsumed_tail:
        raise ValueError(_LARGEST)
    parts = list(_parts(written))
    for at in range(0, len(parts), _PARTS):
        rows, times, amounts, *texts = parts[at : at + _PARTS]
        codes, accounts, vouchers, told = (part.decode().split(_UNIT_SEPARATOR) for part in texts)
        yield Columns(
            rows=_read_numbers(rows),
            codes=codes,
            accounts=accounts,
            times=_read_numbers(times),
            amounts=_read_numbers(amounts),
            vouchers=vouchers,
            texts=told,
        )


def lines_of(columns: Columns) -> Iterator[Line]:
    """Yield the lines of a stretch one by one."""
    for row, code, account, time, amount, voucher, text in zip(
        columns.rows,
        columns.codes,
        columns.accounts,
        columns.times,
        columns.amounts,
        columns.vouchers,
        columns.texts,
        strict=True,
    ):
        year, month = divmod(time, 100)
        yield Line(
            row=row, code=code, account=account, year=year, month=month, amount=amount, voucher=voucher, text=text
        )


def _numbers(numbers: Sequence[int]) -> bytes:
    packed = array("q", numbers)
    if sys.byteorder == "big":
        packed.byteswap()
    return packed.tobytes()


def _read_numbers(part: bytes) -> Sequence[int]:
    numbers = array("q", part)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


def _texts(texts: Sequence[str]) -> bytes:
    joined = _UNIT_SEPARATOR.join(texts)
    if joined.count(_UNIT_SEPARATOR) >= len(texts):
        joined = _UNIT_SEPARATOR.join(text.replace(_UNIT_SEPARATOR, " ") for text in texts)
    return joined.encode("utf-8", "replace")


def _parts(framed: bytes) -> Iterator[bytes]:
    at = 0
    while at < len(framed):
        length = int.from_bytes(framed[at : at + _LENGTH], "little")
        yield framed[at + _LENGTH : at + _LENGTH + length]
        at += _LENGTH + length
