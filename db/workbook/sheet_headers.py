"""Tells screen readers which row is a table's header: by defined names, as JAWS and NVDA look for them.

Must not know what the tables are about. Excel's own tables can't have a header of two rows or merged cells.
"""

from __future__ import annotations

from collections.abc import Iterator

from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.workbook.defined_name import DefinedName

from db.workbook.sheet_plan import Plan


def header_names(plan: Plan, *, sheet_name: str, sheet_number: int, taken: int) -> Iterator[DefinedName]:
    """Return a name for each table of a sheet: it says how far the table goes, and refers to where its header begins.

    `taken` is how many names the workbook has: each has a number of its own.
    """
    for number, region in enumerate(plan.regions, start=taken + 1):
        last = f"{get_column_letter(region.columns)}{region.last + 1}"
        name = f"TitleRegion{number}.A{region.header + 1}.{last}.{sheet_number}"
        yield DefinedName(name, attr_text=f"{quote_sheetname(sheet_name)}!$A${region.header + 1}")
