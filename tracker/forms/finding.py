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
    refused: dict[At, Message] = field(default_factory=dict)
    """Marks, or the names beside them, that can't be trusted, by the cell to look at."""
    unread: set[At] = field(default_factory=set)
    """Cells of rows and columns that can't be trusted."""
    foreign: int = 0
    """How many marks are of another form."""


def marked(sheet: FormSheet, enclosed: Enclosed, *, form: str) -> Marked:
    """Find the answers of a sheet."""
    made = Marked(sheet)
    rows, columns = _marks(made, form, enclosed)
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


def _marks(made: Marked, form: str, enclosed: Enclosed) -> tuple[dict[int, Mark], dict[int, Mark]]:
    """Return what each row and each column is of; those with two meanings are refused."""
    rows: dict[int, list[Mark]] = {}
    columns: dict[int, list[Mark]] = {}
    for at, raw in made.sheet.cells.items():
        mark = mark_of(raw) if isinstance(raw, str) else None
        if mark is None:
            continue
        if mark.form != form:
            made.foreign += 1
        elif mark.project:
            rows.setdefault(at[0], []).append(mark)
        else:
            columns.setdefault(at[1], []).append(mark)
    return dict(_whole_rows(made, rows, enclosed)), dict(_whole_columns(made, columns))


def _whole_rows(made: Marked, rows: Mapping[int, Sequence[Mark]], enclosed: Enclosed) -> Iterator[tuple[int, Mark]]:
    """Yield the rows that are of one thing; a list's are marked at both ends, since a part of one can be sorted."""
    for row, marks in rows.items():
        mark, others = marks[0], [mark for mark in marks if mark != marks[0]]
        if not others and (mark.question or len(marks) > 1):
            yield row, mark
            continue
        made.unread |= {at for at in made.sheet.cells if at[0] == row}
        if others:
            made.refused[row, 1] = message(
                "Raden er satt sammen av rader for «{one}» og «{other}», så den er ikke lest: rett den i skjemaet.",
                one=_name(enclosed, mark),
                other=_name(enclosed, others[0]),
            )
        else:
            made.refused[row, 1] = message(
                "Raden for «{project}» mangler noe av det skjulte som hører til, så den er ikke lest: skriv svarene i "
                "skjemaet slik det ble sendt ut.",
                project=_name(enclosed, mark),
            )


def _whole_columns(made: Marked, columns: Mapping[int, Sequence[Mark]]) -> Iterator[tuple[int, Mark]]:
    for column, marks in columns.items():
        if len(set(marks)) == 1:
            yield column, marks[0]
            continue
        made.unread |= {at for at in made.sheet.cells if at[1] == column}
        made.refused[0, column] = message("Kolonnen er satt sammen av flere, så den er ikke lest: rett den i skjemaet.")


def _name(enclosed: Enclosed, mark: Mark) -> str:
    return enclosed.names.get(ProjectId(mark.project), mark.project)


def _name_columns(columns: Mapping[int, Mark]) -> Sequence[int]:
    return [column for column, mark in columns.items() if mark.question == NAME]


def _trusted(
    made: Marked, rows: Mapping[int, Mark], enclosed: Enclosed, name_columns: Sequence[int]
) -> Iterator[tuple[int, Mark]]:
    """Yield the rows that bear their project's name; on a sheet of one project every row has a mark of its own."""
    for row, mark in rows.items():
        own = _name(enclosed, mark)
        places = [(row, column) for column in name_columns] or [(row, 1)]
        wrong = next((at for at in places if _as_named(made.sheet.cells.get(at)) != _as_named(own)), None)
        if mark.question or wrong is None:
            yield row, mark
            continue
        made.refused[wrong] = message(
            "Raden hører til «{project}», men her står «{name}», så den er ikke lest: rett den i skjemaet.",
            project=own,
            name=_as_named(made.sheet.cells.get(wrong)),
        )
        made.unread |= {at for at in made.sheet.cells if at[0] == row}


def _as_named(raw: Raw) -> str:
    """Return a name as it is compared; what no sheet can hold was replaced when it was written."""
    return folded(str(raw).replace("\ufffd", "")) if raw is not None else ""


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
