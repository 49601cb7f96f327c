"""Tries mutants, each in a process that is forked from one in which every test is loaded and none has run.

One that can't be put into what is loaded is written into a copy of the tree and tried there by a pytest of its own; so
is one that changes a sentence, if nothing else notices. Must not know how a mutant is made.
"""

from __future__ import annotations

import gc
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.mutation.mutants import ROOT, Mutant
from tests.mutation.noting import Unhurried
from tests.mutation.swapping import can_swap, swap

KILLED, SURVIVED, TOO_SLOW, UNTESTED = "killed", "survived", "too slow", "no test"
WORDS = "tests/test_words.py::test_every_source_string_is_translated_with_its_places_and_mnemonic[nn]"
"""Says of each sentence in the code that it is in the catalogue: no line of it is run for that."""
_SENTENCE = re.compile(r'message\(|"[^"]* [^"]*"')
_LOOKED_AT_SECONDS = 0.02
_MOST_MEMORY = 8 * 1024**3
_WAITS = 10
"""A process that waits more than it works, for what will not come or for a busy machine, is ended after this much."""
_SWITCHES = (
    *("-q", "--no-header", "--tb=line", "--hypothesis-seed=0", "--benchmark-disable", "--timeout=0"),
    *(part for plugin in ("randomly", "cacheprovider", "xdist", "cov") for part in ("-p", f"no:{plugin}")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What became of a mutant, of how many tests, in how long."""

    mutant: Mutant
    came_to: str
    tests: int
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Trial:
    mutant: Mutant
    tests: Sequence[str]
    is_written: bool
    slot: Path
    began: float = field(default_factory=time.monotonic)


def copies_of_the_tree(folder: Path, count: int) -> list[Path]:
    """Copy what git knows of, as it stands here, once for each process."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    slots = [folder / f"copy-{number}" for number in range(count)]
    for slot in slots:
        for name in listed:
            if (ROOT / name).is_file():
                (slot / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / name, slot / name)
    return slots


def try_all(
    mutants: Mapping[Mutant, Sequence[str]], slots: Sequence[Path], told: Callable[[Verdict], None], *, seconds: int
) -> None:
    """Try mutants on their tests, as many at once as there are copies, and tell of each.

    One that works longer than the seconds is noticed by that.
    """
    trying = _Trying(mutants, slots, told, seconds)
    files = {test.partition("::")[0] for tests in mutants.values() for test in tests}
    pytest.main([*_SWITCHES, "-s", *sorted(files)], plugins=[Unhurried(), trying])


class _Trying:
    """Takes the place of the loop that runs the tests: everything is collected, and nothing has run."""

    def __init__(
        self,
        mutants: Mapping[Mutant, Sequence[str]],
        slots: Sequence[Path],
        told: Callable[[Verdict], None],
        seconds: int,
    ) -> None:
        self._waiting, self._free = list(mutants.items()), list(slots)
        self._told, self._seconds = told, seconds
        self._running: dict[int, _Trial] = {}
        self._items: dict[str, pytest.Item] = {}

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Fork for each mutant."""
        self._items = {item.nodeid: item for item in session.items}
        gc.collect()
        gc.freeze()
        while self._waiting or self._running:
            while self._waiting and self._free:
                self._begin(*self._waiting.pop(0))
            for process, trial in list(self._running.items()):
                self._look_at(process, trial)
            time.sleep(_LOOKED_AT_SECONDS)
        return True

    def _begin(self, mutant: Mutant, tests: Sequence[str]) -> None:
        if tests and can_swap(mutant):
            self._fork(_Trial(mutant=mutant, tests=tests, is_written=False, slot=self._free.pop()))
        elif tests or _says_something(mutant):
            self._fork(_Trial(mutant=mutant, tests=[*tests, WORDS], is_written=True, slot=self._free.pop()))
        else:
            self._told(Verdict(mutant=mutant, came_to=UNTESTED, tests=0, seconds=0))

    def _fork(self, trial: _Trial) -> None:
        process = os.fork()
        if process:
            self._running[process] = trial
            return
        code = 3
        try:
            os.setsid()
            resource.setrlimit(resource.RLIMIT_CPU, (self._seconds, self._seconds))
            resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))
            os.environ["PYTEST_DEBUG_TEMPROOT"] = str(trial.slot)
            with (trial.slot / "said.txt").open("w", encoding="utf-8") as said:
                os.dup2(said.fileno(), 1)
                os.dup2(said.fileno(), 2)
            code = _run_written(trial) if trial.is_written else self._run_loaded(trial)
        except BaseException:  # noqa: BLE001  whatever it is, this process must not go on as its parent
            traceback.print_exc()
        finally:
            os._exit(code)

    def _run_loaded(self, trial: _Trial) -> int:
        swap(trial.mutant)
        items = [self._items[test] for test in trial.tests if test in self._items]
        for item, following in zip(items, [*items[1:], None], strict=True):
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            if item.session.testsfailed:
                return 1
        return 0

    def _look_at(self, process: int, trial: _Trial) -> None:
        ended, status = os.waitpid(process, os.WNOHANG)
        took = time.monotonic() - trial.began
        if not ended and took < self._seconds * _WAITS:
            return
        if not ended:
            with suppress(ProcessLookupError):
                os.killpg(process, signal.SIGKILL)
            _, status = os.waitpid(process, 0)
        del self._running[process]
        code = os.waitstatus_to_exitcode(status)
        came_to = SURVIVED if code == 0 else TOO_SLOW if code < 0 else KILLED
        if came_to == SURVIVED and not trial.is_written and _says_something(trial.mutant):
            self._fork(_Trial(mutant=trial.mutant, tests=[WORDS], is_written=True, slot=trial.slot))
            return
        self._free.append(trial.slot)
        self._told(Verdict(mutant=trial.mutant, came_to=came_to, tests=len(trial.tests), seconds=took))


def _says_something(mutant: Mutant) -> bool:
    """Whether text was changed that may be a sentence for somebody."""
    return any(_SENTENCE.search(line) for line in mutant.diff.splitlines())


def _run_written(trial: _Trial) -> int:
    """Run the tests where the mutant is written. What is no test there any more has not noticed."""
    path = trial.slot / trial.mutant.path
    path.write_text(trial.mutant.code, encoding="utf-8")
    files = dict.fromkeys(test.partition("::")[0] for test in trial.tests)
    kept = trial.slot / "tests.txt"
    kept.write_text("\n".join(trial.tests), encoding="utf-8")
    switches = [*_SWITCHES, "-x", "-p", "tests.mutation.noting", f"--rootdir={trial.slot}", *files]
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "CHOSEN_TESTS": str(kept)}
    ended = subprocess.run(
        [sys.executable, "-m", "pytest", *switches], cwd=trial.slot, env=environment, check=False
    ).returncode
    path.write_text(trial.mutant.was, encoding="utf-8")
    return 0 if ended in {0, 5} else 1
