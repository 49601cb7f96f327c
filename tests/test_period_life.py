"""A period from draft to locked and open again, from the command line: what was reported stays."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing, nullcontext
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from db.backup import BackupReason, backups_folder, backups_of
from db.migrations.guards import _OF_A_PERIOD
from db.store import open_store
from db.trouble import Trouble
from tests.meddling import unguarded
from tests.portfolios import batch_of, stored
from tests.test_commands import Run, tertial
from tests.test_store import sign
from tests.windows import PERIOD, PROJECTS, made_id, portfolio_records, write
from tracker.board import Standing, board_of
from tracker.carrying import to_confirm
from tracker.checking import check
from tracker.edits import Change, Edit, added, apply
from tracker.figures import figures_of, live_figures_of, reported_figures
from tracker.guarding import newest_lock
from tracker.kinds import CommentKind, PeriodStage, Phase, PrintedOf, StatusState
from tracker.messages import Refusal, message
from tracker.model import (
    AcceptedDifference,
    Comment,
    Contract,
    DeviationSplit,
    Dismissal,
    LedgerSum,
    Milestone,
    Passage,
    PeriodState,
    Portfolio,
    PrintedFigures,
    ProjectId,
    Record,
    RecordId,
    ReportedProject,
    Risk,
    SpendingPlan,
    StatementLine,
    Status,
)
from tracker.periods import Part, Period
from tracker.quarters import Completion, Quarter, State
from tracker.workflow import Mover, send_back

__all__ = ["tertial"]
SCHOOL = PROJECTS[0][0]
DECIDED = ("--decision", "KS-sak 109/23", "--date", "14.06.2023")


@pytest.fixture(autouse=True)
def _own_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.commands.safekeeping.backups_root", lambda: tmp_path / "kopier")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return write(tmp_path / "Prøve.tertial", [_explained(one) for one in portfolio_records()])


def _explained(record: Record) -> Record:
    """Return the school's status with its deviation split and explained; all else as it is."""
    if not isinstance(record, Status) or record.project != made_id(0):
        return record
    _, _, _, revised, actual, _ = PROJECTS[0]
    return replace(record, split=DeviationSplit(timing=revised - actual), explanation="Arbeidet går over årsskiftet.")


def periodic_records() -> list[Record]:
    """Return one of every kind of record that belongs to a period, beside those of the small portfolio."""
    school, of_period = ProjectId(made_id(0)), {"period": PERIOD}
    ids = (RecordId(made_id(number)) for number in count(9000))
    thread = {"thread": RecordId(made_id(8000)), "project": school}
    figures = {"total_budget": 1000, "total_spent": 1000, "revised_budget": 1000, "actual": 1000}
    return [
        Milestone(id=next(ids), **thread, **of_period, name="Byggestart", planned=date(2023, 6, 1)),
        Risk(id=next(ids), **thread, **of_period, title="Grunnforhold"),
        Contract(id=next(ids), **thread, **of_period, supplier="Bygg AS"),
        SpendingPlan(id=next(ids), project=school, period=PERIOD, amounts=(1000,) * 12),
        PrintedFigures(
            id=next(ids), of=PrintedOf.PROJECT, project=school, name=SCHOOL, deviation=0, **of_period, **figures
        ),
        StatementLine(
            id=next(ids),
            period=PERIOD,
            paragraph=1,
            position=0,
            label="Investeringer",
            previous_actual=0,
            actual=1000,
            revised_budget=1000,
            original_budget=1000,
            deviation=0,
        ),
        AcceptedDifference(
            id=next(ids),
            period=PERIOD,
            check="printed-sum",
            column="actual",
            difference=1000,
            accepted_by="Kari",
            accepted_on=date(2024, 1, 20),
        ),
        Dismissal(
            id=next(ids),
            project=school,
            period=PERIOD,
            rule="text-amount",
            quote="13,4 mill.",
            basis="a" * 64,
            reason="Gjelder hele området",
            by="Kari",
            at=datetime(2024, 1, 21, tzinfo=UTC),
        ),
        Passage(
            id=next(ids), project=school, period=PERIOD, position=0, source="kapittel.txt", text="Skolen er i bruk."
        ),
    ]


@pytest.fixture
def full(tertial: Run, tmp_path: Path) -> Path:
    path = write(tmp_path / "Full.tertial", [*portfolio_records(), *periodic_records()])
    assert tertial("period", "lock", path, "--period", PERIOD, "--accept-unapproved").code == 0
    return path


@pytest.fixture
def locked(tertial: Run, file: Path) -> Path:
    assert tertial("period", "lock", file, "--period", PERIOD, "--accept-unapproved").code == 0
    return file


def board(tertial: Run, file: Path) -> dict[str, dict[str, object]]:
    found = json.loads(tertial("period", "status", file, "--json").out)
    assert sum(found["counts"].values()) == len(found["projects"])
    return {row["project"]: row for row in found["projects"]}


def test_the_board_stands_in_columns_and_says_what_is_left_in_sentences(tertial: Run, file: Path) -> None:
    *rows, counted = tertial("period", "status", file).out.splitlines()
    assert len({row.index(word) for row in rows for word in ("Utkast", "Ikke begynt") if word in row}) == 1
    assert not [row for row in rows if ".," in row]
    assert any(row.endswith(" Statusteksten mangler.") for row in rows)
    assert counted.startswith("Ikke begynt")


def text_of(file: Path, name: str) -> str:
    return next(one.text for one in figures_of(stored(file), PERIOD).projects if one.project.name == name)


def test_a_status_goes_from_draft_to_approved_and_back_with_a_comment(tertial: Run, file: Path) -> None:
    school = ("--period", PERIOD, "--project", SCHOOL)
    assert board(tertial, file)[SCHOOL]["standing"] == "draft"
    assert tertial("period", "submit", file, *school).code == 0
    assert board(tertial, file)[SCHOOL]["standing"] == "submitted"
    assert tertial("period", "approve", file, *school).code == 0
    row = board(tertial, file)[SCHOOL]
    assert (row["standing"], bool(row["by"]), bool(row["on"])) == ("approved", True, True)
    without = tertial("period", "return", file, *school, "--comment", " ")
    assert (without.code, "kommentar" in without.err) == (2, True)
    assert tertial("period", "return", file, *school, "--comment", "Si når bygget tas i bruk.").code == 0
    assert board(tertial, file)[SCHOOL]["standing"] == "draft"
    (comment,) = stored(file).comments.values()
    assert (comment.kind, comment.text) == (CommentKind.RETURN, "Si når bygget tas i bruk.")


def test_an_empty_status_is_not_submitted_and_says_what_is_missing(tertial: Run, file: Path) -> None:
    empty = next(name for name, row in board(tertial, file).items() if "Statusteksten mangler." in row["missing"])
    said = tertial("period", "submit", file, "--period", PERIOD, "--project", empty)
    assert said.code == 2
    assert f"{empty}: Statusteksten mangler." in said.err
    assert board(tertial, file)[empty]["standing"] in {"not_started", "draft"}


def test_nothing_is_moved_when_one_of_many_can_not_be(file: Path) -> None:
    portfolio = stored(file)
    ids = [one.project.id for one in board_of(portfolio, PERIOD).rows]
    mover = Mover(who="Kari", at=datetime(2024, 1, 20, 12, tzinfo=UTC))
    with pytest.raises(Refusal) as refused:
        send_back(portfolio, PERIOD, ids, mover, text="Nei", new_id=str)
    assert len(refused.value.details) == len(ids)


def test_locking_names_those_that_are_not_approved_and_takes_a_backup(tertial: Run, file: Path, tmp_path: Path) -> None:
    said = tertial("period", "lock", file, "--period", PERIOD)
    assert said.code == 2
    assert all(name in said.err for name, *_ in PROJECTS)
    assert tertial("period", "lock", file, "--period", PERIOD, "--accept-unapproved").code == 0
    assert {row["standing"] for row in board(tertial, file).values()} == {"locked"}
    (backup,) = backups_of(backups_folder(file, root=tmp_path / "kopier"))
    assert backup.reason is BackupReason.BEFORE_LOCK
    assert figures_of(stored(backup.path), PERIOD).reported is None


def test_what_is_decided_after_the_locking_is_a_late_change(tertial: Run, locked: Path) -> None:
    reported = figures_of(stored(locked), PERIOD)
    assert tertial("period", "late", locked, "--period", PERIOD, "--json").out.strip() == "[]"
    given = ("--project", SCHOOL, "--kind", "grant", "--year", 2023, "--amount", "500000", "--funding", "loan")
    assert tertial("budget", "add", locked, *given, *DECIDED).code == 0
    assert figures_of(stored(locked), PERIOD) == reported
    said = tertial("period", "late", locked, "--period", PERIOD, "--json")
    late = {row["column"]: row for row in json.loads(said.out)}
    assert said.code == 1
    assert {name: row["change"] for name, row in late.items()} == {"revised_budget": 500_000, "total_budget": 500_000}
    (line,) = {one for row in late.values() for one in row["budget_lines"]}
    assert stored(locked).budget_lines[line].year_amount == 500_000


def test_a_period_opened_again_makes_a_new_revision_and_the_old_one_stays(tertial: Run, locked: Path) -> None:
    first = reported_figures(stored(locked), PERIOD, 1)
    assert tertial("period", "reopen", locked, "--period", PERIOD, "--reason", " ").code == 2
    assert tertial("period", "reopen", locked, "--period", PERIOD, "--reason", "Feil i tabellen").code == 0
    given = ("--project", SCHOOL, "--kind", "grant", "--year", 2023, "--amount", "500000", "--funding", "loan")
    assert tertial("budget", "add", locked, *given, *DECIDED).code == 0
    assert tertial("period", "lock", locked, "--period", PERIOD, "--accept-unapproved").code == 0
    portfolio = stored(locked)
    assert reported_figures(portfolio, PERIOD, 1).projects == first.projects
    assert figures_of(portfolio, PERIOD).listed.revised_budget == first.listed.revised_budget + 500_000
    assert tertial("verify", locked, "--period", PERIOD).code == 0


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        ("UPDATE reported_project SET actual = actual + 1000 WHERE position = 0", ("actual",)),
        (
            "UPDATE reported_project SET details = replace(details, 'Oppvekst', 'Kultur') WHERE position = 0",
            ("Kultur",),
        ),
        ("DELETE FROM reported_project WHERE position = 0", ("borte",)),
    ],
)
def test_what_was_reported_and_changed_behind_tertials_back_is_named(
    tertial: Run, locked: Path, statement: str, named: tuple[str, ...]
) -> None:
    assert tertial("verify", locked, "--period", PERIOD).code == 0
    with unguarded(locked) as other:
        assert other.execute(statement).rowcount == 1
    said = tertial("verify", locked, "--period", PERIOD)
    assert said.code == 1
    assert all(one in said.out for one in (SCHOOL, *named))
    assert len(said.out.splitlines()) == 1


@pytest.mark.parametrize("table", [*_OF_A_PERIOD, "dismissal", "passage", "period_state"])
def test_no_statement_over_the_programs_own_connection_changes_a_locked_period(full: Path, table: str) -> None:
    before = figures_of(stored(full), PERIOD)
    with closing(open_store(full)) as store:
        connection = store._connection  # noqa: SLF001  the wall is tried from inside
        columns = [row[1] for row in connection.execute(f'PRAGMA table_info("{table}")')]
        names = ", ".join(f'"{one}"' for one in columns)
        held = connection.execute(f'SELECT count(*) FROM "{table}" WHERE period = ?', (str(PERIOD),)).fetchone()[0]
        fresh = ", ".join("lower(hex(randomblob(16)))" if one == "id" else f'"{one}"' for one in columns)
        statements = [
            f"UPDATE \"{table}\" SET period = '2031-Y' WHERE period = '{PERIOD}'",
            f"DELETE FROM \"{table}\" WHERE period = '{PERIOD}'",
            f'INSERT OR REPLACE INTO "{table}" ({names}) SELECT {names} FROM "{table}" WHERE period = \'{PERIOD}\'',
            f'INSERT INTO "{table}" ({names}) SELECT {fresh} FROM "{table}" WHERE period = \'{PERIOD}\'',
            (
                f'INSERT INTO "{table}" ({names}) SELECT {names} FROM "{table}" WHERE period = \'{PERIOD}\' '
                "ON CONFLICT (id) DO UPDATE SET period = '2031-Y'"
            ),
        ]
        assert held
        for statement in statements:
            with pytest.raises(sqlite3.IntegrityError):
                connection.execute(statement)
        with pytest.raises(sqlite3.DatabaseError):
            connection.execute("DROP TRIGGER a_lock_is_never_changed")
    assert figures_of(stored(full), PERIOD) == before


def _changed(path: Path, kind: type[Record], at: int = 0, **values: object) -> None:
    """Change a record as no command does: past all that refuses it before the file is asked."""
    with closing(open_store(path)) as store:
        record = list(store.load().records(kind).values())[at]
        after = replace(record, **values) if values else None
        store.commit(Edit(message("Prøve"), (Change(record, after),)), sign())


@pytest.mark.parametrize(
    ("kind", "values", "said"),
    [
        (Status, {"text": "Ny"}, "Perioden er låst, så ingenting ble lagret"),
        (ReportedProject, {}, "Det som er rapportert, blir stående"),
        (PeriodState, {"revision": 7}, "Perioden er låst"),
    ],
)
def test_what_the_file_itself_says_no_to_is_told_in_a_sentence(
    full: Path, kind: type[Record], values: dict[str, object], said: str
) -> None:
    before = stored(full)
    with pytest.raises(Trouble, match=said):
        _changed(full, kind, **values)
    assert stored(full) == before


def test_the_way_of_a_status_and_of_a_period_is_guarded_by_the_file_too(file: Path) -> None:
    for values, said in (
        ({"state": StatusState.APPROVED}, "Statusen er ikke levert, så den ble ikke godkjent"),
        ({"state": StatusState.SUBMITTED}, None),
        ({"text": "Ny"}, "Statusen er levert, så ingenting ble lagret"),
        ({"state": StatusState.APPROVED}, None),
        ({"state": StatusState.SUBMITTED}, "Statusen er godkjent, så ingenting ble lagret"),
    ):
        with pytest.raises(Trouble, match=said) if said else nullcontext():
            _changed(file, Status, **values)
    with pytest.raises(Trouble, match="Perioden ble ikke låst"):
        _changed(file, PeriodState, stage=PeriodStage.LOCKED, revision=1)
    line = Comment(
        id=RecordId(made_id(7777)),
        project=ProjectId(made_id(0)),
        period=PERIOD,
        by="Kari",
        at=datetime(2024, 1, 20, tzinfo=UTC),
        text="Se linje 3.",
    )
    with closing(open_store(file)) as store:
        store.load()
        store.commit(added(message("Kommentar"), [line]), sign())
    with pytest.raises(Trouble, match="Kommentarer blir stående"):
        _changed(file, Comment, text="Nei")


def test_no_command_changes_what_a_locked_period_reported(tertial: Run, locked: Path) -> None:
    before, flags = figures_of(stored(locked), PERIOD), check(stored(locked), PERIOD)
    for action, more in (("submit", ()), ("approve", ()), ("take-back", ()), ("return", ("--comment", "Nei"))):
        said = tertial("period", action, locked, "--period", PERIOD, "--project", SCHOOL, *more)
        assert (said.code, "låst" in said.err) == (2, True)
    assert tertial("period", "lock", locked, "--period", PERIOD).code == 2
    assert (figures_of(stored(locked), PERIOD), check(stored(locked), PERIOD)) == (before, flags)


def test_a_new_period_carries_what_goes_on_and_nothing_that_must_be_said_anew(tertial: Run, locked: Path) -> None:
    autumn = Period(2024, Part.T1)
    assert tertial("period", "open", locked, "--period", autumn, "--deadline", "12.05.2024").code == 0
    portfolio = stored(locked)
    before = {one.project: one for one in portfolio.statuses.values() if one.period == PERIOD}
    opened = [one for one in portfolio.statuses.values() if one.period == autumn]
    assert {one.project for one in opened} == set(before)
    assert all((one.completion, one.text) == (before[one.project].completion, "") for one in opened)
    assert {row.standing for row in board_of(portfolio, autumn).rows} == {Standing.NOT_STARTED}
    said = tertial("period", "remind", locked, "--json")
    (mail,) = json.loads(said.out)
    assert said.code == 1
    assert "12.05.2024" in mail["body"]
    assert all(name in mail["body"] for name, *_ in PROJECTS)


def test_two_periods_are_compared_per_project_and_in_sum(tertial: Run, locked: Path) -> None:
    spring = Period(2024, Part.T1)
    assert tertial("period", "open", locked, "--period", spring).code == 0
    given = ("--project", SCHOOL, "--kind", "grant", "--year", 2024, "--amount", "700000", "--funding", "loan")
    paper = ("--decision", "KS-sak 3/24", "--date", "14.02.2024")
    assert tertial("budget", "add", locked, *given, *paper).code == 0
    found = json.loads(tertial("period", "compare", locked, "--period", spring, "--with", PERIOD, "--json").out)
    total = {row["project"]: row["change"] for row in found["projects"] if row["column"] == "total_budget"}
    assert total[SCHOOL] == 700_000
    assert {change for name, change in total.items() if name != SCHOOL} <= {0}
    portfolio = stored(locked)
    sums = {row["column"]: row for row in found["sums"]}
    assert sums["total_budget"]["before"] == figures_of(portfolio, PERIOD).all.total_budget
    assert sums["total_budget"]["after"] == live_figures_of(portfolio, spring).all.total_budget


def test_the_lock_says_who_and_when(locked: Path) -> None:
    lock = newest_lock(stored(locked), PERIOD)
    assert lock is not None
    assert (lock.revision, bool(lock.locked_by)) == (1, True)


def test_a_late_change_names_the_lines_of_its_own_project_and_year(tertial: Run, locked: Path) -> None:
    other = PROJECTS[1][0]
    for name, year in ((SCHOOL, 2023), (SCHOOL, 2024), (other, 2023)):
        given = ("--project", name, "--kind", "grant", "--year", year, "--amount", "500000", "--funding", "loan")
        assert tertial("budget", "add", locked, *given, *DECIDED).code == 0
    lines = stored(locked).budget_lines
    late = json.loads(tertial("period", "late", locked, "--period", PERIOD, "--json").out)
    told = {
        (row["project"], row["column"]): sorted(lines[one].budget_year for one in row["budget_lines"]) for row in late
    }
    assert told[SCHOOL, "revised_budget"] == [2023]
    assert told[SCHOOL, "total_budget"] == [2023, 2024]
    assert told[other, "revised_budget"] == told[other, "total_budget"] == [2023]


def test_a_late_change_of_spending_names_the_ledger_that_it_came_with(tertial: Run, locked: Path) -> None:
    sums = [LedgerSum(project=ProjectId(made_id(0)), year=2023, month=12, amount=700_000)]
    with closing(open_store(locked)) as store:
        store.load()
        store.commit(added(message("Regnskap"), [batch_of(sums, made_id(6000))]), sign())
    late = json.loads(tertial("period", "late", locked, "--period", PERIOD, "--json").out)
    assert {(row["project"], row["column"], *row["batches"]) for row in late if row["project"]} == {
        (SCHOOL, "actual", "regnskap"),
        (SCHOOL, "total_spent", "regnskap"),
    }


def test_what_is_reported_of_a_project_is_its_own_and_of_the_period(tertial: Run, tmp_path: Path) -> None:
    school, other = ProjectId(made_id(0)), ProjectId(made_id(1))
    planned = date(2024, 6, 1)
    milestones = [
        Milestone(
            id=RecordId(made_id(9100 + at)),
            thread=RecordId(made_id(8100 + at)),
            project=of,
            period=period,
            name=name,
            planned=planned,
        )
        for at, (of, period, name) in enumerate(
            [
                (school, PERIOD, "Byggestart"),
                (other, PERIOD, "Overtakelse"),
                (school, Period(2023, Part.T1), "Prosjektering"),
            ]
        )
    ]
    path = write(tmp_path / "Milepæler.tertial", [*portfolio_records(), *milestones])
    assert tertial("period", "lock", path, "--period", PERIOD, "--accept-unapproved").code == 0
    kept = {row.project: row.details for row in stored(path).reported_projects.values()}
    assert [name in kept[school] for name in ("Byggestart", "Overtakelse", "Prosjektering")] == [True, False, False]
    assert [name in kept[other] for name in ("Byggestart", "Overtakelse", "Prosjektering")] == [False, True, False]


def test_what_was_carried_into_a_period_unchanged_is_to_be_confirmed() -> None:
    school, other, earlier = ProjectId("skole"), ProjectId("bro"), Period(2023, Part.T2)
    quarter = Quarter(2025, 4)
    said = {"completion": quarter, "final_cost_forecast": 5_000_000, "contingency_left": 1_000_000}

    def asked(now: dict[str, Any], *milestones: Milestone, of_both: Completion = quarter) -> list[str]:
        statuses = [
            Status(id=RecordId("s1"), project=school, period=earlier, **said | {"completion": of_both}),
            Status(id=RecordId("s2"), project=school, period=PERIOD, **now),
            Status(id=RecordId("s3"), project=other, period=PERIOD, completion=Quarter(2030, 1)),
        ]
        states = [PeriodState(id=RecordId(str(one)), period=one) for one in (earlier, PERIOD)]
        portfolio = apply(Portfolio(), added(message("Prøve"), [*statuses, *states, *milestones]))
        return [one.text.split(" {")[0] for one in to_confirm(portfolio, PERIOD, school)]

    def milestone(project: ProjectId, period: Period, planned: date, reached: date | None = None) -> Milestone:
        kept, thread = RecordId("m"), RecordId("t")
        return Milestone(
            id=kept, thread=thread, name="Byggestart", project=project, period=period, planned=planned, reached=reached
        )

    assert asked(said) == ["ferdigstillelse", "sluttprognose", "gjenstående usikkerhetsavsetning"]
    for state, told in (
        (State.FINISHED, "at prosjektet er ferdig"),
        (State.NOT_SET, "at ferdigstillelse ikke er satt"),
    ):
        assert asked(said | {"completion": state}, of_both=state)[0] == told
    assert asked(said | {"contingency_left": 900_000}) == ["ferdigstillelse", "sluttprognose"]
    assert asked(said | {"completion": Quarter(2026, 1), "final_cost_forecast": None, "contingency_left": None}) == []
    moved = said | {"completion": Quarter(2026, 1), "final_cost_forecast": 1, "contingency_left": 1}
    last_day = date(2023, 12, 31)
    assert asked(moved, milestone(school, PERIOD, last_day)) == ["milepælen «{name}» skulle vært nådd"]
    assert asked(moved, milestone(school, PERIOD, date(2024, 1, 1))) == []
    assert asked(moved, milestone(school, PERIOD, last_day, reached=last_day)) == []
    assert asked(moved, milestone(school, earlier, last_day)) == []
    assert asked(moved, milestone(other, PERIOD, last_day)) == []


def test_sums_of_a_locked_period_that_were_changed_behind_tertials_back_are_noticed(tertial: Run, locked: Path) -> None:
    with unguarded(locked) as other:
        assert other.execute("UPDATE other_projects SET actual = actual + 1000 WHERE period = '2023-Y'").rowcount == 1
    said = tertial("verify", locked, "--period", PERIOD)
    assert said.code == 1
    assert said.out.strip()


def test_a_project_that_ended_in_an_earlier_year_is_not_carried_on(tertial: Run, tmp_path: Path) -> None:
    ended = [
        replace(one, phase=Phase.CLOSED) if isinstance(one, Status) and one.project == made_id(0) else one
        for one in portfolio_records()
    ]
    path = write(tmp_path / "Ferdig.tertial", ended)
    later = Period(2024, Part.T1)
    assert tertial("period", "open", path, "--period", later).code == 0
    carried = {one.project for one in stored(path).statuses.values() if one.period == later}
    assert ProjectId(made_id(0)) not in carried
    assert ProjectId(made_id(1)) in carried
