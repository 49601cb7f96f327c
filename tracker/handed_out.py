"""Who has been handed what: those responsible, their newest package and whether it came back, and their statuses.

Must not know how a package is made.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from tracker.board import Board, Standing, counts_of
from tracker.model import Portfolio, SentPackage
from tracker.packages import Recipient, recipients


class Whereabouts(Enum):
    """Where somebody's newest package is."""

    NEVER_MADE = "never made"
    OUT = "out"
    BACK = "back"


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOut:
    """Somebody who has or may have a package: their newest one, and how far their projects have come in a period."""

    recipient: Recipient
    newest: SentPackage | None
    counts: Mapping[Standing, int]
    is_responsible: bool

    @property
    def whereabouts(self) -> Whereabouts:
        """Where the newest package is."""
        if self.newest is None:
            return Whereabouts.NEVER_MADE
        return Whereabouts.OUT if self.newest.returned_at is None else Whereabouts.BACK


def handed_out(portfolio: Portfolio, board: Board) -> list[HandedOut]:
    """Return those responsible by name, and then others who were handed something."""
    newest: dict[str, SentPackage] = {}
    for sent in sorted(portfolio.sent_packages.values(), key=lambda one: one.made_at):
        newest[sent.recipient] = sent
    responsible = recipients(portfolio)
    known = {one.name for one in responsible}
    others = [
        Recipient(name=name, projects=sent.projects) for name, sent in sorted(newest.items()) if name not in known
    ]
    return [
        HandedOut(
            recipient=one,
            newest=newest.get(one.name),
            counts=counts_of(row for row in board.rows if row.project.id in one.projects),
            is_responsible=one.name in known,
        )
        for one in (*responsible, *others)
    ]
