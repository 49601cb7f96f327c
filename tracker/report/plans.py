"""The report's parts on plans: the next milestone of each project, the largest risks, what contracts bind.

Must not know how a plan is told. Contracts with VAT and those without have sums of their own.
"""

from __future__ import annotations

from collections.abc import Iterator

from tracker.figures import ProjectFigures
from tracker.kinds import VatConvention
from tracker.messages import message
from tracker.model import Contract, Milestone, Risk
from tracker.plan_history import bound_by, expected_loss, milestone_paths, next_milestone
from tracker.planning import plans_of
from tracker.report.basis import NAME, Basis
from tracker.report.content import Cell, Column, ColumnKind, Emphasis, Part, PartName, Row, Source, Table

MILESTONES = PartName("milestones", message("Milepæler"))
RISKS = PartName("risks", message("Risiko"))
CONTRACTS = PartName("contracts", message("Kontrakter"))
_MOST_RISKS = 10
_PERCENT = 100
_MILESTONE = Column(key="milestone", title=message("Neste milepæl"))
_PLANNED = Column(key="planned", title=message("Planlagt"))
_FIRST = Column(key="first_planned", title=message("Først planlagt"))
_SLIP = Column(key="slip_days", title=message("Forskjøvet (dager)"), kind=ColumnKind.COUNT)
_QUARTERS = Column(key="slip_quarters", title=message("Kvartaler"), kind=ColumnKind.COUNT)
_RISK = Column(key="risk", title=message("Risiko"))
_CONSEQUENCE = Column(key="consequence", title=message("Konsekvens"), kind=ColumnKind.THOUSANDS)
_LIKELIHOOD = Column(key="likelihood", title=message("Sannsynlighet"), kind=ColumnKind.PERCENT)
_LOSS = Column(key="expected_loss", title=message("Forventet tap"), kind=ColumnKind.THOUSANDS)
_MEASURE = Column(key="measure", title=message("Tiltak"), kind=ColumnKind.LONG_TEXT)
_SUPPLIER = Column(key="supplier", title=message("Leverandør"))
_AMOUNT = Column(key="contract_amount", title=message("Kontraktsbeløp"), kind=ColumnKind.THOUSANDS)
_INVOICED = Column(key="invoiced", title=message("Fakturert"), kind=ColumnKind.THOUSANDS)
_REST = Column(key="rest", title=message("Rest"), kind=ColumnKind.THOUSANDS)
_TITLES = {
    VatConvention.NET: message("Kontrakter uten mva."),
    VatConvention.GROSS: message("Kontrakter med mva."),
}
_SUM = message("Sum")
_NOTHING = message("Ingenting er meldt.")


def milestones_part(basis: Basis) -> Part | None:
    """List each project's next milestone and how far it has slipped; None where no project has one ahead."""
    rows = list(_milestone_rows(basis))
    if not rows:
        return None
    columns = (NAME, _MILESTONE, _PLANNED, _FIRST, _SLIP, _QUARTERS)
    return Part(
        id=MILESTONES.id,
        title=MILESTONES.title,
        intro=((message("Neste milepæl i hvert prosjekt. Forskyvningen regnes fra datoen som først ble planlagt."),),),
        tables=(Table(id="milestones", columns=columns, rows=tuple(rows), empty=_NOTHING),),
    )


def risks_part(basis: Basis) -> Part | None:
    """List the ten largest open risks by expected loss; None where no project has any."""
    found = [
        (figures, risk)
        for figures in basis.figures.projects
        for risk in plans_of(basis.portfolio, Risk, figures.project.id, basis.period)
        if not risk.is_over
    ]
    if not found:
        return None
    largest = sorted(found, key=lambda pair: -expected_loss(pair[1]))[:_MOST_RISKS]
    rows = [
        _row(
            figures,
            risk,
            risk.title,
            risk.consequence,
            risk.likelihood / _PERCENT,
            expected_loss(risk),
            risk.measure,
        )
        for figures, risk in largest
    ]
    columns = (NAME, _RISK, _CONSEQUENCE, _LIKELIHOOD, _LOSS, _MEASURE)
    return Part(
        id=RISKS.id,
        title=RISKS.title,
        intro=(
            (
                message(
                    "De {count} største av {all} åpne risikoer etter forventet tap: konsekvens ganger sannsynlighet.",
                    count=len(rows),
                    all=len(found),
                ),
            ),
        ),
        tables=(Table(id="risks", columns=columns, rows=tuple(rows), empty=_NOTHING),),
    )


def contracts_part(basis: Basis) -> Part | None:
    """List the contracts with what they bind, a table for each VAT convention; None where there are none."""
    found = [
        (figures, contract)
        for figures in basis.figures.projects
        for contract in plans_of(basis.portfolio, Contract, figures.project.id, basis.period)
    ]
    if not found:
        return None
    tables = []
    for bound in bound_by(contract for _, contract in found):
        rows = [
            _row(figures, one, one.supplier, one.amount, one.invoiced, one.amount - one.invoiced)
            for figures, one in found
            if one.vat is bound.vat
        ]
        closing = Row(cells=(_SUM, None, bound.amount, bound.invoiced, bound.rest), emphasis=Emphasis.SUM)
        tables.append(
            Table(
                id=f"contracts-{bound.vat.value}",
                title=_TITLES[bound.vat],
                columns=(NAME, _SUPPLIER, _AMOUNT, _INVOICED, _REST),
                rows=(*rows, closing),
                empty=_NOTHING,
            )
        )
    return Part(
        id=CONTRACTS.id,
        title=CONTRACTS.title,
        intro=((message("Bundet og fakturert per kontrakt. Beløp med og uten mva. summeres hver for seg."),),),
        tables=tuple(tables),
    )


def _milestone_rows(basis: Basis) -> Iterator[Row]:
    for figures in basis.figures.projects:
        ahead = next_milestone(milestone_paths(basis.portfolio, figures.project.id, basis.period))
        if ahead is not None:
            planned, first = (f"{day:%d.%m.%Y}" for day in (ahead.now.planned, ahead.first.planned))
            yield _row(figures, ahead.now, ahead.now.name, planned, first, ahead.slip_days, ahead.slip_quarters)


def _row(figures: ProjectFigures, record: Milestone | Risk | Contract, *cells: Cell) -> Row:
    source = Source(records=(record.id,))
    return Row(cells=(figures.project.name, *cells), project=figures.project.id, source=source)
