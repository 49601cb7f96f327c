"""Does random things to a portfolio as its window does, and holds the history to what changed in the file.

`python -m tests.recording.actions --count 1000 --seed 1` prints how many rows the history has. What changed is found by
reading the file before and after, which shares nothing with how history is told.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from pathlib import Path

from db.store import open_store
from tests.test_undo import random_edit
from tests.windows import portfolio_records, write
from tracker.budgeting import NewMoney, Paper, enter
from tracker.closing import lock, reopen
from tracker.edits import Change, Edit
from tracker.history import FieldChange
from tracker.kinds import FundingSource
from tracker.messages import Refusal, message
from tracker.model import FIELD_OF, Decision, Portfolio, ProjectId
from tracker.steps import MADE, REDONE, SETTLED, UNDONE
from tracker.workflow import Mover, approve, comment, send_back, submit, take_back
from ui.session import Session

_PEOPLE = ("Kari Ødegård", "Per", "Åse")
_WHOSE = {"id", "project", "period", "sums"}

Row = tuple[str, str, str, str, str, str, str]
"""Who, way, kind, record, field, before, after."""


@dataclass(slots=True)
class Tally:
    """What was done and recorded."""

    actions: int = 0
    edits: int = 0
    rows: int = 0


def run(path: Path, count: int, seed: int) -> Tally:
    """Do so many things, each by one of some people, and compare the history after each.

    Raises AssertionError where the history tells too little, too much, or otherwise.
    """
    rng = random.Random(seed)  # noqa: S311  the same each time
    write(path, list(portfolio_records()))
    session, tally = Session(who=_PEOPLE[0]), Tally()
    session.open(path)
    wanted: Counter[Row] = Counter()
    before, started = _stored(path), datetime.now(UTC).replace(microsecond=0)
    for _ in range(count):
        session.who = rng.choice(_PEOPLE)
        way = _act(rng, session)
        after = _stored(path)
        rows = Counter(_changed(before, after, who=session.who, way=way))
        before = after
        tally.actions += 1
        tally.edits += bool(rows)
        tally.rows += rows.total()
        wanted += rows
    _require_times(path, started)
    told = Counter(map(_row, session.history(_ids(path))))
    session.close()
    first = Counter({row: number for row, number in told.items() if row[1] == "beginning"})
    missing, invented = wanted - told, told - wanted - first
    if missing or invented:
        raise AssertionError(list(missing)[:5], list(invented)[:5])
    return tally


def _act(rng: random.Random, session: Session) -> str:
    """Do something; returns the way that it is recorded with."""
    kind = rng.random()
    with suppress(Refusal):
        if kind < 0.1:
            session.undo()
            return UNDONE
        if kind < 0.15:
            session.redo()
            return REDONE
        if kind < 0.4:
            session.perform(_settling(rng, session), way=SETTLED)
            return SETTLED
        if kind < 0.55:
            session.perform(_budgeting(rng, session))
            return MADE
        session.perform(random_edit(rng, session))
    return MADE


def _settling(rng: random.Random, session: Session) -> Edit:
    """Move a status, say something of it, or lock or open its period."""
    portfolio, period = session.portfolio, rng.choice(session.portfolio.periods())
    project, mover = _project(rng, portfolio), Mover(who=session.who, at=datetime(2024, 5, 2, 10, tzinfo=UTC))
    new_id = session.new_id
    acts = {
        "lock": lambda: lock(portfolio, period, who=session.who, at=mover.at, new_id=new_id),
        "reopen": lambda: reopen(portfolio, period, reason="Feil i tallene"),
        "submit": lambda: submit(portfolio, period, [project], mover),
        "take back": lambda: take_back(portfolio, period, [project], mover),
        "approve": lambda: approve(portfolio, period, [project], mover),
        "send back": lambda: send_back(portfolio, period, [project], mover, text="Rett opp", new_id=new_id),
        "comment": lambda: comment(portfolio, period, project, mover, text="Husk fristen", new_id=new_id),
    }
    often = (1, 2, 3, 2, 1, 1, 2)
    return rng.choices(list(acts.values()), often)[0]()


def _budgeting(rng: random.Random, session: Session) -> Edit:
    if rng.random() < 0.5:
        return _taking_away(rng, session.portfolio)
    request = NewMoney(
        project=_project(rng, session.portfolio),
        year=2024,
        year_amount=rng.choice((0, 1_000, 250_000_000)),
        total_amount=250_000_000,
        funding=FundingSource.LOAN,
    )
    paper = Paper(
        decision=Decision(body="KS", number=f"{rng.randrange(99)}/24", on=date(2024, 3, 1)),
        entered_on=date(2024, 3, 2),
    )
    return enter(session.portfolio, request, paper, new_id=session.new_id)


def _taking_away(rng: random.Random, portfolio: Portfolio) -> Edit:
    """Take a budget line of this test away, as undoing it much later would."""
    lines = [one for one in portfolio.budget_lines.values() if one.decision is not None]
    return Edit(message("Fjern"), (Change(rng.choice(lines), None),) if lines else ())


def _project(rng: random.Random, portfolio: Portfolio) -> ProjectId:
    return ProjectId(rng.choice(sorted(portfolio.projects)))


def _changed(before: Portfolio, after: Portfolio, *, who: str, way: str) -> Iterator[Row]:
    """Compare two readings of the file, field by field."""
    for kind in FIELD_OF:
        old, new = before.records(kind), after.records(kind)
        for record_id in old.keys() | new.keys():
            one, other = old.get(record_id), new.get(record_id)
            for field in fields(kind):
                was, became = (None if record is None else getattr(record, field.name) for record in (one, other))
                known = became if one is None else was
                is_half = one is None or other is None
                if was != became and not (
                    is_half and (field.name in _WHOSE or known in {None, ""} or known == field.default)
                ):
                    yield who, way, kind.__name__, record_id, field.name, repr(was), repr(became)


def _row(told: FieldChange) -> Row:
    entry = told.entry
    return (
        entry.who,
        entry.way,
        told.kind.__name__,
        told.record_id,
        told.field,
        repr(told.before),
        repr(told.after),
    )


def _stored(path: Path) -> Portfolio:
    with closing(open_store(path, read_only=True)) as store:
        return store.load()


def _ids(path: Path) -> set[str]:
    with closing(open_store(path, read_only=True)) as store:
        return {change[1] for entry in store.journal() for change in entry.plain_changes()}


def _require_times(path: Path, started: datetime) -> None:
    with closing(open_store(path, read_only=True)) as store:
        times = [datetime.fromisoformat(entry.at) for entry in store.journal()][1:]
    if not (times == sorted(times) and started <= times[0] and times[-1] <= datetime.now(UTC)):
        raise AssertionError(times[0], times[-1])


def main(arguments: list[str] | None = None) -> int:
    """Do as many as are asked for, and count."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        tally = run(Path(folder) / "p.tertial", given.count, given.seed)
    sys.stdout.write(
        f"{tally.actions} actions, {tally.edits} of which changed something: {tally.rows} field changes, "
        f"and as many rows of history, each with when, who, way, old and new\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
