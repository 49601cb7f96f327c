"""Reminders ready to mail: what each responsible person has left to do before a period's deadline.

Must not know how a mail is sent. The texts are short, and name every project once.
"""

from __future__ import annotations

from dataclasses import dataclass

from tracker.board import BoardRow, Standing, board_of
from tracker.guarding import is_locked
from tracker.messages import Message, message
from tracker.model import Portfolio
from tracker.periods import Period

_OPEN = frozenset({Standing.NOT_STARTED, Standing.DRAFT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """What one person is asked for; `to` is None for the projects that nobody answers for."""

    to: str | None
    subject: Message
    lines: tuple[Message, ...]


def reminders_for(portfolio: Portfolio, period: Period) -> list[Reminder]:
    """Return a reminder for each responsible person who has statuses left, by name; none when the period is locked."""
    if is_locked(portfolio, period):
        return []
    state = portfolio.state_of(period)
    deadline = None if state is None else state.deadline
    found = []
    for person, rows in sorted(board_of(portfolio, period).by_responsible().items(), key=lambda one: one[0] or "~"):
        left = [row for row in rows if row.standing in _OPEN]
        if not left:
            continue
        asked = (
            message("Disse statusene for {period} er ikke levert:", period=period)
            if deadline is None
            else message("Disse statusene for {period} skal leveres innen {day}:", period=period, day=deadline)
        )
        subject = message("Status for {period}: {count} prosjekter gjenstår", period=period, count=len(left))
        if len(left) == 1:
            subject = message("Status for {period}: ett prosjekt gjenstår", period=period)
        greeting = [] if person is None else [message("Hei, {name}.", name=person)]
        found.append(Reminder(to=person, subject=subject, lines=(*greeting, asked, *map(_line, left))))
    return found


def _line(row: BoardRow) -> Message:
    if not row.missing:
        return message("– {project}: Klar til å leveres.", project=row.project.name)
    what = row.missing[0]
    for one in row.missing[1:]:
        what = message("{first} {second}", first=what, second=one)
    return message("– {project}: {what}", project=row.project.name, what=what)
