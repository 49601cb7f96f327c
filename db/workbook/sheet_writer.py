"""Writes planned sheets with openpyxl: cells, page set-up, charts, properties.

Must not know how a part is laid out. Imported late: openpyxl takes its time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from datetime import datetime, time
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.table import Table

from db.fixed_zip import FixedZip
from db.logo import png_of
from db.native_chart import ChartLook
from db.report_cells import language_tag, logo_in_words, of_period, printable
from db.workbook.behind import plain_sheets
from db.workbook.plain_sheet import write_plain_sheet
from db.workbook.sheet_charts import drawn
from db.workbook.sheet_drawing import DescribedWriter, LogoImage
from db.workbook.sheet_headers import header_names
from db.workbook.sheet_layout import plan_part
from db.workbook.sheet_look import BOTTOM_MARGIN, FOOTER_MARGIN, SIDE_MARGIN, TOP_MARGIN
from db.workbook.sheet_plan import Line, Plan
from db.workbook.sheet_styles import POINTS_IN_DIGIT, Styles, set_default_font
from db.workbook.sheet_text import TextMeasure
from tracker.messages import message
from tracker.report.content import EXAMPLE, ColumnKind, Part, Report, Say

Sheet = Any  # the stubs leave out nearly all that a write-only sheet has

_POINTS_IN_INCH = 72
_A4 = 9
_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_LONGEST_SHEET_NAME = 31
# More than this held still above the rows would leave a small screen nothing to scroll.
_MOST_FROZEN = 170.0
# Excel keeps 1026 page ends that somebody set; beyond them it finds its own.
_MOST_BREAKS = 1000


def write_sheets(report: Report, path: Path, *, say: Say) -> None:
    """Write a report's parts as sheets of a workbook, over the file at the path."""
    workbook = Workbook(write_only=True)
    _set_properties(workbook, report, say)
    styles, measure = Styles(workbook, report.look), TextMeasure()
    charts = ChartLook(accent=report.look.accent, font=styles.font)
    described: dict[str, list[tuple[str, str]]] = {}
    plans: dict[str, Plan] = {}
    for part in report.parts:
        title = report.title if part is report.parts[0] else part.title
        subtitle = _subtitle(report, part, say)
        plan = plan_part(part, say=say, measure=measure, title=say(title), subtitle=subtitle)
        name = sheet_name(plan.title, taken=described)
        sheet = workbook.create_sheet(name)
        _set_page(sheet, plan, footer=_footer(report, say), font=styles.font, say=say)
        _write_lines(sheet, plan.lines, styles)
        for placed in plan.charts:
            sheet.add_chart(drawn(placed, plan, sheet_name=name, look=charts))
        _name_headers(workbook, plan, name)
        plans[name] = plan
        described[name] = [(say(placed.chart.title), say(placed.chart.description)) for placed in plan.charts]
    _add_logo(workbook, report, say, described)
    if not report.parts:
        workbook.create_sheet(sheet_name(say(report.title), taken=described))
    write_plain: dict[str, Callable[[IO[bytes]], Table]] = {}
    for plain in plain_sheets(report.behind, plans, say=say):
        name = sheet_name(plain.title, taken=(*described, *write_plain))
        made = workbook.create_sheet(name)
        made.sheet_state = "hidden" if plain.is_hidden else "visible"
        # A cell beside the table: what is for other programs is not printed with the report.
        made.print_area = f"{get_column_letter(len(plain.columns) + 1)}1"
        write_plain[name] = partial(write_plain_sheet, plain, styles=styles)
    # In memory first: openpyxl is left half way through its sheets by a disk that is full.
    stream = BytesIO()
    with FixedZip(stream) as archive:
        DescribedWriter(workbook, archive, described=described, write_plain=write_plain).write_data()
    path.write_bytes(stream.getbuffer())


def _name_headers(workbook: Workbook, plan: Plan, name: str) -> None:
    named = workbook.defined_names
    for header in header_names(plan, sheet_name=name, sheet_number=len(workbook.sheetnames), taken=len(named)):
        named.add(header)


def _add_logo(workbook: Workbook, report: Report, say: Say, described: dict[str, list[tuple[str, str]]]) -> None:
    """Put the logo on the first sheet."""
    logo = report.look.logo
    if logo is not None and described:
        first = workbook.sheetnames[0]
        sheet: Sheet = workbook[first]
        sheet.add_image(LogoImage(png_of(logo)))
        described[first].append((say(message("Logo")), logo_in_words(report, say)))


def sheet_name(title: str, *, taken: Collection[str]) -> str:
    """Return a legal sheet name for a title, at most 31 characters and unlike those that are taken."""
    legal = _NOT_IN_SHEET_NAMES.sub(" ", title).strip(" '")[:_LONGEST_SHEET_NAME].rstrip(" '") or "Ark"
    used = {name.casefold() for name in taken}
    name, number = legal, 1
    # «History» is a name that Excel keeps for itself.
    while name.casefold() in used or name.casefold() == "history":
        number += 1
        ending = f" {number}"
        name = legal[: _LONGEST_SHEET_NAME - len(ending)] + ending
    return name


def _subtitle(report: Report, part: Part, say: Say) -> str:
    pieces = [report.owner, say(EXAMPLE) if report.is_example else "", say(of_period(report))]
    kinds = {column.kind for table in part.tables for column in table.columns}
    if ColumnKind.THOUSANDS in kinds:
        pieces.append(say(message("Beløp i 1000 kroner")))
    return printable(" · ".join(filter(None, pieces)))


def _footer(report: Report, say: Say) -> str:
    return f"{say(report.title)} · {say(EXAMPLE)}" if report.is_example else say(report.title)


def _set_properties(workbook: Any, report: Report, say: Say) -> None:  # noqa: ANN401
    properties = workbook.properties
    properties.title = printable(say(report.title))
    properties.creator = properties.lastModifiedBy = printable(report.owner) or "Tertial"
    properties.subject = printable(say(of_period(report)))
    properties.language = language_tag(say)
    # When it was written would make two exports of the same figures differ.
    properties.created = properties.modified = datetime.combine(report.period.ends, time())
    set_default_font(workbook)


def _set_page(sheet: Sheet, plan: Plan, *, footer: str, font: str, say: Say) -> None:
    for index, width in enumerate(plan.widths, start=1):
        sheet.column_dimensions[get_column_letter(index)].width = round(width / POINTS_IN_DIGIT, 3)
    sheet.sheet_view.showGridLines = False
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    side, top, bottom = SIDE_MARGIN / _POINTS_IN_INCH, TOP_MARGIN / _POINTS_IN_INCH, BOTTOM_MARGIN / _POINTS_IN_INCH
    ends = FOOTER_MARGIN / _POINTS_IN_INCH
    sheet.page_margins = PageMargins(left=side, right=side, top=top, bottom=bottom, header=ends, footer=ends)
    for place, text in (
        (sheet.oddFooter.left, _in_footer(f"{footer} · {plan.title}")),
        (sheet.oddFooter.right, say(message("Side {page} av {pages}", page="&P", pages="&N"))),
    ):
        place.text, place.font, place.size = text, f"{font},Regular", 8
    for number in plan.breaks[:_MOST_BREAKS]:
        sheet.row_breaks.append(Break(id=number))
    if plan.repeated is not None:
        first, last = plan.repeated
        sheet.print_title_rows = f"{first + 1}:{last + 1}"
        if sum(line.height for line in plan.lines[: last + 1]) <= _MOST_FROZEN:
            sheet.freeze_panes = f"B{last + 2}"


def _in_footer(text: str) -> str:
    """Double what a footer would take for a code."""
    return printable(text).replace("&", "&&")


def _write_lines(sheet: Sheet, lines: Sequence[Line], styles: Styles) -> None:
    # openpyxl's own collections of merged cells and heights take a quarter of the time; it only asks
    # the first for its ranges, the second for a row's attributes, and each row for its cells.
    merged: list[str] = []
    heights: dict[int, dict[str, str]] = {}
    sheet.merged_cells, sheet.row_dimensions = merged, heights
    sheet._values_to_row = _as_they_are  # noqa: SLF001
    for number, line in enumerate(lines, start=1):
        heights[number] = {"ht": f"{line.height:g}", "customHeight": "1"}
        cells = [
            _cell(sheet, (number, index), placed.value, styles.array(placed.look))
            for index, placed in enumerate(line.cells, start=1)
            if placed is not None
        ]
        sheet.append(cells)
        del heights[number]
        merged += [
            f"{get_column_letter(first + 1)}{number}:{get_column_letter(last + 1)}{number + down - 1}"
            for first, last, down in line.merged
        ]


def _as_they_are(cells: Sequence[Cell], _row: int) -> Sequence[Cell]:
    """Hand on cells that know their place; openpyxl would make each anew to find that out."""
    return cells


def _cell(sheet: Sheet, at: tuple[int, int], value: str | float | None, style: StyleArray) -> Cell:
    cell = Cell(sheet, at[0], at[1], value, style)
    if isinstance(value, str):
        # A text stays a text: openpyxl makes formulas and errors of some.
        cell.data_type = "s"
    return cell
