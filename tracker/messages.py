"""Sentences for the user, unfinished: a source string and its values, put into words only at the edge.

Must not know any language but the source strings' own (bokmål), nor how figures are written.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Union

from tracker.periods import Period
from tracker.quarters import Completion

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


class Refusal(Exception):  # noqa: N818  a rule says no; it is an answer, not an error
    """A rule or an input says no: one sentence for the user, and what to do. Nothing was changed."""

    def __init__(self, reason: Message, *details: Message) -> None:
        super().__init__(reason.text)
        self.reason = reason
        self.details = details
