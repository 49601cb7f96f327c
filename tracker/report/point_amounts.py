"""What a point of the council's resolution says of its amounts: which budgets change, and what pays for it.

Must not know the other points. Amounts are whole kroner.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from tracker.kinds import BudgetKind, FundingSource, FundingTag
from tracker.messages import Message, message
from tracker.model import BudgetLine
from tracker.report.budget_tables import NEEDS_FUNDING
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
TOTALS_STAND = message("Vedtatte totalbudsjetter endres ikke.")


def effects_of(lines: Sequence[BudgetLine], count: int) -> Iterator[Message]:
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
        yield TOTALS_STAND


def funding_of(lines: Sequence[BudgetLine]) -> Iterator[Message]:
    """Say where the money comes from, or which source is needed less of; and what nobody has said it of."""
    by_source: dict[FundingSource, list[BudgetLine]] = defaultdict(list)
    for line in lines:
        if line.funding_source is not None:
            by_source[line.funding_source].append(line)
    if by_source:
        in_year, sources = _sources(by_source)
        if lines[0].kind is BudgetKind.CUT:
            yield message("Finansieringen reduseres tilsvarende: {sources}.", sources=sources)
        elif in_year:
            yield message("Årsbeløpet finansieres med {sources}.", sources=sources)
        else:
            yield message("Endringen finansieres med {sources}.", sources=sources)
    unfunded = [line for line in lines if line.funding_source is None]
    if unfunded and lines[0].kind in NEEDS_FUNDING:
        yield message("Finansieringen av {amount:kr} er ikke oppgitt.", amount=abs(size_of(unfunded)))


def _sources(by_source: Mapping[FundingSource, Sequence[BudgetLine]]) -> tuple[bool, Message]:
    """Return the sources, each with its amount where there are several, and whether the amounts are the year's."""
    of_year = [abs(sum(line.year_amount for line in own)) for own in by_source.values()]
    of_total = [abs(sum(line.total_amount for line in own)) for own in by_source.values()]
    amounts = next((one for one in (of_year, of_total) if all(one) and len(one) > 1), None)
    if amounts is None:
        return False, listed([_FUNDED_BY[source] for source in by_source])
    told = [
        message("{source} ({amount:kr})", source=_FUNDED_BY[source], amount=amount)
        for source, amount in zip(by_source, amounts, strict=True)
    ]
    return amounts is of_year, listed(told)


def money_told(amounts: Mapping[FundingTag | None, int], *, net: bool = False) -> Iterator[Message]:
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


def size_of(lines: Iterable[BudgetLine]) -> int:
    """Return what lines come to in their years; in the totals where they move nothing in a year."""
    chosen = list(lines)
    return sum(line.year_amount for line in chosen) or sum(line.total_amount for line in chosen)
