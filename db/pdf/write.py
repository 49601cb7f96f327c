"""Writes a report as a tagged PDF, whole or not at all.

Must not know what any part is about. The same report always gives the same bytes.
"""

from __future__ import annotations

from pathlib import Path

from db.whole_file import write_whole
from tracker.report.content import Report, Say


def write_pdf(report: Report, path: Path, *, say: Say) -> None:
    """Write a report to a file; the file is there whole, or as it was.

    Raises Trouble when the file can't be written, Refusal when the report's logo is damaged.
    """
    # Typst is 20 MB: only those who write a PDF wait for it.
    from db.pdf.typesetting import typeset

    write_whole(path, lambda beside: beside.write_bytes(typeset(report, say=say)))
