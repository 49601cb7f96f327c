"""The files that came: from whom, and how much of each is new, collides or is stopped.

Must not know what is in them.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QSizePolicy

from tracker.flags import Severity
from tracker.kinds import Light
from tracker.messages import Message, message
from tracker.money import write_number
from ui.arrivals import Arrival
from ui.marks import Mark, MarkIcon
from ui.plain import as_it_is
from ui.plain_table import PlainTable
from ui.words import Say

_LETTERS = 58
_FEW, _ALL = 2, 16_777_215


class IncomingFiles(PlainTable):
    """Shows files; one is chosen at a time."""

    def __init__(self, say: Say) -> None:
        super().__init__(
            say(message("Filene som er kommet")),
            [
                say(message("Fra")),
                say(message("Nye")),
                say(message("Kollisjoner")),
                say(message("Stoppet")),
            ],
            numbers=(1, 2, 3),
        )
        self._say = say
        self._arrivals: Sequence[Arrival] = ()
        self._is_low = False
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.horizontalHeader().setStretchLastSection(False)
        self.setWordWrap(False)
        self.setMinimumWidth(_LETTERS * self.fontMetrics().averageCharWidth())
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)

    def show_arrivals(self, arrivals: Sequence[Arrival]) -> None:
        """Show files, in the order that they came in."""
        self._arrivals = arrivals
        self.blockSignals(True)  # noqa: FBT003  Qt's argument
        self.set_rows([self._row(one) for one in arrivals])
        self._sign()
        self.set_low(low=self._is_low)
        header = self.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(self.columnCount() - 1, QHeaderView.ResizeMode.ResizeToContents)
        self.blockSignals(False)  # noqa: FBT003  Qt's argument

    def set_low(self, *, low: bool) -> None:
        """Take only a few lines of the height, or all that there is."""
        self._is_low = low
        self.fit_height()

    def fit_height(self) -> None:
        """Be as high as the page lets it, whatever it shows."""
        low, few = self._is_low, (_FEW + 2) * self.fontMetrics().lineSpacing() * 2
        self.setMinimumHeight(few if low else 0)
        self.setMaximumHeight(few if low else _ALL)

    def choose(self, row: int) -> None:
        """Choose a file without telling of it."""
        self.blockSignals(True)  # noqa: FBT003  Qt's argument
        self.selectRow(row)
        self.blockSignals(False)  # noqa: FBT003  Qt's argument

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802  Qt's name
        """Make the signs anew in another look's colours."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and self.__dict__.get("_arrivals"):
            self._sign()

    def _row(self, one: Arrival) -> list[str]:
        if one.plan is None:
            return [one.who, "-", "-", "-"]
        return [one.who, *map(write_number, (one.new, one.collisions, one.stopped))]

    def _sign(self) -> None:
        """Say how each file stands: a shape before its name, and the words for those who hear it."""
        for row, one in enumerate(self._arrivals):
            item, (mark, words) = self.item(row, 0), _state(one)
            if item is not None:
                item.setIcon(MarkIcon(mark, self.palette()))
                item.setToolTip(as_it_is(f"{one.who}: {self._say(words)}"))
                item.setData(Qt.ItemDataRole.AccessibleTextRole, item.toolTip())


def _state(one: Arrival) -> tuple[Mark, Message]:
    if one.plan is None:
        return Severity.CRITICAL, message("kan ikke hentes inn")
    if one.problems:
        return Severity.WARNING, message("har svar som ikke kunne leses")
    if one.is_nothing:
        return Light.GREEN, message("alt er hentet inn")
    if one.collisions:
        return Severity.WARNING, message("har kollisjoner")
    return Severity.NOTE, message("kan hentes inn")
