"""What merging a package costs, from the file that came to the entry that is written."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from itertools import count
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from db.journal import Signature
from db.kinship import knowledge
from db.package import plan_of, read_file, roots_of, write_package
from db.store import Store, new_store, open_store
from tests.benchmarks.municipalities import edit_of
from tracker.edits import Change, Edit
from tracker.merging.settling import Settler, settle
from tracker.messages import message
from tracker.model import Portfolio, ProjectId, RecordId, SentPackage, Status
from tracker.steps import BEGUN, MERGED

NOW = datetime(2026, 5, 2, tzinfo=UTC)
FIELDS = {"text": "Skrevet på nytt", "explanation": "Dyrere stål", "p50": 1_000_000, "p85": 2_000_000}


def signed(way: str) -> Signature:
    return Signature(who="måling", at="2026-05-02T10:00:00+00:00", way=way, entry_id=str(uuid4()))


def made(folder: Path, projects: int) -> tuple[Path, Path]:
    """Return a portfolio, and a package of all its projects in which four fields of each are written anew."""
    home, package, ids = folder / "p.tertial", folder / "pakke.tertial", count(1)
    with new_store(home) as store:
        store.commit(edit_of(projects), signed(BEGUN))
    with closing(open_store(home)) as store:
        portfolio = store.load()
        sent = SentPackage(
            id=RecordId(str(UUID(int=next(ids)))),
            recipient="Kari",
            projects=frozenset(map(ProjectId, portfolio.projects)),
            made_by="Ola",
            made_at=NOW,
        )
        write_package(package, portfolio, sent, roots_of(store))
    with closing(open_store(package)) as store:
        statuses = list(store.load().statuses.values())
        for at in range(0, len(statuses), 100):
            changes = tuple(Change(one, _written(one)) for one in statuses[at : at + 100])
            store.commit(Edit(message("Skrevet"), changes), signed("window"))
    return home, package


def _written(status: Status) -> Status:
    return replace(status, **FIELDS)  # type: ignore[arg-type]  # values of its own fields


def opened(home: Path, folder: Path) -> tuple[tuple[Store, Portfolio], dict[str, object]]:
    """Open a fresh copy of the portfolio: nobody has merged the package into it."""
    path = folder / f"{uuid4()}.tertial"
    path.write_bytes(home.read_bytes())
    store = open_store(path)
    return (store, store.load()), {}


def merge(package: Path, store: Store, portfolio: Portfolio) -> int:
    """Read a package, plan, settle everything as suggested, and write it."""
    with closing(store):
        came = read_file(package, knowledge(store), portfolio)
        plan = plan_of(store, portfolio, came)
        merged = settle(portfolio, plan, {}, Settler(who="Ola", at=NOW, new_id=lambda: str(uuid4())))
        store.commit(merged.edit, signed(MERGED), lines=came.lines, lineage=merged.lineage)
        return merged.taken


@pytest.mark.parametrize("projects", [88, 2_500])
def test_merging(benchmark: BenchmarkFixture, tmp_path: Path, projects: int) -> None:
    home, package = made(tmp_path, projects)
    (store, portfolio), _ = opened(home, tmp_path)
    assert merge(package, store, portfolio) == len(FIELDS) * projects
    benchmark.group = f"merge a package of {projects} projects, {len(FIELDS) * projects} fields"
    benchmark.pedantic(partial(merge, package), setup=partial(opened, home, tmp_path), rounds=5)
