"""A report's pages to look at before they are written; of very long tables only the beginning.

Must not know who looks.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass, replace

from tracker.report.content import Report, Say

MOST_ROWS = 400
"""How many rows of a table are shown; more would take longer than somebody waits who turns a setting."""
_FAST = 1


@dataclass(frozen=True, slots=True)
class Preview:
    """The pages as pictures, packed; `is_cut` says that some table has more rows than are shown."""

    packed: tuple[bytes, ...]
    is_cut: bool

    def page(self, at: int) -> bytes:
        """Return a page as SVG, counted from 0."""
        return zlib.decompress(self.packed[at])


def preview_of(report: Report, *, say: Say) -> Preview:
    """Draw a report's pages.

    Raises Refusal when its logo is damaged.
    """
    from db.pdf.typesetting import drawn_pages

    shown = _beginning(report)
    pages = drawn_pages(shown, say=say)
    return Preview(tuple(zlib.compress(page, _FAST) for page in pages), is_cut=shown != report)


def _beginning(report: Report) -> Report:
    if all(len(table.rows) <= MOST_ROWS for part in report.parts for table in part.tables):
        return report
    parts = (
        replace(part, tables=tuple(replace(table, rows=table.rows[:MOST_ROWS]) for table in part.tables))
        for part in report.parts
    )
    return replace(report, parts=tuple(parts))
