"""What needs attention in a period, as ready groups of projects: for the page that a portfolio opens on.

Must not know a widget, nor derive a figure or judge: the rules did.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from operator import itemgetter

from tracker.figures import ProjectFigures, by_service_area
from tracker.flags import Severity
from tracker.messages import Message, message
from tracker.model import Portfolio
from tracker.periods import Period
from tracker.quarters import slip
from ui.session import View

_MOST_DEVIATIONS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Some projects that belong together: what is said of them, and which."""

    id: str
    title: Message
    projects: tuple[str, ...]
    severity: Severity | None = None

    @property
    def count(self) -> int:
        """How many they are."""
        return len(self.projects)


def groups_of(view: View, *, who: str) -> list[Group]:
    """Return what needs attention: my projects, the flagged by severity, missing texts; empty groups left out."""
    if view.figures is None:
        return []
    entries = view.figures.projects
    groups = [
        Group(
            id="mine",
            title=message("Mine prosjekter"),
            projects=_ids(entries, lambda entry: _is(entry.project.responsible, who)),
        )
    ]
    titles = {
        Severity.CRITICAL: message("Prosjekter med kritiske flagg"),
        Severity.WARNING: message("Prosjekter med advarsler"),
        Severity.NOTE: message("Prosjekter med merknader"),
    }
    groups += [
        Group(
            id=severity.value,
            title=titles[severity],
            projects=tuple(dict.fromkeys(flag.project.id for flag in view.flags if flag.severity is severity)),
            severity=severity,
        )
        for severity in Severity
    ]
    groups.append(
        Group(
            id="no-text",
            title=message("Prosjekter uten statustekst"),
            projects=_ids(entries, lambda entry: not entry.text.strip()),
        )
    )
    return [group for group in groups if group.projects]


def days_left(portfolio: Portfolio, period: Period, today: date) -> int | None:
    """Return how many days are left to the deadline, negative when it is passed; None without one."""
    state = portfolio.state_of(period)
    return None if state is None or state.deadline is None else (state.deadline - today).days


def largest_deviations(view: View) -> list[tuple[ProjectFigures, int]]:
    """Return the projects with the largest overspends and underspends in kroner, the overspends first.

    In a tertial they are those that the forecasts give.
    """
    if view.figures is None:
        return []
    part = view.figures.period.part
    known = [(entry, entry.reported_deviation_at(part)) for entry in view.figures.projects]
    ordered = sorted(((entry, kroner) for entry, kroner in known if kroner), key=itemgetter(1))
    over = [one for one in ordered if one[1] < 0][:_MOST_DEVIATIONS]
    under = [one for one in ordered if one[1] > 0][-_MOST_DEVIATIONS:]
    return over + under


def areas(view: View) -> list[tuple[str | None, int, int]]:
    """Return service areas with revised budget and actual: as the municipality orders them, then the largest first."""
    if view.figures is None:
        return []
    found = [
        (area, sum(entry.revised_budget for entry in entries), sum(entry.actual for entry in entries))
        for area, entries in by_service_area(view.figures.projects).items()
    ]
    place = {area: at for at, area in enumerate(view.portfolio.areas_in_order)}
    return sorted(found, key=lambda one: (place.get(one[0] or "", len(place)), -one[1]))


def slips(view: View) -> list[tuple[ProjectFigures, int]]:
    """Return the projects whose estimated completion moved since the period before, and by how many quarters."""
    if view.figures is None or view.period is None:
        return []
    earlier = [period for period in view.portfolio.periods() if period < view.period]
    if not earlier:
        return []
    before = {
        status.project: status.completion for status in view.portfolio.statuses.values() if status.period == earlier[-1]
    }
    moved = [
        (entry, quarters)
        for entry in view.figures.projects
        if entry.project.id in before and (quarters := slip(before[entry.project.id], entry.completion))
    ]
    return sorted(moved, key=lambda one: -abs(one[1]))[: 2 * _MOST_DEVIATIONS]


def _ids(entries: Iterable[ProjectFigures], test: Callable[[ProjectFigures], bool]) -> tuple[str, ...]:
    return tuple(entry.project.id for entry in entries if test(entry))


def _is(responsible: str | None, who: str) -> bool:
    return responsible is not None and responsible.casefold() == who.casefold()
