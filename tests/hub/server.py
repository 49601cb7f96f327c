"""A PostgreSQL of the tests' own: a cluster in a temporary folder, on a socket in it, with no network at all.

Where Debian's `postgresql` isn't installed the reason is told, and what needs it is skipped.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

_FOLDERS = ("/usr/lib/postgresql/*/bin", "/usr/local/pgsql/bin", "/opt/homebrew/opt/postgresql*/bin")
_SETTINGS = {
    "listen_addresses": "''",
    "fsync": "off",
    "max_connections": "60",
    "shared_buffers": "64MB",
    "lc_messages": "C",
}


class NoServerError(Exception):
    """There is no PostgreSQL to be had here, and why."""


@dataclass(frozen=True)
class Server:
    """A server that is under way."""

    folder: Path
    programs: Path
    before: tuple[str, ...]

    def url(self, user: str = "postgres", database: str = "postgres") -> str:
        """Return an address of it."""
        return f"postgresql://{user}@/{database}?host={self.folder}"

    def run(self, name: str, *arguments: str) -> str:
        """Run one of PostgreSQL's own programs as the user that the server is of."""
        ran = subprocess.run(
            [*self.before, str(self.programs / name), *arguments],
            capture_output=True,
            text=True,
            check=False,
            cwd="/",
            env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "HOME": str(self.folder)},
        )
        if ran.returncode:
            raise NoServerError(f"{name}: {ran.stderr.strip() or ran.stdout.strip()}")
        return ran.stdout

    def start(self) -> None:
        """Start it, and wait until it answers."""
        log, data = str(self.folder / "log"), str(self.folder / "data")
        for tries in range(5):
            try:
                self.run("pg_ctl", "start", "-w", "-t", "60", "-D", data, "-l", log, "-o", f"-k {self.folder}")
            except NoServerError:
                # Some of what was killed is not gone yet.
                if tries == 4:
                    raise
                time.sleep(1)
            else:
                return

    def kill(self) -> None:
        """Kill it and everything of it, as a power cut would.

        It is held still first: what it begins between being looked at and killed would live on, and write in what the
        next one has.
        """
        pid = int((self.folder / "data" / "postmaster.pid").read_text().splitlines()[0])
        os.kill(pid, signal.SIGSTOP)
        found = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False)
        children = [int(one) for one in found.stdout.split()]
        for one in (*children, pid):
            with suppress(ProcessLookupError):
                os.kill(one, signal.SIGKILL)
        while any(map(_lives, children)):
            time.sleep(0.01)
        # Where nobody takes leave of dead processes (a container), the number looks as if it were alive.
        (self.folder / "data" / "postmaster.pid").unlink(missing_ok=True)

    def stop(self) -> None:
        """Stop it at once."""
        with suppress(NoServerError):
            self.run("pg_ctl", "stop", "-m", "immediate", "-D", str(self.folder / "data"))


def memory() -> str:
    """Return a folder in memory if there is one: what is killed, and no more than that, loses nothing there either.

    The path is short, as one of a socket has to be.
    """
    return next(one for one in ("/dev/shm", "/tmp") if os.access(one, os.W_OK))  # noqa: S108  folders of mkdtemp


def programs() -> Path:
    """Find PostgreSQL's own programs.

    Raises NoServerError when they aren't installed.
    """
    beside = shutil.which("initdb")
    folders = [Path(beside).resolve().parent] if beside else []
    for shape in _FOLDERS:
        folders += sorted(Path("/").glob(shape[1:]), reverse=True)
    for folder in folders:
        if (folder / "initdb").exists() and (folder / "pg_ctl").exists():
            return folder
    raise NoServerError("PostgreSQL is not installed (Debian: apt-get install postgresql)")


@contextmanager
def serving(*, durable: bool = False) -> Iterator[Server]:
    """Run a server for a while; one that is to be killed must be durable.

    Raises NoServerError when there can't be one here.
    """
    if os.name != "posix":
        raise NoServerError("the tests start PostgreSQL on Linux and macOS only")
    server = Server(Path(mkdtemp(prefix="hub-", dir=memory())), programs(), _as_nobody())
    try:
        if server.before:
            nobody = pwd.getpwnam("nobody")
            os.chown(server.folder, nobody.pw_uid, nobody.pw_gid)
            server.folder.chmod(0o755)
        data = server.folder / "data"
        server.run("initdb", "-D", str(data), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        settings = {**_SETTINGS, **({"fsync": "on"} if durable else {})}
        with (data / "postgresql.auto.conf").open("a") as file:
            file.writelines(f"{name} = {value}\n" for name, value in settings.items())
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(server.folder, ignore_errors=True)


def _as_nobody() -> tuple[str, ...]:
    """Return what runs a program as somebody else: PostgreSQL refuses to be root."""
    if os.geteuid():
        return ()
    found = shutil.which("setpriv")
    if found is None:
        raise NoServerError("PostgreSQL refuses to run as root, and setpriv isn't here to be somebody else")
    return (found, "--reuid=nobody", "--regid=nogroup", "--clear-groups")


def _lives(pid: int) -> bool:
    """Whether a process does anything yet: one that is dead and that nobody took leave of doesn't."""
    found = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return bool(found.stdout.strip()) and not found.stdout.strip().startswith("Z")
