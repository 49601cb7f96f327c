"""Portfolios of any size for the benchmarks: the example's projects again and again, with their texts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import count, cycle
from uuid import UUID

from db.example import example_source, example_statement, example_table
from tracker.edits import Edit
from tracker.importing import Circumstances, plan_report_import
from tracker.model import Portfolio
from tracker.periods import Part, Period
from tracker.published.content import PublishedRow, PublishedTable

YEAR = Period(2023, Part.YEAR)


def table_of(projects: int) -> PublishedTable:
    """Return a status table of so many rows, its sum line right."""
    example = example_table().rows
    rows = tuple(
        replace(row, name=f"{row.name} {number}") for number, row in zip(range(projects), cycle(example), strict=False)
    )
    return PublishedTable(rows=rows, other=None, total=_sum(rows))


def edit_of(projects: int) -> Edit:
    """Return the edit that takes such a table into an empty portfolio."""
    ids = count(1)
    plan = plan_report_import(
        Portfolio(),
        table_of(projects),
        statement=example_statement(),
        period=YEAR,
        source=example_source(),
        circumstances=Circumstances(
            who="måling", today=date(2024, 2, 1), new_id=lambda: str(UUID(int=next(ids), version=4))
        ),
    )
    return plan.edit


def _sum(rows: tuple[PublishedRow, ...]) -> PublishedRow:
    return PublishedRow(
        name="Sum",
        total_budget=sum(row.total_budget or 0 for row in rows),
        total_spent=sum(row.total_spent or 0 for row in rows),
        completion="",
        revised_budget=sum(row.revised_budget for row in rows),
        actual=sum(row.actual for row in rows),
        deviation=sum(row.deviation for row in rows),
    )
