"""Slow work away from the window: values in, an answer on the window's thread, nothing if the asker is gone.

Must not know what the work is.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal, Slot

Work = Callable[[], Any]
Answer = Callable[[Any], None]


class _Reporter(QObject):
    """Carries an answer from the worker's thread to the window's."""

    done = Signal(object)
    failed = Signal(object)


class _Task(QRunnable):
    def __init__(self, work: Work) -> None:
        super().__init__()
        self._work = work
        self.reporter = _Reporter()

    def run(self) -> None:
        """Work, and report what came of it; an error is an answer too."""
        try:
            answer = self._work()
        except BaseException as error:  # noqa: BLE001  it is raised where it is met
            self.reporter.failed.emit(error)
        else:
            self.reporter.done.emit(answer)


class Jobs(QObject):
    """One worker: jobs are done one after the other."""

    busy = Signal(bool)
    """Whether anything is being done."""
    can_cancel = Signal(bool)
    """Whether what is being done may be broken off: work that changes nothing until its answer is used."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._running: dict[_Reporter, tuple[Answer, Answer]] = {}
        self._cancellable: dict[_Reporter, Callable[[], None]] = {}
        self._is_ending = False

    def start(
        self,
        work: Work,
        *,
        done: Answer,
        failed: Answer,
        cancellable: bool = False,
        stop: Callable[[], None] = lambda: None,
    ) -> None:
        """Begin some work. `stop` is called when it is broken off, so that long work can end early.

        Nothing is begun once the program ends: Qt would wait for it while it holds what the work needs to end.
        """
        if self._is_ending:
            return
        task = _Task(work)
        reporter = task.reporter
        self._running[reporter] = (done, failed)
        if cancellable:
            self._cancellable[reporter] = stop
        reporter.done.connect(self._on_reporter_done)
        reporter.failed.connect(self._on_reporter_failed)
        self._tell()
        self._pool.start(task)

    def cancel(self) -> None:
        """Break off what may be: its answer is dropped when it comes."""
        for reporter, stop in self._cancellable.items():
            self._running.pop(reporter, None)
            stop()
        self._cancellable.clear()
        self._tell()

    def wait(self) -> None:
        """Wait for the worker."""
        self._pool.waitForDone()

    def end(self) -> None:
        """Wait for the worker a last time, as the program ends."""
        self._is_ending = True
        self.wait()

    @Slot(object)
    def _on_reporter_done(self, answer: object) -> None:
        self._answer(0, answer)

    @Slot(object)
    def _on_reporter_failed(self, error: object) -> None:
        self._answer(1, error)

    def _answer(self, which: int, value: object) -> None:
        reporter = self.sender()
        waiting = None
        if isinstance(reporter, _Reporter):
            waiting = self._running.pop(reporter, None)
            self._cancellable.pop(reporter, None)
        self._tell()
        if waiting is not None:
            waiting[which](value)

    def _tell(self) -> None:
        self.busy.emit(bool(self._running))
        self.can_cancel.emit(bool(self._cancellable))
