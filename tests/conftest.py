"""What every test needs before Qt is imported: no screen, and a Python that survives PySide."""

from __future__ import annotations

import os
import tempfile

os.environ["QT_QPA_PLATFORM"] = "offscreen"
# What commands back up goes where nobody keeps anything.
os.environ["XDG_DATA_HOME"] = tempfile.mkdtemp(prefix="tertial-tests-")

import hypothesis
import pytest

from tests.windows import ask, open_window, opened, page, path, settings, table, window
from ui.pyside import keep_none_alive

__all__ = ["ask", "open_window", "opened", "page", "path", "settings", "table", "window"]

keep_none_alive()
# The short form, of which the suite has many; the long one is `HYPOTHESIS_PROFILE=long`.
hypothesis.settings.register_profile("short", max_examples=40)
hypothesis.settings.register_profile("long", max_examples=1000)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "short"))


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let golden files be written anew, to be looked at with `git diff`."""
    parser.addoption("--renew-golden", action="store_true", help="write tests/golden anew")


@pytest.fixture
def renew_golden(request: pytest.FixtureRequest) -> bool:
    """Whether golden files are to be written anew."""
    return bool(request.config.getoption("--renew-golden"))
