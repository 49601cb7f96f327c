"""A portfolio file: load it, commit edits to it, verify it. The only writer of records.

Must not know why an edit is made, nor show anything.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from db import journal
from db.hot_journal import put_strange_journal_aside
from db.journal import Entry, Head, Signature
from db.key import Key, fitting
from db.opening import (
    connected,
    copied_to_memory,
    guard,
    is_of_an_earlier_version,
    refuse_foreign,
    refuse_foreign_content,
    roll_back_what_a_crash_left,
)
from db.records import KINDS, SUM_COLUMNS, TABLES, plain, sum_of_row, sum_row
from db.schema import migrate
from db.shape import bounded, refuse_other_shape
from db.trouble import UNREADABLE, Damage, Trouble, damaged, known_trouble, readable
from db.whole_file import beside, name_new
from tracker.edits import Change, Edit
from tracker.history import Recorded
from tracker.ledger.lines import Line, Stretch, hash_of, lines_of, unpack
from tracker.merging.lineage import NO_LINEAGE, Lineage
from tracker.messages import Message, message
from tracker.model import FIELD_OF, Dismissal, LedgerBatch, LedgerSum, Portfolio, Record
from tracker.plain import codec, record_of
from tracker.steps import Step, Steps, steps_of

Lines = Mapping[str, Sequence[Stretch]]
"""Packed ledger lines by their batch's id."""


class Store:
    """An open portfolio file. Use `open_store` and `new_store`; close it when done."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self._connection = connection
        self._seen: Head | None = None

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def load(self) -> Portfolio:
        """Read everything.

        Raises Trouble when the content isn't what the journal says it is.
        """
        portfolio = self.load_unchecked()
        self.check(portfolio)
        return portfolio

    def load_unchecked(self) -> Portfolio:
        """Read everything, to be shown at once; nothing may be written before it is checked."""
        try:
            with known_trouble(self.path), bounded(self._connection, self.path):
                self._seen = self._head()
                fields = {FIELD_OF[kind]: self._read(kind) for kind in TABLES}
        except UNREADABLE:
            raise self.damaged() from None
        return replace(Portfolio(), **fields)  # type: ignore[arg-type]  # each field gets records of its own kind

    def check(self, portfolio: Portfolio) -> None:
        """Compare what was read with the journal.

        Raises Trouble when the content isn't what the journal says it is.
        """
        self.checking(portfolio)()

    def checking(self, portfolio: Portfolio) -> Callable[[], None]:
        """Return the comparison of `check` as work that touches no file, so that any thread can do it."""
        with known_trouble(self.path):
            head = self._head()

        def compare() -> None:
            if journal.records_hash(portfolio) != head.records:
                raise Damage(
                    message(
                        "Innholdet i {file} er endret utenfor Tertial: hent fram en sikkerhetskopi, "
                        "eller se hva som er endret med «tertial verify».",
                        file=self.path.name,
                    )
                )

        return compare

    def commit(
        self, edit: Edit, signature: Signature, *, lines: Lines | None = None, lineage: Lineage = NO_LINEAGE
    ) -> Entry:
        """Write an edit and its journal entry in one transaction: all of it or nothing.

        `lines` are those of the ledger batches that the edit adds; of other batches the sums are all that is kept.
        `lineage` is what the edit has from other files.
        """
        with known_trouble(self.path), self._transaction():
            head = self._head()
            # Others wrote, or a disk kept what it said that it could not: the edit was not made of what is there.
            if self._seen not in {None, head}:
                raise self._changed_elsewhere()
            entry = journal.next_entry(head, edit, signature, lineage=lineage)
            for change in edit.changes:
                self._write(change, lines or {})
            self._insert("journal", journal.COLUMNS, tuple(getattr(entry, name) for name in journal.COLUMNS))
        self._seen = journal.head_of(entry)
        return entry

    def journal(self) -> Iterator[Entry]:
        """Read the journal, oldest first."""
        columns = ", ".join(journal.COLUMNS)
        with known_trouble(self.path):
            for row in self._connection.execute(f"SELECT {columns} FROM journal ORDER BY seq"):
                yield Entry(**dict(zip(journal.COLUMNS, row, strict=True)))

    def steps(self) -> Steps:
        """Find what can be undone and redone."""
        with known_trouble(self.path):
            rows = self._connection.execute("SELECT seq, label, way FROM journal ORDER BY seq").fetchall()
        with readable(self.path):
            return steps_of([(Step(seq=seq, label=journal.label_of(label)), way) for seq, label, way in rows])

    def edit_at(self, seq: int, portfolio: Portfolio) -> Edit:
        """Read an edit back from the journal, to be taken back in the portfolio as it stands.

        Raises Refusal where the journal doesn't hold all of it: the lines of a ledger import that was undone.
        """
        with known_trouble(self.path):
            row = self._connection.execute("SELECT label, changes FROM journal WHERE seq = ?", (seq,)).fetchone()
        with readable(self.path):
            changes = map(journal.change_of, map(tuple, json.loads(row[1])))
            return Edit(journal.label_of(row[0]), tuple(journal.with_sums(change, portfolio) for change in changes))

    def history(self, ids: Collection[str]) -> list[Recorded]:
        """Read what was done to some records, oldest first, without reading the rest of large edits.

        What was put aside in the texts of a project belongs to the project, also when it has been taken back.
        """
        wanted = json.dumps(list(ids))
        with known_trouble(self.path):
            rows = self._connection.execute(
                "SELECT j.at, j.who, j.way, j.label, c.value, j.lineage FROM journal j, json_each(j.changes) c "
                "WHERE c.value ->> 1 IN (SELECT value FROM json_each(?)) OR c.value ->> 0 = ? AND "
                "coalesce(c.value ->> '$[3].project', c.value ->> '$[2].project') IN (SELECT value FROM json_each(?)) "
                "ORDER BY j.seq, c.key",
                (wanted, TABLES[Dismissal], wanted),
            ).fetchall()
        with readable(self.path):
            return [journal.recorded(row) for row in rows]

    def verify(self) -> list[Message]:
        """Replay the journal and compare with the records; what doesn't agree, one sentence each."""
        try:
            entries = list(self.journal())
            problems = [*journal.broken_links(entries)]
            with known_trouble(self.path):
                problems += [*self._changed_records(journal.replay(entries)), *self._changed_lines()]
        except UNREADABLE:
            raise self.damaged() from None
        return problems

    def as_journalled(self) -> Portfolio:
        """Return the portfolio as the journal says that it is, ledger batches without their sums.

        Raises Trouble when the journal itself was changed.
        """
        entries = list(self.journal())
        if any(journal.broken_links(entries)):
            raise self.damaged()
        fields: dict[str, dict[str, Record]] = {name: {} for name in FIELD_OF.values()}
        for (table, record_id), values in journal.replay(entries).items():
            fields[FIELD_OF[KINDS[table]]][record_id] = record_of(KINDS[table], values)
        return replace(Portfolio(), **fields)  # type: ignore[arg-type]  # each field gets records of its own kind

    def ledger_lines(self, batch: str) -> Iterator[Line]:
        """Read the lines of a ledger batch, in the order of its file; none where only its sums were kept."""
        with known_trouble(self.path):
            try:
                for stretch in self.stretches(batch):
                    for columns in unpack(stretch.packed):
                        yield from lines_of(columns)
            except UNREADABLE:
                raise self.damaged() from None

    def rows(self, table: str) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
        """Read a table of a portfolio whole, for export: its columns and its rows by primary key."""
        with known_trouble(self.path):
            cursor = self._connection.execute(f'SELECT * FROM "{table}" ORDER BY 1, 2')
            return tuple(column[0] for column in cursor.description), cursor.fetchall()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Lend the connection to what reads the journal in its own way."""
        with known_trouble(self.path):
            yield self._connection

    @contextmanager
    def lent(self) -> Iterator[sqlite3.Connection]:
        """Lend the connection, in one transaction, to what fills a new file's tables whole (`db.tables`)."""
        with known_trouble(self.path), self._transaction():
            yield self._connection

    def records_of(self, kind: type[Record]) -> Mapping[str, Record]:
        """Read one kind of record, whatever is wrong with the others."""
        with known_trouble(self.path):
            return self._read(kind)

    def _read(self, kind: type[Record]) -> Mapping[str, Record]:
        if kind is LedgerBatch:
            return self._read_batches()
        found, table = codec(kind), TABLES[kind]
        columns = ", ".join(f'"{column}"' for column in found.columns)
        rows = self._connection.execute(f'SELECT {columns} FROM "{table}" ORDER BY rowid')
        return {row[0]: found.to_record(row) for row in rows}

    def _read_batches(self) -> Mapping[str, Record]:
        found = codec(LedgerBatch)
        sums: dict[str, list[LedgerSum]] = {}
        columns = ", ".join(SUM_COLUMNS)
        for batch, *row in self._connection.execute(
            f"SELECT batch, {columns} FROM ledger_sum ORDER BY batch, position"
        ):
            sums.setdefault(batch, []).append(sum_of_row(row))
        batches: dict[str, Record] = {}
        for row in self._connection.execute(f"SELECT {', '.join(found.columns)} FROM ledger_batch ORDER BY rowid"):
            batch = found.to_record(row)
            batches[batch.id] = replace(batch, sums=tuple(sums.get(batch.id, ())))
        return batches

    def _write(self, change: Change, lines: Lines) -> None:
        found, table = codec(change.kind), TABLES[change.kind]
        if change.before is None:
            self._insert(table, found.columns, found.to_row(change.known))
            if isinstance(change.after, LedgerBatch):
                self._insert_sums(change.after, lines.get(change.record_id, ()))
            return
        if change.after is None:
            if change.kind is LedgerBatch:
                self._delete_sums(change.record_id)
            cursor = self._connection.execute(f'DELETE FROM "{table}" WHERE id = ?', (change.record_id,))
        else:
            places = ", ".join(f'"{column}" = ?' for column in found.columns)
            row = (*found.to_row(change.after), change.record_id)
            cursor = self._connection.execute(f'UPDATE "{table}" SET {places} WHERE id = ?', row)
        if cursor.rowcount != 1:
            raise self._changed_elsewhere()

    def _insert(self, table: str, columns: tuple[str, ...], row: tuple[Any, ...]) -> None:
        names = ", ".join(f'"{column}"' for column in columns)
        places = ", ".join("?" * len(columns))
        self._connection.execute(f'INSERT INTO "{table}" ({names}) VALUES ({places})', row)

    def _insert_sums(self, batch: LedgerBatch, lines: Sequence[Stretch]) -> None:
        places = ", ".join("?" * (2 + len(SUM_COLUMNS)))
        self._connection.executemany(
            f"INSERT INTO ledger_sum (batch, position, {', '.join(SUM_COLUMNS)}) VALUES ({places})",
            ((batch.id, position, *sum_row(entry)) for position, entry in enumerate(batch.sums)),
        )
        self._connection.executemany(
            "INSERT INTO ledger_stretch (batch, stretch, line_count, packed) VALUES (?, ?, ?, ?)",
            ((batch.id, at, stretch.line_count, stretch.packed) for at, stretch in enumerate(lines)),
        )

    def _delete_sums(self, batch: str) -> None:
        self._connection.execute("DELETE FROM ledger_sum WHERE batch = ?", (batch,))

    def _changed_elsewhere(self) -> Trouble:
        return Trouble(
            message(
                "{file} er endret i et annet vindu: åpne den på nytt og gjør endringen om igjen.", file=self.path.name
            )
        )

    def damaged(self) -> Damage:
        """Return what is said of a file whose content is none that we write."""
        return damaged(self.path)

    def _head(self) -> Head:
        """Read the end of the chain, without what the last entry changed: that may be a whole import."""
        row = self._connection.execute("SELECT seq, records, hash FROM journal ORDER BY seq DESC LIMIT 1").fetchone()
        return journal.GENESIS if row is None else Head(seq=row[0], records=row[1], hash=row[2])

    def _changed_records(self, replayed: dict[tuple[str, str], dict[str, Any]]) -> Iterator[Message]:
        for kind, table in TABLES.items():
            for record_id, record in self._read(kind).items():
                if replayed.pop((table, record_id), None) != plain(record):
                    yield message("{table} {id} er endret utenfor Tertial.", table=table, id=record_id)
        for table, record_id in replayed:
            yield message("{table} {id} er fjernet utenfor Tertial.", table=table, id=record_id)

    def _changed_lines(self) -> Iterator[Message]:
        for batch, lines_hash in self._connection.execute(
            "SELECT id, lines_hash FROM ledger_batch WHERE lines_hash <> '' "
            "OR EXISTS (SELECT 1 FROM ledger_stretch WHERE batch = id)"
        ):
            if hash_of(self.stretches(batch)) != lines_hash:
                yield message("Regnskapslinjene i bunke {id} er endret utenfor Tertial.", id=batch)

    def stretches(self, batch: str) -> Iterator[Stretch]:
        """Read the packed lines of a ledger batch; none where only its sums were kept."""
        rows = self._connection.execute(
            "SELECT line_count, packed FROM ledger_stretch WHERE batch = ? ORDER BY stretch", (batch,)
        )
        return (Stretch(line_count=count, packed=packed) for count, packed in rows)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._connection.execute("COMMIT")
        except BaseException:
            with suppress(sqlite3.Error):
                self._connection.execute("ROLLBACK")
            raise


def open_store(path: Path, *, read_only: bool = False, key: Key | None = None) -> Store:
    """Open a portfolio file, an encrypted one by its key.

    Raises Trouble when it isn't there, isn't ours, is damaged, in use, or made by a newer Tertial; KeyNeeded when it is
    encrypted by another key.
    """
    refuse_foreign(path)
    key = fitting(path, key)
    with known_trouble(path):
        put_strange_journal_aside(path, lambda copy: connected(copy, "rw", key), lambda copy: Store(path, copy).load())
        roll_back_what_a_crash_left(path, key)
        connection = connected(path, "ro" if read_only else "rw", key)
        if key is not None:
            refuse_foreign_content(path, connection)
        refuse_other_shape(connection, path)
        if not read_only:
            migrate(connection)
        elif is_of_an_earlier_version(connection):
            connection = copied_to_memory(connection, key)
            migrate(connection)
        guard(connection)
    return Store(path, connection)


@contextmanager
def new_store(path: Path, *, key: Key | None = None) -> Iterator[Store]:
    """Make a new portfolio file, encrypted where a key is given, which takes its place only when the block ends well.

    Raises Trouble when there is a file of that name, or it can't be written.
    """
    if path.exists():
        raise Trouble(message("{file} finnes fra før: velg et annet navn.", file=path.name))
    with known_trouble(path), beside(path) as copy:
        connection = connected(copy, "rwc", key)
        with closing(Store(path, connection)) as store:
            migrate(connection)
            guard(connection)
            yield store
        name_new(copy, path)
