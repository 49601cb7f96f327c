"""The budget ledger's records: what was decided, for which year, with which money. Amounts are whole kroner.

Must not know what was spent.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tracker.kinds import BudgetKind, BudgetStatus, FundingSource
from tracker.model.ids import ProjectId, RecordId, SubprojectId


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
    funding_source: FundingSource | None = None
    note: str = ""
    status: BudgetStatus = BudgetStatus.DECIDED
    source: str = ""
    belongs_with: RecordId | None = None

    def __post_init__(self) -> None:
        if self.kind.leaves_total and self.total_amount:
            raise ValueError(self.kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanYear:
    """What a four-year plan holds for a project in one of its years. A plan binds nobody before its year's budget.

    `first_year` names the plan: økonomiplan 2024–2027 is 2024.
    """

    id: RecordId
    project: ProjectId
    first_year: int
    year: int
    amount: int
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FundingLine:
    """Where the money for a year is to come from, positive for money in; on no project: for all of them.

    Source of the kinds: budsjett- og regnskapsforskriften § 5-5 første ledd.
    """

    id: RecordId
    project: ProjectId | None = None
    budget_year: int
    source: FundingSource
    amount: int
    takes_effect: date
    decision: Decision | None = None
    note: str = ""
    status: BudgetStatus = BudgetStatus.DECIDED
