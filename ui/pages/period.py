"""The controller's page of a period: how far each project has come, and what is done with those that are chosen.

Must not know a rule of it, nor make an edit.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFrame,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from tracker.board import STANDING_TITLES, Board, BoardRow, Standing, board_of
from tracker.flags import Severity
from tracker.guarding import is_locked, newest_lock
from tracker.kinds import Light
from tracker.messages import Message, message
from tracker.model import ProjectId
from ui.desk import Desk
from ui.editing import Editing
from ui.flow import Flow
from ui.marks import Mark, MarkIcon, Notice
from ui.plain import Label
from ui.plain_table import ALMOST_ALL, PlainTable
from ui.session import View
from ui.theme import GRID, Step, sized
from ui.words import period_title

_MARKS: dict[Standing, Mark | None] = {
    Standing.NOT_STARTED: Severity.WARNING,
    Standing.DRAFT: None,
    Standing.SUBMITTED: Severity.NOTE,
    Standing.APPROVED: Light.GREEN,
    Standing.LOCKED: Light.GREEN,
}
_ALL = ""


class PeriodPage(QScrollArea):
    """Shows the board. What is asked for comes with the projects that are marked."""

    project_asked = Signal(str)
    approve_asked = Signal(object)
    send_back_asked = Signal(object)
    lock_asked = Signal()
    reopen_asked = Signal()
    remind_asked = Signal()
    late_asked = Signal()
    compare_asked = Signal()

    def __init__(self, desk: Desk, editing: Editing) -> None:
        super().__init__()
        self._desk, self._editing, self._say = desk, editing, desk.say
        self._board: Board | None = None
        self._shown: list[BoardRow] = []
        self._locked = False
        say = self._say
        self.title, self.counts = Label(), Label()
        self.notice = Notice("", Light.GREEN)
        self.standing = self._choice(message("Vis status"))
        self.standing.addItem(say(message("Alle statuser")), _ALL)
        for standing, title in STANDING_TITLES.items():
            self.standing.addItem(say(title), standing.value)
        self.person = self._choice(message("Vis ansvarlig"))
        self.table = PlainTable(
            say(message("Prosjektene i perioden")),
            [
                say(message("Prosjekt")),
                say(message("Tjenesteområde")),
                say(message("Ansvarlig")),
                say(message("Status")),
                say(message("Av")),
                say(message("Når")),
                say(message("Mangler, eller skal bekreftes")),
            ],
        )
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.approve = QPushButton(say(message("Godkjenn de merkede")))
        self.send_back = QPushButton(say(message("Send tilbake de merkede …")))
        self.open = QPushButton(say(message("Vis prosjektet")))
        self.remind = QPushButton(say(message("Påminnelser …")))
        self.compare = QPushButton(say(message("Sammenlign …")))
        self.late = QPushButton(say(message("Sene endringer …")))
        self.lock = QPushButton(say(message("Lås perioden …")))
        self.reopen = QPushButton(say(message("Åpne igjen …")))
        self._lay_out()
        self._connect()

    def show_view(self, view: View) -> None:
        """Show the board of the view's period; what is marked stays marked."""
        if view.period is None:
            return
        marked = set(self._chosen())
        board = self._board = board_of(view.portfolio, view.period)
        self._locked = is_locked(view.portfolio, view.period)
        self.title.setText(self._say(period_title(view.period)))
        counted = (f"{self._say(STANDING_TITLES[one])}: {count}" for one, count in board.counts.items())
        self.counts.setText(" · ".join(counted))
        self._show_lock(view)
        self._offer_people(board)
        self._show_rows()
        self._mark(marked)
        self._show_what_is_possible()

    def begin(self) -> None:
        """Put the cursor where work begins."""
        self.table.setFocus()

    def finish(self) -> None:
        """Nothing waits here."""

    def _show_lock(self, view: View) -> None:
        lock = None if view.period is None else newest_lock(view.portfolio, view.period)
        self.notice.setVisible(lock is not None)
        if lock is None or view.period is None:
            return
        state = view.portfolio.state_of(view.period)
        if self._locked:
            told = message(
                "Låst av {who} {day}, utgave {revision}. Det rapporterte står slik det var da.",
                who=lock.locked_by,
                day=lock.locked_at.date(),
                revision=lock.revision,
            )
        else:
            told = message(
                "Åpnet igjen: {reason} Utgave {revision} står slik den ble rapportert.",
                reason=_sentence("" if state is None else state.reopened_because),
                revision=lock.revision,
            )
        self.notice.setText(self._say(told))
        self.notice.set_mark(Light.GREEN if self._locked else Severity.WARNING)

    def _offer_people(self, board: Board) -> None:
        chosen = self.person.currentData()
        self.person.blockSignals(True)  # noqa: FBT003  Qt's argument
        self.person.clear()
        self.person.addItem(self._say(message("Alle ansvarlige")), _ALL)
        for name in sorted({row.project.responsible for row in board.rows if row.project.responsible}):
            self.person.addItem(name, name)
        self.person.setCurrentIndex(max(self.person.findData(chosen), 0))
        self.person.blockSignals(False)  # noqa: FBT003  Qt's argument

    def _show_rows(self) -> None:
        if self._board is None:
            return
        standing, person = self.standing.currentData(), self.person.currentData()
        self._shown = [
            row
            for row in self._board.rows
            if standing in {_ALL, row.standing.value} and person in {_ALL, row.project.responsible}
        ]
        self.table.set_rows([self._row(row) for row in self._shown])
        for at, row in enumerate(self._shown):
            mark, item = _MARKS[row.standing], self.table.item(at, 3)
            if item is not None and mark is not None:
                item.setIcon(MarkIcon(mark, self.palette()))
        self._show_what_is_possible()

    def _row(self, row: BoardRow) -> list[str]:
        return [
            row.project.name,
            row.project.service_area or "-",
            row.project.responsible or "-",
            self._say(STANDING_TITLES[row.standing]),
            row.by or "-",
            "-" if row.on is None else f"{row.on:%d.%m.%Y}",
            " ".join(map(self._say, row.left)),
        ]

    def _chosen(self) -> list[ProjectId]:
        rows = sorted({item.row() for item in self.table.selectedItems()})
        return [self._shown[row].project.id for row in rows if row < len(self._shown)]

    def _mark(self, marked: set[ProjectId]) -> None:
        self.table.clearSelection()
        for at, row in enumerate(self._shown):
            if row.project.id in marked:
                for column in range(self.table.columnCount()):
                    item = self.table.item(at, column)
                    if item is not None:
                        item.setSelected(True)

    def _show_what_is_possible(self) -> None:
        chosen = set(self._chosen())
        standings = {row.standing for row in self._shown if row.project.id in chosen}
        can_edit = self._editing.is_controllers
        self.approve.setEnabled(can_edit and standings == {Standing.SUBMITTED})
        self.send_back.setEnabled(can_edit and bool(standings) and standings <= {Standing.SUBMITTED, Standing.APPROVED})
        self.open.setEnabled(len(chosen) == 1)
        self.remind.setEnabled(not self._locked and not self._desk.session.portfolio.is_package)
        self.late.setEnabled(self._locked)
        self.lock.setEnabled(can_edit and not self._locked)
        self.reopen.setEnabled(can_edit and self._locked)

    def _choice(self, name: Message) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(self._say(name))
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        return box

    def _ask_for_project(self) -> None:
        chosen = self._chosen()
        if chosen:
            self.project_asked.emit(chosen[0])

    def _lay_out(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.title.setFont(sized(self.title.font(), Step.HEADING, bold=True))
        self.counts.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.counts.setWordWrap(True)
        body = QWidget()
        lines = QVBoxLayout(body)
        lines.setContentsMargins(2 * GRID, GRID, 2 * GRID, 2 * GRID)
        lines.setSpacing(GRID)
        for part in (self.title, self.counts, self.notice):
            lines.addWidget(part)
        lines.addLayout(Flow(self.standing, self.person, self.remind, self.compare, self.late, self.lock, self.reopen))
        lines.addLayout(Flow(self.approve, self.send_back, self.open))
        lines.addWidget(self.table, ALMOST_ALL)
        lines.addStretch(1)
        self.table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWidget(body)

    def _connect(self) -> None:
        for box in (self.standing, self.person):
            box.currentIndexChanged.connect(lambda _: self._show_rows())
        self.table.itemSelectionChanged.connect(self._show_what_is_possible)
        self.table.itemDoubleClicked.connect(lambda _: self._ask_for_project())
        self.open.clicked.connect(self._ask_for_project)
        self.approve.clicked.connect(lambda: self.approve_asked.emit(self._chosen()))
        self.send_back.clicked.connect(lambda: self.send_back_asked.emit(self._chosen()))
        for button, asked in (
            (self.lock, self.lock_asked),
            (self.reopen, self.reopen_asked),
            (self.remind, self.remind_asked),
            (self.late, self.late_asked),
            (self.compare, self.compare_asked),
        ):
            button.clicked.connect(asked)


def _sentence(words: str) -> str:
    return words if words.endswith((".", "!", "?")) else f"{words}."
