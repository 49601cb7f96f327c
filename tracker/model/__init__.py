"""The records of a portfolio: immutable values, amounts in whole kroner.

Must not know how anything is stored, shown or derived.
"""

from tracker.model.budgets import BudgetLine, Decision, FundingLine, PlanYear
from tracker.model.ids import ProjectId, RecordId, SubprojectId
from tracker.model.ledger import LedgerBatch, LedgerSum
from tracker.model.packages import SentPackage
from tracker.model.plans import MONTHS, Contract, Milestone, Risk, SpendingPlan
from tracker.model.portfolio import (
    AREAS_SETTING,
    EXAMPLE_SETTING,
    FIELD_OF,
    MUNICIPALITY_SETTING,
    PACKAGE_SETTING,
    WORDS_SETTING,
    Portfolio,
    Record,
    Setting,
)
from tracker.model.projects import CodeMatch, Project, Subproject
from tracker.model.published import AcceptedDifference, OtherProjects, Passage, PrintedFigures, StatementLine
from tracker.model.reporting import PeriodLock, PeriodState, ReportedProject
from tracker.model.statuses import Comment, DeviationSplit, Dismissal, LightOverride, Status

__all__ = [
    "AREAS_SETTING",
    "EXAMPLE_SETTING",
    "FIELD_OF",
    "MONTHS",
    "MUNICIPALITY_SETTING",
    "PACKAGE_SETTING",
    "WORDS_SETTING",
    "AcceptedDifference",
    "BudgetLine",
    "CodeMatch",
    "Comment",
    "Contract",
    "Decision",
    "DeviationSplit",
    "Dismissal",
    "FundingLine",
    "LedgerBatch",
    "LedgerSum",
    "LightOverride",
    "Milestone",
    "OtherProjects",
    "Passage",
    "PeriodLock",
    "PeriodState",
    "PlanYear",
    "Portfolio",
    "PrintedFigures",
    "Project",
    "ProjectId",
    "Record",
    "RecordId",
    "ReportedProject",
    "Risk",
    "SentPackage",
    "Setting",
    "SpendingPlan",
    "StatementLine",
    "Status",
    "Subproject",
    "SubprojectId",
]
