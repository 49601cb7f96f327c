"""The page that a portfolio opens on: what needs attention now, and how the whole stands.

Must not know how a project is shown; everything in it asks for one, or for a list of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from tracker.figures import Sums
from tracker.messages import Message, message
from tracker.money import in_thousands, write_number
from ui.attention import Group, areas, days_left, groups_of, largest_deviations, slips
from ui.charts import Bar, DeviationBars, PairedBar, PairedBars, SlipBars
from ui.flow import Flow
from ui.marks import MarkIcon, sign_size
from ui.plain import Label
from ui.session import View
from ui.theme import GRID, Step, sized, tabular
from ui.words import Say, period_title


class OverviewPage(QScrollArea):
    """Shows a period as a whole. `show_view` is the only way in."""

    project_asked = Signal(str)
    group_asked = Signal(object)
    area_asked = Signal(str)
    deadline_asked = Signal()

    def __init__(self, say: Say, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._say = say
        self._view: View | None = None
        self.title, self.owner = Label(), Label()
        self.deadline = QPushButton()
        self.deadline.setFlat(True)
        self.figures = [_Figure(say(title)) for title in _FIGURES]
        self.groups = QVBoxLayout()
        self.groups.setSpacing(GRID // 2)
        self.areas, self.deviations, self.slips = PairedBars(), DeviationBars(), SlipBars()
        self._lay_out()
        self.areas.activated.connect(self.area_asked)
        self.deviations.activated.connect(self.project_asked)
        self.slips.activated.connect(self.project_asked)
        self.deadline.clicked.connect(self.deadline_asked)

    def show_view(self, view: View, *, who: str, today: date) -> None:
        """Show the view's period."""
        if view.figures is None or view.period is None:
            return
        self._view = view
        self.title.setText(self._say(period_title(view.period)))
        self.owner.setText(view.portfolio.municipality)
        self.deadline.setText(self._say(_deadline(days_left(view.portfolio, view.period, today), today)))
        self.deadline.setEnabled(not view.portfolio.is_package)
        self._show_sums(view.figures.all, len(view.figures.projects))
        self._show_groups(groups_of(view, who=who))
        self._show_areas(view)
        self._show_deviations(view)
        self._show_slips(view)

    def begin(self) -> None:
        """Put the cursor where work begins."""
        first = self.groups.itemAt(0)
        widget = None if first is None else first.widget()
        if widget is not None:
            widget.setFocus()

    def _show_sums(self, sums: Sums, count: int) -> None:
        rate = sums.completion_rate
        shown = (
            write_number(count),
            write_number(in_thousands(sums.revised_budget)),
            write_number(in_thousands(sums.actual)),
            write_number(in_thousands(sums.reported_deviation)),
            "-" if rate is None else self._say(message("{share:pct}", share=rate)).replace("prosent", "%"),
        )
        for figure, text in zip(self.figures, shown, strict=True):
            figure.value.setText(text)

    def _show_groups(self, groups: Sequence[Group]) -> None:
        while (item := self.groups.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for group in groups:
            button = self._group_button(group)
            self.groups.addWidget(button)
            # At once, and not when the layout comes to it: nothing may blink.
            button.show()
        if not groups:
            self.groups.addWidget(Label(self._say(message("Ingenting krever oppfølging nå."))))

    def _group_button(self, group: Group) -> QPushButton:
        title = self._say(group.title)
        button = QPushButton(f"{write_number(group.count)}   {title}")
        button.setAccessibleName(
            self._say(message("{title}: vis {count} {count:prosjekt|prosjekter}", title=title, count=group.count))
        )
        button.setObjectName(f"group-{group.id}")
        button.setStyleSheet(f"QPushButton {{ text-align: left; padding: {GRID // 2}px {GRID}px; }}")
        # The application's palette: a page gets its own a moment after the look has changed.
        button.setIcon(MarkIcon(group.severity, QApplication.palette()))
        button.setIconSize(sign_size(button.fontMetrics()))
        button.clicked.connect(lambda: self.group_asked.emit(group))
        return button

    def _show_areas(self, view: View) -> None:
        unknown = self._say(message("Ikke oppgitt"))
        bars = [
            PairedBar(
                key=area or "-",
                name=area or unknown,
                first=budget,
                second=actual,
                first_text=write_number(in_thousands(budget)),
                second_text=write_number(in_thousands(actual)),
                tip=self._say(
                    message(
                        "{area}: revidert budsjett {budget:tkr}, regnskap {actual:tkr}",
                        area=area or unknown,
                        budget=budget,
                        actual=actual,
                    )
                ),
            )
            for area, budget, actual in areas(view)
        ]
        self.areas.show_bars(
            bars,
            legend=(self._say(message("Revidert budsjett")), self._say(message("Regnskap"))),
            empty=self._say(message("Ingen tall ennå")),
        )

    def _show_deviations(self, view: View) -> None:
        bars = [
            Bar(
                key=entry.project.id,
                name=entry.project.name,
                value=kroner,
                text=write_number(in_thousands(kroner)),
                tip=self._say(message("{project}: avvik {kroner:tkr}", project=entry.project.name, kroner=kroner)),
            )
            for entry, kroner in largest_deviations(view)
        ]
        self.deviations.show_bars(bars, empty=self._say(message("Ingen avvik")))

    def _show_slips(self, view: View) -> None:
        bars = [
            Bar(
                key=entry.project.id,
                name=entry.project.name,
                value=quarters,
                text=self._say(message("{count} {count:kvartal|kvartaler}", count=quarters)),
                tip=self._say(
                    message(
                        "{project}: flyttet {count} {count:kvartal|kvartaler}",
                        project=entry.project.name,
                        count=quarters,
                    )
                ),
            )
            for entry, quarters in slips(view)
        ]
        self.slips.show_bars(bars, empty="")
        self._slip_box.setVisible(bool(bars))

    def _lay_out(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.title.setFont(sized(self.title.font(), Step.TITLE, bold=True))
        self.owner.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        body = QWidget()
        lines = QVBoxLayout(body)
        lines.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 3 * GRID)
        lines.setSpacing(3 * GRID)
        heading = QHBoxLayout()
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(self.title)
        names.addWidget(self.owner)
        heading.addLayout(names, 1)
        heading.addWidget(self.deadline, alignment=Qt.AlignmentFlag.AlignTop)
        lines.addLayout(heading)
        figures = Flow(*self.figures)
        figures.setSpacing(5 * GRID)
        lines.addLayout(figures)
        grid = QGridLayout()
        grid.setHorizontalSpacing(5 * GRID)
        grid.setVerticalSpacing(3 * GRID)
        grid.addWidget(self._boxed(message("Krever oppfølging"), self.groups), 0, 0)
        grid.addWidget(self._boxed(message("Budsjett og regnskap per tjenesteområde (1000 kr)"), self.areas), 0, 1)
        grid.addWidget(self._boxed(message("Største avvik begge veier (1000 kr)"), self.deviations), 1, 0, 1, 2)
        self._slip_box = self._boxed(message("Forskyvning i ferdigdato siden forrige periode"), self.slips)
        grid.addWidget(self._slip_box, 2, 0, 1, 2)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 3)
        lines.addLayout(grid)
        lines.addStretch()
        self.setWidget(body)

    def _boxed(self, title: Message, content: QWidget | QVBoxLayout) -> QWidget:
        box = QWidget()
        lines = QVBoxLayout(box)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(GRID)
        heading = Label(self._say(title))
        heading.setFont(sized(heading.font(), Step.HEADING, bold=True))
        heading.setWordWrap(True)  # at twice the size two headings beside each other are wider than a window
        lines.addWidget(heading)
        if isinstance(content, QWidget):
            content.setAccessibleName(self._say(title))
            lines.addWidget(content)
        else:
            lines.addLayout(content)
        lines.addStretch()
        return box


class _Figure(QWidget):
    """A figure under its title."""

    def __init__(self, title: str) -> None:
        super().__init__()
        label = Label(title)
        label.setFont(sized(label.font(), Step.SMALL))
        label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.value = Label()
        self.value.setFont(tabular(sized(self.value.font(), Step.TITLE, bold=True)))
        self.value.setAccessibleDescription(title)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addWidget(label)
        lines.addWidget(self.value)


_LONG_AGO = 60
"""Days after which the date says more than how long ago it was."""

_FIGURES = (
    message("Prosjekter"),
    message("Revidert budsjett (1000 kr)"),
    message("Regnskap (1000 kr)"),
    message("Avvik (1000 kr)"),
    message("Gjennomføringsgrad"),
)


def _deadline(days: int | None, today: date) -> Message:
    if days is None:
        return message("Sett frist …")
    if days < -_LONG_AGO:
        return message("Fristen var {day}", day=today + timedelta(days=days))
    if days < 0:
        return message("Fristen gikk ut for {days} {days:dag|dager} siden", days=-days)
    return message("Fristen er i dag") if days == 0 else message("{days} {days:dag|dager} til fristen", days=days)
