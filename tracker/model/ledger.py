"""What the ledger says was spent: batches of lines, and their sums. Amounts are whole kroner.

Must not know a budget, nor a file.
"""

from __future__ import annotations

from dataclasses import dataclass

from tracker.kinds import FundingSource, LedgerContent, VatConvention
from tracker.model.ids import ProjectId, RecordId, SubprojectId


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerSum:
    """What a batch's lines come to for a project (or subproject), account and month.

    `opening` is brought forward on 1 January: spent in the years before, so it counts in the total
    spent from then on, never in a year's actual. A code that belonged to nobody when it was read stands in
    `code`, without a project. `funding` is set on money that came in: it is no spending.
    """

    project: ProjectId | None
    subproject: SubprojectId | None = None
    account: str = ""
    year: int
    month: int
    amount: int
    opening: bool = False
    code: str = ""
    funding: FundingSource | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerBatch:
    """One import of actuals, undone and merged whole; its lines never change.

    `total` is the spending in its lines. `profile` is the name of the mapping that read them, `vat` how they hold
    VAT, `control_total` what the ledger said that they come to. The lines of a keyed batch are told apart by
    voucher and line, so that a batch may overlap another. `lines_hash` is the SHA-256 of its packed lines, empty where
    its sums are all that is kept of it.
    """

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
    profile: str = ""
    vat: VatConvention | None = None
    control_total: int | None = None
    is_keyed: bool = False
    lines_hash: str = ""
    sums: tuple[LedgerSum, ...] = ()

    @property
    def spent(self) -> int:
        """What was spent in the batch's year, money that came in and earlier years' spending left out."""
        return sum(entry.amount for entry in self.sums if entry.funding is None and not entry.opening)
