"""The appropriation statement § 5-5, first part, computed from projects and funding, and where it can't be, why.

Must not know what is printed: that is tied out apart. Amounts are whole kroner, in the statement's own signs:
expenditure positive, income negative. Source: budsjett- og regnskapsforskriften § 5-5 første ledd.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tracker.figures import PeriodFigures, ProjectFigures, figures_of
from tracker.funding import Funding, funding_of_all, knows_actual_funding
from tracker.kinds import FundingSource
from tracker.messages import Message, message
from tracker.model import Portfolio, RecordId
from tracker.periods import Period
from tracker.statement_check.known import (
    CARRIED,
    FIXED_ASSETS,
    GRANTS_GIVEN,
    SUM_EXPENDITURE,
    SUM_INCOME,
    SUM_TRANSFERS,
)

GRANTED_AREAS_SETTING = RecordId("statement.granted-areas")
"""The service areas whose investments are somebody else's, parted by semicolons."""
_USUAL_GRANTED = "kirkelig"

INCOME: Mapping[FundingSource, Message] = {
    FundingSource.VAT_COMPENSATION: message("Kompensasjon for merverdiavgift"),
    FundingSource.GRANT: message("Tilskudd fra andre"),
    FundingSource.SALE: message("Salg av varige driftsmidler"),
    FundingSource.SHARES: message("Salg av finansielle anleggsmidler"),
    FundingSource.DIVIDEND: message("Utdeling fra selskaper"),
    FundingSource.INSTALMENT: message("Mottatte avdrag på utlån av egne midler"),
    FundingSource.LOAN: message("Bruk av investeringslån"),
}
TRANSFERS: Mapping[FundingSource, Message] = {
    FundingSource.OPERATIONS: message("Overføring fra drift"),
    FundingSource.BOUND_FUND: message("Netto bruk av bundne investeringsfond"),
    FundingSource.UNBOUND_FUND: message("Netto bruk av ubundne investeringsfond"),
}
LINE_OF: Mapping[FundingSource, str] = {
    FundingSource.VAT_COMPENSATION: "vat-compensation",
    FundingSource.GRANT: "grants",
    FundingSource.SALE: "sale",
    FundingSource.SHARES: "sale-financial",
    FundingSource.DIVIDEND: "dividend",
    FundingSource.INSTALMENT: "instalments-received",
    FundingSource.LOAN: "loan",
    FundingSource.OPERATIONS: "operations",
    FundingSource.BOUND_FUND: "bound-fund",
    FundingSource.UNBOUND_FUND: "unbound-fund",
}
"""The id of each source's line in the regulation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ComputedLine:
    """A line of the statement; None where it can't be computed, and `why_not` says why.

    `known` is the id of the regulation's line that it is (`tracker.statement_check.known`).
    """

    title: Message
    actual: int | None
    revised_budget: int | None
    original_budget: int | None
    is_sum: bool = False
    why_not: Message | None = None
    known: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ComputedStatement:
    """The statement's first part. `residual` is what expenditure, income and transfers come to together.

    It should be zero in every column; None where a column can't be computed.
    """

    lines: tuple[ComputedLine, ...]
    residual: ComputedLine


def compute_statement(portfolio: Portfolio, period: Period) -> ComputedStatement:
    """Compute the first part of a period's statement from projects, other projects and funding."""
    figures = figures_of(portfolio, period)
    funding = funding_of_all(portfolio, period, figures)
    expenditure = _expenditure(portfolio, figures)
    spent = _sum(message("Sum investeringsutgifter"), expenditure, SUM_EXPENDITURE)
    income = _money_in(portfolio, period, funding, INCOME)
    earned = _sum(message("Sum investeringsinntekter"), income, SUM_INCOME)
    transfers = _money_in(portfolio, period, funding, TRANSFERS)
    moved = _sum(message("Sum overføring fra drift og netto avsetninger"), transfers, SUM_TRANSFERS)
    return ComputedStatement(
        lines=(*expenditure, spent, *income, earned, *transfers, moved),
        residual=_sum(message("Udekket (skal være 0)"), [spent, earned, moved], CARRIED),
    )


def _expenditure(portfolio: Portfolio, figures: PeriodFigures) -> list[ComputedLine]:
    granted = granted_areas(portfolio, figures)
    own = [one for one in figures.projects if one.project.service_area not in granted]
    others = [one for one in figures.projects if one.project.service_area in granted]
    lines = [
        _of_projects(message("Investeringer i varige driftsmidler"), own, FIXED_ASSETS),
        _of_projects(message("Tilskudd til andres investeringer"), others, GRANTS_GIVEN),
    ]
    if figures.other is not None:
        lines.append(
            ComputedLine(
                title=message("Øvrige prosjekter, aksjer og utlån"),
                actual=figures.other.actual,
                revised_budget=figures.other.revised_budget,
                original_budget=None,
                why_not=message("Opprinnelig budsjett for øvrige prosjekter er ikke kjent."),
            )
        )
    return lines


def granted_areas(portfolio: Portfolio, figures: PeriodFigures) -> frozenset[str | None]:
    """Return the service areas whose investments are somebody else's: the church's, unless others are set."""
    setting = portfolio.settings.get(GRANTED_AREAS_SETTING)
    if setting is not None:
        return frozenset(area.strip() for area in setting.value.split(";"))
    areas = {one.project.service_area for one in figures.projects}
    return frozenset(area for area in areas if area is not None and _USUAL_GRANTED in area.casefold())


def _of_projects(title: Message, projects: Iterable[ProjectFigures], known: str) -> ComputedLine:
    chosen = list(projects)
    unknown = sum(one.original_budget is None for one in chosen)
    return ComputedLine(
        title=title,
        actual=sum(one.actual for one in chosen),
        revised_budget=sum(one.revised_budget for one in chosen),
        original_budget=None if unknown else sum(one.original_budget or 0 for one in chosen),
        why_not=message("Opprinnelig budsjett er ikke kjent for {count} {count:prosjekt|prosjekter}.", count=unknown)
        if unknown
        else None,
        known=known,
    )


def _money_in(
    portfolio: Portfolio, period: Period, funding: Funding, titles: Mapping[FundingSource, Message]
) -> list[ComputedLine]:
    """Return what came in, with the statement's minus; unknown where nobody has said where money comes from."""
    by_source = {one.source: one for one in funding.sources}
    has_budget = any(line.budget_year == period.year for line in portfolio.funding_lines.values())
    has_actual = knows_actual_funding(portfolio, period.year)
    why_not = None
    if not has_budget and not has_actual:
        why_not = message("Finansieringen er ikke lagt inn.")
    elif not has_actual:
        why_not = message("Regnskapet sier ikke hva som er mottatt.")
    elif not has_budget:
        why_not = message("Budsjettert finansiering er ikke lagt inn.")
    lines = []
    for source, title in titles.items():
        one = by_source.get(source)
        lines.append(
            ComputedLine(
                title=title,
                actual=-(one.actual or 0 if one else 0) if has_actual else None,
                revised_budget=-(one.revised if one else 0) if has_budget else None,
                original_budget=-(one.original if one else 0) if has_budget else None,
                why_not=why_not,
                known=LINE_OF[source],
            )
        )
    return lines


def _sum(title: Message, lines: Iterable[ComputedLine], known: str) -> ComputedLine:
    chosen = list(lines)
    return ComputedLine(
        title=title,
        actual=_added(one.actual for one in chosen),
        revised_budget=_added(one.revised_budget for one in chosen),
        original_budget=_added(one.original_budget for one in chosen),
        is_sum=True,
        known=known,
    )


def _added(amounts: Iterable[int | None]) -> int | None:
    """Add amounts up; a sum of something unknown is unknown."""
    chosen = list(amounts)
    return None if any(amount is None for amount in chosen) else sum(amount or 0 for amount in chosen)
