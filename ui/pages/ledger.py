"""The controller's page of the ledger: what has been taken in, what counts, and which codes belong to nobody.

Must not derive a figure, nor read a file.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QVBoxLayout, QWidget

from tracker.kinds import LedgerContent, VatConvention
from tracker.ledger.matching import match_codes, orphans_of
from tracker.messages import message
from tracker.model import LedgerBatch, ProjectId, SubprojectId
from tracker.money import write_number
from ui.asking import FormField
from ui.desk import Desk
from ui.editing import Editing
from ui.plain import Label
from ui.plain_table import PlainTable
from ui.session import View
from ui.theme import GRID, Step, sized

_CONTENTS = {
    LedgerContent.TRANSACTIONS: message("Bilagslinjer"),
    LedgerContent.BALANCES: message("Saldo per prosjekt"),
    LedgerContent.PUBLISHED: message("Publisert rapport"),
    LedgerContent.TRANSFER: message("Flyttet mellom prosjekter"),
}
_VAT = {VatConvention.GROSS: message("Med mva"), VatConvention.NET: message("Uten mva"), None: message("-")}
_NOBODY = "-"


class LedgerPage(QScrollArea):
    """Shows the batches and the codes without a project. `show_view` is the only way in."""

    import_asked = Signal()

    def __init__(self, desk: Desk, editing: Editing) -> None:
        super().__init__()
        self._desk, self._editing, self._say = desk, editing, desk.say
        self._view: View | None = None
        self._codes: list[str] = []
        self._batches: list[str] = []
        self.title, self.told = Label(self._say(message("Regnskap"))), Label()
        self.take_in = QPushButton(self._say(message("Importer regnskap …")))
        self.match = QPushButton(self._say(message("Koble koden til et prosjekt …")))
        say = self._say
        self.batches = PlainTable(
            say(message("Importert regnskap")),
            [
                say(message("År")),
                say(message("Måneder")),
                say(message("Kilde")),
                say(message("Linjer")),
                say(message("Forbruk (kr)")),
                say(message("Mva.")),
                say(message("Innhold")),
                say(message("Gjelder")),
            ],
            numbers=(3, 4),
        )
        self.no_batches = Label(say(message("Ingenting er importert ennå.")))
        self.orphans = PlainTable(
            say(message("Koder uten prosjekt")), [say(message("Kode")), say(message("Forbruk (kr)"))], numbers=(1,)
        )
        self.no_orphans = Label(say(message("Alle koder i regnskapet hører til et prosjekt.")))
        self._lay_out()
        self.take_in.clicked.connect(self.import_asked)
        self.match.clicked.connect(self._match)
        self.orphans.itemSelectionChanged.connect(self._show_what_is_possible)
        self.orphans.itemDoubleClicked.connect(lambda _: self._match())

    def show_view(self, view: View) -> None:
        """Show what a portfolio has of the ledger."""
        self._view = view
        batches = sorted(
            view.portfolio.ledger_batches.values(), key=lambda one: (-one.year, one.withdrawn, -one.last_month)
        )
        self._batches = [one.id for one in batches]
        self.batches.set_rows([self._batch(one) for one in batches])
        orphans = orphans_of(view.portfolio)
        self._codes = list(orphans)
        self.orphans.set_rows([[code, write_number(amount)] for code, amount in orphans.items()])
        for table, none in ((self.batches, self.no_batches), (self.orphans, self.no_orphans)):
            table.setVisible(table.rowCount() > 0)
            none.setVisible(table.rowCount() == 0)
        if self._codes:
            self.orphans.selectRow(0)
        self._show_what_is_possible()

    def select_batch(self, batch: str) -> None:
        """Put the cursor on an import."""
        if batch in self._batches:
            self.batches.selectRow(self._batches.index(batch))
            self.batches.setFocus()

    def begin(self) -> None:
        """Put the cursor where work begins."""
        (self.orphans if self._codes else self.take_in).setFocus()

    def finish(self) -> None:
        """Nothing waits here."""

    def _batch(self, batch: LedgerBatch) -> list[str]:
        say = self._say
        return [
            str(batch.year),
            f"{batch.first_month}–{batch.last_month}",
            f"{batch.source} ({batch.profile})" if batch.profile else batch.source,
            write_number(batch.line_count),
            write_number(batch.spent),
            say(_VAT[batch.vat]),
            say(_CONTENTS[batch.content]),
            say(message("Nei, erstattet eller angret") if batch.withdrawn else message("Ja")),
        ]

    def _match(self) -> None:
        row = self.orphans.currentRow()
        if self._view is None or not 0 <= row < len(self._codes) or not self.match.isEnabled():
            return
        portfolio, code = self._view.portfolio, self._codes[row]
        choices = [(_NOBODY, self._say(message("Ikke et investeringsprosjekt")))]
        choices += [(one.id, one.name) for one in sorted(portfolio.listed_projects(), key=lambda one: one.name)]
        choices += [
            (one.id, f"{portfolio.projects[one.project].name}: {one.code} {one.name}")
            for one in portfolio.subprojects.values()
        ]
        answer = self._desk.ask.form(
            self._say(message("Koble koden {code}", code=code)),
            [FormField(key="owner", title=self._say(message("Prosjekt")), choices=choices)],
            self._say(message("Koble")),
        )
        if answer is None:
            return
        owner = self._owner(answer["owner"])
        refusal = self._editing.perform(lambda: match_codes(portfolio, {code: owner}, new_id=self._desk.session.new_id))
        if refusal:
            self._desk.ask.tell(refusal)

    def _owner(self, chosen: str) -> tuple[ProjectId, SubprojectId | None] | None:
        if chosen == _NOBODY or self._view is None:
            return None
        subproject = self._view.portfolio.subprojects.get(chosen)
        return (ProjectId(chosen), None) if subproject is None else (subproject.project, subproject.id)

    def _show_what_is_possible(self) -> None:
        self.take_in.setEnabled(self._desk.session.can_edit and not self._desk.session.portfolio.is_package)
        self.match.setEnabled(self._editing.is_controllers and bool(self.orphans.selectedItems()))

    def _lay_out(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.title.setFont(sized(self.title.font(), Step.HEADING, bold=True))
        self.told.setText(
            self._say(
                message(
                    "Et nytt uttrekk av samme regnskap erstatter månedene som er importert før, så ingenting "
                    "telles to ganger."
                )
            )
        )
        self.told.setWordWrap(True)
        self.told.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        body = QWidget()
        lines = QVBoxLayout(body)
        lines.setContentsMargins(2 * GRID, GRID, 2 * GRID, 2 * GRID)
        lines.setSpacing(GRID)
        lines.addWidget(self.title)
        lines.addWidget(self.told)
        lines.addWidget(self.take_in, alignment=Qt.AlignmentFlag.AlignLeft)
        for part in (self.batches, self.no_batches):
            lines.addWidget(part)
        heading = Label(self._say(message("Koder uten prosjekt")))
        heading.setFont(sized(heading.font(), Step.BODY, bold=True))
        lines.addSpacing(GRID)
        lines.addWidget(heading)
        for part in (self.orphans, self.no_orphans):
            lines.addWidget(part)
        lines.addWidget(self.match, alignment=Qt.AlignmentFlag.AlignLeft)
        lines.addStretch()
        self.setWidget(body)
