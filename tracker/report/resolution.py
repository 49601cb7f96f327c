"""What the council adopts on the investment budget, point by point, each with the table that it stands on.

Must not know how the tables look. Amounts are whole kroner. Source: kommuneloven § 14-5 (reports during the year, and
changes in the budget), § 14-7 (the annual report).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tracker.budgeting import by_money, moves_of
from tracker.kinds import BudgetKind, FundingTag
from tracker.messages import Message, message
from tracker.model import BudgetLine
from tracker.owners import Owners
from tracker.report.basis import Basis
from tracker.report.content import Paragraph
from tracker.report.point_amounts import TOTALS_STAND, effects_of, funding_of, money_told, size_of

_OPENINGS: Mapping[BudgetKind, Message] = {
    BudgetKind.ORIGINAL: message(
        "Kommunestyret vedtar opprinnelig budsjett for {count} {count:prosjekt|prosjekter}, slik tabell {table} viser."
    ),
    BudgetKind.GRANT: message(
        "Kommunestyret vedtar tilleggsbevilgning til {count} {count:prosjekt|prosjekter}, slik tabell {table} viser."
    ),
    BudgetKind.CUT: message(
        "Kommunestyret vedtar nedtrekk for {count} {count:prosjekt|prosjekter}, slik tabell {table} viser."
    ),
    BudgetKind.PRICE_ADJUSTMENT: message(
        "Kommunestyret vedtar prisjustering for {count} {count:prosjekt|prosjekter}, slik tabell {table} viser."
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A year's revised budget and the total budgets before the proposals, and what these change.

    `revised` is None where nothing is decided for the year yet.
    """

    year: int
    revised: int | None
    revised_change: int
    total: int
    total_change: int


def points_of(basis: Basis, kinds: Sequence[Sequence[BudgetLine]], frame: Frame) -> Iterator[Paragraph]:
    """Yield the numbered points: the report is noted, a point a kind in the tables' order, and the new budget.

    `kinds` are the lines of each numbered table, each of one kind.
    """
    points: list[Iterable[Message]] = [[_noted(basis)]]
    points += [_point(basis, lines, table) for table, lines in enumerate(kinds, start=1)]
    if frame.revised is not None and frame.revised_change:
        points.append([_new_budget(frame, frame.revised)])
    for number, (first, *rest) in enumerate(points, start=1):
        yield (message("{number}. {sentence}", number=number, sentence=first), *rest)


def _noted(basis: Basis) -> Message:
    if basis.is_year:
        return message(
            "Kommunestyret tar rapporten om investeringsprosjektene per {date} til orientering, "
            "jf. kommuneloven § 14-7.",
            date=basis.period.ends,
        )
    return message(
        "Kommunestyret tar rapporten om investeringsprosjektene per {date} til orientering, jf. kommuneloven § 14-5.",
        date=basis.period.ends,
    )


def _new_budget(frame: Frame, before: int) -> Message:
    return message(
        "Revidert investeringsbudsjett for {year:id} endres med dette fra {before:kr} til {after:kr}.",
        year=frame.year,
        before=before,
        after=before + frame.revised_change,
    )


def _point(basis: Basis, lines: Sequence[BudgetLine], table: int) -> Iterator[Message]:
    kind = lines[0].kind
    if kind is BudgetKind.CARRY_OVER:
        yield from _carried(basis, lines, table)
    elif kind is BudgetKind.BETWEEN_YEARS:
        yield from _moved(basis, lines, table)
    elif kind is BudgetKind.REALLOCATION:
        yield from _reallocated(basis, lines, table)
    else:
        count = _count(basis, lines)
        yield message(_OPENINGS[kind].text, count=count, table=table)
        yield from effects_of(lines, count)
        yield from funding_of(lines)
        yield from money_told({tag: abs(size_of(own)) for tag, own in by_money(basis.portfolio, lines).items()})


def _carried(basis: Basis, lines: Sequence[BudgetLine], table: int) -> Iterator[Message]:
    by_years: dict[int, list[int]] = defaultdict(list)
    for move in moves_of(lines):
        by_years[move.to_year or 0].append(move.amount)
    for to_year, amounts in sorted(by_years.items()):
        unspent, over = sum(one for one in amounts if one > 0), -sum(one for one in amounts if one < 0)
        years = {"from_year": to_year - 1, "to_year": to_year}
        if not unspent:
            yield message(
                "Kommunestyret vedtar at merforbruk på {over:kr} i {from_year:id} dekkes av investeringsbudsjettet for "
                "{to_year:id}, slik tabell {table} viser.",
                over=over,
                table=table,
                **years,
            )
            continue
        yield message(
            "Kommunestyret vedtar å overføre {unspent:kr} i ubrukte midler fra investeringsbudsjettet for "
            "{from_year:id} til {to_year:id}, slik tabell {table} viser.",
            unspent=unspent,
            table=table,
            **years,
        )
        if over:
            yield message(
                "Merforbruk på {over:kr} i {from_year:id} dekkes av budsjettet for {to_year:id}, "
                "som netto endres med {net:kr}.",
                over=over,
                net=unspent - over,
                **years,
            )
    yield from money_told(_moved_amounts(basis, lines), net=any(move.amount < 0 for move in moves_of(lines)))
    yield TOTALS_STAND


def _moved(basis: Basis, lines: Sequence[BudgetLine], table: int) -> Iterator[Message]:
    by_years: dict[tuple[int | None, int | None], int] = defaultdict(int)
    for move in moves_of(lines):
        by_years[move.from_year, move.to_year] += move.amount
    (years, amount), *others = by_years.items()
    yield message(
        "Kommunestyret vedtar å flytte {amount:kr} i investeringsbudsjettet fra {from_year} til {to_year}, "
        "slik tabell {table} viser.",
        amount=amount,
        from_year=_year(years[0]),
        to_year=_year(years[1]),
        table=table,
    )
    for years, amount in others:
        yield message(
            "Videre flyttes {amount:kr} fra {from_year} til {to_year}.",
            amount=amount,
            from_year=_year(years[0]),
            to_year=_year(years[1]),
        )
    yield from money_told(_moved_amounts(basis, lines))
    yield TOTALS_STAND


def _reallocated(basis: Basis, lines: Sequence[BudgetLine], table: int) -> Iterator[Message]:
    given: dict[int, int] = defaultdict(int)
    for line in lines:
        given[line.budget_year] += max(line.year_amount, 0)
    count = _count(basis, lines)
    between = message("innenfor ett prosjekt") if count == 1 else message("mellom {count} prosjekter", count=count)
    for year, amount in sorted(given.items()):
        if amount:
            yield message(
                "Kommunestyret vedtar å omdisponere {amount:kr} i investeringsbudsjettet for {year:id} {between}, "
                "slik tabell {table} viser.",
                amount=amount,
                year=year,
                between=between,
                table=table,
            )
    if not any(given.values()):
        yield message(
            "Kommunestyret vedtar å omdisponere {amount:kr} av totalbudsjettene {between}, slik tabell {table} viser.",
            amount=sum(max(line.total_amount, 0) for line in lines),
            between=between,
            table=table,
        )
    yield message(
        "Summen av endringene er {year:kr} i årsbudsjettet og {total:kr} i totalbudsjettene.",
        year=sum(line.year_amount for line in lines),
        total=sum(line.total_amount for line in lines),
    )


def _moved_amounts(basis: Basis, lines: Sequence[BudgetLine]) -> dict[FundingTag | None, int]:
    parted = by_money(basis.portfolio, lines)
    return {tag: sum(move.amount for move in moves_of(own)) for tag, own in parted.items()}


def _count(basis: Basis, lines: Sequence[BudgetLine]) -> int:
    owners = Owners(basis.portfolio)
    return len({owners.of_line(line) for line in lines})


def _year(year: int | None) -> str | Message:
    return message("et annet år") if year is None else str(year)
