"""Kills a process in the middle of its work, again and again, and looks at what it left.

`python -m tests.crashes.kills --count 500 --seed 1` prints how many kills of each kind of work did harm; exit code 1
where any did. A process is a fork of this one, which has everything imported: a fresh one for each kill would take ten
times as long. Needs POSIX.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import sys
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory

from db import opening
from tests.crashes.work import KINDS, Kind

READY = "klar"
SPILLING = "cache_size = 10"
"""So little room in memory that what is changed is on the disk long before it is committed: for every second kill."""
_FAILED = 70
MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108
"""A file system in memory. What was written is there after a kill whatever it lies on; a disk only takes longer."""


@dataclass(slots=True)
class Tally:
    """How many were killed, how many had finished before, and what harm was found, by kind of work."""

    killed: Counter[str] = field(default_factory=Counter)
    finished: Counter[str] = field(default_factory=Counter)
    harm: list[tuple[str, str]] = field(default_factory=list)

    def lines(self) -> Iterator[str]:
        """Write it as a table."""
        harmed = Counter(kind for kind, _ in self.harm)
        yield f"{'work':<12} {'killed':>7} {'finished':>9} {'harmed':>7}"
        for kind in KINDS:
            if self.killed[kind] + self.finished[kind]:
                yield f"{kind:<12} {self.killed[kind]:>7} {self.finished[kind]:>9} {harmed[kind]:>7}"
        yield f"{'all':<12} {self.killed.total():>7} {self.finished.total():>9} {harmed.total():>7}"


class Harness:
    """Starts work, kills it, and looks. Work begins in files of its own each time, as it did the first time."""

    def __init__(self, folder: Path, rng: random.Random, pragmas: tuple[str, ...]) -> None:
        self._folder, self._rng, self._pragmas = folder, rng, pragmas
        self._lasts: dict[str, float] = {}
        self.tally = Tally()

    def prepare(self, name: str) -> None:
        """Make what a kind of work begins with, and see that it does no harm where nothing kills it."""
        start = self._folder / name
        start.mkdir()
        KINDS[name].begin(start)
        # Here first, so that no process after it has anything left to import.
        place = shutil.copytree(start, self._folder / "her")
        KINDS[name].do(place, lambda _: None, self._rng)
        shutil.rmtree(place)
        self._lasts[name] = 0
        found = self._once(name, lasting=None)
        if found:
            raise AssertionError(name, found)
        self.tally = Tally()

    def kill(self, name: str) -> None:
        """Let a kind of work be done, kill it at a moment while it lasts, and note what was found."""
        lasting = self._rng.uniform(0, self._lasts[name])
        self.tally.harm += [(name, one) for one in self._once(name, lasting=lasting)]

    def _once(self, name: str, *, lasting: float | None) -> list[str]:
        place = self._folder / "her"
        shutil.copytree(self._folder / name, place)
        try:
            status, told, lasted = self._worked(KINDS[name], place, lasting)
            if os.WIFEXITED(status) and os.WEXITSTATUS(status) == _FAILED:
                raise AssertionError(name)
            (self.tally.killed if os.WIFSIGNALED(status) else self.tally.finished)[name] += 1
            # Most are to be killed at work and a few when they have just ended, however busy the machine is.
            known = self._lasts[name]
            self._lasts[name] = known * 1.03 if os.WIFSIGNALED(status) else min(known or lasted, lasted) * 0.95
            return _looked_at(KINDS[name], place, told)
        finally:
            shutil.rmtree(place)

    def _worked(self, kind: Kind, place: Path, lasting: float | None) -> tuple[int, list[str], float]:
        """Let a process work, and kill it after some time; how it ended, what it told before, and how long it took."""
        seed, spills = self._rng.random(), self._rng.random() < 1 / 2
        hears, tells = os.pipe()
        child = os.fork()
        if child == 0:
            opening.PRAGMAS = (*self._pragmas, SPILLING) if spills else self._pragmas
            self._work(kind, place, tells, random.Random(seed))  # noqa: S311  the same again by its seed
        os.close(tells)
        with os.fdopen(hears, encoding="utf-8") as heard:
            heard.readline()
            began = time.perf_counter()
            if lasting is not None:
                time.sleep(lasting)
                os.kill(child, signal.SIGKILL)
            _, status = os.waitpid(child, 0)
            return status, heard.read().split("\n")[:-1], time.perf_counter() - began

    def _work(self, kind: Kind, place: Path, tells: int, rng: random.Random) -> None:
        status = _FAILED
        try:
            os.write(tells, f"{READY}\n".encode())
            kind.do(place, lambda told: void(os.write(tells, f"{told}\n".encode())), rng)
            status = 0
        except BaseException:  # noqa: BLE001  nothing may go on in this process
            traceback.print_exc()
        finally:
            os._exit(status)


def void(_: object) -> None:
    """Return nothing."""


def _looked_at(kind: Kind, place: Path, told: list[str]) -> list[str]:
    try:
        return list(kind.look(place, told))
    except Exception as error:  # noqa: BLE001  whatever the next who opens it would meet
        return [f"{type(error).__name__}: {error}"]


def run(names: list[str], *, count: int, seed: int, pragmas: tuple[str, ...], until_harm: bool = False) -> Tally:
    """Kill so many times, each kind of work in turn."""
    rng = random.Random(seed)  # noqa: S311  the same again by its seed
    with TemporaryDirectory(dir=MEMORY) as folder:
        harness = Harness(Path(folder), rng, pragmas)
        for name in names:
            harness.prepare(name)
        for name in cycle(names):
            if harness.tally.killed.total() >= count or (until_harm and harness.tally.harm):
                break
            harness.kill(name)
        return harness.tally


def main() -> int:
    """Run from a shell."""
    parser = argparse.ArgumentParser(prog="python -m tests.crashes.kills", description=__doc__)
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--work", choices=KINDS, action="append")
    parser.add_argument("--pragma", action="append", default=[], help="set instead of the program's: journal_mode=OFF")
    parser.add_argument("--until-harm", action="store_true")
    given = parser.parse_args()
    tally = run(
        given.work or list(KINDS),
        count=given.count,
        seed=given.seed,
        pragmas=with_pragmas(given.pragma),
        until_harm=given.until_harm,
    )
    for line in (*tally.lines(), *(f"  {kind}: {harm}" for kind, harm in tally.harm[:20])):
        sys.stdout.write(f"{line}\n")
    return 1 if tally.harm else 0


def with_pragmas(given: list[str]) -> tuple[str, ...]:
    """Return the program's pragmas, with some of them set otherwise."""
    names = {one.split("=")[0].strip() for one in given}
    return (*(one for one in opening.PRAGMAS if one.split("=")[0].strip() not in names), *given)


if __name__ == "__main__":
    sys.exit(main())
