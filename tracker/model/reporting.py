"""Where a period stands, and what was reported when it was locked. Amounts are whole kroner.

Must not be changed once it is locked; the database's triggers see to that.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from tracker.kinds import PeriodStage
from tracker.model.ids import ProjectId, RecordId
from tracker.periods import Period


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodState:
    """Where a period is in its life, and when its reports are due.

    `revision` counts how often it was locked; `reopened_because` is why it was opened again, the last time.
    """

    id: RecordId
    period: Period
    stage: PeriodStage = PeriodStage.OPEN
    deadline: date | None = None
    rounded_to: int = 1
    revision: int = 0
    reopened_because: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodLock:
    """That a period was locked: who did it, when, and the fingerprint (SHA-256) of all that was reported."""

    id: RecordId
    period: Period
    revision: int
    locked_by: str
    locked_at: datetime
    fingerprint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedProject:
    """A project as it was reported in a revision of a period: its figures, and all else as one JSON text.

    `details` holds the project, its status, its flags, its lights and its plans as they were (`tracker.reported`).
    """

    id: RecordId
    period: Period
    revision: int
    project: ProjectId
    position: int
    total_budget: int | None
    total_spent: int | None
    original_budget: int | None
    revised_budget: int
    actual: int
    details: str
