"""Everything in a portfolio as CSV and one JSON: lossless, and the same bytes each time.

Must not know what the figures mean. Amounts are whole kroner; CSV is UTF-8 with commas, and what
isn't set is empty.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from itertools import repeat
from pathlib import Path
from uuid import uuid4

from db.records import TABLES
from db.store import Store
from db.trouble import trouble_of
from tracker.figures import ProjectFigures, figures_of
from tracker.model import Portfolio
from tracker.periods import Period
from tracker.quarters import write_completion

PROJECT_COLUMNS = (
    "name",
    "total_budget",
    "total_spent",
    "estimated_completion",
    "revised_budget",
    "actual",
    "deviation",
    "status_text",
    "computed_deviation",
    "original_budget",
    "kind",
    "code",
    "service_area",
    "department",
    "responsible",
    "funding_tags",
    "period",
    "id",
)
_TABLES = (*TABLES.values(), "ledger_sum", "journal")


def export_portfolio(store: Store, portfolio: Portfolio, period: Period, *, folder: Path) -> tuple[Path, ...]:
    """Write `projects.csv` (a period's projects, flat), a CSV for each table and `portfolio.json`.

    `deviation` is the one that the period's publication printed, where there is one; `computed_deviation`
    is always revised budget minus actual. Raises Trouble when the folder can't be written.
    """
    tables = {table: store.rows(table) for table in _TABLES}
    contents = {
        "projects.csv": _csv(PROJECT_COLUMNS, map(_project_row, figures_of(portfolio, period).projects, repeat(period)))
    }
    contents |= {f"table-{table}.csv": _csv(columns, rows) for table, (columns, rows) in tables.items()}
    contents["portfolio.json"] = _json(tables)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return tuple(_write_whole(folder / name, content) for name, content in contents.items())
    except OSError as error:
        trouble = trouble_of(error, folder)
        if trouble is None:
            raise
        raise trouble from error


def _project_row(figures: ProjectFigures, period: Period) -> Sequence[object]:
    project = figures.project
    return (
        project.name,
        figures.total_budget,
        figures.total_spent,
        write_completion(figures.completion),
        figures.revised_budget,
        figures.actual,
        figures.reported_deviation,
        figures.text,
        figures.deviation,
        figures.original_budget,
        project.kind.value,
        project.code,
        project.service_area,
        project.department,
        project.responsible,
        ";".join(sorted(tag.value for tag in project.funding_tags)),
        period,
        project.id,
    )


def _csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(["" if value is None else value for value in row] for row in rows)
    return text.getvalue()


def _json(tables: dict[str, tuple[tuple[str, ...], list[tuple[object, ...]]]]) -> str:
    everything = {
        table: [dict(zip(columns, row, strict=True)) for row in rows] for table, (columns, rows) in tables.items()
    }
    return (
        json.dumps({"format": "tertial-portfolio", "version": 1, "tables": everything}, ensure_ascii=False, indent=1)
        + "\n"
    )


def _write_whole(path: Path, content: str) -> Path:
    beside = path.with_name(f".{path.name}.{uuid4().hex[:8]}.ny")
    try:
        beside.write_text(content, encoding="utf-8", newline="")
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    return path
