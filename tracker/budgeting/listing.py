"""Which lines of the ledger are listed together, and what each kind of change comes to.

Must not know how they are shown. Amounts are whole kroner.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tracker.budgeting.ledger import key_of
from tracker.budgeting.money import MONEYS, money_of
from tracker.budgeting.titles import KIND_TITLES
from tracker.kinds import BudgetKind, BudgetStatus, FundingTag
from tracker.messages import Message, message
from tracker.model import BudgetLine, Portfolio, RecordId
from tracker.owners import Owners

CHANGES = tuple(kind for kind in KIND_TITLES if kind not in {BudgetKind.OPENING, BudgetKind.ORIGINAL})
"""The kinds that change a budget that is there, in the order in which they are listed."""
_ORDER = {kind: at for at, kind in enumerate(KIND_TITLES)}


@dataclass(frozen=True, slots=True, kw_only=True)
class KindSum:
    """What the lines of a kind come to: in their years, and in the total."""

    kind: BudgetKind
    count: int
    year_amount: int
    total_amount: int


def changes_in(
    portfolio: Portfolio,
    *,
    year: int | None = None,
    kinds: Iterable[BudgetKind] = CHANGES,
    status: BudgetStatus | None = None,
) -> list[BudgetLine]:
    """Return the lines of some kinds in a budget year, by kind, then group by group in the projects' order."""
    wanted = frozenset(kinds)
    return in_order(
        portfolio,
        (
            line
            for line in portfolio.budget_lines.values()
            if line.kind in wanted
            and (year is None or line.budget_year == year)
            and (status is None or line.status is status)
        ),
    )


def in_order(portfolio: Portfolio, lines: Iterable[BudgetLine]) -> list[BudgetLine]:
    """Return lines by kind, those that belong together below each other, and the projects in the report's order."""
    owners = Owners(portfolio)
    chosen = list(lines)
    position = {line.id: portfolio.projects[owners.of_line(line)].position for line in chosen}
    begins: dict[RecordId, tuple[int, str]] = {}
    for line in chosen:
        own = (position[line.id], line.id)
        begins[key_of(line)] = min(begins.get(key_of(line), own), own)
    return sorted(
        chosen,
        key=lambda line: (_ORDER[line.kind], begins[key_of(line)], line.budget_year, position[line.id], line.id),
    )


def sums_of(lines: Iterable[BudgetLine]) -> list[KindSum]:
    """Add up lines by kind."""
    by_kind: dict[BudgetKind, list[BudgetLine]] = defaultdict(list)
    for line in lines:
        by_kind[line.kind].append(line)
    return [
        KindSum(
            kind=kind,
            count=len(by_kind[kind]),
            year_amount=sum(line.year_amount for line in by_kind[kind]),
            total_amount=sum(line.total_amount for line in by_kind[kind]),
        )
        for kind in KIND_TITLES
        if kind in by_kind
    ]


def other_years(portfolio: Portfolio, lines: Iterable[BudgetLine]) -> Mapping[RecordId, Message]:
    """Return where the money of a line between years comes from or goes to, by the line's id."""
    wanted = [line for line in lines if line.kind.leaves_total]
    keys = {key_of(line) for line in wanted}
    groups: dict[RecordId, list[BudgetLine]] = defaultdict(list)
    for line in portfolio.budget_lines.values():
        if key_of(line) in keys:
            groups[key_of(line)].append(line)
    found = {}
    for line in wanted:
        other = next((one for one in groups[key_of(line)] if one.budget_year != line.budget_year), None)
        if other is not None:
            told = message("fra {year:id}") if line.year_amount > 0 else message("til {year:id}")
            found[line.id] = message(told.text, year=other.budget_year)
    return found


def by_money(portfolio: Portfolio, lines: Sequence[BudgetLine]) -> dict[FundingTag | None, list[BudgetLine]]:
    """Part lines by the money of their projects, so that no sum mixes it."""
    owners = Owners(portfolio)
    parted: dict[FundingTag | None, list[BudgetLine]] = {tag: [] for tag in MONEYS}
    for line in lines:
        parted[money_of(portfolio.projects[owners.of_line(line)])].append(line)
    return {tag: own for tag, own in parted.items() if own}
