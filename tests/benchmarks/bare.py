"""What the program is measured against: the libraries doing the same work with nothing of ours around."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import pdfplumber
from openpyxl.cell.cell import MergedCell
from openpyxl.worksheet.worksheet import Worksheet

_LOOKS = ("font", "fill", "border", "alignment", "number_format")

Look = dict[str, Any]


@dataclass(frozen=True)
class SheetRecipe:
    """One sheet's cells (row, column, value, number of its look), its widths and heights."""

    title: str
    cells: list[tuple[int, int, Any, int]]
    widths: dict[str, float]
    heights: dict[int, float]
    merged: list[str]


@dataclass(frozen=True)
class Recipe:
    """The cells and looks of a workbook, ready to be written by openpyxl alone."""

    sheets: list[SheetRecipe]
    looks: dict[int, Look]

    @classmethod
    def of(cls, source: Path) -> Recipe:
        """Read a report back."""
        looks: dict[int, Look] = {}
        book = openpyxl.load_workbook(source)
        return cls([_sheet_recipe(sheet, looks) for sheet in book.worksheets], looks)

    def write(self, target: Path) -> None:
        """Write the same cells and looks the quickest way: each look made once, its array copied to the cells."""
        book = openpyxl.Workbook()
        book.remove(book.active)
        made: dict[int, Any] = {}
        for recipe in self.sheets:
            sheet = book.create_sheet(recipe.title)
            for row, column, value, look in recipe.cells:
                cell = sheet.cell(row, column, value)
                if look in made:
                    cell._style = copy(made[look])  # noqa: SLF001  what openpyxl's users do for speed
                    continue
                for name, part in self.looks[look].items():
                    setattr(cell, name, part)
                made[look] = cell._style  # noqa: SLF001
            for column, width in recipe.widths.items():
                sheet.column_dimensions[column].width = width
            for row, height in recipe.heights.items():
                sheet.row_dimensions[row].height = height
            for area in recipe.merged:
                sheet.merge_cells(area)
        book.save(target)


def _sheet_recipe(sheet: Worksheet, looks: dict[int, Look]) -> SheetRecipe:
    cells = []
    for cell in (cell for row in sheet.iter_rows() for cell in row if not isinstance(cell, MergedCell)):
        if cell.value is None and not cell.has_style:
            continue
        if cell.style_id not in looks:
            looks[cell.style_id] = {name: copy(getattr(cell, name)) for name in _LOOKS}
        cells.append((cell.row, cell.column, cell.value, cell.style_id))
    return SheetRecipe(
        title=sheet.title,
        cells=cells,
        widths={name: size.width for name, size in sheet.column_dimensions.items()},
        heights={number: size.height for number, size in sheet.row_dimensions.items() if size.height},
        merged=[area.coord for area in sheet.merged_cells.ranges],
    )


def read_pdf_bare(source: Path) -> int:
    """Let pdfplumber read every word of a PDF, a page at a time; returns how many."""
    words = 0
    with pdfplumber.open(source) as pdf:
        for page in pdf.pages:
            words += len(page.extract_words())
            page.close()
    return words
