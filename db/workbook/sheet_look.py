"""How the sheets of a report look: roles of cells, their type sizes and line heights, and the page.

Must not know openpyxl or any content. Lengths are in points.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from tracker.report.content import ColumnKind, Emphasis, Tone

_MM = 72 / 25.4

SIDE_MARGIN = 11 * _MM
TOP_MARGIN = 11 * _MM
BOTTOM_MARGIN = 15 * _MM
FOOTER_MARGIN = 7 * _MM
# A4 lying. A little slack keeps a printer's rounding from scaling the sheet down or moving a row on.
PAGE_WIDTH = 297 * _MM - 2 * SIDE_MARGIN - 6
PAGE_HEIGHT = 210 * _MM - TOP_MARGIN - BOTTOM_MARGIN - 6
MAX_ROW_HEIGHT = 408.0
# Excel shows heights in whole pixels of 96 to the inch.
PIXEL = 0.75
CHART_HEIGHT = 272.0
# Beside the title and the line under it.
LOGO_WIDTH, LOGO_HEIGHT = 130.0, 36.0


class Role(Enum):
    """What a cell is on the sheet; decides its type and lines."""

    TITLE = "title"
    SUBTITLE = "subtitle"
    PARAGRAPH = "paragraph"
    KEY_TITLE = "key_title"
    KEY_VALUE = "key_value"
    TABLE_TITLE = "table_title"
    GROUP_HEADER = "group_header"
    HEADER = "header"
    CELL = "cell"
    CONTINUED = "continued"
    """A cell whose row goes on below: it has no line under it."""


TYPE_SIZE = {
    Role.TITLE: 18.0,
    Role.SUBTITLE: 9.0,
    Role.PARAGRAPH: 10.0,
    Role.KEY_TITLE: 8.5,
    Role.KEY_VALUE: 18.0,
    Role.TABLE_TITLE: 11.0,
    Role.GROUP_HEADER: 8.5,
    Role.HEADER: 8.5,
    Role.CELL: 9.0,
    Role.CONTINUED: 9.0,
}
# The rows of a table, and the smaller size that they take when a text would need more than a page.
BODY_SIZE = TYPE_SIZE[Role.CELL]
SMALL_SIZE = 8.0
BOLD = frozenset({Role.TITLE, Role.KEY_VALUE, Role.TABLE_TITLE, Role.GROUP_HEADER, Role.HEADER})
# Excel gives Arial a line of five fourths of its size (15 pixels at 9 points), LibreOffice a little less.
LINE = 5 / 4
PARAGRAPH_GAP = 3.0
# A text to the right of other columns is indented, clear of their figures; Excel does it by about three spaces.
INDENT = 9.0
# Above and below the text of a row, and to its left and right in a cell.
PADDING_UPRIGHT = 3.0
PADDING_SIDEWAYS = 6.0
# Excel lays text out in whole pixels, so that a line may come out wider than its letters add up to.
WIDER_ON_SCREEN = 1.05


@dataclass(frozen=True, slots=True)
class Look:
    """All that decides how a cell looks; equal looks share one style in the file.

    `quoted` keeps a text that looks like a formula a text, `ruled` draws a line under a group's heading,
    `top` puts the cells of a row with long texts side by side at its top, `size` overrides the role's own.
    """

    role: Role
    kind: ColumnKind = ColumnKind.TEXT
    emphasis: Emphasis = Emphasis.NORMAL
    tone: Tone | None = None
    quoted: bool = False
    ruled: bool = False
    top: bool = False
    indented: bool = False
    size: float | None = None

    def __hash__(self) -> int:
        """Hash enums by identity: their own hash is slow, and every cell asks for its style."""
        flags = self.quoted, self.ruled, self.top, self.indented, self.size
        return hash((id(self.role), id(self.kind), id(self.emphasis), id(self.tone), flags))


def is_indented(index: int, kind: ColumnKind) -> bool:
    """Whether the column's texts are indented: all but the first column's."""
    return index > 0 and not kind.is_figure
