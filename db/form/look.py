"""How a form looks: its styles, widths and heights. What is to be filled in has a frame and a sign, not only a colour.

Must not know what is asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from openpyxl.cell.text import InlineFont
from openpyxl.styles import Alignment, Border, Color, Font, PatternFill, Protection, Side

from db.report_look import FONTS, HAIRLINE, INK, MUTED, TONES, tint
from tracker.report.content import ReportLook, Tone, Typeface

FONT = FONTS[Typeface.SANS]
SIGN = "\u25ba"
"""Stands before what is to be filled in: it is seen without colours, and every Office has it."""
LINE = 1.27
PADDING = 6.0
HIGHEST = 408.0
_ACCENT = ReportLook().accent
_HAIR, _FRAME = Side(style="thin", color=HAIRLINE), Side(style="thin", color=_ACCENT)
_HEAVY = Side(style="medium", color=_ACCENT)
_FIELD = Border(left=_FRAME, right=_FRAME, top=_FRAME, bottom=_FRAME)
_WARNED = TONES[Tone.WARNING] or (INK, "FFFFFF")


class Role(Enum):
    """What a cell of a form is."""

    TITLE = "title"
    META = "meta"
    GUIDE = "guide"
    FIGURE_TITLE = "figure_title"
    FIGURE = "figure"
    HEADING = "heading"
    ASKED = "asked"
    LABEL = "label"
    ANSWER = "answer"
    AMOUNT = "amount"
    """An answer that is a figure among others, on a list."""
    BEFORE = "before"
    CELL = "cell"
    NUMBER = "number"
    LINK = "link"
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """All that a cell is given."""

    font: Font
    alignment: Alignment
    border: Border
    fill: PatternFill | None = None
    is_locked: bool = True

    @property
    def protection(self) -> Protection:
        """Whether it can be filled in."""
        return Protection(locked=self.is_locked)


SIZE = {
    Role.TITLE: 18.0,
    Role.META: 9.0,
    Role.GUIDE: 10.0,
    Role.FIGURE_TITLE: 8.5,
    Role.FIGURE: 12.0,
    Role.HEADING: 9.0,
    Role.ASKED: 10.0,
    Role.LABEL: 10.0,
    Role.ANSWER: 10.0,
    Role.AMOUNT: 9.0,
    Role.BEFORE: 9.0,
    Role.CELL: 9.0,
    Role.NUMBER: 9.0,
    Role.LINK: 9.0,
    Role.HIDDEN: 8.0,
}
_FIGURES = frozenset({Role.NUMBER, Role.AMOUNT})
_INDENTED = frozenset(
    {Role.ANSWER, Role.AMOUNT, Role.BEFORE, Role.CELL, Role.LINK, Role.ASKED, Role.HEADING, Role.LABEL}
)
_ON_ONE_LINE = frozenset({Role.TITLE, Role.META, Role.GUIDE, Role.HEADING, Role.ASKED})
_FIELDS = frozenset({Role.ANSWER, Role.AMOUNT})
_BOLD = frozenset({Role.TITLE, Role.FIGURE, Role.HEADING, Role.LABEL})
_COLOUR = {
    Role.LINK: _ACCENT,
    Role.TITLE: _ACCENT,
    Role.HEADING: _ACCENT,
    Role.META: MUTED,
    Role.FIGURE_TITLE: MUTED,
    Role.ASKED: _WARNED[0],
}
_FILL = {Role.HEADING: tint(_ACCENT), Role.ASKED: _WARNED[1]}
_BORDER = {
    Role.META: Border(bottom=_HEAVY),
    Role.HEADING: Border(bottom=_HEAVY),
    Role.LABEL: Border(bottom=_HAIR),
    Role.BEFORE: Border(bottom=_HAIR),
    Role.CELL: Border(bottom=_HAIR),
    Role.NUMBER: Border(bottom=_HAIR),
    Role.LINK: Border(bottom=_HAIR),
    **dict.fromkeys((Role.ANSWER, Role.AMOUNT), _FIELD),
}
ASKING = InlineFont(rFont=FONT, sz=SIZE[Role.LABEL], b=True)
HINT_SIZE = 8.5
HINT = InlineFont(rFont=FONT, sz=HINT_SIZE, color=Color(rgb=f"FF{MUTED}"))
"""The letters of a question, and of what is said beneath it."""


def _style(role: Role) -> Style:
    colour = _FILL.get(role)
    return Style(
        font=Font(
            name=FONT,
            size=SIZE[role],
            bold=role in _BOLD,
            color=_COLOUR.get(role, INK),
            underline="single" if role is Role.LINK else None,
        ),
        alignment=Alignment(
            horizontal="right" if role in _FIGURES else "left",
            vertical="center" if role in _ON_ONE_LINE else "top",
            wrap_text=role is not Role.HIDDEN,
            indent=1 if role in _INDENTED else 0,
        ),
        border=_BORDER.get(role, Border()),
        fill=None if colour is None else PatternFill("solid", start_color=colour),
        is_locked=role not in _FIELDS,
    )


STYLE = {role: _style(role) for role in Role}
IS_BOLD = {role: role in _BOLD for role in Role}
