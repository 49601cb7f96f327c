"""The tables of records, and what hashes them: which table holds which kind, and a batch's sums as rows.

Must not know SQL beyond names of tables and columns.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from tracker import plain as values
from tracker.kinds import FundingSource
from tracker.model import (
    AcceptedDifference,
    BudgetLine,
    CodeMatch,
    Comment,
    Contract,
    Dismissal,
    FundingLine,
    LedgerBatch,
    LedgerSum,
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
from tracker.plain import Plain, canonical

TABLES: Mapping[type[Record], str] = {
    Project: "project",
    Subproject: "subproject",
    CodeMatch: "code_match",
    BudgetLine: "budget_line",
    PlanYear: "plan_year",
    FundingLine: "funding_line",
    LedgerBatch: "ledger_batch",
    Status: "status",
    Comment: "comment",
    Dismissal: "dismissal",
    Milestone: "milestone",
    Risk: "risk",
    Contract: "contract",
    SpendingPlan: "spending_plan",
    OtherProjects: "other_projects",
    PrintedFigures: "printed_figures",
    StatementLine: "statement_line",
    AcceptedDifference: "accepted_difference",
    Passage: "passage",
    PeriodState: "period_state",
    PeriodLock: "period_lock",
    ReportedProject: "reported_project",
    SentPackage: "sent_package",
    Setting: "setting",
}
KINDS: Mapping[str, type[Record]] = {table: kind for kind, table in TABLES.items()}

SUM_COLUMNS = ("project", "subproject", "account", "year", "month", "amount", "opening", "code", "funding")
_FIRST_SUM_COLUMNS = 7
"""How many columns a sum had at first. Later ones are hashed only where they say something."""


def plain(record: Record) -> dict[str, Plain]:
    """Return a record as plain values, a batch's sums as their hash."""
    found = values.plain(record)
    if isinstance(record, LedgerBatch):
        found["sums"] = sums_hash(record.sums)
    return found


def digest(table: str, record: Mapping[str, Plain]) -> int:
    """Return a record's hash as a number, so that the hashes of all records can be added in any order."""
    return int.from_bytes(hashlib.sha256(f"{table}{canonical(record)}".encode()).digest())


def sum_row(entry: LedgerSum) -> tuple[Plain, ...]:
    """Return a ledger sum as the row that it is stored in, without its batch and position."""
    return (
        entry.project,
        entry.subproject,
        entry.account,
        entry.year,
        entry.month,
        entry.amount,
        int(entry.opening),
        entry.code,
        None if entry.funding is None else entry.funding.value,
    )


def sum_of_row(row: Sequence[Any]) -> LedgerSum:
    """Return the ledger sum that a row holds."""
    project, subproject, account, year, month, amount, opening, code, funding = row
    return LedgerSum(
        project=project,
        subproject=subproject,
        account=account,
        year=year,
        month=month,
        amount=amount,
        opening=bool(opening),
        code=code,
        funding=None if funding is None else FundingSource(funding),
    )


def sums_hash(sums: Iterable[LedgerSum]) -> str:
    """Return the hash of a batch's sums, in their order."""
    rows = [sum_row(entry) for entry in sums]
    hashed = [row if row[_FIRST_SUM_COLUMNS:] != ("", None) else row[:_FIRST_SUM_COLUMNS] for row in rows]
    return hashlib.sha256(canonical(hashed).encode()).hexdigest()
