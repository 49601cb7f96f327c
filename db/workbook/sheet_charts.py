"""Draws a report's charts as native Excel charts that refer to the cells of their table.

Must not know what the figures mean.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

from openpyxl import Workbook
from openpyxl.chart import BarChart
from openpyxl.chart.axis import ChartLines
from openpyxl.chart.data_source import (
    AxDataSource,
    NumData,
    NumDataSource,
    NumRef,
    NumVal,
    StrData,
    StrRef,
    StrVal,
)
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.marker import DataPoint
from openpyxl.chart.series import Series, SeriesLabel
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.drawing.text import CharacterProperties, Font, Paragraph, ParagraphProperties
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.writer.excel import ExcelWriter

from db.workbook.sheet_look import ACCENT, CHART_HEIGHT, HAIRLINE, INK, PAGE_WIDTH
from db.workbook.sheet_plan import PlacedChart, Plan
from db.workbook.sheet_styles import TYPEFACE
from tracker.report.content import ChartKind

if TYPE_CHECKING:
    from openpyxl.drawing.graphic import GraphicFrame

_SECOND = "9DBBD1"
_BELOW_ZERO = "B5651D"
# Within the columns, so that the sheet stays one page wide.
_CHART_WIDTH = PAGE_WIDTH * 0.96
_CM = 2.54 / 72
_HUNDREDTHS = 100


class DescribedWriter(ExcelWriter):
    """Writes a workbook whose charts have a name and a text; `described` holds them by sheet."""

    def __init__(self, workbook: Workbook, archive: ZipFile, *, described: Mapping[str, list[tuple[str, str]]]) -> None:
        super().__init__(workbook, archive)
        self._described = described

    def write_worksheet(self, ws: Any) -> None:  # noqa: ANN401  the stubs know little of a write-only sheet
        """Write a sheet, its charts described."""
        super().write_worksheet(ws)
        drawing = DescribedDrawing(self._described.get(ws.title, []))
        drawing.charts = ws._charts  # noqa: SLF001  as openpyxl's own writer does
        ws._drawing = drawing  # noqa: SLF001


class DescribedDrawing(SpreadsheetDrawing):
    """A sheet's drawing whose charts have a name, and a text for those who can't see them."""

    # openpyxl writes the elements that a class itself names; inherited ones it would leave out.
    __elements__ = SpreadsheetDrawing.__elements__

    def __init__(self, described: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._described = described

    def _chart_frame(self, idx: int) -> GraphicFrame:
        frame = super()._chart_frame(idx)  # type: ignore[misc]  # the stubs leave it out
        properties = frame.nvGraphicFramePr.cNvPr
        properties.name, properties.descr = self._described[idx - 1]
        return frame  # type: ignore[no-any-return]


def drawn(placed: PlacedChart, plan: Plan, *, sheet_name: str) -> BarChart:
    """Return the chart, its categories and series referring to the table's cells, with their values beside."""
    kind = placed.chart.kind
    chart = BarChart(barDir="col" if kind is ChartKind.COLUMNS else "bar")
    chart.anchor = f"A{placed.line + 1}"
    chart.width, chart.height = _CHART_WIDTH * _CM, (CHART_HEIGHT - 8) * _CM  # type: ignore[assignment]  # in cm, a float
    chart.title = None
    chart.gapWidth = 60
    chart.roundedCorners = False
    categories = _categories(placed, plan, sheet_name)
    colours = (_SECOND, ACCENT) if len(placed.chart.series) > 1 else (ACCENT,)
    for key, colour in zip(placed.chart.series, colours, strict=False):
        series = _series(placed, plan, sheet_name, key)
        series.cat = categories
        series.graphicalProperties = _filled(colour)
        chart.series.append(series)
    _mark_below_zero(chart, placed, plan)
    _set_axes(chart)
    _set_legend(chart)
    chart.graphical_properties = GraphicalProperties(noFill=True, ln=LineProperties(noFill=True))
    return chart


def _categories(placed: PlacedChart, plan: Plan, sheet_name: str) -> AxDataSource:
    index = placed.table.index_of(placed.chart.categories)
    names = [str(value) for value in _values(placed, plan, index)]
    cache = StrData(ptCount=len(names), pt=[StrVal(idx=position, v=name) for position, name in enumerate(names)])
    return AxDataSource(strRef=StrRef(f=_reference(placed, sheet_name, index), strCache=cache))


def _series(placed: PlacedChart, plan: Plan, sheet_name: str, key: str) -> Series:
    index = placed.table.index_of(key)
    figures = _values(placed, plan, index)
    points = [NumVal(idx=position, v=figure) for position, figure in enumerate(figures)]
    cache = NumData(formatCode="#,##0", ptCount=len(points), pt=points)
    source = NumDataSource(numRef=NumRef(f=_reference(placed, sheet_name, index), numCache=cache))
    header = placed.drawn[0] - 1
    heading = plan.lines[header].cells[index]
    title = "" if heading is None else str(heading.value)
    at = f"{quote_sheetname(sheet_name)}!${get_column_letter(index + 1)}${header + 1}"
    label = SeriesLabel(strRef=StrRef(f=at, strCache=StrData(ptCount=1, pt=[StrVal(idx=0, v=title)])))
    series = Series(val=source, tx=label)
    series.invertIfNegative = False
    return series


def _values(placed: PlacedChart, plan: Plan, index: int) -> list[object]:
    first, last = placed.drawn
    cells = (line.cells[index] for line in plan.lines[first : last + 1])
    return [None if cell is None else cell.value for cell in cells]


def _reference(placed: PlacedChart, sheet_name: str, index: int) -> str:
    first, last = placed.drawn
    letter = get_column_letter(index + 1)
    return f"{quote_sheetname(sheet_name)}!${letter}${first + 1}:${letter}${last + 1}"


def _mark_below_zero(chart: BarChart, placed: PlacedChart, plan: Plan) -> None:
    """Colour what is below zero; the side that it points to says the same without colour."""
    if len(placed.chart.series) > 1:
        return
    figures = _values(placed, plan, placed.table.index_of(placed.chart.series[0]))
    chart.series[0].dPt = [
        DataPoint(idx=position, invertIfNegative=False, spPr=_filled(_BELOW_ZERO))
        for position, figure in enumerate(figures)
        if isinstance(figure, int | float) and figure < 0
    ]


def _set_axes(chart: BarChart) -> None:
    for axis in (chart.x_axis, chart.y_axis):
        axis.delete = False
        axis.txPr = _type(9)
        axis.title = None
    chart.x_axis.tickLblPos = "low"
    chart.x_axis.graphicalProperties = _lined("7F8C94")
    chart.y_axis.number_format = "#,##0"
    chart.y_axis.majorGridlines = ChartLines(spPr=_lined(HAIRLINE))
    chart.y_axis.graphicalProperties = GraphicalProperties(ln=LineProperties(noFill=True))
    if chart.barDir == "bar":
        # The first row on top, and the figures' axis below all the same.
        chart.x_axis.scaling.orientation = "maxMin"
        chart.y_axis.crosses = "max"
    labels = DataLabelList(showVal=True, showSerName=False, showCatName=False, showLegendKey=False, showPercent=False)
    labels.numFmt = "#,##0"
    labels.txPr = _type(8)
    labels.position = "outEnd"
    chart.dataLabels = labels


def _set_legend(chart: BarChart) -> None:
    if len(chart.series) < 2 or chart.legend is None:  # noqa: PLR2004  one series needs no legend
        chart.legend = None
        return
    chart.legend.position = "t"
    chart.legend.txPr = _type(9)


def _filled(colour: str) -> GraphicalProperties:
    return GraphicalProperties(solidFill=colour, ln=LineProperties(noFill=True))


def _lined(colour: str) -> GraphicalProperties:
    return GraphicalProperties(ln=LineProperties(solidFill=colour, w=6350))


def _type(size: int) -> RichText:
    letters = CharacterProperties(sz=size * _HUNDREDTHS, solidFill=INK, latin=Font(typeface=TYPEFACE))
    return RichText(p=[Paragraph(pPr=ParagraphProperties(defRPr=letters), endParaRPr=letters)])
