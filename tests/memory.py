"""How much memory a program has taken."""

from __future__ import annotations

import resource
from pathlib import Path


def peak_megabytes() -> int:
    """Return the most memory that this program has taken; what `getrusage` says has that of who started it in it."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    (peak,) = (line.split()[1] for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
    return int(peak) // 1024
