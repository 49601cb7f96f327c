"""What lies behind a project's page, one tab a file; a tab is made the first time that its project is shown.

Must not know the page, nor another tab.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtWidgets import QWidget

from tracker.messages import Message
from ui.desk import Desk
from ui.editing import Editing
from ui.session import View
from ui.tabs.budget import BudgetTab
from ui.tabs.comments import CommentsTab
from ui.tabs.forecasts import ForecastsTab
from ui.tabs.funding import FundingTab
from ui.tabs.plan import PlanTab
from ui.tabs.risks import RisksTab
from ui.tabs.spending import SpendingTab
from ui.tabs.subprojects import SubprojectsTab


class Tab(Protocol):
    """What the project's page asks of a tab, which is a widget too."""

    title: Message

    def show_project(self, view: View, project: str) -> None:
        """Show a project in the view's period."""

    def finish(self) -> None:
        """Save what is being typed."""


TABS: tuple[Callable[[Desk, Editing], QWidget], ...] = (
    SpendingTab,
    ForecastsTab,
    BudgetTab,
    FundingTab,
    PlanTab,
    RisksTab,
    SubprojectsTab,
    CommentsTab,
)
"""The tabs in their order; each is a `Tab`."""
