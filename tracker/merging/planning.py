"""Plans a merge: holds two files against each other, place by place.

Must not know whether anybody will say yes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, cast

from tracker.kinds import PeriodStage
from tracker.merging.law import BROUGHT_HOME, LAWS, WHOLE, Owner, key_of, unit_key
from tracker.merging.lineage import Author, Knowledge, Place, Short, Written, short
from tracker.merging.news import News, fields_of, news_of, units_of
from tracker.merging.obstacles import Obstacles
from tracker.merging.plan import Agreed, Choice, Incoming, MergePlan, Sender, Verdict, Version
from tracker.messages import message
from tracker.model import PACKAGE_SETTING, PeriodState, Portfolio, Project, Record, Setting, Status
from tracker.plain import record_of

Key = tuple[type[Record], str]
_AT_ODDS = message("Filene er ulike her, og det kan ikke ses hva som er nyest")


@dataclass(frozen=True)
class Side:
    """A file that takes part: its portfolio, the entries that the other may not know, and what it knows itself."""

    portfolio: Portfolio
    entries: tuple[Written, ...]
    knowledge: Knowledge

    @cached_property
    def records(self) -> Mapping[Key, Record]:
        """Its records, by what makes them the same in both files."""
        return {(kind, key_of(record)): record for kind in LAWS for record in self.portfolio.records(kind).values()}


def plan_merge(ours: Side, theirs: Side, sender: Sender) -> MergePlan:
    """Plan what theirs brings to ours. Nothing is changed."""
    incoming = news_of(theirs.entries, ours.knowledge)
    own = news_of(ours.entries, theirs.knowledge)
    held = _Held(
        ours, theirs, own, incoming, Obstacles(ours.portfolio, theirs.portfolio, own, is_package=sender.is_package)
    )
    items: list[Incoming] = []
    agreed: list[Agreed] = []
    for key, places in _by_record(incoming).items():
        for found in held.compare(key, places):
            if isinstance(found, Incoming):
                items.append(found)
            else:
                agreed.append(Agreed(place=found, authors=incoming.setters[found], is_later=not own.sets(found)))
    items += held.at_odds()
    return MergePlan(
        sender=sender,
        items=tuple(_bound_together(items)),
        authors=tuple(incoming.authors.values()),
        agreed=tuple(agreed),
        waiting=tuple(_still_waiting(incoming, theirs.knowledge)),
        overtaken=tuple(_overtaken(ours.knowledge, theirs.knowledge)),
        known=_known(theirs.entries, ours.knowledge),
    )


def _by_record(news: News) -> Mapping[Key, list[Place]]:
    found: dict[Key, list[Place]] = {}
    for place in news.setters:
        if not _is_of_the_file(place):
            found.setdefault((place.kind, place.key), []).append(place)
    return found


def _is_of_the_file(place: Place) -> bool:
    owner = LAWS[place.kind].owner_of(place.unit)
    return owner is Owner.FILE or (place.kind is Setting and place.key == PACKAGE_SETTING)


def _still_waiting(incoming: News, theirs: Knowledge) -> Iterator[tuple[str, Place]]:
    """Yield what the other file couldn't take and hasn't decided on since."""
    for edit, place in incoming.waiting:
        if place in theirs.waiting.get(short(edit), ()):
            yield edit, place


def _overtaken(ours: Knowledge, theirs: Knowledge) -> Iterator[tuple[Short, Place]]:
    for edit, places in ours.waiting.items():
        if edit in theirs.ids:
            # What waits there too was no part of what was decided there.
            yield from ((edit, place) for place in places if place not in theirs.waiting.get(edit, ()))


def _known(entries: Iterable[Written], ours: Knowledge) -> frozenset[Short]:
    known = (entry.lineage.known for entry in entries if ours.is_new(entry))
    return frozenset[Short]().union(*known)


def _bound_together(items: list[Incoming]) -> Iterator[Incoming]:
    """Let what stands in the way of one of several that are bound together stand in the way of all."""
    worst: dict[str, Incoming] = {}
    for item in items:
        if item.bound and (item.bound not in worst or _weight(item) > _weight(worst[item.bound])):
            worst[item.bound] = item
    for item in items:
        first = worst.get(item.bound, item)
        yield replace(item, verdict=first.verdict, suggestion=first.suggestion, because=first.because)


def _weight(item: Incoming) -> int:
    return list(Verdict).index(item.verdict)


@dataclass(frozen=True)
class _Held:
    """Both sides, held against each other."""

    ours: Side
    theirs: Side
    own: News
    incoming: News
    obstacles: Obstacles
    made: dict[int, Record] = field(default_factory=dict)

    @cached_property
    def changed_here(self) -> frozenset[Key]:
        """The records of which ours has anything that theirs doesn't know of."""
        return frozenset((place.kind, place.key) for place in self.own.setters)

    def compare(self, key: Key, places: list[Place]) -> Iterator[Incoming | Place]:
        """Yield what comes to one record, and the places where both sides have the same already."""
        kind, name = key
        mine, given = self.ours.records.get(key), _as_it_comes(self.theirs.records.get(key))
        whole = Place(kind, name, WHOLE)
        if given is None and isinstance(mine, Status) and not self.incoming.sets(whole):
            # Nothing was removed: what came for a status that isn't there was decided against there.
            given = _empty(mine)
        if mine is None and given is None:
            yield from places
        elif LAWS[kind].is_whole or given is None or (mine is None and not self._comes_field_by_field(key)):
            if _same(mine, given):
                yield from places
            else:
                yield self._whole(whole, tuple(dict.fromkeys((whole, *places))), mine, given)
        else:
            for place in places:
                if place.unit == WHOLE:
                    # A status that isn't here is made by what is taken of it, and by nothing else.
                    yield from () if mine is None else (place,)
                elif _values(mine or _empty(given), place) == _values(given, place):
                    yield place
                else:
                    yield self._field(place, mine, given)

    def at_odds(self) -> Iterator[Incoming]:
        """Yield where the files differ though each knows all that the other has: neither can be said to be later.

        So it is where what came last waited in one of them and never came again. Both would keep what they have.
        """
        for key in self._shared():
            mine, given = self.ours.records.get(key), self.theirs.records.get(key)
            for place in self._places_at_odds(key, mine, given):
                found = self._told(place, (place,), mine, given, is_changed_here=True)
                is_open = found.verdict is Verdict.COLLISION
                yield replace(found, suggestion=None, because=_AT_ODDS) if is_open else found

    def _shared(self) -> Iterator[Key]:
        """Yield what a package brings home, of projects that are in both files, where the files differ."""
        for key in dict.fromkeys((*self.ours.records, *self.theirs.records)):
            mine, given = self.ours.records.get(key), self.theirs.records.get(key)
            if mine is given or LAWS[key[0]].owner not in BROUGHT_HOME:
                continue
            if mine != given and self._is_in_both(given or mine):
                yield key

    def _is_in_both(self, record: Record | None) -> bool:
        project = getattr(record, "project", None)
        return project in self.ours.portfolio.projects and project in self.theirs.portfolio.projects

    def _places_at_odds(self, key: Key, mine: Record | None, given: Record | None) -> Iterator[Place]:
        kind, name = key
        whole, is_one_gone = Place(kind, name, WHOLE), mine is None or given is None
        if kind is Status:
            mine, given = mine or _empty(given), given or _empty(mine)
        elif LAWS[kind].is_whole or is_one_gone:
            if not (self._is_news(whole) or _same(mine, given)):
                yield whole
            return
        if mine is None or given is None or (is_one_gone and self._is_removed(whole)):
            return
        for unit in dict.fromkeys(units_of(kind).values()):
            place = Place(kind, name, unit)
            if not self._is_news(place) and _values(mine, place) != _values(given, place):
                yield place

    def _is_news(self, place: Place) -> bool:
        return self.own.sets(place) or self.incoming.sets(place)

    def _is_removed(self, whole: Place) -> bool:
        gone = self.own if (whole.kind, whole.key) not in self.ours.records else self.incoming
        return gone.sets(whole)

    def _comes_field_by_field(self, key: Key) -> bool:
        return key[0] is Status and not self.own.sets(Place(key[0], key[1], WHOLE))

    def _whole(self, place: Place, places: tuple[Place, ...], mine: Record | None, given: Record | None) -> Incoming:
        is_changed_here = (place.kind, place.key) in self.changed_here
        return self._told(place, places, mine, given, is_changed_here=is_changed_here)

    def _field(self, place: Place, mine: Record | None, given: Record) -> Incoming:
        return self._told(place, (place,), mine, given, is_changed_here=self.own.sets(place))

    def _told(
        self,
        place: Place,
        places: tuple[Place, ...],
        mine: Record | None,
        given: Record | None,
        *,
        is_changed_here: bool,
    ) -> Incoming:
        known = given or mine
        verdict, because = self.obstacles.before(place, mine, given, is_changed_here=is_changed_here)
        base = self._base(place, mine)
        return Incoming(
            place=place,
            places=places,
            project=known.id if isinstance(known, Project) else getattr(known, "project", None),
            period=getattr(known, "period", None),
            base=_version(base, place),
            ours=_version(mine, place),
            theirs=_version(given, place),
            verdict=verdict,
            suggestion=self._suggested(place, verdict),
            authors=self._authors(places),
            because=because,
            bound=unit_key(known) if known is not None else "",
        )

    def _authors(self, places: tuple[Place, ...]) -> tuple[Author, ...]:
        found = (author for one in places for author in self.incoming.setters.get(one, ()))
        return tuple({author.edit: author for author in found}.values())

    def _base(self, place: Place, mine: Record | None) -> Record | None:
        """Return the record as both sides last knew it."""
        for news in (self.incoming, self.own):
            if place in news.bases:
                return self._record(place.kind, news.bases[place])
        return mine

    def _record(self, kind: type[Record], values: Mapping[str, Any] | None) -> Record | None:
        """Return the record that plain values stand for, made once for all places that it was the base of."""
        if values is None:
            return None
        if id(values) not in self.made:
            self.made[id(values)] = record_of(kind, values)
        return self.made[id(values)]

    def _suggested(self, place: Place, verdict: Verdict) -> Choice | None:
        if verdict is Verdict.NEW:
            return Choice.THEIRS
        if verdict is not Verdict.COLLISION:
            return Choice.OURS
        if not self.obstacles.is_package:
            return None
        owner = LAWS[place.kind].owner_of(place.unit)
        return Choice.THEIRS if owner is Owner.PROJECT_MANAGER else Choice.OURS


def _as_it_comes(record: Record | None) -> Record | None:
    """Return a record as another file may bring it: a period comes open, and is locked in each file by itself."""
    if isinstance(record, PeriodState):
        return replace(record, stage=PeriodStage.OPEN, revision=0, reopened_because="")
    return record


def _same(mine: Record | None, given: Record | None) -> bool:
    if mine is None or given is None:
        return mine is given
    return replace(given, id=mine.id) == mine  # type: ignore[arg-type]  # an id of its own kind


def _version(record: Record | None, place: Place) -> Version:
    return Version(record=record, values={} if record is None else _values(record, place))


def _values(record: Record, place: Place) -> dict[str, object]:
    return {name: getattr(record, name) for name in fields_of(place.kind, place.unit)}


def _empty(given: Record | None) -> Record:
    """Return a status that says nothing yet, of the project and period that one comes for."""
    status = cast("Status", given)
    return Status(id=status.id, project=status.project, period=status.period)
