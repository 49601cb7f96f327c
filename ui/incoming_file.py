"""What one file brings: whose it is, a line each of what comes, one thing opened beneath, and what is decided of it.

Must not take anything in, nor know the other files. What is decided is kept with the file.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from tracker.merging.deciding import OFFERED
from tracker.merging.plan import Choice, Incoming, Verdict
from tracker.messages import Message, message
from ui.arrivals import Arrival
from ui.flow import Flow
from ui.incoming_detail import IncomingDetail
from ui.incoming_problems import IncomingProblems
from ui.incoming_tree import IncomingTree
from ui.plain import Label
from ui.session import View
from ui.theme import GRID
from ui.words import Say


class IncomingFile(QWidget):
    """Shows a file. `decided` when something of it was decided, or a collision seen."""

    decided = Signal()

    def __init__(self, say: Say) -> None:
        super().__init__()
        self._say = say
        self._arrival: Arrival | None = None
        self._view: View | None = None
        self.about = Label()
        self.problems = IncomingProblems(say)
        self.tree = IncomingTree(say)
        self.detail = IncomingDetail(say)
        self.next = QPushButton(say(message("Neste kollisjon")))
        self.project_in = QPushButton(say(message("Ta inn prosjektet")))
        self.project_kept = QPushButton(say(message("Behold prosjektet")))
        self.all_in = QPushButton(say(message("Ta inn alt")))
        self.all_kept = QPushButton(say(message("Behold alt")))
        self._lay_out()
        self._connect()

    def show_arrival(self, arrival: Arrival | None, view: View) -> None:
        """Show what a file would bring to a portfolio; the cursor stays where it was."""
        self._arrival, self._view = arrival, view
        self.about.setText("" if arrival is None else " ".join(map(self._say, _about(arrival))))
        self.problems.show_problems(() if arrival is None else arrival.problems)
        plan = None if arrival is None else arrival.plan
        has_items = plan is not None and bool(plan.items)
        for part in (self.tree, self.detail, self.project_in, self.project_kept, self.all_in, self.all_kept):
            part.setVisible(has_items)
        self.next.setVisible(arrival is not None and arrival.collisions > 0)
        if arrival is not None and plan is not None:
            self.tree.show_plan(view, plan, arrival.deciding)
            self.tree.choose_first()
        self._show_item()

    def begin(self) -> bool:
        """Put the cursor on the first line; whether there is one."""
        if not self.tree.topLevelItemCount() or not self.tree.isVisibleTo(self):
            return False
        self.tree.choose_first()
        self.tree.setFocus()
        return True

    def go_to_next(self) -> None:
        """Go to the next collision that nobody has decided, or else the next one."""
        arrival, order, current = self._arrival, self.tree.items_shown(), self.tree.incoming
        if arrival is None or arrival.plan is None:
            return
        left = arrival.deciding.left(arrival.plan) or [item for item in order if item.verdict is Verdict.COLLISION]
        places = [at for at, item in enumerate(order) if item in left]
        if places:
            here = -1 if current is None else order.index(current)
            self.tree.choose(order[next((at for at in places if at > here), places[0])].place)
            self.tree.setFocus()

    def _show_item(self) -> None:
        """Open what the cursor is on; a collision that is opened has been seen."""
        arrival, item, view = self._arrival, self.tree.incoming, self._view
        if arrival is None or item is None or view is None or not self.tree.isVisibleTo(self):
            self.detail.show_nothing()
        else:
            if item.verdict is Verdict.COLLISION and not arrival.deciding.has_seen(item):
                arrival.deciding = arrival.deciding.saw(item)
                self.tree.show_deciding(arrival.deciding)
            self.detail.show_item(view.portfolio, item, arrival.deciding)
        self.decided.emit()

    def _choose(self, choice: Choice) -> None:
        arrival, item = self._arrival, self.tree.incoming
        if arrival is not None and arrival.plan is not None and item is not None:
            arrival.deciding = arrival.deciding.choose(arrival.plan, item, choice)
            self._show_deciding(arrival)

    def _choose_all(self, items: Sequence[Incoming], choice: Choice) -> None:
        if self._arrival is not None:
            self._arrival.deciding = self._arrival.deciding.choose_all(items, choice)
            self._show_deciding(self._arrival)

    def _toggle(self) -> None:
        """Decide what the cursor is on the other way."""
        arrival, item = self._arrival, self.tree.incoming
        if arrival is None or item is None or not OFFERED[item.verdict]:
            return
        offered, chosen = OFFERED[item.verdict], arrival.deciding.of(item)
        self._choose(offered[(offered.index(chosen) + 1) % len(offered)] if chosen in offered else offered[0])

    def _show_deciding(self, arrival: Arrival) -> None:
        self.tree.show_deciding(arrival.deciding)
        self.detail.show_choice(arrival.deciding)
        self.decided.emit()

    def _lay_out(self) -> None:
        self.about.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.about.setWordWrap(True)
        self.about.setTextFormat(Qt.TextFormat.PlainText)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(GRID)
        lines.addWidget(self.about)
        lines.addWidget(self.problems)
        lines.addLayout(Flow(self.next, self.project_in, self.project_kept, self.all_in, self.all_kept))
        lines.addWidget(self.tree, 3)
        lines.addWidget(self.detail, 2)
        lines.addStretch()

    def _connect(self) -> None:
        self.tree.item_chosen.connect(self._show_item)
        self.tree.toggled.connect(self._toggle)
        self.detail.choice_asked.connect(self._choose)
        self.next.clicked.connect(self.go_to_next)
        for button, choice in ((self.project_in, Choice.THEIRS), (self.project_kept, Choice.OURS)):
            button.clicked.connect(partial(self._choose_project, choice))
        for button, choice in ((self.all_in, Choice.THEIRS), (self.all_kept, Choice.OURS)):
            button.clicked.connect(partial(self._choose_everything, choice))

    def _choose_project(self, choice: Choice) -> None:
        self._choose_all(self.tree.of_project(), choice)

    def _choose_everything(self, choice: Choice) -> None:
        self._choose_all(self.tree.items_shown(), choice)


def _about(arrival: Arrival) -> list[Message]:
    """Say whose a file is, when it was made and written in, and whether anything of it is new."""
    if arrival.trouble is not None:
        return [arrival.trouble]
    told = [message("{file} fra {who}.", file=arrival.file, who=arrival.who)]
    if arrival.is_from_hub:
        told = [message("Det andre har sendt til huben siden du hentet sist.")]
    if arrival.came is not None and arrival.came.sender.made_at is not None:
        told.append(message("Laget {day}.", day=arrival.came.sender.made_at.astimezone().date()))
    if arrival.edited_at is not None:
        told.append(message("Sist endret {day}.", day=arrival.edited_at.astimezone().date()))
    if arrival.is_nothing:
        all_of_it = message("Alt som kunne leses, er hentet inn fra før.")
        told.append(all_of_it if arrival.problems else message("Alt er hentet inn fra før."))
    return told
