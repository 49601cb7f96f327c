"""Slow work: shown when it is noticed, broken off when that is asked for, its errors met."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ui.jobs import Jobs
from ui.main_window import MainWindow


@pytest.mark.usefixtures("qapp")
def test_answers_and_errors_come_on_the_windows_thread(qtbot: QtBot) -> None:
    jobs, met = Jobs(), []
    jobs.start(lambda: 42, done=lambda answer: met.append((answer, threading.current_thread())), failed=met.append)
    jobs.start(
        lambda: 1 // 0, done=met.append, failed=lambda error: met.append((type(error), threading.current_thread()))
    )
    qtbot.waitUntil(lambda: len(met) == 2)
    assert met == [(42, threading.main_thread()), (ZeroDivisionError, threading.main_thread())]


def test_long_work_is_shown_and_can_be_broken_off(qtbot: QtBot, opened: MainWindow) -> None:
    jobs, progress = opened.desk.jobs, opened.progress
    jobs.wait()
    held, answers = threading.Event(), []
    try:
        jobs.start(lambda: held.wait(20), done=answers.append, failed=answers.append, cancellable=True)
        assert not progress.isVisible()
        opened.tell("Sikkerhetskopi tatt")
        qtbot.waitUntil(progress.isVisible, timeout=3000)
        assert not opened.summary.isVisible(), "skrevet oppå det som sies i forbifarten"
        qtbot.mouseClick(progress.cancel, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: not progress.cancel.isVisible())
    finally:
        held.set()
    jobs.wait()
    qtbot.waitUntil(lambda: not progress.isVisible())
    assert answers == []


def test_what_writes_a_file_is_not_broken_off(qtbot: QtBot, opened: MainWindow) -> None:
    held, answers = threading.Event(), []
    try:
        opened.desk.jobs.start(lambda: held.wait(20), done=answers.append, failed=answers.append)
        qtbot.waitUntil(opened.progress.isVisible, timeout=3000)
        assert not opened.progress.cancel.isVisible()
    finally:
        held.set()
    qtbot.waitUntil(lambda: answers == [True])


def test_nothing_is_begun_once_the_program_ends(qtbot: QtBot) -> None:
    jobs, begun = Jobs(), []
    with qtbot.assertNotEmitted(jobs.busy):
        jobs.end()
        jobs.start(lambda: begun.append(1), done=begun.append, failed=begun.append)
    jobs.wait()
    assert begun == []
