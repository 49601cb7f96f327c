"""The main window: places pages and menus, and turns to the page that is asked for.

Must not know what is on a page, nor how a file is read.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from tracker.flags import Flag, Severity
from tracker.messages import message
from tracker.money import in_thousands as thousands
from tracker.money import write_number
from tracker.periods import Period
from ui.advice_line import AdviceLine
from ui.attention import Group, groups_of
from ui.counting import counted
from ui.deeds import Deeds
from ui.desk import Desk
from ui.editing import Editing
from ui.marks import Notice
from ui.package_line import PackageLine
from ui.page_bar import PageBar
from ui.pages.guide import GuidePage
from ui.pages.more import MORE_PAGES, Page
from ui.plain import Label
from ui.progress import Progress
from ui.rows import USUAL_COLUMNS
from ui.settings import Role, SavedView
from ui.theme import GRID, restyle

PROGRAM = "Tertial"
_ANYTIME = {kind.name for kind in MORE_PAGES if kind.is_anytime}

if TYPE_CHECKING:
    from ui.pages.overview import OverviewPage
    from ui.pages.project import ProjectPage
    from ui.pages.projects import ProjectsPage


class MainWindow(QMainWindow):
    """One window, one portfolio. What it is asked to open or take in, it hands on."""

    dropped = Signal(object)
    overview_made = Signal(object)
    project_made = Signal(object)
    projects_made = Signal(object)
    page_made = Signal(str, object)
    closing = Signal()

    def __init__(self, desk: Desk, editing: Editing, *, today: date) -> None:
        super().__init__()
        self.desk, self._editing, self._today = desk, editing, today
        self.deeds = Deeds(self, desk.say)
        self.guide = GuidePage(desk.say)
        self.summary, self.selected, self.saved = Label(), Label(), Label()
        self.progress = Progress(desk.jobs, desk.say)
        self.read_only = Notice("", Severity.WARNING)
        self.read_only.hide()
        self.advice = AdviceLine(desk.say)
        self.package = PackageLine(desk.say)
        self.bar = PageBar(desk.say)
        self._more: dict[str, QWidget] = {}
        self._before: QWidget | None = None
        self._known: Path | None = None
        self._pages = QStackedWidget()
        self._pages.addWidget(self.guide)
        self._lay_out()
        self.setAcceptDrops(True)
        desk.session.changed.connect(self._on_session_changed)
        self.bar.period_chosen.connect(self._on_period_chosen)

    @cached_property
    def overview(self) -> OverviewPage:
        """The page that a portfolio opens on, made when first shown."""
        from ui.pages.overview import OverviewPage  # here as the others: a page costs its start only when it is shown

        page = OverviewPage(self.desk.say)
        page.project_asked.connect(self.open_project)
        page.group_asked.connect(self._on_group_asked)
        page.area_asked.connect(self._on_area_asked)
        self._pages.addWidget(page)
        self.overview_made.emit(page)
        return page

    @cached_property
    def projects(self) -> ProjectsPage:
        """The table of projects, made when first shown."""
        from ui.pages.projects import ProjectsPage

        page = ProjectsPage(self.desk.say, self._editing)
        page.opened.connect(self.open_project)
        page.table.selection_changed.connect(self._on_selection_changed)
        page.arranged.connect(self._show_summary)
        self._pages.addWidget(page)
        self.projects_made.emit(page)
        return page

    @cached_property
    def project(self) -> ProjectPage:
        """The page of one project, made when first shown."""
        from ui.pages.project import ProjectPage

        page = ProjectPage(self.desk, self._editing)
        page.back_asked.connect(self.show_projects)
        page.step_asked.connect(self.step)
        page.history_asked.connect(lambda ids: page.show_history(self.desk.session.history(ids)))
        self._pages.addWidget(page)
        self.project_made.emit(page)
        return page

    def more(self, name: str) -> QWidget:
        """Return one of the further pages, made when first asked for."""
        if name not in self._more:
            kind = next(kind for kind in MORE_PAGES if kind.name == name)
            page = self._more[name] = kind.make(self.desk, self._editing)
            if hasattr(page, "project_asked"):
                page.project_asked.connect(self.open_project)
            self._pages.addWidget(page)
            self.page_made.emit(name, page)
        return self._more[name]

    @property
    def page(self) -> QWidget | None:
        """The page that is shown."""
        return self._pages.currentWidget()

    @property
    def page_name(self) -> str:
        """The name of the page that is shown, `guide` for the ways in."""
        made = {name: self.__dict__.get(name) for name in ("overview", "projects", "project")} | self._more
        return next((name for name, one in made.items() if one is self.page), "guide")

    def welcome(self, *, trouble: str = "") -> None:
        """Show the ways in; `trouble` is what kept a file from opening."""
        self.setWindowTitle(PROGRAM)
        self.guide.show_welcome(trouble=trouble, recent=self.desk.settings.recent)
        self._turn_to(self.guide)

    def show_first(self) -> None:
        """Turn to what a person of this role sees first: a project manager their own projects, all others the whole."""
        settings = self.desk.settings
        if settings.role is Role.PROJECT_MANAGER:
            mine = next((one for one in groups_of(self.desk.session.view, who=settings.who) if one.id == "mine"), None)
            if mine is not None:
                self._on_group_asked(mine)
                return
        self.show_overview()

    def show_overview(self) -> None:
        """Turn to the overview."""
        if self._has_projects():
            self.overview.show_view(self.desk.session.view, who=self.desk.settings.who, today=self._today)
            self._turn_to(self.overview)

    def show_projects(self) -> None:
        """Turn to the table."""
        if self._has_projects():
            self.projects.show_view(self.desk.session.view)
            self._turn_to(self.projects)

    def open_project(self, project: str) -> None:
        """Turn to a project."""
        if project and self._has_projects():
            self.project.show_project(self.desk.session.view, project)
            self.bar.tabs["project"].setVisible(True)
            self._turn_to(self.project)

    def open_flag(self, flag: Flag) -> None:
        """Turn to the project of a finding, its words selected where it is on some."""
        self.open_project(flag.project.id)
        if flag.place is not None and self.page is self.__dict__.get("project"):
            self.project.show_words(flag.place)

    def show_page(self, name: str) -> None:
        """Turn to one of the further pages."""
        if self.desk.session.period is not None or name in _ANYTIME:
            page = self.more(name)
            cast("Page", page).show_view(self.desk.session.view)
            self.bar.tabs[name].show()
            self._turn_to(page)

    def turn_back(self) -> None:
        """Leave a page that one came to in passing."""
        if not self._has_projects():
            self._show_empty()
        elif self._before is None or self._before is self.guide:
            self.show_overview()
        else:
            self._turn_to(self._before)
            self._refresh()

    def reopen_project(self) -> None:
        """Turn to the project that was shown last, or the one that the table's cursor is on."""
        self.open_project(self.project.project or self.projects.table.current_key())

    def step(self, by: int) -> None:
        """Go to the project before or after, as the table shows them."""
        self.projects.show_view(self.desk.session.view)
        self.open_project(self.projects.neighbour(self.project.project, by))

    def tell(self, sentence: str) -> None:
        """Say something in passing."""
        self.statusBar().showMessage(sentence, 6000)

    def finish(self) -> None:
        """Save what is being typed."""
        if "project" in self.__dict__:
            self.project.finish()
        if self.page in self._more.values():
            cast("Page", self.page).finish()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802  Qt's name
        """Take files and folders."""
        urls = event.mimeData().urls()
        if urls and all(url.isLocalFile() for url in urls):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802  Qt's name
        """Hand them on."""
        self.dropped.emit([Path(url.toLocalFile()) for url in event.mimeData().urls()])

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802  Qt's name
        """Let everything follow when the look changes."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            restyle(self)
            if "overview" in self.__dict__ and self._has_projects():
                # Its icons are pictures in the colours that they were made with.
                self.overview.show_view(self.desk.session.view, who=self.desk.settings.who, today=self._today)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802  Qt's name
        """Save what is being typed before the window goes."""
        self.finish()
        self.closing.emit()
        super().closeEvent(event)

    def _has_projects(self) -> bool:
        figures = self.desk.session.view.figures
        return figures is not None and bool(figures.projects)

    def _on_session_changed(self) -> None:
        session = self.desk.session
        name = "" if session.path is None else session.path.name
        self.setWindowTitle(f"{name} – {PROGRAM}" if name else PROGRAM)
        self.bar.example.setVisible(session.portfolio.is_example)
        self.bar.show_periods(session.portfolio.periods(), session.period)
        self._show_saved()
        reason = session.read_only_because
        self.read_only.setText("" if reason is None else self.desk.say(reason))
        self.read_only.setVisible(reason is not None)
        self.package.show_view(session.view)
        for kind in MORE_PAGES:
            if kind.is_controllers:
                self.bar.tabs[kind.name].setVisible(not session.portfolio.is_package)
        is_same, self._known = session.path == self._known, session.path
        if is_same and self.page in (self._more.get(one) for one in _ANYTIME):
            self._refresh()
        elif not self._has_projects():
            self._show_empty()
        elif self.page is self.guide:
            self.show_first()
        else:
            self._refresh()
        self._show_summary()

    def _show_empty(self) -> None:
        session = self.desk.session
        if session.path is None:
            self.welcome()
            return
        waiting = len(session.portfolio.projects) if session.period is None else 0
        self.guide.show_empty(session.path.name, waiting)
        self._turn_to(self.guide)

    def _refresh(self) -> None:
        view = self.desk.session.view
        if self.page is self.__dict__.get("project") and self._is_shown(self.project.project):
            self.project.show_project(view, self.project.project)
        elif self.page is self.__dict__.get("projects"):
            self.projects.show_view(view)
        elif self.page in self._more.values():
            cast("Page", self.page).show_view(view)
        else:
            self.show_overview()

    def _is_shown(self, project: str) -> bool:
        figures = self.desk.session.view.figures
        return figures is not None and any(entry.project.id == project for entry in figures.projects)

    def _on_group_asked(self, group: Group) -> None:
        self._show_some(self.desk.say(group.title), group.projects)

    def _on_area_asked(self, area: str) -> None:
        filters = {"service_area": f"={area}" if area != "-" else "-"}
        self.show_projects()
        self.projects.arrange(SavedView(name=area, columns=USUAL_COLUMNS, filters=filters))

    def _show_some(self, name: str, projects: Iterable[str]) -> None:
        self.show_projects()
        view = SavedView(name=name, columns=USUAL_COLUMNS, sorted_by="flag")
        self.projects.arrange(view, keys=projects)
        first = next(iter(self.projects.model.keys()), "")
        self.projects.table.select_keys([], first)

    def _on_period_chosen(self, period: Period) -> None:
        self.finish()
        self.desk.session.turn_to(period)

    def _on_selection_changed(self) -> None:
        stats = self.projects.table.stats()
        if stats.cells < 2 or not stats.amounts:  # noqa: PLR2004  one cell sums to itself
            self.selected.clear()
            return
        text = message(
            "Sum {total}   Snitt {mean}   Antall {count}",
            total=write_number(thousands(stats.total)),
            mean=write_number(thousands(round(stats.total / stats.amounts))),
            count=stats.amounts,
        )
        self.selected.setText(self.desk.say(text))

    def _turn_to(self, page: QWidget) -> None:
        if page is not self.page:
            self.finish()
            self._before = self.page
        self._pages.setCurrentWidget(page)
        self.bar.check(self.page_name)
        self.bar.setVisible(page is not self.guide and self.desk.session.period is not None)
        self.selected.clear()
        cast("Page", page).begin()

    def _show_saved(self) -> None:
        at = self.desk.session.saved_at
        if at is None:
            self.saved.clear()
        else:
            self.saved.setText(self.desk.say(message("Lagret {time}", time=f"{at.astimezone():%H:%M}")))

    def _show_summary(self) -> None:
        shown = self.projects.model.shown if "projects" in self.__dict__ else None
        self.summary.setText(" · ".join(map(self.desk.say, counted(self.desk.session.view, shown))))

    def _lay_out(self) -> None:
        self.bar.add("overview", message("Oversikt"), self.show_overview)
        self.bar.add("projects", message("Prosjekter"), self.show_projects)
        self.bar.add("project", message("Prosjektet"), self.reopen_project)
        for kind in MORE_PAGES:
            self.bar.add(kind.name, kind.title, partial(self.show_page, kind.name))
        for name in ("project", *(kind.name for kind in MORE_PAGES if kind.is_passing)):
            self.bar.tabs[name].hide()
        self.bar.hide()
        body = QWidget()
        lines = QVBoxLayout(body)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        for widget in (self.bar, self.read_only, self.advice, self.package):
            lines.addWidget(widget)
        lines.addWidget(self._pages, 1)
        self.setCentralWidget(body)
        bar = self.statusBar()
        bar.setSizeGripEnabled(False)
        self.summary.setContentsMargins(GRID // 2, 0, 0, 0)
        bar.addWidget(self.summary)
        bar.addPermanentWidget(self.progress)
        bar.addPermanentWidget(self.selected)
        bar.addPermanentWidget(self.saved)
        self.saved.setContentsMargins(GRID, 0, GRID, 0)
        for label in (self.summary, self.selected, self.saved):
            label.setTextFormat(Qt.TextFormat.PlainText)
