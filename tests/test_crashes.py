"""No committed change is lost to a kill or a power cut: the long runs, in short.

The long ones are `python -m tests.crashes.kills --count 500` and `python -m tests.crashes.power --count 5000`.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="a process can't be forked here")


def run(harness: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    if harness == "power":
        pytest.importorskip("apsw")
    return subprocess.run(
        [sys.executable, "-m", f"tests.crashes.{harness}", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_nothing_that_was_promised_is_lost_to_a_kill_at_any_moment_of_any_work() -> None:
    ended = run("kills", "--count", "13", "--seed", "1")
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert re.search(r"^all +13 +\d+ +0$", ended.stdout, re.MULTILINE)


def test_without_a_rollback_journal_kills_are_seen_to_do_harm() -> None:
    """Else the test above would prove nothing. About every sixth kill does."""
    worst = ("--work", "edit much", "--pragma", "journal_mode=OFF", "--pragma", "cache_size=10")
    ended = run("kills", "--count", "100", "--seed", "1", "--until-harm", *worst)
    assert ended.returncode == 1, ended.stdout + ended.stderr
    assert "skadet" in ended.stdout


def test_nothing_that_was_promised_is_lost_when_the_power_is_cut_while_it_is_written() -> None:
    ended = run("power", "--count", "52", "--seed", "1")
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert re.search(r"^all +52 +\d+ +\d+ +0$", ended.stdout, re.MULTILINE)


def test_without_syncs_the_power_cuts_are_seen_to_do_harm() -> None:
    """Else the test above would prove nothing."""
    ended = run("power", "--count", "12", "--seed", "1", "--work", "edit", "--pragma", "synchronous=OFF")
    assert ended.returncode == 1, ended.stdout + ended.stderr
    assert "endret utenfor Tertial" in ended.stdout


def test_a_weaker_sync_than_ours_is_seen_to_lose_what_was_promised() -> None:
    """FULL does not sync the folder: the journal that undoes the last change comes back. EXTRA is there for this."""
    ended = run("power", "--count", "60", "--seed", "1", "--work", "edit", "--pragma", "synchronous=FULL")
    assert ended.returncode == 1, ended.stdout + ended.stderr
    assert "endringer var lovet" in ended.stdout
    assert "skadet" not in ended.stdout
