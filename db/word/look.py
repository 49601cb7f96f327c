"""How a document looks: its page, its styles by name, sizes and colours.

Must not know content. Lengths are in points.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

_MM = 72 / 25.4
TWIPS = 20
"""Twentieths of a point, which Word measures in."""


@dataclass(frozen=True, slots=True)
class Page:
    """A sheet of A4 and its margins."""

    width: float
    height: float
    side: float = 18 * _MM
    top: float = 20 * _MM
    bottom: float = 19 * _MM
    ends: float = 9 * _MM

    @property
    def text_width(self) -> float:
        """How wide a line of text or a table is."""
        return self.width - 2 * self.side


class Orientation(Enum):
    """Standing pages for text, lying ones for wide tables."""

    PORTRAIT = Page(210 * _MM, 297 * _MM)
    LANDSCAPE = Page(297 * _MM, 210 * _MM)

    @property
    def page(self) -> Page:
        """The page's measures."""
        return self.value


class Style:
    """Ids of the styles that the document uses; names are in `styles`."""

    TITLE = "Title"
    SUBTITLE = "Subtitle"
    BODY = "BodyText"
    LIST = "ListBullet"
    CAPTION = "Caption"
    CONTENTS_HEADING = "TOCHeading"
    CONTENTS = ("TOC1", "TOC2")
    HEADINGS = ("Heading1", "Heading2", "Heading3")
    FOOTER = "Footer"
    UNIT = "Unit"
    TABLE = "ReportTable"
    KEY_TABLE = "KeyTable"
    TABLE_TEXT = "TableText"
    TABLE_FIGURE = "TableFigure"
    TABLE_HEAD = "TableHead"
    TABLE_HEAD_FIGURE = "TableHeadFigure"
    KEY_TITLE = "KeyTitle"
    KEY_FIGURE = "KeyFigure"
    LOGO = "Logo"


TABLE_SIZE = 8.5
HEAD_SIZE = 8.0
# To the left and right of a cell's text.
CELL_MARGIN = 3.5
# Before a text that has figures to its left.
INDENT = 7.0
CHART_HEIGHT = 216.0
LOGO_HEIGHT, LOGO_WIDTH = 42.0, 200.0
