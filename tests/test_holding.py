"""One writer at a time: who has the file is told, nobody waits, and a killed program stands in nobody's way."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pytest

from db.holding import HeldError, Hold, Holder, UnholdableError, hold

ROOT = Path(__file__).parents[1]
NOBODY, NOBODY_ELSE = 65534, 65533

HOLDS = """
import os, sys
from pathlib import Path
from db.holding import HeldError, UnholdableError, hold
import filelock  # before the account changes: it may not read the libraries
if len(sys.argv) > 3:
    os.umask(0o022)
    os.setuid(int(sys.argv[3]))
try:
    held = hold(Path(sys.argv[1]), who=sys.argv[2])
except (HeldError, UnholdableError) as error:
    print(type(error).__name__, flush=True)
else:
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "Mappe med æøå" / "Portefølje 2023.tertial"
    file.parent.mkdir()
    file.write_bytes(b"innhold")
    return file


@contextmanager
def another_program(path: Path, *, who: str, account: int | None = None) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """Let another process take hold; how that went, and the process, which is killed in the end."""
    arguments = [sys.executable, "-c", HOLDS, str(path), who, *([] if account is None else [str(account)])]
    with subprocess.Popen(
        arguments, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    ) as process:
        try:
            assert process.stdout is not None
            yield process.stdout.readline().strip(), process
        finally:
            process.kill()


def holder_of(path: Path) -> Holder | None:
    """Return who has the file, by being turned away."""
    with pytest.raises(HeldError) as turned_away:
        hold(path, who="Per")
    return turned_away.value.holder


def names_beside(path: Path) -> list[str]:
    return sorted(file.name for file in path.parent.iterdir())


def test_a_file_that_another_program_has_is_refused_with_who_where_and_since_when(path: Path) -> None:
    with another_program(path, who="Kari Ødegård") as (answer, _):
        assert answer == "held"
        holder = holder_of(path)
        assert holder is not None
        assert (holder.who, holder.host) == ("Kari Ødegård", platform.node())
        assert datetime.fromisoformat(holder.since).tzinfo is not None


def test_another_program_is_refused_the_file_that_this_one_has(path: Path) -> None:
    with hold(path, who="Kari"), another_program(path, who="Per") as (answer, _):
        assert answer == "HeldError"


def test_two_windows_of_one_program_exclude_each_other(path: Path) -> None:
    with hold(path, who="Kari"):
        holder = holder_of(path)
        assert holder is not None
        assert holder.who == "Kari"
    with hold(path, who="Per"):
        pass


def test_one_who_was_refused_takes_nothing_from_the_one_who_has_it(path: Path) -> None:
    with hold(path, who="Kari"):
        first, second = holder_of(path), holder_of(path)
    assert first == second
    assert first is not None


def test_a_killed_program_stands_in_nobodys_way_and_is_not_named_any_more(path: Path) -> None:
    with another_program(path, who="Kari") as (answer, process):
        assert answer == "held"
        process.kill()
        process.wait()
    assert len(names_beside(path)) == 3
    with hold(path, who="Per"):
        holder = holder_of(path)
        assert holder is not None
        assert holder.who == "Per"
    assert names_beside(path) == [path.name]


def test_letting_go_leaves_the_folder_as_it_was(path: Path) -> None:
    with hold(path, who="Kari"):
        assert names_beside(path) == sorted([f".{path.name}.holder", f".{path.name}.lock", path.name])
    assert names_beside(path) == [path.name]
    assert path.read_bytes() == b"innhold"


def test_letting_go_twice_does_not_take_the_file_from_the_next(path: Path) -> None:
    mine = hold(path, who="Kari")
    mine.release()
    with hold(path, who="Per"):
        mine.release()
        holder = holder_of(path)
        assert holder is not None
        assert holder.who == "Per"


def test_a_file_taken_in_one_thread_can_be_let_go_in_another(path: Path) -> None:
    taken: list[Hold] = []
    thread = threading.Thread(target=lambda: taken.append(hold(path, who="Kari")))
    thread.start()
    thread.join()
    taken[0].release()
    with hold(path, who="Per"):
        pass


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
def test_a_file_reached_by_two_names_is_one_file(path: Path, tmp_path: Path) -> None:
    link = tmp_path / "snarvei.tertial"
    link.symlink_to(path)
    with hold(link, who="Kari"):
        assert holder_of(path) is not None


@pytest.mark.parametrize("content", [b"", b'{"who": "Ka', b'["Kari"]', b"{}", b"\xff"])
def test_a_holder_that_cannot_be_read_is_a_holder_all_the_same(path: Path, content: bytes) -> None:
    with hold(path, who="Kari"):
        path.with_name(f".{path.name}.holder").write_bytes(content)
        assert holder_of(path) is None


def test_a_folder_that_is_not_there_cannot_be_held_and_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(UnholdableError):
        hold(tmp_path / "borte" / "p.tertial", who="Kari")
    assert list(tmp_path.iterdir()) == []


HOLDS_WITHOUT_SPACE = """
import resource, sys
from pathlib import Path
from db.holding import HeldError, hold
resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
with hold(Path(sys.argv[1]), who="Per"):
    try:
        hold(Path(sys.argv[1]), who="Espen")
    except HeldError as error:
        print(error.holder)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="writing can't be limited there")
def test_where_nothing_can_be_written_a_file_is_held_and_nobody_is_named_wrongly(path: Path) -> None:
    with another_program(path, who="Kari") as (answer, process):
        assert answer == "held"
        process.kill()
        process.wait()
    code = [sys.executable, "-c", HOLDS_WITHOUT_SPACE, str(path)]
    ended = subprocess.run(code, cwd=ROOT, capture_output=True, text=True, check=True)
    assert ended.stdout == "None\n"
    assert names_beside(path) == [path.name]


@pytest.mark.skipif(sys.platform == "win32", reason="folders have no such right there")
def test_a_folder_that_cannot_be_written_cannot_be_held() -> None:
    # Not in `tmp_path`, where an account without rights can't look.
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        folder.chmod(0o555)
        account = NOBODY if os.geteuid() == 0 else None
        with another_program(folder / "p.tertial", who="Kari", account=account) as (answer, _):
            assert answer == "UnholdableError"
        folder.chmod(0o755)


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() != 0, reason="only root can be two people")
def test_a_colleague_of_another_account_is_told_who_has_it_and_takes_over_after_a_kill() -> None:
    with tempfile.TemporaryDirectory() as made:
        Path(made).chmod(0o777)
        path = Path(made) / "p.tertial"
        with another_program(path, who="Kari", account=NOBODY) as (first, _):
            assert first == "held"
            with another_program(path, who="Per", account=NOBODY_ELSE) as (second, _):
                assert second == "HeldError"
        with another_program(path, who="Per", account=NOBODY_ELSE) as (third, _):
            assert third == "held"
            holder = holder_of(path)
            assert holder is not None
            assert holder.who == "Per"


def test_the_library_of_locks_costs_a_window_nothing_before_a_file_is_opened() -> None:
    code = "import sys, db.holding; print('filelock' in sys.modules)"
    ended = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert ended.stdout == "False\n"
