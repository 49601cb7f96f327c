"""The status table as the annual report publishes it: a row a project, other projects, and the sum.

Must not leave out or shorten anything a project manager wrote.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from tracker.figures import ProjectFigures, Sums
from tracker.messages import Message, message
from tracker.report.basis import (
    COMMENT,
    COMPLETION,
    NAME,
    OTHERS,
    TOTAL_BUDGET,
    TOTAL_SPENT,
    Basis,
    total_cells,
)
from tracker.report.content import Cell, ColumnGroup, Emphasis, Paragraph, Part, PartName, Row, Source, Table
from tracker.report.telling import told_by_area
from tracker.tieout import PRINTED_SUM

STATUS = PartName("status", message("Status"))


def status_part(basis: Basis) -> Part:
    """Build the status table; its sum is what the rows come to, column by column."""
    table = Table(
        id="status",
        columns=(NAME, TOTAL_BUDGET, TOTAL_SPENT, COMPLETION, *basis.year_columns, COMMENT),
        groups=(
            ColumnGroup(title=message("Totalbudsjett"), first=TOTAL_BUDGET.key, last=COMPLETION.key),
            ColumnGroup(
                title=message("Årets budsjett"), first=basis.year_columns[0].key, last=basis.year_columns[-1].key
            ),
        ),
        rows=tuple(_rows(basis)),
        empty=message("Ingen prosjekter har tall eller status i {period}.", period=basis.period),
        telling=told_by_area(basis, partial(_project_row, basis)),
    )
    return Part(id=STATUS.id, title=STATUS.title, intro=_intro(basis), tables=(table,))


def _project_row(basis: Basis, figures: ProjectFigures) -> Row:
    """Return a project's row of the status table."""
    return Row(
        cells=(
            figures.project.name,
            *total_cells(figures),
            figures.completion,
            *basis.year_of(figures),
            figures.text,
        ),
        project=figures.project.id,
    )


def _intro(basis: Basis) -> tuple[Paragraph, ...]:
    """Say why the sums differ from the printed ones, where rounding of the published rows makes them."""
    compared = [one for one in basis.comparisons if one.check == PRINTED_SUM]
    largest = max((abs(one.difference) for one in compared), default=0)
    rounded = (
        (
            message(
                "Summene er regnet ut fra radene, som er avrundet hver for seg i kilden. Den trykte summen skiller "
                "seg fra dem med inntil {largest:tkr}; avstemmingen står under § 5-5.",
                largest=largest,
            ),
        ),
    )
    note = basis.forecast_note
    return (*(rounded if largest else ()), *((note,) if note else ()))


def _rows(basis: Basis) -> Iterable[Row]:
    for figures in basis.figures.projects:
        yield _project_row(basis, figures)
    others = basis.others
    if others is not None:
        yield _closing_row(basis.other_name, others, basis.year_sum(others, ()), OTHERS)
    if others is not None or basis.figures.projects:
        year = basis.year_sum(basis.figures.all, basis.figures.projects)
        yield _closing_row(message("Sum"), basis.figures.all, year, basis.source_of_all, Emphasis.SUM)


def _closing_row(
    name: str | Message, sums: Sums, year: tuple[Cell, ...], source: Source, emphasis: Emphasis = Emphasis.NORMAL
) -> Row:
    return Row(cells=(name, *total_cells(sums), None, *year, None), emphasis=emphasis, source=source)
