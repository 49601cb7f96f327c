"""A disk that is full, fails, may only be read, or is taken out: one sentence, nothing lost, and work goes on after."""

from __future__ import annotations

import errno
import subprocess
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtGui import QTextDocument
from pytestqt.qtbot import QtBot

from db.backup import BackupReason, back_up
from db.draft import Draft, Drafts
from db.export import export_portfolio
from db.report_files import WRITERS
from db.store import open_store
from db.trouble import Trouble
from db.whole_file import write_whole
from tests.crashes.work import FILE, YEAR, entries_of, import_ledger, opened, projects_of, write_portfolio
from tests.portfolios import stored
from tests.small_disks import PAGE, content_of, disk, fail, fill, make_room, put_in, stick, taken_out
from tests.test_backup import sentence
from tests.windows import Open, Script, labels, made_id, portfolio_records, write
from tracker.actions import Entry, fill_in
from tracker.messages import Refusal
from tracker.report import build_report
from ui.printing import write_pdf
from ui.session import Session
from ui.words import words_in

__all__ = ["disk", "stick"]

NOW = datetime(2024, 2, 1, 10, tzinfo=UTC)
FULL = "Disken er full, så"


def type_in(session: Session) -> None:
    """Type a text that was never typed before."""
    entry = Entry(project=projects_of(session)[0], field="text", typed=session.new_id())
    session.perform(fill_in(session.portfolio, YEAR, entry, new_id=session.new_id))


@pytest.mark.parametrize("change", [type_in, import_ledger], ids=["edit", "import"])
def test_however_little_room_is_left_a_change_is_saved_or_told_and_never_half(
    disk: Path, change: Callable[[Session], None]
) -> None:
    write_portfolio(disk)
    saved, sentences = 0, []
    with opened(disk / FILE) as session:
        for room in (0, 1, 2, 3, 5, 8, 13, 21, 34, 55, 89):
            fill(disk, but=room)
            before, names = session.portfolio, list(content_of(disk))
            try:
                change(session)
            except Trouble as trouble:
                sentences.append(trouble.reason.text)
                assert session.portfolio is before
            else:
                saved += 1
            assert list(content_of(disk)) == names
            make_room(disk)
        change(session)
        shown = session.portfolio
    assert saved > 1
    assert len(sentences) > 1
    assert set(sentences) == {"Disken er full, så ingenting ble lagret i {file}: frigjør plass og prøv igjen."}
    assert len(entries_of(disk / FILE)) == saved + 2
    with closing(open_store(disk / FILE)) as store:
        assert store.load() == shown
    assert list(content_of(disk)) == [FILE]


def write_report(ending: str, disk: Path, portfolio: Path) -> None:
    _, writer = WRITERS[ending]
    report = build_report(stored(portfolio), YEAR, chosen=["summary", "overview"])
    writer(report, disk / f"rapport{ending}", say=words_in())


def write_export(disk: Path, portfolio: Path) -> None:
    with closing(open_store(portfolio)) as store:
        export_portfolio(store, store.load(), YEAR, folder=disk / "eksport")


def begin(disk: Path, portfolio: Path) -> None:
    del portfolio
    (disk / "ny.tertial").unlink(missing_ok=True)
    write(disk / "ny.tertial", list(portfolio_records()))


def keep_copy(disk: Path, portfolio: Path) -> None:
    back_up(portfolio, folder=disk, reason=BackupReason.DAILY, now=NOW)


def write_page(disk: Path, portfolio: Path) -> None:
    del portfolio
    document = QTextDocument("Skole på Åsen")
    write_pdf(document, disk / "side.pdf", landscape=False)


Deed = Callable[[Path, Path], None]
DEEDS: dict[str, Deed] = {
    **{ending: partial(write_report, ending) for ending in WRITERS},
    "export": write_export,
    "new portfolio": begin,
    "backup": keep_copy,
    "page": write_page,
}


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("deed", DEEDS.values(), ids=DEEDS)
def test_what_a_full_disk_has_no_room_for_is_told_and_all_is_as_before(disk: Path, path: Path, deed: Deed) -> None:
    """Neither with no room at all nor with a page too little: an older file of that name stays, and nothing is left."""
    deed(disk, path)
    before = content_of(disk)
    pages = sum(-(-len(content) // PAGE) for content in before.values())
    if deed is begin:
        (disk / "ny.tertial").unlink()
        before = {}
    for room in (0, pages - 1):
        fill(disk, but=room)
        with pytest.raises(Trouble, match=FULL):
            deed(disk, path)
        assert content_of(disk) == before
        make_room(disk)
    deed(disk, path)
    assert set(before) <= set(content_of(disk))


def test_what_is_typed_on_a_full_disk_leaves_the_drafts_before_it(disk: Path) -> None:
    drafts = Drafts(disk / FILE, disk)
    drafts.keep(Draft(project="a", period="2023-Y", field="text", base="", text="a" * PAGE))
    before, kept = content_of(disk), drafts.read()
    fill(disk)
    drafts.keep(Draft(project="b", period="2023-Y", field="text", base="", text="b"))
    assert (content_of(disk), drafts.read()) == (before, kept)


def test_a_file_on_a_disk_with_no_room_for_its_lock_is_opened_to_be_read(disk: Path) -> None:
    write_portfolio(disk)
    subprocess.run(["mount", "-o", "remount,nr_inodes=2", str(disk)], check=True)
    with opened(disk / FILE) as session:
        assert session.portfolio.projects
        assert session.read_only_because is not None
        assert session.read_only_because.text.startswith("Disken er full, så {file} kan bare leses")
        with pytest.raises(Refusal, match=FULL):
            type_in(session)
    assert list(content_of(disk)) == [FILE]
    subprocess.run(["mount", "-o", "remount,nr_inodes=0", str(disk)], check=True)
    with opened(disk / FILE) as session:
        type_in(session)


def test_a_text_typed_on_a_full_disk_is_told_at_its_field_and_saved_once_there_is_room(
    disk: Path, open_window: Open, qtbot: QtBot
) -> None:
    path = write(disk / FILE, list(portfolio_records()))
    window = open_window(path)
    window.show_projects()
    window.open_project(made_id(4))
    field = window.project.fields.texts["text"]
    fill(disk)
    field.text.setFocus()
    qtbot.keyClicks(field.text, "Midt i en setning")
    window.finish()
    assert FULL in labels(window)
    assert field.text.toPlainText() == "Midt i en setning"
    make_room(disk)
    qtbot.keyClicks(field.text, ".")
    window.finish()
    assert FULL not in labels(window)
    assert "Midt i en setning." in {status.text for status in stored(path).statuses.values()}


def test_a_report_that_a_full_disk_has_no_room_for_is_told_and_the_window_goes_on(
    disk: Path, path: Path, open_window: Open, ask: Script, qtbot: QtBot
) -> None:
    window = open_window(path)
    fill(disk)
    ask.into = disk / "rapport.docx"
    window.deeds["report"].trigger()
    qtbot.waitUntil(lambda: bool(ask.told))
    assert ask.told == ["Disken er full, så rapport.docx ble ikke skrevet: frigjør plass og prøv igjen."]
    make_room(disk)
    window.deeds["report"].trigger()
    qtbot.waitUntil(lambda: "rapport.docx" in content_of(disk))
    assert list(content_of(disk)) == ["rapport.docx"]


def test_a_disk_that_fails_while_one_works_is_told_and_the_window_goes_on(stick: Path, open_window: Open) -> None:
    """The system lets nobody write on a disk that fails; what was saved is there when it is mended."""
    path = write(stick / FILE, list(portfolio_records()))
    window = open_window(path)
    session = window.desk.session
    type_in(session)
    saved = session.portfolio
    fail(stick)
    for _ in range(2):
        with pytest.raises(Trouble) as trouble:
            type_in(session)
        assert sentence(trouble).startswith(f"{FILE} kan ikke åpnes eller lagres")
        assert session.portfolio is saved
    with pytest.raises(Trouble, match="bare leses"):
        write_report(".xlsx", stick, path)
    window.show_projects()
    session.close()
    with opened(path) as read:
        assert read.portfolio == saved
        assert not read.can_edit
    taken_out(stick)
    put_in(stick)
    with opened(path) as mended:
        assert mended.portfolio == saved
        type_in(mended)
    entries_of(path)


def test_a_stick_that_is_taken_out_is_told_and_holds_what_was_saved_when_it_is_back(stick: Path) -> None:
    write_portfolio(stick)
    with opened(stick / FILE) as session:
        type_in(session)
        saved = session.portfolio
        taken_out(stick)
        with pytest.raises(Trouble) as trouble:
            type_in(session)
        assert "disk som er tatt ut" in sentence(trouble)
        assert session.portfolio is saved
        assert list(stick.iterdir()) == []
        with pytest.raises(Trouble, match="Finner ikke"):
            keep_copy(stick, stick / FILE)
    put_in(stick)
    with opened(stick / FILE) as back:
        assert back.portfolio == saved
        type_in(back)
    entries_of(stick / FILE)


@pytest.mark.parametrize(
    ("code", "told"),
    [
        (errno.EIO, f"{FILE} kan ikke leses eller skrives: kontroller disken"),
        (errno.ENODEV, f"{FILE} kan ikke leses eller skrives: kontroller disken"),
        (errno.EDQUOT, f"Disken er full, så {FILE} ble ikke skrevet: frigjør plass"),
    ],
)
def test_what_a_device_or_a_quota_says_is_told_in_a_sentence(tmp_path: Path, code: int, told: str) -> None:
    def stop(_: Path) -> None:
        raise OSError(code, "fra systemet")

    with pytest.raises(Trouble) as trouble:
        write_whole(tmp_path / FILE, stop)
    assert sentence(trouble).startswith(told)


def test_a_folder_that_is_gone_while_one_works_is_told_and_nothing_is_made_in_its_place(tmp_path: Path) -> None:
    folder, elsewhere = tmp_path / "mappe", tmp_path / "et annet sted"
    folder.mkdir()
    write_portfolio(folder)
    with opened(folder / FILE) as session:
        folder.rename(elsewhere)
        with pytest.raises(Trouble) as trouble:
            type_in(session)
        assert sentence(trouble).startswith(f"{FILE} er flyttet, byttet ut eller")
        assert not folder.exists()
    with opened(elsewhere / FILE) as session:
        type_in(session)
