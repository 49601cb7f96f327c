"""Writes a form as a workbook that is filled in without the program; the same form always gives the same bytes.

Must not know what stands on its sheets.
"""

from __future__ import annotations

from pathlib import Path

from db.whole_file import write_whole
from tracker.forms.form import Form
from tracker.report.content import Say


def write_form(form: Form, path: Path, *, say: Say) -> None:
    """Write a form to a file; the file is there whole, or as it was.

    Raises Trouble when the file can't be written: no access, open in Excel, disk full.
    """
    # Importing openpyxl takes 0.2 s: only those who write a form wait for it.
    from db.form.book import write_book

    write_whole(path, lambda beside: write_book(form, beside, say=say))
