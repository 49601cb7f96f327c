"""The page where there is nothing to show yet: what one can do, and how.

Must not know when it is shown, nor open anything itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontDatabase, QPalette
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from tracker.flags import Severity
from tracker.messages import message
from ui.marks import Notice
from ui.theme import GRID, Step, sized
from ui.words import Say

_WIDTH = 72 * GRID


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A way on: what it is called, what it does, and what is typed for it; without that it is the button's."""

    title: str
    explanation: str
    command: str = ""


class GuidePage(QScrollArea):
    """A heading, a sentence in the way if there is one, and ways on. Its button asks for a file."""

    open_asked = Signal()

    def __init__(self, say: Say, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._say = say
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.open_button = QPushButton(say(message("Åpne …")), self)
        self.open_button.setMinimumSize(16 * GRID, 4 * GRID)
        self.open_button.clicked.connect(self.open_asked)
        self.setFocusProxy(self.open_button)

    def show_welcome(self, *, trouble: str = "") -> None:
        """Show the ways in. `trouble` is what kept a file from opening."""
        say = self._say
        self._show(
            "Tertial",
            say(message("Oppfølging av kommunens investeringsprosjekter.")),
            [
                Way(
                    title=say(message("Åpne en portefølje")),
                    explanation=say(message("Velg en fil som slutter på .tertial (Ctrl+O).")),
                ),
                Way(
                    title=say(message("Se på eksempelet")),
                    explanation=say(message("88 virkelige prosjekter fra 2023. Skriv i et terminalvindu:")),
                    command="tertial demo Eksempel.tertial",
                ),
                _import_way(say, "Portefølje.tertial"),
            ],
            trouble=trouble,
        )

    def show_empty(self, name: str) -> None:
        """Show how a portfolio without projects gets some."""
        say = self._say
        self._show(
            say(message("Ingen prosjekter ennå")),
            say(message("{file} er åpen, men har ingen tall for noen periode.", file=name)),
            [
                _import_way(say, name),
                Way(
                    title=say(message("Åpne en annen portefølje")),
                    explanation=say(message("Velg en fil som slutter på .tertial (Ctrl+O).")),
                ),
            ],
        )

    def _show(self, title: str, lead: str, ways: Sequence[Way], *, trouble: str = "") -> None:
        self.open_button.setParent(self)
        column = QWidget()
        column.setFixedWidth(_WIDTH)
        lines = QVBoxLayout(column)
        lines.setContentsMargins(2 * GRID, 8 * GRID, 2 * GRID, 4 * GRID)
        lines.setSpacing(GRID // 2)
        lines.addWidget(_label(title, step=Step.TITLE, is_bold=True))
        lines.addWidget(_label(lead, is_muted=True))
        if trouble:
            lines.addSpacing(2 * GRID)
            lines.addWidget(Notice(trouble, Severity.CRITICAL))
        for way in ways:
            lines.addSpacing(3 * GRID)
            lines.addWidget(_label(way.title, step=Step.HEADING, is_bold=True))
            lines.addWidget(_label(way.explanation))
            if way.command:
                lines.addWidget(_command_label(way.command))
            else:
                lines.addSpacing(GRID)
                lines.addWidget(self.open_button, alignment=Qt.AlignmentFlag.AlignLeft)
        lines.addStretch()
        self.setWidget(_centred(column))


def _import_way(say: Say, name: str) -> Way:
    return Way(
        title=say(message("Importer en årsmelding")),
        explanation=say(message("Statustabellen leses fra PDF eller tekst. Skriv i et terminalvindu:")),
        command=f"tertial import-report årsmelding.pdf {_quoted(name)} --year 2023",
    )


def _quoted(name: str) -> str:
    return f'"{name}"' if " " in name else name


def _centred(column: QWidget) -> QWidget:
    page = QWidget()
    layout = QVBoxLayout(page)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(column, alignment=Qt.AlignmentFlag.AlignHCenter)
    return page


def _label(text: str, *, step: Step = Step.BODY, is_bold: bool = False, is_muted: bool = False) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setFont(sized(label.font(), step, bold=is_bold))
    if is_muted:
        label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    return label


def _command_label(command: str) -> QLabel:
    label = _label(command)
    label.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
    label.setForegroundRole(QPalette.ColorRole.Link)
    label.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    label.setAccessibleName(command)
    return label
