"""The pages beside the overview and the projects: what each is called, and what makes it when it is first shown.

Must not know a page's inside: a page costs its start only when it is shown.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtWidgets import QWidget

from tracker.messages import Message, message
from ui.desk import Desk
from ui.editing import Editing
from ui.session import View


class Page(Protocol):
    """What the window asks of a page, which is a widget too. One with a signal `project_asked` leads to projects."""

    def show_view(self, view: View) -> None:
        """Show the portfolio in a period."""

    def begin(self) -> None:
        """Put the cursor where work begins."""

    def finish(self) -> None:
        """Save what is being typed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageKind:
    """A page: its name among the deeds, its title in the bar, and what makes it.

    What `is_controllers` isn't offered in a project manager's package; one that `is_passing` only once
    there is something on it. One that `is_anytime` needs no portfolio.
    """

    name: str
    title: Message
    make: Callable[[Desk, Editing], QWidget]
    is_controllers: bool = False
    is_passing: bool = False
    is_anytime: bool = False


def _budget(desk: Desk, editing: Editing) -> QWidget:
    from ui.pages.budget import BudgetPage

    return BudgetPage(desk, editing)


def _ledger(desk: Desk, editing: Editing) -> QWidget:
    from ui.pages.ledger import LedgerPage

    return LedgerPage(desk, editing)


def _year_end(desk: Desk, editing: Editing) -> QWidget:
    from ui.pages.year_end import YearEndPage

    return YearEndPage(desk, editing)


def _statement(desk: Desk, editing: Editing) -> QWidget:
    from ui.pages.statement import StatementPage

    return StatementPage(desk, editing)


def _period(desk: Desk, editing: Editing) -> QWidget:
    from ui.pages.period import PeriodPage

    return PeriodPage(desk, editing)


def _report(desk: Desk, editing: Editing) -> QWidget:
    from ui.pages.report import ReportPage

    return ReportPage(desk, editing)


def _control(desk: Desk, editing: Editing) -> QWidget:
    from ui.pages.control import ControlPage

    return ControlPage(desk, editing)


def _packages(desk: Desk, editing: Editing) -> QWidget:
    from ui.pages.packages import PackagesPage

    return PackagesPage(desk, editing)


def _settings(desk: Desk, editing: Editing) -> QWidget:
    from ui.pages.settings import SettingsPage

    return SettingsPage(desk, editing)


def _incoming(desk: Desk, editing: Editing) -> QWidget:
    from ui.pages.incoming import IncomingPage

    return IncomingPage(desk, editing)


def _hub(desk: Desk, editing: Editing) -> QWidget:
    from ui.pages.hub import HubPage

    return HubPage(desk, editing)


MORE_PAGES: tuple[PageKind, ...] = (
    PageKind(name="period", title=message("Perioden"), make=_period),
    PageKind(name="control", title=message("Kontroll"), make=_control),
    PageKind(name="budget", title=message("Budsjett"), make=_budget),
    PageKind(name="ledger", title=message("Regnskap"), make=_ledger),
    PageKind(name="statement", title=message("§ 5-5"), make=_statement, is_controllers=True),
    PageKind(name="year-end", title=message("Årsavslutning"), make=_year_end, is_controllers=True),
    PageKind(name="report", title=message("Rapport"), make=_report, is_controllers=True),
    PageKind(name="packages", title=message("Pakker"), make=_packages, is_controllers=True),
    PageKind(name="incoming", title=message("Hent inn"), make=_incoming, is_passing=True),
    PageKind(name="hub", title=message("Hub"), make=_hub, is_passing=True, is_anytime=True),
    PageKind(name="settings", title=message("Innstillinger"), make=_settings, is_passing=True, is_anytime=True),
)
"""The pages in the order of the bar; each makes a `Page`."""
