"""What a block of cells would fill in: text that is pasted into a table, or a cell that is filled down.

Must not know what the columns are about, nor how an edit is made.
"""

from __future__ import annotations

from collections.abc import Callable

from tracker.actions import Entry
from tracker.messages import Refusal, message
from tracker.model import ProjectId
from ui.table import KEY_ROLE
from ui.table_view import TableView


def pasted_into(table: TableView, text: str) -> list[Entry]:
    """Return what a block of text would fill in, from the cell with the cursor on.

    Raises Refusal where it doesn't fit, or a column can't be typed in.
    """
    start = table.currentIndex()
    lines = [line.split("\t") for line in text.rstrip("\r\n").replace("\r\n", "\n").split("\n")]
    sections = table.shown_sections()
    if not start.isValid() or not text.strip():
        raise Refusal(
            message("Det er ingenting å lime inn: kopier et område først, og velg cellen det skal begynne i.")
        )
    first = sections.index(start.column())
    if first + max(map(len, lines)) > len(sections) or start.row() + len(lines) > table.rows.rowCount():
        raise Refusal(
            message(
                "Utklippet har {rows} rader og {columns} kolonner og får ikke plass her: velg en celle lenger oppe "
                "eller til venstre.",
                rows=len(lines),
                columns=max(map(len, lines)),
            )
        )
    return [
        _entry(table, start.row() + down, sections[first + right], typed)
        for down, line in enumerate(lines)
        for right, typed in enumerate(line)
    ]


def filled_down_in(table: TableView, written: Callable[[str, str], str]) -> list[Entry]:
    """Return what filling down would fill in: the topmost selected cell of each column in those below it.

    `written` is how a project's field is written. Raises Refusal where less than two rows are selected, or a column
    can't be typed in.
    """
    chosen = sorted({(index.row(), index.column()) for index in table.selectedIndexes()})
    rows = sorted({row for row, _ in chosen if not table.rows.is_group(row)})
    if len(rows) < 2:  # noqa: PLR2004  one to fill from, one to fill
        raise Refusal(message("Velg cellen som skal kopieres og cellene under den, og fyll ned på nytt."))
    entries = []
    for section in sorted({section for _, section in chosen}):
        top = _entry(table, rows[0], section, "")
        typed = written(top.project, top.field)
        entries += [_entry(table, row, section, typed) for row in rows[1:]]
    return entries


def _entry(table: TableView, row: int, section: int, typed: str) -> Entry:
    column = table.rows.columns[section]
    if not column.field:
        raise Refusal(message("Kolonnen «{column}» kan ikke fylles ut her: velg andre celler.", column=column.title))
    if table.rows.is_group(row):
        raise Refusal(message("Området går over en gruppelinje: fjern grupperingen først."))
    key = str(table.rows.data(table.rows.index(row, section), KEY_ROLE))
    return Entry(project=ProjectId(key), field=column.field, typed=typed)
