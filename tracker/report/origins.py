"""Where the figures of a report come from: each cell's trace, and that in short for a list of them all.

Must not know how a report is written. A table says with a row's `project`, `source` and emphasis what a figure is of.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from tracker.budgeting import KIND_TITLES, write_case
from tracker.flat import FlatRow, flat_rows
from tracker.forecasts import Outcome
from tracker.messages import Message, message
from tracker.model import BudgetLine, Contract, Portfolio, ProjectId, Risk, StatementLine
from tracker.periods import Period
from tracker.report.basis import COUNT, figure_in
from tracker.report.content import Cell, Column, Emphasis, KeyFigure, Origin, Row, Source, Table
from tracker.tracing import Imported, Lead, Place, Step, Sum, Trace, Tracer, figure_named, with_places

_ALL = message("Alle prosjekter")
_COUNTS = frozenset({COUNT.key, "slip_days", "slip_quarters"})
"""Columns that count: nothing is added up to them."""
_ROWS_ABOVE = message("Sum av radene over")
_OF_THE_ROW = message("Regnet ut av summene i raden")
UNTRACED = message("Ikke sporet")
"""What is said of a figure that nothing is known of; no part of the report has one."""
_COUNTED = message("Antall prosjekter")
_Held = BudgetLine | Contract | Risk | StatementLine


class Origins:
    """Answers for one report. `imports` says which file each ledger batch was read from, as far as that is known."""

    def __init__(self, portfolio: Portfolio, period: Period, *, imports: Mapping[str, Imported] | None = None) -> None:
        self._portfolio, self._period = portfolio, period
        self.tracer = Tracer(portfolio, period, imports=imports)

    def data(self) -> Iterable[FlatRow]:
        """Return every project in every period, flat."""
        return flat_rows(self._portfolio)

    def origin(self, table: Table, row: Row, column: Column) -> Origin | None:
        """Return in short where the figure in a cell comes from; None where there is no figure."""
        value = _figure(row.cells[_place_of(column, table)])
        if value is None:
            return None
        return Origin(
            whose=row.cells[0] if isinstance(row.cells[0], str | Message) else _ALL,
            project=row.project,
            figure=column.title,
            period=self._period,
            told=self._in_short(table, row, column, value),
            value=value,
        )

    def origin_of_key_figure(self, figure: KeyFigure) -> Origin | None:
        """Return in short where a key figure comes from; None where it has no value."""
        if figure.value is None:
            return None
        trace = self._of_source(figure.source or Source(), figure.key, figure.title, figure.value)
        told = UNTRACED if trace is None else trace.told
        return Origin(whose=_ALL, figure=figure.title, period=self._period, told=told, value=figure.value)

    def trace(self, table: Table, row: Row, column: Column) -> Trace | None:
        """Trace the figure in a cell; None where nothing is known of it."""
        value = _figure(row.cells[_place_of(column, table)])
        if value is None:
            return None
        key = figure_in(column)
        if row.emphasis is Emphasis.SUM and not _says_what(row.source):
            return self._rows_above(table, row, column, value)
        if row.source is not None:
            return self._of_source(row.source, key, column.title, value)
        return None if row.project is None else self._of_project(row.project, key)

    def _in_short(self, table: Table, row: Row, column: Column, value: float) -> Message:
        """Say where a figure comes from; a sum's steps, which may be thousands, are not found for that."""
        source = row.source
        if row.emphasis is Emphasis.SUM and not _says_what(source):
            return _above(value)
        figure = figure_named(figure_in(column))
        if source is not None and source.projects and figure is not None:
            asked = Sum(figure=figure, projects=source.projects, with_others=source.with_others)
            return self.tracer.told_of_sum(asked)
        if source is None and row.project is not None and figure is not None:
            return self.tracer.told_of_project(row.project, figure) or UNTRACED
        trace = self.trace(table, row, column)
        return UNTRACED if trace is None else trace.told

    def _of_project(self, project: ProjectId, key: str) -> Trace | None:
        figure = figure_named(key)
        return None if figure is None else self.tracer.of_project(project, figure)

    def _of_source(self, source: Source, key: str, title: Message, value: float) -> Trace | None:
        if source.told is not None:
            steps = tuple(_outcome_steps(source.outcomes, key)) if isinstance(value, int) else ()
            return Trace(title=title, period=self._period, value=value, told=source.told, steps=steps)
        if source.records:
            return self._of_records(source.records, key, title, value)
        if key == COUNT.key:
            return Trace(title=title, period=self._period, value=value, told=_COUNTED)
        figure = figure_named(key)
        if figure is None or not (source.projects or source.with_others):
            return None
        return self.tracer.of_sum(Sum(figure=figure, projects=source.projects, with_others=source.with_others))

    def _of_records(self, records: Sequence[str], key: str, title: Message, value: float) -> Trace:
        held = [one for record in records if (one := self._record(record)) is not None]
        alone = len(records) == 1
        steps = [_record_step(one, int(value) if alone else _amount_of(one, key, self._period)) for one in held]
        places = (step.origin or ("" if step.decision is None else write_case(step.decision)) for step in steps)
        is_printed = bool(held) and all(isinstance(one, StatementLine) for one in held)
        return Trace(
            title=title,
            period=self._period,
            value=value,
            steps=tuple(steps) if isinstance(value, int) and key not in _COUNTS else (),
            told=message("Bevilgningsoversikten slik den ble trykt")
            if is_printed
            else with_places(_told(held, len(records)), places),
        )

    def _record(self, record: str) -> _Held | None:
        portfolio = self._portfolio
        return (
            portfolio.budget_lines.get(record)
            or portfolio.contracts.get(record)
            or portfolio.risks.get(record)
            or portfolio.statement_lines.get(record)
        )

    def _rows_above(self, table: Table, row: Row, column: Column, value: float) -> Trace:
        at = _place_of(column, table)
        steps = [
            Step(
                what=one.cells[0] if isinstance(one.cells[0], str | Message) else "",
                adds=int(amount),
                lead=None if one.project is None else self._lead(one.project, column),
            )
            for one in _summed(table, row)
            if (amount := _figure(one.cells[at])) is not None
        ]
        is_sum = isinstance(value, int)
        return Trace(
            title=column.title,
            period=self._period,
            value=value,
            steps=tuple(steps) if is_sum else (),
            told=_above(value),
        )

    def _lead(self, project: ProjectId, column: Column) -> Lead | None:
        figure = figure_named(figure_in(column))
        return None if figure is None else Lead(place=Place.FIGURE, project=project, figure=figure)


def _above(value: float) -> Message:
    return _ROWS_ABOVE if isinstance(value, int) else _OF_THE_ROW


def _says_what(source: Source | None) -> bool:
    """Whether a sum says itself what it is of; one that names records is the sum of the rows that name them."""
    return source is not None and bool(source.projects or source.with_others or source.told or len(source.records) == 1)


def _summed(table: Table, row: Row) -> Iterator[Row]:
    """Yield the rows that a sum adds up: those of its records, else all above it since the last sum or heading."""
    # By identity: two sums may look alike.
    at = next(place for place, one in enumerate(table.rows) if one is row)
    above = table.rows[:at]
    if row.source is not None and row.source.records:
        wanted = set(row.source.records)
        yield from (
            one
            for one in above
            if one.emphasis is Emphasis.NORMAL and one.source is not None and wanted.issuperset(one.source.records)
        )
        return
    start = next((place for place in range(at - 1, -1, -1) if above[place].emphasis is not Emphasis.NORMAL), -1)
    yield from above[start + 1 :]


def _outcome_steps(outcomes: Iterable[Outcome], key: str) -> Iterator[Step]:
    """Yield what each forecast adds to a figure that compares them: what was forecast, what came, or the miss."""
    for one in outcomes:
        amounts = {"forecast": one.forecast, "came": one.came, "miss": one.miss}
        if key in amounts:
            lead = Lead(place=Place.STATUS, project=one.project.id)
            told = message("{period}", period=one.said_in)
            yield Step(what=one.project.name, adds=amounts[key], beside=(told,), lead=lead)


def _record_step(held: _Held, amount: int) -> Step:
    if isinstance(held, BudgetLine):
        lead = Lead(place=Place.BUDGET, project=held.project, record=held.id)
        return Step(
            what=KIND_TITLES[held.kind],
            adds=amount,
            origin=held.source,
            decision=held.decision,
            day=held.takes_effect,
            lead=lead,
        )
    if isinstance(held, StatementLine):
        return Step(what=held.label, adds=amount, lead=Lead(place=Place.PRINTED, record=held.id))
    what = held.supplier if isinstance(held, Contract) else held.title
    return Step(what=what, adds=amount, lead=Lead(place=Place.PLANS, project=held.project, record=held.id))


def _amount_of(held: _Held, key: str, period: Period) -> int:
    """Return what one of several budget lines adds: in a year (`year_amount-2024`, or the period's) only its own."""
    if not isinstance(held, BudgetLine):
        return 0
    if key == "total_amount":
        return held.total_amount
    year = key.partition("-")[2] or period.year
    return held.year_amount if held.budget_year == int(year) else 0


def _told(held: Sequence[_Held], count: int) -> Message:
    if all(isinstance(one, BudgetLine) for one in held) and held:
        return message("{count} {count:budsjettlinje|budsjettlinjer}", count=count)
    return message("Prosjektets planer for perioden")


def _place_of(column: Column, table: Table) -> int:
    return next(at for at, one in enumerate(table.columns) if one is column)


def _figure(cell: Cell) -> int | float | None:
    return cell if isinstance(cell, int | float) else None
