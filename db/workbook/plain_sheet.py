"""Sheets for other programs and for who asks where a figure comes from: headings and values, no look to speak of.

Must not know what the values are about. Written a row at a time: openpyxl would take ten times as long for the
hundred thousand rows of a large portfolio.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import IO
from xml.sax.saxutils import escape

from openpyxl.packaging.relationship import Relationship, RelationshipList
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.table import Table, TableStyleInfo

from db.report_cells import printable
from db.workbook.sheet_styles import Styles
from db.workbook.sheet_text import is_formula_like

_LONGEST = 32_000
"""Letters of a text: Excel has room for 32 767 and cuts what is longer without a word."""
_CUT = " […]"
_MOST_ROWS = 1_048_576
_ROWS_TOGETHER = 500
_SHORT = 64
"""Letters of a text that likely stands in many cells."""
_FIRST_DAY = date(1899, 12, 30)
"""What Excel counts days from."""
_LETTERS_WIDE = 1.1
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
    '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" '
    'state="frozen"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="12"/>'
)
_TAIL = (
    '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.5" header="0.3" footer="0.3"/>'
    '<pageSetup paperSize="8" orientation="landscape" fitToWidth="1" fitToHeight="0"/>'
)

PlainValue = str | int | float | date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainColumn:
    """A heading, how many letters wide its values are, and whether they are figures, or numbers that are names."""

    title: str
    letters: int = 12
    is_figure: bool = False
    is_name: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainSheet:
    """What stands on a sheet; `table` is what Excel and Power BI call the table that it is."""

    title: str
    table: str
    columns: Sequence[PlainColumn]
    rows: Iterable[Sequence[PlainValue]]
    is_hidden: bool = False


def write_plain_sheet(sheet: PlainSheet, target: IO[bytes], styles: Styles) -> Table:
    """Write the sheet's XML. Returns the table over what was written, which is written apart."""

    def write(text: str) -> None:
        target.write(text.encode("utf-8"))

    write(_HEAD)
    widths = "".join(
        f'<col min="{at}" max="{at}" width="{column.letters * _LETTERS_WIDE:.1f}" customWidth="1"/>'
        for at, column in enumerate(sheet.columns, start=1)
    )
    write(f"<cols>{widths}</cols><sheetData>")
    letters = [get_column_letter(at) for at in range(1, len(sheet.columns) + 1)]
    cells = _Cells(styles)
    write(_row(1, letters, map(cells.heading, sheet.columns)))
    number, rows = 1, islice(sheet.rows, _MOST_ROWS - 1)
    while some := list(islice(rows, _ROWS_TOGETHER)):
        placed = enumerate(some, start=number + 1)
        write("".join(_row(at, letters, map(cells.cell, values, sheet.columns)) for at, values in placed))
        number += len(some)
    # A table has a row beneath its headings, be it an empty one.
    ref = f"A1:{letters[-1]}{max(number, 2)}"
    table = _table(sheet, ref)
    write(f'</sheetData>{_TAIL}<tableParts count="1"><tablePart r:id="rId1"/></tableParts></worksheet>')
    return table


def related_to(table: Table) -> RelationshipList:
    """Return the relations of a sheet with a table."""
    relation = Relationship(type="table", Target="", Id="rId1")
    table._rel_id = relation.Id  # type: ignore[attr-defined]  # noqa: SLF001  as openpyxl's own writer does
    relations = RelationshipList()
    relations.append(relation)
    return relations


def _table(sheet: PlainSheet, ref: str) -> Table:
    made = Table(displayName=sheet.table, name=sheet.table, ref=ref)
    made.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=False)
    made._initialise_columns()  # type: ignore[attr-defined]  # noqa: SLF001  openpyxl would read the headings from a sheet of its own
    for column, named in zip(made.tableColumns, sheet.columns, strict=True):
        column.name = named.title
    return made


class _Cells:
    """Writes the cells of one workbook's plain sheets; each kind of value has its style."""

    def __init__(self, styles: Styles) -> None:
        self._text, self._quoted = styles.plain(is_text=True), styles.plain(is_text=True, quoted=True)
        self._number, self._name, self._share = (styles.plain(shown) for shown in ("#,##0", "0", "0.0%"))
        self._day = styles.plain("yyyy-mm-dd")
        self._known: dict[str, str] = {}
        self._headings = styles.plain(is_text=True, bold=True), styles.plain(bold=True)

    def heading(self, column: PlainColumn) -> str:
        """Return all of a heading's cell but where it stands."""
        return self._written(column.title, self._headings[column.is_figure])

    def cell(self, value: PlainValue, column: PlainColumn) -> str:
        """Return all of a cell but where it stands; nothing for nothing."""
        if value is None:
            return ""
        if isinstance(value, str):
            return self._known.get(value) or self._made(value)
        if isinstance(value, date):
            return f' s="{self._day}"><v>{(value - _FIRST_DAY).days}</v></c>'
        style = self._share if isinstance(value, float) else self._name if column.is_name else self._number
        return f' s="{style}"><v>{value!r}</v></c>'

    def _made(self, value: str) -> str:
        text = printable(value)
        text = text if len(text) <= _LONGEST else text[:_LONGEST] + _CUT
        made = self._written(text, self._quoted if is_formula_like(text) else self._text)
        if len(value) <= _SHORT:
            self._known[value] = made
        return made

    @staticmethod
    def _written(text: str, style: int) -> str:
        return f' s="{style}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'


def _row(number: int, letters: Sequence[str], cells: Iterable[str]) -> str:
    placed = "".join(f'<c r="{letter}{number}"{cell}' for letter, cell in zip(letters, cells, strict=True) if cell)
    return f'<row r="{number}">{placed}</row>'
