"""The report's part with what is proposed for the council: its paragraph point by point, and the tables it adopts.

Must not know how a line is entered, nor count what isn't decided in any other figure of the report.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from tracker.budgeting import MONEYS, by_money, in_order, key_of
from tracker.kinds import BudgetKind, BudgetStatus, ProjectKind
from tracker.messages import Message, message
from tracker.model import BudgetLine
from tracker.owners import Owners
from tracker.report.basis import Basis
from tracker.report.budget_tables import NEEDS_FUNDING, kind_tables, sums_table
from tracker.report.content import Column, ColumnKind, Paragraph, Part, PartName, Row, Source, Table
from tracker.report.resolution import Frame, points_of

PROPOSED_CHANGES = PartName("budget-proposals", message("Forslag til vedtak"))
TITLES: Mapping[BudgetKind, Message] = {
    BudgetKind.ORIGINAL: message("Opprinnelig budsjett"),
    BudgetKind.CARRY_OVER: message("Overføring fra året før"),
    BudgetKind.BETWEEN_YEARS: message("Flytting mellom år"),
    BudgetKind.GRANT: message("Tilleggsbevilgninger"),
    BudgetKind.CUT: message("Nedtrekk"),
    BudgetKind.PRICE_ADJUSTMENT: message("Prisjusteringer"),
    BudgetKind.REALLOCATION: message("Omdisponeringer"),
}
"""What is proposed, in the order in which a council decides it: last year's money first, then new money."""

_PROPOSED = Source(told=message("Vedtatt budsjett og forslagene i tabellene"))


def proposed_changes_part(basis: Basis) -> Part | None:
    """Build what is proposed: what the council adopts, and a numbered table a kind; None if nothing is proposed.

    A proposal is of today: the newest period's report has it, and no older one.
    """
    if basis.period != max(basis.portfolio.periods(), default=basis.period):
        return None
    proposed = in_order(
        basis.portfolio,
        (line for line in basis.portfolio.budget_lines.values() if line.status is BudgetStatus.PROPOSED),
    )
    kinds = [own for kind in TITLES if (own := [line for line in proposed if line.kind is kind])]
    lines = [line for own in kinds for line in own]
    if not lines:
        return None
    frame, part = _frame(basis, lines), PROPOSED_CHANGES.id
    return Part(
        id=part,
        title=PROPOSED_CHANGES.title,
        intro=(
            *_warnings(basis, lines),
            (message("Kommunedirektørens forslag til vedtak:"),),
            *points_of(basis, kinds, frame),
        ),
        tables=(
            sums_table(f"{part}-sums", message("Forslagene samlet"), basis, lines, titles=TITLES),
            _frame_table(frame),
            *kind_tables(part, basis, [(_titled(number, own), own) for number, own in enumerate(kinds, start=1)]),
        ),
    )


def _titled(number: int, lines: Sequence[BudgetLine]) -> Message:
    return message("Tabell {number}: {title}", number=number, title=TITLES[lines[0].kind])


def _frame(basis: Basis, lines: Sequence[BudgetLine]) -> Frame:
    """Return what the budget is before and after; a running programme has no total to change.

    A year that has ended keeps its budget: what is proposed in its report changes the next one.
    """
    owners, sums = Owners(basis.portfolio), basis.figures.all
    year = basis.period.year + 1 if basis.is_year else basis.period.year
    return Frame(
        year=year,
        revised=_budget_of(basis, year) if basis.is_year else sums.revised_budget,
        revised_change=sum(line.year_amount for line in lines if line.budget_year == year),
        total=sums.total_budget,
        total_change=sum(
            line.total_amount
            for line in lines
            if basis.portfolio.projects[owners.of_line(line)].kind is ProjectKind.PROJECT
        ),
    )


def _budget_of(basis: Basis, year: int) -> int | None:
    """Return the projects' budget of a year as it has been decided, None where none has."""
    decided = [
        line.year_amount
        for line in basis.portfolio.budget_lines.values()
        if line.budget_year == year and line.status is BudgetStatus.DECIDED
    ]
    return sum(decided) if decided else None


def _frame_table(frame: Frame) -> Table:
    titles = (
        ("before", message("Før forslagene")),
        ("change", message("Endring")),
        ("after", message("Etter forslagene")),
    )
    rows = (
        (message("Revidert budsjett {year:id}", year=frame.year), frame.revised, frame.revised_change),
        (message("Vedtatt totalt"), frame.total, frame.total_change),
    )
    return Table(
        id=f"{PROPOSED_CHANGES.id}-frame",
        title=message("Budsjettet før og etter forslagene"),
        columns=(
            Column(key="what", title=message("Budsjett")),
            *(Column(key=key, title=title, kind=ColumnKind.THOUSANDS) for key, title in titles),
        ),
        rows=tuple(
            Row(cells=(title, before, change, before + change), source=_PROPOSED)
            for title, before, change in rows
            if before is not None
        ),
        empty=message("Ingen"),
    )


def _warnings(basis: Basis, lines: Sequence[BudgetLine]) -> Iterator[Paragraph]:
    """Say what the figures hold, and what must be settled before the council can decide."""
    told = [message("Forslagene er ikke med i budsjettallene i resten av rapporten før de er vedtatt.")]
    unfunded = {key_of(line) for line in lines if line.kind in NEEDS_FUNDING and line.funding_source is None}
    if unfunded:
        told.append(message("{count} forslag mangler finansiering: oppgi den før vedtaket.", count=len(unfunded)))
    reallocated = [line for line in lines if line.kind is BudgetKind.REALLOCATION]
    for tag, own in by_money(basis.portfolio, reallocated).items():
        moved = sum(line.year_amount for line in own) or sum(line.total_amount for line in own)
        if tag is not None and moved:
            told.append(
                message(
                    "Omdisponeringene endrer summen for «{money}» med {moved:kr}: midlene skal holdes atskilt.",
                    money=MONEYS[tag],
                    moved=moved,
                )
            )
    yield tuple(told)
