"""What disagrees with the figures in a text, listed beneath it, and a way to put it aside.

Must not know a rule, nor how a finding is put aside.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from tracker.checking import PutAside
from tracker.flags import Flag
from tracker.messages import message
from ui.marks import MarkIcon, sign_size
from ui.plain import Label, as_it_is
from ui.theme import GRID, Step, sized
from ui.words import Say

_HIGHEST = 10_000
_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class FindingsList(QListWidget):
    """Findings below each other, each as high as its words need and the list as high as all of them."""

    def __init__(self) -> None:
        super().__init__()
        self.setWordWrap(True)
        self.setSpacing(1)
        self.setIconSize(sign_size(self.fontMetrics()))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def fit(self) -> None:
        """Be as high as what is listed: Qt's own list measures words as if they stood on one line."""
        room = self.viewport().width() - self.iconSize().width() - 3 * GRID
        wrapped = QRect(0, 0, max(room, GRID), _HIGHEST)
        height = 0
        for row in range(self.count()):
            item = self.item(row)
            words = self.fontMetrics().boundingRect(wrapped, Qt.TextFlag.TextWordWrap, item.text())
            item.setSizeHint(QSize(0, words.height() + GRID // 2))
            height += words.height() + GRID // 2 + 2 * self.spacing()
        self.setFixedHeight(height + 2 * self.frameWidth() + GRID // 2)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  Qt's name
        """Fit the words anew where there is more room or less."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit()


class TextFindings(QWidget):
    """Lists the findings of a text. `chosen` comes with the one that is gone to, `dismiss_asked` with its flags."""

    chosen = Signal(int)
    dismiss_asked = Signal(object)

    def __init__(self, say: Say) -> None:
        super().__init__()
        self._say = say
        self._flags: Sequence[Flag] = ()
        self._is_possible = False
        self.told, self.aside = Label(), Label()
        for label in (self.told, self.aside):
            label.setFont(sized(label.font(), Step.SMALL))
            label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
            label.setWordWrap(True)
        self.list = FindingsList()
        self.list.setAccessibleName(say(message("Funn i teksten")))
        self.dismiss = QPushButton(say(message("Legg til side …")))
        foot = QHBoxLayout()
        foot.addWidget(self.dismiss)
        foot.addStretch()
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(GRID // 2)
        lines.addWidget(self.told)
        lines.addWidget(self.list)
        lines.addLayout(foot)
        lines.addWidget(self.aside)
        self.list.itemClicked.connect(lambda _: self.chosen.emit(self.list.currentRow()))
        self.list.currentRowChanged.connect(lambda _: self._show_what_is_possible())
        self.list.installEventFilter(self)
        self.dismiss.clicked.connect(self._on_dismiss_clicked)
        self.show_findings((), (), has_text=False, can_dismiss=False)

    def show_findings(
        self, flags: Sequence[Flag], put_aside: Sequence[PutAside], *, has_text: bool, can_dismiss: bool
    ) -> None:
        """List findings in the order of the text, and what was put aside beneath."""
        self._is_possible = can_dismiss
        if self._flags != flags or not flags:
            row = self.list.currentRow()
            self._flags = flags
            self._fill()
            self.list.setCurrentRow(min(max(row, 0), len(flags) - 1))
        self.list.setVisible(bool(flags))
        self.dismiss.setVisible(bool(flags))
        self.told.setVisible(has_text)
        self.told.setText(
            self._say(
                message("{count} funn i teksten. F8 går til det neste.", count=len(flags))
                if flags
                else message("Ingen funn i teksten.")
            )
        )
        self.aside.setVisible(bool(put_aside))
        self.aside.setText("\n".join(map(self._aside_in_words, put_aside)))
        self._show_what_is_possible()

    def point_to(self, row: int) -> None:
        """Show which finding the cursor of the text stands in."""
        if 0 <= row < self.list.count():
            self.list.setCurrentRow(row)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802  Qt's name
        """Paint the signs anew in another look: they are pictures in its colours."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            for row, flag in enumerate(self._flags):
                self.list.item(row).setIcon(MarkIcon(flag.severity, self.palette()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  Qt's name
        """Go to the words on Enter, put aside on Delete."""
        if watched is self.list and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if event.key() in _ENTER:
                self.chosen.emit(self.list.currentRow())
                return True
            if event.key() == Qt.Key.Key_Delete:
                self._on_dismiss_clicked()
                return True
        return super().eventFilter(watched, event)

    def _fill(self) -> None:
        self.list.clear()
        for flag in self._flags:
            finding = message("{severity}: {finding}", severity=flag.severity.word, finding=flag.finding.message)
            item = QListWidgetItem(MarkIcon(flag.severity, self.palette()), self._say(finding))
            item.setToolTip(as_it_is(self._say(flag.rule.remedy)))
            item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, self._say(flag.rule.remedy))
            self.list.addItem(item)
        self.list.fit()

    def _aside_in_words(self, one: PutAside) -> str:
        dismissal = one.dismissal
        told = message(
            "Lagt til side: {rule}. {reason} ({who}, {day})",
            rule=f"«{dismissal.quote}»" if dismissal.quote else one.rule.title,
            reason=dismissal.reason,
            who=dismissal.by,
            day=dismissal.at.astimezone().date(),
        )
        return self._say(told)

    def _show_what_is_possible(self) -> None:
        self.dismiss.setEnabled(self._is_possible and self.list.currentRow() >= 0)

    def _on_dismiss_clicked(self) -> None:
        row = self.list.currentRow()
        if self.dismiss.isEnabled() and 0 <= row < len(self._flags):
            self.dismiss_asked.emit([self._flags[row]])
