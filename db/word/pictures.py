"""Places charts and the logo in a line of text, each with its text for those who can't see it.

Must not know what they show.
"""

from __future__ import annotations

from dataclasses import dataclass

from db.word.markup import quoted

_EMU = 12_700
_CHARTS = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_PICTURES = "http://schemas.openxmlformats.org/drawingml/2006/picture"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What is shown in a line: its number in the document, width and height in points, and what it is in words."""

    number: int
    size: tuple[float, float]
    title: str
    description: str


def chart(relation: str, shape: Shape) -> str:
    """Return a run that shows a chart."""
    return _inline(f'<c:chart r:id="{relation}"/>', _CHARTS, shape)


def picture(relation: str, shape: Shape) -> str:
    """Return a run that shows a picture."""
    width, height = (round(points * _EMU) for points in shape.size)
    shown = (
        f"<pic:pic><pic:nvPicPr><pic:cNvPr {_named(shape)}/><pic:cNvPicPr/></pic:nvPicPr>"
        f'<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch>'
        f'</pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
    )
    return _inline(shown, _PICTURES, shape)


def _inline(shown: str, kind: str, shape: Shape) -> str:
    width, height = (round(points * _EMU) for points in shape.size)
    return (
        '<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{width}" cy="{height}"/><wp:effectExtent l="0" t="0" r="0" b="0"/>'
        f"<wp:docPr {_named(shape)}/><wp:cNvGraphicFramePr/>"
        f'<a:graphic><a:graphicData uri="{kind}">{shown}</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
    )


def _named(shape: Shape) -> str:
    return f'id="{shape.number}" name="{quoted(shape.title)}" descr="{quoted(shape.description)}"'
