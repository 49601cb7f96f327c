"""The report's first page: what the year came to in words and key figures, and the flags by rule.

Must not say anything that the figures don't.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from tracker.figures import Sums
from tracker.flags import RULES, Severity
from tracker.messages import Message, message
from tracker.quarters import State
from tracker.report.basis import (
    ACTUAL,
    COUNT,
    DEVIATION,
    RATE,
    REVISED_BUDGET,
    TOTAL_BUDGET,
    TOTAL_SPENT,
    Basis,
    total_cells,
    year_cells,
)
from tracker.report.content import Cell, Column, ColumnKind, Emphasis, KeyFigure, Paragraph, Part, PartName, Row, Table
from tracker.report.control import MARKS

SUMMARY = PartName("summary", message("Sammendrag"))


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
        intro=tuple(_account(basis)),
        tables=(_sums_table(basis), _flags_table(basis)),
    )


def _key_figures(basis: Basis) -> tuple[KeyFigure, ...]:
    sums = basis.figures.all
    return (
        KeyFigure(title=message("Prosjekter"), kind=ColumnKind.COUNT, value=sums.count),
        KeyFigure(title=message("Revidert budsjett"), kind=ColumnKind.THOUSANDS, value=sums.revised_budget),
        KeyFigure(title=message("Regnskap"), kind=ColumnKind.THOUSANDS, value=sums.actual),
        KeyFigure(title=message("Avvik"), kind=ColumnKind.THOUSANDS, value=sums.reported_deviation),
        KeyFigure(title=message("Gjennomføringsgrad"), kind=ColumnKind.PERCENT, value=sums.completion_rate),
    )


def _account(basis: Basis) -> Iterable[Paragraph]:
    yield tuple(_year_account(basis))
    yield tuple(_projects_account(basis))
    unknown = sum(figures.original_budget is None for figures in basis.figures.projects)
    if unknown and unknown == len(basis.figures.projects):
        yield (
            message(
                "Listen over prosjekter med mest redusert budsjett kan ikke lages: "
                "kilden oppgir ikke opprinnelig budsjett per prosjekt."
            ),
        )


def _year_account(basis: Basis) -> Iterable[Message]:
    sums = basis.figures.all
    amounts = {"revised": sums.revised_budget, "actual": sums.actual, "size": abs(sums.reported_deviation)}
    yield message(
        "Revidert investeringsbudsjett for {year:id} er {revised:mill}. Per {date} er det regnskapsført {actual:mill}.",
        year=basis.period.year,
        date=basis.period.ends,
        **amounts,
    )
    if sums.reported_deviation > 0:
        yield message("Det er {size:mill} mindre enn budsjettert.", **amounts)
    elif sums.reported_deviation < 0:
        yield message("Det er {size:mill} mer enn budsjettert.", **amounts)
    if sums.completion_rate is not None:
        yield message("Gjennomføringsgraden er {rate:pct}.", rate=sums.completion_rate)


def _projects_account(basis: Basis) -> Iterable[Message]:
    projects = basis.figures.projects
    over = [-figures.reported_deviation for figures in projects if figures.reported_deviation < 0]
    under = [figures.reported_deviation for figures in projects if figures.reported_deviation > 0]
    yield message(
        "{count} {count:prosjekt|prosjekter} har brukt mindre enn årets budsjett, til sammen {sum:mill}.",
        count=len(under),
        sum=sum(under),
    )
    yield message(
        "{count} {count:prosjekt|prosjekter} har brukt mer, til sammen {sum:mill}.",
        count=len(over),
        sum=sum(over),
    )
    finished = sum(figures.completion is State.FINISHED for figures in projects)
    yield message("{count} {count:prosjekt er meldt ferdig|prosjekter er meldt ferdige}.", count=finished)
    over_total = sum((figures.left_of_total or 0) < 0 for figures in projects)
    yield message("{count} {count:prosjekt|prosjekter} har brukt mer enn totalbudsjettet.", count=over_total)


def _sums_table(basis: Basis) -> Table:
    name = Column(key="name", title=message("Sum"))
    others = basis.others
    rows = [_sum_row(message("Prosjektene i statustabellen"), basis.figures.listed, Emphasis.NORMAL)]
    if others is not None:
        rows.append(_sum_row(basis.other_name, others, Emphasis.NORMAL, with_count=False))
        rows.append(_sum_row(message("Sum"), basis.figures.all, Emphasis.SUM))
    return Table(
        id="sums",
        title=message("Hovedtall"),
        columns=(name, COUNT, TOTAL_BUDGET, TOTAL_SPENT, REVISED_BUDGET, ACTUAL, DEVIATION, RATE),
        rows=tuple(rows),
        empty=message("Ingen prosjekter har tall i perioden."),
    )


def _sum_row(name: str | Message, sums: Sums, emphasis: Emphasis, *, with_count: bool = True) -> Row:
    count = sums.count if with_count else None
    return Row(cells=(name, count, *total_cells(sums), *year_cells(sums), sums.completion_rate), emphasis=emphasis)


def _flags_table(basis: Basis) -> Table:
    found = Counter((flag.rule.id, flag.severity) for flag in basis.flags)
    rules = [rule for rule in RULES if any(found[rule.id, severity] for severity in Severity)]
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
    return Row(cells=(name, *shown, sum(counts)), emphasis=emphasis)


def _marked(severity: Severity) -> Message:
    return message("{sign} {word}", sign=MARKS[severity].sign, word=severity.word)


def _count(key: str, title: Message) -> Column:
    return Column(key=key, title=title, kind=ColumnKind.COUNT)
