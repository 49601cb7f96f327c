"""CSV and other separated text: which encoding and which separator, and its rows.

Must not know what a column means.
"""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from itertools import chain, islice
from pathlib import Path
from typing import Protocol, TextIO

from db.sheets.sheet import STRETCH, Rows
from tracker.messages import Refusal, message

_LOOKED_AT = 64 * 1024
_SEPARATORS = (";", "\t", ",", "|")
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_READ_TOGETHER = 1024 * 1024
_LONGEST_CELL = 1024 * 1024
_LONGEST_LINE = 4 * 1024 * 1024
_LONGEST_STRETCH = 64 * 1024 * 1024
"""More text than any thousand rows hold: a row that never ends would fill the memory."""


class CsvRows(Iterator[list[str]], Protocol):
    """Rows of separated text, as csv reads them."""

    @property
    def line_num(self) -> int:
        """How many lines of the file they took."""


@contextmanager
def text_stretches(path: Path) -> Iterator[Iterator[Rows]]:
    """Open a text file as stretches of rows.

    Raises Refusal when it is no text.
    """
    encoding = encoding_of(path)
    with path.open(encoding=encoding, newline="") as file:
        try:
            head = file.read(_LOOKED_AT)
        except UnicodeError:
            raise _unreadable(path) from None
        file.seek(0)
        csv.field_size_limit(_LONGEST_CELL)
        separator = separator_of(head)
        feed = _Feed(file)
        yield _stretches(csv.reader(chain.from_iterable(feed.pieces()), delimiter=separator), separator, path, feed)


class _Feed:
    """Hands a text over, many whole lines at a time.

    Whoever reads 8 kB at a time never lets another thread have its turn.
    """

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self.since_stretch = 0

    def pieces(self) -> Iterator[StringIO]:
        """Yield the lines. Raises csv.Error where a line, or a row of many, has no end."""
        while piece := self._file.read(_READ_TOGETHER):
            rest = self._file.readline(_LONGEST_LINE)
            self.since_stretch += len(piece) + len(rest)
            if len(rest) == _LONGEST_LINE or self.since_stretch > _LONGEST_STRETCH:
                raise csv.Error
            yield StringIO(piece + rest, newline="")


def encoding_of(path: Path) -> str:
    """Return how a text is encoded: by its mark, as strict UTF-8, or as Windows' western one.

    Raises Refusal when it holds bytes that no text has.
    """
    with path.open("rb") as file:
        head = file.read(_LOOKED_AT)
        marked = next((name for mark, name in _BOMS if head.startswith(mark)), None)
        if marked is not None:
            return marked
        if b"\0" in head:
            raise Refusal(
                message("{file} er ikke en tekstfil: velg en Excel-, OpenDocument- eller CSV-fil.", file=path.name)
            )
        decoder = codecs.getincrementaldecoder("utf-8")()
        try:
            while head:
                decoder.decode(head)
                head = file.read(1024 * 1024)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "cp1252"
    return "utf-8"


def separator_of(head: str) -> str:
    """Return what parts the columns: what stands equally often in most of the first lines."""
    lines = [line for line in head.splitlines()[:-1] or head.splitlines() if line.strip()][:50]

    def agreement(separator: str) -> tuple[int, int]:
        counts = [_outside_quotes(line).count(separator) for line in lines]
        usual = max(set(counts), key=lambda count: (counts.count(count) if count else 0, count), default=0)
        return (counts.count(usual) if usual else 0, usual)

    return max(_SEPARATORS, key=agreement)


def _refuse_swallowed(stretch: Rows, separator: str, count: int, path: Path) -> None:
    """Refuse a cell that holds whole rows: a quotation mark was opened and not closed, and they would be lost."""
    parts = max(map(len, stretch)) - 1
    for row, cells in enumerate(stretch, start=count + 1):
        for cell in cells:
            text = str(cell).strip()
            breaks = len(text.splitlines()) - 1
            if breaks > 0 and 0 < breaks * parts <= text.count(separator):
                raise Refusal(
                    message(
                        "Rad {row:id} i {file} har et anførselstegn som ikke er lukket, så rader ville falt bort: rett "
                        "det, eller ta ut filen på nytt.",
                        row=row,
                        file=path.name,
                    )
                )


def _outside_quotes(line: str) -> str:
    return "".join(line.split('"')[::2])


def _stretches(rows: CsvRows, separator: str, path: Path, feed: _Feed) -> Iterator[Rows]:
    lines = count = 0
    try:
        while stretch := list(islice(rows, STRETCH)):
            if rows.line_num - lines > len(stretch):
                _refuse_swallowed(stretch, separator, count, path)
            lines, count = rows.line_num, count + len(stretch)
            feed.since_stretch = 0
            yield stretch
    except csv.Error:
        raise Refusal(
            message("{file} kan ikke leses som CSV: lagre den på nytt fra økonomisystemet.", file=path.name)
        ) from None
    except UnicodeError:
        raise _unreadable(path) from None


def _unreadable(path: Path) -> Refusal:
    return Refusal(message("{file} har tegn som ikke kan leses: lagre den som UTF-8.", file=path.name))
