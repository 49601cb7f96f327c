"""The window in which a ledger's columns are chosen, beside its first rows as they would be understood.

Must not know how a file is read, nor what is done with the mapping. It doesn't open itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from collections.abc import Mapping as Named
from dataclasses import dataclass, replace

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QComboBox, QDialog, QGridLayout, QLineEdit, QWidget

from tracker.flags import Severity
from tracker.kinds import LedgerContent, VatConvention
from tracker.ledger.mapping import TITLES, Mapping, Use
from tracker.ledger.preview import PreviewRow
from tracker.ledger.rounding import in_kroner
from tracker.messages import Refusal, message
from tracker.money import Unit, write_number
from ui.asking import dialog_buttons, dialog_lines
from ui.fields import Titled
from ui.fitting import fitted
from ui.marks import Notice
from ui.plain import Label
from ui.plain_table import PlainTable
from ui.theme import FRAMED, GRID
from ui.words import Say

Understand = Callable[[Mapping], Sequence[PreviewRow]]
"""Returns the first rows as a mapping reads them; raises Refusal where it doesn't fit."""

_COLUMNS, _LETTERS = 4, 44
_USES = tuple(Use)
_UNITS = {
    Unit.KRONER: message("Kroner"),
    Unit.THOUSANDS: message("1000 kroner"),
    Unit.MILLIONS: message("Mill. kroner"),
}
_SIGNS = {"": message("Utgifter uten minus"), "-": message("Utgifter med minus")}
_VAT = {
    "": message("Ikke oppgitt"),
    VatConvention.GROSS.value: message("Med mva"),
    VatConvention.NET.value: message("Uten mva"),
}
_CONTENTS = {
    LedgerContent.TRANSACTIONS.value: message("Bilagslinjer"),
    LedgerContent.BALANCES.value: message("Saldo per prosjekt"),
}
_NEXT_TIME = {
    "": message("Erstatter måneder som er lest før"),
    "keyed": message("Bare bilagslinjer som er nye"),
}
_CODES = {"": message("Står på hver linje"), "repeats": message("Står bare på den første")}


@dataclass(frozen=True, slots=True, kw_only=True)
class MappingQuestion:
    """An export whose columns are to be chosen: what is proposed, and the name of the profile that it comes from."""

    file: str
    header: Sequence[str]
    mapping: Mapping
    understand: Understand
    profile: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MappingAnswer:
    """What was chosen. `profile` is the name that the choice is to be kept under, empty for none."""

    mapping: Mapping
    profile: str
    control_total: str


class MappingForm(QDialog):
    """Choices above, the rows below; the rows follow every choice."""

    help_topic = "import-ledger"

    def __init__(self, question: MappingQuestion, say: Say, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._question, self._say = question, say
        self.setWindowTitle(say(message("Importer regnskap fra {file}", file=question.file)))
        self.setStyleSheet(FRAMED)
        mapping = question.mapping
        none = [("", say(message("(ingen)")))]
        headings = [*none, *((title, title) for title in question.header if title)]
        self.columns = {use: _choice(headings, mapping.columns.get(use, "")) for use in _USES}
        self.unit = _choice([(unit.name, say(title)) for unit, title in _UNITS.items()], mapping.unit.name)
        self.sign = self._options(_SIGNS, "-" if mapping.is_negated else "")
        self.vat = self._options(_VAT, mapping.vat.value if mapping.vat else "")
        self.content = self._options(_CONTENTS, mapping.content.value)
        self.codes = self._options(_CODES, "repeats" if mapping.repeats_code else "")
        self.next_time = self._options(_NEXT_TIME, "keyed" if mapping.is_keyed else "")
        self.control_total, self.profile = QLineEdit(), QLineEdit(question.profile)
        self.trouble = Notice("", Severity.WARNING)
        self.table = PlainTable(
            say(message("De første radene")),
            [
                say(message("Rad")),
                say(message("Kode")),
                say(message("Prosjekt")),
                say(message("Måned")),
                say(message("Konto")),
                say(message("Beløp (kr)")),
                say(message("Merknad")),
            ],
            numbers=(0, 5),
        )
        self._lay_out()
        for box in (*self.columns.values(), self.unit, self.sign, self.vat, self.content, self.codes, self.next_time):
            box.currentIndexChanged.connect(lambda _: self._show_rows())
        self._show_rows()

    def answer(self) -> MappingAnswer:
        """Return what is chosen."""
        return MappingAnswer(
            mapping=self.mapping(),
            profile=self.profile.text().strip(),
            control_total=self.control_total.text().strip(),
        )

    def mapping(self) -> Mapping:
        """Return the mapping as it is chosen."""
        vat = str(self.vat.currentData())
        return replace(
            self._question.mapping,
            columns={use: str(box.currentData()) for use, box in self.columns.items() if box.currentData()},
            unit=Unit[str(self.unit.currentData())],
            is_negated=bool(self.sign.currentData()),
            vat=VatConvention(vat) if vat else None,
            content=LedgerContent(str(self.content.currentData())),
            repeats_code=bool(self.codes.currentData()),
            is_keyed=bool(self.next_time.currentData()),
        )

    def _show_rows(self) -> None:
        try:
            rows = self._question.understand(self.mapping())
        except Refusal as refusal:
            rows = []
            self.trouble.setText(self._say(refusal.reason))
        else:
            wrong = sum(row.is_trouble for row in rows)
            self.trouble.setText(self._say(message("{count} av radene kan ikke leses.", count=wrong)) if wrong else "")
        self.trouble.setVisible(bool(self.trouble.text()))
        self.table.set_rows([self._row(row) for row in rows])
        self.table.setVisible(bool(rows))
        self.agree.setEnabled(bool(rows))

    def _row(self, row: PreviewRow) -> list[str]:
        return [
            str(row.number),
            row.code,
            row.project,
            row.month,
            row.account,
            "" if row.amount is None else write_number(in_kroner(row.amount)),
            "" if row.remark is None else self._say(row.remark),
        ]

    def _options(self, options: Named[str, object], chosen: str) -> QComboBox:
        return _choice([(value, self._say(title)) for value, title in options.items()], chosen)  # type: ignore[arg-type]

    def _lay_out(self) -> None:
        say = self._say
        lines = dialog_lines(self)
        lead = Label(
            say(message("Kontroller at kolonnene er forstått riktig. Radene nedenfor viser hva som blir lest."))
        )
        lead.setWordWrap(True)
        lines.addWidget(lead)
        titled = [
            *(Titled(say(TITLES[use]), box) for use, box in self.columns.items()),
            Titled(say(message("Beløpene er i")), self.unit),
            Titled(say(message("Fortegn")), self.sign),
            Titled(say(message("Merverdiavgift")), self.vat),
            Titled(say(message("Linjene er")), self.content),
            Titled(say(message("Prosjektnummeret")), self.codes),
            Titled(say(message("Neste uttrekk")), self.next_time),
            Titled(say(message("Kontrollsum i kroner (kan stå tom)")), self.control_total),
            Titled(say(message("Lagre valgene som profil (kan stå tom)")), self.profile),
        ]
        field = _LETTERS * self.fontMetrics().averageCharWidth()
        grid = QGridLayout()
        grid.setHorizontalSpacing(2 * GRID)
        grid.setVerticalSpacing(GRID)
        room = fitted(self, QSize(_COLUMNS * field, 1)).width()
        columns = max(1, room // field)
        for at, widget in enumerate(titled):
            grid.addWidget(widget, at // columns, at % columns)
        for column in range(columns):
            grid.setColumnStretch(column, 1)
        lines.addLayout(grid)
        lines.addWidget(self.trouble)
        lines.addWidget(self.table, 1)
        lines.addStretch()
        self.buttons, self.agree = dialog_buttons(self, say(message("Les filen")), say(message("Avbryt")))
        lines.addWidget(self.buttons)
        self.resize(fitted(self, QSize(max(128 * GRID, columns * field), 96 * GRID)))


def _choice(options: Sequence[tuple[str, str]], chosen: str) -> QComboBox:
    box = QComboBox()
    box.setMinimumContentsLength(8)
    for value, title in options:
        box.addItem(title, value)
    folded = chosen.casefold()
    at = next((at for at, (value, _) in enumerate(options) if value.casefold() == folded), 0)
    box.setCurrentIndex(at)
    return box
