"""The page of what came: the files to the left, what the chosen one brings to the right, and one thing opened beneath.

Must not read a file, nor take anything in: it asks for that with signals. Nothing is changed by looking.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QPushButton, QScrollArea, QVBoxLayout, QWidget

from tracker.kinds import Light
from tracker.messages import message
from tracker.model import Portfolio
from ui.arrivals import Arrival
from ui.desk import Desk
from ui.editing import Editing
from ui.flow import Flow
from ui.incoming_file import IncomingFile
from ui.incoming_files import IncomingFiles
from ui.marks import Notice
from ui.plain import Label
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
        self.title, self.waiting = Label(), Label()
        self.taken = Notice("", Light.GREEN)
        self.files = IncomingFiles(say)
        self.brought = IncomingFile(say)
        self.take = QPushButton(say(message("Hent inn")))
        self.take_easy = QPushButton(say(message("Hent inn alle uten kollisjoner")))
        self.close_page = QPushButton(say(message("Lukk")))
        self._across = QBoxLayout(QBoxLayout.Direction.LeftToRight)
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
        elif not self.brought.begin():
            self.close_page.setFocus()

    def finish(self) -> None:
        """Nothing waits here: what is decided and not taken in has changed nothing."""

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  Qt's name
        """Leave with Esc, go to the next collision with F8."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() == Qt.Key.Key_F8:
            self.brought.go_to_next()
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
        self.brought.show_arrival(arrival, self._desk.session.view)
        if arrival is not None:
            arrival.is_seen = True
            self._show_what_is_possible()

    def _show_what_is_possible(self) -> None:
        arrival, can_edit = self.arrival, self._editing.is_possible
        self.take.setEnabled(can_edit and arrival is not None and arrival.can_be_taken)
        self.take_easy.setEnabled(can_edit and bool(self._easy()))
        self.take_easy.setVisible(len(self._arrivals) > 1)
        left = 0 if arrival is None or arrival.plan is None else len(arrival.deciding.left(arrival.plan))
        unseen = [one for one in self._arrivals if one.has_unseen_problems]
        told = message(
            "{count} {count:kollisjon|kollisjoner} er ikke avgjort: se på hver av dem (F8), eller velg for alle.",
            count=left,
        )
        waiting = [told] if left else []
        if unseen:
            waiting.append(
                message(
                    "{count} {count:fil|filer} har svar som ikke kunne leses: velg hver fil og se på svarene "
                    "før den hentes inn.",
                    count=len(unseen),
                )
            )
        self.waiting.setText("\n".join(map(self._say, waiting)))
        self.waiting.setVisible(bool(waiting))

    def _easy(self) -> list[Arrival]:
        """Return the files that nothing has to be decided of."""
        return [one for one in self._arrivals if one.can_be_taken and not one.collisions]

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
        self.waiting.setWordWrap(True)
        self.waiting.setTextFormat(Qt.TextFormat.PlainText)
        self.taken.hide()
        self._across.setSpacing(2 * GRID)
        self._across.addWidget(self.files, 1)
        self._across.addWidget(self.brought, 4)
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
        self.brought.decided.connect(self._show_what_is_possible)
        self.take.clicked.connect(self._take)
        self.take_easy.clicked.connect(lambda: self._ask_to_take(self._easy()))
        self.close_page.clicked.connect(self.left)
