"""What a traced figure is: the steps that make it, and where each of them leads.

Must not know how a step is found.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum

from tracker.messages import Message, message
from tracker.model import Decision, Project, ProjectId
from tracker.periods import Period
from tracker.tracing.figures import ProjectFigure

_MOST_NAMED = 3
COME_LATER = message("Kommet til etter at perioden ble låst")
"""The step that takes out what isn't in a reported figure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """An import: its file, and who took it in, when."""

    file: str
    who: str
    at: date


class Place(Enum):
    """Where one can go on from a step."""

    BUDGET = "budget"
    LEDGER = "ledger"
    STATUS = "status"
    PLANS = "plans"
    PRINTED = "printed"
    FIGURE = "figure"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """Where a step leads: a record, or another figure, which has a trace of its own."""

    place: Place
    project: ProjectId | None = None
    figure: ProjectFigure | None = None
    record: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing that a figure is made of: what it adds, where that was read or decided, and where it leads.

    `why_not` says why it doesn't count, None where it does.
    """

    what: str | Message
    adds: int
    why_not: Message | None = None
    origin: str = ""
    decision: Decision | None = None
    day: date | None = None
    beside: tuple[str | Message, ...] = ()
    lead: Lead | None = None

    @property
    def counts(self) -> bool:
        """Whether it is part of the figure."""
        return self.why_not is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """A figure and what it is made of. `project` is None for a sum; `value` as the period holds it.

    The steps that count come to the value; those of a share (`is_share`) are what is divided and by what. `told` says
    in short where it comes from; `remark` why there is no value.
    """

    title: Message
    period: Period
    value: int | float | None
    told: Message
    project: Project | None = None
    steps: tuple[Step, ...] = ()
    is_share: bool = False
    remark: Message | None = None

    @property
    def total(self) -> int:
        """What the steps that count come to."""
        return sum(step.adds for step in self.steps if step.counts)

    @property
    def has_late_changes(self) -> bool:
        """Whether something has come since the figure was reported."""
        return any(step.what is COME_LATER for step in self.steps)


def named(names: Iterable[str]) -> str:
    """Write where something comes from, each place once, the first few."""
    found = list(dict.fromkeys(filter(None, names)))
    more = f" (+{len(found) - _MOST_NAMED})" if len(found) > _MOST_NAMED else ""
    return ", ".join(found[:_MOST_NAMED]) + more


def with_places(told: Message, names: Iterable[str]) -> Message:
    """Say where something comes from, with the files and decisions behind it where any are known."""
    places = named(names)
    return message("{told}: {places}", told=told, places=places) if places else told
