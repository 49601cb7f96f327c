"""Budget and actual per service area: the areas in sum, then each area's projects.

Must not guess an area: projects without one are shown as not placed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tracker.figures import ProjectFigures, Sums, sum_of
from tracker.messages import Message, message
from tracker.report.basis import (
    ACTUAL,
    COUNT,
    DEVIATION,
    NOT_PLACED,
    RATE,
    REVISED_BUDGET,
    TOTAL_BUDGET,
    TOTAL_SPENT,
    Basis,
    areas_of,
    total_cells,
    year_cells,
)
from tracker.report.content import Column, Emphasis, Part, PartName, Row, Table

AREAS = PartName("areas", message("Per tjenesteområde"))
_FIGURES = (COUNT, TOTAL_BUDGET, TOTAL_SPENT, REVISED_BUDGET, ACTUAL, DEVIATION, RATE)


def areas_part(basis: Basis) -> Part:
    """Build the sums per service area, other projects and the sum of all, then the projects of each area."""
    areas = areas_of(basis.figures.projects)
    columns = (Column(key="name", title=message("Tjenesteområde og prosjekt")), *_FIGURES)
    return Part(
        id=AREAS.id,
        title=AREAS.title,
        tables=(
            Table(
                id="areas",
                columns=columns,
                rows=tuple(_area_rows(basis, areas)),
                empty=message("Ingen prosjekter har tall i perioden."),
            ),
            *(
                Table(
                    id=f"area-{position}",
                    title=area or NOT_PLACED,
                    columns=columns,
                    rows=(*map(_project_row, projects), _sum_row(message("Sum"), sum_of(projects), Emphasis.SUM)),
                    empty=message("Ingen prosjekter har tall i perioden."),
                )
                for position, (area, projects) in enumerate(areas, start=1)
            ),
        ),
    )


def _area_rows(basis: Basis, areas: Sequence[tuple[str | None, Sequence[ProjectFigures]]]) -> Iterable[Row]:
    for area, projects in areas:
        yield _sum_row(area or NOT_PLACED, sum_of(projects), Emphasis.NORMAL)
    others = basis.others
    if others is not None:
        yield _sum_row(basis.other_name, others, Emphasis.NORMAL, counted=False)
    if areas or others is not None:
        yield _sum_row(message("Sum"), basis.figures.all, Emphasis.SUM)


def _sum_row(name: str | Message, sums: Sums, emphasis: Emphasis, *, counted: bool = True) -> Row:
    count = sums.count if counted else None
    return Row(cells=(name, count, *total_cells(sums), *year_cells(sums), sums.completion_rate), emphasis=emphasis)


def _project_row(figures: ProjectFigures) -> Row:
    rate = sum_of([figures]).completion_rate
    return Row(
        cells=(figures.project.name, None, *total_cells(figures), *year_cells(figures), rate),
        project=figures.project.id,
    )
