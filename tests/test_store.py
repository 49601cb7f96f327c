"""What the portfolio file promises: nothing lost, nothing half done, nothing changed without its being noticed."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db import journal
from db.journal import Signature
from db.schema import APPLICATION_ID
from db.store import Store, new_store, open_store
from db.trouble import Trouble
from tests.meddling import unguarded
from tracker.edits import Change, Edit, added, apply
from tracker.kinds import (
    BudgetKind,
    CommentKind,
    FundingSource,
    FundingTag,
    LedgerContent,
    Light,
    Phase,
    PrintedOf,
    VatConvention,
)
from tracker.messages import message
from tracker.model import (
    BudgetLine,
    CodeMatch,
    Comment,
    Contract,
    Decision,
    DeviationSplit,
    Dismissal,
    FundingLine,
    LedgerBatch,
    LedgerSum,
    LightOverride,
    Milestone,
    OtherProjects,
    Passage,
    PeriodLock,
    PeriodState,
    PlanYear,
    Portfolio,
    PrintedFigures,
    Project,
    ProjectId,
    Record,
    RecordId,
    ReportedProject,
    Risk,
    Setting,
    SpendingPlan,
    StatementLine,
    Status,
    Subproject,
    SubprojectId,
)
from tracker.periods import Part, Period
from tracker.quarters import Quarter, State, UnreadCompletion
from ui.commands.opening import load_portfolio

ROOT = Path(__file__).parents[1]
LABEL = message("Test av {what}", what="lagring")
YEAR = Period(2023, Part.YEAR)
KRONER = st.integers(-(2**62), 2**62)
WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40)
IDS = st.uuids(version=4).map(str)


def sign() -> Signature:
    return Signature(who="Kari", at="2024-02-01T10:00:00+00:00", way="test", entry_id=str(uuid4()))


def everything(project: ProjectId) -> list[Record]:
    """Return one record of each kind that stands on a project, with all its fields set."""
    subproject = SubprojectId(str(uuid4()))
    entry = LedgerSum(
        project=project,
        subproject=subproject,
        account="0230",
        year=2023,
        month=12,
        amount=-7,
        funding=FundingSource.SALE,
    )
    orphan = LedgerSum(project=None, code="99998", year=2023, month=1, amount=11)
    opening = LedgerSum(project=project, year=2022, month=12, amount=10**15, opening=True)
    new = lambda: RecordId(str(uuid4()))  # noqa: E731
    return [
        Project(
            id=project,
            name="Skole på Åsen",
            code="I10001",
            case_numbers="22/1234",
            service_area="Oppvekst",
            department="Eiendom",
            responsible="Ola",
            funding_tags=frozenset(FundingTag),
            position=3,
        ),
        Subproject(id=subproject, project=project, code="I41042", name="Tak"),
        BudgetLine(
            id=new(),
            project=project,
            subproject=subproject,
            kind=BudgetKind.GRANT,
            budget_year=2023,
            year_amount=1,
            total_amount=-2,
            takes_effect=date(2023, 6, 14),
            decision=Decision(body="KS", number="109/23", on=date(2023, 6, 14)),
            funding_source=FundingSource.LOAN,
            note="tillegg",
        ),
        LedgerBatch(
            id=new(),
            source="hovedbok.xlsx",
            source_hash="ab",
            content=LedgerContent.BALANCES,
            year=2023,
            first_month=1,
            last_month=12,
            line_count=2,
            total=10**15 - 7,
            profile="Hovedbok",
            vat=VatConvention.NET,
            control_total=3,
            is_keyed=True,
            sums=(entry, opening, orphan),
        ),
        Status(
            id=new(),
            project=project,
            period=YEAR,
            text="=SUM(A1)\nÆØÅ  to  mellomrom ",
            completion=UnreadCompletion("til høsten"),
            phase=Phase.TAKEN_OVER,
            year_end_forecast=-1,
            final_cost_forecast=2**40,
            moved_by="Kari",
            moved_on=date(2024, 1, 2),
            split=DeviationSplit(timing=1, cost=-2, scope=3, other=4),
            economy=LightOverride(light=Light.RED, reason="Usikkert"),
            progress=LightOverride(light=Light.GREEN, reason="I rute"),
            risk=LightOverride(light=Light.YELLOW, reason="Grunn"),
            contingency_left=5,
            p50=6,
            p85=7,
        ),
        OtherProjects(id=new(), period=YEAR, name="Øvrige", total_budget=1, total_spent=2, revised_budget=3, actual=4),
        PrintedFigures(
            id=new(),
            period=YEAR,
            of=PrintedOf.PROJECT,
            project=project,
            name="Skole",
            total_budget=None,
            total_spent=None,
            revised_budget=1,
            actual=2,
            deviation=-2,
        ),
        StatementLine(
            id=new(),
            period=YEAR,
            paragraph=1,
            position=0,
            label="Sum",
            previous_actual=1,
            actual=2,
            revised_budget=3,
            original_budget=4,
            deviation=1,
            is_sum=True,
        ),
        CodeMatch(id=new(), code="99999", project=project, subproject=subproject),
        PlanYear(id=new(), project=project, first_year=2024, year=2026, amount=5, source="Økonomiplan"),
        FundingLine(
            id=new(),
            project=project,
            budget_year=2023,
            source=FundingSource.GRANT,
            amount=9,
            takes_effect=date(2023, 1, 1),
            decision=Decision(body="KS", number="1/23", on=date(2022, 12, 14)),
        ),
        Comment(
            id=new(),
            project=project,
            period=YEAR,
            kind=CommentKind.RETURN,
            by="Kari",
            at=datetime(2024, 1, 20, 10, 30, tzinfo=UTC),
            text="Hva dekker avviket?",
        ),
        Dismissal(
            id=new(),
            project=project,
            period=YEAR,
            rule="text-amount",
            quote="13,4 mill.",
            basis="a" * 64,
            reason="Gjelder hele området",
            by="Kari",
            at=datetime(2024, 1, 21, 9, 5, tzinfo=UTC),
        ),
        Passage(
            id=new(), project=project, period=YEAR, position=3, source="kapittel.txt", text="Skolen er tatt i bruk."
        ),
        Milestone(
            id=new(),
            thread=new(),
            project=project,
            period=YEAR,
            name="Overtakelse",
            planned=date(2024, 8, 1),
            reached=date(2024, 9, 1),
        ),
        Risk(
            id=new(),
            thread=new(),
            project=project,
            period=YEAR,
            title="Grunnforhold",
            consequence=2**40,
            likelihood=30,
            measure="Boring",
            owner="Ola",
            is_over=True,
        ),
        Contract(
            id=new(),
            thread=new(),
            project=project,
            period=YEAR,
            supplier="Bygg AS",
            title="Entreprise",
            amount=10,
            invoiced=4,
            vat=VatConvention.GROSS,
            signed=date(2023, 3, 1),
        ),
        SpendingPlan(id=new(), project=project, period=YEAR, amounts=tuple(range(12))),
        PeriodLock(
            id=new(),
            period=YEAR,
            revision=1,
            locked_by="Kari",
            locked_at=datetime(2024, 2, 20, tzinfo=UTC),
            fingerprint="f" * 64,
        ),
        ReportedProject(
            id=new(),
            period=YEAR,
            revision=1,
            project=project,
            position=0,
            total_budget=None,
            total_spent=None,
            original_budget=None,
            revised_budget=1,
            actual=2,
            details="{}",
        ),
        PeriodState(id=new(), period=YEAR, deadline=date(2024, 2, 15), rounded_to=1000),
        Setting(id=RecordId("municipality"), value="Storåsen kommune"),
    ]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "Mappe med æøå" / "Portefølje 2023.tertial"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    path.parent.mkdir()
    with new_store(path) as made:
        made.commit(added(LABEL, everything(ProjectId(str(uuid4())))), sign())
    with closing(open_store(path)) as opened:
        yield opened


def test_every_kind_of_record_comes_back_as_it_was(path: Path) -> None:
    path.parent.mkdir()
    records = everything(ProjectId(str(uuid4())))
    edit = added(LABEL, records)
    with new_store(path) as made:
        made.commit(edit, sign())
    with closing(open_store(path)) as opened:
        assert opened.load() == apply(Portfolio(), edit)


PROJECTS = st.builds(
    Project,
    id=IDS.map(ProjectId),
    name=WORDS.filter(bool),
    service_area=st.none() | WORDS.filter(bool),
    funding_tags=st.frozensets(st.sampled_from(FundingTag)),
    position=st.integers(0, 10**6),
)
COMPLETIONS = st.sampled_from(State) | st.builds(Quarter, st.integers(1900, 2199), st.integers(1, 4))


@given(data=st.data())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_committed_is_what_is_loaded(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    """Random edits, one after another: the portfolio in memory and the one in the file stay the same."""
    portfolio = Portfolio()
    path = tmp_path_factory.mktemp("portfolio") / "p.tertial"
    with new_store(path) as store:
        for _ in range(data.draw(st.integers(1, 4))):
            edit = data.draw(edits(portfolio))
            store.commit(edit, sign())
            portfolio = apply(portfolio, edit)
            assert store.load() == portfolio
        assert store.verify() == []


@st.composite
def edits(draw: st.DrawFn, portfolio: Portfolio) -> Edit:
    new = draw(st.lists(PROJECTS, max_size=3, unique_by=lambda project: project.id))
    changes = [Change(None, project) for project in new if project.id not in portfolio.projects]
    for project in new:
        status = Status(
            id=RecordId(str(draw(st.uuids(version=4)))),
            project=project.id,
            period=YEAR,
            text=draw(WORDS),
            completion=draw(COMPLETIONS),
            year_end_forecast=draw(st.none() | KRONER),
        )
        if project.id not in portfolio.projects:
            changes.append(Change(None, status))
    rewritten = [
        Change(status, draw(st.none() | st.just(replace(status, text=draw(WORDS)))))
        for status in portfolio.statuses.values()
        if draw(st.booleans())
    ]
    return Edit(LABEL, (*changes, *rewritten))


def test_every_change_is_in_the_journal_with_who_when_old_and_new(store: Store) -> None:
    (status,) = store.load().statuses.values()
    after = replace(status, text="Ny tekst")
    store.commit(Edit(LABEL, (Change(status, after),)), sign())
    last = list(store.journal())[-1]
    ((table, record_id, old, new),) = last.plain_changes()
    assert (last.who, last.at, last.way) == ("Kari", "2024-02-01T10:00:00+00:00", "test")
    assert (table, record_id) == ("status", status.id)
    assert old is not None
    assert new is not None
    assert (old["text"], new["text"]) == (status.text, "Ny tekst")


def test_an_edit_that_the_database_refuses_leaves_no_trace(store: Store) -> None:
    before, entries = store.load(), len(list(store.journal()))
    (project,) = before.projects.values()
    double = replace(project, id=ProjectId(str(uuid4())))
    other = Project(id=ProjectId(str(uuid4())), name="Uten kode")
    with pytest.raises(sqlite3.IntegrityError):
        store.commit(added(LABEL, [other, double]), sign())
    assert store.load() == before
    assert len(list(store.journal())) == entries


def test_an_edit_of_what_another_window_changed_is_refused(store: Store, path: Path) -> None:
    (status,) = store.load().statuses.values()
    with closing(open_store(path)) as another:
        another.commit(Edit(LABEL, (Change(status, None),)), sign())
    with pytest.raises(Trouble, match="annet vindu"):
        store.commit(Edit(LABEL, (Change(status, replace(status, text="Sent")),)), sign())


def test_an_edit_of_a_file_that_has_changed_since_it_was_read_is_refused_though_it_touches_nothing_of_that(
    store: Store, path: Path
) -> None:
    """Its journal would go on from what nobody has seen: also where a failing disk kept what it said it could not."""
    (status,) = store.load().statuses.values()
    with closing(open_store(path)) as another:
        another.commit(added(LABEL, [Project(id=ProjectId(str(uuid4())), name="Ny")]), sign())
    change = Edit(LABEL, (Change(status, replace(status, text="Sent")),))
    with pytest.raises(Trouble, match="annet vindu"):
        store.commit(change, sign())
    store.load()
    store.commit(change, sign())
    assert store.verify() == []


def test_a_new_file_appears_only_when_it_is_whole(path: Path) -> None:
    path.parent.mkdir()

    def stopped_halfway() -> None:
        with new_store(path) as made:
            made.commit(added(LABEL, everything(ProjectId(str(uuid4())))), sign())
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stopped_halfway()
    assert list(path.parent.iterdir()) == []


def test_a_file_of_that_name_is_never_overwritten(path: Path) -> None:
    path.parent.mkdir()
    path.write_text("mitt")
    with pytest.raises(Trouble, match="finnes fra før"), new_store(path):
        pass
    assert path.read_text() == "mitt"


def test_the_file_is_one_file_at_rest_and_marked_as_ours(store: Store, path: Path) -> None:
    store.close()
    assert [file.name for file in path.parent.iterdir()] == [path.name]
    assert int.from_bytes(path.read_bytes()[68:72]) == APPLICATION_ID


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "ikke en Tertial-fil"),
        (b"PK\x03\x04 en regnearkfil", "ikke en Tertial-fil"),
        (b"SQLite format 3\0" + bytes(200), "ikke en Tertial-fil"),
    ],
)
def test_a_file_that_is_not_ours_is_told_in_a_sentence(tmp_path: Path, content: bytes, sentence: str) -> None:
    file = tmp_path / "annet.tertial"
    file.write_bytes(content)
    with pytest.raises(Trouble, match=sentence):
        open_store(file)
    assert file.read_bytes() == content


def test_a_missing_file_and_a_folder_are_told_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="Finner ikke"):
        open_store(tmp_path / "borte.tertial")
    with pytest.raises(Trouble, match="er en mappe"):
        open_store(tmp_path)


def test_a_file_from_a_newer_program_is_left_alone(store: Store, path: Path) -> None:
    store.close()
    header = bytearray(path.read_bytes())
    header[60:64] = (99).to_bytes(4)
    path.write_bytes(header)
    with pytest.raises(Trouble, match="nyere versjon av Tertial"):
        open_store(path)
    assert path.read_bytes() == header


def test_a_truncated_file_is_told_in_a_sentence(store: Store, path: Path) -> None:
    store.close()
    path.write_bytes(path.read_bytes()[:9000])
    with pytest.raises(Trouble, match="skadet"):
        load_portfolio(path)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE budget_line SET year_amount = 2",
        "UPDATE status SET text = 'noe annet'",
        "UPDATE ledger_sum SET amount = amount + 1",
        "DELETE FROM statement_line",
        "INSERT INTO setting (id, value) VALUES ('limit.year_kroner', '1')",
    ],
)
def test_content_changed_behind_our_back_is_noticed_and_named(store: Store, path: Path, statement: str) -> None:
    store.close()
    with unguarded(path) as stranger:
        stranger.execute(statement)
    with closing(open_store(path, read_only=True)) as opened:
        with pytest.raises(Trouble, match="endret utenfor Tertial"):
            opened.load()
        assert len(opened.verify()) >= 1


def test_a_changed_journal_is_noticed(store: Store, path: Path) -> None:
    store.close()
    with unguarded(path) as stranger:
        stranger.execute("UPDATE journal SET who = 'Per'")
    with closing(open_store(path, read_only=True)) as opened:
        assert [problem.values["seq"] for problem in opened.verify()] == [1]


def test_changed_ledger_lines_are_noticed(store: Store, path: Path) -> None:
    store.close()
    with closing(sqlite3.connect(path)) as stranger:
        stranger.execute("INSERT INTO ledger_stretch SELECT id, 0, 1, x'00' FROM ledger_batch")
        stranger.commit()
    with closing(open_store(path, read_only=True)) as opened:
        assert len(opened.verify()) == 1


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal SET who = 'Per'",
        "DELETE FROM journal",
        "REPLACE INTO journal SELECT * FROM journal",
        "DROP TRIGGER journal_is_never_changed",
        "DROP TABLE journal",
        "ALTER TABLE journal RENAME TO gammel",
        "PRAGMA writable_schema = ON",
        "PRAGMA recursive_triggers = OFF",
    ],
)
def test_history_cannot_be_changed_over_the_programs_own_connection(store: Store, statement: str) -> None:
    before = list(store.journal())
    with pytest.raises(sqlite3.DatabaseError):
        store._connection.execute(statement)  # noqa: SLF001  this is the connection that the promise is about
    assert list(store.journal()) == before


def test_a_copy_that_is_read_only_can_be_read(store: Store, path: Path) -> None:
    before = store.load()
    store.close()
    path.chmod(0o444)
    with closing(open_store(path, read_only=True)) as opened:
        assert opened.load() == before


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


@pytest.mark.skipif(sys.platform == "win32", reason="no kill -9 there")
@pytest.mark.parametrize("read_only", [True, False])
def test_a_kill_in_the_middle_of_a_commit_leaves_what_was_before(store: Store, path: Path, *, read_only: bool) -> None:
    before = store.load()
    store.close()
    killed = subprocess.run([sys.executable, "-c", KILLED_IN_A_COMMIT, str(path)], check=False, cwd=ROOT)
    assert killed.returncode == -9
    assert path.with_name(f"{path.name}-journal").exists()
    with closing(open_store(path, read_only=read_only)) as opened:
        assert opened.load() == before
        assert opened.verify() == []


GARBLED = {"all of it": slice(0, 512), "its version": slice(60, 64), "whose it is": slice(68, 72)}


@pytest.mark.skipif(sys.platform == "win32", reason="no kill -9 there")
@pytest.mark.parametrize("garbled", GARBLED.values(), ids=GARBLED)
def test_a_first_page_that_a_power_cut_left_neither_old_nor_new_is_mended(
    store: Store, path: Path, garbled: slice
) -> None:
    """It says whose the file is, which is looked at before SQLite may mend it."""
    before = store.load()
    store.close()
    code = KILLED_IN_A_COMMIT.replace('"UPDATE', '"PRAGMA application_id = 7")\nconnection.execute("UPDATE')
    subprocess.run([sys.executable, "-c", code, str(path)], check=False, cwd=ROOT)
    content = bytearray(path.read_bytes())
    content[garbled] = b"\xa5" * len(content[garbled])
    path.write_bytes(content)
    with closing(open_store(path)) as opened:
        assert opened.load() == before
        assert opened.verify() == []


def test_the_journal_replays_to_the_records(store: Store) -> None:
    (status,) = store.load().statuses.values()
    store.commit(Edit(LABEL, (Change(status, replace(status, text="Én")),)), sign())
    store.commit(Edit(LABEL, (Change(replace(status, text="Én"), None),)), sign())
    replayed = journal.replay(store.journal())
    assert ("status", status.id) not in replayed
    assert len(replayed) == len(everything(ProjectId(str(UUID(int=0))))) - 1
    assert store.verify() == []
