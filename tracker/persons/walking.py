"""Every text of a record, of what was reported and of a sentence, each handed to what may put another in its place.

Must not know which tables records live in, nor what is looked for.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from tracker.model import (
    Contract,
    Milestone,
    PrintedFigures,
    Project,
    Record,
    Risk,
    SpendingPlan,
    Status,
)
from tracker.persons.fields import LABEL, QUOTED, Held, Holds, held_in
from tracker.plain import Plain, canonical

Rewrite = Callable[[str, Held, str], str]
"""Answers with what is to stand in a field: its path (`details.status.text`), what it holds, what stands there."""

REPORTED: Mapping[str, type[Record]] = {
    "project": Project,
    "status": Status,
    "printed": PrintedFigures,
    "milestones": Milestone,
    "risks": Risk,
    "contracts": Contract,
    "plan": SpendingPlan,
}
"""Which records stand in what was reported of a project (`tracker.reported.Details`), one or several of each."""


def rewritten(kind: type[Record], values: Mapping[str, Plain], rewrite: Rewrite, *, at: str = "") -> dict[str, Plain]:
    """Return a record's plain values with every text as `rewrite` wants it."""
    return {column: _value(held_in(kind, column), f"{at}{column}", value, rewrite) for column, value in values.items()}


def rewritten_message(values: Mapping[str, Any], rewrite: Rewrite, *, at: str, held: Held = LABEL) -> dict[str, Any]:
    """Return a plain message with every value of it as `rewrite` wants it; the program's own words stay."""
    found = {
        name: rewritten_message(value, rewrite, at=f"{at}.{name}", held=held)
        if isinstance(value, dict)
        else rewrite(f"{at}.{name}", held, value)
        if isinstance(value, str)
        else value
        for name, value in values["values"].items()
    }
    return {**values, "values": found}


def _value(held: Held, at: str, value: Plain, rewrite: Rewrite) -> Plain:
    if not isinstance(value, str) or held.holds is Holds.NEITHER:
        return value
    if held.holds is Holds.FROZEN:
        return canonical(_details(json.loads(value), rewrite, at=at))
    return rewrite(at, held, value)


def _details(details: Mapping[str, Any], rewrite: Rewrite, *, at: str) -> dict[str, Any]:
    found = dict(details)
    for part, kind in REPORTED.items():
        held = details.get(part)
        if isinstance(held, dict):
            found[part] = rewritten(kind, held, rewrite, at=f"{at}.{part}.")
        elif isinstance(held, list):
            found[part] = [rewritten(kind, one, rewrite, at=f"{at}.{part}.") for one in held]
    before, after = ((one.get("status") or {}).get("text", "") for one in (details, found))
    if "flags" in details:
        flags = [(flag, _flag(flag, rewrite, at=f"{at}.flags")) for flag in details["flags"]]
        found["flags"] = [{**made, **_place(flag, made, before, after)} for flag, made in flags]
    return found


def _flag(flag: Mapping[str, Any], rewrite: Rewrite, *, at: str) -> dict[str, Any]:
    figures = {
        name: rewrite(f"{at}.{name}", QUOTED, value) if isinstance(value, str) else value
        for name, value in flag["figures"].items()
    }
    found = {**flag, "message": rewritten_message(flag["message"], rewrite, at=at, held=QUOTED), "figures": figures}
    if isinstance(flag.get("quote"), str):
        found["quote"] = rewrite(f"{at}.quote", QUOTED, flag["quote"])
    return found


def _place(old: Mapping[str, Any], new: Mapping[str, Any], before: str, after: str) -> dict[str, int]:
    """Return where a flag's words stand in the text as it became: as many times before them as there were."""
    start, end, words = (old.get(name) for name in ("start", "end", "quote"))
    if before == after or not words or before[start:end] != words:
        return {}
    place = -1
    for _ in range(before.count(words, 0, start) + 1):
        place = after.find(new["quote"], place + 1)
    return {} if place < 0 else {"start": place, "end": place + len(new["quote"])}
