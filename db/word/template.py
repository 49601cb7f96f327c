"""Takes what isn't the report's out of python-docx's template, and sets what Word is to do on opening.

Must not know reports.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from docx.opc.part import Part
from docx.oxml.ns import qn

from db.word.markup import parsed

if TYPE_CHECKING:
    from docx.document import Document

_NOT_OURS = ("/thumbnail", "/stylesWithEffects", "/customXml")
_WORD = "http://schemas.microsoft.com/office/word"
_PROPERTIES = "/extended-properties"
# In the order that the schema keeps.
_SETTINGS = (
    '<w:defaultTabStop w:val="720"/>',
    '<w:updateFields w:val="true"/>',
    f'<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="{_WORD}" w:val="15"/></w:compat>',
)


def strip_template(document: Document, *, company: str) -> None:
    """Leave the theme, the numbering and the settings; let Word find the contents' pages on opening."""
    for holder in (document.part.package, document.part):
        for relation in list(holder.rels.values()):
            if relation.reltype.endswith(_NOT_OURS):
                del holder.rels[relation.rId]
            elif relation.reltype.endswith(_PROPERTIES):
                _set_program(relation.target_part, company)
    settings = document.settings.element
    for child in list(settings):
        if child.tag != qn("w:clrSchemeMapping"):
            settings.remove(child)
    for position, element in enumerate(parsed(_SETTINGS)):
        settings.insert(position, element)


def _set_program(part: Part, company: str) -> None:
    part._blob = (  # noqa: SLF001  python-docx reads these properties as bytes and has no name for them
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
        f"<Application>Tertial</Application><Company>{escape(company)}</Company></Properties>"
    ).encode()
