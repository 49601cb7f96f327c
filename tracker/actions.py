"""What a person can do: each returns the edit that does it, or raises a refusal that says why not.

Must not know a button or a command.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from tracker.edits import Change, Edit
from tracker.kinds import FundingTag
from tracker.messages import Refusal, message
from tracker.model import Portfolio, Project, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a project belongs: what a published report doesn't say."""

    service_area: str
    department: str | None = None
    funding_tags: frozenset[FundingTag] = frozenset()


def place_projects(portfolio: Portfolio, places: Mapping[str, Place]) -> Edit:
    """Say where projects belong, by their names.

    Raises Refusal when a name is no project's.
    """
    by_name = {project.name: project for project in portfolio.projects.values()}
    unknown = next((name for name in places if name not in by_name), None)
    if unknown is not None:
        raise Refusal(message("Porteføljen har ikke prosjektet «{name}»: kontroller navnet.", name=unknown))
    changes = [_placed(by_name[name], place) for name, place in places.items()]
    return Edit(
        message("Plasserte {count} prosjekter i tjenesteområder", count=len(changes)),
        tuple(change for change in changes if change.before != change.after),
    )


def write_status(portfolio: Portfolio, status: Status, *, text: str) -> Edit:
    """Change the words of a status text.

    Raises Refusal when the status isn't the portfolio's as it stands.
    """
    if portfolio.statuses.get(status.id) != status:
        raise Refusal(message("Statusteksten er endret i mellomtiden: åpne prosjektet på nytt."))
    project = portfolio.projects[status.project]
    return Edit(
        message("Statustekst for {project}", project=project.name),
        (Change(status, replace(status, text=text)),),
    )


def _placed(project: Project, place: Place) -> Change:
    return Change(
        project,
        replace(project, service_area=place.service_area, department=place.department, funding_tags=place.funding_tags),
    )
