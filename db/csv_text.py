"""Texts in CSV that a spreadsheet would take for formulas: written so that it doesn't, and read back as they were.

Excel runs `=cmd|…` from a CSV that is double-clicked, and shows `- point` as an error. Must not know what a text is
about.
"""

from __future__ import annotations

_FORMULA = frozenset("=+-@\t\r＝＋－＠")
_MARK = "'"
"""What spreadsheets write before a text that is no formula."""


def guarded(text: str) -> str:
    """Return a text with a mark before it where it begins as a formula, or as one that is marked already."""
    is_formula = text[:1] in _FORMULA and len(text) > 1
    return f"{_MARK}{text}" if is_formula or _is_marked(text) else text


def unguarded(text: str) -> str:
    """Return what `guarded` was given."""
    return text[1:] if _is_marked(text) else text


def _is_marked(text: str) -> bool:
    return text[:1] == _MARK and (text[1:2] in _FORMULA or text[1:2] == _MARK)
