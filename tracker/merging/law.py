"""The law of each field when two files are merged: whose it is, what merges as one, and which records are the same.

Must not know any value.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

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

WHOLE = ""
"""The unit of a record that is made, removed, or merges as one."""


class Owner(Enum):
    """Whose a field is, when a project manager's package is merged with the controller's portfolio.

    What is a file's own never comes from another: each file locks its own periods and counts its own packages.
    """

    PROJECT_MANAGER = "project manager"
    CONTROLLER = "controller"
    BOTH = "both"
    FILE = "file"


BROUGHT_HOME = frozenset({Owner.PROJECT_MANAGER, Owner.BOTH})
"""Whose fields a package brings home."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Law:
    """How a kind of record merges.

    `key` is what makes records of two files the same one. `bound` names the unit of fields that merge as one, since
    a rule binds their values; a record that `is_whole` has no fields of its own. `others` are fields with an owner of
    their own.
    """

    owner: Owner
    key: tuple[str, ...] = ("id",)
    is_whole: bool = False
    bound: Mapping[str, str] = field(default_factory=dict)
    others: Mapping[str, Owner] = field(default_factory=dict)

    def unit_of(self, name: str) -> str:
        """Return the unit that a field merges in."""
        return WHOLE if self.is_whole else self.bound.get(name, name)

    def owner_of(self, unit: str) -> Owner:
        """Return whose a unit is."""
        return self.others.get(unit, self.owner)


_MANAGER, _CONTROLLER, _BOTH, _FILE = Owner.PROJECT_MANAGER, Owner.CONTROLLER, Owner.BOTH, Owner.FILE
_IN_PERIOD = ("thread", "period")

LAWS: Mapping[type[Record], Law] = {
    Project: Law(owner=_CONTROLLER),
    Subproject: Law(owner=_CONTROLLER),
    CodeMatch: Law(owner=_CONTROLLER, key=("code",), is_whole=True),
    # The lines of a reallocation add up to nothing: `unit_key` binds them together.
    BudgetLine: Law(owner=_CONTROLLER, is_whole=True),
    PlanYear: Law(owner=_CONTROLLER, key=("project", "first_year", "year"), is_whole=True),
    FundingLine: Law(owner=_CONTROLLER, is_whole=True),
    LedgerBatch: Law(owner=_CONTROLLER, is_whole=True),
    Status: Law(
        owner=_MANAGER,
        key=("project", "period"),
        # Who moved a status, and when, is said of where it was moved to.
        bound={"state": "state", "moved_by": "state", "moved_on": "state"},
    ),
    Comment: Law(owner=_BOTH, is_whole=True),
    Dismissal: Law(owner=_BOTH, key=("project", "period", "rule", "basis"), is_whole=True),
    Milestone: Law(owner=_MANAGER, key=_IN_PERIOD),
    Risk: Law(owner=_MANAGER, key=_IN_PERIOD, bound={"consequence": "weight", "likelihood": "weight"}),
    # What is bound and what is invoiced are of one VAT convention.
    Contract: Law(owner=_MANAGER, key=_IN_PERIOD, bound={"amount": "amounts", "invoiced": "amounts", "vat": "amounts"}),
    SpendingPlan: Law(owner=_MANAGER, key=("project", "period"), is_whole=True),
    OtherProjects: Law(owner=_CONTROLLER, key=("period",), is_whole=True),
    PrintedFigures: Law(owner=_CONTROLLER, key=("period", "of", "project"), is_whole=True),
    StatementLine: Law(owner=_CONTROLLER, key=("period", "paragraph", "position"), is_whole=True),
    AcceptedDifference: Law(owner=_CONTROLLER, is_whole=True),
    Passage: Law(owner=_CONTROLLER, key=("period", "position"), is_whole=True),
    PeriodState: Law(
        owner=_CONTROLLER,
        key=("period",),
        others={"stage": _FILE, "revision": _FILE, "reopened_because": _FILE},
    ),
    PeriodLock: Law(owner=_FILE, key=("period", "revision"), is_whole=True),
    ReportedProject: Law(owner=_FILE, key=("period", "revision", "project"), is_whole=True),
    SentPackage: Law(owner=_FILE, is_whole=True),
    Setting: Law(owner=_CONTROLLER, is_whole=True),
}


def key_of(record: Record) -> str:
    """Return what makes a record the same one in another file, among those of its kind."""
    return "|".join(_written(getattr(record, name)) for name in LAWS[type(record)].key)


def plain_key(kind: type[Record], values: Mapping[str, Any]) -> str:
    """Return the key of a record from its plain values."""
    return "|".join(_written(values.get(name)) for name in LAWS[kind].key)


def unit_key(record: Record) -> str:
    """Return what binds records that are taken together or not at all: the lines of a reallocation."""
    return record.belongs_with or record.id if isinstance(record, BudgetLine) else ""


def _written(value: object) -> str:
    return "" if value is None else str(value.value) if isinstance(value, Enum) else str(value)
