"""What a controller and a project manager say to each other about a project's status; never printed.

Must not make an edit but through `tracker.workflow`.
"""

from __future__ import annotations

from datetime import datetime

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton

from tracker.kind_titles import COMMENT_TITLES
from tracker.messages import message
from tracker.model import Comment, ProjectId
from tracker.steps import SETTLED
from tracker.workflow import Mover, comment
from ui.desk import Desk
from ui.editing import Editing
from ui.plain_table import PlainTable
from ui.session import View
from ui.tabs.tab import TabWidget
from ui.theme import FRAMED
from ui.words import period_title


class CommentsTab(TabWidget):
    """A line to write in, and all that was said, the newest first."""

    title = message("Kommentarer")

    def __init__(self, desk: Desk, editing: Editing) -> None:
        super().__init__(desk, editing)
        self._project = ""
        say = self.say
        self.line = QLineEdit()
        self.line.setAccessibleName(say(message("Ny kommentar")))
        self.line.setStyleSheet(FRAMED)
        self.line.setPlaceholderText(
            say(message("Skriv en kommentar til statusen. Kommentaren trykkes ikke i rapporten."))
        )
        self.send = QPushButton(say(message("Legg til kommentaren")))
        self.table = PlainTable(
            say(self.title),
            [
                say(message("Periode")),
                say(message("Når")),
                say(message("Hvem")),
                say(message("Slag")),
                say(message("Kommentar")),
            ],
        )
        line = QHBoxLayout()
        line.addWidget(self.line, 1)
        line.addWidget(self.send)
        self.lines.addLayout(line)
        self.lines.addWidget(self.table)
        self.lines.addStretch(1)
        self.send.clicked.connect(self._send)
        self.line.returnPressed.connect(self._send)

    def show_project(self, view: View, project: str) -> None:
        """Show what was said about a project in all periods."""
        if project != self._project:
            self.line.clear()
        self._project = project
        said = [one for one in view.portfolio.comments.values() if one.project == project]
        said.sort(key=lambda one: (one.period, one.at), reverse=True)
        self.table.set_rows([self._row(one) for one in said])
        self.table.setVisible(bool(said))
        self.line.setEnabled(self.editing.is_possible)
        self.send.setEnabled(self.editing.is_possible)

    def _row(self, one: Comment) -> list[str]:
        return [
            self.say(period_title(one.period)),
            f"{one.at.astimezone():%d.%m.%Y %H:%M}",
            one.by,
            self.say(COMMENT_TITLES[one.kind]),
            one.text,
        ]

    def _send(self) -> None:
        session = self.desk.session
        period = session.period
        if period is None or not self.send.isEnabled():
            return
        text = self.line.text()
        mover = Mover(who=session.who, at=datetime.now().astimezone())
        refusal = self.editing.perform(
            lambda: comment(
                session.portfolio, period, ProjectId(self._project), mover, text=text, new_id=session.new_id
            ),
            way=SETTLED,
        )
        if refusal:
            self.desk.ask.tell(refusal)
        else:
            self.line.clear()
