"""Every change is recorded: when, who, by which way, from what, to what; and nobody edits what is recorded.

The long form is `python -m tests.recording.actions --count 1000`.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractItemView

from db.store import open_store
from db.trouble import Trouble
from tests.recording.actions import run
from tests.windows import MainWindow, Script, made_id

_ACTIONS = 100


@pytest.mark.usefixtures("qapp")
def test_the_history_has_a_row_for_each_field_that_random_actions_changed(tmp_path: Path) -> None:
    tally = run(tmp_path / "p.tertial", _ACTIONS, seed=3)
    assert tally.edits > _ACTIONS // 3
    assert tally.rows > tally.edits


def test_from_unknown_to_zero_is_a_change(opened: MainWindow) -> None:
    opened.open_project(made_id(0))
    field = opened.project.fields.lines["final_cost_forecast"].line
    field.setText("0")
    opened.project.fields.finish()
    newest = opened.desk.session.history({made_id(2000)})[0]
    assert (newest.field, newest.before, newest.after) == ("final_cost_forecast", None, 0)


def test_the_list_of_changes_cannot_be_written_in(page: MainWindow) -> None:
    page.project.fields.lines["responsible"].line.setText("Per")
    page.project.fields.finish()
    history = page.project.history
    history.show_changes(page.desk.session.history({made_id(0)}), can_go_back=True)
    assert history.table.editTriggers() == QAbstractItemView.EditTrigger.NoEditTriggers


@pytest.mark.parametrize("statement", ["UPDATE journal SET who = 'Per'", "DELETE FROM journal"])
def test_no_statement_of_ours_changes_what_is_recorded(path: Path, statement: str) -> None:
    with closing(open_store(path)) as store:
        before = list(store.journal())
        with pytest.raises((sqlite3.Error, Trouble)), store.lent() as connection:
            connection.execute(statement)
        assert list(store.journal()) == before


def test_a_project_is_taken_away_only_after_a_question_and_is_brought_back_by_undo(
    opened: MainWindow, ask: Script
) -> None:
    """Nothing that is saved is deleted for good: what is taken away stays in the journal."""
    ask.filled = {"name": "Ny bru", "kind": "project", "tag": ""}
    opened.deeds["add-project"].trigger()
    (made,) = (one for one in opened.desk.session.portfolio.projects.values() if one.name == "Ny bru")
    opened.open_project(made.id)
    ask.agrees = False
    opened.deeds["remove-project"].trigger()
    assert made.id in opened.desk.session.portfolio.projects
    ask.agrees = True
    opened.deeds["remove-project"].trigger()
    assert made.id not in opened.desk.session.portfolio.projects
    opened.deeds["undo"].trigger()
    assert opened.desk.session.portfolio.projects[made.id] == made
