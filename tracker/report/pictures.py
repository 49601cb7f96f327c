"""The report's two charts, each over the table that it draws.

Must not know how a chart is drawn.
"""

from __future__ import annotations

from tracker.figures import ProjectFigures, sum_of
from tracker.messages import message
from tracker.report.basis import ACTUAL, DEVIATION, NAME, NOT_PLACED, REVISED_BUDGET, Basis, areas_of, year_cells
from tracker.report.content import Chart, ChartKind, Column, Part, Row, Table

EACH_WAY = 6
_YEAR = (REVISED_BUDGET, ACTUAL, DEVIATION)


def pictures_part(basis: Basis) -> Part:
    """Build the charts: budget against actual per service area, and the largest deviations both ways."""
    tables = (_areas_table(basis), _deviations_table(basis))
    charts = (
        Chart(
            id="areas",
            title=message("Budsjett og regnskap per tjenesteområde"),
            kind=ChartKind.COLUMNS,
            table="chart-areas",
            categories="name",
            series=("revised_budget", "actual"),
            description=message(
                "Søylediagram: revidert budsjett og regnskap for hvert tjenesteområde. Tallene står i tabellen under."
            ),
        ),
        Chart(
            id="deviations",
            title=message("Største avvik begge veier"),
            kind=ChartKind.BARS,
            table="chart-deviations",
            categories="name",
            series=("deviation",),
            description=message(
                "Liggende søyler: prosjektene med størst merforbruk (minus) og størst mindreforbruk. "
                "Tallene står i tabellen under."
            ),
        ),
    )
    drawn = tuple(chart for chart, table in zip(charts, tables, strict=True) if table.rows)
    return Part(id="pictures", title=message("Figurer"), tables=tables, charts=drawn)


def _areas_table(basis: Basis) -> Table:
    rows = [
        Row(cells=(area or NOT_PLACED, *year_cells(sum_of(projects))))
        for area, projects in areas_of(basis.figures.projects)
    ]
    if basis.others is not None:
        rows.append(Row(cells=(basis.other_name, *year_cells(basis.others))))
    return Table(
        id="chart-areas",
        title=message("Budsjett og regnskap per tjenesteområde"),
        columns=(Column(key="name", title=message("Tjenesteområde")), *_YEAR),
        rows=tuple(rows),
        empty=message("Ingen prosjekter har tall å tegne."),
    )


def _deviations_table(basis: Basis) -> Table:
    by_size = sorted(basis.figures.projects, key=_deviation)
    over = [figures for figures in by_size[:EACH_WAY] if _deviation(figures) < 0]
    under = [figures for figures in by_size[-EACH_WAY:] if _deviation(figures) > 0]
    return Table(
        id="chart-deviations",
        title=message("Største avvik begge veier"),
        columns=(NAME, *_YEAR),
        rows=tuple(
            Row(cells=(figures.project.name, *year_cells(figures)), project=figures.project.id)
            for figures in (*over, *under)
        ),
        empty=message("Ingen prosjekter har avvik å tegne."),
    )


def _deviation(figures: ProjectFigures) -> int:
    return figures.reported_deviation
