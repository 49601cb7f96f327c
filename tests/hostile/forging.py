"""A portfolio and packages of it, and a pen for somebody who knows the format: rows as they like, and a whole chain.

Must not know what is written, nor what comes of it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cache
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

from db import journal
from db.journal import COLUMNS, GENESIS, Entry, Signature
from db.lineage import write_lineage
from db.package import roots_of, write_package
from db.records import KINDS, TABLES, plain
from db.store import new_store, open_store
from tests.meddling import unguarded
from tests.windows import PERIOD, made_id, portfolio_records
from tracker.actions import open_period, set_value, status_of
from tracker.closing import lock
from tracker.edits import Edit, added, apply
from tracker.kinds import BudgetKind, BudgetStatus, FundingSource, StatusState
from tracker.merging.lineage import Lineage
from tracker.messages import message
from tracker.model import (
    BudgetLine,
    Comment,
    Contract,
    Decision,
    Dismissal,
    FundingLine,
    Milestone,
    PlanYear,
    Portfolio,
    ProjectId,
    Record,
    RecordId,
    Risk,
    SentPackage,
    SpendingPlan,
    Subproject,
    SubprojectId,
)
from tracker.moves import stepwise
from tracker.packages import noted
from tracker.periods import Part, Period
from tracker.plain import codec
from tracker.steps import BEGUN, MADE

OPEN = Period(2024, Part.T1)
AT = datetime(2024, 5, 2, 10, tzinfo=UTC)
APPROVED, SUBMITTED = ProjectId(made_id(0)), ProjectId(made_id(1))
KARIS, PERS = made_id(7001), made_id(7002)
_OF_KARI = frozenset(ProjectId(made_id(at)) for at in range(4))
_OF_PER = frozenset({ProjectId(made_id(4)), ProjectId(made_id(5))})

Plain = Mapping[str, Any]
PlainChange = tuple[str, str, Plain | None, Plain | None]


@dataclass(frozen=True, slots=True)
class Files:
    """What the controller and Kari have, as bytes: a period is locked, one open with every state of a status."""

    home: bytes
    package: bytes


@cache
def files() -> Files:
    """Return the controller's portfolio, and Kari's package as it went out."""
    with TemporaryDirectory() as folder:
        home, package = Path(folder) / "hjemme.tertial", Path(folder) / "Kari.tertial"
        with new_store(home) as store:
            portfolio = Portfolio()
            for number, edit in enumerate(_lived()):
                made = edit(portfolio)
                store.commit(made, signed(made_id(6000 + number), way=MADE if number else BEGUN))
                portfolio = apply(portfolio, made)
            kari, per = (
                SentPackage(id=RecordId(one), recipient=who, projects=projects, made_by="Ola", made_at=AT)
                for one, who, projects in ((KARIS, "Kari", _OF_KARI), (PERS, "Per", _OF_PER))
            )
            write_package(package, portfolio, kari, roots_of(store))
            store.commit(noted([kari, per]), signed(made_id(6100)))
        return Files(home.read_bytes(), package.read_bytes())


def _lived() -> list[Callable[[Portfolio], Edit]]:
    """Return what the controller and others have done, in order."""
    ids = count(8000)

    def new_id() -> str:
        return made_id(next(ids))

    def told(project: str, value: object, *, field: str = "text") -> Callable[[Portfolio], Edit]:
        return lambda portfolio: set_value(portfolio, OPEN, ProjectId(project), field=field, value=value, new_id=new_id)

    def moved(portfolio: Portfolio) -> Edit:
        changes = []
        for project, state in ((APPROVED, StatusState.APPROVED), (SUBMITTED, StatusState.SUBMITTED)):
            status = status_of(portfolio, project, OPEN)
            if status is None:
                raise LookupError(project)
            changes += stepwise(status, replace(status, state=state, moved_by="Kari", moved_on=date(2024, 5, 2)))
        return Edit(message("Leverte"), tuple(changes))

    return [
        lambda _: added(message("Prøve"), list(portfolio_records())),
        lambda portfolio: lock(portfolio, PERIOD, who="Ola", at=AT, new_id=new_id),
        lambda portfolio: open_period(portfolio, OPEN, new_id=new_id),
        told(APPROVED, "Godkjent tekst."),
        told(SUBMITTED, "Levert tekst."),
        told(made_id(2), "Totalrammen for prosjektet er 99 mill. kr."),
        told(made_id(2), 500_000, field="year_end_forecast"),
        lambda _: added(message("Planer"), [*plans(), *_ledger()]),
        moved,
    ]


def plans() -> Iterable[Record]:
    """Return what Kari and Ola have said and planned of a project in the open period."""
    project = ProjectId(made_id(2))
    ids = [RecordId(made_id(8500 + at)) for at in range(9)]
    yield Milestone(id=ids[0], thread=ids[1], project=project, period=OPEN, name="Byggestart", planned=date(2024, 9, 1))
    yield Risk(id=ids[2], thread=ids[3], project=project, period=OPEN, title="Grunnforhold", likelihood=30)
    yield Contract(id=ids[4], thread=ids[5], project=project, period=OPEN, supplier="Bygg AS", amount=1_000)
    yield Comment(id=ids[6], project=project, period=OPEN, by="Ola", at=AT, text="Husk fristen.")
    yield SpendingPlan(id=ids[7], project=project, period=OPEN, amounts=(100,) * 12)
    yield Dismissal(
        id=ids[8], project=project, period=OPEN, rule="r", quote="", basis="1" * 64, reason="Rett", by="Kari", at=AT
    )


def _ledger() -> Iterable[Record]:
    """Return what is the controller's of Kari's projects: decided and proposed money, a subproject, a plan."""
    one, other = ProjectId(made_id(2)), ProjectId(made_id(3))
    ids = [RecordId(made_id(8600 + at)) for at in range(5)]
    decided = BudgetLine(
        id=ids[0],
        project=one,
        kind=BudgetKind.GRANT,
        budget_year=2024,
        year_amount=1_000,
        total_amount=1_000,
        takes_effect=date(2024, 2, 1),
        decision=Decision(body="KS", number="7/24", on=date(2024, 2, 1)),
        funding_source=FundingSource.LOAN,
    )
    yield decided
    yield replace(decided, id=ids[1], project=other, decision=None, status=BudgetStatus.PROPOSED)
    yield FundingLine(
        id=ids[2], project=one, budget_year=2024, source=FundingSource.LOAN, amount=1_000, takes_effect=date(2024, 1, 1)
    )
    yield Subproject(id=SubprojectId(ids[3]), project=one, code="I41042", name="Byggetrinn 2")
    yield PlanYear(id=ids[4], project=one, first_year=2024, year=2025, amount=2_000)


def signed(entry: str, *, who: str = "Ola", way: str = MADE) -> Signature:
    """Sign an entry."""
    return Signature(who=who, at=AT.isoformat(), way=way, entry_id=entry)


def opened(path: Path) -> Portfolio:
    """Read a file."""
    with closing(open_store(path, read_only=True)) as store:
        return store.load()


def change(before: Record | None, after: Record | None) -> PlainChange:
    """Return a change of a record as the journal holds it."""
    known = after if after is not None else before
    if known is None:
        raise ValueError
    old, new = (None if one is None else plain(one) for one in (before, after))
    return TABLES[type(known)], known.id, old, new


def entry_of(  # noqa: PLR0913  all that an entry says
    changes: Sequence[PlainChange],
    *,
    entry: str = made_id(9000),
    who: str = "Kari",
    at: str = AT.isoformat(),
    label: str = '{"text": "Endret", "values": {}}',
    lineage: str = "",
) -> Entry:
    """Return an entry that says what it is told to, not yet in a chain."""
    return Entry(
        seq=0,
        id=entry,
        at=at,
        who=who,
        way=MADE,
        label=label,
        changes=journal.canonical([list(one) for one in changes]),
        records="",
        previous="",
        hash="",
        lineage=lineage,
    )


def forge(path: Path, *entries: Entry, records: Iterable[PlainChange] | None = None) -> None:
    """Add entries to a package's journal, with the chain made anew; its rows become what they say, or `records` say."""
    rewrite(path, lambda known: [*known, *entries])
    changed = [one for entry in entries for one in entry.plain_changes()] if records is None else records
    with unguarded(path) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        for table, record_id, _, after in changed:
            _put(connection, table, record_id, after)


def rewrite(path: Path, make: Callable[[list[Entry]], list[Entry]]) -> None:
    """Write a journal anew, its chain and all."""
    with unguarded(path) as connection:
        names = ", ".join(COLUMNS)
        known = [
            Entry(**dict(zip(COLUMNS, row, strict=True)))
            for row in connection.execute(f"SELECT {names} FROM journal ORDER BY seq")
        ]
        connection.execute("DELETE FROM journal")
        head = GENESIS
        for one in make(known):
            written = journal.chained(one, head)
            head = journal.head_of(written)
            row = tuple(getattr(written, name) for name in COLUMNS)
            connection.execute(f"INSERT INTO journal ({names}) VALUES ({', '.join('?' * len(row))})", row)


def relineaged(lineage: str, *, at: int = 0) -> Callable[[list[Entry]], list[Entry]]:
    """Return what gives an entry another lineage."""
    return lambda known: [replace(one, lineage=lineage) if place == at else one for place, one in enumerate(known)]


def lineage(**values: Any) -> str:
    """Write a lineage as Tertial does."""
    return write_lineage(Lineage(**values))


def _put(connection: sqlite3.Connection, table: str, record_id: str, after: Plain | None) -> None:
    if table not in KINDS:
        return
    connection.execute(f'DELETE FROM "{table}" WHERE id = ?', (record_id,))
    if after is None and table == "ledger_batch":
        connection.execute("DELETE FROM ledger_sum WHERE batch = ?", (record_id,))
    if after is None:
        return
    found = codec(KINDS[table])
    names = [column for column in found.columns if column in after or column in found.defaults]
    row = [after.get(column, found.defaults.get(column)) for column in names]
    columns = ", ".join(f'"{name}"' for name in names)
    connection.execute(f'INSERT INTO "{table}" ({columns}) VALUES ({", ".join("?" * len(row))})', row)


def another_id(number: int) -> str:
    """Return an id that nothing else has."""
    return str(UUID(int=(9 << 96) + number))
