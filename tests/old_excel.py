"""Writes the workbooks of Excel 97-2003, which old ledgers still export: one sheet of texts and numbers.

Only what a reader needs of [MS-XLS] and [MS-CFB] is there, so that the tests need no other program to write one.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from pathlib import Path

_SECTOR = 512
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_SMALLEST_STREAM = 4096


def write_old_excel(path: Path, name: str, rows: Sequence[Sequence[str | float | None]]) -> None:
    """Write a workbook of one sheet."""
    path.write_bytes(_compound_file(b"".join(_parts(name, rows))))


def write_locked_excel(path: Path) -> None:
    """Write what Excel makes of a workbook that is given a password, of the new format or of the old."""
    if path.suffix == ".xls":
        begun, *rest = _parts("Ark1", [["hemmelig"]])
        path.write_bytes(_compound_file(b"".join((begun, _record(0x002F, struct.pack("<H", 1) + bytes(52)), *rest))))
    else:
        path.write_bytes(_compound_file(bytes(5000), name="EncryptedPackage"))


def _parts(name: str, rows: Sequence[Sequence[str | float | None]]) -> tuple[bytes, ...]:
    begun = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0x0DBB, 0x07CC, 0, 6))
    sheet = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0x0DBB, 0x07CC, 0, 6))
    width = max(map(len, rows), default=0)
    sheet += _record(0x0200, struct.pack("<IIHHH", 0, len(rows), 0, width, 0))
    sheet += b"".join(_cell(at, column, cell) for at, row in enumerate(rows) for column, cell in enumerate(row))
    sheet += _record(0x000A, b"")
    end = _record(0x000A, b"")
    written = name.encode("latin-1")
    named = struct.pack("<BB", len(written), 0) + written
    start = len(begun) + 4 + 6 + len(named) + len(end)
    return begun, _record(0x0085, struct.pack("<IH", start, 0) + named), end, sheet


def _cell(row: int, column: int, cell: str | float | None) -> bytes:
    if cell is None:
        return b""
    if isinstance(cell, str):
        text = cell.encode("utf-16-le")
        return _record(0x0204, struct.pack("<HHHHB", row, column, 0, len(text) // 2, 1) + text)
    return _record(0x0203, struct.pack("<HHHd", row, column, 0, cell))


def _record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def _compound_file(stream: bytes, *, name: str = "Workbook") -> bytes:
    stream = stream.ljust(_SMALLEST_STREAM, b"\0")
    length = len(stream)
    stream = stream.ljust(-(-length // _SECTOR) * _SECTOR, b"\0")
    used = len(stream) // _SECTOR
    # The stream comes first, then the folder, then the table that links the sectors.
    tables = 1
    while tables * _SECTOR // 4 < used + 1 + tables:
        tables += 1
    links = [*range(1, used), _END, _END, *[_FAT] * tables]
    links += [_FREE] * (tables * _SECTOR // 4 - len(links))
    places = [*range(used + 1, used + 1 + tables)]
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, tables, used, 0, _SMALLEST_STREAM, _END, 0, _END, 0)
    header += struct.pack("<109I", *places, *[_FREE] * (109 - tables))
    folder = _entry("Root Entry", 5, _END, 0, child=1) + _entry(name, 2, 0, length) + bytes(256)
    return header + stream + folder + struct.pack(f"<{len(links)}I", *links)


def _entry(name: str, kind: int, start: int, length: int, *, child: int = _FREE) -> bytes:
    written = name.encode("utf-16-le")
    fields = struct.pack("<HBBIII", len(written) + 2, kind, 1, _FREE, _FREE, child)
    return written.ljust(64, b"\0") + fields + bytes(36) + struct.pack("<IQ", start, length)
