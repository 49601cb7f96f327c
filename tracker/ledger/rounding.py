"""Exact sums in øre as whole kroner, so that what is rounded adds up to what was exact.

Must not know a line. Amounts come in øre and leave in kroner.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

ORE = 100


def in_kroner(ores: int) -> int:
    """Round øre to whole kroner, half a krone away from zero."""
    rounded = (abs(ores) + ORE // 2) // ORE
    return rounded if ores >= 0 else -rounded


def rounded_in_order(ores: Iterable[int]) -> Iterator[int]:
    """Round amounts so that they add up, from the first to any of them, to the exact sum rounded.

    Each is what the rounded running sum grows by, so none is more than a krone from its own rounding.
    """
    exact = rounded = 0
    for amount in ores:
        exact += amount
        yield in_kroner(exact) - rounded
        rounded = in_kroner(exact)
