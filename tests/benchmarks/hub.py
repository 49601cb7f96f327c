"""What pushing and pulling a day's edits cost: `python -m tests.benchmarks.hub 10000` prints a row a number of edits.

The portfolio is open already, as in a window; the last row is the first again, when the hub has a longer history.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from uuid import uuid4

from db.hub.address import read_address
from db.hub.connecting import linked, one_moment
from db.hub.pulling import fetch
from db.hub.pushing import push
from db.hub.schema import found
from db.kinship import origin_of
from tests.benchmarks.municipalities import YEAR
from tests.hub.laptop import Laptop
from tests.hub.laptops import beginning
from tests.hub.server import memory, serving
from tracker.actions import set_value
from tracker.edits import apply

COUNTS = (30, 100, 300, 1_000, 3_000, 30)


def timed(act: Callable[[], object]) -> float:
    """Return how long something takes."""
    began = perf_counter()
    act()
    return perf_counter() - began


def day(laptop: Laptop, edits: int) -> float:
    """Write so many texts, and return how long sending them takes."""
    with laptop.opened() as (store, held):
        portfolio, projects = held, list(held.projects.values())
        for _ in range(edits):
            project = random.choice(projects).id  # noqa: S311
            edit = set_value(
                portfolio, YEAR, project, field="text", value=f"Skrevet {uuid4()}", new_id=lambda: str(uuid4())
            )
            laptop.perform(store, portfolio, edit)
            portfolio = apply(portfolio, edit)

        def send() -> None:
            with linked(read_address(laptop.url)) as link:
                push(link, store, portfolio, found(link, origin_of(store)))

        return timed(send)


def reading(laptop: Laptop) -> float:
    """Return how long reading and planning what others did takes; nothing of it is taken in."""
    with laptop.opened() as (store, portfolio):

        def read() -> None:
            with linked(read_address(laptop.url)) as link, one_moment(link):
                fetch(link, store, portfolio, found(link, origin_of(store)), called="huben").plan(store, portfolio)

        return timed(read)


def taking_in(laptop: Laptop) -> float:
    """Return how long reading, planning and taking in what others did takes."""
    with laptop.opened() as (store, portfolio):
        return timed(lambda: laptop.pull_into(store, portfolio))


def main(projects: int) -> None:
    """Measure, and print."""
    with TemporaryDirectory(dir=memory()) as folder, serving(durable=True) as server:
        home = Laptop("Ola", beginning(Path(folder), projects, 100), server.url())
        first = timed(home.found)
        other = Laptop("Lise", Path(folder) / "lise.tertial", server.url())
        fetched = timed(other.fetch)
        sys.stdout.write(
            f"{projects} projects: sent the first time in {first:.1f} s, fetched whole in {fetched:.1f} s\n"
        )
        for edits in COUNTS:
            sent, read = day(home, edits), reading(other)
            taken = taking_in(other)
            sys.stdout.write(f"| {edits} edits | push {sent:.2f} | pull, planned {read:.2f} | taken in {taken:.2f} |\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main(int(sys.argv[1]))
