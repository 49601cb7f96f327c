"""The settings that belong to one: a heading, whom they count for, buttons, and sections of rows.

Must not know whose they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from tracker.flags import Severity
from tracker.messages import Message
from ui.flow import Flow
from ui.marks import Notice
from ui.plain import Label
from ui.setting_row import Line, SettingRow
from ui.theme import GRID, Step, sized
from ui.words import Say


@dataclass(frozen=True, slots=True)
class Stretch:
    """A section: its heading and its rows."""

    title: str
    heading: Label
    rows: list[SettingRow] = field(default_factory=list)

    @property
    def is_shown(self) -> bool:
        """Whether a search has left anything of it."""
        return any(not row.isHidden() for row in self.rows)


class SettingGroup(QWidget):
    """`show_lines` and `tell` are the ways in."""

    def __init__(self, title: str, say: Say, buttons: Sequence[QPushButton]) -> None:
        super().__init__()
        self._say = say
        self.title, self.lead, self.notice = title, Label(), Notice("", Severity.NOTE)
        self.stretches: list[Stretch] = []
        heading = Label(title)
        heading.setFont(sized(heading.font(), Step.TITLE, bold=True))
        self.lead.setWordWrap(True)
        self.lead.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._lines = _column()
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 4 * GRID)
        lines.setSpacing(GRID)
        for widget in (heading, self.lead, self.notice):
            lines.addWidget(widget)
        lines.addLayout(Flow(*buttons))
        lines.addLayout(self._lines)
        lines.addStretch()

    def tell(self, lead: str, notice: str = "") -> None:
        """Say whom the settings count for, and why they can't be changed where they can't."""
        for label, said in ((self.lead, lead), (self.notice, notice)):
            label.setText(said)
            label.setVisible(bool(said))

    @property
    def rows(self) -> Iterator[SettingRow]:
        """The rows from the top."""
        return (row for stretch in self.stretches for row in stretch.rows)

    def show_lines(self, lines: Iterable[tuple[Message, Line]]) -> None:
        """Show settings under their sections; rows are made anew only where there are others than before."""
        given = [(self._say(section), line) for section, line in lines]
        if [row.objectName() for row in self.rows] != [line.key for _, line in given]:
            self._make(given)
        for row, (_, line) in zip(self.rows, given, strict=True):
            row.show_line(line)

    def look_for(self, words: Sequence[str]) -> bool:
        """Show only the rows that have all of some words; whether there are any."""
        for stretch in self.stretches:
            for row in stretch.rows:
                said = f"{self.title} {stretch.title} {row.words}".casefold()
                row.setVisible(all(word in said for word in words))
            stretch.heading.setVisible(stretch.is_shown)
        is_any = not words or any(stretch.is_shown for stretch in self.stretches)
        self.setVisible(is_any)
        return is_any

    def _make(self, given: Sequence[tuple[str, Line]]) -> None:
        while (item := self._lines.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.stretches = []
        for section, line in given:
            if not self.stretches or self.stretches[-1].title != section:
                heading = Label(section)
                heading.setFont(sized(heading.font(), Step.HEADING, bold=True))
                heading.setContentsMargins(0, 2 * GRID, 0, 0)
                self._lines.addWidget(heading)
                self.stretches.append(Stretch(section, heading))
            row = SettingRow(line, self._say)
            self._lines.addWidget(row)
            self.stretches[-1].rows.append(row)


def _column() -> QVBoxLayout:
    column = QVBoxLayout()
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2 * GRID)
    return column
