"""Tables of budget changes: one for each kind, which are never mixed, and what the kinds come to.

Must not know whether they are decided. Money that is never mixed (eiendomsskatt, selvkost) has sums of its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby

from tracker.budgeting import (
    FUNDING_TITLES,
    KIND_TITLES,
    MONEYS,
    Move,
    by_money,
    key_of,
    money_of,
    moves_of,
    sums_of,
    write_case,
    write_day,
)
from tracker.kinds import BudgetKind, FundingTag
from tracker.messages import Message, message
from tracker.model import BudgetLine, Project
from tracker.owners import Owners
from tracker.report.basis import NAME, Basis
from tracker.report.content import Cell, Column, ColumnKind, Emphasis, Row, Source, Table

_FROM = Column(key="from_year", title=message("Fra år"))
_YEAR = Column(key="year", title=message("År"))
_KIND = Column(key="kind", title=message("Endring"))
_COUNT = Column(key="count", title=message("Antall"), kind=ColumnKind.COUNT)
_CASE = Column(key="decision", title=message("Vedtak"))
_DAY = Column(key="decided_on", title=message("Vedtatt"))
_FUNDING = Column(key="funding", title=message("Finansiering"))
_OF_YEAR = Column(key="year_amount", title=message("Beløp i året"), kind=ColumnKind.THOUSANDS)
_OF_TOTAL = Column(key="total_amount", title=message("Beløp i totalen"), kind=ColumnKind.THOUSANDS)
_NOTE = Column(key="note", title=message("Merknad"), kind=ColumnKind.LONG_TEXT)
DECIDED = (_CASE, _DAY)
_NOTHING = message("Ingen")
_NOT_TOLD = message("Ikke oppgitt")
NEEDS_FUNDING = frozenset({BudgetKind.GRANT, BudgetKind.CUT})
_Years = tuple[int | None, int | None]
_Moved = tuple[FundingTag | None, Move]
_Values = Mapping[str, Cell]


def kind_tables(
    part: str,
    basis: Basis,
    kinds: Iterable[tuple[Message, Sequence[BudgetLine]]],
    *,
    decided: tuple[Column, ...] = (),
) -> Iterator[Table]:
    """Yield a table for the lines of each kind under its title: each move between years told once.

    All have the same columns, so that one heading serves them: money that moves has a year that it comes from.
    """
    owners, told = Owners(basis.portfolio), [(title, own) for title, own in kinds if own]
    notes = (_NOTE,) if any(line.note for _, own in told for line in own) else ()
    columns = (NAME, _FROM, _YEAR, _FUNDING, _OF_YEAR, _OF_TOTAL, *decided, *notes)
    for title, own in told:
        kind = own[0].kind
        rows = _move_rows if kind.leaves_total else _line_rows
        yield Table(
            id=f"{part}-{kind.value.replace('_', '-')}",
            title=title,
            columns=columns,
            rows=tuple(rows(basis, owners, own, columns)),
            empty=_NOTHING,
        )


def sums_table(
    table_id: str,
    title: Message,
    basis: Basis,
    lines: Sequence[BudgetLine],
    *,
    titles: Mapping[BudgetKind, Message] = KIND_TITLES,
) -> Table:
    """Sum each kind in every budget year; money that is never mixed has a heading and a sum of its own."""
    years = sorted({line.budget_year for line in lines} | {basis.period.year})
    parted = by_money(basis.portfolio, lines)
    rows: list[Row] = []
    for tag, own in parted.items():
        if len(parted) > 1 or tag is not None:
            rows.append(Row(cells=(MONEYS[tag], *(None,) * (2 + len(years))), emphasis=Emphasis.HEADING))
        rows += [
            _kind_row(titles[kind], [line for line in own if line.kind is kind], years)
            for kind in dict.fromkeys(line.kind for line in own)
        ]
        if len(parted) > 1:
            rows.append(_kind_row(message("{money}, sum", money=MONEYS[tag]), own, years, Emphasis.SUM))
    rows.append(_kind_row(message("Sum"), lines, years, Emphasis.SUM))
    columns = (_KIND, _COUNT, *(_of_year(year, basis) for year in years), _OF_TOTAL)
    return Table(id=table_id, title=title, columns=columns, rows=tuple(rows), empty=_NOTHING)


def _of_year(year: int, basis: Basis) -> Column:
    key = "year_amount" if year == basis.period.year else f"year_amount-{year}"
    return Column(key=key, title=message("Beløp i {year:id}", year=year), kind=ColumnKind.THOUSANDS)


def _kind_row(
    title: Message, lines: Sequence[BudgetLine], years: Sequence[int], emphasis: Emphasis = Emphasis.NORMAL
) -> Row:
    return Row(
        cells=(
            title,
            sum(one.count for one in sums_of(lines)),
            *(sum(line.year_amount for line in lines if line.budget_year == year) for year in years),
            sum(line.total_amount for line in lines),
        ),
        emphasis=emphasis,
        source=_source(lines),
    )


def _move_rows(basis: Basis, owners: Owners, lines: Sequence[BudgetLine], columns: tuple[Column, ...]) -> list[Row]:
    """Tell each move once, and sum those between the same years."""
    rows, by_years = [], defaultdict[_Years, list[_Moved]](list)
    for move in moves_of(lines):
        project = basis.portfolio.projects[owners.of_line(move.line)]
        rows.append(_row(project, columns, _values(basis, move.line, project) | _move_values(move), move.line))
        by_years[move.from_year, move.to_year].append((money_of(project), move))
    for years, moved in by_years.items():
        rows += [_years_row(columns, years, title, moves) for title, moves in _move_sums(lines[0].kind, moved)]
    return rows


def _move_sums(kind: BudgetKind, moved: Sequence[_Moved]) -> Iterator[tuple[Message, list[Move]]]:
    """Yield the moves between the same years that have a sum: each money's, what was unspent and overspent, and all."""
    tags = [tag for tag in MONEYS if any(own is tag for own, _ in moved)]
    for tag in tags if len(tags) > 1 else ():
        yield message("{money}, sum", money=MONEYS[tag]), [move for own, move in moved if own is tag]
    unspent, over = ([move for _, move in moved if sign * move.amount > 0] for sign in (1, -1))
    if kind is BudgetKind.CARRY_OVER and unspent and over:
        yield message("Ubrukte midler, sum"), unspent
        yield message("Merforbruk, sum"), over
    yield message("Sum"), [move for _, move in moved]


def _years_row(columns: tuple[Column, ...], years: _Years, title: Message, moves: Sequence[Move]) -> Row:
    from_year, year = map(_year, years)
    amount = sum(move.amount for move in moves)
    values: _Values = {NAME.key: title, _FROM.key: from_year, _YEAR.key: year, _OF_YEAR.key: amount, _OF_TOTAL.key: 0}
    return _sum_row(columns, values, [move.line for move in moves])


def _line_rows(basis: Basis, owners: Owners, lines: Sequence[BudgetLine], columns: tuple[Column, ...]) -> list[Row]:
    """Tell each line; a reallocation is a group that has its own sum, which is zero."""
    rows: list[Row] = []
    is_grouped = lines[0].kind is BudgetKind.REALLOCATION
    for _, group in groupby(lines, key=key_of):
        own = list(group)
        for line in own:
            project = basis.portfolio.projects[owners.of_line(line)]
            rows.append(_row(project, columns, _values(basis, line, project), line))
        if is_grouped:
            rows.append(_sum_row(columns, {NAME.key: message("Sum omdisponering"), **_amounts(own)}, own))
    parted = {} if is_grouped else by_money(basis.portfolio, lines)
    if len(parted) > 1:
        rows += [
            _sum_row(columns, {NAME.key: message("{money}, sum", money=MONEYS[tag]), **_amounts(own)}, own)
            for tag, own in parted.items()
        ]
    if not is_grouped or len({key_of(line) for line in lines}) > 1:
        rows.append(_sum_row(columns, {NAME.key: message("Sum"), **_amounts(lines)}, lines))
    return rows


def _values(basis: Basis, line: BudgetLine, project: Project) -> dict[str, Cell]:
    subproject = None if line.subproject is None else basis.portfolio.subprojects[line.subproject]
    return {
        NAME.key: project.name if subproject is None else f"{project.name} ({subproject.code} {subproject.name})",
        _FROM.key: None,
        _YEAR.key: _year(line.budget_year),
        "decision": None if line.decision is None else write_case(line.decision),
        "decided_on": write_day(decided_on(line)),
        "funding": _funding(line),
        "note": line.note,
        **_amounts([line]),
    }


def _funding(line: BudgetLine) -> Message | None:
    if line.funding_source is None:
        return _NOT_TOLD if line.kind in NEEDS_FUNDING else None
    return FUNDING_TITLES[line.funding_source]


def _move_values(move: Move) -> dict[str, Cell]:
    return {_FROM.key: _year(move.from_year), _YEAR.key: _year(move.to_year), _OF_YEAR.key: move.amount}


def _amounts(lines: Sequence[BudgetLine]) -> dict[str, Cell]:
    return {
        "year_amount": sum(line.year_amount for line in lines),
        "total_amount": sum(line.total_amount for line in lines),
    }


def _row(project: Project, columns: tuple[Column, ...], values: _Values, line: BudgetLine) -> Row:
    cells = tuple(values[column.key] for column in columns)
    return Row(cells=cells, project=project.id, source=_source([line]))


def _sum_row(columns: tuple[Column, ...], values: _Values, lines: Sequence[BudgetLine]) -> Row:
    cells = tuple(values.get(column.key) for column in columns)
    return Row(cells=cells, emphasis=Emphasis.SUM, source=_source(lines))


def _source(lines: Sequence[BudgetLine]) -> Source:
    return Source(records=tuple(line.id for line in lines))


def _year(year: int | None) -> str:
    return "-" if year is None else str(year)


def decided_on(line: BudgetLine) -> date:
    """Return the day of a line's decision; a line that was read from a report has only the day that it counts from."""
    return line.takes_effect if line.decision is None else line.decision.on
