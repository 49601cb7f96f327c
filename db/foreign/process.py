"""The process that reads a foreign file, seen from ours: what it says, and that it ends when it takes too much.

A sheet with two cells makes calamine ask for 512 GB and end its process; a PDF can go round in circles for ever. Must
not know what is read.
"""

from __future__ import annotations

import contextlib
import pickle
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, cast

from db.foreign import limited
from db.foreign.job import hold_in_job

_LOOKED_AT_SECONDS = 0.25
_WITHOUT_CONSOLE: int = getattr(subprocess, "CREATE_NO_WINDOW", 0)
"""On Windows a console would flash up before the window."""

_PLAIN = frozenset({"date", "datetime", "time", "timedelta"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a reader may take: memory in all, seconds in all, and seconds in which it says nothing."""

    memory: int = 1536 * 1024 * 1024
    seconds: float = 300
    silent_seconds: float = 60


USUAL_LIMITS = Limits()


class BrokenOffError(Exception):
    """The reader died of what it read, or was ended; `is_slow` says that it took too long."""

    def __init__(self, *, is_slow: bool) -> None:
        super().__init__(is_slow)
        self.is_slow = is_slow


class Foreign:
    """A running reader. What it says is values without anything to run in them: it may have been taken over."""

    def __init__(self, process: subprocess.Popen[bytes], limits: Limits) -> None:
        self._process, self._limits = process, limits
        # Both were asked for as pipes.
        self._entrance, self._said = cast("IO[bytes]", process.stdin), cast("IO[bytes]", process.stdout)
        self._begun = time.monotonic()
        self._asked: float | None = None
        self._is_slow = False
        self._over = threading.Event()
        self._watch = threading.Thread(target=self._end_when_slow, name="foreign", daemon=True)
        self._watch.start()

    def give(self, content: bytes) -> None:
        """Hand the reader what it is to read, all at once."""
        self._asked = time.monotonic()
        with contextlib.suppress(OSError):
            self._entrance.write(content)
        with contextlib.suppress(OSError):
            self._entrance.close()
        self._asked = None

    def told(self) -> Any:  # noqa: ANN401  whatever the reader said
        """Return the next thing that the reader says.

        Raises BrokenOffError when it says nothing more.
        """
        self._asked = time.monotonic()
        try:
            return _PlainValues(self._said).load()
        except (EOFError, pickle.UnpicklingError, ValueError, TypeError, AttributeError, IndexError, KeyError):
            raise BrokenOffError(is_slow=self._is_slow) from None
        finally:
            self._asked = None

    def end(self) -> None:
        """End the reader, done or not."""
        self._over.set()
        with contextlib.suppress(OSError):
            self._process.kill()
        for pipe in (self._entrance, self._said):
            with contextlib.suppress(OSError):
                pipe.close()
        self._process.wait()
        self._watch.join()

    def _end_when_slow(self) -> None:
        # The system's own limit counts only work, and Windows has none: one that hangs is ended all the same.
        while not self._over.wait(_LOOKED_AT_SECONDS):
            now, asked = time.monotonic(), self._asked
            is_silent = asked is not None and now - asked > self._limits.silent_seconds
            if is_silent or now - self._begun > self._limits.seconds:
                self._is_slow = True
                self._process.kill()
                return


class _PlainValues(pickle.Unpickler):
    """Reads texts, numbers, times and lists of them; no other thing is made for whoever asks."""

    def find_class(self, module: str, name: str) -> Any:  # noqa: ANN401
        if module != "datetime" or name not in _PLAIN:
            raise pickle.UnpicklingError(name)
        return super().find_class(module, name)


@contextmanager
def foreign(reader: Path, *arguments: str | Path, limits: Limits | None = None) -> Iterator[Foreign]:
    """Run a reader, a program of ours that imports nothing of ours, for as long as the block lasts."""
    held = limits or USUAL_LIMITS
    process = subprocess.Popen(  # noqa: S603  our own program
        [*_command(reader, held), *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        creationflags=_WITHOUT_CONSOLE,
    )
    let_go = hold_in_job(process, held.memory)
    running = Foreign(process, held)
    try:
        yield running
    finally:
        running.end()
        let_go()


def _command(reader: Path, held: Limits) -> list[str | Path]:
    limits = str(held.memory), str(int(held.seconds))
    if not getattr(sys, "frozen", False):
        return [sys.executable, "-I", limited.__file__, *limits, reader]
    program = Path(sys.executable)
    # Windows gives the window's own program no pipes to speak through; the one for commands lies beside it.
    return [program.with_name(f"tertial{program.suffix}"), limited.ASKED, *limits, reader.stem]
