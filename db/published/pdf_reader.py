"""Opens a foreign PDF, in a process that it may bring down: says the words of its pages, taken by pdfplumber.

Must not import anything of ours: `db.foreign` runs it by its path, and it may go round in circles or take all the
memory it gets. Must not know what the words mean, nor that there is a table.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from io import BytesIO
from operator import attrgetter
from typing import Any

# In parts of the font size: a space is about a quarter, kerning far less, and between two columns stands more.
_WORD_GAP = 0.12
_WIDE_GAP = 0.48
_SAME_LINE = 0.4
_AS_READ = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "\u200b": "", "\u2060": ""})
"""Letters that are one on paper, and marks of where a line may break or may not, which nobody sees."""
_HARD_SPACES = frozenset("\u00a0\u202f")
_UNMAPPED = "(cid:"
_MOST_LETTERS = 200_000
"""No page that is to be read has as many; a form that draws itself over and over has."""

_Word = tuple[str, float, float, bool, bool, bool]
_Line = tuple[float, float, tuple[_Word, ...]]


class _TooLongError(Exception):
    pass


def said(most_pages: str) -> Iterator[object]:
    """Yield what the PDF on stdin holds."""
    logging.disable(logging.CRITICAL)
    return read(sys.stdin.buffer.read(), most_pages=int(most_pages))


def read(content: bytes, *, most_pages: int) -> Iterator[object]:
    """Yield the number and the lines of each page of a PDF, or what is wrong with it."""
    try:
        import pdfplumber  # heavy, and an optional extra
    except ImportError:
        yield "missing"
        return
    try:
        with pdfplumber.open(BytesIO(content)) as pdf:
            pages = _pages_in(pdf, most_pages)
            if pages > most_pages:
                yield "long", pages
                return
            for page in pdf.pages:
                yield page.page_number, list(_lines_of(page))
    except Exception as trouble:  # noqa: BLE001  pdfminer raises anything (KeyError, RecursionError …) on a broken file
        yield "locked" if _is_locked(trouble) else "broken"


def _pages_in(pdf: Any, most: int) -> int:  # noqa: ANN401
    from pdfminer.pdftypes import resolve1

    # The file says how many: a list of a million pages is not made to be counted.
    declared = resolve1(resolve1(pdf.doc.catalog.get("Pages")).get("Count"))
    return declared if isinstance(declared, int) and declared > most else len(pdf.pages)


def _is_locked(trouble: BaseException) -> bool:
    names = []
    seen: BaseException | None = trouble
    while seen is not None:
        names += [type(seen).__name__, *(type(arg).__name__ for arg in seen.args)]
        seen = seen.__cause__ or seen.__context__
    return any("Password" in name or "Encrypt" in name for name in names)


def _lines_of(page: Any) -> Iterator[_Line]:  # noqa: ANN401
    # pdfplumber's own characters cost a third of the time, and hold all that nobody asks for.
    letters = sorted(_letters(page.layout), key=attrgetter("y0"), reverse=True)
    # pdfplumber holds page and layout until they are let go: 2 000 pages would fill the memory.
    page.close()
    if len(letters) > _MOST_LETTERS:
        raise _TooLongError
    line: list[Any] = []
    for letter in letters:
        if line and line[0].y0 - letter.y0 > _SAME_LINE * min(letter.size, line[0].size):
            yield from _as_line(line)
            line = []
        line.append(letter)
    yield from _as_line(line)


def _letters(item: Any) -> Iterator[Any]:  # noqa: ANN401
    """Yield pdfminer's characters, those in figures too; what has no letter, or stands on its side, is no text."""
    for part in item:
        text = getattr(part, "_text", None)
        if text is not None and hasattr(part, "upright"):
            if part.upright and not text.startswith(_UNMAPPED):
                yield part
        elif hasattr(part, "__iter__"):
            yield from _letters(part)


def _as_line(letters: list[Any]) -> Iterator[_Line]:
    """Put characters of one height together to words, by the spaces printed and the gaps left."""
    letters.sort(key=attrgetter("x0"))
    words: list[_Word] = []
    text = space = ""
    start = end = 0.0
    wide = bound = False
    for letter in letters:
        written = letter.get_text().translate(_AS_READ)
        if not written.strip():
            space = written or space
            continue
        gap = letter.x0 - end
        if text and (space or gap > _WORD_GAP * letter.size):
            words.append((text, start, end, wide, bound, bool(space)))
            wide, bound = gap > _WIDE_GAP * letter.size, space in _HARD_SPACES
            text = ""
        if not text:
            start = letter.x0
        text += written
        end = letter.x1
        space = ""
    if text:
        words.append((text, start, end, wide, bound, bool(space)))
        # Heights grow downwards from here on, as one reads.
        top, bottom = -max(letter.y1 for letter in letters), -min(letter.y0 for letter in letters)
        yield top, bottom, tuple(words)
