"""The page of what came: the files to the left, what the chosen one brings to the right, and one thing opened beneath.

Must not read a file, nor take anything in: it asks for that with signals. Nothing is changed by looking.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from tracker.kinds import Light
from tracker.merging.deciding import OFFERED
from tracker.merging.plan import Choice, Incoming, Verdict
from tracker.messages import Message, message
from tracker.model import Portfolio
from ui.arrivals import Arrival
from ui.desk import Desk
from ui.editing import Editing
from ui.flow import Flow
from ui.incoming_detail import IncomingDetail
from ui.incoming_files import IncomingFiles
from ui.incoming_tree import IncomingTree
from ui.marks import Notice
from ui.session import View
from ui.theme import GRID, Step, is_narrow, sized


class IncomingPage(QScrollArea):
    """Shows files that came. `take_asked` comes with those to take in; `left` when a person has seen enough."""

    take_asked = Signal(object)
    left = Signal()

    def __init__(self, desk: Desk, editing: Editing) -> None:
        super().__init__()
        self._desk, self._editing, self._say = desk, editing, desk.say
        self._arrivals: Sequence[Arrival] = ()
        self._planned_for: Portfolio | None = None
        self._stale: list[Arrival] = []
        self._planning = QTimer(self, singleShot=True, interval=0)
        self._narrow = self._is_taking = False
        say = self._say
        self.title, self.about, self.waiting = QLabel(), QLabel(), QLabel()
        self.taken = Notice("", Light.GREEN)
        self.files = IncomingFiles(say)
        self.tree = IncomingTree(say)
        self.detail = IncomingDetail(say)
        self.next = QPushButton(say(message("Neste kollisjon")))
        self.project_in = QPushButton(say(message("Ta inn prosjektet")))
        self.project_kept = QPushButton(say(message("Behold prosjektet")))
        self.all_in = QPushButton(say(message("Ta inn alt")))
        self.all_kept = QPushButton(say(message("Behold alt")))
        self.take = QPushButton(say(message("Hent inn")))
        self.take_easy = QPushButton(say(message("Hent inn alle uten kollisjoner")))
        self.close_page = QPushButton(say(message("Lukk")))
        self._across = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._right = QWidget()
        self._lay_out()
        self._connect()

    @property
    def arrival(self) -> Arrival | None:
        """The file that is chosen."""
        at = self.files.currentRow()
        return self._arrivals[at] if 0 <= at < len(self._arrivals) else None

    def show_arrivals(self, arrivals: Sequence[Arrival]) -> None:
        """Show files that came just now."""
        self._arrivals, self._planned_for = arrivals, self._desk.session.portfolio
        self._stale = []
        self.taken.hide()
        self.detail.show_nothing()
        self.files.show_arrivals(arrivals)
        self.files.setVisible(len(arrivals) > 1)
        self.files.choose(next((at for at, one in enumerate(arrivals) if not one.is_nothing and one.plan), 0))
        self._show_chosen()
        if self.isVisible():
            self.begin()

    def show_taken(self, sentence: str) -> None:
        """Show what was taken in, and what is left by the portfolio as it is now."""
        self._is_taking = False
        self._plan_anew()
        self.taken.setText(sentence)
        self.taken.show()

    def show_view(self, view: View) -> None:
        """Plan everything anew where the portfolio has changed."""
        if not self._is_taking and view.portfolio is not self._planned_for:
            self.taken.hide()
            self._plan_anew()

    def begin(self) -> None:
        """Put the cursor where work begins."""
        if len(self._arrivals) > 1:
            self.files.setFocus()
        elif self.tree.topLevelItemCount():
            self.tree.choose_first()
            self.tree.setFocus()
        else:
            self.close_page.setFocus()

    def finish(self) -> None:
        """Nothing waits here: what is decided and not taken in has changed nothing."""

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  Qt's name
        """Leave with Esc, go to the next collision with F8."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() == Qt.Key.Key_F8:
            self._go_to_next()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  Qt's name
        """Put the files above what they bring where there is no room beside."""
        super().resizeEvent(event)
        narrow = is_narrow(self)
        if narrow != self._narrow:
            self._narrow = narrow
            way = QBoxLayout.Direction
            self._across.setDirection(way.TopToBottom if narrow else way.LeftToRight)
            self.files.set_low(low=narrow)

    def _plan_anew(self) -> None:
        """Plan the chosen file at once, and the others one by one as the window is idle."""
        self._planned_for = self._desk.session.portfolio
        arrival = self.arrival
        if arrival is not None:
            arrival.plan_anew(self._desk.session)
        self._stale = [one for one in self._arrivals if one is not arrival]
        self._planning.start()
        self._show_files()
        self._show_chosen()

    def _plan_next(self) -> None:
        if not self._stale:
            return
        self._stale.pop(0).plan_anew(self._desk.session)
        if self._stale:
            self._planning.start()
        else:
            self._show_files()
            self._show_what_is_possible()

    def _show_files(self) -> None:
        at = self.files.currentRow()
        self.files.show_arrivals(self._arrivals)
        self.files.choose(at)

    def _show_chosen(self) -> None:
        """Show what the chosen file brings."""
        arrival = self.arrival
        if arrival is not None and any(one is arrival for one in self._stale):
            self._stale = [one for one in self._stale if one is not arrival]
            arrival.plan_anew(self._desk.session)
        self.about.setText("" if arrival is None else " ".join(map(self._say, _about(arrival))))
        plan = None if arrival is None else arrival.plan
        self.tree.setVisible(plan is not None and bool(plan.items))
        self.detail.setVisible(self.tree.isVisibleTo(self))
        if arrival is not None and plan is not None:
            self.tree.show_plan(self._desk.session.view, plan, arrival.deciding)
            self.tree.choose_first()
        self._show_item()

    def _show_item(self) -> None:
        """Open what the cursor is on; a collision that is opened has been seen."""
        arrival, item = self.arrival, self.tree.incoming
        if arrival is None or item is None or not self.tree.isVisibleTo(self):
            self.detail.show_nothing()
        else:
            if item.verdict is Verdict.COLLISION and not arrival.deciding.has_seen(item):
                arrival.deciding = arrival.deciding.saw(item)
                self.tree.show_deciding(arrival.deciding)
            self.detail.show_item(self._desk.session.portfolio, item, arrival.deciding)
        self._show_what_is_possible()

    def _choose(self, choice: Choice) -> None:
        arrival, item = self.arrival, self.tree.incoming
        if arrival is not None and arrival.plan is not None and item is not None:
            arrival.deciding = arrival.deciding.choose(arrival.plan, item, choice)
            self._show_deciding()

    def _choose_all(self, items: Sequence[Incoming], choice: Choice) -> None:
        arrival = self.arrival
        if arrival is not None:
            arrival.deciding = arrival.deciding.choose_all(items, choice)
            self._show_deciding()

    def _toggle(self) -> None:
        """Decide what the cursor is on the other way."""
        arrival, item = self.arrival, self.tree.incoming
        if arrival is None or item is None or not OFFERED[item.verdict]:
            return
        offered, chosen = OFFERED[item.verdict], arrival.deciding.of(item)
        self._choose(offered[(offered.index(chosen) + 1) % len(offered)] if chosen in offered else offered[0])

    def _show_deciding(self) -> None:
        arrival = self.arrival
        if arrival is not None:
            self.tree.show_deciding(arrival.deciding)
            self.detail.show_choice(arrival.deciding)
        self._show_what_is_possible()

    def _go_to_next(self) -> None:
        """Go to the next collision that nobody has decided, or else the next one."""
        arrival, current = self.arrival, self.tree.incoming
        if arrival is None or arrival.plan is None:
            return
        shown = [item for item in self.tree.items_shown() if item.verdict is Verdict.COLLISION]
        left = arrival.deciding.left(arrival.plan)
        wanted = [item for item in shown if item in left] or shown
        if wanted:
            order = self.tree.items_shown()
            at = -1 if current is None else order.index(current)
            following = next((item for item in wanted if order.index(item) > at), wanted[0])
            self.tree.choose(following.place)
            self.tree.setFocus()

    def _show_what_is_possible(self) -> None:
        arrival = self.arrival
        plan = None if arrival is None else arrival.plan
        can_edit = self._editing.is_possible
        items = () if plan is None else plan.items
        left = [] if arrival is None or plan is None else arrival.deciding.left(plan)
        self.take.setEnabled(can_edit and arrival is not None and arrival.can_be_taken)
        easy = [one for one in self._arrivals if one.can_be_taken and not one.collisions]
        self.take_easy.setEnabled(can_edit and bool(easy))
        self.take_easy.setVisible(len(self._arrivals) > 1)
        for button in (self.next, self.project_in, self.project_kept, self.all_in, self.all_kept):
            button.setVisible(bool(items))
        self.next.setVisible(any(item.verdict is Verdict.COLLISION for item in items))
        has_project = self.tree.currentItem() is not None
        for button in (self.project_in, self.project_kept):
            button.setEnabled(has_project)
        told = message(
            "{count} {count:kollisjon|kollisjoner} er ikke avgjort: se på hver av dem (F8), eller velg for alle.",
            count=len(left),
        )
        self.waiting.setText(self._say(told) if left else "")
        self.waiting.setVisible(bool(left))

    def _take(self) -> None:
        if self.arrival is not None:
            self._ask_to_take([self.arrival])

    def _ask_to_take(self, arrivals: list[Arrival]) -> None:
        self._is_taking = True
        self.take_asked.emit(arrivals)
        if self._is_taking:
            self._is_taking = False
            self._plan_anew()

    def _lay_out(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidgetResizable(True)
        self.title.setText(self._say(message("Hent inn")))
        self.title.setFont(sized(self.title.font(), Step.HEADING, bold=True))
        self.about.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        for label in (self.about, self.waiting):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.taken.hide()
        right = QVBoxLayout(self._right)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(GRID)
        right.addWidget(self.about)
        right.addLayout(Flow(self.next, self.project_in, self.project_kept, self.all_in, self.all_kept))
        right.addWidget(self.tree, 3)
        right.addWidget(self.detail, 2)
        right.addStretch()
        self._across.setSpacing(2 * GRID)
        self._across.addWidget(self.files, 1)
        self._across.addWidget(self._right, 4)
        body = QWidget()
        lines = QVBoxLayout(body)
        lines.setContentsMargins(2 * GRID, GRID, 2 * GRID, 2 * GRID)
        lines.setSpacing(GRID)
        for part in (self.title, self.taken):
            lines.addWidget(part)
        lines.addLayout(self._across, 1)
        lines.addWidget(self.waiting)
        lines.addLayout(Flow(self.take, self.take_easy, self.close_page))
        self.setWidget(body)

    def _connect(self) -> None:
        self._planning.timeout.connect(self._plan_next)
        self.files.itemSelectionChanged.connect(self._show_chosen)
        self.tree.item_chosen.connect(self._show_item)
        self.tree.toggled.connect(self._toggle)
        self.detail.choice_asked.connect(self._choose)
        self.next.clicked.connect(self._go_to_next)
        for button, is_of_project, choice in (
            (self.project_in, True, Choice.THEIRS),
            (self.project_kept, True, Choice.OURS),
            (self.all_in, False, Choice.THEIRS),
            (self.all_kept, False, Choice.OURS),
        ):
            button.clicked.connect(
                lambda _=False, of=is_of_project, choice=choice: self._choose_all(
                    self.tree.of_project() if of else self.tree.items_shown(), choice
                )
            )
        self.take.clicked.connect(self._take)
        self.take_easy.clicked.connect(
            lambda: self._ask_to_take([one for one in self._arrivals if one.can_be_taken and not one.collisions])
        )
        self.close_page.clicked.connect(self.left)


def _about(arrival: Arrival) -> list[Message]:
    """Say whose a file is, when it was made and written in, and whether anything of it is new."""
    if arrival.trouble is not None:
        return [arrival.trouble]
    told = [message("{file} fra {who}.", file=arrival.file, who=arrival.who)]
    if arrival.came is not None and arrival.came.sender.made_at is not None:
        told.append(message("Laget {day}.", day=arrival.came.sender.made_at.astimezone().date()))
    if arrival.edited_at is not None:
        told.append(message("Sist endret {day}.", day=arrival.edited_at.astimezone().date()))
    if arrival.is_nothing:
        told.append(message("Alt er hentet inn fra før."))
    return told
