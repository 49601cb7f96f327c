"""Small portfolios from a table in the test: input that reads like the published table.

Skole på Åsen | 2 000 | 2 097 | 4K-2024 | 986 | 1 083 | Kommentar
name            total   spent   completion budget actual  status text      (thousands, `-` for none)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import date
from itertools import count
from pathlib import Path
from uuid import UUID, uuid4

from db.journal import Signature
from db.store import Store, open_store
from tracker.edits import Change, Edit, apply
from tracker.figures import ProjectFigures, figures_of
from tracker.importing import Circumstances, ImportPlan, Source, plan_report_import
from tracker.kinds import LedgerContent
from tracker.messages import message
from tracker.model import LedgerBatch, LedgerSum, Portfolio, RecordId
from tracker.periods import Part, Period
from tracker.published.content import PublishedRow, PublishedTable

YEAR = Period(2023, Part.YEAR)
SOURCE = Source(name="tabell.txt", sha256="0" * 64)


def batch_of(sums: Sequence[LedgerSum], id_: str, content: LedgerContent = LedgerContent.TRANSACTIONS) -> LedgerBatch:
    """Return a whole year's ledger of some sums."""
    return LedgerBatch(
        id=RecordId(id_),
        source="regnskap",
        source_hash="",
        content=content,
        year=2023,
        first_month=1,
        last_month=12,
        line_count=len(sums),
        total=sum(entry.amount for entry in sums if entry.funding is None),
        sums=tuple(sums),
    )


def rows_of(table: str) -> tuple[PublishedRow, ...]:
    """Read the notation."""
    return tuple(_row(line) for line in table.strip().splitlines())


def table_of(table: str, *, other: PublishedRow | None = None, total: PublishedRow | None = None) -> PublishedTable:
    """Return a published table whose sum line is right unless another is given."""
    rows = rows_of(table)
    return PublishedTable(rows=rows, other=other, total=total or sum_row(*rows, *([other] if other else [])))


def sum_row(*rows: PublishedRow) -> PublishedRow:
    """Add up rows as a sum line."""
    return PublishedRow(
        name="Sum",
        total_budget=sum(row.total_budget or 0 for row in rows),
        total_spent=sum(row.total_spent or 0 for row in rows),
        completion="",
        revised_budget=sum(row.revised_budget for row in rows),
        actual=sum(row.actual for row in rows),
        deviation=sum(row.deviation for row in rows),
    )


def circumstances(first_id: int = 1) -> Circumstances:
    """Return circumstances with ids that count upwards."""
    ids = count(first_id)
    return Circumstances(who="Kari", today=date(2024, 2, 1), new_id=lambda: str(UUID(int=next(ids))))


def planned(table: PublishedTable, *, into: Portfolio | None = None, period: Period = YEAR) -> ImportPlan:
    """Plan the import of a table."""
    held = into or Portfolio()
    first_id = 1 + 10_000 * len(held.period_states)
    return plan_report_import(
        held, table, statement=None, period=period, source=SOURCE, circumstances=circumstances(first_id)
    )


def portfolio_of(table: str) -> Portfolio:
    """Return the portfolio that the table makes."""
    return apply(Portfolio(), planned(table_of(table)).edit)


def placed(portfolio: Portfolio, areas: Mapping[str, str]) -> Portfolio:
    """Put projects in service areas, by their names."""
    changes = [
        Change(one, replace(one, service_area=areas[one.name]))
        for one in portfolio.projects.values()
        if one.name in areas
    ]
    return apply(portfolio, Edit(message("Prøve"), tuple(changes)))


def project_in(table: str, period: Period = YEAR) -> ProjectFigures:
    """Return the figures of a table's only project."""
    (figures,) = figures_of(portfolio_of(table), period).projects
    return figures


def edit_of(table: str, *, commit_to: Store) -> Edit:
    """Commit the table's edit to a store."""
    edit = planned(table_of(table)).edit
    commit_to.commit(edit, Signature(who="Kari", at="2024-02-01T10:00:00+00:00", way="test", entry_id=str(uuid4())))
    return edit


def stored(path: Path) -> Portfolio:
    """Load a portfolio file."""
    with closing(open_store(path, read_only=True)) as store:
        return store.load()


def _row(line: str) -> PublishedRow:
    name, total, spent, completion, revised, actual, *text = (cell.strip() for cell in line.split("|"))
    return PublishedRow(
        name=name,
        total_budget=_thousands(total),
        total_spent=_thousands(spent),
        completion=completion,
        revised_budget=_thousands(revised) or 0,
        actual=_thousands(actual) or 0,
        deviation=(_thousands(revised) or 0) - (_thousands(actual) or 0),
        comment="|".join(text),
    )


def _thousands(cell: str) -> int | None:
    return None if cell == "-" else int(cell.replace(" ", ""))
