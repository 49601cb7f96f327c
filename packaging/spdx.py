"""Licence expressions as packages write them: `MIT OR (Apache-2.0 AND BSD-3-Clause)`, and which of them may be had.

Must not know which licences are allowed, nor what they are of.
"""

from __future__ import annotations

import re
from collections.abc import Collection

_WORDS = re.compile(r"\(|\)|[A-Za-z0-9.+-]+")
_NOT_NAMES = frozenset({"AND", "OR", "WITH", "(", ")"})


def chosen(expression: str, allowed: Collection[str]) -> list[str] | None:
    """Return the licences that an expression is had under, the first that are allowed; None where none are."""
    words = _WORDS.findall(expression)
    if "".join(words) != re.sub(r"\s", "", expression):
        return None
    try:
        found = _either(words, allowed)
    except (IndexError, ValueError):
        return None
    return None if words else found


def _either(words: list[str], allowed: Collection[str]) -> list[str] | None:
    """Read what stands between ORs; the words that were read are gone afterwards."""
    found = _all(words, allowed)
    while words[:1] == ["OR"]:
        words.pop(0)
        other = _all(words, allowed)
        found = other if found is None else found
    return found


def _all(words: list[str], allowed: Collection[str]) -> list[str] | None:
    found = _one(words, allowed)
    while words[:1] == ["AND"]:
        words.pop(0)
        other = _one(words, allowed)
        found = None if found is None or other is None else [*found, *(one for one in other if one not in found)]
    return found


def _one(words: list[str], allowed: Collection[str]) -> list[str] | None:
    name = words.pop(0)
    if name == "(":
        found = _either(words, allowed)
        if words.pop(0) != ")":
            raise ValueError
        return found
    if name in _NOT_NAMES:
        raise ValueError
    if words[:1] == ["WITH"]:
        name = f"{name} WITH {words[1]}"
        del words[:2]
    return [name] if name in allowed else None
