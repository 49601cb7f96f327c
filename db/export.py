"""Everything in a portfolio as CSV and one JSON: lossless, and the same bytes each time.

Must not know what the figures mean. Amounts are whole kroner; CSV is UTF-8 with commas, and what
isn't set is empty. A text that begins as a formula has an apostrophe before it (`db.csv_text`).
"""

from __future__ import annotations

import csv
import io
import json
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, suppress
from itertools import islice, repeat
from pathlib import Path

from db.csv_text import guarded
from db.store import Store
from db.tables import WHOLE_TABLES
from db.trouble import known_trouble
from db.whole_file import beside, put_in_place
from tracker.figures import ProjectFigures, figures_of
from tracker.flat import FLAT_COLUMNS, flat_rows
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
LINE_COLUMNS = ("batch", "row", "code", "account", "year", "month", "amount_ore", "voucher", "text")
_LINES_TOGETHER = 10_000
FORMAT, VERSION = "tertial-portfolio", 2
"""What `portfolio.json` says that it is. Version 1 had no ledger lines."""
PORTFOLIO_JSON = "portfolio.json"
CSV_OF_TABLE = "table-{table}.csv"


def export_portfolio(store: Store, portfolio: Portfolio, period: Period, *, folder: Path) -> tuple[Path, ...]:
    """Write `projects.csv` (a period's projects, flat), `data.csv` (all periods'), each table and `portfolio.json`.

    `deviation` is the one that the period's publication printed, where there is one; `computed_deviation`
    is always revised budget minus actual. Raises Trouble when the folder can't be written.
    """
    tables = {table: _read(store, table) for table in WHOLE_TABLES}
    contents: dict[str, str | Iterable[str]] = {
        "projects.csv": _csv(PROJECT_COLUMNS, map(_project_row, figures_of(portfolio, period).projects, repeat(period)))
    }
    contents["data.csv"] = _csv([column.name for column in FLAT_COLUMNS], flat_rows(portfolio))
    contents |= {CSV_OF_TABLE.format(table=table): _csv(columns, rows) for table, (columns, rows) in tables.items()}
    contents[PORTFOLIO_JSON] = _json(tables)
    contents["ledger-lines.csv"] = _ledger_lines(store, portfolio)
    is_new = not folder.exists()
    with known_trouble(folder):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            return _write_together({folder / name: content for name, content in contents.items()})
        except OSError:
            if is_new:
                with suppress(OSError):
                    folder.rmdir()
            raise


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


def _read(store: Store, table: str) -> tuple[tuple[str, ...], list[tuple[object, ...]]]:
    """Read a table as texts and numbers: packed ledger lines are bytes, which are written in base64."""
    columns, rows = store.rows(table)
    return columns, [tuple(b64encode(v).decode() if isinstance(v, bytes) else v for v in row) for row in rows]


def _csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    # Of a carriage return alone Python's csv makes no text in quotes, and it would end the line for who reads it.
    careful = csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_ALL)
    if columns:
        writer.writerow(columns)
    for row in rows:
        has_return = any(isinstance(value, str) and "\r" in value for value in row)
        (careful if has_return else writer).writerow(map(_cell, row))
    return text.getvalue()


def _cell(value: object) -> object:
    if value is None:
        return ""
    return guarded(value) if isinstance(value, str) else value


def _ledger_lines(store: Store, portfolio: Portfolio) -> Iterator[str]:
    """Write the lines of every batch readable, some thousands at a time: there may be millions."""
    yield _csv(LINE_COLUMNS, ())
    for batch in sorted(portfolio.ledger_batches):
        lines = store.ledger_lines(batch)
        while some := list(islice(lines, _LINES_TOGETHER)):
            rows = [
                (batch, one.row, one.code, one.account, one.year, one.month, one.amount, one.voucher, one.text)
                for one in some
            ]
            yield _csv((), rows)


def _json(tables: dict[str, tuple[tuple[str, ...], list[tuple[object, ...]]]]) -> str:
    everything = {
        table: [dict(zip(columns, row, strict=True)) for row in rows] for table, (columns, rows) in tables.items()
    }
    return json.dumps({"format": FORMAT, "version": VERSION, "tables": everything}, ensure_ascii=False, indent=1) + "\n"


def _write_together(contents: Mapping[Path, str | Iterable[str]]) -> tuple[Path, ...]:
    """Write all files beside their places before one is put there: a full disk leaves no half export."""
    with ExitStack() as stack:
        copies = {path: stack.enter_context(beside(path)) for path in contents}
        for path, content in contents.items():
            with copies[path].open("x", encoding="utf-8", newline="") as file:
                file.writelines([content] if isinstance(content, str) else content)
        for path, copy in copies.items():
            put_in_place(copy, path)
    return tuple(copies)
