"""How pages change the portfolio: what was typed becomes an edit of the session, or a sentence that says why not.

Must not know a widget, nor what is shown of a change.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from db.trouble import Trouble
from tracker.actions import Entry, fill_in, fill_in_many, go_back
from tracker.edits import NOTHING, Edit, StaleEditError
from tracker.fields import FIELD, PHASES
from tracker.history import FieldChange
from tracker.messages import Message, Refusal, message
from tracker.model import Project, ProjectId, Status
from tracker.steps import MADE
from ui.session import Session
from ui.words import Say

MakeEdit = Callable[[], Edit]
_MOST_DETAILS = 12
_STALE = message("Noe er endret i mellomtiden: åpne porteføljen på nytt.")


class Editing:
    """The writing side of a session, for pages: every way answers with a sentence, empty when all is well."""

    def __init__(self, session: Session, say: Say) -> None:
        self._session, self._say = session, say

    @property
    def is_possible(self) -> bool:
        """Whether anything can be changed."""
        return self._session.can_edit and self._session.period is not None

    @property
    def is_controllers(self) -> bool:
        """Whether what is the controller's can be changed: nothing of that is in a project manager's package."""
        return self.is_possible and not self._session.portfolio.is_package

    def fill_in(self, project: str, field: str, typed: str) -> str:
        """Fill in a field of a project in the period that is worked with."""
        period = self._session.period
        if period is None:
            return self._say(message("Porteføljen har ingen perioder ennå: start en, eller importer en rapport."))
        entry = self._in_source(Entry(project=ProjectId(project), field=field, typed=typed))
        return self.perform(
            lambda: fill_in(self._session.portfolio, period, entry, new_id=self._session.new_id),
        )

    def plan(self, entries: Iterable[Entry], label: Message) -> Edit:
        """Plan several entries as one step.

        Raises Refusal with what can't be read as details.
        """
        period = self._session.period
        if period is None:
            return NOTHING
        understood = map(self._in_source, entries)
        return fill_in_many(self._session.portfolio, period, understood, label=label, new_id=self._session.new_id)

    def go_back(self, told: FieldChange) -> str:
        """Give a field the value from before a change."""
        return self.perform(lambda: go_back(self._session.portfolio, told))

    def perform(self, make: MakeEdit, *, way: str = MADE) -> str:
        """Make an edit and perform it; what stands in the way is the answer, its details each on a line."""
        try:
            self._session.perform(make(), way=way)
        except Refusal as refusal:
            details = [self._say(detail) for detail in refusal.details[:_MOST_DETAILS]]
            return "\n".join((self._say(refusal.reason), *details))
        except Trouble as trouble:
            return self._say(trouble.reason)
        except StaleEditError:
            return self._say(_STALE)
        return ""

    def written(self, project: str, field: str) -> str:
        """Return a field as it would be typed."""
        found = FIELD[field]
        portfolio = self._session.portfolio
        if project not in portfolio.projects:
            return ""
        record: Project | Status | None = portfolio.projects[project]
        if found.kind is Status:
            record = self._status(project)
        text = "" if record is None else found.write(getattr(record, field))
        return self._say(message(text)) if field == "phase" and text else text

    def _in_source(self, entry: Entry) -> Entry:
        """Return what was typed in the language that the domain reads: phases are offered in the user's own."""
        if entry.field != "phase":
            return entry
        typed = entry.typed.strip().casefold()
        title = next((title for title in PHASES.values() if self._say(title).casefold() == typed), None)
        return entry if title is None else replace(entry, typed=title.text)

    def _status(self, project: str) -> Status | None:
        figures = self._session.view.figures
        entries = () if figures is None else figures.projects
        return next((entry.status for entry in entries if entry.project.id == project), None)
