"""The portfolio as it stands at one moment, and which kinds of record it holds.

Must not know how anything is stored, shown or derived.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tracker.model.budgets import BudgetLine, FundingLine, PlanYear
from tracker.model.ids import RecordId
from tracker.model.ledger import LedgerBatch
from tracker.model.packages import SentPackage
from tracker.model.plans import Contract, Milestone, Risk, SpendingPlan
from tracker.model.projects import CodeMatch, Project, Subproject
from tracker.model.published import AcceptedDifference, OtherProjects, Passage, PrintedFigures, StatementLine
from tracker.model.reporting import PeriodLock, PeriodState, ReportedProject
from tracker.model.statuses import Comment, Dismissal, Status
from tracker.periods import Period

MUNICIPALITY_SETTING = RecordId("municipality")
EXAMPLE_SETTING = RecordId("example")
AREAS_SETTING = RecordId("service-areas")
"""The service areas in the municipality's order, a line each."""
WORDS_SETTING = RecordId("words")
"""Words that are rightly spelt whatever a dictionary says, a line each."""
PACKAGE_SETTING = RecordId("package")
"""Set in a package: whose it is. A portfolio of one's own has no such setting."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """Something that belongs to the municipality: its name, a threshold. The id is the setting's name."""

    id: RecordId
    value: str


Record = (
    Project
    | Subproject
    | CodeMatch
    | BudgetLine
    | PlanYear
    | FundingLine
    | LedgerBatch
    | Status
    | Comment
    | Dismissal
    | Milestone
    | Risk
    | Contract
    | SpendingPlan
    | OtherProjects
    | PrintedFigures
    | StatementLine
    | AcceptedDifference
    | Passage
    | PeriodState
    | PeriodLock
    | ReportedProject
    | SentPackage
    | Setting
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Portfolio:
    """Everything at one moment, by id. Its mappings are never changed: an edit makes a new portfolio."""

    projects: Mapping[str, Project] = field(default_factory=dict)
    subprojects: Mapping[str, Subproject] = field(default_factory=dict)
    code_matches: Mapping[str, CodeMatch] = field(default_factory=dict)
    budget_lines: Mapping[str, BudgetLine] = field(default_factory=dict)
    plan_years: Mapping[str, PlanYear] = field(default_factory=dict)
    funding_lines: Mapping[str, FundingLine] = field(default_factory=dict)
    ledger_batches: Mapping[str, LedgerBatch] = field(default_factory=dict)
    statuses: Mapping[str, Status] = field(default_factory=dict)
    comments: Mapping[str, Comment] = field(default_factory=dict)
    dismissals: Mapping[str, Dismissal] = field(default_factory=dict)
    milestones: Mapping[str, Milestone] = field(default_factory=dict)
    risks: Mapping[str, Risk] = field(default_factory=dict)
    contracts: Mapping[str, Contract] = field(default_factory=dict)
    spending_plans: Mapping[str, SpendingPlan] = field(default_factory=dict)
    other_projects: Mapping[str, OtherProjects] = field(default_factory=dict)
    printed: Mapping[str, PrintedFigures] = field(default_factory=dict)
    statement_lines: Mapping[str, StatementLine] = field(default_factory=dict)
    accepted_differences: Mapping[str, AcceptedDifference] = field(default_factory=dict)
    passages: Mapping[str, Passage] = field(default_factory=dict)
    period_states: Mapping[str, PeriodState] = field(default_factory=dict)
    period_locks: Mapping[str, PeriodLock] = field(default_factory=dict)
    reported_projects: Mapping[str, ReportedProject] = field(default_factory=dict)
    sent_packages: Mapping[str, SentPackage] = field(default_factory=dict)
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
        """Return the projects in the report's order, those that were joined into others left out."""
        live = (project for project in self.projects.values() if project.joined_into is None)
        return sorted(live, key=lambda project: (project.position, project.name))

    @property
    def is_example(self) -> bool:
        """Whether it holds figures that somebody made up, which is said wherever they are shown."""
        return EXAMPLE_SETTING in self.settings

    @property
    def is_package(self) -> bool:
        """Whether it is what a project manager was handed of a larger portfolio."""
        return PACKAGE_SETTING in self.settings

    @property
    def areas_in_order(self) -> tuple[str, ...]:
        """The service areas as the municipality orders them, none where it hasn't said."""
        listed = self.settings.get(AREAS_SETTING)
        return () if listed is None else tuple(listed.value.splitlines())

    @property
    def own_words(self) -> frozenset[str]:
        """The words that are rightly spelt here whatever a dictionary says."""
        listed = self.settings.get(WORDS_SETTING)
        return frozenset() if listed is None else frozenset(listed.value.splitlines())

    @property
    def municipality(self) -> str:
        """What the municipality is called, empty until it has said so."""
        named = self.settings.get(MUNICIPALITY_SETTING)
        return "" if named is None else named.value


FIELD_OF: Mapping[type[Record], str] = {
    Project: "projects",
    Subproject: "subprojects",
    CodeMatch: "code_matches",
    BudgetLine: "budget_lines",
    PlanYear: "plan_years",
    FundingLine: "funding_lines",
    LedgerBatch: "ledger_batches",
    Status: "statuses",
    Comment: "comments",
    Dismissal: "dismissals",
    Milestone: "milestones",
    Risk: "risks",
    Contract: "contracts",
    SpendingPlan: "spending_plans",
    OtherProjects: "other_projects",
    PrintedFigures: "printed",
    StatementLine: "statement_lines",
    AcceptedDifference: "accepted_differences",
    Passage: "passages",
    PeriodState: "period_states",
    PeriodLock: "period_locks",
    ReportedProject: "reported_projects",
    SentPackage: "sent_packages",
    Setting: "settings",
}
