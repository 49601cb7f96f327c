"""Which signal of one part of the window leads to what another part does.

Must not do any of it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QMenu, QWidget

from tracker.messages import message
from tracker.model import ProjectId
from tracker.tracing import ProjectFigure
from ui.acts import Acts
from ui.drafting import Drafting
from ui.main_window import MainWindow
from ui.plain import as_it_is

if TYPE_CHECKING:
    from ui.pages.control import ControlPage
    from ui.pages.hub import HubPage
    from ui.pages.incoming import IncomingPage
    from ui.pages.ledger import LedgerPage
    from ui.pages.packages import PackagesPage
    from ui.pages.period import PeriodPage
    from ui.pages.project import ProjectPage
    from ui.pages.projects import ProjectsPage
    from ui.pages.report import ReportPage
    from ui.pages.settings import SettingsPage

_CHECK_AFTER_MS = 200


def connect(window: MainWindow, acts: Acts, drafting: Drafting) -> None:
    """Connect the parts of a window."""
    desk, files = acts.desk, acts.files
    session = desk.session
    files.filing.opened.connect(lambda: _on_filing_opened(acts, drafting))
    files.filing.trouble.connect(lambda sentence: window.welcome(trouble=sentence))
    for damaged in (files.filing.damaged, files.backing_up.damaged):
        damaged.connect(files.mending.offer)
    files.placing.advised.connect(window.advice.show_advice)
    window.advice.dismissed.connect(files.placing.dismiss)
    files.filing.take_in_asked.connect(files.report_import.read)
    for part in (files.filing, files.backing_up, drafting):
        part.told.connect(window.tell)
    window.dropped.connect(acts.of_packages.drop)
    window.package.send_asked.connect(acts.of_hub.send_back)
    window.closing.connect(lambda: _on_window_closing(window, acts))
    window.guide.open_asked.connect(files.filing.ask_to_open)
    window.guide.example_asked.connect(files.filing.example)
    window.guide.import_asked.connect(files.report_import.ask)
    window.guide.projects_asked.connect(files.take_in_projects)
    window.guide.period_asked.connect(acts.forms.new_period)
    window.guide.begin_asked.connect(files.filing.begin)
    window.guide.file_asked.connect(lambda name: files.filing.open(Path(name)))
    window.overview_made.connect(lambda page: page.deadline_asked.connect(acts.forms.deadline))
    window.page_made.connect(lambda name, page: _on_window_page_made(name, page, acts, window))
    window.projects_made.connect(lambda page: _on_window_projects_made(page, acts))
    window.project_made.connect(lambda page: _on_window_project_made(page, acts, drafting))
    session.changed.connect(lambda: _on_session_changed(acts, drafting))
    _offer_recent(acts)
    _on_session_changed(acts, drafting)


def _on_window_projects_made(page: ProjectsPage, acts: Acts) -> None:
    acts.table.offer_views(page)
    page.trace_asked.connect(acts.trace_focused)


def _on_window_project_made(page: ProjectPage, acts: Acts, drafting: Drafting) -> None:
    page.go_back_asked.connect(acts.go_back)
    work = acts.files.period_work
    for asked, do in (
        (page.state.submit_asked, work.submit),
        (page.state.take_back_asked, work.take_back),
        (page.state.approve_asked, work.approve),
        (page.state.send_back_asked, work.send_back),
    ):
        asked.connect(partial(_after_typing, page, do))
    page.trace_asked.connect(partial(_trace, page, acts))
    page.draft_typed.connect(lambda field, typed: drafting.keep(page.project, field, typed))
    from ui.spelling import OwnWords, find_speller

    kept, session = acts.desk.settings, acts.desk.session
    speller = find_speller(kept.language, kept.dictionary_folder)
    if speller is not None:
        own = OwnWords(lambda: {*kept.words, *session.portfolio.own_words}, kept.learn)
        page.fields.watch_spelling(speller, own)


def _trace(page: ProjectPage, acts: Acts, figure: ProjectFigure | None) -> None:
    """Trace a figure of the project that is shown; None is what is proposed for it."""
    page.finish()
    if figure is None:
        acts.tracing.proposed_of(page.project)
    else:
        acts.tracing.of_project(page.project, figure)


def _after_typing(page: ProjectPage, do: Callable[[Sequence[ProjectId]], None]) -> None:
    """Save what is being typed before the status is moved: a submitted one takes no more."""
    page.finish()
    do([ProjectId(page.project)])


def _on_window_page_made(name: str, page: QWidget, acts: Acts, window: MainWindow) -> None:
    if name == "ledger":
        cast("LedgerPage", page).import_asked.connect(acts.files.take_in_ledger)
    if name == "report":
        cast("ReportPage", page).told.connect(window.tell)
    if name == "packages":
        packages = cast("PackagesPage", page)
        packages.make_asked.connect(acts.of_packages.make)
        packages.forms_asked.connect(acts.of_packages.make_forms)
        packages.bring_in_asked.connect(acts.of_packages.bring_in)
        packages.told.connect(window.tell)
    if name == "incoming":
        incoming = cast("IncomingPage", page)
        incoming.take_asked.connect(acts.of_hub.take)
        incoming.left.connect(acts.of_hub.leave_incoming)
    if name == "hub":
        hub, hub_acts = cast("HubPage", page), acts.of_hub.by_id()
        hub.asked.connect(lambda asked: hub_acts[asked]())
        hub.back_asked.connect(window.turn_back)
    if name == "settings":
        settings = cast("SettingsPage", page)
        settings.told.connect(window.tell)
        settings.page_asked.connect(window.show_page)
        settings.back_asked.connect(window.turn_back)
        settings.first_start_asked.connect(partial(_ask_again, acts, window, settings))
    if name == "period":
        board, work = cast("PeriodPage", page), acts.files.period_work
        board.approve_asked.connect(work.approve)
        board.send_back_asked.connect(work.send_back)
        board.lock_asked.connect(work.lock)
        board.reopen_asked.connect(work.reopen)
        board.remind_asked.connect(work.remind)
        board.late_asked.connect(work.show_late_changes)
        board.compare_asked.connect(work.compare)
    if name == "control":
        control, dismissals = cast("ControlPage", page), acts.files.dismissals
        control.flag_asked.connect(window.open_flag)
        control.dismiss_asked.connect(dismissals.put_aside)
        control.take_back_asked.connect(dismissals.take_back)


def _ask_again(acts: Acts, window: MainWindow, page: SettingsPage) -> None:
    from ui.beginning import ask_again

    ask_again(acts.desk, window, lambda: page.show_view(acts.desk.session.view))


def _on_filing_opened(acts: Acts, drafting: Drafting) -> None:
    _offer_recent(acts)
    acts.of_packages.forget_incoming()
    drafting.take_back()
    QTimer.singleShot(_CHECK_AFTER_MS, acts.check)
    QTimer.singleShot(_CHECK_AFTER_MS, acts.files.placing.look)


def _on_session_changed(acts: Acts, drafting: Drafting) -> None:
    drafting.forget_saved()
    acts.show_what_is_possible()
    acts.read_texts()


def _on_window_closing(window: MainWindow, acts: Acts) -> None:
    acts.desk.settings.geometry = window.saveGeometry()
    acts.helping.close()
    acts.desk.jobs.end()
    acts.desk.session.close()


def _offer_recent(acts: Acts) -> None:
    """List the files that were opened last under the way to open one."""
    menu = acts.deeds.menu("file")
    found = menu.findChild(QMenu, "recent")
    recent = found or QMenu(acts.desk.say(message("Nylig &brukt")), menu)
    if found is None:
        recent.setObjectName("recent")
        menu.insertMenu(acts.deeds["example"], recent)
    recent.clear()
    for path in acts.desk.settings.recent:
        recent.addAction(path.name, partial(acts.files.filing.open, path)).setToolTip(as_it_is(str(path)))
    recent.setEnabled(bool(acts.desk.settings.recent))
