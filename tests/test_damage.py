"""A damaged file: never a crash, never silently wrong, and always a way back that leads where it says.

The long form is `python -m tests.damage.files --count 1000`.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from db.hot_journal import journal_of
from db.recovering import losses_of, recover
from db.salvaging import salvage
from db.store import open_store
from db.trouble import Damage
from db.ways_back import ways_back
from db.wholeness import problems_of, require_whole
from tests.damage import ways
from tests.damage.files import SIGNED, Bench, Ended, Noticed
from tests.damage.portfolio import content_of
from tests.meddling import unguarded
from tests.test_migrations import STORED
from tests.windows import made_id
from tracker.messages import message
from tracker.model import ProjectId
from ui.words import words_in

_RUN = 28


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    return Bench(tmp_path_factory.mktemp("skade"))


@pytest.fixture
def path(bench: Bench, tmp_path: Path) -> Path:
    copy = tmp_path / "Prøve.tertial"
    shutil.copyfile(bench.file, copy)
    return copy


def damage(path: Path, old: bytes, new: bytes) -> None:
    """Change what stands somewhere in a file, as a flipped bit does."""
    content = path.read_bytes()
    assert old in content
    path.write_bytes(content.replace(old, new, 1))


@pytest.mark.parametrize("part", range(4))
def test_files_damaged_in_every_way_are_read_right_or_noticed_with_a_way_back(bench: Bench, part: int) -> None:
    """Raises SilentlyWrongError, or whatever bug it ends in."""
    outcomes = [bench.damaged(number, seed=20) for number in range(part, _RUN, 4)]
    ended = Counter(one.ended for one in outcomes)
    assert ended[Ended.REFUSED] == 0
    assert all(one.ended is Ended.READ_RIGHT for one in outcomes if one.noticed is Noticed.NOBODY)


@pytest.mark.parametrize("way", [ways.own_journal, ways.stale_journal, ways.foreign_journal])
def test_a_journal_beside_the_file_is_rolled_back_only_where_it_belongs(bench: Bench, way: ways.Way) -> None:
    assert bench.damaged(1, seed=1, way=way).ended is Ended.READ_RIGHT


def test_a_strange_journal_is_kept_beside_and_not_rolled_into_the_file(bench: Bench, path: Path) -> None:
    shutil.copyfile(journal_of(bench.sources.stale), journal_of(path))
    open_store(path).close()
    assert content_of(path) == bench.content
    assert path.with_name("Prøve.tertial.fremmed-journal").read_bytes() == journal_of(bench.sources.stale).read_bytes()


def test_one_wrong_letter_in_an_old_line_of_the_journal_is_found_and_mended_from_a_backup(
    bench: Bench, path: Path, tmp_path: Path
) -> None:
    damage(path, "Kari Ødegårdwindow".encode(), "Kåri Ødegardwindow".encode())
    with closing(open_store(path)) as store:
        store.load()
    with pytest.raises(Damage):
        require_whole(path)
    alone = salvage(path)
    assert alone is not None
    assert not alone.has_lost_changes
    saved = salvage(path, [bench.sources.backup])
    assert saved is not None
    assert losses_of(saved) == []
    recover(saved, tmp_path / "ny.tertial", SIGNED)
    assert content_of(tmp_path / "ny.tertial") == bench.content


def test_a_lost_ledger_line_leaves_the_sums_and_is_said(bench: Bench, path: Path, tmp_path: Path) -> None:
    with closing(open_store(path)) as store:
        batch = next(one for one in store.load().ledger_batches.values() if one.lines_hash)
    with closing(sqlite3.connect(path)) as connection:
        packed: bytes = connection.execute("SELECT packed FROM ledger_stretch WHERE stretch = 1").fetchone()[0]
    damage(path, packed[:60], packed[:59] + bytes([packed[59] ^ 4]))
    saved = salvage(path)
    assert saved is not None
    assert losses_of(saved) == [message("Enkeltbilagene i {source} er borte; summene er hele.", source=batch.source)]
    recover(saved, tmp_path / "ny.tertial", SIGNED)
    assert problems_of(tmp_path / "ny.tertial") == []
    found = content_of(tmp_path / "ny.tertial").portfolio
    assert found.ledger_batches[batch.id].sums == batch.sums
    assert found.statuses == bench.content.portfolio.statuses


def told_of(path: Path, tmp_path: Path) -> list[str]:
    """Say what is lost of a file, whose new one is whole."""
    saved = salvage(path)
    assert saved is not None
    recover(saved, tmp_path / "ny.tertial", SIGNED)
    assert problems_of(tmp_path / "ny.tertial") == []
    return [words_in()(one) for one in losses_of(saved)]


def test_a_ledger_whose_sums_are_not_what_was_imported_is_to_be_imported_again(path: Path, tmp_path: Path) -> None:
    with unguarded(path) as other:
        other.execute("UPDATE ledger_sum SET amount = amount + 1 WHERE position = 0")
    told = told_of(path, tmp_path)
    assert [one for one in told if "Regnskapet" in one] == [
        "Regnskapet fra regnskap er borte: importer filen på nytt.",
        "Regnskapet fra hovedbok er borte: importer filen på nytt.",
    ]
    assert told[-1].startswith("2 poster i filen (Regnskapsimport) er annerledes enn i journalen")
    assert content_of(tmp_path / "ny.tertial").portfolio.ledger_batches == {}


def test_changes_that_no_line_proves_any_more_are_said_to_be_gone(path: Path, tmp_path: Path) -> None:
    with unguarded(path) as other:
        lost = other.execute("UPDATE journal SET who = 'Per' WHERE seq > 30").rowcount
        other.execute("UPDATE project SET name = 'Annet' WHERE id = ?", (made_id(0),))
    gone, differing = told_of(path, tmp_path)
    assert gone == f"{lost} endringer etter 20.01.2024 er borte."
    assert "i filen (Åsveien skole, Aasen bru, =Bruen 10, …) er annerledes enn i journalen" in differing
    assert content_of(tmp_path / "ny.tertial").portfolio.projects[ProjectId(made_id(0))].name != "Annet"


def test_who_made_changes_that_are_there_is_said_to_be_gone(path: Path, tmp_path: Path) -> None:
    with unguarded(path) as other:
        lost = other.execute("UPDATE journal SET label = label || ' ' WHERE seq > 30").rowcount
    assert told_of(path, tmp_path) == [
        f"Hvem som gjorde {lost} endringer etter 20.01.2024, er borte: innholdet er slik det var sist."
    ]


def test_a_first_page_that_does_not_say_how_large_a_page_is_is_mended(bench: Bench, path: Path, tmp_path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[16:18] = bytes(2)
    path.write_bytes(content)
    with pytest.raises(Damage):
        require_whole(path)
    assert told_of(path, tmp_path) == []
    assert content_of(tmp_path / "ny.tertial") == bench.content


def test_where_the_end_of_the_journal_can_not_be_read_nobody_says_how_much_is_gone(path: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        (last,) = connection.execute("SELECT hash FROM journal ORDER BY seq DESC LIMIT 1").fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    content = path.read_bytes()
    pages = [content[at : at + size] for at in range(0, len(content), size)]
    path.write_bytes(b"".join(bytes(size) if last.encode() in page else page for page in pages))
    with pytest.raises(Damage):
        require_whole(path)
    assert "Det siste i journalen kan ikke leses: endringer etter 20.01.2024 kan være borte." in told_of(path, tmp_path)


def test_a_step_of_the_files_making_that_is_gone_is_noticed(path: Path) -> None:
    with unguarded(path) as other:
        other.execute("DELETE FROM _sqlite_migrations WHERE id = (SELECT max(id) FROM _sqlite_migrations)")
    assert [words_in()(one) for one in problems_of(path)] == [
        "Regelen eller tabellen _sqlite_migrations i filen er endret utenfor Tertial."
    ]


@pytest.mark.parametrize("script", STORED, ids=lambda path: path.stem)
def test_what_is_in_a_file_of_an_earlier_version_is_saved_as_it_would_be_today(script: Path, tmp_path: Path) -> None:
    old = tmp_path / "gammel.tertial"
    with closing(sqlite3.connect(old)) as connection:
        connection.executescript(script.read_text(encoding="utf-8"))
    assert problems_of(old) == []
    assert told_of(old, tmp_path) == []
    assert content_of(tmp_path / "ny.tertial").portfolio == content_of(old).portfolio


def test_how_many_changes_came_after_a_backup_is_known(bench: Bench, path: Path) -> None:
    damage(path, "på Åsen".encode(), "på Åsan".encode())
    with pytest.raises(Damage) as damaged:
        require_whole(path)
    found = ways_back(path, damaged.value.reason, folder=bench.backups)
    assert found.backup is not None
    assert found.changes_since == 6
    assert found.is_saving_best


def test_a_whole_file_has_no_problems(path: Path) -> None:
    assert problems_of(path) == []
