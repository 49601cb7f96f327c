"""Runs a reader of foreign files with limits: `python -I limited.py MEMORY SECONDS READER [ARGUMENT …]`.

Must not import anything of ours, nor what is heavy: the limits stand before anything else does.
"""

from __future__ import annotations

import runpy
import sys
from contextlib import suppress


def main() -> None:
    """Set the limits and become the reader."""
    memory, seconds = map(int, sys.argv[1:3])
    with suppress(ImportError, ValueError, OSError):
        import resource  # Windows has none: there the job that the process is put in holds it

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    sys.argv = sys.argv[3:]
    runpy.run_path(sys.argv[0], run_name="__main__")


if __name__ == "__main__":
    main()
