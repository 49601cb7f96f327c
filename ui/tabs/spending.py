"""What a project has spent, year by year.

Must not derive a figure.
"""

from __future__ import annotations

from tracker.figures import spending_by_year
from tracker.messages import message
from tracker.model import ProjectId
from tracker.money import in_thousands, write_number
from ui.charts import Bar, YearBars
from ui.desk import Desk
from ui.editing import Editing
from ui.session import View
from ui.tabs.tab import TabWidget


class SpendingTab(TabWidget):
    """A bar a year."""

    title = message("Forbruk per år")

    def __init__(self, desk: Desk, editing: Editing) -> None:
        super().__init__(desk, editing)
        self.years = YearBars()
        self.years.setAccessibleName(self.say(message("Forbruk per år")))
        self.lines.addWidget(self.years)

    def show_project(self, view: View, project: str) -> None:
        """Show a project's spending up to the view's period."""
        if view.period is None:
            return
        before, years = spending_by_year(view.portfolio, ProjectId(project), view.period)
        named = [(str(year), amount) for year, amount in years.items()]
        if before:
            first = min(years, default=view.period.year)
            named.insert(0, (self.say(message("Før {year:id}", year=first)), before))
        bars = [
            Bar(
                key="",
                name=name,
                value=amount,
                text=write_number(in_thousands(amount)),
                tip=self.say(message("{year}: {amount:tkr}", year=name, amount=amount)),
            )
            for name, amount in named
        ]
        self.years.show_bars(bars, empty=self.say(message("Det er ikke ført noe på prosjektet ennå.")))
