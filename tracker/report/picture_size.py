"""How many dots a picture says that it has, read from its first bytes: a small file can be a very large picture.

Must not draw anything.
"""

from __future__ import annotations

MOST_DOTS = 25_000_000
"""A logo is printed 22 mm high: more than this takes seconds and gigabytes to draw, and shows nothing more."""
_PNG_SIZE = slice(16, 24)
_JPEG_BEGINS = 2
_JPEG_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_MARK = 0xFF


def dots_in_png(content: bytes) -> int:
    """Return how many dots a PNG says that it has."""
    said = content[_PNG_SIZE]
    return int.from_bytes(said[:4]) * int.from_bytes(said[4:])


def dots_in_jpeg(content: bytes) -> int:
    """Return how many dots a JPEG says that it has, none where it doesn't say."""
    at = _JPEG_BEGINS
    while at + 9 <= len(content) and content[at] == _MARK:
        kind = content[at + 1]
        if kind in _JPEG_FRAMES:
            return int.from_bytes(content[at + 5 : at + 7]) * int.from_bytes(content[at + 7 : at + 9])
        # A mark may be filled up with others.
        at += 1 if kind == _MARK else 2 + int.from_bytes(content[at + 2 : at + 4])
    return 0
