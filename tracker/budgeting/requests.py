"""What can be done to a budget, as values that can't be written wrongly: each knows the movements it comes to.

Must not know who decided it, nor what stands in the ledger already. Amounts are whole kroner. Source of the rules: the
two kinds of change in the tertial reports. Between years the total is untouched, so such a request has no total to
fill in; new money and cuts move both, and say where the money comes from.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.kinds import BudgetKind, FundingSource
from tracker.messages import Refusal, message
from tracker.model import ProjectId, SubprojectId
from tracker.periods import FIRST_YEAR, LAST_YEAR

FEWEST_SHARES = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """What one line of the ledger is to move: kroner in a budget year, and kroner in the total."""

    project: ProjectId
    subproject: SubprojectId | None = None
    kind: BudgetKind
    year: int
    year_amount: int
    total_amount: int = 0
    funding: FundingSource | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginalBudget:
    """What the council adopted for a year in December before (kommuneloven § 14-3 tredje ledd)."""

    project: ProjectId
    subproject: SubprojectId | None = None
    year: int
    year_amount: int
    total_amount: int
    funding: FundingSource | None = None

    def __post_init__(self) -> None:
        _refuse_year(self.year)
        _refuse_nothing(self.year_amount, self.total_amount)

    @property
    def movements(self) -> tuple[Movement, ...]:
        """One line."""
        return (_one(self, BudgetKind.ORIGINAL),)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMoney:
    """An additional grant: neither amount below zero, and always from somewhere."""

    project: ProjectId
    subproject: SubprojectId | None = None
    year: int
    year_amount: int
    total_amount: int
    funding: FundingSource

    def __post_init__(self) -> None:
        _refuse_year(self.year)
        _refuse_nothing(self.year_amount, self.total_amount)
        if self.year_amount < 0 or self.total_amount < 0:
            raise Refusal(message("En tilleggsbevilgning kan ikke være negativ: før den som nedtrekk."))

    @property
    def movements(self) -> tuple[Movement, ...]:
        """One line."""
        return (_one(self, BudgetKind.GRANT),)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """A cut: both amounts are how much is taken away, and `funding` the source that is needed less of."""

    project: ProjectId
    subproject: SubprojectId | None = None
    year: int
    year_amount: int
    total_amount: int
    funding: FundingSource

    def __post_init__(self) -> None:
        _refuse_year(self.year)
        _refuse_nothing(self.year_amount, self.total_amount)
        if self.year_amount < 0 or self.total_amount < 0:
            raise Refusal(message("Et nedtrekk kan ikke øke budsjettet: før det som tilleggsbevilgning."))

    @property
    def movements(self) -> tuple[Movement, ...]:
        """One line, below zero."""
        return (_one(self, BudgetKind.CUT, sign=-1),)


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceAdjustment:
    """What prices have made of the same work, up or down."""

    project: ProjectId
    subproject: SubprojectId | None = None
    year: int
    year_amount: int
    total_amount: int
    funding: FundingSource | None = None

    def __post_init__(self) -> None:
        _refuse_year(self.year)
        _refuse_nothing(self.year_amount, self.total_amount)

    @property
    def movements(self) -> tuple[Movement, ...]:
        """One line."""
        return (_one(self, BudgetKind.PRICE_ADJUSTMENT),)


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveBetweenYears:
    """Money of a project moved from one year to another. The total isn't there to be moved."""

    project: ProjectId
    subproject: SubprojectId | None = None
    amount: int
    from_year: int
    to_year: int

    def __post_init__(self) -> None:
        _refuse_year(self.from_year)
        _refuse_year(self.to_year)
        if self.amount <= 0:
            raise Refusal(message("Beløpet må være større enn null: bytt om årene for å flytte den andre veien."))
        if self.from_year == self.to_year:
            raise Refusal(message("Beløpet flyttes fra og til samme år, {year:id}: velg to år.", year=self.to_year))

    @property
    def movements(self) -> tuple[Movement, ...]:
        """One line in each year."""
        return _between_years(self, BudgetKind.BETWEEN_YEARS, self.to_year)


@dataclass(frozen=True, slots=True, kw_only=True)
class CarryOver:
    """Unspent budget of a year moved to the next: proposed in 1. tertialrapport, decided by the council.

    It takes effect when it is decided, in the next year: what was reported of the year that ended stays.
    """

    project: ProjectId
    subproject: SubprojectId | None = None
    amount: int
    from_year: int

    def __post_init__(self) -> None:
        _refuse_year(self.from_year)
        _refuse_year(self.from_year + 1)
        if not self.amount:
            raise Refusal(message("Beløpet er null: skriv hvor mye som skal overføres."))

    @property
    def movements(self) -> tuple[Movement, ...]:
        """One line in each year; below zero where more was spent than the budget."""
        return _between_years(self, BudgetKind.CARRY_OVER, self.from_year + 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What a reallocation gives one project, or takes from it."""

    project: ProjectId
    subproject: SubprojectId | None = None
    year_amount: int
    total_amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reallocation:
    """Money moved between projects or subprojects in a year: both its amounts sum to zero.

    Raises Refusal with what is left to place.
    """

    year: int
    shares: Sequence[Share]

    def __post_init__(self) -> None:
        _refuse_year(self.year)
        if left := left_to_place(self.shares):
            raise Refusal(
                message(
                    "Omdisponeringen går ikke i null: {year:kr} i året og {total:kr} i totalen gjenstår å fordele.",
                    year=left[0],
                    total=left[1],
                )
            )
        places = [(share.project, share.subproject) for share in self.shares if share.year_amount or share.total_amount]
        if len(places) < FEWEST_SHARES:
            raise Refusal(message("En omdisponering gjelder minst to prosjekter: velg ett som gir og ett som får."))
        if len(set(places)) < len(places):
            raise Refusal(message("Samme prosjekt står to ganger i omdisponeringen: slå linjene sammen."))

    @property
    def movements(self) -> tuple[Movement, ...]:
        """One line a share; one that gets nothing has none."""
        return tuple(
            Movement(
                project=share.project,
                subproject=share.subproject,
                kind=BudgetKind.REALLOCATION,
                year=self.year,
                year_amount=share.year_amount,
                total_amount=share.total_amount,
            )
            for share in self.shares
            if share.year_amount or share.total_amount
        )


Single = OriginalBudget | NewMoney | Cut | PriceAdjustment
Request = Single | MoveBetweenYears | CarryOver | Reallocation


def left_to_place(shares: Sequence[Share]) -> tuple[int, int] | None:
    """Return what is left to place in the year and in the total; None when the shares sum to zero."""
    year = -sum(share.year_amount for share in shares)
    total = -sum(share.total_amount for share in shares)
    return (year, total) if year or total else None


def _one(request: Single, kind: BudgetKind, *, sign: int = 1) -> Movement:
    return Movement(
        project=request.project,
        subproject=request.subproject,
        kind=kind,
        year=request.year,
        year_amount=sign * request.year_amount,
        total_amount=sign * request.total_amount,
        funding=request.funding,
    )


def _between_years(request: MoveBetweenYears | CarryOver, kind: BudgetKind, to_year: int) -> tuple[Movement, ...]:
    return tuple(
        Movement(
            project=request.project,
            subproject=request.subproject,
            kind=kind,
            year=year,
            year_amount=sign * request.amount,
        )
        for year, sign in ((request.from_year, -1), (to_year, 1))
    )


def _refuse_year(year: int) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Refusal(message("{year:id} er ikke et budsjettår: skriv for eksempel 2024.", year=year))


def _refuse_nothing(year_amount: int, total_amount: int) -> None:
    if not year_amount and not total_amount:
        raise Refusal(message("Begge beløpene er null: skriv hva som endres i året eller i totalen."))
