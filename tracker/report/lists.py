"""The report's lists of projects: largest budgets, most reduced, largest deviations, finished, over the total.

Must not know which projects deserve a flag: the control list does.
"""

from __future__ import annotations

from tracker.figures import ProjectFigures, sum_of
from tracker.messages import Message, message
from tracker.quarters import State
from tracker.report.basis import (
    ACTUAL,
    COMPLETION,
    DEVIATION,
    EXPECTED_DEVIATION,
    NAME,
    RATE,
    REVISED_BUDGET,
    TOTAL_BUDGET,
    TOTAL_SPENT,
    YEAR_FORECAST,
    Basis,
    expected_cells,
    total_cells,
    year_cells,
)
from tracker.report.content import Cell, Column, ColumnKind, Emphasis, Part, PartName, Row, Table
from tracker.typed import CAUSES

LARGEST_BUDGETS = PartName("largest-budgets", message("Største budsjett"))
MOST_REDUCED = PartName("most-reduced", message("Mest redusert"))
LARGEST_DEVIATIONS = PartName("largest-deviations", message("Største avvik"))
FINISHED = PartName("finished", message("Ferdige prosjekter"))
OVER_TOTAL = PartName("over-total", message("Over totalbudsjettet"))
LARGEST_COUNT = 10
_CAUSES = tuple(Column(key=cause, title=title, kind=ColumnKind.THOUSANDS, dash=True) for cause, title in CAUSES.items())
_AREA = Column(key="service_area", title=message("Tjenesteområde"))
_EXPLANATION = Column(key="explanation", title=message("Forklaring"), kind=ColumnKind.LONG_TEXT)
_LEFT = Column(key="left_of_total", title=message("Rest av totalbudsjett"), kind=ColumnKind.THOUSANDS, dash=True)
_OVER = Column(key="over_total", title=message("Over totalbudsjett"), kind=ColumnKind.THOUSANDS)
_ORIGINAL = Column(key="original_budget", title=message("Oppr. bud."), kind=ColumnKind.THOUSANDS)
_CHANGE = Column(key="change", title=message("Endring"), kind=ColumnKind.THOUSANDS)


def largest_budgets_part(basis: Basis) -> Part:
    """List the ten projects with the largest revised budget this year."""
    chosen = sorted(basis.figures.projects, key=lambda figures: -figures.revised_budget)[:LARGEST_COUNT]
    columns = (NAME, _AREA, TOTAL_BUDGET, TOTAL_SPENT, COMPLETION, REVISED_BUDGET, ACTUAL, DEVIATION, RATE)
    rows = [
        _row(
            figures,
            figures.project.service_area,
            *total_cells(figures),
            figures.completion,
            *year_cells(figures),
            sum_of([figures]).completion_rate,
        )
        for figures in chosen
    ]
    sums = sum_of(chosen)
    closing = (message("Sum"), None, *total_cells(sums), None, *year_cells(sums), sums.completion_rate)
    return _part(
        LARGEST_BUDGETS,
        intro=message(
            "De {count} prosjektene med størst revidert budsjett i {year:id}.", count=len(chosen), year=_year(basis)
        ),
        table=_table(
            "largest-budgets", columns, rows, closing, empty=message("Ingen prosjekter har budsjett i perioden.")
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
            (NAME, _AREA, _ORIGINAL, REVISED_BUDGET, _CHANGE),
            [
                _row(figures, figures.project.service_area, figures.original_budget, figures.revised_budget, change)
                for figures, change in reduced
            ],
            empty=message("Ingen prosjekter har fått redusert årets budsjett."),
        ),
    )


def largest_deviations_part(basis: Basis) -> Part:
    """List every deviation from the municipality's limit up, overspends first, each with its causes and explanation.

    Before the year has ended the deviation is what the forecasts give.
    """
    limit = basis.limits.large_kroner
    known = [(figures, basis.deviation_of(figures)) for figures in basis.figures.projects]
    large = [(figures, size) for figures, size in known if size is not None and abs(size) >= limit]
    large.sort(key=lambda one: (one[1] > 0, -abs(one[1])))
    chosen = [figures for figures, _ in large]
    causes = _CAUSES if any(figures.status and figures.status.split for figures in chosen) else ()
    return _part(
        LARGEST_DEVIATIONS,
        intro=message(
            "Prosjekter med avvik mellom revidert budsjett og regnskap på {limit:mill} eller mer: "
            "først merforbruk, så mindreforbruk, det største først.",
            limit=limit,
        )
        if basis.is_year
        else message(
            "Prosjekter der prognosen for året avviker {limit:mill} eller mer fra revidert budsjett: "
            "først merforbruk, så mindreforbruk, det største først.",
            limit=limit,
        ),
        table=_table(
            "largest-deviations",
            (
                (NAME, REVISED_BUDGET, ACTUAL, DEVIATION, *causes, _EXPLANATION)
                if basis.is_year
                else (NAME, REVISED_BUDGET, ACTUAL, YEAR_FORECAST, EXPECTED_DEVIATION, *causes, _EXPLANATION)
            ),
            [
                _row(
                    figures,
                    *(year_cells(figures) if basis.is_year else expected_cells(figures, size)),
                    *_parts(figures, causes),
                    figures.explanation,
                )
                for figures, size in large
            ],
            empty=message("Ingen prosjekter har avvik på {limit:mill} eller mer.", limit=limit),
        ),
    )


def _parts(figures: ProjectFigures, causes: tuple[Column, ...]) -> tuple[Cell, ...]:
    split = None if figures.status is None else figures.status.split
    return tuple(None if split is None else getattr(split, column.key) for column in causes)


def finished_part(basis: Basis) -> Part:
    """List the finished projects with what was spent of the total budget, the largest outcome first."""
    chosen = [figures for figures in basis.figures.projects if figures.completion is State.FINISHED]
    chosen.sort(key=lambda figures: -abs(figures.left_of_total or 0))
    return _part(
        FINISHED,
        intro=message(
            "Prosjekter som er meldt ferdige, med det som står igjen av totalbudsjettet. Minus betyr merforbruk."
        ),
        table=_totals_table("finished", chosen, _LEFT, empty=message("Ingen prosjekter er meldt ferdige.")),
    )


def over_total_part(basis: Basis) -> Part:
    """List the projects that have spent more than was ever adopted, the largest first."""
    chosen = [figures for figures in basis.figures.projects if (figures.left_of_total or 0) < 0]
    chosen.sort(key=lambda figures: figures.left_of_total or 0)
    return _part(
        OVER_TOTAL,
        intro=message("Prosjekter der påløpt totalt er mer enn vedtatt totalbudsjett, det største først."),
        table=_totals_table(
            "over-total", chosen, _OVER, empty=message("Ingen prosjekter har brukt mer enn totalbudsjettet.")
        ),
    )


def _totals_table(table_id: str, chosen: list[ProjectFigures], last: Column, *, empty: Message) -> Table:
    sign = -1 if last is _OVER else 1
    rows = [
        _row(
            figures,
            figures.project.service_area,
            figures.completion,
            *total_cells(figures),
            None if figures.left_of_total is None else sign * figures.left_of_total,
        )
        for figures in chosen
    ]
    sums = sum_of(chosen)
    closing = (message("Sum"), None, None, *total_cells(sums), sign * (sums.total_budget - sums.total_spent))
    return _table(table_id, (NAME, _AREA, COMPLETION, TOTAL_BUDGET, TOTAL_SPENT, last), rows, closing, empty=empty)


def _table(
    table_id: str, columns: tuple[Column, ...], rows: list[Row], closing: tuple[Cell, ...] = (), *, empty: Message
) -> Table:
    closed = [Row(cells=closing, emphasis=Emphasis.SUM)] if rows and closing else []
    return Table(id=table_id, columns=columns, rows=(*rows, *closed), empty=empty)


def _part(name: PartName, *, intro: Message, table: Table) -> Part:
    return Part(id=name.id, title=name.title, intro=((intro,),) if table.rows else (), tables=(table,))


def _row(figures: ProjectFigures, *cells: Cell) -> Row:
    return Row(cells=(figures.project.name, *cells), project=figures.project.id)


def _year(basis: Basis) -> int:
    return basis.period.year
