"""What a table is made of: columns, cells, the rows that it is given, and how they are arranged.

Must not know how a table is shown. A cell is made when it is first painted; whole columns of values come fast.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from tracker.search import Test, Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column: its key, heading, and what sorts it.

    `collated` sorts texts the Norwegian way; `order` makes another sort key of a value; `field` is what is filled in.
    """

    key: str
    title: str
    tip: str = ""
    is_number: bool = False
    collated: bool = False
    order: Callable[[Any], Any] | None = None
    field: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What is shown, its native value (None sorts last), what is copied, the full text, and what is said aloud."""

    text: str
    value: Any = None
    plain: str | None = None
    tip: str = ""
    spoken: str = ""
    mark: Any = None


class Rows(Protocol):
    """What a table shows. Whole columns of values come fast; cells are made one row at a time."""

    def __len__(self) -> int: ...

    def key(self, place: int) -> str:
        """Return the id of what a row shows."""

    def cells(self, place: int) -> tuple[Cell, ...]:
        """Make the cells of a row."""

    def values(self, column: str) -> Sequence[Any]:
        """Return a column's native values, in the order given."""

    def filtered(self, column: str) -> Sequence[Any]:
        """Return what a filter above a column looks at: amounts as they are, anything else as folded text."""

    def searched(self) -> Sequence[str]:
        """Return what a search looks in, folded, row by row."""

    def subtotal(self, title: str, places: Sequence[int]) -> tuple[Cell, ...]:
        """Make the cells of a group's line."""


ALL = Words(())


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrangement:
    """Which rows are shown, and in which order."""

    words: Words = ALL
    tests: Mapping[str, Test] = field(default_factory=dict)
    keys: frozenset[str] | None = None
    group: str = ""
    sorted_by: str = ""
    descending: bool = False


class NoRows:
    """Nothing to show."""

    def __len__(self) -> int:
        return 0

    def key(self, place: int) -> str:
        """Never asked."""
        raise IndexError(place)

    def cells(self, place: int) -> tuple[Cell, ...]:
        """Never asked."""
        raise IndexError(place)

    def values(self, column: str) -> Sequence[Any]:  # noqa: ARG002  whatever the column
        """Return nothing."""
        return ()

    def filtered(self, column: str) -> Sequence[Any]:  # noqa: ARG002  whatever the column
        """Return nothing."""
        return ()

    def searched(self) -> Sequence[str]:
        """Return nothing."""
        return ()

    def subtotal(self, title: str, places: Sequence[int]) -> tuple[Cell, ...]:
        """Never asked."""
        raise IndexError(title, places)
