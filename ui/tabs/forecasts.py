"""What was forecast for a project, period by period, how good it was, and the frames that the forecasts keep within.

Must not derive a figure, nor judge a forecast.
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout

from tracker.fields import FIELD
from tracker.forecasts import Forecast, Outcome, final_outcomes, forecasts_of, only, year_outcomes
from tracker.messages import message
from tracker.model import ProjectId
from tracker.money import in_thousands, write_number
from tracker.periods import Part, Period
from ui.charts import Bar, YearBars
from ui.desk import Desk
from ui.editing import Editing
from ui.fields import LineField
from ui.plain import Label
from ui.plain_table import PlainTable
from ui.session import View
from ui.tabs.tab import TabWidget
from ui.theme import FRAMED, GRID, tabular
from ui.words import period_title

FRAMES = ("contingency_left", "p50", "p85")


class ForecastsTab(TabWidget):
    """The frames, the history as a picture and a table, and what came of it."""

    title = message("Prognoser")

    def __init__(self, desk: Desk, editing: Editing) -> None:
        super().__init__(desk, editing)
        self.project = ""
        self.fields = {name: self._frame_field(name) for name in FRAMES}
        self.picture = YearBars()
        self.picture.setAccessibleName(self.say(message("Prognose for året, periode for periode")))
        self.table = PlainTable(
            self.say(self.title),
            [
                self.say(message("Periode")),
                self.say(message("Prognose for året")),
                self.say(message("Rev. budsjett")),
                self.say(message("Regnskap")),
                self.say(message("Prognoseavvik")),
                self.say(message("Sluttprognose")),
                self.say(message("Vedtatt totalt")),
                self.say(message("Mot total")),
                self.say(message("Sluttkostnad")),
            ],
            numbers=(1, 2, 3, 4, 5, 6, 7),
        )
        self.explained = Label(
            self.say(
                message(
                    "Prognoseavvik er prognosen minus det som kom, i prosent av det som kom. "
                    "Minus betyr at det ble brukt mer."
                )
            )
        )
        self.explained.setWordWrap(True)
        self._lay_out()

    def show_project(self, view: View, project: str) -> None:
        """Show a project's forecasts up to the view's period."""
        if view.period is None:
            return
        if project != self.project:
            self.finish()
        self.project = project
        for name, field in self.fields.items():
            field.set_value(self.editing.written(project, name))
            field.set_editable(editable=self.editing.is_possible)
        narrow = only(view.portfolio, ProjectId(project))
        told = [one for one in forecasts_of(narrow, ProjectId(project)) if one.period <= view.period]
        came = {one.said_in: one for one in year_outcomes(narrow, view.period)}
        final = {one.said_in: one for one in final_outcomes(narrow, view.period)}
        self.table.set_rows([self._row(one, came.get(one.period), final.get(one.period)) for one in reversed(told)])
        self.explained.setVisible(bool(came))
        self._show_picture(told)

    def finish(self) -> None:
        """Save what is being typed, now."""
        for field in self.fields.values():
            field.finish()

    def _show_picture(self, told: Iterable[Forecast]) -> None:
        bars = [
            Bar(
                key="",
                name=_short(one.period),
                value=amount,
                text=write_number(in_thousands(amount)),
                mark=one.figures.revised_budget,
                tip=self.say(message("{period}: {amount:tkr}", period=one.period, amount=amount)),
            )
            for one in told
            if (amount := one.figures.actual if one.period.part is Part.YEAR else one.year_end) is not None
        ]
        legend = (self.say(message("Prognose for året (årsmelding: regnskap)")), self.say(message("Revidert budsjett")))
        self.picture.show_bars(
            bars, empty=self.say(message("Ingen prognoser er gitt ennå.")), legend=legend if bars else None
        )

    def _row(self, one: Forecast, came: Outcome | None, final: Outcome | None) -> list[str]:
        figures = one.figures
        over = None if one.final_cost is None or figures.total_budget is None else figures.total_budget - one.final_cost
        return [
            self.say(period_title(one.period)),
            _amount(one.year_end),
            _amount(figures.revised_budget),
            _amount(figures.actual),
            self._share(came),
            _amount(one.final_cost),
            _amount(figures.total_budget),
            _amount(over),
            self._final(final),
        ]

    def _final(self, final: Outcome | None) -> str:
        if final is None:
            return ""
        return self.say(
            message("Sluttkostnaden ble {came:tkr}, et avvik på {miss:tkr}.", came=final.came, miss=final.miss)
        )

    def _share(self, outcome: Outcome | None) -> str:
        if outcome is None or outcome.share is None:
            return "-"
        return self.say(message("{share:pct}", share=outcome.share))

    def _frame_field(self, name: str) -> LineField:
        field = LineField(
            self.say(FIELD[name].title),
            lambda typed: self.editing.fill_in(self.project, name, typed),
            unit=self.say(message("1000 kr")),
        )
        field.line.setFont(tabular(field.line.font()))
        return field

    def _lay_out(self) -> None:
        self.setStyleSheet(FRAMED)
        frames = QGridLayout()
        frames.setHorizontalSpacing(3 * GRID)
        for column, field in enumerate(self.fields.values()):
            frames.addWidget(field, 0, column, Qt.AlignmentFlag.AlignTop)
            frames.setColumnStretch(column, 1)
        self.lines.addLayout(frames)
        for widget in (self.table, self.explained, self.picture):
            self.lines.addWidget(widget)
        self.lines.addStretch()


def _amount(kroner: int | None) -> str:
    return "-" if kroner is None else write_number(in_thousands(kroner))


def _short(period: Period) -> str:
    return str(period.year) if period.part is Part.YEAR else f"{period.part.value} {period.year}"
