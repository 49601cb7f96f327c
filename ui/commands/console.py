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
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(encoding="utf-8", errors="backslashreplace")
        return cls(sys.stdout, sys.stderr, words_in())

    def data(self, text: str) -> None:
        """Write what was asked for."""
        print(text, file=self.out)

    def json(self, value: object) -> None:
        """Write what was asked for as JSON."""
        self.data(json.dumps(value, ensure_ascii=False, indent=2))

    def progress(self, sentence: Message) -> None:
        """Say what has been done."""
        print(self.say(sentence), file=self.err)


def guarded(act: Callable[[], int], console: Console) -> int:
    """Run, and meet everything that can stop it with one sentence and exit code 2."""
    try:
        code = act()
        console.out.flush()
    except (Refusal, Trouble) as known:
        console.progress(known.reason)
        for detail in getattr(known, "details", ()):
            print(f"  {console.say(detail)}", file=console.err)
        return NOT_DONE
    except KeyboardInterrupt:
        console.progress(message("Avbrutt: ingenting er endret."))
        return NOT_DONE
    except BrokenPipeError:
        # Somebody closed the other end (`| head`): nothing more can be said there.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
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


def _logged(bug: Exception) -> Path:
    from platformdirs import user_log_path

    folder = user_log_path("Tertial", appauthor=False, ensure_exists=True)
    log = folder / "tertial.log"
    handler = logging.FileHandler(log, encoding="utf-8")
    logger = logging.getLogger("tertial")
    logger.addHandler(handler)
    logger.error("command failed", exc_info=bug)
    handler.close()
    logger.removeHandler(handler)
    return log
