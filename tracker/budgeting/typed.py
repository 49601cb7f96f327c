"""A budget change as it was typed, in a form or after a command, read to a request.

Must not know which of them it was, nor what stands in the ledger.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tracker.budgeting.requests import (
    CarryOver,
    Cut,
    MoveBetweenYears,
    NewMoney,
    OriginalBudget,
    PriceAdjustment,
    Reallocation,
    Request,
    Share,
)
from tracker.kinds import BudgetKind, FundingSource
from tracker.messages import Refusal, message
from tracker.money import Unit, UnreadableAmountError, parse_kroner
from tracker.owners import Owner

ENTERED_ALONE = (
    BudgetKind.GRANT,
    BudgetKind.CUT,
    BudgetKind.PRICE_ADJUSTMENT,
    BudgetKind.CARRY_OVER,
    BudgetKind.ORIGINAL,
)
"""The kinds that are entered for one project at a time, the commonest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedChange:
    """A change of one project as it was typed; `unit` is what a bare number counts."""

    owner: Owner
    kind: BudgetKind
    year: str
    amount: str
    total: str = ""
    funding: FundingSource | None = None
    unit: Unit = Unit.THOUSANDS


def read_change(typed: TypedChange) -> Request:
    """Read a change of one project.

    What is given for a cut is how much is cut, with or without its minus. Where nothing is typed for the total, it
    moves as much as the year; for an original budget it must be said, since most of it was in the total already.
    A carry-over's year is the one that it comes to. Raises Refusal when something lacks or can't be read.
    """
    project, subproject = typed.owner
    year, amount = read_budget_year(typed.year), read_kroner(typed.amount, unit=typed.unit)
    if typed.kind is BudgetKind.CARRY_OVER:
        _refuse_total(typed)
        return CarryOver(project=project, subproject=subproject, amount=amount, from_year=year - 1)
    total = _total(typed, amount)
    if typed.kind is BudgetKind.ORIGINAL:
        return OriginalBudget(
            project=project,
            subproject=subproject,
            year=year,
            year_amount=amount,
            total_amount=total,
            funding=typed.funding,
        )
    if typed.kind is BudgetKind.PRICE_ADJUSTMENT:
        return PriceAdjustment(
            project=project,
            subproject=subproject,
            year=year,
            year_amount=amount,
            total_amount=total,
            funding=typed.funding,
        )
    made: Callable[..., Request] = NewMoney if typed.kind is BudgetKind.GRANT else Cut
    sign = -1 if typed.kind is BudgetKind.CUT and amount <= 0 and total <= 0 else 1
    return made(
        project=project,
        subproject=subproject,
        year=year,
        year_amount=sign * amount,
        total_amount=sign * total,
        funding=_given(typed.funding),
    )


def read_move(owner: Owner, *, amount: str, from_year: str, to_year: str, unit: Unit = Unit.THOUSANDS) -> Request:
    """Read a move between years.

    Raises Refusal when something lacks or can't be read.
    """
    return MoveBetweenYears(
        project=owner[0],
        subproject=owner[1],
        amount=read_kroner(amount, unit=unit),
        from_year=read_budget_year(from_year),
        to_year=read_budget_year(to_year),
    )


def read_share(owner: Owner, *, year: str, total: str, unit: Unit = Unit.THOUSANDS) -> Share:
    """Read one share of a reallocation; the total moves as much as the year where nothing is typed for it."""
    amount = read_kroner(year, unit=unit)
    return Share(
        project=owner[0],
        subproject=owner[1],
        year_amount=amount,
        total_amount=read_kroner(total, unit=unit) if total.strip() else amount,
    )


def read_reallocation(year: str, shares: list[Share]) -> Reallocation:
    """Read a reallocation.

    Raises Refusal with what is left to place when it doesn't sum to zero.
    """
    return Reallocation(year=read_budget_year(year), shares=tuple(shares))


def read_kroner(text: str, *, unit: Unit = Unit.THOUSANDS) -> int:
    """Read an amount in kroner.

    Raises Refusal when it isn't one.
    """
    if not text.strip():
        raise Refusal(message("Beløpet mangler: skriv for eksempel 12,5 mill."))
    try:
        return parse_kroner(text, unit=unit)
    except UnreadableAmountError:
        pass
    if unit is Unit.KRONER:
        raise Refusal(message("«{text}» er ikke et beløp: skriv for eksempel 12 500 000 eller 12,5 mill.", text=text))
    raise Refusal(
        message("«{text}» er ikke et beløp: skriv for eksempel 12 500 (tusen kroner) eller 12,5 mill.", text=text)
    )


def read_budget_year(text: str) -> int:
    """Read a budget year.

    Raises Refusal when it isn't four digits; which years there are, the request knows.
    """
    written = text.strip()
    if len(written) != len("2024") or not written.isdecimal():
        raise Refusal(message("«{text}» er ikke et budsjettår: skriv for eksempel 2024.", text=text))
    return int(written)


def _total(typed: TypedChange, amount: int) -> int:
    if typed.total.strip():
        return read_kroner(typed.total, unit=typed.unit)
    if typed.kind is BudgetKind.ORIGINAL:
        raise Refusal(message("Skriv hva opprinnelig budsjett legger til totalen: 0 når totalen er vedtatt fra før."))
    return amount


def _refuse_total(typed: TypedChange) -> None:
    if typed.total.strip() and read_kroner(typed.total, unit=typed.unit):
        raise Refusal(message("En overføring fra i fjor endrer ikke totalen: la totalen stå tom."))


def _given(funding: FundingSource | None) -> FundingSource:
    if funding is None:
        raise Refusal(message("Skriv hva som finansierer endringen, for eksempel bruk av lån."))
    return funding
