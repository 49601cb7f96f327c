"""How a project's plans moved from period to period: slip, expected loss, and what contracts bind.

Must not change a plan. Amounts are whole kroner; those with VAT and those without are never added.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeVar

from tracker.kinds import VatConvention
from tracker.model import Contract, Milestone, Portfolio, ProjectId, RecordId, Risk
from tracker.money import whole_kroner
from tracker.owners import Owners
from tracker.periods import Period
from tracker.planning import CERTAIN, plans_of

_Told = TypeVar("_Told", Milestone, Risk, Contract)
_MONTHS_A_QUARTER = 3
_QUARTERS_A_YEAR = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class MilestonePath:
    """A milestone as told in the newest period, beside when it was first planned and what the period before said."""

    now: Milestone
    first: Milestone
    before: Milestone | None

    @property
    def slip_days(self) -> int:
        """How many days later than first planned it was or will be reached; negative when sooner."""
        return ((self.now.reached or self.now.planned) - self.first.planned).days

    @property
    def slip_quarters(self) -> int:
        """How many quarters later than first planned it falls."""
        return _quarter_number(self.now.reached or self.now.planned) - _quarter_number(self.first.planned)

    @property
    def moved_days(self) -> int | None:
        """How many days it was moved since the period before; None when that knew nothing of it."""
        return None if self.before is None else (self.now.planned - self.before.planned).days


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """What contracts of one VAT convention bind: their amounts, and what was invoiced of them."""

    vat: VatConvention
    amount: int
    invoiced: int

    @property
    def rest(self) -> int:
        """What is still to be invoiced."""
        return self.amount - self.invoiced


def told_of(portfolio: Portfolio, kind: type[_Told], thread: RecordId) -> list[_Told]:
    """Return everything that was told of one milestone, risk or contract, the oldest period first."""
    found = [one for one in portfolio.records(kind).values() if isinstance(one, kind) and one.thread == thread]
    return sorted(found, key=lambda one: one.period)


def before(portfolio: Portfolio, told: _Told) -> _Told | None:
    """Return what was told of the same thing in the latest period before, None when nothing was."""
    earlier = [one for one in told_of(portfolio, type(told), told.thread) if one.period < told.period]
    return earlier[-1] if earlier else None


def milestone_paths(portfolio: Portfolio, project: ProjectId, period: Period) -> list[MilestonePath]:
    """Return a project's milestones in a period by date, each with its slip."""
    paths = [
        MilestonePath(now=now, first=told_of(portfolio, Milestone, now.thread)[0], before=before(portfolio, now))
        for now in plans_of(portfolio, Milestone, project, period)
    ]
    return sorted(paths, key=lambda path: (path.now.reached or path.now.planned, path.now.name))


def next_milestone(paths: Iterable[MilestonePath]) -> MilestonePath | None:
    """Return the first milestone that isn't reached, None when all are."""
    ahead = [path for path in paths if path.now.reached is None]
    return min(ahead, key=lambda path: (path.now.planned, path.now.name)) if ahead else None


def expected_loss(risk: Risk) -> int:
    """Return consequence times likelihood, rounded to whole kroner; zero once the risk is over."""
    return 0 if risk.is_over else whole_kroner(Decimal(risk.consequence) * risk.likelihood / CERTAIN)


def bound_by(contracts: Iterable[Contract]) -> tuple[Bound, ...]:
    """Add up contracts, those with VAT and those without apart."""
    known = list(contracts)
    sums = []
    for vat in VatConvention:
        alike = [one for one in known if one.vat is vat]
        if alike:
            amount, invoiced = sum(one.amount for one in alike), sum(one.invoiced for one in alike)
            sums.append(Bound(vat=vat, amount=amount, invoiced=invoiced))
    return tuple(sums)


def spent_with(portfolio: Portfolio, project: ProjectId) -> VatConvention | None:
    """Return how a project's spending holds VAT; None when that isn't known, or differs between its imports."""
    owners = Owners(portfolio)
    found = {
        batch.vat
        for batch in portfolio.ledger_batches.values()
        if not batch.withdrawn and any(owners.of_sum(entry) == project for entry in batch.sums)
    }
    return next(iter(found)) if len(found) == 1 else None


def left_unbound(bound: Iterable[Bound], left_of_total: int | None, spent: VatConvention | None) -> int | None:
    """Return what no contract binds of what is left of the total budget, in kroner.

    None when it can't be told: the contracts hold VAT otherwise than the spending, or there is no total.
    """
    sums = tuple(bound)
    if left_of_total is None or any(one.vat is not spent for one in sums):
        return None
    return left_of_total - sum(one.rest for one in sums)


def _quarter_number(day: date) -> int:
    return day.year * _QUARTERS_A_YEAR + (day.month - 1) // _MONTHS_A_QUARTER
