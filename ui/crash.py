"""The last resort of the window: what nobody met goes to the log, and one sentence to the screen.

Must not know what the program was doing, nor how it is told.
"""

from __future__ import annotations

import os
import sys
import threading
import traceback
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QObject, QtMsgType, Signal, qInstallMessageHandler

Tell = Callable[[str, Path | None], None]
"""Takes the details and where they are logged; None when they could not be."""


class CrashWatch(QObject):
    """Meets exceptions of every thread and Qt's own complaints. One dialog at a time, on the window's thread."""

    met = Signal(str, object)

    def __init__(self, tell: Tell) -> None:
        super().__init__()
        self._tell = tell
        self._is_telling = False
        self.met.connect(self._on_self_met)

    def begin(self) -> None:
        """Take the places where Python and Qt report what nobody met."""
        sys.excepthook = self.meet
        threading.excepthook = lambda args: self.meet(args.exc_type, args.exc_value, args.exc_traceback)
        qInstallMessageHandler(log_qt_message)

    def meet(self, kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
        """Log an exception and tell of it, from whichever thread it comes."""
        details = "".join(traceback.format_exception(kind, error, trace))
        logged = log(details)
        with suppress(RuntimeError):  # the window is gone already: the log has it
            self.met.emit(details, logged)

    def _on_self_met(self, details: str, logged: Path | None) -> None:
        # What fails while painting fails again behind the dialog: it is logged, and told once.
        if self._is_telling:
            return
        self._is_telling = True
        try:
            self._tell(details, logged)
        finally:
            self._is_telling = False


def log_qt_message(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
    """Log what Qt warns of; debugging and information are left out."""
    if kind not in {QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg}:
        log(f"Qt {kind.name} {context.category}: {text}")


def leave_on_fatal(say_why: Callable[[], int]) -> None:
    """Have a sentence and an exit code where Qt would abort: it finds no screen, or lacks a library for one."""

    def on_qt_message(kind: QtMsgType, _context: QMessageLogContext, _text: str) -> None:
        if kind is QtMsgType.QtFatalMsg:
            os._exit(say_why())

    qInstallMessageHandler(on_qt_message)


def log(details: str) -> Path | None:
    """Add to the program's log, which is kept small; None when it can't be written."""
    from logging import Formatter, LogRecord
    from logging.handlers import RotatingFileHandler

    from platformdirs import user_log_path

    with suppress(OSError):
        path = user_log_path("Tertial", appauthor=False, ensure_exists=True) / "tertial.log"
        handler = RotatingFileHandler(path, maxBytes=1_000_000, backupCount=2, encoding="utf-8")
        handler.setFormatter(Formatter("%(asctime)s %(message)s"))
        handler.emit(LogRecord("tertial", 40, "", 0, details, None, None))
        handler.close()
        return path
    return None
