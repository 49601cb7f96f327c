"""What pytest is given to note which tests run which lines, to run only some of them, and not to hurry.

Must not know what a mutant is.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import coverage
import pytest


class Noting:
    """Measures each test that passes by itself: the lines that it runs, and how long it takes."""

    def __init__(self, measured: coverage.Coverage) -> None:
        self._measured = measured
        self.seconds: dict[str, float] = {}
        self.golden: list[str] = []

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """Let what runs from here to the test's end be the test's."""
        began, failed = time.perf_counter(), item.session.testsfailed
        self._measured.switch_context(item.nodeid)
        try:
            return (yield)
        finally:
            self._measured.switch_context("")
            if item.session.testsfailed == failed:
                self.seconds[item.nodeid] = time.perf_counter() - began
            if "renew_golden" in getattr(item, "fixturenames", ()):
                self.golden.append(item.nodeid)


class Unhurried:
    """Lets nothing fail for being slow: the machine may be busy."""

    def pytest_sessionstart(self) -> None:
        """Give properties all the time that they take."""
        import hypothesis  # pytest has its own way with it, which comes first

        short = hypothesis.settings.get_profile("short")
        unhurried = hypothesis.settings(short, deadline=None, suppress_health_check=list(hypothesis.HealthCheck))
        hypothesis.settings.register_profile("unhurried", unhurried)
        hypothesis.settings.load_profile("unhurried")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the tests that a file names, in its order; the others are left out, also one that has another name now."""
    tests = Path(os.environ["CHOSEN_TESTS"]).read_text(encoding="utf-8").splitlines()
    order = {test: place for place, test in enumerate(tests)}
    items[:] = sorted((item for item in items if item.nodeid in order), key=lambda item: order[item.nodeid])


def pytest_sessionstart() -> None:
    """Do not hurry either."""
    Unhurried().pytest_sessionstart()
