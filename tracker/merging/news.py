"""What a file has that another doesn't know of: by place, the edits that its value is from.

Must not know what becomes of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import chain, repeat
from typing import Any

from tracker.edits import Change
from tracker.merging.law import BROUGHT_HOME, LAWS, WHOLE, key_of, plain_key
from tracker.merging.lineage import Author, ForeignEdit, Knowledge, Lineage, Place, PlainChange, Written
from tracker.model import Portfolio
from tracker.plain import codec

Setters = dict[Place, tuple[Author, ...]]
_NEW = object()
_TOLD = frozenset(kind for kind, law in LAWS.items() if law.owner in BROUGHT_HOME)


@dataclass(slots=True)
class News:
    """What a file has that another doesn't know of.

    `setters` are the edits that a place's value is from: several where files made the same of it, and the other may
    know any. `bases` are the records as they were before, as plain values, None where there was none. `authors` are
    all edits that the other doesn't know, in their order; `waiting` what this file couldn't take itself; `saved` what
    a merge found, for the entry that takes it back.
    """

    setters: Setters = field(default_factory=dict)
    bases: dict[Place, Mapping[str, Any] | None] = field(default_factory=dict)
    authors: dict[str, Author] = field(default_factory=dict)
    waiting: list[tuple[str, Place]] = field(default_factory=list)
    saved: dict[str, Setters] = field(default_factory=dict)

    def sets(self, place: Place) -> bool:
        """Whether a place has a value that the other doesn't know of."""
        return place in self.setters


def news_of(entries: Iterable[Written], other: Knowledge) -> News:
    """Go through a journal, oldest entry first, for what another file doesn't know."""
    entries, seen, news = tuple(entries), replace(other, waiting={}), News()
    for entry in entries:
        if seen.is_new(entry):
            _take(news, entry, seen.at(entry))
    if other.waiting:
        _offer_again(news, entries, other)
    return news


def _offer_again(news: News, entries: Iterable[Written], other: Knowledge) -> None:
    """Count as news what the other file couldn't take, where nothing that it knows has come after."""
    nothing, made = Knowledge(), News()
    for entry in entries:
        _take(made, entry, nothing)
    for place, authors in made.setters.items():
        is_known = any(other.knows(one.edit, place) for one in authors)
        if not is_known and any(other.waits_for(one.edit, place) for one in authors):
            news.setters[place] = authors
            if place in made.bases:
                news.bases.setdefault(place, made.bases[place])


def _take(news: News, entry: Written, other: Knowledge) -> None:
    is_new = not other.has(entry.id)
    undid = entry.lineage.undid
    if is_new:
        news.authors.setdefault(entry.id, entry.author)
    if undid in news.saved:
        _put_back(news, news.saved.pop(undid))
        return
    found = {place: base for change in entry.changes for place, base in touched(change)}
    if entry.lineage.edits or entry.lineage.kept:
        _save(news, entry, found)
    for place, base in found.items():
        if not other.knows(entry.id, place):
            news.setters[place] = (entry.author,)
            news.bases.setdefault(place, base)
    _take_lineage(news, entry.lineage, entry.author, other)


def _take_lineage(news: News, lineage: Lineage, author: Author, other: Knowledge) -> None:
    for one in lineage.edits:
        if not other.has(one.author.edit):
            news.authors.setdefault(one.author.edit, one.author)
        for place in one.took:
            _set(news, place, (), one.author, other)
    for one in lineage.edits:
        for place in one.agreed:
            if place in news.setters:
                _set(news, place, news.setters[place], one.author, other)
    for place in lineage.kept:
        if not other.knows(author.edit, place):
            news.setters[place] = (author,)
    news.waiting += [(edit, place) for edit, place in lineage.waiting if not other.has(edit)]


def _set(news: News, place: Place, others: tuple[Author, ...], author: Author, other: Knowledge) -> None:
    """Let a place's value be of an edit and some others, or nothing new where the edit is known."""
    if other.knows(author.edit, place):
        news.setters.pop(place, None)
    else:
        news.setters[place] = (*others, author)


def heritage_of(changes: Iterable[Change], portfolio: Portfolio, news: News) -> tuple[ForeignEdit, ...]:
    """Return the edits that what a package begins with is from, by the news that its whole portfolio is.

    Only of what a package brings home: the rest is never held against anything. Where a record was decided against,
    that is told too.
    """
    held = {(change.kind, key_of(change.known)) for change in changes}
    elsewhere = {(kind, key_of(one)) for kind in _TOLD for one in portfolio.records(kind).values()} - held
    took: dict[str, list[Place]] = {}
    agreed: dict[str, list[Place]] = {}
    authors: dict[str, Author] = {}
    for place, made in news.setters.items():
        if place.kind not in _TOLD or (place.kind, place.key) in elsewhere:
            continue
        for author, places in zip(made, chain([took], repeat(agreed)), strict=False):
            authors[author.edit] = author
            places.setdefault(author.edit, []).append(place)
    return tuple(
        ForeignEdit(author=author, took=tuple(took.get(edit, ())), agreed=tuple(agreed.get(edit, ())))
        for edit, author in authors.items()
    )


def _save(news: News, entry: Written, touched: Iterable[Place]) -> None:
    """Remember what a merge finds, for the entry that takes it back: then it is as if neither had been."""
    places = {*touched, *entry.lineage.kept}
    places |= {place for one in entry.lineage.edits for place in (*one.took, *one.agreed)}
    news.saved[entry.id] = {place: news.setters.get(place, ()) for place in places}


def _put_back(news: News, saved: Setters) -> None:
    for place, authors in saved.items():
        if authors:
            news.setters[place] = authors
        else:
            news.setters.pop(place, None)


def touched(change: PlainChange) -> Iterator[tuple[Place, Mapping[str, Any] | None]]:
    """Yield the places that a change set, each with the record before it.

    A field that a new record left as every new one has it was set by nobody.
    """
    kind, before, after = change
    known = after if after is not None else before
    if known is None:  # pragma: no cover  no change is of nothing
        return
    key, units = plain_key(kind, known), units_of(kind)
    if before is None or after is None or LAWS[kind].is_whole:
        yield Place(kind, key, WHOLE), before
    if after is None or LAWS[kind].is_whole:
        return
    old = before or {}
    moved = {column for column in (*old, *after) if old.get(column, _NEW) != after.get(column, _NEW)}
    for unit in dict.fromkeys(units[column] for column in moved if column in units):
        yield Place(kind, key, unit), before


def units_of(kind: Any) -> Mapping[str, str]:  # noqa: ANN401  a class, not a union of them
    """Return which unit a column belongs to, those left out that say which record it is."""
    return _units_of(kind)


@cache
def _units_of(kind: Any) -> Mapping[str, str]:  # noqa: ANN401
    law = LAWS[kind]
    fixed = {"id", *law.key}
    return {column: law.unit_of(name) for column, name in codec(kind).field_of.items() if name not in fixed}


def fields_of(kind: Any, unit: str) -> tuple[str, ...]:  # noqa: ANN401
    """Return the fields that merge in a unit."""
    return _fields_of(kind, unit)


@cache
def _fields_of(kind: Any, unit: str) -> tuple[str, ...]:  # noqa: ANN401
    law = LAWS[kind]
    fixed = {"id", *law.key}
    names = dict.fromkeys(name for name in codec(kind).field_of.values() if name not in fixed)
    return tuple(name for name in names if law.unit_of(name) == unit)
