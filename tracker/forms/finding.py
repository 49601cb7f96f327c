"""Finds the answers on the sheets of a form, by the marks of their rows and columns, wherever those were moved.

Must not know what an answer means. Marks that contradict each other, or the name that stands beside them, are a
problem: their row or column is not read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from tracker.forms.cells import At, FormSheet, Raw, cell_name, folded
from tracker.forms.enclosed import Enclosed
from tracker.forms.marks import NAME, Mark, mark_of
from tracker.messages import Message, message
from tracker.model import ProjectId

Key = tuple[ProjectId, str]
"""A project and a question."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A cell that answers a question of a project. `covered` names the cell that it was merged with, if it was."""

    key: Key
    sheet: FormSheet
    at: At
    covered: str = ""

    @property
    def raw(self) -> Raw:
        """What it holds."""
        return self.sheet.cells.get(self.at)


@dataclass(slots=True)
class Marked:
    """What the marks of one sheet say: its rows and columns, the answers there, and what is wrong with the marks."""

    sheet: FormSheet
    found: list[Found] = field(default_factory=list)
    names: set[At] = field(default_factory=set)
    refused: dict[At, Message] = field(default_factory=dict)
    """Marks, or the names beside them, that can't be trusted, by the cell to look at."""
    unread: set[At] = field(default_factory=set)
    """Cells of rows and columns that can't be trusted."""
    foreign: int = 0
    """How many marks are of another form."""


def marked(sheet: FormSheet, enclosed: Enclosed, *, form: str) -> Marked:
    """Find the answers of a sheet."""
    made = Marked(sheet)
    rows, columns = _marks(made, form)
    rows = dict(_trusted(made, rows, enclosed, _name_columns(columns)))
    by_place = {
        (row, column): key
        for row, mark in rows.items()
        for column, other in columns.items()
        if (key := _key(mark, other)) is not None and key[1] in enclosed.base.get(key[0], {})
    }
    for at, key in by_place.items():
        made.found.append(Found(key=key, sheet=sheet, at=at, covered=_covered(sheet, at, by_place)))
    return made


def _marks(made: Marked, form: str) -> tuple[dict[int, Mark], dict[int, Mark]]:
    """Return what each row and each column is of; those with two meanings are refused."""
    rows: dict[int, dict[Mark, At]] = {}
    columns: dict[int, dict[Mark, At]] = {}
    for at, raw in made.sheet.cells.items():
        mark = mark_of(raw) if isinstance(raw, str) else None
        if mark is None:
            continue
        if mark.form != form:
            made.foreign += 1
            continue
        of, line = (rows, at[0]) if mark.project else (columns, at[1])
        of.setdefault(line, {}).setdefault(mark, at)
    return dict(_single(made, rows, is_row=True)), dict(_single(made, columns, is_row=False))


def _single(made: Marked, lines: Mapping[int, Mapping[Mark, At]], *, is_row: bool) -> Iterator[tuple[int, Mark]]:
    for line, marks in lines.items():
        if len(marks) == 1:
            yield line, next(iter(marks))
            continue
        made.unread |= {at for at in made.sheet.cells if at[0 if is_row else 1] == line}
        if is_row:
            told = message("Raden er satt sammen av flere prosjekters rader, så den er ikke lest: rett den i skjemaet.")
        else:
            told = message("Kolonnen er satt sammen av flere, så den er ikke lest: rett den i skjemaet.")
        made.refused[(line, 1) if is_row else (0, line)] = told


def _name_columns(columns: Mapping[int, Mark]) -> Sequence[int]:
    return [column for column, mark in columns.items() if mark.question == NAME]


def _trusted(
    made: Marked, rows: Mapping[int, Mark], enclosed: Enclosed, name_columns: Sequence[int]
) -> Iterator[tuple[int, Mark]]:
    """Yield the rows whose project is also the one that is named there, as far as one of the form's is."""
    by_name: dict[str, set[str]] = {}
    for project, name in enclosed.names.items():
        by_name.setdefault(folded(name), set()).add(project)
    for row, mark in rows.items():
        places = [(row, column) for column in name_columns]
        made.names |= set(places)
        wrong = next(
            (at for at in places if mark.project not in by_name.get(_text(made.sheet, at), {mark.project})), None
        )
        if wrong is None:
            yield row, mark
            continue
        made.refused[wrong] = message(
            "Raden hører til «{project}», men her står «{name}», så den er ikke lest: rett den i skjemaet.",
            project=enclosed.names.get(ProjectId(mark.project), mark.project),
            name=_text(made.sheet, wrong),
        )
        made.unread |= {at for at in made.sheet.cells if at[0] == row}


def _text(sheet: FormSheet, at: At) -> str:
    raw = sheet.cells.get(at)
    return folded(raw) if isinstance(raw, str) else ""


def _key(row: Mark, column: Mark) -> Key | None:
    """Return what a row and a column make together; None where they make nothing."""
    if bool(row.question) == bool(column.question):
        return None
    return ProjectId(row.project), row.question or column.question


def _covered(sheet: FormSheet, at: At, answers: Mapping[At, Key]) -> str:
    """Return the cell that an answer was merged with: one that it lies beneath, or another answer."""
    for first_row, first_column, last_row, last_column in sheet.merged:
        if not (first_row <= at[0] <= last_row and first_column <= at[1] <= last_column):
            continue
        if at != (first_row, first_column):
            return cell_name((first_row, first_column))
        for other in answers:
            if other != at and first_row <= other[0] <= last_row and first_column <= other[1] <= last_column:
                return cell_name(other)
    return ""
