"""What can be read out of a damaged portfolio file: the unbroken journal, the records, the ledger's sums and lines.

Nothing is guessed. A line of the journal counts when its hash and its neighbours say so, records when their hash is one
that the journal knows, sums and lines when they have the hash that their batch says. What is missing may come from a
backup, held to the same hashes. Must not write anything.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from db import journal
from db.journal import GENESIS, Entry, Head
from db.key import Key, fitting, salt_of
from db.ledger_rows import lines_in, sums_in
from db.mended_copy import mended_copy
from db.opening import connected, copied_to_memory, is_of_an_earlier_version
from db.records import KINDS, TABLES, plain
from db.schema import migrate
from db.store import Store, open_store
from db.tables import Row
from db.trouble import Trouble
from tracker.plain import Plain

_UNREADABLE = (sqlite3.Error, Trouble, ValueError, LookupError, TypeError, AttributeError, RecursionError)
"""What reading a damaged file ends in, wherever it is damaged."""
_BATCHES = "ledger_batch"

_ReadRows = Callable[[sqlite3.Connection, str], tuple[list[Row], str]]
"""Reads a batch's rows and their hash."""

PlainRecords = dict[tuple[str, str], dict[str, Plain]]
"""Records as plain values, by table and id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Salvage:
    """What was saved. `entries` is the journal as far as it holds, `replayed` the records that it makes.

    `records` are those to go on with: the same, or the file's own where they are proven right though the journal broke.
    `sums` and `lines` are rows by batch; a batch that is not among them has lost them. `lost_entries` is how many lines
    of the journal are gone, None where that can't be known. `are_records_proven` is whether the records are those
    that the file's last line knew; where they aren't, `differing` are those that the file had otherwise, or not at all.
    """

    entries: tuple[Entry, ...]
    replayed: PlainRecords
    records: PlainRecords
    sums: Mapping[str, Sequence[Row]]
    lines: Mapping[str, Sequence[Row]]
    lost_entries: int | None
    are_records_proven: bool
    differing: Sequence[tuple[str, str]]

    @property
    def head(self) -> Head:
        """The end of the journal as far as it holds."""
        return _head_of(self.entries)

    @property
    def has_lost_changes(self) -> bool:
        """Whether changes are gone, and not only what the journal told of them."""
        return not self.are_records_proven and self.lost_entries != 0


def salvage(path: Path, backups: Sequence[Path] = (), *, key: Key | None = None) -> Salvage | None:
    """Read what can be read, the backups' help taken; None where nothing can.

    `key` opens the file, and those backups that are encrypted as it is. Raises KeyNeeded when the file is encrypted by
    another; otherwise nothing: what can't be read is lost.
    """
    fitting(path, key)
    with ExitStack() as opened:
        own = next(_connections([path], opened, key), None) or _lenient_connection(path, opened, key)
        if own is None:
            return None
        donors = list(_connections(backups, opened, key))
        own_entries = _entries(own)
        entries = _unbroken(own_entries, donors)
        replayed = journal.replay(entries)
        proven = _proven_records(own, own_entries)
        is_same = proven == replayed
        records = replayed if proven is None or is_same else proven
        if not records:
            return None
        return Salvage(
            entries=entries,
            replayed=replayed,
            records=records,
            sums=_by_batch(records, "sums", sums_in, [own, *donors]),
            lines=_by_batch(records, "lines_hash", lines_in, [own, *donors]),
            lost_entries=_lost(own, entries, donors, is_proven=proven is not None),
            are_records_proven=proven is not None,
            differing=_differing(own, records) if proven is None else (),
        )


def _connections(paths: Iterable[Path], opened: ExitStack, key: Key | None) -> Iterator[sqlite3.Connection]:
    """Open what can be opened; a file of an earlier version as it would be today."""
    for path in paths:
        with suppress(*_UNREADABLE, OSError):
            own_key = fitting(path, key)
            open_store(path, read_only=True, key=own_key).close()
            connection = connected(path, "ro", own_key)
            if is_of_an_earlier_version(connection):
                connection = copied_to_memory(connection, own_key)
                migrate(connection)
            yield opened.enter_context(closing(connection))


def _lenient_connection(path: Path, opened: ExitStack, key: Key | None) -> sqlite3.Connection | None:
    """Open a copy of what SQLite won't open as it is. A key may be that of a file whose salt was damaged."""
    for tried in (key,) if salt_of(path) is not None else dict.fromkeys((key, None)):
        with suppress(*_UNREADABLE, OSError):
            folder = Path(opened.enter_context(TemporaryDirectory(prefix="tertial-")))
            connection = opened.enter_context(closing(mended_copy(path, folder / "kopi", key=tried)))
            if not is_of_an_earlier_version(connection):
                return connection
    return None


def _entries(connection: sqlite3.Connection) -> dict[int, Entry]:
    """Read every line of a journal that can be read, whole or not."""
    found = (_entry(connection, number) for number in range(1, _last_readable(connection) + 1))
    return {number: entry for number, entry in enumerate(found, start=1) if entry is not None}


def _entry(connection: sqlite3.Connection, number: int) -> Entry | None:
    with suppress(*_UNREADABLE):
        names = ", ".join(journal.COLUMNS)
        row = connection.execute(f"SELECT {names} FROM journal WHERE seq = ?", (number,)).fetchone()
        return None if row is None else Entry(**dict(zip(journal.COLUMNS, row, strict=True)))
    return None


def _last_number(connection: sqlite3.Connection) -> int | None:
    with suppress(*_UNREADABLE):
        number = connection.execute("SELECT max(seq) FROM journal").fetchone()[0]
        return number if isinstance(number, int) else 0
    return None


def _last_readable(connection: sqlite3.Connection) -> int:
    """Return the last line's number, or how far one comes where the end is gone."""
    last = _last_number(connection)
    if last is not None:
        return last
    last = 0
    with suppress(*_UNREADABLE):
        for (last,) in connection.execute("SELECT seq FROM journal ORDER BY seq"):  # noqa: B007  the last is wanted
            pass
    return last


def _unbroken(own: Mapping[int, Entry], donors: Sequence[sqlite3.Connection]) -> tuple[Entry, ...]:
    """Return the journal from its beginning as far as each line follows from the one before."""
    kept: list[Entry] = []
    while True:
        entry = own.get(len(kept) + 1)
        if entry is not None and _follows(entry, kept):
            kept.append(entry)
            continue
        borrowed = next(filter(None, (_borrowed(kept, own, donor) for donor in donors)), None)
        if not borrowed:
            return tuple(kept)
        kept += borrowed


def _borrowed(kept: Sequence[Entry], own: Mapping[int, Entry], donor: sqlite3.Connection) -> list[Entry]:
    """Return a backup's lines in the place of damaged ones, up to where the file's own journal confirms them.

    A backup of before the file was restored may tell another story: what nobody confirms is not taken.
    """
    taken: list[Entry] = []
    while True:
        entry = _entry(donor, len(kept) + len(taken) + 1)
        if entry is None or not _follows(entry, [*kept[-1:], *taken]):
            return []
        taken.append(entry)
        own_entry, after = own.get(entry.seq), own.get(entry.seq + 1)
        if entry.hash in {own_entry.hash if own_entry else "", after.previous if after else ""}:
            return taken


def _follows(entry: Entry, before: Sequence[Entry]) -> bool:
    with suppress(*_UNREADABLE):
        head = _head_of(before)
        return entry.is_whole() and (entry.seq, entry.previous) == (head.seq + 1, head.hash)
    return False


def _head_of(entries: Sequence[Entry]) -> Head:
    return Head(seq=entries[-1].seq, records=entries[-1].records, hash=entries[-1].hash) if entries else GENESIS


def _proven_records(connection: sqlite3.Connection, own: Mapping[int, Entry]) -> PlainRecords | None:
    """Return the file's own records where their hash proves them right.

    It is the one that a whole last line says, or comes of replaying all lines, be they broken in what isn't replayed.
    """
    with suppress(*_UNREADABLE):
        portfolio = Store(Path(), connection).load_unchecked()
        records: PlainRecords = {
            (table, str(one.id)): plain(one)
            for kind, table in TABLES.items()
            for one in portfolio.records(kind).values()
        }
        if journal.plain_hash(records) in _known_hashes(own):
            return records
    return None


def _known_hashes(own: Mapping[int, Entry]) -> Iterator[str]:
    if own and own[max(own)].is_whole():
        yield own[max(own)].records
    with suppress(*_UNREADABLE):
        yield journal.plain_hash(journal.replay(own.values()))


def _by_batch(
    records: PlainRecords, named: str, read: _ReadRows, connections: Sequence[sqlite3.Connection]
) -> dict[str, Sequence[Row]]:
    """Find each batch's rows in the first file that has them as the batch's hash says."""
    batches = {record_id: record.get(named, "") for (table, record_id), record in records.items() if table == _BATCHES}
    found = ((batch, _rows_of(batch, wanted, read, connections)) for batch, wanted in batches.items())
    return {batch: rows for batch, rows in found if rows is not None}


def _rows_of(
    batch: str, wanted: Plain, read: _ReadRows, connections: Sequence[sqlite3.Connection]
) -> Sequence[Row] | None:
    for connection in connections:
        with suppress(*_UNREADABLE):
            rows, found = read(connection, batch)
            if found == wanted:
                return rows
    return None


def _lost(
    own: sqlite3.Connection, entries: Sequence[Entry], donors: Sequence[sqlite3.Connection], *, is_proven: bool
) -> int | None:
    """Count the journal's lines that are gone; None where its end may be gone too, so that nobody knows."""
    last = _last_number(own)
    if last is None or (not is_proven and (_is_broken(own) or _goes_on(donors, entries))):
        return None
    return max(last - len(entries), 0)


def _is_broken(connection: sqlite3.Connection) -> bool:
    """Whether the pages of the journal don't hang together."""
    with suppress(*_UNREADABLE):
        return bool(connection.execute("PRAGMA integrity_check('journal')").fetchone()[0] != "ok")
    return True


def _goes_on(donors: Sequence[sqlite3.Connection], entries: Sequence[Entry]) -> bool:
    """Whether a backup knows what came after the last line."""
    after = (_entry(donor, len(entries) + 1) for donor in donors)
    return any(entry is not None and _follows(entry, entries[-1:]) for entry in after)


def _differing(own: sqlite3.Connection, records: PlainRecords) -> Sequence[tuple[str, str]]:
    """Find the records that the file has otherwise than they should be, has not, or has beside them."""
    found: PlainRecords = {}
    for table, kind in KINDS.items():
        with suppress(*_UNREADABLE):
            of_kind = Store(Path(), own).records_of(kind)
            found |= {(table, record_id): plain(record) for record_id, record in of_kind.items()}
    return [key for key in dict.fromkeys([*records, *found]) if records.get(key) != found.get(key)]
