"""The end of a year: what is left is carried over, struck or covered, to the krone, and money is never mixed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import count
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.example import example_table
from tests.portfolios import portfolio_of, stored
from tests.test_example import path as example_path  # noqa: F401  a fixture
from tracker.budgeting import decide
from tracker.edits import Change, Edit, apply
from tracker.figures import figures_of, live_figures_of
from tracker.kinds import BudgetKind, BudgetStatus, FundingTag
from tracker.messages import Refusal, message
from tracker.model import Decision, DeviationSplit, Portfolio
from tracker.money import THOUSAND
from tracker.periods import Part, Period
from tracker.taking_back import taken_back
from tracker.year_end import Proposal, by_money, make_proposals, propose, sums_of, with_amounts

YEAR, NEXT = Period(2023, Part.YEAR), Period(2024, Part.T2)
TODAY = date(2024, 3, 1)
TABLE = """
Skole      | 20 000 | 5 000 | 4K-2026 | 3 000 | 2 900 | x
Ferdig bru | 10 000 | 9 500 | Ferdig  | 1 000 |   400 | x
Sprukket   |  2 000 | 2 300 | 4K-2024 | 1 000 | 1 500 | x
Forsinket  |  9 000 | 2 000 | 4K-2025 | 1 000 | 1 200 | x
Ramme      |      - |     - | LØPENDE |   500 |   450 | x
"""


def made(portfolio: Portfolio, proposals: list[Proposal]) -> Edit:
    numbers = count(10**9)
    return make_proposals(portfolio, 2023, proposals, today=TODAY, new_id=lambda: str(UUID(int=next(numbers))))


def decided(portfolio: Portfolio) -> Portfolio:
    proposed = [line.id for line in portfolio.budget_lines.values() if line.status is BudgetStatus.PROPOSED]
    decision = Decision(body="KS", number="62/24", on=date(2024, 6, 12))
    return apply(portfolio, decide(portfolio, proposed, decision))


def amounts(proposals: list[Proposal]) -> dict[str, tuple[int, int, int]]:
    return {one.name: (one.carried // THOUSAND, one.struck // THOUSAND, one.covered // THOUSAND) for one in proposals}


def test_what_is_proposed_is_what_a_controller_would_expect() -> None:
    assert amounts(propose(portfolio_of(TABLE), 2023)) == {
        "Skole": (100, 0, 0),
        "Ferdig bru": (0, 600, 0),
        "Sprukket": (-200, 0, -300),
        "Forsinket": (-200, 0, 0),
        "Ramme": (50, 0, 0),
    }


def test_an_explained_deviation_carries_its_timing_and_strikes_the_rest() -> None:
    portfolio = portfolio_of(TABLE)
    status = next(one for one in portfolio.statuses.values() if portfolio.projects[one.project].name == "Skole")
    split = DeviationSplit(timing=70_000, cost=30_000)
    explained = apply(portfolio, Edit(message("x"), (Change(status, replace(status, split=split)),)))
    assert amounts(propose(explained, 2023))["Skole"] == (70, 30, 0)


def test_when_decided_next_years_budget_moves_by_what_was_carried_and_the_total_by_what_was_struck() -> None:
    portfolio = portfolio_of(TABLE)
    proposals = propose(portfolio, 2023)
    after = decided(apply(portfolio, made(portfolio, proposals)))
    before = {one.project.name: one for one in live_figures_of(portfolio, NEXT, with_idle=True).projects}
    for proposal in proposals:
        (now,) = (
            one for one in live_figures_of(after, NEXT, with_idle=True).projects if one.project.id == proposal.project
        )
        was = before[proposal.name]
        assert now.revised_budget - was.revised_budget == proposal.carried
        if proposal.has_total:
            assert (now.total_budget or 0) - (was.total_budget or 0) == -proposal.struck - proposal.covered
    assert figures_of(after, YEAR) == figures_of(portfolio, YEAR)


def test_proposals_count_nowhere_before_they_are_decided() -> None:
    portfolio = portfolio_of(TABLE)
    after = apply(portfolio, made(portfolio, propose(portfolio, 2023)))
    for period in (YEAR, NEXT):
        assert live_figures_of(after, period, with_idle=True) == live_figures_of(portfolio, period, with_idle=True)


def test_making_them_again_replaces_them_and_what_was_decided_stays() -> None:
    portfolio = portfolio_of(TABLE)
    once = apply(portfolio, made(portfolio, propose(portfolio, 2023)))
    twice = apply(once, made(once, propose(once, 2023)))
    figures = lambda held: sorted(  # noqa: E731
        (line.project, line.kind.value, line.budget_year, line.year_amount, line.total_amount)
        for line in held.budget_lines.values()
    )
    assert figures(twice) == figures(once)
    with pytest.raises(Refusal, match="er vedtatt for") as refused:
        made(decided(once), propose(decided(once), 2023))
    assert refused.value.reason.values["count"] == 5


def test_one_undo_takes_all_proposals_back() -> None:
    portfolio = portfolio_of(TABLE)
    edit = made(portfolio, propose(portfolio, 2023))
    assert apply(apply(portfolio, edit), taken_back(apply(portfolio, edit), edit)) == portfolio


KRONER = st.integers(-(10**9), 10**9)


@given(KRONER, KRONER)
def test_amounts_are_taken_only_when_they_come_to_what_is_left(carried: int, struck: int) -> None:
    proposal = propose(portfolio_of(TABLE), 2023)[0]
    covered = proposal.left - carried - struck
    if struck >= 0 >= covered:
        changed = with_amounts(proposal, carried=carried, struck=struck, covered=covered)
        assert (changed.unplaced, changed.carried) == (0, carried)
    else:
        with pytest.raises(Refusal):
            with_amounts(proposal, carried=carried, struck=struck, covered=covered)
    with pytest.raises(Refusal, match="gjenstår å fordele"):
        with_amounts(proposal, carried=carried, struck=struck, covered=covered + 1_000)


def test_a_year_that_is_not_there_is_refused() -> None:
    with pytest.raises(Refusal, match="Porteføljen har ikke"):
        propose(portfolio_of(TABLE), 2022)


def test_the_published_year_comes_to_its_deviation_to_the_krone_for_each_kind_of_money(example_path: Path) -> None:  # noqa: F811
    portfolio = stored(example_path)
    proposals = propose(portfolio, 2023)
    sums = sums_of(proposals)
    published = sum(row.revised_budget - row.actual for row in example_table().rows) * THOUSAND
    assert sums.left == published == sums.carried + sums.struck + sums.covered
    assert (len(proposals), sums.unplaced) == (88, 0)
    grouped = by_money(proposals)
    assert set(grouped) == {None, FundingTag.PROPERTY_TAX, FundingTag.FULL_COST}
    for money, own in grouped.items():
        assert sums_of(own).unplaced == 0
        edit = made(portfolio, own)
        carried = [
            change.after
            for change in edit.changes
            if change.after is not None and getattr(change.after, "kind", None) is BudgetKind.CARRY_OVER
        ]
        tags = {portfolio.projects[getattr(line, "project", "")].funding_tags for line in carried}
        assert all((money in one) if money else not one for one in tags)
