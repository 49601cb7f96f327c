"""Makes a new portfolio file of what was saved from a damaged one: whole, or not at all. The damaged file is let be.

Must not know where it was saved from. What was lost is said, and stands in the new file's journal.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path

from db import journal
from db.journal import PlainChange, Signature
from db.key import Key
from db.records import KINDS, TABLES
from db.salvaging import PlainRecords, Salvage
from db.store import Store, new_store
from db.tables import LINES_TABLE, WHOLE_TABLES, Row, UnfitRowError, fill
from db.trouble import Trouble
from tracker.kind_titles import KIND_TITLES
from tracker.messages import Message, message
from tracker.model import LedgerBatch, Project
from tracker.plain import Plain, codec, record_of
from tracker.settings.choice import listed

_BATCHES, _PROJECTS = TABLES[LedgerBatch], TABLES[Project]
_MOST_NAMED = 3
LABEL = message("Gjenopprettet fra journalen")


def losses_of(saved: Salvage) -> list[Message]:
    """Say what could not be saved, one sentence each; nothing when all could."""
    return [*_lost_entries(saved), *_lost_batches(saved), *_put_back(saved)]


def recover(saved: Salvage, path: Path, signature: Signature, *, key: Key | None = None) -> None:
    """Write a new portfolio file of what was saved, held against its own journal before it gets its name.

    What was saved from an encrypted file is written under its key.

    Raises Trouble when there is a file of that name, it can't be written, or what was saved does not hold.
    """
    records = _with_what_is_left(saved)
    changes = list(_changes(saved.replayed, records))
    entries = list(saved.entries)
    if changes:
        entries.append(journal.bridging_entry(saved.head, LABEL, changes, signature))
    tables: dict[str, list[Row]] = {table: [] for table in WHOLE_TABLES}
    for (table, record_id), record in records.items():
        found = codec(KINDS[table])
        row = found.to_row(record_of(KINDS[table], record))
        tables[table].append(dict(zip(found.columns, row, strict=True)))
        if table == _BATCHES:
            tables["ledger_sum"] += saved.sums[record_id]
            tables[LINES_TABLE] += saved.lines.get(record_id, ())
    tables["journal"] = [{name: getattr(entry, name) for name in journal.COLUMNS} for entry in entries]
    with new_store(path, key=key) as store:
        try:
            with store.lent() as connection:
                fill(connection, tables)
        except UnfitRowError as unfit:
            raise _unsaved(path) from unfit
        _require_whole(store, path)


def _with_what_is_left(saved: Salvage) -> PlainRecords:
    """Return the records, batches without their sums left out, those without their lines known as such."""
    left: PlainRecords = {}
    for (table, record_id), record in saved.records.items():
        if table != _BATCHES:
            left[table, record_id] = record
        elif record_id in saved.sums:
            has_lines = record_id in saved.lines
            left[table, record_id] = record if has_lines else _without_lines(record)
    return left


def _without_lines(batch: Mapping[str, Plain]) -> dict[str, Plain]:
    return {name: value for name, value in batch.items() if name != "lines_hash"}


def _changes(before: PlainRecords, after: PlainRecords) -> Iterator[PlainChange]:
    for table, record_id in dict.fromkeys([*before, *after]):
        old, new = before.get((table, record_id)), after.get((table, record_id))
        if old != new:
            yield table, record_id, old, new


def _lost_entries(saved: Salvage) -> Iterator[Message]:
    last = datetime.fromisoformat(saved.entries[-1].at).date() if saved.entries else "-"
    if saved.lost_entries is None:
        yield message("Det siste i journalen kan ikke leses: endringer etter {day} kan være borte.", day=last)
    elif saved.lost_entries and saved.are_records_proven:
        yield message(
            "Hvem som gjorde {count} {count:endring|endringer} etter {day}, er borte: innholdet er slik det var sist.",
            count=saved.lost_entries,
            day=last,
        )
    elif saved.lost_entries:
        yield message("{count} {count:endring|endringer} etter {day} er borte.", count=saved.lost_entries, day=last)


def _lost_batches(saved: Salvage) -> Iterator[Message]:
    for (table, record_id), record in saved.records.items():
        if table != _BATCHES:
            continue
        if record_id not in saved.sums:
            yield message("Regnskapet fra {source} er borte: importer filen på nytt.", source=str(record["source"]))
        elif record_id not in saved.lines:
            yield message("Enkeltbilagene i {source} er borte; summene er hele.", source=str(record["source"]))


def _put_back(saved: Salvage) -> Iterator[Message]:
    if saved.differing:
        yield message(
            "{count} {count:post|poster} i filen ({names}) er annerledes enn i journalen, og blir som der.",
            count=len(saved.differing),
            names=_named(saved),
        )


def _named(saved: Salvage) -> Message:
    """Name the projects that records belong to, the first few; a record of none is called what its kind is."""
    names: dict[str, Message] = {}
    for table, record_id in saved.differing:
        record = saved.records.get((table, record_id), {})
        project = record if table == _PROJECTS else saved.records.get((_PROJECTS, str(record.get("project"))), {})
        name = project.get("name")
        names[str(name or table)] = message("{name}", name=str(name)) if name else KIND_TITLES[KINDS[table]]
    told = list(names.values())
    return listed([*told[:_MOST_NAMED], *([message("{name}", name="…")] if len(told) > _MOST_NAMED else [])])


def _require_whole(store: Store, path: Path) -> None:
    try:
        problems = store.verify()
        store.load()
    except Trouble as trouble:
        raise _unsaved(path) from trouble
    if problems:
        raise _unsaved(path)


def _unsaved(path: Path) -> Trouble:
    return Trouble(
        message(
            "{file} kunne ikke skrives, for det som ble reddet, henger ikke sammen: hent fram en sikkerhetskopi.",
            file=path.name,
        )
    )
