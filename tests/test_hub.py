"""The hub: the same changes as in packages, carried by a real PostgreSQL that the tests start themselves."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from db.hub import schema
from db.hub.address import read_address
from db.hub.connecting import linked
from db.journal import Signature
from db.kinship import origin_of
from db.store import new_store
from db.trouble import Trouble
from tests.hub.laptop import Laptop
from tests.hub.server import NoServerError, Server, serving
from tests.portfolios import YEAR, planned, table_of
from tracker.actions import Entry as Typed
from tracker.actions import fill_in
from tracker.closing import lock
from tracker.edits import Edit, apply, changed
from tracker.guarding import is_locked
from tracker.kinds import StatusState
from tracker.merging.plan import Choice, Verdict
from tracker.messages import Refusal, message
from tracker.model import Portfolio
from tracker.workflow import Mover
from ui.commands.run import run

psycopg = pytest.importorskip("psycopg", reason="the hub's part isn't installed (pip install tertial[hub])")

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
            with psycopg.connect(found.url(), autocommit=True) as link:
                for login in ("ola", "lise", "kari", "per", "bi", "ukjent"):
                    link.execute(f"CREATE ROLE {login} LOGIN")
            yield found
    except NoServerError as reason:
        pytest.skip(str(reason))


@pytest.fixture(scope="session")
def pattern(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Laptop:
    """Return the controller's laptop and its hub as they are when a test begins: two projects are Kari's, one Per's."""
    path = tmp_path_factory.mktemp("hub") / "kommunen.tertial"
    with new_store(path) as store:
        edit = planned(table_of(TABLE)).edit
        store.commit(edit, signed("Ola", "beginning"))
        portfolio = apply(Portfolio(), edit)
        for name, who in (("Skole på Åsen", "Kari"), ("Bru over Åa", "Kari"), ("Veier", "Per")):
            project = next(one.id for one in portfolio.projects.values() if one.name == name)
            typed = Typed(project=project, field="responsible", typed=who)
            made = fill_in(portfolio, YEAR, typed, new_id=lambda: str(uuid4()))
            store.commit(made, signed("Ola", "window"))
            portfolio = apply(portfolio, made)
    new_database(server, "pattern")
    laptop = Laptop("Ola", path, server.url(database="pattern")).found()
    laptop.let_in("ola", "controller")
    laptop.let_in("lise", "controller")
    laptop.let_in("kari", "manager", "Kari")
    laptop.let_in("per", "manager", "Per")
    laptop.let_in("bi", "reader")
    return laptop


@pytest.fixture
def ola(server: Server, pattern: Laptop, tmp_path: Path) -> Laptop:
    """Return the controller's laptop, with a hub of this test's own."""
    database = f"kommune{next(_NUMBERS)}"
    new_database(server, database, "pattern")
    path = tmp_path / "kommunen.tertial"
    path.write_bytes(pattern.path.read_bytes())
    return Laptop("Ola", path, server.url("ola", database))


def new_database(server: Server, name: str, pattern: str = "template1") -> None:
    with psycopg.connect(server.url(), autocommit=True) as link:
        link.execute(f"CREATE DATABASE {name} TEMPLATE {pattern}")


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


def test_a_project_manager_undoes_a_pull_of_what_is_the_controllers(ola: Laptop) -> None:
    kari = laptop_of(ola, "kari")
    ola.write(YEAR, "Bru over Åa", "F1", field="code")
    ola.push()
    kari.pull()
    kari.undo()
    assert kari.portfolio().projects[kari.project("Bru over Åa")].code is None
    kari.write(YEAR, "Bru over Åa", "Brua står.")
    kari.pull()
    assert kari.portfolio().projects[kari.project("Bru over Åa")].code == "F1"
    assert kari.push() == 1


def test_what_somebody_decides_against_goes_back_to_who_wrote_it(ola: Laptop) -> None:
    kari, lise = laptop_of(ola, "kari"), laptop_of(ola, "lise")
    kari.write(YEAR, "Bru over Åa", "Karis tekst")
    kari.push()
    lise.pull()
    ola.pull(rejects=lambda _: True)
    assert ola.push() == 1
    for one in (kari, lise):
        (item,) = one.pull().plan.of(Verdict.NEW)
        assert [author.who for author in item.authors] == ["Ola"]
        assert one.status("Bru over Åa", YEAR).text == "Grunnarbeidene er i gang."
        assert one.push() == 0
    assert ola.pull().plan.is_nothing


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


# --- who may see and write what, tried by SQL ------------------------------------------------------------------


@contextmanager
def as_(ola: Laptop, login: str) -> Iterator[Any]:
    """Speak SQL with the hub as somebody, as whoever has their password can."""
    with psycopg.connect(ola.url.replace("//ola@", f"//{login}@"), autocommit=True) as link:
        row = link.execute("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'tertial%'").fetchone()
        assert row is not None
        link.execute("SELECT set_config('search_path', %s, false)", (row[0],))
        yield link


def refused(link: Any, statement: str, *values: object) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        link.execute(statement, values)


def test_a_project_manager_cannot_read_anothers_drafts(ola: Laptop) -> None:
    per, roads = laptop_of(ola, "per"), ola.project("Veier")
    per.write(YEAR, "Veier", "Pers hemmelige utkast")
    per.write(YEAR, "Veier", "Årsaken er Pers", field="explanation")
    per.push()
    tables = ("entry", "change", "lineage", "place", "record", "ledger_sum", "ledger_stretch", "figures", "person")
    with as_(ola, "kari") as link:
        for table in tables:
            if table == "ledger_stretch":
                refused(link, f"SELECT * FROM {table}")
                continue
            rows = str(link.execute(f"SELECT t::text FROM {table} t").fetchall())
            assert "hemmelige" not in rows
            assert "Årsaken er Pers" not in rows
            # How the portfolio began is one entry, and says which projects it is of.
            is_found = roads in rows
            assert is_found is (table == "entry")
        for view in ("project_period", "project", "period"):
            refused(link, f"SELECT * FROM {view}")
        assert link.execute("SELECT count(*) FROM entry WHERE login = 'per'").fetchone() == (0,)
    with as_(ola, "per") as link:
        assert "hemmelige" in str(link.execute("SELECT held FROM record").fetchall())


def test_a_project_manager_cannot_write_anothers_drafts(ola: Laptop) -> None:
    mine, roads = ola.project("Bru over Åa"), ola.project("Veier")
    entry = "INSERT INTO entry (id, at, who, way, label, scopes) VALUES (%s, 'x', 'x', 'x', '{}', %s)"
    change = "INSERT INTO change VALUES (%s, 0, %s, %s, 'x', NULL, %s::jsonb)"
    place = "INSERT INTO place VALUES (%s, %s, %s, %s, %s, 'x', %s::jsonb)"
    old = ola.write(YEAR, "Bru over Åa", "Olas")
    ola.push()
    with as_(ola, "kari") as link:
        refused(link, entry, str(uuid4()), [roads])
        refused(link, entry, str(uuid4()), ["common"])
        refused(link, change, old, mine, "status", "{}")
        for statement, values in (
            (change, (roads, "status", "{}")),
            (change, (mine, "status", f'{{"project": "{roads}"}}')),
            (change, (mine, "budget_line", f'{{"project": "{mine}"}}')),
            (place, (roads, "status", f"{roads}|2023-Y", "text", '{"text": "Karis"}')),
            (place, (mine, "status", f"{roads}|2023-Y", "text", '{"text": "Karis"}')),
            (place, (mine, "status", f"{roads}|2023-Y", "", None)),
            (place, (mine, "status", f"{mine}|2023-Y", "state", '{"state": "approved"}')),
            (place, (mine, "project", mine, "name", '{"name": "Karis bru"}')),
            (place, ("common", "setting", "limit.x", "", '{"id": "limit.x", "value": "1"}')),
        ):
            fresh = str(uuid4())
            with suppress(psycopg.Rollback), link.transaction():
                link.execute(entry, (fresh, [mine]))
                refused(link, statement, fresh, *values)
                raise psycopg.Rollback
        refused(link, "UPDATE figures SET actual = 0")
        link.execute("UPDATE figures SET status_text = 'Karis'")
        refused(link, "INSERT INTO figures (project_id, period) VALUES ('x', 'x')")
        refused(link, "INSERT INTO told VALUES ('0123456789abcdef')")
        refused(link, "INSERT INTO person VALUES ('kari', 'Per')")
        refused(link, "UPDATE record SET held = '{}'")
    with as_(ola, "ola") as link:
        told = dict(link.execute("SELECT project, status_text FROM figures").fetchall())
        assert (told["Veier"], told["Bru over Åa"]) == ("Asfaltert som planlagt.", "Karis")


@pytest.mark.parametrize("login", ["kari", "ola", "postgres"])
def test_history_is_only_added_to(ola: Laptop, login: str) -> None:
    with as_(ola, login) as link:
        for table in ("entry", "change", "lineage", "place", "told", "ledger_sum", "ledger_stretch"):
            refused(link, f"DELETE FROM {table}")
            refused(link, f"TRUNCATE {table} CASCADE")
        refused(link, "UPDATE entry SET who = 'Noen'")
        refused(link, "UPDATE change SET after = '{}'")


def test_who_sent_an_entry_is_who_logged_in(ola: Laptop) -> None:
    kari = laptop_of(ola, "kari")
    kari.name = "Ola"
    entry = kari.write(YEAR, "Bru over Åa", "Skrevet i Olas navn")
    kari.push()
    with as_(ola, "ola") as link:
        assert link.execute("SELECT who, login FROM entry WHERE id = %s", (entry,)).fetchone() == ("Ola", "kari")


def test_power_bi_reads_a_row_a_project_and_period_and_no_drafts(ola: Laptop) -> None:
    kari = laptop_of(ola, "kari")
    kari.write(YEAR, "Bru over Åa", "Halvferdig setning")
    kari.write(YEAR, "Bru over Åa", 123_000, field="year_end_forecast")
    kari.push()
    wanted = "SELECT revised_budget, actual, year_end_forecast, status_text FROM project_period WHERE project = %s"
    with as_(ola, "bi") as link:
        assert link.execute(wanted, ("Bru over Åa",)).fetchall() == [(3_000_000, 800_000, None, None)]
        for table in ("entry", "change", "place", "record", "figures", "person"):
            refused(link, f"SELECT * FROM {table}")
    ola.pull()
    kari.act(_moved(kari, StatusState.SUBMITTED))
    kari.push()
    with as_(ola, "bi") as link:
        rows = link.execute(wanted, ("Bru over Åa",)).fetchall()
        assert rows == [(3_000_000, 800_000, 123_000, "Halvferdig setning")]
        assert link.execute("SELECT count(*) FROM project_period").fetchone() == (3,)


def _moved(laptop: Laptop, to: StatusState) -> Edit:
    """Return the edit that moves the status of the bridge."""
    mover = Mover(who="Kari", at=laptop.at)
    status = laptop.status("Bru over Åa", YEAR)
    return changed(message("Flyttet"), status, replace(status, state=to, moved_by=mover.who, moved_on=mover.today))


def test_an_approved_status_takes_nothing_more_from_its_project_manager(ola: Laptop) -> None:
    kari = laptop_of(ola, "kari")
    kari.act(_moved(kari, StatusState.SUBMITTED))
    kari.push()
    ola.pull()
    ola.act(_moved(ola, StatusState.APPROVED))
    ola.push()
    kari.act(_moved(kari, StatusState.DRAFT))
    kari.write(YEAR, "Bru over Åa", "Etter godkjenningen")
    with pytest.raises(Refusal, match="hent dem først"):
        kari.push()
    kari.pull()
    with pytest.raises(Trouble, match="godkjent"):
        kari.push()
    assert ola.pull().plan.is_nothing


# --- the hub is away, is another, comes back -------------------------------------------------------------------


def test_nothing_is_lost_while_the_hub_is_away(ola: Laptop, server: Server) -> None:
    kari = laptop_of(ola, "kari")
    entry = kari.write(YEAR, "Bru over Åa", "Skrevet uten nett")
    before = kari.path.read_bytes()
    server.kill()
    try:
        for act in (kari.push, kari.pull):
            with pytest.raises(Trouble, match="prøv igjen senere"):
                act()
    finally:
        server.start()
    assert kari.path.read_bytes() == before
    assert kari.push() == 1
    with as_(ola, "ola") as link:
        assert link.execute("SELECT count(*) FROM entry WHERE id = %s", (entry,)).fetchone() == (1,)


def test_a_push_that_breaks_off_leaves_nothing_behind(ola: Laptop, monkeypatch: pytest.MonkeyPatch) -> None:
    kari = laptop_of(ola, "kari")
    kari.write(YEAR, "Bru over Åa", "Nesten sendt")
    with as_(ola, "ola") as link:
        (before,) = link.execute("SELECT count(*) FROM entry").fetchone()

        def die(*_: object, **__: object) -> None:
            raise KeyboardInterrupt

        with monkeypatch.context() as broken:
            broken.setattr("db.hub.pushing._add_figures", die)
            with pytest.raises(KeyboardInterrupt):
                kari.push()
        assert link.execute("SELECT count(*) FROM entry").fetchone() == (before,)
        assert kari.push() == 1
        assert link.execute("SELECT count(*) FROM entry").fetchone() == (before + 1,)


def test_an_older_laptop_is_told_that_the_hub_is_newer_and_loses_nothing(ola: Laptop) -> None:
    kari = laptop_of(ola, "kari")
    kari.write(YEAR, "Bru over Åa", "Skrevet med en eldre versjon")
    before = kari.path.read_bytes()
    with as_(ola, "postgres") as link:
        link.execute("UPDATE hub SET version = 99")
        for act in (kari.push, kari.pull, ola.found):
            with pytest.raises(Trouble, match="oppdater programmet"):
                act()
        link.execute("UPDATE hub SET version = %s", (len(schema.MIGRATIONS),))
    assert kari.path.read_bytes() == before
    assert kari.push() == 1


def test_a_hub_is_upgraded_whole_or_not_at_all(
    ola: Laptop, server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    new_database(server, database := f"gammel{next(_NUMBERS)}")
    old = Laptop("Ola", tmp_path / "gammel.tertial", server.url(database=database))
    old.path.write_bytes(ola.path.read_bytes())
    with linked(read_address(old.url)) as link:
        origin = portfolio_of(old)
        monkeypatch.setattr(schema, "MIGRATIONS", schema.MIGRATIONS[:1])
        assert schema.make(link, origin)
        broken = "CREATE TABLE half (x integer); SELECT 1 / 0;"
        monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, broken))
        with pytest.raises(psycopg.errors.DivisionByZero):
            schema.make(link, origin)
        monkeypatch.undo()
        with pytest.raises(Trouble, match="tertial hub init"):
            schema.found(link, origin)
        assert link.execute("SELECT to_regclass('half')").fetchone() == (None,)
        assert schema.make(link, origin)
    assert old.found().push() == 0


def portfolio_of(laptop: Laptop) -> str:
    with laptop.opened() as (store, _):
        return origin_of(store)


def test_a_hub_comes_back_from_an_older_copy_and_is_told_what_it_lost(ola: Laptop, server: Server) -> None:
    kari, lise = laptop_of(ola, "kari"), laptop_of(ola, "lise")
    database = ola.url.split("?")[0].rpartition("/")[2]
    as_postgres = ("-h", str(server.folder), "-U", "postgres")
    copy = server.folder / f"{database}.dump"
    server.run("pg_dump", *as_postgres, "-Fc", "-f", str(copy), database)
    kari.write(YEAR, "Bru over Åa", "Etter sikkerhetskopien")
    kari.push()
    ola.pull()
    server.run("dropdb", *as_postgres, database)
    server.run("createdb", *as_postgres, database)
    server.run("pg_restore", *as_postgres, "-d", database, str(copy))
    lise.write(YEAR, "Veier", "Den første etter gjenopprettingen")
    assert lise.push() == 1
    assert kari.push() == 1
    for one in (lise, ola, kari):
        one.pull()
    assert lise.portfolio() == ola.portfolio()
    assert ola.status("Veier", YEAR).text == "Den første etter gjenopprettingen"
    assert lise.status("Bru over Åa", YEAR).text == "Etter sikkerhetskopien"


def test_a_hub_becomes_a_file_again_with_its_locked_periods_and_ledger(ola: Laptop) -> None:
    held = ola.portfolio()
    ola.act(lock(held, YEAR, who="Ola", at=ola.at, new_id=lambda: str(uuid4())))
    ola.push()
    lise = laptop_of(ola, "lise")
    assert lise.portfolio() == ola.portfolio()
    assert is_locked(lise.portfolio(), YEAR)
    assert lise.problems() == []
    with lise.opened() as (store, portfolio), ola.opened() as (other, _):
        for batch in portfolio.ledger_batches:
            assert list(store.stretches(batch)) == list(other.stretches(batch))


# --- the commands ----------------------------------------------------------------------------------------------


def test_the_commands_say_what_happened_and_what_to_do(
    ola: Laptop, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def hub(action: str, laptop: Laptop, *more: str) -> tuple[int, str]:
        code = run(["hub", action, str(laptop.path), laptop.url, *more])
        told = capsys.readouterr()
        return code, told.out + told.err

    kari = Laptop("Kari", tmp_path / "Kari.tertial", ola.url.replace("//ola@", "//kari@"))
    assert hub("pull", kari) == (0, "Kari.tertial: laget med 2 prosjekter fra huben.\n")
    assert kari.portfolio().is_package
    kari.write(YEAR, "Bru over Åa", "Karis tekst")
    ola.write(YEAR, "Bru over Åa", "Olas tekst")
    code, told = hub("push", kari)
    assert (code, told.startswith("Sendt 1 endring til kari@")) == (0, True)
    assert hub("push", ola) == (
        2,
        "Huben har 1 endring som du ikke har hentet: hent dem først, og send deretter.\n",
    )
    assert hub("status", ola) == (0, "1 endring er ikke sendt.\n1 endring er ikke hentet.\n")
    before = ola.path.read_bytes()
    code, told = hub("pull", ola)
    assert code == 1
    assert "1 kollisjon må avgjøres med --collisions" in told
    assert "her: Olas tekst" in told
    assert "der: Karis tekst" in told
    assert hub("pull", ola, "--dry-run", "--collisions", "law")[0] == 0
    assert ola.path.read_bytes() == before
    # The law: a status text is the project manager's.
    assert hub("pull", ola, "--collisions", "law")[0] == 0
    assert ola.status("Bru over Åa", YEAR).text == "Karis tekst"
    assert hub("push", ola)[0] == 0
    code, told = hub("push", Laptop("Per", kari.path, ola.url.replace("//ola@", "//per@")))
    assert (code, told.startswith("Alt er sendt")) == (0, True)
    strange = Laptop("Bi", tmp_path / "Bi.tertial", ola.url.replace("//ola@", "//bi@"))
    assert hub("pull", strange)[0] == 2
    assert not strange.path.exists()


def test_somebody_without_a_role_is_told_in_a_sentence(
    ola: Laptop, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    url = ola.url.replace("//ola@", "//ukjent@")
    assert run(["hub", "push", str(ola.path), url]) == 2
    assert "be den som driver den om tilgang" in capsys.readouterr().err
    assert run(["hub", "pull", str(tmp_path / "ny.tertial"), url]) == 2
    assert "Databasen har ingen hub som du har tilgang til" in capsys.readouterr().err


def test_a_file_package_made_of_what_the_hub_never_got_has_to_wait(ola: Laptop, tmp_path: Path) -> None:
    ola.write(YEAR, "Bru over Åa", "Ikke sendt ennå")
    assert run(["package", "out", str(ola.path), "--to", str(tmp_path), "--responsible", "Kari"]) == 0
    kari = Laptop("Kari", tmp_path / "Kari.tertial", ola.url.replace("//ola@", "//kari@"))
    kari.write(YEAR, "Bru over Åa", "Karis tekst")
    with pytest.raises(Refusal, match="be controlleren sende dem"):
        kari.push()
    ola.push()
    assert kari.push() == 1
    assert ola.pull().plan.of(Verdict.COLLISION) == []
    assert ola.status("Bru over Åa", YEAR).text == "Karis tekst"


def test_a_package_by_file_and_by_hub_is_the_same_edits(ola: Laptop, tmp_path: Path) -> None:
    assert run(["package", "out", str(ola.path), "--to", str(tmp_path), "--responsible", "Kari"]) == 0
    kari = Laptop("Kari", tmp_path / "Kari.tertial", ola.url.replace("//ola@", "//kari@"))
    lise = laptop_of(ola, "lise")
    kari.write(YEAR, "Bru over Åa", "Karis tekst")
    assert run(["package", "in", str(ola.path), str(kari.path)]) == 0
    ola.push()
    kari.pull()
    kari.push()
    ola.pull()
    assert lise.pull().plan.of(Verdict.COLLISION) == []
    assert {one.status("Bru over Åa", YEAR).text for one in (ola, lise, kari)} == {"Karis tekst"}
    for one in (ola, lise, kari):
        one.push()
        assert one.pull().plan.items == ()


def test_a_hub_that_somebody_has_written_in_is_noticed_and_nothing_is_fetched(ola: Laptop) -> None:
    kari = laptop_of(ola, "kari")
    kari.write(YEAR, "Bru over Åa", "Brua står.")
    kari.push()
    before = ola.path.read_bytes()
    with as_(ola, "postgres") as link:
        for held in ('{"id": "x"}', "[]", '{"id": 1, "project": null, "period": "aldri"}'):
            link.execute("UPDATE record SET held = %s WHERE tbl = 'status'", (held,))
            with pytest.raises(Trouble, match="ikke er skrevet av Tertial"):
                ola.pull()
    assert ola.path.read_bytes() == before


def test_many_laptops_end_alike_and_nothing_is_lost(server: Server) -> None:
    """The game in short; the long one is `python -m tests.hub.laptops`."""
    del server  # there is one to be had
    played = [sys.executable, "-m", "tests.hub.laptops", "--laptops", "4", "--projects", "8", "--edits", "8"]
    ended = subprocess.run(
        [*played, "--rounds", "2", "--kills", "0"],
        cwd=Path(__file__).parents[1],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.stdout.endswith("all held\n"), ended.stdout + ended.stderr
