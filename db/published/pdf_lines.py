"""Takes the lines of words, with their places, out of a PDF by pdfplumber.

Must not know what the words mean, nor that there is a table.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from io import BytesIO
from operator import attrgetter
from typing import Any, NamedTuple

from tracker.messages import Refusal, message, source

MOST_PAGES = 2000

# In parts of the font size: a space is about a quarter, kerning far less, and between two columns stands more.
_WORD_GAP = 0.12
_WIDE_GAP = 0.48
_SAME_LINE = 0.4
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl"})
_HARD_SPACES = frozenset("\u00a0\u202f")
_UNMAPPED = "(cid:"


class Word(NamedTuple):
    """A word, where it begins and ends (points from the left), and which space stands before and after it."""

    text: str
    x0: float
    x1: float
    wide_before: bool
    bound_before: bool
    space_after: bool


class PrintedLine(NamedTuple):
    """The words on one height of a page, from left to right; top and bottom grow downwards, from any zero."""

    page: int
    top: float
    bottom: float
    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        """The words as text."""
        return text_of(self.words)


def text_of(words: Sequence[Word]) -> str:
    """Write words as text: a wide gap is two spaces, a hard space stays, and so does the space that ends the line."""
    return "".join(_gap(word, first=at == 0) + word.text for at, word in enumerate(words)) + _space_at_end(words)


def offsets(words: Sequence[Word]) -> list[int]:
    """Return where in `text_of` each word begins."""
    found = []
    length = 0
    for at, word in enumerate(words):
        length += len(_gap(word, first=at == 0))
        found.append(length)
        length += len(word.text)
    return found


def _gap(word: Word, *, first: bool) -> str:
    if first:
        return ""
    return "  " if word.wide_before else "\u00a0" if word.bound_before else " "


def _space_at_end(words: Sequence[Word]) -> str:
    return " " if words and words[-1].space_after else ""


def read_pdf_lines(content: bytes, *, file: str) -> list[PrintedLine]:
    """Return every line of text in the PDF, page by page and from the top.

    `file` is the name for the sentences. Raises Refusal where pdfplumber is not installed, the PDF is encrypted,
    broken, longer than 2 000 pages, or has no text.
    """
    plumber = _pdfplumber()
    loggers = [logging.getLogger(name) for name in ("pdfminer", "pdfplumber")]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL)
    try:
        with plumber.open(BytesIO(content)) as pdf:
            _refuse_too_long(pdf, file)
            lines = [line for page in pdf.pages for line in _lines_of(page)]
    except Refusal:
        raise
    except Exception as trouble:
        # pdfminer raises anything (KeyError, TypeError, RecursionError …) on a broken file.
        raise _unreadable(trouble, file) from trouble
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)
    if not lines:
        text = source("«{file}» har ingen tekst, bare bilder (skannet). Bruk PDF-en som rapporten ble publisert som.")
        raise Refusal(message(text, file=file))
    return lines


def _pdfplumber() -> Any:  # noqa: ANN401  an optional extra: there may be no types to import
    try:
        import pdfplumber  # heavy, and an optional extra
    except ImportError:
        text = source(
            "For å lese PDF trengs pdfplumber, som ikke er installert. Installer med «pip install tertial[pdf]», "
            "eller lagre rapporten som tekst og les tekstfilen."
        )
        raise Refusal(message(text)) from None
    return pdfplumber


def _refuse_too_long(pdf: Any, file: str) -> None:  # noqa: ANN401
    from pdfminer.pdftypes import resolve1

    # The file says how many: a list of a million pages is not made to be counted.
    declared = resolve1(resolve1(pdf.doc.catalog.get("Pages")).get("Count"))
    pages = declared if isinstance(declared, int) and declared > MOST_PAGES else len(pdf.pages)
    if pages > MOST_PAGES:
        text = source("«{file}» har {pages} sider; grensen er {limit}. Ta ut kapittelet om investeringene og les det.")
        raise Refusal(message(text, file=file, pages=pages, limit=MOST_PAGES))


def _unreadable(trouble: BaseException, file: str) -> Refusal:
    names = []
    seen: BaseException | None = trouble
    while seen is not None:
        names += [type(seen).__name__, *(type(arg).__name__ for arg in seen.args)]
        seen = seen.__cause__ or seen.__context__
    if any("Password" in name or "Encrypt" in name for name in names):
        text = source("«{file}» er beskyttet med passord. Lagre en kopi uten passord og les den.")
    else:
        text = source("«{file}» er ødelagt eller ufullstendig og kan ikke leses som PDF. Last den ned på nytt.")
    return Refusal(message(text, file=file))


def _lines_of(page: Any) -> Iterator[PrintedLine]:  # noqa: ANN401
    # pdfplumber's own characters cost a third of the time, and hold all that nobody asks for.
    letters = sorted(_letters(page.layout), key=attrgetter("y0"), reverse=True)
    number = page.page_number
    # pdfplumber holds page and layout until they are let go: 2 000 pages would fill the memory.
    page.close()
    line: list[Any] = []
    for letter in letters:
        if line and line[0].y0 - letter.y0 > _SAME_LINE * min(letter.size, line[0].size):
            yield from _as_line(number, line)
            line = []
        line.append(letter)
    yield from _as_line(number, line)


def _letters(item: Any) -> Iterator[Any]:  # noqa: ANN401
    """Yield pdfminer's characters, those in figures too; what has no letter, or stands on its side, is no text."""
    for part in item:
        text = getattr(part, "_text", None)
        if text is not None and hasattr(part, "upright"):
            if part.upright and not text.startswith(_UNMAPPED):
                yield part
        elif hasattr(part, "__iter__"):
            yield from _letters(part)


def _as_line(page: int, letters: list[Any]) -> Iterator[PrintedLine]:
    """Put characters of one height together to words, by the spaces printed and the gaps left."""
    letters.sort(key=attrgetter("x0"))
    words: list[Word] = []
    text = space = ""
    start = end = 0.0
    wide = bound = False
    for letter in letters:
        written = letter.get_text()
        if written.isspace():
            space = written
            continue
        gap = letter.x0 - end
        if text and (space or gap > _WORD_GAP * letter.size):
            words.append(Word(text.translate(_LIGATURES), start, end, wide, bound, bool(space)))
            wide, bound = gap > _WIDE_GAP * letter.size, space in _HARD_SPACES
            text = ""
        if not text:
            start = letter.x0
        text += written
        end = letter.x1
        space = ""
    if text:
        words.append(Word(text.translate(_LIGATURES), start, end, wide, bound, bool(space)))
        # Heights grow downwards from here on, as one reads.
        top, bottom = -max(letter.y1 for letter in letters), -min(letter.y0 for letter in letters)
        yield PrintedLine(page, top, bottom, tuple(words))
