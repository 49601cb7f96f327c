"""What the window and the commands promise of a passphrase: asked for once, never shown, and not the only way in."""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from db.backup import BackupReason, back_up, backups_folder, backups_of
from db.key import Key, new_key, salt_of, unlocked
from db.opening import waits_for_migration
from db.rewriting import rewrite
from db.store import open_store
from tests.keys import quick_keys
from tests.test_commands import Run, tertial
from tests.test_migrations import STORED
from tests.windows import Open, Script, labels, made_id
from ui.asking import Form, FormField
from ui.commands.unlocking import PASSPHRASE as IN_ENVIRONMENT
from ui.commands.unlocking import PASSPHRASE_FILE
from ui.main_window import MainWindow
from ui.settings import Settings
from ui.words import words_in

pytest.importorskip("sqlcipher3", reason="the extra «encryption» is not installed")
pdfplumber = pytest.importorskip("pdfplumber")

__all__ = ["quick_keys", "tertial"]
PASSPHRASE = "ærlig hest på tak"  # noqa: S105  opens nothing but the tests' files
NEW = "blå brunost i oktober"
CHANGE, SHEET, REMOVE = range(3)


@pytest.fixture(scope="module")
def key() -> Key:
    return new_key(PASSPHRASE)


@pytest.fixture
def locked(path: Path, key: Key) -> Path:
    """Put a passphrase on the portfolio with seven projects."""
    rewrite(path, None, key)
    return path


@pytest.fixture
def older(tmp_path: Path, key: Key) -> Path:
    """Write a file as an earlier version left it, encrypted."""
    file = tmp_path / "eldre.tertial"
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript(STORED[0].read_text(encoding="utf-8"))
    rewrite(file, None, key)
    return file


@pytest.fixture(autouse=True)
def apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the commands' backups in a place of their own, and nobody at the keyboard."""
    monkeypatch.setattr("ui.commands.safekeeping.backups_root", lambda: tmp_path / "kopier")
    monkeypatch.setattr("ui.commands.passphrase.backups_root", lambda: tmp_path / "kopier")
    monkeypatch.delenv(IN_ENVIRONMENT, raising=False)
    monkeypatch.delenv(PASSPHRASE_FILE, raising=False)


def code_on(sheet: Path) -> str:
    """Return the recovery code as it is read from the paper."""
    with pdfplumber.open(sheet) as pdf:
        text = pdf.pages[0].extract_text()
    return str(text.split("Gjenopprettingskode")[1].split("Koden har")[0])


def count_in(path: Path, key: Key | None = None) -> int:
    with closing(open_store(path, read_only=True, key=key)) as store:
        assert store.verify() == []
        return len(store.load().projects)


def assert_kept_as_it_was(file: Path, key: Key, root: Path) -> None:
    (kept,) = backups_of(backups_folder(file, root=root))
    assert (kept.reason, salt_of(kept.path)) == (BackupReason.BEFORE_MIGRATION, salt_of(file))
    assert (waits_for_migration(kept.path, key), waits_for_migration(file, key)) == (True, False)


# The window.


def test_the_window_asks_for_the_passphrase_once_and_works_as_always(
    open_window: Open, ask: Script, settings: Settings, locked: Path
) -> None:
    ask.filled = {"passphrase": PASSPHRASE}
    window = open_window(locked)
    session = window.desk.session
    assert len(session.portfolio.projects) == 7
    assert (len(ask.forms), ask.forms[0][0].is_secret) == (1, True)
    window.deeds["back-up"].trigger()
    ask.chosen = 0
    window.deeds["restore"].trigger()
    assert (len(session.portfolio.projects), len(ask.forms), ask.told) == (7, 1, [])
    kept = backups_of(backups_folder(locked, root=settings.data_folder / "backups"))
    assert {salt_of(one.path) for one in kept} == {salt_of(locked)}
    window.show_projects()
    window.open_project(made_id(0))
    window.project.draft_typed.emit("text", "Utkast om Åsveien skole")
    assert len(list((settings.data_folder / "drafts").iterdir())) == 1
    window.close()
    everything = b"".join(one.read_bytes() for one in settings.data_folder.rglob("*") if one.is_file())
    for secret in (PASSPHRASE.encode(), b"Utkast", "Åsveien".encode(), b"sveien skole"):
        assert secret not in everything


def test_the_window_backs_an_encrypted_file_of_an_earlier_version_up_encrypted(
    open_window: Open, ask: Script, settings: Settings, older: Path, key: Key
) -> None:
    ask.filled = {"passphrase": PASSPHRASE}
    open_window(older)
    assert_kept_as_it_was(older, key, settings.data_folder / "backups")


def test_a_wrong_passphrase_keeps_the_form_open_and_giving_up_leaves_the_window_empty(
    open_window: Open, ask: Script, locked: Path
) -> None:
    ask.filled = {"passphrase": "noe helt annet"}
    window = open_window(locked)
    assert "Passordet er ikke det" in ask.refused
    assert window.desk.session.path is None
    assert "Prøve.tertial er kryptert: åpne den igjen når du har passordet." in labels(window)
    ask.filled = {"passphrase": unlocked(locked, PASSPHRASE).code}
    ask.file = locked
    window.deeds["open"].trigger()
    assert len(window.desk.session.portfolio.projects) == 7


def test_what_is_typed_as_a_passphrase_is_not_seen(qtbot: QtBot) -> None:
    form = Form("", [FormField(key="p", title="Passord", is_secret=True)], "OK", words_in(), None)
    qtbot.addWidget(form)
    line = form.widgets["p"]
    assert isinstance(line, QLineEdit)
    assert line.echoMode() is QLineEdit.EchoMode.Password


def test_all_of_what_is_wrong_with_a_passphrase_is_seen(qtbot: QtBot) -> None:
    form = Form(
        "", [FormField(key="p", title="Passord", check=lambda _: "Lang setning. " * 30)], "OK", words_in(), None
    )
    qtbot.addWidget(form)
    form.show()
    form.accept()
    layout = form.layout()
    assert layout is not None
    assert form.height() >= layout.totalHeightForWidth(form.width())


def test_a_passphrase_is_put_on_in_the_window_with_its_backups_and_a_sheet_that_opens_the_file(
    opened: MainWindow, ask: Script, path: Path, settings: Settings, qtbot: QtBot
) -> None:
    folder = backups_folder(path, root=settings.data_folder / "backups")
    opened.deeds["back-up"].trigger()
    ask.into = path.with_name("Ark.pdf")
    ask.filled = {"passphrase": NEW, "again": NEW, "backups": "follow"}
    with qtbot.waitSignal(opened.desk.jobs.busy, check_params_cb=lambda busy: not busy, timeout=30_000):
        opened.deeds["passphrase"].trigger()
    key = unlocked(path, code_on(ask.into))
    assert key == unlocked(path, NEW)
    assert (count_in(path, key), len(opened.desk.session.portfolio.projects)) == (7, 7)
    assert opened.desk.session.can_edit
    assert {salt_of(one.path) for one in backups_of(folder)} == {key.salt}
    assert any("legg det i safen" in one for one in ask.told)


def test_the_passphrase_is_asked_for_again_before_it_is_changed_or_taken_off(
    open_window: Open, ask: Script, locked: Path, tmp_path: Path
) -> None:
    ask.filled = {"passphrase": PASSPHRASE}
    window = open_window(locked)
    ask.filled, ask.chosen = {"passphrase": "ikke dette passordet", "backups": "keep"}, REMOVE
    window.deeds["passphrase"].trigger()
    assert salt_of(locked) is not None
    ask.filled, ask.chosen, ask.into = {"passphrase": PASSPHRASE}, SHEET, tmp_path / "Ark.pdf"
    window.deeds["passphrase"].trigger()
    assert unlocked(locked, code_on(ask.into)) == window.desk.session.key
    ask.filled, ask.chosen = {"passphrase": PASSPHRASE, "backups": "keep"}, REMOVE
    window.deeds["passphrase"].trigger()
    assert (count_in(locked), window.desk.session.key, window.desk.session.can_edit) == (7, None, True)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"passphrase": "kort", "again": "kort"}, "minst 12 tegn"),
        ({"passphrase": NEW, "again": PASSPHRASE}, "ikke like"),
    ],
)
def test_a_short_or_mistyped_new_passphrase_changes_nothing(
    opened: MainWindow, ask: Script, path: Path, typed: dict[str, str], sentence: str
) -> None:
    before = path.read_bytes()
    ask.filled = typed
    opened.deeds["passphrase"].trigger()
    assert sentence in ask.refused
    assert path.read_bytes() == before


def test_without_the_library_the_window_says_whom_to_ask(
    opened: MainWindow, ask: Script, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "sqlcipher3.dbapi2", None)
    opened.deeds["passphrase"].trigger()
    assert ask.told == ["Tertial er installert uten kryptering: be IT om tillegget «tertial[encryption]» (sqlcipher3)."]
    assert count_in(path) == 7


# The commands.


def test_commands_take_the_passphrase_from_the_environment_or_a_file_and_never_as_an_argument(
    tertial: Run, locked: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = tertial("verify", locked)
    assert (said.code, said.err) == (
        2,
        f"Prøve.tertial er kryptert: skriv passordet i en fil, og oppgi den i miljøvariabelen {PASSPHRASE_FILE}.\n",
    )
    monkeypatch.setenv(IN_ENVIRONMENT, "noe helt annet")
    assert "Passordet er ikke det" in tertial("verify", locked).err
    monkeypatch.setenv(IN_ENVIRONMENT, PASSPHRASE)
    assert tertial("verify", locked).code == 0
    assert tertial("verify", locked, "--passphrase", PASSPHRASE).code == 2
    monkeypatch.delenv(IN_ENVIRONMENT)
    (tmp_path / "hemmelig.txt").write_text(f"{PASSPHRASE}\r\n", encoding="utf-8-sig")
    monkeypatch.setenv(PASSPHRASE_FILE, str(tmp_path / "hemmelig.txt"))
    assert tertial("export", locked, tmp_path / "ut").code == 0
    assert tertial("template", "set", locked, "--name", "Ny kommune").code == 0
    assert salt_of(locked) is not None


def test_a_command_backs_an_encrypted_file_of_an_earlier_version_up_encrypted(
    tertial: Run, older: Path, key: Key, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(IN_ENVIRONMENT, PASSPHRASE)
    assert tertial("template", "set", older, "--name", "Ny kommune").code == 0
    assert_kept_as_it_was(older, key, tmp_path / "kopier")


def test_a_passphrase_is_put_on_changed_and_taken_off_by_commands(
    tertial: Run, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = backups_folder(path, root=tmp_path / "kopier")
    back_up(path, folder=folder, reason=BackupReason.DAILY, now=datetime(2024, 2, 1, tzinfo=UTC))
    for name, passphrase in (("a", PASSPHRASE), ("b", NEW)):
        (tmp_path / name).write_text(passphrase, encoding="utf-8")
    sheet = tmp_path / "Ark.pdf"
    said = tertial("passphrase", "set", path, "--new-passphrase-file", tmp_path / "a", "--sheet", sheet)
    assert said.err.splitlines() == [
        "Prøve.tertial er kryptert.",
        "1 sikkerhetskopi fulgte med.",
        "Skrev Ark.pdf: skriv det ut, legg det i safen, og slett filen.",
    ]
    monkeypatch.setenv(IN_ENVIRONMENT, code_on(sheet))
    assert tertial("verify", path).code == 0
    assert "bytt det" in tertial("passphrase", "set", path, "--new-passphrase-file", tmp_path / "a").err
    assert tertial("passphrase", "change", path, "--new-passphrase-file", tmp_path / "b").code == 0
    assert "Passordet er ikke det" in tertial("verify", path).err
    monkeypatch.setenv(IN_ENVIRONMENT, NEW)
    assert tertial("passphrase", "sheet", path, sheet).code == 0
    assert count_in(path, unlocked(path, code_on(sheet))) == 7
    assert {salt_of(one.path) for one in backups_of(folder)} == {salt_of(path)}
    assert tertial("passphrase", "remove", path, "--backups", "delete").code == 0
    assert (count_in(path), backups_of(folder)) == (7, [])
    assert "er ikke kryptert" in tertial("passphrase", "remove", path).err


def test_a_command_on_a_passphrase_that_cannot_be_done_says_so_and_changes_nothing(
    tertial: Run, path: Path, tmp_path: Path
) -> None:
    before = path.read_bytes()
    (tmp_path / "kort").write_text("kort", encoding="utf-8")
    assert "minst 12 tegn" in tertial("passphrase", "set", path, "--new-passphrase-file", tmp_path / "kort").err
    assert "--new-passphrase-file" in tertial("passphrase", "set", path).err
    assert "Finner ikke" in tertial("passphrase", "set", path, "--new-passphrase-file", tmp_path / "borte").err
    assert "Finner ikke" in tertial("passphrase", "sheet", tmp_path / "borte.tertial", tmp_path / "ark.pdf").err
    assert path.read_bytes() == before
