"""The cells of a form that came back, as values: what a spreadsheet made of what somebody typed, as it was typed.

Must not know which question a cell answers, nor a file.
"""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal

from tracker.forms.questions import Answer
from tracker.messages import Message, Refusal, message

At = tuple[int, int]
"""A cell's row and column, counted from 0."""
Raw = str | int | float | bool | date | datetime | time | timedelta | None
"""What a reader of sheets finds in a cell."""

_ERRORS = frozenset({"#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#N/A", "#NULL!", "#NUM!", "#GETTING_DATA", "#SPILL!"})
_ESCAPED = re.compile("_x000[dD]_")
_SPACES = re.compile("[ \t\u00a0\u2007\u2009\u202f]+")
# What no sheet shows: control characters, and marks of width zero.
_UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f\u200b\u2060\ufeff\u00ad]")
_THOUSANDTH = Decimal("0.001")
_LARGEST = 1e12
_LETTERS = 26


@dataclass(frozen=True, slots=True, kw_only=True)
class FormSheet:
    """A sheet that came back: the cells that hold something.

    `unsolved` are formulas whose result the file doesn't hold, `merged` the ranges (first row, first column, last row,
    last column) that were made one cell. Where `is_exact` is false, a cell that seems empty may have held an error.
    """

    name: str
    cells: Mapping[At, Raw]
    unsolved: frozenset[At] = frozenset()
    merged: tuple[tuple[int, int, int, int], ...] = ()
    is_exact: bool = True


def cell_name(at: At) -> str:
    """Return what a spreadsheet calls a cell: `C14`."""
    row, column = at
    letters, left = "", column + 1
    while left:
        left, letter = divmod(left - 1, _LETTERS)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{row + 1}"


def typed_in(raw: Raw, answer: Answer) -> str:
    """Return what a cell holds, as it would be typed into the program; amounts in thousands.

    Raises Refusal for what a spreadsheet made of it and nobody typed: a date, an error, a time of day.
    """
    if raw is None:
        return ""
    if isinstance(raw, str):
        text = clean(raw)
        if text.strip() in _ERRORS:
            raise Refusal(
                message("Formelen gir feilen {error}: skriv svaret i stedet for formelen.", error=text.strip())
            )
        return text if answer is Answer.TEXT else " ".join(text.split())
    if isinstance(raw, bool):
        return "SANN" if raw else "USANN"
    if isinstance(raw, int | float):
        return _number(raw)
    if isinstance(raw, date):
        day = raw.date() if isinstance(raw, datetime) else raw
        if answer is Answer.TEXT:
            return f"{day:%d.%m.%Y}"
        raise Refusal(_made_date(day, answer))
    raise Refusal(message("Regnearket har gjort svaret om til et klokkeslett: skriv det på nytt, som tekst."))


def clean(text: str) -> str:
    """Return a text with line ends of one kind, and without what no sheet shows."""
    lines = _ESCAPED.sub("", text).replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n").replace("\x0c", "\n")
    return _UNSEEN.sub("", lines).rstrip()


def folded(text: str) -> str:
    """Return a text as it is compared: programs swap spaces of one kind for another when they save."""
    return "\n".join(_SPACES.sub(" ", line).strip() for line in clean(text).split("\n")).strip()


def fingerprint(raw: Raw) -> str:
    """Return what is kept of something written on a form that is no answer, so that it is known again."""
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        said = f"{raw + 0.0:.4f}"
    else:
        said = folded(raw) if isinstance(raw, str) else str(raw)
    return hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()[:10]


def _number(number: float) -> str:
    """Write a number as it is typed: at most thousandths, which are whole kroner of an amount in thousands."""
    if not math.isfinite(number) or abs(number) >= _LARGEST:
        raise Refusal(message("Tallet er for stort: beløp skrives i 1000 kroner."))
    exact = Decimal(repr(number)).quantize(_THOUSANDTH, ROUND_HALF_UP).normalize()
    return f"{exact:f}".replace(".", ",")


def _made_date(day: date, answer: Answer) -> Message:
    if answer is Answer.COMPLETION:
        return message(
            "Regnearket har gjort svaret om til datoen {day}: skriv kvartalet med K, for eksempel 4K-2025.", day=day
        )
    return message("Regnearket har gjort svaret om til datoen {day}: skriv det på nytt, som tekst.", day=day)
