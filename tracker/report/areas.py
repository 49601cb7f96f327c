"""Budget and actual per service area: the areas in sum, then each area's projects.

Must not guess an area: projects without one are shown as not placed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tracker.figures import ProjectFigures, Sums, sum_of
from tracker.messages import Message, message
from tracker.report.basis import (
    COUNT,
    NOT_PLACED,
    OTHERS,
    RATE,
    TOTAL_BUDGET,
    TOTAL_SPENT,
    Basis,
    areas_of,
    source_of,
    total_cells,
)
from tracker.report.content import Column, Emphasis, Part, PartName, Row, Source, Table

AREAS = PartName("areas", message("Per tjenesteområde"))


def areas_part(basis: Basis) -> Part:
    """Build the sums per service area, other projects and the sum of all, then the projects of each area."""
    areas = areas_of(basis.figures.projects, basis.portfolio.areas_in_order)
    columns = (
        Column(key="name", title=message("Tjenesteområde og prosjekt")),
        COUNT,
        TOTAL_BUDGET,
        TOTAL_SPENT,
        *basis.year_columns,
        RATE,
    )
    return Part(
        id=AREAS.id,
        title=AREAS.title,
        intro=(note,) if (note := basis.forecast_note) else (),
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
                    rows=(
                        *(_project_row(basis, figures) for figures in projects),
                        _sum_row(basis, message("Sum"), sum_of(projects), projects, Emphasis.SUM),
                    ),
                    empty=message("Ingen prosjekter har tall i perioden."),
                )
                for position, (area, projects) in enumerate(areas, start=1)
            ),
        ),
    )


def _area_rows(basis: Basis, areas: Sequence[tuple[str | None, Sequence[ProjectFigures]]]) -> Iterable[Row]:
    for area, projects in areas:
        yield _sum_row(basis, area or NOT_PLACED, sum_of(projects), projects)
    others = basis.others
    if others is not None:
        yield _sum_row(basis, basis.other_name, others, (), source=OTHERS)
    if areas or others is not None:
        sums, projects = basis.figures.all, basis.figures.projects
        yield _sum_row(basis, message("Sum"), sums, projects, Emphasis.SUM, source=basis.source_of_all)


def _sum_row(  # noqa: PLR0913  a row has a name, figures, projects and a look
    basis: Basis,
    name: str | Message,
    sums: Sums,
    projects: Sequence[ProjectFigures],
    emphasis: Emphasis = Emphasis.NORMAL,
    *,
    source: Source | None = None,
) -> Row:
    count = None if source == OTHERS else sums.count
    cells = (name, count, *total_cells(sums), *basis.year_sum(sums, projects), sums.completion_rate)
    return Row(cells=cells, emphasis=emphasis, source=source or source_of(projects))


def _project_row(basis: Basis, figures: ProjectFigures) -> Row:
    rate = sum_of([figures]).completion_rate
    return Row(
        cells=(figures.project.name, None, *total_cells(figures), *basis.year_of(figures), rate),
        project=figures.project.id,
    )
