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

_CARRIED_FROM, _CARRIED_TO = message("Overført fra {year:id}"), message("Overført til {year:id}")
_MOVED_FROM, _MOVED_TO = message("Flyttet fra {year:id}"), message("Flyttet til {year:id}")


@dataclass(frozen=True, slots=True, kw_only=True)
class KindSum:
    """What the changes of a kind come to: how many they are, kroner in the year, and kroner in the total."""

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


def sums_of(lines: Iterable[BudgetLine], *, year: int | None = None) -> list[KindSum]:
    """Add up lines by kind, the amounts of one year where one is given. Lines that belong together are one change."""
    by_kind: dict[BudgetKind, list[BudgetLine]] = defaultdict(list)
    for line in lines:
        by_kind[line.kind].append(line)
    return [
        KindSum(
            kind=kind,
            count=len({key_of(line) for line in by_kind[kind]}),
            year_amount=sum(line.year_amount for line in by_kind[kind] if year in {None, line.budget_year}),
            total_amount=sum(line.total_amount for line in by_kind[kind]),
        )
        for kind in KIND_TITLES
        if kind in by_kind
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """Money of a project from one year to another, told once; a year that nothing is known of is None.

    A carry-over is told from the year that ended, below zero where more was spent than the budget.
    """

    line: BudgetLine
    from_year: int | None
    to_year: int | None
    amount: int


def moves_of(lines: Sequence[BudgetLine]) -> list[Move]:
    """Return lines between years as moves, each line in one of them, in the order of the lines."""
    left, moves = list(lines), []
    while left:
        line = left.pop(0)
        other = next((one for one in left if _is_other_end(one, line)), None)
        if other is not None:
            left.remove(other)
        moves.append(_move(line, other))
    return moves


def _is_other_end(one: BudgetLine, line: BudgetLine) -> bool:
    return key_of(one) == key_of(line) and one.budget_year != line.budget_year and one.year_amount == -line.year_amount


def _move(line: BudgetLine, other: BudgetLine | None) -> Move:
    years = (line.budget_year, None if other is None else other.budget_year)
    if line.kind is BudgetKind.CARRY_OVER:
        later = line if other is None or line.budget_year > other.budget_year else other
        # A line alone is the year's that got it: what was carried came from the year before.
        return Move(line=line, from_year=later.budget_year - 1, to_year=later.budget_year, amount=later.year_amount)
    from_year, to_year = years if line.year_amount < 0 else years[::-1]
    return Move(line=line, from_year=from_year, to_year=to_year, amount=abs(line.year_amount))


def titles_of(portfolio: Portfolio, lines: Iterable[BudgetLine]) -> Mapping[RecordId, Message]:
    """Return what each line is called; money between years by the other year."""
    lines = list(lines)
    keys = {key_of(line) for line in lines if line.kind.leaves_total}
    groups: dict[RecordId, list[BudgetLine]] = defaultdict(list)
    for line in portfolio.budget_lines.values():
        if key_of(line) in keys:
            groups[key_of(line)].append(line)

    def title(line: BudgetLine) -> Message:
        other = next((one for one in groups[key_of(line)] if one.budget_year != line.budget_year), None)
        if other is None or not line.kind.leaves_total:
            return KIND_TITLES[line.kind]
        # What is carried over goes to the later year, an overspend too; else the year that gains gets it.
        if line.kind is BudgetKind.CARRY_OVER:
            told = _CARRIED_FROM if line.budget_year > other.budget_year else _CARRIED_TO
        else:
            told = _MOVED_FROM if line.year_amount > 0 else _MOVED_TO
        return message(told.text, year=other.budget_year)

    return {line.id: title(line) for line in lines}


def by_money(portfolio: Portfolio, lines: Sequence[BudgetLine]) -> dict[FundingTag | None, list[BudgetLine]]:
    """Part lines by the money of their projects, so that no sum mixes it."""
    owners = Owners(portfolio)
    parted: dict[FundingTag | None, list[BudgetLine]] = {tag: [] for tag in MONEYS}
    for line in lines:
        parted[money_of(portfolio.projects[owners.of_line(line)])].append(line)
    return {tag: own for tag, own in parted.items() if own}
