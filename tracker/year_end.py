"""The end of a year: what is left of each project's budget, and whether it is carried over, struck, or covered.

Everything here is a proposal to the council; nothing is decided. Must not know a window. Amounts are whole kroner.
Source: unspent money is carried over by the council in 1. tertial, and this year's overspend is normally covered by
next year's frame; money of full-cost services and property tax is kept apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from tracker.budgeting import CarryOver, Cut, NewMoney, Paper, Request, enter, money_of, withdraw
from tracker.edits import NOTHING, Change, Edit, apply
from tracker.figures import ProjectFigures, figures_of
from tracker.kinds import BudgetStatus, FundingSource, FundingTag, Phase, ProjectKind
from tracker.messages import Message, Refusal, message
from tracker.model import BudgetLine, Portfolio, ProjectId, RecordId
from tracker.money import THOUSAND
from tracker.periods import Part, Period
from tracker.quarters import State

PROGRAMMES_SETTING = RecordId("year-end.programmes")
"""`strike` where what a running programme has left is struck; it is carried over otherwise."""
_OVER = frozenset({Phase.CLOSED, Phase.CANCELLED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What becomes of what a project has left at the end of a year, or lacks.

    `carried` goes to next year's budget, below zero where next year's frame pays for an overspend. `struck` is taken
    out of the total budget. `covered` is below zero: an overspend for which new money is proposed. The three come to
    what is left.
    """

    project: ProjectId
    name: str
    money: FundingTag | None
    has_total: bool
    revised_budget: int
    actual: int
    carried: int = 0
    struck: int = 0
    covered: int = 0
    why: Message

    @property
    def left(self) -> int:
        """Revised budget minus actual."""
        return self.revised_budget - self.actual

    @property
    def unplaced(self) -> int:
        """What of it has no place yet; zero when the proposal can be made."""
        return self.left - self.carried - self.struck - self.covered


@dataclass(frozen=True, slots=True, kw_only=True)
class YearEndSums:
    """What proposals come to."""

    count: int = 0
    left: int = 0
    carried: int = 0
    struck: int = 0
    covered: int = 0

    @property
    def unplaced(self) -> int:
        """What has no place yet."""
        return self.left - self.carried - self.struck - self.covered


def propose(portfolio: Portfolio, year: int) -> list[Proposal]:
    """Propose what becomes of what each project has left, in the report's order.

    Raises Refusal when the portfolio doesn't have the year's annual report.
    """
    period = Period(year, Part.YEAR)
    if portfolio.state_of(period) is None:
        raise Refusal(message("Porteføljen har ikke {period}: start eller importer den først.", period=period))
    strikes = _strikes_programmes(portfolio)
    return [_proposal(one, strikes_programmes=strikes) for one in figures_of(portfolio, period).projects]


def sums_of(proposals: Iterable[Proposal]) -> YearEndSums:
    """Add up proposals."""
    chosen = list(proposals)
    return YearEndSums(
        count=len(chosen),
        left=sum(one.left for one in chosen),
        carried=sum(one.carried for one in chosen),
        struck=sum(one.struck for one in chosen),
        covered=sum(one.covered for one in chosen),
    )


def by_money(proposals: Iterable[Proposal]) -> Mapping[FundingTag | None, list[Proposal]]:
    """Group proposals by the money that is never mixed."""
    grouped: dict[FundingTag | None, list[Proposal]] = defaultdict(list)
    for one in proposals:
        grouped[one.money].append(one)
    return dict(grouped)


def with_amounts(proposal: Proposal, *, carried: int, struck: int, covered: int) -> Proposal:
    """Return a proposal with other amounts.

    Less than a thousand that is left over follows the largest amount. Raises Refusal when they don't come to what is
    left, or one has a sign that it can't have.
    """
    rest = proposal.left - carried - struck - covered
    if 0 < abs(rest) < THOUSAND:
        # Amounts typed in thousands leave kroner over: they follow the largest.
        amounts = [carried, struck, covered]
        amounts[max(range(len(amounts)), key=lambda at: abs(amounts[at]))] += rest
        carried, struck, covered = amounts
    changed = replace(proposal, carried=carried, struck=struck, covered=covered, why=message("Fordelt av controlleren"))
    if changed.unplaced:
        raise Refusal(
            message(
                "Beløpene blir ikke {left:kr} til sammen: {rest:kr} gjenstår å fordele.",
                left=changed.left,
                rest=changed.unplaced,
            )
        )
    if struck < 0:
        raise Refusal(message("Det som strykes, kan ikke være negativt: skriv merforbruk under dekning."))
    if covered > 0:
        raise Refusal(message("Ny dekning er for merforbruk: skriv den med minus."))
    return changed


def make_proposals(
    portfolio: Portfolio, year: int, proposals: Sequence[Proposal], *, today: date, new_id: Callable[[], str]
) -> Edit:
    """Enter proposals in the budget ledger, in place of those that were made for the same year before.

    Raises Refusal when something is left without a place, or was decided already.
    """
    loose = next((one for one in proposals if one.unplaced), None)
    if loose is not None:
        raise Refusal(message("{name} har {rest:kr} som ikke er fordelt.", name=loose.name, rest=loose.unplaced))
    earlier = _made_before(portfolio, year)
    _refuse_decided(earlier, year)
    label = message("Forslag ved årsavslutningen {year:id}", year=year)
    removal = withdraw(portfolio, [line.id for line in earlier]) if earlier else NOTHING
    changes = list(removal.changes)
    known = apply(portfolio, removal)
    paper = Paper(is_proposed=True, entered_on=today, source=source_of(year))
    for request in (request for one in proposals for request in _requests(one, year)):
        edit = enter(known, request, paper, new_id=new_id)
        known = apply(known, edit)
        changes += edit.changes
    return Edit(label, _merged(changes)) if changes else NOTHING


def source_of(year: int) -> str:
    """Return the source by which a year's proposals are known in the budget ledger."""
    return f"Årsavslutning {year}"


def _proposal(figures: ProjectFigures, *, strikes_programmes: bool) -> Proposal:
    project, left = figures.project, figures.deviation
    proposal = Proposal(
        project=project.id,
        name=project.name,
        money=money_of(project),
        has_total=project.kind is ProjectKind.PROJECT,
        revised_budget=figures.revised_budget,
        actual=figures.actual,
        carried=left,
        why=message("Ubrukte midler overføres") if left >= 0 else message("Merforbruket dekkes av neste års ramme"),
    )
    split = None if figures.status is None else figures.status.split
    if split is not None and split.total == left:
        rest = left - split.timing
        why = message("Slik avviket er forklart: periodisering overføres")
        return replace(proposal, carried=split.timing, struck=max(rest, 0), covered=min(rest, 0), why=why)
    if left > 0 and _is_over(figures):
        return replace(proposal, carried=0, struck=left, why=message("Prosjektet er ferdig: resten strykes"))
    if left > 0 and project.kind is ProjectKind.PROGRAMME and strikes_programmes:
        return replace(proposal, carried=0, struck=left, why=message("Løpende ramme: ubrukt strykes"))
    if left < 0 and figures.left_of_total is not None and figures.left_of_total < 0:
        covered = max(left, figures.left_of_total)
        why = message("Brukt mer enn totalbudsjettet: ny dekning foreslås")
        return replace(proposal, carried=left - covered, covered=covered, why=why)
    return proposal


def _is_over(figures: ProjectFigures) -> bool:
    phase = None if figures.status is None else figures.status.phase
    return figures.completion is State.FINISHED or phase in _OVER


def _requests(proposal: Proposal, year: int) -> Iterable[Request]:
    """Yield what is asked of the council. What a programme has left needs no decision: it has no total to cut."""
    project = proposal.project
    if proposal.carried:
        yield CarryOver(project=project, amount=proposal.carried, from_year=year)
    if not proposal.has_total:
        return
    source = FundingSource.LOAN
    if proposal.struck:
        yield Cut(project=project, year=year + 1, year_amount=0, total_amount=proposal.struck, funding=source)
    if proposal.covered:
        yield NewMoney(project=project, year=year + 1, year_amount=0, total_amount=-proposal.covered, funding=source)


def _made_before(portfolio: Portfolio, year: int) -> list[BudgetLine]:
    return [line for line in portfolio.budget_lines.values() if line.source == source_of(year)]


def _refuse_decided(lines: Iterable[BudgetLine], year: int) -> None:
    decided = {line.project for line in lines if line.status is BudgetStatus.DECIDED}
    if decided:
        raise Refusal(
            message(
                "Forslagene for {year:id} er vedtatt for {count} {count:prosjekt|prosjekter}: før endringer som "
                "nye budsjettlinjer.",
                year=year,
                count=len(decided),
            )
        )


def _merged(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Return changes with those of one record made one."""
    merged: dict[tuple[type, str], Change] = {}
    for change in changes:
        key = (change.kind, change.record_id)
        before = merged[key].before if key in merged else change.before
        merged[key] = change if key not in merged else Change(before, change.after)
    return tuple(merged.values())


def _strikes_programmes(portfolio: Portfolio) -> bool:
    setting = portfolio.settings.get(PROGRAMMES_SETTING)
    return setting is not None and setting.value == "strike"
