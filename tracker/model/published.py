"""What a publication printed, kept to be tied out, and the line of other projects. Amounts are whole kroner.

Must not be used as data of a project.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tracker.kinds import PrintedOf
from tracker.model.ids import ProjectId, RecordId
from tracker.periods import Period


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherProjects:
    """The line «Sum øvrige prosjekter» of a period: in every sum, on no list."""

    id: RecordId
    period: Period
    name: str
    total_budget: int
    total_spent: int
    revised_budget: int
    actual: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedFigures:
    """Figures as a publication printed them (in kroner, rounded to its thousands): to be tied out, never data."""

    id: RecordId
    period: Period
    of: PrintedOf
    project: ProjectId | None = None
    name: str
    total_budget: int | None
    total_spent: int | None
    revised_budget: int
    actual: int
    deviation: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementLine:
    """One line of the appropriation statement § 5-5 as printed, in kroner with the statement's own signs.

    `paragraph` is 1 (first part: expenditure and funding) or 2 (second part: per service area).
    """

    id: RecordId
    period: Period
    paragraph: int
    position: int
    label: str
    previous_actual: int
    actual: int
    revised_budget: int
    original_budget: int
    deviation: int
    is_sum: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptedDifference:
    """A tie-out difference that somebody accepted when importing, so that the import could be made."""

    id: RecordId
    period: Period
    check: str
    column: str
    difference: int
    accepted_by: str
    accepted_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """What a printed chapter says of one project, outside the status table: to be held against the figures.

    `source` is the file that it was read from, `position` where it stood there.
    """

    id: RecordId
    project: ProjectId
    period: Period
    position: int
    source: str
    text: str
