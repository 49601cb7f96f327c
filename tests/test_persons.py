"""What is promised of personal data: known field by field, handed out, and taken away without breaking history."""

from __future__ import annotations

import csv
import json
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from db import journal
from db.backup import BackupReason, back_up, backups_folder, backups_of
from db.journal import Signature
from db.lineage import write_lineage
from db.persons.finding import all_tables_of, places_of, tables_of
from db.persons.removing import plan_removal, remove
from db.persons.walking import JOURNAL, NAMELESS_TABLES, rewritten_entry, walked
from db.records import KINDS, TABLES
from db.store import open_store
from db.tables import WHOLE_TABLES, Row
from tests.meddling import unguarded
from tests.test_commands import Run, tertial
from tests.test_migrations import STORED
from tests.test_period_life import _own_data_folder, periodic_records
from tests.windows import PERIOD, PROJECTS, made_id, portfolio_records, write
from tracker.edits import apply, changed
from tracker.figures import figures_of
from tracker.guarding import newest_lock
from tracker.merging.lineage import Author, ForeignEdit, Lineage
from tracker.messages import Refusal, message
from tracker.model import FIELD_OF, Comment, Portfolio, Project, ProjectId, Record, RecordId, Risk, Status
from tracker.persons.fields import HELD, Holds, text_columns
from tracker.persons.names import Person, people_in
from tracker.persons.places import Renaming, Standing
from tracker.persons.removals import removals_of
from tracker.persons.walking import REPORTED, rewritten
from tracker.reported import Details, thaw
from tracker.steps import MADE
from tracker.taking_back import taken_back
from tracker.verifying import verify_period
from ui.launch import main
from ui.words import words_in

__all__ = ["_own_data_folder", "tertial"]
KARI, OLA, NEUTRAL = "Kari Nordmann", "Ola Hansen", "Tidligere ansatt 1"
SCHOOL = PROJECTS[0][0]
TEXT = "Bygget reises. Kari Nordmann følger opp, og Kari Nordmann Berg tegner. Bygget ferdigstilles i 2. kvartal 2027."


def _of_people(record: Record) -> Record:
    """Return a record as people with names would have left it; those without names as they are."""
    if isinstance(record, Project):
        return replace(record, responsible=f"{KARI}, {OLA}" if record.id == made_id(0) else OLA)
    if isinstance(record, Status) and record.project == made_id(0):
        return replace(record, text=TEXT, explanation="Etter avtale med Kari Nordmanns vikar.")
    if isinstance(record, Risk):
        return replace(record, owner=KARI)
    return record


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a file with a period that was locked, opened and locked again, while Kari worked there."""
    said = Comment(
        id=RecordId(made_id(7777)),
        project=ProjectId(made_id(0)),
        period=PERIOD,
        by=KARI,
        at=datetime(2024, 1, 20, tzinfo=UTC),
        text="Se linje 3.",
    )
    records = [*map(_of_people, [*portfolio_records(), *periodic_records()]), said]
    folder = tmp_path_factory.mktemp("personer")
    path = write(folder / "Prøve.tertial", records)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("ui.commands.safekeeping.backups_root", lambda: folder / "kopier")
        for action, *more in (
            ("lock", "--accept-unapproved"),
            ("reopen", "--reason", "Kari Nordmann fant en feil"),
            ("lock", "--accept-unapproved"),
        ):
            assert main(["period", action, str(path), "--period", str(PERIOD), *more]) == 0
    return path


@pytest.fixture
def file(written: Path, tmp_path: Path) -> Path:
    """Return a copy of that file to be changed."""
    return Path(shutil.copy(written, tmp_path / "Prøve.tertial"))


def removed(tertial: Run, file: Path, *more: str, name: str = KARI) -> str:
    said = tertial("persons", "remove", file, name, "--sure", *more)
    assert said.code == 0, said.err
    return said.out + said.err


def held(file: Path) -> tuple[Portfolio, list[journal.Entry]]:
    with closing(open_store(file, read_only=True)) as store:
        assert store.verify() == []
        return store.load(), list(store.journal())


def test_every_text_of_every_record_is_classified_as_a_name_words_or_neither() -> None:
    """A new field fails here until somebody has said whether people's names stand in it."""
    assert set(HELD) == set(FIELD_OF)
    assert {kind: set(columns) for kind, columns in HELD.items()} == {
        kind: set(text_columns(kind)) for kind in FIELD_OF
    }
    assert set(JOURNAL) == set(journal.COLUMNS)
    assert {*KINDS, *NAMELESS_TABLES, "journal"} == set(WHOLE_TABLES)
    assert set(REPORTED) == set(Details.__dataclass_fields__) - {"flags", "lights"}


def test_every_table_of_a_file_is_among_those_that_are_written_anew(file: Path) -> None:
    with closing(open_store(file)) as store:
        rows = store._connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")  # noqa: SLF001
        assert {name for (name,) in rows if "migrations" not in name} == set(WHOLE_TABLES)


@pytest.mark.parametrize("kind", FIELD_OF, ids=lambda kind: str(kind.__name__))
def test_a_name_is_found_in_every_field_that_may_hold_one(kind: type[Record]) -> None:
    wanted = {column for column, one in HELD[kind].items() if one.holds in {Holds.NAME, Holds.TEXT}}
    row: dict[str, Any] = {"id": made_id(1), **dict.fromkeys(wanted, KARI)}
    tables = {TABLES[kind]: [row], "journal": []}
    assert {place.field for place in places_of(tables, Person.called(KARI))} == wanted
    renaming = Renaming(person=Person.called(KARI), by=NEUTRAL, in_texts=True)
    after = rewritten(kind, row, lambda _, one, text: renaming.applied(one, text))
    assert after == {"id": made_id(1), **dict.fromkeys(wanted, NEUTRAL)}


@pytest.mark.parametrize(
    ("text", "without"),
    [
        ("Kari Nordmann følger opp.", "X følger opp."),
        ("Se Kari Nordmanns notat", "Se Xs notat"),
        ("Prosjektleder Kari Nordmann.Hun", "Prosjektleder X.Hun"),
        ("Ifølge KARI  NORDMANN er", "Ifølge X er"),
        ("(Kari\nNordmann)", "(X)"),
        ("Anne Kari Nordmann", "Anne Kari Nordmann"),
        ("Anne-Kari Nordmann", "Anne-Kari Nordmann"),
        ("Kari Nordmann Berg", "Kari Nordmann Berg"),
        ("Kari Nordmann-Berg", "Kari Nordmann-Berg"),
        ("OKari Nordmannsen", "OKari Nordmannsen"),
        ("kno01 skrev", "X skrev"),
        ("kno011 skrev", "kno011 skrev"),
        ("Satt til prøve", "Satt til prøve"),
    ],
)
def test_a_name_in_a_text_is_replaced_and_a_longer_name_is_let_be(text: str, without: str) -> None:
    assert Person.called(KARI, "kno01", "prøve").rewritten(text, "X") == without


@pytest.mark.parametrize(
    ("text", "perhaps"),
    [
        ("Nordmann sier", ["Nordmann"]),
        ("kari.nordmann@kommune.example", ["kari.nordmann"]),
        ("K. Nordmann", ["Nordmann"]),
        ("Per Nordmann", []),
        ("Nordmann Bygg AS", []),
        ("Nordmannsplassen", []),
        ("Kari Nordmann Berg", ["Kari Nordmann"]),
    ],
)
def test_what_may_be_about_a_person_is_told_and_not_touched(text: str, perhaps: list[str]) -> None:
    person = Person.called(KARI)
    found = person.mentions(text)
    assert [text[one.start : one.end] for one in found] == perhaps
    assert not any(one.is_certain for one in found)
    assert person.rewritten(text, "X") == text


@pytest.mark.parametrize(
    ("field", "people", "without"),
    [
        (KARI, [KARI], "X"),
        ("Nordmann, Kari", [KARI], "X"),
        ("Ola Hansen / kari nordmann (vikar)", [OLA, "kari nordmann"], "Ola Hansen / X (vikar)"),
        ("Kari Nordmann og Ola Hansen", [KARI, OLA], "X og Ola Hansen"),
        ("Anne Kari Nordmann", ["Anne Kari Nordmann"], "Anne Kari Nordmann"),
        ("", [], ""),
    ],
)
def test_a_field_of_names_may_hold_several(field: str, people: list[str], without: str) -> None:
    assert list(people_in(field)) == people
    assert Person.called(KARI).renamed(field, "X") == without


def test_who_is_in_the_file_is_listed_with_where(tertial: Run, file: Path) -> None:
    said = tertial("persons", "list", file, "--json")
    found = {one["name"]: one for one in json.loads(said.out)}
    assert {KARI, OLA} <= set(found)
    assert found[KARI]["fields"]["Kommentert av"] == 1
    assert found[KARI]["fields"]["Risikoeier"] == 1 + 2
    assert found["prøve"]["entries"] == 1
    assert f"{KARI}: " in tertial("persons", "list", file).out


def test_all_that_the_file_has_of_a_person_is_handed_out(tertial: Run, file: Path, tmp_path: Path) -> None:
    out = tmp_path / "svar.json"
    assert tertial("persons", "export", file, KARI, out).code == 0
    answer = json.loads(out.read_text(encoding="utf-8"))
    assert answer["names"] == [KARI]
    told = {(one["table"], one["field"], one["standing"]) for one in answer["records"]}
    assert ("comment", "Kommentert av", "named") in told
    assert ("status", "Statustekst", "mentioned") in told
    assert ("reported_project", "Ansvarlig", "named") in told
    (comment,) = [one for one in answer["records"] if one["table"] == "comment"]
    assert (comment["project"], comment["period"], comment["at"][:4]) == (SCHOOL, str(PERIOD), "2024")
    assert any("fant en feil" in one["text"] for one in answer["history"])
    assert all(len(one["text"]) < 300 for one in answer["records"])
    flat = tmp_path / "svar.csv"
    assert tertial("persons", "export", file, KARI, flat).code == 0
    rows = list(csv.DictReader(flat.read_text(encoding="utf-8").splitlines()))
    assert len(rows) == sum(len(answer[part]) for part in ("records", "entries", "history", "ledger_lines"))
    assert tertial("persons", "export", file, "prøve", out).code == 0
    (entry,) = json.loads(out.read_text(encoding="utf-8"))["entries"]
    assert (entry["entry"], entry["text"]) == (1, "Prøve")
    assert tertial("persons", "export", file, "Ingen Her", out).code == 2
    assert tertial("persons", "export", file, KARI, tmp_path / "svar.txt").code == 2


def test_a_removal_is_shown_and_nothing_is_written_until_it_is_said_twice(tertial: Run, file: Path) -> None:
    before = file.read_bytes()
    said = tertial("persons", "remove", file, KARI)
    assert (said.code, file.read_bytes()) == (0, before)
    assert "--sure" in said.err
    assert "Statustekst" in said.out


def test_a_name_is_gone_from_the_bytes_and_history_still_proves_itself(tertial: Run, file: Path) -> None:
    old, old_entries = held(file)
    removed(tertial, file, "--in-texts")
    new, entries = held(file)
    content = file.read_bytes().decode("utf-8", "replace")
    assert KARI not in content.replace("Kari Nordmann Berg", "")
    assert NEUTRAL in content
    assert [(one.id, one.at, one.way) for one in entries[:-1]] == [(one.id, one.at, one.way) for one in old_entries]
    assert not list(journal.broken_links(entries))
    assert entries[-1].records == journal.records_hash(new)
    assert verify_period(new, PERIOD, journalled=new).is_equal
    assert [replace(one, project=two.project, status=two.status) for one, two in _figures(new, old)] == [
        two for _, two in _figures(new, old)
    ]
    assert new.statuses[made_id(2000)].text == TEXT.replace("Kari Nordmann følger", f"{NEUTRAL} følger")
    assert new.projects[made_id(0)].responsible == f"{NEUTRAL}, {OLA}"


def _figures(new: Portfolio, old: Portfolio) -> list[tuple[Any, Any]]:
    return list(zip(figures_of(new, PERIOD).projects, figures_of(old, PERIOD).projects, strict=True))


def test_without_being_asked_running_texts_stay_and_are_listed(tertial: Run, file: Path) -> None:
    said = removed(tertial, file)
    portfolio, _ = held(file)
    assert portfolio.statuses[made_id(2000)].text == TEXT
    assert "Kari Nordmann følger opp" in said
    with closing(open_store(file, read_only=True)) as store:
        left = places_of(tables_of(store), Person.called(KARI))
    assert left
    assert Standing.NAMED not in {place.standing for place in left}


def test_an_earlier_printed_fingerprint_is_explained_also_after_a_second_removal(tertial: Run, file: Path) -> None:
    locks = {lock.revision: lock.fingerprint for lock in held(file)[0].period_locks.values()}
    head = held(file)[1][-1].hash
    removed(tertial, file)
    first = held(file)[0]
    lock = newest_lock(first, PERIOD)
    assert lock is not None
    assert {mark.revision: mark.was for mark in removals_of(first)[0].marks} == locks
    assert removals_of(first)[0].head == head
    assert lock.fingerprint not in locks.values()
    removed(tertial, file, name=OLA)
    said = tertial("verify", file, "--period", PERIOD)
    assert said.code == 0
    assert said.err.index(lock.fingerprint) < said.err.index(locks[2])
    assert "Tidligere ansatt 2" in said.err


def test_marks_in_a_locked_text_follow_the_words_that_they_are_on(tertial: Run, file: Path) -> None:
    removed(tertial, file, "--in-texts")
    quoted = 0
    for row in held(file)[0].reported_projects.values():
        details = thaw(row)
        for flag in details.flags:
            if details.status is not None and flag.quote and flag.quote in details.status.text:
                assert details.status.text[flag.start : flag.end] == flag.quote
                quoted += NEUTRAL in details.status.text
    assert quoted


def test_a_name_that_is_not_there_changes_no_byte_of_what_would_be_written(file: Path) -> None:
    with closing(open_store(file, read_only=True)) as store:
        before = all_tables_of(store)
        plan = plan_removal(store, Person.called("Ingen Her"), in_texts=True, who="Per", say=words_in())
        assert plan.tables == before
        assert (plan.replaced, plan.marks) == ((), ())
        there = Renaming(person=Person.called(KARI), by=NEUTRAL)
        back = Renaming(person=Person.called(NEUTRAL), by=KARI)
        renamed = dict(walked(before, lambda _spot, _at, one, text: there.applied(one, text)))
        assert dict(walked(renamed, lambda _spot, _at, one, text: back.applied(one, text))) == before


def test_what_was_done_can_still_be_undone_afterwards(tertial: Run, file: Path) -> None:
    with closing(open_store(file)) as store:
        school = store.load().projects[made_id(0)]
        more = changed(message("Ansvarlig"), school, replace(school, responsible=f"{KARI}, {OLA}, Per Lie"))
        store.commit(more, Signature(who=OLA, at="2024-02-01T10:00:00+00:00", way=MADE, entry_id=made_id(7778)))
    removed(tertial, file)
    with closing(open_store(file)) as store:
        portfolio = store.load()
        (step,) = store.steps().undoable
        edit = taken_back(portfolio, store.edit_at(step.seq, portfolio))
        after = apply(portfolio, edit)
    assert portfolio.projects[made_id(0)].responsible == f"{NEUTRAL}, {OLA}, Per Lie"
    assert after.projects[made_id(0)].responsible == f"{NEUTRAL}, {OLA}"


def test_a_copy_from_before_that_is_merged_brings_no_name_back(tertial: Run, file: Path) -> None:
    copy = Path(shutil.copy(file, file.with_name("Kopi.tertial")))
    removed(tertial, file)
    before, _ = held(file)
    said = tertial("package", "in", file, copy)
    assert said.code == 0, said.err
    assert held(file)[0] == before


def test_nobody_removes_the_name_that_the_removal_is_signed_with(
    tertial: Run, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.commands.persons.user_name", lambda: KARI)
    said = tertial("persons", "remove", file, KARI, "--sure")
    assert (said.code, "kollega" in said.err) == (2, True)


def test_a_file_that_was_changed_elsewhere_is_not_written_anew(tertial: Run, file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("UPDATE project SET name = name || ' ' WHERE id = ?", (made_id(1),))
    before = file.read_bytes()
    assert tertial("persons", "remove", file, KARI, "--sure").code == 2
    assert file.read_bytes() == before


def test_neither_names_nor_a_lock_are_read_from_a_journal_that_was_changed(tertial: Run, file: Path) -> None:
    """An early line, which opening doesn't come to: what it says of people may be made up."""
    with unguarded(file) as other:
        other.execute("UPDATE journal SET who = 'Ukjent' WHERE seq = 2")
    before = file.read_bytes()
    for command in (("persons", "list", file), ("verify", file, "--period", PERIOD)):
        said = tertial(*command)
        assert said.code != 0
        assert "Prøve.tertial er skadet" in said.out + said.err
    said = tertial("persons", "remove", file, KARI, "--sure")
    assert (said.code, "journalen er endret utenfor Tertial" in said.err) == (2, True)
    assert file.read_bytes() == before


def test_what_was_written_after_the_preview_is_not_lost(file: Path) -> None:
    with closing(open_store(file)) as store:
        plan = plan_removal(store, Person.called(KARI), in_texts=False, who="Per", say=words_in())
        project = store.load().projects[made_id(1)]
        signature = Signature(who="Per", at="2024-02-01T10:00:00+00:00", way=MADE, entry_id=made_id(7779))
        store.commit(changed(message("Navn"), project, replace(project, name="Nytt navn")), signature)
    before = file.read_bytes()
    with pytest.raises(Refusal, match="endret siden"):
        remove(file, plan, signature)
    assert file.read_bytes() == before


def test_edits_of_other_files_that_an_entry_tells_of_lose_the_name_too() -> None:
    author = Author(
        edit=made_id(1), who=KARI, at=datetime(2024, 1, 1, tzinfo=UTC), label=message("Til {who}", who=KARI)
    )
    written = write_lineage(Lineage(edits=(ForeignEdit(author=author),), package=made_id(2)))
    renaming = Renaming(person=Person.called(KARI), by=NEUTRAL)
    row: Row = {"seq": 2, "lineage": written}
    after = rewritten_entry(row, lambda _spot, _at, one, text: renaming.applied(one, text))
    assert after == {"seq": 2, "lineage": written.replace(KARI, NEUTRAL)}
    assert rewritten_entry({"seq": 2, "lineage": ""}, lambda *_: "X") == {"seq": 2, "lineage": ""}


def test_a_file_that_would_not_verify_never_takes_the_old_ones_place(
    tertial: Run, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A slip in the writing itself: entries that keep the hashes that they had."""
    before = file.read_bytes()
    monkeypatch.setattr(journal, "chained", lambda entry, _head: entry)
    assert tertial("persons", "remove", file, KARI, "--sure").code == 2
    assert file.read_bytes() == before


@pytest.mark.parametrize("script", STORED, ids=lambda path: path.stem)
def test_a_file_of_an_earlier_version_loses_a_name_too(tertial: Run, script: Path, tmp_path: Path) -> None:
    old = tmp_path / "gammel.tertial"
    with closing(sqlite3.connect(old)) as connection:
        connection.executescript(script.read_text(encoding="utf-8"))
    who = held(old)[1][0].who
    removed(tertial, old, name=who)
    portfolio, entries = held(old)
    assert [entry.who for entry in entries[:-1]] == [NEUTRAL] * (len(entries) - 1)
    assert next(iter(portfolio.projects.values())).name == "Skole på Åsen"


def test_when_the_disk_is_full_the_file_is_as_it_was(tertial: Run, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before, beside = file.read_bytes(), sorted(file.parent.iterdir())

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("db.persons.removing.put_in_place", full)
    said = tertial("persons", "remove", file, KARI, "--sure")
    assert (said.code, file.name in said.err) == (2, True)
    assert (file.read_bytes(), sorted(file.parent.iterdir())) == (before, beside)


def test_backups_that_have_the_name_are_told_of_and_deleted_only_when_both_is_said(
    tertial: Run, file: Path, tmp_path: Path
) -> None:
    folder = backups_folder(file, root=tmp_path / "kopier")
    old = [back_up(file, folder=folder, reason=BackupReason.DAILY, now=datetime(2024, 3, 1, tzinfo=UTC)).path]
    said = removed(tertial, file)
    assert all(str(path) in said for path in old)
    assert all(path.exists() for path in old)
    assert tertial("persons", "remove", file, KARI, "--with-backups").code == 0
    assert all(path.exists() for path in old)
    removed(tertial, file, "--with-backups")
    (fresh,) = backups_of(folder)
    assert fresh.path not in old
    assert KARI not in tertial("persons", "list", fresh.path).out


def test_the_ledgers_lines_are_searched_and_never_rewritten(tertial: Run, file: Path, tmp_path: Path) -> None:
    ledger = tmp_path / "regnskap.csv"
    ledger.write_text(
        "Prosjekt;Konto;Periode;Beløp;Bilag;Tekst\nI10001;0230;202405;100,00;1;Reise Kari Nordmann\n",
        encoding="utf-8",
    )
    said = tertial("import-ledger", ledger, file, "--year", "2024")
    assert said.code in {0, 1}, said.err
    out = tmp_path / "svar.json"
    assert tertial("persons", "export", file, KARI, out).code == 0
    (lines,) = json.loads(out.read_text(encoding="utf-8"))["ledger_lines"]
    assert lines["lines"] == 1
    removed(tertial, file, "--in-texts")
    batch = next(one.id for one in held(file)[0].ledger_batches.values() if one.lines_hash)
    with closing(open_store(file, read_only=True)) as store:
        assert [line.text for line in store.ledger_lines(batch)] == ["Reise Kari Nordmann"]
