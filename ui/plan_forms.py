"""What is asked for when a project's plans are told: a milestone, a risk, a contract, a spending plan.

Must not know what was planned before, nor change the portfolio but through `Editing`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from tracker.budgeting import read_day, read_kroner, write_day
from tracker.fields import FIELD
from tracker.kinds import VatConvention
from tracker.messages import Message, Refusal, message
from tracker.model import Contract, Milestone, ProjectId, RecordId, Risk
from tracker.periods import Period
from tracker.planning import (
    TERTIALS,
    USUAL_MILESTONES,
    Threaded,
    by_tertial,
    name_of,
    plans_of,
    put,
    remove,
    set_spending_plan,
    spending_plan_of,
)
from ui.asking import FormField
from ui.desk import Desk
from ui.editing import Editing

MONTHS = (
    message("Jan"),
    message("Feb"),
    message("Mars"),
    message("April"),
    message("Mai"),
    message("Juni"),
    message("Juli"),
    message("Aug"),
    message("Sep"),
    message("Okt"),
    message("Nov"),
    message("Des"),
)
VAT_TITLES = {VatConvention.NET: message("Uten mva."), VatConvention.GROSS: message("Med mva.")}
_WRITE_AMOUNT = FIELD["year_end_forecast"].write
Values = Mapping[str, str]
_OPEN, _OVER = "open", "over"


class PlanForms:
    """Asks, and tells the plans of the period; what can't be done is told."""

    def __init__(self, desk: Desk, editing: Editing) -> None:
        self._desk, self._editing, self._say = desk, editing, desk.say

    def milestone(self, project: str, known: Milestone | None = None) -> None:
        """Add a milestone, or change one."""
        say, told = self._say, known or self._new_milestone(project)
        if told is None:
            return
        fields = [
            FormField(key="name", title=say(message("Milepæl")), value=told.name),
            FormField(
                key="planned",
                title=say(message("Planlagt (dd.mm.åååå)")),
                value=write_day(told.planned) if known else "",
            ),
            FormField(key="reached", title=say(message("Nådd (tom: ikke ennå)")), value=_day_text(told.reached)),
        ]
        self._ask(message("Milepæl"), fields, lambda values: _milestone(told, values))

    def usual_milestones(self, project: str) -> None:
        """Offer the usual steps that the project doesn't have; those that get a date are added."""
        say, period = self._say, self._desk.session.period
        if period is None:
            return
        known = {one.name for one in plans_of(self._desk.session.portfolio, Milestone, ProjectId(project), period)}
        names = {str(at): say(one) for at, one in enumerate(USUAL_MILESTONES) if say(one) not in known}
        asked = self._desk.ask.form(
            say(message("Vanlige milepæler: skriv dato for dem prosjektet har (dd.mm.åååå)")),
            [FormField(key=key, title=name) for key, name in names.items()],
            say(message("Legg til")),
            check=lambda values: self._why_not(lambda: [_day(text) for text in values.values()]),
        )
        for key, text in (asked or {}).items():
            planned = _day(text)
            if planned is not None:
                told = self._new_milestone(project)
                if told is not None:
                    self._put(replace(told, name=names[key], planned=planned))

    def risk(self, project: str, known: Risk | None = None) -> None:
        """Add a risk, or change one."""
        say, told = self._say, known or self._new_risk(project)
        if told is None:
            return
        fields = [
            FormField(key="title", title=say(message("Hva kan gå galt")), value=told.title),
            FormField(key="owner", title=say(message("Risikoeier")), value=told.owner or ""),
            FormField(
                key="consequence",
                title=say(message("Konsekvens (1000 kr)")),
                value=_WRITE_AMOUNT(told.consequence) if known else "",
            ),
            FormField(
                key="likelihood",
                title=say(message("Sannsynlighet (%)")),
                value=str(told.likelihood) if known else "",
            ),
            FormField(key="measure", title=say(message("Tiltak")), value=told.measure),
            FormField(
                key="state",
                title=say(message("Risikoen er")),
                value=_OVER if told.is_over else _OPEN,
                choices=[(_OPEN, say(message("åpen"))), (_OVER, say(message("over")))],
            ),
        ]
        self._ask(message("Risiko"), fields, lambda values: _risk(told, values))

    def contract(self, project: str, known: Contract | None = None) -> None:
        """Add a contract, or change one."""
        say, told = self._say, known or self._new_contract(project)
        if told is None:
            return
        fields = [
            FormField(key="supplier", title=say(message("Leverandør")), value=told.supplier),
            FormField(key="title", title=say(message("Hva kontrakten gjelder")), value=told.title),
            FormField(
                key="amount",
                title=say(message("Kontraktsbeløp (1000 kr)")),
                value=_WRITE_AMOUNT(told.amount) if known else "",
            ),
            FormField(key="invoiced", title=say(message("Fakturert (1000 kr)")), value=_WRITE_AMOUNT(told.invoiced)),
            FormField(
                key="vat",
                title=say(message("Beløpene er")),
                value=told.vat.value,
                choices=[(one.value, say(title)) for one, title in VAT_TITLES.items()],
            ),
            FormField(key="signed", title=say(message("Inngått (dd.mm.åååå)")), value=_day_text(told.signed)),
        ]
        self._ask(message("Kontrakt"), fields, lambda values: _contract(told, values))

    def remove(self, told: Threaded) -> None:
        """Remove what was told, when that is agreed to."""
        say = self._say
        sentence = message("Fjerne {what} fra perioden? Tidligere perioder beholder det.", what=name_of(told))
        if self._desk.ask.confirm(say(sentence), say(message("Fjern"))):
            self._tell(self._editing.perform(lambda: remove(self._desk.session.portfolio, told)))

    def spending_plan(self, project: str, *, by_months: bool) -> None:
        """Plan the year's spending by month or by tertial; all empty removes the plan."""
        say, session, period = self._say, self._desk.session, self._desk.session.period
        if period is None:
            return
        plan = spending_plan_of(session.portfolio, ProjectId(project), period)
        known: tuple[int, ...] = () if plan is None else plan.amounts if by_months else by_tertial(plan)
        titles = MONTHS if by_months else _tertials()
        asked = self._desk.ask.form(
            say(message("Forbruksplan for {year:id} (1000 kr)", year=period.year)),
            [
                FormField(key=str(at), title=say(title), value=_WRITE_AMOUNT(known[at]) if known else "")
                for at, title in enumerate(titles)
            ],
            say(message("Lagre")),
            check=lambda values: self._why_not(lambda: _amounts(values)),
        )
        if asked is not None:
            amounts = _amounts(asked) if any(asked.values()) else None
            self._tell(
                self._editing.perform(
                    lambda: set_spending_plan(
                        session.portfolio, ProjectId(project), period, amounts, new_id=session.new_id
                    )
                )
            )

    def _ask(self, title: Message, fields: list[FormField], read: Callable[[Values], Threaded]) -> None:
        portfolio = self._desk.session.portfolio
        asked = self._desk.ask.form(
            self._say(title),
            fields,
            self._say(message("Lagre")),
            check=lambda values: self._why_not(lambda: put(portfolio, read(values))),
        )
        if asked is not None:
            self._put(read(asked))

    def _put(self, told: Threaded) -> None:
        self._tell(self._editing.perform(lambda: put(self._desk.session.portfolio, told)))

    def _tell(self, refusal: str) -> None:
        if refusal:
            self._desk.ask.tell(refusal)

    def _why_not(self, read: Callable[[], object]) -> str:
        try:
            read()
        except Refusal as refusal:
            return self._say(refusal.reason)
        return ""

    def _begun(self) -> tuple[RecordId, Period] | None:
        period = self._desk.session.period
        return None if period is None else (RecordId(self._desk.session.new_id()), period)

    def _new_milestone(self, project: str) -> Milestone | None:
        if (begun := self._begun()) is None:
            return None
        own, period = begun
        return Milestone(id=own, thread=own, project=ProjectId(project), period=period, name="", planned=period.ends)

    def _new_risk(self, project: str) -> Risk | None:
        if (begun := self._begun()) is None:
            return None
        own, period = begun
        return Risk(id=own, thread=own, project=ProjectId(project), period=period, title="")

    def _new_contract(self, project: str) -> Contract | None:
        if (begun := self._begun()) is None:
            return None
        own, period = begun
        return Contract(id=own, thread=own, project=ProjectId(project), period=period, supplier="")


def _milestone(told: Milestone, values: Values) -> Milestone:
    return replace(
        told, name=values["name"].strip(), planned=read_day(values["planned"]), reached=_day(values["reached"])
    )


def _risk(told: Risk, values: Values) -> Risk:
    likelihood = values["likelihood"].replace("%", "").strip() or "0"
    if not likelihood.isdecimal():
        raise Refusal(message("«{text}» er ikke en prosent: skriv et helt tall fra 0 til 100.", text=likelihood))
    return replace(
        told,
        title=values["title"].strip(),
        owner=values["owner"].strip() or None,
        consequence=_kroner(values["consequence"]),
        likelihood=int(likelihood),
        measure=values["measure"].strip(),
        is_over=values["state"] == _OVER,
    )


def _contract(told: Contract, values: Values) -> Contract:
    return replace(
        told,
        supplier=values["supplier"].strip(),
        title=values["title"].strip(),
        amount=_kroner(values["amount"]),
        invoiced=_kroner(values["invoiced"]),
        vat=VatConvention(values["vat"]),
        signed=_day(values["signed"]),
    )


def _amounts(values: Values) -> list[int]:
    return [_kroner(text) for text in values.values()]


def _kroner(text: str) -> int:
    return read_kroner(text) if text.strip() else 0


def _day(text: str) -> date | None:
    return read_day(text) if text.strip() else None


def _day_text(day: date | None) -> str:
    return "" if day is None else write_day(day)


def _tertials() -> tuple[Message, ...]:
    return tuple(message("{number:id}. tertial", number=at + 1) for at in range(TERTIALS))
