"""Somebody before a screen, for the journeys: a window (Xvfb, openbox), real key presses (xdotool), pictures.

Needs PySide6 in the Python that runs it, for the pictures. Must not know the program, nor reach into it: only what its
user sees, which is windows and files.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

SCREEN = "1440x900x24"
PATIENCE = 120
_LOOKED_AT = 0.3
_STILL = 3
_GRAB = (
    "import sys; from PySide6.QtGui import QGuiApplication; made = QGuiApplication([]);"
    "made.primaryScreen().grabWindow(0).save(sys.argv[1])"
)


class LostError(Exception):
    """What the journey waited for did not come."""


@dataclass
class Traveller:
    """Sees windows and files, presses keys, and counts them."""

    pictures: Path
    environment: dict[str, str]
    running: subprocess.Popen[bytes] | None = None
    seen: list[str] = field(default_factory=list)
    begun: float = field(default_factory=time.monotonic)
    keys: int = 0
    letters: int = 0

    @property
    def home(self) -> Path:
        """The user's own folder."""
        return Path(self.environment["HOME"])

    def start(self, *command: object, sees: str) -> None:
        """Start a program, and wait for its window."""
        self.running = subprocess.Popen(list(map(str, command)), cwd=self.home, env=self.environment)  # noqa: S603
        self.see_window(sees)

    def press(self, *keys: str) -> None:
        """Press keys, one after the other; those that are held together are one."""
        for one in keys:
            self._xdotool("key", "--clearmodifiers", one)
            self.keys += 1
            time.sleep(_LOOKED_AT)

    def type(self, text: str) -> None:
        """Type a text."""
        self._xdotool("type", "--delay", "40", text)
        self.letters += len(text)
        time.sleep(_LOOKED_AT)

    def find(self, words: str) -> None:
        """Find a command or a project by its name, and choose it."""
        self.press("ctrl+k")
        self.see_window("Kommandoer")
        self.type(words)
        self.settle()
        self.press("Return")

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
        """Wait until the screen has stood still for some pictures; a cursor that blinks goes between two."""
        last, before, still = b"", b"", 0
        until = time.monotonic() + PATIENCE
        while still < _STILL and time.monotonic() < until:
            now = self.grab("now").read_bytes()
            still = still + 1 if now in {last, before} else 1
            if now != last:
                last, before = now, last
            time.sleep(_LOOKED_AT)

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

    def effort(self) -> str:
        """Say what it has taken until now: the time is that of a slow machine, with all the pictures in it."""
        seconds = time.monotonic() - self.begun
        return f"{self.keys} keys, {self.letters} letters typed, no mouse, {seconds:.0f} s with the pictures"

    def leave(self) -> None:
        """End what still runs."""
        if self.running is not None and self.running.poll() is None:
            self.running.kill()
            self.running.wait()

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


@contextmanager
def screen(home: str) -> Iterator[dict[str, str]]:
    """Give a screen with a window manager, a Norwegian keyboard, and a user who has never been here."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    reads, writes = os.pipe()
    command = ["Xvfb", "-displayfd", str(writes), "-screen", "0", SCREEN, "-noreset", "-nolisten", "tcp"]
    with subprocess.Popen(command, pass_fds=[writes], stderr=subprocess.DEVNULL) as server:  # noqa: S603
        try:
            number = os.read(reads, 16).decode().strip()
            environment = {**kept, "HOME": home, "DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb"}
            # Letters that a keyboard lacks are lost where the machine is busy.
            subprocess.run(["setxkbmap", "no"], env=environment, check=True)  # noqa: S607
            # The window manager keeps its own files elsewhere: what is left in the user's folder is the program's.
            own = {**environment, "HOME": "/nonexistent", "XDG_CACHE_HOME": "/nonexistent"}
            with subprocess.Popen(["openbox"], env=own, stderr=subprocess.DEVNULL) as manager:  # noqa: S607
                try:
                    yield environment
                finally:
                    manager.terminate()
        finally:
            server.terminate()
