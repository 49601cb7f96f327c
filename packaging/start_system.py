"""The system around the environment: what `start.py` needs of Linux, and whether there is a screen.

Must not know where the environment is, nor import anything that a bare Python lacks.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

LINUX = sys.platform.startswith("linux")
COMPLETE, SEEN = "libraries-complete", "screen-seen"
SCREEN_NAMES = ("DISPLAY", "WAYLAND_DISPLAY", "XAUTHORITY", "QT_QPA_PLATFORM")

# What the windows, the drawings and the printing load.
QT_FILES = (
    *("QtWidgets.abi3.so", "QtPrintSupport.abi3.so", "QtSvg.abi3.so"),
    *("Qt/plugins/platforms/libqxcb.so", "Qt/plugins/platforms/libqwayland.so"),
    *("Qt/plugins/platforms/libqoffscreen.so", "Qt/plugins/printsupport/libcupsprintersupport.so"),
)
QT_TRIAL = """
import resource
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
import PySide6.QtPrintSupport, PySide6.QtSvg, PySide6.QtWidgets
PySide6.QtWidgets.QApplication(["tertial"])
"""
# Debian's names that do not follow from the library's.
PACKAGES = {"libglib-2.0.so.0": "libglib2.0-0", "libgthread-2.0.so.0": "libglib2.0-0", "libz.so.1": "zlib1g"}


class Trouble(Exception):  # noqa: N818  no bug, but a sentence for the person at the keyboard
    """Foreseeable trouble: what was printed about it, and a sentence of what is wrong and what to do."""

    def __str__(self) -> str:
        """Put the parts below each other."""
        return "\n".join(str(part).rstrip() for part in self.args if part)


def say(text: str) -> None:
    """Show progress or trouble; standard output belongs to the program."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


def call(
    *command: object,
    env: Mapping[str, str] | None = None,
    timeout: float | None = None,
    pass_fds: tuple[int, ...] = (),
) -> subprocess.CompletedProcess[str]:
    """Run a step in silence; its result holds what it printed."""
    return subprocess.run(  # noqa: S603  our own steps only
        [str(part) for part in command],
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        env=env,
        timeout=timeout,
        pass_fds=pass_fds,
    )


def apt_line(packages: list[str]) -> str:
    """Give the line that a person types to install Debian's packages."""
    sudo = "" if LINUX and os.geteuid() == 0 else "sudo "
    return f"{sudo}apt-get install -y --no-install-recommends {' '.join(packages)}"


def apt_install(packages: list[str]) -> bool:
    """Install Debian's packages if this is a Debian and we may, without asking for a password."""
    if not shutil.which("apt-get"):
        return False
    sudo = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if sudo and not (shutil.which("sudo") and call(*sudo, "true").returncode == 0):
        return False
    say(f"Installerer systemets pakker: {' '.join(packages)}.")
    path = f"PATH={os.environ.get('PATH', '')}:/usr/sbin:/sbin"
    apt = [
        *sudo,
        "env",
        path,
        "DEBIAN_FRONTEND=noninteractive",
        "apt-get",
        "-o",
        "DPkg::Lock::Timeout=120",
        "-y",
    ]
    install = [*apt, "install", "--no-install-recommends", *packages]
    if call(*install).returncode == 0:
        return True
    call(*apt, "update")
    return call(*install).returncode == 0


def missing_libraries(output: str) -> list[str]:
    """Read which libraries ldd or Python did not find."""
    missed = r"([\w.+-]+\.so[.\d]*)(?= => not found|: cannot open shared object)"
    return sorted(set(re.findall(missed, output)))


def package_of(library: str) -> str:
    """Name Debian's package of a library: libEGL.so.1 is in libegl1, libX11.so.6 in libx11-6."""
    name, _, number = library.lower().partition(".so")
    hyphen = "-" if name[-1].isdigit() else ""
    return PACKAGES.get(library) or f"{name}{hyphen}{number.strip('.').partition('.')[0]}"


def packages_of(libraries: Iterable[str]) -> list[str]:
    """Name Debian's packages of some libraries, each once."""
    return sorted({package_of(library) for library in libraries})


def lacking(python: Path, packages: Path) -> list[str]:
    """Really load Qt, without a screen, and give the libraries that it lacks."""
    tools = call("ldd", *(packages / "PySide6" / file for file in QT_FILES)).stdout if shutil.which("ldd") else ""
    return missing_libraries(tools + try_qt(python, QT_QPA_PLATFORM="offscreen"))


def try_qt(python: Path, **environ: str) -> str:
    """Open Qt in a process of its own, since it aborts where it can't; give what it said if it did."""
    try:
        trial = call(python, "-c", QT_TRIAL, env={**os.environ, **environ}, timeout=30)
    except subprocess.TimeoutExpired:
        return "timed out"
    return trial.stdout + "aborted" if trial.returncode else ""


def is_complete(folder: Path) -> bool:
    """Tell whether Qt was seen to find all that it needs of the system."""
    return not LINUX or (folder / COMPLETE).exists()


def complete(folder: Path, python: Path, packages: Path) -> None:
    """Install the libraries that Qt lacks, or say how; what is complete is not looked at again."""
    names = lacking(python, packages)
    tried: list[str] = []
    while names and names != tried and apt_install(packages_of(names)):
        tried, names = names, lacking(python, packages)
    if names:
        apt = shutil.which("apt-get")
        how = f"kjør «{apt_line(packages_of(names))}»" if apt else f"installer {', '.join(names)}"
        say(f"Vinduet mangler noen av systemets biblioteker: {how} og start på nytt.")
        return
    with suppress(OSError):
        (folder / COMPLETE).touch()


def has_screen(folder: Path, python: Path) -> bool:
    """Tell whether a window can be opened: Qt is asked once a screen, then only the screen."""
    if not LINUX:
        return True
    if not answers(os.environ):
        return False
    this = " ".join(os.environ.get(name, "") for name in SCREEN_NAMES)
    with suppress(OSError):
        if (folder / SEEN).read_text() == this:
            return True
    if try_qt(python):
        return False
    with suppress(OSError):
        (folder / SEEN).write_text(this)
    return True


def answers(environ: Mapping[str, str]) -> bool:
    """Knock at the screen that the environment names."""
    wayland, x11 = environ.get("WAYLAND_DISPLAY"), environ.get("DISPLAY", "")
    if wayland and knock(str(Path(environ.get("XDG_RUNTIME_DIR", "/")) / wayland)):
        return True
    named = re.fullmatch(r"(?:unix)?(?P<host>[^/]*):(?P<number>\d+)(?:\.\d+)?", x11)
    if not named:
        return False
    if named["host"]:
        return knock((named["host"], 6000 + int(named["number"])))
    place = f"/tmp/.X11-unix/X{named['number']}"  # noqa: S108  where X listens everywhere
    return knock(place) or knock(f"\0{place}")


def knock(address: str | tuple[str, int]) -> bool:
    """Tell whether somebody listens at a socket's path or at a port."""
    try:
        if isinstance(address, tuple):
            socket.create_connection(address, timeout=2).close()
        else:
            with socket.socket(socket.AF_UNIX) as caller:
                caller.connect(address)
    except OSError:
        return False
    return True
