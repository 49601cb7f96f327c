"""The few elements of WordprocessingML that a report is made of, as text.

Must not know reports. python-docx makes a cell at a time and looks for it among all others, and lxml takes longer the
more a document holds: thousands of rows would take minutes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from db.report_cells import printable

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement

_NAMESPACES = " ".join(
    f'xmlns:{prefix}="http://schemas.openxmlformats.org/{name}"'
    for prefix, name in {
        "w": "wordprocessingml/2006/main",
        "r": "officeDocument/2006/relationships",
        "wp": "drawingml/2006/wordprocessingDrawing",
        "a": "drawingml/2006/main",
        "pic": "drawingml/2006/picture",
        "c": "drawingml/2006/chart",
    }.items()
)
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_QUOTED = {'"': "&quot;", "\n": " ", "\t": " "}
_BREAKS = re.compile("([\t\n])")
_SPECIAL = {"\t": "<w:tab/>", "\n": "<w:br/>"}


def quoted(text: str) -> str:
    """Return a text as it stands in an attribute."""
    return escape(printable(text), _QUOTED)


def run(text: str, look: str = "") -> str:
    """Return a run of text; `look` is its properties."""
    if not text:
        return ""
    text = escape(printable(text))
    if "\t" in text or "\n" in text:
        inside = "".join(_SPECIAL.get(piece) or _plain(piece) for piece in _BREAKS.split(text) if piece)
    else:
        inside = _plain(text)
    return f"<w:r><w:rPr>{look}</w:rPr>{inside}</w:r>" if look else f"<w:r>{inside}</w:r>"


def paragraph(style: str, inside: str, more: str = "") -> str:
    """Return a paragraph of runs in a style; `more` is what this paragraph alone differs by."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{more}</w:pPr>{inside}</w:p>'


def field(instruction: str, shown: str) -> str:
    """Return a field with what it shows until Word computes it."""
    return f'<w:fldSimple w:instr="{instruction}">{run(shown)}</w:fldSimple>'


def field_mark(kind: str) -> str:
    """Return the beginning, middle or end of a field that spans paragraphs."""
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def field_code(instruction: str) -> str:
    """Return what such a field does."""
    return f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'


def bookmarked(number: int, name: str, inside: str) -> str:
    """Return runs that a link can lead to."""
    return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{inside}<w:bookmarkEnd w:id="{number}"/>'


def link(name: str, inside: str) -> str:
    """Return runs that lead to a bookmark."""
    return f'<w:hyperlink w:anchor="{name}" w:history="1">{inside}</w:hyperlink>'


def written(blocks: Iterable[str]) -> bytes:
    """Return a document of blocks as it stands in its file."""
    body = "".join(blocks)
    return f"{_DECLARATION}<w:document {_NAMESPACES}><w:body>{body}</w:body></w:document>".encode()


def parsed(blocks: Iterable[str]) -> Iterator[BaseOxmlElement]:
    """Return a few elements, ready to stand among python-docx's own."""
    from docx.oxml import parse_xml

    yield from list(parse_xml(f"<w:body {_NAMESPACES}>{''.join(blocks)}</w:body>"))


def _plain(escaped: str) -> str:
    return f'<w:t xml:space="preserve">{escaped}</w:t>'
