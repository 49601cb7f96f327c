"""Everything that can be done from the menus: a name, a shortcut and what it does, for menus, palette and sheet.

Must not do anything itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from tracker.messages import Message
from ui.words import Say


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """Something that can be done. `id` is stable; `title` has its mnemonic, unique in its menu."""

    id: str
    title: Message
    act: Callable[[], object]
    shortcut: str = ""
    is_choice: bool = False


class Deeds:
    """The actions by id, and the menus that they stand in."""

    def __init__(self, window: QMainWindow, say: Say) -> None:
        self._window, self._say = window, say
        self._actions: dict[str, QAction] = {}
        self._menus: dict[str, QMenu] = {}
        self._places: dict[str, str] = {}

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def __iter__(self) -> Iterator[QAction]:
        return iter(self._actions.values())

    def menu(self, name: str) -> QMenu:
        """Return a menu by its id."""
        return self._menus[name]

    def place_of(self, action: QAction) -> str:
        """Return the title of the menu that an action stands in."""
        return next((self._places[name] for name, one in self._actions.items() if one is action), "")

    def add_menu(self, name: str, title: Message, deeds: list[Deed | None], *, into: str = "") -> QMenu:
        """Add a menu with its deeds; None parts them."""
        parent = self._menus[into] if into else self._window.menuBar()
        menu = self._menus[name] = parent.addMenu(self._say(title))
        for deed in deeds:
            if deed is None:
                menu.addSeparator()
            else:
                menu.addAction(self._made(deed, self._say(title)))
        return menu

    def _made(self, deed: Deed, place: str) -> QAction:
        action = self._actions[deed.id] = QAction(self._say(deed.title), self._window)
        action.setObjectName(deed.id)
        action.setCheckable(deed.is_choice)
        if deed.shortcut:
            action.setShortcuts([QKeySequence(keys) for keys in deed.shortcut.split("; ")])
        action.triggered.connect(lambda _checked=False: deed.act())
        self._places[deed.id] = place.replace("&", "")
        return action


def keys_of(action: QAction) -> str:
    """Return the keys of an action as the system writes them."""
    native = QKeySequence.SequenceFormat.NativeText
    return ", ".join(keys.toString(native) for keys in action.shortcuts())
