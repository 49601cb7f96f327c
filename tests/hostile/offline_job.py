"""The main job, in a process that may open no socket: `python -m tests.hostile.offline_job FOLDER`.

Writes the example, opens it in a window, turns to every page, takes a printed report in, writes the report in every
format and the export, and says what of all that tried to reach a network. Must be run by itself: it bars sockets for
good.
"""

from __future__ import annotations

import json
import os
import socket
import sys
from contextlib import redirect_stdout
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

_WATCHED = ("socket.", "urllib.", "http.", "ftplib.", "smtplib.", "webbrowser.")
_LOCAL = {getattr(socket, "AF_UNIX", None)}
attempts: list[str] = []
"""What Python itself tried."""


def bar_sockets() -> None:
    """Note and refuse every attempt at a network, and let none of Python's ways round it pass."""

    def note(event: str, arguments: tuple[object, ...]) -> None:
        if event.startswith(_WATCHED) and not (event == "socket.__new__" and arguments[1] in _LOCAL):
            attempts.append(f"{event} {arguments}"[:200])
            raise OSError(event)

    sys.addaudithook(note)


def do(folder: Path) -> list[str]:
    """Do the job. Returns the names of the files that were made."""
    from ui.launch import main
    from ui.pyside import keep_singletons_alive

    keep_singletons_alive()
    from tests.published_pages import random_table, seeded, write_pdf, write_text

    file, source, printed = (folder / name for name in ("Eksempel.tertial", "rapport.txt", "rapport.pdf"))
    table = random_table(seeded(3))
    source.write_text(write_text(table), encoding="utf-8")
    printed.write_bytes(write_pdf(table))
    commands: list[list[object]] = [
        ["demo", file],
        ["check", file, "--period", "2023-Y"],
        ["import-report", source, folder / "Tatt inn.tertial", "--year", "2031"],
        ["import-report", printed, folder / "Fra PDF.tertial", "--year", "2031"],
        *(["report", file, folder / f"rapport{ending}", "--period", "2023-Y"] for ending in (".xlsx", ".docx", ".pdf")),
        ["export", file, folder / "eksport"],
    ]
    codes = [main([str(part) for part in command]) for command in commands]
    _look_at(file, folder)
    return [f"{command[0]} {code}" for command, code in zip(commands, codes, strict=True)]


def _look_at(file: Path, folder: Path) -> None:
    """Open a window on a file, and turn to every page and the help."""
    from PySide6.QtWidgets import QApplication

    from tests.test_accessibility import PAGES, turned
    from tests.windows import Script
    from ui.app import make_window
    from ui.settings import Settings

    application = QApplication([])
    window = make_window([file], settings=Settings(folder / "innstillinger" / "t.json"), ask=Script())
    window.show()
    for name in PAGES:
        if name.partition("-")[0] not in {"project", "incoming"}:
            turned(window, name)
    window.grab()
    application.processEvents()
    window.close()


if __name__ == "__main__":
    bar_sockets()
    with Path(os.devnull).open("w") as nowhere, redirect_stdout(nowhere):
        done = do(Path(sys.argv[1]))
    sys.stdout.write(json.dumps({"attempts": attempts, "done": done}) + "\n")
