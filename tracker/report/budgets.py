"""The report's parts on budgets: what has been decided since the year began, and what is proposed for decision.

Must not know how a line is entered. Money that is never mixed (eiendomsskatt, selvkost) has sums of its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby

from tracker.budgeting import (
    CHANGES,
    FUNDING_TITLES,
    KIND_TITLES,
    MONEYS,
    Move,
    by_money,
    in_order,
    key_of,
    money_of,
    moves_of,
    sums_of,
    write_case,
    write_day,
)
from tracker.kinds import BudgetKind, BudgetStatus, FundingTag
from tracker.messages import Message, message
from tracker.model import BudgetLine, Project
from tracker.owners import Owners
from tracker.report.basis import NAME, Basis
from tracker.report.content import Cell, Column, ColumnKind, Emphasis, Part, PartName, Row, Table

DECIDED_CHANGES = PartName("budget-changes", message("Budsjettendringer"))
PROPOSED_CHANGES = PartName("budget-proposals", message("Forslag til vedtak"))
_YEAR = Column(key="year", title=message("År"))
_FROM = Column(key="from_year", title=message("Fra år"))
_TO = Column(key="to_year", title=message("Til år"))
_KIND = Column(key="kind", title=message("Endring"))
_COUNT = Column(key="count", title=message("Antall"), kind=ColumnKind.COUNT)
_CASE = Column(key="decision", title=message("Vedtak"))
_DAY = Column(key="decided_on", title=message("Vedtatt"))
_FUNDING = Column(key="funding", title=message("Finansiering"))
_AMOUNT = Column(key="amount", title=message("Beløp"), kind=ColumnKind.THOUSANDS)
_OF_YEAR = Column(key="year_amount", title=message("Beløp i året"), kind=ColumnKind.THOUSANDS)
_OF_TOTAL = Column(key="total_amount", title=message("Beløp i totalen"), kind=ColumnKind.THOUSANDS)
_NOTE = Column(key="note", title=message("Merknad"), kind=ColumnKind.LONG_TEXT)
_DECIDED = (_CASE, _DAY)
_Values = Mapping[str, Cell]


def decided_changes_part(basis: Basis) -> Part | None:
    """List the changes decided from the year's first day to the period's last, a table a kind; None if there are none.

    A reallocation stands as a group that sums to zero; a move between years is told once.
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
        id=DECIDED_CHANGES.id,
        title=DECIDED_CHANGES.title,
        intro=(
            (
                message("Endringer i investeringsbudsjettet vedtatt fra {first} til {last}.", first=first, last=last),
                message(
                    "Flyttinger mellom år og overføringer endrer ikke vedtatt totalt; omdisponeringer går i null over "
                    "prosjektene."
                ),
            ),
        ),
        tables=tuple(_tables(DECIDED_CHANGES.id, basis, lines, _DECIDED)),
    )


def proposed_changes_part(basis: Basis) -> Part | None:
    """List what is proposed, a table a kind to be decided as it stands; None if nothing is.

    A proposal is of today: the newest period's report has it, and no older one.
    """
    if basis.period != max(basis.portfolio.periods(), default=basis.period):
        return None
    proposed = (line for line in basis.portfolio.budget_lines.values() if line.status is BudgetStatus.PROPOSED)
    lines = in_order(basis.portfolio, proposed)
    if not lines:
        return None
    return Part(
        id=PROPOSED_CHANGES.id,
        title=PROPOSED_CHANGES.title,
        intro=(
            (
                message("Forslag til endringer i investeringsbudsjettet."),
                message("De er ikke med i budsjettallene i rapporten før de er vedtatt."),
            ),
        ),
        tables=tuple(_tables(PROPOSED_CHANGES.id, basis, lines, ())),
    )


def _tables(part: str, basis: Basis, lines: Sequence[BudgetLine], decided: tuple[Column, ...]) -> Iterable[Table]:
    yield _sums_table(part, basis, lines)
    # The tables share the columns of a page: what is alike stands below each other.
    owners = Owners(basis.portfolio)
    for kind, of_kind in groupby(lines, key=lambda line: line.kind):
        own = list(of_kind)
        if kind.leaves_total:
            columns: tuple[Column, ...] = (NAME, _FROM, _TO, _AMOUNT, _OF_TOTAL, *decided, _NOTE)
            rows = _move_rows(basis, owners, own, columns)
        else:
            columns = (NAME, _YEAR, _FUNDING, _OF_YEAR, _OF_TOTAL, *decided, _NOTE)
            rows = _line_rows(basis, owners, own, columns)
        yield Table(
            id=f"{part}-{kind.value.replace('_', '-')}",
            title=KIND_TITLES[kind],
            columns=columns,
            rows=tuple(rows),
            empty=message("Ingen"),
        )


def _sums_table(part: str, basis: Basis, lines: Sequence[BudgetLine]) -> Table:
    """Sum each kind; money that is never mixed stands under a heading of its own."""
    parted = by_money(basis.portfolio, lines)
    rows: list[Row] = []
    for tag, own in parted.items():
        if list(parted) != [None]:
            rows.append(Row(cells=(MONEYS[tag], None, None, None), emphasis=Emphasis.HEADING))
        rows += [
            Row(cells=(KIND_TITLES[one.kind], one.count, one.year_amount, one.total_amount))
            for one in sums_of(own, year=basis.period.year)
        ]
    of_year = Column(
        key="year_amount", title=message("Beløp i {year:id}", year=basis.period.year), kind=ColumnKind.THOUSANDS
    )
    return Table(
        id=f"{part}-sums",
        title=message("Sum per slag"),
        columns=(_KIND, _COUNT, of_year, _OF_TOTAL),
        rows=tuple(rows),
        empty=message("Ingen"),
    )


def _move_rows(basis: Basis, owners: Owners, lines: Sequence[BudgetLine], columns: tuple[Column, ...]) -> list[Row]:
    """Tell each move once, and sum those between the same years."""
    sums: dict[tuple[FundingTag | None, int | None, int | None], int] = defaultdict(int)
    rows = []
    for move in moves_of(lines):
        project = basis.portfolio.projects[owners.of_line(move.line)]
        rows.append(_row(project, columns, _values(basis, move.line, project) | _move_values(move)))
        sums[money_of(project), move.from_year, move.to_year] += move.amount
    for tag in MONEYS:
        for (own, from_year, to_year), amount in sums.items():
            if own is tag:
                years = {"from_year": _year(from_year), "to_year": _year(to_year)}
                rows.append(
                    _sum_row(columns, {NAME.key: _sum_title(tag, sums), **years, "amount": amount, "total_amount": 0})
                )
    return rows


def _line_rows(basis: Basis, owners: Owners, lines: Sequence[BudgetLine], columns: tuple[Column, ...]) -> list[Row]:
    """Tell each line; a reallocation is a group that has its own sum, which is zero."""
    rows: list[Row] = []
    for _, group in groupby(lines, key=key_of):
        own = list(group)
        for line in own:
            project = basis.portfolio.projects[owners.of_line(line)]
            rows.append(_row(project, columns, _values(basis, line, project)))
        if own[0].kind is BudgetKind.REALLOCATION:
            rows.append(_sum_row(columns, {NAME.key: message("Sum omdisponering"), **_amounts(own)}))
    if lines[0].kind is not BudgetKind.REALLOCATION:
        parted = by_money(basis.portfolio, lines)
        rows += [_sum_row(columns, {NAME.key: _sum_title(tag, parted), **_amounts(own)}) for tag, own in parted.items()]
    return rows


def _sum_title(tag: FundingTag | None, parted: Iterable[object]) -> Message:
    """Name a sum; with its money where there is more than one."""
    tags = {one[0] if isinstance(one, tuple) else one for one in parted}
    return message("Sum") if tags == {None} else message("{money}, sum", money=MONEYS[tag])


def _values(basis: Basis, line: BudgetLine, project: Project) -> dict[str, Cell]:
    subproject = None if line.subproject is None else basis.portfolio.subprojects[line.subproject]
    return {
        NAME.key: project.name if subproject is None else f"{project.name} ({subproject.code} {subproject.name})",
        "year": _year(line.budget_year),
        "decision": None if line.decision is None else write_case(line.decision),
        "decided_on": write_day(_decided_on(line)),
        "funding": None if line.funding_source is None else FUNDING_TITLES[line.funding_source],
        "note": line.note,
        **_amounts([line]),
    }


def _move_values(move: Move) -> dict[str, Cell]:
    return {"from_year": _year(move.from_year), "to_year": _year(move.to_year), "amount": move.amount}


def _amounts(lines: Sequence[BudgetLine]) -> dict[str, Cell]:
    return {
        "year_amount": sum(line.year_amount for line in lines),
        "total_amount": sum(line.total_amount for line in lines),
    }


def _row(project: Project, columns: tuple[Column, ...], values: _Values) -> Row:
    return Row(cells=tuple(values[column.key] for column in columns), project=project.id)


def _sum_row(columns: tuple[Column, ...], values: _Values) -> Row:
    return Row(cells=tuple(values.get(column.key) for column in columns), emphasis=Emphasis.SUM)


def _year(year: int | None) -> str:
    return "-" if year is None else str(year)


def _decided_on(line: BudgetLine) -> date:
    """Return the day of a line's decision; a line that was read from a report has only the day that it counts from."""
    return line.takes_effect if line.decision is None else line.decision.on
