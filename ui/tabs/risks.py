"""What may go wrong in a project, and what money is bound to whom, beside what was told the period before.

Must not derive a figure, nor make an edit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

from PySide6.QtWidgets import QPushButton

from tracker.budgeting import write_day
from tracker.messages import Message, message
from tracker.model import Contract, ProjectId, Risk
from tracker.money import in_thousands, write_number
from tracker.plan_history import before, bound_by, expected_loss, left_unbound, spent_with
from tracker.planning import plans_of
from ui.desk import Desk
from ui.editing import Editing
from ui.flow import Flow
from ui.plain import Label
from ui.plain_table import PlainTable
from ui.plan_forms import VAT_TITLES, PlanForms
from ui.session import View
from ui.tabs.tab import TabWidget

_Told = TypeVar("_Told", Risk, Contract)
_RISKS = (
    message("Risiko"),
    message("Konsekvens (1000 kr)"),
    message("Sannsynlighet (%)"),
    message("Forventet tap (1000 kr)"),
    message("Forrige periode"),
    message("Tilstand"),
    message("Eier"),
    message("Tiltak"),
)
_CONTRACTS = (
    message("Leverandør"),
    message("Beløp (1000 kr)"),
    message("Forrige periode"),
    message("Fakturert"),
    message("Rest"),
    message("Mva."),
    message("Inngått"),
    message("Gjelder"),
)


class RisksTab(TabWidget):
    """A row a risk, and beneath it a row a contract."""

    title = message("Risiko og kontrakter")

    def __init__(self, desk: Desk, editing: Editing) -> None:
        super().__init__(desk, editing)
        self.forms = PlanForms(desk, editing)
        self._project = ""
        self._risks: list[Risk] = []
        self._contracts: list[Contract] = []
        self.risks = PlainTable(self.say(message("Risikoer")), list(map(self.say, _RISKS)), numbers=(1, 2, 3, 4))
        self.contracts = PlainTable(
            self.say(message("Kontrakter")), list(map(self.say, _CONTRACTS)), numbers=(1, 2, 3, 4)
        )
        self.add_risk = self._button(message("Ny risiko …"), lambda: self.forms.risk(self._project))
        self.change_risk = self._button(
            message("Endre risikoen …"), lambda: self.forms.risk(self._project, _chosen(self.risks, self._risks))
        )
        self.remove_risk = self._button(
            message("Fjern risikoen …"), lambda: self._remove(_chosen(self.risks, self._risks))
        )
        self.add_contract = self._button(message("Ny kontrakt …"), lambda: self.forms.contract(self._project))
        self.change_contract = self._button(
            message("Endre kontrakten …"),
            lambda: self.forms.contract(self._project, _chosen(self.contracts, self._contracts)),
        )
        self.remove_contract = self._button(
            message("Fjern kontrakten …"), lambda: self._remove(_chosen(self.contracts, self._contracts))
        )
        self.bound = Label()
        self.bound.setWordWrap(True)
        self.lines.addLayout(Flow(self.add_risk, self.change_risk, self.remove_risk))
        self.lines.addWidget(self.risks)
        self.lines.addLayout(Flow(self.add_contract, self.change_contract, self.remove_contract))
        self.lines.addWidget(self.bound)
        self.lines.addWidget(self.contracts)
        self.lines.addStretch(1)
        for table, change in ((self.risks, self.change_risk), (self.contracts, self.change_contract)):
            table.itemSelectionChanged.connect(self._show_what_is_possible)
            table.itemDoubleClicked.connect(lambda _, button=change: button.click())

    def show_project(self, view: View, project: str) -> None:
        """Show a project's risks, the largest expected loss first, and its contracts."""
        self._project = project
        if view.period is None:
            return
        own = ProjectId(project)
        self._risks = sorted(
            plans_of(view.portfolio, Risk, own, view.period), key=lambda risk: (-expected_loss(risk), risk.title)
        )
        self._contracts = plans_of(view.portfolio, Contract, own, view.period)
        self.risks.set_rows([self._risk_row(risk, before(view.portfolio, risk)) for risk in self._risks])
        self.contracts.set_rows(
            [self._contract_row(contract, before(view.portfolio, contract)) for contract in self._contracts]
        )
        self.bound.setText(" ".join(map(self.say, self._said_of_bound(view, own))))
        self._show_what_is_possible()

    def _risk_row(self, risk: Risk, last: Risk | None) -> list[str]:
        return [
            risk.title,
            _amount(risk.consequence),
            str(risk.likelihood),
            _amount(expected_loss(risk)),
            "-" if last is None else _amount(expected_loss(last)),
            self.say(message("Over") if risk.is_over else message("Åpen")),
            risk.owner or "-",
            risk.measure or "-",
        ]

    def _contract_row(self, contract: Contract, last: Contract | None) -> list[str]:
        return [
            contract.supplier,
            _amount(contract.amount),
            "-" if last is None else _amount(last.amount),
            _amount(contract.invoiced),
            _amount(contract.amount - contract.invoiced),
            self.say(VAT_TITLES[contract.vat]),
            "-" if contract.signed is None else write_day(contract.signed),
            contract.title or "-",
        ]

    def _said_of_bound(self, view: View, project: ProjectId) -> Iterator[Message]:
        bound = bound_by(self._contracts)
        for one in bound:
            yield message(
                "{vat}: bundet {amount:tkr}, derav fakturert {invoiced:tkr}; rest {rest:tkr}.",
                vat=VAT_TITLES[one.vat],
                amount=one.amount,
                invoiced=one.invoiced,
                rest=one.rest,
            )
        projects = () if view.figures is None else view.figures.projects
        figures = next((one for one in projects if one.project.id == project), None)
        if not bound or figures is None or figures.left_of_total is None:
            return
        left = left_unbound(bound, figures.left_of_total, spent_with(view.portfolio, project))
        if left is None:
            yield message("Kan ikke sammenlignes med resten av totalbudsjettet: regnskapet er ikke ført med samme mva.")
        else:
            yield message("Ikke bundet av resten av totalbudsjettet: {left:tkr}.", left=left)

    def _remove(self, chosen: Risk | Contract | None) -> None:
        if chosen is not None:
            self.forms.remove(chosen)

    def _show_what_is_possible(self) -> None:
        can_edit = self.editing.is_possible
        for button in (self.add_risk, self.add_contract):
            button.setEnabled(can_edit)
        for table, buttons in (
            (self.risks, (self.change_risk, self.remove_risk)),
            (self.contracts, (self.change_contract, self.remove_contract)),
        ):
            for button in buttons:
                button.setEnabled(can_edit and bool(table.selectedItems()))

    def _button(self, title: Message, act: Callable[[], object]) -> QPushButton:
        button = QPushButton(self.say(title))
        button.clicked.connect(lambda _=False: act())
        return button


def _chosen(table: PlainTable, shown: list[_Told]) -> _Told | None:
    rows = {item.row() for item in table.selectedItems()}
    return shown[min(rows)] if rows else None


def _amount(kroner: int) -> str:
    return write_number(in_thousands(kroner))
