"""A statement as it was read: its columns and lines in kroner, with the signs that they were printed with.

Must not know which file it came from, nor judge a figure.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from tracker.messages import Message, message
from tracker.statement_check.known import Known

Amounts = tuple[int | None, ...]
"""An amount a column, None where the cell was empty."""


class ColumnOf(Enum):
    """What a column holds; of `OTHER` (a plan's later years) only the sums are tried."""

    PREVIOUS_ACTUAL = "previous_actual"
    ACTUAL = "actual"
    REVISED = "revised_budget"
    ORIGINAL = "original_budget"
    DEVIATION = "deviation"
    OTHER = "other"


_WORDS = {
    ColumnOf.PREVIOUS_ACTUAL: message("Regnskap året før"),
    ColumnOf.ACTUAL: message("Regnskap"),
    ColumnOf.REVISED: message("Revidert budsjett"),
    ColumnOf.ORIGINAL: message("Opprinnelig budsjett"),
    ColumnOf.DEVIATION: message("Avvik"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TableColumn:
    """A column: what it holds, and its heading as printed."""

    of: ColumnOf
    heading: str = ""
    year: int | None = None

    @property
    def title(self) -> Message:
        """What the column is called."""
        words = _WORDS.get(self.of)
        if words is None:
            return message("{heading}", heading=self.heading)
        return words if self.year is None else message("{column} {year:id}", column=words, year=self.year)


@dataclass(frozen=True, slots=True, kw_only=True)
class TableLine:
    """A line: its label as printed, where it stood in the file, and its amounts in kroner.

    `signs` are what each amount was multiplied by to stand as it does inside; none where they are as printed.
    """

    label: str
    place: int
    amounts: Amounts
    known: Known | None = None
    signs: tuple[int, ...] = ()

    def as_printed(self, at: int, amount: int) -> int:
        """Return an amount of a column with the sign that the statement prints it with."""
        return amount * self.signs[at] if self.signs else amount

    @property
    def is_named_sum(self) -> bool:
        """Whether its own words say that it is a sum."""
        return (self.known is not None and self.known.is_sum) or self.label.casefold().lstrip().startswith(
            ("sum", "total", "i alt")
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementTable:
    """One part of a statement; `unit` is what its figures were rounded to, in kroner."""

    paragraph: int
    unit: int
    columns: tuple[TableColumn, ...]
    lines: tuple[TableLine, ...]

    def column(self, of: ColumnOf) -> int | None:
        """Return the place of the first column that holds something, None where there is none."""
        return next((at for at, column in enumerate(self.columns) if column.of is of), None)

    def line(self, known: str) -> TableLine | None:
        """Return the first line of the regulation's that has an id."""
        return next((line for line in self.lines if line.known is not None and line.known.id == known), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadStatement:
    """What was read of a statement: its parts, whether the file said the unit, and lines that could not be read."""

    tables: tuple[StatementTable, ...]
    unit_is_said: bool
    unread: tuple[tuple[int, str], ...] = ()

    def part(self, paragraph: int) -> StatementTable | None:
        """Return the first or the second part, None where the file has none."""
        return next((table for table in self.tables if table.paragraph == paragraph), None)
