"""Fuzz a reader guided by which code its input reaches: `python -m tests.fuzzing.run --reader ledger --seconds 300`.

`--all` takes every reader for its own time, one after the other. Needs atheris, which is made for Linux only: install
the extra `fuzz`. What no reader may raise is saved in `tests/fuzzing/findings/<reader>/`, where the suite replays it,
and the run goes on.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib
import importlib.util
import re
import subprocess
import sys
import tempfile
import traceback
from pathlib import Path

FINDINGS = Path(__file__).with_name("findings")
_ROOT = Path(__file__).parent.parent.parent
_MISSING = "atheris is not installed: it is made for Linux only (pip install tertial[fuzz])."
_COVERED = re.compile(r"#(\d+)\s+(INITED|DONE|NEW|REDUCE|pulse|RELOAD).*?cov: (\d+)")
_SPEED = re.compile(r"stat::number_of_executed_units: (\d+)")
_SLOWEST_SECONDS = 20
_MOST_MEGABYTES = 2048


def main() -> int:
    """Read the arguments and fuzz; the exit code says whether something was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reader", action="append", default=[])
    parser.add_argument("--seconds", type=int)
    parser.add_argument("--longest", type=int, default=4096, help="bytes of the longest input")
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--corpus", type=Path, help="keep what was reached here, and begin from it")
    given = parser.parse_args()
    if importlib.util.find_spec("atheris") is None:
        sys.stderr.write(f"{_MISSING}\n")
        return 2
    if given.inside:
        _fuzz_inside(given.reader[0], given.seconds, given.longest, given.corpus)
    from tests.fuzzing.readers import READERS

    names = list(READERS) if given.all else given.reader
    return max([_fuzz(name, given, given.seconds or READERS[name].minutes * 60) for name in names], default=0)


def _fuzz(name: str, given: argparse.Namespace, seconds: int) -> int:
    """Fuzz one reader in a process of its own, and say what came of it."""
    with tempfile.TemporaryDirectory() as folder:
        corpus = given.corpus / name if given.corpus else Path(folder)
        corpus.mkdir(parents=True, exist_ok=True)
        _plant(name, corpus)
        command = [sys.executable, "-m", "tests.fuzzing.run", "--inside", "--reader", name]
        command += ["--seconds", str(seconds), "--longest", str(given.longest), "--corpus", str(corpus)]
        ran = subprocess.run(command, cwd=_ROOT, capture_output=True, text=True, errors="replace", check=False)
        said = ran.stderr + ran.stdout
        reached = [int(one[3]) for one in _COVERED.finditer(said)]
        executed = max((int(one[1]) for shape in (_COVERED, _SPEED) for one in shape.finditer(said)), default=0)
        found = sorted(set(re.findall(r"^FOUND .*$", said, re.MULTILINE)))
        broke = [] if ran.returncode == 0 else [f"  ended with {ran.returncode}:", *said.splitlines()[-12:]]
        told = (
            f"{name}: {seconds} s, {executed} executions, coverage {reached[0] if reached else 0} -> "
            f"{max(reached, default=0)}, {len(list(corpus.iterdir()))} inputs, {len(found)} findings"
        )
        _say(told, *(f"  {one}" for one in found), *broke)
        return int(bool(found or broke))


def _plant(name: str, corpus: Path) -> None:
    from tests.fuzzing.readers import READERS

    for seed in READERS[name].seeds:
        (corpus / hashlib.sha256(seed).hexdigest()[:16]).write_bytes(seed)


def _fuzz_inside(name: str, seconds: int, longest: int, corpus: Path) -> None:
    """Fuzz in this process; atheris ends it."""
    import atheris

    with atheris.instrument_imports(include=["tracker", "db", "ui"]):
        # What the program imports when it is needed must be there to be seen.
        for module in ("db.sheets.text_sheet", "db.sheets.saft_reader", "tests.test_ledger_import"):
            importlib.import_module(module)
        from tests.fuzzing.readers import READERS

    reader = READERS[name]
    known: set[str] = set()

    def take(data: bytes) -> None:
        try:
            reader.read(data)
        except Exception as error:  # noqa: BLE001  whatever it is, it is what is looked for
            last = traceback.extract_tb(error.__traceback__)[-1]
            place = f"{type(error).__name__} {Path(last.filename).name}:{last.lineno} {last.line}"
            if place not in known:
                known.add(place)
                _say(f"FOUND {place}: {_kept(name, data)}")

    arguments = [f"-max_total_time={seconds}", f"-max_len={longest}", f"-timeout={_SLOWEST_SECONDS}"]
    arguments += [f"-rss_limit_mb={_MOST_MEGABYTES}", f"-artifact_prefix={_folder(name)}/", "-print_final_stats=1"]
    atheris.Setup([sys.argv[0], *arguments, str(corpus)], take)
    atheris.Fuzz()


def _say(*lines: str) -> None:
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    sys.stdout.flush()


def _folder(name: str) -> Path:
    folder = FINDINGS / name
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _kept(name: str, data: bytes) -> str:
    path = _folder(name) / f"{hashlib.sha256(data).hexdigest()[:16]}.bin"
    path.write_bytes(data)
    return path.name


if __name__ == "__main__":
    sys.exit(main())
