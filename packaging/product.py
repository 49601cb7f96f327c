"""What every installer calls the program, in one place: names, identifiers, version, and where things are built.

The identifiers are for ever: Windows finds the version that an installer takes the place of by them, and desktops the
program that a file belongs to. Must not import anything that a bare Python lacks.
"""

from __future__ import annotations

import subprocess
import tomllib
from datetime import UTC, datetime
from pathlib import Path
from string import Template
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
BUILD = ROOT / "build"
FROZEN = BUILD / "frozen" / "tertial"
"""The folder that is installed, whole, on every system."""

ICONS = BUILD / "icons"
INSTALLERS = ROOT / "dist"

NAME = "Tertial"
PUBLISHER = "Tertial"
DESCRIPTION = "Oppfølging av kommunens investeringsprosjekter"
PROGRAM = "tertial"
"""The program that runs commands and, where there is but one, opens the window; on Windows it has a console."""

WINDOWED = "tertialw"
"""On Windows, the program that opens the window."""

APP_ID = "no.tertial.Tertial"
SUFFIX = ".tertial"
FILE_KIND = "Tertial-portefølje"
MIME_TYPE = "application/x-tertial"
MARK = "Tert"
"""What a portfolio is known by: its application id, or how an encrypted one begins (db/schema.py, db/key.py)."""

PROG_ID = "Tertial.Portfolio.1"
MSI_UPGRADE_CODE = "5C1F0B3E-8A0D-4E0C-9F52-3B6E7D2A9C41"
INNO_APP_ID = "B0D8A7B4-2E6F-4B1C-8D35-6F4A1E7C0D92"


def project() -> dict[str, Any]:
    """Return what `pyproject.toml` says of the project: the version stands nowhere else."""
    read: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return read


def version() -> str:
    """Return the version that is built."""
    return str(project()["version"])


def four_part_version() -> str:
    """Return the version as Windows counts: four numbers."""
    numbers = version().split(".")
    return ".".join((numbers + ["0"] * 4)[:4])


def values() -> dict[str, str]:
    """Return what a template may name, by the name it uses."""
    return {
        "NAME": NAME,
        "PUBLISHER": PUBLISHER,
        "DESCRIPTION": DESCRIPTION,
        "PROGRAM": PROGRAM,
        "WINDOWED": WINDOWED,
        "APP_ID": APP_ID,
        "SUFFIX": SUFFIX,
        "FILE_KIND": FILE_KIND,
        "MIME_TYPE": MIME_TYPE,
        "PROG_ID": PROG_ID,
        "MARK": MARK,
        "MSI_UPGRADE_CODE": MSI_UPGRADE_CODE,
        "INNO_APP_ID": INNO_APP_ID,
        "LICENCE": str(project()["license"]),
        "VERSION": version(),
        "FOUR_PART_VERSION": four_part_version(),
        "DATE": f"{born():%Y-%m-%d}",
    }


def filled(template: Path) -> str:
    """Return a template with what it names; one that names something else raises."""
    return Template(template.read_text(encoding="utf-8")).substitute(values())


def born() -> datetime:
    """Return the time of the commit that is built, which everything that is made of it bears."""
    command = ["git", "log", "-1", "--format=%ct"]
    told = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True).stdout.strip()  # noqa: S603
    seconds = int(told or (ROOT / "pyproject.toml").stat().st_mtime)
    return datetime.fromtimestamp(seconds, UTC)
