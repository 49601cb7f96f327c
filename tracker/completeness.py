"""What is missing before a project's status can be submitted: one small function a requirement.

Must not know who submits, nor what becomes of the status afterwards.
"""

from __future__ import annotations

from collections.abc import Callable

from tracker import explaining
from tracker.figures import ProjectFigures
from tracker.flags import Limits
from tracker.messages import Message, message
from tracker.model import Portfolio
from tracker.periods import Period

Requirement = Callable[[Portfolio, Period, ProjectFigures, Limits], Message | None]
"""Says what is missing for a project in a period, None when nothing is."""


def missing(portfolio: Portfolio, period: Period, figures: ProjectFigures, limits: Limits) -> tuple[Message, ...]:
    """Return what is missing before a project's status can be submitted, in the order in which it is asked for."""
    found = (requirement(portfolio, period, figures, limits) for requirement in REQUIREMENTS)
    return tuple(one for one in found if one is not None)


def _text(portfolio: Portfolio, period: Period, figures: ProjectFigures, limits: Limits) -> Message | None:  # noqa: ARG001  as every requirement
    return None if figures.text.strip() else message("Statusteksten mangler.")


REQUIREMENTS: tuple[Requirement, ...] = (_text, explaining.requirement)
"""What a status must have, in the order in which it is asked for."""
