"""Workbooks of other programs, read in a process of its own: a hostile one takes that down and nothing else.

python-calamine is fast and reads old files, but a sheet that says that it is enormous makes it ask for more memory
than there is and end the whole process. Must not know what a row means.
"""

from __future__ import annotations

import contextlib
import pickle
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from db.sheets.sheet import Rows, Sheet
from tracker.messages import Refusal, message

_LARGEST_UNPACKED = 1024 * 1024 * 1024
_LARGEST_PART = 700 * 1024 * 1024
_MOST_TIMES = 300
_MOST_MEMORY = 1536 * 1024 * 1024
_LONGEST_SECONDS = 300
_ENDS = "end"


@contextmanager
def book_sheet(path: Path, sheet: str | None) -> Iterator[Sheet]:
    """Open a workbook's sheet.

    Raises Refusal when it is damaged, dangerous or locked with a password, or has no sheet of that name.
    """
    with reading(path, sheet or "") as stdout:
        named = _told(stdout, path)
        if not isinstance(named, tuple):
            raise _refused(named, path, sheet)
        name, others = named
        yield Sheet(name=name, others=tuple(others), stretches=_stretches(stdout, path))


@contextmanager
def reading(path: Path, sheet: str, *every: str) -> Iterator[IO[bytes]]:
    """Let the process that may be brought down read a workbook; yields what it says.

    Raises Refusal when the file is dangerous before anything opens it.
    """
    refuse_dangerous(path)
    reader = Path(__file__).with_name("book_reader.py")
    child = subprocess.Popen(  # noqa: S603  our own program
        [sys.executable, "-I", reader, path.absolute(), sheet, str(_MOST_MEMORY), str(_LONGEST_SECONDS), *every],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    stdout = child.stdout
    if stdout is None:  # pragma: no cover  it was asked for
        raise RuntimeError
    # The system's own limit counts only work, and Windows has none: a process that hangs is ended all the same.
    watch = threading.Timer(_LONGEST_SECONDS, child.kill)
    watch.daemon = True
    watch.start()
    try:
        yield stdout
    finally:
        watch.cancel()
        with contextlib.suppress(OSError):
            child.kill()
        stdout.close()
        child.wait()


def refuse_dangerous(path: Path) -> None:
    """Look at a packed workbook's parts before anything unpacks them.

    Raises Refusal when they are damaged, or far larger unpacked than any export is.
    """
    if not zipfile.is_zipfile(path):
        if path.suffix.casefold() in {".xlsx", ".xlsm", ".xlsb", ".ods"}:
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


def _stretches(stdout: IO[bytes], path: Path) -> Iterator[Rows]:
    while True:
        stretch = _told(stdout, path)
        if stretch == _ENDS:
            return
        if not isinstance(stretch, list):
            raise _damaged(path)
        yield stretch


def _told(stdout: IO[bytes], path: Path) -> object:
    """Take the next thing that the child says; one that has died says nothing."""
    try:
        return pickle.load(stdout)  # noqa: S301  our own child's words
    except (EOFError, pickle.UnpicklingError, ValueError):
        raise _damaged(path) from None


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
