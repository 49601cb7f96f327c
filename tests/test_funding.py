"""Where the money comes from, and the first part of § 5-5 computed from it: unknown is not zero."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import count
from uuid import UUID

import pytest

from tests.portfolios import batch_of, portfolio_of
from tracker.edits import Change, Edit, added, apply
from tracker.figures import figures_of
from tracker.funding import NewFunding, add_funding, funding_of, funding_of_all, remove_funding
from tracker.kinds import BudgetKind, FundingSource
from tracker.messages import Refusal, message
from tracker.model import BudgetLine, Decision, LedgerSum, Portfolio, ProjectId, RecordId
from tracker.periods import Part, Period
from tracker.report import build_report
from tracker.statement import compute_statement
from tracker.taking_back import taken_back

YEAR = Period(2023, Part.YEAR)
TABLE = "Skole | 20 000 | 5 000 | 4K-2026 | 3 000 | 2 900 | x\nKirke | 2 000 | 500 | 4K-2026 | 400 | 300 | x"
DECEMBER = Decision(body="KS", number="131/22", on=date(2022, 12, 14))
JUNE = Decision(body="KS", number="62/23", on=date(2023, 6, 14))
IDS = count(10**9)


def new_id() -> str:
    return str(UUID(int=next(IDS)))


def municipality() -> Portfolio:
    portfolio = portfolio_of(TABLE)
    church = next(one for one in portfolio.projects.values() if one.name == "Kirke")
    placed = replace(church, service_area="Kirkelig fellesråd")
    return apply(portfolio, Edit(message("x"), (Change(church, placed),)))


def funded(portfolio: Portfolio, source: FundingSource, amount: int, decision: Decision = DECEMBER) -> Portfolio:
    wanted = NewFunding(project=None, year=2023, source=source, amount=amount, decision=decision)
    return apply(portfolio, add_funding(portfolio, wanted, today=date(2023, 1, 1), new_id=new_id))


def received(portfolio: Portfolio, *amounts: tuple[FundingSource, int]) -> Portfolio:
    project = next(iter(portfolio.projects.values())).id
    sums = tuple(
        LedgerSum(project=project, account="0729", year=2023, month=3, amount=-amount, funding=source)
        for source, amount in amounts
    )
    batch = batch_of(sums, new_id())
    return apply(portfolio, added(message("x"), [batch]))


def test_nothing_known_is_said_and_not_taken_for_nothing() -> None:
    portfolio = municipality()
    funding = funding_of_all(portfolio, YEAR, figures_of(portfolio, YEAR))
    assert (funding.is_known, funding.unfunded) == (False, None)
    statement = compute_statement(portfolio, YEAR)
    by_title = {line.title.text: line for line in statement.lines}
    loan = by_title["Bruk av investeringslån"]
    assert (loan.actual, loan.revised_budget) == (None, None)
    assert loan.why_not is not None
    assert loan.why_not.text == "Finansieringen er ikke lagt inn."
    assert by_title["Investeringer i varige driftsmidler"].actual == 2_900_000
    assert by_title["Tilskudd til andres investeringer"].revised_budget == 400_000
    assert by_title["Sum investeringsutgifter"].actual == 3_200_000
    assert statement.residual.actual is None


def test_the_original_budgets_are_added_up_where_all_are_known_and_the_unknown_are_counted() -> None:
    portfolio = municipality()
    church = next(one.id for one in portfolio.projects.values() if one.name == "Kirke")
    known = {
        name: replace(one, kind=BudgetKind.ORIGINAL, takes_effect=date(2023, 1, 1))
        for name, one in portfolio.budget_lines.items()
    }
    half = {name: one if one.project == church else known[name] for name, one in portfolio.budget_lines.items()}

    def first_of(lines: dict[str, BudgetLine]) -> list[tuple[object, object]]:
        statement = compute_statement(replace(portfolio, budget_lines=lines), YEAR)
        assets, grants, spent = statement.lines[:3]
        assert spent.is_sum
        return [(one.original_budget, one.why_not and one.why_not.values["count"]) for one in (assets, grants)]

    assert first_of(known) == [(3_000_000, None), (400_000, None)]
    assert first_of(half) == [(3_000_000, None), (None, 1)]


def test_original_and_revised_funding_are_told_apart_by_when_they_were_decided() -> None:
    portfolio = funded(municipality(), FundingSource.LOAN, 3_000_000)
    portfolio = funded(portfolio, FundingSource.LOAN, 400_000, JUNE)
    (loan,) = funding_of_all(portfolio, YEAR, figures_of(portfolio, YEAR)).sources
    assert (loan.original, loan.revised, loan.actual) == (3_000_000, 3_400_000, None)
    first = Period(2023, Part.T1)
    (then,) = funding_of_all(portfolio, first, figures_of(portfolio, YEAR)).sources
    assert then.revised == 3_000_000


def test_a_statement_whose_money_comes_to_what_was_spent_ends_in_zero() -> None:
    portfolio = funded(municipality(), FundingSource.LOAN, 3_000_000)
    portfolio = funded(portfolio, FundingSource.OPERATIONS, 400_000)
    portfolio = received(portfolio, (FundingSource.LOAN, 2_500_000), (FundingSource.VAT_COMPENSATION, 600_000))
    statement = compute_statement(portfolio, YEAR)
    by_title = {line.title.text: line for line in statement.lines}
    assert by_title["Bruk av investeringslån"].actual == -2_500_000
    assert by_title["Kompensasjon for merverdiavgift"].actual == -600_000
    assert by_title["Overføring fra drift"].revised_budget == -400_000
    assert (statement.residual.revised_budget, statement.residual.actual) == (0, 100_000)


def test_money_that_came_in_is_no_spending() -> None:
    portfolio = received(municipality(), (FundingSource.GRANT, 700_000))
    assert figures_of(portfolio, YEAR).listed.actual == 3_200_000


def test_a_project_knows_its_own_funding_and_what_lacks() -> None:
    portfolio = municipality()
    school = ProjectId(next(one.id for one in portfolio.projects.values() if one.name == "Skole"))
    wanted = NewFunding(project=school, year=2023, source=FundingSource.GRANT, amount=1_000_000, decision=DECEMBER)
    edit = add_funding(portfolio, wanted, today=date(2023, 1, 1), new_id=new_id)
    after = apply(portfolio, edit)
    funding = funding_of(after, YEAR, school)
    assert funding.unfunded == 2_000_000
    assert apply(after, taken_back(after, edit)) == portfolio
    (line,) = after.funding_lines
    assert apply(after, remove_funding(after, RecordId(line))) == portfolio


def test_a_proposed_line_counts_nowhere() -> None:
    portfolio = municipality()
    wanted = NewFunding(project=None, year=2023, source=FundingSource.LOAN, amount=5, is_proposed=True)
    after = apply(portfolio, add_funding(portfolio, wanted, today=date(2023, 1, 1), new_id=new_id))
    assert funding_of_all(after, YEAR, figures_of(after, YEAR)).sources == ()


def test_what_cannot_be_meant_is_refused() -> None:
    with pytest.raises(Refusal, match="Beløpet er null"):
        NewFunding(project=None, year=2023, source=FundingSource.LOAN, amount=0, is_proposed=True)
    with pytest.raises(Refusal, match="må ha et vedtak"):
        NewFunding(project=None, year=2023, source=FundingSource.LOAN, amount=1)


def test_the_report_computes_the_statement_where_none_is_printed() -> None:
    report = build_report(funded(municipality(), FundingSource.LOAN, 3_000_000), YEAR)
    part = next(one for one in report.parts if one.id == "statement")
    table = next(one for one in part.tables if one.id == "statement-computed")
    cells = {str(row.cells[0].text): row.cells for row in table.rows}  # type: ignore[union-attr]
    assert cells["Bruk av investeringslån"][2] == -3_000_000
    assert cells["Udekket (skal være 0)"][2] == 400_000
