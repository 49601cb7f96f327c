"""What was made to be sent: the files, and the mail that goes with each.

Must not know how a package or a form is made.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from tracker.kinds import PackageKind
from tracker.messages import Message, message
from ui.flow import Flow
from ui.packing import Made
from ui.plain import Label
from ui.plain_table import PlainTable
from ui.theme import FRAMED, GRID, Step, sized
from ui.words import Say

_MAIL_LINES = 10
_MADE = message("Laget {count} {count:pakke|pakker} i mappen {folder}. Send hver fil til mottakeren.")
_MADE_FORMS = message("Laget {count} {count:skjema|skjemaer} i mappen {folder}. Send hver fil til mottakeren.")


class MadePackages(QWidget):
    """Shows packages or forms that were made. `told` is what there is to say in passing."""

    told = Signal(str)

    def __init__(self, say: Say) -> None:
        super().__init__()
        self._say = say
        self._made: Sequence[Made] = ()
        self._subject = ""
        self.title = Label()
        self.title.setWordWrap(True)
        self.title.setFont(sized(self.title.font(), Step.BODY, bold=True))
        self.table = PlainTable(
            say(message("Filene som er laget")),
            [say(message("Til")), say(message("Prosjekter")), say(message("Fil"))],
            numbers=(1,),
        )
        self.mail = QPlainTextEdit()
        self.mail.setReadOnly(True)
        self.mail.setTabChangesFocus(True)
        self.mail.setAccessibleName(say(message("Teksten til e-posten")))
        self.mail.setMinimumHeight(_MAIL_LINES * self.mail.fontMetrics().lineSpacing())
        self.mail.setStyleSheet(FRAMED)
        self.copy_subject = QPushButton(say(message("Kopier emnet")))
        self.copy_text = QPushButton(say(message("Kopier teksten")))
        self.show_folder = QPushButton(say(message("Åpne mappen")))
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, GRID, 0, 0)
        lines.setSpacing(GRID)
        lines.addWidget(self.title)
        lines.addWidget(self.table)
        lines.addLayout(Flow(self.copy_subject, self.copy_text, self.show_folder))
        lines.addWidget(self.mail)
        self.table.itemSelectionChanged.connect(self._show_mail)
        self.copy_subject.clicked.connect(lambda: self._copy(self._subject))
        self.copy_text.clicked.connect(lambda: self._copy(self.mail.toPlainText()))
        self.show_folder.clicked.connect(self._open_folder)

    def show_made(self, made: Sequence[Made], subject: str) -> None:
        """Show files, the first one's mail beneath."""
        self._made, self._subject = made, subject
        folder = made[0].path.parent.name if made else ""
        told = _MADE_FORMS if any(one.sent.kind is PackageKind.FORM for one in made) else _MADE
        self.title.setText(self._say(Message(told.text, {"count": len(made), "folder": folder})))
        self.table.set_rows([[one.sent.recipient, str(len(one.sent.projects)), one.path.name] for one in made])
        if made:
            self.table.selectRow(0)
        self._show_mail()

    def _show_mail(self) -> None:
        row = self.table.currentRow()
        self.mail.setPlainText(self._say(self._made[row].mail) if 0 <= row < len(self._made) else "")

    def _copy(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        row = self.table.currentRow()
        if 0 <= row < len(self._made):
            self.told.emit(self._say(message("Kopiert for {who}", who=self._made[row].sent.recipient)))

    def _open_folder(self) -> None:
        if self._made:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._made[0].path.parent)))
