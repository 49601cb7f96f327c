"""What many municipalities' hubs in one database cost: `python -m tests.benchmarks.hubs 357` prints a row now and then.

Each is a portfolio of its own with 88 projects, made, filled, written in and read from as a laptop does. With
`--years 10` each has so many years of work behind it.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from db.hub.address import read_address
from db.hub.connecting import linked
from tests.benchmarks.hub import day, taking_in, timed
from tests.benchmarks.years import FIRST_YEAR, live
from tests.hub.laptop import Laptop
from tests.hub.laptops import beginning
from tests.hub.server import Server, memory, serving

PROJECTS, EDITS, TRIED, SHOWN = 88, 30, 5, (1, 10, 50, 100, 200, 357)


def hubs(folder: Path, server: Server, count: int, lived: int) -> Iterator[tuple[Laptop, float]]:
    """Make hubs, one after the other, each with how long it took to make and fill it."""
    for number in range(count):
        place = folder / str(number)
        place.mkdir()
        laptop = Laptop("Ola", beginning(place, PROJECTS, 10), server.url())
        with laptop.opened() as (store, held):
            portfolio = held
            for year in range(FIRST_YEAR, FIRST_YEAR + lived):
                portfolio = live(store, portfolio, year)
        yield laptop, timed(laptop.found)


def size(server: Server) -> tuple[int, int]:
    """Return how large the database is, in bytes, and how many relations it has."""
    with linked(read_address(server.url())) as link:
        row = link.execute("SELECT pg_database_size(current_database()), (SELECT count(*) FROM pg_class)").fetchone()
    return row or (0, 0)


def tried(laptops: list[Laptop], folder: Path) -> tuple[float, float]:
    """Return what a day's edits cost to send and to take in, in the newest of the hubs: the middle of some tries."""
    home = laptops[-1]
    other = Laptop("Lise", folder / f"lise {len(laptops)}.tertial", home.url)
    other.path.write_bytes(home.path.read_bytes())
    days = [(day(home, EDITS), taking_in(other)) for _ in range(TRIED)]
    return median(sent for sent, _ in days), median(taken for _, taken in days)


def main(count: int, lived: int) -> None:
    """Measure, and print."""
    with TemporaryDirectory(dir=memory()) as name, serving(durable=True) as server:
        folder, laptops, made = Path(name), [], []
        for laptop, took in hubs(folder, server, count, lived):
            laptops.append(laptop)
            made.append(took)
            if len(laptops) in {*SHOWN, count}:
                held, relations = size(server)
                sent, taken = tried(laptops, folder)
                sys.stdout.write(
                    f"| {len(laptops)} hubs | {held / 2**20:.0f} MB | {relations} relations | made in {made[-1]:.2f} s"
                    f" | push {sent:.2f} | taken in {taken:.2f} |\n"
                )
                sys.stdout.flush()


if __name__ == "__main__":
    reader = argparse.ArgumentParser()
    reader.add_argument("count", type=int)
    reader.add_argument("--years", type=int, default=0)
    given = reader.parse_args()
    main(given.count, given.years)
