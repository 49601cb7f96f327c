"""Makes a report's charts as native Office charts: columns or bars that refer to cells, their values beside.

Must not know what the figures mean, nor which kind of file the chart stands in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

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
from openpyxl.drawing.text import CharacterProperties, Font, Paragraph, ParagraphProperties

from db.report_look import HAIRLINE, INK, lightened
from tracker.report.content import ChartKind

if TYPE_CHECKING:
    from collections.abc import Iterable

_AXIS = "7F8C94"
_BELOW_ZERO = "B5651D"
_HUNDREDTHS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Cells:
    """Cells of a sheet and what stands in them: `at` is their address, `title_at` that of their heading."""

    at: str
    values: Sequence[object]
    title: str = ""
    title_at: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartLook:
    """What of a chart's look is the report's: its one colour and its font."""

    accent: str
    font: str


def native_chart(kind: ChartKind, names: Cells, series: Sequence[Cells], look: ChartLook) -> BarChart:
    """Return a chart of one or two series over the same names."""
    chart = BarChart(barDir="col" if kind is ChartKind.COLUMNS else "bar")
    chart.title = None
    chart.gapWidth = 60
    chart.roundedCorners = False
    colours = (lightened(look.accent), look.accent) if len(series) > 1 else (look.accent,)
    categories = _categories(names)
    for cells, colour in zip(series, colours, strict=False):
        drawn = _series(cells)
        drawn.cat = categories
        drawn.graphicalProperties = _filled(colour)
        chart.series.append(drawn)
    if len(series) == 1:
        _mark_below_zero(chart, series[0].values)
    _set_axes(chart, look.font)
    _set_legend(chart, look.font)
    chart.graphical_properties = GraphicalProperties(noFill=True, ln=LineProperties(noFill=True))
    return chart


def _categories(names: Cells) -> AxDataSource:
    points = [StrVal(idx=position, v=str(name)) for position, name in enumerate(names.values)]
    return AxDataSource(strRef=StrRef(f=names.at, strCache=StrData(ptCount=len(points), pt=points)))


def _series(cells: Cells) -> Series:
    points = [NumVal(idx=position, v=figure) for position, figure in enumerate(cells.values)]
    cache = NumData(formatCode="#,##0", ptCount=len(points), pt=points)
    title = StrData(ptCount=1, pt=[StrVal(idx=0, v=cells.title)])
    series = Series(
        val=NumDataSource(numRef=NumRef(f=cells.at, numCache=cache)),
        tx=SeriesLabel(strRef=StrRef(f=cells.title_at, strCache=title)),
    )
    series.invertIfNegative = False
    return series


def _mark_below_zero(chart: BarChart, figures: Iterable[object]) -> None:
    """Colour what is below zero; the side that it points to says the same without colour."""
    chart.series[0].dPt = [
        DataPoint(idx=position, invertIfNegative=False, spPr=_filled(_BELOW_ZERO))
        for position, figure in enumerate(figures)
        if isinstance(figure, int | float) and figure < 0
    ]


def _set_axes(chart: BarChart, font: str) -> None:
    for axis in (chart.x_axis, chart.y_axis):
        axis.delete = False
        axis.txPr = _type(font, 9)
        axis.title = None
    chart.x_axis.tickLblPos = "low"
    chart.x_axis.graphicalProperties = _lined(_AXIS)
    chart.y_axis.number_format = "#,##0"
    chart.y_axis.majorGridlines = ChartLines(spPr=_lined(HAIRLINE))
    chart.y_axis.graphicalProperties = GraphicalProperties(ln=LineProperties(noFill=True))
    if chart.barDir == "bar":
        # The first row on top, and the figures' axis below all the same.
        chart.x_axis.scaling.orientation = "maxMin"
        chart.y_axis.crosses = "max"
    labels = DataLabelList(showVal=True, showSerName=False, showCatName=False, showLegendKey=False, showPercent=False)
    labels.numFmt = "#,##0"
    labels.txPr = _type(font, 8)
    labels.position = "outEnd"
    chart.dataLabels = labels


def _set_legend(chart: BarChart, font: str) -> None:
    if len(chart.series) < 2 or chart.legend is None:  # noqa: PLR2004  one series needs no legend
        chart.legend = None
        return
    chart.legend.position = "t"
    chart.legend.txPr = _type(font, 9)


def _filled(colour: str) -> GraphicalProperties:
    return GraphicalProperties(solidFill=colour, ln=LineProperties(noFill=True))


def _lined(colour: str) -> GraphicalProperties:
    return GraphicalProperties(ln=LineProperties(solidFill=colour, w=6350))


def _type(font: str, size: int) -> RichText:
    letters = CharacterProperties(sz=size * _HUNDREDTHS, solidFill=INK, latin=Font(typeface=font))
    return RichText(p=[Paragraph(pPr=ParagraphProperties(defRPr=letters), endParaRPr=letters)])
