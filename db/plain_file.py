"""Looks at what a path is before it is opened: a pipe or a device never ends, and opening one waits for ever.

Must not know what is in a file.
"""

from __future__ import annotations

import errno
from pathlib import Path

from db.trouble import Trouble, known_trouble
from tracker.messages import Refusal, message


def refuse_no_file(path: Path) -> None:
    """Refuse a pipe, a device and a link to itself; what isn't there, and a folder, are told where they are opened.

    Raises Trouble.
    """
    with known_trouble(path):
        try:
            path.stat()
        except OSError as error:
            # A link to itself is no OSError where its place is asked for.
            if error.errno == errno.ELOOP:
                raise
    if path.exists() and not path.is_file() and not path.is_dir():
        raise Trouble(message("{file} er ingen vanlig fil: velg en annen.", file=path.name))


def read_at_most(path: Path, most: int) -> bytes:
    """Read a file that no honest one of its kind is larger than, also where it grows meanwhile.

    Raises Trouble when it is no file, Refusal when it is larger, OSError when it can't be read.
    """
    refuse_no_file(path)
    with path.open("rb") as file:
        content = file.read(most + 1)
    if len(content) > most:
        raise Refusal(
            message("{file} er større enn {most} MB: velg en mindre fil.", file=path.name, most=-(-most // 1_000_000))
        )
    return content
