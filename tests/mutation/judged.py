"""The mutants that change nothing anybody could notice, each judged by itself: `equivalent.toml`."""

from __future__ import annotations

import tomllib
from pathlib import Path

_FILE = Path(__file__).with_name("equivalent.toml")


def equivalents() -> dict[str, str]:
    """Return why each of them is one, by the mutant's key."""
    return {one["key"]: one["why"] for one in tomllib.loads(_FILE.read_text(encoding="utf-8"))["mutant"]}
