"""What a municipality has settled as plain values for a file, and what a file's values would change.

Must not know a file. The format is described in `docs/formats.md`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tracker.edits import NOTHING, Change, Edit, apply
from tracker.ledger.mapping import PROFILE
from tracker.messages import Message, Refusal, message
from tracker.model import Portfolio
from tracker.settings.catalogue import choice_named, choices_of
from tracker.settings.choice import Choice, Shape

FORMAT, VERSION = "tertial-settings", 1
MOST_LETTERS = 2_000_000
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
"""What no text that somebody typed has: control characters, and halves of letters."""
_LISTS = {Shape.LINES, Shape.SOME}
_NUMBERS = {Shape.KRONER, Shape.NUMBER}


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingChange:
    """One thing that a file settles otherwise than the portfolio does; the values are as they are said."""

    choice: Choice
    before: Message
    after: Message


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsPlan:
    """What a file's settings would change, and the edit that does it."""

    changes: tuple[SettingChange, ...]
    edit: Edit


def plain_settings(portfolio: Portfolio) -> dict[str, object]:
    """Return everything that can be settled as plain values; None is the usual."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "municipality": portfolio.municipality,
        "settings": {choice.key: _plain(choice, portfolio) for choice in choices_of(portfolio)},
    }


def read_plain(text: str) -> Mapping[str, object]:
    """Read the settings in a file's text, by their keys.

    Raises Refusal when it is no such file, is damaged, or was made by a newer program.
    """
    if len(text) > MOST_LETTERS:
        raise _damaged()
    try:
        held: Any = json.loads(text)
    except (ValueError, RecursionError):
        raise _damaged() from None
    if not isinstance(held, dict) or held.get("format") != FORMAT:
        raise Refusal(message("Filen har ikke innstillinger fra Tertial: velg en annen."))
    version = held.get("version")
    if isinstance(version, int) and version > VERSION:
        raise Refusal(message("Innstillingene er laget med en nyere Tertial: oppdater programmet først."))
    settings = held.get("settings")
    if version != VERSION or not isinstance(settings, dict) or any(map(_UNWRITABLE.search, _texts(settings))):
        raise _damaged()
    return settings


def plan_settings(portfolio: Portfolio, plain: Mapping[str, object]) -> SettingsPlan:
    """Plan what a file's settings change: what it names is settled, what it doesn't name stays.

    Raises Refusal with a detail for each that can't be used; then none of them is.
    """
    now, changed, refused = portfolio, [], []
    for key, value in plain.items():
        try:
            choice = choice_named(key)
            before = choice.value(now)
            edit = _edit(choice, now, value)
        except Refusal as refusal:
            refused.append(message("{key}: {reason}", key=key, reason=refusal.reason))
            continue
        if edit.changes:
            now = apply(now, edit)
            after = choice.value(now)
            changed.append(SettingChange(choice=choice, before=choice.say_value(before), after=choice.say_value(after)))
    if refused:
        raise Refusal(
            message(
                "{count} {count:innstilling|innstillinger} i filen kan ikke brukes, så ingenting ble endret.",
                count=len(refused),
            ),
            *refused,
        )
    return SettingsPlan(changes=tuple(changed), edit=_between(portfolio, now))


def _plain(choice: Choice, portfolio: Portfolio) -> object:
    value = choice.value(portfolio)
    if choice.is_usual(portfolio) or not value:
        return None
    if choice.shape in _LISTS:
        return value.split("\n")
    if choice.shape in _NUMBERS:
        digits = "".join(filter(str.isdecimal, value))
        return int(digits) if digits else value
    if choice.key.startswith(PROFILE):
        try:
            held: object = json.loads(value)
        except (ValueError, RecursionError):
            return value
        return held
    return value


def _edit(choice: Choice, portfolio: Portfolio, value: object) -> Edit:
    if value is None:
        return choice.put_back(portfolio)
    return choice.settle(portfolio, _typed(choice, value))


def _typed(choice: Choice, value: object) -> str:
    """Return a plain value as it would be typed.

    Raises Refusal when it is of another kind.
    """
    if choice.shape in _LISTS and isinstance(value, list) and all(isinstance(one, str) for one in value):
        return "\n".join(value)
    if choice.shape in _NUMBERS and isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if choice.key.startswith(PROFILE) and isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False, sort_keys=True)
    if choice.shape not in _LISTS | _NUMBERS and isinstance(value, str) and not choice.key.startswith(PROFILE):
        return value
    raise Refusal(message("Verdien er av feil slag."))


def _between(before: Portfolio, after: Portfolio) -> Edit:
    """Return the one edit that makes one portfolio's settings another's."""
    keys = dict.fromkeys((*before.settings, *after.settings))
    pairs = ((before.settings.get(key), after.settings.get(key)) for key in keys)
    changes = tuple(Change(one, other) for one, other in pairs if one != other)
    return Edit(message("Innstillinger fra fil"), changes) if changes else NOTHING


def _texts(value: object) -> Iterator[str]:
    """Yield every text among plain values."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from (key, *_texts(one))


def _damaged() -> Refusal:
    return Refusal(message("Filen med innstillinger er skadet: eksporter den på nytt, eller velg en annen."))
