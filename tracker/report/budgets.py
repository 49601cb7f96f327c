"""The report's parts on budgets: what has been decided since the year began, and what is proposed for decision.

Must not know how a line is entered. Money that is never mixed (eiendomsskatt, selvkost) has sums of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby

from tracker.budgeting import (
    CHANGES,
    FUNDING_TITLES,
    KIND_TITLES,
    MONEYS,
    by_money,
    in_order,
    key_of,
    other_years,
    sums_of,
    write_case,
)
from tracker.kinds import BudgetKind, BudgetStatus, FundingTag
from tracker.messages import Message, message
from tracker.model import BudgetLine, Portfolio
from tracker.owners import Owners
from tracker.report.basis import NAME, Basis
from tracker.report.content import Cell, Column, ColumnKind, Emphasis, Part, Row, Table

_YEAR = Column(key="year", title=message("År"))
_KIND = Column(key="kind", title=message("Endring"))
_COUNT = Column(key="count", title=message("Antall"), kind=ColumnKind.COUNT)
_CASE = Column(key="decision", title=message("Vedtak"))
_DAY = Column(key="decided_on", title=message("Vedtatt"))
_FUNDING = Column(key="funding", title=message("Finansiering"))
_OF_YEAR = Column(key="year_amount", title=message("Beløp i året"), kind=ColumnKind.THOUSANDS)
_OF_TOTAL = Column(key="total_amount", title=message("Beløp i totalen"), kind=ColumnKind.THOUSANDS)
_NOTE = Column(key="note", title=message("Merknad"), kind=ColumnKind.LONG_TEXT)
_SUM_COLUMNS = (_KIND, _COUNT, _OF_YEAR, _OF_TOTAL)
_DECIDED_COLUMNS = (NAME, _YEAR, _CASE, _DAY, _FUNDING, _OF_YEAR, _OF_TOTAL, _NOTE)
_PROPOSED_COLUMNS = (NAME, _YEAR, _FUNDING, _OF_YEAR, _OF_TOTAL, _NOTE)


def decided_changes_part(basis: Basis) -> Part | None:
    """List the changes decided from the year's first day to the period's last, a table a kind; None if there are none.

    A reallocation stands as a group that sums to zero; a move shows both its years.
    """
    first, last = date(basis.period.year, 1, 1), basis.period.ends
    lines = in_order(
        basis.portfolio,
        (
            line
            for line in basis.portfolio.budget_lines.values()
            if line.kind in CHANGES and line.status is BudgetStatus.DECIDED and first <= _decided_on(line) <= last
        ),
    )
    if not lines:
        return None
    return Part(
        id="budget-changes",
        title=message("Budsjettendringer"),
        intro=(
            (
                message("Endringer i investeringsbudsjettet vedtatt fra {first} til {last}.", first=first, last=last),
                message(
                    "Flyttinger mellom år og overføringer endrer ikke vedtatt totalt; omdisponeringer går i null over "
                    "prosjektene."
                ),
            ),
        ),
        tables=tuple(_tables("budget-changes", basis.portfolio, lines, _DECIDED_COLUMNS, _decided_cells)),
    )


def proposed_changes_part(basis: Basis) -> Part | None:
    """List what is proposed, a table a kind to be decided as it stands; None if nothing is."""
    proposed = [line for line in basis.portfolio.budget_lines.values() if line.status is BudgetStatus.PROPOSED]
    lines = in_order(basis.portfolio, proposed)
    if not lines:
        return None
    return Part(
        id="budget-proposals",
        title=message("Forslag til vedtak"),
        intro=(
            (
                message("Forslag til endringer i investeringsbudsjettet."),
                message("De er ikke med i budsjettallene i rapporten før de er vedtatt."),
            ),
        ),
        tables=tuple(_tables("budget-proposals", basis.portfolio, lines, _PROPOSED_COLUMNS, _proposed_cells)),
    )


_Cells = Callable[[BudgetLine, Message | None], tuple[Cell, ...]]


def _tables(
    part: str, portfolio: Portfolio, lines: Sequence[BudgetLine], columns: tuple[Column, ...], cells: _Cells
) -> Iterable[Table]:
    parted = by_money(portfolio, lines)
    yield _sums_table(part, parted)
    elsewhere = other_years(portfolio, lines)
    owners = Owners(portfolio)
    for kind, of_kind in groupby(lines, key=lambda line: line.kind):
        rows: list[Row] = []
        for _, group in groupby(of_kind, key=key_of):
            own = list(group)
            rows += [_row(portfolio, owners, line, cells(line, elsewhere.get(line.id))) for line in own]
            if kind is BudgetKind.REALLOCATION:
                rows.append(_sum_row(message("Sum omdisponering"), own, columns))
        if kind is not BudgetKind.REALLOCATION:
            rows += _money_sums(portfolio, [line for line in lines if line.kind is kind], columns)
        yield Table(
            id=f"{part}-{kind.value.replace('_', '-')}",
            title=KIND_TITLES[kind],
            columns=columns,
            rows=tuple(rows),
            empty=message("Ingen"),
        )


def _sums_table(part: str, parted: dict[FundingTag | None, list[BudgetLine]]) -> Table:
    """Sum each kind; money that is never mixed stands under a heading of its own."""
    rows: list[Row] = []
    for tag, lines in parted.items():
        if len(parted) > 1 or tag is not None:
            rows.append(Row(cells=(MONEYS[tag], None, None, None), emphasis=Emphasis.HEADING))
        rows += [
            Row(cells=(KIND_TITLES[one.kind], one.count, one.year_amount, one.total_amount)) for one in sums_of(lines)
        ]
    return Table(
        id=f"{part}-sums",
        title=message("Sum per slag"),
        columns=_SUM_COLUMNS,
        rows=tuple(rows),
        empty=message("Ingen"),
    )


def _money_sums(portfolio: Portfolio, lines: Sequence[BudgetLine], columns: tuple[Column, ...]) -> list[Row]:
    parted = by_money(portfolio, lines)
    if list(parted) == [None]:
        return [_sum_row(message("Sum"), lines, columns)]
    return [_sum_row(message("Sum {money}", money=MONEYS[tag]), own, columns) for tag, own in parted.items()]


def _sum_row(title: Message, lines: Sequence[BudgetLine], columns: tuple[Column, ...]) -> Row:
    known: Mapping[str, Cell] = {
        NAME.key: title,
        _OF_YEAR.key: sum(line.year_amount for line in lines),
        _OF_TOTAL.key: sum(line.total_amount for line in lines),
    }
    return Row(cells=tuple(known.get(column.key) for column in columns), emphasis=Emphasis.SUM)


def _row(portfolio: Portfolio, owners: Owners, line: BudgetLine, cells: tuple[Cell, ...]) -> Row:
    project = portfolio.projects[owners.of_line(line)]
    subproject = None if line.subproject is None else portfolio.subprojects[line.subproject]
    name = project.name if subproject is None else f"{project.name} ({subproject.code} {subproject.name})"
    return Row(cells=(name, *cells), project=project.id)


def _decided_cells(line: BudgetLine, elsewhere: Message | None) -> tuple[Cell, ...]:
    return (
        _year_of(line, elsewhere),
        None if line.decision is None else write_case(line.decision),
        message("{day}", day=_decided_on(line)),
        None if line.funding_source is None else FUNDING_TITLES[line.funding_source],
        line.year_amount,
        line.total_amount,
        line.note,
    )


def _proposed_cells(line: BudgetLine, elsewhere: Message | None) -> tuple[Cell, ...]:
    return (
        _year_of(line, elsewhere),
        None if line.funding_source is None else FUNDING_TITLES[line.funding_source],
        line.year_amount,
        line.total_amount,
        line.note,
    )


def _year_of(line: BudgetLine, elsewhere: Message | None) -> Message:
    if elsewhere is None:
        return message("{year:id}", year=line.budget_year)
    return message("{year:id} ({elsewhere})", year=line.budget_year, elsewhere=elsewhere)


def _decided_on(line: BudgetLine) -> date:
    """Return the day of a line's decision; a line that was read from a report has only the day that it counts from."""
    return line.takes_effect if line.decision is None else line.decision.on
