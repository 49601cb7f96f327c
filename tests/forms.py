"""A portfolio whose next period is to be filled in, its forms, and hands that fill in and mangle a workbook."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from db.form.read import read_form, sheets_of
from db.form.send import Sending, write_forms
from tests.portfolios import portfolio_of
from tracker.actions import Entry, fill_in, open_period, set_deadline
from tracker.edits import apply
from tracker.forms.cells import At, FormSheet, Raw
from tracker.forms.marks import mark_of
from tracker.forms.reading import read_sheets
from tracker.forms.returned import FormReturn
from tracker.model import Portfolio, ProjectId
from tracker.periods import Part, Period
from ui.words import words_in

NEXT = Period(2024, Part.T1)
HELD = "Arbeidet er i rute, og entreprenøren er i gang med det siste byggetrinnet."
TABLE = f"""
    Skole på Åsen     | 90 000 | 20 970 | 4K-2025 | 9 860 | 10 830 | Skolen reises. Økonomien er under kontroll.
    Øvre bru          | 20 000 |  1 000 | 1K-2026 | 5 000 |    900 | Brua ventes ferdig i 2026.
    Zoologisk hage    | 12 000 | 11 500 | Ferdig  |   500 |    499 | {HELD}
    Rehab. av veier   |      - |      - | LØPENDE | 2 000 |  2 100 | Rammen er brukt.
    Østre bad         |  5 000 |      1 |         |     0 |      0 |
"""
SAY = words_in()


@cache
def made() -> Portfolio:
    """Return the portfolio: two answer for the projects, and one project has a text that nobody has finished."""
    ids = count(5_000)

    def new_id() -> str:
        return str(UUID(int=next(ids)))

    portfolio = portfolio_of(TABLE)
    people = ("Kari Nordmann", "Kari Nordmann", "Kari Nordmann", "Kari Nordmann", "Ola/Berg <1>")
    portfolio = replace(
        portfolio,
        projects={
            project.id: replace(project, responsible=person, code=f"4{at:04d}")
            for at, (project, person) in enumerate(zip(portfolio.listed_projects(), people, strict=True))
        },
    )
    portfolio = apply(portfolio, open_period(portfolio, NEXT, new_id=new_id))
    portfolio = apply(portfolio, set_deadline(portfolio, NEXT, date(2024, 5, 20)))
    for name, field, typed in (
        ("Zoologisk hage", "text", HELD),
        ("Øvre bru", "year_end_forecast", "1 234 567 kr"),
        ("Øvre bru", "split", "Periodisering 500; Kostnad -300"),
    ):
        entry = Entry(project=project(portfolio, name), field=field, typed=typed)
        portfolio = apply(portfolio, fill_in(portfolio, NEXT, entry, new_id=new_id))
    return portfolio


def project(portfolio: Portfolio, name: str) -> ProjectId:
    """Return the project of a name."""
    return next(one.id for one in portfolio.projects.values() if one.name == name)


def sending(*, is_list: bool = False, known: str = "") -> Sending:
    """Return how the forms are sent."""
    ids = count(1)
    return Sending(
        portfolio="foerste-linje",
        period=NEXT,
        made_by="Ida Controller",
        made_at=datetime(2024, 5, 2, 8, 30, tzinfo=UTC),
        program="0.5.0",
        return_to="ida@kommunen.example",
        new_id=lambda: str(UUID(int=next(ids) << 96)),
        known=known,
        is_list=is_list,
    )


def kari(folder: Path, *, is_list: bool = False, known: str = "") -> Path:
    """Return a copy of Kari's form, which is written once."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"Skjema {'liste' if is_list else 'ark'}.xlsx"
    path.write_bytes(_kari(is_list, known))
    return path


@cache
def _kari(is_list: bool, known: str) -> bytes:  # noqa: FBT001  what is remembered goes by place
    with TemporaryDirectory() as folder:
        sent = write_forms(
            made(), sending(is_list=is_list, known=known), Path(folder), responsible=["kari nordmann"], say=SAY
        )
        return sent[0].path.read_bytes()


class Hands:
    """Somebody who has a form open in another program; `save` is that program's own writing of it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.book: Workbook = load_workbook(path, rich_text=False)
        portfolio = made()
        self.ids = {one.name: one.id for one in portfolio.projects.values()}

    def cells(self, name: str, question: str) -> Iterator[Any]:
        """Yield the cells in which a question of a project is answered, found as a person finds them."""
        for sheet in self.book.worksheets:
            rows, columns = marks_of(sheet)
            for row, mark in rows:
                for column, other in columns:
                    if mark.project == self.ids[name] and {mark.question, other.question} == {question, ""}:
                        yield sheet.cell(row, column)

    def fill(self, name: str, question: str, value: object) -> None:
        """Fill in a field, everywhere it stands."""
        cells = list(self.cells(name, question))
        assert cells
        for cell in cells:
            cell.value = value

    def sheet(self, begins: str) -> Worksheet:
        """Return the sheet whose name begins so."""
        return next(sheet for sheet in self.book.worksheets if sheet.title.startswith(begins))

    def save(self) -> Path:
        """Save it."""
        self.book.save(self.path)
        return self.path

    def back(self) -> FormReturn:
        """Save it and read it as the program does when it comes back."""
        return read_form(self.save())


Place = tuple[int, At]
"""A cell by its sheet's place in the workbook, and its own."""


class Grid:
    """A form as it is read, on which somebody works: faster than a file for what only the reading decides."""

    def __init__(self, *, is_list: bool = False) -> None:
        self.sheets = [replace(sheet, cells=dict(sheet.cells)) for sheet in _sheets(is_list)]
        self.ids = {one.name: one.id for one in made().projects.values()}

    def cells(self, name: str, question: str) -> Iterator[Place]:
        """Yield the cells in which a question of a project is answered."""
        for number, sheet in enumerate(self.sheets):
            marks = {at: mark for at, raw in sheet.cells.items() if isinstance(raw, str) and (mark := mark_of(raw))}
            rows = {at[0]: mark for at, mark in marks.items() if mark.project == self.ids[name]}
            columns = {at[1]: mark for at, mark in marks.items() if not mark.project}
            for row, mark in rows.items():
                for column, other in columns.items():
                    if {mark.question, other.question} == {question, ""}:
                        yield number, (row, column)

    def put(self, place: Place, value: Raw) -> None:
        """Write in a cell, or empty it."""
        number, at = place
        cells = dict(self.sheets[number].cells)
        cells.pop(at, None)
        self.sheets[number] = replace(self.sheets[number], cells=cells if value is None else {**cells, at: value})

    def fill(self, name: str, question: str, value: Raw) -> None:
        """Fill in a field, everywhere it stands."""
        for place in list(self.cells(name, question)):
            self.put(place, value)

    def back(self) -> FormReturn:
        """Read it."""
        return read_sheets("skjema.xlsx", self.sheets)


@cache
def _sheets(is_list: bool) -> tuple[FormSheet, ...]:  # noqa: FBT001  what is remembered goes by place
    with TemporaryDirectory() as folder:
        return tuple(sheets_of(kari(Path(folder), is_list=is_list)))


def marks_of(sheet: Worksheet) -> tuple[list[tuple[int, Any]], list[tuple[int, Any]]]:
    """Return the marks of a sheet's rows, and of its columns."""
    found = [
        (cell, mark)
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str) and (mark := mark_of(cell.value)) is not None
    ]
    rows = {cell.row: mark for cell, mark in found if mark.project}
    columns = {cell.column: mark for cell, mark in found if not mark.project}
    return list(rows.items()), list(columns.items())


def sorted_by(
    sheet: Worksheet, first_row: int, rows: int, *, columns: Sequence[int], key: Callable[[Any], Any]
) -> None:
    """Sort some columns of some rows, as a spreadsheet sorts a selection."""
    taken = [[sheet.cell(first_row + at, column).value for column in columns] for at in range(rows)]
    for at, values in enumerate(sorted(taken, key=key)):
        for column, value in zip(columns, values, strict=True):
            sheet.cell(first_row + at, column).value = value


def read_as(back: FormReturn) -> dict[tuple[str, str], object]:
    """Return the values of a form that came back, by project's name and field."""
    names = {one.id: one.name for one in made().projects.values()}
    return {(names[entry.project], entry.field): entry.value for entry in back.entries}


def told(back: FormReturn) -> list[str]:
    """Return the problems of a form that came back, as they are said."""
    return [SAY(problem.told) for problem in back.problems]
