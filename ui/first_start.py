"""What a new user is asked, once and on one page: language, name, role, what to begin with, where backups go.

Must not know how any of it is done, nor open the window: `chosen` says what was chosen, and every choice has a default.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QStyle,
    QVBoxLayout,
    QWidget,
)

from tracker.messages import Message, message
from ui.fitting import fitted
from ui.plain import Label
from ui.settings import Role, Settings
from ui.theme import CHOSEN, FRAMED, GRID, Step, restyle, sized
from ui.words import LANGUAGES, Say, words_in

_LETTERS, _LINES = 105, 45
_NAMES_LETTERS = 22
One = TypeVar("One", bound=Enum)


class Way(Enum):
    """What to begin with."""

    FILE = "file"
    EXAMPLE = "example"
    OPEN = "open"
    REPORT = "report"
    EMPTY = "empty"


_ROLES: tuple[tuple[Role, Message, Message], ...] = (
    (Role.PROJECT_MANAGER, message("&Prosjektleder"), message("Skriver status. Ser sine egne prosjekter først.")),
    (Role.CONTROLLER, message("&Controller"), message("Kontrollerer og rapporterer. Ser hele porteføljen først.")),
    (Role.READER, message("&Leser"), message("Ser på tall og rapporter. Filer åpnes bare for lesing.")),
)
_WAYS: tuple[tuple[Way, Message, Message], ...] = (
    (Way.EXAMPLE, message("&Eksempelet"), message("88 virkelige prosjekter å prøve seg på, lagt i dokumentmappen.")),
    (Way.OPEN, message("En &fil jeg har fått"), message("En portefølje eller en pakke, som slutter på .tertial.")),
    (Way.REPORT, message("En publisert &rapport"), message("Statustabellen leses fra PDF eller tekst.")),
    (Way.EMPTY, message("En &tom portefølje"), message("Prosjekter og budsjett hentes fra regneark etterpå.")),
)


class FirstStart(QWidget):
    """The page, in a window of its own. Closing it settles nothing, and it comes again the next time.

    `recipient` is whose package the file is that is opened.
    """

    chosen = Signal(object)

    def __init__(
        self, settings: Settings, files: Sequence[Path] = (), *, recipient: str = "", again: bool = False
    ) -> None:
        super().__init__()
        self._settings, self._files, self._again = settings, files, again
        self._folder = settings.backup_folder
        self._typed = recipient or ("" if settings.is_new else settings.who)
        # Who opens a package that was made for somebody is most likely that project manager.
        self._role = Role.PROJECT_MANAGER if recipient else settings.role
        self._way = Way.FILE if files else Way.EXAMPLE
        self._language = settings.language
        self.folder_asked: Callable[[str], Path | None] = lambda _: None
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        self._lines = lines
        self._body: QWidget | None = None
        self._show()
        letters = self.fontMetrics()
        likes = QSize(_LETTERS * letters.averageCharWidth(), _LINES * letters.lineSpacing())
        self.resize(fitted(self, likes))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  Qt's name
        """Begin on Enter, wherever the cursor is."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            focused = self.focusWidget()
            if isinstance(focused, QPushButton):
                focused.click()
            else:
                self._begin()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802  Qt's name
        """Follow when the look changes."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            restyle(self)

    def _begin(self) -> None:
        """Keep what was chosen, and say what to begin with."""
        settings = self._settings
        settings.language, settings.role, settings.backup_folder = self._language, self._role, self._folder
        settings.who = " ".join(self.name.text().split()) or settings.system_name
        self.chosen.emit(self._way)

    def _skip(self) -> None:
        """Let everything be as it is where nobody chooses, and never ask again."""
        self._settings.who = self._settings.who
        self.chosen.emit(None)

    def _show(self) -> None:
        """Make the page, in the language that is chosen."""
        say = words_in(self._language)
        self.setWindowTitle(say(message("Velkommen til Tertial")))
        body = QWidget()
        lines = QVBoxLayout(body)
        lines.setContentsMargins(4 * GRID, 3 * GRID, 4 * GRID, 3 * GRID)
        lines.setSpacing(2 * GRID)
        title = Label(say(message("Velkommen til Tertial")))
        title.setFont(sized(title.font(), Step.TITLE, bold=True))
        lines.addWidget(title)
        lead = _muted(say(message("Alt her er valgt på forhånd, og kan endres senere i innstillingene.")))
        lines.addWidget(lead)
        grid = QGridLayout()
        grid.setHorizontalSpacing(3 * GRID)
        grid.setVerticalSpacing(2 * GRID)
        grid.setColumnMinimumWidth(0, _NAMES_LETTERS * self.fontMetrics().averageCharWidth())
        grid.setColumnStretch(1, 1)
        for title_of_row, widget in self._questions(say):
            self._add(grid, title_of_row, widget)
        lines.addLayout(grid)
        lines.addStretch()
        self._put(body, self._buttons(say))
        self.name.setFocus()
        self.name.selectAll()

    def _questions(self, say: Say) -> list[tuple[str, QWidget]]:
        self.language = QComboBox()
        for code, name in LANGUAGES.items():
            self.language.addItem(name, code)
        self.language.setCurrentIndex(self.language.findData(self._language))
        self.language.activated.connect(lambda _: self._speak(str(self.language.currentData())))
        self.name = QLineEdit(self._typed)
        self.name.setPlaceholderText(self._settings.system_name)
        self.name.textChanged.connect(self._on_name_changed)
        self.roles, roles = _choices(say, _ROLES, self._role, self._on_role)
        ways = _WAYS
        if self._files:
            told = message("Porteføljen eller pakken du åpnet.")
            ways = ((Way.FILE, message("{file}", file=self._files[0].name.replace("&", "&&")), told), *_WAYS)
        self.ways, begin = _choices(say, ways, self._way, self._on_way)
        questions = [
            (say(message("Språk")), self.language),
            (say(message("Navnet ditt")), self.name),
            (say(message("Rollen din")), roles),
            (say(message("Begynn med")), begin),
            (say(message("Sikkerhetskopier")), self._backups(say)),
        ]
        return [one for one in questions if not self._again or one[1] is not begin]

    def _backups(self, say: Say) -> QWidget:
        self.folder = Label(str(self._folder))
        self.folder.setWordWrap(True)
        self.choose_folder = QPushButton(say(message("Velg &mappe …")))
        self.choose_folder.clicked.connect(lambda: self._choose_folder(say(message("Mappe for sikkerhetskopier"))))
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.folder, 1)
        line.addWidget(self.choose_folder, alignment=Qt.AlignmentFlag.AlignTop)
        return row

    def _buttons(self, say: Say) -> QHBoxLayout:
        self.begin = QPushButton(say(message("Lagre")) if self._again else say(message("&Begynn")))
        self.begin.setDefault(True)
        self.begin.clicked.connect(self._begin)
        self.skip = QPushButton(say(message("Avbryt")) if self._again else say(message("&Hopp over")))
        self.skip.clicked.connect(lambda: self.close() if self._again else self._skip())
        line = QHBoxLayout()
        line.setContentsMargins(4 * GRID, GRID, 4 * GRID, 3 * GRID)
        line.setSpacing(2 * GRID)
        line.addStretch()
        for button in (self.skip, self.begin):
            button.setMinimumSize(14 * GRID, 4 * GRID)
            line.addWidget(button)
        return line

    def _add(self, grid: QGridLayout, title: str, widget: QWidget) -> None:
        label = Label(title)
        label.setAlignment(Qt.AlignmentFlag.AlignTop)
        label.setContentsMargins(0, GRID // 2, 0, 0)
        label.setFont(sized(label.font(), Step.BODY, bold=True))
        label.setWordWrap(True)
        if isinstance(widget, QComboBox | QLineEdit):
            widget.setAccessibleName(title)
        at = grid.rowCount()
        grid.addWidget(label, at, 0)
        grid.addWidget(widget, at, 1)

    def _put(self, body: QWidget, buttons: QHBoxLayout) -> None:
        """Put the page in the window, in place of the one before; the buttons stay where they are."""
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setStyleSheet(FRAMED + CHOSEN)
        scroll.setWidget(body)
        whole = QWidget()
        lines = QVBoxLayout(whole)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(scroll, 1)
        lines.addLayout(buttons)
        if self._body is not None:
            self._lines.removeWidget(self._body)
            self._body.hide()
            self._body.deleteLater()
        self._body = whole
        self._lines.addWidget(whole)
        # At once, and not when the layout comes to it: the cursor goes in it.
        whole.show()

    def _speak(self, language: str) -> None:
        if language != self._language:
            self._language = language
            self._show()
            self.language.setFocus()

    def _on_name_changed(self, typed: str) -> None:
        self._typed = typed

    def _on_role(self, role: Role) -> None:
        self._role = role

    def _on_way(self, way: Way) -> None:
        self._way = way

    def _choose_folder(self, title: str) -> None:
        folder = self.folder_asked(title)
        if folder is not None:
            self._folder = folder
            self.folder.setText(str(folder))


def _choices(
    say: Say, given: Sequence[tuple[One, Message, Message]], chosen: One, choose: Callable[[One], None]
) -> tuple[dict[One, QRadioButton], QWidget]:
    """Make a button for each of some values, what it means beneath it."""
    box = QWidget()
    lines = QVBoxLayout(box)
    lines.setContentsMargins(0, 0, 0, 0)
    lines.setSpacing(GRID // 4)
    buttons: dict[One, QRadioButton] = {}
    group = QButtonGroup(box)
    for value, title, told in given:
        button = buttons[value] = QRadioButton(say(title))
        group.addButton(button)
        button.setChecked(value is chosen)
        button.setAccessibleDescription(say(told))
        button.toggled.connect(lambda is_on, value=value: choose(value) if is_on else None)
        # Tab comes to the one that is chosen, and the arrows choose among the others.
        button.toggled.connect(partial(_take_tab, button))
        _take_tab(button, value is chosen)
        about = _muted(say(told))
        about.setFont(sized(about.font(), Step.SMALL))
        about.setContentsMargins(
            button.style().pixelMetric(QStyle.PixelMetric.PM_ExclusiveIndicatorWidth) + GRID, 0, 0, GRID // 2
        )
        lines.addWidget(button)
        lines.addWidget(about)
    return buttons, box


def _take_tab(button: QRadioButton, is_on: bool) -> None:  # noqa: FBT001  Qt's argument
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if is_on else Qt.FocusPolicy.ClickFocus)


def _muted(text: str) -> Label:
    label = Label(text)
    label.setWordWrap(True)
    label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    return label
