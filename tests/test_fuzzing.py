"""What fuzzing found stays mended, and each reader takes some hundred inputs that nobody would write.

The long run, guided by the code that is reached: `python -m tests.fuzzing.run --all` (needs atheris, Linux only).
"""

from __future__ import annotations

import importlib.util
import random
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fuzzing.readers import READERS
from tests.fuzzing.run import FINDINGS

_INPUTS = 120
_SLOW = {"ledger": 15, "export": 40, "saft": 60}
"""Readers of files, which cost more a time."""
_PIECES = (
    b"\0",
    b"\xff\xfe",
    b"\x1e",
    b"9" * 30,
    b"-",
    b"=",
    b'"',
    b"[",
    b"{",
    b"&a;",
    b"1e999",
    b"\n\n",
    "å".encode(),
)


def changed(seed: bytes, rng: random.Random) -> bytes:
    """Cut, double, swap and put in pieces as a fuzzer does, the same each time."""
    content = bytearray(seed)
    for _ in range(rng.randint(1, 5)):
        at, until = sorted(rng.randrange(len(content) + 1) for _ in range(2))
        kind = rng.randrange(4)
        if kind == 0:
            del content[at : min(until, at + 20)]
        elif kind == 1:
            content[at:at] = content[at:until][:200]
        elif kind == 2:
            content[at:at] = rng.choice(_PIECES)
        elif at < len(content):
            content[at] = rng.randrange(256)
    return bytes(content)


@pytest.mark.parametrize("name", READERS)
def test_a_reader_reads_or_refuses_what_nobody_would_write(name: str) -> None:
    reader = READERS[name]
    rng = random.Random(name)  # noqa: S311  the same each time
    for seed in reader.seeds:
        reader.read(seed)
    for _ in range(_SLOW.get(name, _INPUTS)):
        reader.read(changed(rng.choice(reader.seeds), rng))


@pytest.mark.parametrize("found", sorted(FINDINGS.rglob("*.bin")), ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_what_fuzzing_found_stays_mended(found: Path) -> None:
    READERS[found.parent.name].read(found.read_bytes())


@pytest.mark.skipif(importlib.util.find_spec("atheris") is not None, reason="atheris is there")
def test_without_atheris_the_long_run_says_what_is_missing() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "tests.fuzzing.run", "--reader", "times"],
        cwd=Path(__file__).parents[1],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, "atheris" in ran.stderr) == (2, True)
