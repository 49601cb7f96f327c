"""The hub when something is wrong: with the address, the server, the database, who may do what, or what is sent."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import pytest

from db.hub.address import read_address
from db.hub.connecting import linked
from db.hub.mine import hubs_knowledge
from db.hub.schema import found
from db.kinship import origin_of
from db.lineage import write_lineage
from db.trouble import Trouble
from tests.hub.laptop import Laptop
from tests.hub.server import Server
from tests.portfolios import YEAR
from tests.test_hub import as_, laptop_of, ola, pattern, refused, server
from tests.windows import portfolio_records, write
from tracker.merging.lineage import Lineage, Place
from tracker.merging.plan import Choice, Verdict
from tracker.messages import Refusal
from tracker.model import Status
from ui.commands.run import run
from ui.words import words_in

psycopg = pytest.importorskip("psycopg", reason="the hub's part isn't installed (pip install tertial[hub])")
__all__ = ["ola", "pattern", "server"]

BRIDGE = "Bru over Åa"


@pytest.mark.parametrize("is_promoted", [False, True])
def test_a_project_manager_who_chose_their_own_text_sends_it_and_nothing_of_the_controllers(
    ola: Laptop, server: Server, *, is_promoted: bool
) -> None:
    runs_it = Laptop("Drift", ola.path, ola.url.replace("//ola@", "//postgres@"))
    # Roles are the whole server's: who is promoted is of this test alone.
    with psycopg.connect(server.url(), autocommit=True) as link:
        link.execute(f"CREATE ROLE kari_{is_promoted} LOGIN")
    login = f"kari_{is_promoted}".lower()
    runs_it.let_in(login, "manager", "Kari")
    kari, lise = laptop_of(ola, login), laptop_of(ola, "lise")
    ola.write(YEAR, BRIDGE, "F1", field="code")
    ola.write(YEAR, BRIDGE, "Olas tekst")
    ola.push()
    kari.write(YEAR, BRIDGE, "Karis tekst")
    assert kari.pull(Choice.OURS, rejects=lambda item: "code" in item.place.unit).plan.of(Verdict.COLLISION)
    if is_promoted:
        runs_it.let_in(login, "controller")
    assert kari.push() == 2
    for one in (ola, lise):
        assert one.pull().plan.of(Verdict.COLLISION) == []
        assert one.status(BRIDGE, YEAR).text == "Karis tekst"
        assert one.portfolio().projects[one.project(BRIDGE)].code == "F1"
        assert one.push() == 0
    with as_(ola, "ola") as link:
        told = "SELECT DISTINCT tbl FROM change JOIN entry ON entry.id = change.entry WHERE login = %s"
        assert link.execute(told, (login,)).fetchall() == [("status",)]


def test_a_project_manager_cannot_pass_a_record_of_theirs_off_as_anothers(ola: Laptop) -> None:
    """By its id it would stand in the other's place in every file that is fetched."""
    anothers, bridge = ola.status("Veier", YEAR).id, ola.project(BRIDGE)
    other_key, same_key = f"{bridge}|2022-Y", f"{bridge}|{YEAR}"
    mine = {"id": str(uuid4()), "project": bridge, "period": str(YEAR), "text": "Falsk", "state": "draft"}
    entry = "INSERT INTO entry (id, at, who, way, label, scopes) VALUES (%s, 'x', 'x', 'x', '{}', %s)"
    place = "INSERT INTO place VALUES (%s, %s, 'status', %s, %s, %s, %s::jsonb)"
    with as_(ola, "kari") as link:
        for key, unit, held in (
            (other_key, "", {**mine, "id": anothers, "period": "2022-Y"}),
            (other_key, "", mine),
            (same_key, "", {**mine, "id": anothers}),
            (same_key, "", {name: value for name, value in mine.items() if name != "project"}),
            (same_key, "text", {"text": "Falsk", "id": anothers}),
            (same_key, "text", {"text": "Falsk", "period": "2022-Y"}),
        ):
            fresh = str(uuid4())
            with suppress(psycopg.Rollback), link.transaction():
                link.execute(entry, (fresh, [bridge]))
                refused(link, place, fresh, bridge, key, unit, str(held.get("id", "")), json.dumps(held))
                raise psycopg.Rollback
    assert laptop_of(ola, "lise").portfolio() == ola.portfolio()


def test_what_waited_and_waits_no_longer_is_known_in_the_order_it_was_told(ola: Laptop) -> None:
    place = Place(Status, "p|2023-Y", "text")
    waited = Lineage(waiting=(("f" * 32, place),))
    settled = Lineage(settled=(("f" * 16, place),))
    with linked(read_address(ola.url)) as link, ola.opened() as (store, _), link.transaction():
        found(link, origin_of(store))
        # The later has the id that sorts first.
        for first, told in (("f", waited), ("0", settled)):
            one = f"{first * 8}{str(uuid4())[8:]}"
            link.execute(
                "INSERT INTO entry (id, at, who, way, label, scopes) VALUES (%s, '', '', '', '{}', '{}')", (one,)
            )
            link.execute("INSERT INTO lineage VALUES (%s, 'house', %s, true)", (one, write_lineage(told)))
        # As a large hub reads them: by way of the index.
        link.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off; SET LOCAL enable_sort = off")
        assert hubs_knowledge(link, ()).waiting == {}


def test_what_a_project_manager_did_in_a_project_that_was_taken_over_is_told_by_name(ola: Laptop) -> None:
    kari = laptop_of(ola, "kari")
    ola.write(YEAR, BRIDGE, "Per", field="responsible")
    ola.push()
    kari.write(YEAR, "Skole på Åsen", "Skolen er tatt i bruk.")
    kari.pull()
    assert kari.push() == 1
    kari.write(YEAR, BRIDGE, "Skrevet for sent")
    with pytest.raises(Refusal, match="er ikke lenger") as told:
        kari.push()
    assert [words_in("nb")(one) for one in told.value.details] == [BRIDGE]


def test_any_text_that_can_be_pasted_goes_there_and_back(ola: Laptop) -> None:
    kari, lise = laptop_of(ola, "kari"), laptop_of(ola, "lise")
    text = "".join(("😀æ\\u0000 \u2028\ufeff'\";$$\\", "\0\\\0", "x" * 5_000))
    kari.write(YEAR, BRIDGE, text)
    assert kari.push() == 1
    assert ola.pull().plan.of(Verdict.COLLISION) == []
    assert ola.status(BRIDGE, YEAR).text == text.replace("\0", "")
    ola.write(YEAR, BRIDGE, "Årsaken", field="explanation")
    ola.push()
    assert lise.pull().plan.of(Verdict.COLLISION) == []
    # What Kari pasted is unlike what the hub could take, by signs that can't be seen: she is asked once.
    assert kari.pull(Choice.THEIRS).plan.of(Verdict.COLLISION)
    for one in (kari, lise, ola):
        assert (one.status(BRIDGE, YEAR), one.push()) == (ola.status(BRIDGE, YEAR), 0)
        assert one.pull().plan.is_nothing


def test_a_dry_run_makes_no_file(ola: Laptop, capsys: pytest.CaptureFixture[str]) -> None:
    new = ola.path.with_name("ny.tertial")
    assert run(["hub", "pull", str(new), ola.url, "--dry-run"]) == 0
    assert "Ingenting er laget." in capsys.readouterr().err
    assert not new.exists()


# --- the address, and the server -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://ola@hub..no/tertial",
        f"postgresql://ola@{'a' * 70}.no/tertial",
        "postgresql://ola@localhost/tertial?connect_timeout=snart",
        "postgresql://ola@localhost/\udcff",
    ],
)
def test_what_cannot_be_an_address_is_told_in_a_sentence(url: str) -> None:
    with pytest.raises(Refusal, match="Forstår ikke adressen"), linked(read_address(url)):
        pass


@pytest.mark.parametrize(("name", "value"), [("PGHOSTADDR", "10.0.0.5"), ("PGSERVICE", "hub")])
def test_a_number_from_elsewhere_is_no_way_round_encryption(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    assert read_address("postgresql://kari@localhost/tertial").parameters["sslmode"] == "verify-full"
    assert "sslmode" not in read_address("postgresql://kari@localhost/tertial?hostaddr=127.0.0.1").parameters
    monkeypatch.delenv(name)
    assert read_address("postgresql://kari@localhost/tertial?service=hub").parameters["sslmode"] == "verify-full"


def test_what_an_address_says_of_its_letters_does_not_count(ola: Laptop) -> None:
    Laptop("Ola", ola.path, f"{ola.url}&client_encoding=SQL_ASCII").pull()


def setting(ola: Laptop, name: str, value: str) -> None:
    """Set something for everybody who connects from now on."""
    with as_(ola, "postgres") as link:
        link.execute(f"ALTER DATABASE {link.info.dbname} SET {name} = '{value}'")


def test_a_server_that_only_reads_says_so_and_takes_the_edit_later(ola: Laptop) -> None:
    ola.write(YEAR, BRIDGE, "Skrevet mens tjeneren bare kan leses")
    setting(ola, "default_transaction_read_only", "on")
    ola.pull()
    with pytest.raises(Trouble, match="kan bare leses"):
        ola.push()
    with as_(ola, "postgres") as link:
        link.execute("SET default_transaction_read_only = off")
        link.execute(f"ALTER DATABASE {link.info.dbname} RESET ALL")
    assert ola.push() == 1


def test_a_push_reads_what_is_new_after_its_lock_whatever_is_usual_there(ola: Laptop) -> None:
    setting(ola, "default_transaction_isolation", "repeatable read")
    with linked(read_address(ola.url)) as link, link.transaction():
        assert link.execute("SHOW transaction_isolation").fetchone() == ("read committed",)


def test_a_laptop_that_falls_asleep_in_a_push_is_let_go_of(ola: Laptop) -> None:
    """Else nobody could send until the system finds that it is gone, two hours later."""
    with linked(read_address(ola.url)) as link:
        assert link.execute("SHOW idle_in_transaction_session_timeout").fetchone() == ("5min",)
    with pytest.raises(Trouble, match="ble brutt"):
        _sleep_in_a_push(ola)
    assert ola.push() == 0
    told = read_address("postgresql://kari@hub.kommune.no/tertial").parameters
    assert int(told["keepalives_idle"]) <= int(told["tcp_user_timeout"]) / 1000


def _sleep_in_a_push(ola: Laptop) -> None:
    with linked(read_address(ola.url)) as link, link.transaction():
        with ola.opened() as (store, _):
            found(link, origin_of(store))
        link.execute("SELECT begin_push()")
        link.execute("SET idle_in_transaction_session_timeout = 1")
        assert ola.push() == 0
        link.execute("SELECT 1")


def _of_code(code: str) -> str:
    return f"DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '{code}'; END $$"


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        (_of_code("53100"), "er full"),
        (_of_code("40P01"), "er opptatt"),
        (_of_code("22P05"), "et tegn"),
        ("SELECT * FROM finnes_ikke", "svarte med en feil (42P01)"),
        ("INSERT INTO person VALUES ('kari', '')", "svarte med en feil (23514)"),
        ("SELECT pg_terminate_backend(pg_backend_pid())", "ble brutt"),
    ],
)
def test_whatever_a_server_says_no_to_is_a_sentence(ola: Laptop, statement: str, told: str) -> None:
    def act() -> None:
        with linked(read_address(ola.url.replace("//ola@", "//postgres@"))) as link, ola.opened() as (store, _):
            found(link, origin_of(store))
            link.execute(statement.encode())

    with pytest.raises(Trouble) as met:
        act()
    assert told in words_in("nb")(met.value.reason)


def test_a_connection_that_is_cut_anywhere_in_a_push_or_a_pull_costs_nothing(
    ola: Laptop, monkeypatch: pytest.MonkeyPatch
) -> None:
    kari = laptop_of(ola, "kari")
    entry = kari.write(YEAR, BRIDGE, "Sendt til slutt")
    for name, act in (("push", kari.push), ("pull", ola.pull)):
        for cut_at in count(step=3):
            cuts = _Cuts(cut_at, ola.url.replace("//ola@", "//postgres@"))
            with monkeypatch.context() as cutting:
                cutting.setattr(psycopg.Cursor, "execute", cuts.execute)
                try:
                    act()
                except Trouble as trouble:
                    assert "ble brutt" in words_in("nb")(trouble.reason), (name, cut_at)  # noqa: PT017
                else:
                    break
        assert cut_at > 8
    assert ola.status(BRIDGE, YEAR).text == "Sendt til slutt"
    assert (kari.push(), kari.problems(), ola.problems()) == (0, [], [])
    with as_(ola, "ola") as link:
        assert link.execute("SELECT count(*) FROM entry WHERE id = %s", (entry,)).fetchone() == (1,)


@dataclass
class _Cuts:
    """Cuts a connection before the statement of one number."""

    at: int
    url: str
    done: int = 0

    @property
    def execute(self) -> Callable[..., Any]:
        """What takes the place of `Cursor.execute`."""
        execute = psycopg.Cursor.execute

        def cut_or_execute(cursor: Any, *arguments: Any, **more: Any) -> Any:
            self.done += 1
            if self.done == self.at + 1:
                with psycopg.connect(self.url) as other:
                    execute(
                        other.cursor(), "SELECT pg_terminate_backend(%s, 5000)", (cursor.connection.info.backend_pid,)
                    )
            return execute(cursor, *arguments, **more)

        return cut_or_execute


# --- the database, and who is let in ---------------------------------------------------------------------------


def test_a_database_that_cannot_hold_every_letter_is_refused_before_anything_is_made(
    ola: Laptop, server: Server
) -> None:
    with psycopg.connect(server.url(), autocommit=True) as link:
        link.execute("CREATE DATABASE latin ENCODING LATIN1 TEMPLATE template0")
    with pytest.raises(Refusal, match="UTF8"):
        Laptop("Ola", ola.path, server.url(database="latin")).found()
    with psycopg.connect(server.url(database="latin")) as link:
        assert link.execute("SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'tertial%'").fetchone() == (0,)


def test_a_hub_that_waits_to_be_upgraded_is_in_nobody_elses_way(ola: Laptop) -> None:
    runs_it = ola.url.replace("//ola@", "//postgres@")
    other = Laptop("Ola", write(ola.path.with_name("annen.tertial"), list(portfolio_records())), runs_it).found()
    other.let_in("lise", "controller")
    with linked(read_address(runs_it)) as link, other.opened() as (store, _):
        found(link, origin_of(store))
        link.execute("UPDATE hub SET version = 1")
    assert laptop_of(ola, "lise").portfolio() == ola.portfolio()


@pytest.mark.parametrize("changed", [str.upper, lambda origin: f"{origin[:5]}'; DROP"])
def test_a_portfolio_that_is_not_there_is_told_in_a_sentence(
    ola: Laptop, changed: Callable[[str], str], capsys: pytest.CaptureFixture[str]
) -> None:
    with ola.opened() as (store, _):
        origin = changed(origin_of(store))
    assert run(["hub", "pull", str(ola.path.with_name("ny.tertial")), ola.url, "--portfolio", origin]) == 2
    assert "har ingen hub her" in capsys.readouterr().err


@pytest.mark.parametrize(("login", "name"), [("Åse Ødegård", "KARI "), ('o"x', " kari"), ("ås%s", "A\u030ase")])
def test_somebody_is_let_in_whatever_the_login_is_called_and_however_the_name_is_typed(
    ola: Laptop, server: Server, login: str, name: str
) -> None:
    with psycopg.connect(server.url(), autocommit=True) as link:
        link.execute(psycopg.sql.SQL("CREATE ROLE {} LOGIN").format(psycopg.sql.Identifier(login)))
    ola.write(YEAR, BRIDGE, name, field="responsible")
    ola.push()
    Laptop("Drift", ola.path, ola.url.replace("//ola@", "//postgres@")).let_in(
        login, "manager", unicodedata.normalize("NFC", name), ""
    )
    mine = Laptop("Ny", ola.path.with_name("ny.tertial"), ola.url.replace("//ola@", f"//{quote(login)}@")).fetch()
    assert BRIDGE in {one.name for one in mine.portfolio().projects.values()}
