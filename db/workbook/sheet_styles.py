"""Gives each look its style in a workbook, made once and shared by all cells that look so.

Must not know values. The accent colour is the report's, the type sizes are in `sheet_look`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils.indexed_list import IndexedList

from db.report_look import FONTS, HAIRLINE, INK, MUTED, TONES, tint
from db.workbook.sheet_look import BOLD, TYPE_SIZE, Look, Role
from tracker.report.content import ColumnKind, Emphasis, ReportLook

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.styles.cell_style import StyleArray

# A column's width is counted in digits of the default font. Those of Arial 8 are 6 pixels wide in Excel,
# as good as what they are on paper; at 9 points the two differ by a twentieth.
_DEFAULT_FONT, _DEFAULT_SIZE = "Arial", 8
POINTS_IN_DIGIT = 6 * 72 / 96
_HAIR = Side(style="thin", color=HAIRLINE)
_FORMATS = {
    ColumnKind.THOUSANDS: "#,##0",
    ColumnKind.KRONER: "#,##0",
    ColumnKind.COUNT: "#,##0",
    ColumnKind.PERCENT: "0.0%",
}
_WITH_FIGURES = frozenset({Role.CELL, Role.CONTINUED, Role.KEY_VALUE})
_TINTED = frozenset({Role.HEADER, Role.GROUP_HEADER})
_ACCENTED = frozenset({Role.TITLE, Role.TABLE_TITLE, Role.HEADER, Role.GROUP_HEADER, Role.KEY_VALUE})
_MUTED = frozenset({Role.SUBTITLE, Role.KEY_TITLE})


def set_default_font(workbook: Any) -> None:  # noqa: ANN401  the stubs leave out what is set
    """Give a workbook the font that column widths are counted in: one that Excel always has."""
    default = Font(name=_DEFAULT_FONT, size=_DEFAULT_SIZE)
    workbook._fonts = IndexedList([default])  # noqa: SLF001  openpyxl has no public way to set it
    workbook._named_styles["Normal"].font = default  # noqa: SLF001


class _Owner:
    """Stands for the sheet of a cell that is made for its style alone."""

    def __init__(self, workbook: Workbook) -> None:
        self.parent = workbook


class Styles:
    """The styles of one workbook, by look."""

    def __init__(self, workbook: Workbook, look: ReportLook) -> None:
        self.font = FONTS[look.typeface]
        self._accent, self._tint = look.accent, tint(look.accent)
        self._rule, self._heavy = Side(style="thin", color=look.accent), Side(style="medium", color=look.accent)
        self._owner = _Owner(workbook)
        self._arrays: dict[Look, StyleArray] = {}

    def array(self, look: Look) -> StyleArray:
        """Return what openpyxl's cells take as their style."""
        found = self._arrays.get(look)
        if found is None:
            found = self._arrays[look] = self._made(look)
        return found

    def plain(
        self, number_format: str = "General", *, is_text: bool = False, bold: bool = False, quoted: bool = False
    ) -> int:
        """Return the number of a style for sheets without a look: the default font, a heading's tint where bold."""
        cell: Any = Cell(self._owner, 1, 1)  # type: ignore[arg-type]  # its sheet is only asked for the workbook
        cell.number_format = number_format
        cell.quotePrefix = quoted
        if is_text:
            # Air after a figure in the column before.
            cell.alignment = Alignment(horizontal="left", indent=1)
        elif bold:
            cell.alignment = Alignment(horizontal="right")
        if bold:
            cell.font = Font(name=self.font, size=8, bold=True, color=self._accent)
            cell.fill = PatternFill("solid", start_color=self._tint)
            cell.border = Border(bottom=self._heavy)
        number: int = cell.style_id
        return number

    def _made(self, look: Look) -> StyleArray:
        cell: Any = Cell(self._owner, 1, 1)  # type: ignore[arg-type]  # its sheet is only asked for the workbook
        cell.font = self._letters(look)
        cell.alignment = _alignment(look)
        cell.border = self._border(look)
        cell.number_format = _FORMATS.get(look.kind, "General") if look.role in _WITH_FIGURES else "General"
        fill = self._fill(look)
        if fill is not None:
            cell.fill = PatternFill("solid", start_color=fill)
        # Keeps a text that begins with `=` a text also when somebody edits it in Excel.
        cell.quotePrefix = look.quoted
        style: StyleArray = cell._style  # noqa: SLF001  openpyxl has no public name for it
        return style

    def _letters(self, look: Look) -> Font:
        bold = look.role in BOLD or look.emphasis is not Emphasis.NORMAL
        return Font(name=self.font, size=look.size or TYPE_SIZE[look.role], bold=bold, color=self._colour(look))

    def _colour(self, look: Look) -> str:
        tone = TONES[look.tone] if look.tone is not None else None
        if tone is not None:
            return tone[0]
        if look.role in _ACCENTED:
            return self._accent
        return MUTED if look.role in _MUTED else INK

    def _fill(self, look: Look) -> str | None:
        tone = TONES[look.tone] if look.tone is not None else None
        if tone is not None:
            return tone[1]
        return self._tint if look.role in _TINTED or look.emphasis is Emphasis.HEADING else None

    def _border(self, look: Look) -> Border:
        if look.role is Role.GROUP_HEADER:
            return Border(bottom=self._rule) if look.ruled else Border()
        if look.role in {Role.HEADER, Role.SUBTITLE}:
            return Border(bottom=self._heavy)
        if look.role is not Role.CELL:
            return Border()
        if look.emphasis is Emphasis.SUM:
            return Border(top=self._rule, bottom=self._rule)
        return Border(bottom=_HAIR) if look.emphasis is Emphasis.NORMAL else Border(top=self._rule)


def _alignment(look: Look) -> Alignment:
    to_right = look.kind.is_figure and look.role in {Role.CELL, Role.CONTINUED, Role.HEADER}
    horizontal = "right" if to_right else "left"
    if look.role is Role.GROUP_HEADER:
        horizontal = "center"
    vertical = "bottom" if look.role in _TINTED else "center" if look.role is Role.CELL and not look.top else "top"
    is_text = look.kind in {ColumnKind.TEXT, ColumnKind.LONG_TEXT} or look.role is Role.HEADER
    return Alignment(horizontal=horizontal, vertical=vertical, wrap_text=is_text, indent=int(look.indented))
