"""Writes the table of contents: a field that Word fills in anew, filled in from the start.

Must not know how headings come about. Which page a heading is on only Word knows: it is told to find out on opening,
and until then the lines are links without page numbers rather than with wrong ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from db.word.chapters import Entry
from db.word.look import Style
from db.word.markup import field_code, field_mark, link, paragraph, run

_FIELD = r'TOC \o "1-2" \h \z \u'


def contents(entries: Sequence[Entry], *, heading: str) -> Iterator[str]:
    """Write the contents under a heading; nothing where there is nothing to list."""
    if not entries:
        return
    yield (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/></w:docPartObj>'
        "</w:sdtPr><w:sdtContent>"
    )
    yield paragraph(Style.CONTENTS_HEADING, run(heading))
    last = len(entries) - 1
    for number, entry in enumerate(entries):
        before = field_mark("begin") + field_code(_FIELD) + field_mark("separate") if number == 0 else ""
        after = field_mark("end") if number == last else ""
        yield paragraph(Style.CONTENTS[entry.level], before + link(entry.bookmark, run(entry.title)) + after)
    yield "</w:sdtContent></w:sdt>"
