"""Makes a new portfolio file of an export: the same records, ledger lines and journal, or nothing.

Must not know where the export came from. What comes back has to tie out with its own journal.
"""

from __future__ import annotations

from pathlib import Path

from db import journal
from db.exported import read_export
from db.journal import Signature
from db.store import Store, new_store
from db.tables import LINES_TABLE, Tables, UnfitRowError, fill, shapes_of
from db.trouble import Trouble
from tracker.edits import added
from tracker.ledger.lines import unpack
from tracker.messages import Refusal, message
from tracker.model import FIELD_OF, Portfolio

_MOST_TOLD = 20


def restore(source: Path, path: Path, signature: Signature) -> Portfolio:
    """Make a portfolio file of an export, a folder or its JSON. Returns what is in it.

    An export without a journal gets one that begins with `signature`. Raises Refusal with the place of what is wrong,
    Trouble when there is a file of that name or one can't be written; then nothing is there.
    """
    with new_store(path) as store:
        with store.lent() as connection:
            shapes = shapes_of(connection)
        tables = read_export(source, shapes)
        _refuse_unreadable_lines(tables, source.name)
        try:
            with store.lent() as connection:
                fill(connection, tables)
        except UnfitRowError as unfit:
            raise Refusal(
                message(
                    "{file} kan ikke hentes inn. {table}, rad {row:id}: raden bryter en regel i porteføljen.",
                    file=source.name,
                    table=unfit.table,
                    row=unfit.row,
                )
            ) from unfit
        if not tables["journal"]:
            _begin_journal(store, source.name, signature)
        return _tied_out(store, source.name)


def _begin_journal(store: Store, file: str, signature: Signature) -> None:
    """Write one entry that made everything, for an export that nobody of ours kept a journal of."""
    portfolio = store.load_unchecked()
    records = [record for kind in FIELD_OF for record in portfolio.records(kind).values()]
    if not records:
        return
    edit = added(message("Hentet inn fra {file}", file=file), records)
    entry = journal.next_entry(journal.GENESIS, edit, signature)
    with store.lent() as connection:
        names, places = ", ".join(journal.COLUMNS), ", ".join("?" * len(journal.COLUMNS))
        values = [getattr(entry, name) for name in journal.COLUMNS]
        connection.execute(f"INSERT INTO journal ({names}) VALUES ({places})", values)


def _tied_out(store: Store, file: str) -> Portfolio:
    """Read what was written and hold it against the journal.

    Raises Refusal with each record that isn't what the journal made of it.
    """
    try:
        problems = store.verify()
        if not problems:
            return store.load()
    except Trouble as trouble:
        raise Refusal(message("{file} kan ikke hentes inn: journalen eller en rad er skadet.", file=file)) from trouble
    raise Refusal(
        message(
            "{file} er endret etter eksporten, så den kan ikke hentes inn som den er: eksporter på nytt, "
            "eller ta bort journalen for å begynne en ny.",
            file=file,
        ),
        *problems[:_MOST_TOLD],
    )


def _refuse_unreadable_lines(tables: Tables, file: str) -> None:
    for number, row in enumerate(tables[LINES_TABLE], start=1):
        packed = row["packed"]
        try:
            count = sum(len(columns.rows) for columns in unpack(packed)) if isinstance(packed, bytes) else -1
        except (ValueError, KeyError, TypeError):
            count = -1
        if count != row["line_count"]:
            raise Refusal(
                message(
                    "{file} kan ikke hentes inn. {table}, rad {row:id}: regnskapslinjene kan ikke leses.",
                    file=file,
                    table=LINES_TABLE,
                    row=number,
                )
            )
