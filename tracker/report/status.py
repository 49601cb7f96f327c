"""The status table as the annual report publishes it: a row a project, other projects, and the sum.

Must not leave out or shorten anything a project manager wrote.
"""

from __future__ import annotations

from collections.abc import Iterable

from tracker.figures import ProjectFigures, Sums
from tracker.messages import Message, message
from tracker.report.basis import (
    ACTUAL,
    COMMENT,
    COMPLETION,
    DEVIATION,
    NAME,
    REVISED_BUDGET,
    TOTAL_BUDGET,
    TOTAL_SPENT,
    Basis,
    total_cells,
    year_cells,
)
from tracker.report.content import ColumnGroup, Emphasis, Paragraph, Part, PartName, Row, Table
from tracker.tieout import PRINTED_SUM

STATUS = PartName("status", message("Status"))
COLUMNS = (NAME, TOTAL_BUDGET, TOTAL_SPENT, COMPLETION, REVISED_BUDGET, ACTUAL, DEVIATION, COMMENT)
GROUPS = (
    ColumnGroup(title=message("Totalbudsjett"), first="total_budget", last="completion"),
    ColumnGroup(title=message("Årets budsjett"), first="revised_budget", last="deviation"),
)


def status_part(basis: Basis) -> Part:
    """Build the status table; its sum is what the rows come to, column by column."""
    table = Table(
        id="status",
        columns=COLUMNS,
        groups=GROUPS,
        rows=tuple(_rows(basis)),
        empty=message("Ingen prosjekter har tall eller status i {period}.", period=basis.period),
    )
    return Part(id=STATUS.id, title=STATUS.title, intro=_intro(basis), tables=(table,))


def status_row(figures: ProjectFigures) -> Row:
    """Return a project's row of the status table."""
    return Row(
        cells=(
            figures.project.name,
            *total_cells(figures),
            figures.completion,
            *year_cells(figures),
            figures.text,
        ),
        project=figures.project.id,
    )


def _intro(basis: Basis) -> tuple[Paragraph, ...]:
    """Say why the sums differ from the printed ones, where rounding of the published rows makes them."""
    compared = [one for one in basis.comparisons if one.check == PRINTED_SUM]
    largest = max((abs(one.difference) for one in compared), default=0)
    if largest == 0:
        return ()
    return (
        (
            message(
                "Summene er regnet ut fra radene, som er avrundet hver for seg i kilden. Den trykte summen skiller "
                "seg fra dem med inntil {largest:tkr}; avstemmingen står under § 5-5.",
                largest=largest,
            ),
        ),
    )


def _rows(basis: Basis) -> Iterable[Row]:
    for figures in basis.figures.projects:
        yield status_row(figures)
    others = basis.others
    if others is not None:
        yield _closing_row(basis.other_name, others, Emphasis.NORMAL)
    if others is not None or basis.figures.projects:
        yield _closing_row(message("Sum"), basis.figures.all, Emphasis.SUM)


def _closing_row(name: str | Message, sums: Sums, emphasis: Emphasis) -> Row:
    return Row(cells=(name, *total_cells(sums), None, *year_cells(sums), None), emphasis=emphasis)
