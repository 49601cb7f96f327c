"""When a project is to get where, and when its money goes: milestones with their slip, and the year's spending plan.

Must not derive a figure, nor make an edit.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QPushButton

from tracker.budgeting import write_day
from tracker.messages import Message, message
from tracker.model import Milestone, ProjectId, SpendingPlan
from tracker.money import in_thousands, write_number
from tracker.plan_history import MilestonePath, milestone_paths
from tracker.planning import plan_so_far, spending_plan_of
from ui.desk import Desk
from ui.editing import Editing
from ui.flow import Flow
from ui.plain import Label
from ui.plain_table import PlainTable
from ui.plan_forms import MONTHS, PlanForms
from ui.session import View
from ui.tabs.tab import TabWidget
from ui.words import period_title

_HEADINGS = (
    message("Milepæl"),
    message("Planlagt"),
    message("Forrige periode"),
    message("Først planlagt"),
    message("Nådd"),
    message("Forskjøvet (dager)"),
    message("Kvartaler"),
    message("Endret siden sist"),
)
_NUMBERS = (5, 6)


class PlanTab(TabWidget):
    """A row a milestone, and beneath it a row a period's spending plan."""

    title = message("Plan")

    def __init__(self, desk: Desk, editing: Editing) -> None:
        super().__init__(desk, editing)
        self.forms = PlanForms(desk, editing)
        self._project = ""
        self._shown: list[Milestone] = []
        self.add = self._button(message("Ny milepæl …"), lambda: self.forms.milestone(self._project))
        self.usual = self._button(message("Vanlige milepæler …"), lambda: self.forms.usual_milestones(self._project))
        self.change = self._button(message("Endre …"), lambda: self.forms.milestone(self._project, self._chosen()))
        self.remove = self._button(message("Fjern …"), self._on_remove)
        self.milestones = PlainTable(self.say(message("Milepæler")), list(map(self.say, _HEADINGS)), numbers=_NUMBERS)
        self.by_month = self._button(
            message("Plan per måned …"), lambda: self.forms.spending_plan(self._project, by_months=True)
        )
        self.by_tertial = self._button(
            message("Plan per tertial …"), lambda: self.forms.spending_plan(self._project, by_months=False)
        )
        self.summary = Label()
        self.summary.setWordWrap(True)
        months = list(map(self.say, MONTHS))
        self.plan = PlainTable(
            self.say(message("Forbruksplan (1000 kr)")),
            [self.say(message("Forbruksplan (1000 kr)")), *months, self.say(message("Sum"))],
            numbers=range(1, len(months) + 2),
        )
        self.plan.horizontalHeader().setStretchLastSection(False)
        self.lines.addLayout(Flow(self.add, self.usual, self.change, self.remove))
        self.lines.addWidget(self.milestones)
        self.lines.addLayout(Flow(self.by_month, self.by_tertial))
        self.lines.addWidget(self.summary)
        self.lines.addWidget(self.plan)
        self.lines.addStretch(1)
        self.milestones.itemSelectionChanged.connect(self._show_what_is_possible)
        self.milestones.itemDoubleClicked.connect(lambda _: self.change.click())

    def show_project(self, view: View, project: str) -> None:
        """Show what a project plans in the view's period, beside what it planned before."""
        self._project = project
        if view.period is None:
            return
        paths = milestone_paths(view.portfolio, ProjectId(project), view.period)
        self._shown = [path.now for path in paths]
        self.milestones.set_rows([self._row(path) for path in paths])
        plans = [
            plan
            for period in view.portfolio.periods()
            if period.year == view.period.year
            and period <= view.period
            and (plan := spending_plan_of(view.portfolio, ProjectId(project), period)) is not None
        ]
        self.plan.set_rows([self._plan_row(plan) for plan in reversed(plans)])
        current = spending_plan_of(view.portfolio, ProjectId(project), view.period)
        self.summary.setText(self._summary(view, project, current))
        self._show_what_is_possible()

    def _row(self, path: MilestonePath) -> list[str]:
        moved = path.moved_days
        return [
            path.now.name,
            write_day(path.now.planned),
            "-" if path.before is None else write_day(path.before.planned),
            write_day(path.first.planned),
            "-" if path.now.reached is None else write_day(path.now.reached),
            write_number(path.slip_days),
            write_number(path.slip_quarters),
            self.say(message("ny"))
            if moved is None
            else self.say(message("{days} {days:dag|dager}", days=moved))
            if moved
            else "-",
        ]

    def _plan_row(self, plan: SpendingPlan) -> list[str]:
        amounts = (*plan.amounts, sum(plan.amounts))
        return [self.say(period_title(plan.period)), *(write_number(in_thousands(amount)) for amount in amounts)]

    def _summary(self, view: View, project: str, plan: SpendingPlan | None) -> str:
        projects = () if view.figures is None else view.figures.projects
        figures = next((one for one in projects if one.project.id == project), None)
        if plan is None or figures is None or view.period is None:
            return self.say(message("Prosjektet har ingen forbruksplan i perioden."))
        planned = sum(plan.amounts)
        return self.say(
            message(
                "Planlagt {planned:tkr} av revidert budsjett {budget:tkr}; {left:tkr} er ikke planlagt. "
                "Hittil: plan {so_far:tkr}, regnskap {actual:tkr}.",
                planned=planned,
                budget=figures.revised_budget,
                left=figures.revised_budget - planned,
                so_far=plan_so_far(plan, view.period),
                actual=figures.actual,
            )
        )

    def _chosen(self) -> Milestone | None:
        rows = {item.row() for item in self.milestones.selectedItems()}
        return self._shown[min(rows)] if rows else None

    def _on_remove(self) -> None:
        if (chosen := self._chosen()) is not None:
            self.forms.remove(chosen)

    def _show_what_is_possible(self) -> None:
        can_edit = self.editing.is_possible
        for button in (self.add, self.usual, self.by_month, self.by_tertial):
            button.setEnabled(can_edit)
        for button in (self.change, self.remove):
            button.setEnabled(can_edit and self._chosen() is not None)

    def _button(self, title: Message, act: Callable[[], object]) -> QPushButton:
        button = QPushButton(self.say(title))
        button.clicked.connect(lambda _=False: act())
        return button
