"""What a package says of itself: whose it is, who made it and when; and how it goes back.

Must not know a file.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from tracker.kinds import StatusState
from tracker.messages import Message, message
from tracker.model import PACKAGE_SETTING, Portfolio, SentPackage
from tracker.periods import Period
from tracker.plain import canonical


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageAbout:
    """Whose a package is, who made it and when; empty and None where it doesn't say so."""

    recipient: str = ""
    made_by: str = ""
    made_at: datetime | None = None


def written_about(sent: SentPackage) -> str:
    """Write what a package says of itself."""
    return canonical({"for": sent.recipient, "by": sent.made_by, "at": sent.made_at.isoformat()})


def about_package(portfolio: Portfolio) -> PackageAbout | None:
    """Return what a package says of itself, None for a whole portfolio."""
    about = portfolio.settings.get(PACKAGE_SETTING)
    if about is None:
        return None
    try:
        values = json.loads(about.value)
        return PackageAbout(
            recipient=str(values["for"]), made_by=str(values["by"]), made_at=datetime.fromisoformat(values["at"])
        )
    except (ValueError, KeyError, TypeError):
        return PackageAbout()


def not_submitted(portfolio: Portfolio, period: Period) -> int:
    """Count the projects whose status hasn't been submitted in a period."""
    states = {one.project: one.state for one in portfolio.statuses.values() if one.period == period}
    draft = StatusState.DRAFT
    return sum(states.get(project.id, draft) is draft for project in portfolio.listed_projects())


def mail_back(about: PackageAbout, period: Period, *, file: str, who: str) -> Message:
    """Return the text of the mail that a package goes back with."""
    return message(
        "Hei {to}\n\nVedlagt er {file} med status for {period}.\n\nHilsen {who}",
        to=about.made_by,
        file=file,
        period=period,
        who=who,
    )
