"""Many laptops, one truth: whatever is lost, doubled or late, all come to the same, and no collision goes unseen."""

from __future__ import annotations

from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from tests.histories.machine import ManyLaptops


def test_all_laptops_come_to_the_same_and_no_collision_goes_unseen() -> None:
    """The same histories each time; `python -m tests.histories.run` plays others, and longer."""
    short = settings(max_examples=25, stateful_step_count=40, deadline=None, derandomize=True, database=None)
    run_state_machine_as_test(ManyLaptops, settings=short)
