"""Writes a report as a Word document for the municipality to edit: real styles and headings, whole or not at all.

Must not know what any part is about. The same report always gives the same bytes.
"""

from __future__ import annotations

from pathlib import Path

from db.whole_file import write_whole
from tracker.report.content import Report, Say


def write_word(report: Report, path: Path, *, say: Say) -> None:
    """Write a report to a file; the file is there whole, or as it was.

    Raises Trouble when the file can't be written: no access, open in Word, disk full.
    """
    # Importing python-docx takes 0.2 s: only those who write a document wait for it.
    from db.word.document import write_document

    write_whole(path, lambda beside: write_document(report, beside, say=say))
