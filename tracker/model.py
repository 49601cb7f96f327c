"""The records of a portfolio, and the portfolio as it stands at one moment.

Amounts are whole kroner. Must not know how anything is stored, shown or derived.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NewType

from tracker.kinds import (
    BudgetKind,
    BudgetStatus,
    FundingTag,
    LedgerContent,
    PeriodStage,
    Phase,
    PrintedOf,
    ProjectKind,
    StatusState,
)
from tracker.periods import Period
from tracker.quarters import Completion, State

ProjectId = NewType("ProjectId", str)
SubprojectId = NewType("SubprojectId", str)
RecordId = NewType("RecordId", str)


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """A main project: the unit of budget decisions and of the report. Nothing on it changes by period."""

    id: ProjectId
    name: str
    kind: ProjectKind = ProjectKind.PROJECT
    code: str | None = None
    service_area: str | None = None
    department: str | None = None
    responsible: str | None = None
    funding_tags: frozenset[FundingTag] = frozenset()
    position: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Subproject:
    """A ledger project under a main project, with its own code (`I41042`)."""

    id: SubprojectId
    project: ProjectId
    code: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """Who decided, in which case and when. Case numbers restart, so the number alone identifies nothing."""

    body: str
    number: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetLine:
    """One line of a project's budget ledger: what it moves in its budget year, and what in the total.

    Raises ValueError for a line between years that would move the total: it can't be written.
    """

    id: RecordId
    project: ProjectId
    subproject: SubprojectId | None = None
    kind: BudgetKind
    budget_year: int
    year_amount: int
    total_amount: int
    takes_effect: date
    decision: Decision | None = None
    funding_source: str | None = None
    note: str = ""
    status: BudgetStatus = BudgetStatus.DECIDED
    source: str = ""
    belongs_with: RecordId | None = None

    def __post_init__(self) -> None:
        if self.kind.leaves_total and self.total_amount:
            raise ValueError(self.kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerSum:
    """What a batch's lines come to for a project (or subproject), account and month.

    `opening` is brought forward on 1 January: spent in the years before, so it counts in the total
    spent from then on, never in a year's actual.
    """

    project: ProjectId
    subproject: SubprojectId | None = None
    account: str = ""
    year: int
    month: int
    amount: int
    opening: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerBatch:
    """One import of actuals, undone and merged whole; its lines never change."""

    id: RecordId
    source: str
    source_hash: str
    content: LedgerContent
    year: int
    first_month: int
    last_month: int
    line_count: int
    total: int
    withdrawn: bool = False
    sums: tuple[LedgerSum, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """What a project manager reports for one period: everything that changes by period.

    `explanation` is why the year's deviation came about, for the reader of the report's list of deviations.
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
class PeriodState:
    """Where a period is in its life, and when its reports are due."""

    id: RecordId
    period: Period
    stage: PeriodStage = PeriodStage.OPEN
    deadline: date | None = None
    rounded_to: int = 1


MUNICIPALITY_SETTING = RecordId("municipality")


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """Something that belongs to the municipality: its name, a threshold. The id is the setting's name."""

    id: RecordId
    value: str


Record = (
    Project
    | Subproject
    | BudgetLine
    | LedgerBatch
    | Status
    | OtherProjects
    | PrintedFigures
    | StatementLine
    | AcceptedDifference
    | PeriodState
    | Setting
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Portfolio:
    """Everything at one moment, by id. Its mappings are never changed: an edit makes a new portfolio."""

    projects: Mapping[str, Project] = field(default_factory=dict)
    subprojects: Mapping[str, Subproject] = field(default_factory=dict)
    budget_lines: Mapping[str, BudgetLine] = field(default_factory=dict)
    ledger_batches: Mapping[str, LedgerBatch] = field(default_factory=dict)
    statuses: Mapping[str, Status] = field(default_factory=dict)
    other_projects: Mapping[str, OtherProjects] = field(default_factory=dict)
    printed: Mapping[str, PrintedFigures] = field(default_factory=dict)
    statement_lines: Mapping[str, StatementLine] = field(default_factory=dict)
    accepted_differences: Mapping[str, AcceptedDifference] = field(default_factory=dict)
    period_states: Mapping[str, PeriodState] = field(default_factory=dict)
    settings: Mapping[str, Setting] = field(default_factory=dict)

    def records(self, kind: type[Record]) -> Mapping[str, Record]:
        """Return all records of one kind, by id."""
        found: Mapping[str, Record] = getattr(self, FIELD_OF[kind])
        return found

    def periods(self) -> list[Period]:
        """Return the periods that the portfolio holds, oldest first."""
        return sorted(state.period for state in self.period_states.values())

    def state_of(self, period: Period) -> PeriodState | None:
        """Return where a period stands, None if the portfolio doesn't hold it."""
        return next((state for state in self.period_states.values() if state.period == period), None)

    def listed_projects(self) -> list[Project]:
        """Return the projects in the order in which the report lists them."""
        return sorted(self.projects.values(), key=lambda project: (project.position, project.name))

    @property
    def municipality(self) -> str:
        """What the municipality is called, empty until it has said so."""
        named = self.settings.get(MUNICIPALITY_SETTING)
        return "" if named is None else named.value


FIELD_OF: Mapping[type[Record], str] = {
    Project: "projects",
    Subproject: "subprojects",
    BudgetLine: "budget_lines",
    LedgerBatch: "ledger_batches",
    Status: "statuses",
    OtherProjects: "other_projects",
    PrintedFigures: "printed",
    StatementLine: "statement_lines",
    AcceptedDifference: "accepted_differences",
    PeriodState: "period_states",
    Setting: "settings",
}
