"""The page of all projects: a period's figures as one table, and its sums beneath.

Must not know where the portfolio comes from.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QKeySequence, QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from tracker.figures import PeriodFigures
from tracker.flags import Flag
from tracker.messages import message
from ui.marks import MarkDelegate
from ui.rows import project_columns, project_rows, sum_rows
from ui.table import Row, TableModel
from ui.table_view import TableView
from ui.theme import GRID, Step, sized
from ui.words import Say, period_title

_FLAG, _NAME, _AREA = range(3)
_NAME_LETTERS, _AREA_LETTERS = 36, 19


class ProjectsPage(QWidget):
    """Shows one period. `show_period` is the only way in."""

    def __init__(self, say: Say, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._say = say
        columns = project_columns(say)
        self.model = TableModel(columns, self)
        self.sums_model = TableModel(columns, self)
        self.table = TableView(self.model)
        self.sums = TableView(self.sums_model, is_sortable=False)
        self.copy_action = QAction(say(message("&Kopier")), self)
        self._title, self._owner = QLabel(), QLabel()
        self._lay_out()
        self._connect()

    def show_period(self, figures: PeriodFigures, flags: Sequence[Flag], *, owner: str) -> None:
        """Show a period's projects; `owner` is whose portfolio it is."""
        rows, sums = project_rows(figures, flags, say=self._say), sum_rows(figures, say=self._say)
        self._title.setText(self._say(period_title(figures.period)))
        self._owner.setText(owner)
        self.model.set_rows(rows)
        self.sums_model.set_rows(sums)
        self.table.set_widths(self._widths([*rows, *sums]))
        self.sums.setFixedHeight(len(sums) * self.sums.verticalHeader().defaultSectionSize())
        self.table.setCurrentIndex(self.model.index(0, _NAME))
        self.table.clearSelection()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802  Qt's name
        """Hand a new palette on, which the tables do not get by themselves."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            for view in (self.table, self.sums):
                view.set_colours(self.palette())

    def _widths(self, rows: Sequence[Row]) -> list[int]:
        """Return how wide each column but the last has to be, by its longest text; names have a width of their own."""
        columns = self.model.columns
        texts = [[column.title for column in columns], *([cell.text for cell in row.cells] for row in rows)]
        longest = [max((line[section] for line in texts), key=len) for section in range(len(columns) - 1)]
        longest[_NAME] = "n" * _NAME_LETTERS
        longest[_AREA] = "n" * _AREA_LETTERS
        widths = [self.table.width_of(text) for text in longest]
        widths[_FLAG] += 2 * GRID
        return widths

    def _lay_out(self) -> None:
        self.table.setAccessibleName(self._say(message("Prosjekter")))
        self.sums.setAccessibleName(self._say(message("Summer")))
        for view in (self.table, self.sums):
            view.setAccessibleDescription(self._say(message("Beløp i 1000 kr")))
        self.table.setItemDelegateForColumn(_FLAG, MarkDelegate(self.table))
        self.sums.horizontalHeader().hide()
        self.sums.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.sums.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.sums.setFont(sized(self.sums.font(), Step.BODY, bold=True))
        self._beneath = QHBoxLayout()
        self._beneath.setContentsMargins(0, 0, 0, 0)
        self._beneath.addWidget(self.sums)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addLayout(self._heading())
        lines.addWidget(self.table, 1)
        lines.addWidget(_rule())
        lines.addLayout(self._beneath)
        self.setFocusProxy(self.table)
        QWidget.setTabOrder(self.table, self.sums)

    def _heading(self) -> QHBoxLayout:
        self._title.setFont(sized(self._title.font(), Step.HEADING, bold=True))
        unit = QLabel(self._say(message("Beløp i 1000 kr")))
        for label in (self._owner, unit):
            label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        for label in (self._title, self._owner):
            label.setTextFormat(Qt.TextFormat.PlainText)
        line = QHBoxLayout()
        line.setContentsMargins(GRID, GRID, GRID, GRID)
        line.setSpacing(GRID + GRID // 2)
        line.addWidget(self._title)
        line.addWidget(self._owner)
        line.addStretch()
        line.addWidget(unit)
        return line

    def _connect(self) -> None:
        self.copy_action.setShortcut(QKeySequence.StandardKey.Copy)
        self.copy_action.triggered.connect(self._on_copy_action_triggered)
        self.table.horizontalHeader().sectionResized.connect(self._on_header_section_resized)
        self.table.horizontalScrollBar().valueChanged.connect(self.sums.horizontalScrollBar().setValue)
        self.sums.horizontalScrollBar().valueChanged.connect(self.table.horizontalScrollBar().setValue)
        self.table.verticalScrollBar().rangeChanged.connect(self._on_scroll_bar_range_changed)

    def _on_copy_action_triggered(self) -> None:
        view = self.sums if self.sums.hasFocus() else self.table
        view.copy_selection()

    def _on_header_section_resized(self, section: int, _before: int, width: int) -> None:
        if section < len(self.model.columns) - 1:
            self.sums.setColumnWidth(section, width)

    def _on_scroll_bar_range_changed(self, _lowest: int, highest: int) -> None:
        """Keep the sums as wide as what is above them, so that they scroll together."""
        room = self.table.verticalScrollBar().sizeHint().width() if highest else 0
        self._beneath.setContentsMargins(0, 0, room, 0)


def _rule() -> QFrame:
    rule = QFrame()
    rule.setFrameShape(QFrame.Shape.HLine)
    rule.setFrameShadow(QFrame.Shadow.Plain)
    rule.setForegroundRole(QPalette.ColorRole.Mid)
    return rule
