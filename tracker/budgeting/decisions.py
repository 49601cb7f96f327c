"""Decisions as people write them: `KS-sak 109/23`, `14.06.2023`.

Must not know what was decided.
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date

from tracker.messages import Refusal, message
from tracker.model import Decision

_CASE = re.compile(r"(?P<body>\S(?:.*\S)?)\s+(?P<number>[0-9]+(?:\.[0-9]+)*/[0-9]{2}(?:[0-9]{2})?)")
_BODY_WITH_CASE = re.compile(r"(?P<body>.*\S)[ -]sak|(?P<initials>[a-zæøå]{1,4})sak", re.IGNORECASE)
_LONGEST_INITIALS = 4
_DAY = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})")


def read_case(text: str) -> tuple[str, str]:
    """Read a body and its case number, the body's initials in capitals: `ks-sak 109/23` is `KS` and `109/23`.

    Raises Refusal when there is no body, or no number with its year.
    """
    found = _CASE.fullmatch(" ".join(text.split()))
    if found is None:
        raise Refusal(
            message("«{text}» er ikke et vedtak: skriv organ og saksnummer, for eksempel KS-sak 109/23.", text=text)
        )
    return _body(found["body"]), found["number"]


def read_day(text: str) -> date:
    """Read a day, `14.06.2023`.

    Raises Refusal when it isn't one.
    """
    if not text.strip():
        raise Refusal(message("Datoen mangler: skriv for eksempel 14.06.2023."))
    found = _DAY.fullmatch(text.strip())
    if found is not None:
        with suppress(ValueError):
            return date(int(found[3]), int(found[2]), int(found[1]))
    raise Refusal(message("«{text}» er ikke en dato: skriv for eksempel 14.06.2023.", text=text))


def read_decision(case: str, day: str) -> Decision | None:
    """Read a decision; None where neither its case nor its day was written.

    Raises Refusal when one of them lacks or can't be read.
    """
    if not case.strip() and not day.strip():
        return None
    if not case.strip():
        raise Refusal(message("Vedtaket mangler saken: skriv organ og saksnummer, for eksempel KS-sak 109/23."))
    if not day.strip():
        raise Refusal(message("Vedtaket mangler datoen: skriv når det ble gjort, for eksempel 14.06.2023."))
    body, number = read_case(case)
    return Decision(body=body, number=number, on=read_day(day))


def write_case(decision: Decision) -> str:
    """Write who decided, and in which case: `KS-sak 109/23`, `Kommunestyret 109/23`."""
    return f"{decision.body}{'-sak' if _is_initials(decision.body) else ''} {decision.number}"


def write_day(day: date) -> str:
    """Write a day: `14.06.2023`."""
    return f"{day:%d.%m.%Y}"


def is_same_case(one: Decision, other: Decision) -> bool:
    """Whether two decisions are the same case on the same day, however its year was written."""
    return (_body(one.body), _short(one.number), one.on) == (_body(other.body), _short(other.number), other.on)


def _body(text: str) -> str:
    named = _BODY_WITH_CASE.fullmatch(text)
    bare = (named["body"] or named["initials"]) if named else text
    return bare.upper() if _is_initials(bare.upper()) else bare


def _is_initials(body: str) -> bool:
    return body.isalpha() and body.isupper() and len(body) <= _LONGEST_INITIALS


def _short(number: str) -> str:
    case, year = number.rsplit("/", 1) if "/" in number else (number, "")
    return f"{case}/{year[-2:]}"
