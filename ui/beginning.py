"""How the program begins: with the window, or for somebody new with the one page of questions before it.

Must not know what is asked, nor how a file is opened: a first start takes the same ways as the welcome page has.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from db.store import open_store
from db.trouble import UNREADABLE, Trouble
from tracker.messages import message
from tracker.package_about import about_package
from ui.words import words_in

if TYPE_CHECKING:
    from ui.ask import Ask
    from ui.desk import Desk
    from ui.first_start import FirstStart, Way
    from ui.main_window import MainWindow
    from ui.settings import Settings


class Beginning:
    """Shows the first page to somebody new, and makes the window when it is left. `window` is None until then."""

    def __init__(
        self, files: Sequence[Path], settings: Settings, ask: Ask, make: Callable[[list[Path]], MainWindow]
    ) -> None:
        self._files, self._settings, self._make = list(files), settings, make
        self.window: MainWindow | None = None
        self.first: FirstStart | None = None
        if settings.is_new:
            from ui.first_start import FirstStart  # here: it costs a start only the first time

            self.first = FirstStart(settings, files, recipient=_recipient(files))
            self.first.folder_asked = ask.folder
            self.first.chosen.connect(self._on_first_chosen)
        else:
            self.window = make(self._files)

    def show(self) -> None:
        """Show what there is to begin with."""
        shown = self.first or self.window
        if shown is not None:
            shown.show()

    def _on_first_chosen(self, way: Way | None) -> None:
        from ui.first_start import Way

        opens = way in {None, Way.FILE}
        window = self.window = self._make(self._files if opens else [])
        window.show()
        if self.first is not None:
            self.first.close()
        window.activateWindow()
        guide = window.guide
        if way is Way.EXAMPLE:
            guide.example_asked.emit(example_path(self._settings.language))
        elif way is Way.OPEN:
            guide.open_asked.emit()
        elif way is Way.REPORT:
            guide.import_asked.emit()
        elif way is Way.EMPTY:
            guide.begin_asked.emit()


def ask_again(desk: Desk, window: MainWindow, done: Callable[[], None]) -> FirstStart:
    """Ask once more what was asked first, over the window; what to begin with is in the menus by now."""
    from ui.first_start import FirstStart
    from ui.setting_lines import take_effect

    again = FirstStart(desk.settings, again=True)
    again.setParent(window, Qt.WindowType.Dialog)
    again.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    again.setWindowModality(Qt.WindowModality.WindowModal)
    again.folder_asked = desk.ask.folder

    def keep(_way: Way | None) -> None:
        take_effect(desk)
        done()
        again.close()

    again.chosen.connect(keep)
    again.show()
    return again


def _recipient(files: Sequence[Path]) -> str:
    """Return whose package a file is, empty where it is none, or that can't be told yet."""
    for file in files:
        try:
            with closing(open_store(file, read_only=True)) as store:
                about = about_package(store.load_unchecked())
        except (Trouble, OSError, *UNREADABLE):
            continue
        if about is not None:
            return about.recipient
    return ""


def example_path(language: str) -> Path | None:
    """Return where the example is written without asking: among the user's documents; None where that can't be."""
    from platformdirs import user_documents_path

    folder = user_documents_path()
    if not folder.is_dir() or not os.access(folder, os.W_OK):
        return None
    name = words_in(language)(message("Eksempel"))
    names = (f"{name}.tertial" if number == 1 else f"{name} {number}.tertial" for number in count(1))
    return next(path for one in names if not (path := folder / one).exists())
