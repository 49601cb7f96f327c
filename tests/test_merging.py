"""What becomes of two people's changes to one project, kind by kind, and what stands in the way of a merge."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, date, datetime

import pytest

from tests.histories.laptop import Laptop, new_id, plainly
from tests.histories.machine import PERIOD, PROJECTS, beginning
from tracker.actions import set_value, status_of
from tracker.edits import Change, Edit, added, changed, compacted
from tracker.kinds import (
    BudgetKind,
    CommentKind,
    LedgerContent,
    PeriodStage,
    StatusState,
    VatConvention,
)
from tracker.merging.law import LAWS
from tracker.merging.lineage import Author, Lineage, Written
from tracker.merging.plan import Choice, Incoming, MergePlan, Verdict
from tracker.merging.settling import Choices, Settler, accept, settle
from tracker.merging.words import titled, version_text
from tracker.messages import Refusal, message
from tracker.model import (
    FIELD_OF,
    BudgetLine,
    Comment,
    Contract,
    LedgerBatch,
    LedgerSum,
    Milestone,
    PeriodLock,
    Project,
    Record,
    RecordId,
    SentPackage,
    Setting,
    SpendingPlan,
    Status,
)
from tracker.plain import record_of
from tracker.quarters import parse_completion
from tracker.taking_back import taken_back
from tracker.workflow import Mover, approve, submit, take_back
from ui.words import words_in

NOW = datetime(2026, 5, 2, 12, tzinfo=UTC)
FIRST = PROJECTS[0]
LABEL = message("Endret")


@pytest.fixture
def home() -> Laptop:
    return beginning()


@pytest.fixture
def package(home: Laptop) -> Laptop:
    return home.package_for("Kari", frozenset(PROJECTS[:2]))


def write(laptop: Laptop, value: object, *, field: str = "text", project: str = FIRST) -> str:
    edit = set_value(laptop.portfolio, PERIOD, project, field=field, value=value, new_id=new_id)  # type: ignore[arg-type]
    return laptop.perform(edit)


def add(laptop: Laptop, *records: Record) -> str:
    return laptop.perform(added(LABEL, records))


def change(laptop: Laptop, before: Record, **values: object) -> str:
    return laptop.perform(changed(LABEL, before, replace(before, **values)))  # type: ignore[arg-type]


def merge(into: Laptop, came: Laptop, choices: Choices | None = None) -> tuple[MergePlan, str]:
    plan = into.plan(came)
    merged = settle(into.portfolio, plan, choices or {}, Settler(who="Ola", at=NOW, new_id=new_id))
    return plan, into.perform(merged.edit, lineage=merged.lineage)


def undo(laptop: Laptop, entry: str) -> None:
    written = next(one for one in laptop.entries if one.id == entry)
    changes = tuple(
        Change(*(None if values is None else record_of(kind, values) for values in (before, after)))
        for kind, before, after in written.changes
    )
    laptop.perform(taken_back(laptop.portfolio, Edit(LABEL, changes)), lineage=Lineage(undid=entry))


def only(plan: MergePlan) -> Incoming:
    (item,) = plan.items
    return item


def text_of(laptop: Laptop, project: str = FIRST) -> str:
    status = status_of(laptop.portfolio, project, PERIOD)  # type: ignore[arg-type]
    return "" if status is None else status.text


def lock(laptop: Laptop) -> None:
    state = laptop.portfolio.state_of(PERIOD)
    assert state is not None
    made = PeriodLock(
        id=RecordId(new_id()),
        period=PERIOD,
        revision=state.revision + 1,
        locked_by="Ola",
        locked_at=NOW,
        fingerprint="0" * 64,
    )
    after = replace(state, stage=PeriodStage.LOCKED, revision=state.revision + 1)
    laptop.perform(Edit(LABEL, (Change(None, made), Change(state, after))))


def milestone(name: str, **values: object) -> Milestone:
    made = Milestone(
        id=RecordId(new_id()),
        thread=RecordId(new_id()),
        project=FIRST,
        period=PERIOD,
        name=name,
        planned=date(2026, 9, 1),
    )
    return replace(made, **values)  # type: ignore[arg-type]


# --- two people, one project --------------------------------------------------------------------------------------


def test_two_fields_of_one_status_both_survive(home: Laptop, package: Laptop) -> None:
    write(package, "Kari skrev dette")
    write(home, 5_000, field="year_end_forecast")
    plan, _ = merge(home, package)
    status = status_of(home.portfolio, FIRST, PERIOD)
    assert [item.verdict for item in plan.items] == [Verdict.NEW]
    assert status is not None
    assert (status.text, status.year_end_forecast) == ("Kari skrev dette", 5_000)


def test_a_status_that_both_began_becomes_one(home: Laptop, package: Laptop) -> None:
    write(package, "Kari skrev dette", project=PROJECTS[1])
    third = home.package_for("Per", frozenset(PROJECTS[2:3]))
    write(third, "Per skrev dette", project=PROJECTS[2])
    write(home, 7_000, field="p50", project=PROJECTS[2])
    merge(home, third)
    (status,) = (one for one in home.portfolio.statuses.values() if one.project == PROJECTS[2])
    assert (status.text, status.p50) == ("Per skrev dette", 7_000)


def test_a_collision_shows_what_it_was_what_it_is_and_what_it_would_be(home: Laptop, package: Laptop) -> None:
    write(package, "Kari skrev dette")
    write(home, "Ola skrev dette")
    item = only(home.plan(package))
    assert item.verdict is Verdict.COLLISION
    assert [version_text(version, item) for version in (item.base, item.ours, item.theirs)] == [
        "Som før",
        "Ola skrev dette",
        "Kari skrev dette",
    ]
    assert [author.who for author in item.authors] == ["Kari"]
    assert item.suggestion is Choice.THEIRS, "a text is the project manager's"


def test_what_is_kept_here_is_what_the_next_package_has(home: Laptop, package: Laptop) -> None:
    write(package, "Kari skrev dette")
    write(home, "Ola skrev dette")
    item = only(home.plan(package))
    merge(home, package, {item.place: Choice.OURS})
    assert text_of(home) == "Ola skrev dette"
    newer = home.package_for("Kari", frozenset(PROJECTS[:2]))
    assert newer.plan(package).items == ()
    assert text_of(newer) == "Ola skrev dette"


def test_two_controllers_choose_and_nobody_is_asked_to_choose_for_them(home: Laptop) -> None:
    """A collision between two whole copies has no owner, so it must be decided."""
    copy = home.copied("Per")
    write(copy, "Per skrev dette")
    write(home, "Ola skrev dette")
    plan = home.plan(copy)
    assert only(plan).suggestion is None
    with pytest.raises(Refusal) as refused:
        settle(home.portfolio, plan, {}, Settler(who="Ola", at=NOW, new_id=new_id))
    assert len(refused.value.details) == 1


def test_a_package_that_comes_again_brings_nothing(home: Laptop, package: Laptop) -> None:
    write(package, "Kari skrev dette")
    merge(home, package)
    write(home, "Ola rettet det")
    plan = home.plan(package)
    assert plan.is_nothing
    assert text_of(home) == "Ola rettet det"


def test_an_older_copy_of_a_package_that_comes_late_brings_nothing(home: Laptop, package: Laptop) -> None:
    write(package, "Første utgave")
    early = package.copied()
    write(package, "Siste utgave")
    merge(home, package)
    assert home.plan(early).is_nothing
    assert text_of(home) == "Siste utgave"


def test_nothing_is_taken_when_everything_is_kept(home: Laptop, package: Laptop) -> None:
    write(package, "Kari skrev dette")
    add(package, milestone("Overtakelse"))
    before = home.portfolio
    merge(home, package, accept(home.plan(package), Choice.OURS))
    assert home.portfolio == before
    assert home.plan(package).is_nothing


# --- the merge taken back --------------------------------------------------------------------------------------------


def test_a_merge_taken_back_is_as_if_it_had_not_been(home: Laptop, package: Laptop) -> None:
    write(package, "Kari skrev dette")
    add(package, milestone("Overtakelse"))
    write(home, "Ola skrev dette")
    before, first = home.portfolio, home.plan(package)
    _, entry = merge(home, package)
    undo(home, entry)
    again = home.plan(package)
    assert home.portfolio == before
    assert [(one.place, one.verdict) for one in again.items] == [(one.place, one.verdict) for one in first.items]


def test_a_package_that_went_out_between_a_merge_and_its_undo_does_not_bring_it_back(
    home: Laptop, package: Laptop
) -> None:
    write(package, "Kari skrev dette")
    _, entry = merge(home, package)
    between = home.package_for("Kari", frozenset(PROJECTS[:2]))
    undo(home, entry)
    write(between, 3_000, field="p85")
    plan, _ = merge(home, between)
    assert [item.place.unit for item in plan.items] == ["p85"]
    assert text_of(home) == "Som før"


def test_a_submitted_status_that_came_is_taken_back_with_the_merge(home: Laptop, package: Laptop) -> None:
    before = home.portfolio
    write(package, "Kari skrev dette")
    change(package, _status(package), state=StatusState.SUBMITTED, moved_by="Kari", moved_on=date(2026, 5, 1))
    _, entry = merge(home, package)
    assert _status(home).state is StatusState.SUBMITTED
    undo(home, entry)
    assert home.portfolio == before


def test_a_comment_that_came_goes_with_the_merge(home: Laptop, package: Laptop) -> None:
    before = home.portfolio
    add(package, Comment(id=RecordId(new_id()), project=FIRST, period=PERIOD, by="Kari", at=NOW, text="Se her"))
    _, entry = merge(home, package)
    assert [one.text for one in home.portfolio.comments.values()] == ["Se her"]
    undo(home, entry)
    assert home.portfolio == before


# --- what was submitted, approved and locked -------------------------------------------------------------------------


def _status(laptop: Laptop) -> Status:
    status = status_of(laptop.portfolio, FIRST, PERIOD)
    assert status is not None
    return status


def _move(laptop: Laptop, *states: StatusState) -> None:
    for state in states:
        change(laptop, _status(laptop), state=state, moved_by=laptop.name, moved_on=date(2026, 5, 1))


def test_what_was_written_on_after_it_was_taken_back_comes_though_it_was_submitted_here(
    home: Laptop, package: Laptop
) -> None:
    write(package, "Første utgave")
    _move(package, StatusState.SUBMITTED)
    merge(home, package)
    _move(package, StatusState.DRAFT)
    write(package, "Siste utgave")
    _move(package, StatusState.SUBMITTED)
    merge(home, package)
    assert (_status(home).text, _status(home).state) == ("Siste utgave", StatusState.SUBMITTED)


def test_what_comes_to_a_status_that_was_approved_meanwhile_waits_until_it_is_sent_back(
    home: Laptop, package: Laptop
) -> None:
    write(package, "Første utgave")
    _move(package, StatusState.SUBMITTED)
    merge(home, package)
    _move(home, StatusState.APPROVED)
    _move(package, StatusState.DRAFT)
    write(package, "Siste utgave")
    plan, _ = merge(home, package)
    assert {item.verdict for item in plan.items} == {Verdict.SETTLED}
    assert (_status(home).text, _status(home).state) == ("Første utgave", StatusState.APPROVED)
    _move(home, StatusState.DRAFT)
    merge(home, package, accept(home.plan(package), Choice.THEIRS))
    assert _status(home).text == "Siste utgave"


def test_a_package_approves_nothing(home: Laptop, package: Laptop) -> None:
    write(package, "Kari skrev dette")
    _move(package, StatusState.SUBMITTED)
    with pytest.raises(Refusal):
        _move(package, StatusState.APPROVED)
    package.portfolio = replace(
        package.portfolio,
        statuses={_status(package).id: replace(_status(package), state=StatusState.APPROVED)},
    )
    verdicts = {item.place.unit: item.verdict for item in home.plan(package).items}
    assert verdicts["state"] is Verdict.NOT_THEIRS


def test_what_comes_after_the_locking_is_stopped_and_the_rest_comes(home: Laptop, package: Laptop) -> None:
    write(package, "For sent")
    add(package, Comment(id=RecordId(new_id()), project=FIRST, period=PERIOD, by="Kari", at=NOW, text="Sent ute"))
    lock(home)
    plan, _ = merge(home, package)
    assert {item.place.kind: item.verdict for item in plan.items} == {Status: Verdict.LOCKED, Comment: Verdict.NEW}
    assert text_of(home) == "Som før"
    assert [one.text for one in home.portfolio.comments.values()] == ["Sent ute"]


def test_what_was_stopped_is_offered_again_when_the_period_is_open(home: Laptop, package: Laptop) -> None:
    write(package, "For sent")
    lock(home)
    merge(home, package)
    state = home.portfolio.state_of(PERIOD)
    assert state is not None
    change(home, state, stage=PeriodStage.OPEN, reopened_because="Glemt en tekst")
    plan, _ = merge(home, package)
    assert only(plan).verdict is Verdict.NEW
    assert text_of(home) == "For sent"


def test_what_came_too_late_can_be_kept_as_a_comment_to_the_locked_period(home: Laptop, package: Laptop) -> None:
    write(package, "For sent")
    write(package, 9_000_000, field="year_end_forecast")
    lock(home)
    plan = home.plan(package)
    merge(home, package, {item.place: Choice.AS_COMMENT for item in plan.items})
    (comment,) = home.portfolio.comments.values()
    assert (comment.kind, comment.by) == (CommentKind.LATE, "Kari")
    assert comment.text == "Statustekst: For sent\nPrognose for året: 9\u00a0000"
    assert home.plan(package).is_nothing


# --- the law ----------------------------------------------------------------------------------------------------


def test_a_package_refuses_what_is_the_controllers(package: Laptop) -> None:
    project = package.portfolio.projects[FIRST]
    with pytest.raises(Refusal, match="Dette er en pakke"):
        change(package, project, name="Et annet navn")
    with pytest.raises(Refusal, match="Dette er en pakke"):
        add(package, _budget_line(1_000))


def test_what_is_the_controllers_is_not_taken_from_a_package_unless_somebody_says_so(
    home: Laptop, package: Laptop
) -> None:
    """The program lets nobody change it there, but a file may have been made by another."""
    project = package.portfolio.projects[FIRST]
    name = "Et annet navn"
    package.portfolio = replace(
        package.portfolio, projects={**package.portfolio.projects, FIRST: replace(project, name=name)}
    )
    package.entries.append(
        Written(
            author=Author(edit=new_id(), who="Kari", at=NOW, label=LABEL),
            changes=(plainly(Change(project, replace(project, name=name))),),
        )
    )
    plan = home.plan(package)
    assert only(plan).verdict is Verdict.NOT_THEIRS
    unchanged, _ = merge(home.copied(), package)
    assert unchanged.items == plan.items
    assert home.portfolio.projects[FIRST].name != name
    merge(home, package, {only(plan).place: Choice.THEIRS})
    assert home.portfolio.projects[FIRST].name == name


def _budget_line(amount: int, **values: object) -> BudgetLine:
    line = BudgetLine(
        id=RecordId(new_id()),
        project=FIRST,
        kind=BudgetKind.REALLOCATION,
        budget_year=2026,
        year_amount=amount,
        total_amount=amount,
        takes_effect=date(2026, 4, 1),
    )
    return replace(line, **values)  # type: ignore[arg-type]


def test_the_lines_of_a_reallocation_come_together_or_not_at_all(home: Laptop) -> None:
    copy = home.copied("Per")
    less = _budget_line(-1_000)
    more = _budget_line(1_000, project=PROJECTS[1], belongs_with=less.id)
    add(copy, less, more)
    plan = home.plan(copy)
    first, second = plan.items
    merge(home, copy, {first.place: Choice.THEIRS, second.place: Choice.OURS})
    assert home.portfolio.budget_lines == {}


def test_a_ledger_that_both_imported_is_not_counted_twice(home: Laptop) -> None:
    copy = home.copied("Per")
    for laptop in (home, copy):
        add(laptop, _batch())
    plan, _ = merge(home, copy)
    assert only(plan).verdict is Verdict.IMPOSSIBLE
    assert len(home.portfolio.ledger_batches) == 1


def test_a_ledger_that_one_imported_comes_whole(home: Laptop) -> None:
    copy = home.copied("Per")
    add(copy, _batch())
    merge(home, copy)
    (batch,) = home.portfolio.ledger_batches.values()
    assert batch.spent == 5_000


def _batch() -> LedgerBatch:
    entry = LedgerSum(project=FIRST, year=2026, month=4, amount=5_000)
    return LedgerBatch(
        id=RecordId(new_id()),
        source="Visma",
        source_hash="",
        content=LedgerContent.BALANCES,
        year=2026,
        first_month=1,
        last_month=4,
        line_count=1,
        total=5_000,
        sums=(entry,),
    )


def test_a_period_that_another_opened_comes_open_and_is_locked_in_each_file_by_itself(home: Laptop) -> None:
    copy = home.copied("Per")
    lock(copy)
    plan, _ = merge(home, copy)
    state = home.portfolio.state_of(PERIOD)
    assert plan.items == ()
    assert state is not None
    assert state.stage is PeriodStage.OPEN
    assert home.portfolio.period_locks == {}


# --- records that come and go -------------------------------------------------------------------------------------


def test_a_milestone_that_one_moved_and_another_renamed_is_both(home: Laptop) -> None:
    made = milestone("Overtakelse")
    add(home, made)
    package = home.package_for("Kari", frozenset(PROJECTS[:2]))
    change(package, made, planned=date(2026, 12, 1))
    change(home, made, name="Overtakelse av bygg B")
    merge(home, package)
    (found,) = home.portfolio.milestones.values()
    assert (found.name, found.planned) == ("Overtakelse av bygg B", date(2026, 12, 1))


def test_a_milestone_that_one_removed_and_another_moved_is_asked_about(home: Laptop) -> None:
    made = milestone("Overtakelse")
    add(home, made)
    package = home.package_for("Kari", frozenset(PROJECTS[:2]))
    package.perform(Edit(LABEL, (Change(made, None),)))
    change(home, made, planned=date(2026, 12, 1))
    item = only(home.plan(package))
    assert (item.verdict, item.theirs.record, item.ours.record is not None) == (Verdict.COLLISION, None, True)
    merge(home, package, {item.place: Choice.OURS})
    assert len(home.portfolio.milestones) == 1


def test_a_milestone_that_was_removed_here_and_moved_there_is_asked_about(home: Laptop) -> None:
    made = milestone("Overtakelse")
    add(home, made)
    package = home.package_for("Kari", frozenset(PROJECTS[:2]))
    change(package, made, planned=date(2026, 12, 1))
    home.perform(Edit(LABEL, (Change(made, None),)))
    item = only(home.plan(package))
    assert (item.verdict, item.ours.record) == (Verdict.COLLISION, None)
    merge(home, package, {item.place: Choice.THEIRS})
    (found,) = home.portfolio.milestones.values()
    assert found.planned == date(2026, 12, 1)


def test_the_amounts_of_a_contract_come_as_one(home: Laptop) -> None:
    """Gross and net are never mixed: what is bound and what is invoiced are of one VAT convention."""
    made = Contract(
        id=RecordId(new_id()), thread=RecordId(new_id()), project=FIRST, period=PERIOD, supplier="Bygg AS", amount=100
    )
    add(home, made)
    package = home.package_for("Kari", frozenset(PROJECTS[:2]))
    change(package, made, amount=125, vat=VatConvention.GROSS)
    change(home, made, invoiced=50)
    assert only(home.plan(package)).place.unit == "amounts"
    assert only(home.plan(package)).verdict is Verdict.COLLISION


def test_what_belongs_to_a_project_that_is_gone_here_is_stopped(home: Laptop, package: Laptop) -> None:
    add(package, milestone("Overtakelse"))
    status = _status(home)
    home.perform(Edit(LABEL, (Change(status, None), Change(home.portfolio.projects[FIRST], None))))
    plan, _ = merge(home, package)
    assert only(plan).verdict is Verdict.IMPOSSIBLE
    assert home.portfolio.milestones == {}


def test_a_code_that_is_taken_here_is_stopped(home: Laptop) -> None:
    copy = home.copied("Per")
    change(copy, copy.portfolio.projects[PROJECTS[0]], code="I10001")
    change(home, home.portfolio.projects[PROJECTS[1]], code="I10001")
    plan, _ = merge(home, copy)
    assert only(plan).verdict is Verdict.IMPOSSIBLE
    assert home.portfolio.projects[PROJECTS[0]].code is None


def test_a_new_project_comes_with_all_that_is_said_of_it(home: Laptop) -> None:
    copy = home.copied("Per")
    project = Project(id=new_id(), name="Nytt bad", kind=home.portfolio.projects[FIRST].kind)  # type: ignore[arg-type]
    add(copy, project, milestone("Tak", project=project.id))
    write(copy, "Begynt", project=project.id)
    merge(home, copy)
    assert project.id in home.portfolio.projects
    assert [one.name for one in home.portfolio.milestones.values()] == ["Tak"]
    assert text_of(home, project.id) == "Begynt"


def test_a_restored_portfolio_gets_back_from_a_package_what_it_lost(home: Laptop) -> None:
    """The controller's disk died, and the backup is older than the packages that are out."""
    backup = home.copied()
    write(home, "Skrevet etter sikkerhetskopien")
    package = home.package_for("Kari", frozenset(PROJECTS[:2]))
    write(package, 4_000, field="p50")
    merge(backup, package)
    assert (text_of(backup), _status(backup).p50) == ("Skrevet etter sikkerhetskopien", 4_000)


def test_that_a_package_came_back_is_noted_once(home: Laptop) -> None:
    package = home.package_for("Kari", frozenset(PROJECTS[:2]))
    sent = SentPackage(id=RecordId(package.package), recipient="Kari", made_by="Ola", made_at=NOW)
    add(home, sent)
    write(package, "Kari skrev dette")
    _, entry = merge(home, package)
    assert home.portfolio.sent_packages[sent.id].returned_at == NOW
    undo(home, entry)
    assert home.portfolio.sent_packages[sent.id] == sent


def test_a_package_holds_its_own_projects_and_no_others(home: Laptop) -> None:
    add(
        home,
        Setting(id=RecordId("limit.year_kroner"), value="1000"),
        Setting(id=RecordId("report.accent"), value="#123456"),
        SpendingPlan(id=RecordId(new_id()), project=PROJECTS[3], period=PERIOD, amounts=(1,) * 12),
    )
    package = home.package_for("Kari", frozenset(PROJECTS[:2])).portfolio
    assert set(package.projects) == set(PROJECTS[:2])
    assert {one.project for one in package.statuses.values()} <= set(PROJECTS[:2])
    assert package.spending_plans == {}
    assert set(package.settings) == {"package", "limit.year_kroner"}


def test_what_comes_is_told_by_project_period_and_field(home: Laptop, package: Laptop) -> None:
    write(package, parse_completion("4K-2027"), field="completion")
    say = words_in()
    item = only(home.plan(package))
    assert say(titled(home.portfolio, item)) == "Prosjekt 0, 1. tertialrapport 2026, Est. ferdig"
    assert version_text(item.theirs, item) == "4K-2027"


def test_a_records_changes_are_told_as_one() -> None:
    first, second, third = (
        milestone("Tak", id=RecordId("x"), thread=RecordId("y"), planned=date(2026, at, 1)) for at in (1, 2, 3)
    )
    assert compacted([Change(first, second), Change(second, third)]) == [Change(first, third)]
    assert compacted([Change(None, first), Change(first, None)]) == []


MOVER = Mover(who="Ola", at=NOW)


def test_moves_of_the_workflow_are_edits_that_merge(home: Laptop, package: Laptop) -> None:
    write(package, "Kari skrev dette")
    write(package, parse_completion("4K-2027"), field="completion")
    package.perform(submit(package.portfolio, PERIOD, [FIRST], MOVER))
    merge(home, package)
    home.perform(approve(home.portfolio, PERIOD, [FIRST], MOVER))
    with pytest.raises(Refusal):
        home.perform(take_back(home.portfolio, PERIOD, [FIRST], MOVER))
    assert home.plan(package).is_nothing


def test_every_kind_of_record_has_its_law_and_every_bound_field_is_one() -> None:
    assert set(LAWS) == set(FIELD_OF)
    for kind, law in LAWS.items():
        names = {one.name for one in fields(kind)}
        assert {*law.key, *law.bound} <= names, kind
        assert set(law.others) <= names | set(law.bound.values()), kind
