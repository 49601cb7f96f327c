"""Columns of cells as exact values, many at a time: amounts in øre, and months.

What a column says is nearly always written in one way, so a whole stretch is tried at once and only what doesn't fit
is looked at cell by cell. Must not know which column it is, nor add anything up.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from math import isfinite

from tracker.ledger.mapping import Cell
from tracker.money import Unit, UnreadableAmountError, parse_amount

ORE = 100
_SPACES = "\u00a0\u2007\u2009\u202f "
_DELETED = str.maketrans("", "", _SPACES + ",.")
# Each fits a whole stretch of lines or nothing; empty lines are zero. What has fitted is never looked at again.
_GROUPED = rf"-?[0-9]{{1,3}}+(?:(?:[{_SPACES}][0-9]{{3}}){{1,3}}+|[0-9]{{0,9}}+)"
_COMMA = re.compile(rf"(?:(?:{_GROUPED},[0-9]{{2}})?+\n)*+")
_POINT = re.compile(r"(?:(?:-?[0-9]{1,12}+\.[0-9]{2})?+\n)*+")
_WHOLE = re.compile(rf"(?:(?:{_GROUPED})?+\n)*+")
_TOO_MUCH = 10**14
"""In øre: no line is a thousand milliards, and a million lines of less can be added up in eight bytes."""
# Three decimals are no money: `123.500` beside it may be the same, or a hundred and twenty-three thousand.
_LONG_DECIMALS = re.compile(r"-?[0-9]{4,}\.[0-9]{3}")

_PERIOD = re.compile(r"(?P<year>[12][0-9]{3})[-./ ]?(?P<month>[0-9]{1,2})")
_MONTH_FIRST = re.compile(r"(?P<month>[0-9]{1,2})[-./ ](?P<year>[12][0-9]{3})")
_NAMED = re.compile(r"(?P<name>[^\W\d_]+)\.?[ -]?(?P<year>[12][0-9]{3})")
_YEAR = r"(?P<year>[12][0-9]{3})"
_REST = r"(?:[ T].*)?"
_DAYS = (
    re.compile(rf"{_YEAR}-(?P<month>[0-9]{{1,2}})-(?P<day>[0-9]{{1,2}}){_REST}"),
    re.compile(rf"{_YEAR}(?P<month>[0-9]{{2}})(?P<day>[0-9]{{2}})"),
    re.compile(rf"(?P<day>[0-9]{{1,2}})[./-](?P<month>[0-9]{{1,2}})[./-]{_YEAR}{_REST}"),
    # Two digits for the year only between points: between strokes they may as well be the day.
    re.compile(rf"(?P<day>[0-9]{{1,2}})\.(?P<month>[0-9]{{1,2}})\.(?P<year>[0-9]{{2}}){_REST}"),
)
_CENTURY = 2000
_MONTHS = (
    ("januar", "january"),
    ("februar", "february"),
    ("mars", "march"),
    ("april",),
    ("mai", "may"),
    ("juni", "june"),
    ("juli", "july"),
    ("august",),
    ("september",),
    ("oktober", "october"),
    ("november",),
    ("desember", "december"),
)
_SHORTEST_NAME = 3
_LAST_MONTH = 12
_CLOSING_PERIODS = range(13, 17)
"""Periods 13 to 16 are those that a year is closed in: December's."""


def amounts_of(cells: Sequence[Cell], unit: Unit) -> tuple[list[int], list[int]]:
    """Return amounts in øre, and the places of the cells that are no amount (0 stands there)."""
    if not cells:
        return [], []
    fast = _fast_amounts(cells, unit.value)
    if fast is not None:
        return fast, []
    bad: list[int] = []
    amounts: list[int] = []
    for place, cell in enumerate(cells):
        try:
            amounts.append(amount_of(cell, unit))
        except (UnreadableAmountError, TypeError):
            amounts.append(0)
            bad.append(place)
    return amounts, bad


def amount_of(cell: Cell, unit: Unit) -> int:
    """Return one amount in øre; nothing is zero.

    Raises UnreadableAmountError or TypeError when it is no amount.
    """
    if cell is None:
        return 0
    if isinstance(cell, bool | date) or (isinstance(cell, float) and not isfinite(cell)):
        raise TypeError(cell)
    if not isinstance(cell, str):
        ore = _in_ore(Decimal(repr(cell)) * unit.value)
    elif not cell.strip() or cell.strip() == "-":
        ore = 0
    else:
        if _LONG_DECIMALS.fullmatch(cell.strip()):
            raise UnreadableAmountError
        ore = _in_ore(parse_amount(cell, unit=unit))
    if not abs(ore) < _TOO_MUCH:
        raise TypeError(cell)
    return ore


def month_of(cell: Cell) -> tuple[int, int] | None:
    """Return the year and month of a period or a date, None where it is neither."""
    if isinstance(cell, date):
        return cell.year, cell.month
    text = _as_text(cell)
    for shape in _DAYS:
        found = shape.fullmatch(text)
        if found is not None:
            return _month_of_day(int(found["year"]), int(found["month"]), int(found["day"]))
    for shape in (_PERIOD, _MONTH_FIRST):
        found = shape.fullmatch(text)
        if found is not None:
            return _month_in_year(int(found["year"]), int(found["month"]))
    found = _NAMED.fullmatch(text.casefold())
    month = None if found is None else _named_month(found["name"])
    return None if found is None or month is None else (int(found["year"]), month)


def month_alone(cell: Cell) -> int | None:
    """Return the month of a cell that holds only that, as a number or a word; None where it holds something else."""
    text = _as_text(cell).casefold()
    if text.isdecimal():
        found = _month_in_year(0, int(text))
        return None if found is None else found[1]
    return _named_month(text.removesuffix("."))


def year_alone(cell: Cell) -> int | None:
    """Return the year of a cell that holds only that."""
    text = _as_text(cell)
    return int(text) if re.fullmatch(r"[12][0-9]{3}", text) else None


def code_of(cell: Cell) -> str:
    """Return a code or an account as text: 41042.0 is 41042, and space around it is nothing."""
    return " ".join(_as_text(cell).split())


def _fast_amounts(cells: Sequence[Cell], unit: int) -> list[int] | None:
    kinds = set(map(type, cells))
    amounts: list[int] | None = None
    if kinds <= {str}:
        amounts = _fast_texts(cells, unit)  # type: ignore[arg-type]  # they all are
        if unit == 1:
            return amounts
    elif kinds <= {int}:
        amounts = [amount * ORE * unit for amount in cells]  # type: ignore[operator, misc]
    elif kinds <= {float, int}:
        # An øre is told apart in a double up to ninety million millions, and a share of one is no amount.
        scaled = [float(amount) * ORE * unit for amount in cells]  # type: ignore[arg-type]
        amounts = list(map(round, scaled)) if all(-_TOO_MUCH < amount < _TOO_MUCH for amount in scaled) else None
    return amounts if amounts is None or max(map(abs, amounts)) < _TOO_MUCH else None


def _fast_texts(cells: Sequence[str], unit: int) -> list[int] | None:
    joined = "\n".join(cells) + "\n"
    for shape, factor in ((_COMMA, 1), (_WHOLE, ORE), (_POINT, 1)):
        if shape.fullmatch(joined):
            texts = joined.translate(_DELETED).split("\n")
            del texts[-1]
            if len(texts) != len(cells):
                # A cell with a line break in it is nobody's amount, and is told of cell by cell.
                return None
            times = factor * unit
            amounts = list(map(int, texts)) if all(texts) else [int(text) if text else 0 for text in texts]
            return amounts if times == 1 else [amount * times for amount in amounts]
    return None


def _in_ore(kroner: Decimal) -> int:
    return int((kroner * ORE).to_integral_value())


def _month_of_day(year: int, month: int, day: int) -> tuple[int, int] | None:
    """Return the month of a day that is in the calendar: a thirteenth month is an American's day."""
    try:
        found = date(year if year > 99 else _CENTURY + year, month, day)  # noqa: PLR2004
    except ValueError:
        return None
    return found.year, found.month


def _named_month(text: str) -> int | None:
    """Return the month of its name, or of three letters or more of it."""
    if len(text) < _SHORTEST_NAME:
        return None
    named = (at for at, names in enumerate(_MONTHS, start=1) if any(name.startswith(text) for name in names))
    return next(named, None)


def _month_in_year(year: int, month: int) -> tuple[int, int] | None:
    if month in _CLOSING_PERIODS:
        return year, _LAST_MONTH
    return (year, month) if 1 <= month <= _LAST_MONTH else None


def _as_text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return f"{cell:.0f}"
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return str(cell).strip()
