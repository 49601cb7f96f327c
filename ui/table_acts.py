"""What can be done in the project table: copy, paste, fill down, find, and keep how it is arranged.

Must not change the portfolio but through `Editing`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from tracker.actions import Entry
from tracker.edits import Edit
from tracker.fields import FIELD
from tracker.messages import Message, Refusal, message
from ui.asking import FormField, TableQuestion
from ui.desk import Desk
from ui.editing import Editing
from ui.main_window import MainWindow
from ui.rows import USUAL_COLUMNS
from ui.settings import SavedView
from ui.telling import telling
from ui.views import built_in_views

if TYPE_CHECKING:
    from ui.pages.projects import ProjectsPage


class TableActs:
    """What the menus do in the table."""

    def __init__(self, desk: Desk, window: MainWindow, editing: Editing) -> None:
        self.desk, self._window, self._editing = desk, window, editing

    def copy(self, *, with_headings: bool) -> None:
        """Copy in the table, or what the focused field has marked."""
        focused = QApplication.focusWidget()
        if not with_headings and focused is not None and hasattr(focused, "copy"):
            focused.copy()
        elif self._window.page is self._window.projects:
            self._window.projects.copy(with_headings=with_headings)

    def paste(self) -> None:
        """Paste a block over the table, seen first; in a field, what Qt does."""
        focused = QApplication.focusWidget()
        if focused is not None and hasattr(focused, "paste"):
            focused.paste()
            return
        if self._window.page is not self._window.projects:
            return
        with telling(self.desk):
            entries = self._window.projects.pasted(QGuiApplication.clipboard().text())
            self._fill_in_many(entries, message("Limte inn {count} {count:verdi|verdier}", count=len(entries)))

    def fill_down(self) -> None:
        """Fill the topmost selected cell down."""
        if self._window.page is self._window.projects:
            with telling(self.desk):
                entries = self._window.projects.filled_down()
                self._fill_in_many(entries, message("Fylte ned {count} {count:verdi|verdier}", count=len(entries)))

    def search(self) -> None:
        """Put the cursor in the search field."""
        self._window.show_projects()
        self._window.projects.bar.search.setFocus()
        self._window.projects.bar.search.selectAll()

    def filter_column(self) -> None:
        """Put the cursor in the filter of the column that the table's cursor is in."""
        self._window.show_projects()
        page = self._window.projects
        section = max(page.table.currentIndex().column(), 0)
        page.filters.fields[page.model.columns[section].key].setFocus()

    def show_all(self) -> None:
        """Take filters, search and grouping away."""
        self.show_arranged(SavedView(name="", columns=USUAL_COLUMNS))

    def offer_views(self, page: ProjectsPage) -> None:
        """Offer the program's views and the user's own."""
        settings = self.desk.settings
        page.bar.set_views(built_in_views(self.desk.say, who=settings.who), settings.views, self.forget_view)

    def forget_view(self, name: str) -> None:
        """Forget a view of the user's own."""
        self.desk.settings.forget_view(name)
        self.offer_views(self._window.projects)

    def keep_view(self) -> None:
        """Keep how the table is arranged, under a name."""
        if self._window.page is not self._window.projects:
            return
        asked = self.desk.ask.form(
            self.desk.say(message("Lagre visningen")),
            [FormField(key="name", title=self.desk.say(message("Navn")), check=self._check_given)],
            self.desk.say(message("Lagre")),
        )
        if asked is not None:
            self.desk.settings.keep_view(self._window.projects.arrangement(asked["name"]))
            self.offer_views(self._window.projects)
            self._window.tell(self.desk.say(message("Visningen «{name}» er lagret", name=asked["name"])))

    def show_arranged(self, view: SavedView) -> None:
        """Turn to the table, arranged as a view says."""
        self._window.show_projects()
        self._window.projects.arrange(view)

    def _fill_in_many(self, entries: Iterable[Entry], label: Message) -> None:
        """Show what a block would change, and do it if that is agreed to.

        Raises Refusal with what can't be read.
        """
        edit = self._editing.plan(entries, label)
        say = self.desk.say
        if not edit.changes:
            raise Refusal(message("Verdiene er de samme som før, så ingenting ble endret."))
        question = TableQuestion(
            title=say(label),
            lead=say(message("Dette blir endret. Alt kan angres i ett steg.")),
            headings=[say(message("Prosjekt")), say(message("Felt")), say(message("Fra")), say(message("Til"))],
            rows=list(self._told(edit)),
            yes=say(message("Endre")),
        )
        if self.desk.ask.confirm_table(question):
            refusal = self._editing.perform(lambda: edit)
            if refusal:
                self.desk.ask.tell(refusal)

    def _told(self, edit: Edit) -> Iterable[list[str]]:
        projects = self.desk.session.portfolio.projects
        for change in edit.changes:
            for field in FIELD.values():
                if field.kind is not change.kind:
                    continue
                before = None if change.before is None else getattr(change.before, field.name)
                after = getattr(change.after, field.name)
                if before != after and (before or after):
                    project = projects[getattr(change.known, "project", change.record_id)]
                    yield [
                        project.name,
                        self.desk.say(field.title),
                        field.write(before) if before is not None else "-",
                        field.write(after) or "-",
                    ]

    def _check_given(self, typed: str) -> str:
        return "" if typed else self.desk.say(message("Feltet kan ikke stå tomt: skriv et navn."))
