"""CSV and other separated text: which encoding and which separator, and its rows.

Must not know what a column means.
"""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from db.sheets.sheet import STRETCH, Rows
from tracker.messages import Refusal, message

_LOOKED_AT = 64 * 1024
_SEPARATORS = (";", "\t", ",", "|")
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_LONGEST_CELL = 1024 * 1024


@contextmanager
def text_stretches(path: Path) -> Iterator[Iterator[Rows]]:
    """Open a text file as stretches of rows.

    Raises Refusal when it is no text.
    """
    encoding = encoding_of(path)
    with path.open(encoding=encoding, newline="") as file:
        head = file.read(_LOOKED_AT)
        file.seek(0)
        csv.field_size_limit(_LONGEST_CELL)
        yield _stretches(csv.reader(file, delimiter=separator_of(head)), path)


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


def _outside_quotes(line: str) -> str:
    return "".join(line.split('"')[::2])


def _stretches(rows: Iterator[Sequence[str]], path: Path) -> Iterator[Rows]:
    try:
        while stretch := list(islice(rows, STRETCH)):
            yield stretch
    except csv.Error:
        raise Refusal(
            message("{file} kan ikke leses som CSV: lagre den på nytt fra regnskapet.", file=path.name)
        ) from None
    except UnicodeDecodeError:
        raise Refusal(message("{file} har tegn som ikke kan leses: lagre den som UTF-8.", file=path.name)) from None
