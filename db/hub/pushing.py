"""Sends what a file has that its hub doesn't: all of it in one transaction, or nothing.

Must not know how others merge it. A push may be broken off anywhere and done again: an entry is known by its id. It is
only taken while the file has read all that others have sent of the same parts, so what it says comes after that.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from db.hub.mine import Mine, mine, pending
from db.hub.rows import Row, Rows, add, as_json, new_batches, rows_of
from db.hub.schema import Hub
from db.kinship import entries_of
from db.store import Store
from tracker.edits import Edit, apply
from tracker.flat import FIGURE_COLUMNS, figure_rows
from tracker.merging.limiting import limited
from tracker.merging.lineage import Written
from tracker.messages import Refusal, message
from tracker.model import CodeMatch, LedgerBatch, PeriodState, Portfolio, ProjectId
from tracker.sharing.parts import COMMON
from tracker.sharing.telling import told_by

if TYPE_CHECKING:
    from db.hub.connecting import Link

_OF_ALL = frozenset({PeriodState, LedgerBatch, CodeMatch})
"""Kinds of record that figures of all projects rest on."""
_A_MANAGERS = (
    "year_end_forecast",
    "expected_deviation",
    "final_cost_forecast",
    "deviation_timing",
    "deviation_cost",
    "deviation_scope",
    "deviation_other",
    "estimated_completion",
    "phase",
    "status_state",
    "explanation",
    "status_text",
)


class UnreadError(Refusal):
    """Others have sent something that this file has not read, `unread`, so it may not send on top of it."""

    def __init__(self, unread: Sequence[str]) -> None:
        super().__init__(
            message(
                "Huben har {count} {count:endring|endringer} som du ikke har hentet: hent dem først, og send deretter.",
                count=len(unread),
            )
        )
        self.unread = tuple(unread)


def push(link: Link, store: Store, portfolio: Portfolio, hub: Hub) -> int:
    """Send what the hub has not been told of. Returns how many entries that was.

    Raises UnreadError when others have sent something of the same parts that this file has not read, Refusal when a
    package was made of what the hub has not been told, or has something of projects that aren't its sender's.
    """
    with link.transaction():
        link.execute("SELECT begin_push()")
        file = mine(link, store, hub)
        ids = pending(link, file)
        if not ids:
            return 0
        entries = entries_of(store, ids)
        # Who has become a controller since their package was fetched has a project manager's view of it all the same.
        is_controllers = not portfolio.is_package and _is_controllers(link)
        rows = rows_of(entries, _ways(store, ids), portfolio, is_controllers=is_controllers)
        if len(ids) == len(file.told):
            _refuse_unknown_beginning(link, file, entries)
        if not is_controllers:
            _refuse_lost(link, rows, portfolio)
        _refuse_unread(link, file, rows)
        for table, some in rows.by_table.items():
            add(link, table, some)
        if is_controllers:
            _add_lines(link, store, entries, portfolio)
        _add_figures(link, entries, rows, portfolio, is_controllers=is_controllers)
        return len(ids)


def _ways(store: Store, ids: Sequence[str]) -> dict[str, str]:
    with store.reading() as connection:
        return dict(
            connection.execute(
                "SELECT id, way FROM journal WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(ids),)
            )
        )


def _refuse_unread(link: Link, file: Mine, rows: Rows) -> None:
    """Refuse to send on top of what this file doesn't know."""
    others = link.execute(
        "SELECT DISTINCT id FROM entry WHERE seq > %s AND scopes && %s", (file.seen, [*rows.parts, COMMON])
    )
    unread = [one for (one,) in others if not file.knowledge.has(one)]
    if unread:
        raise UnreadError(unread)


def _refuse_unknown_beginning(link: Link, file: Mine, entries: Iterable[Written]) -> None:
    """Refuse a package made of what the hub has never heard of: it would hide what it was made of."""
    sent = {one for entry in entries for one in told_by(entry)}
    wanted = sorted(file.began - sent)
    if not wanted:
        return
    row = link.execute("SELECT count(*) FROM told WHERE short = ANY (%s)", (wanted,)).fetchone()
    if row is None or row[0] < len(wanted):
        raise Refusal(
            message("Pakken bygger på endringer som huben ikke har fått ennå: be controlleren sende dem først.")
        )


def _refuse_lost(link: Link, rows: Rows, portfolio: Portfolio) -> None:
    """Refuse what a project manager did in projects that are somebody else's by now, and say which."""
    row = link.execute("SELECT my_scopes()").fetchone()
    lost = rows.parts.difference(row[0] if row else ())
    if lost:
        names = sorted(one.name for one in portfolio.projects.values() if one.id in lost)
        raise Refusal(
            message(
                "Ingenting er sendt, for {count} {count:prosjekt|prosjekter} som du har endret, er ikke lenger "
                "{count:ditt|dine}: send filen til controlleren som en pakke, og hent en ny fil fra huben.",
                count=len(lost),
            ),
            *(message("{name}", name=name) for name in names),
        )


def _is_controllers(link: Link) -> bool:
    row = link.execute("SELECT is_controller()").fetchone()
    return bool(row and row[0])


def _add_lines(link: Link, store: Store, entries: Iterable[Written], portfolio: Portfolio) -> None:
    """Add the lines of the ledger batches that are sent."""
    with link.cursor() as cursor:
        for batch in new_batches(entries, portfolio):
            cursor.executemany(
                "INSERT INTO ledger_stretch (batch, stretch, line_count, packed) VALUES (%s, %s, %s, %s) "
                "ON CONFLICT DO NOTHING",
                ((batch.id, at, one.line_count, one.packed) for at, one in enumerate(store.stretches(batch.id))),
            )


def _add_figures(
    link: Link, entries: Iterable[Written], rows: Rows, portfolio: Portfolio, *, is_controllers: bool
) -> None:
    """Bring the figures up to date for the projects that something was sent of."""
    touched = {part for part in rows.parts if part in portfolio.projects}
    if any(kind in _OF_ALL for entry in entries for kind, _, _ in entry.changes):
        touched = set(portfolio.projects)
    told = list(_figures(_only(portfolio, touched)))
    if not told:
        return
    if is_controllers:
        _upsert(link, told)
    else:
        _update(link, told)


def _figures(portfolio: Portfolio) -> Iterator[Row]:
    """Yield the figures of every project and period of a portfolio."""
    names = [column.name for column in FIGURE_COLUMNS]
    for values in figure_rows(portfolio):
        told = (value.isoformat() if isinstance(value, date) else value for value in values)
        yield dict(zip(names, told, strict=True))


def _only(portfolio: Portfolio, projects: set[str]) -> Portfolio:
    if len(projects) == len(portfolio.projects):
        return portfolio
    changes = tuple(limited(portfolio, frozenset(map(ProjectId, projects))))
    return apply(Portfolio(), Edit(message("Utdrag"), changes))


def _upsert(link: Link, told: Sequence[Row]) -> None:
    names = [f'"{name}"' for name in told[0]]
    columns = ", ".join(names)
    fresh = ", ".join(f"{name} = excluded.{name}" for name in names)
    for at in range(0, len(told), 5_000):
        link.execute(
            f"INSERT INTO figures ({columns}) "
            f"SELECT {columns} FROM jsonb_populate_recordset(NULL::figures, %s::jsonb) "
            f"ON CONFLICT (project_id, period) DO UPDATE SET {fresh}".encode(),
            (as_json(told[at : at + 5_000]),),
        )


def _update(link: Link, told: Sequence[Row]) -> None:
    """Update what a project manager answers for; budget and actual are the controllers'."""
    fresh = ", ".join(f"{name} = given.{name}" for name in _A_MANAGERS)
    link.execute(
        f"UPDATE figures SET {fresh} FROM jsonb_populate_recordset(NULL::figures, %s::jsonb) AS given "
        "WHERE figures.project_id = given.project_id AND figures.period = given.period "
        "AND coalesce(figures.status_state, '') NOT IN ('approved', 'locked')".encode(),
        (as_json(told),),
    )
