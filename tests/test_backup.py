"""What backups promise: they are whole, the way back loses nothing, and a crash leaves one whole file."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from db.backup import Backup, BackupReason, back_up, backups_folder, backups_of, is_due, restore, thin
from db.schema import VERSION
from db.store import new_store, open_store
from db.trouble import Trouble
from tests.portfolios import edit_of, stored
from tests.test_store import sign
from tracker.edits import added
from tracker.messages import message
from tracker.model import Project, ProjectId

ROOT = Path(__file__).parents[1]
NOW = datetime(2024, 2, 1, 10, 0, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="no kill -9 there")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Make a portfolio with one project."""
    file = tmp_path / "Mappe med æøå" / "Portefølje 2023.tertial"
    file.parent.mkdir()
    with new_store(file) as store:
        edit_of("Skole på Åsen | 2 000 | 2 097 | 4K-2024 | 986 | 1 083 | I rute", commit_to=store)
    return file


@pytest.fixture
def folder(path: Path, tmp_path: Path) -> Path:
    return backups_folder(path, root=tmp_path / "sikkerhetskopier")


def add_project(path: Path, name: str) -> None:
    with closing(open_store(path)) as store:
        store.commit(added(message("Test"), [Project(id=ProjectId(str(uuid4())), name=name)]), sign())


def names_in(path: Path) -> list[str]:
    return sorted(project.name for project in stored(path).projects.values())


def asked_for(path: Path, folder: Path, now: datetime = NOW) -> Backup:
    return back_up(path, folder=folder, reason=BackupReason.ASKED_FOR, now=now)


def files_in(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir()) if folder.exists() else []


def sentence(trouble: pytest.ExceptionInfo[Trouble]) -> str:
    return trouble.value.reason.text.format(**trouble.value.reason.values)


def cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:9000])


def empty(path: Path) -> None:
    path.write_bytes(b"")


def change_an_amount(path: Path) -> None:
    run_sql(path, "UPDATE budget_line SET year_amount = year_amount + 1")


def write_what_no_project_is(path: Path) -> None:
    run_sql(path, "PRAGMA ignore_check_constraints = ON", "UPDATE project SET kind = 'projekt'")


def lose_a_table(path: Path) -> None:
    run_sql(path, "DROP TABLE statement_line")


def run_sql(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as stranger:
        for statement in statements:
            stranger.execute(statement)
        stranger.commit()


DAMAGES = [cut_short, empty, change_an_amount, write_what_no_project_is, lose_a_table]
damaged_in_all_ways = pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
Damage = Callable[[Path], None]


def test_a_backup_is_the_whole_portfolio_with_its_journal_under_a_name_that_says_when_and_why(
    path: Path, folder: Path
) -> None:
    made = back_up(path, folder=folder, reason=BackupReason.BEFORE_IMPORT, now=NOW)
    assert files_in(folder) == ["Portefølje 2023 2024-02-01 100000 before-import.tertial"]
    assert stored(made.path) == stored(path)
    with closing(open_store(made.path)) as copy, closing(open_store(path)) as original:
        assert list(copy.journal()) == list(original.journal())
        assert copy.verify() == []


def test_a_backup_can_be_taken_while_the_portfolio_is_open_and_edited(path: Path, folder: Path) -> None:
    with closing(open_store(path)) as store:
        made = asked_for(path, folder)
        store.commit(added(message("Test"), [Project(id=ProjectId(str(uuid4())), name="Ny bru")]), sign())
    assert names_in(made.path) == ["Skole på Åsen"]
    assert names_in(path) == ["Ny bru", "Skole på Åsen"]


def test_backups_are_found_again_newest_first_and_other_files_are_let_be(path: Path, folder: Path) -> None:
    made = [
        back_up(path, folder=folder, reason=reason, now=NOW + timedelta(days=day, milliseconds=day))
        for day, reason in enumerate(BackupReason)
    ]
    for name in (
        "notater.txt",
        "Portefølje 2023.tertial",
        "Portefølje 2023 2024-99-99 999999 daily.tertial",
        "Portefølje 2023 2024-02-01 100000 noe-annet.tertial",
        "Portefølje 2023 2024-02-01 100000.skadet",
    ):
        (folder / name).write_bytes(b"")
    (folder / "Mappe 2024-02-01 100000 daily.tertial").mkdir()
    assert backups_of(folder) == made[::-1]


def test_before_the_first_backup_there_are_none(folder: Path) -> None:
    assert backups_of(folder) == []
    assert thin(folder, now=NOW) == []
    assert not folder.exists()


def test_two_backups_in_the_same_second_are_two(path: Path, folder: Path) -> None:
    first = asked_for(path, folder)
    add_project(path, "Ny bru")
    second = asked_for(path, folder)
    assert backups_of(folder) == [second, first]
    assert names_in(first.path) == ["Skole på Åsen"]
    assert names_in(second.path) == ["Ny bru", "Skole på Åsen"]


def test_two_portfolios_of_one_name_have_backups_of_their_own(tmp_path: Path) -> None:
    one, other = (backups_folder(tmp_path / place / "p.tertial", root=tmp_path) for place in ("a", "b"))
    assert one != other
    assert one.parent == other.parent == tmp_path
    assert one.name.startswith("p ")


@damaged_in_all_ways
def test_a_damaged_portfolio_is_told_and_never_becomes_a_backup(path: Path, folder: Path, damage: Damage) -> None:
    asked_for(path, folder)
    before = files_in(folder)
    damage(path)
    with pytest.raises(Trouble) as trouble:
        asked_for(path, folder, LATER)
    assert sentence(trouble).startswith(("Portefølje 2023.tertial er ", "Innholdet i Portefølje 2023.tertial er "))
    assert files_in(folder) == before


def test_a_portfolio_that_is_not_there_is_told_and_leaves_no_folder(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="Finner ikke"):
        asked_for(tmp_path / "borte.tertial", tmp_path / "kopier")
    assert list(tmp_path.iterdir()) == []


FULL_DISK = """
set -e
mount -t tmpfs -o size=100k none "$1"
cd "$3"
exec "$4" -c "$5" "$1" "$2"
"""
BACKS_UP = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from db.backup import BackupReason, back_up
from db.trouble import Trouble
disk = Path(sys.argv[1])
try:
    back_up(Path(sys.argv[2]), folder=disk, reason=BackupReason.DAILY, now=datetime(2024, 2, 1, tzinfo=UTC))
except Trouble as trouble:
    print(trouble.reason.text.format(**trouble.reason.values))
print([file.name for file in disk.iterdir()])
"""
RESTORES = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from db.backup import Backup, BackupReason, restore
from db.trouble import Trouble
disk, now = Path(sys.argv[1]), datetime(2024, 2, 1, tzinfo=UTC)
(disk / "p.tertial").write_bytes(b"i dag")
try:
    backup = Backup(path=Path(sys.argv[2]), made_at=now, reason=BackupReason.DAILY)
    restore(backup, disk / "p.tertial", folder=disk, now=now)
except Trouble as trouble:
    print(trouble.reason.text.format(**trouble.reason.values))
print([(file.name, file.read_bytes()) for file in disk.iterdir()])
"""


def on_a_full_disk(code: str, path: Path, disk: Path) -> list[str]:
    """Run code in a mount of its own that holds less than a portfolio; what it printed, by lines."""
    disk.mkdir()
    with_a_mount = ["unshare", "--map-root-user", "--mount"]
    if shutil.which("unshare") is None or subprocess.run([*with_a_mount, "true"], check=False).returncode != 0:
        pytest.skip("a small disk can't be made here")
    ended = subprocess.run(
        [*with_a_mount, "sh", "-c", FULL_DISK, "sh", str(disk), str(path), str(ROOT), sys.executable, code],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    return ended.stdout.splitlines()


def test_a_full_disk_is_told_and_leaves_nothing_half_written(path: Path, tmp_path: Path) -> None:
    said, left = on_a_full_disk(BACKS_UP, path, tmp_path / "disk")
    assert said.startswith("Disken er full, så ingenting ble lagret i Portefølje 2023 2024-02-01 000000 daily.tertial")
    assert left == "[]"


def test_a_disk_too_full_to_restore_on_is_told_and_keeps_the_file_as_it_was(path: Path, tmp_path: Path) -> None:
    said, left = on_a_full_disk(RESTORES, path, tmp_path / "disk")
    assert said == "Disken er full, så p.tertial ble ikke skrevet: frigjør plass og prøv igjen."
    assert left == str([("p.tertial", b"i dag")])


def test_a_backup_is_due_until_the_daily_one_is_taken(path: Path, folder: Path) -> None:
    assert is_due(folder, now=NOW)
    asked_for(path, folder)
    assert is_due(folder, now=NOW)
    back_up(path, folder=folder, reason=BackupReason.DAILY, now=NOW)
    assert not is_due(folder, now=NOW + timedelta(minutes=1))
    assert is_due(folder, now=NOW + timedelta(days=1))


@pytest.mark.skipif(sys.platform == "win32", reason="the zone can't be set there")
def test_a_day_begins_at_midnight_where_the_user_is(path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In Oslo in winter it is midnight at 23 UTC."""
    with monkeypatch.context() as patched:
        patched.setenv("TZ", "Europe/Oslo")
        time.tzset()
        back_up(path, folder=folder, reason=BackupReason.DAILY, now=datetime(2024, 2, 1, 22, 50, tzinfo=UTC))
        assert not is_due(folder, now=datetime(2024, 2, 1, 22, 59, tzinfo=UTC))
        assert is_due(folder, now=datetime(2024, 2, 1, 23, 1, tzinfo=UTC))
        assert not is_due(folder, now=datetime(2024, 2, 1, 0, 1, tzinfo=UTC))
        back_up(path, folder=folder, reason=BackupReason.DAILY, now=datetime(2024, 2, 1, 23, 30, tzinfo=UTC))
        assert not is_due(folder, now=datetime(2024, 2, 2, 8, 0, tzinfo=UTC))
    time.tzset()


def make_empty(folder: Path, *moments: datetime, reason: BackupReason = BackupReason.DAILY) -> None:
    """Make files that have backups' names; thinning looks at nothing else."""
    folder.mkdir(parents=True, exist_ok=True)
    for moment in moments:
        (folder / f"p {moment:%Y-%m-%d %H%M%S} {reason.value}.tertial").touch()


def kept_in(folder: Path) -> list[str]:
    return [f"{one.made_at:%Y-%m-%d %H}" for one in backups_of(folder)]


THINNED_ON = datetime(2024, 6, 28, 12, tzinfo=UTC)  # a Friday in week 26


def test_everything_of_the_last_week_is_kept(folder: Path) -> None:
    moments = [THINNED_ON - timedelta(hours=hours) for hours in range(7 * 24 + 1)]
    make_empty(folder, *moments)
    make_empty(folder, *moments, reason=BackupReason.BEFORE_IMPORT)
    assert thin(folder, now=THINNED_ON) == []
    assert len(backups_of(folder)) == 2 * len(moments)


def test_of_the_eight_weeks_before_the_newest_of_each_is_kept(folder: Path) -> None:
    """Weeks begin on Mondays. Of April and May, the newest is kept for its month too."""
    days = [datetime(2024, 4, 8, 12, tzinfo=UTC) + timedelta(days=day) for day in range(74)]
    make_empty(folder, *days)
    deleted = thin(folder, now=THINNED_ON)
    sundays = [f"{datetime(2024, 4, 28, tzinfo=UTC) + timedelta(weeks=week):%Y-%m-%d}" for week in range(8)]
    kept = sorted([*sundays, "2024-06-20", "2024-05-31", "2024-04-30"], reverse=True)
    assert kept_in(folder) == [f"{day} 12" for day in kept]
    assert len(deleted) == len(days) - len(kept)
    assert not any(path.exists() for path in deleted)


def test_of_older_months_the_newest_is_kept_for_two_years(folder: Path) -> None:
    make_empty(
        folder, *(datetime(2021 + n // 12, n % 12 + 1, day, 12, tzinfo=UTC) for n in range(39) for day in (3, 20))
    )
    thin(folder, now=THINNED_ON)
    months = [(2022, month) for month in range(6, 13)] + [(2023, month) for month in range(1, 13)]
    months += [(2024, month) for month in range(1, 4)]
    assert kept_in(folder) == [f"{year}-{month:02}-20 12" for year, month in reversed(months)]


def test_thinning_every_day_for_two_years_keeps_what_thinning_once_does(folder: Path, tmp_path: Path) -> None:
    once = tmp_path / "en gang"
    days = [THINNED_ON - timedelta(days=day, hours=1) for day in range(700)]
    for day in reversed(days):
        make_empty(folder, day)
        thin(folder, now=day + timedelta(hours=1))
    make_empty(once, *days)
    thin(once, now=THINNED_ON)
    assert kept_in(folder) == kept_in(once)


def test_the_only_backup_is_kept_however_old(folder: Path) -> None:
    make_empty(folder, datetime(2001, 1, 1, tzinfo=UTC), datetime(2001, 1, 2, tzinfo=UTC))
    assert [path.name for path in thin(folder, now=THINNED_ON)] == ["p 2001-01-01 000000 daily.tertial"]
    assert kept_in(folder) == ["2001-01-02 00"]


def test_what_a_kill_left_half_copied_is_deleted_when_it_is_a_day_old(folder: Path) -> None:
    make_empty(folder, THINNED_ON)
    old, new = folder / ".0a1b2c3d.ny", folder / ".3d2c1b0a.ny"
    for leftover, age in ((old, timedelta(days=2)), (new, timedelta(hours=1))):
        leftover.touch()
        os.utime(leftover, times=((THINNED_ON - age).timestamp(),) * 2)
    assert thin(folder, now=THINNED_ON) == [old]
    assert files_in(folder) == sorted([new.name, backups_of(folder)[0].path.name])


def test_thinning_lets_other_files_be(folder: Path) -> None:
    make_empty(folder, THINNED_ON)
    others = ["notater.txt", "p 2001-01-01 000000.skadet", "p 2001-01-01 000000 min-egen.tertial"]
    for name in others:
        (folder / name).touch()
    assert thin(folder, now=THINNED_ON) == []
    assert set(others) < set(files_in(folder))


def test_a_restored_portfolio_is_as_it_was_and_what_it_replaced_can_be_restored_too(path: Path, folder: Path) -> None:
    before = asked_for(path, folder)
    whole = stored(path)
    add_project(path, "Ny bru")
    restore(before, path, folder=folder, now=LATER)
    assert stored(path) == whole
    newest, *_ = backups_of(folder)
    assert newest.reason is BackupReason.BEFORE_RESTORE
    restore(newest, path, folder=folder, now=LATER)
    assert names_in(path) == ["Ny bru", "Skole på Åsen"]
    assert files_in(path.parent) == [path.name]


def test_a_restored_portfolio_can_be_worked_with_and_its_backup_stays_as_it_was(path: Path, folder: Path) -> None:
    before = asked_for(path, folder)
    content = before.path.read_bytes()
    restore(before, path, folder=folder, now=LATER)
    add_project(path, "Ny bru")
    with closing(open_store(path)) as store:
        assert store.verify() == []
    assert before.path.read_bytes() == content


def test_going_back_and_forth_in_the_same_second_loses_nothing(path: Path, folder: Path) -> None:
    first = back_up(path, folder=folder, reason=BackupReason.BEFORE_RESTORE, now=NOW)
    add_project(path, "Ny bru")
    restore(first, path, folder=folder, now=NOW)
    assert names_in(path) == ["Skole på Åsen"]
    assert [names_in(one.path) for one in backups_of(folder)] == [["Ny bru", "Skole på Åsen"], ["Skole på Åsen"]]


@damaged_in_all_ways
def test_a_damaged_portfolio_is_replaced_and_kept_byte_for_byte(path: Path, folder: Path, damage: Damage) -> None:
    before = asked_for(path, folder)
    damage(path)
    damaged = path.read_bytes()
    restore(before, path, folder=folder, now=LATER)
    assert names_in(path) == ["Skole på Åsen"]
    kept = folder / "Portefølje 2023 2024-02-01 110000.skadet"
    assert kept.read_bytes() == damaged
    assert files_in(folder) == sorted([before.path.name, kept.name])


def test_two_damaged_files_in_the_same_second_are_both_kept(path: Path, folder: Path) -> None:
    before = asked_for(path, folder)
    for damage in (cut_short, empty):
        damage(path)
        restore(before, path, folder=folder, now=NOW)
    assert [(folder / name).stat().st_size for name in files_in(folder) if name.endswith(".skadet")] == [9000, 0]


def test_a_portfolio_that_is_gone_can_be_restored(path: Path, folder: Path) -> None:
    before = asked_for(path, folder)
    path.unlink()
    restore(before, path, folder=folder, now=LATER)
    assert names_in(path) == ["Skole på Åsen"]
    assert files_in(folder) == [before.path.name]


def make_newer(path: Path) -> None:
    header = bytearray(path.read_bytes())
    header[60:64] = (VERSION + 1).to_bytes(4)
    path.write_bytes(header)


@pytest.mark.parametrize("damage", [*DAMAGES, make_newer], ids=lambda damage: damage.__name__)
def test_a_damaged_backup_is_refused_and_changes_nothing(path: Path, folder: Path, damage: Damage) -> None:
    before = asked_for(path, folder)
    damage(before.path)
    content = path.read_bytes()
    with pytest.raises(Trouble) as trouble:
        restore(before, path, folder=folder, now=LATER)
    assert sentence(trouble).startswith(f"{before.path.name} er skadet, ")
    assert sentence(trouble).endswith("velg en annen sikkerhetskopi.")
    assert path.read_bytes() == content
    assert (files_in(path.parent), files_in(folder)) == ([path.name], [before.path.name])


def test_a_backup_that_somebody_deleted_is_told_by_its_name(path: Path, folder: Path) -> None:
    before = asked_for(path, folder)
    before.path.unlink()
    with pytest.raises(Trouble) as trouble:
        restore(before, path, folder=folder, now=LATER)
    assert sentence(trouble).startswith(f"Finner ikke {before.path.name}")
    assert names_in(path) == ["Skole på Åsen"]


@POSIX
def test_a_restored_portfolio_keeps_its_rights_and_the_link_that_leads_to_it(
    path: Path, folder: Path, tmp_path: Path
) -> None:
    link = tmp_path / "snarvei.tertial"
    link.symlink_to(path)
    before = asked_for(path, folder)
    path.chmod(0o660)
    restore(before, link, folder=folder, now=LATER)
    assert link.is_symlink()
    assert path.stat().st_mode & 0o777 == 0o660


def test_a_portfolio_that_is_being_written_is_never_replaced(path: Path, folder: Path) -> None:
    """Takes as long as the store waits for others: five seconds."""
    before = asked_for(path, folder)
    content = path.read_bytes()
    with closing(sqlite3.connect(path, isolation_level=None)) as writing:
        writing.execute("BEGIN EXCLUSIVE")
        with pytest.raises(Trouble, match="i bruk"):
            restore(before, path, folder=folder, now=LATER)
    assert path.read_bytes() == content
    assert files_in(folder) == [before.path.name]


KILLED_IN_A_COMMIT = """
import os, signal, sys
from pathlib import Path
from db.store import open_store
connection = open_store(Path(sys.argv[1]))._connection
connection.execute("PRAGMA cache_size = 1")
connection.execute("BEGIN IMMEDIATE")
connection.execute("UPDATE status SET text = printf('%.*c', 500000, 'x')")
assert os.path.exists(sys.argv[1] + "-journal")
os.kill(os.getpid(), signal.SIGKILL)
"""


def kill_in_a_commit(path: Path) -> None:
    killed = subprocess.run([sys.executable, "-c", KILLED_IN_A_COMMIT, str(path)], check=False, cwd=ROOT)
    assert killed.returncode == -signal.SIGKILL
    assert journal_of(path).exists()


def journal_of(path: Path) -> Path:
    return path.with_name(f"{path.name}-journal")


@POSIX
def test_a_backup_after_a_kill_in_a_commit_is_what_was_before_it(path: Path, folder: Path) -> None:
    whole = stored(path)
    kill_in_a_commit(path)
    assert stored(asked_for(path, folder).path) == whole


@POSIX
def test_what_a_kill_left_half_written_is_undone_before_it_is_replaced(path: Path, folder: Path) -> None:
    before = asked_for(path, folder)
    add_project(path, "Ny bru")
    kill_in_a_commit(path)
    restore(before, path, folder=folder, now=LATER)
    assert names_in(path) == ["Skole på Åsen"]
    newest, *_ = backups_of(folder)
    assert names_in(newest.path) == ["Ny bru", "Skole på Åsen"]


@POSIX
def test_the_journal_of_a_damaged_file_follows_it_and_never_the_restored_one(path: Path, folder: Path) -> None:
    before = asked_for(path, folder)
    add_project(path, "Ny bru")
    kill_in_a_commit(path)
    path.write_bytes(b"ikke en database")
    left = journal_of(path).read_bytes()
    restore(before, path, folder=folder, now=LATER)
    assert files_in(path.parent) == [path.name]
    assert names_in(path) == ["Skole på Åsen"]
    kept = folder / "Portefølje 2023 2024-02-01 110000.skadet"
    assert kept.read_bytes() == b"ikke en database"
    assert journal_of(kept).read_bytes() == left


KILLED_ANYWHERE = """
import os, shutil, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from db.backup import BackupReason, back_up, backups_of, restore
path, folder, deed = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
now = datetime(2024, 2, 1, 11, tzinfo=UTC)
start = path.parent.with_name("slik det var")
shutil.copytree(path.parent, start)
kept = folder.with_name("kopiene slik de var")
shutil.copytree(folder, kept)
TOUCHES = {"open", "os.rename", "os.remove", "os.chmod", "os.mkdir", "sqlite3.connect", "shutil.copyfile"}

def killing_at(number):
    left = number
    def watch(event, _arguments):
        nonlocal left
        if event in TOUCHES:
            left -= 1
            if left < 0:
                os.kill(os.getpid(), signal.SIGKILL)
    return watch

number = 0
while True:
    place = path.parent.with_name(f"{number}")
    shutil.copytree(start, place / "fil")
    shutil.copytree(kept, place / "kopier")
    child = os.fork()
    if child == 0:
        sys.addaudithook(killing_at(number))
        if deed == "restore":
            oldest = backups_of(place / "kopier")[-1]
            restore(oldest, place / "fil" / path.name, folder=place / "kopier", now=now)
        else:
            back_up(place / "fil" / path.name, folder=place / "kopier", reason=BackupReason.DAILY, now=now)
        os._exit(0)
    if os.waitpid(child, 0)[1] == 0:
        break
    number += 1
print(number)
"""


def killed_anywhere(deed: str, path: Path, folder: Path) -> list[Path]:
    """Do a deed again and again, killed at each of its touches of the disk; a folder for each, the last unkilled."""
    ended = subprocess.run(
        [sys.executable, "-c", KILLED_ANYWHERE, str(path), str(folder), deed],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    return [path.parent.with_name(str(number)) for number in range(int(ended.stdout) + 1)]


@POSIX
@pytest.mark.parametrize("left_by", ["nothing", "a kill in a commit", "damage"])
def test_a_kill_anywhere_in_restoring_leaves_the_old_file_or_the_new_one_whole(
    path: Path, folder: Path, left_by: str
) -> None:
    asked_for(path, folder)
    add_project(path, "Ny bru")
    if left_by == "a kill in a commit":
        kill_in_a_commit(path)
    elif left_by == "damage":
        change_an_amount(path)
    old = path.read_bytes()
    places = killed_anywhere("restore", path, folder)
    assert len(places) > 10
    found = []
    for place in places:
        file = place / "fil" / path.name
        if left_by == "damage" and file.read_bytes() == old:
            found.append(["Ny bru", "Skole på Åsen"])
        else:
            found.append(names_in(file))
        assert names_in(backups_of(place / "kopier")[-1].path) == ["Skole på Åsen"]
    replaced = found.index(["Skole på Åsen"])
    assert replaced > 0
    assert found == [["Ny bru", "Skole på Åsen"]] * replaced + [["Skole på Åsen"]] * (len(found) - replaced)


@POSIX
def test_a_kill_anywhere_in_backing_up_leaves_only_whole_backups(path: Path, folder: Path) -> None:
    asked_for(path, folder)
    add_project(path, "Ny bru")
    places = killed_anywhere("back up", path, folder)
    assert len(places) > 5
    for place in places:
        assert names_in(place / "fil" / path.name) == ["Ny bru", "Skole på Åsen"]
        *newer, oldest = (names_in(one.path) for one in backups_of(place / "kopier"))
        assert oldest == ["Skole på Åsen"]
        assert newer in ([], [["Ny bru", "Skole på Åsen"]])
