"""A form that came back as a side of a merge: each answer an edit by whoever filled it in.

Must not know what becomes of it. An answer has the same id however often the form comes, so it is taken in once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid5

from db.form.read import read_form
from db.lineage import unpack
from tracker.actions import status_of
from tracker.fields import FIELD
from tracker.forms.returned import FormEntry, FormReturn
from tracker.merging.lineage import Author, Short, Written
from tracker.messages import Message, Refusal, message
from tracker.model import Portfolio, RecordId, Status
from tracker.plain import plain


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """A form that came back: which, who filled it in, of which portfolio, what it knows, and what couldn't be read."""

    id: str
    made_for: str
    portfolio: str
    known: frozenset[Short]
    problems: tuple[Message, ...]


def answers_in(path: Path, portfolio: Portfolio) -> tuple[Answers, tuple[Written, ...], Portfolio]:
    """Read a form: what it is, its answers as edits, and the portfolio as it would be with all of them.

    Raises Refusal when it is no form, or can't be read with certainty; Trouble when the file can't be opened.
    """
    form = read_form(path)
    header = form.header
    try:
        known = unpack(header.known)
    except ValueError:
        raise Refusal(message("{file} er skadet: be om skjemaet på nytt.", file=path.name)) from None
    about = Answers(
        id=header.id,
        made_for=header.made_for,
        portfolio=header.portfolio,
        known=known,
        problems=tuple(problem.told for problem in form.problems),
    )
    at = datetime.fromtimestamp(path.stat().st_mtime, tz=UTC)
    filled = _filled(portfolio, form)
    written = tuple(_written(portfolio, filled, form, entry, at) for entry in form.entries if entry.project in filled)
    return about, written, replace(portfolio, statuses={**portfolio.statuses, **_by_id(filled)})


def _filled(portfolio: Portfolio, form: FormReturn) -> dict[str, Status]:
    """Return each project's status with its answers; of a project that is gone there is none."""
    statuses: dict[str, Status] = {}
    for entry in form.entries:
        held = statuses.get(entry.project) or status_of(portfolio, entry.project, form.header.period)
        status = held or Status(
            id=RecordId(str(uuid5(UUID(form.header.id), entry.project))),
            project=entry.project,
            period=form.header.period,
        )
        statuses[entry.project] = replace(status, **{entry.field: entry.value})
    return statuses


def _by_id(filled: dict[str, Status]) -> dict[str, Status]:
    return {status.id: status for status in filled.values()}


def _written(
    portfolio: Portfolio, filled: dict[str, Status], form: FormReturn, entry: FormEntry, at: datetime
) -> Written:
    after = filled[entry.project]
    is_new = status_of(portfolio, entry.project, form.header.period) is None
    before = None if is_new else plain(replace(after, **dict(_base(entry))))  # type: ignore[arg-type]  # a field of its own
    only = replace(after, **{entry.field: entry.value})
    return Written(
        author=Author(
            edit=str(uuid5(UUID(form.header.id), f"{entry.project}|{entry.field}|{entry.typed}")),
            who=form.header.made_for,
            at=at,
            label=message("{field} i skjemaet", field=FIELD[entry.field].title),
        ),
        changes=((Status, before, plain(only)),),
    )


def _base(entry: FormEntry) -> Iterator[tuple[str, object]]:
    """Yield the field as the form was sent out with it; nothing where that can't be typed back."""
    try:
        yield entry.field, FIELD[entry.field].read(entry.base)
    except Refusal:
        return
