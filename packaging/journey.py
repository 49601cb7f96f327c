"""A new user's first quarter of an hour, in the installed program: `journey.py PROGRAM PICTURES`.

A new home folder, a real window on a screen of its own (Xvfb, openbox), real key presses (xdotool): from the first
start to a report, closed, and opened again by the file. A picture is taken on the way of each thing to look at. Needs
PySide6 in the Python that runs it, for the pictures. Not a part of the test suite.
Must not know anything of the program but what its user sees, nor reach into it.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

SCREEN = "1440x900x24"
PATIENCE = 60
_LOOKED_AT = 0.3
_GRAB = (
    "import sys; from PySide6.QtGui import QGuiApplication; made = QGuiApplication([]);"
    "made.primaryScreen().grabWindow(0).save(sys.argv[1])"
)


class LostError(Exception):
    """What the journey waited for did not come."""


@dataclass
class Traveller:
    """Somebody before a screen: sees windows and files, presses keys."""

    program: str
    pictures: Path
    environment: dict[str, str]
    running: subprocess.Popen[bytes] | None = None
    seen: list[str] = field(default_factory=list)

    @property
    def home(self) -> Path:
        """The user's own folder."""
        return Path(self.environment["HOME"])

    def start(self, *arguments: object) -> None:
        """Start the program, and wait for its window."""
        command = [self.program, *map(str, arguments)]
        self.running = subprocess.Popen(command, cwd=self.home, env=self.environment)  # noqa: S603
        self.see_window("Tertial")

    def press(self, *keys: str) -> None:
        """Press keys, one after the other."""
        for one in keys:
            self._xdotool("key", "--clearmodifiers", one)
            time.sleep(_LOOKED_AT)

    def type(self, text: str) -> None:
        """Type a text."""
        self._xdotool("type", "--delay", "30", text)
        time.sleep(_LOOKED_AT)

    def see_window(self, title: str) -> None:
        """Wait for a window with something in its title, and for the keys to go to it."""
        self.wait(f"a window called «{title}»", lambda: title in self._front())
        self.settle()

    def see_file(self, path: Path) -> None:
        """Wait for a file, whole."""
        self.wait(str(path), lambda: path.exists() and path.stat().st_size > 0)

    def see_end(self) -> None:
        """Wait for the program to end by itself, without complaint."""
        running = self.running
        if running is None:
            raise LostError
        self.wait("the end", lambda: running.poll() is not None)
        if running.returncode:
            raise LostError(running.returncode)

    def wait(self, wanted: str, is_there: Callable[[], bool]) -> None:
        """Wait until something is there.

        Raises LostError, with a picture of what is there instead.
        """
        until = time.monotonic() + PATIENCE
        while not is_there():
            if time.monotonic() > until:
                self.grab("lost")
                raise LostError(wanted)
            time.sleep(_LOOKED_AT)

    def settle(self) -> None:
        """Wait until the screen stands still."""
        last = b""
        for _ in range(int(PATIENCE / _LOOKED_AT)):
            now = self.grab("now").read_bytes()
            if now == last:
                break
            last = now

    def look(self, name: str) -> None:
        """Take a picture, once nothing moves."""
        self.settle()
        self.seen.append(name)
        (self.pictures / "now.png").rename(self.pictures / f"{len(self.seen):02} {name}.png")

    def grab(self, name: str) -> Path:
        """Take a picture at once."""
        path = self.pictures / f"{name}.png"
        subprocess.run([sys.executable, "-c", _GRAB, str(path)], env=self.environment, check=True)  # noqa: S603
        return path

    def _front(self) -> str:
        return self._xdotool("getactivewindow", "getwindowname")

    def _xdotool(self, *arguments: str) -> str:
        done = subprocess.run(  # noqa: S603
            ["xdotool", *arguments],  # noqa: S607
            env=self.environment,
            check=False,
            capture_output=True,
            text=True,
        )
        return done.stdout


def main(arguments: list[str]) -> int:
    """Go all the way. Says how far, and what is left in the user's folder."""
    program, pictures = arguments[0], Path(arguments[1]).resolve()
    pictures.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        home = stack.enter_context(tempfile.TemporaryDirectory(prefix="ny-bruker-"))
        environment = stack.enter_context(screen(home))
        traveller = Traveller(program, pictures, environment)
        try:
            for leg in (first_start, example, report, close, open_again, close):
                leg(traveller)
                sys.stdout.write(f"{leg.__name__}\n")
        finally:
            if traveller.running is not None and traveller.running.poll() is None:
                traveller.running.kill()
                traveller.running.wait()
        left = sorted(str(path.relative_to(home)) for path in Path(home).rglob("*") if path.is_file())
    sys.stdout.write("\n".join(["", "left in the user's folder:", *left, ""]))
    return 0


@contextmanager
def screen(home: str) -> Iterator[dict[str, str]]:
    """Give a screen with a window manager, and a user who has never been here."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    reads, writes = os.pipe()
    command = ["Xvfb", "-displayfd", str(writes), "-screen", "0", SCREEN, "-noreset", "-nolisten", "tcp"]
    with subprocess.Popen(command, pass_fds=[writes], stderr=subprocess.DEVNULL) as server:  # noqa: S603
        try:
            number = os.read(reads, 16).decode().strip()
            environment = {**kept, "HOME": home, "DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb"}
            # The window manager keeps its own files elsewhere: what is left in the user's folder is the program's.
            own = {**environment, "HOME": "/nonexistent", "XDG_CACHE_HOME": "/nonexistent"}
            with subprocess.Popen(["openbox"], env=own, stderr=subprocess.DEVNULL) as manager:  # noqa: S607
                try:
                    yield environment
                finally:
                    manager.terminate()
        finally:
            server.terminate()


def first_start(user: Traveller) -> None:
    """Start it for the first time."""
    user.start()
    user.look("first start")


def example(user: Traveller) -> None:
    """Make the example, by its name in the list of commands."""
    user.press("ctrl+k")
    user.type("eksempel")
    user.look("finding the example")
    user.press("Return")
    save_as(user, user.home / "Eksempel.tertial")
    user.see_window("Eksempel")
    user.look("the overview")


def report(user: Traveller) -> None:
    """Look at the report, and write it as PDF and as Excel."""
    user.press("ctrl+0")
    for kind in ("pdf", "xlsx"):
        user.press("ctrl+e")
        save_as(user, user.home / f"Rapport.{kind}")
    user.look("the report, written")


def close(user: Traveller) -> None:
    """Leave."""
    user.press("ctrl+q")
    user.see_end()


def open_again(user: Traveller) -> None:
    """Open the file, as a double click does."""
    user.start(user.home / "Eksempel.tertial")
    user.see_window("Eksempel")
    user.look("opened again")


def save_as(user: Traveller, path: Path) -> None:
    """Answer the dialog that asks where to."""
    user.settle()
    user.press("ctrl+a")
    user.type(str(path))
    user.press("Return")
    user.see_file(path)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
