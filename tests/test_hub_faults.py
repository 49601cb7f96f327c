"""The hub when something is wrong: with the address, the server, the database, who may do what, or what is sent."""

from __future__ import annotations

import pytest

from tests.hub.laptop import Laptop
from tests.hub.server import Server
from tests.portfolios import YEAR
from tests.test_hub import as_, laptop_of, ola, pattern, server
from tracker.merging.plan import Choice, Verdict

psycopg = pytest.importorskip("psycopg", reason="the hub's part isn't installed (pip install tertial[hub])")
__all__ = ["ola", "pattern", "server"]

BRIDGE = "Bru over Åa"


@pytest.mark.parametrize("is_promoted", [False, True])
def test_a_project_manager_who_chose_their_own_text_sends_it_and_nothing_of_the_controllers(
    ola: Laptop, *, is_promoted: bool
) -> None:
    kari, lise = laptop_of(ola, "kari"), laptop_of(ola, "lise")
    ola.write(YEAR, BRIDGE, "F1", field="code")
    ola.write(YEAR, BRIDGE, "Olas tekst")
    ola.push()
    kari.write(YEAR, BRIDGE, "Karis tekst")
    assert kari.pull(Choice.OURS, rejects=lambda item: "code" in item.place.unit).plan.of(Verdict.COLLISION)
    if is_promoted:
        Laptop("Drift", ola.path, ola.url.replace("//ola@", "//postgres@")).let_in("kari", "controller")
    assert kari.push() == 2
    for one in (ola, lise):
        assert one.pull().plan.of(Verdict.COLLISION) == []
        assert one.status(BRIDGE, YEAR).text == "Karis tekst"
        assert one.portfolio().projects[one.project(BRIDGE)].code == "F1"
        assert one.push() == 0
    with as_(ola, "ola") as link:
        told = "SELECT DISTINCT tbl FROM change JOIN entry ON entry.id = change.entry WHERE login = 'kari'"
        assert link.execute(told).fetchall() == [("status",)]
