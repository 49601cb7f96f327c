"""Texts in a sheet: how much room they take, and what Excel would make of them or can't hold in one cell.

Must not know openpyxl, nor where a cell stands.
"""

from __future__ import annotations

from collections.abc import Iterator

from db.text_width import TextWidths

# Excel holds 32 767 UTF-16 units and 253 line breaks in a cell.
MAX_UNITS = 32_767
MAX_BREAKS = 250
_BEYOND_BMP = 0xFFFF


class TextMeasure:
    """Measures text in both weights."""

    def __init__(self) -> None:
        self._regular = TextWidths()
        self._bold = TextWidths(bold=True)

    def width(self, text: str, size: float, *, bold: bool = False) -> float:
        """Return the width of a text on one line, in points."""
        return (self._bold if bold else self._regular).width(text, size)

    def lines(self, text: str, width: float, *, size: float, bold: bool = False) -> int:
        """Return how many lines a text takes in a width."""
        return (self._bold if bold else self._regular).lines(text, width, size=size)


def is_formula_like(text: str) -> bool:
    """Whether Excel would make something else of the text if somebody typed it."""
    return len(text) > 1 and text[0] in "=+-@"


def in_pieces(text: str) -> list[str]:
    """Split a text that one cell can't hold, at line ends or spaces where there are any; nothing is left out."""
    if len(text) <= MAX_UNITS // 2 and text.count("\n") <= MAX_BREAKS:
        return [text]
    return list(_pieces(text))


def _pieces(text: str) -> Iterator[str]:
    while text:
        end = _fitting(text)
        if end < len(text):
            soft = max(text.rfind("\n", 0, end), text.rfind(" ", 0, end)) + 1
            end = soft if soft > end // 2 else end
        yield text[:end]
        text = text[end:]


def _fitting(text: str) -> int:
    units = breaks = 0
    for index, letter in enumerate(text):
        units += 2 if ord(letter) > _BEYOND_BMP else 1
        breaks += letter == "\n"
        if units > MAX_UNITS or breaks > MAX_BREAKS:
            return index
    return len(text)
