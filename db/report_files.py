"""Which kinds of file a report can be, by the ending of the name; a new kind is a writer and a line here.

Must not know how any of them is written: each imports what it needs when it writes.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from db.pdf.write import write_pdf
from db.word.write import write_word
from db.workbook.write import write_workbook
from tracker.messages import Message, Refusal, message
from tracker.report.content import Report, Say


class Write(Protocol):
    """Writes a report to a file, whole or not at all."""

    def __call__(self, report: Report, path: Path, *, say: Say) -> None:
        """Write it.

        Raises Trouble when the file can't be written, Refusal when the report can't.
        """


WRITERS: Mapping[str, tuple[Message, Write]] = {
    ".xlsx": (message("Excel"), write_workbook),
    ".pdf": (message("PDF"), write_pdf),
    ".docx": (message("Word"), write_word),
}
"""What each kind is called and what writes it, by its ending; in the order in which they are offered."""


def write_report(report: Report, path: Path, *, say: Say) -> None:
    """Write a report as the kind of file that its name says.

    Raises Refusal when the ending is no report's, Trouble when the file can't be written.
    """
    writer_of(path)(report, path, say=say)


def writer_of(path: Path) -> Write:
    """Return what writes the kind of file that a name says.

    Raises Refusal when the ending is no report's.
    """
    found = WRITERS.get(path.suffix.casefold())
    if found is None:
        endings = ", ".join(WRITERS)
        raise Refusal(
            message(
                "«{name}» er ikke navnet på en rapport: velg et som slutter på {endings}.",
                name=path.name,
                endings=endings,
            )
        )
    return found[1]
