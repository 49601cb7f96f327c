"""What a project plans and fears: milestones, risks, contracts and when the money goes, as told in each period.

Each record belongs to a period; `thread` is the same in all periods, so that slip can be counted and history told.
Must not know what was spent. Amounts are whole kroner.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tracker.kinds import VatConvention
from tracker.model.ids import ProjectId, RecordId
from tracker.periods import Period

MONTHS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """A step on the way, when it is planned and when it was reached."""

    id: RecordId
    thread: RecordId
    project: ProjectId
    period: Period
    name: str
    planned: date
    reached: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk:
    """What may go wrong: what it would cost, how likely it is in per cent, and what is done about it."""

    id: RecordId
    thread: RecordId
    project: ProjectId
    period: Period
    title: str
    consequence: int = 0
    likelihood: int = 0
    measure: str = ""
    owner: str | None = None
    is_over: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Contract:
    """Money that is bound to a supplier; `vat` says whether the amounts are with VAT."""

    id: RecordId
    thread: RecordId
    project: ProjectId
    period: Period
    supplier: str
    title: str = ""
    amount: int = 0
    invoiced: int = 0
    vat: VatConvention = VatConvention.NET
    signed: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SpendingPlan:
    """How much of the year's money is planned for each month, January first, as planned in a period.

    Raises ValueError unless there are twelve amounts: it can't be written.
    """

    id: RecordId
    project: ProjectId
    period: Period
    amounts: tuple[int, ...]

    def __post_init__(self) -> None:
        if len(self.amounts) != MONTHS:
            raise ValueError(len(self.amounts))
