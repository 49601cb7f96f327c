"""Runs a reader of foreign files with limits: `python -I limited.py MEMORY SECONDS READER [ARGUMENT …]`.

A reader is a file with a function `said`, which takes the arguments and yields what there is to say. Here that goes
to stdout; a test calls it as it is.

A frozen program has no Python beside it and no file of a reader: it starts itself, with `ASKED` first and the name of
one of `READERS`, which are the only things that it can be made to run.

Must not import anything of ours, nor what is heavy: the limits stand before anything else does.
"""

from __future__ import annotations

import pickle
import runpy
import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress
from itertools import chain

ASKED = "--read-foreign"
"""The first argument of a frozen program that is to be a reader and nothing else."""

READERS = {
    "pdf_reader": "db.published.pdf_reader",
    "book_reader": "db.sheets.book_reader",
    "saft_reader": "db.sheets.saft_reader",
}
"""The module of each reader, by the name of its file."""

ENDED = "end"
"""What is said after all that a reader says: one that has died didn't."""


def main() -> None:
    """Set the limits and be the reader, a file."""
    memory, seconds, reader, *rest = sys.argv[1:]
    _limit(memory, seconds)
    _say(runpy.run_path(reader)["said"](*rest))


def read(arguments: Sequence[str]) -> None:
    """Do the same in a frozen program: `MEMORY SECONDS NAME [ARGUMENT …]`. A name that is no reader's raises."""
    memory, seconds, name, *rest = arguments
    module = READERS[name]
    _limit(memory, seconds)
    _say(runpy.run_module(module)["said"](*rest))


def _say(said: Iterable[object]) -> None:
    out = sys.stdout.buffer
    for one in chain(said, (ENDED,)):
        pickle.dump(one, out, protocol=pickle.HIGHEST_PROTOCOL)
        out.flush()


def _limit(memory: str, seconds: str) -> None:
    with suppress(ImportError, ValueError, OSError):
        import resource  # Windows has none: there the job that the process is put in holds it

        resource.setrlimit(resource.RLIMIT_AS, (int(memory), int(memory)))
        resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds)))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


if __name__ == "__main__":
    main()
