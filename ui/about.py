"""«Om Tertial»: what the program is, what it is made of, and the licence of each part.

Must not know where the notices are kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, QSysInfo, Qt, qVersion
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QGuiApplication, QPalette
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from db.notices import Notice, program_version, python_version, read_notices, sqlite_version
from tracker.messages import message
from ui.asking import dialog_lines
from ui.fitting import fitted
from ui.plain import Label
from ui.plain_table import PlainTable
from ui.theme import FRAMED, GRID, Step, sized
from ui.words import Say

_CHARACTERS, _LINES = 184, 46
_LICENCE_CHARACTERS = 18
_FIRST = ("PySide6_Essentials", "Python")
"""What most of the program rests on stands first."""
_WHERE = {"program": message("det ferdige programmet")}
_NOTICE = message(
    "Tertial er fri programvare under Apache-lisensen 2.0. Qt, PySide6 og psycopg brukes under LGPL 3, som egne "
    "biblioteker du kan bytte ut; kildekoden ligger på code.qt.io og github.com/psycopg."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What there is to tell of the program: its version, what it runs on (name and version), and what it carries."""

    version: str
    system: str
    runs_on: Sequence[tuple[str, str]]
    notices: Sequence[Notice]

    def details(self) -> str:
        """Write what support needs to know; nothing in it tells whose machine it is."""
        told = (("Tertial", self.version), *self.runs_on, ("System:", self.system))
        return "".join(f"{name} {value}\n" for name, value in told)


def gather() -> About:
    """Find out what this program is made of, and what it runs on."""
    first = {name: place for place, name in enumerate(_FIRST)}
    return About(
        version=program_version(),
        system=f"{QSysInfo.prettyProductName()}, {QSysInfo.currentCpuArchitecture()}",
        runs_on=(("Python", python_version()), ("Qt", qVersion()), ("SQLite", sqlite_version())),
        notices=sorted(read_notices(), key=lambda notice: first.get(notice.name, len(first))),
    )


class AboutForm(QDialog):
    """The program and its versions above, the libraries to the left, the licence of the chosen one beside them."""

    def __init__(self, about: About, say: Say, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._about, self._say = about, say
        self.setWindowTitle(say(message("Om Tertial")))
        self.setStyleSheet(FRAMED)
        self.table = PlainTable(
            say(message("Biblioteker i Tertial")),
            [say(message("Navn")), say(message("Versjon")), say(message("Lisens"))],
        )
        self.licence = QPlainTextEdit()
        self.licence.setReadOnly(True)
        self.licence.setTabChangesFocus(True)
        self.licence.setFont(sized(self.licence.font(), Step.SMALL))
        self.licence.setAccessibleName(say(message("Lisenstekst")))
        self.copied = Label()
        self.copy = QPushButton(say(message("Kopier opplysninger")))
        lines = dialog_lines(self)
        lines.addLayout(self._head())
        lines.addSpacing(GRID)
        lines.addLayout(self._libraries(), 1)
        lines.addWidget(self._buttons())
        self.copy.clicked.connect(self._copy)
        self.table.itemSelectionChanged.connect(self._show_licence)
        self._fill()
        if about.notices:
            self.table.selectRow(0)
        else:
            self.licence.setPlainText(say(message("Lisensene følger ikke med i denne installasjonen.")))
        letters = self.fontMetrics()
        wanted = QSize(_CHARACTERS * letters.averageCharWidth(), _LINES * letters.height())
        self.resize(fitted(self, wanted))

    def _head(self) -> QVBoxLayout:
        title = Label("Tertial")
        title.setFont(sized(title.font(), Step.TITLE, bold=True))
        what = Label(self._say(message("Oppfølging av kommunens investeringsprosjekter: tall, tekst og rapport.")))
        notice = _muted(Label(self._say(_NOTICE)))
        for label in (what, notice):
            label.setWordWrap(True)
        lines = QVBoxLayout()
        lines.setSpacing(GRID)
        for widget in (title, what):
            lines.addWidget(widget)
        lines.addSpacing(GRID // 2)
        lines.addLayout(self._facts())
        lines.addSpacing(GRID // 2)
        lines.addWidget(notice)
        return lines

    def _facts(self) -> QGridLayout:
        say = self._say
        columns = (
            [(say(message("Versjon")), self._about.version), *self._about.runs_on],
            [
                (say(message("System")), self._about.system),
                (say(message("Skrifter")), say(message("Source Sans 3 og Source Serif 4 i rapportene"))),
                (say(message("Ikoner")), say(message("Tertials egne"))),
            ],
        )
        grid = QGridLayout()
        grid.setHorizontalSpacing(2 * GRID)
        grid.setVerticalSpacing(GRID // 2)
        for column, told in enumerate(columns):
            grid.setColumnStretch(2 * column + 1, 1)
            for line, (name, value) in enumerate(told):
                shown = Label(value)
                shown.setWordWrap(True)
                grid.addWidget(_muted(Label(name)), line, 2 * column, Qt.AlignmentFlag.AlignTop)
                grid.addWidget(shown, line, 2 * column + 1, Qt.AlignmentFlag.AlignTop)
        return grid

    def _fill(self) -> None:
        """Show the rows; the name has the room that is left, since it is what one looks for."""
        self.table.setWordWrap(False)
        self.table.set_rows([self._row(notice) for notice in self._about.notices])
        self.table.be_low(12 * GRID)
        header = self.table.horizontalHeader()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.resizeSection(2, _LICENCE_CHARACTERS * self.table.fontMetrics().averageCharWidth() + 2 * GRID)

    def _libraries(self) -> QHBoxLayout:
        beside = QHBoxLayout()
        beside.setSpacing(2 * GRID)
        beside.addWidget(self.table, 5)
        beside.addWidget(self.licence, 6)
        return beside

    def _buttons(self) -> QWidget:
        box = QDialogButtonBox()
        close = box.addButton(self._say(message("Lukk")), QDialogButtonBox.ButtonRole.RejectRole)
        box.rejected.connect(self.reject)
        close.setDefault(True)
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2 * GRID)
        row.addWidget(self.copy)
        row.addWidget(self.copied, 1)
        row.addWidget(box)
        return whole

    def _row(self, notice: Notice) -> list[str]:
        within = self._say(_WHERE[notice.within]) if notice.within in _WHERE else notice.within
        name = self._say(message("{name} i {within}", name=notice.name, within=within)) if within else notice.name
        return [name, notice.version, notice.used]

    def _show_licence(self) -> None:
        row = self.table.currentRow()
        if 0 <= row < len(self._about.notices):
            self.licence.setPlainText(self._told_of(self._about.notices[row]))

    def _told_of(self, notice: Notice) -> str:
        source = self._say(message("Kildekode: {place}", place=notice.source)) if notice.source else ""
        head = "\n".join(filter(None, [f"{notice.name} {notice.version}".strip(), notice.licence, source]))
        return "\n\n".join(filter(None, [head, "\n".join(notice.copyright), notice.text]))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._about.details())
        self.copied.setText(self._say(message("Kopiert, uten navn og mapper.")))
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.copied, self.copied.text()))


def _muted(label: Label) -> Label:
    label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    return label
