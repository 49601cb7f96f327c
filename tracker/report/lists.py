"""The report's lists of projects by budget: the largest, the most reduced, those that have spent more than the total.

Must not know which projects deserve a flag: the control list does.
"""

from __future__ import annotations

from tracker.figures import ProjectFigures, sum_of
from tracker.messages import Message, message
from tracker.report.basis import (
    COMPLETION,
    NAME,
    RATE,
    REVISED_BUDGET,
    TOTAL_BUDGET,
    TOTAL_SPENT,
    Basis,
    source_of,
    total_cells,
)
from tracker.report.content import Cell, Column, ColumnKind, Emphasis, Part, PartName, Row, Source, Table

LARGEST_BUDGETS = PartName("largest-budgets", message("Største budsjett"))
MOST_REDUCED = PartName("most-reduced", message("Mest redusert"))
OVER_TOTAL = PartName("over-total", message("Over totalbudsjettet"))
LARGEST_COUNT = 10
_OVER = Column(key="over_total", title=message("Over totalbudsjett"), kind=ColumnKind.THOUSANDS)
_ORIGINAL = Column(key="original_budget", title=message("Oppr. bud."), kind=ColumnKind.THOUSANDS)
_CHANGE = Column(key="change", title=message("Endring"), kind=ColumnKind.THOUSANDS)


def largest_budgets_part(basis: Basis) -> Part:
    """List the ten projects with the largest revised budget this year."""
    chosen = sorted(basis.figures.projects, key=lambda figures: -figures.revised_budget)[:LARGEST_COUNT]
    columns = (NAME, *basis.area_columns, TOTAL_BUDGET, TOTAL_SPENT, COMPLETION, *basis.year_columns, RATE)
    rows = [
        _row(
            figures,
            *basis.area_of(figures),
            *total_cells(figures),
            figures.completion,
            *basis.year_of(figures),
            sum_of([figures]).completion_rate,
        )
        for figures in chosen
    ]
    sums = sum_of(chosen)
    no_area = tuple(None for _ in basis.area_columns)
    closing = (message("Sum"), *no_area, *total_cells(sums), None, *basis.year_sum(sums, chosen), sums.completion_rate)
    return _part(
        LARGEST_BUDGETS,
        intro=message(
            "De {count} prosjektene med størst revidert budsjett i {year:id}.", count=len(chosen), year=_year(basis)
        ),
        table=_table(
            "largest-budgets",
            columns,
            rows,
            closing,
            source=source_of(chosen),
            empty=message("Ingen prosjekter har budsjett i perioden."),
        ),
    )


def most_reduced_part(basis: Basis) -> Part | None:
    """List the projects whose budget fell most since December; None when no original budget is known."""
    known = [figures for figures in basis.figures.projects if figures.original_budget is not None]
    if not known:
        return None
    changes = [(figures, figures.revised_budget - (figures.original_budget or 0)) for figures in known]
    reduced = sorted((pair for pair in changes if pair[1] < 0), key=lambda pair: pair[1])[:LARGEST_COUNT]
    unknown = len(basis.figures.projects) - len(known)
    return _part(
        MOST_REDUCED,
        intro=message("Prosjektene der årets budsjett er redusert mest siden det ble vedtatt i desember året før.")
        if not unknown
        else message(
            "Opprinnelig budsjett er ukjent for {unknown} av {count} prosjekter; de er ikke med på listen.",
            unknown=unknown,
            count=len(basis.figures.projects),
        ),
        table=_table(
            "most-reduced",
            (NAME, *basis.area_columns, _ORIGINAL, REVISED_BUDGET, _CHANGE),
            [
                _row(figures, *basis.area_of(figures), figures.original_budget, figures.revised_budget, change)
                for figures, change in reduced
            ],
            empty=message("Ingen prosjekter har fått redusert årets budsjett."),
        ),
    )


def over_total_part(basis: Basis) -> Part:
    """List the projects that have spent more than was ever adopted, the largest first."""
    chosen = [figures for figures in basis.figures.projects if (figures.left_of_total or 0) < 0]
    chosen.sort(key=lambda figures: figures.left_of_total or 0)
    rows = [
        _row(
            figures,
            *basis.area_of(figures),
            figures.completion,
            *total_cells(figures),
            -(figures.left_of_total or 0),
        )
        for figures in chosen
    ]
    sums = sum_of(chosen)
    return _part(
        OVER_TOTAL,
        intro=message("Prosjekter der påløpt totalt er mer enn vedtatt totalbudsjett, det største først."),
        table=_table(
            "over-total",
            (NAME, *basis.area_columns, COMPLETION, TOTAL_BUDGET, TOTAL_SPENT, _OVER),
            rows,
            (
                message("Sum"),
                *(None for _ in basis.area_columns),
                None,
                *total_cells(sums),
                sums.total_spent - sums.total_budget,
            ),
            empty=message("Ingen prosjekter har brukt mer enn totalbudsjettet."),
        ),
    )


def _table(  # noqa: PLR0913  what a table of projects consists of
    table_id: str,
    columns: tuple[Column, ...],
    rows: list[Row],
    closing: tuple[Cell, ...] = (),
    *,
    empty: Message,
    source: Source | None = None,
) -> Table:
    closed = [Row(cells=closing, emphasis=Emphasis.SUM, source=source)] if rows and closing else []
    return Table(id=table_id, columns=columns, rows=(*rows, *closed), empty=empty)


def _part(name: PartName, *, intro: Message, table: Table) -> Part:
    return Part(id=name.id, title=name.title, intro=((intro,),) if table.rows else (), tables=(table,))


def _row(figures: ProjectFigures, *cells: Cell) -> Row:
    return Row(cells=(figures.project.name, *cells), project=figures.project.id)


def _year(basis: Basis) -> int:
    return basis.period.year
