"""Tertial opens no network connection: the whole main job, with sockets barred in Python and watched in the system.

Qt and typst are no Python, so where `strace` is there every system call for a socket is looked at, also in the
processes that read foreign files; where `unshare` is allowed there is no network to reach.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import resources

ROOT = Path(__file__).parents[1]
_FAMILY = re.compile(r"\b(?:AF|PF)_(\w+)")
_LOCAL = {"UNIX", "LOCAL", "UNSPEC"}
_TRIES = "import tests.hostile.offline_job as job, socket, json\njob.bar_sockets()\n{statement}"


def watched(command: list[str], log: Path) -> list[str]:
    """Put before a command what takes its network away and what writes its calls down, where they are there."""
    strace, unshare = shutil.which("strace"), shutil.which("unshare")
    if unshare and subprocess.run([unshare, "-rn", "true"], capture_output=True, check=False).returncode == 0:
        command = [unshare, "-rn", *command]
    if strace and subprocess.run([strace, "-f", "-qq", "true"], capture_output=True, check=False).returncode == 0:
        command = [strace, "-f", "--seccomp-bpf", "-qq", "-e", "trace=network", "-o", str(log), *command]
    return command


def families(log: Path) -> set[str]:
    """Return which kinds of sockets were asked for, but for those inside this machine."""
    return set(_FAMILY.findall(log.read_text("utf-8", "replace"))) - _LOCAL if log.exists() else set()


def test_the_whole_job_reaches_for_no_network(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.hostile.offline_job", str(tmp_path)]
    ran = subprocess.run(watched(command, tmp_path / "kall.txt"), cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr[-2000:]
    told = json.loads(ran.stdout.splitlines()[-1])
    assert told["attempts"] == []
    assert [one for one in told["done"] if not one.endswith((" 0", "check 1"))] == []
    assert families(tmp_path / "kall.txt") == set()


def test_a_program_that_reaches_for_the_network_is_seen(tmp_path: Path) -> None:
    """Both watches can see: the hook in Python, and the system calls of a process that has none."""
    caught = "try: socket.create_connection(('127.0.0.1', 9))\nexcept OSError: print(json.dumps(job.attempts))"
    ran = subprocess.run(
        [sys.executable, "-c", _TRIES.format(statement=caught)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert json.loads(ran.stdout)
    log = tmp_path / "kall.txt"
    unhooked = "import socket; socket.socket(socket.AF_INET).close()"
    command = watched([sys.executable, "-c", unhooked], log)
    subprocess.run(command, capture_output=True, check=True)
    assert families(log) == ({"INET"} if command[0].endswith("strace") else set())


def test_the_report_design_asks_for_no_package() -> None:
    designs = sorted((Path(resources.__file__).parent / "report").glob("*.typ"))
    assert designs
    assert [one.name for one in designs if re.search(r"@(?:preview|local)\b", one.read_text("utf-8"))] == []
