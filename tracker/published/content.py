"""The published status table as values: what a reader hands over, before it becomes records.

Must not know which file it came from. Amounts are in the table's thousands, as printed.
"""

from __future__ import annotations

from dataclasses import dataclass

Cells = tuple[int | None, int | None, str, int, int, int]
"""Total budget, total spent, estimated completion as printed, revised budget, actual, deviation."""

COLUMNS = ("total_budget", "total_spent", "completion", "revised_budget", "actual", "deviation")


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedRow:
    """One row: name, six cells in thousands (None where `-` is printed), and the comment."""

    name: str
    total_budget: int | None
    total_spent: int | None
    completion: str
    revised_budget: int
    actual: int
    deviation: int
    comment: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedTable:
    """The whole table: its project rows, the line of other projects, the sum, and what could not be placed."""

    rows: tuple[PublishedRow, ...]
    other: PublishedRow | None
    total: PublishedRow
    leftovers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedStatementLine:
    """One line of § 5-5 as printed, in thousands with the statement's own signs; `paragraph` is 1 or 2."""

    paragraph: int
    label: str
    previous_actual: int
    actual: int
    revised_budget: int
    original_budget: int
    deviation: int
    is_sum: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedStatement:
    """Both parts of the appropriation statement § 5-5, and the lines of the chapter that are no figures.

    `year` is the one that its columns say, None where they say none.
    """

    lines: tuple[PublishedStatementLine, ...]
    year: int | None = None
    leftovers: tuple[str, ...] = ()
