"""A sheet of any kind as stretches of rows, the file looked at before anything opens it.

Must not know what a row means.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from db.plain_file import refuse_no_file
from db.trouble import known_trouble
from tracker.ledger.mapping import Cell
from tracker.messages import Refusal, message

Rows = Sequence[Sequence[Cell]]
STRETCH = 1_000
"""Rows are handed over so many at a time: few enough to stay in the processor's cache."""

MOST_ROWS = 200_000
"""How many rows a sheet may have that is kept in memory whole; a ledger isn't."""
_TEXT = {".csv", ".txt", ".tsv", ".tab", ".skv"}
_BOOKS = {".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"}
KINDS = "*.xlsx *.xlsm *.xls *.xlsb *.ods *.csv *.txt *.tsv *.xml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A sheet that is being read: its name, the others in the file, and its rows, which can be gone through once."""

    name: str
    others: tuple[str, ...]
    stretches: Iterator[Rows]


@contextmanager
def open_sheet(path: Path, *, sheet: str | None = None) -> Iterator[Sheet]:
    """Open a file's first sheet, or the one that is named.

    Raises Refusal when it is no sheet, is damaged or dangerous, or has no sheet of that name; Trouble when the file
    can't be opened.
    """
    with known_trouble(path):
        refuse_no_file(path)
        if not path.is_file():
            path.open("rb").close()
        kind = path.suffix.casefold()
        if kind in _TEXT:
            from db.sheets.text_sheet import text_stretches

            with text_stretches(path) as stretches:
                yield Sheet(name=path.name, others=(), stretches=stretches)
        elif kind in _BOOKS:
            from db.sheets.book_sheet import book_sheet

            with book_sheet(path, sheet) as opened:
                yield opened
        elif kind == ".xml":
            from db.sheets.saft_sheet import saft_sheet

            with saft_sheet(path, sheet) as opened:
                yield opened
        else:
            raise Refusal(
                message(
                    "{file} er ikke et regneark: velg en Excel-, OpenDocument-, CSV- eller SAF-T-fil.", file=path.name
                )
            )


def read_sheet(path: Path, *, sheet: str | None = None, most: int | None = None) -> list[Sequence[Cell]]:
    """Read a sheet's rows, at most so many, into memory.

    Raises as `open_sheet` does, and Refusal where there are more than anybody reads whole.
    """
    rows: list[Sequence[Cell]] = []
    with open_sheet(path, sheet=sheet) as opened:
        for stretch in opened.stretches:
            rows += stretch
            if most is not None and len(rows) >= most:
                return rows[:most]
            refuse_too_many(len(rows), path)
    return rows


def refuse_too_many(rows: int, path: Path) -> None:
    """Raise Refusal where a sheet that is kept in memory has more rows than anybody's list."""
    if rows > MOST_ROWS:
        raise Refusal(
            message("{file} har mer enn {most} rader: ta ut bare det som skal leses.", file=path.name, most=MOST_ROWS)
        )
