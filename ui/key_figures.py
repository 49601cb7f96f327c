"""The figures of a project at the top of its page: a total and a year, each with a bar.

Must not know a project beyond its figures, nor derive one.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QPushButton, QVBoxLayout, QWidget

from tracker.figures import ProjectFigures
from tracker.messages import Message, message
from tracker.money import in_thousands, write_number
from tracker.periods import Part
from tracker.tracing import ProjectFigure
from ui.charts import Meter
from ui.plain import Label
from ui.theme import GRID, Step, sized, tabular
from ui.words import Say

_DEVIATION = 2
_LOOK = """
QPushButton { border: none; border-bottom: 1px solid transparent; padding: 0; text-align: left; }
QPushButton:hover, QPushButton:focus { border-bottom-color: palette(link); }
"""
"""A figure that looks like one, and under the mouse or the cursor like something that leads on."""


class FigureButton(QPushButton):
    """A figure that can be followed to where it comes from. `figure` is which one it is."""

    def __init__(self, figure: ProjectFigure) -> None:
        super().__init__()
        self.figure = figure
        self.setStyleSheet(_LOOK)
        self.setCursor(Qt.CursorShape.PointingHandCursor)


def focused_figure(within: QWidget) -> ProjectFigure | None:
    """Return the figure that the cursor is on, None where it is somewhere else."""
    focused = within.focusWidget()
    return focused.figure if isinstance(focused, FigureButton) and focused.hasFocus() else None


class Amounts(QWidget):
    """Three amounts side by side with their titles, and a meter beneath."""

    trace_asked = Signal(object)

    def __init__(self, say: Say, heading: Message, figures: Mapping[ProjectFigure, Message]) -> None:
        super().__init__()
        self._say = say
        self.heading = Label(say(heading))
        self.heading.setFont(sized(self.heading.font(), Step.BODY, bold=True))
        self.values = list(map(FigureButton, figures))
        self.meter = Meter()
        self.meter.setAccessibleName(say(heading))
        grid = QGridLayout()
        grid.setHorizontalSpacing(3 * GRID)
        grid.setVerticalSpacing(0)
        self.titles = [Label() for _ in figures]
        for column, (title, label, value) in enumerate(zip(figures.values(), self.titles, self.values, strict=True)):
            value.setToolTip(say(message("Hvor kommer tallet fra …")))
            value.clicked.connect(partial(self._on_value_clicked, value))
            label.setFont(sized(label.font(), Step.SMALL))
            label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
            value.setFont(tabular(sized(value.font(), Step.HEADING, bold=True)))
            self.name(column, title)
            grid.addWidget(label, 0, column)
            grid.addWidget(value, 1, column, Qt.AlignmentFlag.AlignLeft)
        grid.setColumnStretch(len(figures), 1)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(GRID // 2)
        lines.addWidget(self.heading)
        lines.addLayout(grid)
        lines.addWidget(self.meter)

    def name(self, place: int, title: Message) -> None:
        """Call an amount something."""
        self.titles[place].setText(self._say(title))
        self.values[place].setAccessibleDescription(self._say(title))

    def show_amounts(self, budget: int | None, used: int | None, left: int | None) -> None:
        """Show kroner as thousands."""
        for label, kroner in zip(self.values, (budget, used, left), strict=True):
            label.setText("-" if kroner is None else write_number(in_thousands(kroner)))
        self.setVisible(budget is not None)
        self.meter.show_share(used or 0, budget or 0, text=self._share(used or 0, budget or 0))

    def _on_value_clicked(self, value: FigureButton, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's argument
        self.trace_asked.emit(value.figure)

    def _share(self, used: int, budget: int) -> str:
        if budget <= 0:
            return self._say(message("Uten budsjett")) if used else ""
        return self._say(message("{share:pct} brukt", share=used / budget))


class KeyFigures(QWidget):
    """The whole life beside the year. `trace_asked` is for the figure that is clicked."""

    trace_asked = Signal(object)

    def __init__(self, say: Say) -> None:
        super().__init__()
        self.total = Amounts(
            say,
            message("Hele prosjektet"),
            {
                ProjectFigure.TOTAL_BUDGET: message("Vedtatt totalt"),
                ProjectFigure.TOTAL_SPENT: message("Påløpt totalt"),
                ProjectFigure.LEFT_OF_TOTAL: message("Gjenstår"),
            },
        )
        self.year = Amounts(
            say,
            message("I år"),
            {
                ProjectFigure.REVISED_BUDGET: message("Revidert budsjett"),
                ProjectFigure.ACTUAL: message("Regnskap"),
                ProjectFigure.DEVIATION: message("Avvik"),
            },
        )
        for amounts in (self.total, self.year):
            amounts.trace_asked.connect(self.trace_asked)
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(5 * GRID)
        self._line.addWidget(self.total, 1)
        self._line.addWidget(self.year, 1)

    def set_narrow(self, *, narrow: bool) -> None:
        """Put the year beneath the whole life where there is no room beside it."""
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._line.setDirection(way)
        self._line.setSpacing((2 if narrow else 5) * GRID)

    def show_figures(self, figures: ProjectFigures, part: Part) -> None:
        """Show a project's figures; a running programme has no total.

        In a tertial the deviation is the one that the forecast gives, and none without a forecast.
        """
        self.total.show_amounts(figures.total_budget, figures.total_spent, figures.left_of_total)
        self.year.name(_DEVIATION, message("Avvik") if part is Part.YEAR else message("Ventet avvik"))
        expected = ProjectFigure.EXPECTED_DEVIATION
        self.year.values[_DEVIATION].figure = ProjectFigure.DEVIATION if part is Part.YEAR else expected
        self.year.show_amounts(figures.revised_budget, figures.actual, figures.reported_deviation_at(part))
