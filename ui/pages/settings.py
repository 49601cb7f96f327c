"""The page of settings: everything that a person or the municipality settles, in one list that can be searched.

Must not know what any of it means, nor how it is kept.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from tracker.messages import Message, message
from ui.desk import Desk
from ui.editing import Editing
from ui.plain import Label
from ui.session import View
from ui.setting_deeds import SettingDeeds
from ui.setting_files import SettingFiles
from ui.setting_group import SettingGroup, Stretch
from ui.setting_lines import municipal_lines, own_lines
from ui.setting_row import SettingRow
from ui.theme import FRAMED, GRID, TICKED, Step, sized

_NAV_LETTERS = 33
_ROOM_LETTERS = 120
_AT = Qt.ItemDataRole.UserRole


class SettingsPage(QWidget):
    """Shows the settings. `page_asked` comes with the page that changes one, `told` with what was done."""

    page_asked = Signal(str)
    first_start_asked = Signal()
    back_asked = Signal()
    told = Signal(str)

    def __init__(self, desk: Desk, editing: Editing) -> None:
        super().__init__()
        self._desk, self._editing, self._say = desk, editing, desk.say
        self._files = SettingFiles(desk, editing)
        self._deeds = SettingDeeds(desk, editing, turn_to=self.page_asked.emit, changed=self._refresh)
        say = self._say
        self.search = QLineEdit()
        self.search.setPlaceholderText(say(message("Søk i innstillingene")))
        self.search.setAccessibleName(self.search.placeholderText())
        self.search.setClearButtonEnabled(True)
        self.sections = QListWidget()
        self.sections.setAccessibleName(say(message("Deler av innstillingene")))
        self.back = self._button(message("Tilbake"), self.back_asked.emit)
        self.export = self._button(message("Eksporter …"), lambda: self._tell(self._files.export()))
        self.take_in = self._button(message("Importer …"), lambda: self._tell(self._files.take_in()))
        self.export_own = self._button(message("Eksporter mine …"), lambda: self._tell(self._files.export_own()))
        self.take_in_own = self._button(message("Importer mine …"), lambda: self._tell(self._files.take_in_own()))
        self.welcome = self._button(message("Vis første start igjen …"), self.first_start_asked.emit)
        own, municipal = message("Dine innstillinger"), message("Kommunens innstillinger")
        self.own = SettingGroup(say(own), say, (self.export_own, self.take_in_own, self.welcome))
        self.municipal = SettingGroup(say(municipal), say, (self.export, self.take_in))
        self.nothing = Label(say(message("Ingen innstilling har disse ordene.")))
        self._lay_out()
        self.search.textChanged.connect(lambda _: self._look())
        self.search.installEventFilter(self)
        self.sections.itemActivated.connect(self._turn_to)
        self.sections.itemClicked.connect(self._turn_to)

    def show_view(self, view: View) -> None:
        """Show every setting as it is now."""
        say, path = self._say, self._desk.session.path
        reason = self._why_not(view)
        lead = message(
            "Ligger i {file} og gjelder alle som bruker den. Alt kan angres.", file=path.name if path else ""
        )
        self.municipal.tell(say(lead) if path else "", "" if reason is None else say(reason))
        self.own.tell(say(message("Ligger på denne maskinen og gjelder bare deg.")))
        self.export.setEnabled(path is not None)
        self.take_in.setEnabled(reason is None)
        self.own.show_lines(own_lines(self._desk, self._refresh, self._deeds.of_own))
        self.municipal.show_lines(municipal_lines(self._desk, self._editing, self._deeds.of) if path else ())
        self._look()

    def begin(self) -> None:
        """Put the cursor where work begins."""
        self.search.setFocus()

    def finish(self) -> None:
        """Save what is being typed."""
        for group in (self.own, self.municipal):
            for row in list(group.rows):
                row.finish()

    def row(self, key: str) -> SettingRow:
        """Return the row of a setting."""
        return next(row for group in (self.own, self.municipal) for row in group.rows if row.objectName() == key)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  Qt's name
        """Clear the search on Esc, and leave the page where there is none."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Escape:
            if self.search.text():
                self.search.clear()
            else:
                self.back_asked.emit()
            return True
        return super().eventFilter(watched, event)

    def _why_not(self, view: View) -> Message | None:
        if self._desk.session.path is None:
            return message("Åpne en portefølje for å se kommunens innstillinger.")
        if view.portfolio.is_package:
            return message("Dette er en pakke: kommunens innstillinger endres av controlleren, i porteføljen.")
        return self._desk.session.read_only_because

    def _refresh(self) -> None:
        self.show_view(self._desk.session.view)

    def _tell(self, sentence: str) -> None:
        if sentence:
            self.told.emit(sentence)
            self._refresh()

    def _look(self) -> None:
        """Show what is searched for, and list its sections."""
        words = self.search.text().casefold().split()
        found = [group.look_for(words) for group in (self.own, self.municipal)]
        self.nothing.setVisible(not any(found))
        self._list_sections()

    def _list_sections(self) -> None:
        titles: list[tuple[str, int]] = []
        for group in (self.own, self.municipal):
            shown = [(at, stretch) for at, stretch in enumerate(self._stretches) if stretch in group.stretches]
            shown = [(at, stretch) for at, stretch in shown if stretch.is_shown]
            titles += [(group.title, -1)] * bool(shown) + [(stretch.title, at) for at, stretch in shown]
        items = (self.sections.item(at) for at in range(self.sections.count()))
        if [(item.text(), item.data(_AT)) for item in items] == titles:
            return
        self.sections.clear()
        for title, at in titles:
            item = QListWidgetItem(title, self.sections)
            item.setData(_AT, at)
            if at < 0:
                item.setFont(sized(item.font(), Step.SMALL, bold=True))
                item.setFlags(Qt.ItemFlag.ItemIsEnabled)

    @property
    def _stretches(self) -> list[Stretch]:
        return [*self.own.stretches, *self.municipal.stretches]

    def _turn_to(self, item: QListWidgetItem) -> None:
        at = item.data(_AT)
        if at < 0:
            return
        stretch = self._stretches[at]
        top = stretch.heading.mapTo(self._column, stretch.heading.rect().topLeft()).y()
        self._scroll.verticalScrollBar().setValue(top)
        next(row for row in stretch.rows if not row.isHidden()).field.setFocus()

    def _button(self, title: Message, act: Callable[[], object]) -> QPushButton:
        button = QPushButton(self._say(title))
        button.clicked.connect(lambda _checked=False: act())
        return button

    def _lay_out(self) -> None:
        letter = self.fontMetrics().averageCharWidth()
        self.nothing.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._column = QWidget()
        lines = QVBoxLayout(self._column)
        lines.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        lines.addWidget(self.nothing)
        lines.addWidget(self.own)
        lines.addWidget(self.municipal)
        lines.addStretch()
        self._column.setMaximumWidth(_ROOM_LETTERS * letter + 6 * GRID)
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self._column)
        beside = QVBoxLayout()
        beside.setContentsMargins(2 * GRID, 2 * GRID, 0, 2 * GRID)
        beside.setSpacing(GRID)
        self.sections.setFrameShape(QFrame.Shape.NoFrame)
        self.sections.viewport().setAutoFillBackground(False)
        self.sections.setSpacing(GRID // 4)
        for widget in (self.search, self.sections):
            widget.setFixedWidth(_NAV_LETTERS * letter)
        beside.addWidget(self.search)
        beside.addWidget(self.sections, 1)
        beside.addWidget(self.back)
        sides = QHBoxLayout(self)
        sides.setContentsMargins(0, 0, 0, 0)
        sides.setSpacing(0)
        sides.addLayout(beside)
        sides.addWidget(self._scroll, 1)
        self.setStyleSheet(FRAMED + TICKED)
