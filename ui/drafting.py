"""Keeps what is being typed until it is saved, and takes what a crash left back when the portfolio is opened.

Must not know a field's widget, nor how an edit is made.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from db.draft import Draft, Drafts
from tracker.messages import message
from ui.desk import Desk
from ui.editing import Editing


class Drafting(QObject):
    """The drafts of the open portfolio. `told` says what was taken back."""

    told = Signal(str)

    def __init__(self, desk: Desk, editing: Editing, *, folder: Path) -> None:
        super().__init__()
        self._desk, self._editing, self._folder = desk, editing, folder

    def keep(self, project: str, field: str, typed: str) -> None:
        """Keep what is being typed in a field; what is saved already is no draft."""
        session = self._desk.session
        if session.path is None or session.period is None:
            return
        base = self._editing.written(project, field)
        draft = Draft(project=project, period=str(session.period), field=field, base=base, text=typed)
        drafts = Drafts(session.path, self._folder, key=session.key)
        if typed.rstrip() == base.rstrip():
            drafts.forget(draft)
        else:
            drafts.keep(draft)

    def forget_saved(self) -> None:
        """Forget the drafts whose texts the portfolio has now."""
        session = self._desk.session
        if session.path is None or session.period is None:
            return
        drafts = Drafts(session.path, self._folder, key=session.key)
        for draft in drafts.read():
            saved = self._editing.written(draft.project, draft.field)
            if draft.period == str(session.period) and saved.rstrip() == draft.text.rstrip():
                drafts.forget(draft)

    def take_back(self) -> None:
        """Save what a crash left unsaved, where the field still says what it said then."""
        session = self._desk.session
        if session.path is None or not session.can_edit:
            return
        drafts = Drafts(session.path, self._folder, key=session.key)
        for draft in drafts.read():
            if draft.period != str(session.period) or draft.project not in session.portfolio.projects:
                continue
            if self._editing.written(draft.project, draft.field).rstrip() != draft.base.rstrip():
                continue
            if not self._editing.fill_in(draft.project, draft.field, draft.text):
                project = session.portfolio.projects[draft.project].name
                self.told.emit(
                    self._desk.say(message("Teksten du skrev for {project}, er hentet fram igjen", project=project))
                )
            drafts.forget(draft)
