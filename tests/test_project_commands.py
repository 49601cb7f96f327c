"""The register of projects from the command line: added, split, joined, closed and reopened."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.portfolios import stored
from tests.test_commands import Run, tertial
from tests.windows import PERIOD, PROJECTS, portfolio_records, write
from tracker.figures import figures_of

__all__ = ["tertial"]
SCHOOL = PROJECTS[0][0]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return write(tmp_path / "Prøve.tertial", list(portfolio_records()))


def names(file: Path) -> set[str]:
    return {one.project.name for one in figures_of(stored(file), PERIOD).projects}


def test_a_project_is_added_and_its_name_is_taken_then(tertial: Run, file: Path) -> None:
    assert tertial("project", "add", file, "--name", "Nye Solheim", "--code", "P-77").code == 0
    assert "Nye Solheim" in names(file)
    again = tertial("project", "add", file, "--name", "nye solheim")
    assert again.code == 2
    assert "velg et annet navn" in again.err


def test_a_project_is_split_and_joined_again_to_the_same_sums(tertial: Run, file: Path) -> None:
    before = figures_of(stored(file), PERIOD).all
    given = ("--project", SCHOOL, "--name", "Ny hall", "--year-amount", "4 mill", "--total", "30 mill")
    assert tertial("project", "split", file, *given, "--spent", "1 000 001").code == 0
    split = figures_of(stored(file), PERIOD)
    (hall,) = [one for one in split.projects if one.project.name == "Ny hall"]
    assert (hall.total_budget, hall.revised_budget, hall.actual) == (30_000_000, 4_000_000, 1_000_001)
    assert (split.all.total_budget, split.all.actual) == (before.total_budget, before.actual)
    assert tertial("project", "join", file, "--project", "Ny hall", "--into", SCHOOL).code == 0
    assert figures_of(stored(file), PERIOD).all == before


def test_a_project_with_money_left_is_closed_only_when_that_is_accepted(tertial: Run, file: Path) -> None:
    refused = tertial("project", "close", file, "--project", SCHOOL)
    assert refused.code == 2
    assert "Rest av totalbudsjettet" in refused.err
    assert tertial("project", "close", file, "--project", SCHOOL, "--accept-open").code == 0
    assert tertial("project", "reopen", file, "--project", SCHOOL).code == 0
    assert tertial("project", "reopen", file, "--project", SCHOOL).code == 2
