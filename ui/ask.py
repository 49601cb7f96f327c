"""Every dialog of the program: what is asked and told, and the windows that do it.

Must not know why it is asked. Tests script an `Ask` of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMessageBox, QWidget

from tracker.messages import message
from ui.asking import CheckAll, Form, FormField, TableQuestion, accept_together
from ui.palette import Choice, Palette
from ui.rows_form import RowsAnswer, RowsForm, RowsQuestion
from ui.words import Say

if TYPE_CHECKING:
    from ui.about import About
    from ui.mapping_form import MappingAnswer, MappingQuestion
    from ui.ways_form import WaysQuestion


class Ask(Protocol):
    """What may be asked of, or told to, the person at the screen while everything else waits."""

    def file_to_open(self, title: str, kinds: str) -> Path | None:
        """Ask for a file that is there; None when the person thinks better of it."""

    def files_to_open(self, title: str, kinds: str) -> list[Path]:
        """Ask for files that are there; none when the person thinks better of it."""

    def file_to_save(self, title: str, kinds: str, suggested: str) -> Path | None:
        """Ask for a file to write."""

    def folder(self, title: str) -> Path | None:
        """Ask for a folder."""

    def tell(self, sentence: str) -> None:
        """Tell that something could not be done."""

    def inform(self, sentence: str) -> None:
        """Tell something that was asked about."""

    def tell_of_bug(self, sentence: str, details: str) -> None:
        """Tell that the program went wrong, and offer the details for a report."""

    def confirm(self, sentence: str, yes: str) -> bool:
        """Ask whether to go on; `yes` is what going on is called."""

    def confirm_table(self, question: TableQuestion) -> bool:
        """Show what would happen as a table, and ask whether to go on."""

    def choose(self, question: TableQuestion) -> int | None:
        """Let one row of a table be chosen."""

    def way(self, question: WaysQuestion) -> int | None:
        """Let one of some ways on be chosen; None when none of them is."""

    def show(self, question: TableQuestion) -> None:
        """Show a table to read."""

    def form(
        self, title: str, fields: Sequence[FormField], yes: str, *, check: CheckAll = accept_together
    ) -> dict[str, str] | None:
        """Ask for some values by name; the form stays open until they can be used, also together."""

    def rows(self, question: RowsQuestion) -> RowsAnswer | None:
        """Ask for some values and for rows of a table."""

    def mapping(self, question: MappingQuestion) -> MappingAnswer | None:
        """Ask which column of a ledger holds what, beside its first rows."""

    def command(self, choices: Sequence[Choice]) -> None:
        """Let something to do be found by typing."""

    def about(self, about: About) -> None:
        """Show what the program is made of."""

    def print_dialog(self, dialog: QDialog) -> bool:
        """Let a printer be chosen; whether it was."""


class Dialogs:
    """Asks with real dialogs, over whichever window is in front."""

    def __init__(self, say: Say) -> None:
        self._say = say
        self.help_asked: Callable[[QDialog], object] = lambda _: None
        """What F1 in a dialog leads to."""

    def file_to_open(self, title: str, kinds: str) -> Path | None:
        """Ask with the system's file dialog."""
        chosen, _ = QFileDialog.getOpenFileName(_front(), title, "", kinds)
        return Path(chosen) if chosen else None

    def files_to_open(self, title: str, kinds: str) -> list[Path]:
        """Ask with the system's file dialog, in which several can be marked."""
        chosen, _ = QFileDialog.getOpenFileNames(_front(), title, "", kinds)
        return list(map(Path, chosen))

    def file_to_save(self, title: str, kinds: str, suggested: str) -> Path | None:
        """Ask with the system's file dialog, which asks before it writes over a file."""
        chosen, _ = QFileDialog.getSaveFileName(_front(), title, suggested, kinds)
        return Path(chosen) if chosen else None

    def folder(self, title: str) -> Path | None:
        """Ask with the system's folder dialog."""
        chosen = QFileDialog.getExistingDirectory(_front(), title)
        return Path(chosen) if chosen else None

    def tell(self, sentence: str) -> None:
        """Tell in a box with one button."""
        self._run(self._box(sentence, QMessageBox.Icon.Warning))

    def inform(self, sentence: str) -> None:
        """Tell in a box with one button and a friendlier sign."""
        self._run(self._box(sentence, QMessageBox.Icon.Information))

    def tell_of_bug(self, sentence: str, details: str) -> None:
        """Tell in a box that can copy the details."""
        box = self._box(sentence, QMessageBox.Icon.Critical)
        copy = box.addButton(self._say(message("Kopier detaljer")), QMessageBox.ButtonRole.ActionRole)
        self._run(box)
        if box.clickedButton() is copy:
            QGuiApplication.clipboard().setText(details)

    def confirm(self, sentence: str, yes: str) -> bool:
        """Ask in a box whose safe answer is the default."""
        box = self._box(sentence, QMessageBox.Icon.Question, no=self._say(message("Avbryt")))
        agree = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
        self._run(box)
        return box.clickedButton() is agree

    def confirm_table(self, question: TableQuestion) -> bool:
        """Ask with the table in a window of its own."""
        return bool(self._run(question.dialog(self._say, _front())))

    def choose(self, question: TableQuestion) -> int | None:
        """Ask with the table in a window of its own; a double click chooses."""
        dialog = question.dialog(self._say, _front(), choosing=True)
        return dialog.table.currentRow() if self._run(dialog) else None

    def way(self, question: WaysQuestion) -> int | None:
        """Ask in a window with a button a way."""
        from ui.ways_form import WaysForm

        form = WaysForm(question, self._say, _front())
        self._run(form)
        return form.chosen

    def show(self, question: TableQuestion) -> None:
        """Show the table in a window of its own, with one button."""
        self._run(question.reading(self._say, _front()))

    def form(
        self, title: str, fields: Sequence[FormField], yes: str, *, check: CheckAll = accept_together
    ) -> dict[str, str] | None:
        """Ask in a form that stays open until everything in it can be used."""
        form = Form(title, fields, yes, self._say, _front(), check=check)
        return form.values() if self._run(form) else None

    def rows(self, question: RowsQuestion) -> RowsAnswer | None:
        """Ask in a form with rows, which stays open until everything in it can be used."""
        form = RowsForm(question, self._say, _front())
        return form.answer() if self._run(form) else None

    def mapping(self, question: MappingQuestion) -> MappingAnswer | None:
        """Ask in a window that shows the rows as they would be understood."""
        from ui.mapping_form import MappingForm

        form = MappingForm(question, self._say, _front())
        return form.answer() if self._run(form) else None

    def command(self, choices: Sequence[Choice]) -> None:
        """Open the palette over the window."""
        front = _front()
        if front is not None:
            self._run(Palette(choices, self._say, front))

    def about(self, about: About) -> None:
        """Show it in a window of its own."""
        from ui.about import AboutForm

        AboutForm(about, self._say, _front()).exec()

    def print_dialog(self, dialog: QDialog) -> bool:
        """Open the system's print dialog."""
        return bool(dialog.exec())

    def _run(self, dialog: QDialog) -> int:
        """Let a dialog be answered; F1 in it leads to the guide."""
        QShortcut(QKeySequence("F1"), dialog).activated.connect(lambda: self.help_asked(dialog))
        return dialog.exec()

    def _box(self, sentence: str, icon: QMessageBox.Icon, *, no: str = "") -> QMessageBox:
        box = QMessageBox(icon, "Tertial", sentence, parent=_front())
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        close = box.addButton(no or self._say(message("Lukk")), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(close)
        box.setEscapeButton(close)
        return box


def _front() -> QWidget | None:
    return QApplication.activeWindow()
