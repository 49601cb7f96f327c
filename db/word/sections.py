"""Divides the document into sections: standing pages for text, lying ones for wide tables, a footer for each.

Must not know what stands on the pages.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.word.look import TWIPS, Orientation, Page, Style
from db.word.markup import field, paragraph, parsed, run

if TYPE_CHECKING:
    from docx.document import Document

# A paragraph that only ends a section; it takes no room of its own.
_THIN = '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
_PAGE, _PAGES = "\ue000", "\ue001"
PAGE_MARKS = {"page": _PAGE, "pages": _PAGES}
"""What a sentence says where the page and the number of pages are to be counted."""


def add_footers(document: Document, *, left: str, right: str) -> dict[Orientation, str]:
    """Add a footer for each orientation; return the ids that sections show them by."""
    ids = {}
    for orientation in Orientation:
        part, relation = document.part.add_footer_part()  # type: ignore[no-untyped-call]  # as python-docx has it
        for child in list(part.element):
            part.element.remove(child)
        stop = round(orientation.page.text_width * TWIPS)
        tabs = f'<w:tabs><w:tab w:val="right" w:pos="{stop}"/></w:tabs>'
        inside = run(f"{left}\t") + _counted(right)
        part.element.extend(parsed([paragraph(Style.FOOTER, inside, tabs)]))
        ids[orientation] = relation
    return ids


def section(orientation: Orientation, footer: str) -> str:
    """Return the properties of a section."""
    page: Page = orientation.page
    landscape = ' w:orient="landscape"' if orientation is Orientation.LANDSCAPE else ""
    return (
        f'<w:sectPr><w:footerReference w:type="default" r:id="{footer}"/><w:type w:val="nextPage"/>'
        f'<w:pgSz w:w="{_twips(page.width)}" w:h="{_twips(page.height)}"{landscape}/>'
        f'<w:pgMar w:top="{_twips(page.top)}" w:right="{_twips(page.side)}" w:bottom="{_twips(page.bottom)}" '
        f'w:left="{_twips(page.side)}" w:header="{_twips(page.ends)}" w:footer="{_twips(page.ends)}" w:gutter="0"/>'
        "</w:sectPr>"
    )


def section_end(properties: str) -> str:
    """Return what ends a section within the document; the last one's properties end the document itself."""
    return f"<w:p><w:pPr>{_THIN}{properties}</w:pPr></w:p>"


def _counted(text: str) -> str:
    """Return a sentence whose marks are fields."""
    before, _, rest = text.partition(_PAGE)
    between, _, after = rest.partition(_PAGES)
    return run(before) + field(" PAGE ", "1") + run(between) + field(" NUMPAGES ", "1") + run(after)


def _twips(points: float) -> int:
    return round(points * TWIPS)
