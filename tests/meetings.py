"""Two files that differ, and two that have met before: what came again, late, was taken back, kept or left waiting."""

from __future__ import annotations

from collections.abc import Iterator

from tests.differences import DIFFERENCES, Files, apart, at_home
from tests.histories.machine import PROJECTS
from tests.test_at_odds import reopen
from tests.test_merging import (
    add,
    lock,
    merge,
    milestone,
    undo,
    write,
)
from tracker.merging.plan import Choice
from tracker.merging.settling import accept

NOT_IN_A_PACKAGE = {"en status som begge begynte", "låst der", "låst og åpnet der"}


def again(how: str) -> Iterator[tuple[str, Files]]:
    """Yield files that have met before: what came again, late, was taken back, kept or left waiting."""
    for is_package in (True, False):
        home, came = apart(is_package=is_package)
        older = came.copied()
        write(came, "Kari skrev")
        write(home, 5_000, field="p50")
        _, entry = merge(home, came, accept(home.plan(came), Choice.THEIRS))
        yield f"{how} igjen", (home, came)
        yield f"{how} i eldre utgave", (home, older)
        yield f"{how} og tilbake", (came, home)
        taken_back = home.copied()
        undo(taken_back, entry)
        yield f"{how} tatt tilbake", (taken_back, came)
        write(came, "Kari skrev mer")
        yield f"{how} skrevet videre", (home, came)
        merge(home, came, accept(home.plan(came), Choice.OURS))
        yield f"{how} beholdt", (home, came)
        yield f"{how} beholdt, og tilbake", (came, home)
        lock(home)
        write(came, "Kari skrev for sent")
        merge(home, came)
        yield f"{how} venter", (home, came)
        reopen(home)
        yield f"{how} ventet, og er åpnet", (home, came)
        yield f"{how} ventet, og tilbake", (came, home)
        how = f"{how}, kopi"


def at_odds() -> Iterator[tuple[str, Files]]:
    """Yield files that have seen all of each other and differ: a newer copy of a package waited in one and got lost."""
    home = at_home()
    other, package = home.copied("Per"), home.package_for("Kari", frozenset(PROJECTS[:2]))
    write(package, "Første")
    add(package, milestone("Overtakelse"))
    newer = package.copied()
    write(newer, "Andre")
    lock(home)
    merge(home, newer)
    merge(other, package)
    yield "ulikt, og låst", (home, other)
    reopen(home)
    yield "ulikt uten grunn", (home, other)
    yield "ulikt uten grunn, og tilbake", (other, home)
    yield "ulikt, den eldre pakken", (home, package)
    yield "ulikt, den nyere pakken", (home, newer)


def every() -> Iterator[tuple[str, Files]]:
    for is_package in (True, False):
        kind = "pakke" if is_package else "kopi"
        for name, (here, there) in DIFFERENCES.items():
            if is_package and name in NOT_IN_A_PACKAGE:
                continue
            home, came = apart(is_package=is_package)
            here(home)
            there(came)
            yield f"{name}, {kind}", (home, came)
    yield from again("pakke")
    yield from at_odds()
