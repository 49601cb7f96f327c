"""Renew the locks: `python packaging/lock.py`, with `--upgrade` for newer versions; needs uv.

What start.py installs, and what the frozen program is made of, is locked for every system and every Python that we
support, by version and hash.
pip itself is left out: an environment has it from its Python, and must not replace it while it runs.
Must not write where packages come from, nor anything of the machine that it runs on.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
RUN, TEST = "packaging/requirements.txt", "packaging/requirements-test.txt"
FREEZE = "packaging/requirements-freeze.txt"
LOCKS = {
    RUN: ["--extra", "pdf"],
    TEST: [*("--extra", "pdf", "--extra", "encryption", "--extra", "hub", "--extra", "test"), "--constraints", RUN],
    FREEZE: [
        *("--extra", "pdf", "--extra", "spelling", "--extra", "encryption", "--extra", "hub", "--extra", "freeze"),
        *("--constraints", RUN, "--constraints", TEST),
    ],
}
OPTIONS = (
    *("--constraints", "packaging/constraints.txt"),
    *("--universal", "--python-version", "3.11", "--generate-hashes", "--no-emit-index-url"),
    *("--no-emit-package", "pip", "--custom-compile-command", "python packaging/lock.py", "--quiet"),
)


def main(extra: list[str]) -> int:
    """Write the locks, each with the versions of those before it."""
    if not shutil.which("uv"):
        sys.stderr.write("uv is missing: `python -m pip install uv`, in an environment of its own\n")
        return 1
    for lock, wanted in LOCKS.items():
        command = ["uv", "pip", "compile", "pyproject.toml", *wanted, *OPTIONS, *extra, "--output-file", lock]
        done = subprocess.run(command, cwd=ROOT, check=False)  # noqa: S603  uv, on our own files
        if done.returncode:
            return done.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
