"""The kinds and states that a record can have; the values are what a file holds, so they never change.

Must not know any record.
"""

from __future__ import annotations

from enum import Enum


class ProjectKind(Enum):
    """A project has a total budget and an end; a running programme (LØPENDE) has neither."""

    PROJECT = "project"
    PROGRAMME = "programme"


class FundingTag(Enum):
    """Money that is never mixed with other money, and is reported apart as well."""

    PROPERTY_TAX = "property_tax"
    FULL_COST = "full_cost"


class Phase(Enum):
    """Where in its life a project is; taken over is not closed."""

    FEASIBILITY = "feasibility"
    REGULATION = "regulation"
    PRE_PROJECT = "pre_project"
    TENDER = "tender"
    CONSTRUCTION = "construction"
    TAKEN_OVER = "taken_over"
    SETTLEMENT = "settlement"
    CLOSED = "closed"
    ON_HOLD = "on_hold"
    CANCELLED = "cancelled"


class BudgetKind(Enum):
    """What a budget line is; decides which of its two amounts may move."""

    OPENING = "opening"
    ORIGINAL = "original"
    BETWEEN_YEARS = "between_years"
    CARRY_OVER = "carry_over"
    GRANT = "grant"
    CUT = "cut"
    PRICE_ADJUSTMENT = "price_adjustment"
    REALLOCATION = "reallocation"

    @property
    def leaves_total(self) -> bool:
        """Whether the change only moves money between years, the total budget untouched."""
        return self in {BudgetKind.BETWEEN_YEARS, BudgetKind.CARRY_OVER}


class BudgetStatus(Enum):
    """Only decided lines count."""

    PROPOSED = "proposed"
    DECIDED = "decided"


class FundingSource(Enum):
    """Where money for investments comes from, as § 5-5 første ledd of the budget and accounting regulation tells it."""

    LOAN = "loan"
    VAT_COMPENSATION = "vat_compensation"
    GRANT = "grant"
    SALE = "sale"
    SHARES = "shares"
    DIVIDEND = "dividend"
    INSTALMENT = "instalment"
    OPERATIONS = "operations"
    BOUND_FUND = "bound_fund"
    UNBOUND_FUND = "unbound_fund"


class VatConvention(Enum):
    """Whether amounts hold VAT; the two are never added."""

    GROSS = "gross"
    NET = "net"


class LedgerContent(Enum):
    """What the lines of a ledger batch are. A transfer moves spending between projects of our own."""

    TRANSACTIONS = "transactions"
    BALANCES = "balances"
    PUBLISHED = "published"
    TRANSFER = "transfer"


class Light(Enum):
    """A traffic light, best first."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"


class CommentKind(Enum):
    """Whether a comment only says something, sent a status back, or holds what came after the period was locked."""

    NOTE = "note"
    RETURN = "return"
    LATE = "late"


class PackageKind(Enum):
    """What somebody was handed: a portfolio of their projects, or a form for those without the program."""

    PACKAGE = "package"
    FORM = "form"


class StatusState(Enum):
    """How far a status has come; only a draft can be changed."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"


class PeriodStage(Enum):
    """Whether a period takes new reports."""

    OPEN = "open"
    LOCKED = "locked"


class PrintedOf(Enum):
    """Which line of a published table printed figures belong to."""

    PROJECT = "project"
    OTHER = "other"
    SUM = "sum"
