"""Turns a report's cells into what a file can hold: numbers, and texts that stay the texts they are.

Must not know which kind of file it is, nor where a cell stands.
"""

from __future__ import annotations

import re

from tracker.messages import Message, message
from tracker.money import in_thousands, write_number
from tracker.quarters import Quarter, State, UnreadCompletion, write_completion
from tracker.report.content import LANGUAGE, Cell, Column, ColumnKind, Mark, Report, Say

Value = str | int | float | None

_TAGS = {"nn": "nn-NO", "en": "en-GB"}

# What XML 1.0 can't hold: it is shown as U+FFFD, so that nobody takes the text for whole.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_REPLACEMENT = "\ufffd"


def written(cell: Cell, column: Column, say: Say) -> Value:
    """Return what a sheet holds for a cell: kroner in thousands where the column says so, `-` for a missing figure."""
    if cell is None:
        return "-" if column.dash else None
    if isinstance(cell, Quarter | State | UnreadCompletion):
        return printable(write_completion(cell)) or None
    if isinstance(cell, Mark):
        return f"{cell.sign} {say(cell.words)}"
    if isinstance(cell, Message):
        return printable(say(cell))
    if isinstance(cell, str):
        return printable(cell) or None
    return in_thousands(int(cell)) if column.kind is ColumnKind.THOUSANDS else cell


def printable(text: str) -> str:
    """Replace what a sheet can't hold, visibly, and write line ends one way."""
    return _UNPRINTABLE.sub(_REPLACEMENT, text.replace("\r\n", "\n").replace("\r", "\n"))


def in_words(cell: Cell, column: Column, say: Say) -> str:
    """Return a cell as it stands on paper: `1 234`, `82,5 %`, and nothing where a sheet's cell is empty."""
    value = written(cell, column, say)
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    return write_share(value) if column.kind is ColumnKind.PERCENT else write_number(round(value))


def write_share(share: float) -> str:
    """Write a share as a percentage with one decimal, the Norwegian way."""
    tenths = round(share * 1000)
    sign = "\u2212" if tenths < 0 else ""
    return f"{sign}{write_number(abs(tenths) // 10)},{abs(tenths) % 10}\u00a0%"


def of_period(report: Report) -> Message:
    """Return what a report's figures are of, and up to which day."""
    return message("{period} · tall per {date}", period=report.period, date=report.period.ends)


def language_tag(say: Say) -> str:
    """Return the language that a report is said in, as Office files name it."""
    return _TAGS.get(say(LANGUAGE), "nb-NO")


def logo_in_words(report: Report, say: Say) -> str:
    """Return what stands for the logo to those who can't see it."""
    return printable(say(message("Logoen til {owner}", owner=report.owner)) if report.owner else say(message("Logo")))
