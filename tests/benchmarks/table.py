"""Runs the benchmarks and writes their table: `python -m tests.benchmarks.table > docs/benchmarks.md`.

Times come from pytest-benchmark's medians, memory from a process of its own for each job.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import tempfile
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path

_FOLDER = Path(__file__).parent
_MEMORY_JOBS = {
    "`import-report` of the 88 from text": ("import-report", "{txt}", "{new}", "--year", "2023"),
    "`import-report` of the 88 from PDF": ("import-report", "{pdf}", "{new}", "--year", "2023"),
    "`report` of the 88": ("report", "{small}", "--period", "2023-Y", "{out}"),
    "`report` of 10 000": ("report", "{large}", "--period", "2023-Y", "{out}"),
    "`check` of 10 000": ("check", "{large}", "--json"),
    "`import-ledger` of 1 000 000 lines, CSV": ("import-ledger", "{csv}", "{small}"),
    "`import-ledger` of 100 000 lines, xlsx, with the process that reads it": ("import-ledger", "{xlsx}", "{small}"),
}
# Not getrusage: its peak is inherited from the process that started this one.
_RUN = """
import re, resource, sys
from pathlib import Path
from ui.launch import main
sys.stdout = open('/dev/null', 'w')
code = main(sys.argv[1:])
peak = re.search(r'VmHWM:\\s+([0-9]+) kB', Path('/proc/self/status').read_text())
peak = int(peak[1]) + resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print(code, peak // 1024, file=sys.stderr)
"""


_SAID = """
import os, re
peak = re.search(r'VmHWM:\\s+([0-9]+) kB', open('/proc/self/status').read())
print(time.perf_counter() - begun, int(peak[1]) // 1024, flush=True)
os._exit(0)
"""
_BARE_START = (
    """
import time; begun = time.perf_counter()
from PySide6.QtWidgets import QApplication
application = QApplication([])
"""
    + _SAID
)
_BARE_TABLE = (
    """
import time; begun = time.perf_counter()
from PySide6.QtWidgets import QApplication, QTableWidget
application = QApplication([])
table = QTableWidget(88, 10)
table.resize(1400, 900)
table.show()
application.processEvents()
table.grab()
"""
    + _SAID
)
_OUR_START = (
    """
import sys, time; begun = time.perf_counter()
from pathlib import Path
from ui import app
application = app.make_application()
from ui.settings import Settings
window = app.make_window([Path(sys.argv[1])], settings=Settings(Path(sys.argv[2])))
window.show()
application.processEvents()
window.grab()
"""
    + _SAID
)
_STARTS = 5


def main() -> None:
    """Write the page."""
    with tempfile.TemporaryDirectory() as folder:
        medians = _medians(Path(folder))
        memory = _memory(Path(folder))
        starts = _starts(Path(folder))
    today = datetime.now(UTC).astimezone().date()
    print(f"# Benchmarks\n\nMeasured {today:%d.%m.%Y} on {_machine()}.")
    print("Made by `python -m tests.benchmarks.table`; all in one run, medians. Not a part of the test suite.\n")
    print("| What | bare (s) | Tertial (s) | ratio |\n|---|---|---|---|")
    for group, times in medians.items():
        bare, ours = times.get("bare"), times.get("tertial")
        ratio = "" if bare is None or ours is None else _ratio(ours, bare)
        print(f"| {group} | {_seconds(bare)} | {_seconds(ours)} | {ratio} |")
    print("\n| Opening the window, to its first paint | s | MB |\n|---|---|---|")
    for job, (seconds, megabytes) in starts.items():
        print(f"| {job} | {seconds:.3f} | {megabytes} |")
    print("\n| A command's peak memory | MB |\n|---|---|")
    for job, megabytes in memory.items():
        print(f"| {job} | {megabytes} |")
    print((_FOLDER / "notes.md").read_text(encoding="utf-8"), end="")


def _medians(folder: Path) -> dict[str, dict[str, float]]:
    written = folder / "measured.json"
    subprocess.run(
        [
            *(sys.executable, "-m", "pytest", str(_FOLDER), "-q", "-p", "no:randomly", "--timeout=600"),
            f"--benchmark-json={written}",
        ],
        check=True,
        stdout=sys.stderr,
    )
    groups: dict[str, dict[str, float]] = defaultdict(dict)
    for measured in json.loads(written.read_text())["benchmarks"]:
        way = (measured["params"] or {}).get("way", "tertial")
        groups[measured["group"]]["bare" if way in {"bare", "figures"} else "tertial"] = measured["stats"]["median"]
    return groups


def _memory(folder: Path) -> dict[str, int]:
    places = _inputs(folder)
    peaks = {}
    for job, arguments in _MEMORY_JOBS.items():
        filled = [argument.format(**places) for argument in arguments]
        done = subprocess.run([sys.executable, "-c", _RUN, *filled], check=True, capture_output=True, text=True)
        code, peak = map(int, done.stderr.split()[-2:])
        if code > 1:
            raise RuntimeError(done.stderr)
        peaks[job] = peak
        Path(places["new"]).unlink(missing_ok=True)
    return peaks


def _starts(folder: Path) -> dict[str, tuple[float, int]]:
    """Start the window some times in processes of its own, without a screen, and take the fastest."""
    from db.store import new_store
    from tests.benchmarks.municipalities import edit_of
    from tests.benchmarks.test_benchmarks import signed

    jobs: dict[str, list[str]] = {
        "importing QtWidgets and making a QApplication": [_BARE_START],
        "that, and an empty QTableWidget of 88 rows": [_BARE_TABLE],
    }
    for projects in (88, 10_000, 100_000):
        file = folder / f"start-{projects}.tertial"
        with new_store(file) as store:
            store.commit(edit_of(projects), signed())
        jobs[f"Tertial with {projects} projects"] = [_OUR_START, str(file), str(folder / "settings" / "t.json")]
    return {job: min(_started(code) for _ in range(_STARTS)) for job, code in jobs.items()}


def _started(code: list[str]) -> tuple[float, int]:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "QT_LOGGING_RULES": "default.warning=false"}
    command = [sys.executable, "-c", *code]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
    seconds, megabytes = done.stdout.split()
    return float(seconds), int(megabytes)


def _inputs(folder: Path) -> dict[str, str]:
    from db.example import example_table
    from db.store import new_store
    from tests.benchmarks.ledger_files import write_csv, write_xlsx
    from tests.benchmarks.municipalities import edit_of
    from tests.benchmarks.test_benchmarks import signed
    from tests.published_pages import write_pdf, write_text

    names = {"txt": "t.txt", "pdf": "t.pdf", "small": "88.tertial", "large": "10000.tertial", "new": "n.tertial"}
    places = {name: folder / file for name, file in names.items()}
    places["txt"].write_text(write_text(example_table()), encoding="utf-8")
    places["pdf"].write_bytes(write_pdf(example_table()))
    places |= {"csv": folder / "million.csv", "xlsx": folder / "hundred-thousand.xlsx"}
    write_csv(places["csv"], 1_000_000)
    write_xlsx(places["xlsx"], 100_000)
    for name, projects in (("small", 88), ("large", 10_000)):
        with new_store(places[name]) as store:
            store.commit(edit_of(projects), signed())
    return {name: str(place) for name, place in places.items()} | {"out": str(folder / "r.xlsx")}


def _machine() -> str:
    model = "unknown processor"
    if Path("/proc/cpuinfo").exists():
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        model = next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), model)
    return f"{model}, {platform.system()}, CPython {platform.python_version()}"


def _ratio(ours: float, bare: float) -> str:
    return f"{ours / bare:.2f}" if ours > bare / 100 else f"1 : {bare / ours:.0f}"


def _seconds(time: float | None) -> str:
    return "" if time is None else f"{time:.4f}"


if __name__ == "__main__":
    main()
