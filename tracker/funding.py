"""Where the money comes from: budgeted and received per source, for a project or for all, and what has no source yet.

Must not know a window. Amounts are whole kroner, positive for money in. Source of the kinds of funding: budsjett- og
regnskapsforskriften § 5-5 første ledd.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from tracker.edits import Change, Edit, added
from tracker.figures import PeriodFigures, live_figures_of
from tracker.kinds import BudgetStatus, FundingSource, LedgerContent
from tracker.messages import Message, Refusal, message
from tracker.model import Decision, FundingLine, Portfolio, ProjectId, RecordId
from tracker.owners import Owners, counted_sums
from tracker.periods import Period


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFigures:
    """What one source gives in a year. `actual` is None where the ledger of the year doesn't say what came in."""

    source: FundingSource
    original: int
    revised: int
    actual: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Funding:
    """A project's funding in a period, or everybody's: `unfunded` is None where nothing is known of its sources."""

    sources: tuple[SourceFigures, ...]
    revised_budget: int
    unfunded: int | None

    @property
    def is_known(self) -> bool:
        """Whether anybody has said where the money comes from."""
        return bool(self.sources)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewFunding:
    """Money for a year from a source: for one project, or with no project for all of them.

    Raises Refusal for nothing, and for a decided line without a decision.
    """

    project: ProjectId | None
    year: int
    source: FundingSource
    amount: int
    decision: Decision | None = None
    is_proposed: bool = False
    note: str = ""

    def __post_init__(self) -> None:
        if not self.amount:
            raise Refusal(message("Beløpet er null: skriv hvor mye finansieringen er på."))
        if self.decision is None and not self.is_proposed:
            raise Refusal(message("En vedtatt finansiering må ha et vedtak: skriv organ, saksnummer og dato."))


def add_funding(portfolio: Portfolio, wanted: NewFunding, *, today: date, new_id: Callable[[], str]) -> Edit:
    """Enter where money comes from. The first line of a source and year that is decided before it is its original.

    Raises Refusal when the project isn't there.
    """
    if wanted.project is not None and wanted.project not in portfolio.projects:
        raise Refusal(message("Prosjektet finnes ikke lenger: velg et annet."))
    on = today if wanted.decision is None else wanted.decision.on
    line = FundingLine(
        id=RecordId(new_id()),
        project=wanted.project,
        budget_year=wanted.year,
        source=wanted.source,
        amount=wanted.amount,
        takes_effect=max(on, date(wanted.year, 1, 1)),
        decision=wanted.decision,
        note=wanted.note,
        status=BudgetStatus.PROPOSED if wanted.is_proposed else BudgetStatus.DECIDED,
    )
    return added(message("Finansiering for {name}", name=_name(portfolio, line)), [line])


def remove_funding(portfolio: Portfolio, line_id: RecordId) -> Edit:
    """Take a funding line away.

    Raises Refusal when it is gone already.
    """
    line = portfolio.funding_lines.get(line_id)
    if line is None:
        raise Refusal(message("Finansieringen er fjernet allerede."))
    return Edit(message("Fjernet finansiering for {name}", name=_name(portfolio, line)), (Change(line, None),))


def funding_of(portfolio: Portfolio, period: Period, project: ProjectId) -> Funding:
    """Return where a project's money of the year comes from, up to a period."""
    figures = live_figures_of(portfolio, period, with_idle=True)
    revised = next((one.revised_budget for one in figures.projects if one.project.id == project), 0)
    owners = Owners(portfolio)
    own = [
        line
        for line in portfolio.funding_lines.values()
        if line.project is not None and owners.standing(line.project) == project
    ]
    return _funding(portfolio, period, own, revised, lambda owner: owner == project)


def funding_of_all(portfolio: Portfolio, period: Period, figures: PeriodFigures) -> Funding:
    """Return where everybody's money of the year comes from, up to a period."""
    return _funding(
        portfolio, period, portfolio.funding_lines.values(), figures.all.revised_budget, lambda _owner: True
    )


def knows_actual_funding(portfolio: Portfolio, year: int) -> bool:
    """Whether the ledger of a year says what came in: a published report doesn't."""
    return any(
        batch.year == year
        and not batch.withdrawn
        and batch.content is not LedgerContent.PUBLISHED
        and any(entry.funding is not None for entry in batch.sums)
        for batch in portfolio.ledger_batches.values()
    )


def _funding(
    portfolio: Portfolio,
    period: Period,
    lines: Iterable[FundingLine],
    revised_budget: int,
    counts: Callable[[ProjectId | None], bool],
) -> Funding:
    decided = [
        line
        for line in lines
        if line.budget_year == period.year and line.status is BudgetStatus.DECIDED and line.takes_effect <= period.ends
    ]
    budgeted = _sums((line.source, line.amount) for line in decided)
    original = _sums((line.source, line.amount) for line in decided if line.takes_effect <= date(period.year, 1, 1))
    is_known = knows_actual_funding(portfolio, period.year)
    owners = Owners(portfolio)
    received = _sums(
        # Money that comes in stands in credit, below zero, among a project's lines.
        (entry.funding, -entry.amount)
        for entry in counted_sums(portfolio)
        if entry.funding is not None
        and entry.year == period.year
        and entry.month <= period.part.last_month
        and counts(owners.of_sum(entry))
    )
    sources = tuple(
        SourceFigures(
            source=source,
            original=original.get(source, 0),
            revised=budgeted.get(source, 0),
            actual=received.get(source, 0) if is_known else None,
        )
        for source in FundingSource
        if source in budgeted or source in received
    )
    unfunded = revised_budget - sum(budgeted.values()) if budgeted else None
    return Funding(sources=sources, revised_budget=revised_budget, unfunded=unfunded)


def _sums(amounts: Iterable[tuple[FundingSource, int]]) -> Mapping[FundingSource, int]:
    sums: dict[FundingSource, int] = defaultdict(int)
    for source, amount in amounts:
        sums[source] += amount
    return sums


def _name(portfolio: Portfolio, line: FundingLine) -> str | Message:
    return message("alle prosjektene") if line.project is None else portfolio.projects[line.project].name
