"""What each kind of record is called.

Must not know any record.
"""

from __future__ import annotations

from collections.abc import Mapping

from tracker.kinds import CommentKind
from tracker.messages import Message, message
from tracker.model import (
    AcceptedDifference,
    BudgetLine,
    CodeMatch,
    Comment,
    Contract,
    Dismissal,
    FundingLine,
    LedgerBatch,
    Milestone,
    OtherProjects,
    Passage,
    PeriodLock,
    PeriodState,
    PlanYear,
    PrintedFigures,
    Project,
    Record,
    ReportedProject,
    Risk,
    SentPackage,
    Setting,
    SpendingPlan,
    StatementLine,
    Status,
    Subproject,
)

KIND_TITLES: Mapping[type[Record], Message] = {
    Project: message("Prosjekt"),
    Subproject: message("Underprosjekt"),
    CodeMatch: message("Kobling av prosjektnummer"),
    BudgetLine: message("Budsjettlinje"),
    PlanYear: message("Økonomiplan"),
    FundingLine: message("Finansiering"),
    LedgerBatch: message("Regnskapsimport"),
    Status: message("Status"),
    Comment: message("Kommentar"),
    Dismissal: message("Funn lagt til side"),
    Milestone: message("Milepæl"),
    Risk: message("Risiko"),
    Contract: message("Kontrakt"),
    SpendingPlan: message("Forbruksplan"),
    OtherProjects: message("Øvrige prosjekter"),
    PrintedFigures: message("Trykte tall"),
    StatementLine: message("Linje i § 5-5"),
    AcceptedDifference: message("Godtatt differanse"),
    Passage: message("Avsnitt i et kapittel"),
    PeriodState: message("Periode"),
    PeriodLock: message("Låsing"),
    ReportedProject: message("Rapportert prosjekt"),
    SentPackage: message("Utsendt pakke"),
    Setting: message("Innstilling"),
}

COMMENT_TITLES: Mapping[CommentKind, Message] = {
    CommentKind.NOTE: message("Kommentar"),
    CommentKind.RETURN: message("Sendt tilbake"),
    CommentKind.LATE: message("Kom etter låsingen"),
}
"""What each kind of comment is called."""
