"""The report's deviations: every large one, and what the project managers have reported of projects that are running.

Must not know which deviations deserve a flag: the control list does. Source: kommuneloven § 14-7, essential deviations
are explained.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tracker.figures import ProjectFigures
from tracker.messages import Message, message
from tracker.quarters import State
from tracker.report.basis import (
    ACTUAL,
    DEVIATION,
    EXPECTED_DEVIATION,
    NAME,
    REVISED_BUDGET,
    YEAR_FORECAST,
    Basis,
    expected_cells,
    year_cells,
)
from tracker.report.content import Cell, Column, ColumnKind, Emphasis, Paragraph, Part, PartName, Row, Table
from tracker.report.telling import told_explanations
from tracker.report.wording import sized
from tracker.typed import CAUSES

LARGEST_DEVIATIONS = PartName("largest-deviations", message("Største avvik"))
REPORTED_DEVIATIONS = PartName("reported-deviations", message("Meldte avvik"))
_CAUSES = tuple(Column(key=cause, title=title, kind=ColumnKind.THOUSANDS, dash=True) for cause, title in CAUSES.items())
_EXPLANATION = Column(key="explanation", title=message("Forklaring"), kind=ColumnKind.LONG_TEXT)
Deviating = tuple[ProjectFigures, int]
"""A project, and its deviation in kroner."""


def largest_deviations_part(basis: Basis) -> Part:
    """List every deviation from the municipality's limit up, overspends first, each with its causes and explanation.

    Before the year has ended the deviation is what the forecasts give.
    """
    limit = basis.limits.large_kroner
    found = [one for one in _deviating(basis) if abs(one[1]) >= limit]
    columns = _columns(basis, found)
    rows = [_row(basis, one, columns, one[0].explanation) for one in found]
    return Part(
        id=LARGEST_DEVIATIONS.id,
        title=LARGEST_DEVIATIONS.title,
        intro=((_told_of_limit(basis, limit), *_both_ways(found)),) if found else (),
        tables=(
            Table(
                id=LARGEST_DEVIATIONS.id,
                columns=columns,
                rows=tuple(rows),
                empty=message("Ingen prosjekter har avvik på {limit:mill} eller mer.", limit=limit),
                telling=told_explanations(rows, _EXPLANATION),
            ),
        ),
    )


def reported_deviations_part(basis: Basis) -> Part | None:
    """List what project managers have written on the deviations of projects that are running, with what causes them.

    None where no running project has an essential deviation, nor has written of one.
    """
    running = [one for one in _deviating(basis) if one[0].completion is not State.FINISHED]
    told = [one for one in running if _is_told(one[0])]
    untold = [
        one for one in running if not _is_told(one[0]) and basis.limits.is_essential(one[1], one[0].revised_budget)
    ]
    if not told and not untold:
        return None
    columns = _columns(basis, told)
    rows = [_row(basis, one, columns, "" if one[0].status is None else one[0].status.explanation) for one in told]
    return Part(
        id=REPORTED_DEVIATIONS.id,
        title=REPORTED_DEVIATIONS.title,
        intro=tuple(_account(told, untold)),
        tables=(
            Table(
                id=REPORTED_DEVIATIONS.id,
                columns=columns,
                rows=(*rows, _sum_row(rows, columns)) if rows else (),
                empty=message("Ingen prosjekter i gang har et avvik med egen forklaring."),
                telling=told_explanations(rows, _EXPLANATION),
            ),
        ),
    )


def _deviating(basis: Basis) -> list[Deviating]:
    """Return the projects that have a deviation, overspends first, the largest first."""
    known = [(figures, basis.deviation_of(figures)) for figures in basis.figures.projects]
    found = [(figures, size) for figures, size in known if size]
    return sorted(found, key=lambda one: (one[1] > 0, -abs(one[1])))


def _is_told(figures: ProjectFigures) -> bool:
    status = figures.status
    return status is not None and (bool(status.explanation.strip()) or status.split is not None)


def _columns(basis: Basis, found: Sequence[Deviating]) -> tuple[Column, ...]:
    causes = _CAUSES if any(figures.status and figures.status.split for figures, _ in found) else ()
    year = (DEVIATION,) if basis.is_year else (YEAR_FORECAST, EXPECTED_DEVIATION)
    return (NAME, REVISED_BUDGET, ACTUAL, *year, *causes, _EXPLANATION)


def _row(basis: Basis, one: Deviating, columns: Sequence[Column], explanation: str) -> Row:
    figures, size = one
    split = None if figures.status is None else figures.status.split
    year = year_cells(figures) if basis.is_year else expected_cells(figures, size)
    causes = (None if split is None else getattr(split, column.key) for column in columns if column in _CAUSES)
    return Row(cells=(figures.project.name, *year, *causes, explanation), project=figures.project.id)


def _sum_row(rows: Sequence[Row], columns: Sequence[Column]) -> Row:
    sums: list[Cell] = [
        sum(cell for cell in cells if isinstance(cell, int)) if column.kind is ColumnKind.THOUSANDS else None
        for column, cells in zip(columns, zip(*(row.cells for row in rows), strict=True), strict=True)
    ]
    return Row(cells=(message("Sum"), *sums[1:]), emphasis=Emphasis.SUM)


def _told_of_limit(basis: Basis, limit: int) -> Message:
    if basis.is_year:
        return message(
            "Prosjekter med avvik mellom revidert budsjett og regnskap på {limit:mill} eller mer: "
            "først merforbruk, så mindreforbruk, det største først.",
            limit=limit,
        )
    return message(
        "Prosjekter der prognosen for året avviker {limit:mill} eller mer fra revidert budsjett: "
        "først merforbruk, så mindreforbruk, det største først.",
        limit=limit,
    )


def _both_ways(found: Sequence[Deviating]) -> Iterator[Message]:
    over, under = ([size for _, size in found if sign * size > 0] for sign in (-1, 1))
    if over:
        yield message(
            "{count} {count:prosjekt har merforbruk på|prosjekter har merforbruk på til sammen} {sum}.",
            count=len(over),
            sum=sized(-sum(over)),
        )
    if under:
        yield message(
            "{count} {count:prosjekt har mindreforbruk på|prosjekter har mindreforbruk på til sammen} {sum}.",
            count=len(under),
            sum=sized(sum(under)),
        )


def _account(told: Sequence[Deviating], untold: Sequence[Deviating]) -> Iterator[Paragraph]:
    if told:
        first = message("Avvik som er forklart av prosjektlederne i prosjekter som ikke er ferdige.")
        yield (first, *_both_ways(told))
    if untold:
        yield (
            message(
                "{count} {count:prosjekt|prosjekter} som er i gang, har et vesentlig avvik uten egen forklaring; "
                "kommentaren står i statustabellen.",
                count=len(untold),
            ),
        )
