"""Which tests run which lines of the code that is changed, and how long each takes.

Only tests without a window and without a process of their own: what the domain promises is to be noticed by the
domain's own tests. Must not know what a mutant changes.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import coverage
import pytest

from tests.mutation.mutants import ROOT, SUBJECTS, Mutant
from tests.mutation.noting import Noting, Unhurried

_OUTSIDE = ("PySide6", "QtBot", "qtbot", "open_window", "subprocess")


@dataclass(frozen=True, slots=True, kw_only=True)
class Map:
    """The tests of each line of each file, and the seconds of each test.

    Tests that hold much against what was written down share the work with the others of their file, and nobody can
    tell whose it is: they count for all that those run.
    """

    tests: dict[str, dict[int, list[str]]]
    seconds: dict[str, float]
    golden: frozenset[str]

    def for_mutant(self, mutant: Mutant, *, within: float) -> list[str]:
        """Return the tests that run what was changed, the fastest first, as many as there is time for."""
        by_line = self.tests.get(mutant.path, {})
        inside = [line for line in by_line if mutant.first_line < line <= mutant.last_line]
        before = [line for line in inside if line <= mutant.line]
        lines = [max(before)] if before else inside
        running = {test for line in lines for test in by_line[line]}
        chosen, left = list[str](), within
        for test in sorted(running & self.seconds.keys() - self.golden, key=lambda test: (self.seconds[test], test)):
            left -= self.seconds[test]
            if left < 0:
                break
            chosen.append(test)
        files = {test.partition("::")[0] for test in running}
        return chosen + sorted(test for test in self.golden if test.partition("::")[0] in files)


def read_map(path: Path) -> Map:
    """Read a map that was written."""
    kept = json.loads(path.read_text(encoding="utf-8"))
    tests = {file: {int(line): ran for line, ran in lines.items()} for file, lines in kept["tests"].items()}
    return Map(tests=tests, seconds=kept["seconds"], golden=frozenset(kept["golden"]))


def main() -> int:
    """Run the tests without a window once, and write the map: `python -m tests.mutation.which_tests map.json`."""
    kept = Path(sys.argv[1])
    patterns = [str(ROOT / pattern) for of in SUBJECTS.values() for pattern in of]
    data = kept.with_suffix(".coverage")
    measured = coverage.Coverage(data_file=str(data), include=patterns, branch=False)
    noting = Noting(measured)
    measured.erase()
    measured.start()
    ended = pytest.main(["-q", "-p", "no:randomly", "-p", "no:cacheprovider", *_files()], plugins=[noting, Unhurried()])
    measured.stop()
    measured.save()
    found = measured.get_data()
    tests: dict[str, dict[int, list[str]]] = defaultdict(dict)
    for file in found.measured_files():
        for line, contexts in found.contexts_by_lineno(file).items():
            tests[str(Path(file).relative_to(ROOT))][line] = sorted(set(contexts) - {""})
    kept.write_text(json.dumps({"tests": tests, "seconds": noting.seconds, "golden": noting.golden}), encoding="utf-8")
    return int(ended)


def _files() -> list[str]:
    """Return the test files that import the domain and neither a window nor another process."""
    files = {path: path.read_text("utf-8") for path in sorted((ROOT / "tests").glob("test_*.py"))}
    return [
        str(path)
        for path, text in files.items()
        if "\nfrom tracker" in text and not any(name in text for name in _OUTSIDE)
    ]


if __name__ == "__main__":
    sys.exit(main())
