"""Hold the locks to what is known of their packages: `python packaging/advisories.py`.

Every requirement must be pinned by hash; that is read here. Whether a version was withdrawn, or has known weaknesses,
is asked of the package index that pip is set up with. Where it can't be asked, that is said, and nothing is claimed:
0 is clean, 1 is found, 3 is not known. Must not name an index.
"""

from __future__ import annotations

import json
import re
import ssl
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from licences import HERE, plain

FOUND, UNKNOWN = 1, 3
_SECONDS = 60
_FILES = "application/vnd.pypi.simple.v1+json"
_REQUIREMENT = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)(.*?)(?=^[A-Za-z0-9]|\Z)", re.MULTILINE | re.DOTALL)


@dataclass(slots=True)
class Answers:
    """What was found, and what could not be asked."""

    found: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    asked: int = 0


def requirements(lock: Path) -> Iterator[tuple[str, str, int]]:
    """Yield each requirement of a lock: name, version, how many hashes it is pinned by."""
    for name, version, rest in _REQUIREMENT.findall(lock.read_text(encoding="utf-8")):
        yield plain(name), version, rest.count("--hash=sha256:")


def unpinned(lock: Path) -> list[str]:
    """Return what a lock holds that no hash pins, lines that are no requirement among them."""
    lines = [line for line in lock.read_text(encoding="utf-8").splitlines() if line and line[0] not in " #"]
    loose = [line for line in lines if "==" not in line]
    return loose + [f"{name} {version}" for name, version, hashes in requirements(lock) if not hashes]


def configured(what: str) -> str:
    """Return what pip is set up with."""
    for place in (f":env:.{what}", f"global.{what}", f"install.{what}"):
        command = [sys.executable, "-m", "pip", "config", "get", place]
        asked = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603  pip itself
        if asked.returncode == 0:
            return asked.stdout.strip()
    return ""


def index() -> str:
    """Return the address that pip looks in."""
    from pip._internal.models.index import PyPI  # what pip falls back on, so that no address stands here

    return (configured("index-url") or PyPI.simple_url).rstrip("/")


class Index:
    """Asks the index, and gives up a kind of question that it doesn't answer."""

    def __init__(self, address: str, certificates: str) -> None:
        self._simple, self._root = address, address.removesuffix("/simple")
        self._context = ssl.create_default_context(cafile=certificates or None)
        self.advises = True

    def is_yanked(self, name: str, version: str) -> bool:
        """Whether every file of a version was withdrawn; raises OSError or ValueError when it isn't told."""
        told = self._get(f"{self._simple}/{name}/", _FILES)
        spelled = re.compile(rf"[-_.]{re.escape(version)}([-.]|$)")
        of_version = [file for file in told["files"] if spelled.search(file["filename"])]
        if not of_version:
            raise ValueError(name)
        return all(file.get("yanked") for file in of_version)

    def advisories(self, name: str, version: str) -> list[str]:
        """Return the ids of what is known against a version; raises OSError or ValueError when it isn't told."""
        told = self._get(f"{self._root}/pypi/{name}/{version}/json", "application/json")
        return [str(one["id"]) for one in told["vulnerabilities"] if not one.get("withdrawn")]

    def _get(self, address: str, kind: str) -> dict[str, Any]:
        request = urllib.request.Request(address, headers={"Accept": kind})  # noqa: S310  pip's own index
        with urllib.request.urlopen(request, timeout=_SECONDS, context=self._context) as answer:  # noqa: S310
            told: dict[str, Any] = json.load(answer)
            return told


def ask(locked: list[tuple[str, str]], of: Index) -> Answers:
    """Ask of each version whether it was withdrawn, and what is known against it."""
    answers = Answers()
    for name, version in locked:
        try:
            if of.is_yanked(name, version):
                answers.found.append(f"{name} {version}: withdrawn")
            answers.asked += 1
        except (OSError, ValueError) as error:
            answers.unknown.append(f"{name} {version}: whether it was withdrawn ({type(error).__name__})")
        if not of.advises:
            continue
        try:
            answers.found += [f"{name} {version}: {one}" for one in of.advisories(name, version)]
        except (OSError, ValueError, KeyError) as error:
            of.advises = False
            answers.unknown.append(f"whether any version has known weaknesses: the index doesn't tell ({error})")
    return answers


def main() -> int:
    """Check every lock."""
    locks = sorted(HERE.glob("requirements*.txt"))
    loose = [f"{lock.name}: {one} has no hash" for lock in locks for one in unpinned(lock)]
    locked = sorted({(name, version) for lock in locks for name, version, _ in requirements(lock)})
    answers = ask(locked, Index(index(), configured("cert")))
    for one in loose + answers.found:
        sys.stderr.write(f"found: {one}\n")
    for one in answers.unknown:
        sys.stderr.write(f"not known: {one}\n")
    sys.stdout.write(
        f"{len(locked)} versions in {len(locks)} locks; {answers.asked} asked whether they were withdrawn\n"
    )
    return FOUND if loose or answers.found else UNKNOWN if answers.unknown else 0


if __name__ == "__main__":
    sys.exit(main())
