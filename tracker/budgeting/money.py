"""Money that is never mixed with other money: what is paid with property tax, and what its users pay at full cost.

Must not know any amount.
"""

from __future__ import annotations

from collections.abc import Mapping

from tracker.kinds import FundingTag
from tracker.messages import Message, message
from tracker.model import Project

MONEYS: Mapping[FundingTag | None, Message] = {
    None: message("Investeringer ellers"),
    FundingTag.PROPERTY_TAX: message("Eiendomsskatt"),
    FundingTag.FULL_COST: message("Selvkost"),
}
"""Money that is never mixed, and what each kind is called; None is all the rest."""


def money_of(project: Project) -> FundingTag | None:
    """Return which money a project is paid with; full cost wins where somebody has given it both."""
    return next((tag for tag in (FundingTag.FULL_COST, FundingTag.PROPERTY_TAX) if tag in project.funding_tags), None)
