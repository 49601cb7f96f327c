"""Writes a file beside its place and moves it there: it is there whole, or as it was, also after a power cut.

Must not know what kind of file it is.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from db.trouble import known_trouble

_BESIDE = re.compile(r"\.[0-9a-f]{8}\.ny(-journal)?")


def write_whole(path: Path, write: Callable[[Path], object]) -> None:
    """Let `write` fill a file beside the path, then put it in the path's place.

    Raises Trouble when the file can't be written: no access, open in another program, disk full.
    """
    with known_trouble(path), beside(path) as copy:
        copy.touch(exist_ok=False)
        write(copy)
        put_in_place(copy, path)


@contextmanager
def beside(path: Path) -> Iterator[Path]:
    """Give a name beside a file, for what may take its place; nothing is left there."""
    # Not the file's own name with an ending: that may be as long as a name can be.
    copy = path.with_name(f".{uuid4().hex[:8]}.ny")
    try:
        yield copy
    finally:
        for leftover in (copy, copy.with_name(f"{copy.name}-journal")):
            with suppress(OSError):
                leftover.unlink(missing_ok=True)


def left_beside(folder: Path, *, before: datetime) -> list[Path]:
    """Return what was being written in a folder when a process was killed, if it was before some time."""
    found = (one for one in folder.glob(".*.ny*") if _BESIDE.fullmatch(one.name))
    return [one for one in found if datetime.fromtimestamp(one.stat().st_mtime, UTC) < before]


def put_in_place(copy: Path, path: Path) -> None:
    """Give a finished copy its name and what had it its rights; a power cut leaves one of them whole.

    Without the syncs some file systems keep the new name and lose the content: an empty file in the old one's place.
    """
    flush(copy)
    with suppress(OSError):
        shutil.copymode(path, copy)
    flush_names(path.parent)
    os.replace(copy, path)  # noqa: PTH105  the one that is atomic everywhere
    flush_names(path.parent)


def name_new(copy: Path, path: Path) -> None:
    """Name a finished copy, never over another file that came meanwhile where the file system can promise that."""
    flush(copy)
    try:
        os.link(copy, path)
    except FileExistsError:
        raise
    except OSError:
        # FAT and some network folders have no links.
        copy.replace(path)
    flush_names(path.parent)


def flush(path: Path) -> None:
    """See that a file's content survives a power cut."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def flush_names(folder: Path) -> None:
    """See that names given and taken in a folder survive a power cut; Windows and some network folders can't."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
