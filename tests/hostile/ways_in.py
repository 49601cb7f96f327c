"""Every way into the program, and what comes of a hostile file there: `python -m tests.hostile.ways_in`.

A process of its own with a limit on its memory, so that what takes too much is seen. Says a line a case and way: case,
way, what came of it, seconds. `--slow` adds those that take as long as they may, `--first` takes each to one way only.
"""

from __future__ import annotations

import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import count
from pathlib import Path
from uuid import UUID

from db.journal import Signature
from db.logo import read_picture
from db.own_settings import OwnSettings
from db.published.report import read_published_statement, read_published_table
from db.published.statement_file import read_statement_file
from db.restoring import restore
from db.settings_file import read_settings
from db.sheets.sheet import read_sheet
from db.store import open_store
from db.trouble import Trouble
from tests.hostile.coming_home import come_home
from tests.hostile.databases import DATABASES
from tests.hostile.packages import PACKAGES
from tests.hostile.pdfs import PDFS
from tests.hostile.sheets import BOOKS, EXPORTS, PICTURES, PLACES, TEXTS, Make
from tests.memory import peak_megabytes
from tests.test_ledger_import import municipality, planned
from tracker.messages import Refusal
from tracker.model import Portfolio
from tracker.registering.columns import propose_layout
from tracker.registering.plan import Adoption, plan_register
from tracker.registering.rows import read_rows
from tracker.settings.carrying import plan_settings

MOST_MEGABYTES = 2500
SLOW = frozenset(
    {
        *("drawing-itself.pdf", "swelling.pdf", "nested.pdf", "empty-pages.pdf", "too-many-pages.pdf"),
        *("swelling.xlsx", "lying.xlsx", "no-cell.xlsx", "struck.xls", "one-word.xml", "open-quote.csv"),
        "lineage-known-millions.pakke.tertial",
    }
)
_SIGNATURE = Signature(who="Kari", at="2024-02-01T10:00:00+00:00", way="test", entry_id=str(UUID(int=1)))


def open_it(path: Path) -> None:
    """Open a portfolio and read everything."""
    with closing(open_store(path)) as store:
        store.load()


def look_at_it(path: Path) -> None:
    """Open a portfolio only to read it."""
    with closing(open_store(path, read_only=True)) as store:
        store.load()


def take_in_projects(path: Path) -> None:
    """Plan what a list of projects does."""
    rows = read_sheet(path)
    layout = propose_layout(rows, year=2024)
    ids = count(1)
    adoption = Adoption(year=2024, source=path.name)
    plan_register(Portfolio(), read_rows(rows, layout), adoption, new_id=lambda: str(UUID(int=next(ids))))


def take_in_portfolio(path: Path) -> None:
    """Make a portfolio of an export."""
    restore(path, path.with_name("ny.tertial"), _SIGNATURE)


WAYS: dict[str, Callable[[Path], object]] = {
    "package": come_home,
    "open": open_it,
    "read-only": look_at_it,
    "report": read_published_table,
    "chapter": read_published_statement,
    "ledger": lambda path: planned(path, municipality()),
    "projects": take_in_projects,
    "portfolio": take_in_portfolio,
    "statement": read_statement_file,
    "logo": read_picture,
    "settings": lambda path: plan_settings(Portfolio(), read_settings(path)),
    "own-settings": lambda path: OwnSettings(path.with_name("mine.json"), beneath=path),
}
_OF = {
    ".tertial": ("open", "read-only", "package"),
    ".pakke.tertial": ("package",),
    ".json": ("portfolio", "settings", "own-settings"),
    ".pdf": ("report", "chapter", "statement"),
    ".txt": ("report", "chapter", "statement", "ledger", "projects"),
    ".png": ("logo",),
    ".svg": ("logo",),
    ".jpg": ("logo",),
}
_SHEET_WAYS = ("ledger", "projects", "statement", "package")
FEW = ("empty.csv", "picture.xlsx", "pipe.csv", "endless.csv", "missing.xlsx", "nested.json", "trigger.tertial")
"""Files that are taken to every way in, whatever they are called."""

CASES: dict[str, Make] = {
    **BOOKS,
    **TEXTS,
    **EXPORTS,
    **PICTURES,
    **PLACES,
    **{f"{name}.tertial": make for name, make in DATABASES.items()},
    **{f"{name}.pakke.tertial": make for name, make in PACKAGES.items()},
    **{f"{name}.pdf": (lambda path, make=make: path.write_bytes(make())) for name, make in PDFS.items()},  # type: ignore[misc]
}


def ways_of(case: str, *, only_first: bool = False) -> tuple[str, ...]:
    """Return the ways that a file of a kind comes in."""
    ways = _OF.get("".join(Path(case).suffixes), _OF.get(Path(case).suffix, _SHEET_WAYS))
    return ways[:1] if only_first else tuple(WAYS) if case in FEW else ways


def outcome(path: Path, way: str) -> str:
    """Return the sentence that a way in says, `read` where it reads, and what it must not raise where it does."""
    before = _content(path)
    try:
        WAYS[way](path)
        told = "read"
    except (Refusal, Trouble) as refused:
        told = refused.reason.text
    except BaseException as error:  # noqa: BLE001  it is what is looked for
        told = f"BUG {type(error).__name__}: {error}"[:200]
    return told if _content(path) == before else f"BUG changed the file: {told}"


def _content(path: Path) -> bytes:
    return path.read_bytes() if path.is_file() else b""


def outcomes(cases: dict[str, Make], *, only_first: bool = False) -> Iterator[tuple[str, str, str, float]]:
    """Yield what comes of every case on every way in."""
    with tempfile.TemporaryDirectory() as folder:
        for number, (case, make) in enumerate(cases.items()):
            place = Path(folder) / str(number)
            place.mkdir()
            make(place / case)
            for way in ways_of(case, only_first=only_first):
                begun = time.monotonic()
                told = outcome(place / case, way)
                yield case, way, told, time.monotonic() - begun
                left = [one.name for one in place.iterdir() if one.name.endswith((".ny", "-journal", "ny.tertial"))]
                if left:
                    yield case, way, f"BUG left behind {left}", 0.0


def main() -> None:
    """Take the cases that the arguments name, all that are quick if they name none, to every way in."""
    memory = MOST_MEGABYTES * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    wanted = [one for one in sys.argv[1:] if not one.startswith("-")] or list(CASES)
    chosen = {case: CASES[case] for case in wanted if "--slow" in sys.argv or case not in SLOW}
    for one in outcomes(chosen, only_first="--first" in sys.argv):
        sys.stdout.write(json.dumps(one, ensure_ascii=False) + "\n")
        sys.stdout.flush()
    sys.stdout.write(json.dumps(["peak", "", str(peak_megabytes()), 0]) + "\n")


if __name__ == "__main__":
    main()
