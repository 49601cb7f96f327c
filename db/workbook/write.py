"""Writes a report as an Excel workbook: native figures, values and no formulas, whole or not at all.

Must not know what any part is about. The same report always gives the same bytes.
"""

from __future__ import annotations

from pathlib import Path

from db.whole_file import write_whole
from tracker.report.content import Report, Say


def write_workbook(report: Report, path: Path, *, say: Say) -> None:
    """Write a report to a file; the file is there whole, or as it was.

    Raises Trouble when the file can't be written: no access, open in Excel, disk full.
    """
    # Importing openpyxl takes 0.2 s: only those who write a workbook wait for it.
    from db.workbook.sheet_writer import write_sheets

    write_whole(path, lambda beside: write_sheets(report, beside, say=say))
