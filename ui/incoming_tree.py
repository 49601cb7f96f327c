"""What a file would bring, a line each under its project: what, what stands in its way, what becomes of it.

Must not decide anything, nor know a file.
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTreeWidget, QTreeWidgetItem

from tracker.difference import differing
from tracker.flags import Severity
from tracker.kinds import Light
from tracker.merging.deciding import OFFERED, Deciding
from tracker.merging.lineage import Place
from tracker.merging.plan import Choice, Incoming, MergePlan, Verdict
from tracker.merging.words import record_name, titled_in_project, version_text
from tracker.messages import Message, message
from tracker.model import Portfolio
from ui.marks import Mark, MarkIcon, sign_size
from ui.plain import as_it_is
from ui.session import View
from ui.theme import TABLE_LOOK, tabular
from ui.words import Say

VERDICT_TITLES: Mapping[Verdict, Message] = {
    Verdict.NEW: message("Ny"),
    Verdict.COLLISION: message("Kollisjon"),
    Verdict.NOT_THEIRS: message("Controllerens"),
    Verdict.LOCKED: message("Låst periode"),
    Verdict.SETTLED: message("Levert her"),
    Verdict.IMPOSSIBLE: message("Kan ikke hentes inn"),
}
_MARKS: Mapping[Verdict, Mark] = {
    Verdict.NEW: Light.GREEN,
    Verdict.COLLISION: Severity.WARNING,
    Verdict.NOT_THEIRS: Severity.NOTE,
    Verdict.LOCKED: Severity.CRITICAL,
    Verdict.SETTLED: Severity.CRITICAL,
    Verdict.IMPOSSIBLE: Severity.CRITICAL,
}
_BECOMES: Mapping[Choice, Message] = {
    Choice.THEIRS: message("Tas inn"),
    Choice.OURS: message("Beholdes her"),
    Choice.AS_COMMENT: message("Blir kommentar"),
}
_HEADINGS = (
    message("Hva"),
    message("Tilstand"),
    message("Hva skjer"),
    message("Hvem"),
    message("Når"),
    message("Fra og til"),
)
_VERDICT_AT, _BECOMES_AT = 1, 2
_AT_ROLE = Qt.ItemDataRole.UserRole
_WIDTHS = (34, 18, 16, 19, 15)
_LONGEST = 80
_ROOM = "QTreeView::item { padding: 3px 5px; }"


class IncomingTree(QTreeWidget):
    """Shows a plan. `item_chosen` comes with what the cursor is on, `toggled` when it is to be decided otherwise."""

    item_chosen = Signal()
    toggled = Signal()

    def __init__(self, say: Say) -> None:
        super().__init__()
        self.setIconSize(sign_size(self.fontMetrics()))
        self._say = say
        self._shown: tuple[View, Deciding] | None = None
        self._rows: list[tuple[QTreeWidgetItem, Incoming]] = []
        self.setAccessibleName(say(message("Det som kommer, per prosjekt")))
        self.setHeaderLabels([say(heading) for heading in _HEADINGS])
        self.setFont(tabular(self.font()))
        self.setStyleSheet(TABLE_LOOK + _ROOM)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAlternatingRowColors(True)
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setMinimumHeight(8 * self.fontMetrics().lineSpacing())
        for column, letters in enumerate(_WIDTHS):
            self.setColumnWidth(column, letters * self.fontMetrics().averageCharWidth())
        self.currentItemChanged.connect(lambda *_: self.item_chosen.emit())

    def show_plan(self, view: View, plan: MergePlan, deciding: Deciding) -> None:
        """Show what a plan brings, grouped by project; the cursor stays where it was."""
        chosen = self.incoming
        self._shown, portfolio = (view, deciding), view.portfolio
        self.blockSignals(True)  # noqa: FBT003  Qt's argument
        self.clear()
        self._rows = []
        groups: dict[str, list[Incoming]] = {}
        for item in plan.items:
            groups.setdefault(str(item.project or ""), []).append(item)
        for project, items in sorted(groups.items(), key=lambda one: _position(portfolio, one[0])):
            self._add_group(_name(portfolio, items[0]) if project else self._say(message("Porteføljen")), items)
        self.expandAll()
        if chosen is not None:
            self.choose(chosen.place)
        self.blockSignals(False)  # noqa: FBT003  Qt's argument

    def show_deciding(self, deciding: Deciding) -> None:
        """Show what is decided now."""
        if self._shown is not None:
            self._shown = (self._shown[0], deciding)
            for row, item in self._rows:
                row.setText(_BECOMES_AT, self._becomes(item, deciding))
                self._strengthen(row, item, deciding)

    @property
    def incoming(self) -> Incoming | None:
        """What the cursor is on; None on a project."""
        return self._of(self.currentItem())

    def of_project(self) -> list[Incoming]:
        """Return all that comes to the project that the cursor is on or in."""
        row = self.currentItem()
        group = None if row is None else row.parent() or row
        children = () if group is None else (group.child(at) for at in range(group.childCount()))
        return [item for item in map(self._of, children) if item is not None]

    def items_shown(self) -> list[Incoming]:
        """Return all that comes, as it is shown from the top."""
        return [item for _, item in self._rows]

    def choose(self, place: Place) -> None:
        """Put the cursor on what comes to a place."""
        row = next((row for row, item in self._rows if item.place == place), None)
        if row is not None:
            self.setCurrentItem(row)
            self.scrollToItem(row)

    def choose_first(self) -> None:
        """Put the cursor on the first line, if it is nowhere."""
        first = self.topLevelItem(0)
        if self.currentItem() is None and first is not None:
            self.setCurrentItem(first)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  Qt's name
        """Decide otherwise with the space bar; all else as any tree."""
        if event.key() == Qt.Key.Key_Space and self.incoming is not None:
            self.toggled.emit()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802  Qt's name
        """Make the marks anew in another look's colours."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and self.__dict__.get("_shown") is not None:
            for row, item in self._rows:
                row.setIcon(_VERDICT_AT, MarkIcon(_MARKS[item.verdict], self.palette()))

    def _of(self, row: QTreeWidgetItem | None) -> Incoming | None:
        at = None if row is None else row.data(0, _AT_ROLE)
        return None if at is None else self._rows[at][1]

    def _add_group(self, name: str, items: list[Incoming]) -> None:
        if self._shown is None:
            return
        group = QTreeWidgetItem([f"{name} – {self._counted(items)}"])
        bold = QFont(self.font())
        bold.setBold(True)
        group.setFont(0, bold)
        for item in items:
            row = QTreeWidgetItem(self._texts(item))
            row.setData(0, _AT_ROLE, len(self._rows))
            row.setIcon(_VERDICT_AT, MarkIcon(_MARKS[item.verdict], self.palette()))
            row.setToolTip(0, as_it_is(row.text(0)))
            self._strengthen(row, item, self._shown[1])
            self._rows.append((row, item))
            group.addChild(row)
        self.addTopLevelItem(group)
        group.setFirstColumnSpanned(True)

    def _counted(self, items: list[Incoming]) -> str:
        collisions = sum(item.verdict is Verdict.COLLISION for item in items)
        told = message("{count} {count:endring|endringer}", count=len(items))
        if not collisions:
            return self._say(told)
        return self._say(message("{told}, {count} {count:kollisjon|kollisjoner}", told=told, count=collisions))

    def _texts(self, item: Incoming) -> list[str]:
        author = item.authors[-1] if item.authors else None
        period, deciding = (None, Deciding()) if self._shown is None else (self._shown[0].period, self._shown[1])
        return [
            self._say(titled_in_project(item, period)),
            self._say(VERDICT_TITLES[item.verdict]),
            self._becomes(item, deciding),
            "" if author is None else author.who,
            "" if author is None else f"{author.at.astimezone():%d.%m.%Y}",
            _line(item),
        ]

    def _becomes(self, item: Incoming, deciding: Deciding) -> str:
        choice = deciding.of(item)
        if choice is None:
            return self._say(message("Velg …"))
        if not OFFERED[item.verdict] or (item.verdict is Verdict.LOCKED and choice is Choice.OURS):
            return self._say(message("Venter"))
        return self._say(_BECOMES[choice])

    def _strengthen(self, row: QTreeWidgetItem, item: Incoming, deciding: Deciding) -> None:
        font = QFont(self.font())
        font.setBold(deciding.of(item) is None)
        row.setFont(_BECOMES_AT, font)


def _position(portfolio: Portfolio, project: str) -> tuple[bool, int]:
    found = portfolio.projects.get(project)
    return (found is None, 0 if found is None else found.position)


def _name(portfolio: Portfolio, item: Incoming) -> str:
    found = portfolio.projects.get(item.project or "")
    return found.name if found is not None else record_name(item.theirs.record or item.ours.record)


def _line(item: Incoming) -> str:
    """Tell a change in one line: from and to, of a longer text the words that differ."""
    before, after = (" ".join(version_text(version, item).split()) for version in (item.ours, item.theirs))
    if len(before) + len(after) > _LONGEST and before and after:
        removed, added = differing(before, after)
        parts = (f"− {_short(removed)}" if removed else "", f"+ {_short(added)}" if added else "")
        return f"… {'  '.join(filter(None, parts))}"
    return f"{_short(before) or '–'} → {_short(after) or '–'}"


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rstrip()}…"
