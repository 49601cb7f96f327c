"""Draws a report's charts as native Excel charts that refer to the cells of their table.

Must not know what the figures mean.
"""

from __future__ import annotations

from openpyxl.chart import BarChart
from openpyxl.utils import get_column_letter, quote_sheetname

from db.native_chart import Cells, ChartLook, native_chart
from db.workbook.sheet_look import CHART_HEIGHT, PAGE_WIDTH
from db.workbook.sheet_plan import PlacedChart, Plan

# Within the columns, so that the sheet stays one page wide.
_CHART_WIDTH = PAGE_WIDTH * 0.96
_CM = 2.54 / 72


def drawn(placed: PlacedChart, plan: Plan, *, sheet_name: str, look: ChartLook) -> BarChart:
    """Return the chart, its names and figures referring to the table's cells."""
    names = _cells(placed, plan, sheet_name, placed.chart.categories)
    series = [_cells(placed, plan, sheet_name, key) for key in placed.chart.series]
    chart = native_chart(placed.chart.kind, names, series, look)
    chart.anchor = f"A{placed.line + 1}"
    chart.width, chart.height = _CHART_WIDTH * _CM, (CHART_HEIGHT - 8) * _CM  # type: ignore[assignment]  # in cm, a float
    return chart


def _cells(placed: PlacedChart, plan: Plan, sheet_name: str, key: str) -> Cells:
    index = placed.table.index_of(key)
    header = placed.drawn[0] - 1
    heading = plan.lines[header].cells[index]
    return Cells(
        at=_reference(placed, sheet_name, index),
        values=_values(placed, plan, index),
        title="" if heading is None else str(heading.value),
        title_at=f"{quote_sheetname(sheet_name)}!${get_column_letter(index + 1)}${header + 1}",
    )


def _values(placed: PlacedChart, plan: Plan, index: int) -> list[object]:
    first, last = placed.drawn
    cells = (line.cells[index] for line in plan.lines[first : last + 1])
    return [None if cell is None else cell.value for cell in cells]


def _reference(placed: PlacedChart, sheet_name: str, index: int) -> str:
    first, last = placed.drawn
    letter = get_column_letter(index + 1)
    return f"{quote_sheetname(sheet_name)}!${letter}${first + 1}:${letter}${last + 1}"
