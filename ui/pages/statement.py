"""The page of § 5-5: the period's statement with the way down to the projects, and the check of one from a file.

Must not derive a figure, nor read a file.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QPalette
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QVBoxLayout, QWidget

from tracker.messages import Message, message
from tracker.money import write_number
from tracker.statement_check.published import verdict_of
from tracker.statement_check.signs import DeviationSign, set_signs, signs_of
from tracker.statement_check.unfolding import unfold
from tracker.statement_check.verdict import Check, Verdict
from ui.asking import FormField
from ui.desk import Desk
from ui.editing import Editing
from ui.flow import Flow
from ui.plain import Label
from ui.plain_table import PlainTable
from ui.session import View
from ui.statement_tree import StatementTree
from ui.telling import failing
from ui.theme import GRID, Step, sized

_FILES = message("Bevilgningsoversikt (*.xlsx *.xlsm *.xls *.xlsb *.ods *.csv *.txt *.pdf);;Alle filer (*)")
_NEGATIVE, _POSITIVE = "negative", "positive"
_LEAST_TREE = 36 * GRID
_DEVIATIONS = {
    DeviationSign.BUDGET_MINUS_ACTUAL: message("Budsjett minus regnskap på hver linje"),
    DeviationSign.ACTUAL_MINUS_BUDGET: message("Regnskap minus budsjett på hver linje"),
    DeviationSign.FAVOURABLE: message("Positivt når det er gunstig"),
}


class StatementPage(QScrollArea):
    """Shows the period's statement. `show_view` is the only way in; a file that is dropped is checked."""

    project_asked = Signal(str)

    def __init__(self, desk: Desk, editing: Editing) -> None:
        super().__init__()
        self._desk, self._editing, self._say = desk, editing, desk.say
        self._view: View | None = None
        say = self._say
        self.title, self.told = Label(say(message("Bevilgningsoversikt § 5-5"))), Label()
        self.check = QPushButton(say(message("Kontroller en bevilgningsoversikt …")))
        self.signs = QPushButton(say(message("Fortegn …")))
        self.open = QPushButton(say(message("Vis prosjektet")))
        self.tree = StatementTree(say)
        self.checked, self.how_read, self.in_short, self.whole = Label(), Label(), Label(), Label()
        self._shown: list[Check] = []
        self.findings = PlainTable(
            say(message("Kontroll av bevilgningsoversikten")),
            [
                say(message("Vurdering")),
                say(message("Hva")),
                say(message("Det står (kr)")),
                say(message("Skal være (kr)")),
                say(message("Differanse (kr)")),
                say(message("Trolig grunn")),
            ],
            numbers=(2, 3, 4),
        )
        self._lay_out()
        self.setAcceptDrops(True)
        self.check.clicked.connect(self._ask_for_file)
        self.signs.clicked.connect(self._change_signs)
        self.open.clicked.connect(lambda: self.project_asked.emit(self.tree.project))
        self.tree.project_asked.connect(self.project_asked)
        self.findings.itemSelectionChanged.connect(self._show_whole)
        self.tree.currentItemChanged.connect(lambda *_: self._show_what_is_possible())

    def show_view(self, view: View) -> None:
        """Show the statement of the view's period."""
        self._view = view
        if view.period is None:
            return
        verdict = verdict_of(view.portfolio, view.period)
        nodes = unfold(view.portfolio, view.period, verdict)
        self.tree.show_nodes(nodes)
        self.tree.setVisible(bool(nodes))
        self.told.setText(self._say(self._lead(verdict, has_lines=bool(nodes))))
        self._show_what_is_possible()

    def begin(self) -> None:
        """Put the cursor where work begins."""
        if self.tree.isVisibleTo(self):
            self.tree.setFocus()
            self.tree.choose_first()
        else:
            self.check.setFocus()

    def finish(self) -> None:
        """Nothing waits here."""

    def check_file(self, path: Path) -> None:
        """Check somebody's statement away from the window, against itself and the period's projects."""
        from db.published.statement_file import read_statement_file
        from tracker.statement_check.against import check_against
        from tracker.statement_check.checking import check_statement

        portfolio, period = self._desk.session.portfolio, self._desk.session.period

        def work() -> Verdict:
            found = check_statement(read_statement_file(path))
            against = () if period is None else check_against(found, portfolio, period)
            return replace(found, checks=(*found.checks, *against))

        self._desk.jobs.start(
            work,
            done=lambda found: self._show_verdict(path.name, found),
            failed=failing(self._desk),
            cancellable=True,
        )

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802  Qt's name
        """Take one file, unless it is a portfolio, which the window opens."""
        urls = event.mimeData().urls()
        if len(urls) == 1 and urls[0].isLocalFile() and not urls[0].toLocalFile().casefold().endswith(".tertial"):
            event.acceptProposedAction()
        else:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802  Qt's name
        """Check the file."""
        event.acceptProposedAction()
        self.check_file(Path(event.mimeData().urls()[0].toLocalFile()))

    def _lead(self, verdict: Verdict | None, *, has_lines: bool) -> Message:
        if verdict is not None:
            return message("{found} Beløp i 1000 kr, differanse og avrunding i kroner.", found=verdict.in_short)
        if has_lines:
            return message(
                "Ingen bevilgningsoversikt er lest inn for perioden, så første ledd er regnet ut. Beløp i 1000 kr."
            )
        return message("Perioden har verken bevilgningsoversikt eller prosjekter.")

    def _show_verdict(self, name: str, found: Verdict) -> None:
        say = self._say
        self.checked.setText(say(message("Kontroll av {file}", file=name)))
        self.how_read.setText(" ".join(map(say, found.how_read)))
        self.in_short.setText(say(found.in_short))
        self._shown = shown = [
            *found.findings,
            *(one for one in found.checks if one.difference and not one.outcome.is_finding),
        ]
        self.findings.set_rows([self._row(one) for one in shown], strong=range(len(found.findings)))
        for part in (self.checked, self.how_read, self.in_short):
            part.show()
        self.findings.setVisible(bool(shown))
        self.whole.setVisible(bool(shown))
        if shown:
            self.findings.selectRow(0)
        self.ensureWidgetVisible(self.findings if shown else self.in_short)
        self.findings.setFocus()

    def _show_whole(self) -> None:
        """Say the chosen finding in a sentence, since a long reason has no room in the table."""
        at = self.findings.currentRow()
        self.whole.setText(self._say(self._shown[at].words) if 0 <= at < len(self._shown) else "")

    def _row(self, check: Check) -> list[str]:
        amounts = (check.printed, check.computed, check.difference)
        return [
            self._say(check.outcome.word),
            self._say(check.where),
            *("" if amount is None else write_number(amount) for amount in amounts),
            self._say(check.reason or message("avrunding kan gi inntil {allowance:kr}", allowance=check.allowance)),
        ]

    def _ask_for_file(self) -> None:
        path = self._desk.ask.file_to_open(self._say(message("Kontroller en bevilgningsoversikt")), self._say(_FILES))
        if path is not None:
            self.check_file(path)

    def _change_signs(self) -> None:
        session, say = self._desk.session, self._say
        now = signs_of(session.portfolio)
        asked = self._desk.ask.form(
            say(message("Fortegn i den trykte bevilgningsoversikten")),
            [
                FormField(
                    key="income",
                    title=say(message("Inntekter")),
                    value=_NEGATIVE if now.income_negative else _POSITIVE,
                    choices=[(_NEGATIVE, say(message("Med minus"))), (_POSITIVE, say(message("Uten minus")))],
                ),
                FormField(
                    key="deviation",
                    title=say(message("Avvik")),
                    value=now.deviation.value,
                    choices=[(one.value, say(title)) for one, title in _DEVIATIONS.items()],
                ),
            ],
            say(message("Bruk fortegnene")),
        )
        if asked is None:
            return
        chosen = replace(now, income_negative=asked["income"] == _NEGATIVE, deviation=DeviationSign(asked["deviation"]))
        refusal = self._editing.perform(lambda: set_signs(session.portfolio, chosen))
        if refusal:
            self._desk.ask.tell(refusal)

    def _show_what_is_possible(self) -> None:
        self.open.setEnabled(bool(self.tree.project))
        self.signs.setEnabled(self._editing.is_controllers)

    def _lay_out(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.title.setFont(sized(self.title.font(), Step.HEADING, bold=True))
        self.checked.setFont(sized(self.checked.font(), Step.BODY, bold=True))
        for label in (self.told, self.how_read):
            label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        for label in (self.told, self.how_read, self.in_short, self.checked, self.whole):
            label.setWordWrap(True)
        for part in (self.checked, self.how_read, self.in_short, self.findings, self.whole):
            part.hide()
        self.tree.setMinimumHeight(_LEAST_TREE)
        body = QWidget()
        lines = QVBoxLayout(body)
        lines.setContentsMargins(2 * GRID, GRID, 2 * GRID, 2 * GRID)
        lines.setSpacing(GRID)
        lines.addWidget(self.title)
        lines.addWidget(self.told)
        lines.addLayout(Flow(self.check, self.signs, self.open))
        lines.addWidget(self.tree, 1)
        for part in (self.checked, self.how_read, self.in_short, self.findings, self.whole):
            lines.addWidget(part)
        self.setWidget(body)
