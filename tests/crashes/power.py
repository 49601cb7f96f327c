"""Cuts the power at every moment of a file's life, and looks at what the disk kept.

`python -m tests.crashes.power --count 5000 --seed 1` prints how many cuts in each kind of work did harm; exit code 1
where any did. The statements are those that the program really gave to SQLite, recorded from the work of `kills`, and
run again on a disk in memory (`disk`) with the program's own pragmas. What is left is written to a real file and opened
by the program: it has to hold what was promised before the cut, or that and the change in flight, and nothing else.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import sqlite3
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

import apsw

from db import opening, store
from db.key import Key
from tests.crashes.disk import Disk, DiskSystem
from tests.crashes.kills import MEMORY, SPILLING, with_pragmas
from tests.crashes.work import FILE, KINDS, Kind, entries_of, first_time

REPLAYED = ("edit", "edit much", "import", "merge", "migrate 1", "migrate 2")
"""The work that is one file's own statements; the rest copies whole files, which a rename makes whole or nothing."""
_TWICE = 1 / 3


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """A file as it was, and the statements that were given to SQLite since."""

    start: bytes
    statements: tuple[str, ...]


@dataclass(slots=True)
class Tally:
    """How many cuts, into how many different disks, how many of them cut again, and what harm was found."""

    cuts: Counter[str] = field(default_factory=Counter)
    disks: Counter[str] = field(default_factory=Counter)
    twice: Counter[str] = field(default_factory=Counter)
    harm: list[tuple[str, str]] = field(default_factory=list)

    def lines(self) -> Iterator[str]:
        """Write it as a table."""
        harmed = Counter(kind for kind, _ in self.harm)
        yield f"{'work':<12} {'cuts':>7} {'disks':>7} {'twice':>7} {'harmed':>7}"
        for kind in REPLAYED:
            if self.cuts[kind]:
                yield f"{kind:<12} {self.cuts[kind]:>7} {self.disks[kind]:>7} {self.twice[kind]:>7} {harmed[kind]:>7}"
        sums = (self.cuts.total(), self.disks.total(), self.twice.total(), harmed.total())
        yield f"{'all':<12} {sums[0]:>7} {sums[1]:>7} {sums[2]:>7} {sums[3]:>7}"


def recorded(kind: Kind) -> History:
    """Let work be done, and record what its file's connection was given."""
    statements: list[str] = []
    with TemporaryDirectory(dir=MEMORY) as folder:
        kind.begin(Path(folder))
        path = Path(folder) / FILE
        start = path.read_bytes()
        with _recording(path, statements):
            kind.do(Path(folder), lambda _: None, first_time())
        history = History(start=start, statements=tuple(statements))
        made = _dump(sqlite3.connect(path))
        path.write_bytes(replayed(history, Disk.holding({FILE: start}), opening.PRAGMAS)[FILE])
        if _dump(sqlite3.connect(path)) != made:
            raise AssertionError
    return history


@contextmanager
def _recording(path: Path, statements: list[str]) -> Iterator[None]:
    def connected(file: Path, mode: str, key: Key | None = None) -> sqlite3.Connection:
        connection = opening.connected(file, mode, key)
        if (file, mode) == (path, "rw"):
            connection.set_trace_callback(record)
        return connection

    def record(statement: str) -> None:
        # A statement is told again for each trigger that it sets off.
        if not statement.startswith("SELECT") and statement not in statements[-1:]:
            statements.append(statement)

    with patch.object(store, "connected", connected):
        yield


def _dump(connection: sqlite3.Connection) -> list[str]:
    with closing(connection):
        return list(connection.iterdump())


def replayed(
    history: History, disk: Disk, pragmas: Sequence[str], committed: Callable[[apsw.Connection], None] = lambda _: None
) -> dict[str, bytes]:
    """Run a history's statements on a disk; `committed` is told of each that ends no longer in a transaction."""
    system = DiskSystem(disk)
    connection = apsw.Connection(FILE, vfs=system.name, flags=apsw.SQLITE_OPEN_READWRITE)
    try:
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")
        for statement in history.statements:
            connection.execute(statement)
            if not connection.in_transaction:
                committed(connection)
    finally:
        connection.close()
        system.unregister()
    return disk.content()


class Harness:
    """Runs a history, cuts the power at some of the moments in it, and looks at what is left."""

    def __init__(self, folder: Path, rng: random.Random, pragmas: tuple[str, ...]) -> None:
        self._path, self._rng, self._pragmas = folder / FILE, rng, pragmas
        self.tally = Tally()

    def cut(self, name: str, history: History, count: int) -> None:
        """Cut so many times, at moments spread over the history by chance."""
        for spilling, part in ((False, count // 2), (True, count - count // 2)):
            pragmas = (*self._pragmas, SPILLING) if spilling else self._pragmas
            moments, promised, hashes = self._lived(history, pragmas)
            chosen = Counter(self._rng.choices(range(moments), k=part))
            self._live_and_cut(name, history, pragmas, chosen, _Promises(promised, hashes))

    def _lived(self, history: History, pragmas: tuple[str, ...]) -> tuple[int, list[int], list[str]]:
        """Run a history through: how many moments it has, how long its journal is after each commit, and the hashes."""
        moments = 0
        promised: list[int] = []

        def pass_by(_: str) -> None:
            nonlocal moments
            moments += 1

        def commit(connection: apsw.Connection) -> None:
            promised.append(connection.execute("SELECT count(*) FROM journal").get)

        disk = Disk.holding({FILE: history.start})
        self._path.write_bytes(history.start)
        promised.append(len(entries_of(self._path)))
        disk.watch = pass_by
        self._path.write_bytes(replayed(history, disk, pragmas, commit)[FILE])
        return moments, promised, [entry.hash for entry in entries_of(self._path)]

    def _live_and_cut(
        self, name: str, history: History, pragmas: tuple[str, ...], chosen: Counter[int], promises: _Promises
    ) -> None:
        disk = Disk.holding({FILE: history.start})
        moment = commits = 0
        known: dict[bytes, str] = {}

        def pass_by(what: str) -> None:
            nonlocal moment
            for _ in range(chosen[moment]):
                left = disk.left(self._rng)
                if len(left) > 1 and self._rng.random() < _TWICE:
                    self.tally.twice[name] += 1
                    left = self._cut_again(left, pragmas)
                self.tally.cuts[name] += 1
                harm = self._known_harm(known, left, promises, commits)
                if harm:
                    self.tally.harm.append((name, f"{what} ({moment}): {harm}"))
            moment += 1

        def commit(_: apsw.Connection) -> None:
            nonlocal commits
            commits += 1

        disk.watch = pass_by
        replayed(history, disk, pragmas, commit)
        self.tally.disks[name] += len(known)

    def _cut_again(self, left: dict[str, bytes], pragmas: tuple[str, ...]) -> dict[str, bytes]:
        """Let SQLite mend what a cut left, and cut again at a moment of that."""
        disk, moments, again = Disk.holding(left), 0, left

        def pass_by(_: str) -> None:
            nonlocal moments, again
            moments += 1
            if self._rng.randrange(moments) == 0:
                again = disk.left(self._rng)

        disk.watch = pass_by
        try:
            replayed(History(start=b"", statements=("SELECT count(*) FROM sqlite_master",)), disk, pragmas)
        except apsw.Error:
            return left
        return again

    def _known_harm(self, known: dict[bytes, str], left: dict[str, bytes], promises: _Promises, commits: int) -> str:
        """Look at what is left; a disk that was looked at already is not looked at again."""
        seen = hashlib.sha256(b"%d" % commits)
        for file, content in sorted(left.items()):
            seen.update(b"%s %d " % (file.encode(), len(content)) + content)
        if seen.digest() not in known:
            known[seen.digest()] = promises.broken_by(self._written(left), commits)
        return known[seen.digest()]

    def _written(self, left: dict[str, bytes]) -> Path:
        for old in self._path.parent.iterdir():
            old.unlink()
        for file, content in left.items():
            self._path.with_name(file).write_bytes(content)
        return self._path


@dataclass(frozen=True, slots=True)
class _Promises:
    """How long the journal is after each commit, and its hashes, each of which covers all before it."""

    lengths: Sequence[int]
    hashes: Sequence[str]

    def broken_by(self, path: Path, commits: int) -> str:
        """Say what is wrong with a file that was left after so many commits; nothing where it is as promised."""
        try:
            left = entries_of(path)
        except Exception as error:  # noqa: BLE001  whatever the next who opens it would meet
            return f"{type(error).__name__}: {error}"
        if len(left) not in self.lengths[commits : commits + 2]:
            return f"{self.lengths[commits]} endringer var lovet, {len(left)} er der"
        return "" if left[-1].hash == self.hashes[len(left) - 1] else "er noe annet enn det som ble skrevet"


def run(names: Sequence[str], *, count: int, seed: int, pragmas: tuple[str, ...]) -> Tally:
    """Cut so many times, spread evenly over the kinds of work."""
    rng = random.Random(seed)  # noqa: S311  the same again by its seed
    with TemporaryDirectory(dir=MEMORY) as folder:
        harness = Harness(Path(folder), rng, pragmas)
        for at, name in enumerate(names):
            part = count * (at + 1) // len(names) - count * at // len(names)
            harness.cut(name, recorded(KINDS[name]), part)
        return harness.tally


def main() -> int:
    """Run from a shell."""
    parser = argparse.ArgumentParser(prog="python -m tests.crashes.power", description=__doc__)
    parser.add_argument("--count", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--work", choices=REPLAYED, action="append")
    parser.add_argument("--pragma", action="append", default=[], help="set instead of the program's: synchronous=OFF")
    given = parser.parse_args()
    tally = run(given.work or REPLAYED, count=given.count, seed=given.seed, pragmas=with_pragmas(given.pragma))
    for line in (*tally.lines(), *(f"  {kind}: {harm}" for kind, harm in tally.harm[:20])):
        sys.stdout.write(f"{line}\n")
    return 1 if tally.harm else 0


if __name__ == "__main__":
    sys.exit(main())
