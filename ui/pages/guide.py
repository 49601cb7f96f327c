"""The page where there is nothing to show yet: what one can do, and how.

Must not know when it is shown, nor open anything itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from tracker.flags import Severity
from tracker.messages import message
from ui.marks import Notice
from ui.plain import Label, as_it_is
from ui.theme import GRID, Step, sized
from ui.words import Say

_LETTERS = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A way on: what it is called, what it gives, and the button that takes it."""

    title: str
    explanation: str
    button: str
    go: Callable[[], None]


class GuidePage(QScrollArea):
    """A heading, a sentence in the way if there is one, and ways on, each with its button."""

    open_asked = Signal()
    example_asked = Signal(object)
    import_asked = Signal()
    begin_asked = Signal()
    projects_asked = Signal()
    period_asked = Signal()
    file_asked = Signal(str)

    def __init__(self, say: Say, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._say = say
        self.buttons: list[QPushButton] = []
        self._column: QWidget | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_welcome(self, *, trouble: str = "", recent: Sequence[Path] = ()) -> None:
        """Show the ways in. `trouble` is what kept a file from opening."""
        say = self._say
        ways = [
            Way(
                title=say(message("Åpne en portefølje")),
                explanation=say(
                    message("En portefølje er én fil som slutter på .tertial. Du kan også slippe den her.")
                ),
                button=say(message("Åpne …")),
                go=self.open_asked.emit,
            ),
            Way(
                title=say(message("Se på eksempelet")),
                explanation=say(message("88 virkelige prosjekter fra 2023, med statustekster å prøve seg på.")),
                button=say(message("Lag eksempel …")),
                go=lambda: self.example_asked.emit(None),
            ),
            self._import_way(),
            Way(
                title=say(message("Begynn med en tom portefølje")),
                explanation=say(message("For deg som skal hente tallene fra andre kilder senere.")),
                button=say(message("Ny portefølje …")),
                go=self.begin_asked.emit,
            ),
        ]
        lead = say(message("Oppfølging av kommunens investeringsprosjekter."))
        self._show("Tertial", lead, ways, trouble=trouble, recent=recent)

    def begin(self) -> None:
        """Put the cursor where work begins."""
        self.buttons[0].setFocus()

    def show_empty(self, name: str, waiting: int) -> None:
        """Show how a portfolio gets projects, or a period for those that are waiting for one."""
        say = self._say
        other = Way(
            title=say(message("Åpne en annen portefølje")),
            explanation=say(message("Velg en fil som slutter på .tertial (Ctrl+O).")),
            button=say(message("Åpne …")),
            go=self.open_asked.emit,
        )
        if waiting:
            title = message("{count} {count:prosjekt|prosjekter}, men ingen periode ennå", count=waiting)
            lead = message("{file} er åpen. Start perioden det skal rapporteres for.", file=name)
            ways = [self._period_way(), self._projects_way(), other]
        else:
            title = message("Ingen prosjekter ennå")
            lead = message("{file} er åpen, men har ingen tall for noen periode.", file=name)
            ways = [self._projects_way(), self._import_way(), other]
        self._show(say(title), say(lead), ways)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  Qt's name
        """Keep lines as long as one likes to read, and never longer than the window."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        if self._column is not None:
            likes = _LETTERS * self.fontMetrics().averageCharWidth()
            self._column.setFixedWidth(max(min(likes, self.viewport().width() - 2 * GRID), 1))

    def _import_way(self) -> Way:
        say = self._say
        return Way(
            title=say(message("Importer en publisert rapport")),
            explanation=say(message("Statustabellen leses fra PDF eller tekst, og summene avstemmes før noe lagres.")),
            button=say(message("Importer …")),
            go=self.import_asked.emit,
        )

    def _projects_way(self) -> Way:
        say = self._say
        return Way(
            title=say(message("Importer prosjekter og budsjett")),
            explanation=say(message("Ett prosjekt i hver rad i et regneark, med budsjett og økonomiplan.")),
            button=say(message("Velg regneark …")),
            go=self.projects_asked.emit,
        )

    def _period_way(self) -> Way:
        say = self._say
        return Way(
            title=say(message("Start en periode")),
            explanation=say(
                message("Regnskap, statustekster og prognoser hører til en periode, for eksempel 2024-T1.")
            ),
            button=say(message("Start …")),
            go=self.period_asked.emit,
        )

    def _show(
        self, title: str, lead: str, ways: Sequence[Way], *, trouble: str = "", recent: Sequence[Path] = ()
    ) -> None:
        self.buttons = []
        column = QWidget()
        self._column = column
        lines = QVBoxLayout(column)
        lines.setContentsMargins(2 * GRID, 6 * GRID, 2 * GRID, 4 * GRID)
        lines.setSpacing(GRID // 2)
        lines.addWidget(_label(title, step=Step.TITLE, is_bold=True))
        lines.addWidget(_label(lead, is_muted=True))
        if trouble:
            lines.addSpacing(2 * GRID)
            lines.addWidget(Notice(trouble, Severity.CRITICAL))
        if recent:
            lines.addSpacing(3 * GRID)
            lines.addWidget(_label(self._say(message("Sist brukt")), step=Step.HEADING, is_bold=True))
        for path in recent[:3]:
            lines.addWidget(self._button(path.name, partial(self.file_asked.emit, str(path)), tip=str(path)))
        for way in ways:
            lines.addSpacing(3 * GRID)
            lines.addLayout(self._way(way))
        lines.addStretch()
        self.setWidget(_centred(column))
        self._fit()

    def _way(self, way: Way) -> QHBoxLayout:
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(_label(way.title, step=Step.HEADING, is_bold=True))
        words.addWidget(_label(way.explanation, is_muted=True))
        line = QHBoxLayout()
        line.setSpacing(3 * GRID)
        line.addLayout(words, 1)
        button = self._button(way.button, way.go)
        button.setAccessibleDescription(way.explanation)
        line.addWidget(button, alignment=Qt.AlignmentFlag.AlignVCenter)
        return line

    def _button(self, name: str, go: Callable[[], None], *, tip: str = "") -> QPushButton:
        button = QPushButton(name)
        button.setMinimumSize(20 * GRID, 4 * GRID)
        button.setToolTip(as_it_is(tip))
        button.clicked.connect(lambda _checked=False: go())
        self.buttons.append(button)
        return button


def _centred(column: QWidget) -> QWidget:
    page = QWidget()
    layout = QVBoxLayout(page)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(column, alignment=Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
    return page


def _label(text: str, *, step: Step = Step.BODY, is_bold: bool = False, is_muted: bool = False) -> QLabel:
    label = Label(text)
    label.setWordWrap(True)
    label.setFont(sized(label.font(), step, bold=is_bold))
    if is_muted:
        label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    return label
