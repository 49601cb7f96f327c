"""What every test needs before Qt is imported: no screen, and a Python that survives PySide."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

os.environ["QT_QPA_PLATFORM"] = "offscreen"
# What commands back up goes where nobody keeps anything.
os.environ["XDG_DATA_HOME"] = tempfile.mkdtemp(prefix="tertial-tests-")

import hypothesis
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.windows import ask, open_window, opened, page, path, settings, table, window
from ui.pyside import keep_singletons_alive

__all__ = ["ask", "open_window", "opened", "page", "path", "settings", "table", "window"]

keep_singletons_alive()
# Containers often say that no compiled code is kept; then each of hundreds of processes compiles the program anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False
# The short form, of which the suite has many; the long one is `HYPOTHESIS_PROFILE=long`.
# How fast the machine is today is no promise of ours.
UNHURRIED: dict[str, Any] = {"deadline": None, "suppress_health_check": [hypothesis.HealthCheck.too_slow]}
hypothesis.settings.register_profile("short", max_examples=30, **UNHURRIED)
hypothesis.settings.register_profile("long", max_examples=1000, **UNHURRIED)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "short"))


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let golden files be written anew, to be looked at with `git diff`."""
    parser.addoption("--renew-golden", action="store_true", help="write tests/golden anew")


@pytest.fixture(autouse=True)
def no_key_held() -> Iterator[None]:
    """Let go of what a test held down: after Ctrl+K, Qt goes on believing in Ctrl, and then `selectRow` adds a row."""
    yield
    if QApplication.instance() is not None and QApplication.keyboardModifiers():
        QTest.keyRelease(QWidget(), Qt.Key.Key_Control)


@pytest.fixture(scope="session")
def example_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the example as its command does, once a process: a test that changes it takes a copy."""
    from ui.launch import main

    file = tmp_path_factory.mktemp("eksempel") / "Eksempel.tertial"
    assert main(["demo", str(file)]) == 0
    return file


@pytest.fixture
def renew_golden(request: pytest.FixtureRequest) -> bool:
    """Whether golden files are to be written anew."""
    return bool(request.config.getoption("--renew-golden"))
