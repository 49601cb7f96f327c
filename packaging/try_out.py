"""Try a frozen program out beside the unfrozen one: `try_out.py FOLDER`, with the Python that Tertial is installed in.

Every kind of file in and out, by commands, each of which must say the same and end with the same code in both; then
the window, without a screen. Must not know how the program was made or where it is installed.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

from product import PROGRAM, ROOT, SUFFIX, WINDOWED

EXE = ".exe" if os.name == "nt" else ""
FILE = f"Eksempel{SUFFIX}"
LEDGERS = ("saft.xml", "covered.xlsx", "old.xls", "binary.xlsb", "dates.ods", "signed.txt")
COMMANDS = (
    ("demo", FILE),
    ("check", FILE, "--period", "2023-Y"),
    ("tie-out", FILE),
    ("import-report", "trykt.txt", f"Fra tekst{SUFFIX}", "--year", "2031"),
    ("import-report", "trykt.pdf", f"Fra PDF{SUFFIX}", "--year", "2031"),
    *(("import-ledger", ledger, FILE, "--dry-run", "--accept") for ledger in LEDGERS),
    ("report", FILE, "--period", "2023-Y", "rapport.xlsx", "rapport.pdf", "rapport.docx"),
    ("form", "out", FILE, "--period", "2024-T1", "--to", "skjemaer"),
    ("package", "out", FILE, "--to", "pakker"),
    ("package", "in", FILE, "skjemaer", "pakker", "--dry-run"),
    ("export", FILE, "eksport"),
    ("hub", "status", FILE, "postgresql://ola@127.0.0.1:1/ingen"),
    ("passphrase", "set", FILE, "--new-passphrase-file", "home/passord", "--sheet", "ark.pdf"),
    ("verify", FILE),
    ("check", "finnes-ikke.tertial"),
)
MADE = {"rapport.xlsx": "xl/workbook.xml", "rapport.docx": "word/document.xml", "rapport.pdf": "", "ark.pdf": ""}
PATIENCE = 60
_INTRODUCE = "from db.own_settings import OwnSettings, own_path; OwnSettings(own_path()).keep(who='Ola Eksempel')"


def main(arguments: list[str]) -> int:
    """Try it out. Says what differs, and ends with 1 if anything does."""
    folder = Path(arguments[0]).resolve()
    with tempfile.TemporaryDirectory() as place:
        frozen, plain = Path(place) / "frozen", Path(place) / "plain"
        for where in (frozen, plain):
            write_inputs(where)
        wrong = [
            *tried([str(folder / f"{PROGRAM}{EXE}")], frozen, [sys.executable, "-P", "-m", "tracker"], plain),
            *badly_made(frozen),
            *window_of(folder, frozen),
        ]
    for one in wrong:
        sys.stderr.write(f"{one}\n")
    sys.stdout.write(f"{len(COMMANDS)} commands and the window tried out: {len(wrong)} wrong\n")
    return int(bool(wrong))


def write_inputs(folder: Path) -> None:
    """Write a published report as text and as PDF, ledgers of several kinds, and a passphrase."""
    sys.path.insert(0, str(ROOT))
    from tests.ledgers import SHAPES, postings
    from tests.published_pages import random_table, seeded, write_pdf, write_text

    (folder / "home").mkdir(parents=True)
    table = random_table(seeded(3))
    (folder / "trykt.txt").write_text(write_text(table), encoding="utf-8")
    (folder / "trykt.pdf").write_bytes(write_pdf(table))
    for name in LEDGERS:
        SHAPES[name](folder / name, postings(50))
    (folder / "home" / "passord").write_text("fire ord som ingen kan gjette\n", encoding="utf-8")


def tried(frozen: list[str], here: Path, plain: list[str], there: Path) -> list[str]:
    """Give every command to both programs; return what isn't the same of both."""
    wrong = []
    for command in COMMANDS:
        ours, theirs = said(frozen, command, here), said(plain, command, there)
        if ours != theirs:
            wrong.append(f"{' '.join(command)}\n--- frozen\n{ours}\n--- unfrozen\n{theirs}")
    return wrong


def said(program: list[str], command: tuple[str, ...], folder: Path) -> tuple[int, str, str]:
    """Run a command in a folder; return its code and what it said."""
    done = subprocess.run(  # noqa: S603  our own program
        [*program, *command], cwd=folder, env=environment(folder), capture_output=True, check=False
    )
    told, trouble = (
        stream.decode("utf-8", "replace").replace(folder.name, "") for stream in (done.stdout, done.stderr)
    )
    return done.returncode, told, trouble


def environment(folder: Path) -> dict[str, str]:
    """Return an environment in which nothing of the user's is read or written."""
    home = str(folder / "home")
    return {
        **os.environ,
        **dict.fromkeys(("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "LOCALAPPDATA"), home),
        "TERTIAL_PASSPHRASE_FILE": str(folder / "home" / "passord"),
        "QT_QPA_PLATFORM": "offscreen",
        # Both programs shall be of one mind about the width of help and of tables.
        "COLUMNS": "100",
    }


def badly_made(folder: Path) -> list[str]:
    """Return which of the files are not what their names say."""
    wrong = []
    for name, part in MADE.items():
        path = folder / name
        if not path.exists():
            wrong.append(f"{name} was not made")
        elif part and part not in zipfile.ZipFile(path).namelist():
            wrong.append(f"{name} has no {part}")
        elif not part and not path.read_bytes().startswith(b"%PDF-"):
            wrong.append(f"{name} is no PDF")
    wrong += [f"nothing in {name}" for name in ("pakker", "skjemaer") if not any((folder / name).iterdir())]
    return wrong


def introduce(environment: dict[str, str]) -> None:
    """Make the user somebody who has begun before, and is not asked who they are before a file is opened."""
    subprocess.run([sys.executable, "-P", "-c", _INTRODUCE], env=environment, check=True)  # noqa: S603


def window_of(folder: Path, place: Path) -> list[str]:
    """Open the window on the example, and see that it takes hold of the file and complains of nothing."""
    program = folder / f"{WINDOWED if EXE else PROGRAM}{EXE}"
    file = place / f"Fra tekst{SUFFIX}"
    introduce(environment(place))
    before = set(place.iterdir())
    with subprocess.Popen([program, file], cwd=place, env=environment(place), stderr=subprocess.PIPE) as window:  # noqa: S603
        until = time.monotonic() + PATIENCE
        while set(place.iterdir()) == before and window.poll() is None and time.monotonic() < until:
            time.sleep(0.1)
        is_held = set(place.iterdir()) != before
        window.terminate()
        complaints = (window.stderr.read() if window.stderr else b"").decode("utf-8", "replace")
    return [] if is_held and not complaints.strip() else [f"the window did not open: {complaints}"]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
