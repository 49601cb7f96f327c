"""What a command says and where: data on stdout, progress and trouble on stderr.

Must not know any command.
"""

from __future__ import annotations

import io
import json
import logging
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from db.trouble import Trouble
from tracker.messages import Message, Refusal, message
from ui.words import Say, words_in

FINE, FINDINGS, NOT_DONE = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Console:
    """The two streams, and the language."""

    out: TextIO
    err: TextIO
    say: Say

    @classmethod
    def of_process(cls) -> Console:
        """Return the process' own streams, in UTF-8 also where the system's default is something else."""
        out, err = (_open(stream) for stream in (sys.stdout, sys.stderr))
        return cls(out, err, words_in())

    def data(self, text: str) -> None:
        """Write what was asked for. Somebody who has stopped reading (`| head`) does not stop the work."""
        with suppress(BrokenPipeError):
            print(text, file=self.out)

    def json(self, value: object) -> None:
        """Write what was asked for as JSON."""
        self.data(json.dumps(value, ensure_ascii=False, indent=2))

    def progress(self, sentence: Message) -> None:
        """Say what has been done."""
        with suppress(OSError):
            print(self.say(sentence), file=self.err)


def guarded(act: Callable[[], int], console: Console) -> int:
    """Run, and meet everything that can stop it with one sentence and exit code 2."""
    try:
        code = act()
        _flush(console.out)
    except (Refusal, Trouble) as known:
        console.progress(known.reason)
        for detail in getattr(known, "details", ()):
            console.progress(message("  {line}", line=detail))
        return NOT_DONE
    except KeyboardInterrupt:
        console.progress(message("Avbrutt: ingenting er endret."))
        return NOT_DONE
    except StreamError as full:
        console.progress(
            message("Svaret kunne ikke skrives ({trouble}): frigjør plass og prøv igjen.", trouble=str(full))
        )
        return NOT_DONE
    except Exception as bug:  # noqa: BLE001  the last resort: never a traceback on the screen
        console.progress(
            message(
                "Det skjedde en feil i programmet ({kind}), og kommandoen ble ikke fullført: detaljene ligger i {log}.",
                kind=type(bug).__name__,
                log=str(_logged(bug)),
            )
        )
        return NOT_DONE
    return code


class StreamError(Exception):
    """What was asked for could not be written to the end."""


def _open(stream: TextIO | None) -> TextIO:
    """Return a stream in UTF-8; one that is closed swallows what is said, so that it ends nowhere else."""
    if stream is None:
        return Path(os.devnull).open("w", encoding="utf-8")
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    return stream


def _flush(out: TextIO) -> None:
    try:
        out.flush()
    except BrokenPipeError:
        # Python would complain of it once more at the very end.
        with suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), out.fileno())
    except OSError as error:
        with suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), out.fileno())
        raise StreamError(error.strerror or str(error)) from error


def _logged(bug: Exception) -> Path:
    from platformdirs import user_log_path

    log = user_log_path("Tertial", appauthor=False) / "tertial.log"
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        handler = logging.FileHandler(log, encoding="utf-8")
    except OSError:
        # Nowhere to log: the sentence still has the kind of error, and where the log would have been.
        return log
    logger = logging.getLogger("tertial")
    logger.addHandler(handler)
    logger.error("command failed", exc_info=bug)
    handler.close()
    logger.removeHandler(handler)
    return log
