"""The private environment that `start.py` keeps: where it is, whether it is ready, and making it.

Must not know what runs in it, nor import anything that a bare Python lacks.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import shutil
import sys
import sysconfig
import time
from importlib.util import find_spec
from pathlib import Path
from typing import IO

from start_system import Trouble, apt_install, apt_line, call, say

ROOT = Path(__file__).resolve().parents[1]
RUN, TEST = "requirements.txt", "requirements-test.txt"
WINDOWS = os.name == "nt"
VERSION = f"{sys.version_info.major}.{sys.version_info.minor}"
HELD = "tertial.lock"
BASE = getattr(sys, "_base_executable", None) or sys.executable
"""The Python beneath: started with that of an old environment, we are about to delete the one we run in."""

FULL_ON_WINDOWS = 112
DISK_FULL = "Disken er full: frigjør minst 1 GB og kjør samme kommando en gang til."
NOT_WRITABLE = "Får ikke skrive i {}: lukk Tertial, sørg for skriverett og kjør samme kommando en gang til."
AGAIN = "Det stanset: kjør samme kommando en gang til, og meld fra med linjene over om det gjentar seg."
ADVICE = {
    r"No space left|Errno 28\b|WinError 112\b": DISK_FULL,
    r"CERTIFICATE_VERIFY_FAILED": ("Pakkekildens sertifikat godtas ikke: be IT om å sette «cert» i oppsettet av pip."),
    r"DO NOT MATCH THE HASHES": (
        "En pakke er ikke den som er låst i packaging/: "
        "kjør samme kommando en gang til, og meld fra om det gjentar seg."
    ),
    r"NewConnection|NameResolution|ConnectTimeout|ReadTimeout|ProxyError|SSLError|getaddrinfo|unreachable"
    r"|name resolution|timed out|Connection (?:refused|reset|aborted)": (
        "Fikk ikke kontakt med pakkekilden: sjekk nettforbindelsen og kjør samme kommando en gang til."
    ),
    r"No matching distribution": (
        "En pakke finnes ikke for denne maskinen: Tertial trenger 64-biters Python "
        "på Windows 10, macOS 14 eller Linux med glibc 2.34 (2.39 på ARM), eller nyere."
    ),
    r"Permission denied|Access is denied|WinError (?:5|32)\b": NOT_WRITABLE.format("miljøet"),
}


def data_folder() -> Path:
    """Give the user's own folder for Tertial's data."""
    if WINDOWS:
        base = os.environ.get("LOCALAPPDATA") or "~/AppData/Local"
    elif sys.platform == "darwin":
        base = "~/Library/Application Support"
    else:
        base = os.environ.get("XDG_DATA_HOME") or "~/.local/share"
    return Path(base).expanduser() / "Tertial"


def places() -> list[Path]:
    """Give where the environment may be, best first: in the checkout, else with the user's data."""
    checkout = hashlib.sha256(str(ROOT).encode()).hexdigest()[:8]
    return [ROOT / ".venv", data_folder() / f"miljo-{checkout}"]


def python_in(folder: Path) -> Path:
    """Give the environment's own Python."""
    return folder / ("Scripts/python.exe" if WINDOWS else "bin/python")


def packages_in(folder: Path) -> Path:
    """Give the folder of the environment's packages."""
    return folder / ("Lib/site-packages" if WINDOWS else f"lib/python{VERSION}/site-packages")


def program(folder: Path, *arguments: object) -> list[object]:
    """Give the command that is Tertial; -P keeps the user's current folder from hiding our packages."""
    return [python_in(folder), "-P", "-m", "tracker", *arguments]


def stamp_of(lock: str) -> str:
    """Say what an environment is made of: what is locked, for which Python, on what kind of machine."""
    locked = hashlib.sha256((ROOT / "packaging" / lock).read_bytes()).hexdigest()
    return f"{locked} {VERSION} {sysconfig.get_platform()}"


def stamp_file(folder: Path, lock: str) -> Path:
    """Give where a lock's stamp stands once it is installed; it is empty while that is under way."""
    return folder / f"{lock}.stamp"


def is_ready(folder: Path, *locks: str) -> bool:
    """Tell whether all the locks are installed there: the only question of every later start."""
    wanted = {lock: stamp_of(lock) for lock in locks}
    try:
        stamped = all(stamp_file(folder, lock).read_text() == stamp for lock, stamp in wanted.items())
    except OSError:
        return False
    return stamped and python_in(folder).exists()


def environment(*locks: str) -> Path:
    """Give an environment with all the locks installed; make it where there is none."""
    return next((folder for folder in places() if is_ready(folder, *locks)), None) or install(*locks)


def install(*locks: str) -> Path:
    """Make the environment in the first place that lets us."""
    refused: list[OSError] = []
    for folder in places():
        try:
            held = claim(folder)
        except OSError as error:
            refused.append(error)
            continue
        with held:
            if not is_ready(folder, *locks):
                build(folder, locks, held)
        return folder
    raise refused[-1]


def claim(folder: Path) -> IO[str]:
    """Hold the environment alone; a folder that somebody else made is left alone."""
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()) and not (folder / HELD).exists():
        raise FileExistsError(errno.EEXIST, "not made by start.py", str(folder))
    held = (folder / HELD).open("a")
    if not try_lock(held):
        say("En annen oppstart installerer Tertial nå; venter på den.")
        while not try_lock(held):
            time.sleep(0.2)
    return held


def try_lock(file: IO[str]) -> bool:
    """Take the lock if nobody has it; the system lets go of it when we end, however we end."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        has_locks = error.errno in (errno.EACCES, errno.EAGAIN, errno.EDEADLK)
        return not has_locks  # a disk that knows none lets everybody in
    return True


def build(folder: Path, locks: tuple[str, ...], held: IO[str]) -> None:
    """Install the locks, each one's stamp last: what is interrupted is made anew.

    The children hold the lock too: the next start waits for one that a kill leaves behind.
    """
    share = () if WINDOWS else (held.fileno(),)
    if not is_ready(folder, RUN) or stamp_file(folder, TEST).exists():
        say(f"Lager Tertials eget Python-miljø i {folder}; første gang tar det et minutt eller to.")
        wipe(folder)
        make(folder, share)
    for lock in locks:
        if is_ready(folder, lock):
            continue
        stamp_file(folder, lock).write_text("")
        say(f"Henter og installerer pakkene i packaging/{lock}.")
        install_packages(folder, lock, share)
        if lock == RUN:
            point_to_root(folder)
        stamp_file(folder, lock).write_text(stamp_of(lock))


def wipe(folder: Path) -> None:
    """Empty the environment, but for the lock that we hold."""
    for entry in folder.iterdir():
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        elif entry.name != HELD:
            entry.unlink()


def make(folder: Path, share: tuple[int, ...]) -> None:
    """Make an empty environment; Debian keeps a part of what that takes in a package of its own."""
    command: list[object] = [BASE, "-m", "venv", folder]
    package = f"python{VERSION}-venv"
    if find_spec("ensurepip") is None and not apt_install([package]):
        if find_spec("pip") is None:
            line = apt_line([package])
            raise Trouble(None, f"Python mangler venv: kjør «{line}» og start på nytt.")
        command.append("--without-pip")
    made = call(*command, pass_fds=share)
    if made.returncode:
        raise trouble_with(made.stdout)


def install_packages(folder: Path, lock: str, share: tuple[int, ...]) -> None:
    """Install exactly what is locked: nothing that its hashes do not know, nothing that needs a compiler."""
    python = python_in(folder)
    own = (packages_in(folder) / "pip").exists()
    pip = call(
        *([python, "-m", "pip"] if own else [BASE, "-m", "pip", "--python", python]),
        *("install", "--require-hashes", "--no-deps", "--only-binary", ":all:", "--no-input"),
        *("--disable-pip-version-check", "--progress-bar", "off", "-r", ROOT / "packaging" / lock),
        pass_fds=share,
    )
    if pip.returncode:
        raise trouble_with(pip.stdout)


def point_to_root(folder: Path) -> None:
    """Let the environment find the program from any current folder; in the checkout the two move as one."""
    packages = packages_in(folder)
    way = os.path.relpath(ROOT, packages) if folder.parent == ROOT else str(ROOT)
    (packages / "tertial.pth").write_text(f"{way}\n", encoding="utf-8")


def trouble_with(output: str) -> Trouble:
    """Give the last lines of a step that failed, and what to do about it."""
    fitting = (sentence for pattern, sentence in ADVICE.items() if re.search(pattern, output))
    return Trouble(*output.splitlines()[-6:], next(fitting, AGAIN))


def in_words(error: OSError) -> str:
    """Put an error of the disk into a sentence."""
    if error.errno == errno.ENOSPC or getattr(error, "winerror", None) == FULL_ON_WINDOWS:
        return DISK_FULL
    if isinstance(error, FileNotFoundError):
        return f"Fant ikke {error.filename}: kjør en gang til, og hent Tertial på nytt om det gjentar seg."
    return NOT_WRITABLE.format(error.filename or "miljøet")
