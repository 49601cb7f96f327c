"""Every change as a value that can be applied and taken back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.edits import Change, Edit, StaleEditError, added, apply
from tracker.messages import message
from tracker.model import Portfolio, Project, ProjectId, RecordId, Setting

LABEL = message("En endring")
IDS = st.sampled_from("abcdefgh")
PROJECTS = st.builds(Project, id=IDS.map(ProjectId), name=st.text(min_size=1, max_size=5))
SETTINGS = st.builds(Setting, id=IDS.map(RecordId), value=st.text(max_size=5))


@st.composite
def portfolios_and_edits(draw: st.DrawFn) -> tuple[Portfolio, Edit]:
    """Draw a portfolio and an edit that makes, changes and removes records of two kinds in it."""
    held = draw(st.lists(PROJECTS | SETTINGS, unique_by=lambda record: (type(record), record.id)))
    portfolio = apply(Portfolio(), added(LABEL, held))
    touched = draw(st.lists(PROJECTS | SETTINGS, unique_by=lambda record: (type(record), record.id)))
    changes = []
    for record in touched:
        before = portfolio.records(type(record)).get(record.id)
        after = draw(st.just(record) | st.none()) if before is not None else record
        changes.append(Change(before, after))
    return portfolio, Edit(LABEL, tuple(changes))


@given(portfolios_and_edits())
def test_undoing_an_undo_is_the_edit_itself(drawn: tuple[Portfolio, Edit]) -> None:
    _, edit = drawn
    assert edit.inverse().inverse() == edit


@given(portfolios_and_edits())
def test_an_edit_and_its_inverse_leave_everything_as_it_was(drawn: tuple[Portfolio, Edit]) -> None:
    portfolio, edit = drawn
    before = apply(portfolio, Edit(LABEL, ()))
    assert apply(apply(portfolio, edit), edit.inverse()) == before
    assert portfolio == before


@given(portfolios_and_edits())
def test_after_an_edit_each_record_is_what_the_edit_says(drawn: tuple[Portfolio, Edit]) -> None:
    portfolio, edit = drawn
    after = apply(portfolio, edit)
    for change in edit.changes:
        assert after.records(change.kind).get(change.record_id) == change.after


def test_an_edit_of_what_has_changed_since_is_refused_and_changes_nothing() -> None:
    project = Project(id=ProjectId("a"), name="Skole")
    portfolio = apply(Portfolio(), added(LABEL, [project]))
    stale = Edit(LABEL, (Change(replace(project, name="Annet"), None),))
    with pytest.raises(StaleEditError):
        apply(portfolio, stale)
    assert portfolio.projects == {"a": project}


def test_a_change_is_of_one_record() -> None:
    one, other = Project(id=ProjectId("a"), name="En"), Project(id=ProjectId("b"), name="To")
    with pytest.raises(ValueError, match="'a', 'b'"):
        Change(one, other)
    with pytest.raises(ValueError, match=r"^$"):
        Change(None, None)
