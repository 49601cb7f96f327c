"""What a passphrase on a portfolio promises: nothing of it lies in plain, and everything works as without one."""

from __future__ import annotations

import shutil
import sqlite3
import sys
import traceback
import unicodedata
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest

from db.backup import Backup, BackupReason, back_up, backups_of, restore
from db.draft import Draft, Drafts
from db.encrypting import BackupsWill, Followed, decrypt, encrypt, treat_backups
from db.export import PORTFOLIO_JSON, export_portfolio
from db.key import Key, KeyNeeded, new_key, refusal_of, salt_of, unlocked
from db.opening import waits_for_migration
from db.rewriting import rewrite
from db.snapshot import open_snapshot
from db.store import new_store, open_store
from db.trouble import Trouble
from tests.keys import ROUNDS, quick_keys
from tests.portfolios import YEAR, edit_of
from tests.test_migrations import STORED
from tests.test_store import sign
from tracker.edits import Edit, added
from tracker.messages import Refusal, message
from tracker.model import Project, ProjectId

pytest.importorskip("sqlcipher3", reason="the extra «encryption» is not installed")

__all__ = ["quick_keys"]
PASSPHRASE = "ærlig hest på tak"  # noqa: S105  opens nothing but the tests' files
KNOWN = "Skole på Åsen"
NOW = datetime(2024, 2, 1, 10, 0, 0, tzinfo=UTC)
PAGE = 4096


@pytest.fixture(scope="module")
def key() -> Key:
    return new_key(PASSPHRASE)


@pytest.fixture(scope="module")
def other() -> Key:
    return new_key("et helt annet passord")


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    path = tmp_path / "Mappe med æøå" / "Åpen.tertial"
    path.parent.mkdir()
    return filled(path, None)


@pytest.fixture
def path(tmp_path: Path, key: Key) -> Path:
    """Return an encrypted portfolio with one project."""
    return filled(tmp_path / "Lukket portefølje.tertial", key)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "sikkerhetskopier"


def filled(path: Path, key: Key | None) -> Path:
    with new_store(path, key=key) as store:
        edit_of(f"{KNOWN} | 2 000 | 2 097 | 4K-2024 | 986 | 1 083 | I rute", commit_to=store)
    return path


def project(name: str) -> Edit:
    return added(message("Test"), [Project(id=ProjectId(str(uuid4())), name=name)])


def names_in(path: Path, key: Key | None = None) -> list[str]:
    with closing(open_store(path, read_only=True, key=key)) as store:
        assert store.verify() == []
        return sorted(one.name for one in store.load().projects.values())


def history_of(path: Path, key: Key | None = None) -> list[object]:
    with closing(open_store(path, read_only=True, key=key)) as store:
        return [*store.journal(), store.load()]


def asked_for(path: Path, folder: Path, key: Key | None) -> Backup:
    return back_up(path, folder=folder, reason=BackupReason.ASKED_FOR, now=NOW, key=key)


def plain_places(folder: Path, text: str = KNOWN) -> list[str]:
    """Return which files have a text in them, in any of the ways that it could be written."""
    ways = [text.encode(encoding) for encoding in ("utf-8", "utf-16-le")]
    ways += [unicodedata.normalize("NFD", text).encode(), text.encode("unicode_escape")]
    files = (one for one in folder.rglob("*") if one.is_file())
    return [one.name for one in files if any(way in one.read_bytes() for way in ways)]


class Killed(Exception):  # noqa: N818  what happens to a process
    """A kill, as far as the file knows."""


def half_done(path: Path, key: Key | None) -> Path:
    """Write half of a commit, and return a copy of what a kill would leave: the file, and its journal."""
    killed = path.with_name("drept") / path.name
    killed.parent.mkdir()
    with closing(open_store(path, key=key)) as store, suppress(Killed), store.lent() as connection:
        connection.execute("PRAGMA cache_size = 5")
        connection.execute("PRAGMA cache_spill = 1")
        connection.execute("UPDATE project SET name = ?", (f"{KNOWN} to",))
        connection.execute("CREATE TABLE stuffing (text TEXT)")
        connection.executemany("INSERT INTO stuffing VALUES (?)", [(KNOWN * 100,)] * 200)
        for end in ("", "-journal"):
            shutil.copyfile(f"{path}{end}", f"{killed}{end}")
        raise Killed
    assert killed.stat().st_size > path.stat().st_size
    assert killed.with_name(f"{killed.name}-journal").stat().st_size > PAGE
    return killed


# Nothing lies in plain.


def test_nothing_that_was_written_can_be_read_in_the_file_or_beside_it(
    path: Path, key: Key, folder: Path, tmp_path: Path
) -> None:
    with closing(open_store(path, key=key)) as store:
        store.commit(project(f"{KNOWN} sør"), sign())
    asked_for(path, folder, key)
    drafts = Drafts(path, tmp_path / "utkast", key=key)
    drafts.keep(Draft(project="1", period="2023-Y", field="text", base="", text=f"Om {KNOWN}"))
    half_done(path, key)
    assert plain_places(tmp_path) == []
    restore(backups_of(folder)[0], path, folder=folder, now=NOW, key=key)
    assert plain_places(tmp_path) == []
    assert plain_places(tmp_path, "CREATE TABLE") == []


def test_the_search_for_what_lies_in_plain_finds_it_where_there_is_no_passphrase(
    plain: Path, folder: Path, tmp_path: Path
) -> None:
    asked_for(plain, folder, None)
    Drafts(plain, tmp_path / "utkast").keep(Draft(project="1", period="2023-Y", field="text", base="", text="Åsen"))
    half_done(plain, None)
    found = plain_places(tmp_path)
    assert sorted(Path(name).suffix for name in found) == [*[".tertial"] * 3, ".tertial-journal"]
    assert plain_places(tmp_path / "utkast", "Åsen")


def test_a_snapshot_is_opened_by_the_key_and_keeps_nobody_who_writes_waiting(path: Path, key: Key) -> None:
    with closing(open_snapshot(path, key=key)) as snapshot, closing(open_store(path, key=key)) as store:
        before = snapshot.load()
        store.load()
        store.commit(project("Ny bru"), sign())
        assert snapshot.load() == before
        assert len(store.load().projects) == len(before.projects) + 1
    with pytest.raises(KeyNeeded):
        open_snapshot(path)


def test_a_plain_draft_is_taken_over_when_the_portfolio_is_encrypted(path: Path, key: Key, tmp_path: Path) -> None:
    folder = tmp_path / "utkast"
    draft = Draft(project="1", period="2023-Y", field="text", base="", text=KNOWN)
    Drafts(path, folder).keep(draft)
    assert Drafts(path, folder, key=key).read() == [draft]
    assert plain_places(folder) == []
    assert Drafts(path, folder, key=key).read() == [draft]
    Drafts(path, folder, key=key).forget(draft)
    assert list(folder.iterdir()) == []


def test_a_draft_of_another_key_is_none_and_typing_goes_on(path: Path, key: Key, other: Key, tmp_path: Path) -> None:
    draft = Draft(project="1", period="2023-Y", field="text", base="", text=KNOWN)
    Drafts(path, tmp_path / "utkast", key=key).keep(draft)
    drafts = Drafts(path, tmp_path / "utkast", key=other)
    assert drafts.read() == []
    drafts.keep(draft)
    assert drafts.read() == [draft]


def test_the_key_shows_itself_to_nobody(path: Path, key: Key) -> None:
    wrong = "noe helt annet " + "enn det"
    with pytest.raises(KeyNeeded) as met:
        unlocked(path, wrong)
    told = "".join(traceback.format_exception(met.value)) + repr(key) + str(key) + repr({"key": key})
    for secret in (PASSPHRASE, wrong, key.secret.hex(), repr(key.secret), key.code, key.code[:9]):
        assert secret not in told


# Whose file it is, and what opens it.


def test_an_encrypted_file_says_that_it_is_and_nothing_else_does(path: Path, key: Key, tmp_path: Path) -> None:
    with pytest.raises(KeyNeeded) as met:
        open_store(path)
    assert met.value.reason.text == "{file} er kryptert: skriv passordet."
    noise = tmp_path / "støy.tertial"
    noise.write_bytes(key.secret * 1000)
    with pytest.raises(Trouble) as met_noise:
        open_store(noise, key=key)
    assert met_noise.value.reason.text == "{file} er ikke en Tertial-fil: velg en fil som slutter på .tertial."


@pytest.mark.parametrize("typed", [PASSPHRASE, unicodedata.normalize("NFD", PASSPHRASE), f"  {PASSPHRASE}\n"])
def test_the_passphrase_opens_the_file_however_the_keyboard_writes_it(path: Path, key: Key, typed: str) -> None:
    assert unlocked(path, typed) == key


@pytest.mark.parametrize("write", [str, str.lower, lambda code: code.replace(" ", "-").replace("O", "0")])
def test_the_recovery_code_opens_the_file_when_the_passphrase_is_forgotten(
    path: Path, key: Key, write: Callable[[str], str]
) -> None:
    assert unlocked(path, write(key.code)) == key
    assert names_in(path, unlocked(path, write(key.code))) == [KNOWN]


def test_a_recovery_code_with_one_letter_wrong_opens_nothing(path: Path, key: Key) -> None:
    wrong = ("B" if key.code[0] == "A" else "A") + key.code[1:]
    with pytest.raises(KeyNeeded):
        unlocked(path, wrong)


def test_a_wrong_passphrase_is_told_apart_from_damage(path: Path, key: Key) -> None:
    for at in (200, 3 * PAGE + 50):
        content = bytearray(path.read_bytes())
        content[at] ^= 1
        path.with_name("skadet.tertial").write_bytes(content)
        with pytest.raises(KeyNeeded) as wrong:
            unlocked(path.with_name("skadet.tertial"), "et passord som er feil")
        assert wrong.value.reason.text.startswith("Passordet er ikke det")
        found = unlocked(path.with_name("skadet.tertial"), key.code)
        with pytest.raises(Trouble) as damaged:
            history_of(path.with_name("skadet.tertial"), found)
        assert damaged.value.reason.text == "{file} er skadet: hent fram en sikkerhetskopi."


def test_a_file_that_is_cut_short_is_damaged(path: Path, key: Key) -> None:
    path.write_bytes(path.read_bytes()[: 2 * PAGE + 100])
    with pytest.raises(Trouble) as damaged, closing(open_store(path, key=unlocked(path, key.code))) as store:
        store.load()
    assert damaged.value.reason.text == "{file} er skadet: hent fram en sikkerhetskopi."


def test_any_sqlcipher_opens_the_file_with_the_passphrase_alone(plain: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from sqlcipher3 import dbapi2

    monkeypatch.setattr("db.key._ROUNDS", ROUNDS)
    rewrite(plain, None, new_key(PASSPHRASE))
    connection = dbapi2.connect(str(plain))
    connection.execute(f"PRAGMA key = '{PASSPHRASE}'")
    assert connection.execute("SELECT name FROM project").fetchall() == [(KNOWN,)]
    connection.close()


def test_a_foreign_database_or_a_newer_version_beneath_the_key_is_refused(path: Path, key: Key) -> None:
    from db.sqlcipher import connected_by

    for pragma, sentence in (
        (
            "user_version = 99",
            "{file} er laget med en nyere versjon av Tertial: oppdater programmet og åpne den igjen.",
        ),
        ("application_id = -7", "{file} er ikke en Tertial-fil: velg en fil som slutter på .tertial."),
    ):
        with closing(connected_by(key, path, "rw")) as connection:
            connection.execute(f"PRAGMA {pragma}")
        with pytest.raises(Trouble) as met:
            open_store(path, key=key)
        assert met.value.reason.text == sentence


def test_a_passphrase_that_is_soon_guessed_is_refused() -> None:
    assert refusal_of("kort") is not None
    assert refusal_of("aaaaaaaaaaaaaaaa") is not None
    assert refusal_of(PASSPHRASE) is None


# Everything works as without one.


def test_edits_history_and_guards_work_in_an_encrypted_file(path: Path, key: Key) -> None:
    with closing(open_store(path, key=key)) as store:
        edit = project("Bru over elva")
        entry = store.commit(edit, sign())
        assert store.steps().undoable[-1].seq == entry.seq
        assert [one.name for one in store.load().projects.values()] == [KNOWN, "Bru over elva"]
        assert len(store.history([edit.changes[0].record_id])) == 1
        for statement in (
            "DELETE FROM journal",
            "DROP TRIGGER journal_is_never_changed",
            "PRAGMA recursive_triggers = OFF",
            "ATTACH 'annen.db' AS annen",
        ):
            with pytest.raises(sqlite3.Error), store.lent() as connection:
                connection.execute(statement)
        assert store.verify() == []


def test_an_export_of_an_encrypted_file_is_the_same_as_of_a_plain_one(path: Path, key: Key, tmp_path: Path) -> None:
    shutil.copyfile(path, tmp_path / "kopi.tertial")
    rewrite(tmp_path / "kopi.tertial", key, None)
    written = []
    for file, opens in ((path, key), (tmp_path / "kopi.tertial", None)):
        with closing(open_store(file, read_only=True, key=opens)) as store:
            export_portfolio(store, store.load(), YEAR, folder=tmp_path / file.stem)
        written.append((tmp_path / file.stem / PORTFOLIO_JSON).read_bytes())
    assert written[0] == written[1]


@pytest.mark.parametrize("script", STORED, ids=lambda script: script.stem)
def test_an_encrypted_file_of_an_earlier_version_opens_and_may_only_be_read(
    script: Path, tmp_path: Path, key: Key
) -> None:
    path = tmp_path / "gammel.tertial"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(script.read_text(encoding="utf-8"))
    rewrite(path, None, key)
    before = path.read_bytes()
    assert waits_for_migration(path, key)
    assert names_in(path, key) == [KNOWN]
    assert path.read_bytes() == before
    open_store(path, key=key).close()
    assert not waits_for_migration(path, key)
    assert names_in(path, key) == [KNOWN]


def test_a_commit_that_a_kill_left_half_done_is_undone_at_the_next_opening(path: Path, key: Key) -> None:
    killed = half_done(path, key)
    assert names_in(killed, unlocked(killed, key.code)) == [KNOWN]
    assert names_in(path, key) == [KNOWN]


def test_a_full_disk_or_a_held_file_is_said_in_the_usual_words(path: Path, key: Key) -> None:
    with closing(open_store(path, key=key)) as first, closing(open_store(path, key=key)) as second:
        with second.lent() as connection:
            connection.execute("PRAGMA busy_timeout = 0")
        with first.lent(), pytest.raises(Trouble) as met:
            second.commit(project("Bru"), sign())
    assert met.value.reason.text.startswith("{file} er i bruk")
    with closing(open_store(path, key=key)) as store:
        with store.lent() as connection:
            (pages,) = connection.execute("PRAGMA page_count").fetchone()
            connection.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(Trouble) as full:
            store.commit(project("Bru" * 5000), sign())
    assert full.value.reason.text.startswith("Disken er full")
    assert names_in(path, key) == [KNOWN]


# Putting it on, changing it, taking it off.


def test_a_passphrase_is_put_on_changed_and_taken_off_with_all_that_was_in_the_file(plain: Path) -> None:
    before = history_of(plain)
    first = encrypt(plain, PASSPHRASE, key=None)
    assert (salt_of(plain), history_of(plain, first)) == (first.salt, before)
    assert not waits_for_migration(plain, first)
    second = encrypt(plain, "et helt annet passord", key=first)
    assert history_of(plain, second) == before
    for old in (PASSPHRASE, first.code):
        with pytest.raises(KeyNeeded):
            unlocked(plain, old)
    decrypt(plain, key=second)
    assert history_of(plain) == before
    assert [one.name for one in plain.parent.iterdir()] == [plain.name]


def test_a_damaged_file_is_not_encrypted_and_stays_as_it_was(plain: Path) -> None:
    with closing(sqlite3.connect(plain)) as connection, connection:
        connection.execute("UPDATE project SET name = 'Endret'")
    before = plain.read_bytes()
    with pytest.raises(Trouble, match="endret utenfor Tertial"):
        encrypt(plain, PASSPHRASE, key=None)
    assert plain.read_bytes() == before
    assert [one.name for one in plain.parent.iterdir()] == [plain.name]


def test_backups_follow_the_file_and_a_damaged_one_is_left(plain: Path, folder: Path, key: Key, other: Key) -> None:
    asked_for(plain, folder, None)
    damaged = asked_for(plain, folder, None).path
    damaged.write_bytes(damaged.read_bytes()[:PAGE])
    foreign = folder / "Åpen 2024-02-02 100000 daily.tertial"
    filled(foreign, other)
    rewrite(plain, None, key)
    assert treat_backups(folder, BackupsWill.STAY, old=None, new=key) == Followed(left=2)
    assert treat_backups(folder, BackupsWill.FOLLOW, old=None, new=key) == Followed(done=1, left=1)
    assert [salt_of(one.path) for one in backups_of(folder)] == [other.salt, None, key.salt]
    assert treat_backups(folder, BackupsWill.GO, old=key, new=None) == Followed(done=1)
    assert len(backups_of(folder)) == 2


def test_a_backup_is_encrypted_verified_and_comes_back_by_the_same_key(path: Path, key: Key, folder: Path) -> None:
    backup = asked_for(path, folder, key)
    assert salt_of(backup.path) == key.salt
    with closing(open_store(path, key=key)) as store:
        store.commit(project("Bru"), sign())
    restore(backup, path, folder=folder, now=NOW, key=key)
    assert names_in(path, key) == [KNOWN]
    assert names_in(backups_of(folder)[0].path, key) == ["Bru", KNOWN]


def test_a_backup_from_before_the_passphrase_comes_back_encrypted(
    plain: Path, path: Path, key: Key, other: Key, folder: Path
) -> None:
    restore(asked_for(plain, folder, None), path, folder=folder, now=NOW, key=key)
    assert (salt_of(path), names_in(path, key)) == (key.salt, [KNOWN])
    older = asked_for(filled(path.with_name("eldre.tertial"), other), folder, other)
    restore(older, path, folder=folder, now=NOW, key=key, backup_key=other)
    assert (salt_of(path), names_in(path, key)) == (key.salt, [KNOWN])
    with pytest.raises(KeyNeeded):
        restore(older, path, folder=folder, now=NOW, key=key)


def test_nothing_takes_the_place_of_a_portfolio_that_the_key_does_not_open(
    path: Path, key: Key, other: Key, folder: Path
) -> None:
    backup, before = asked_for(path, folder, key), path.read_bytes()
    for wrong in (None, other):
        with pytest.raises(KeyNeeded):
            restore(backup, path, folder=folder, now=NOW, key=wrong, backup_key=key)
    assert (path.read_bytes(), list(folder.iterdir())) == (before, [backup.path])


# Without the library.


def test_without_the_library_an_encrypted_file_says_whom_to_ask_and_a_plain_one_opens(
    path: Path, plain: Path, key: Key, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "sqlcipher3.dbapi2", None)
    for brought in (None, key):
        with pytest.raises(Trouble) as met:
            open_store(path, key=brought)
        assert not isinstance(met.value, KeyNeeded)
        assert "be IT om tillegget «tertial[encryption]»" in met.value.reason.text
    assert names_in(plain) == [KNOWN]
    with pytest.raises(Refusal, match="be IT om tillegget"):
        encrypt(plain, PASSPHRASE, key=None)
