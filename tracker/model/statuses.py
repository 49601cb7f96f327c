"""What is reported for a project in a period, and what is said about it. Amounts are whole kroner.

Must not know a figure that can be derived.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from tracker.kinds import CommentKind, Light, Phase, StatusState
from tracker.model.ids import ProjectId, RecordId
from tracker.periods import Period
from tracker.quarters import Completion, State


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviationSplit:
    """A deviation by cause, each part with the deviation's own sign (positive: spent less).

    `timing` is money that comes in another year, `cost` dearer or cheaper than budgeted, `scope` more or less built.
    """

    timing: int = 0
    cost: int = 0
    scope: int = 0
    other: int = 0

    @property
    def total(self) -> int:
        """What the causes come to."""
        return self.timing + self.cost + self.scope + self.other


@dataclass(frozen=True, slots=True, kw_only=True)
class LightOverride:
    """A light that somebody set against the computed one, and why.

    Raises ValueError without a reason: it can't be written.
    """

    light: Light
    reason: str

    def __post_init__(self) -> None:
        if not self.reason.strip():
            raise ValueError(self.light)


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """What a project manager reports for one period: everything that changes by period.

    `explanation` is why the year's deviation came about, for the reader of the report's
    list of deviations,
    `split` how much of it has which cause. `moved_by` and `moved_on` say who brought it to its state, and when.
    The lights are those that somebody set against what was computed. `p50` and `p85` are the frames (styrings- and
    kostnadsramme) of the uncertainty analysis, where one was made.
    """

    id: RecordId
    project: ProjectId
    period: Period
    text: str = ""
    completion: Completion = State.NOT_SET
    phase: Phase | None = None
    year_end_forecast: int | None = None
    final_cost_forecast: int | None = None
    explanation: str = ""
    state: StatusState = StatusState.DRAFT
    moved_by: str | None = None
    moved_on: date | None = None
    split: DeviationSplit | None = None
    economy: LightOverride | None = None
    progress: LightOverride | None = None
    risk: LightOverride | None = None
    contingency_left: int | None = None
    p50: int | None = None
    p85: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """What a controller and a project manager say to each other about a status; never changed, never printed."""

    id: RecordId
    project: ProjectId
    period: Period
    kind: CommentKind = CommentKind.NOTE
    by: str
    at: datetime
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dismissal:
    """That somebody put a finding in a text aside, and why.

    `basis` (SHA-256) is of the words and the figures that disagreed: when either changes, the finding is back.
    Raises ValueError without a reason: it can't be written.
    """

    id: RecordId
    project: ProjectId
    period: Period
    rule: str
    quote: str
    basis: str
    reason: str
    by: str
    at: datetime

    def __post_init__(self) -> None:
        if not self.reason.strip():
            raise ValueError(self.rule)
