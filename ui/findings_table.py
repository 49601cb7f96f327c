"""Findings as a dense table, a line each: how much it matters, whose, which rule, the words, what the figures say.

Must not choose which findings are shown, nor know what is done about them.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView

from tracker.checking import PutAside
from tracker.flags import Flag, Severity
from tracker.messages import Message, message
from ui.marks import MarkIcon
from ui.plain_table import PlainTable
from ui.words import Say

FOUND = (
    message("Alvorlighet"),
    message("Prosjekt"),
    message("Regel"),
    message("Ord i teksten"),
    message("Hva tallene sier"),
)
PUT_ASIDE = (
    message("Alvorlighet"),
    message("Prosjekt"),
    message("Regel"),
    message("Ord i teksten"),
    message("Begrunnelse"),
    message("Av"),
    message("Når"),
)
_WIDEST = {1: 44, 2: 34, 3: 34, 4: 60}
"""The most letters that a column shows before what is last gets room; the rest is in the tip."""
_LEAST_OF_LAST = 48
_OPENING = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class FindingsTable(PlainTable):
    """Shows flags or what was put aside. `opened` on Enter and double click, `deleted` on Delete."""

    opened = Signal()
    deleted = Signal()

    def __init__(self, name: Message, say: Say, *, headings: Sequence[Message] = FOUND) -> None:
        super().__init__(say(name), list(map(say, headings)))
        self._say = say
        self.setWordWrap(False)
        self._flags: Sequence[Flag] = ()
        self._aside: Sequence[PutAside] = ()
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._least = 0
        self.horizontalHeader().setStretchLastSection(False)
        self.horizontalHeader().sectionResized.connect(self._on_section_resized)
        self.itemDoubleClicked.connect(lambda _: self.opened.emit())

    def show_flags(self, flags: Sequence[Flag]) -> None:
        """Show findings; those that were marked stay marked."""
        if flags == self._flags:
            return
        marked = list(map(_key, self.chosen_flags()))
        self._flags = flags
        self._show(
            [
                [
                    self._say(flag.severity.word),
                    flag.project.name,
                    self._say(flag.rule.title),
                    flag.quote or "",
                    self._say(flag.finding.message),
                ]
                for flag in flags
            ],
            [flag.severity for flag in flags],
        )
        self._mark([at for at, flag in enumerate(flags) if _key(flag) in marked])

    def show_put_aside(self, aside: Sequence[PutAside]) -> None:
        """Show what was put aside, by whom and why."""
        if aside == self._aside:
            return
        self._aside = aside
        self._show(
            [
                [
                    "" if one.flag is None else self._say(one.flag.severity.word),
                    one.project.name,
                    self._say(one.rule.title),
                    one.dismissal.quote,
                    one.dismissal.reason,
                    one.dismissal.by,
                    f"{one.dismissal.at.astimezone():%d.%m.%Y}",
                ]
                for one in aside
            ],
            list(map(_severity_of, aside)),
        )

    def chosen_flags(self) -> list[Flag]:
        """Return the findings that are marked, from the top."""
        return [self._flags[row] for row in self._marked_rows() if row < len(self._flags)]

    def chosen_put_aside(self) -> list[PutAside]:
        """Return what is marked of what was put aside."""
        return [self._aside[row] for row in self._marked_rows() if row < len(self._aside)]

    def begin(self) -> None:
        """Take the cursor, on a row that is marked."""
        if self.rowCount() and not self._marked_rows():
            self.selectRow(max(self.currentRow(), 0))
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  Qt's name
        """Open on Enter, put aside on Delete; all else as any table."""
        if event.key() in _OPENING:
            self.opened.emit()
        elif event.key() == Qt.Key.Key_Delete:
            self.deleted.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  Qt's name
        """Give the last column what the others leave."""
        super().resizeEvent(event)
        self._give_last_the_rest()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802  Qt's name
        """Paint the signs anew in another look: they are pictures in its colours."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and self.rowCount():
            self._sign([flag.severity for flag in self._flags] or list(map(_severity_of, self._aside)))

    def _show(self, rows: Sequence[Sequence[str]], severities: Sequence[Severity | None]) -> None:
        self.blockSignals(True)  # noqa: FBT003  Qt's argument
        self.clearSelection()
        self.set_rows(rows)
        self._sign(severities)
        header = self.horizontalHeader()
        letter = self.fontMetrics().averageCharWidth()
        for section, letters in _WIDEST.items():
            if section < self.columnCount() - 1:
                width = self.columnWidth(section)
                header.setSectionResizeMode(section, QHeaderView.ResizeMode.Interactive)
                self.setColumnWidth(section, min(width, letters * letter))
        self._least = min(self.sizeHintForColumn(self.columnCount() - 1), _LEAST_OF_LAST * letter)
        self._give_last_the_rest()
        self.blockSignals(False)  # noqa: FBT003  Qt's argument

    def _give_last_the_rest(self) -> None:
        """Let the last column take the room that is left; where there is too little, it is scrolled to and read."""
        last = self.columnCount() - 1
        others = sum(self.columnWidth(section) for section in range(last))
        self.setColumnWidth(last, max(self._least, self.viewport().width() - others))

    def _on_section_resized(self, section: int) -> None:
        if section < self.columnCount() - 1:
            self._give_last_the_rest()

    def _sign(self, severities: Sequence[Severity | None]) -> None:
        for row, severity in enumerate(severities):
            item = self.item(row, 0)
            if item is not None:
                item.setIcon(MarkIcon(severity, self.palette()))

    def _mark(self, rows: Sequence[int]) -> None:
        selection = self.selectionModel()
        for row in rows:
            selection.select(self.model().index(row, 0), selection.SelectionFlag.Select | selection.SelectionFlag.Rows)

    def _marked_rows(self) -> list[int]:
        return sorted({index.row() for index in self.selectionModel().selectedRows()})


def _severity_of(one: PutAside) -> Severity | None:
    return None if one.flag is None else one.flag.severity


def _key(flag: Flag) -> tuple[str, str, object]:
    return flag.project.id, flag.rule.id, flag.place
