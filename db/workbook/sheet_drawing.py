"""Writes what is drawn on the sheets, charts and the logo, each with a name and a text for those who can't see it.

Must not know how a chart is drawn.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import IO, TYPE_CHECKING, Any

from openpyxl import Workbook
from openpyxl.drawing.image import Image
from openpyxl.drawing.spreadsheet_drawing import AbsoluteAnchor, SpreadsheetDrawing
from openpyxl.drawing.xdr import XDRPoint2D, XDRPositiveSize2D
from openpyxl.worksheet.table import Table
from openpyxl.writer.excel import ExcelWriter

from db.fixed_zip import FixedZip
from db.logo import fitted
from db.workbook.plain_sheet import related_to
from db.workbook.sheet_look import LOGO_HEIGHT, LOGO_WIDTH, PAGE_WIDTH

if TYPE_CHECKING:
    from openpyxl.drawing.graphic import GraphicFrame
    from openpyxl.drawing.picture import PictureFrame

_EMU = 12_700


class DescribedWriter(ExcelWriter):
    """Writes a workbook whose charts and pictures have a name and a text, and some of whose sheets are plain.

    `described` holds the names and texts by sheet, `write_plain` what writes each plain sheet.
    """

    def __init__(
        self,
        workbook: Workbook,
        archive: FixedZip,
        *,
        described: Mapping[str, list[tuple[str, str]]],
        write_plain: Mapping[str, Callable[[IO[bytes]], Table]],
    ) -> None:
        super().__init__(workbook, archive)
        self._entries, self._described, self._write_plain = archive, described, write_plain

    def write_worksheet(self, ws: Any) -> None:  # noqa: ANN401  the stubs know little of a write-only sheet
        """Write a sheet, what is drawn on it described; a plain one by what writes it."""
        if ws.title in self._write_plain:
            with self._entries.begin(ws.path[1:]) as entry:
                table = self._write_plain[ws.title](entry)
            ws._rels = related_to(table)  # noqa: SLF001
            ws._tables.add(table)  # noqa: SLF001
            self.manifest.append(ws)
            return
        super().write_worksheet(ws)
        drawing = DescribedDrawing(self._described.get(ws.title, []))
        # As openpyxl's own writer does.
        drawing.charts, drawing.images = ws._charts, ws._images  # noqa: SLF001
        ws._drawing = drawing  # noqa: SLF001


class DescribedDrawing(SpreadsheetDrawing):
    """What is drawn on a sheet, charts before pictures, each with a name and a text."""

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

    def _picture_frame(self, idx: int) -> PictureFrame:
        frame = super()._picture_frame(idx)  # type: ignore[misc]  # the stubs leave it out
        properties = frame.nvPicPr.cNvPr
        properties.name, properties.descr = self._described[idx - 1]
        return frame  # type: ignore[no-any-return]


class LogoImage(Image):
    """The logo in the upper right corner; openpyxl's own pictures are read by Pillow, which isn't needed for this."""

    def __init__(self, png: bytes) -> None:
        self._content, self.format = png, "png"
        width, height = (round(points * _EMU) for points in fitted(png, width=LOGO_WIDTH, height=LOGO_HEIGHT))
        place = XDRPoint2D(x=round(PAGE_WIDTH * _EMU) - width, y=0)
        self.anchor = AbsoluteAnchor(pos=place, ext=XDRPositiveSize2D(cx=width, cy=height))

    def _data(self) -> bytes:
        return self._content
