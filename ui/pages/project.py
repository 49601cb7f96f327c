"""The page of one project: its figures and flags, what is filled in for the period, and what lies behind.

Must not know where the portfolio comes from, nor how an edit is made.
"""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QTabWidget, QToolButton, QVBoxLayout, QWidget

from tracker.checking import Control, control_of_text, in_text_of
from tracker.explaining import explaining_of, fill_in_cause
from tracker.figures import ProjectFigures
from tracker.flags import Flag, Place
from tracker.guarding import is_locked
from tracker.history import FieldChange
from tracker.kinds import Light
from tracker.lights import Aspect, clear_light, set_light
from tracker.messages import message
from tracker.model import Portfolio, ProjectId, Status
from tracker.packages import out_now
from tracker.periods import Period
from tracker.settings.areas import areas_known
from ui.desk import Desk
from ui.dismissals import Dismissals
from ui.editing import Editing
from ui.flag_list import FlagList
from ui.history_list import HistoryList
from ui.key_figures import KeyFigures
from ui.light_row import LightRow
from ui.plain import Label, as_it_is
from ui.report_fields import LINES, TEXTS, ReportFields
from ui.session import View
from ui.state_line import StateLine
from ui.tabs import TABS, Tab
from ui.tabs.budget import BudgetTab
from ui.theme import GRID, Step, is_narrow, sized
from ui.words import period_title


class ProjectPage(QScrollArea):
    """Shows one project. `show_project` is the only way in."""

    back_asked = Signal()
    step_asked = Signal(int)
    history_asked = Signal(object)
    go_back_asked = Signal(object)
    draft_typed = Signal(str, str)
    refused = Signal(str)
    trace_asked = Signal(object)

    def __init__(self, desk: Desk, editing: Editing, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._say, self._editing, self._desk = desk.say, editing, desk
        self._dismissals = Dismissals(desk, editing)
        say = desk.say
        self.project = ""
        self._view: View | None = None
        self._narrow = self.editable = False
        self.title, self.place, self.out = Label(), Label(), Label()
        self.back = _button("‹", say(message("Tilbake til prosjektene")))
        self.previous = _button("↑", say(message("Forrige prosjekt")))
        self.next = _button("↓", say(message("Neste prosjekt")))
        self.figures = KeyFigures(say)
        self.lights = LightRow(desk)
        self.flags = FlagList(say)
        self.fields = ReportFields(say, self._on_filled_in, self.draft_typed.emit, self._on_cause_placed)
        self.tabs = [cast("Tab", make(desk, editing)) for make in TABS]
        self.history = HistoryList(say)
        self.state = StateLine(say)
        self.behind = QTabWidget()
        self._lay_out()
        self._connect()

    def show_project(self, view: View, project: str) -> None:
        """Show a project in the view's period; the same project keeps what is being typed."""
        figures = _figures_of(view, project)
        if figures is None or view.period is None:
            return
        if project != self.project:
            self.finish()
            self.verticalScrollBar().setValue(0)
            self.behind.setCurrentIndex(0)
        self.project, self._view = project, view
        portfolio, period = view.portfolio, view.period
        self.title.setText(figures.project.name)
        self.place.setText(self._place_of(figures, period))
        self._show_out(portfolio, figures.project.id)
        self.figures.show_figures(figures, period.part)
        self.editable = self.state.show_state(portfolio, period, figures.status, can_edit=self._editing.is_possible)
        if view.lights is not None:
            self.lights.show_lights(view.lights.of(figures), editable=self.editable)
        self.flags.show_flags([flag for flag in view.flags if flag.project.id == project and flag.place is None])
        self._show_fields(portfolio, period)
        self.fields.proof.show_reader(self._read_text, can_dismiss=self._can_dismiss(period))
        explaining = explaining_of(figures, period.part, view.limits)
        self.fields.show_explaining(explaining, editable=self.editable)
        self._show_tab()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  Qt's name
        """Put beneath what there is no room for beside."""
        super().resizeEvent(event)
        narrow = is_narrow(self)
        if narrow != self._narrow:
            self._narrow = narrow
            self.figures.set_narrow(narrow=narrow)
            self.fields.set_narrow(narrow=narrow)

    def show_history(self, changes: list[FieldChange]) -> None:
        """Show what was done to the project."""
        self.history.show_changes(changes, can_go_back=self._editing.is_possible)

    def show_budget_line(self, line: str) -> None:
        """Turn to the budget, with the cursor on a line."""
        self.behind.setCurrentWidget(self._budget)
        self._budget.select_line(line)
        self.ensureWidgetVisible(self.behind)

    @property
    def _budget(self) -> BudgetTab:
        return next(tab for tab in self.tabs if isinstance(tab, BudgetTab))

    def records(self) -> set[str]:
        """Return the ids of the project's records that people fill in."""
        if self._view is None:
            return set()
        statuses = self._view.portfolio.statuses.values()
        return {self.project, *(status.id for status in statuses if status.project == self.project)}

    def _place_of(self, figures: ProjectFigures, period: Period) -> str:
        words = (figures.project.service_area, figures.project.department, self._say(period_title(period)))
        return " · ".join(filter(None, words))

    def _show_out(self, portfolio: Portfolio, project: ProjectId) -> None:
        """Say quietly who else may be writing about the project now."""
        sent = None if portfolio.is_package else out_now(portfolio).get(project)
        self.out.setVisible(sent is not None)
        if sent is not None:
            told = message(
                "Ute hos {who} siden {day}: det som endres her, kan kollidere med det som kommer tilbake.",
                who=sent.recipient,
                day=sent.made_at.astimezone().date(),
            )
            self.out.setText(self._say(told))

    def _show_fields(self, portfolio: Portfolio, period: Period) -> None:
        values = {name: self._editing.written(self.project, name) for name in (*TEXTS, *LINES)}
        last = _status_before(portfolio, self.project, period)
        title = (
            message("Ingen tekst fra tidligere perioder")
            if last is None
            else message("Fra {period}", period=last.period)
        )
        self.fields.offer_quarters(period.year)
        self.fields.offer("service_area", list(areas_known(portfolio)))
        for name in ("responsible", "department"):
            known = {getattr(one, name) for one in portfolio.projects.values()} - {None}
            self.fields.offer(name, sorted(known))
        self.fields.show_values(
            values,
            before="" if last is None else last.text,
            before_title=self._say(title),
            editable=self.editable,
            of_project=not portfolio.is_package,
        )

    def show_words(self, place: Place) -> None:
        """Put the cursor over the words of the status text that a finding is on."""
        self.fields.select_words(place.start, place.end)
        self.ensureWidgetVisible(self.fields.texts["text"])

    def _read_text(self, typed: str) -> Control:
        """Read the status text: as it was saved with what stands between texts, as it is typed by itself."""
        view, case = self._view, None if self._view is None else self._view.cases.get(self.project)
        if view is None or case is None:
            return Control()
        is_saved = typed.rstrip() == case.figures.text.rstrip()
        if is_locked(view.portfolio, case.period) or (is_saved and view.reads_texts):
            return in_text_of(view.control, self.project)
        names = (one.figures.project.name for one in view.cases.values())
        return control_of_text(view.portfolio, case, typed, names=names)

    def _can_dismiss(self, period: Period) -> bool:
        return self._editing.is_possible and not is_locked(self._desk.session.portfolio, period)

    def _on_dismiss_asked(self, flags: list[Flag]) -> None:
        self.finish()
        self._dismissals.put_aside(flags)

    def _on_filled_in(self, field: str, typed: str) -> str:
        return self._editing.fill_in(self.project, field, typed)

    def _on_cause_placed(self, cause: str, typed: str) -> str:
        session = self._desk.session
        figures = None if self._view is None else _figures_of(self._view, self.project)
        if figures is None or session.period is None:
            return ""
        period = session.period
        return self._editing.perform(
            lambda: fill_in_cause(session.portfolio, period, figures, cause=cause, typed=typed, new_id=session.new_id)
        )

    def _on_lights_set_asked(self, aspect: Aspect, light: Light | None, reason: str) -> None:
        session, project = self._desk.session, ProjectId(self.project)
        if session.period is None:
            return
        period = session.period
        refusal = self._editing.perform(
            lambda: (
                clear_light(session.portfolio, period, project, aspect=aspect, new_id=session.new_id)
                if light is None
                else set_light(
                    session.portfolio, period, project, aspect=aspect, light=light, reason=reason, new_id=session.new_id
                )
            )
        )
        if refusal:
            self._desk.ask.tell(refusal)

    def finish(self) -> None:
        """Save what is being typed, now."""
        self.fields.finish()
        for tab in self.tabs:
            tab.finish()

    def _show_tab(self) -> None:
        """Show the project in the tab that is in front: the others are shown it when they come there."""
        if self._view is None:
            return
        if self.behind.currentWidget() is self.history:
            self.history_asked.emit(self.records())
        else:
            self.tabs[self.behind.currentIndex()].show_project(self._view, self.project)

    def _lay_out(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.out.setWordWrap(True)
        self.out.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.title.setFont(sized(self.title.font(), Step.HEADING, bold=True))
        self.title.setWordWrap(True)
        self.place.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        for tab in self.tabs:
            self.behind.addTab(cast("QWidget", tab), self._say(tab.title))
        self.behind.addTab(self.history, self._say(message("Historikk")))
        self.behind.setDocumentMode(True)
        self.behind.setMinimumHeight(30 * GRID)
        body = QWidget()
        lines = QVBoxLayout(body)
        lines.setContentsMargins(2 * GRID, GRID, 2 * GRID, 2 * GRID)
        lines.setSpacing(2 * GRID)
        lines.addLayout(self._heading())
        for part in (self.state, self.figures, self.lights, self.flags, self.fields, self.behind):
            lines.addWidget(part)
        lines.addStretch()
        self.setWidget(body)

    def begin(self) -> None:
        """Put the cursor where work begins: a focus proxy would take what stands before it out of the tab order."""
        self.fields.texts["text"].text.setFocus()

    def _heading(self) -> QHBoxLayout:
        unit = Label(self._say(message("Beløp i 1000 kr")))
        unit.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(self.title)
        names.addWidget(self.place)
        names.addWidget(self.out)
        line = QHBoxLayout()
        line.setSpacing(GRID)
        line.addWidget(self.back, alignment=Qt.AlignmentFlag.AlignTop)
        line.addLayout(names, 1)
        line.addWidget(unit, alignment=Qt.AlignmentFlag.AlignTop)
        for button in (self.previous, self.next):
            line.addWidget(button, alignment=Qt.AlignmentFlag.AlignTop)
        return line

    def _connect(self) -> None:
        self.back.clicked.connect(self.back_asked)
        self.previous.clicked.connect(lambda: self.step_asked.emit(-1))
        self.next.clicked.connect(lambda: self.step_asked.emit(1))
        self.behind.currentChanged.connect(lambda _: self._show_tab())
        self.history.back_asked.connect(self.go_back_asked)
        self.lights.set_asked.connect(self._on_lights_set_asked)
        self.fields.proof.findings.dismiss_asked.connect(self._on_dismiss_asked)
        self.figures.trace_asked.connect(self.trace_asked)
        self._budget.trace_asked.connect(self.trace_asked)


def _figures_of(view: View, project: str) -> ProjectFigures | None:
    entries = () if view.figures is None else view.figures.projects
    return next((entry for entry in entries if entry.project.id == project), None)


def _status_before(portfolio: Portfolio, project: str, period: Period) -> Status | None:
    earlier = [
        status
        for status in portfolio.statuses.values()
        if status.project == project and status.period < period and status.text.strip()
    ]
    return max(earlier, key=lambda status: status.period, default=None)


def _button(sign: str, name: str) -> QToolButton:
    button = QToolButton()
    button.setText(sign)
    button.setAutoRaise(True)
    button.setAccessibleName(name)
    button.setToolTip(as_it_is(name))
    button.setMinimumSize(4 * GRID, 4 * GRID)
    return button
