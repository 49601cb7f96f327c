"""The hub in the window: two laptops with a window each and a real server, by the keys that people press."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from socket import socket
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from db.own_settings import OwnSettings
from tests.hub.laptop import Laptop
from tests.hub.server import Server
from tests.test_hub import laptop_of, new_database, ola, pattern, server
from tests.test_hub_address import Ring
from tests.windows import Open, Script, made_id, portfolio_records, write
from tracker.closing import lock
from tracker.merging.plan import Choice, Verdict
from ui.app import make_window
from ui.kept_hubs import KeptHub, keep_hub, kept_hub, kept_hubs
from ui.main_window import MainWindow
from ui.own_choices import OWN_CHOICES
from ui.pages.hub import HubPage
from ui.pages.incoming import IncomingPage
from ui.settings import Settings

keyring = pytest.importorskip("keyring", reason="the hub's part isn't installed (pip install tertial[hub])")
psycopg = pytest.importorskip("psycopg", reason="the hub's part isn't installed (pip install tertial[hub])")
__all__ = ["ola", "pattern", "server"]

BRIDGE = "Bru over Åa"
SECRET = "et langt passord som ingen andre har"  # noqa: S105
_CONTROL = Qt.KeyboardModifier.ControlModifier


@dataclass(frozen=True)
class Seat:
    """Somebody at a window, with settings and answers of their own."""

    window: MainWindow
    ask: Script
    settings: Settings
    bot: QtBot

    @property
    def hub(self) -> HubPage:
        """The page of the hub."""
        page = self.window.more("hub")
        assert isinstance(page, HubPage)
        return page

    @property
    def incoming(self) -> IncomingPage:
        """The page of what came."""
        page = self.window.more("incoming")
        assert isinstance(page, IncomingPage)
        return page

    @property
    def text(self) -> str:
        """The status text of the bridge."""
        held = self.window.desk.session.portfolio
        bridge = next(one.id for one in held.projects.values() if one.name == BRIDGE)
        return next(one.text for one in held.statuses.values() if one.project == bridge)

    @property
    def ready(self) -> QWidget | None:
        """What the keys go to when this window is in front."""
        return self.window.focusWidget()

    def press(self, button: QPushButton) -> None:
        """Press a button by the keyboard."""
        assert button.isVisible()
        assert button.isEnabled()
        button.setFocus()
        self.bot.keyClick(button, Qt.Key.Key_Space)

    def key(self, key: Qt.Key, *more: Qt.KeyboardModifier) -> None:
        """Press a key of the menus in this window."""
        self.window.activateWindow()
        self.bot.waitUntil(self.window.isActiveWindow)
        modifier = _CONTROL
        for one in more:
            modifier |= one
        self.bot.keyClick(self.window, key, modifier)

    def turn_to_hub(self) -> None:
        """Turn to the page of the hub."""
        self.key(Qt.Key.Key_H, Qt.KeyboardModifier.ShiftModifier)
        assert self.window.page is self.hub

    def told(self, *words: str) -> None:
        """Wait for what the page has to say, and expect it."""
        self.bot.waitUntil(lambda: self.window.page is self.hub and self.hub.told.isVisible(), timeout=20_000)
        for word in words:
            assert word in self.hub.told.text()

    def give_address(self, url: str) -> None:
        """Give the address of the hub."""
        self.turn_to_hub()
        self.ask.filled = {"address": url}
        self.press(self.hub.address)

    def write(self, words: str) -> None:
        """Write the status text of the bridge."""
        held = self.window.desk.session.portfolio
        self.window.open_project(next(one.id for one in held.projects.values() if one.name == BRIDGE))
        field = self.window.project.fields.texts["text"].text
        field.selectAll()
        self.bot.keyClicks(field, words)
        self.window.finish()

    def fetch(self) -> IncomingPage:
        """Fetch, and turn to what came."""
        self.press(self.hub.fetch)
        self.bot.waitUntil(lambda: self.window.page is self.incoming, timeout=20_000)
        return self.incoming


Sit = Callable[..., Seat]


@pytest.fixture
def sit(qtbot: QtBot, tmp_path: Path) -> Iterator[Sit]:
    """Sit down at windows, and close them in the end."""
    made: list[MainWindow] = []

    def sit_down(name: str, *files: Path) -> Seat:
        settings, ask = Settings(tmp_path / name / "settings.json"), Script()
        settings.who = name
        window = make_window(list(files), settings=settings, ask=ask)
        made.append(window)
        window.resize(1400, 900)
        with qtbot.waitExposed(window):
            window.show()
        return Seat(window, ask, settings, qtbot)

    yield sit_down
    for window in made:
        window.desk.jobs.cancel()
        window.close()
        window.deleteLater()


def facts(page: HubPage) -> list[str]:
    """Return how the page says that the file stands: not sent, not fetched."""
    return [value.text().split(" da huben")[0] for value in page.facts.values[:2]]


def rows(page: HubPage) -> list[str]:
    """Return what the page says isn't sent."""
    return [page.table.item(row, 2).text() for row in range(page.table.rowCount())]


def both_texts(board: IncomingPage) -> tuple[object, object]:
    """Return the text here and there, where the cursor is on a collision."""
    item = board.brought.tree.incoming
    assert item is not None
    assert item.verdict is Verdict.COLLISION
    return item.ours.values["text"], item.theirs.values["text"]


def test_two_windows_exchange_an_edit_by_the_page(ola: Laptop, sit: Sit, tmp_path: Path) -> None:
    controller, manager = sit("Ola", ola.path), sit("Kari")
    assert not controller.window.bar.tabs["hub"].isVisible()
    controller.give_address(ola.url)
    controller.told("Huben svarer. Alt er sendt. Alt er hentet.")
    assert controller.window.bar.tabs["hub"].isVisible()

    url = ola.url.replace("//ola@", "//kari@")
    manager.ask.filled, manager.ask.into = {"address": url}, tmp_path / "Kari.tertial"
    manager.ask.command_name = "Hent ny fil fra huben"
    manager.key(Qt.Key.Key_K)
    manager.bot.waitUntil(lambda: manager.window.desk.session.path == tmp_path / "Kari.tertial", timeout=20_000)
    assert manager.window.desk.session.portfolio.is_package
    manager.write("Brua står.")
    manager.turn_to_hub()
    assert facts(manager.hub) == ["1 endring", "Ingenting"]
    assert rows(manager.hub) == ["Statustekst for Bru over Åa"]
    assert manager.ready is manager.hub.send
    manager.press(manager.hub.send)
    manager.told("Sendt 1 endring til huben.")
    assert facts(manager.hub)[0] == "Alt er sendt"
    assert not manager.hub.send.isEnabled()

    before = controller.text
    controller.press(controller.hub.check)
    controller.told("Alt er sendt. 1 endring er ikke hentet.")
    assert controller.ready is controller.hub.fetch
    board = controller.fetch()
    assert controller.text == before
    controller.press(board.take)
    controller.told("Hentet inn 1 endring fra huben.", "Ctrl+Z")
    assert (controller.text, facts(controller.hub)) == ("Brua står.", ["Alt er sendt", "Ingenting"])

    controller.key(Qt.Key.Key_Z)
    assert (controller.text, facts(controller.hub)) == (before, ["Alt er sendt", "1 endring"])
    controller.press(controller.fetch().take)
    controller.told("Hentet inn 1 endring fra huben.")
    assert controller.text == "Brua står."

    # The address has a login in it: it stands with the person's settings on the machine, and nowhere else.
    server = ola.url.rpartition("host=")[2].encode()
    held = [one for one in tmp_path.rglob("*") if one.is_file() and server in one.read_bytes()]
    assert {one.name for one in held} == {"settings.json"}
    (hubs,) = (one for one in OWN_CHOICES if one.key == "own.hubs")
    assert hubs.value(manager.settings).startswith("kari@")
    hubs.keep(manager.settings, "")
    assert hubs.value(manager.settings) == ""


def test_who_sends_second_fetches_first_and_chooses_where_both_have_written(ola: Laptop, sit: Sit) -> None:
    kari = laptop_of(ola, "kari")
    controller = sit("Ola", ola.path)
    controller.give_address(ola.url)
    controller.told()
    kari.write(controller.window.desk.session.period, BRIDGE, "Karis tekst")  # type: ignore[arg-type]  # there is one
    kari.push()
    controller.write("Olas tekst")
    controller.turn_to_hub()
    controller.press(controller.hub.send)
    controller.told("Huben har 1 endring som du ikke har hentet: hent dem først")
    assert facts(controller.hub) == ["1 endring", "1 endring"]
    assert controller.ready is controller.hub.fetch
    board = controller.fetch()
    assert not board.take.isEnabled()
    controller.bot.keyClick(board, Qt.Key.Key_F8)
    assert both_texts(board) == ("Olas tekst", "Karis tekst")
    assert all(side.isVisible() for side in board.brought.detail.sides)
    # What is written while one looks is planned too, without the hub.
    controller.write("Olas andre tekst")
    controller.window.show_page("incoming")
    controller.bot.keyClick(board, Qt.Key.Key_F8)
    assert both_texts(board) == ("Olas andre tekst", "Karis tekst")
    controller.bot.mouseClick(board.brought.detail.radios[Choice.THEIRS], Qt.MouseButton.LeftButton)
    controller.press(board.take)
    controller.told("Hentet inn 1 endring")
    assert controller.text == "Karis tekst"
    assert controller.ready is controller.hub.send
    controller.press(controller.hub.send)
    controller.told("Sendt")
    assert kari.pull().plan.is_nothing is False
    assert kari.status(BRIDGE, next(iter(kari.portfolio().periods()))).text == "Karis tekst"


def test_a_hub_that_is_away_costs_nothing_and_the_page_stays_usable(ola: Laptop, sit: Sit, tmp_path: Path) -> None:
    window = sit("Ola", ola.path)
    window.give_address(f"postgresql://ola@/tertial?host={tmp_path}")
    window.told("Når ikke huben på ola@", "alt er lagret i filen")
    assert facts(window.hub) == ["Ikke kjent før huben er spurt"] * 2
    window.write("Skrevet uten nett.")
    window.turn_to_hub()
    window.press(window.hub.send)
    window.told("Når ikke huben")
    window.ask.filled = {"address": ola.url}
    window.press(window.hub.address)
    window.told("1 endring er ikke sendt")
    window.press(window.hub.send)
    window.told("Sendt 1 endring")
    for login, words in (("ukjent", "be den som driver den om tilgang"), ("ingen", "slipper deg ikke inn")):
        window.ask.filled = {"address": ola.url.replace("//ola@", f"//{login}@")}
        window.press(window.hub.address)
        window.bot.waitUntil(lambda words=words: words in window.hub.told.text(), timeout=20_000)
    window.ask.filled = {"address": ""}
    window.press(window.hub.address)
    assert not window.hub.fetch.isVisible()
    assert not window.window.deeds.menu("hub").menuAction().isVisible()


@pytest.fixture
def guarded(server: Server) -> Iterator[None]:
    """Let the server ask Lise for a password."""
    rules = server.folder / "data" / "pg_hba.conf"
    with psycopg.connect(server.url(), autocommit=True) as link:
        link.execute(f"ALTER ROLE lise PASSWORD '{SECRET}'")
    for written in ("local all lise scram-sha-256\nlocal all all trust\n", "local all all trust\n"):
        rules.write_text(written)
        server.run("pg_ctl", "reload", "-D", str(rules.parent))
        while lets_in(server.url("lise")) is ("lise" in written):
            pass
        if "lise" in written:
            yield


def lets_in(url: str) -> bool:
    """Whether the server lets somebody in without a password."""
    try:
        psycopg.connect(url).close()
    except psycopg.OperationalError:
        return False
    return True


def test_the_one_who_runs_it_makes_the_hub_and_lets_people_in_from_the_window(
    sit: Sit, server: Server, path: Path
) -> None:
    new_database(server, "ny_kommune")
    window = sit("Ola", path)
    window.ask.agrees = False
    window.give_address(server.url(database="ny_kommune"))
    window.told("Porteføljen har ingen hub her ennå")
    window.ask.agrees = True
    window.press(window.hub.check)
    window.told("Sendt 1 endring til huben.")
    window.ask.filled, window.ask.command_name = {"login": "kari", "role": "manager"}, "Slipp noen inn i huben"
    window.key(Qt.Key.Key_K)
    assert window.ask.refused == "Velg navnet som prosjektlederen står som ansvarlig under."
    kari = Laptop("Kari", path.with_name("kopi.tertial"), server.url("kari", "ny_kommune"))
    for login, told in (("finnes ikke", "ingen bruker finnes ikke"), ("kari", "kari har tilgang til huben.")):
        window.ask.filled = {"login": login, "role": "controller"}
        window.key(Qt.Key.Key_K)
        window.bot.waitUntil(lambda told=told: told in window.hub.told.text(), timeout=20_000)
    assert kari.fetch().portfolio() == window.window.desk.session.portfolio


def test_a_hub_that_does_not_answer_can_be_left(ola: Laptop, sit: Sit) -> None:
    window = sit("Ola", ola.path)
    with socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        window.give_address(f"postgresql://ola@127.0.0.1:{silent.getsockname()[1]}/tertial")
        assert not window.hub.fetch.isEnabled()
        progress = window.window.progress
        window.bot.waitUntil(progress.cancel.isVisible)
        window.press(progress.cancel)
        assert window.hub.fetch.isEnabled()
        assert window.ready is window.hub.fetch
        assert not window.hub.told.isVisible()


@pytest.mark.usefixtures("guarded")
def test_a_password_is_asked_for_until_it_is_right_and_stands_in_the_keyring_alone(
    ola: Laptop, sit: Sit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keyring.core, "_keyring_backend", ring := Ring())
    monkeypatch.setenv("PGPASSFILE", str(tmp_path / "ingen"))
    lise = sit("Lise", ola.path)
    passwords = iter(("feil", SECRET))
    asked = lise.ask.form

    def form(title: str, fields: object, yes: str, **more: object) -> dict[str, str] | None:
        if title.startswith("Passord til lise@"):
            lise.ask.filled = {"password": next(passwords)}
        return asked(title, fields, yes, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(lise.ask, "form", form)
    lise.give_address(ola.url.replace("//ola@", "//lise@"))
    lise.told("Huben svarer. Alt er sendt. Alt er hentet.")
    assert [one[0].is_secret for one in lise.ask.forms] == [False, True, True]
    assert list(ring.held.values()) == [SECRET]
    held = [one for one in tmp_path.rglob("*") if one.is_file() and SECRET.encode() in one.read_bytes()]
    assert held == []


def test_without_the_part_that_speaks_with_a_hub_the_page_says_what_to_do(
    open_window: Open, path: Path, ask: Script, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window(path)
    window.show_page("hub")
    page = window.more("hub")
    assert isinstance(page, HubPage)
    assert "En hub er" in page.lead.text()
    assert [one.isVisible() for one in (page.address, page.new_file, page.fetch, page.send)] == [
        True,
        True,
        False,
        False,
    ]
    monkeypatch.setitem(sys.modules, "psycopg", None)
    ask.filled = {"address": "postgresql://kari@hub.kommune.no/tertial"}
    page.address.click()
    assert "pip install tertial[hub]" in ask.refused
    ask.filled = {"address": "kari@hub"}
    page.address.click()
    assert ask.refused.startswith("Adressen må begynne med postgresql://")
    assert kept_hub(window.desk.settings.kept, made_id(1)) is None


def test_one_of_several_portfolios_in_a_database_is_chosen(ola: Laptop, sit: Sit, tmp_path: Path) -> None:
    other = write(tmp_path / "annen.tertial", list(portfolio_records()))
    Laptop("Ola", other, ola.url.replace("//ola@", "//postgres@")).found().let_in("lise", "controller")
    seat = sit("Lise")
    seat.ask.filled, seat.ask.into = {"address": ola.url.replace("//ola@", "//lise@")}, tmp_path / "ny"
    seat.turn_to_hub()
    seat.ask.chosen = 1
    seat.press(seat.hub.new_file)
    seat.bot.waitUntil(lambda: seat.window.desk.session.path == tmp_path / "ny.tertial", timeout=20_000)
    rows = [tuple(row[:2]) for row in seat.ask.tables[-1].rows]
    assert sorted(rows) == [("-", "3"), ("Prøve kommune", "7")]
    assert len(seat.window.desk.session.portfolio.projects) == int(rows[1][1])


def test_what_is_remembered_of_a_hub_is_read_back_and_what_is_no_such_thing_is_none(tmp_path: Path) -> None:
    kept = OwnSettings(tmp_path / "settings.json")
    hub = KeptHub(portfolio="p", address="postgresql://a@b/c", told="a@b/c", until="x", unread=("0" * 16,), more=2)
    keep_hub(kept, hub)
    assert kept_hub(OwnSettings(tmp_path / "settings.json"), "p") == hub
    for text in ("{", "[]", '{"portfolio": 1}', '{"portfolio": "q", "address": "a", "told": "t", "unread": [1]}'):
        kept.keep(**{"hub.q": text})
        assert kept_hub(kept, "q") is None
    # Two windows, each with its own portfolio's hub: neither takes the other's away.
    keep_hub(OwnSettings(tmp_path / "settings.json"), replace(hub, portfolio="r"))
    keep_hub(kept, hub)
    assert {one.portfolio for one in kept_hubs(OwnSettings(tmp_path / "settings.json"))} == {"p", "r"}


def test_what_changes_nothing_here_is_noted_as_read_without_asking(ola: Laptop, sit: Sit) -> None:
    lise = laptop_of(ola, "lise")
    window = sit("Ola", ola.path)
    window.give_address(ola.url)
    window.told()
    held = lise.portfolio()
    lise.act(lock(held, max(held.periods()), who="Lise", at=lise.at, new_id=lambda: str(uuid4())))
    lise.push()
    window.press(window.hub.fetch)
    window.bot.waitUntil(lambda: "Ingenting er endret her." in window.hub.told.text(), timeout=20_000)
    assert facts(window.hub) == ["Alt er sendt", "Ingenting"]


def test_what_comes_too_late_waits_and_leaving_it_leads_back_to_the_hub(ola: Laptop, sit: Sit) -> None:
    lise, held = laptop_of(ola, "lise"), ola.portfolio()
    lise.write(max(held.periods()), BRIDGE, "For sent.")
    lise.push()
    ola.act(lock(held, max(held.periods()), who="Ola", at=ola.at, new_id=lambda: str(uuid4())))
    window = sit("Ola", ola.path)
    window.give_address(ola.url)
    window.told("1 endring er ikke sendt. 1 endring er ikke hentet.")
    board, before = window.fetch(), window.text
    window.press(board.take)
    assert [item.verdict for item in board.brought.tree.items_shown()] == [Verdict.LOCKED]
    assert not board.take.isEnabled()
    window.press(board.close_page)
    assert window.window.page is window.hub
    assert (window.text, facts(window.hub)) == (before, ["1 endring", "Ingenting"])
