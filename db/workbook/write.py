"""Writes a report as an Excel workbook: native figures, values and no formulas, whole or not at all.

Must not know what any part is about. The same report always gives the same bytes.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from uuid import uuid4

from db.trouble import trouble_of
from tracker.report.content import Report, Say


def write_workbook(report: Report, path: Path, *, say: Say) -> None:
    """Write a report to a file; the file is there whole, or as it was.

    Raises Trouble when the file can't be written: no access, open in Excel, disk full.
    """
    # Importing openpyxl takes 0.2 s: only those who write a workbook wait for it.
    from db.workbook.sheet_writer import write_sheets

    beside = path.with_name(f".{path.name}.{uuid4().hex[:8]}.ny")
    try:
        beside.touch(exist_ok=False)
        write_sheets(report, beside, say=say)
        beside.replace(path)
    except OSError as error:
        known = trouble_of(error, path)
        if known is None:
            raise
        raise known from error
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
