"""What the program carries of others, and under which licences, as resources/licences/notices.json has it.

packaging/notices.py writes it. Must not know how it is shown.
"""

from __future__ import annotations

import json
import platform
import sqlite3
import sys
import tomllib
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import resources

_FILE = Path(resources.__file__).parent / "licences" / "notices.json"
_PROGRAM = "program"
"""What lies only in the program that needs no Python beside it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A library, or a part of one: its licence, which of a choice we use, where it lies, whose it is."""

    name: str
    version: str
    licence: str
    used: str
    within: str
    source: str
    copyright: tuple[str, ...]
    text: str


def read_notices() -> list[Notice]:
    """Return what is carried here, libraries before what lies inside them; nothing where the file is missing."""
    try:
        told = json.loads(_FILE.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    is_whole = getattr(sys, "frozen", False)
    running = {("Python", ""): python_version(), ("SQLite", "Python"): sqlite_version()}
    found = [
        Notice(
            name=entry["name"],
            version=running.get((entry["name"], entry["within"])) or _installed(entry["name"]) or entry["version"],
            licence=entry["licence"],
            used=entry["used"],
            within=entry["within"],
            source=entry["source"],
            copyright=tuple(entry["copyright"]),
            text="\n\n".join(told["texts"][name].strip() for name in entry["texts"]),
        )
        for entry in told["entries"]
        if is_whole or _is_here(entry["name"], entry["within"])
    ]
    return sorted(found, key=lambda notice: bool(notice.within))


def program_version() -> str:
    """Return the version of the program: of the installed one, else of the checkout that it runs from."""
    found = _installed("tertial")
    with suppress(OSError, ValueError, KeyError):
        project = tomllib.loads((Path(resources.__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8"))
        found = found or str(project["project"]["version"])
    return found


def python_version() -> str:
    """Return the version of the Python that runs the program."""
    return platform.python_version()


def sqlite_version() -> str:
    """Return the version of the SQLite that files are kept with."""
    return sqlite3.sqlite_version


def _is_here(name: str, within: str) -> bool:
    """Whether an environment has what the whole program would have; what no package is of is always there."""
    if within == _PROGRAM:
        return False
    package = within or name
    return package in {"Python", "Tertial"} or bool(_installed(package))


def _installed(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
