"""Writes a file beside its place and moves it there: it is there whole, or as it was.

Must not know what kind of file it is.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

from db.trouble import trouble_of


def write_whole(path: Path, write: Callable[[Path], object]) -> None:
    """Let `write` fill a file beside the path, then put it in the path's place.

    Raises Trouble when the file can't be written: no access, open in another program, disk full.
    """
    beside = path.with_name(f".{path.name}.{uuid4().hex[:8]}.ny")
    try:
        beside.touch(exist_ok=False)
        write(beside)
        beside.replace(path)
    except OSError as error:
        known = trouble_of(error, path)
        if known is None:
            raise
        raise known from error
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
