"""Amounts as people write them, read exactly or refused; whole kroner and thousands.

Must not know where an amount stood: who asks knows the file, the row and the column.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from enum import Enum

THOUSAND = 1_000
MILLION = 1_000_000

_SPACES = dict.fromkeys(map(ord, " \t\u00a0\u2007\u2009\u202f"), " ")
_MINUS = dict.fromkeys(map(ord, "\u2212\u2012\u2013\u2014"), "-")
_IN_THOUSANDS = re.compile(
    r"\b(?:i|hele|kr|kroner|nok|beløp)[ .:]*1[ .]?000(?!(?: ?[-–]|[ .]?)[0-9])"
    r"|(?<![-–.0-9])1[ .]?000 ?(?:kr|kroner|nok)\b|\(1[ .]?000\)|\bt(?:kr|nok)\b|\btusen\b",
    re.IGNORECASE,
)
_IN_MILLIONS = re.compile(
    r"(?:\b(?:i|hele|beløp)|\() ?(?:mill\b|million)|\bmill\.? ?(?:kr|nok)|\bmnok\b|\bmkr\b", re.IGNORECASE
)
_UNIT = {
    "": 1,
    "kr": 1,
    "kroner": 1,
    "nok": 1,
    "tkr": THOUSAND,
    "t": THOUSAND,
    "tusen": THOUSAND,
    "tusen kroner": THOUSAND,
    "tnok": THOUSAND,
    "mill": MILLION,
    "mill kr": MILLION,
    "mill kroner": MILLION,
    "million": MILLION,
    "millioner": MILLION,
    "millioner kroner": MILLION,
    "mnok": MILLION,
    "mkr": MILLION,
    "mrd": 1000 * MILLION,
    "mrd kr": 1000 * MILLION,
    "mrd kroner": 1000 * MILLION,
    "milliard": 1000 * MILLION,
    "milliarder": 1000 * MILLION,
    "milliarder kroner": 1000 * MILLION,
}
_SHAPE = re.compile(
    r"(?P<before>[a-z.]+(?: [a-z.]+)?)? ?(?P<number>[0-9][0-9 .,']*?)(?P<dash>,-|\.-)? ?(?P<unit>[a-z.]+(?: [a-z.]+)?)?"
)
_SPACED = re.compile(r"[0-9]{1,3}(?: [0-9]{3})+|[0-9]+")
_MAX_DIGITS = 15


class Unit(Enum):
    """What a bare number counts in its source; the value is kroner for each one."""

    KRONER = 1
    THOUSANDS = THOUSAND
    MILLIONS = MILLION


class UnreadableAmountError(ValueError):
    """The text is no amount, or could be read as more than one; `readings` are the amounts it could be."""

    def __init__(self, *readings: Decimal) -> None:
        super().__init__(*readings)
        self.readings = readings


def unit_said(text: str) -> Unit:
    """Return the unit that titles and headings say amounts are in; `ansvar 1000-9999` says nothing, and is kroner."""
    plain = text.translate(_SPACES)
    if _IN_MILLIONS.search(plain) is not None:
        return Unit.MILLIONS
    return Unit.KRONER if _IN_THOUSANDS.search(plain) is None else Unit.THOUSANDS


def parse_amount(text: str, *, unit: Unit = Unit.KRONER) -> Decimal:
    """Read an amount written by a person or a ledger, exactly, in kroner.

    A unit in the text (`12,3 mill`, `345 tkr`, `kr 10`) wins over `unit`, which is what a bare number counts.
    Raises UnreadableAmountError when it is no amount or is ambiguous (`1,234` may be one or a thousand).
    """
    sign, bare = _split_sign(" ".join(text.translate(_SPACES).translate(_MINUS).casefold().split()))
    found = _SHAPE.fullmatch(bare)
    if found is None:
        raise UnreadableAmountError
    named = _named_unit(found["before"], found["unit"])
    factor = unit.value if named is None else named
    try:
        number = _parse_number(found["number"].strip(), decimals_are_money=factor == 1)
    except UnreadableAmountError as refused:
        raise UnreadableAmountError(*(sign * reading * factor for reading in refused.readings)) from None
    return sign * number * factor


def parse_kroner(text: str, *, unit: Unit = Unit.KRONER) -> int:
    """Read an amount in whole kroner, half a krone rounded away from zero.

    Raises UnreadableAmountError as `parse_amount` does.
    """
    return whole_kroner(parse_amount(text, unit=unit))


def whole_kroner(amount: Decimal) -> int:
    """Round to whole kroner, half a krone away from zero."""
    return int(amount.quantize(Decimal(1), ROUND_HALF_UP))


def in_thousands(kroner: int) -> int:
    """Round kroner to whole thousands as the reports do: half a thousand away from zero."""
    rounded = (abs(kroner) + THOUSAND // 2) // THOUSAND
    return rounded if kroner >= 0 else -rounded


def write_number(number: int) -> str:
    """Write an integer the Norwegian way: groups of three with a no-break space, minus sign in front."""
    grouped = f"{abs(number):,}".replace(",", "\u00a0")
    return f"\u2212{grouped}" if number < 0 else grouped


def _split_sign(text: str) -> tuple[int, str]:
    if text.startswith("(") and text.endswith(")"):
        return -1, text[1:-1].strip()
    for currency in ("", "kr ", "kr. ", "nok "):
        if text.startswith(currency + "-"):
            return -1, currency + text[len(currency) + 1 :].strip()
    if text.startswith("+"):
        return 1, text[1:].strip()
    # `345.000,-` ends in a dash that means no øre; `12-` is a ledger's negative.
    if text.endswith("-") and not text.endswith((",-", ".-")):
        return -1, text[:-1].strip()
    return 1, text


def _named_unit(before: str | None, after: str | None) -> int | None:
    words = [word.replace(".", "").strip() for word in (before, after) if word]
    factors = [_UNIT[word] for word in words if word in _UNIT]
    if len(factors) != len(words) or (before is not None and words[0] not in {"kr", "nok", "tkr", "mnok", "tnok"}):
        raise UnreadableAmountError
    return max(factors) if factors else None


def _parse_number(number: str, *, decimals_are_money: bool) -> Decimal:
    number = number.replace("'", " ")
    if sum(map(str.isdigit, number)) > _MAX_DIGITS:
        raise UnreadableAmountError
    marks = [mark for mark in number if mark in ".,"]
    if not marks:
        return _parse_whole(number)
    if len(set(marks)) > 1:
        return _parse_both_marks(number, marks)
    if len(marks) > 1:
        return _parse_groups(number, marks[0])
    whole, decimals = number.split(marks[0])
    if not decimals.isdigit():
        raise UnreadableAmountError
    as_decimal = _parse_whole(whole) + _fraction(decimals)
    if len(decimals) != 3 or whole.strip() == "0" or len(whole) > 3 or " " in whole:  # noqa: PLR2004
        return as_decimal
    as_group = _parse_whole(whole + decimals)
    # Money has at most two decimals, so a point before three digits groups them, in Norwegian too;
    # a comma is a decimal here and a group in an English export: nobody can know.
    if marks[0] == "." and decimals_are_money:
        return as_group
    if marks[0] == "," and not decimals_are_money:
        return as_decimal
    raise UnreadableAmountError(as_decimal, as_group)


def _parse_both_marks(number: str, marks: list[str]) -> Decimal:
    """Read `1.234,50` and `1,234.50`: the mark that comes last, once, is the decimal one."""
    decimal_mark = marks[-1]
    if marks.count(decimal_mark) > 1:
        raise UnreadableAmountError
    whole, decimals = number.split(decimal_mark)
    if not decimals.isdigit():
        raise UnreadableAmountError
    return _parse_groups(whole, marks[0]) + _fraction(decimals)


def _parse_groups(number: str, mark: str) -> Decimal:
    first, *rest = number.split(mark)
    if not first.isdigit() or len(first) > 3 or any(len(group) != 3 or not group.isdigit() for group in rest):  # noqa: PLR2004
        raise UnreadableAmountError
    return Decimal(first + "".join(rest))


def _parse_whole(number: str) -> Decimal:
    if _SPACED.fullmatch(number.strip()) is None:
        raise UnreadableAmountError
    return Decimal(number.replace(" ", ""))


def _fraction(decimals: str) -> Decimal:
    return Decimal(int(decimals)).scaleb(-len(decimals))
