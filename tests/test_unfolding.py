"""The way down from each sum of § 5-5: what its lines come to, and the projects behind it by service area."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests import statements as s
from tests.golden_files import hold
from tests.portfolios import YEAR, placed
from tests.test_statement_signs import chapter, imported
from tracker.model import Portfolio
from tracker.statement_check.published import verdict_of
from tracker.statement_check.signs import DeviationSign
from tracker.statement_check.unfolding import Node, unfold
from ui.words import words_in


def titled(node: Node) -> str:
    return node.title if isinstance(node.title, str) else words_in()(node.title)


def told_of(node: Node, depth: int = 0) -> Iterator[str]:
    """Yield a line and what is behind it, each step further in."""
    came_to = node.outcome.value if node.outcome else "-"
    kind = "sum" if node.is_sum else "prosjekt" if node.project else "linje"
    yield f"{'  ' * depth}{titled(node)}: {node.amounts} {kind} {came_to} {node.difference} ±{node.allowance}"
    for child in node.children:
        yield from told_of(child, depth + 1)


@pytest.mark.parametrize("negative", [True, False])
def test_a_printed_statement_unfolds_as_it_did_before(*, negative: bool, renew_golden: bool) -> None:
    portfolio = placed(
        imported(chapter(DeviationSign.BUDGET_MINUS_ACTUAL, income_negative=negative)), {"Åsen skole": "Oppvekst"}
    )
    nodes = unfold(portfolio, YEAR, verdict_of(portfolio, YEAR))
    told = (line for node in nodes for line in told_of(node))
    hold(f"unfolded-{'negative' if negative else 'positive'}.txt", told, renew=renew_golden)


def test_without_a_printed_one_it_unfolds_what_projects_and_funding_make(*, renew_golden: bool) -> None:
    portfolio = placed(
        imported(chapter(DeviationSign.BUDGET_MINUS_ACTUAL, income_negative=True)), {"Åsen skole": "Oppvekst"}
    )
    (node,) = unfold(portfolio, YEAR, None)
    hold("unfolded-computed.txt", told_of(node), renew=renew_golden)
    total = next(one for one in node.children if titled(one) == s.SPENT)
    (projects,) = total.children
    assert projects.amounts[1:3] == total.amounts[1:3] == (417_000_000, 467_000_000)


def test_a_portfolio_without_projects_unfolds_to_nothing() -> None:
    assert unfold(Portfolio(), YEAR, None) == ()
