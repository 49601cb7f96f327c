"""How what is typed for a setting is read: amounts, shares, counts, days of the year, lists.

Must not know which setting it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from tracker.messages import Message, Refusal, message
from tracker.money import UnreadableAmountError, parse_kroner, write_number
from tracker.settings.choice import Read

MOST_KRONER = 1_000_000_000_000
MOST_LINES = 2_000
MOST_LETTERS = 200
_DAY = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.?")
_NO_LEAP_YEAR = 2023


def read_amount(typed: str) -> str:
    """Read an amount in kroner as its digits.

    Raises Refusal when it is none, or below zero.
    """
    try:
        kroner = parse_kroner(typed)
    except UnreadableAmountError:
        kroner = -1
    if not 0 <= kroner <= MOST_KRONER:
        raise Refusal(message("«{text}» er ikke et beløp: skriv for eksempel 500 000.", text=typed))
    return str(kroner)


def write_digits(kept: str) -> str:
    """Write digits with a space between thousands. Raises ValueError where it isn't digits."""
    if not kept.isdecimal():
        raise ValueError(kept)
    return write_number(int(kept))


def reads_number(least: int, most: int) -> Read:
    """Return what reads a whole number within bounds."""

    def read(typed: str) -> str:
        digits = typed.replace("%", "").strip()
        if not digits.isdecimal() or not least <= int(digits) <= most:
            raise Refusal(
                message(
                    "«{text}» kan ikke brukes: skriv et helt tall fra {least} til {most}.",
                    text=typed,
                    least=least,
                    most=most,
                )
            )
        return str(int(digits))

    return read


def read_day(typed: str) -> str:
    """Read a day of any year, `15.05.`; empty for none.

    Raises Refusal when no year has it, or only some do.
    """
    if not typed.strip():
        return ""
    found = _DAY.fullmatch(typed.strip())
    try:
        day = None if found is None else date(_NO_LEAP_YEAR, int(found[2]), int(found[1]))
    except ValueError:
        day = None
    if day is None:
        raise Refusal(message("«{text}» er ikke en dag i året: skriv for eksempel 15.05.", text=typed))
    return f"{day:%d.%m}."


def read_lines(typed: str) -> str:
    """Read a list with a line each, without doubled ones.

    Raises Refusal when it is too long.
    """
    lines = list(dict.fromkeys(line for one in typed.splitlines() if (line := " ".join(one.split()))))
    if len(lines) > MOST_LINES or any(len(line) > MOST_LETTERS for line in lines):
        raise Refusal(
            message(
                "Listen er for lang: den kan ha {lines} linjer på høyst {letters} tegn.",
                lines=MOST_LINES,
                letters=MOST_LETTERS,
            )
        )
    return "\n".join(lines)


def read_heading(typed: str) -> str:
    """Read the heading of a column.

    Raises Refusal when it is longer than a heading is.
    """
    heading = " ".join(typed.split())
    if len(heading) > MOST_LETTERS:
        raise Refusal(message("Overskriften kan være på høyst {letters} tegn.", letters=MOST_LETTERS))
    return heading


def reads_option(options: tuple[tuple[str, Message], ...]) -> Callable[[str], str]:
    """Return what reads one of some values."""
    known = [value for value, _ in options]

    def read(typed: str) -> str:
        if typed not in known:
            raise Refusal(message("«{text}» kan ikke velges: velg blant {known}.", text=typed, known=_among(known)))
        return typed

    return read


def reads_options(options: tuple[tuple[str, Message], ...]) -> Callable[[str], str]:
    """Return what reads some of some values, a line each."""
    one = reads_option(options)
    return lambda typed: "\n".join(map(one, read_lines(typed).splitlines()))


def _among(known: list[str]) -> str:
    return ", ".join(one for one in known if one)
