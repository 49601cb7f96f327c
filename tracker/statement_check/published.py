"""Between a published § 5-5 and the lines that a portfolio keeps of it: signs are turned here, and nowhere else.

Must not read a file. What is kept stands in kroner with the signs inside.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from tracker.model import Portfolio, StatementLine
from tracker.money import THOUSAND
from tracker.periods import Period
from tracker.published.content import PublishedStatement, PublishedStatementLine
from tracker.published.statement_lines import find_sums
from tracker.statement_check.against import check_against
from tracker.statement_check.checking import check_statement
from tracker.statement_check.known import known_line
from tracker.statement_check.recognising import recognise_signs, with_inside_signs
from tracker.statement_check.sections import sections_of
from tracker.statement_check.signs import USUAL_SIGNS, SignProfile, signs_of
from tracker.statement_check.tables import ColumnOf, ReadStatement, StatementTable, TableColumn, TableLine
from tracker.statement_check.verdict import Verdict

_COLUMNS = (ColumnOf.PREVIOUS_ACTUAL, ColumnOf.ACTUAL, ColumnOf.REVISED, ColumnOf.ORIGINAL, ColumnOf.DEVIATION)
_Line = StatementLine | PublishedStatementLine
_LineT = TypeVar("_LineT", StatementLine, PublishedStatementLine)


def inside_of(statement: PublishedStatement) -> tuple[tuple[PublishedStatementLine, ...], SignProfile]:
    """Return a published statement's lines with the signs inside, and the profile that they were printed with."""
    profile = USUAL_SIGNS
    made: list[PublishedStatementLine] = []
    for paragraph in sorted({line.paragraph for line in statement.lines}):
        lines = [line for line in statement.lines if line.paragraph == paragraph]
        table = _table(paragraph, lines, unit=1, year=0)
        if paragraph == 1:
            profile = recognise_signs(table)
        inside = with_inside_signs(table, profile)
        if inside.lines != table.lines and profile != USUAL_SIGNS:
            sums = find_sums([line.label for line in lines], [_whole(line) for line in inside.lines])
            lines = [
                replace(_with_amounts(line, _whole(own)), is_sum=is_sum)
                for line, own, is_sum in zip(lines, inside.lines, sums, strict=True)
            ]
        made += lines
    return tuple(made), profile


def kept_lines(portfolio: Portfolio, period: Period) -> list[StatementLine]:
    """Return the lines that a period keeps, in their order, with the signs inside."""
    lines = [line for line in portfolio.statement_lines.values() if line.period == period]
    return sorted(lines, key=lambda line: (line.paragraph, line.position))


def as_printed(lines: Sequence[StatementLine], profile: SignProfile) -> list[StatementLine]:
    """Return the lines of one part as the profile prints them."""
    if not lines:
        return []
    table = _table(lines[0].paragraph, lines, unit=1, year=0)
    made = []
    for line, section in zip(lines, sections_of(table), strict=True):
        known = known_line(line.label)
        factor, deviation = profile.factor(known, section), profile.deviation_factor(known, section)
        turned = tuple(
            amount * (deviation if of is ColumnOf.DEVIATION else factor)
            for amount, of in zip(_amounts(line), _COLUMNS, strict=True)
        )
        made.append(_with_amounts(line, turned))
    return made


def verdict_of(portfolio: Portfolio, period: Period) -> Verdict | None:
    """Check the statement that a period keeps, against itself and the projects; None where it keeps none."""
    kept = kept_lines(portfolio, period)
    if not kept:
        return None
    state = portfolio.state_of(period)
    profile = signs_of(portfolio)
    tables = []
    for paragraph in sorted({line.paragraph for line in kept}):
        own = [line for line in kept if line.paragraph == paragraph]
        unit = THOUSAND if state is None else state.rounded_to
        tables.append(_table(paragraph, as_printed(own, profile), unit=unit, year=period.year))
    read = ReadStatement(tables=tuple(tables), unit_is_said=True)
    found = check_statement(read, signs=profile)
    return replace(found, checks=(*found.checks, *check_against(found, portfolio, period)))


def _table(paragraph: int, lines: Sequence[_Line], *, unit: int, year: int) -> StatementTable:
    return StatementTable(
        paragraph=paragraph,
        unit=unit,
        columns=tuple(
            TableColumn(of=of, year=(year - (of is ColumnOf.PREVIOUS_ACTUAL)) if year else None) for of in _COLUMNS
        ),
        lines=tuple(
            TableLine(label=line.label, place=place, amounts=_amounts(line), known=known_line(line.label))
            for place, line in enumerate(lines, start=1)
        ),
    )


def _amounts(line: _Line) -> tuple[int, ...]:
    return line.previous_actual, line.actual, line.revised_budget, line.original_budget, line.deviation


def _whole(line: TableLine) -> tuple[int, ...]:
    return tuple(amount or 0 for amount in line.amounts)


def _with_amounts(line: _LineT, amounts: Sequence[int]) -> _LineT:
    previous, actual, revised, original, deviation = amounts
    return replace(
        line,
        previous_actual=previous,
        actual=actual,
        revised_budget=revised,
        original_budget=original,
        deviation=deviation,
    )
