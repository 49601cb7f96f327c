"""All that a portfolio file holds of one person, as JSON or a flat CSV: the answer to one who asks.

Must not know who asks. What is said in words is words about the person; whole texts of others are not handed out.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from db.journal import Entry, label_of
from db.persons.finding import ledger_lines_naming, places_of, tables_of
from db.store import Store
from db.whole_file import write_whole
from tracker.messages import Refusal, message
from tracker.persons.names import Person
from tracker.persons.places import Place, Standing
from tracker.report.content import Say

_AROUND = 80
COLUMNS = ("what", "standing", "field", "project", "period", "at", "entry", "text", "table", "record")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Everything about a person: where they stand, what they did, and which ledger lines name them."""

    person: Person
    records: tuple[dict[str, Any], ...]
    entries: tuple[dict[str, Any], ...]
    history: tuple[dict[str, Any], ...]
    ledger_lines: tuple[dict[str, Any], ...]

    @property
    def is_empty(self) -> bool:
        """Whether the file holds nothing of the person."""
        return not (self.records or self.entries or self.history or self.ledger_lines)


def answer_about(store: Store, person: Person, *, say: Say) -> Answer:
    """Gather everything that a file holds of a person."""
    tables = tables_of(store)
    entries = {entry.seq: entry for entry in store.journal()}
    names = {str(row["id"]): str(row["name"]) for row in tables["project"]}
    places = places_of(tables, person)
    made = [place for place in places if place.entry is not None]
    since = {(one.table, one.record, one.field, one.text): one.entry for one in made}
    told = [_told(place, person, names, entries, since, say=say) for place in places]
    done = {place.entry for place in made if place.field == "who" and place.standing is Standing.NAMED}
    sources = {str(row["id"]): str(row["source"]) for row in tables["ledger_batch"]}
    return Answer(
        person=person,
        records=tuple(one for one, place in zip(told, places, strict=True) if place.entry is None),
        entries=tuple(_entry(entries[seq], say) for seq in sorted(filter(None, done))),
        history=tuple(
            one for one, place in zip(told, places, strict=True) if place.entry is not None and place.field != "who"
        ),
        ledger_lines=tuple(
            {"batch": batch, "source": sources[batch], "lines": count}
            for batch, count in ledger_lines_naming(store, sources, person).items()
        ),
    )


def write_answer(answer: Answer, path: Path) -> None:
    """Write an answer as the kind of file that the name says.

    Raises Refusal when the ending is neither, Trouble when the file can't be written.
    """
    written = {".json": _json, ".csv": _csv}.get(path.suffix.casefold())
    if written is None:
        raise Refusal(message("{file} må slutte på .json eller .csv.", file=path.name))
    content = written(answer)
    write_whole(path, lambda beside: beside.write_text(content, encoding="utf-8", newline=""))


def quoted(place: Place, person: Person) -> str:
    """Return the words about a person in a text, or all of it where it is a name."""
    if place.standing is Standing.NAMED:
        return place.text
    found = person.mentions(place.text)
    start, end = max(found[0].start - _AROUND, 0), min(found[-1].end + _AROUND, len(place.text))
    start = start if start == 0 else place.text.find(" ", start) + 1
    end = end if end == len(place.text) else max(place.text.rfind(" ", 0, end), found[-1].end)
    before, after = "… " if start else "", " …" if end < len(place.text) else ""
    return f"{before}{' '.join(place.text[start:end].split())}{after}"


def _told(  # noqa: PLR0913  a place, and what it is told with
    place: Place,
    person: Person,
    names: Mapping[str, str],
    entries: Mapping[int, Entry],
    since: Mapping[tuple[str, str, str, str], int | None],
    *,
    say: Say,
) -> dict[str, Any]:
    seq = place.entry if place.entry is not None else since.get((place.table, place.record, place.field, place.text))
    return {
        "standing": place.standing.value,
        "field": say(place.title),
        "project": names.get(place.project or "", place.project),
        "period": place.period,
        "at": None if seq is None else entries[seq].at,
        "entry": seq,
        "text": quoted(place, person),
        "table": place.table,
        "record": place.record,
    }


def _entry(entry: Entry, say: Say) -> dict[str, Any]:
    changed = sorted({table for table, *_ in entry.plain_changes()})
    return {
        "entry": entry.seq,
        "at": entry.at,
        "way": entry.way,
        "text": say(label_of(entry.label)),
        "changes": sum(1 for _ in entry.plain_changes()),
        "tables": changed,
    }


def _json(answer: Answer) -> str:
    parts: dict[str, Sequence[object]] = {
        "names": answer.person.names,
        "records": answer.records,
        "entries": answer.entries,
        "history": answer.history,
        "ledger_lines": answer.ledger_lines,
    }
    return json.dumps(parts, ensure_ascii=False, indent=1) + "\n"


def _csv(answer: Answer) -> str:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS, extrasaction="ignore", lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writeheader()
    parts: Iterable[tuple[str, Iterable[Mapping[str, Any]]]] = (
        ("record", answer.records),
        ("entry", answer.entries),
        ("history", answer.history),
        ("ledger_lines", ({**one, "text": one["source"], "record": one["batch"]} for one in answer.ledger_lines)),
    )
    for what, rows in parts:
        writer.writerows({"what": what, **row} for row in rows)
    return text.getvalue()
