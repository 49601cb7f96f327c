"""The controller's page before locking: every finding in figures and texts, and what was put aside with its reason.

Must not judge, nor make an edit: it is asked for by signals.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from tracker.checking import Control
from tracker.flags import Flag, Severity
from tracker.guarding import is_locked
from tracker.kinds import Light
from tracker.messages import Message, message
from ui.desk import Desk
from ui.editing import Editing
from ui.findings_table import PUT_ASIDE, FindingsTable
from ui.flow import Flow
from ui.marks import Notice
from ui.plain import Label
from ui.session import View
from ui.theme import GRID, Step, sized

_ALL, _FIGURES, _TEXTS = "", "figures", "texts"


class ControlPage(QScrollArea):
    """Shows the findings of a period. What is asked for comes with the findings that are marked."""

    flag_asked = Signal(object)
    dismiss_asked = Signal(object)
    take_back_asked = Signal(object)

    def __init__(self, desk: Desk, editing: Editing) -> None:
        super().__init__()
        self._editing, self._say = editing, desk.say
        self._control = Control()
        self._can_dismiss = False
        say = self._say
        self.nothing = Notice(say(message("Kontrollen fant ingenting å flagge.")), Light.GREEN)
        self.title, self.counts, self.detail, self.aside_title = Label(), Label(), Label(), Label()
        self.severity = self._choice(message("Vis alvorlighetsgrad"))
        self.severity.addItem(say(message("Alle alvorlighetsgrader")), _ALL)
        for one in Severity:
            self.severity.addItem(say(one.word), one.value)
        self.kind = self._choice(message("Vis tall eller tekster"))
        for value, title in (
            (_ALL, message("Tall og tekster")),
            (_FIGURES, message("Bare tall")),
            (_TEXTS, message("Bare tekster")),
        ):
            self.kind.addItem(say(title), value)
        self.project = self._choice(message("Vis prosjekt"))
        self.table = FindingsTable(message("Funn i perioden"), say)
        self.aside = FindingsTable(message("Funn som er lagt til side"), say, headings=PUT_ASIDE)
        self.open = QPushButton(say(message("Vis i prosjektet")))
        self.dismiss = QPushButton(say(message("Legg de merkede til side …")))
        self.take_back = QPushButton(say(message("Hent de merkede fram igjen")))
        self._lay_out()
        self._connect()

    def show_view(self, view: View) -> None:
        """Show the findings of the view's period, its texts read; what is marked stays marked."""
        if view.period is None:
            return
        self._control = view.control
        locked = is_locked(view.portfolio, view.period)
        self._can_dismiss = self._editing.is_possible and not locked
        told = message("Kontroll: {period}", period=view.period)
        self.title.setText(self._say(told) if not locked else f"{self._say(told)} – {self._say(message('låst'))}")
        self._offer_projects()
        self._show_rows()

    def begin(self) -> None:
        """Put the cursor where work begins."""
        if self.table.isVisibleTo(self):
            self.table.begin()
        else:
            (self.severity if self.severity.isVisibleTo(self) else self.aside).setFocus()

    def finish(self) -> None:
        """Nothing waits here."""

    def _offer_projects(self) -> None:
        chosen = self.project.currentData()
        self.project.blockSignals(True)  # noqa: FBT003  Qt's argument
        self.project.clear()
        self.project.addItem(self._say(message("Alle prosjekter")), _ALL)
        counted = Counter(flag.project.name for flag in self._control.flags)
        for name, count in sorted(counted.items()):
            self.project.addItem(f"{name} ({count})", name)
        self.project.setCurrentIndex(max(self.project.findData(chosen), 0))
        self.project.blockSignals(False)  # noqa: FBT003  Qt's argument

    def _show_rows(self) -> None:
        flags = [flag for flag in self._control.flags if self._is_wanted(flag)]
        project = self.project.currentData()
        aside = [one for one in self._control.put_aside if project in {_ALL, one.project.name}]
        self.table.show_flags(flags)
        self.aside.show_put_aside(aside)
        self.counts.setText(" ".join(map(self._say, self._counted(flags))))
        self.aside_title.setText(self._say(message("Lagt til side ({count})", count=len(aside))))
        self.nothing.setVisible(not self._control.flags)
        for on_findings in (self.counts, self.severity, self.kind, self.project, self.open, self.dismiss):
            on_findings.setVisible(bool(self._control.flags))
        self.table.setVisible(bool(flags))
        for part in (self.aside_title, self.aside, self.take_back):
            part.setVisible(bool(aside))
        self._show_what_is_possible()

    def _is_wanted(self, flag: Flag) -> bool:
        kind = _FIGURES if flag.place is None else _TEXTS
        return (
            self.severity.currentData() in {_ALL, flag.severity.value}
            and self.kind.currentData() in {_ALL, kind}
            and self.project.currentData() in {_ALL, flag.project.name}
        )

    def _counted(self, shown: Sequence[Flag]) -> list[Message]:
        found = self._control.flags
        counted = Counter(flag.severity for flag in found)
        texts = sum(flag.place is not None for flag in found)
        told = [
            message(
                "{count} funn: {critical} kritiske, {warnings} advarsler og {notes} merknader.",
                count=len(found),
                critical=counted[Severity.CRITICAL],
                warnings=counted[Severity.WARNING],
                notes=counted[Severity.NOTE],
            )
        ]
        if texts:
            told.append(message("{texts} av dem er i tekster.", texts=texts))
        if found and not shown:
            told.append(message("Ingen av dem er slik du har valgt."))
        elif len(shown) != len(found):
            told.append(message("Viser {shown}.", shown=len(shown)))
        return told

    def _show_what_is_possible(self) -> None:
        chosen = self.table.chosen_flags()
        self.open.setEnabled(len(chosen) == 1)
        self.dismiss.setEnabled(self._can_dismiss and bool(chosen) and all(flag.place is not None for flag in chosen))
        self.take_back.setEnabled(self._can_dismiss and bool(self.aside.chosen_put_aside()))
        self._show_detail(chosen)

    def _show_detail(self, chosen: Sequence[Flag]) -> None:
        """Say all of a finding beneath the table, whose rows are a line each."""
        lines = []
        if len(chosen) == 1:
            (flag,) = chosen
            if flag.place is not None and flag.place.sentence and flag.quote:
                lines.append(f"«{' '.join(flag.place.sentence.split())}»")
            lines += [self._say(flag.finding.message), self._say(flag.rule.remedy)]
        elif any(flag.place is None for flag in chosen) and any(flag.place is not None for flag in chosen):
            lines.append(self._say(message("Flagg på tall kan ikke legges til side: de går bort når tallene endres.")))
        self.detail.setText("\n".join(lines))
        self.detail.setVisible(bool(lines))

    def _choice(self, name: Message) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(self._say(name))
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        return box

    def _ask_for_flag(self) -> None:
        chosen = self.table.chosen_flags()
        if len(chosen) == 1:
            self.flag_asked.emit(chosen[0])

    def _ask_to_dismiss(self) -> None:
        if self.dismiss.isEnabled():
            self.dismiss_asked.emit(self.table.chosen_flags())

    def _ask_to_take_back(self) -> None:
        if self.take_back.isEnabled():
            self.take_back_asked.emit([one.dismissal for one in self.aside.chosen_put_aside()])

    def _lay_out(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.title.setFont(sized(self.title.font(), Step.HEADING, bold=True))
        self.aside_title.setFont(sized(self.aside_title.font(), Step.BODY, bold=True))
        self.counts.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        for label in (self.counts, self.detail):
            label.setWordWrap(True)
        self.detail.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        body = QWidget()
        lines = QVBoxLayout(body)
        lines.setContentsMargins(2 * GRID, GRID, 2 * GRID, 2 * GRID)
        lines.setSpacing(GRID)
        lines.addWidget(self.title)
        lines.addWidget(self.counts)
        lines.addWidget(self.nothing)
        lines.addLayout(Flow(self.severity, self.kind, self.project, self.open, self.dismiss))
        lines.addWidget(self.table, 100)
        lines.addWidget(self.detail)
        lines.addWidget(self.aside_title)
        lines.addLayout(Flow(self.take_back))
        lines.addWidget(self.aside)
        lines.addStretch(1)
        self.setWidget(body)

    def _connect(self) -> None:
        for box in (self.severity, self.kind, self.project):
            box.currentIndexChanged.connect(lambda _: self._show_rows())
        for table in (self.table, self.aside):
            table.itemSelectionChanged.connect(self._show_what_is_possible)
        self.table.opened.connect(self._ask_for_flag)
        self.table.deleted.connect(self._ask_to_dismiss)
        self.open.clicked.connect(self._ask_for_flag)
        self.dismiss.clicked.connect(self._ask_to_dismiss)
        self.take_back.clicked.connect(self._ask_to_take_back)
