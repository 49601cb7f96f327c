"""In which part of a hub a change stands, and so who may read it; and the places that it decided on, as they are now.

Must not know a server. A part is a project; what is said of none is for everybody (`COMMON`) or for the controllers
alone (`HOUSE`), the same as what a package brings along and what stays at home.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from tracker.merging.law import BROUGHT_HOME, LAWS, WHOLE, key_of, plain_key
from tracker.merging.limiting import COMMON_SETTINGS, is_of_work
from tracker.merging.lineage import ForeignEdit, Lineage, Place, Written
from tracker.merging.news import fields_of, touched
from tracker.model import (
    BudgetLine,
    LedgerBatch,
    LedgerSum,
    PeriodLock,
    PeriodState,
    Portfolio,
    Project,
    Record,
    Setting,
)
from tracker.owners import Owners
from tracker.plain import Plain, codec

Part = str
COMMON, HOUSE = "common", "house"


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A place as it is now: the record that it stands in, and the columns of its unit; no columns where it is gone."""

    place: Place
    part: Part
    record: str
    columns: Mapping[str, Plain] | None


@dataclass(frozen=True)
class Parts:
    """Finds in which part of a hub something of a portfolio stands.

    To a project manager (`is_managers`) all that is the controllers' stands in `HOUSE`: it isn't theirs to tell, also
    where a merge of theirs took it in.
    """

    portfolio: Portfolio
    is_managers: bool = False

    @cached_property
    def _owners(self) -> Owners:
        return Owners(self.portfolio)

    def of_values(self, kind: type[Record], values: Mapping[str, Any]) -> Part:
        """Return the part that a record stands in, by its plain values."""
        if self._is_withheld(kind):
            return HOUSE
        if kind is Project:
            return str(values["id"])
        if kind in {PeriodState, PeriodLock, LedgerBatch}:
            return COMMON
        if kind is Setting:
            setting = Setting(id=values["id"], value="")
            return COMMON if setting.id in COMMON_SETTINGS or is_of_work(setting) else HOUSE
        if kind is BudgetLine:
            held = self.portfolio.subprojects.get(values.get("subproject") or "")
            return str(self._owners.standing(values["project"] if held is None else held.project))
        return str(values.get("project") or HOUSE)

    def of_sum(self, entry: LedgerSum) -> Part:
        """Return the part that a ledger sum stands in; one that belongs to nobody is the controllers'."""
        return str(self._owners.of_sum(entry) or HOUSE)

    def of_changes(self, entry: Written) -> list[tuple[int, Part]]:
        """Return the changes of an entry by number, each in the part it is in; one that moved is in both."""
        found = []
        for at, (kind, before, after) in enumerate(entry.changes):
            parts = {self.of_values(kind, values) for values in (before, after) if values is not None}
            found += [(at, part) for part in sorted(parts)]
        return found

    def of_place(self, place: Place) -> Part:
        """Return the part that a place stands in; of a record that is gone only its key can tell."""
        record = self.record_at(place)
        if record is not None:
            return self.of_values(place.kind, _row(record))
        if self._is_withheld(place.kind):
            return HOUSE
        return place.key.partition("|")[0] if LAWS[place.kind].key[0] == "project" else HOUSE

    def _is_withheld(self, kind: type[Record]) -> bool:
        return self.is_managers and LAWS[kind].owner not in BROUGHT_HOME

    def record_at(self, place: Place) -> Record | None:
        """Return the record that a place stands in."""
        held = self._by_key.get(place.kind)
        if held is None:
            held = {key_of(one): one for one in self.portfolio.records(place.kind).values()}
            self._by_key[place.kind] = held
        return held.get(place.key)

    @cached_property
    def _by_key(self) -> dict[type[Record], dict[str, Record]]:
        return {}

    def held(self, entry: Written) -> Iterator[Held]:
        """Yield the places that an entry decided on, as they are now.

        What waits here is not among them: it is as it was where it came from.
        """
        lineage = entry.lineage
        places = dict.fromkeys(place for change in entry.changes for place, _ in touched(change))
        for one in lineage.edits:
            places |= dict.fromkeys((*one.took, *one.agreed))
        places |= dict.fromkeys(lineage.kept)
        whole = {(place.kind, place.key) for place in places if place.unit == WHOLE}
        was = {(kind, key): part for kind, key, part in self._gone(entry)}
        for place in places:
            if place.unit == WHOLE or (place.kind, place.key) not in whole:
                yield self._held(place, was.get((place.kind, place.key)))

    def _gone(self, entry: Written) -> Iterator[tuple[type[Record], str, Part]]:
        for kind, before, after in entry.changes:
            for values in (before, after):
                if values is not None:
                    yield kind, plain_key(kind, values), self.of_values(kind, values)

    def _held(self, place: Place, was: Part | None) -> Held:
        record = self.record_at(place)
        if record is None:
            return Held(place=place, part=was or self.of_place(place), record="", columns=None)
        row = _row(record)
        part = self.of_values(place.kind, row)
        if place.unit == WHOLE:
            return Held(place=place, part=part, record=record.id, columns=row)
        names = set(fields_of(place.kind, place.unit))
        field_of = codec(place.kind).field_of
        columns = {column: value for column, value in row.items() if field_of[column] in names}
        return Held(place=place, part=part, record=record.id, columns=columns)

    def split(self, lineage: Lineage) -> dict[Part, Lineage]:
        """Return a lineage part by part, so that nobody reads of what they may not see."""
        places = {place for one in lineage.edits for place in (*one.took, *one.agreed)}
        places |= {*lineage.kept, *(place for _, place in (*lineage.waiting, *lineage.settled))}
        part_of = {place: self.of_place(place) for place in places}
        parts = {*part_of.values(), HOUSE}
        return {part: found for part in sorted(parts) if (found := _limited(lineage, part, part_of))}


def _limited(lineage: Lineage, part: Part, part_of: Mapping[Place, Part]) -> Lineage:
    def here(places: Iterable[Place]) -> tuple[Place, ...]:
        return tuple(place for place in places if part_of[place] == part)

    edits = [replace(one, took=here(one.took), agreed=here(one.agreed)) for one in lineage.edits]
    is_house = part == HOUSE
    return Lineage(
        edits=tuple(one for one in edits if one.took or one.agreed or is_house),
        kept=here(lineage.kept),
        waiting=tuple(one for one in lineage.waiting if part_of[one[1]] == part),
        settled=tuple(one for one in lineage.settled if part_of[one[1]] == part),
        undid=lineage.undid,
        known=lineage.known if is_house else frozenset(),
    )


def joined(lineages: Iterable[Lineage]) -> Lineage:
    """Return the lineage that some parts are of, as far as they tell."""
    edits: dict[str, ForeignEdit] = {}
    whole = Lineage()
    for one in lineages:
        for edit in one.edits:
            held = edits.get(edit.author.edit)
            edits[edit.author.edit] = (
                edit
                if held is None
                else replace(held, took=(*held.took, *edit.took), agreed=(*held.agreed, *edit.agreed))
            )
        whole = Lineage(
            kept=(*whole.kept, *one.kept),
            waiting=(*whole.waiting, *one.waiting),
            settled=(*whole.settled, *one.settled),
            undid=whole.undid or one.undid,
            known=whole.known | one.known,
        )
    return replace(whole, edits=tuple(edits.values()))


def _row(record: Record) -> dict[str, Plain]:
    found = codec(type(record))
    return dict(zip(found.columns, found.to_row(record), strict=True))
