"""What was said before, in `tests/golden/`: a change shows in `git diff` after `--renew-golden`."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

_GOLDEN = Path(__file__).parent / "golden"


def hold(name: str, lines: Iterable[str], *, renew: bool) -> None:
    """Hold lines against those that were written down, or write them down."""
    told = [line.rstrip() for line in "\n".join(lines).splitlines()]
    golden = _GOLDEN / name
    if renew:
        golden.write_text("".join(f"{line}\n" for line in told), encoding="utf-8")
    assert told == golden.read_text(encoding="utf-8").splitlines()
