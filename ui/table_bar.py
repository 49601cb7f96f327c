"""The bar over the project table: search, grouping, columns, and how many are shown.

Must not know how the table finds, groups or shows.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QAction, QPalette
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QMenu, QPushButton, QToolButton, QWidget

from tracker.messages import message
from ui.plain import Label
from ui.rows import GROUPS
from ui.settings import SavedView
from ui.theme import FRAMED, GRID
from ui.words import Say

_WAIT = 60
Forget = Callable[[str], None]
_ALWAYS = ("name",)


class TableBar(QWidget):
    """`asked` comes when the search or the grouping changed, `columns_chosen` with the columns to show."""

    asked = Signal()
    columns_chosen = Signal(object)
    subset_left = Signal()
    view_chosen = Signal(object)

    def __init__(self, say: Say, columns: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._say, self._columns = say, columns
        self.search = QLineEdit()
        self.search.setPlaceholderText(say(message("Søk i navn, nummer og tekst")))
        self.search.setAccessibleName(say(message("Søk")))
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumWidth(32 * GRID)
        self.group = QComboBox()
        self.group.setAccessibleName(say(message("Grupper etter")))
        self.group.addItem(say(message("Ingen gruppering")), "")
        titles = dict(columns)
        for key in GROUPS:
            self.group.addItem(say(message("Per {column}", column=titles[key].lower())), key)
        self.columns_button = QToolButton()
        self.columns_button.setText(say(message("Kolonner")))
        self.columns_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.columns_button.setMenu(self._columns_menu())
        self.views = QToolButton()
        self.views.setText(say(message("Visninger")))
        self.views.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.views.setMenu(QMenu(self))
        self.subset = QPushButton()
        self.subset.setToolTip(say(message("Vis alle prosjekter igjen")))
        self.subset.hide()
        self.count = Label()
        unit = Label(say(message("Beløp i 1000 kr")))
        for label in (self.count, unit):
            label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.setStyleSheet(FRAMED)
        line = QHBoxLayout(self)
        line.setContentsMargins(GRID, GRID, GRID, GRID // 2)
        line.setSpacing(GRID)
        for widget in (self.search, self.views, self.group, self.columns_button, self.subset, self.count):
            line.addWidget(widget)
        line.addStretch()
        line.addWidget(unit)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT)
        self._timer.timeout.connect(self.asked)
        self.search.textChanged.connect(lambda _: self._timer.start())
        self.group.currentIndexChanged.connect(lambda _: self.asked.emit())
        self.subset.clicked.connect(self._on_subset_clicked)

    @property
    def group_key(self) -> str:
        """What is grouped by, empty for nothing."""
        return str(self.group.currentData())

    def set_search(self, typed: str) -> None:
        """Fill the search field, without `asked`."""
        self.search.blockSignals(True)  # noqa: FBT003  Qt's argument
        self.search.setText(typed)
        self.search.blockSignals(False)  # noqa: FBT003  Qt's argument

    def set_group(self, key: str) -> None:
        """Choose what is grouped by, without `asked`."""
        self.group.blockSignals(True)  # noqa: FBT003  Qt's argument
        self.group.setCurrentIndex(max(self.group.findData(key), 0))
        self.group.blockSignals(False)  # noqa: FBT003  Qt's argument

    def set_subset(self, name: str) -> None:
        """Say that only some projects are shown, and which; empty when all are."""
        self.subset.setText(f"{name}  ✕")
        self.subset.setAccessibleName(self._say(message("Bare {name}: vis alle igjen", name=name)))
        self.subset.setVisible(bool(name))

    def set_columns(self, shown: Sequence[str]) -> None:
        """Tick the columns that are shown."""
        for key, action in self._actions.items():
            action.setChecked(key in shown or key in _ALWAYS)

    def set_views(self, built_in: Sequence[SavedView], own: Sequence[SavedView], forget: Forget) -> None:
        """Offer views to choose: the program's, the user's own, and a way to forget those."""
        menu = self.views.menu()
        menu.clear()
        for view in (*built_in, *own):
            if own and view is own[0]:
                menu.addSeparator()
            menu.addAction(view.name, partial(self.view_chosen.emit, view))
        if own:
            menu.addSeparator()
            forgetting = menu.addMenu(self._say(message("Slett visning")))
            for view in own:
                forgetting.addAction(view.name, partial(forget, view.name))

    def set_counts(self, shown: int, given: int) -> None:
        """Say how many of the projects are shown."""
        if shown == given:
            self.count.setText(self._say(message("{count} {count:prosjekt|prosjekter}", count=given)))
        else:
            self.count.setText(self._say(message("{shown} av {given}", shown=shown, given=given)))

    def _columns_menu(self) -> QMenu:
        menu = QMenu(self)
        self._actions: dict[str, QAction] = {}
        for key, title in self._columns:
            action = self._actions[key] = menu.addAction(title)
            action.setCheckable(True)
            action.setEnabled(key not in _ALWAYS)
            action.triggered.connect(lambda _: self._on_column_triggered())
        return menu

    def _on_column_triggered(self) -> None:
        self.columns_chosen.emit([key for key, action in self._actions.items() if action.isChecked()])

    def _on_subset_clicked(self) -> None:
        self.subset.hide()
        self.subset_left.emit()
