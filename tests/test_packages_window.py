"""Packages in the window: made, filled in elsewhere, dropped, seen side by side, taken in, taken back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDropEvent, QGuiApplication
from pytestqt.qtbot import QtBot

from db.backup import BackupReason, backups_folder, backups_of
from tests.forms import Hands
from tests.windows import PERIOD, Open, Script, made_id, portfolio_records, write
from tracker.kinds import PackageKind, StatusState
from tracker.merging.plan import Choice
from tracker.model import Project, Record
from ui.main_window import MainWindow
from ui.pages.incoming import IncomingPage
from ui.pages.packages import PackagesPage
from ui.settings import Settings
from ui.tabs.comments import CommentsTab

_OF = {5: "Kari Nordmann", 6: "Kari Nordmann", 2: "Per Hansen", 3: "Åse Berg"}
_KARIS = (made_id(5), made_id(6))


def records() -> Iterator[Record]:
    """Give the first projects somebody who is responsible."""
    for record in portfolio_records():
        at = next((at for at in _OF if isinstance(record, Project) and record.id == made_id(at)), None)
        yield replace(record, responsible=_OF[at]) if isinstance(record, Project) and at is not None else record


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Write a portfolio with three who are responsible."""
    return write(tmp_path / "Portefølje.tertial", list(records()))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Make a folder for packages."""
    made = tmp_path / "pakker"
    made.mkdir()
    return made


@dataclass(frozen=True)
class Office:
    """A controller's place of work: a portfolio, a folder for packages, and windows to open."""

    open_window: Open
    ask: Script
    settings: Settings
    path: Path
    folder: Path


@pytest.fixture
def office(open_window: Open, ask: Script, settings: Settings, path: Path, folder: Path) -> Office:
    """Sit down as the controller."""
    settings.who = "Ola Controller"
    return Office(open_window, ask, settings, path, folder)


def in_front(qtbot: QtBot, window: MainWindow) -> None:
    """Bring a window to the front, so that its shortcuts are its own."""
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)


def packages_page(window: MainWindow) -> PackagesPage:
    page = window.more("packages")
    assert isinstance(page, PackagesPage)
    return page


def incoming(window: MainWindow) -> IncomingPage:
    page = window.more("incoming")
    assert isinstance(page, IncomingPage)
    return page


def make_packages(qtbot: QtBot, window: MainWindow, ask: Script, folder: Path) -> PackagesPage:
    """Tick everybody with the space bar, and make their packages."""
    ask.into = folder
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    page = packages_page(window)
    assert page.table.hasFocus()
    page.table.setCurrentCell(0, 0)
    for _ in range(page.table.rowCount()):
        qtbot.keyClick(page.table, Qt.Key.Key_Space)
        qtbot.keyClick(page.table, Qt.Key.Key_Down)
    session = window.desk.session
    noted = len(session.portfolio.sent_packages)
    qtbot.mouseClick(page.make, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(session.portfolio.sent_packages) == noted + page.table.rowCount())
    assert page.made.isVisible()
    return page


def write_text(qtbot: QtBot, window: MainWindow, number: int, words: str) -> None:
    """Go to a project and type in its status text."""
    window.open_project(made_id(number))
    field = window.project.fields.texts["text"].text
    field.selectAll()
    qtbot.keyClicks(field, words)
    window.finish()


def drop(window: MainWindow, *paths: Path) -> None:
    """Drop files on the window."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    window.dropEvent(
        QDropEvent(
            QPointF(10, 10),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )


def text_of(window: MainWindow, number: int) -> str:
    statuses = window.desk.session.portfolio.statuses.values()
    return next(one.text for one in statuses if one.project == made_id(number) and one.period == PERIOD)


def filled_in(qtbot: QtBot, office: Office, name: str, *texts: tuple[int, str]) -> None:
    """Open somebody's package as that project manager, write, and close it."""
    office.settings.who = name
    window = office.open_window(office.folder / f"{name}.tertial")
    for number, words in texts:
        write_text(qtbot, window, number, words)
    window.close()
    office.settings.who = "Ola Controller"


def test_packages_go_out_come_home_collide_and_are_taken_back(  # noqa: PLR0915  one journey from end to end
    qtbot: QtBot, office: Office
) -> None:
    ask, open_window, folder, settings = office.ask, office.open_window, office.folder, office.settings
    window = open_window(office.path)
    page = make_packages(qtbot, window, ask, folder)
    assert sorted(one.name for one in folder.iterdir()) == [
        "Kari Nordmann.tertial",
        "Per Hansen.tertial",
        "Åse Berg.tertial",
    ]
    assert {page.table.item(row, 3).text().split(" siden ")[0] for row in range(3)} == {"Ute"}
    qtbot.mouseClick(page.made.copy_text, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text().startswith("Hei Kari Nordmann")
    window.open_project(made_id(5))
    assert window.project.out.isVisible()
    assert "Kari Nordmann" in window.project.out.text()

    settings.who = "Kari Nordmann"
    package = open_window(folder / "Kari Nordmann.tertial")
    assert package.package.isVisible()
    assert "Ola Controller" in package.package.told.text()
    write_text(qtbot, package, 5, "Kari skriver at bygget reises.")
    write_text(qtbot, package, 6, "Kari skriver om parken.")
    for number in (5, 6):
        package.open_project(made_id(number))
        qtbot.mouseClick(package.project.state.submit, Qt.MouseButton.LeftButton)
    assert ask.told == []
    assert "send filen tilbake til Ola Controller" in package.package.told.text()
    package.close()

    settings.who = "Ola Controller"
    write_text(qtbot, window, 5, "Controlleren retter.")
    drop(window, folder)
    qtbot.waitUntil(lambda: window.page is window._more.get("incoming"))  # noqa: SLF001
    board = incoming(window)
    assert [board.files.item(row, 0).text() for row in range(3)] == ["Kari Nordmann", "Per Hansen", "Åse Berg"]
    assert [board.files.item(row, 2).text() for row in range(3)] == ["1", "0", "0"]
    assert not board.take.isEnabled()
    assert "1 kollisjon er ikke avgjort" in board.waiting.text()
    before = seen(board)

    qtbot.keyClick(board, Qt.Key.Key_F8)
    assert all(side.isVisible() for side in board.brought.detail.sides)
    assert board.brought.detail.sides[1].toPlainText().startswith("Controlleren retter.")
    assert board.brought.detail.radios[Choice.THEIRS].isChecked()
    assert "prosjektlederen" in board.brought.detail.because.text()
    qtbot.keyClick(board.brought.tree, Qt.Key.Key_Space)
    assert board.brought.detail.radios[Choice.OURS].isChecked()
    qtbot.keyClick(board.brought.tree, Qt.Key.Key_Space)
    qtbot.mouseClick(board.take, Qt.MouseButton.LeftButton)
    assert board.taken.isVisible()
    assert "Ctrl+Z" in board.taken.text()
    assert text_of(window, 5) == "Kari skriver at bygget reises."
    assert text_of(window, 6) == "Kari skriver om parken."
    states = {one.project: one.state for one in window.desk.session.portfolio.statuses.values()}
    assert states[made_id(5)] is StatusState.SUBMITTED
    kept = backups_of(backups_folder(office.path, root=settings.data_folder / "backups"))
    assert [one.reason for one in kept].count(BackupReason.BEFORE_MERGE) == 1
    assert board.arrival is not None
    assert board.arrival.is_nothing

    history = window.desk.session.history({made_id(2005)})
    newest = next(one for one in history if one.field == "text")
    assert (newest.who, newest.entry.who, newest.before) == ("Kari Nordmann", "Ola Controller", "Controlleren retter.")

    in_front(qtbot, window)
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert text_of(window, 5) == "Controlleren retter."
    assert seen(board) == before
    qtbot.mouseClick(board.take, Qt.MouseButton.LeftButton)
    assert text_of(window, 5) == "Kari skriver at bygget reises."
    drop(window, folder)
    qtbot.waitUntil(lambda: not board.taken.isVisible())
    assert all(board._arrivals[row].is_nothing for row in range(3))  # noqa: SLF001
    assert not board.take.isEnabled()
    qtbot.keyClick(board, Qt.Key.Key_Escape)
    assert window.page is page


def seen(board: IncomingPage) -> list[tuple[str, str, str, str]]:
    """Return what the chosen file brings, as far as it doesn't depend on what has been decided."""
    items = board.brought.tree.items_shown()
    return [(item.place.key, item.place.unit, item.verdict.value, str(item.theirs.values)) for item in items]


def test_files_without_collisions_are_taken_at_once_each_as_one_step(qtbot: QtBot, office: Office) -> None:
    ask, open_window, folder = office.ask, office.open_window, office.folder
    window = open_window(office.path)
    make_packages(qtbot, window, ask, folder)
    filled_in(qtbot, office, "Kari Nordmann", (5, "Fra Kari."), (6, "Også."))
    filled_in(qtbot, office, "Per Hansen", (2, "Fra Per."))
    write_text(qtbot, window, 5, "Controllerens.")
    ask.files = sorted(folder.iterdir())
    in_front(qtbot, window)
    qtbot.keyClick(window, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: window.page is window._more.get("incoming"))  # noqa: SLF001
    board = incoming(window)
    qtbot.mouseClick(board.take_easy, Qt.MouseButton.LeftButton)
    assert text_of(window, 2) == "Fra Per."
    assert text_of(window, 5) == "Controllerens."
    board.files.selectRow(0)
    assert not board.take.isEnabled()
    qtbot.mouseClick(board.brought.all_kept, Qt.MouseButton.LeftButton)
    assert board.take.isEnabled()
    qtbot.mouseClick(board.take, Qt.MouseButton.LeftButton)
    assert (text_of(window, 5), text_of(window, 1)) == (
        "Controllerens.",
        "Utgangspunktet" if False else text_of(window, 1),
    )
    window.desk.session.undo()
    window.desk.session.undo()
    assert text_of(window, 2) != "Fra Per."


def test_leaving_what_came_changes_nothing(qtbot: QtBot, office: Office) -> None:
    ask, open_window, folder = office.ask, office.open_window, office.folder
    window = open_window(office.path)
    make_packages(qtbot, window, ask, folder)
    filled_in(qtbot, office, "Per Hansen", (2, "Fra Per."))
    before = window.desk.session.portfolio
    drop(window, folder / "Per Hansen.tertial")
    qtbot.waitUntil(lambda: window.page is window._more.get("incoming"))  # noqa: SLF001
    board = incoming(window)
    assert not board.files.isVisible()
    assert "Per Hansen.tertial fra Per Hansen." in board.brought.about.text()
    qtbot.mouseClick(board.brought.all_kept, Qt.MouseButton.LeftButton)
    qtbot.keyClick(board.brought.tree, Qt.Key.Key_Escape)
    assert window.page is window.more("packages")
    assert window.desk.session.portfolio is before
    assert not window.bar.tabs["incoming"].isVisible()


def test_what_is_the_controllers_is_put_out_in_a_package_and_every_page_can_be_shown(
    qtbot: QtBot, office: Office
) -> None:
    ask, open_window, folder = office.ask, office.open_window, office.folder
    make_packages(qtbot, open_window(office.path), ask, folder)
    package = open_window(folder / "Kari Nordmann.tertial")
    controllers = ("take-in", "take-in-ledger", "new-period", "add-project", "statement", "packages", "report")
    for name in (*controllers, "approve-status", "send-back-status"):
        assert not package.deeds[name].isEnabled(), name
        assert "controlleren" in package.deeds[name].statusTip()
    assert all(package.deeds[name].isEnabled() for name in ("bring-in", "submit-status", "take-back-status"))
    for name in ("statement", "year-end", "report", "packages"):
        assert not package.bar.tabs[name].isVisible()
    for name in ("period", "control", "budget", "ledger"):
        package.show_page(name)
    assert not package.more("period").lock.isEnabled()  # type: ignore[attr-defined]
    package.open_project(made_id(5))
    lines = package.project.fields.lines
    assert not lines["responsible"].isEnabled() or lines["responsible"].line.isReadOnly()
    package.show_overview()
    assert package.overview.figures[0].value.text() == "2"


def test_a_newer_package_takes_the_changes_of_the_open_one_along(qtbot: QtBot, office: Office) -> None:
    ask, open_window, folder = office.ask, office.open_window, office.folder
    window = open_window(office.path)
    make_packages(qtbot, window, ask, folder)
    old = folder / "Kari Nordmann.tertial"
    mine = folder.parent / "min.tertial"
    mine.write_bytes(old.read_bytes())
    write_text(qtbot, window, 6, "Rettet av controlleren imens.")
    make_packages(qtbot, window, ask, folder)
    window.close()
    package = open_window(mine)
    write_text(qtbot, package, 5, "Skrevet i den gamle.")
    drop(package, old)
    qtbot.waitUntil(lambda: package.page is package._more.get("incoming"))  # noqa: SLF001
    assert package.desk.session.path == old
    qtbot.mouseClick(incoming(package).take, Qt.MouseButton.LeftButton)
    assert (text_of(package, 5), text_of(package, 6)) == ("Skrevet i den gamle.", "Rettet av controlleren imens.")


def kinds_of_comments(window: MainWindow) -> list[str]:
    """Return what the comments of the project that is open are called."""
    (tab,) = window.project.findChildren(CommentsTab)
    window.project.behind.setCurrentWidget(tab)
    return [tab.table.item(row, 3).text() for row in range(tab.table.rowCount())]


def test_what_came_too_late_waits_or_becomes_a_comment_of_the_locked_period(qtbot: QtBot, office: Office) -> None:
    window = office.open_window(office.path)
    make_packages(qtbot, window, office.ask, office.folder)
    filled_in(qtbot, office, "Kari Nordmann", (5, "For sent."))
    window.show_page("period")
    window.more("period").lock.click()  # type: ignore[attr-defined]
    drop(window, office.folder / "Kari Nordmann.tertial")
    qtbot.waitUntil(lambda: window.page is window._more.get("incoming"))  # noqa: SLF001
    board = incoming(window)
    (item,) = board.brought.tree.items_shown()
    board.brought.tree.choose(item.place)
    assert "er låst" in board.brought.detail.because.text()
    assert not board.brought.detail.radios[Choice.THEIRS].isVisible()
    qtbot.mouseClick(board.brought.detail.radios[Choice.AS_COMMENT], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(board.take, Qt.MouseButton.LeftButton)
    (comment,) = window.desk.session.portfolio.comments.values()
    assert (comment.by, "For sent." in comment.text) == ("Kari Nordmann", True)
    office.ask.tables.clear()
    window.show_page("period")
    window.more("period").late.click()  # type: ignore[attr-defined]
    (row,) = office.ask.tables[-1].rows
    assert row[:2] == [window.desk.session.portfolio.projects[comment.project].name, "Kom etter låsingen"]
    assert row[-1].startswith("Kari Nordmann ")
    assert row[-1].endswith("For sent.")
    window.open_project(comment.project)
    assert "Kom etter låsingen" in kinds_of_comments(window)
    window.show_page("incoming")
    assert text_of(window, 5) == ""
    assert not board.take.isEnabled()


def test_a_package_is_sent_back_with_a_mail_to_whoever_made_it(
    qtbot: QtBot, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    make_packages(qtbot, office.open_window(office.path), office.ask, office.folder)
    package = office.open_window(office.folder / "Per Hansen.tertial")
    qtbot.mouseClick(package.package.send, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text().startswith("Hei Ola Controller")
    assert [Path(url.toLocalFile()) for url in opened] == [office.folder]
    assert "Per Hansen.tertial" in package.statusBar().currentMessage()


def test_a_file_of_another_portfolio_or_none_is_told_of_and_the_others_are_read(qtbot: QtBot, office: Office) -> None:
    window = office.open_window(office.path)
    make_packages(qtbot, window, office.ask, office.folder)
    stranger = list(portfolio_records())
    write(
        office.folder / "A fremmed.tertial",
        [replace(one, name="Annen") if isinstance(one, Project) else one for one in stranger],
        first=made_id(77),
    )
    (office.folder / "B tull.tertial").write_bytes(b"tull")
    drop(window, office.folder)
    qtbot.waitUntil(lambda: window.page is window._more.get("incoming"))  # noqa: SLF001
    board = incoming(window)
    assert [board.files.item(row, 1).text() for row in range(5)] == ["-", "-", "0", "0", "0"]
    board.files.selectRow(0)
    assert "en annen portefølje" in board.brought.about.text()
    board.files.selectRow(1)
    assert "er ikke en Tertial-fil" in board.brought.about.text()
    assert not board.take.isEnabled()


def test_a_package_of_chosen_projects_is_for_whom_one_says(qtbot: QtBot, office: Office) -> None:
    ask, folder = office.ask, office.folder
    window = office.open_window(office.path)
    ask.into, ask.filled = folder, {"who": "Vikaren"}
    window.show_projects()
    window.projects.table.select_keys([made_id(4), made_id(5)], made_id(4))
    window.deeds["package-of-projects"].trigger()
    page = packages_page(window)
    qtbot.waitUntil(page.made.isVisible)
    assert [one.name for one in folder.iterdir()] == ["Vikaren.tertial"]
    (sent,) = window.desk.session.portfolio.sent_packages.values()
    assert (sent.recipient, sent.projects) == ("Vikaren", {made_id(4), made_id(5)})
    assert sent.made_at <= datetime.now(UTC)


def make_forms(qtbot: QtBot, office: Office, window: MainWindow, *people: int) -> PackagesPage:
    """Tick some on the page of packages, and make their forms."""
    office.ask.into, office.ask.filled = office.folder, {}
    window.show_page("packages")
    page = packages_page(window)
    for row in people:
        page.table.setCurrentCell(row, 0)
        qtbot.keyClick(page.table, Qt.Key.Key_Space)
    qtbot.mouseClick(page.make_forms, Qt.MouseButton.LeftButton)
    return page


def form_of(folder: Path) -> Hands:
    """Open the only form in a folder in another program."""
    (path,) = folder.glob("*.xlsx")
    hands = Hands(path)
    hands.ids = {one.name: one.id for one in portfolio_records() if isinstance(one, Project)}
    return hands


def test_forms_go_out_from_the_page_and_what_cant_be_read_is_seen_before_the_rest_is_taken(
    qtbot: QtBot, office: Office
) -> None:
    window = office.open_window(office.path)
    page = make_forms(qtbot, office, window, 0)
    qtbot.waitUntil(page.made.isVisible)
    assert "Laget 1 skjema i mappen pakker" in page.made.title.text()
    assert "skjemaet Statusskjema" in page.made.mail.toPlainText()
    (sent,) = window.desk.session.portfolio.sent_packages.values()
    assert (sent.recipient, sent.kind) == ("Kari Nordmann", PackageKind.FORM)
    assert page.table.item(0, 3).text().startswith("Ute siden")

    make_packages(qtbot, window, office.ask, office.folder)
    filled_in(qtbot, office, "Per Hansen", (2, "Fra Per."))
    hands = form_of(office.folder)
    bridge, park = (project.name for project in map(window.desk.session.portfolio.projects.get, _KARIS) if project)
    hands.fill(bridge, "text", "Kari fylte ut i Excel.")
    hands.fill(park, "completion", "i fjor")
    hands.save()
    drop(window, office.folder / "Per Hansen.tertial", hands.path)
    qtbot.waitUntil(lambda: window.page is window._more.get("incoming"))  # noqa: SLF001
    board = incoming(window)
    assert [board.files.item(row, 0).text() for row in range(2)] == ["Per Hansen", "Kari Nordmann"]
    assert not board.brought.problems.isVisible()
    assert "1 fil har svar som ikke kunne leses" in board.waiting.text()
    qtbot.mouseClick(board.take_easy, Qt.MouseButton.LeftButton)
    assert (text_of(window, 2), text_of(window, 5)) == ("Fra Per.", "")

    board.files.selectRow(1)
    assert board.brought.problems.isVisible()
    assert "1 svar kunne ikke leses" in board.brought.problems.lead.text()
    assert board.brought.problems.list.toPlainText().startswith(f"Ark «{park}», celle ")
    assert "«i fjor» er ikke et kvartal" in board.brought.problems.list.toPlainText()
    assert not board.waiting.isVisible()
    qtbot.mouseClick(board.take, Qt.MouseButton.LeftButton)
    assert text_of(window, 5) == "Kari fylte ut i Excel."
    assert "Alt som kunne leses, er hentet inn fra før." in board.brought.about.text()


def test_forms_are_a_list_where_that_is_asked_for_and_never_lie_over_one_that_is_there(
    qtbot: QtBot, office: Office
) -> None:
    window = office.open_window(office.path)
    office.ask.filled = {"look": "list"}
    office.ask.into = office.folder
    window.show_page("packages")
    page = packages_page(window)
    qtbot.mouseClick(page.all, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(page.make_forms, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(page.made.isVisible)
    assert len(list(office.folder.glob("*.xlsx"))) == 3
    page.table.tick_all(is_ticked=True)
    qtbot.mouseClick(page.make_forms, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(office.ask.told))
    assert "kan være fylt ut: velg en annen mappe" in office.ask.told[0]
    assert len(window.desk.session.portfolio.sent_packages) == 3


def test_nobody_is_asked_for_a_form_of_a_locked_period(qtbot: QtBot, office: Office) -> None:
    window = office.open_window(office.path)
    window.show_page("period")
    window.more("period").lock.click()  # type: ignore[attr-defined]
    make_forms(qtbot, office, window, 0)
    assert "er låst, så det er ingenting å fylle ut" in office.ask.told[-1]
    assert not list(office.folder.iterdir())


def test_a_copy_of_the_open_portfolio_that_is_dropped_is_shown_with_what_it_would_bring(
    qtbot: QtBot, office: Office
) -> None:
    copy = office.path.with_name("Portefølje-PC123.tertial")
    copy.write_bytes(office.path.read_bytes())
    elsewhere = office.open_window(copy)
    write_text(qtbot, elsewhere, 5, "Skrevet på den andre PC-en.")
    elsewhere.close()
    window = office.open_window(office.path)
    drop(window, copy)
    qtbot.waitUntil(lambda: window.page is window._more.get("incoming"))  # noqa: SLF001
    assert (window.desk.session.path, text_of(window, 5)) == (office.path, "")
    qtbot.mouseClick(incoming(window).take, Qt.MouseButton.LeftButton)
    assert text_of(window, 5) == "Skrevet på den andre PC-en."


def test_another_portfolio_that_is_dropped_is_opened(qtbot: QtBot, office: Office) -> None:
    stranger = write(office.path.with_name("Annen.tertial"), list(portfolio_records()), first=made_id(77))
    window = office.open_window(office.path)
    drop(window, stranger)
    qtbot.waitUntil(lambda: window.desk.session.path == stranger)


def test_a_damaged_package_that_is_dropped_is_told_of_and_the_open_portfolio_stays(
    qtbot: QtBot, office: Office
) -> None:
    window = office.open_window(office.path)
    make_packages(qtbot, window, office.ask, office.folder)
    package = office.folder / "Per Hansen.tertial"
    package.write_bytes(package.read_bytes()[:9000])
    before = window.desk.session.portfolio
    drop(window, package)
    qtbot.waitUntil(lambda: bool(office.ask.told))
    assert office.ask.told == [
        "Per Hansen.tertial er skadet eller ingen Tertial-fil, så ingenting er hentet inn: be om filen på nytt."
    ]
    assert (window.desk.session.path, window.desk.session.portfolio) == (office.path, before)
    assert office.ask.ways == []
    assert window.desk.session.can_edit
