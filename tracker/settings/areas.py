"""The service areas by name: which there are, and what one is called.

Must not know their order anywhere, nor a figure.
"""

from __future__ import annotations

from dataclasses import replace

from tracker.edits import NOTHING, Change, Edit
from tracker.messages import Refusal, message
from tracker.model import AREAS_SETTING, Portfolio
from tracker.settings.choice import settled


def areas_known(portfolio: Portfolio) -> tuple[str, ...]:
    """Return every service area: those that are listed, then those that only projects name."""
    named = {project.service_area for project in portfolio.projects.values()}
    return tuple(dict.fromkeys((*portfolio.areas_in_order, *sorted(area for area in named if area))))


def rename_area(portfolio: Portfolio, before: str, after: str) -> Edit:
    """Call a service area something else, on every project and in the list.

    Raises Refusal when there is none of that name, or it gets no name, or one that another has.
    """
    known, name = areas_known(portfolio), " ".join(after.split())
    if before not in known:
        raise Refusal(message("Tjenesteområdet «{area}» finnes ikke: velg et annet.", area=before))
    if not name:
        raise Refusal(message("Skriv hva tjenesteområdet skal hete."))
    if name == before:
        return NOTHING
    if name in known:
        raise Refusal(message("Tjenesteområdet «{area}» finnes fra før: velg et annet navn.", area=name))
    label = message("«{before}» heter nå «{after}»", before=before, after=name)
    changes = [
        Change(project, replace(project, service_area=name))
        for project in portfolio.projects.values()
        if project.service_area == before
    ]
    listed = [name if area == before else area for area in portfolio.areas_in_order]
    return Edit(
        label, (*changes, *(settled(portfolio, AREAS_SETTING, "\n".join(listed), label).changes if listed else ()))
    )
