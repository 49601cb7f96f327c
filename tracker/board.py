"""Where each project of a period stands: not started, draft, submitted, approved or locked, and what is missing.

Must not know how a status is moved, nor how the board is shown.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum

from tracker.carrying import to_confirm, untouched
from tracker.completeness import missing
from tracker.figures import ProjectFigures, figures_of
from tracker.flags import limits_of
from tracker.guarding import is_locked, newest_lock
from tracker.kinds import StatusState
from tracker.messages import Message, message
from tracker.model import Portfolio, Project, Status
from tracker.periods import Period


class Standing(Enum):
    """How far a project has come in a period, the least first."""

    NOT_STARTED = "not_started"
    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    LOCKED = "locked"


STANDING_TITLES: Mapping[Standing, Message] = {
    Standing.NOT_STARTED: message("Ikke begynt"),
    Standing.DRAFT: message("Utkast"),
    Standing.SUBMITTED: message("Levert"),
    Standing.APPROVED: message("Godkjent"),
    Standing.LOCKED: message("Låst"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardRow:
    """A project in a period: how far it has come, who brought it there and when, and what is missing or to confirm."""

    project: Project
    standing: Standing
    by: str | None = None
    on: date | None = None
    missing: tuple[Message, ...] = ()
    to_confirm: tuple[Message, ...] = ()

    @property
    def left(self) -> tuple[Message, ...]:
        """What is left to do before it can be submitted, a sentence each."""
        return (*self.missing, *(message("Bekreft {what}.", what=one) for one in self.to_confirm))


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """All projects of a period, in the report's order."""

    period: Period
    rows: tuple[BoardRow, ...]

    @property
    def counts(self) -> Mapping[Standing, int]:
        """How many projects stand where; they come to the number of rows."""
        return counts_of(self.rows)

    def by_responsible(self) -> Mapping[str | None, list[BoardRow]]:
        """Group the rows by responsible person, None for projects without one."""
        return _grouped(self.rows, lambda row: row.project.responsible)

    def by_service_area(self) -> Mapping[str | None, list[BoardRow]]:
        """Group the rows by service area, None for projects without one."""
        return _grouped(self.rows, lambda row: row.project.service_area)


def board_of(portfolio: Portfolio, period: Period) -> Board:
    """Return the board of a period; of a locked one as it was reported."""
    figures = figures_of(portfolio, period)
    if is_locked(portfolio, period):
        lock = newest_lock(portfolio, period)
        by, on = (lock.locked_by, lock.locked_at.date()) if lock is not None else (None, None)
        rows = tuple(BoardRow(project=one.project, standing=Standing.LOCKED, by=by, on=on) for one in figures.projects)
        return Board(period=period, rows=rows)
    is_untouched, limits = untouched(portfolio), limits_of(portfolio)

    def row(one: ProjectFigures) -> BoardRow:
        standing = _standing(one.status, is_untouched)
        is_open = standing in {Standing.NOT_STARTED, Standing.DRAFT}
        return BoardRow(
            project=one.project,
            standing=standing,
            by=None if one.status is None else one.status.moved_by,
            on=None if one.status is None else one.status.moved_on,
            missing=missing(portfolio, period, one, limits) if is_open else (),
            to_confirm=tuple(to_confirm(portfolio, period, one.project.id)) if is_open else (),
        )

    return Board(period=period, rows=tuple(map(row, figures.projects)))


def counts_of(rows: Iterable[BoardRow]) -> Mapping[Standing, int]:
    """Count rows by where they stand, every standing named."""
    counts = dict.fromkeys(Standing, 0)
    for row in rows:
        counts[row.standing] += 1
    return counts


def _standing(status: Status | None, is_untouched: Callable[[Status], bool]) -> Standing:
    if status is None or is_untouched(status):
        return Standing.NOT_STARTED
    return {
        StatusState.DRAFT: Standing.DRAFT,
        StatusState.SUBMITTED: Standing.SUBMITTED,
        StatusState.APPROVED: Standing.APPROVED,
    }[status.state]


def _grouped(rows: Iterable[BoardRow], key: Callable[[BoardRow], str | None]) -> Mapping[str | None, list[BoardRow]]:
    grouped: dict[str | None, list[BoardRow]] = defaultdict(list)
    for row in rows:
        grouped[key(row)].append(row)
    return dict(grouped)
