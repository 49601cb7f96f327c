"""Sentences that several parts of a report build alike: what grew or fell, and by how much.

Must not know what is counted.
"""

from __future__ import annotations

from collections.abc import Sequence

from tracker.messages import Message, message
from tracker.money import MILLION

_SHOWS_IN_MILLIONS = MILLION // 10


def listed(items: Sequence[Message]) -> Message:
    """Return items as a sentence lists them: `a, b og c`."""
    *first, last = items
    if not first:
        return last
    told = first[0]
    for item in first[1:]:
        told = message("{items}, {item}", items=told, item=item)
    return message("{items} og {item}", items=told, item=last)


def together(sentences: Sequence[Message]) -> Message | None:
    """Return sentences as one text, None when there are none."""
    told: Message | None = None
    for sentence in sentences:
        told = sentence if told is None else message("{first} {second}", first=told, second=sentence)
    return told


def sized(kroner: int) -> Message:
    """Return an amount in millions, or in kroner where millions would show nothing."""
    if kroner and abs(kroner) < _SHOWS_IN_MILLIONS:
        return message("{amount:kr}", amount=kroner)
    return message("{amount:mill}", amount=kroner)


def changed(kroner: int) -> Message:
    """Return how an amount moved, for a sentence that says which."""
    if kroner > 0:
        return message("økt med {amount}", amount=sized(kroner))
    return message("redusert med {amount}", amount=sized(-kroner)) if kroner else message("uendret")
