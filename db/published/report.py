"""Reads a municipality's published report, text or PDF, into values; decides by content, not by name.

Must not know what the figures mean: reading them is `tracker`'s, keeping them the store's.
"""

from __future__ import annotations

import re
from pathlib import Path
from unicodedata import normalize

from db.plain_file import read_at_most
from db.published.pdf_lines import read_pdf_lines
from db.published.statement_pdf import statement_lines
from db.published.table_pdf import read_pdf_table
from tracker.messages import Refusal, message
from tracker.published.content import PublishedStatement, PublishedTable
from tracker.published.statement_text import read_statement
from tracker.published.table_text import read_table
from tracker.published.unit import refuse_other_unit

MOST_MEGABYTES = 50

_MEGABYTE = 1024 * 1024
_LINE_END = re.compile(r"\r\n|\r|\n")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_BYTE_ORDER_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)


def read_published_table(path: Path) -> PublishedTable:
    """Read the status table of a published report, in its thousands.

    Raises Refusal, with one sentence, where the file can't be read or holds no table that can be read surely.
    """
    content = _content(path)
    if _is_pdf(content):
        printed = read_pdf_lines(content, file=path.name)
        refuse_other_unit(line.text for line in printed)
        return read_pdf_table(printed)
    lines = _lines(path, content)
    refuse_other_unit(lines)
    return read_table(lines)


def read_published_statement(path: Path) -> PublishedStatement:
    """Read the appropriation statement § 5-5 of a published accounts chapter, in its thousands.

    Raises Refusal as `read_published_table` does.
    """
    return read_statement(read_chapter_lines(path))


def read_chapter_lines(path: Path) -> list[str]:
    """Read the lines of an accounts chapter, each label whole before its figures.

    Raises Refusal where the file can't be read.
    """
    content = _content(path)
    if _is_pdf(content):
        return statement_lines(read_pdf_lines(content, file=path.name))
    return _lines(path, content)


def _content(path: Path) -> bytes:
    """Return the file's bytes; its size is looked at first."""
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            raise Refusal(
                message("«{file}» er ingen vanlig fil. Velg rapporten som PDF eller tekstfil.", file=path.name)
            )
        if path.is_dir():
            raise Refusal(message("«{file}» er en mappe. Velg rapporten som PDF eller tekstfil.", file=path.name))
        size = path.stat().st_size
        if size > MOST_MEGABYTES * _MEGABYTE:
            reason = message(
                "«{file}» er på {size} MB; grensen er {limit} MB. Ta ut kapittelet om investeringene og les det.",
                file=path.name,
                size=-(-size // _MEGABYTE),
                limit=MOST_MEGABYTES,
            )
            raise Refusal(reason)
        content = read_at_most(path, MOST_MEGABYTES * _MEGABYTE)
    except FileNotFoundError:
        raise Refusal(message("Fant ikke «{file}». Kontroller navnet og mappen.", file=path.name)) from None
    except OSError as trouble:
        reason = message(
            "Fikk ikke lest «{file}»: {trouble}. Kontroller at du har tilgang til filen.",
            file=path.name,
            trouble=trouble.strerror or str(trouble),
        )
        raise Refusal(reason) from trouble
    if not content.strip():
        raise Refusal(message("«{file}» er tom. Velg rapporten som PDF eller tekstfil.", file=path.name))
    return content


def _is_pdf(content: bytes) -> bool:
    """Whether it is a PDF: the mark may stand anywhere in the first kilobyte."""
    return b"%PDF-" in content[:1024]


def _lines(path: Path, content: bytes) -> list[str]:
    text = _decoded(content)
    if text is None:
        reason = message(
            "«{file}» er verken en PDF eller en tekstfil. Velg rapporten som PDF, eller lagre den som ren tekst.",
            file=path.name,
        )
        raise Refusal(reason)
    return _LINE_END.split(text)


def _decoded(content: bytes) -> str | None:
    """Decode by byte order mark, else strict UTF-8, else cp1252; None for what is no text."""
    marked = next((encoding for mark, encoding in _BYTE_ORDER_MARKS if content.startswith(mark)), None)
    for encoding in (marked,) if marked else ("utf-8", "cp1252"):
        try:
            # å as one letter: some programs write it as a and a ring, which no name here would be equal to.
            text = normalize("NFC", content.decode(encoding))
        except UnicodeDecodeError:
            continue
        return None if _CONTROL.search(text) else text
    return None
