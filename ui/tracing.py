"""Follows a figure to where it comes from: shows its steps, and goes where the chosen one leads.

Must not derive a figure, nor change anything.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from tracker.messages import message
from tracker.model import ProjectId
from tracker.periods import Part
from tracker.tracing import Lead, Place, ProjectFigure, Sum, Trace, Tracer, figure_named
from ui.asking import TableQuestion
from ui.desk import Desk
from ui.figure_menu import AskedFigure
from ui.key_figures import focused_figure
from ui.main_window import MainWindow
from ui.trace_table import figure_written, step_at, trace_question

if TYPE_CHECKING:
    from ui.pages.ledger import LedgerPage

_OF_THE_YEAR = frozenset({ProjectFigure.DEVIATION, ProjectFigure.COMPLETION_RATE})
_OF_TERTIALS = frozenset({ProjectFigure.EXPECTED_DEVIATION})
_TWICE = frozenset({ProjectFigure.OVER_TOTAL})
"""What says the same as another figure with the other sign."""


class Tracing:
    """Traces figures of the period that is shown."""

    def __init__(self, desk: Desk, window: MainWindow) -> None:
        self._desk, self._window = desk, window

    def of_focus(self) -> None:
        """Trace the figure that the cursor is on; where it is on none, let one be chosen."""
        window = self._window
        if window.page is window.__dict__.get("projects"):
            asked = window.projects.asked_figure()
            if asked is not None:
                self.of_cell(asked)
                return
        if window.page is window.__dict__.get("project"):
            figure = focused_figure(window.project)
            if figure is not None:
                self.of_project(window.project.project, figure)
            else:
                self._choose(window.project.project)
            return
        self._choose("")

    def of_cell(self, asked: AskedFigure) -> None:
        """Trace the figure of a cell of the table: a project's, or a sum's beneath it."""
        figure = figure_named(asked.key)
        if figure is None:
            self._desk.ask.tell(self._desk.say(message("Kolonnen har ingen tall å følge: velg en med beløp.")))
        elif asked.is_sum:
            self._of_sum(asked.projects, figure, with_others=asked.with_others)
        else:
            self.of_project(asked.projects[0], figure)

    def of_project(self, project: str, figure: ProjectFigure) -> None:
        """Trace a figure of a project."""
        tracer = self._tracer()
        if tracer is not None:
            self._follow(tracer, tracer.of_project(ProjectId(project), figure))

    def proposed_of(self, project: str) -> None:
        """Show the proposals of the year for a project: what a figure would be made of if they were decided."""
        tracer = self._tracer()
        if tracer is not None:
            self._follow(tracer, tracer.of_proposals(ProjectId(project)))

    def _of_sum(self, projects: Sequence[str], figure: ProjectFigure, *, with_others: bool) -> None:
        tracer = self._tracer()
        if tracer is not None:
            wanted = tuple(map(ProjectId, projects))
            self._follow(tracer, tracer.of_sum(Sum(figure=figure, projects=wanted, with_others=with_others)))

    def _choose(self, project: str) -> None:
        """Let one of the figures of a project be chosen, or of all of them together."""
        tracer = self._tracer()
        if tracer is None:
            return
        skipped = _TWICE | (_OF_TERTIALS if tracer.period.part is Part.YEAR else _OF_THE_YEAR)
        listed = tuple(one.project.id for one in tracer.figures.projects)
        traces: list[Trace] = []
        for figure in (figure for figure in ProjectFigure if figure not in skipped):
            trace = (
                tracer.of_project(ProjectId(project), figure)
                if project
                else tracer.of_sum(Sum(figure=figure, projects=listed, with_others=True))
            )
            if trace is not None and trace.value is not None and (trace.steps or project):
                traces.append(trace)
        say = self._desk.say
        chosen = self._desk.ask.choose(
            TableQuestion(
                title=say(message("Hvor kommer tallet fra")),
                lead=say(message("Velg tallet som skal følges. Beløp i kroner.")),
                headings=[say(message("Tall")), say(message("Verdi")), say(message("Kommer fra"))],
                rows=[[say(one.title), figure_written(one, say), say(one.told)] for one in traces],
                numbers=(1,),
                yes=say(message("Følg tallet")),
            )
        )
        if chosen is not None:
            self._follow(tracer, traces[chosen])

    def _follow(self, tracer: Tracer, trace: Trace | None) -> None:
        """Show a trace, and go where the chosen step leads: on to another figure, or to a page."""
        while trace is not None:
            row = self._desk.ask.choose(trace_question(trace, self._desk.say))
            step = None if row is None else step_at(trace, row)
            lead = None if step is None else step.lead
            if lead is None:
                return
            if lead.place is not Place.FIGURE:
                self._turn_to(lead)
                return
            trace = (
                None if lead.project is None or lead.figure is None else tracer.of_project(lead.project, lead.figure)
            )

    def _turn_to(self, lead: Lead) -> None:
        window = self._window
        if lead.place is Place.LEDGER:
            window.show_page("ledger")
            cast("LedgerPage", window.more("ledger")).select_batch(lead.record)
        elif lead.place is Place.PRINTED:
            window.show_page("ledger")
        elif lead.project is not None:
            window.open_project(lead.project)
            if lead.place is Place.BUDGET:
                window.project.show_budget_line(lead.record)

    def _tracer(self) -> Tracer | None:
        session = self._desk.session
        if session.period is None:
            self._desk.ask.tell(self._desk.say(message("Det er ingen tall å følge: importer en rapport først.")))
            return None
        return Tracer(session.portfolio, session.period, imports=session.imports)
