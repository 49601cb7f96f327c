"""What the right button of the mouse offers on a table of figures: where a figure comes from, and its project.

Must not know what is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu

from tracker.figures import PeriodFigures
from tracker.messages import message
from ui.table import KEY_ROLE, TableModel
from ui.table_view import Ledger
from ui.words import Say


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedFigure:
    """A cell's figure: whose it is, and what its column is called; a sum may hold other projects too."""

    projects: Sequence[str]
    key: str
    is_sum: bool = False
    with_others: bool = False


def asked_in_table(table: Ledger) -> AskedFigure | None:
    """Return whose figure the cursor of a table of projects is on; None on the line of a group, or nowhere."""
    index = table.currentIndex()
    if not index.isValid() or table.rows.is_group(index.row()):
        return None
    return AskedFigure(projects=(str(index.data(KEY_ROLE)),), key=table.rows.columns[index.column()].key)


def asked_in_sums(sums: Ledger, projects: TableModel, figures: PeriodFigures) -> AskedFigure | None:
    """Return what a line of the sums adds up: the projects shown, those listed, other projects, or everything."""
    index = sums.currentIndex()
    if not index.isValid():
        return None
    listed = tuple(entry.project.id for entry in figures.projects)
    lines: list[tuple[Sequence[str], bool]] = [(listed, False)]
    if projects.shown < projects.given:
        lines.insert(0, (projects.shown_keys(), False))
    if figures.other is not None:
        lines.append(((), True))
    lines.append((listed, True))
    chosen, with_others = lines[index.row()]
    key = sums.rows.columns[index.column()].key
    return AskedFigure(projects=chosen, key=key, is_sum=True, with_others=with_others)


def offer_trace(view: Ledger, say: Say, *, trace: Callable[[], object], opens: Callable[[], object] | None) -> None:
    """Let the cell under the mouse be traced, and its project opened where it has one."""

    def show(at: QPoint) -> None:
        index = view.indexAt(at)
        if not index.isValid():
            return
        if not view.selectionModel().isSelected(index):
            view.setCurrentIndex(index)
        view.setFocus()
        menu = QMenu(view)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        action = menu.addAction(say(message("Hvor kommer tallet fra …")), trace)
        action.setEnabled(view.rows.columns[index.column()].is_number)
        if opens is not None:
            menu.addAction(say(message("Åpne prosjektet")), opens)
        menu.popup(view.viewport().mapToGlobal(at))

    view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
    view.customContextMenuRequested.connect(show)
