"""The bar above the pages: a tab a page, and the period that is worked with.

Must not know what a page shows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QToolButton, QWidget

from tracker.messages import Message, message
from tracker.periods import Period
from ui.flow import Flow
from ui.plain import Label
from ui.theme import GRID
from ui.words import Say, period_title

_LINE = 2


class _Tab(QToolButton):
    """A tab; the one in front has a line beneath it, since its ground alone is hardly seen in the dark look."""

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        """Draw the button as ever, and the line."""
        super().paintEvent(event)
        if self.isChecked():
            painter = QPainter(self)
            line = self.rect().adjusted(1, self.height() - _LINE, -1, 0)
            painter.fillRect(line, self.palette().color(QPalette.ColorRole.Link))
            painter.end()


class PageBar(QWidget):
    """Tabs and periods. `period_chosen` comes with the period that a person turns to."""

    period_chosen = Signal(object)

    def __init__(self, say: Say) -> None:
        super().__init__()
        self._say = say
        self.period = QComboBox()
        self.period.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.period.setAccessibleName(say(message("Periode")))
        self.example = Label(say(message("Eksempeldata")))
        self.example.setToolTip(
            say(
                message(
                    "Tallene i årsmeldingen 2023 er de publiserte. Statustekstene og de andre periodene er konstruert."
                )
            )
        )
        self.example.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.example.setContentsMargins(0, 0, GRID, 0)
        self.example.hide()
        # No button group: Qt takes all but the checked one of a group out of the tab order.
        self.tabs: dict[str, QToolButton] = {}
        self._tabs = Flow()
        self._tabs.setSpacing(GRID // 2)
        line = QHBoxLayout(self)
        line.setContentsMargins(GRID, GRID // 2, GRID, GRID // 2)
        line.setSpacing(GRID // 2)
        line.addLayout(self._tabs, 1)
        line.addWidget(self.example)
        line.addWidget(self.period)
        self.period.activated.connect(lambda _: self.period_chosen.emit(self.period.currentData()))

    def add(self, name: str, title: Message, show: Callable[[], object]) -> None:
        """Add a tab."""
        button = _Tab()
        button.setObjectName(name)
        button.setText(self._say(title))
        button.setCheckable(True)
        button.setAutoRaise(True)
        button.setMinimumHeight(4 * GRID)
        button.clicked.connect(lambda _checked=False: show())
        self._tabs.addWidget(button)
        self.tabs[name] = button

    def check(self, name: str) -> None:
        """Show whose page is in front; empty for none."""
        for one, button in self.tabs.items():
            button.setChecked(one == name)

    def show_periods(self, periods: Iterable[Period], chosen: Period | None) -> None:
        """Offer periods, newest first."""
        self.period.blockSignals(True)  # noqa: FBT003  Qt's argument
        self.period.clear()
        for period in sorted(periods, reverse=True):
            self.period.addItem(self._say(period_title(period)), period)
        at = next((at for at in range(self.period.count()) if self.period.itemData(at) == chosen), -1)
        self.period.setCurrentIndex(at)
        self.period.blockSignals(False)  # noqa: FBT003  Qt's argument
