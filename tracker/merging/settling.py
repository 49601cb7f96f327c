"""Makes the edit of a merge from its plan and what somebody decided; and what the merge has to remember.

Must not know a window or a command.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from tracker.edits import Change, Edit
from tracker.kinds import CommentKind
from tracker.merging.astray import refuse_astray
from tracker.merging.law import LAWS, WHOLE, key_of
from tracker.merging.lineage import Author, ForeignEdit, Lineage, Place
from tracker.merging.plan import Choice, Incoming, MergePlan, Verdict
from tracker.merging.words import titled, written
from tracker.messages import Message, Refusal, message
from tracker.model import Comment, Portfolio, Record, RecordId, SentPackage, Status
from tracker.moves import stepwise

Choices = Mapping[Place, Choice]
"""What somebody decided, by the place of what came; what is left out is decided as suggested."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settler:
    """Who settles a merge, when, and where new ids come from."""

    who: str
    at: datetime
    new_id: Callable[[], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """A merge that was decided: its edit, what it has to remember, and how many things were taken."""

    edit: Edit
    lineage: Lineage
    taken: int


@dataclass(slots=True)
class _Decided:
    kept: list[Place] = field(default_factory=list)
    waiting: list[tuple[str, Place]] = field(default_factory=list)
    taken: list[Incoming] = field(default_factory=list)
    comments: list[Incoming] = field(default_factory=list)


def undecided(plan: MergePlan, choices: Choices) -> list[Incoming]:
    """Return the collisions that nobody has decided and that the law doesn't."""
    return [item for item in plan.items if _choice(item, choices) is None]


def accept(plan: MergePlan, choice: Choice) -> dict[Place, Choice]:
    """Return the choices that decide everything that can be taken one way."""
    return {item.place: choice for item in plan.items if item.can_be_taken}


def settle(portfolio: Portfolio, plan: MergePlan, choices: Choices, settler: Settler) -> Merge:
    """Make the edit of a merge. One that changes nothing still remembers what was decided.

    Raises Refusal with a detail for each collision that is left undecided.
    """
    left = undecided(plan, choices)
    if left:
        raise Refusal(
            message("Velg hva som skal gjelde der begge har endret det samme."),
            *(titled(portfolio, item) for item in left),
        )
    decided = _decided(plan, choices)
    changes = [*_records(portfolio, decided.taken), *_comments(decided.comments, settler)]
    changes += _returned(portfolio, plan, settler)
    edit = Edit(_label(plan, len(decided.taken)), tuple(changes))
    refuse_astray(portfolio, edit)
    return Merge(
        edit=edit,
        lineage=_lineage(plan, decided),
        taken=len(decided.taken),
    )


def _choice(item: Incoming, choices: Choices) -> Choice | None:
    return choices.get(item.place, item.suggestion)


def _decided(plan: MergePlan, choices: Choices) -> _Decided:
    decided = _Decided()
    refused = {item.bound for item in plan.items if item.bound and not _is_taken(item, choices)}
    for item in plan.items:
        if _is_taken(item, choices) and item.bound not in refused:
            decided.taken.append(item)
        elif _choice(item, choices) is Choice.AS_COMMENT and item.verdict is Verdict.LOCKED:
            decided.comments.append(item)
            decided.kept += item.places
        elif item.can_be_taken:
            decided.kept += item.places
        else:
            decided.waiting += [(author.edit, place) for author in item.authors for place in item.places]
    return decided


def _is_taken(item: Incoming, choices: Choices) -> bool:
    return item.can_be_taken and _choice(item, choices) is Choice.THEIRS


def _lineage(plan: MergePlan, decided: _Decided) -> Lineage:
    took: dict[str, list[Place]] = {}
    agreed: dict[str, list[Place]] = {}
    for same in plan.agreed:
        _attribute(took if same.is_later else agreed, agreed, same.authors, (same.place,))
    for item in decided.taken:
        _attribute(took, agreed, item.authors, item.places)
    authors = {author.edit: author for author in plan.authors}
    for item in plan.items:
        authors |= {author.edit: author for author in item.authors}
    for same in plan.agreed:
        authors |= {author.edit: author for author in same.authors}
    return Lineage(
        edits=tuple(
            ForeignEdit(
                author=author,
                took=tuple(dict.fromkeys(took.get(edit, ()))),
                agreed=tuple(dict.fromkeys(agreed.get(edit, ()))),
            )
            for edit, author in authors.items()
        ),
        kept=tuple(dict.fromkeys(decided.kept)),
        waiting=(*plan.waiting, *decided.waiting),
        settled=tuple(one for one in plan.overtaken if one[1] in _decided_on(plan, decided)),
        known=plan.known,
        package=plan.sender.package,
    )


def _attribute(
    first: dict[str, list[Place]], others: dict[str, list[Place]], authors: tuple[Author, ...], places: Iterable[Place]
) -> None:
    """Let places be of the first of those who made them; a value that several made is agreed on by the others."""
    for at, author in enumerate(authors):
        (others if at else first).setdefault(author.edit, []).extend(places)


def _decided_on(plan: MergePlan, decided: _Decided) -> set[Place]:
    taken = (place for item in decided.taken for place in item.places)
    return {*decided.kept, *taken, *(same.place for same in plan.agreed)}


def _records(portfolio: Portfolio, taken: Iterable[Incoming]) -> Iterator[Change]:
    """Yield the changes that bring each record to what was taken of it.

    New ones come before what points to them, and what is gone goes after it.
    """
    by_record: dict[tuple[type[Record], str], list[Incoming]] = {}
    for item in taken:
        by_record.setdefault((item.place.kind, item.place.key), []).append(item)
    gone: list[tuple[Change, ...]] = []
    for kind in LAWS:
        held = {key_of(record): record for record in portfolio.records(kind).values()}
        for (other, key), items in by_record.items():
            if other is kind:
                merged = _merged(held.get(key), items)
                steps = stepwise(held.get(key), merged)
                if merged is None:
                    gone.append(steps)
                else:
                    yield from steps
    yield from (change for steps in reversed(gone) for change in steps)


def _merged(mine: Record | None, items: list[Incoming]) -> Record | None:
    for item in items:
        if item.place.unit == WHOLE:
            given = item.theirs.record
            if given is None or mine is None:
                return given
            return replace(given, id=mine.id)  # type: ignore[arg-type]  # an id of its own kind
    first = items[0].theirs.record
    start = mine if mine is not None else _begun(first)
    values = {name: value for item in items for name, value in item.theirs.values.items()}
    merged: Record = replace(start, **values)  # type: ignore[arg-type]  # values of its own fields
    return merged


def _begun(given: Record | None) -> Status:
    if not isinstance(given, Status):  # pragma: no cover  only a status comes field by field into nothing
        raise TypeError(given)
    return Status(id=given.id, project=given.project, period=given.period)


def _comments(items: Iterable[Incoming], settler: Settler) -> Iterator[Change]:
    """Yield what came too late for a locked period as comments to it, one a project and period."""
    late: dict[tuple[str, str], list[Incoming]] = {}
    for item in items:
        late.setdefault((str(item.project), str(item.period)), []).append(item)
    for found in late.values():
        first = found[0]
        if first.project is None or first.period is None:
            continue
        yield Change(
            None,
            Comment(
                id=RecordId(settler.new_id()),
                project=first.project,
                period=first.period,
                kind=CommentKind.LATE,
                by=first.authors[0].who if first.authors else settler.who,
                at=settler.at,
                text="\n".join(written(item) for item in found),
            ),
        )


def _returned(portfolio: Portfolio, plan: MergePlan, settler: Settler) -> Iterator[Change]:
    sent = portfolio.sent_packages.get(plan.sender.package)
    if isinstance(sent, SentPackage) and plan.authors:
        yield Change(sent, replace(sent, returned_at=settler.at))


def _label(plan: MergePlan, taken: int) -> Message:
    return message("Hentet inn {count} {count:endring|endringer} fra {who}", count=taken, who=plan.sender.who)
