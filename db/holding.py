"""One writer at a time: who holds a portfolio file, and taking hold of it.

Must not know what is written.
"""

from __future__ import annotations

import errno
import json
import platform
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Self

from db.plain_file import read_at_most, refuse_no_file
from db.trouble import Trouble, trouble_of
from tracker.messages import Refusal

if TYPE_CHECKING:
    from filelock import BaseFileLock

_LARGEST_HOLDER = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Who holds a file: the name they go by, on which machine, since when (ISO 8601, UTC)."""

    who: str
    host: str
    since: str


class HeldError(Exception):
    """Somebody else holds the file; `holder` is who, None where that can't be read."""

    def __init__(self, holder: Holder | None) -> None:
        super().__init__(holder)
        self.holder = holder


class UnholdableError(Exception):
    """The file's folder can't be written in, so nobody can hold it."""


class Hold:
    """A file that is held. Let go of it when done; a process that is killed lets go too."""

    def __init__(self, lock: BaseFileLock, lock_file: Path, holder_file: Path) -> None:
        self._lock, self._lock_file, self._holder_file = lock, lock_file, holder_file

    def release(self) -> None:
        """Let go, and leave nothing behind."""
        if not self._lock.is_locked:
            return
        for leftover in (self._holder_file, self._lock_file):
            with suppress(OSError):
                leftover.unlink(missing_ok=True)
        self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.release()


def hold(path: Path, *, who: str) -> Hold:
    """Take hold of a portfolio file.

    Raises HeldError when somebody has it, UnholdableError when its folder can't be written in, Trouble when its disk
    is full.
    """
    # Imported here: a window's start is measured.
    from filelock import FileLock, Timeout

    lock_file, holder_file = _beside(path, "lock"), _beside(path, "holder")
    if not lock_file.parent.is_dir():
        # The library would make the folder.
        raise UnholdableError
    # Readable and writable for all: a colleague of another account takes over what a killed one left.
    # Not by thread: what one thread held, another may let go of.
    lock = FileLock(lock_file, timeout=0, mode=0o666, thread_local=False)
    try:
        lock.acquire()
    except Timeout:
        raise HeldError(_read(holder_file)) from None
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise trouble_of(error, path) or error from error
        raise UnholdableError from None
    since = datetime.now(UTC).isoformat(timespec="seconds")
    _write(holder_file, Holder(who=who, host=platform.node(), since=since))
    return Hold(lock, lock_file, holder_file)


def _write(holder_file: Path, holder: Holder) -> None:
    """Say who holds the file, whole or not at all; one who can't be named holds it all the same."""
    beside = holder_file.with_name(f"{holder_file.name}.ny")
    with suppress(OSError):
        # First, so that a full disk leaves no name rather than the name of one who was killed.
        holder_file.unlink(missing_ok=True)
        try:
            beside.write_text(json.dumps(asdict(holder)), encoding="utf-8")
            beside.replace(holder_file)
        finally:
            beside.unlink(missing_ok=True)


def _read(holder_file: Path) -> Holder | None:
    with suppress(OSError, ValueError, TypeError, AttributeError, RecursionError, Refusal, Trouble):
        told = json.loads(read_at_most(holder_file, _LARGEST_HOLDER))
        if all(isinstance(value, str) for value in told.values()):
            return Holder(**told)
    return None


def _beside(path: Path, kind: str) -> Path:
    refuse_no_file(path)
    real = path.resolve()
    return real.with_name(f".{real.name}.{kind}")
