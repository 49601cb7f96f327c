"""Who is named in a portfolio file, and everywhere that one person stands in it.

Must not know what is done about it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from db.journal import broken_links
from db.persons.walking import JOURNAL_TABLE, NAMELESS_TABLES, SIGNED, Spot, Visit, walked
from db.store import Store
from db.tables import WHOLE_TABLES, Tables
from db.trouble import Trouble
from tracker.ledger.lines import Columns, unpack
from tracker.messages import Message, message
from tracker.persons.fields import Held, Holds
from tracker.persons.names import Person, key_of, people_in
from tracker.persons.places import Place, standing_of


@dataclass(slots=True)
class Named:
    """A name in the file: how often it stands in each field now, and in how many places the journal has it."""

    name: str
    fields: Counter[str] = field(default_factory=Counter)
    titles: dict[str, Message] = field(default_factory=dict)
    entries: int = 0
    earlier: int = 0

    @property
    def places(self) -> int:
        """How many places there are in all."""
        return self.fields.total() + self.entries + self.earlier


def tables_of(store: Store) -> Tables:
    """Read the tables that names stand in.

    Raises Trouble when the file isn't what its journal says.
    """
    store.load()
    if any(broken_links(store.journal())):
        raise Trouble(message("{file} er skadet: hent fram en sikkerhetskopi.", file=store.path.name))
    return all_tables_of(store, but=NAMELESS_TABLES)


def all_tables_of(store: Store, *, but: Collection[str] = ()) -> Tables:
    """Read every table as it is."""
    return {table: _rows(store, table) for table in WHOLE_TABLES if table not in but}


def people_named(tables: Tables) -> list[Named]:
    """Return everybody who stands in a field that is a person's name, in order of their names."""
    found: dict[str, Named] = {}

    def visit(spot: Spot, _at: str, held: Held, text: str) -> str:
        if held.holds is not Holds.NAME or not spot.is_new:
            return text
        for name in people_in(text):
            known = found.setdefault(key_of(name), Named(name))
            if spot.table == JOURNAL_TABLE:
                known.entries += 1
                known.titles[JOURNAL_TABLE] = SIGNED.title
            elif spot.entry is None:
                known.fields[held.title.text] += 1
                known.titles[held.title.text] = held.title
            else:
                known.earlier += 1
        return text

    _visit_all(tables, visit)
    return sorted(found.values(), key=lambda one: key_of(one.name))


def places_of(tables: Tables, person: Person) -> list[Place]:
    """Return everywhere that a person stands, or may be meant: in records as they are, then in the journal."""
    found: list[Place] = []

    def visit(spot: Spot, at: str, held: Held, text: str) -> str:
        standing = standing_of(person, held, text) if spot.is_new else None
        if standing is not None:
            found.append(
                Place(
                    table=spot.table,
                    record=spot.record,
                    field=at,
                    title=held.title,
                    text=text,
                    standing=standing,
                    project=spot.project,
                    period=spot.period,
                    entry=spot.entry,
                )
            )
        return text

    _visit_all(tables, visit)
    return found


def ledger_lines_naming(store: Store, batches: Iterable[str], person: Person) -> Mapping[str, int]:
    """Return how many ledger lines of each batch may name a person. They are a copy of the accounts."""
    found = {batch: sum(_naming(store, batch, person)) for batch in batches}
    return {batch: count for batch, count in found.items() if count}


def _naming(store: Store, batch: str, person: Person) -> Iterator[int]:
    words = [name.split()[-1].casefold() for name in person.names]
    for stretch in store.stretches(batch):
        for columns in unpack(stretch.packed):
            if any(word in "\n".join(_texts(columns)).casefold() for word in words):
                yield sum(bool(person.mentions(text)) for text in _texts(columns))


def _texts(columns: Columns) -> Iterable[str]:
    return (*columns.texts, *columns.vouchers)


def _rows(store: Store, table: str) -> list[dict[str, str | int | bytes | None]]:
    columns, rows = store.rows(table)
    return [dict(zip(columns, row, strict=True)) for row in rows]


def _visit_all(tables: Tables, visit: Visit) -> None:
    for _ in walked(tables, visit):
        pass
