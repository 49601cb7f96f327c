"""What the council adopts on the investment budget, point by point, each with the table that it stands on.

Must not know how the tables look. Amounts are whole kroner. Source: kommuneloven § 14-5 (reports during the year, and
changes in the budget), § 14-7 (the annual report).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tracker.budgeting import by_money, moves_of
from tracker.kinds import BudgetKind, FundingSource, FundingTag
from tracker.messages import Message, message
from tracker.model import BudgetLine
from tracker.owners import Owners
from tracker.report.basis import Basis
from tracker.report.budget_tables import NEEDS_FUNDING
from tracker.report.content import Paragraph
from tracker.report.wording import listed

_FUNDED_BY: Mapping[FundingSource, Message] = {
    FundingSource.LOAN: message("bruk av lån"),
    FundingSource.VAT_COMPENSATION: message("kompensasjon for merverdiavgift"),
    FundingSource.GRANT: message("tilskudd fra andre"),
    FundingSource.SALE: message("salg av varige driftsmidler"),
    FundingSource.SHARES: message("salg av finansielle anleggsmidler"),
    FundingSource.DIVIDEND: message("utdeling fra selskaper"),
    FundingSource.INSTALMENT: message("mottatte avdrag på utlån"),
    FundingSource.OPERATIONS: message("overføring fra drift"),
    FundingSource.BOUND_FUND: message("bruk av bundne fond"),
    FundingSource.UNBOUND_FUND: message("bruk av ubundne fond"),
}
_OF_MONEY: Mapping[FundingTag, Message] = {
    FundingTag.PROPERTY_TAX: message("prosjekter som finansieres med eiendomsskatt"),
    FundingTag.FULL_COST: message("selvkostområdene"),
}
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
_TOTALS_STAND = message("Vedtatte totalbudsjetter endres ikke.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The year's revised budget and the total budgets before the proposals, and what these change."""

    revised: int
    revised_change: int
    total: int
    total_change: int


def points_of(basis: Basis, kinds: Sequence[Sequence[BudgetLine]], frame: Frame) -> Iterator[Paragraph]:
    """Yield the numbered points: the report is noted, a point a kind in the tables' order, and the new budget.

    `kinds` are the lines of each numbered table, each of one kind.
    """
    points: list[Iterable[Message]] = [[_noted(basis)]]
    points += [_point(basis, lines, table) for table, lines in enumerate(kinds, start=1)]
    if frame.revised_change:
        points.append([_new_budget(basis, frame)])
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


def _new_budget(basis: Basis, frame: Frame) -> Message:
    return message(
        "Revidert investeringsbudsjett for {year:id} endres med dette fra {before:kr} til {after:kr}.",
        year=basis.period.year,
        before=frame.revised,
        after=frame.revised + frame.revised_change,
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
        yield from _effects(lines, count)
        yield from _funding(lines)
        yield from _of_money({tag: abs(_size(own)) for tag, own in by_money(basis.portfolio, lines).items()})


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
    yield from _of_money(_moved_amounts(basis, lines), net=any(move.amount < 0 for move in moves_of(lines)))
    yield _TOTALS_STAND


def _moved(basis: Basis, lines: Sequence[BudgetLine], table: int) -> Iterator[Message]:
    by_years: dict[tuple[int | None, int | None], int] = defaultdict(int)
    for move in moves_of(lines):
        by_years[move.from_year, move.to_year] += move.amount
    for (from_year, to_year), amount in by_years.items():
        yield message(
            "Kommunestyret vedtar å flytte {amount:kr} i investeringsbudsjettet fra {from_year} til {to_year}, "
            "slik tabell {table} viser.",
            amount=amount,
            from_year=_year(from_year),
            to_year=_year(to_year),
            table=table,
        )
    yield from _of_money(_moved_amounts(basis, lines))
    yield _TOTALS_STAND


def _reallocated(basis: Basis, lines: Sequence[BudgetLine], table: int) -> Iterator[Message]:
    given: dict[int, int] = defaultdict(int)
    for line in lines:
        given[line.budget_year] += max(line.year_amount, 0)
    values = {"count": _count(basis, lines), "table": table}
    for year, amount in sorted(given.items()):
        if amount:
            yield message(
                "Kommunestyret vedtar å omdisponere {amount:kr} i investeringsbudsjettet for {year:id} innenfor "
                "{count} {count:prosjekt|prosjekter}, slik tabell {table} viser.",
                amount=amount,
                year=year,
                **values,
            )
    if not any(given.values()):
        yield message(
            "Kommunestyret vedtar å omdisponere {amount:kr} av totalbudsjettene innenfor {count} "
            "{count:prosjekt|prosjekter}, slik tabell {table} viser.",
            amount=sum(max(line.total_amount, 0) for line in lines),
            **values,
        )
    yield message(
        "Summen av endringene er {year:kr} i årsbudsjettet og {total:kr} i totalbudsjettene.",
        year=sum(line.year_amount for line in lines),
        total=sum(line.total_amount for line in lines),
    )


def _effects(lines: Sequence[BudgetLine], count: int) -> Iterator[Message]:
    """Say what happens to each year's budget, and to the totals."""
    by_year: dict[int, int] = defaultdict(int)
    for line in lines:
        by_year[line.budget_year] += line.year_amount
    for year, amount in sorted(by_year.items()):
        if amount > 0:
            yield message("Investeringsbudsjettet for {year:id} økes med {amount:kr}.", year=year, amount=amount)
        elif amount < 0:
            yield message("Investeringsbudsjettet for {year:id} reduseres med {amount:kr}.", year=year, amount=-amount)
    if not any(by_year.values()):
        yield message("Årsbudsjettet endres ikke.")
    total = sum(line.total_amount for line in lines)
    if total > 0:
        yield message(
            "{count:Vedtatt totalbudsjett|Vedtatte totalbudsjetter} økes med {amount:kr}.", count=count, amount=total
        )
    elif total < 0:
        yield message(
            "{count:Vedtatt totalbudsjett|Vedtatte totalbudsjetter} reduseres med {amount:kr}.",
            count=count,
            amount=-total,
        )
    else:
        yield _TOTALS_STAND


def _funding(lines: Sequence[BudgetLine]) -> Iterator[Message]:
    """Say where the money comes from, or which source is needed less of; and what nobody has said it of."""
    by_source: dict[FundingSource | None, list[BudgetLine]] = defaultdict(list)
    for line in lines:
        by_source[line.funding_source].append(line)
    unfunded = by_source.pop(None, [])
    if by_source:
        told = listed([_source(source, own, alone=len(by_source) == 1) for source, own in by_source.items()])
        if lines[0].kind is BudgetKind.CUT:
            yield message("Finansieringen reduseres tilsvarende: {sources}.", sources=told)
        else:
            yield message("Finansiering: {sources}.", sources=told)
    if unfunded and lines[0].kind in NEEDS_FUNDING:
        yield message("Finansieringen av {amount:kr} er ikke oppgitt.", amount=abs(_size(unfunded)))


def _source(source: FundingSource | None, lines: Sequence[BudgetLine], *, alone: bool) -> Message:
    if source is None or alone:
        return message("{source}", source=None if source is None else _FUNDED_BY[source])
    return message("{source} {amount:kr}", source=_FUNDED_BY[source], amount=abs(_size(lines)))


def _of_money(amounts: Mapping[FundingTag | None, int], *, net: bool = False) -> Iterator[Message]:
    """Say how much of it is money that is never mixed."""
    told = [(amount, _OF_MONEY[tag]) for tag, amount in amounts.items() if tag is not None and amount]
    if not told:
        return
    if len(amounts) == 1:
        yield message("Alt gjelder {money}.", money=told[0][1])
        return
    items = listed([message("{amount:kr} {money}", amount=amount, money=money) for amount, money in told])
    yield (
        message("Av nettobeløpet gjelder {items}.", items=items)
        if net
        else message("Av dette gjelder {items}.", items=items)
    )


def _moved_amounts(basis: Basis, lines: Sequence[BudgetLine]) -> dict[FundingTag | None, int]:
    parted = by_money(basis.portfolio, lines)
    return {tag: sum(move.amount for move in moves_of(own)) for tag, own in parted.items()}


def _size(lines: Iterable[BudgetLine]) -> int:
    """Return what lines come to in their years; in the totals where they move nothing in a year."""
    chosen = list(lines)
    return sum(line.year_amount for line in chosen) or sum(line.total_amount for line in chosen)


def _count(basis: Basis, lines: Sequence[BudgetLine]) -> int:
    owners = Owners(basis.portfolio)
    return len({owners.of_line(line) for line in lines})


def _year(year: int | None) -> str | Message:
    return message("et annet år") if year is None else str(year)
