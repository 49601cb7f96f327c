"""The report's two charts, each over the table that it draws.

Must not know how a chart is drawn.
"""

from __future__ import annotations

from operator import itemgetter

from tracker.figures import sum_of
from tracker.messages import message
from tracker.report.basis import (
    NAME,
    NOT_PLACED,
    OTHERS,
    Basis,
    areas_of,
    source_of,
)
from tracker.report.content import Chart, ChartKind, Column, Part, PartName, Row, Table

PICTURES = PartName("pictures", message("Figurer"))
EACH_WAY = 6


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
    return Part(id=PICTURES.id, title=PICTURES.title, tables=tables, charts=drawn)


def _areas_table(basis: Basis) -> Table:
    rows = [
        Row(cells=(area or NOT_PLACED, *basis.year_sum(sum_of(projects), projects)), source=source_of(projects))
        for area, projects in areas_of(basis.figures.projects, basis.portfolio.areas_in_order)
    ]
    if basis.others is not None:
        rows.append(Row(cells=(basis.other_name, *basis.year_sum(basis.others, ())), source=OTHERS))
    return Table(
        id="chart-areas",
        title=message("Budsjett og regnskap per tjenesteområde"),
        columns=(Column(key="name", title=message("Tjenesteområde")), *basis.year_columns),
        rows=tuple(rows),
        empty=message("Ingen prosjekter har tall å tegne."),
    )


def _deviations_table(basis: Basis) -> Table:
    known = [(size, figures) for figures in basis.figures.projects if (size := basis.deviation_of(figures)) is not None]
    by_size = sorted(known, key=itemgetter(0))
    over = [(size, figures) for size, figures in by_size[:EACH_WAY] if size < 0]
    under = [(size, figures) for size, figures in by_size[-EACH_WAY:] if size > 0]
    return Table(
        id="chart-deviations",
        title=message("Største avvik begge veier"),
        columns=(NAME, *basis.year_columns),
        rows=tuple(
            Row(
                cells=(
                    figures.project.name,
                    *basis.year_of(figures),
                ),
                project=figures.project.id,
            )
            for _, figures in (*over, *under)
        ),
        empty=message("Ingen prosjekter har avvik å tegne."),
    )
