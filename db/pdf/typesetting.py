"""Sets a report's pages with typst, from the program's own fonts and page design alone.

Must not know a file's place, nor what a report is about. Imported late: typst takes its time.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any, cast

import typst

import resources
from db.logo import png_of
from db.pdf.document import document_of
from db.pdf.letters import Letters
from db.pdf.words import Words
from tracker.report.content import Report, Say

_RESOURCES = Path(resources.__file__).parent
_FONTS = _RESOURCES / "fonts"
_DESIGN = _RESOURCES / "report" / "report.typ"
_EVERY_LETTER = _FONTS / "SourceSans3-Regular.ttf"
_STANDARDS = ["a-2a", "ua-1"]
"""PDF/A-2a (ISO 19005-2), which a public archive takes as it is, and PDF/UA-1: one file is both."""


def typeset(report: Report, *, say: Say) -> bytes:
    """Return a report as a PDF that screen readers can read and an archive can keep; the same report, the same bytes.

    Raises Refusal when the logo's file is damaged.
    """
    pages = _Pages(report, say)
    made = pages.made(format="pdf", pdf_standards=_STANDARDS)
    return made if isinstance(made, bytes) else b"".join(made)


def drawn_pages(report: Report, *, say: Say) -> list[bytes]:
    """Return the pages of a report as pictures (SVG): the very ones that its PDF has.

    Raises Refusal when the logo's file is damaged.
    """
    made = _Pages(report, say).made(format="svg")
    return [made] if isinstance(made, bytes) else made


class _Pages:
    """A report given to typst: its data, and nothing of this machine but the program's own fonts."""

    def __init__(self, report: Report, say: Say) -> None:
        words = Words(say, Letters(_EVERY_LETTER))
        data = document_of(report, words)
        fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[_FONTS])
        self._logo = report.look.logo
        self._compiler = typst.Compiler(
            _DESIGN,
            root=_DESIGN.parent,
            font_paths=fonts,
            sys_inputs={"report": json.dumps(data, ensure_ascii=False, separators=(",", ":"))},
        )
        # When it was written would make two exports of the same figures differ.
        self._dated = datetime.combine(report.period.ends, time(), UTC)

    def made(self, **wanted: Any) -> bytes | list[bytes]:  # noqa: ANN401  as typst's own arguments
        try:
            # Nothing is returned only where a file is named to write it to.
            return cast("bytes | list[bytes]", self._compiler.compile(timestamp=self._dated, **wanted))
        except typst.TypstError:
            if self._logo is not None:
                png_of(self._logo)
            raise
