"""Measure the frozen program beside the unfrozen one: `measure.py [PROGRAM]`, rows for docs/benchmarks.md.

Size, and the time from a command to a window in front of the user, on a screen of its own (Xvfb, openbox), by turns,
the fastest of each. Run by the Python that Tertial is installed in (build/environment).
Must not know how the program was made.
"""

from __future__ import annotations

import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from product import FROZEN, INSTALLERS, PROGRAM
from traveller import screen
from try_out import introduce

TURNS = 6
FILE = "Eksempel.tertial"
PLAIN = [sys.executable, "-P", "-m", "tracker"]


def main(arguments: list[str]) -> int:
    """Measure, and write the rows."""
    frozen = [arguments[0] if arguments else str(FROZEN / PROGRAM)]
    with tempfile.TemporaryDirectory() as home, screen(home) as environment:

        def window(program: list[str]) -> float:
            return shown(program, environment)

        def command(program: list[str]) -> float:
            return timed(lambda: run([*program, "--help"], environment))

        introduce(environment)
        run([*frozen, "demo", FILE], environment)
        rows = {
            "the window with the example's 88 projects": by_turns(window, frozen),
            "a command (`--help`)": by_turns(command, frozen),
        }
    say(
        f"Measured {datetime.now(UTC).astimezone():%d.%m.%Y}, {platform.system()}, CPython {platform.python_version()}."
    )
    say("\n| The frozen program, from start to | frozen (s) | unfrozen (s) | ratio |\n|---|---|---|---|")
    for what, (ours, plain) in rows.items():
        say(f"| {what} | {ours:.3f} | {plain:.3f} | {ours / plain:.2f} |")
    say("\n| Size | MB |\n|---|---|")
    say(f"| the folder that is installed | {size_of(FROZEN):.0f} |")
    for made in sorted(INSTALLERS.glob("*.*")):
        if made.is_file():
            say(f"| `{made.name}` | {made.stat().st_size / 1e6:.0f} |")
    return 0


def by_turns(measure: Callable[[list[str]], float], frozen: list[str]) -> tuple[float, float]:
    """Measure both by turns, and return the fastest of each; the first of each is not counted."""
    pairs = [(measure(frozen), measure(PLAIN)) for _ in range(TURNS + 1)][1:]
    return min(ours for ours, _ in pairs), min(plain for _, plain in pairs)


def shown(program: list[str], environment: dict[str, str]) -> float:
    """Return the seconds until the window with the file is there to see, and end it."""
    with subprocess.Popen([*program, FILE], cwd=environment["HOME"], env=environment) as started:  # noqa: S603
        try:
            seen = ["xdotool", "search", "--sync", "--onlyvisible", "--name", FILE]
            return timed(lambda: run(seen, environment))
        finally:
            started.terminate()


def timed(act: Callable[[], object]) -> float:
    """Return how many seconds it takes."""
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def run(command: list[str], environment: dict[str, str]) -> None:
    """Run a command to its end."""
    subprocess.run(command, cwd=environment["HOME"], env=environment, check=True, capture_output=True)  # noqa: S603


def size_of(folder: Path) -> float:
    """Return a folder's size in megabytes."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink()) / 1e6


def say(line: str) -> None:
    """Write a line."""
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
