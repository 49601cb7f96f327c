"""The example portfolio that `start.py` opens when nothing else is asked for: where it is, and making it.

Must not know what is in it, nor import anything that a bare Python lacks.
"""

from __future__ import annotations

import os
import re
import tempfile
from contextlib import ExitStack, suppress
from pathlib import Path

from start_environment import claim, data_folder, program
from start_system import LINUX, Trouble, call, say

NAME, REPORT, PERIOD = "Eksempel.tertial", "Eksempel 2023.xlsx", "2023-Y"


def documents_folder() -> Path:
    """Give the user's folder for documents, or where Tertial's data lie if there is none to write in."""
    home = Path.home()
    documents = (linux_documents(home) if LINUX else None) or home / "Documents"
    return documents if documents.is_dir() and os.access(documents, os.W_OK) else data_folder()


def linux_documents(home: Path) -> Path | None:
    """Read where the desktop keeps documents: the folder has another name in each language."""
    settings = Path(os.environ.get("XDG_CONFIG_HOME") or home / ".config") / "user-dirs.dirs"
    with suppress(OSError):
        named = re.search(r'^XDG_DOCUMENTS_DIR="(.+)"', settings.read_text("utf-8", "replace"), re.MULTILINE)
        return Path(named[1].replace("$HOME", str(home))) if named else None
    return None


def example(environment: Path) -> Path:
    """Give the example's file, made the first time, whole or not at all."""
    file = documents_folder() / NAME
    with ExitStack() as stack:
        if not file.exists():
            with suppress(OSError):  # an environment that belongs to somebody else needs no guarding from us
                stack.enter_context(claim(environment))
        if not file.exists():
            file.parent.mkdir(parents=True, exist_ok=True)
            make(environment, file, Path(stack.enter_context(tempfile.TemporaryDirectory(dir=file.parent))))
    return file


def make(environment: Path, file: Path, workshop: Path) -> None:
    """Let the program make the example aside, and put it in its place when it is whole."""
    made = call(*program(environment, "demo", workshop / NAME))
    if made.returncode:
        raise Trouble(made.stdout, "Eksempelet lot seg ikke lage: meld fra med linjene over.")
    (workshop / NAME).rename(file)
    say(f"Eksempelet er laget: {file}")


def report_of(environment: Path, file: Path) -> tuple[list[object], Path]:
    """Give the command that writes the example's report, and where it goes."""
    out = file.with_name(REPORT)
    return program(environment, "report", file, "--period", PERIOD, out), out
