"""Holds a statement against a portfolio: sums against projects, with the way down to each of them.

Must not hold the statement against itself. Amounts are whole kroner, inside with money out positive.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from tracker.figures import PeriodFigures, ProjectFigures, figures_of
from tracker.messages import Message, message
from tracker.model import Portfolio
from tracker.periods import Period
from tracker.statement import LINE_OF, compute_statement, granted_areas
from tracker.statement_check.known import FIXED_ASSETS, GRANTS_GIVEN, SUM_EXPENDITURE
from tracker.statement_check.recognising import with_inside_signs
from tracker.statement_check.tables import ColumnOf, StatementTable, TableLine
from tracker.statement_check.verdict import PROJECTS, Behind, Check, Verdict
from tracker.tieout import rounding_allowance

_FUNDED = frozenset(LINE_OF.values())
_Amount = Callable[[ProjectFigures], int | None]
PROJECT_AMOUNTS: dict[ColumnOf, _Amount] = {
    ColumnOf.ACTUAL: lambda one: one.actual,
    ColumnOf.REVISED: lambda one: one.revised_budget,
    ColumnOf.ORIGINAL: lambda one: one.original_budget,
    ColumnOf.DEVIATION: lambda one: one.reported_deviation,
}
"""What a project has in each column; a column that is not here is nobody's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """The projects' side of a line: some projects, and whether the line of other projects belongs with them.

    `is_split` says that other projects can't be told apart by service area, so that a difference may be theirs.
    """

    title: Message
    line: TableLine
    projects: Sequence[ProjectFigures]
    has_others: bool = False
    is_split: bool = False


def check_against(verdict: Verdict, portfolio: Portfolio, period: Period) -> tuple[Check, ...]:
    """Hold each sum that projects can come to against theirs; empty where the statement is another year's."""
    figures = figures_of(portfolio, period)
    found: list[Check] = []
    for table in verdict.read.tables:
        inside = with_inside_signs(table, verdict.signs)
        if not _is_of(inside, period):
            found.append(_other_year(period))
            continue
        unit = max(table.unit, _rounded_to(portfolio, period))
        for side in sides_of(inside, figures, granted_areas(portfolio, figures)):
            found += _compared(inside, side, figures, unit)
        if table.paragraph == 1:
            found += _funding(inside, portfolio, period, unit)
    return tuple(found)


def _is_of(table: StatementTable, period: Period) -> bool:
    at = table.column(ColumnOf.ACTUAL)
    at = table.column(ColumnOf.REVISED) if at is None else at
    return at is None or table.columns[at].year in {None, period.year}


def _other_year(period: Period) -> Check:
    return Check(
        id=PROJECTS,
        title=message("§ 5-5 mot prosjektene"),
        reason=message(
            "bevilgningsoversikten er for et annet år enn {period}: velg perioden den gjelder", period=period
        ),
    )


def _rounded_to(portfolio: Portfolio, period: Period) -> int:
    state = portfolio.state_of(period)
    return 1 if state is None else state.rounded_to


def sides_of(table: StatementTable, figures: PeriodFigures, granted: frozenset[str | None]) -> Iterator[Side]:
    """Return the lines of a part that projects make up, with those projects."""
    projects = figures.projects
    has_others = figures.other is not None
    if table.paragraph == 1:
        line = table.line(SUM_EXPENDITURE)
        if line is not None:
            yield Side(title=_title(line), line=line, projects=projects, has_others=True)
        kinds = {
            FIXED_ASSETS: [one for one in projects if one.project.service_area not in granted],
            GRANTS_GIVEN: [one for one in projects if one.project.service_area in granted],
        }
        for known, own in kinds.items():
            line = table.line(known)
            if line is not None and any(one.project.service_area for one in projects):
                yield Side(title=_title(line), line=line, projects=own, is_split=has_others)
        return
    areas = {one.project.service_area for one in projects if one.project.service_area}
    for line in table.lines[:-1]:
        area = next((area for area in areas if _folded(area) == _folded(line.label)), None)
        if area is not None:
            own = [one for one in projects if one.project.service_area == area]
            yield Side(title=_title(line), line=line, projects=own, is_split=has_others)
    if table.lines and table.lines[-1].is_named_sum:
        yield Side(title=_title(table.lines[-1]), line=table.lines[-1], projects=projects, has_others=True)


def _compared(table: StatementTable, side: Side, figures: PeriodFigures, unit: int) -> Iterator[Check]:
    for of, amount_of in PROJECT_AMOUNTS.items():
        at = table.column(of)
        printed = None if at is None else side.line.amounts[at]
        amounts = [(one.project.name, amount_of(one)) for one in side.projects]
        if at is None or printed is None or any(amount is None for _, amount in amounts):
            continue
        if side.has_others and figures.other is not None:
            others = of_others(figures, of)
            if others is None:
                continue
            amounts.append((figures.other.name or "", others))
        allowance = rounding_allowance(len(amounts), rounded_to=unit)
        computed = sum(amount or 0 for _, amount in amounts)
        is_wrong = abs(printed - computed) > allowance
        yield Check(
            id=PROJECTS,
            title=side.title,
            column=table.columns[at].title,
            at=at,
            printed=side.line.as_printed(at, printed),
            computed=side.line.as_printed(at, computed),
            allowance=allowance,
            reason=_why(side, printed - computed, amounts, allowance) if is_wrong else None,
            behind=tuple(
                Behind(name=name, amount=amount) for name, amount in sorted(amounts, key=lambda one: -abs(one[1] or 0))
            ),
            paragraph=table.paragraph,
            place=side.line.place,
            is_doubt=is_wrong and side.is_split,
        )


def of_others(figures: PeriodFigures, of: ColumnOf) -> int | None:
    """Return what the line of other projects has in a column, None where it has nothing of the kind."""
    others = figures.others
    return {
        ColumnOf.ACTUAL: others.actual,
        ColumnOf.REVISED: others.revised_budget,
        ColumnOf.DEVIATION: others.reported_deviation,
    }.get(of)


def _why(side: Side, difference: int, amounts: Sequence[tuple[str, int | None]], allowance: int) -> Message:
    near = next(
        (
            name
            for name, amount in amounts
            if amount and min(abs(difference + amount), abs(difference - amount)) <= allowance
        ),
        None,
    )
    if near is not None:
        return message("differansen er beløpet til «{project}»", project=near)
    if side.is_split:
        return message("øvrige prosjekter er ikke fordelt, og kan være differansen")
    return message("ingen av prosjektene har samme beløp som differansen")


def _funding(table: StatementTable, portfolio: Portfolio, period: Period, unit: int) -> Iterator[Check]:
    for computed in compute_statement(portfolio, period).lines:
        line = table.line(computed.known) if computed.known in _FUNDED else None
        if line is None:
            continue
        known = {
            ColumnOf.ACTUAL: computed.actual,
            ColumnOf.REVISED: computed.revised_budget,
            ColumnOf.ORIGINAL: computed.original_budget,
        }
        for of, amount in known.items():
            at = table.column(of)
            if at is None or amount is None or line.amounts[at] is None:
                continue
            printed = line.amounts[at] or 0
            yield Check(
                id=PROJECTS,
                title=_title(line),
                column=table.columns[at].title,
                at=at,
                printed=line.as_printed(at, printed),
                computed=line.as_printed(at, amount),
                allowance=0 if unit == 1 else unit,
                reason=None if abs(printed - amount) <= unit else message("finansieringen i porteføljen er en annen"),
                paragraph=table.paragraph,
                place=line.place,
            )


def _title(line: TableLine) -> Message:
    return message("«{line}» mot prosjektene", line=line.label)


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
