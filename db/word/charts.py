"""Puts a report's charts into the document as native charts, each with a small workbook that Word opens to edit it.

Must not know how a chart is drawn, nor what its figures mean.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.writer.excel import ExcelWriter
from openpyxl.xml.functions import SubElement, tostring

from db.fixed_zip import FixedZip
from db.native_chart import Cells, ChartLook, native_chart
from db.report_cells import Value, written
from tracker.report.content import Chart, Emphasis, Say, Table

if TYPE_CHECKING:
    from docx.document import Document
    from openpyxl.chart import BarChart

_CHART = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_CHARTS = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_LINKED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SHEET = "Data"
_SOME_DAY = datetime(2000, 1, 1)  # noqa: DTZ001  the same in every file, so that equal reports are equal bytes


def add_chart(document: Document, number: int, chart: BarChart, columns: Sequence[Cells]) -> str:
    """Add a chart and the cells that it draws to the document's files; return the id that it is shown by."""
    drawn = chart._write()  # type: ignore[attr-defined]  # noqa: SLF001  the stubs leave it out
    data = SubElement(drawn, f"{{{_CHARTS}}}externalData")
    data.set(f"{{{_LINKED}}}id", "rId1")
    SubElement(data, f"{{{_CHARTS}}}autoUpdate").set("val", "0")
    package = document.part.package
    part = Part(PackURI(f"/word/charts/chart{number}.xml"), _CHART, tostring(drawn), package)
    name = PackURI(f"/word/embeddings/Microsoft_Excel_Sheet{number}.xlsx")
    part.relate_to(Part(name, _WORKBOOK, _workbook(columns), package), RELATIONSHIP_TYPE.PACKAGE)
    return document.part.relate_to(part, RELATIONSHIP_TYPE.CHART)


def charted(chart: Chart, table: Table, *, look: ChartLook, say: Say) -> tuple[BarChart, list[Cells]]:
    """Return a chart of a table's normal rows, and the cells that it draws."""
    keys = (chart.categories, *chart.series)
    columns = [_column(table, key, position, say) for position, key in enumerate(keys, start=1)]
    names, *series = columns
    return native_chart(chart.kind, names, series, look), columns


def _column(table: Table, key: str, position: int, say: Say) -> Cells:
    index = table.index_of(key)
    column = table.columns[index]
    values: list[Value] = [
        written(row.cells[index], column, say) for row in table.rows if row.emphasis is Emphasis.NORMAL
    ]
    letter = get_column_letter(position)
    return Cells(
        at=f"{_SHEET}!${letter}$2:${letter}${len(values) + 1}",
        values=values,
        title=say(column.title),
        title_at=f"{_SHEET}!${letter}$1",
    )


def _workbook(columns: Sequence[Cells]) -> bytes:
    workbook = Workbook()
    workbook.properties.created = workbook.properties.modified = _SOME_DAY
    sheet: Any = workbook.active
    sheet.title = _SHEET
    for position, cells in enumerate(columns, start=1):
        for line, value in enumerate((cells.title, *cells.values), start=1):
            cell = sheet.cell(line, position, value)
            if isinstance(value, str):
                cell.data_type = "s"
    stream = BytesIO()
    with FixedZip(stream) as archive:
        ExcelWriter(workbook, archive).write_data()
    return stream.getvalue()
