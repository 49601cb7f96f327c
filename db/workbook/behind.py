"""The sheets behind a report: every project in every period, flat, and where each printed figure comes from.

Must not know how a figure is found, nor how a sheet is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from openpyxl.utils import get_column_letter

from db.workbook.plain_sheet import PlainColumn, PlainSheet, PlainValue
from db.workbook.sheet_plan import Plan
from tracker.flat import FLAT_COLUMNS, FlatColumn, Holds
from tracker.messages import Message, message
from tracker.report.content import Behind, Column, Origin, Say

DATA_TABLE, SOURCES_TABLE = "TertialData", "TertialKilder"
"""What other programs know the tables by, in every language."""
_LETTERS = {Holds.TEXT: 10, Holds.LONG_TEXT: 60, Holds.INTEGER: 10, Holds.DATE: 9}
_WIDER = {"project_id": 32, "project": 34, "service_area": 20, "department": 20, "responsible": 16}
_ROOM_FOR_ARROW = 4
"""Letters beside a heading for the arrow that Excel filters by."""
_YEAR, _VALUE = "year", 2
_SOURCE_COLUMNS = (
    (message("Ark"), 22),
    (message("Celle"), 8),
    (message("Verdi"), 14),
    (message("Hvem"), 36),
    (message("Prosjekt-id"), 32),
    (message("Tall"), 22),
    (message("Periode"), 10),
    (message("Hvor tallet kommer fra"), 60),
)


def data_sheet(behind: Behind, *, say: Say) -> PlainSheet:
    """Return the flat sheet."""
    return PlainSheet(
        title=say(message("Data")),
        table=DATA_TABLE,
        columns=list(map(_flat_column, FLAT_COLUMNS)),
        rows=behind.data(),
    )


def _flat_column(column: FlatColumn) -> PlainColumn:
    wide = max(_LETTERS[column.holds], _WIDER.get(column.name, 0), len(column.name) + _ROOM_FOR_ARROW)
    is_name = column.name == _YEAR
    return PlainColumn(
        title=column.name, letters=wide, is_figure=column.holds in {Holds.INTEGER, Holds.DATE}, is_name=is_name
    )


def sources_sheet(behind: Behind, plans: Mapping[str, Plan], *, say: Say) -> PlainSheet:
    """Return the hidden sheet with a row a figure; `plans` are the sheets of the report by their names."""
    return PlainSheet(
        title=say(message("Kilder")),
        table=SOURCES_TABLE,
        columns=[
            PlainColumn(title=say(title), letters=letters, is_figure=at == _VALUE)
            for at, (title, letters) in enumerate(_SOURCE_COLUMNS)
        ],
        rows=_sources(behind, plans, _said_once(say)),
        is_hidden=True,
    )


def _sources(behind: Behind, plans: Mapping[str, Plan], say: Say) -> Iterator[tuple[PlainValue, ...]]:
    for sheet, plan in plans.items():
        for cell, origin in (*_key_figures(behind, plan), *_figures(behind, plan)):
            whose = origin.whose if isinstance(origin.whose, str) else say(origin.whose)
            told = say(origin.figure), str(origin.period), say(origin.told)
            yield sheet, cell, origin.value, whose, origin.project, *told


def _key_figures(behind: Behind, plan: Plan) -> Iterator[tuple[str, Origin]]:
    for placed in plan.key_figures:
        origin = behind.origin_of_key_figure(placed.figure)
        if origin is not None:
            yield f"{get_column_letter(placed.column + 1)}{placed.line + 1}", origin


def _figures(behind: Behind, plan: Plan) -> Iterator[tuple[str, Origin]]:
    figures: dict[str, list[tuple[str, Column]]] = {}
    for placed in plan.rows:
        table = placed.table
        if table.id not in figures:
            figures[table.id] = [
                (get_column_letter(at), column)
                for at, column in enumerate(table.columns, start=1)
                if column.kind.is_figure
            ]
        for letter, column in figures[table.id]:
            origin = behind.origin(table, placed.row, column)
            if origin is not None:
                yield f"{letter}{placed.line + 1}", origin


def _said_once(say: Say) -> Say:
    """Say the same message only once; it is held, so that no other takes its place in memory."""
    known: dict[int, tuple[Message, str]] = {}

    def said(spoken: Message) -> str:
        found = known.get(id(spoken))
        if found is None:
            found = known[id(spoken)] = spoken, say(spoken)
        return found[1]

    return said


def plain_sheets(behind: Behind | None, plans: Mapping[str, Plan], *, say: Say) -> Iterable[PlainSheet]:
    """Return the sheets that stand behind a report; none where nothing is known of it."""
    if behind is None:
        return ()
    return data_sheet(behind, say=say), sources_sheet(behind, plans, say=say)
