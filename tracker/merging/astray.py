"""What a merge would leave pointing at nothing: where only a part of what belongs together is taken.

Must not know who decides.
"""

from __future__ import annotations

from collections.abc import Iterator

from tracker.edits import Edit, apply
from tracker.kind_titles import KIND_TITLES
from tracker.messages import Refusal, message
from tracker.model import FIELD_OF, LedgerBatch, Portfolio, Project, Record, Subproject

_POINTING = ("project", "joined_into", "subproject")


def refuse_astray(portfolio: Portfolio, edit: Edit) -> None:
    """Refuse an edit after which something is of a project or a subproject that isn't there.

    Raises Refusal with a detail for each kind of record.
    """
    removed = {one.record_id for one in edit.changes if one.after is None and one.kind in {Project, Subproject}}
    after = apply(portfolio, edit)
    gone = {*removed, *(wanted for one in _made(edit) for wanted in _pointed(one) if not _is_there(after, wanted))}
    if not gone:
        return
    left = (one for kind in FIELD_OF for one in after.records(kind).values())
    found = list(dict.fromkeys(type(one) for one in left if not gone.isdisjoint(_pointed(one))))
    if found:
        raise Refusal(
            message("Noe hører til et prosjekt som ikke er her: velg det samme for prosjektet og det som hører til."),
            *(KIND_TITLES[kind] for kind in found),
        )


def _made(edit: Edit) -> Iterator[Record]:
    return (one.after for one in edit.changes if one.after is not None)


def _pointed(record: Record) -> Iterator[str]:
    """Yield the projects and subprojects that a record is of; those of a withdrawn import count no more."""
    if isinstance(record, LedgerBatch):
        parts: tuple[object, ...] = () if record.withdrawn else record.sums
    else:
        parts = (record,)
    for part in parts:
        yield from filter(None, (getattr(part, name, None) for name in _POINTING))


def _is_there(portfolio: Portfolio, wanted: str) -> bool:
    return wanted in portfolio.projects or wanted in portfolio.subprojects
