"""Workbooks of other programs, read in a process of its own: a hostile one takes that down and nothing else.

python-calamine is fast and reads old files, but a sheet that says that it is enormous makes it ask for more memory
than there is and end the whole process. Must not know what a row means.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from db.foreign.limited import ENDED
from db.foreign.process import BrokenOffError, Foreign, foreign
from db.sheets.sheet import Rows, Sheet
from tracker.messages import Refusal, message

_LARGEST_UNPACKED = 1024 * 1024 * 1024
_LARGEST_PART = 700 * 1024 * 1024
_MOST_TIMES = 300
_PACKED = frozenset({".xlsx", ".xlsm", ".xlsb", ".ods"})
_OLD_BOOK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How Excel's old format begins, and a new one that was given a password."""


@contextmanager
def book_sheet(path: Path, sheet: str | None) -> Iterator[Sheet]:
    """Open a workbook's sheet.

    Raises Refusal when it is damaged, dangerous or locked with a password, or has no sheet of that name.
    """
    with reading(path, sheet or "") as reader:
        named = _told(reader, path)
        if not isinstance(named, tuple):
            raise _refused(named, path, sheet)
        name, others = named
        yield Sheet(name=name, others=tuple(others), stretches=_stretches(reader, path))


@contextmanager
def reading(path: Path, sheet: str, *every: str) -> Iterator[Foreign]:
    """Let the process that may be brought down read a workbook; yields what it says.

    Raises Refusal when the file is dangerous before anything opens it.
    """
    refuse_dangerous(path)
    with foreign(Path(__file__).with_name("book_reader.py"), path.absolute(), sheet, *every) as reader:
        yield reader


def refuse_dangerous(path: Path) -> None:
    """Look at a packed workbook's parts before anything unpacks them.

    Raises Refusal when they are damaged, or far larger unpacked than any export is.
    """
    if not zipfile.is_zipfile(path):
        if path.suffix.casefold() in _PACKED and not _begins_as_old(path):
            raise _damaged(path)
        return
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError):
        raise _damaged(path) from None
    unpacked = sum(part.file_size for part in parts)
    packed = max(sum(part.compress_size for part in parts), 1)
    if unpacked > _LARGEST_UNPACKED or any(part.file_size > _LARGEST_PART for part in parts):
        raise Refusal(message("{file} er for stor til å leses: del den opp, eller ta ut CSV.", file=path.name))
    if unpacked > packed * _MOST_TIMES and unpacked > _MOST_TIMES * 1024 * 1024:
        raise Refusal(message("{file} er ikke en vanlig arbeidsbok, så den leses ikke.", file=path.name))


def _begins_as_old(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(_OLD_BOOK)) == _OLD_BOOK


def _stretches(reader: Foreign, path: Path) -> Iterator[Rows]:
    while True:
        stretch = _told(reader, path)
        if stretch == ENDED:
            return
        if not isinstance(stretch, list):
            raise _damaged(path)
        yield stretch


def _told(reader: Foreign, path: Path) -> object:
    """Take the next thing that the reader says; one that has died says nothing."""
    try:
        return reader.told()
    except BrokenOffError as broken:
        raise too_slow(path) if broken.is_slow else _damaged(path) from None


def too_slow(path: Path) -> Refusal:
    """Return what is said of a file whose reading was broken off."""
    return Refusal(message("{file} tok for lang tid å lese, så den er ikke lest: del den opp.", file=path.name))


def _refused(named: object, path: Path, sheet: str | None) -> Refusal:
    if isinstance(named, list):
        known = ", ".join(map(str, named))
        return Refusal(
            message("{file} har ikke arket «{sheet}»: den har {known}.", file=path.name, sheet=sheet, known=known)
        )
    if named == "password":
        return Refusal(message("{file} er låst med passord: lagre den uten passord.", file=path.name))
    return _damaged(path)


def _damaged(path: Path) -> Refusal:
    return Refusal(
        message("{file} kan ikke leses som regneark: lagre den på nytt fra økonomisystemet.", file=path.name)
    )
