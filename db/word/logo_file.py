"""Takes the municipality's logo in among the document's files.

Must not know where it stands.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part

from db.logo import fitted, png_of
from db.word.look import LOGO_HEIGHT, LOGO_WIDTH
from db.word.pictures import Shape, picture
from tracker.report.content import Logo

if TYPE_CHECKING:
    from docx.document import Document


def placed_logo(document: Document, logo: Logo, *, number: int, title: str, description: str) -> str:
    """Return a run that shows the logo.

    Raises Refusal when its file is damaged.
    """
    png = png_of(logo)
    part = Part(PackURI("/word/media/logo.png"), CONTENT_TYPE.PNG, png, document.part.package)
    relation = document.part.relate_to(part, RELATIONSHIP_TYPE.IMAGE)
    size = fitted(png, width=LOGO_WIDTH, height=LOGO_HEIGHT)
    return picture(relation, Shape(number=number, size=size, title=title, description=description))
