"""Disks that are full, fail, or are taken out: small file systems of their own, where they may be mounted."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PAGE = 4096


def mounted(place: Path, *options: str) -> None:
    """Mount something, or skip the test with the reason."""
    if not sys.platform.startswith("linux") or shutil.which("mount") is None:
        pytest.skip("a small disk can't be made here")
    place.mkdir(exist_ok=True)
    made = subprocess.run(["mount", *options, str(place)], capture_output=True, text=True, check=False)
    if made.returncode != 0:
        pytest.skip(f"a small disk can't be mounted here: {made.stderr.strip()}")


def taken_out(place: Path) -> None:
    """Take a disk away, though files on it may be open."""
    subprocess.run(["umount", "--lazy", str(place)], check=False, capture_output=True)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """Make a disk of 4 MB."""
    place = tmp_path / "disk"
    mounted(place, "-t", "tmpfs", "-o", "size=4m", "none")
    yield place
    taken_out(place)


@pytest.fixture
def stick(tmp_path: Path) -> Iterator[Path]:
    """Make a disk that can fail, and be taken out and put in again."""
    place, image = tmp_path / "minnepinne", tmp_path / "minnepinne.img"
    if shutil.which("mkfs.ext4") is None:
        pytest.skip("a disk that fails can't be made here")
    with image.open("wb") as file:
        file.truncate(8 << 20)
    subprocess.run(["mkfs.ext4", "-q", "-F", str(image)], check=True)
    put_in(place)
    yield place
    taken_out(place)


def put_in(place: Path) -> None:
    """Put the stick in, again."""
    mounted(place, "-o", "loop", str(place.with_suffix(".img")))


def fail(place: Path) -> None:
    """Let the stick fail: from now on the system lets nobody write there."""
    subprocess.run(["mount", "-o", "remount,abort", str(place)], check=True)


def fill(disk: Path, *, but: int = 0) -> None:
    """Fill a disk, but for so many pages."""
    with (disk / BALLAST).open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(PAGE))
        except OSError:
            pass
    size = (disk / BALLAST).stat().st_size
    os.truncate(disk / BALLAST, max(0, size - but * PAGE))


def make_room(disk: Path) -> None:
    """Delete what filled it."""
    (disk / BALLAST).unlink()


def content_of(disk: Path) -> dict[str, bytes]:
    """Return all files on a disk but what fills it."""
    return {
        str(file.relative_to(disk)): file.read_bytes()
        for file in sorted(disk.rglob("*"))
        if file.is_file() and file.name not in {BALLAST, "lost+found"}
    }


BALLAST = "fyll"
