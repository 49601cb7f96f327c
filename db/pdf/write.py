"""Writes a report as a tagged PDF, whole or not at all.

Must not know what any part is about. The same report always gives the same bytes.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from uuid import uuid4

from db.trouble import trouble_of
from tracker.report.content import Report, Say


def write_pdf(report: Report, path: Path, *, say: Say) -> None:
    """Write a report to a file; the file is there whole, or as it was.

    Raises Trouble when the file can't be written, Refusal when the report's logo is damaged.
    """
    # Typst is 20 MB: only those who write a PDF wait for it.
    from db.pdf.typesetting import typeset

    beside = path.with_name(f".{path.name}.{uuid4().hex[:8]}.ny")
    try:
        beside.touch(exist_ok=False)
        beside.write_bytes(typeset(report, say=say))
        beside.replace(path)
    except OSError as error:
        known = trouble_of(error, path)
        if known is None:
            raise
        raise known from error
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
