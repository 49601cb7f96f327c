"""The statement § 5-5 as a tree: each line with its amounts and how it came out, and beneath it what is behind.

Must not derive a figure.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTreeWidget, QTreeWidgetItem

from tracker.flags import Severity
from tracker.kinds import Light
from tracker.messages import message
from tracker.money import in_thousands, write_number
from tracker.statement_check.unfolding import Node
from tracker.statement_check.verdict import Outcome
from ui.marks import Mark, MarkIcon, sign_size
from ui.plain import as_it_is
from ui.theme import GRID, TABLE_LOOK, tabular
from ui.words import Say

_ROOM = "QTreeView::item { padding: 3px 5px; }"
_PROJECT_ROLE = Qt.ItemDataRole.UserRole
_FIRST_AMOUNT = 1
_LEAST_CHARACTERS = 8
_LEAST_OF_TITLE = 46
"""In a narrow window the amounts are scrolled to, and a title is still read."""
_MARKS: dict[Outcome, Mark] = {
    Outcome.HOLDS: Light.GREEN,
    Outcome.ROUNDING: Light.GREEN,
    Outcome.DOUBT: Severity.WARNING,
    Outcome.FAILS: Severity.CRITICAL,
}
_HEADINGS = (
    message("Post"),
    message("Regnskap året før"),
    message("Regnskap"),
    message("Rev. bud."),
    message("Oppr. bud."),
    message("Avvik"),
    message("Differanse (kr)"),
    message("Avrunding (kr)"),
    message("Vurdering"),
)
_OUTCOME = len(_HEADINGS) - 1


class StatementTree(QTreeWidget):
    """Lines that unfold. `project_asked` comes with a row's project when it is double-clicked or entered."""

    project_asked = Signal(str)

    def __init__(self, say: Say) -> None:
        super().__init__()
        self._say = say
        self._nodes: Sequence[Node] = ()
        self.setAccessibleName(say(message("Bevilgningsoversikt § 5-5, med veien ned til prosjektene")))
        self.setHeaderLabels([say(heading) for heading in _HEADINGS])
        self.setFont(tabular(self.font()))
        self.setStyleSheet(TABLE_LOOK + _ROOM)
        self.setIconSize(sign_size(self.fontMetrics()))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAlternatingRowColors(True)
        self.setUniformRowHeights(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setAllColumnsShowFocus(True)
        self.setExpandsOnDoubleClick(True)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for column in range(_FIRST_AMOUNT, _OUTCOME):
            self.headerItem().setTextAlignment(column, right)
        header = self.header()
        header.setStretchLastSection(False)
        header.setMinimumSectionSize(_LEAST_CHARACTERS * self.fontMetrics().averageCharWidth())
        self.itemExpanded.connect(lambda _: self._fit())
        self.itemActivated.connect(lambda item, _column: self._ask_for_project(item))

    def show_nodes(self, nodes: Sequence[Node]) -> None:
        """Show these, the parts unfolded; what a person unfolded or folded stays so while the part is there."""
        self._nodes = nodes
        known = {self._path(item): item.isExpanded() for item in self._items()}
        self.clear()
        self.addTopLevelItems([self._item(node) for node in nodes])
        for item in self._items():
            item.setExpanded(known.get(self._path(item), item.parent() is None))
        self._fit()

    def _fit(self) -> None:
        for column in range(_FIRST_AMOUNT, self.columnCount()):
            self.resizeColumnToContents(column)
            # The room that the look gives is not counted with, nor is that sums stand in bold.
            self.setColumnWidth(column, self.columnWidth(column) + 2 * GRID)
        self._give_title_the_rest()

    def _give_title_the_rest(self) -> None:
        others = sum(self.columnWidth(column) for column in range(_FIRST_AMOUNT, self.columnCount()))
        least = _LEAST_OF_TITLE * self.fontMetrics().averageCharWidth()
        self.setColumnWidth(0, max(least, self.viewport().width() - others))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  Qt's name
        """Give the titles what the amounts leave."""
        super().resizeEvent(event)
        self._give_title_the_rest()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802  Qt's name
        """Make the marks anew in another look's colours."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and self._nodes:
            self.show_nodes(self._nodes)

    def choose_first(self) -> None:
        """Put the cursor on the first row, if it is nowhere."""
        first = self.topLevelItem(0)
        if self.currentItem() is None and first is not None:
            self.setCurrentItem(first)

    @property
    def project(self) -> str:
        """The project that the chosen row is of; empty for none."""
        item = self.currentItem()
        return "" if item is None else str(item.data(0, _PROJECT_ROLE) or "")

    def _item(self, node: Node) -> QTreeWidgetItem:
        title = node.title if isinstance(node.title, str) else self._say(node.title)
        amounts = ["" if amount is None else write_number(in_thousands(amount)) for amount in node.amounts]
        kroner = ["" if amount is None else write_number(amount) for amount in (node.difference, node.allowance)]
        outcome = "" if node.outcome is None else self._say(node.outcome.word)
        item = QTreeWidgetItem([title, *amounts, *kroner, outcome])
        item.setToolTip(0, as_it_is(title))
        if node.project is not None:
            item.setData(0, _PROJECT_ROLE, node.project)
        if node.outcome is not None:
            item.setIcon(_OUTCOME, MarkIcon(_MARKS[node.outcome], self.palette()))
        bold = QFont(self.font())
        bold.setBold(True)
        for column in range(self.columnCount()):
            if _FIRST_AMOUNT <= column < _OUTCOME:
                item.setTextAlignment(column, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            if node.is_sum:
                item.setFont(column, bold)
        item.addChildren([self._item(child) for child in node.children])
        return item

    def _items(self) -> list[QTreeWidgetItem]:
        found = _beneath(self.invisibleRootItem())
        for item in found:
            # The list grows while it is gone through, until all that is beneath has been reached.
            found += _beneath(item)
        return found

    def _path(self, item: QTreeWidgetItem) -> tuple[str, ...]:
        parent = item.parent()
        return (item.text(0),) if parent is None else (*self._path(parent), item.text(0))

    def _ask_for_project(self, item: QTreeWidgetItem) -> None:
        project = item.data(0, _PROJECT_ROLE)
        if project:
            self.project_asked.emit(str(project))


def _beneath(item: QTreeWidgetItem) -> list[QTreeWidgetItem]:
    return [child for at in range(item.childCount()) if (child := item.child(at)) is not None]
