"""`python -m tests.histories.run --count 2000`: the long run of histories, and what was played in them."""

from __future__ import annotations

import argparse
import sys
import time

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.histories.machine import COUNTS, ManyLaptops


def main() -> None:
    """Play histories, and print how many of everything there was."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--steps", type=int, default=100)
    given = parser.parse_args()
    began = time.monotonic()
    run_state_machine_as_test(
        ManyLaptops,
        settings=settings(
            max_examples=given.count,
            stateful_step_count=given.steps,
            deadline=None,
            database=None,
            report_multiple_bugs=False,
            phases=(Phase.generate, Phase.shrink),
            suppress_health_check=list(HealthCheck),
        ),
    )
    told = ", ".join(f"{name} {number}" for name, number in COUNTS.most_common())
    sys.stdout.write(f"{told}; {time.monotonic() - began:.0f} s\n")


if __name__ == "__main__":
    main()
