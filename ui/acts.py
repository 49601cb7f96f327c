"""What the lines of the menus do: each asks what it needs, and hands on to what can do it.

Must not derive a figure, nor change the portfolio but through `Editing`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication

from db.trouble import Damage
from tracker.history import FieldChange
from tracker.messages import message
from ui.backing_up import BackingUp
from ui.deeds import keys_of
from ui.desk import Desk
from ui.editing import Editing
from ui.filing import Filing
from ui.forms import Forms
from ui.help.helping import Helping
from ui.hub_acts import HubActs
from ui.main_window import MainWindow
from ui.mending import Mending
from ui.package_acts import PackageActs
from ui.page_output import PageOutput
from ui.palette import Choice
from ui.placing import Placing
from ui.project_acts import ProjectActs
from ui.report_import import ReportImport
from ui.status_acts import StatusActs
from ui.table_acts import TableActs
from ui.telling import failing, telling
from ui.views import built_in_views
from ui.words import period_title

if TYPE_CHECKING:
    from ui.dismissals import Dismissals
    from ui.period_work import PeriodWork
    from ui.tracing import Tracing

_OF_FILES = (
    "report",
    "export",
    "print",
    "pdf",
    "back-up",
    "persons",
    "look-through",
    "overview",
    "projects",
    "search",
    "copy-headings",
    "trace",
)
"""The acts that need an open portfolio, and no more."""
_ANYTIME = ("take-in", "take-in-ledger", "take-in-projects", "statement", "year-end", "report-page")
_OF_PACKAGES = ("bring-in", "bring-in-folder", "packages", "package-of-projects")
_THE_CONTROLLERS = (*_ANYTIME, "new-period", "report", "packages", "package-of-projects")
"""The acts that a project manager's package has no part in, besides those on projects."""


class Files:
    """What is done with files and periods; what nobody asks for at the start is imported when it is asked for."""

    def __init__(self, desk: Desk, editing: Editing, filing: Filing, backing_up: BackingUp) -> None:
        self._desk, self._editing = desk, editing
        self.filing, self.backing_up = filing, backing_up
        self.report_import = ReportImport(desk, filing, backing_up)
        self.mending = Mending(desk, filing, backing_up)
        self.placing = Placing(desk)

    def take_in_ledger(self) -> None:
        """Take a ledger in."""
        from ui.ledger_import import LedgerImport

        LedgerImport(self._desk, self.backing_up).ask()

    def take_in_projects(self) -> None:
        """Take projects and budgets in."""
        from ui.register_import import RegisterImport

        RegisterImport(self._desk, self.backing_up).ask()

    def persons(self) -> None:
        """See to the personal data in the file."""
        from ui.persons import Persons

        Persons(self._desk, self.filing, self.backing_up).ask()

    def change_passphrase(self) -> None:
        """Put a passphrase on the portfolio, change it or take it off."""
        from ui.passphrase import PassphraseWork

        PassphraseWork(self._desk, self.filing, self.backing_up).ask()

    @cached_property
    def dismissals(self) -> Dismissals:
        """What puts findings in texts aside."""
        from ui.dismissals import Dismissals

        return Dismissals(self._desk, self._editing)

    @cached_property
    def period_work(self) -> PeriodWork:
        """What moves statuses and periods."""
        from ui.period_work import PeriodWork

        return PeriodWork(self._desk, self._editing, self.backing_up)


class Acts:
    """The acts by the ids of `ui.menus`."""

    def __init__(self, desk: Desk, window: MainWindow, editing: Editing, files: Files) -> None:
        self.desk, self._window, self._editing, self.files = desk, window, editing, files
        self.deeds = window.deeds
        self._doing = ""
        self.helping = Helping(desk, self._where, window.tell)
        self.table = TableActs(desk, window, editing)
        self.output = PageOutput(desk, window)
        self.forms = Forms(desk, editing)
        self.of_project = ProjectActs(desk, window, editing)
        self.of_status = StatusActs(desk, lambda: files.period_work, self.of_project.current)
        self.of_packages = PackageActs(desk, window, files.filing, files.backing_up)
        self.of_hub = HubActs(desk, window, files.filing, self.of_packages)

    @cached_property
    def tracing(self) -> Tracing:
        """What follows figures, imported when one is followed."""
        from ui.tracing import Tracing

        return Tracing(self.desk, self._window)

    def by_id(self) -> Mapping[str, Callable[[], object]]:
        """Return what each line of the menus does, what is being typed saved first."""
        return {name: partial(self._after_typing, name, act) for name, act in self._acts().items()}

    def _after_typing(self, name: str, act: Callable[[], object]) -> None:
        self._window.finish()
        before, self._doing = self._doing, name
        try:
            act()
        finally:
            self._doing = before

    def _where(self) -> tuple[str, str]:
        """Where somebody who asks for help is: the page, and the line of the menus that is being done."""
        window, page = self._window, self._window.page_name
        if page == "project" and window.project.behind.isAncestorOf(QApplication.focusWidget() or window):
            page = "project-tabs"
        return page, self._doing

    def _acts(self) -> Mapping[str, Callable[[], object]]:
        window = self._window
        return {
            "begin": self.files.filing.begin,
            "open": self.files.filing.ask_to_open,
            "example": self.files.filing.example,
            "take-in": self.files.report_import.ask,
            "take-in-ledger": self.files.take_in_ledger,
            "take-in-projects": self.files.take_in_projects,
            "new-period": self.forms.new_period,
            "report": self.files.filing.write_report,
            "export": self.files.filing.export,
            "print": self.output.print_page,
            "pdf": self.output.save_pdf,
            "back-up": self.files.backing_up.now,
            "restore": self.files.backing_up.restore,
            "persons": self.files.persons,
            "passphrase": self.files.change_passphrase,
            "look-through": self.files.mending.look_through,
            "settings": lambda: window.show_page("settings"),
            "quit": window.close,
            "undo": self.undo,
            "redo": self.redo,
            "copy": lambda: self.table.copy(with_headings=False),
            "copy-headings": lambda: self.table.copy(with_headings=True),
            "paste": self.table.paste,
            "fill-down": self.table.fill_down,
            "search": self.table.search,
            "filter": self.table.filter_column,
            "clear": self.table.show_all,
            "overview": window.show_overview,
            "projects": window.show_projects,
            "project": window.reopen_project,
            "period": lambda: window.show_page("period"),
            "control": lambda: window.show_page("control"),
            "budget": lambda: window.show_page("budget"),
            "ledger": lambda: window.show_page("ledger"),
            "year-end": lambda: window.show_page("year-end"),
            "statement": lambda: window.show_page("statement"),
            "report-page": lambda: window.show_page("report"),
            "back": window.show_projects,
            "previous": lambda: window.step(-1),
            "next": lambda: window.step(1),
            "keep-view": self.table.keep_view,
            "trace": self.trace_focused,
            "copy-chart": self.output.copy_chart,
            "save-chart": self.output.save_chart,
            **self.of_project.by_id(),
            **self.of_status.by_id(),
            **self.of_packages.by_id(),
            **self.of_hub.by_id(),
            "commands": self.commands,
            "guide": self.helping.help,
            "guide-pdf": self.helping.save_all,
            "shortcuts": self.shortcuts,
            "log": self.open_log,
            "about": self.about,
        }

    def check(self) -> None:
        """Compare what was read with the journal, away from the window, take the day's backup, and read the texts."""
        session = self.desk.session
        work, path = session.checking(), session.path
        if work is None:
            self.read_texts()
            return

        def trust() -> None:
            if session.path == path:
                session.trust()
                self.files.backing_up.daily()
                self.read_texts()

        def distrust(error: BaseException) -> None:
            if isinstance(error, Damage) and session.path == path and path is not None:
                self.files.mending.offer(path, error)
            else:
                failing(self.desk)(error)

        self.desk.jobs.start(work, done=lambda _: trust(), failed=distrust)

    def read_texts(self) -> None:
        """Read the period's texts away from the window, and let what they say count among the flags."""
        session = self.desk.session
        work, path = session.reading(), session.path

        def take() -> None:
            if session.path == path and not session.view.reads_texts:
                session.take_texts()

        if work is not None:
            self.desk.jobs.start(work, done=lambda _: take(), failed=failing(self.desk))

    def show_what_is_possible(self) -> None:
        """Name the steps in the menu, and put out what can't be done."""
        say, steps = self.desk.say, self.desk.session.steps
        for name, title, named, found in (
            ("undo", message("&Angre"), message("&Angre {what}"), steps.undoable),
            ("redo", message("&Gjør om"), message("&Gjør om {what}"), steps.redoable),
        ):
            self.deeds[name].setText(say(message(named.text, what=found[-1].label)) if found else say(title))
            self.deeds[name].setEnabled(bool(found))
        is_open, can_edit = self.desk.session.path is not None, self.desk.session.can_edit
        for name in _OF_FILES:
            self.deeds[name].setEnabled(is_open)
        for name in (
            "paste",
            "fill-down",
            "new-period",
            "passphrase",
            *self.of_project.by_id(),
            *self.of_status.by_id(),
            *_OF_PACKAGES,
        ):
            self.deeds[name].setEnabled(can_edit)
        self.of_hub.show_what_is_possible()
        is_package = self.desk.session.portfolio.is_package
        why = say(message("Dette gjør controlleren i porteføljen, ikke i en pakke.")) if is_package else ""
        for name in (*_THE_CONTROLLERS, *self.of_project.by_id(), *self.of_status.OF_CONTROLLER):
            deed = self.deeds[name]
            deed.setStatusTip(why)
            deed.setEnabled(not is_package and (name in _ANYTIME or deed.isEnabled()))

    def trace_focused(self) -> None:
        """Follow the figure that the cursor is on."""
        self.tracing.of_focus()

    def undo(self) -> None:
        """Take the newest step back."""
        with telling(self.desk):
            label = self.desk.session.undo()
            if label is not None:
                self._window.tell(self.desk.say(message("Angret: {what}", what=label)))

    def redo(self) -> None:
        """Make the step again that was undone last."""
        with telling(self.desk):
            label = self.desk.session.redo()
            if label is not None:
                self._window.tell(self.desk.say(message("Gjort om: {what}", what=label)))

    def go_back(self, told: FieldChange) -> None:
        """Give a field the value from before a change."""
        refusal = self._editing.go_back(told)
        if refusal:
            self.desk.ask.tell(refusal)

    def commands(self) -> None:
        """Let anything be found by typing: a command, a view, a period or a project."""
        self.desk.ask.command(list(self._choices()))

    def shortcuts(self) -> None:
        """Show every shortcut."""
        from ui.help.shortcut_sheet import shortcut_sheet

        self.desk.ask.show(shortcut_sheet(self.deeds, self.desk.say))

    def open_log(self) -> None:
        """Open the folder of the log in the system's file manager."""
        from platformdirs import user_log_path

        folder = user_log_path("Tertial", appauthor=False, ensure_exists=True)
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    def about(self) -> None:
        """Show what this is, and what it is made of."""
        from ui.about import gather

        self.desk.ask.about(gather())

    def _choices(self) -> Iterable[Choice]:
        for action in self.deeds:
            if action.isEnabled() and action.objectName() != "commands":
                keys = keys_of(action)
                yield Choice(name=action.text().replace("&", ""), beside=keys, choose=action.trigger)
        say, session, settings = self.desk.say, self.desk.session, self.desk.settings
        for view in (*built_in_views(say, who=settings.who), *settings.views):
            yield Choice(
                name=say(message("Visning: {name}", name=view.name)),
                beside="",
                choose=partial(self.table.show_arranged, view),
            )
        for period in session.portfolio.periods():
            yield Choice(
                name=say(period_title(period)),
                beside=say(message("Periode")),
                choose=partial(session.turn_to, period),
            )
        figures = session.view.figures
        for entry in () if figures is None else figures.projects:
            yield Choice(
                name=entry.project.name,
                beside=entry.project.code or "",
                choose=partial(self._window.open_project, entry.project.id),
            )
