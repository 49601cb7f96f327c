"""Measures what grows with projects and years: `python -m tests.benchmarks.scale 88x1 88x10 1000x3`.

Each is a real file that has lived through its years (`years.py`), and is measured by a process of its own. Writes the
table of docs/scale.md.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from db.store import open_store
from db.workbook.write import write_workbook
from tests.benchmarks.years import FIRST_YEAR, begin, live, signed
from tests.memory import peak_megabytes
from tracker.edits import changed
from tracker.messages import message
from tracker.model import FIELD_OF
from tracker.periods import Part, Period
from tracker.report import build_report
from ui.words import words_in

_COLUMNS = {
    "records": "{:.0f}",
    "entries": "{:.0f}",
    "file, MB": "{:.1f}",
    "a year's work, ms an entry": "{:.2f}",
    "open, s": "{:.2f}",
    "in memory, MB": "{:.0f}",
    "an edit, ms": "{:.1f}",
    "a project's history, ms": "{:.0f}",
    "verify, s": "{:.2f}",
    "report in Excel, s": "{:.1f}",
}


def main() -> None:
    """Make each file that the arguments name, measure it, and write a row."""
    if sys.argv[1] == "--measure":
        sys.stdout.write(json.dumps(measured(Path(sys.argv[2]), Period(int(sys.argv[3]), Part.YEAR))))
        return
    sys.stdout.write(f"| projects × years | {' | '.join(_COLUMNS)} |\n|{'---|' * (len(_COLUMNS) + 1)}\n")
    for wanted in sys.argv[1:]:
        projects, years = map(int, wanted.split("x"))
        with tempfile.TemporaryDirectory() as folder:
            told = _made_and_measured(Path(folder) / "a.tertial", projects, years)
        cells = (form.format(told[name]) for name, form in _COLUMNS.items())
        sys.stdout.write(f"| {projects} × {years} | {' | '.join(cells)} |\n")
        sys.stdout.flush()


def _made_and_measured(path: Path, projects: int, years: int) -> dict[str, float]:
    begin(path, projects)
    with closing(open_store(path)) as store:
        portfolio = store.load()
        for year in range(FIRST_YEAR, FIRST_YEAR + years):
            begun = time.perf_counter()
            entries = sum(1 for _ in store.journal())
            portfolio = live(store, portfolio, year)
            took = time.perf_counter() - begun
        an_entry = took / (sum(1 for _ in store.journal()) - entries)
    size = path.stat().st_size / 1_000_000
    command = [sys.executable, "-m", "tests.benchmarks.scale", "--measure", str(path), str(year)]
    told: dict[str, float] = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    return told | {"file, MB": size, "a year's work, ms an entry": an_entry * 1000}


def measured(path: Path, period: Period) -> dict[str, float]:
    """Measure a file: opening it, an edit, a history, verifying, and the report of a period."""
    told: dict[str, float] = {}

    def timed(name: str, act: Callable[[], object], *, times: int = 1) -> None:
        begun = time.perf_counter()
        act()
        told[name] = (time.perf_counter() - begun) * times

    begun = time.perf_counter()
    with closing(open_store(path)) as store:
        portfolio = store.load()
        told |= {"open, s": time.perf_counter() - begun, "in memory, MB": peak_megabytes()}
        told["records"] = sum(len(portfolio.records(kind)) for kind in FIELD_OF)
        told["entries"] = sum(1 for _ in store.journal())
        project = next(iter(portfolio.projects.values()))
        edit = changed(message("Nytt navn"), project, replace(project, name=f"{project.name} 2"))
        timed("an edit, ms", lambda: store.commit(edit, signed("window")), times=1000)
        timed("a project's history, ms", lambda: store.history([project.id]), times=1000)
        timed("verify, s", store.verify)
        target = path.with_suffix(".xlsx")
        timed("report in Excel, s", lambda: write_workbook(build_report(portfolio, period), target, say=words_in()))
    return told


if __name__ == "__main__":
    main()
