"""The document's styles: Word's own by their own names, so that a municipality's template takes them over.

Must not know content. What Word has no name for (rows of tables, key figures) has a style with a Norwegian name.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from docx.oxml.ns import qn

from db.report_look import FONTS, HAIRLINE, INK, MUTED, tint
from db.word.look import CELL_MARGIN, HEAD_SIZE, TABLE_SIZE, TWIPS, Orientation, Style
from db.word.markup import parsed
from tracker.report.content import ReportLook

if TYPE_CHECKING:
    from docx.document import Document

_NORMAL = "Normal"
_SINGLE, _AIRY = 240, 276
_RIGHT = round(Orientation.PORTRAIT.page.text_width * TWIPS)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Style:
    """A paragraph style; lengths and sizes in points, `level` the heading's from 0, `line` in 240ths of a line.

    `own` are those that Word has no name for.
    """

    id: str
    name: str
    parent: str | None = _NORMAL
    follower: str | None = None
    size: float | None = None
    bold: bool = False
    colour: str | None = None
    before: float = 0.0
    after: float = 0.0
    line: int = _SINGLE
    level: int | None = None
    keep: bool = False
    more: str = ""
    own: bool = False


def set_styles(document: Document, look: ReportLook, *, language: str) -> None:
    """Replace the styles of python-docx's template with the report's own."""
    root = document.styles.element
    bullets = root.find(f"{qn('w:style')}[@{qn('w:styleId')}='{Style.LIST}']//{qn('w:numId')}")
    numbering = "" if bullets is None else f'<w:numPr><w:numId w:val="{bullets.get(qn("w:val"))}"/></w:numPr>'
    for child in list(root):
        if child.tag != qn("w:latentStyles"):
            root.remove(child)
    defaults, *styles = parsed(_definitions(look, language, numbering))
    root.insert(0, defaults)
    root.extend(styles)


def _definitions(look: ReportLook, language: str, numbering: str) -> Iterator[str]:
    font = FONTS[look.typeface]
    fonts = f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:cs="{font}" w:eastAsia="{font}"/>'
    yield (
        f'<w:docDefaults><w:rPrDefault><w:rPr>{fonts}<w:sz w:val="20"/><w:szCs w:val="20"/>'
        f'<w:lang w:val="{language}" w:eastAsia="{language}" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault/></w:docDefaults>"
    )
    for style in _paragraph_styles(look.accent, numbering):
        yield _definition(style)
    yield (
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
    )
    yield from _table_styles(look.accent)


def _paragraph_styles(accent: str, numbering: str) -> Iterator[_Style]:
    heading, second, third = Style.HEADINGS
    body = Style.BODY
    leader = f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{_RIGHT}"/></w:tabs>'
    yield _Style(id=_NORMAL, name="Normal", parent=None, size=10, colour=INK)
    yield _Style(id=body, name="Body Text", before=2, after=6, line=_AIRY)
    yield _Style(id=Style.TITLE, name="Title", follower=body, size=20, bold=True, colour=accent, after=4)
    yield _Style(id=Style.SUBTITLE, name="Subtitle", follower=body, size=10.5, colour=MUTED, after=22)
    yield _Style(own=True, id=Style.LOGO, name="Logo", after=28)
    top = partial(_Style, follower=body, bold=True, keep=True)
    yield top(id=heading, name="heading 1", size=18, colour=accent, before=26, after=8, level=0)
    yield top(id=second, name="heading 2", size=13, colour=accent, before=20, after=6, level=1)
    yield top(id=third, name="heading 3", size=10.5, colour=INK, before=16, after=4, level=2)
    yield top(id=Style.CAPTION, name="caption", size=9, colour=accent, before=14, after=4)
    yield top(id=Style.CONTENTS_HEADING, name="TOC Heading", size=13, colour=accent, before=6, after=6)
    yield _Style(id=Style.CONTENTS[0], name="toc 1", before=4, after=1, more=leader)
    indent = '<w:ind w:left="240"/>'
    yield _Style(id=Style.CONTENTS[1], name="toc 2", size=9, colour=MUTED, after=1, more=leader + indent)
    yield _Style(id=Style.FOOTER, name="footer", size=8, colour=MUTED)
    yield _Style(id=Style.LIST, name="List Bullet", after=3, line=_AIRY, more=numbering)
    yield _Style(own=True, id=Style.UNIT, name="Enhet", size=8.5, colour=MUTED, after=4, keep=True)
    yield _Style(own=True, id=Style.TABLE_TEXT, name="Tabelltekst", size=TABLE_SIZE, before=2, after=2)
    yield _Style(
        own=True, id=Style.TABLE_FIGURE, name="Tabelltall", parent=Style.TABLE_TEXT, before=2, after=2, more=_TO_RIGHT
    )
    head = partial(_Style, own=True, size=HEAD_SIZE, bold=True, colour=accent, keep=True, before=2, after=2)
    yield head(id=Style.TABLE_HEAD, name="Tabellhode")
    yield head(id=Style.TABLE_HEAD_FIGURE, name="Tabellhode tall", parent=Style.TABLE_HEAD, more=_TO_RIGHT)
    yield _Style(own=True, id=Style.KEY_TITLE, name="Nøkkeltall tittel", size=8.5, colour=MUTED, keep=True, before=4)
    yield _Style(own=True, id=Style.KEY_FIGURE, name="Nøkkeltall", size=17, bold=True, colour=accent, after=4)


_TO_RIGHT = '<w:jc w:val="right"/>'


def _definition(style: _Style) -> str:
    default = ' w:default="1"' if style.parent is None else ' w:customStyle="1"' if style.own else ""
    based = "" if style.parent is None else f'<w:basedOn w:val="{style.parent}"/>'
    follower = "" if style.follower is None else f'<w:next w:val="{style.follower}"/>'
    keep = "<w:keepNext/><w:keepLines/>" if style.keep else ""
    spacing = (
        f'<w:spacing w:before="{_twips(style.before)}" w:after="{_twips(style.after)}" '
        f'w:line="{style.line}" w:lineRule="auto"/>'
    )
    level = "" if style.level is None else f'<w:outlineLvl w:val="{style.level}"/>'
    before, after = _in_order(style.more)
    return (
        f'<w:style w:type="paragraph"{default} w:styleId="{style.id}"><w:name w:val="{style.name}"/>{based}{follower}'
        f"<w:qFormat/><w:pPr>{keep}{before}{spacing}{after}{level}</w:pPr><w:rPr>{_letters(style)}</w:rPr></w:style>"
    )


def _in_order(more: str) -> tuple[str, str]:
    """Part what stands before the spacing from what stands after it: the schema keeps an order."""
    return (more, "") if more.startswith("<w:numPr") else _parted(more)


def _parted(more: str) -> tuple[str, str]:
    tabs, end, rest = more.rpartition("</w:tabs>")
    return tabs + end, rest


def _letters(style: _Style) -> str:
    bold = "<w:b/><w:bCs/>" if style.bold else ""
    colour = "" if style.colour is None else f'<w:color w:val="{style.colour}"/>'
    half_points = "" if style.size is None else f"{round(style.size * 2)}"
    size = f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>' if half_points else ""
    return bold + colour + size


def _table_styles(accent: str) -> Iterator[str]:
    margin = _twips(CELL_MARGIN)
    yield (
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/></w:tblPr></w:style>'
    )
    yield (
        f'<w:style w:type="table" w:customStyle="1" w:styleId="{Style.KEY_TABLE}"><w:name w:val="Nøkkeltalltabell"/>'
        '<w:basedOn w:val="TableNormal"/><w:qFormat/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
        f'<w:left w:w="0" w:type="dxa"/><w:right w:w="{margin}" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    )
    yield (
        f'<w:style w:type="table" w:customStyle="1" w:styleId="{Style.TABLE}"><w:name w:val="Rapporttabell"/>'
        '<w:basedOn w:val="TableNormal"/><w:qFormat/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblBorders>'
        f'<w:bottom w:val="single" w:sz="4" w:space="0" w:color="{HAIRLINE}"/>'
        f'<w:insideH w:val="single" w:sz="4" w:space="0" w:color="{HAIRLINE}"/></w:tblBorders><w:tblCellMar>'
        f'<w:left w:w="{margin}" w:type="dxa"/><w:right w:w="{margin}" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        '<w:tblStylePr w:type="firstRow"><w:tcPr><w:tcBorders>'
        f'<w:bottom w:val="single" w:sz="8" w:space="0" w:color="{accent}"/></w:tcBorders>'
        f'<w:shd w:val="clear" w:color="auto" w:fill="{tint(accent)}"/></w:tcPr></w:tblStylePr></w:style>'
    )


def _twips(points: float) -> int:
    return round(points * TWIPS)
