"""What a person can do to a portfolio, and what is refused, in words."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import count
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.portfolios import YEAR, portfolio_of
from tracker.actions import Entry, fill_in, fill_in_many, go_back, open_period, set_deadline, status_of
from tracker.edits import NOTHING, Edit, apply, changed
from tracker.fields import FIELD, FIELDS, PHASES
from tracker.history import Recorded, field_changes
from tracker.kinds import PeriodStage, Phase
from tracker.messages import Refusal, message
from tracker.model import Portfolio, Project, Status
from tracker.periods import Part, Period
from tracker.quarters import Quarter, State

PORTFOLIO = portfolio_of("""
Skole     | 20 000 | 5 000 | 4K-2026 | 3 000 | 2 900 | Går etter planen
Sykkelvei | -      | -     | LØPENDE | 1 000 | 1 200 |
""")
SCHOOL, ROAD = PORTFOLIO.listed_projects()
AUTUMN = Period(2024, Part.T2)
_IDS = count(500)


def new_id() -> str:
    return str(UUID(int=next(_IDS)))


def fill(portfolio: Portfolio, field: str, typed: str, project: Project = SCHOOL, period: Period = YEAR) -> Edit:
    return fill_in(portfolio, period, Entry(project=project.id, field=field, typed=typed), new_id=new_id)


def value(portfolio: Portfolio, field: str, project: Project = SCHOOL, period: Period = YEAR) -> object:
    if FIELD[field].kind is Project:
        return getattr(portfolio.projects[project.id], field)
    status = status_of(portfolio, project.id, period)
    return getattr(status, field)


def locked(portfolio: Portfolio) -> Portfolio:
    from dataclasses import replace

    state = portfolio.state_of(YEAR)
    assert state is not None
    return apply(portfolio, changed(message("Lås"), state, replace(state, stage=PeriodStage.LOCKED)))


@pytest.mark.parametrize(
    ("field", "typed", "expected"),
    [
        ("text", "Ny status.\n\n- punkt\n", "Ny status.\n\n- punkt"),
        ("explanation", "Forsinket leveranse", "Forsinket leveranse"),
        ("completion", "q2 2027", Quarter(2027, 2)),
        ("completion", "ferdig", State.FINISHED),
        ("completion", "", State.NOT_SET),
        ("phase", "utførelse", Phase.CONSTRUCTION),
        ("phase", " ", None),
        ("year_end_forecast", "2 750", 2_750_000),
        ("final_cost_forecast", "21,5 mill", 21_500_000),
        ("final_cost_forecast", "-", None),
        ("responsible", "  Kari  Nordmann ", "Kari Nordmann"),
        ("code", "P-1040", "P-1040"),
        ("service_area", "", None),
        ("name", "Skolen", "Skolen"),
    ],
)
def test_a_field_is_filled_in_and_named_in_the_step(field: str, typed: str, expected: object) -> None:
    edit = fill(PORTFOLIO, field, typed)
    if edit is not NOTHING:
        assert edit.label.values["project"] == "Skole"
        assert edit.label.values["field"] == FIELD[field].title
    assert value(apply(PORTFOLIO, edit), field) == expected


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("completion", "til høsten"),
        ("phase", "midt i"),
        ("year_end_forecast", "mye"),
        ("name", "  "),
        ("responsible", "x" * 201),
    ],
)
def test_what_cannot_be_read_is_refused_with_words_that_say_what_to_write(field: str, typed: str) -> None:
    with pytest.raises(Refusal) as refused:
        fill(PORTFOLIO, field, typed)
    assert ":" in refused.value.reason.text


def test_what_says_the_same_changes_nothing() -> None:
    assert fill(PORTFOLIO, "completion", "4. kvartal 2026") is NOTHING


def test_a_code_belongs_to_one_project() -> None:
    held = apply(PORTFOLIO, fill(PORTFOLIO, "code", "P-1"))
    with pytest.raises(Refusal) as refused:
        fill(held, "code", "P-1", ROAD)
    assert refused.value.reason.values["other"] == "Skole"


def test_a_locked_period_takes_no_status_but_a_project_may_get_a_new_manager() -> None:
    held = locked(PORTFOLIO)
    with pytest.raises(Refusal, match="låst"):
        fill(held, "text", "Nytt")
    assert value(apply(held, fill(held, "responsible", "Kari")), "responsible") == "Kari"


def test_the_first_word_in_a_new_period_makes_a_status() -> None:
    held = apply(PORTFOLIO, open_period(PORTFOLIO, AUTUMN, new_id=new_id))
    assert value(held, "completion", period=AUTUMN) == Quarter(2026, 4)
    assert value(held, "text", period=AUTUMN) == ""
    after = apply(held, fill(held, "text", "Ny", period=AUTUMN))
    assert value(after, "text", period=AUTUMN) == "Ny"
    assert value(after, "text") == "Går etter planen"


def test_a_period_is_begun_once() -> None:
    with pytest.raises(Refusal):
        open_period(PORTFOLIO, YEAR, new_id=new_id)


def test_a_period_that_is_not_there_takes_nothing() -> None:
    with pytest.raises(Refusal):
        fill(PORTFOLIO, "text", "Ny", period=AUTUMN)


def entries(*typed: tuple[Project, str, str]) -> list[Entry]:
    return [Entry(project=project.id, field=field, typed=text) for project, field, text in typed]


def test_a_block_is_one_step() -> None:
    block = entries((SCHOOL, "responsible", "Kari"), (SCHOOL, "code", "P-1"), (ROAD, "text", "Asfaltert"))
    edit = fill_in_many(PORTFOLIO, YEAR, block, label=message("Limte inn"), new_id=new_id)
    after = apply(PORTFOLIO, edit)
    assert (value(after, "responsible"), value(after, "code"), value(after, "text", ROAD)) == (
        "Kari", "P-1", "Asfaltert",
    )  # fmt: skip
    assert apply(after, edit.inverse()) == PORTFOLIO


def test_a_block_with_errors_changes_nothing_and_names_each() -> None:
    block = entries((SCHOOL, "responsible", "Kari"), (SCHOOL, "completion", "snart"), (ROAD, "phase", "midt i"))
    with pytest.raises(Refusal) as refused:
        fill_in_many(PORTFOLIO, YEAR, block, label=message("Limte inn"), new_id=new_id)
    assert [detail.values["project"] for detail in refused.value.details] == ["Skole", "Sykkelvei"]


def test_two_projects_in_a_block_cannot_get_the_same_code() -> None:
    block = entries((SCHOOL, "code", "P-1"), (ROAD, "code", "P-1"))
    with pytest.raises(Refusal):
        fill_in_many(PORTFOLIO, YEAR, block, label=message("Limte inn"), new_id=new_id)


@given(
    st.lists(
        st.tuples(st.sampled_from([SCHOOL, ROAD]), st.sampled_from(["text", "responsible"]), st.text()), max_size=6
    )
)
def test_a_block_does_what_its_entries_do_one_by_one(typed: list[tuple[Project, str, str]]) -> None:
    typed = [(project, field, text[:100]) for project, field, text in typed]
    one_by_one = PORTFOLIO
    for project, field, text in typed:
        one_by_one = apply(one_by_one, fill(one_by_one, field, text, project))
    at_once = fill_in_many(PORTFOLIO, YEAR, entries(*typed), label=message("Limte inn"), new_id=new_id)
    assert apply(PORTFOLIO, at_once) == one_by_one


def recorded(edit: Edit) -> Recorded:
    return Recorded(at=datetime.now(UTC), who="Kari", way="window", label=edit.label, changes=edit.changes)


def test_going_back_is_a_new_step_to_the_value_from_before() -> None:
    first = fill(PORTFOLIO, "text", "Andre")
    second = fill(apply(PORTFOLIO, first), "text", "Tredje")
    held = apply(apply(PORTFOLIO, first), second)
    newest, oldest = field_changes([recorded(first), recorded(second)])
    assert (newest.before, newest.after) == ("Andre", "Tredje")
    assert value(apply(held, go_back(held, oldest)), "text") == "Går etter planen"


def test_a_record_that_is_new_tells_of_the_fields_that_say_something() -> None:
    (status,) = [one for one in PORTFOLIO.statuses.values() if one.project == SCHOOL.id]
    told = field_changes([recorded(Edit(message("Ny"), tuple(fill(PORTFOLIO, "text", "x").changes)))])
    assert [change.field for change in told] == ["text"]
    assert isinstance(status, Status)


def test_a_deadline_is_set_and_taken_away() -> None:
    day = date(2024, 2, 15)
    held = apply(PORTFOLIO, set_deadline(PORTFOLIO, YEAR, day))
    state = held.state_of(YEAR)
    assert state is not None
    assert state.deadline == day
    assert set_deadline(held, YEAR, day) is NOTHING


@given(st.integers(0, 10**9))
def test_an_amount_is_written_as_it_is_read(thousands: int) -> None:
    field = FIELD["final_cost_forecast"]
    assert field.read(field.write(thousands * 1000)) == thousands * 1000
    assert field.read(field.write(thousands)) == thousands


def test_every_field_has_a_title_of_its_own_and_every_phase_a_name() -> None:
    assert len({field.title.text for field in FIELDS}) == len(FIELDS)
    assert set(PHASES) == set(Phase)
