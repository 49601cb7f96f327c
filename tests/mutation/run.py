"""Change the code where it must not be wrong, and count what the tests notice.

`python -m tests.mutation.run --count 400 --seed 7`. Needs mutmut: install the extra `mutation`. The first run, and one
with `--map-anew`, runs the tests without a window once to learn which of them run which lines.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from tests.mutation.judged import equivalents
from tests.mutation.mutants import ROOT, sample
from tests.mutation.trying import SURVIVED, UNTESTED, Verdict, copies_of_the_tree, try_all
from tests.mutation.which_tests import read_map

_UNNOTICED = (SURVIVED, UNTESTED)


def main() -> int:
    """Try a sample; the exit code says whether at least as much was noticed as was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=400)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--only", default="", help="of files whose path holds this")
    parser.add_argument("--keys", default="", help="of these only, with a comma between")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument(
        "--tests", type=float, default=30, help="seconds of tests for each mutant, as they take unchanged"
    )
    parser.add_argument("--seconds", type=int, default=120, help="of work after which a mutant is noticed")
    parser.add_argument("--least", type=float, default=90, help="percent that must be noticed")
    parser.add_argument("--map", type=Path, default=ROOT / "build" / "mutation.json")
    parser.add_argument("--map-anew", action="store_true")
    given = parser.parse_args()
    if given.map_anew or not given.map.exists():
        given.map.parent.mkdir(parents=True, exist_ok=True)
        subprocess.run([sys.executable, "-m", "tests.mutation.which_tests", str(given.map)], cwd=ROOT, check=True)
    known = read_map(given.map)
    mutants = [one for one in sample(given.count, seed=given.seed) if given.only in one.path]
    if given.keys:
        mutants = [one for one in mutants if one.key in given.keys.split(",")]

    with_tests = {one: known.for_mutant(one, within=given.tests) for one in mutants}
    verdicts: list[Verdict] = []

    def tell(verdict: Verdict) -> None:
        verdicts.append(verdict)
        _say(f"{len(verdicts)}/{len(mutants)} {verdict.came_to} {verdict.seconds:.0f} s {verdict.tests} tests")
        if verdict.came_to in _UNNOTICED:
            _say(_told(verdict))

    with tempfile.TemporaryDirectory(prefix="tertial-mutants-") as folder:
        try_all(with_tests, copies_of_the_tree(Path(folder), given.workers), tell, seconds=given.seconds)
    return int(_summed(verdicts) < given.least)


def _told(verdict: Verdict) -> str:
    mutant = verdict.mutant
    why = equivalents().get(mutant.key)
    judged = f"\n  the same: {why}" if why else ""
    return f"{mutant.key} {mutant.path}:{mutant.line} {mutant.function}: {verdict.came_to}\n{mutant.diff}{judged}\n"


def _summed(verdicts: list[Verdict]) -> float:
    """Print the table, and return the percent noticed of all."""
    same = equivalents()
    by_subject: dict[str, Counter[str]] = {}
    for verdict in verdicts:
        counts = by_subject.setdefault(verdict.mutant.subject, Counter())
        counts[verdict.came_to] += 1
        counts["same"] += verdict.came_to in _UNNOTICED and verdict.mutant.key in same
    by_subject["all"] = sum(by_subject.values(), Counter())
    _say("| | Mutants | Killed | Too slow | Survived | No test | Judged the same | Noticed | Without those |")
    _say("|---|---|---|---|---|---|---|---|---|")
    for subject, counts in by_subject.items():
        cells = [counts["killed"], counts["too slow"], counts["survived"], counts["no test"], counts["same"]]
        shares = [f"{_noticed(counts):.1f} %", f"{_noticed(counts, without=counts['same']):.1f} %"]
        _say(f"| {' | '.join(map(str, [subject, counts.total() - counts['same'], *cells, *shares]))} |")
    return _noticed(by_subject["all"])


def _noticed(counts: Counter[str], *, without: int = 0) -> float:
    tried = counts.total() - counts["same"] - without
    return 100 * (counts["killed"] + counts["too slow"]) / tried if tried else 100


def _say(told: str) -> None:
    sys.stdout.write(f"{told}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
