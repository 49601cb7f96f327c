"""Packages as files: made, sent, brought back and merged, with real files and the real commands."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import fields, replace
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import uuid4

import openpyxl
import pytest

from db.journal import Signature
from db.kinship import knowledge, lineage_at, origin_of
from db.package import package_names, plan_of, read_file, roots_of, write_package
from db.restoring import restore
from db.store import Store, new_store, open_store
from db.trouble import Trouble
from tests.portfolios import YEAR, planned, stored, table_of
from tracker.actions import Entry as Typed
from tracker.actions import fill_in, set_deadline, set_value, status_of
from tracker.closing import lock
from tracker.edits import apply
from tracker.figures import figures_of
from tracker.kinds import PackageKind
from tracker.merging.lineage import Lineage, short
from tracker.merging.plan import Verdict
from tracker.merging.settling import Settler, settle
from tracker.messages import Refusal
from tracker.model import Portfolio, ProjectId, RecordId, SentPackage
from tracker.packages import chosen, mail, out_now, recipients
from tracker.reported import fingerprint
from ui.commands.run import run
from ui.session import Session
from ui.words import words_in

TABLE = """
    Skole på Åsen   | 2 000 | 2 097 | 4K-2024 | 986   | 1 083 | Bygget er tatt i bruk.
    Bru over Åa     | 9 000 | 1 000 | 4K-2025 | 3 000 | 800   | Grunnarbeidene er i gang.
    Veier           | -     | -     | LØPENDE | 500   | 400   | Asfaltert som planlagt.
"""
NOW = datetime(2026, 5, 2, 12, tzinfo=UTC)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return the controller's portfolio: two projects are Kari's, one is Per's."""
    path = tmp_path / "kommunen.tertial"
    with new_store(path) as store:
        edit = planned(table_of(TABLE)).edit
        store.commit(edit, sign("Ola", way="beginning"))
        portfolio = apply(Portfolio(), edit)
        for name, who in (("Skole på Åsen", "Kari"), ("Bru over Åa", "Kari"), ("Veier", "Per")):
            typed = Typed(project=project_of(portfolio, name), field="responsible", typed=who)
            made = fill_in(portfolio, YEAR, typed, new_id=lambda: str(uuid4()))
            store.commit(made, sign("Ola"))
            portfolio = apply(portfolio, made)
    return path


def sign(who: str, *, way: str = "window") -> Signature:
    return Signature(who=who, at="2026-05-02T10:00:00+00:00", way=way, entry_id=str(uuid4()))


def project_of(portfolio: Portfolio, name: str) -> ProjectId:
    return next(one.id for one in portfolio.projects.values() if one.name == name)


def write(path: Path, name: str, text: str, *, who: str, field: str = "text") -> None:
    """Write in somebody's file, as the window would."""
    with closing(open_store(path)) as store:
        portfolio = store.load()
        edit = set_value(
            portfolio, YEAR, project_of(portfolio, name), field=field, value=text, new_id=lambda: str(uuid4())
        )
        store.commit(edit, sign(who))


def text_in(path: Path, name: str) -> str:
    portfolio = stored(path)
    status = status_of(portfolio, project_of(portfolio, name), YEAR)
    return "" if status is None else status.text


@pytest.fixture
def package(home: Path, tmp_path: Path) -> Path:
    """Return the package that Kari got."""
    folder = tmp_path / "ut"
    folder.mkdir()
    assert run(["package", "out", str(home), "--to", str(folder), "--responsible", "Kari"]) == 0
    return folder / "Kari.tertial"


@pytest.fixture(autouse=True)
def _own_backups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.commands.safekeeping.backups_root", lambda: tmp_path / "kopier")


# --- out -------------------------------------------------------------------------------------------------------------


def test_everybody_gets_a_package_with_their_own_projects_and_a_mail(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "ut" / "i dag"
    assert run(["package", "out", str(home), "--to", str(folder)]) == 0
    told = capsys.readouterr().out
    assert sorted(path.name for path in folder.iterdir()) == ["Kari.tertial", "Per.tertial"]
    assert {one.name for one in stored(folder / "Kari.tertial").projects.values()} == {"Skole på Åsen", "Bru over Åa"}
    assert "Hei Kari" in told
    assert "Vedlagt er Kari.tertial med 2 prosjekter for Årsmelding 2023" in told


def test_packages_go_in_a_folder_and_not_where_a_file_lies(
    home: Path, package: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = len(stored(home).sent_packages)
    assert run(["package", "out", str(home), "--to", str(package)]) == 2
    assert capsys.readouterr().err == "Kari.tertial finnes fra før: velg et annet navn.\n"
    assert len(stored(home).sent_packages) == before


def test_a_package_that_may_be_filled_in_is_replaced_only_when_that_is_said(
    home: Path, package: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(package, "Skole på Åsen", "Ikke hentet inn ennå.", who="Kari")
    before, noted = package.read_bytes(), len(stored(home).sent_packages)
    assert run(["package", "out", str(home), "--to", str(package.parent)]) == 2
    assert "Kari.tertial finnes fra før i ut, og kan være fylt ut" in capsys.readouterr().err
    assert [one.name for one in package.parent.iterdir()] == ["Kari.tertial"]
    assert (package.read_bytes(), len(stored(home).sent_packages)) == (before, noted)
    assert run(["package", "out", str(home), "--to", str(package.parent), "--replace"]) == 0
    assert text_in(package, "Skole på Åsen") == text_in(home, "Skole på Åsen")


def test_a_package_never_takes_the_place_of_the_portfolio(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    portfolio = home.rename(home.with_name("Kari.tertial"))
    before = portfolio.read_bytes()
    assert run(["package", "out", str(portfolio), "--to", str(portfolio.parent), "--replace"]) == 2
    assert "heter det samme som en pakke" in capsys.readouterr().err
    assert portfolio.read_bytes() == before


def test_a_package_opens_like_a_portfolio_with_the_same_figures(home: Path, package: Path) -> None:
    whole = {one.project.name: one for one in figures_of(stored(home), YEAR).projects}
    with closing(open_store(package)) as store:
        portfolio = store.load()
        assert store.verify() == []
    for one in figures_of(portfolio, YEAR).projects:
        there = whole[one.project.name]
        assert (one.revised_budget, one.actual, one.total_budget, one.total_spent) == (
            there.revised_budget,
            there.actual,
            there.total_budget,
            there.total_spent,
        )


def test_it_is_noted_who_has_a_package_and_who_brought_it_back(home: Path, package: Path) -> None:
    portfolio = stored(home)
    (sent,) = portfolio.sent_packages.values()
    assert (sent.recipient, sent.kind, len(sent.projects), sent.returned_at) == ("Kari", PackageKind.PACKAGE, 2, None)
    assert set(out_now(portfolio)) == sent.projects
    write(package, "Bru over Åa", "Brua står.", who="Kari")
    assert run(["package", "in", str(home), str(package)]) == 0
    assert out_now(stored(home)) == {}


def test_a_name_of_nobody_is_refused_with_those_who_are(home: Path) -> None:
    with pytest.raises(Refusal) as refused:
        chosen(stored(home), ["Kåre"])
    say = words_in()
    assert say(refused.value.reason) == "«Kåre» er ikke ansvarlig for noe prosjekt: kontroller navnet."
    assert [say(one) for one in refused.value.details] == ["Kari", "Per"]
    assert [one.name for one in recipients(stored(home))] == ["Kari", "Per"]


def test_names_of_files_are_no_two_the_same_and_none_that_a_disk_refuses() -> None:
    names = package_names(["Kari Nordmann", "Kari/Nordmann", "../../etc/passwd", "???", "kari nordmann"])
    assert len({name.casefold() for name in names.values()}) == len(names)
    assert all("/" not in name and not name.startswith(".") and name.endswith(".tertial") for name in names.values())


def test_the_mail_asks_for_the_file_by_the_deadline(home: Path) -> None:
    portfolio = stored(home)
    portfolio = apply(portfolio, set_deadline(portfolio, YEAR, date(2024, 1, 20)))
    sent = SentPackage(id=RecordId("x"), kind=PackageKind.FORM, recipient="Per", made_by="Ola", made_at=NOW)
    told = words_in()(mail(portfolio, sent, YEAR, "Per.xlsx"))
    assert "Send filen tilbake innen 20.01.2024." in told
    assert "Per.xlsx" in told


# --- back ------------------------------------------------------------------------------------------------------------


def test_what_two_people_wrote_on_one_project_both_survives(home: Path, package: Path) -> None:
    write(package, "Bru over Åa", "Brua står.", who="Kari")
    write(home, "Bru over Åa", "Dyrere stål.", who="Ola", field="explanation")
    assert run(["package", "in", str(home), str(package)]) == 0
    portfolio = stored(home)
    status = status_of(portfolio, project_of(portfolio, "Bru over Åa"), YEAR)
    assert status is not None
    assert (status.text, status.explanation) == ("Brua står.", "Dyrere stål.")


def test_a_collision_is_never_decided_without_a_word(
    home: Path, package: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(package, "Bru over Åa", "Brua står.", who="Kari")
    write(home, "Bru over Åa", "Brua er ferdig.", who="Ola")
    before = home.read_bytes()
    assert run(["package", "in", str(home), str(package)]) == 1
    told = capsys.readouterr()
    assert home.read_bytes() == before
    assert "kollisjon: Bru over Åa, Årsmelding 2023, Statustekst" in told.out
    assert all(
        text in told.out for text in ("før: Grunnarbeidene er i gang.", "her: Brua er ferdig.", "der: Brua står.")
    )
    assert run(["package", "in", str(home), str(package), "--collisions", "law"]) == 0
    assert text_in(home, "Bru over Åa") == "Brua står."


def test_a_dry_run_shows_what_would_come_and_changes_nothing(
    home: Path, package: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(package, "Bru over Åa", "Brua står.", who="Kari")
    before = home.read_bytes()
    assert run(["package", "in", str(home), str(package), "--dry-run", "--json"]) == 0
    (told,) = json.loads(capsys.readouterr().out)
    assert home.read_bytes() == before
    assert [(item["verdict"], item["unit"], item["theirs"]) for item in told["items"]] == [
        ("new", "text", "Brua står.")
    ]


def test_a_folder_is_taken_in_at_once_and_what_is_damaged_does_not_stop_the_rest(home: Path, tmp_path: Path) -> None:
    folder = tmp_path / "ut"
    folder.mkdir()
    run(["package", "out", str(home), "--to", str(folder)])
    write(folder / "Per.tertial", "Veier", "Mer asfalt.", who="Per")
    damaged = folder / "Kari.tertial"
    damaged.write_bytes(damaged.read_bytes()[:5000])
    assert run(["package", "in", str(home), str(folder)]) == 1
    assert text_in(home, "Veier") == "Mer asfalt."


def test_reading_leaves_the_folder_as_it_was(home: Path, package: Path) -> None:
    """A synced folder is only read whole: no database is opened in it, so nothing is left beside."""
    write(package, "Bru over Åa", "Brua står.", who="Kari")
    before = {path.name: path.read_bytes() for path in package.parent.iterdir()}
    package.chmod(0o444)
    assert run(["package", "in", str(home), str(package)]) == 0
    assert {path.name: path.read_bytes() for path in package.parent.iterdir()} == before


def test_a_package_of_another_portfolio_is_refused(home: Path, package: Path, tmp_path: Path) -> None:
    other = tmp_path / "annen.tertial"
    with new_store(other) as store:
        store.commit(planned(table_of(TABLE)).edit, sign("Eva", way="beginning"))
    with closing(open_store(other)) as store:
        came = read_file(package, knowledge(store), store.load())
        with pytest.raises(Refusal, match="annen portefølje"):
            plan_of(store, store.load(), came)
    del home


def test_the_whole_portfolio_is_not_merged_into_a_package_of_it(home: Path, package: Path) -> None:
    with closing(open_store(package)) as store:
        came = read_file(home, knowledge(store), store.load())
        with pytest.raises(Refusal, match="hele porteføljen: be controlleren om en ny pakke"):
            plan_of(store, store.load(), came)


def test_a_package_that_was_changed_with_another_program_is_refused(home: Path, package: Path) -> None:
    with closing(sqlite3.connect(package)) as connection:
        connection.execute("UPDATE status SET text = 'Smuglet inn'")
        connection.commit()
    with closing(open_store(home)) as store, pytest.raises(Trouble, match="endret utenfor Tertial"):
        read_file(package, knowledge(store), store.load())


def test_a_package_whose_lineage_was_changed_is_refused(package: Path) -> None:
    with closing(sqlite3.connect(package)) as connection:
        connection.execute("DROP TRIGGER journal_is_never_changed")
        connection.execute("UPDATE journal SET lineage = replace(lineage, 'package', 'pakcage')")
        connection.commit()
    with closing(sqlite3.connect(package)) as connection:
        connection.execute(
            "CREATE TRIGGER journal_is_never_changed BEFORE UPDATE ON journal\n"
            "BEGIN SELECT RAISE(ABORT, 'journal is append-only'); END"
        )
    with closing(open_store(package, read_only=True)) as store:
        assert len(store.verify()) == 1


def test_a_copy_of_the_whole_portfolio_is_merged_the_same_way(home: Path, tmp_path: Path) -> None:
    copy = tmp_path / "kopi.tertial"
    copy.write_bytes(home.read_bytes())
    write(copy, "Veier", "Mer asfalt.", who="Eva")
    write(home, "Bru over Åa", "Brua står.", who="Ola")
    assert run(["package", "in", str(home), str(copy)]) == 0
    assert (text_in(home, "Veier"), text_in(home, "Bru over Åa")) == ("Mer asfalt.", "Brua står.")
    assert run(["package", "in", str(copy), str(home)]) == 0
    assert _content(home) == _content(copy)


def _content(path: Path) -> dict[str, object]:
    """Return all that two files of one portfolio should say the same of."""
    portfolio = stored(path)
    return {
        "statuses": {replace(one, id=RecordId("")) for one in portfolio.statuses.values()},
        "projects": set(portfolio.projects.values()),
    }


def test_the_window_takes_a_merge_back_and_makes_it_again(home: Path, package: Path, qtbot: object) -> None:
    del qtbot
    write(package, "Bru over Åa", "Brua står.", who="Kari")
    session = Session(who="Ola")
    session.open(home)
    session.check()
    before = session.portfolio
    came = read_file(package, session.knowledge(), session.portfolio)
    plan = session.merge_plan(came)
    merged = settle(session.portfolio, plan, {}, Settler(who="Ola", at=NOW, new_id=session.new_id))
    session.perform(merged.edit, way="merge", lineage=merged.lineage)
    after = session.portfolio
    assert session.merge_plan(read_file(package, session.knowledge(), session.portfolio)).is_nothing
    session.undo()
    assert session.portfolio == before
    assert [
        item.verdict for item in session.merge_plan(read_file(package, session.knowledge(), session.portfolio)).items
    ] == [Verdict.NEW]
    session.redo()
    assert session.portfolio == after
    assert session.merge_plan(read_file(package, session.knowledge(), session.portfolio)).is_nothing
    session.undo()
    assert session.portfolio == before
    session.close()


def test_an_export_keeps_what_a_file_knows_of_others(home: Path, package: Path, tmp_path: Path) -> None:
    write(package, "Bru over Åa", "Brua står.", who="Kari")
    run(["package", "in", str(home), str(package)])
    folder = tmp_path / "eksport"
    assert run(["export", str(home), str(folder)]) == 0
    back = tmp_path / "tilbake.tertial"
    restore(folder, back, sign("Ola"))
    with closing(open_store(back)) as store:
        assert plan_of(store, store.load(), read_file(package, knowledge(store), store.load())).is_nothing


def test_a_file_of_an_earlier_version_is_merged_too(tmp_path: Path) -> None:
    script = (Path(__file__).parent / "stored" / "version-3.sql").read_text(encoding="utf-8")
    ours, theirs = tmp_path / "vår.tertial", tmp_path / "deres.tertial"
    for path in (ours, theirs):
        with closing(sqlite3.connect(path)) as connection:
            connection.executescript(script)
    with closing(open_store(ours)) as store:
        came = read_file(theirs, knowledge(store), store.load())
        assert plan_of(store, store.load(), came).is_nothing


@pytest.fixture
def form(home: Path, tmp_path: Path) -> Path:
    """Return the form that Kari got."""
    folder = tmp_path / "skjema"
    assert run(["form", "out", str(home), "--period", str(YEAR), "--to", str(folder), "--responsible", "Kari"]) == 0
    (path,) = folder.iterdir()
    return path


def answer(form: Path, name: str, said: str, now: str) -> None:
    """Write an answer in place of another in a project's sheet, as in a spreadsheet."""
    book = openpyxl.load_workbook(form)
    sheet = next(one for one in book if str(one.title).startswith(name[:8]))
    (cell,) = (one for row in sheet.iter_rows() for one in row if one.value == said and not one.protection.locked)
    cell.value = now
    book.save(form)


def test_a_form_comes_back_like_a_package_and_only_once(home: Path, form: Path) -> None:
    answer(form, "Bru over Åa", "Grunnarbeidene er i gang.", "Brua står.")
    write(home, "Bru over Åa", "Dyrere stål.", who="Ola", field="explanation")
    assert run(["package", "in", str(home), str(form)]) == 0
    portfolio = stored(home)
    status = status_of(portfolio, project_of(portfolio, "Bru over Åa"), YEAR)
    assert status is not None
    assert (status.text, status.explanation) == ("Brua står.", "Dyrere stål.")
    assert [one.kind for one in portfolio.sent_packages.values() if one.returned_at] == [PackageKind.FORM]
    write(home, "Bru over Åa", "Brua står, og er åpnet.", who="Ola")
    assert run(["package", "in", str(home), str(form)]) == 0
    assert text_in(home, "Bru over Åa") == "Brua står, og er åpnet."


def test_a_form_that_is_corrected_and_sent_again_brings_the_correction(home: Path, form: Path) -> None:
    answer(form, "Bru over Åa", "Grunnarbeidene er i gang.", "Brua står.")
    run(["package", "in", str(home), str(form)])
    answer(form, "Bru over Åa", "Brua står.", "Brua er åpnet.")
    assert run(["package", "in", str(home), str(form)]) == 0
    assert text_in(home, "Bru over Åa") == "Brua er åpnet."


def test_a_forms_collision_is_shown_with_what_stood_in_it(
    home: Path, form: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answer(form, "Bru over Åa", "Grunnarbeidene er i gang.", "Brua står.")
    write(home, "Bru over Åa", "Brua er ferdig.", who="Ola")
    assert run(["package", "in", str(home), str(form)]) == 1
    told = capsys.readouterr().out
    for text in ("før: Grunnarbeidene er i gang.", "her: Brua er ferdig.", "der: Brua står."):
        assert text in told


def test_the_command_lists_what_is_out(home: Path, package: Path, capsys: pytest.CaptureFixture[str]) -> None:
    del package
    capsys.readouterr()
    assert run(["package", "list", str(home)]) == 0
    assert "Kari, 2 prosjekter, ikke kommet tilbake" in capsys.readouterr().out


@pytest.fixture
def opened(home: Path) -> Iterator[Store]:
    with closing(open_store(home)) as store:
        yield store


def test_a_locked_period_goes_along_as_it_was_reported(opened: Store, tmp_path: Path) -> None:
    portfolio = opened.load()
    edit = lock(portfolio, YEAR, who="Ola", at=NOW, new_id=lambda: str(uuid4()))
    opened.commit(edit, sign("Ola"))
    portfolio = apply(portfolio, edit)
    mine = frozenset([project_of(portfolio, "Veier")])
    sent = SentPackage(id=RecordId(str(uuid4())), recipient="Per", projects=mine, made_by="Ola", made_at=NOW)
    path = tmp_path / "Per.tertial"
    write_package(path, portfolio, sent, roots_of(opened))
    package = stored(path)
    assert package.state_of(YEAR) == portfolio.state_of(YEAR)
    assert [row.project for row in package.reported_projects.values()] == list(mine)
    assert fingerprint(list(package.reported_projects.values()))


def test_a_package_knows_its_portfolio(opened: Store, package: Path) -> None:
    with closing(open_store(package, read_only=True)) as store:
        assert origin_of(store) == origin_of(opened)
        _, lineage = lineage_at(store, 1)
        assert lineage.known == knowledge(opened).ids - _newest(opened)


def _newest(store: Store) -> frozenset[str]:
    *_, last = store.journal()
    return frozenset({short(last.id)})


def test_what_came_too_late_is_a_late_change_of_the_locked_period(
    home: Path, package: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(package, "Skole på Åsen", "For sent.", who="Kari Nordmann")
    assert run(["period", "lock", str(home), "--period", str(YEAR), "--accept-unapproved"]) == 0
    assert run(["period", "late", str(home), "--period", str(YEAR)]) == 0
    assert run(["package", "in", str(home), str(package), "--late-as-comments"]) == 0
    capsys.readouterr()
    assert run(["period", "late", str(home), "--period", str(YEAR)]) == 1
    first, *text = capsys.readouterr().out.splitlines()
    assert first.startswith("Skole på Åsen ")
    assert ("Kom etter låsingen" in first, first.endswith("Kari Nordmann")) == (True, True)
    assert any("For sent." in line for line in text)
    assert run(["period", "late", str(home), "--period", str(YEAR), "--json"]) == 1
    (late,) = json.loads(capsys.readouterr().out)
    assert (late["project"], late["column"], late["comment"]["by"]) == ("Skole på Åsen", None, "Kari Nordmann")
    assert run(["period", "reopen", str(home), "--period", str(YEAR), "--reason", "Noe kom for sent"]) == 0
    assert run(["period", "lock", str(home), "--period", str(YEAR), "--accept-unapproved"]) == 0
    assert run(["period", "late", str(home), "--period", str(YEAR)]) == 0


# --- what is documented ----------------------------------------------------------------------------------------------


def test_all_that_packages_say_as_json_is_documented(
    home: Path, package: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    formats = (Path(__file__).parents[1] / "docs" / "formats.md").read_text(encoding="utf-8")
    documented = formats.partition("## `tertial package in")[2].partition("\n## ")[0]
    write(package, "Skole på Åsen", "Bygget er malt.", who="Kari")
    broken = package.with_name("ødelagt.tertial")
    broken.write_bytes(b"tull")
    capsys.readouterr()
    assert run(["package", "in", str(home), str(package.parent), "--json"]) == 1
    came, refused = json.loads(capsys.readouterr().out)
    assert (came["taken"], came["left"], refused["left"]) == (1, False, True)
    assert "ødelagt.tertial" in refused["because"]
    assert run(["package", "list", str(home), "--json"]) == 0
    (sent,) = json.loads(capsys.readouterr().out)
    for name in (*came, *came["items"][0], *refused, *sent):
        assert f"`{name}`" in documented or f'"{name}"' in documented, name
    assert all(f"`{verdict.value}`" in documented for verdict in Verdict)


def test_all_that_a_lineage_holds_is_documented() -> None:
    formats = (Path(__file__).parents[1] / "docs" / "formats.md").read_text(encoding="utf-8")
    documented = formats.partition("### `lineage`")[2].partition("\n## ")[0]
    assert {one.name for one in fields(Lineage)} == set(re.findall(r"^\| `(\w+)` ", documented, re.MULTILINE))
