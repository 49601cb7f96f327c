"""The lines of words on the pages of a PDF, with their places, read in a process of its own.

Must not know what the words mean, nor that there is a table.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from db.foreign.limited import ENDED
from db.foreign.process import BrokenOffError, Foreign, Limits, foreign
from tracker.messages import Refusal, message, source

MOST_PAGES = 2000
READER = Path(__file__).with_name("pdf_reader.py")
"""The program that opens the PDF."""

LIMITS = Limits(memory=1024 * 1024 * 1024, silent_seconds=30)
"""A page that takes half a minute is not of a report."""


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
    broken, longer than 2 000 pages, takes too long to read, or has no text.
    """
    with foreign(READER, str(MOST_PAGES), limits=LIMITS) as reader:
        reader.give(content)
        try:
            lines = list(_lines(reader, file))
        except BrokenOffError as broken:
            raise _too_slow(file) if broken.is_slow else _broken(file) from None
    if not lines:
        text = source("«{file}» har ingen tekst, bare bilder (skannet). Bruk PDF-en som rapporten ble publisert som.")
        raise Refusal(message(text, file=file))
    return lines


def _lines(reader: Foreign, file: str) -> Iterator[PrintedLine]:
    while (told := reader.told()) != ENDED:
        if told == "missing":
            raise _missing()
        if told == "locked":
            text = source("«{file}» er beskyttet med passord. Lagre en kopi uten passord og les den.")
            raise Refusal(message(text, file=file))
        if told == "broken":
            raise _broken(file)
        said, lines = told
        if said == "long":
            raise _too_long(file, pages=lines)
        for top, bottom, words in lines:
            yield PrintedLine(said, top, bottom, tuple(map(Word._make, words)))


def _missing() -> Refusal:
    text = source(
        "For å lese PDF trengs pdfplumber, som ikke er installert. Installer med «pip install tertial[pdf]», "
        "eller lagre rapporten som tekst og les tekstfilen."
    )
    return Refusal(message(text))


def _too_long(file: str, *, pages: int) -> Refusal:
    text = source("«{file}» har {pages} sider; grensen er {limit}. Ta ut kapittelet om investeringene og les det.")
    return Refusal(message(text, file=file, pages=pages, limit=MOST_PAGES))


def _too_slow(file: str) -> Refusal:
    text = source(
        "«{file}» tok for lang tid å lese, så den er ikke lest. Ta ut kapittelet om investeringene og les det."
    )
    return Refusal(message(text, file=file))


def _broken(file: str) -> Refusal:
    text = source("«{file}» er ødelagt eller ufullstendig og kan ikke leses som PDF. Last den ned på nytt.")
    return Refusal(message(text, file=file))
