"""Where a hub is, who is let in, and what never stands anywhere: passwords, and anything unencrypted."""

from __future__ import annotations

import ast
import io
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from socket import socket
from threading import Thread
from uuid import uuid4

import pytest

from db.hub.address import read_address
from db.hub.connecting import linked
from db.journal import Signature
from db.store import new_store
from db.trouble import Trouble
from tests.hub.server import NoServerError, Server, serving
from tests.portfolios import planned, table_of
from tracker.messages import Refusal
from ui.commands.run import run
from ui.words import words_in

psycopg = pytest.importorskip("psycopg", reason="the hub's part isn't installed (pip install tertial[hub])")
keyring = pytest.importorskip("keyring", reason="the hub's part isn't installed (pip install tertial[hub])")

ROOT = Path(__file__).parents[1]
SECRET = "hest-batteri-stift"  # noqa: S105  of a server that is gone when the test is


@pytest.fixture(autouse=True)
def of_nobody(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Let nothing of this machine's own user count."""
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in [one for one in os.environ if one.startswith("PG")]:
        monkeypatch.delenv(name)


@pytest.mark.parametrize(
    "url",
    [
        f"postgresql://kari:{SECRET}@hub.kommune.no/tertial",
        f"postgresql://kari@hub.kommune.no/tertial?password={SECRET}",
        f"postgresql://kari:{SECRET}@[bare tull/tertial",
        f"hub.kommune.no password={SECRET}",
    ],
)
def test_a_password_in_an_address_is_refused_and_repeated_nowhere(url: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_address(url)
    assert SECRET not in f"{refused.value.reason.text} {refused.value.reason.values} {refused.value.details}"


@pytest.mark.parametrize("mode", ["disable", "allow", "prefer"])
def test_nothing_goes_unencrypted_to_another_machine(mode: str) -> None:
    with pytest.raises(Refusal, match="verify-full"):
        read_address(f"postgresql://kari@hub.kommune.no/tertial?sslmode={mode}")
    with pytest.raises(Refusal, match="verify-full"):
        read_address(f"postgresql://kari@localhost,hub.kommune.no/tertial?sslmode={mode}")


def test_another_machine_has_to_prove_its_name_unless_the_address_says_how_else() -> None:
    usual = read_address("postgresql://kari@hub.kommune.no/tertial").parameters
    assert (usual["sslmode"], usual["sslrootcert"]) == ("verify-full", "system")
    own = read_address("postgresql://kari@hub.kommune.no/tertial?sslmode=verify-ca&sslrootcert=/etc/ca.pem").parameters
    assert (own["sslmode"], own["sslrootcert"]) == ("verify-ca", "/etc/ca.pem")


@pytest.mark.parametrize("server", ["localhost", "127.0.0.1", "[::1]", ""])
def test_this_machine_needs_no_encryption(server: str) -> None:
    assert "sslmode" not in read_address(f"postgresql://kari@{server}/tertial").parameters


@pytest.mark.parametrize(("name", "value"), [("PGHOST", "hub.kommune.no"), ("PGSERVICE", "hub")])
def test_a_server_that_the_environment_names_is_another_machine(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    assert read_address("postgresql:///tertial").parameters["sslmode"] == "verify-full"


def test_without_the_part_that_speaks_with_it_there_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(Trouble, match=r"pip install tertial\[hub\]"):
        read_address("postgresql://kari@hub.kommune.no/tertial")


def test_only_the_hub_can_reach_a_server() -> None:
    found = {
        path.relative_to(ROOT).parent.as_posix()
        for room in ("tracker", "db", "ui")
        for path in (ROOT / room).rglob("*.py")
        if {"psycopg", "keyring"} & set(_imported(path))
    }
    assert found == {"db/hub"}
    loaded = "import sys, ui.app, ui.commands.hub; print({'psycopg', 'keyring'} & set(sys.modules))"
    ran = subprocess.run([sys.executable, "-c", loaded], cwd=ROOT, capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "set()"


def _imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (one.name.partition(".")[0] for one in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield (node.module or "").partition(".")[0]


@pytest.mark.parametrize(
    ("mode", "answer", "told"),
    [("require", b"N", "tilbyr ikke kryptering"), ("verify-full", b"S", "beviser ikke navnet sitt")],
)
def test_a_server_that_cannot_be_trusted_is_told_of_in_a_sentence(mode: str, answer: bytes, told: str) -> None:
    def serve() -> None:
        caller, _ = server.accept()
        with caller:
            caller.recv(8)
            caller.sendall(answer)

    with socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        Thread(target=serve, daemon=True).start()
        url = (
            f"postgresql://ola@127.0.0.1:{server.getsockname()[1]}/tertial?sslmode={mode}&sslrootcert=/finnes/ikke.crt"
        )
        with pytest.raises(Trouble) as met, linked(read_address(url)):
            pass
    said = words_in("nb")(met.value.reason)
    assert told in said
    assert "\n" not in said
    assert "sslmode" not in said


class Ring(keyring.backend.KeyringBackend):  # type: ignore[misc, name-defined]  # untyped there
    """A keyring that is gone with the process."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()
        self.held: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        """Return what was kept."""
        return self.held.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep a password."""
        self.held[service, username] = password


@pytest.fixture(scope="module")
def guarded() -> Iterator[Server]:
    """Run a server that asks everybody but its own user for a password."""
    try:
        with serving() as found:
            data = found.folder / "data" / "pg_hba.conf"
            data.write_text("local all postgres trust\nlocal all all scram-sha-256\n")
            found.run("pg_ctl", "reload", "-D", str(data.parent))
            as_postgres = ("-h", str(found.folder), "-U", "postgres", "-c")
            found.run("psql", *as_postgres, f"CREATE ROLE ola LOGIN CREATEROLE PASSWORD '{SECRET}'")
            found.run("psql", *as_postgres, "CREATE DATABASE kommunen OWNER ola")
            yield found
    except NoServerError as reason:
        pytest.skip(str(reason))


def test_a_password_comes_from_the_keyring_or_pgpass_and_ends_nowhere_else(
    guarded: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file, url = tmp_path / "kommunen.tertial", guarded.url("ola", "kommunen")
    with new_store(file) as store:
        signature = Signature(who="Ola", at="2026-05-02T10:00:00+00:00", way="beginning", entry_id=str(uuid4()))
        store.commit(planned(table_of("Veier | - | - | LØPENDE | 500 | 400 | Som planlagt.")).edit, signature)
    monkeypatch.setattr(keyring.core, "_keyring_backend", ring := Ring())
    assert run(["hub", "init", str(file), url]) == 2
    assert "krever et passord" in capsys.readouterr().err
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{SECRET}\n"))
    assert run(["hub", "password", url]) == 0
    assert run(["hub", "init", str(file), url]) == 0
    ring.held.clear()
    passwords = tmp_path / "pgpass"
    passwords.write_text(f"*:*:*:ola:{SECRET}\n")
    passwords.chmod(0o600)
    monkeypatch.setenv("PGPASSFILE", str(passwords))
    assert run(["hub", "push", str(file), url]) == 0
    assert run(["hub", "status", str(file), url]) == 0
    passwords.write_text(f"*:*:*:ola:{SECRET}-feil\n")
    assert run(["hub", "push", str(file), url]) == 2
    told = capsys.readouterr()
    assert "godtar ikke passordet" in told.err
    assert SECRET not in told.out + told.err
    passwords.unlink()
    held = [one for one in (*tmp_path.rglob("*"), *_data_folder().rglob("*")) if one.is_file()]
    assert held
    assert [one for one in held if SECRET.encode() in one.read_bytes()] == []


def _data_folder() -> Path:
    return Path(os.environ["XDG_DATA_HOME"])
