"""A hub's portfolio as a new file: all of it for a controller, a project manager's own projects as a package.

Must not know what the file is for. It is the way back from a hub to files, and the way to a new laptop.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from db.hub.mine import head
from db.hub.pulling import limited_batch, lines_of, record_of_row, strange, sums_of
from db.hub.schema import Hub
from db.journal import Signature
from db.key import Key
from db.package import Roots, write_package
from db.records import KINDS, TABLES
from db.store import Lines, new_store
from db.trouble import UNREADABLE, Trouble
from tracker.edits import Change, Edit
from tracker.merging.limiting import lived_through
from tracker.merging.lineage import Lineage, Short
from tracker.merging.news import News
from tracker.messages import Message, Refusal, message
from tracker.model import (
    FIELD_OF,
    MUNICIPALITY_SETTING,
    BudgetLine,
    LedgerBatch,
    PeriodState,
    Portfolio,
    Project,
    ProjectId,
    Record,
    SentPackage,
    Setting,
)
from tracker.sharing.telling import seen_at
from tracker.steps import BEGUN

if TYPE_CHECKING:
    from db.hub.connecting import Link


@dataclass(frozen=True, slots=True, kw_only=True)
class Copied:
    """What was read of a hub to be a file of its own."""

    portfolio: Portfolio
    lines: Lines
    known: frozenset[Short]
    seen: str
    origin: str
    is_whole: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """A portfolio that a file can be made of: whose it is, empty where that isn't said, how many projects we see."""

    portfolio: str
    municipality: str
    projects: int


def offer(link: Link, hub: Hub) -> Offered:
    """Read what can be said of a hub's portfolio before a file is made of it."""
    row = link.execute(
        "SELECT (SELECT held ->> 'value' FROM record WHERE tbl = %s AND id = %s), count(*) FROM record WHERE tbl = %s",
        (TABLES[Setting], MUNICIPALITY_SETTING, TABLES[Project]),
    ).fetchone()
    name, count = row or (None, 0)
    return Offered(portfolio=hub.portfolio, municipality=name or "", projects=count)


def read_all(link: Link, hub: Hub) -> Copied:
    """Read all of a hub that we may see. Must be read at one moment (`one_moment`).

    Raises Refusal where that is nothing, Trouble when it can't be what we wrote.
    """
    row = link.execute("SELECT is_controller()").fetchone()
    is_whole = bool(row and row[0])
    try:
        portfolio = _portfolio(link, is_whole=is_whole)
    except UNREADABLE:
        raise strange() from None
    if not portfolio.projects:
        raise Refusal(
            message(
                "Huben har ingen prosjekter som du er ansvarlig for: be controlleren slippe deg inn med «tertial hub "
                "let-in»."
            )
        )
    return Copied(
        portfolio=portfolio,
        lines=lines_of(link, list(portfolio.ledger_batches)) if is_whole else {},
        known=frozenset(one for (one,) in link.execute("SELECT short FROM told")),
        seen=seen_at(hub.id, head(link)),
        origin=hub.portfolio,
        is_whole=is_whole,
    )


def write_copy(path: Path, copied: Copied, sent: SentPackage, label: Message, *, key: Key | None = None) -> None:
    """Write what was read as a new file; `sent` says whose it is where it is a package.

    Raises Trouble when there is a file of that name, or it can't be written.
    """
    if not copied.is_whole:
        if path.exists():
            raise Trouble(message("{file} finnes fra før: velg et annet navn.", file=path.name))
        roots = Roots(portfolio=copied.origin, known=copied.known, news=News(), seen=copied.seen)
        of_mine = replace(sent, projects=frozenset(map(ProjectId, copied.portfolio.projects)))
        write_package(path, copied.portfolio, of_mine, roots)
        return
    lineage = Lineage(known=copied.known, portfolio=copied.origin, seen=copied.seen)
    signature = Signature(who=sent.made_by, at=sent.made_at.isoformat(), way=BEGUN, entry_id=sent.id)
    with new_store(path, key=key) as store:
        store.commit(Edit(label, tuple(_whole(copied.portfolio))), signature, lines=copied.lines, lineage=lineage)


def _whole(portfolio: Portfolio) -> Iterator[Change]:
    """Yield the changes that make an empty portfolio hold all of one, in a lawful order."""
    for kind in FIELD_OF:
        if kind is not PeriodState:
            yield from (Change(None, record) for record in portfolio.records(kind).values())
    for state in portfolio.period_states.values():
        yield from lived_through(state)


def _portfolio(link: Link, *, is_whole: bool) -> Portfolio:
    held: dict[type[Record], dict[str, Record]] = {kind: {} for kind in FIELD_OF}
    for tbl, scope, values in link.execute("SELECT tbl, scope, held FROM record ORDER BY tbl, key"):
        record = record_of_row(KINDS[tbl], values)
        if isinstance(record, BudgetLine) and not is_whole:
            record = replace(record, project=ProjectId(scope))
        held[type(record)][record.id] = record
    held[LedgerBatch] = dict(_batches(link, held[LedgerBatch].values(), held[Project], is_whole=is_whole))
    fields = {FIELD_OF[kind]: records for kind, records in held.items()}
    return replace(Portfolio(), **fields)  # type: ignore[arg-type]  # each field gets records of its own kind


def _batches(
    link: Link, batches: Iterable[Record], projects: Iterable[str], *, is_whole: bool
) -> Iterator[tuple[str, Record]]:
    known = [one for one in batches if isinstance(one, LedgerBatch)]
    sums = sums_of(link, [one.id for one in known], None if is_whole else projects)
    for batch in known:
        found = sums.get(batch.id, ())
        if is_whole:
            yield batch.id, replace(batch, sums=found)
        elif found:
            yield batch.id, limited_batch(batch, found)
