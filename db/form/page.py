"""A sheet of a form that is being written: cells with a role, rows as high as their texts, and what was printed.

Must not know what is asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, field
from typing import Any

from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties

from db.form.look import ASKING, FONT, HIGHEST, HINT, HINT_SIZE, IS_BOLD, LINE, PADDING, SIGN, SIZE, STYLE, Role
from db.report_cells import printable
from db.workbook.sheet_look import BOTTOM_MARGIN, FOOTER_MARGIN, PAGE_HEIGHT, SIDE_MARGIN, TOP_MARGIN
from db.workbook.sheet_styles import POINTS_IN_DIGIT
from db.workbook.sheet_text import TextMeasure, is_formula_like
from tracker.forms.cells import fingerprint
from tracker.forms.marks import Mark

_POINTS_IN_INCH = 72
_A4 = 9
_INDENT = 16.0
_SPACER = 12.0
_MOST_SHRUNK = 1.4


@dataclass(frozen=True, slots=True)
class Shared:
    """What the sheets of one workbook share: the measure of texts, and styles that openpyxl is slow to find again."""

    measure: TextMeasure = field(default_factory=TextMeasure)
    styles: dict[tuple[Role, bool], Any] = field(default_factory=dict)


class Page:
    """One sheet; rows and columns are counted from 1, the first of each is hidden and holds the marks."""

    def __init__(self, sheet: Any, widths: Sequence[float], shared: Shared) -> None:  # noqa: ANN401  the stubs leave out nearly all
        self.sheet, self._widths, self._shared = sheet, widths, shared
        self.printed: set[str] = set()
        for column, width in enumerate(widths, start=2):
            sheet.column_dimensions[get_column_letter(column)].width = round(width / POINTS_IN_DIGIT, 3)
        self.hide_column(1)
        sheet.row_dimensions[1].hidden = True

    def hide_column(self, column: int) -> None:
        """Hide a column of marks."""
        self.sheet.column_dimensions[get_column_letter(column)].hidden = True

    def mark(self, row: int, column: int, mark: Mark) -> None:
        """Put a mark in a hidden row or column."""
        self._put(row, column, str(mark), Role.HIDDEN)

    def write(self, row: int, column: int, value: str | float | None, role: Role, *, to: int = 0) -> None:
        """Write something to be read, over several columns if asked for."""
        written = printable(value) if isinstance(value, str) else value
        self._put(row, column, written, role)
        if written is not None:
            self.printed.add(fingerprint(written))
        for other in range(column + 1, to + 1):
            self._put(row, other, None, role)
        if to:
            self.sheet.merge_cells(start_row=row, end_row=row, start_column=column, end_column=to)

    def label(self, row: int, column: int, title: str, hint: str) -> None:
        """Write a question: the sign, what is asked, and beneath it how it is answered."""
        title = f"{SIGN} {title}"
        self.write(row, column, title, Role.LABEL)
        cell = self.sheet.cell(row, column)
        cell.value = CellRichText(TextBlock(ASKING, f"{title}\n"), TextBlock(HINT, hint))
        self.printed.add(fingerprint(f"{title}\n{hint}"))

    def link(self, row: int, column: int, place: str) -> None:
        """Make what stands in a cell lead to a place in the workbook."""
        cell = self.sheet.cell(row, column)
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=place, display=cell.value)
        self._put(row, column, cell.value, Role.LINK)

    def answer(
        self, row: int, column: int, value: str | float | None, number_format: str, *, role: Role = Role.ANSWER
    ) -> None:
        """Write a field to be filled in, with what stands in it."""
        self._put(row, column, printable(value) if isinstance(value, str) else value, role)
        self.sheet.cell(row, column).number_format = number_format

    def choices(self, cells: Sequence[tuple[int, int]], choices: Sequence[str], title: str, hint: str) -> None:
        """Offer answers to choose among; others can be typed all the same."""
        made = DataValidation(
            type="list",
            formula1='"' + ",".join(choices) + '"',
            allow_blank=True,
            showErrorMessage=False,
            showInputMessage=True,
            promptTitle=title[:32],
            prompt=hint[:255],
        )
        for row, column in cells:
            made.add(self.sheet.cell(row, column))
        self.sheet.add_data_validation(made)

    def height(self, row: int, texts: Sequence[tuple[str, int, int, Role]], *, least: float = 0) -> None:
        """Make a row as high as its texts need, each in the columns from one to another."""
        needed = [self._lines(text, first, last, role) * SIZE[role] * LINE for text, first, last, role in texts]
        self.sheet.row_dimensions[row].height = min(max([*needed, least]) + PADDING, HIGHEST)

    def label_height(self, column: int, title: str, hint: str) -> float:
        """Return how high a question is, with what is said beneath it."""
        width = self._widths[column - 2] - _INDENT
        lines = self._shared.measure.lines(hint, width, size=HINT_SIZE)
        return (
            self._lines(f"{SIGN} {title}", column, column, Role.LABEL) * SIZE[Role.LABEL] + lines * HINT_SIZE
        ) * LINE

    def fits(self, text: str, column: int, role: Role) -> bool:
        """Whether a text can be seen whole in a row."""
        return self._lines(text, column, column, role) * SIZE[role] * LINE + PADDING <= HIGHEST

    def settle(self, *, footer: str, repeated: str = "", frozen: str = "", last: int = 0) -> None:
        """Set up the page and the protection: nothing but the fields can be written in, and no password is asked.

        With the `last` row given, it is printed on one page where that leaves it readable.
        """
        sheet = self.sheet
        sheet.sheet_view.showGridLines = False
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", _A4
        sheet.print_options.horizontalCentered = True
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, int(self._is_one_page(last))
        side, top, bottom, end = (
            points / _POINTS_IN_INCH for points in (SIDE_MARGIN, TOP_MARGIN, BOTTOM_MARGIN, FOOTER_MARGIN)
        )
        sheet.page_margins = PageMargins(left=side, right=side, top=top, bottom=bottom, header=end, footer=end)
        for place, text in (
            (sheet.oddFooter.left, printable(footer).replace("&", "&&")),
            (sheet.oddFooter.right, "&P / &N"),
        ):
            place.text, place.font, place.size = text, f"{FONT},Regular", 8
        if repeated:
            sheet.print_title_rows = repeated
        if frozen:
            sheet.freeze_panes = frozen
        protection = sheet.protection
        protection.sheet = True
        # Heights and widths can be drawn, and a list filtered, without taking the protection off. Not sorted: where
        # most cells are locked, only the answers could be, away from their projects.
        protection.formatRows = protection.formatColumns = protection.autoFilter = False

    def _is_one_page(self, last: int) -> bool:
        heights = (self.sheet.row_dimensions[row].height or _SPACER for row in range(2, last + 1))
        return 0 < sum(heights) <= PAGE_HEIGHT * _MOST_SHRUNK

    def _lines(self, text: str, first: int, last: int, role: Role) -> int:
        width = sum(self._widths[first - 2 : last - 1]) - _INDENT
        return self._shared.measure.lines(text, width, size=SIZE[role], bold=IS_BOLD[role])

    def _put(self, row: int, column: int, value: str | float | None, role: Role) -> None:
        cell = self.sheet.cell(row, column)
        cell.value = value
        is_quoted = isinstance(value, str) and is_formula_like(value)
        known = self._shared.styles.get((role, is_quoted))
        if known is None:
            _dress(cell, role)
            cell.quotePrefix = is_quoted
            self._shared.styles[role, is_quoted] = copy(cell._style)  # noqa: SLF001  openpyxl has no public name for it
        else:
            cell._style = copy(known)  # noqa: SLF001
        if isinstance(value, str):
            # A text stays a text: openpyxl makes formulas and errors of some, and Excel when it is edited.
            cell.data_type = "s"


def _dress(cell: Any, role: Role) -> None:  # noqa: ANN401  the stubs leave out nearly all
    style = STYLE[role]
    cell.font, cell.alignment, cell.border = style.font, style.alignment, style.border
    cell.protection = style.protection
    if style.fill is not None:
        cell.fill = style.fill
