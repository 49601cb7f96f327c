"""Sentences for the user, unfinished: a source string and its values, put into words only at the edge.

Must not know any language but the source strings' own (bokmål), nor how figures are written.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from math import isfinite
from string import Formatter
from types import MappingProxyType
from typing import Union

from tracker.periods import Period
from tracker.quarters import Completion

_OF_KRONER = frozenset({"kr", "tkr", "mill"})
_OF_SHARE = "pct"

Value = Union[str, int, float, date, Period, Completion, "Message", None]
"""What can go in a message; a message in a message is said in the same language."""


@dataclass(frozen=True, slots=True)
class Message:
    """A source string with named places, and what goes in them.

    A place says how its value is written: `{deviation:kr}` kroner, `{deviation:tkr}` kroner rounded to
    whole thousands, `{deviation:mill}` millions with one decimal, `{share:pct}` a percentage,
    `{number:id}` digits that are no amount, `{count:linje|linjer}` a word for one or for several, and `{n}` as the
    kind of value is usually written.
    """

    text: str
    values: Mapping[str, Value] = field(default_factory=lambda: MappingProxyType({}))


def message(text: str, /, **values: Value) -> Message:
    """Make a message; the form in which the code writes all of them, so that they can be gathered."""
    return Message(text, MappingProxyType(values))


def source(text: str) -> str:
    """Mark a source string that becomes a message later, so that it is gathered for translation."""
    return text


def fitting(told: Message) -> Message:
    """Return a message that was read from somebody's file, as its text alone where the text and its values don't fit.

    So no text from outside can ask for what isn't among its values, or for a value written as what it isn't.
    """
    try:
        places = [place for place in Formatter().parse(told.text) if place[1] is not None]
    except ValueError:
        places = [("", None, "", None)]
    is_fit = all(_fits(told, name, form or "", conversion) for _, name, form, conversion in places)
    return told if is_fit else message("{text}", text=told.text)


def _fits(told: Message, name: str | None, form: str, conversion: str | None) -> bool:
    if name is None or not name.isidentifier() or name not in told.values or conversion is not None or "{" in form:
        return False
    value = told.values[name]
    if form in _OF_KRONER:
        return value is None or isinstance(value, int)
    if form == _OF_SHARE:
        return value is None or (isinstance(value, int | float) and isfinite(value))
    return form in {"", "id"} or form.count("|") == 1


class Refusal(Exception):  # noqa: N818  a rule says no; it is an answer, not an error
    """A rule or an input says no: one sentence for the user, and what to do. Nothing was changed."""

    def __init__(self, reason: Message, *details: Message) -> None:
        super().__init__(reason.text)
        self.reason = reason
        self.details = details
