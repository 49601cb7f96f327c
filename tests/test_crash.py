"""What nobody foresaw: a bug ends in one dialog and a log, the program goes on, the screen may be missing."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Signal
from pytestqt.qtbot import QtBot

from ui.crash import CrashWatch
from ui.main_window import MainWindow

ROOT = Path(__file__).parents[1]


@pytest.mark.usefixtures("qapp")
def test_an_exception_while_telling_is_logged_and_not_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    told: list[tuple[str, Path | None]] = []

    def tell(details: str, logged: Path | None) -> None:
        told.append((details, logged))
        watch.meet(KeyError, KeyError("bak dialogen"), None)

    watch = CrashWatch(tell)
    watch.meet(ValueError, ValueError("i et vindu"), None)
    assert len(told) == 1
    details, logged = told[0]
    assert "ValueError: i et vindu" in details
    assert logged is not None
    assert "bak dialogen" in logged.read_text(encoding="utf-8")


def test_an_exception_in_a_thread_is_told_on_the_windows_thread(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    threads: list[threading.Thread] = []
    watch = CrashWatch(lambda _details, _logged: threads.append(threading.current_thread()))
    other = threading.Thread(target=watch.meet, args=(ValueError, ValueError("i en tråd"), None))
    other.start()
    other.join()
    qtbot.waitUntil(lambda: bool(threads))
    assert threads == [threading.main_thread()]


SCREENLESS = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}


def run_tertial(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    inherited = {name: value for name, value in os.environ.items() if name not in SCREENLESS}
    return subprocess.run(
        [sys.executable, "-m", "tracker", *arguments],
        cwd=ROOT,
        env={**inherited, **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there is always a screen")
def test_without_a_screen_there_is_a_sentence_and_exit_code_2() -> None:
    ended = run_tertial()
    assert ended.returncode == 2
    assert ended.stderr.startswith("Vinduet kan ikke åpnes her, for Qt finner ingen skjerm")
    assert ended.stderr.count("\n") == 1


def test_more_than_one_file_is_refused() -> None:
    ended = run_tertial("a.tertial", "b.tertial", QT_QPA_PLATFORM="offscreen")
    assert ended.returncode == 2
    assert ended.stderr == ("«a.tertial» er ingen kommando, og vinduet åpner én fil om gangen: se tertial --help.\n")


SLOT = """
import sys
from PySide6.QtCore import QTimer
from ui import app
{before}
application = app.make_application()
window = app.make_window([])
window.show()
QTimer.singleShot(0, lambda: {act})
QTimer.singleShot(1, window.close)
application.exec()
heavy = {{"openpyxl", "pdfplumber", "sqlite_utils", "numpy"}} & set(sys.modules)
print(sorted(heavy), min(map(sys.getrefcount, (None, True, False))) > 1 << 30)
"""


# The screenless platform's complaint would be logged, and the log imports platformdirs.
QUIET = {"QT_LOGGING_RULES": "default.warning=false"}


def run_python(code: str, state: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={
            **os.environ,
            "QT_QPA_PLATFORM": "minimal",
            "XDG_STATE_HOME": str(state),
            "XDG_CONFIG_HOME": str(state),
            **QUIET,
        },
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )


def test_the_window_imports_nothing_heavy_and_closes_well(tmp_path: Path) -> None:
    ended = run_python(SLOT.format(before="", act="None"), tmp_path)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "[] True\n", "")


def test_a_bug_in_a_slot_ends_in_the_dialog_and_the_program_goes_on(tmp_path: Path) -> None:
    before = (
        "from ui.ask import Dialogs\n"
        "Dialogs.tell_of_bug = lambda self, sentence, details: print(sentence, details.splitlines()[-1])"
    )
    ended = run_python(SLOT.format(before=before, act="1 / 0"), tmp_path)
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.startswith("Det skjedde en feil i programmet. Porteføljen er uendret")
    assert "ZeroDivisionError: division by zero" in ended.stdout
    assert "Traceback" in (tmp_path / "Tertial" / "log" / "tertial.log").read_text(encoding="utf-8")


class Teller(QObject):
    """Says something."""

    told = Signal()


def test_python_survives_what_pyside_takes(window: MainWindow) -> None:
    teller = Teller()
    for _ in range(20_000):
        window.update()
        teller.told.emit()
    assert min(map(sys.getrefcount, (None, True))) > 20_000


LEFT = """
import shiboken6
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget
from db.own_settings import OwnSettings, own_path
from ui import app
OwnSettings(own_path()).keep(who="Ola Eksempel")
QTimer.singleShot(0, QApplication.closeAllWindows)
code = app.open_window([])
print(code, [one for one in shiboken6.getAllValidWrappers() if isinstance(one, QWidget)])
"""


def test_no_widget_is_left_to_be_destroyed_as_python_ends(tmp_path: Path) -> None:
    # PySide would do it in the order of addresses, and now and then crash: everything saved, and a crash report.
    ended = run_python(LEFT, tmp_path)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "0 []\n", "")
