"""Many laptops and one hub: `python -m tests.hub.laptops --laptops 200 --projects 10000 --edits 30 --kills 6`.

Controllers and project managers write, push (twice, or broken off in the middle by a kill) and pull, while the server
itself is killed and started again. At the end every edit must be on the hub once, every file must hold the same, and
every value that somebody wrote must stand, or have been seen by who wrote over it, or have been shown in a collision.
"""

from __future__ import annotations

import argparse
import os
import pickle
import random
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

from db.hub.address import read_address
from db.hub.connecting import linked
from db.hub.schema import found, let_in, portfolios
from db.journal import Signature
from db.store import new_store
from db.trouble import Trouble
from tests.benchmarks.municipalities import YEAR, edit_of
from tests.hub.laptop import Laptop
from tests.hub.server import Server, memory, serving
from tracker.actions import set_value
from tracker.edits import Change, Edit, apply
from tracker.merging.plan import Choice, Incoming, Verdict
from tracker.messages import Refusal
from tracker.model import Project

Cell = tuple[str, str]
FIELDS = ("text", "explanation", "year_end_forecast")
CONTROLLERS = ("code",)
"""What only controllers write, on the projects themselves."""
_WORKERS = 3
_TRIES = 40


@dataclass
class Seen:
    """What became of values: those written, by cell, those that somebody saw and wrote over, those that were shown."""

    written: list[tuple[Cell, object]] = field(default_factory=list)
    replaced: set[tuple[Cell, object]] = field(default_factory=set)
    shown: set[tuple[Cell, object]] = field(default_factory=set)
    entries: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def add(self, other: Seen) -> None:
        """Take in what happened elsewhere."""
        self.written += other.written
        self.replaced |= other.replaced
        self.shown |= other.shown
        self.entries += other.entries
        self.counts += other.counts


def beginning(folder: Path, projects: int, pairs: int) -> Path:
    """Write the municipality's portfolio; every project has somebody responsible."""
    path = folder / "kommunen.tertial"
    edit = edit_of(projects)
    numbers = iter(range(projects))
    changes = tuple(
        Change(None, replace(one.after, responsible=f"Leder {next(numbers) % pairs}"))
        if isinstance(one.after, Project)
        else one
        for one in edit.changes
    )
    with new_store(path) as store:
        signature = Signature(who="Ola", at="2026-05-01T08:00:00+00:00", way="beginning", entry_id=str(uuid4()))
        store.commit(Edit(edit.label, changes), signature)
    return path


def work(laptop: Laptop, chance: random.Random, edits: int, seen: Seen) -> None:
    """Write in a laptop's file, now and then where others write too."""
    with laptop.opened() as (store, held):
        portfolio = held
        projects = sorted(portfolio.projects.values(), key=lambda one: one.position)
        for _ in range(edits):
            several = projects[:2] if chance.random() < 0.3 else projects
            project, name = (
                chance.choice(several),
                chance.choice(FIELDS if portfolio.is_package else FIELDS + CONTROLLERS),
            )
            value: object = chance.randrange(1, 1 << 40) if name == "year_end_forecast" else f"Skrevet {uuid4()}"
            status = next((s for s in portfolio.statuses.values() if s.project == project.id), None)
            cell, before = (project.id, name), portfolio.projects[project.id] if name in CONTROLLERS else status
            edit = set_value(portfolio, YEAR, project.id, field=name, value=value, new_id=lambda: str(uuid4()))
            seen.entries.append(laptop.perform(store, portfolio, edit))
            portfolio = apply(portfolio, edit)
            seen.written.append((cell, value))
            seen.replaced.add((cell, None if before is None else getattr(before, name)))
            seen.counts["edits"] += 1


def exchange(laptop: Laptop, chance: random.Random, seen: Seen, *, rejecting: float) -> bool:
    """Push and pull until the hub has all of a laptop's edits, or is away. Whether anything was new."""
    is_new = False
    for _ in range(_TRIES):
        if chance.random() < 0.2:
            _push_and_die(laptop, chance)
            seen.counts["broken pushes"] += 1
        try:
            is_new = _taken(laptop, chance, seen, rejecting) or is_new
            is_new = bool(laptop.push()) or is_new
            if chance.random() < 0.2:
                assert laptop.push() == 0
                seen.counts["doubled pushes"] += 1
        except Refusal:
            seen.counts["pushes told to pull first"] += 1
            continue
        except Trouble:
            seen.counts["hub away"] += 1
            time.sleep(chance.random())
            continue
        return is_new
    return True


def _taken(laptop: Laptop, chance: random.Random, seen: Seen, rejecting: float) -> bool:
    choice = chance.choice((Choice.OURS, Choice.THEIRS))
    rejected: list[Incoming] = []

    def rejects(item: Incoming) -> bool:
        if chance.random() < rejecting:
            rejected.append(item)
            return True
        return False

    pulled = laptop.pull(choice, rejects=rejects)
    collisions = pulled.plan.of(Verdict.COLLISION)
    for item in (*collisions, *rejected):
        for version in (item.ours, item.theirs):
            seen.shown |= {((str(item.project), name), value) for name, value in version.values.items()}
    seen.counts["collisions"] += len(collisions)
    seen.counts["rejected"] += len(rejected)
    seen.counts["pulls"] += 1
    return not pulled.plan.is_nothing


def _push_and_die(laptop: Laptop, chance: random.Random) -> None:
    """Push in a process that is killed somewhere on the way."""
    child = os.fork()
    if not child:
        with suppress(BaseException):
            laptop.push()
        os._exit(0)
    time.sleep(chance.random() * 0.3)
    with suppress(ProcessLookupError):
        os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def in_turns(laptops: list[Laptop], act: Callable[[Laptop, Seen], object], disturb: Callable[[], None]) -> Seen:
    """Let laptops act in a few processes at once, each laptop's turn in one of them; disturb the server meanwhile."""
    readers = []
    for at in range(_WORKERS):
        read, write = os.pipe()
        child = os.fork()
        if not child:
            os.close(read)
            status = 1
            with suppress(KeyboardInterrupt), os.fdopen(write, "wb") as out:
                seen = Seen()
                for laptop in laptops[at::_WORKERS]:
                    act(laptop, seen)
                pickle.dump(seen, out)
                status = 0
            os._exit(status)
        os.close(write)
        readers.append((child, read))
    disturb()
    seen = Seen()
    for child, read in readers:
        with os.fdopen(read, "rb") as come:
            written = come.read()
        _, status = os.waitpid(child, 0)
        if status:
            sys.exit("a laptop's process failed")
        seen.add(pickle.loads(written))  # noqa: S301  of our own child
    return seen


def check(laptops: list[Laptop], server: Server, database: str, seen: Seen) -> list[str]:
    """Say what doesn't hold."""
    wrong: list[str] = []
    with linked(read_address(server.url(database=database))) as link:
        (schema,) = link.execute("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'tertial%'").fetchone() or ("",)
        held = Counter(one for (one,) in link.execute(f"SELECT id FROM {schema}.entry".encode()))
        statuses = link.execute(f"SELECT held FROM {schema}.record WHERE tbl = 'status'".encode()).fetchall()
        projects = link.execute(f"SELECT held FROM {schema}.record WHERE tbl = 'project'".encode()).fetchall()
    final = {(row["project"], name): row[name] for (row,) in statuses for name in FIELDS}
    final |= {(row["id"], name): row[name] for (row,) in projects for name in CONTROLLERS}
    wrong += [f"edit {one} is {held[one]} times on the hub" for one in seen.entries if held[one] != 1]
    for laptop in laptops:
        portfolio = laptop.portfolio()
        has = {(one.project, name): getattr(one, name) for one in portfolio.statuses.values() for name in FIELDS}
        has |= {(one.id, name): getattr(one, name) for one in portfolio.projects.values() for name in CONTROLLERS}
        differs = [cell for cell, value in has.items() if value != final.get(cell)]
        wrong += [f"{laptop.name} has {has[cell]!r} in {cell[1]} of {cell[0]}" for cell in differs]
        wrong += laptop.problems()
    seen_by_all = seen.replaced | seen.shown
    for cell, value in seen.written:
        if final.get(cell) != value and (cell, value) not in seen_by_all:
            wrong.append(f"{value} was lost from {cell} and nobody saw it")
    return wrong


def disturbing(server: Server, kills: int, seconds: float, chance: random.Random, counts: Counter[str]) -> None:
    """Kill the server and start it again, now and then."""
    for _ in range(kills):
        time.sleep(chance.random() * seconds)
        server.kill()
        time.sleep(0.3)
        server.start()
        counts["server killed"] += 1


def enrolled(server: Server, database: str, laptops: int, folder: Path) -> list[Laptop]:
    """Let everybody in, and give each a file fetched from the hub: one in fifty is a controller."""
    with linked(read_address(server.url(database=database))) as link:
        found(link, portfolios(link)[0])
        for at in range(laptops):
            link.execute(f"CREATE ROLE person{at} LOGIN".encode())
            is_controller = at % 50 == 0
            names = () if is_controller else (f"Leder {at // 2 % max(1, laptops // 2)}",)
            let_in(link, f"person{at}", "controller" if is_controller else "manager", names)
    return [
        Laptop(f"Person {at}", folder / f"{at}.tertial", server.url(f"person{at}", database)) for at in range(laptops)
    ]


def play(given: argparse.Namespace, folder: Path, say: Callable[[str], object]) -> list[str]:
    """Play it, and return what went wrong."""
    chance = random.Random(given.seed)  # noqa: S311  to be played again
    seen, began = Seen(), time.monotonic()
    with serving(durable=True) as server:
        server.run("createdb", "-h", str(server.folder), "-U", "postgres", "kommunen")
        home = Laptop(
            "Ola", beginning(folder, given.projects, max(1, given.laptops // 2)), server.url(database="kommunen")
        )
        home.found()
        say(f"the hub has {given.projects} projects after {time.monotonic() - began:.0f} s")
        laptops = enrolled(server, "kommunen", given.laptops, folder)
        in_turns(laptops, lambda laptop, _: laptop.fetch(), lambda: None)
        say(f"{len(laptops)} laptops have their files after {time.monotonic() - began:.0f} s")

        def turn(laptop: Laptop, found: Seen) -> None:
            mine = random.Random(f"{given.seed} {laptop.name} {round_}")  # noqa: S311
            work(laptop, mine, given.edits // given.rounds, found)
            exchange(laptop, mine, found, rejecting=0.05)

        for round_ in range(given.rounds):
            kills = given.kills // given.rounds + (round_ < given.kills % given.rounds)
            pause = max(2.0, 0.08 * given.laptops)
            some = in_turns(
                chance.sample(laptops, len(laptops)),
                turn,
                lambda kills=kills, pause=pause: disturbing(server, kills, pause, chance, seen.counts),  # type: ignore[misc]
            )
            seen.add(some)
            say(f"round {round_ + 1} after {time.monotonic() - began:.0f} s: {dict(seen.counts)}")
        quiet(laptops, given, seen, say)
        wrong = check(laptops, server, "kommunen", seen)
    say(f"checked after {time.monotonic() - began:.0f} s; {dict(seen.counts)}")
    return wrong


def quiet(laptops: list[Laptop], given: argparse.Namespace, seen: Seen, say: Callable[[str], object]) -> None:
    """Let everybody pull and push until nobody has anything new."""
    for turn in range(_TRIES):

        def settle(laptop: Laptop, found: Seen, turn: int = turn) -> None:
            mine = random.Random(f"{given.seed} {laptop.name} quiet {turn}")  # noqa: S311
            found.counts[f"new in {turn}"] += exchange(laptop, mine, found, rejecting=0)

        some = in_turns(laptops, settle, lambda: None)
        left = some.counts.pop(f"new in {turn}", 0)
        seen.add(some)
        say(f"{left} laptops had something new")
        if not left:
            return


def main(arguments: Iterable[str] | None = None) -> int:
    """Play as the command line says; 0 where everything held."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name, usual in (
        ("laptops", 200),
        ("projects", 10_000),
        ("edits", 30),
        ("rounds", 3),
        ("kills", 6),
        ("seed", 1),
    ):
        parser.add_argument(f"--{name}", type=int, default=usual)
    given = parser.parse_args(None if arguments is None else list(arguments))
    with TemporaryDirectory(prefix="laptops-", dir=memory()) as folder:
        wrong = play(given, Path(folder), lambda told: sys.stdout.write(f"{told}\n") and sys.stdout.flush())
    for one in wrong[:20]:
        sys.stdout.write(f"WRONG: {one}\n")
    sys.stdout.write(f"{'all held' if not wrong else f'{len(wrong)} things went wrong'}\n")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
