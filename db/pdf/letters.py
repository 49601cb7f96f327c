"""Which letters the report's fonts have, and texts made of those alone.

Must not know a report. A letter that no font has would be a hole that a screen reader can't read, which PDF/UA forbids.
"""

from __future__ import annotations

import struct
import unicodedata
from collections.abc import Iterator
from pathlib import Path

_UNKNOWN = "\u25a1"
_LINE_END = ord("\n")
_SPACES = frozenset({"\t", "\v", "\f", "\u2028", "\u2029"})
_BREAK_HERE = "\u200b"
# The kind of table that holds all of Unicode; the fonts that the program carries have it.
_WHOLE_UNICODE = 12


class Letters:
    """The letters of one font file."""

    def __init__(self, font: Path) -> None:
        self._shown = _Shown(_letters_in(font.read_bytes()))

    def printable(self, text: str) -> str:
        """Return a text in letters that can be shown: one that can't is a visible square, so nothing is hidden."""
        lines = text.replace("\r\n", "\n").replace("\r", "\n")
        if not lines.isascii():
            lines = unicodedata.normalize("NFC", lines)
        return lines.translate(self._shown)


def breakable(text: str, longest: int) -> str:
    """Let words that are longer than a line be broken, where no line end would be found otherwise."""
    if len(text) <= longest or max(map(len, text.split()), default=0) <= longest:
        return text
    return " ".join(_BREAK_HERE.join(_pieces(word, longest)) for word in text.split(" "))


def _pieces(word: str, longest: int) -> Iterator[str]:
    return (word[start : start + longest] for start in range(0, len(word), longest)) if word else iter(("",))


class _Shown(dict[int, str]):
    """What each letter is shown as; found once a letter."""

    def __init__(self, known: frozenset[int]) -> None:
        super().__init__()
        self._known = known

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        if code == _LINE_END or code in self._known:
            shown = letter
        elif letter in _SPACES:
            shown = " "
        else:
            # What only joins or directs its neighbours is nothing by itself.
            shown = "" if unicodedata.category(letter) in {"Cf", "Mn"} else _UNKNOWN
        self[code] = shown
        return shown


def _letters_in(font: bytes) -> frozenset[int]:
    """Read the letters of an OpenType font from its `cmap` table."""
    table = _table(font, b"cmap")
    count = struct.unpack_from(">H", font, table + 2)[0]
    offsets = (struct.unpack_from(">L", font, table + 8 + 8 * index)[0] for index in range(count))
    by_format = {struct.unpack_from(">H", font, table + offset)[0]: table + offset for offset in offsets}
    return frozenset(_in_groups(font, by_format[_WHOLE_UNICODE]))


def _table(font: bytes, name: bytes) -> int:
    count = struct.unpack_from(">H", font, 4)[0]
    entries = (struct.unpack_from(">4sLLL", font, 12 + 16 * index) for index in range(count))
    return next(int(offset) for tag, _, offset, _ in entries if tag == name)


def _in_groups(font: bytes, at: int) -> Iterator[int]:
    count = struct.unpack_from(">L", font, at + 12)[0]
    for index in range(count):
        first, last, _ = struct.unpack_from(">LLL", font, at + 16 + 12 * index)
        yield from range(first, last + 1)
