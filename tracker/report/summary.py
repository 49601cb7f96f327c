"""The report's first page: what the year came to in words and key figures, and the flags by rule.

Must not say anything that the figures don't.
"""

from __future__ import annotations

from collections import Counter

from tracker.figures import Sums
from tracker.flags import RULES, Severity
from tracker.messages import Message, message
from tracker.report.account import account_of
from tracker.report.basis import (
    COUNT,
    DEVIATION,
    OTHERS,
    RATE,
    REVISED_BUDGET,
    TOTAL_BUDGET,
    TOTAL_SPENT,
    Basis,
    figure_in,
    source_of,
    total_cells,
)
from tracker.report.content import Cell, Column, ColumnKind, Emphasis, KeyFigure, Part, PartName, Row, Source, Table
from tracker.report.control import MARKS

SUMMARY = PartName("summary", message("Sammendrag"))
_IN_FULL = ((REVISED_BUDGET, message("Revidert budsjett")), (DEVIATION, message("Avvik")))
"""What stands large has room for its whole name."""
_COUNTED = Source(told=message("Flaggene i kontrollen, telt"))


def summary_part(basis: Basis) -> Part:
    """Build the summary: key figures, a short account, the sums, and how many flags each rule raised."""
    if not basis.figures.projects and basis.others is None:
        return Part(
            id=SUMMARY.id,
            title=SUMMARY.title,
            intro=(
                (message("Porteføljen har ingen prosjekter med tall eller status i {period}.", period=basis.period),),
            ),
        )
    return Part(
        id=SUMMARY.id,
        title=SUMMARY.title,
        key_figures=_key_figures(basis),
        intro=tuple(account_of(basis)),
        tables=(_sums_table(basis), _flags_table(basis)),
    )


def _key_figures(basis: Basis) -> tuple[KeyFigure, ...]:
    """Return the five figures that stand large: how much of the budget was spent gives way to what is expected."""
    sums, source = basis.figures.all, basis.source_of_all

    def figure(title: Message, column: Column, value: float | None) -> KeyFigure:
        return KeyFigure(title=title, kind=column.kind, value=value, key=figure_in(column), source=source)

    year = zip(basis.year_columns, basis.year_sum(sums, basis.figures.projects), strict=True)
    shows_rate = basis.is_year or not basis.has_forecasts
    return (
        figure(message("Prosjekter"), COUNT, sums.count),
        *(figure(_in_full(column), column, value) for column, value in year if isinstance(value, int)),
        *([figure(RATE.title, RATE, sums.completion_rate)] if shows_rate else []),
    )


def _in_full(column: Column) -> Message:
    return next((title for known, title in _IN_FULL if known is column), column.title)


def _sums_table(basis: Basis) -> Table:
    name = Column(key="name", title=message("Sum"))
    listed, others, everything = basis.figures.listed, basis.others, basis.figures.all
    projects = basis.figures.projects
    year = basis.year_sum(listed, projects)
    rows = [_sum_row(message("Prosjektene i statustabellen"), listed, year, source_of(projects))]
    if others is not None:
        rows.append(_sum_row(basis.other_name, others, basis.year_sum(others, ()), OTHERS))
        year = basis.year_sum(everything, projects)
        rows.append(_sum_row(message("Sum"), everything, year, basis.source_of_all, Emphasis.SUM))
    return Table(
        id="sums",
        title=message("Hovedtall"),
        columns=(name, COUNT, TOTAL_BUDGET, TOTAL_SPENT, *basis.year_columns, RATE),
        rows=tuple(rows),
        empty=message("Ingen prosjekter har tall i perioden."),
    )


def _sum_row(
    name: str | Message,
    sums: Sums,
    year: tuple[Cell, ...],
    source: Source,
    emphasis: Emphasis = Emphasis.NORMAL,
) -> Row:
    count = None if source == OTHERS else sums.count
    cells = (name, count, *total_cells(sums), *year, sums.completion_rate)
    return Row(cells=cells, emphasis=emphasis, source=source)


def _flags_table(basis: Basis) -> Table:
    found = Counter((flag.rule.id, flag.severity) for flag in basis.flags)
    raised = {flag.rule.id: flag.rule for flag in basis.flags}
    of_figures = {rule.id: raised[rule.id] for rule in RULES if rule.id in raised}
    rules = (of_figures | raised).values()
    rows = [_flag_row(rule.title, [found[rule.id, severity] for severity in Severity]) for rule in rules]
    everything = Counter(flag.severity for flag in basis.flags)
    closing = _flag_row(message("Sum"), [everything[severity] for severity in Severity], Emphasis.SUM)
    return Table(
        id="flags",
        title=message("Flagg fra kontrollen"),
        columns=(
            Column(key="rule", title=message("Regel")),
            *(_count(severity.value, _marked(severity)) for severity in Severity),
            _count("all", message("I alt")),
        ),
        rows=(*rows, closing) if rows else (),
        empty=message("Kontrollen fant ingenting å flagge."),
    )


def _flag_row(name: Message, counts: list[int], emphasis: Emphasis = Emphasis.NORMAL) -> Row:
    shown: tuple[Cell, ...] = tuple(count or None for count in counts)
    return Row(cells=(name, *shown, sum(counts)), emphasis=emphasis, source=_COUNTED)


def _marked(severity: Severity) -> Message:
    return message("{sign} {word}", sign=MARKS[severity].sign, word=severity.word)


def _count(key: str, title: Message) -> Column:
    return Column(key=key, title=title, kind=ColumnKind.COUNT)
