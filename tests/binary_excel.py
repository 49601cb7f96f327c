"""Excel's binary workbook (.xlsb, BIFF12) written by hand: no library writes it, and municipalities send it.

Source: [MS-XLSB], the records that a sheet of texts and numbers needs and no more.
"""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

_ROW, _NUMBER, _TEXT = 0, 5, 6
_BEGIN_SHEET, _END_SHEET, _BEGIN_BOOK, _END_BOOK = 129, 130, 131, 132
_BEGIN_SHEETS, _END_SHEETS, _BEGIN_DATA, _END_DATA, _SIZE, _SHEET = 143, 144, 145, 146, 148, 156
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def write_binary_excel(path: Path, name: str, rows: Sequence[Sequence[str | float | None]]) -> None:
    """Write one sheet."""
    book = (
        _record(_BEGIN_BOOK)
        + _record(_BEGIN_SHEETS)
        + _record(_SHEET, struct.pack("<II", 0, 1) + _wide("rId1") + _wide(name))
        + _record(_END_SHEETS)
        + _record(_END_BOOK)
    )
    columns = max(map(len, rows))
    sheet = (
        _record(_BEGIN_SHEET)
        + _record(_SIZE, struct.pack("<IIII", 0, len(rows) - 1, 0, columns - 1))
        + _record(_BEGIN_DATA)
        + b"".join(_cells(rows))
        + _record(_END_DATA)
        + _record(_END_SHEET)
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", f'<Types xmlns="{_PACKAGE}/content-types"/>')
        archive.writestr("xl/workbook.bin", book)
        archive.writestr(
            "xl/_rels/workbook.bin.rels",
            f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" Type="{_OFFICE}/worksheet" '
            'Target="worksheets/sheet1.bin"/></Relationships>',
        )
        archive.writestr("xl/worksheets/sheet1.bin", sheet)


def _cells(rows: Sequence[Sequence[str | float | None]]) -> Iterator[bytes]:
    for number, row in enumerate(rows):
        yield _record(_ROW, struct.pack("<IIHBBBI", number, 0, 300, 0, 0, 0, 0))
        for column, cell in enumerate(row):
            place = struct.pack("<II", column, 0)
            if isinstance(cell, str):
                yield _record(_TEXT, place + _wide(cell))
            elif cell is not None:
                yield _record(_NUMBER, place + struct.pack("<d", cell))


def _record(kind: int, content: bytes = b"") -> bytes:
    """Write a record: its kind and length in seven bits a byte, the least first."""
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    length, size = b"", len(content)
    while True:
        size, low = divmod(size, 128) if size >= 128 else (0, size)
        length += bytes([low | 0x80 if size else low])
        if not size:
            return head + length + content


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")
