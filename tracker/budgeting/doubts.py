"""What should be thought over before a change is entered in the budget ledger.

Must not refuse anything: each may be right all the same.
"""

from __future__ import annotations

from collections import defaultdict

from tracker.budgeting.decisions import is_same_case, write_case
from tracker.budgeting.ledger import Paper
from tracker.budgeting.money import MONEYS, money_of
from tracker.budgeting.requests import Request
from tracker.kinds import BudgetKind, BudgetStatus, FundingTag
from tracker.messages import Message, message
from tracker.model import Portfolio, ProjectId


def doubts_about(portfolio: Portfolio, request: Request, paper: Paper) -> list[Message]:
    """Return what should be thought over before a request is entered; each may be right all the same."""
    doubts = (_double(portfolio, request, paper), _mixed(portfolio, request), _overdrawn(portfolio, request))
    return [doubt for doubt in doubts if doubt is not None]


def _double(portfolio: Portfolio, request: Request, paper: Paper) -> Message | None:
    """Say that the same decision has given the same amounts before."""
    decision = paper.decision
    if decision is None:
        return None
    entered = {
        (line.project, line.subproject, line.budget_year, line.kind, line.year_amount, line.total_amount)
        for line in portfolio.budget_lines.values()
        if line.decision is not None and is_same_case(line.decision, decision)
    }
    wanted = {
        (one.project, one.subproject, one.year, one.kind, one.year_amount, one.total_amount)
        for one in request.movements
    }
    if not wanted <= entered:
        return None
    return message(
        "{case} er ført med de samme beløpene før: kontroller at det ikke blir ført to ganger.",
        case=write_case(decision),
    )


def _overdrawn(portfolio: Portfolio, request: Request) -> Message | None:
    """Say that a project gives more of a year's budget than it has."""
    given: dict[tuple[ProjectId, int], int] = defaultdict(int)
    for one in request.movements:
        given[one.project, one.year] += one.year_amount
    held: dict[tuple[ProjectId, int], int] = defaultdict(int)
    for line in portfolio.budget_lines.values():
        if line.status is BudgetStatus.DECIDED:
            held[line.project, line.budget_year] += line.year_amount
    for (project, year), amount in given.items():
        if amount < 0 and held[project, year] + amount < 0:
            return message(
                "{project} har {held:kr} i {year:id} og gir {given:kr}: budsjettet blir negativt.",
                project=portfolio.projects[project].name,
                held=held[project, year],
                year=year,
                given=-amount,
            )
    return None


def _mixed(portfolio: Portfolio, request: Request) -> Message | None:
    """Say that money of kinds that are kept apart is moved from one to the other."""
    sums: dict[FundingTag | None, list[int]] = defaultdict(lambda: [0, 0])
    for one in request.movements:
        project = portfolio.projects.get(one.project)
        if project is not None and one.kind is BudgetKind.REALLOCATION:
            sums[money_of(project)][0] += one.year_amount
            sums[money_of(project)][1] += one.total_amount
    moved = [tag for tag, amounts in sums.items() if any(amounts)]
    if not moved:
        return None
    first, second = (MONEYS[tag] for tag in moved[:2])
    return message(
        "Omdisponeringen flytter penger mellom «{first}» og «{second}», som skal holdes atskilt.",
        first=first,
        second=second,
    )
