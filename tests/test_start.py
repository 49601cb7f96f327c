"""The start script: an environment is made once, heals, and is then only handed over to.

Nothing here needs a network, and the program itself is a stand-in.
"""

from __future__ import annotations

import ast
import errno
import importlib
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
sys.path.extend([str(ROOT), str(ROOT / "packaging")])
start, environment, system, example, run = (
    importlib.import_module(name)
    for name in ("start", "start_environment", "start_system", "start_example", "start_run")
)
RUN, TEST = environment.RUN, environment.TEST
LINUX_ONLY = pytest.mark.skipif(not system.LINUX, reason="a matter of Linux")

PROGRAM = """
import json, os, pathlib, sys
import db, resources, ui
command, *rest = sys.argv[1:]
if command == "demo":
    pathlib.Path(rest[0]).write_text("demo")
if command == "report":
    pathlib.Path(rest[-1]).write_text("report")
print(json.dumps({"arguments": sys.argv[1:], "folder": os.getcwd()}))
sys.exit(7 if command == "fail" else 0)
"""


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a folder that stands for the checkout, with locks."""
    root = tmp_path / "checkout"
    (root / "packaging").mkdir(parents=True)
    for lock in (RUN, TEST):
        (root / "packaging" / lock).write_text(f"# {lock}\n")
    monkeypatch.setattr(environment, "ROOT", root)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "data"))
    return root


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Give the list of the steps taken to make an environment; here they take no time."""
    taken: list[str] = []

    def make(folder: Path, _share: object) -> None:
        taken.append("make")
        environment.python_in(folder).parent.mkdir(parents=True)
        environment.python_in(folder).touch()
        environment.packages_in(folder).mkdir(parents=True)

    def install_packages(_folder: Path, lock: str, _share: object) -> None:
        taken.append(lock)

    monkeypatch.setattr(environment, "make", make)
    monkeypatch.setattr(environment, "install_packages", install_packages)
    return taken


def test_an_old_python_can_read_start_py_and_says_which_one_is_needed() -> None:
    ast.parse((ROOT / "start.py").read_text(encoding="utf-8"), feature_version=(3, 6))
    assert start.too_old(3, 9).startswith("Tertial trenger Python 3.11 eller nyere, og dette er 3.9")


def test_what_is_made_once_is_not_made_again(checkout: Path, steps: list[str]) -> None:
    assert environment.environment(RUN) == checkout / ".venv"
    assert environment.environment(RUN) == checkout / ".venv"
    assert steps == ["make", RUN]


def test_the_tests_add_to_what_is_there(checkout: Path, steps: list[str]) -> None:
    environment.environment(RUN)
    environment.environment(RUN, TEST)
    environment.environment(RUN)
    assert steps == ["make", RUN, TEST]
    assert environment.is_ready(checkout / ".venv", RUN, TEST)


def test_an_environment_can_be_made_anew_by_the_python_that_is_in_it(tmp_path: Path) -> None:
    """Who starts with it after an update has it emptied beneath them."""
    folder = tmp_path / ".venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    anew = (
        f"import sys; sys.path.insert(0, {str(ROOT / 'packaging')!r}); from pathlib import Path; "
        f"import start_environment as own; own.wipe(Path({str(folder)!r})); own.make(Path({str(folder)!r}), ())"
    )
    subprocess.run([environment.python_in(folder), "-c", anew], check=True)
    subprocess.run(
        [environment.python_in(folder), "-c", "import sys; assert sys.prefix != sys.base_prefix"], check=True
    )


@pytest.mark.parametrize("lock", [RUN, TEST])
def test_a_new_lock_makes_it_anew(checkout: Path, steps: list[str], lock: str) -> None:
    environment.environment(RUN, TEST)
    (checkout / "packaging" / lock).write_text("# newer\n")
    environment.environment(RUN, TEST)
    assert steps == ["make", RUN, TEST] * 2


def test_a_python_that_went_away_makes_it_anew(checkout: Path, steps: list[str]) -> None:
    environment.python_in(environment.environment(RUN)).unlink()
    environment.environment(RUN)
    assert steps == ["make", RUN] * 2
    assert environment.is_ready(checkout / ".venv", RUN)


@pytest.mark.parametrize("lock", [RUN, TEST])
def test_what_was_interrupted_is_made_anew(
    checkout: Path, steps: list[str], monkeypatch: pytest.MonkeyPatch, lock: str
) -> None:
    installed = environment.install_packages

    def interrupted(folder: Path, this: str, share: object) -> None:
        (environment.packages_in(folder) / "half a package").touch()
        if this == lock:
            raise KeyboardInterrupt
        installed(folder, this, share)

    with monkeypatch.context() as patch:
        patch.setattr(environment, "install_packages", interrupted)
        with pytest.raises(KeyboardInterrupt):
            environment.environment(RUN, TEST)
    assert not environment.is_ready(checkout / ".venv", RUN, TEST)
    steps.clear()
    folder = environment.environment(RUN, TEST)
    assert steps == ["make", RUN, TEST]
    assert not (environment.packages_in(folder) / "half a package").exists()


def test_a_folder_of_somebody_else_is_left_alone(checkout: Path, steps: list[str], tmp_path: Path) -> None:
    (checkout / ".venv").mkdir()
    (checkout / ".venv" / "mine").touch()
    folder = environment.environment(RUN)
    assert tmp_path / "data" in folder.parents or not system.LINUX
    assert (checkout / ".venv" / "mine").exists()
    assert steps == ["make", RUN]


def test_two_starts_do_not_build_at_once(tmp_path: Path) -> None:
    with environment.claim(tmp_path), (tmp_path / environment.HELD).open("a") as second:
        assert not environment.try_lock(second)
    with (tmp_path / environment.HELD).open("a") as third:
        assert environment.try_lock(third)


def test_the_environment_finds_the_program_when_both_are_moved(checkout: Path, steps: list[str]) -> None:
    packages = environment.packages_in(environment.environment(RUN))
    way = (packages / "tertial.pth").read_text(encoding="utf-8").strip()
    assert not Path(way).is_absolute()
    assert (packages / way).resolve() == checkout.resolve()
    assert steps


@pytest.mark.parametrize(
    ("output", "sentence"),
    [
        (
            "'NewConnectionError(... Temporary failure in name resolution')\nERROR: No matching",
            "nettforbindelsen",
        ),
        ("ReadTimeoutError: Read timed out.", "nettforbindelsen"),
        ("SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED]", "sertifikat"),
        ("ERROR: Could not install: [Errno 28] No space left on device", "Disken er full"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", "låst"),
        ("ERROR: No matching distribution found for pyside6-essentials==6.12.0", "64-biters"),
        ("ERROR: [WinError 5] Access is denied: 'Qt6Core.dll'", "skriverett"),
        ("something new", "Det stanset"),
    ],
)
def test_a_step_that_fails_shows_its_last_lines_and_what_to_do(output: str, sentence: str) -> None:
    lines = str(environment.trouble_with("long ago\n" * 20 + output)).splitlines()
    assert output.splitlines()[-1] in lines
    assert sentence in lines[-1]
    assert len(lines) <= 7


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (OSError(errno.ENOSPC, "No space left"), "Disken er full"),
        (PermissionError(errno.EACCES, "Permission denied", "/x/.venv"), "Får ikke skrive i /x/.venv"),
        (FileNotFoundError(errno.ENOENT, "No such file", "/x/lock"), "Fant ikke /x/lock"),
    ],
)
def test_trouble_with_the_disk_is_a_sentence(error: OSError, sentence: str) -> None:
    assert environment.in_words(error).startswith(sentence)


def test_missing_libraries_are_read_from_the_loader_and_from_python() -> None:
    output = (
        "\tlibxcb-cursor.so.0 => not found\n"
        "\tlibX11.so.6 => /lib/x86_64-linux-gnu/libX11.so.6 (0x00007f)\n"
        "\tlibxcb-cursor.so.0 => not found\n"
        "ImportError: libEGL.so.1: cannot open shared object file: No such file or directory\n"
    )
    assert system.missing_libraries(output) == ["libEGL.so.1", "libxcb-cursor.so.0"]


@pytest.mark.parametrize(
    ("library", "package"),
    [
        ("libEGL.so.1", "libegl1"),
        ("libX11.so.6", "libx11-6"),
        ("libX11-xcb.so.1", "libx11-xcb1"),
        ("libdbus-1.so.3", "libdbus-1-3"),
        ("libxcb-icccm.so.4", "libxcb-icccm4"),
        ("libxkbcommon-x11.so.0", "libxkbcommon-x11-0"),
        ("libglib-2.0.so.0", "libglib2.0-0"),
    ],
)
def test_a_library_is_in_a_package_of_debian(library: str, package: str) -> None:
    assert system.package_of(library) == package


def test_libraries_that_may_not_be_installed_are_named_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(system, "lacking", lambda *_: ["libEGL.so.1", "libX11.so.6"])
    monkeypatch.setattr(system, "apt_install", lambda _packages: False)
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    system.complete(tmp_path, tmp_path, tmp_path)
    said = capsys.readouterr()
    assert "apt-get install -y --no-install-recommends libegl1 libx11-6»" in said.err
    assert said.out == ""
    assert not (tmp_path / system.COMPLETE).exists()


@LINUX_ONLY
def test_libraries_are_installed_until_none_is_lacking(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rounds = [["libEGL.so.1"], ["libGL.so.1"], []]
    asked: list[list[str]] = []
    monkeypatch.setattr(system, "lacking", lambda *_: rounds.pop(0))
    monkeypatch.setattr(system, "apt_install", lambda packages: asked.append(packages) or True)
    system.complete(tmp_path, tmp_path, tmp_path)
    assert asked == [["libegl1"], ["libgl1"]]
    assert system.is_complete(tmp_path)


@LINUX_ONLY
def test_a_screen_is_there_when_it_answers(tmp_path: Path) -> None:
    place = tmp_path / "wayland-0"
    named = {"WAYLAND_DISPLAY": "wayland-0", "XDG_RUNTIME_DIR": str(tmp_path)}
    assert not system.answers(named)
    with socket.socket(socket.AF_UNIX) as screen:
        screen.bind(str(place))
        screen.listen()
        assert system.answers(named)
    assert not system.answers({})
    assert not system.answers({"DISPLAY": "nonsense"})


def test_a_screen_on_another_machine_is_asked_at_its_port() -> None:
    with socket.create_server(("127.0.0.1", 0)) as screen:
        number = screen.getsockname()[1] - 6000
        assert system.answers({"DISPLAY": f"127.0.0.1:{number}.0"})


@LINUX_ONLY
def test_the_example_goes_where_the_desktop_keeps_documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    assert example.documents_folder() == tmp_path / ".local/share/Tertial"
    (tmp_path / ".config").mkdir()
    (tmp_path / ".config" / "user-dirs.dirs").write_text('# x\nXDG_DOCUMENTS_DIR="$HOME/Dokumenter"\n')
    (tmp_path / "Dokumenter").mkdir()
    assert example.documents_folder() == tmp_path / "Dokumenter"


@pytest.mark.parametrize(
    ("extra", "named"),
    [
        ([], False),
        (["-x", "-q"], False),
        (["tests/test_start.py::test_x", "-q"], True),
        (["-k", "start"], False),
    ],
)
def test_arguments_for_pytest_may_name_the_tests(extra: list[str], *, named: bool) -> None:
    assert run.names_tests(extra) is named


@pytest.fixture
def made(tmp_path: Path) -> dict[str, Any]:
    """Give how to start in a checkout whose environment is ready, with a stand-in for the program."""
    root, home = tmp_path / "Tertial", tmp_path / "home"
    shutil.copytree(ROOT / "packaging", root / "packaging", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "start.py", root)
    for package in ("tracker", "db", "ui", "resources"):
        (root / package).mkdir()
        (root / package / "__init__.py").touch()
    (root / "tracker" / "__main__.py").write_text(PROGRAM, encoding="utf-8")
    home.mkdir()
    folder = root / ".venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    for note in (environment.HELD, system.COMPLETE):
        (folder / note).touch()
    environment.stamp_file(folder, RUN).write_text(environment.stamp_of(RUN))
    way = os.path.relpath(root, environment.packages_in(folder))
    (environment.packages_in(folder) / "tertial.pth").write_text(f"{way}\n")
    kept = {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}
    return {
        "command": [sys.executable, root / "start.py"],
        "cwd": home,
        "env": {**kept, "HOME": str(home), "LOCALAPPDATA": str(home), "PATH": "", "PYTHONUTF8": "1"},
    }


def started(made: dict[str, Any], *arguments: str) -> subprocess.CompletedProcess[str]:
    """Start as a person would, from another folder."""
    return subprocess.run(
        [*made["command"], *arguments],
        cwd=made["cwd"],
        env=made["env"],
        check=False,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
    )


def test_anything_else_is_passed_on_and_only_the_program_speaks(made: dict[str, Any]) -> None:
    (made["cwd"] / "db").mkdir()
    (made["cwd"] / "db" / "__init__.py").write_text("raise SystemExit('the wrong db')")
    done = started(made, "check", "Min fil æøå.tertial", "--json")
    assert done.stderr == ""
    assert json.loads(done.stdout) == {
        "arguments": ["check", "Min fil æøå.tertial", "--json"],
        "folder": str(made["cwd"].resolve()),
    }
    assert started(made, "fail").returncode == 7


@LINUX_ONLY
def test_without_a_screen_the_example_becomes_a_report(made: dict[str, Any]) -> None:
    first, second = started(made), started(made)
    data = made["cwd"] / ".local/share/Tertial"
    assert [file.name for file in sorted(data.iterdir())] == [example.REPORT, example.NAME]
    assert str(data / example.REPORT) in first.stderr.splitlines()[-1]
    said = json.loads(first.stdout)["arguments"]
    assert said == ["report", str(data / example.NAME), "--period", "2023-Y", str(data / example.REPORT)]
    assert "Eksempelet er laget" in first.stderr
    assert "Eksempelet er laget" not in second.stderr
    assert first.returncode == second.returncode == 0


def locked(lock: str) -> dict[tuple[str, str], str]:
    """Read a lock: name and marker to version."""
    text = (ROOT / "packaging" / lock).read_text(encoding="utf-8")
    found = re.findall(r"^([\w.-]+)==(\S+)(?: ; (.+?))? \\$", text, re.MULTILINE)
    return {(name, marker): version for name, version, marker in found}


def test_the_tests_run_with_the_versions_that_people_have() -> None:
    assert locked(RUN).items() <= locked(TEST).items()


@pytest.mark.parametrize("lock", [RUN, TEST])
def test_a_lock_names_hashes_and_no_place(lock: str) -> None:
    text = (ROOT / "packaging" / lock).read_text(encoding="utf-8")
    assert not re.search(r"https?:|file:|--index|--find-links|(?<!\w)/\w", text)
    blocks = re.split(r"\n(?=\w)", text)[1:]
    assert all("--hash=sha256:" in block for block in blocks)
    assert not any("+" in version for version in locked(lock).values())


def test_every_dependency_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]

    def names(requirements: list[str]) -> set[str]:
        return {re.split(r"[^\w.-]", wanted)[0].lower().replace("_", "-") for wanted in requirements}

    run_names, test_names = ({name for name, _ in locked(lock)} for lock in (RUN, TEST))
    assert names([*project["dependencies"], *extras["pdf"]]) <= run_names
    assert names(extras["test"]) <= test_names
