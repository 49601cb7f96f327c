"""The hub: the same changes as in packages, carried by a real PostgreSQL that the tests start themselves."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path
from uuid import uuid4

import pytest

from db.journal import Signature
from db.store import new_store
from tests.hub.laptop import Laptop
from tests.hub.server import NoServerError, Server, serving
from tests.portfolios import YEAR, planned, table_of
from tracker.actions import Entry as Typed
from tracker.actions import fill_in
from tracker.edits import apply
from tracker.merging.plan import Choice, Verdict
from tracker.messages import Refusal
from tracker.model import Portfolio

pytest.importorskip("psycopg", reason="the hub's part isn't installed (pip install tertial[hub])")

TABLE = """
    Skole på Åsen   | 2 000 | 2 097 | 4K-2024 | 986   | 1 083 | Bygget er tatt i bruk.
    Bru over Åa     | 9 000 | 1 000 | 4K-2025 | 3 000 | 800   | Grunnarbeidene er i gang.
    Veier           | -     | -     | LØPENDE | 500   | 400   | Asfaltert som planlagt.
"""
_NUMBERS = count(1)


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """Run a PostgreSQL for all tests; where there is none they are skipped, and say why."""
    try:
        with serving() as found:
            for login in ("ola", "kari", "per", "lise", "bi"):
                found.run("createuser", "-h", str(found.folder), "-U", "postgres", login)
            yield found
    except NoServerError as reason:
        pytest.skip(str(reason))


@pytest.fixture
def ola(server: Server, tmp_path: Path) -> Laptop:
    """Return the controller's laptop, whose hub is new: two of the projects are Kari's, one is Per's."""
    database = f"kommune{next(_NUMBERS)}"
    server.run("createdb", "-h", str(server.folder), "-U", "postgres", database)
    path = tmp_path / "kommunen.tertial"
    with new_store(path) as store:
        edit = planned(table_of(TABLE)).edit
        store.commit(edit, signed("Ola", "beginning"))
        portfolio = apply(Portfolio(), edit)
        for name, who in (("Skole på Åsen", "Kari"), ("Bru over Åa", "Kari"), ("Veier", "Per")):
            project = next(one.id for one in portfolio.projects.values() if one.name == name)
            made = fill_in(
                portfolio, YEAR, Typed(project=project, field="responsible", typed=who), new_id=lambda: str(uuid4())
            )
            store.commit(made, signed("Ola", "window"))
            portfolio = apply(portfolio, made)
    laptop = Laptop("Ola", path, server.url(database=database)).found()
    laptop.let_in("ola", "controller")
    laptop.let_in("lise", "controller")
    laptop.let_in("kari", "manager", "Kari")
    laptop.let_in("per", "manager", "Per")
    laptop.let_in("bi", "reader")
    laptop.url = server.url("ola", database)
    return laptop


def signed(who: str, way: str) -> Signature:
    return Signature(who=who, at="2026-05-02T10:00:00+00:00", way=way, entry_id=str(uuid4()))


def laptop_of(ola: Laptop, login: str) -> Laptop:
    """Return somebody else's laptop, with a file fetched from the hub."""
    url = ola.url.replace("//ola@", f"//{login}@")
    return Laptop(login.title(), ola.path.with_name(f"{login}.tertial"), url).fetch()


def test_what_one_writes_the_others_get(ola: Laptop) -> None:
    lise, kari = laptop_of(ola, "lise"), laptop_of(ola, "kari")
    assert lise.portfolio() == ola.portfolio()
    assert sorted(one.name for one in kari.portfolio().projects.values()) == ["Bru over Åa", "Skole på Åsen"]
    kari.write(YEAR, "Bru over Åa", "Brua står.")
    assert kari.push() == 1
    assert ola.pull().plan.of(Verdict.COLLISION) == []
    assert ola.status("Bru over Åa", YEAR).text == "Brua står."
    assert ola.push() == 0
    ola.write(YEAR, "Bru over Åa", "F1", field="code")
    assert ola.push() == 1
    for one in (kari, lise):
        one.pull()
        assert one.portfolio().projects[one.project("Bru over Åa")].code == "F1"
        assert one.push() == 0
        assert one.pull().plan.is_nothing
        assert one.problems() == []
    assert lise.portfolio() == ola.portfolio()
    assert lise.status("Bru over Åa", YEAR).text == "Brua står."


def test_a_push_that_is_done_again_tells_nothing_twice(ola: Laptop) -> None:
    kari = laptop_of(ola, "kari")
    copy = Laptop("Kari", ola.path.with_name("kopi.tertial"), kari.url)
    kari.write(YEAR, "Bru over Åa", "Brua står.")
    copy.path.write_bytes(kari.path.read_bytes())
    assert (kari.push(), kari.push(), copy.push()) == (1, 0, 0)
    ola.pull()
    assert ola.pull().plan.is_nothing


def test_two_who_wrote_the_same_place_see_both_values(ola: Laptop) -> None:
    lise, kari = laptop_of(ola, "lise"), laptop_of(ola, "kari")
    kari.write(YEAR, "Bru over Åa", "Karis tekst")
    lise.write(YEAR, "Bru over Åa", "Lises tekst")
    kari.push()
    with pytest.raises(Refusal, match="hent dem først"):
        lise.push()
    (collision,) = lise.pull(Choice.OURS).plan.of(Verdict.COLLISION)
    assert (collision.ours.values, collision.theirs.values) == ({"text": "Lises tekst"}, {"text": "Karis tekst"})
    assert lise.push() == 2
    for one in (kari, ola):
        assert one.pull().plan.of(Verdict.COLLISION) == []
        assert one.status("Bru over Åa", YEAR).text == "Lises tekst"
        assert one.push() == 0


def test_a_pull_that_is_undone_is_offered_again(ola: Laptop) -> None:
    kari = laptop_of(ola, "kari")
    kari.write(YEAR, "Bru over Åa", "Brua står.")
    kari.push()
    ola.pull()
    ola.undo()
    assert ola.status("Bru over Åa", YEAR).text == "Grunnarbeidene er i gang."
    ola.pull()
    assert ola.status("Bru over Åa", YEAR).text == "Brua står."
    assert ola.push() == 0
